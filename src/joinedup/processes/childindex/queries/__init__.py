"""Reads of the child index: find a child, see one child whole, count what waits.

Belongs here: questions that span a child's records. Not here: what one record says (records) or words (web).
"""

from joinedup.processes.childindex.queries.counting import IndexCounts, count_index, get_last_run
from joinedup.processes.childindex.queries.explaining import Explained, NoSuchLink, explain_link
from joinedup.processes.childindex.queries.finding import (
    MOST_CANDIDATES,
    Found,
    FoundChild,
    NoSuchSearch,
    find_children,
    get_search,
)
from joinedup.processes.childindex.queries.happened import CHRONOLOGY_LINES, Chronology, ChronologyAsked
from joinedup.processes.childindex.queries.helping import Helping
from joinedup.processes.childindex.queries.identity import IdentityLine, get_identity_history, read_identity_history
from joinedup.processes.childindex.queries.linked import Evidence, LinkedRecord, WhyLinked
from joinedup.processes.childindex.queries.many import (
    OpenedRecord,
    Tied,
    get_children_of_own_circles,
    get_facts_of_children,
    open_children,
    tie_children,
)
from joinedup.processes.childindex.queries.meeting import (
    MAY_BE_ONE,
    PARTED,
    Alias,
    Known,
    Likeness,
    get_aliases,
    get_child_of_record,
    get_known,
    meet,
    meet_as_viewer,
    weigh,
)
from joinedup.processes.childindex.queries.modelling import ModelCard, NoSuchModel, get_model, get_models
from joinedup.processes.childindex.queries.opening import NotInScope, ReasonNeeded, SecondFactorNeeded
from joinedup.processes.childindex.queries.origins import RecordPage, get_record_page
from joinedup.processes.childindex.queries.parts import (
    Look,
    Near,
    get_card,
    get_facts,
    get_helping,
    get_near,
    get_part_of_chronology,
    get_records,
)
from joinedup.processes.childindex.queries.recognising import Answer, Recognised, RecognisedChild, match_stated
from joinedup.processes.childindex.queries.scorers import NoModel, Standing
from joinedup.processes.childindex.queries.scorers import for_batch as get_standing_for_batch
from joinedup.processes.childindex.queries.stubs import HeldCard, SealedChild, Stub, count_held, get_held, get_sealed
from joinedup.processes.childindex.queries.wholechild import ChildPage, Sibling, get_child_page, get_household

__all__ = [
    "CHRONOLOGY_LINES",
    "MAY_BE_ONE",
    "MOST_CANDIDATES",
    "PARTED",
    "Alias",
    "Answer",
    "ChildPage",
    "Chronology",
    "ChronologyAsked",
    "Evidence",
    "Explained",
    "Found",
    "FoundChild",
    "HeldCard",
    "Helping",
    "IdentityLine",
    "IndexCounts",
    "Known",
    "Likeness",
    "LinkedRecord",
    "Look",
    "ModelCard",
    "Near",
    "NoModel",
    "NoSuchLink",
    "NoSuchModel",
    "NoSuchSearch",
    "NotInScope",
    "OpenedRecord",
    "ReasonNeeded",
    "Recognised",
    "RecognisedChild",
    "RecordPage",
    "SealedChild",
    "SecondFactorNeeded",
    "Sibling",
    "Standing",
    "Stub",
    "Tied",
    "WhyLinked",
    "count_held",
    "count_index",
    "explain_link",
    "find_children",
    "get_aliases",
    "get_card",
    "get_child_of_record",
    "get_child_page",
    "get_children_of_own_circles",
    "get_facts",
    "get_facts_of_children",
    "get_held",
    "get_helping",
    "get_household",
    "get_identity_history",
    "get_known",
    "get_last_run",
    "get_model",
    "get_models",
    "get_near",
    "get_part_of_chronology",
    "get_record_page",
    "get_records",
    "get_sealed",
    "get_search",
    "get_standing_for_batch",
    "match_stated",
    "meet",
    "meet_as_viewer",
    "open_children",
    "read_identity_history",
    "tie_children",
    "weigh",
]
