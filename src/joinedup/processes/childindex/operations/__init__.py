"""Writes of the child index: keys, links, and the searches that people make.

Belongs here: what changes links and keys. Not here: comparing records (linkage) or keeping them (records).
"""

from joinedup.processes.childindex.operations.indexing import index_identities, learn_words, reindex
from joinedup.processes.childindex.operations.linking import keep_quality, link_all
from joinedup.processes.childindex.operations.refreshing import refresh_children
from joinedup.processes.childindex.operations.relating import refresh_all as refresh_relations
from joinedup.processes.childindex.operations.results import LinkResult, NothingToLink
from joinedup.processes.childindex.operations.searching import begin_search, forget_old_searches

__all__ = [
    "LinkResult",
    "NothingToLink",
    "begin_search",
    "forget_old_searches",
    "index_identities",
    "keep_quality",
    "learn_words",
    "link_all",
    "refresh_children",
    "refresh_relations",
    "reindex",
]
