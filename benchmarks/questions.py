"""Questions as people ask them: children of a borough, each asked for rightly or with one of the usual slips.

Belongs here: drawing the questions, the same for the same seed. Not here: asking them (find).
"""

import dataclasses
import random
from collections.abc import Iterator
from typing import Any

import psycopg

KINDS = ("exact", "misspelt", "nickname", "swapped", "day_and_month", "number", "postcode")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is typed, and the child who is meant."""

    kind: str
    child_id: str
    name: str = ""
    birth_date: str = ""
    number: str = ""
    postcode: str = ""


def drawn(url: str, count: int, *, seed: int) -> list[Question]:
    """Return questions about children of a borough, as many of each kind."""
    chance = random.Random(seed)
    with psycopg.connect(url) as connection:
        cards = connection.execute(
            "SELECT child_id, given_name, family_name, birth_date, nhs_number, upn, postcode FROM people_childsummary "
            "WHERE given_name <> '' AND family_name <> '' AND birth_date IS NOT NULL ORDER BY child_id"
        ).fetchall()
    chance.shuffle(cards)
    questions: list[Question] = []
    waiting = {kind: _of_kind(kind, iter(cards), chance) for kind in KINDS}
    while len(questions) < count:
        questions.extend(next(waiting[kind]) for kind in KINDS)
    chance.shuffle(questions)
    return questions[:count]


def _of_kind(kind: str, cards: Iterator[tuple[Any, ...]], chance: random.Random) -> Iterator[Question]:
    for child_id, given, family, born, nhs_number, upn, postcode in cards:
        asked = _asked(kind, (given, family, born, nhs_number or upn, postcode), chance)
        if asked is not None:
            yield Question(kind=kind, child_id=str(child_id), **asked)


def _asked(kind: str, known: tuple[Any, ...], chance: random.Random) -> dict[str, str] | None:
    given, family, born, number, postcode = known
    if kind == "exact":
        return {"name": f"{given} {family}"}
    if kind == "misspelt":
        return {"name": f"{given} {_slip(family, chance)}"}
    if kind == "nickname":
        other = _other_form(given)
        return {"name": f"{other} {family}"} if other else None
    if kind == "swapped":
        return {"name": f"{family} {given}"}
    if kind == "day_and_month":
        swapped = f"{born:%Y-%d-%m}"
        return {"name": f"{given} {family}", "birth_date": swapped} if born.day <= 12 else None
    if kind == "number":
        return {"number": number} if number else None
    return {"name": family, "postcode": postcode} if postcode else None


def _slip(name: str, chance: random.Random) -> str:
    """Return a name with one letter left out, doubled, wrong, or exchanged with its neighbour."""
    place = chance.randrange(1, len(name)) if len(name) > 1 else 0
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter + letter + after,
            before + "e" + after,
            before + after[:1] + letter + after[1:],
        ]
    )


def _other_form(given: str) -> str:
    from joinedup.foundation import text

    forms = text.spelling_variants(text.fold_name(given))
    return forms[0] if forms else ""
