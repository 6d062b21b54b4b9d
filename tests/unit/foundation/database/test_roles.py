"""What the roles are called, and which servers are refused."""

import pytest

from joinedup.foundation.database import address, databases, faults, roles


@pytest.mark.parametrize("version", [140012, 90624])
def test_a_server_older_than_fifteen_is_refused_in_words(version):
    with pytest.raises(faults.WrongVersion, match="needs PostgreSQL 15 or newer"):
        roles.check_version(version)


@pytest.mark.parametrize("version", [150000, 180006])
def test_fifteen_and_newer_will_do(version):
    roles.check_version(version)


def test_a_suffix_keeps_two_installations_apart():
    assert databases.role_names("north").app == "joinedup_app_north"


@pytest.mark.parametrize("suffix", ["North", "a b", "x;drop", "a" * 21])
def test_a_suffix_that_is_no_plain_name_is_refused(suffix):
    with pytest.raises(faults.RolesUnusable):
        databases.role_names(suffix)


def test_without_addresses_the_database_is_our_own():
    assert address.mode({}) is address.Mode.LOCAL


def test_one_address_is_an_administrators():
    assert address.mode({"DATABASE_URL": "postgresql://a@h/d"}) is address.Mode.ADMINISTERED


def test_what_is_missing_among_the_addresses_is_named():
    with pytest.raises(faults.AddressIncomplete, match=r"^DATABASE_BATCH_URL is not set"):
        address.mode({"DATABASE_URL": "postgresql://a@h/d", "DATABASE_OWNER_URL": "postgresql://o@h/d"})
