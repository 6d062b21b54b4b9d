"""However a feed that counts its versions is delivered, what counts is what it said last."""

import random

import pytest
from django.db import transaction

from joinedup.exchange.intake import undoing
from tests.conftest import NOW
from tests.faults import feed
from tests.integration import standing
from tests.integration.childindex import alone
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]


class _RolledBack(Exception):
    """Ends a schedule without keeping it."""


def load(messages, sender, *, name):
    return bringing.load(feed.source(messages, name=name), sender)


def in_order(messages, sender):
    """Have each thing said once, in the order in which it was said, each in one file."""
    told = sorted({message.resource: message for message in messages}.values(), key=lambda message: message.said_on)
    if told:
        load(told, sender, name="in-order.ndjson")


def try_schedule(seed, *, patients, most_versions, most_rows, taken_back, window=feed.WINDOW):
    """Deliver one feed as badly as the seed says; return how many messages came."""
    dice = random.Random(seed)
    delivered = feed.delivered(dice, feed.said(dice, patients=patients, most_versions=most_versions), window=window)
    files = feed.files(dice, delivered, most=most_rows)
    shuffled, straight = bringing.agency("feed", kind="health"), bringing.agency("straight", kind="health")
    loaded = [load(file, shuffled, name=f"{place}.ndjson") for place, file in enumerate(files)]
    gone = set(dice.sample(range(len(files)), min(taken_back, len(files))))
    # The very same bytes are one batch, and go once.
    gone_batches = {loaded[place].batch_id for place in gone}
    for batch_id in sorted(gone_batches):
        undoing.undo(batch_id=batch_id, by=bringing.MACHINE)
    still = [file for file, done in zip(files, loaded, strict=True) if done.batch_id not in gone_batches]
    in_order([message for file in still for message in file], straight)
    alone.link(NOW)
    assert standing.differences(standing.current("feed"), standing.current("straight")) == {}, f"seed {seed}"
    return len(delivered)


def schedules(monkeypatch, count, *, first=0, piece=7, **size):
    monkeypatch.setattr("joinedup.exchange.intake.preview.PIECE_ROWS", piece)
    total = 0
    for seed in range(first, first + count):
        try:
            with transaction.atomic():
                total += try_schedule(seed, **size)
                raise _RolledBack
        except _RolledBack:
            continue
    print(f"{count} schedules, {total:,} deliveries")


SMALL = {"patients": 12, "most_versions": 6, "most_rows": 25}


def test_the_last_said_counts_however_it_is_delivered(monkeypatch):
    schedules(monkeypatch, 6, taken_back=0, **SMALL)


def test_what_counts_after_taking_files_back_is_the_last_said_of_those_that_stand(monkeypatch):
    schedules(monkeypatch, 6, first=1_000, taken_back=2, **SMALL)


@pytest.mark.slow
def test_the_last_said_counts_in_five_hundred_schedules(monkeypatch):
    schedules(monkeypatch, 350, taken_back=0, **SMALL)
    schedules(monkeypatch, 150, first=1_000, taken_back=3, **SMALL)


@pytest.mark.slow
def test_the_last_said_counts_in_a_long_feed_shuffled_over_a_thousand_places(monkeypatch):
    schedules(monkeypatch, 3, piece=300, taken_back=1, patients=900, most_versions=8, most_rows=800)
