"""Warming: the compiled scorer made ready before the first question, so that nobody waits for its loading.

Belongs here: one weighing of two people who are nobody. Not here: when it is done (config).
"""

from joinedup.processes.childindex.linkage import model, single
from joinedup.processes.childindex.linkage.scoring import online
from joinedup.processes.childindex.linkage.settings import LinkSettings


def warm() -> None:
    """Load the compiled functions, compiling those that are not kept yet."""
    scorer = online.Scorer(model.splink_settings(), LinkSettings())
    people = [
        single.standardise([{"record_id": person, "person_record_id": person, "given_name": "A", "family_name": "B"}])
        for person in (1, 2)
    ]
    scorer.score_one(*people)
