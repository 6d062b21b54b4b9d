"""Who is asking, how surely they are known, and for how long that is believed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.access import rules, sealing

AT = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
minutes = st.integers(0, 2_000).map(lambda number: number * MINUTE)


def over_at(seen: datetime.timedelta) -> datetime.datetime:
    return rules.session_over_at(signed_in_at=AT, seen_at=AT + seen, idle=15 * MINUTE, most=720 * MINUTE)


def test_a_session_ends_a_quarter_of_an_hour_after_its_last_request():
    assert over_at(20 * MINUTE) == AT + 35 * MINUTE


def test_a_busy_session_ends_twelve_hours_after_signing_in():
    assert over_at(719 * MINUTE) == AT + 720 * MINUTE


@given(minutes)
def test_a_session_is_never_longer_than_either_limit(seen):
    assert over_at(seen) <= AT + seen + 15 * MINUTE
    assert over_at(seen) <= AT + 720 * MINUTE


@pytest.mark.parametrize(
    ("assurance", "opens"),
    [("", False), ("password", False), ("demo", True), ("two_factors", True), ("passkey", True), ("directory", True)],
)
def test_a_password_alone_opens_no_page(assurance, opens):
    assert rules.opens_pages(rules.Assurance(assurance)) is opens


def test_every_assurance_is_spoken_of_above():
    assert {each.value for each in rules.Assurance} == {
        *("", "password", "demo", "two_factors", "passkey", "directory")
    }


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (9, True), (10, False), (600, False), (-1, False)])
def test_a_second_factor_counts_for_ten_minutes(ago, counts):
    viewer = rules.Viewer(user_id=None, name="Rukhsana Peel", stepped_up_at=AT - ago * MINUTE)

    assert viewer.is_stepped_up(at=AT, within=10 * MINUTE) is counts


def test_who_never_showed_one_is_not_stepped_up():
    assert not rules.Viewer(user_id=None, name="Rukhsana Peel").is_stepped_up(at=AT, within=10 * MINUTE)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/19.0 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36", "Chrome on Linux"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent, words):
    assert rules.browser_words(agent) == words


@given(st.text(max_size=400))
def test_whatever_a_browser_calls_itself_the_words_are_ours_and_short(agent):
    assert len(rules.browser_words(agent)) <= 60


@given(st.binary(max_size=300))
def test_what_is_sealed_is_read_again_and_does_not_show(content):
    sealed = sealing.seal(content)

    assert sealing.unseal(sealed) == content
    assert len(content) < 8 or content not in sealed


def test_what_was_changed_under_the_seal_is_not_opened():
    sealed = bytearray(sealing.seal(b"the aunt has offered to collect"))
    sealed[20] ^= 1

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(bytes(sealed))


def test_a_new_secret_still_opens_what_the_old_one_sealed(settings):
    sealed = sealing.seal(b"kept")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret altogether"

    assert sealing.unseal(sealed) == b"kept"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(sealed)
