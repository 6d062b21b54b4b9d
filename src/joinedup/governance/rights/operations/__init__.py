"""Writes of rights: placing and lifting a hold, listing what is due, approving its deletion, deleting it."""

from joinedup.governance.rights.operations.asking import NoSuchChild, NotAllowed
from joinedup.governance.rights.operations.deleting import approve, delete_approved, list_due, was_deleted
from joinedup.governance.rights.operations.holding import lift, place

__all__ = ["NoSuchChild", "NotAllowed", "approve", "delete_approved", "lift", "list_due", "place", "was_deleted"]
