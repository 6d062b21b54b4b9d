"""Tables of child protection. What was written is never written over; the database itself keeps the rest: see functions."""

from joinedup.processes.protection.models.concerns import Concern, Invitation, Presence, ProtectionPlan, Step
from joinedup.processes.protection.models.spans import CareSpan

__all__ = ["CareSpan", "Concern", "Invitation", "Presence", "ProtectionPlan", "Step"]
