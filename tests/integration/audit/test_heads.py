"""Heads that were altered, taken away or signed by another are found, and a restored backup is said for ever."""

import json
import shutil

import pytest

from joinedup.foundation.audit import keeping, operations, rules
from joinedup.foundation.audit.rules import heads
from joinedup.foundation.audit.rules.faults import Kind


def lines(log):
    return log.place.heads.read_text().splitlines()


def rewrite(log, changed):
    log.place.heads.write_text("".join(f"{line}\n" for line in changed))


def altered(line, **words):
    return json.dumps({**json.loads(line), **words})


@pytest.mark.parametrize(
    "words", [{"size": 1_141}, {"root": "00" * 32}, {"time": "2026-01-01T00:00:00+00:00"}, {"floor": 0}]
)
def test_a_head_that_was_altered_is_named(words, apart):
    found = lines(apart)
    rewrite(apart, [*found[:2], altered(found[2], **words), found[3]])

    with pytest.raises(rules.HeadFault, match=r"Line 3 .* signature"):
        apart.heads()


def test_a_head_that_is_missing_or_in_another_place_is_named(apart):
    found = lines(apart)
    rewrite(apart, [*found[:2], found[3]])
    with pytest.raises(rules.HeadFault, match=r"Line 3 .* missing"):
        apart.heads()
    rewrite(apart, found[1:])
    with pytest.raises(rules.HeadFault, match=r"Line 1 .* missing"):
        apart.heads()
    rewrite(apart, [found[0], found[2], found[1], found[3]])
    with pytest.raises(rules.HeadFault, match=r"Line 2"):
        apart.heads()
    rewrite(apart, [*found[:2], "what is this", found[3]])
    with pytest.raises(rules.HeadFault, match=r"Line 3 .* read"):
        apart.heads()


def test_heads_that_are_gone_altogether_or_at_the_end_are_missed(apart):
    found = lines(apart)
    rewrite(apart, found[:2])
    assert apart.fault().kind is Kind.HEADS_MISSING
    rewrite(apart, [])
    assert apart.fault().kind is Kind.HEADS_MISSING


def test_heads_that_were_all_signed_anew_fail_against_the_public_key_that_others_hold(apart, tmp_path):
    ours = keeping.public_key(apart.place.public_key)
    key = keeping.signing_key(keeping.Place(key=tmp_path / "key.pem", heads=tmp_path / "heads.jsonl"))
    forged = [key.signed(heads.read(line, number=1)) for line in lines(apart)]
    rewrite(apart, [head.line() for head in forged])

    with pytest.raises(rules.HeadFault, match="signature"):
        rules.check_heads(lines(apart), is_signed=ours.is_signed, key=ours.id)
    rewrite(apart, [altered(line, key=key.public.id) for line in lines(apart)])
    with pytest.raises(rules.HeadFault, match="another key"):
        rules.check_heads(lines(apart), is_signed=ours.is_signed, key=ours.id)


def test_a_restored_backup_is_named_until_someone_says_why_and_sealing_goes_on(sealed, tmp_path):
    older = sealed.copy(tmp_path / "older")
    sealed.write(10)
    sealed.seal()
    shutil.copy(sealed.place.heads, older.place.heads)
    restored, before = older, older.order()
    assert restored.fault().kind is Kind.TRUNCATED
    with pytest.raises(operations.SealRefused, match="declare"):
        restored.seal()

    with restored.connect("batch") as session:
        said = operations.declare_restored(session, place=restored.place, why="disk failed, backup of 3 March")
    restored.write(4)

    assert restored.seal().events == 4
    found = restored.verify()
    assert (found.events, found.restored) == (1_169, (said,))
    assert restored.order()[: len(before)] == before


def test_a_restore_that_was_none_is_not_declared(sealed):
    with sealed.connect("batch") as session:
        with pytest.raises(operations.SealRefused, match="nothing to declare"):
            operations.declare_restored(session, place=sealed.place, why="none")
        sealed.tamper(
            "DELETE FROM audit_sealbatch WHERE size = 1165",
            "DELETE FROM audit_sealedevent WHERE position >= 1140",
            "UPDATE audit_sealedevent SET event_hash = sha256('other') WHERE position = 1139",
        )
        with pytest.raises(operations.SealRefused, match="not an earlier state"):
            operations.declare_restored(session, place=sealed.place, why="none")
