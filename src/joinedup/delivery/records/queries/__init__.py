"""Reads of records: what agencies sent and what it says, by person record and by batch.

Belongs here: questions about source records. Not here: which of them are one child (childindex).
"""

from joinedup.delivery.records.queries.batches import (
    BatchCard,
    BatchOrder,
    NoSuchBatch,
    RefusalCard,
    content_of,
    count_batches,
    count_rows_read,
    get_batch,
    get_batches,
    get_current_messages,
    get_refusals,
    open_file,
)
from joinedup.delivery.records.queries.chronology import (
    ChronologyLine,
    ChronologyTally,
    get_chronology,
    tally_chronology,
)
from joinedup.delivery.records.queries.everything import KeptLine, get_everything
from joinedup.delivery.records.queries.freshness import FeedCard, ReasonCount, count_refusals_by_reason, get_feeds
from joinedup.delivery.records.queries.linkable import (
    LINKABLE_COLUMNS,
    Linkable,
    LinkableRow,
    read_linkable,
    read_linkable_of,
    read_person_keys,
    read_places_of_unnumbered,
)
from joinedup.delivery.records.queries.said import SaidLine, get_said
from joinedup.delivery.records.queries.sayings import (
    HelpLine,
    RelativeLine,
    StatementLine,
    get_help,
    get_known_identities,
    get_relatives,
    get_sayings_of_identity,
    get_statements,
)
from joinedup.delivery.records.queries.sources import (
    NoSuchSourceRecord,
    SourceRecordCard,
    get_own_content,
    get_source_record,
)

__all__ = [
    "LINKABLE_COLUMNS",
    "BatchCard",
    "BatchOrder",
    "ChronologyLine",
    "ChronologyTally",
    "FeedCard",
    "HelpLine",
    "KeptLine",
    "Linkable",
    "LinkableRow",
    "NoSuchBatch",
    "NoSuchSourceRecord",
    "ReasonCount",
    "RefusalCard",
    "RelativeLine",
    "SaidLine",
    "SourceRecordCard",
    "StatementLine",
    "content_of",
    "count_batches",
    "count_refusals_by_reason",
    "count_rows_read",
    "get_batch",
    "get_batches",
    "get_chronology",
    "get_current_messages",
    "get_everything",
    "get_feeds",
    "get_help",
    "get_known_identities",
    "get_own_content",
    "get_refusals",
    "get_relatives",
    "get_said",
    "get_sayings_of_identity",
    "get_source_record",
    "get_statements",
    "open_file",
    "read_linkable",
    "read_linkable_of",
    "read_person_keys",
    "read_places_of_unnumbered",
    "tally_chronology",
]
