"""Reads of the child index: find a child, see one child whole, count what waits.

Belongs here: questions that span a child's records. Not here: what one record says (records) or words (web).
"""

from joinedup.processes.childindex.queries.counting import IndexCounts, count_index, get_last_run
from joinedup.processes.childindex.queries.finding import Found, FoundChild, NoSuchSearch, find_children, get_search
from joinedup.processes.childindex.queries.happened import CHRONOLOGY_LINES, Chronology, ChronologyAsked
from joinedup.processes.childindex.queries.linked import Evidence, LinkedRecord, WhyLinked
from joinedup.processes.childindex.queries.many import (
    OpenedRecord,
    Tied,
    get_children_of_own_circles,
    get_facts_of_children,
    open_children,
    tie_children,
)
from joinedup.processes.childindex.queries.opening import NotInScope, ReasonNeeded
from joinedup.processes.childindex.queries.origins import RecordPage, get_record_page
from joinedup.processes.childindex.queries.wholechild import ChildPage, get_child_page

__all__ = [
    "CHRONOLOGY_LINES",
    "ChildPage",
    "Chronology",
    "ChronologyAsked",
    "Evidence",
    "Found",
    "FoundChild",
    "IndexCounts",
    "LinkedRecord",
    "NoSuchSearch",
    "NotInScope",
    "OpenedRecord",
    "ReasonNeeded",
    "RecordPage",
    "Tied",
    "WhyLinked",
    "count_index",
    "find_children",
    "get_child_page",
    "get_children_of_own_circles",
    "get_facts_of_children",
    "get_last_run",
    "get_record_page",
    "get_search",
    "open_children",
    "tie_children",
]
