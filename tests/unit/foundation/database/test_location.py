"""Addresses taken apart and put together."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.database import faults, location

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(user=words, password=words, database=words, port=st.integers(1, 65535))
def test_an_address_put_together_says_what_was_put_in(user, password, database, port):
    there = location.Location(
        host="db.example", port=port, user=user, password=password, database=database, options=(("sslmode", "require"),)
    )

    assert location.read(there.url) == there


@given(password=st.text("abcdefgh@:/?#%&=+ ", min_size=8))
def test_what_is_shown_never_holds_the_password(password):
    there = location.Location(host="h", port=1, user="u", password=password, database="d")

    assert there.shown == "postgresql://u@h:1/d"
    assert password not in repr(there)


def test_a_socket_folder_and_a_user_among_the_options_are_understood():
    there = location.read("postgresql:///joinedup?host=/run/postgresql&user=app&password=pw")

    assert (there.user, there.password, there.database) == ("app", "pw", "joinedup")
    assert there.options == (("host", "/run/postgresql"),)


def test_another_user_can_be_put_in():
    there = location.read("postgres://admin:one@[::1]:6000/postgres?sslmode=require")

    assert dataclasses.replace(there, user="app", password="two").url == (
        "postgresql://app:two@[::1]:6000/postgres?sslmode=require"
    )


@pytest.mark.parametrize("wrong", ["", "mysql://h/d", "host=h dbname=d", "postgresql://h:port/d"])
def test_what_is_no_postgresql_address_is_refused_with_its_name(wrong):
    with pytest.raises(faults.AddressIncomplete, match="DATABASE_OWNER_URL"):
        location.read(wrong, name="DATABASE_OWNER_URL")
