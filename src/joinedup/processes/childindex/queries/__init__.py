"""Reads of the child index: find a child, see one child whole, count what waits.

Belongs here: questions that span a child's records. Not here: what one record says (records) or words (web).
"""

from joinedup.processes.childindex.queries.counting import IndexCounts, count_index, get_last_run
from joinedup.processes.childindex.queries.finding import Found, FoundChild, NoSuchSearch, find_children, get_search
from joinedup.processes.childindex.queries.opening import NotInScope, ReasonNeeded
from joinedup.processes.childindex.queries.origins import RecordPage, get_record_page
from joinedup.processes.childindex.queries.wholechild import (
    ChildPage,
    ChronologyPage,
    get_child_page,
    get_chronology_page,
)

__all__ = [
    "ChildPage",
    "ChronologyPage",
    "Found",
    "FoundChild",
    "IndexCounts",
    "NoSuchSearch",
    "NotInScope",
    "ReasonNeeded",
    "RecordPage",
    "count_index",
    "find_children",
    "get_child_page",
    "get_chronology_page",
    "get_last_run",
    "get_record_page",
    "get_search",
]
