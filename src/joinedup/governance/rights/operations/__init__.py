"""Writes of rights: holds, deletions and their certificates; requests, disputed facts and their answers."""

from joinedup.governance.rights.operations.asking import NoSuchChild, NotAllowed
from joinedup.governance.rights.operations.deleting import (
    approve,
    ask_for_approved,
    delete_approved,
    list_due,
    was_deleted,
)
from joinedup.governance.rights.operations.disputing import (
    NoSuchDispute,
    NoSuchLine,
    decide,
    dispute,
    key_of_line,
    value_of_line,
)
from joinedup.governance.rights.operations.holding import lift, place
from joinedup.governance.rights.operations.own import ask_for_correction
from joinedup.governance.rights.operations.packing import Handed, Held, make_pack, rule, sort_lines
from joinedup.governance.rights.operations.requests import answer, confirm, extend, record, see_record

__all__ = [
    "Handed",
    "Held",
    "NoSuchChild",
    "NoSuchDispute",
    "NoSuchLine",
    "NotAllowed",
    "answer",
    "approve",
    "ask_for_approved",
    "ask_for_correction",
    "confirm",
    "decide",
    "delete_approved",
    "dispute",
    "extend",
    "key_of_line",
    "lift",
    "list_due",
    "make_pack",
    "place",
    "record",
    "rule",
    "see_record",
    "sort_lines",
    "value_of_line",
    "was_deleted",
]
