"""From where a request came, as far as it can be believed."""

import pytest

from joinedup.web import lockout


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(rf, settings, proxies, passed_on, address):
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": passed_on})

    assert lockout.address_of(request) == address


def test_a_name_is_counted_alike_however_it_is_written_and_does_not_show(rf):
    counted = {lockout.fingerprint_of_name(rf.get("/"), {"username": name}) for name in ("RPeel", "rpeel")}

    assert len(counted) == 1
    assert "peel" not in counted.pop()
