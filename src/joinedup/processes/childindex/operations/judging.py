"""Judging links: drawing a blind sample, answering it, and changing the thresholds by which runs link and ask.

Belongs here: the acts. Not here: how many pairs are drawn (rules.judging), what thresholds make (rules.forecasting).
"""

import dataclasses
import datetime
import json
import uuid

from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import queries, rules
from joinedup.processes.childindex.operations import acting


@transaction.atomic
def draw_blind_sample(
    *, half_width: float, expected: float, seed: int, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Draw links that runs made by themselves, and mix them with pairs that are not linked; who drew is kept, and the seed.

    Units: `half_width` of the 95 % interval and `expected` precision as shares, 0 to 1.
    Shapes: the sample. The same seed draws the same pairs from the same links.
    Errors: NotAllowed; SecondFactorNeeded; NothingToDraw; NotFinished while another sample waits; ValueError where more than
    2,000 pairs would be needed, or the width is none.
    """
    acting.check_may_link(by)
    sample_id = ids.uuid7()
    audit_operations.open_view(viewer=by, act="childindex.blind.drawn", record_ref=str(sample_id))
    population = queries.count_population(viewer=by)
    links = rules.pairs_to_draw(half_width=half_width, expected=expected, population=population)
    if links > rules.MOST_PAIRS:
        raise ValueError(links)
    try:
        acting.answered(
            "SELECT childindex_draw_blind(%s, %s, %s, %s, %s, %s)",
            [sample_id, seed, links, rules.decoys_for(links), half_width, sorted(by.given)],
        )
    except rules.NotDone as refused:
        if refused.answer is rules.Answer.WAITING:
            raise rules.NotFinished from None
        raise
    events_operations.publish("childindex.blind.drawn", at=at, sample_id=str(sample_id), links=links)
    return sample_id


@transaction.atomic
def answer_blind_pair(
    *, pair_id: uuid.UUID, answer: rules.BlindAnswer, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Keep what a steward says of a pair; it changes no link, and is not changed afterwards.

    Errors: NotAllowed; SecondFactorNeeded; NotDone where it is not this pair's turn.
    """
    acting.check_may_link(by)
    audit_operations.open_view(viewer=by, act="childindex.blind.answered", record_ref=str(pair_id))
    acting.answered("SELECT childindex_blind_answer(%s, %s, %s)", [pair_id, answer.value, sorted(by.given)])
    events_operations.publish("childindex.blind.answered", at=at, pair_id=str(pair_id))


@transaction.atomic
def set_thresholds(
    *, link_bits: float, review_bits: float, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Change from which weight on runs link, and ask; what that was said to come to is kept with the change.

    The links there are stay until the next run.

    Units: bits.
    Errors: NotAllowed; SecondFactorNeeded; TooFewWords; NotDone; NoModel; ValueError for thresholds that make no sense.
    """
    acting.check_may_link(by)
    if len("".join(why.split())) < rules.FEWEST_LETTERS:
        raise rules.TooFewWords
    if not rules.LEAST_BITS <= review_bits <= link_bits <= rules.MOST_BITS:
        raise ValueError("a link threshold at or above the review threshold")
    card = queries.get_thresholds(viewer=by, at=at)
    said = card.forecast(link_bits=link_bits, review_bits=review_bits)
    change_id = ids.uuid7()
    audit_operations.open_view(viewer=by, act="childindex.thresholds.changed", record_ref=str(change_id), reason=why)
    acting.answered(
        "SELECT childindex_set_thresholds(%s, %s, %s, %s, %s, %s)",
        [
            change_id,
            link_bits,
            review_bits,
            json.dumps(None if said is None else dataclasses.asdict(said)),
            why[: rules.MOST_WORDS],
            sorted(by.given),
        ],
    )
    events_operations.publish("childindex.thresholds.changed", at=at, change_id=str(change_id))
