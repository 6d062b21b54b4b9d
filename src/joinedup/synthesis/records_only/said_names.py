"""Names as agencies have them: customs, nicknames, spellings, slips, and babies not yet named.

Belongs here: the names of a record. Not here: true names (naming), or the slips themselves (errors, renderings).
"""

from collections.abc import Callable

import numpy as np

from joinedup.synthesis import errors, renderings, spellings
from joinedup.synthesis.records_only.lexicon import Flags, Words
from joinedup.synthesis.records_only.page import Page, Slip

_UNNAMED_DAYS = 30
_NEVER_SPLIT = ("Al-", "El-")


def said(page: Page) -> dict[str, Words]:
    """Return forename, middle names, surname, known-as name and former surname, record by record."""
    people, rates, met = page.people, page.rates, page.met
    given, middle, family, known_as = (
        page.of(column).copy() for column in (people.given, people.middle, people.family, people.known_as)
    )
    everyone = np.ones(len(given), np.bool_)
    changed = (page.of(people.later_family) != "") & (page.of(people.later_since) <= met.on)
    old = page.hits(rates.name_before_change, changed, Slip.FORMER_NAME, level=False)
    page.slips[(page.of(people.later_family) != "") & ~changed] |= Slip.FORMER_NAME
    new = changed & ~old
    former = np.where(new & (page.chance.random(len(new)) < 0.35), family, "")
    family[new] = page.of(people.later_family)[new]
    _by_custom(page, given, middle, family)
    middle[page.chance.random(len(middle)) < rates.middle_left_out] = ""
    hyphened = np.array(["-" in name and not name.startswith(_NEVER_SPLIT) for name in family], np.bool_)
    half = page.hits(rates.half_of_double_barrel, hyphened, Slip.HALF_NAME)
    page.rewrite(family, half, lambda name: name.split("-")[page.single.randrange(2)])
    nick = page.hits(rates.nickname, known_as != "", Slip.NICKNAME)
    given[nick] = known_as[nick]
    _spellings(page, given, family, ~nick)
    page.rewrite(given, page.hits(rates.typo_given, everyone, Slip.TYPO_GIVEN), _typo(page))
    page.rewrite(family, page.hits(rates.typo_family, everyone, Slip.TYPO_FAMILY), _typo(page))
    initial = page.hits(rates.initial_only, given != "", Slip.INITIAL)
    page.rewrite(given, initial, lambda name: name[0])
    swapped = page.hits(rates.names_swapped, ~initial & (family != ""), Slip.NAMES_SWAPPED)
    given[swapped], family[swapped] = family[swapped], given[swapped]
    _unnamed(page, given, middle)
    if not page.habits.keeps_accents:
        given, middle, family, known_as = (plain(column) for column in (given, middle, family, known_as))
    said_known_as = np.where(page.chance.random(len(known_as)) < 0.25, known_as, "")
    return {
        "forename": given,
        "middle_names": middle,
        "surname": family,
        "known_as": said_known_as,
        "former_surname": plain(former),
    }


def _by_custom(page: Page, given: Words, middle: Words, family: Words) -> None:
    """Put some names as another clerk, or the same family on another day, would give them."""
    people, lexicon = page.people, page.world.lexicon
    structure = lexicon.structures[page.of(people.community)]
    other = np.isin(structure, list(renderings.CUSTOMS))
    for place in np.flatnonzero(page.hits(page.rates.community_custom, other, Slip.CUSTOM, level=False)):
        child = page.met.child[place]
        bearer = renderings.Bearer(
            known_as=people.known_as[child],
            father_given=people.father_given[child],
            grandfather_given=people.grandfather_given[child],
            sex="M" if people.male[child] else "F",
        )
        span = renderings.Said(given=given[place], middle=middle[place], family=family[place])
        given[place], middle[place], family[place] = renderings.another(structure[place], bearer, span, page.single)


def _spellings(page: Page, given: Words, family: Words, where: Flags) -> None:
    """Spell some names in another way that they are known to be spelt, or that their letters allow."""
    variants, rates = page.world.lexicon.known.variants, page.rates
    structure = page.world.lexicon.structures[page.of(page.people.community)]
    for column, rate, among in (
        (given, rates.other_spelling, where),
        (family, rates.other_spelling * 0.6, where | ~where),
    ):
        drawn = among & (page.chance.random(len(column)) < rate)
        for place in np.flatnonzero(drawn):
            word = column[place]
            other = page.single.choice(variants[word]) if word in variants else ""
            other = other or spellings.respelt(word, structure[place], page.single)
            if other and other != word:
                column[place] = other
                page.slips[place] |= Slip.OTHER_SPELLING


def _unnamed(page: Page, given: Words, middle: Words) -> None:
    """Call some newborns "Baby" in health records, for that is all that was known of them."""
    if page.met.agency not in {"gp", "hospital"}:
        return
    newborn = page.met.on - page.of(page.people.birth) < _UNNAMED_DAYS
    baby = page.hits(page.world.shares.unnamed_baby, newborn, Slip.UNNAMED_BABY, level=False)
    twin, male = page.of(page.people.twin), page.of(page.people.male)
    for place in np.flatnonzero(baby):
        sexed = "Boy" if male[place] else "Girl"
        given[place] = page.single.choice(
            ("Baby", f"Baby {sexed}", f"Twin {1 + page.single.randrange(2)}" if twin[place] else "Baby")
        )
        middle[place] = ""


def _typo(page: Page) -> Callable[[str], str]:
    return lambda name: errors.typo(name, page.single)


def plain(column: Words) -> Words:
    return np.array([errors.plain(name) for name in column], object)
