"""What must not be guessed is drawn afresh, long, and from the machine's own source of chance."""

import pytest

from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.database import credentials


def test_passwords_of_roles_are_drawn_afresh_and_long():
    drawn = {credentials.new_password() for _ in range(50)}

    assert len(drawn) == 50
    assert min(len(password) for password in drawn) >= 32


def test_a_fingerprint_of_a_search_is_that_of_a_strong_keyed_hash(settings):
    one = audit_operations.keyed_hash({"name": "Smith"})
    settings.SECRET_KEY = "another key that only tests use"

    assert len(one) == 32
    assert audit_operations.keyed_hash({"name": "Smith"}) != one


@pytest.mark.parametrize("other", [{"name": "Smyth"}, {"name": "Smith", "postcode": ""}, {}])
def test_another_search_has_another_fingerprint(other):
    assert audit_operations.keyed_hash(other) != audit_operations.keyed_hash({"name": "Smith"})
