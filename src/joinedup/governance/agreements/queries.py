"""Reads of agreements: the permission matrix of this installation, read once."""

import functools
import pathlib

from joinedup.foundation.access import rules as access_rules
from joinedup.governance.agreements import rules

_MATRIX = pathlib.Path(__file__).parent / "reference" / "matrix.yaml"


@functools.cache
def get_matrix() -> rules.Matrix:
    """Return the permission matrix.

    Errors: MatrixUnreadable.
    """
    return rules.read_matrix(_MATRIX.read_text(encoding="utf-8"))


def get_policy() -> access_rules.Policy:
    """Return the policy that the one decision decides by.

    Errors: MatrixUnreadable.
    """
    return get_matrix().policy
