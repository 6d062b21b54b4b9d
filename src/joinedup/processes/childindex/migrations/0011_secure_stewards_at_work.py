"""Stewards read what is in question by functions of the database; which pair of a blind sample is linked, by none."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.childindex import judging_functions as judging
from joinedup.processes.childindex import review_functions as reviewing

_STEWARDS = "(SELECT access_may('link'))"


class Migration(migrations.Migration):
    """Row-level security and the functions."""

    dependencies = [
        ("childindex", "0010_stewards_at_work"),
        ("access", "0023_ground_by_two"),
    ]

    operations = [
        secure.SecureTables(
            ["childindex_reviewnote", "childindex_blindsample", "childindex_thresholdchange"],
            app="SELECT",
            definer="SELECT, INSERT",
            rows=_STEWARDS,
        ),
        secure.SecureTables(["childindex_blindpair"], app="SELECT", definer="SELECT, INSERT, UPDATE", rows="false"),
        secure.Grant(["childindex_modelversion"], definer="SELECT, UPDATE"),
        *[
            secure.DefinerFunction(signature, text, callers=["app"])
            for signature, text in (
                ("childindex_questions(text, uuid, text, boolean, integer, integer, text[])", reviewing.QUESTIONS),
                ("childindex_count_questions()", reviewing.COUNT_QUESTIONS),
                ("childindex_question(uuid, text[])", reviewing.QUESTION),
                ("childindex_said(uuid[], text[])", reviewing.SAID),
                ("childindex_note_question(uuid, uuid, text, text[])", reviewing.NOTE_QUESTION),
                ("childindex_rejoins(text[])", reviewing.PROPOSALS),
                ("childindex_act(uuid, text[])", reviewing.ACT),
                ("childindex_blind_population(text[])", judging.POPULATION),
                (
                    "childindex_draw_blind(uuid, bigint, integer, integer, double precision, text[])",
                    judging.DRAW,
                ),
                ("childindex_blind_next(text[])", judging.NEXT),
                ("childindex_blind_answer(uuid, text, text[])", judging.ANSWER),
                ("childindex_blind_results(text[])", judging.RESULTS),
                (
                    "childindex_set_thresholds(uuid, double precision, double precision, jsonb, text, text[])",
                    judging.SET_THRESHOLDS,
                ),
                ("childindex_arrivals(timestamptz)", judging.ARRIVALS),
                ("childindex_link_quality(date)", judging.QUALITY),
            )
        ],
    ]
