"""`joinedup audit`, run as an operator runs it: plain words, and an exit code that a script can act on."""

import subprocess
import sys

from typer.testing import CliRunner

from joinedup.commands import main
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


def test_the_audit_is_sealed_and_verified_and_tampering_ends_with_exit_code_1(sealed):
    sealed.write(2)
    assert joinedup(sealed, "seal") == (0, "2 events were sealed; the seal holds 1,167.\n")
    code, words = joinedup(sealed, "verify")
    assert (code, "1,167 sealed events are as they were, under 5 heads" in words) == (0, True)

    event = sealed.order()[100]
    sealed.tamper("UPDATE audit_auditevent SET act = 'other' WHERE id = %(id)s", id=event)
    code, words = joinedup(sealed, "verify")
    assert code == 1
    assert f"Tampering (altered): Number 101, event {event}" in words


def test_a_proof_is_checked_without_a_database(kept, tmp_path):
    event, proof = kept.order()[7], tmp_path / "proof.json"
    assert joinedup(kept, "prove", str(event), "--with-event", "--out", str(proof))[0] == 0

    check = ["audit", "check", str(proof), "--public-key", str(kept.place.public_key)]
    done = CliRunner().invoke(main.app, check)
    assert (done.exit_code, f"Proved: event {event}" in done.stdout) == (0, True)
    assert "actor_name: Tamsin Okafor" in done.stdout
    proof.write_text(proof.read_text().replace('"number":8', '"number":9'))
    done = CliRunner().invoke(main.app, check)
    assert (done.exit_code, "proves nothing" in done.stdout) == (1, True)
