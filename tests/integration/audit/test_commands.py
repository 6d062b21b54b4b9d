"""`joinedup audit`, run as an operator runs it: plain words, and an exit code that a script can act on."""

import json
import subprocess
import sys

from tests import databases


def joinedup(log, *arguments):
    """Run the command line; return its exit code and what it said."""
    environment = databases.environment(
        log.database, JOINEDUP_AUDIT_KEY=str(log.place.key), JOINEDUP_AUDIT_HEADS=str(log.place.heads)
    )
    done = subprocess.run(
        [sys.executable, "-m", "joinedup", "audit", *arguments],
        env=environment,
        cwd=databases.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_the_audit_is_sealed_verified_and_proved_from_the_command_line(sealed, tmp_path):
    sealed.write(2)
    assert joinedup(sealed, "seal") == (0, "2 events were sealed; the seal holds 1,167.\n")
    assert "1,167 sealed events are as they were, under 5 heads" in joinedup(sealed, "verify")[1]
    said = json.loads(joinedup(sealed, "head")[1])
    assert (said["size"], said["is_signed"]) == (1_167, True)

    event = sealed.order()[-1]
    proof = tmp_path / "proof.json"
    assert joinedup(sealed, "prove", str(event), "--out", str(proof))[0] == 0
    code, words = joinedup(sealed, "check", str(proof), "--public-key", str(sealed.place.public_key))
    assert (code, f"Proved: event {event}" in words) == (0, True)
    proof.write_text(proof.read_text().replace('"number":1167', '"number":1166'))
    assert joinedup(sealed, "check", str(proof))[0] == 1


def test_tampering_ends_with_exit_code_1_and_the_event(sealed):
    event = sealed.order()[100]
    sealed.tamper("UPDATE audit_auditevent SET act = 'other' WHERE id = %(id)s", id=event)

    code, words = joinedup(sealed, "verify")
    assert code == 1
    assert f"Tampering (altered): Number 101, event {event}" in words
