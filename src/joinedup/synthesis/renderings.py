"""The other ways in which a community's custom lets one true name be put into the boxes of a British form.

Belongs here: renderings that are nobody's mistake. Not here: mistakes (errors), drawing names (names).
"""

import random
from collections.abc import Callable
from typing import NamedTuple, Protocol

from joinedup.synthesis import names

Full = tuple[str, str, str]


class Person(Protocol):
    """What a custom asks of a person besides the full name."""

    @property
    def known_as(self) -> str: ...
    @property
    def father_given(self) -> str: ...
    @property
    def grandfather_given(self) -> str: ...
    @property
    def sex(self) -> str: ...


class Name(Protocol):
    """A full name in three parts."""

    @property
    def given(self) -> str: ...
    @property
    def middle(self) -> str: ...
    @property
    def family(self) -> str: ...


class Bearer(NamedTuple):
    """A person of whom nothing else is known."""

    known_as: str
    father_given: str
    grandfather_given: str
    sex: str


class Said(NamedTuple):
    """A full name and nothing else."""

    given: str
    middle: str
    family: str


def another(structure: str, person: Person, span: Name, chance: random.Random) -> Full:
    """Return given, middle and family name as another clerk, or the same family on another day, would give them."""
    render = CUSTOMS.get(structure)
    return render(person, span, chance) if render else (span.given, span.middle, span.family)


def _chinese(person: Person, span: Name, chance: random.Random) -> Full:
    drawn = chance.random()
    if drawn < 0.35:
        return span.family, span.middle, span.given
    if drawn < 0.6 and person.known_as:
        return f"{person.known_as} {span.given}", span.middle, span.family
    if "-" in span.given:
        first, second = span.given.split("-", 1)
        joined = first + second.lower()
        return chance.choice((f"{first} {second}", joined, first)), span.middle, span.family
    return span.given, span.middle, span.family


def _patronymic(person: Person, span: Name, chance: random.Random) -> Full:
    drawn = chance.random()
    if drawn < 0.5:
        return span.given, "", person.father_given
    if drawn < 0.8:
        return f"{span.given} {person.father_given}", "", span.family
    return span.given, person.father_given, person.grandfather_given


def _one_name(person: Person, span: Name, chance: random.Random) -> Full:
    drawn = chance.random()
    if drawn < 0.3:
        return span.given, "", span.given
    if drawn < 0.55:
        return span.given, "", "Unknown"
    if drawn < 0.8:
        return span.family, "", span.given
    return span.given, "", person.father_given


def _arabic(person: Person, span: Name, chance: random.Random) -> Full:
    for particle in ("Al-", "El-"):
        if span.family.startswith(particle):
            rest = span.family[3:]
            return span.given, span.middle, chance.choice((rest, particle[:2] + rest.lower(), f"{particle[:2]} {rest}"))
    if chance.random() < 0.4:
        return span.given, "", person.father_given
    return f"{span.given} {person.father_given}", "", span.family


def _sikh(_person: Person, span: Name, chance: random.Random) -> Full:
    if span.middle and chance.random() < 0.6:
        return span.given, "", span.middle
    return f"{span.given} {span.middle}".strip(), "", span.family


def _pakistani(person: Person, span: Name, chance: random.Random) -> Full:
    words = span.given.split()
    if len(words) > 1:
        return chance.choice(((words[1], "", span.family), (words[0], words[1], span.family)))
    if chance.random() < 0.4:
        return span.given, "", person.father_given if person.sex == "M" else "Bibi"
    return span.given, span.middle, span.family


def _bangladeshi(person: Person, span: Name, chance: random.Random) -> Full:
    words = span.given.split()
    if len(words) > 1:
        return words[-1], "", span.family
    if person.sex == "F":
        return span.given, "", chance.choice(("Begum", "Khatun", "Akter"))
    return f"Md {span.given}", "", span.family


def _gendered(_person: Person, span: Name, _chance: random.Random) -> Full:
    return span.given, span.middle, names.masculine(span.family)


def _west_african(_person: Person, span: Name, chance: random.Random) -> Full:
    if span.middle and chance.random() < 0.7:
        return span.middle, span.given, span.family
    return span.family, span.middle, span.given


CUSTOMS: dict[str, Callable[[Person, Name, random.Random], Full]] = {
    "chinese": _chinese,
    "patronymic": _patronymic,
    "one_name": _one_name,
    "arabic": _arabic,
    "sikh": _sikh,
    "pakistani": _pakistani,
    "bangladeshi": _bangladeshi,
    "gendered": _gendered,
    "west_african": _west_african,
}
