"""The children of one stretch of homes, complete: names, addresses, numbers, and new identities after adoption.

Belongs here: putting the parts together. Not here: the parts, or what agencies write (writing).
"""

import dataclasses
from typing import Any

import numpy as np

from joinedup.synthesis import errors, streams
from joinedup.synthesis.records_only import families, homes, naming, numbering
from joinedup.synthesis.records_only.lexicon import Flags, Ints, Lexicon, Words
from joinedup.synthesis.records_only.neighbourhoods import Ground
from joinedup.synthesis.records_only.shares import Shares

_ALWAYS = np.iinfo(np.int32).max
_SCHOOL_ENTRY_DAYS = int(4.6 * 365.25)
_SCHOOLS_A_WARD = 3
_EARLIEST_ADOPTION_DAYS = 200


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Children by place; a child adopted with a new identity stands twice, before and after.

    Shapes: as in `families.Families`, `naming.Named` and `homes.Homes`; `since`, `spot`, `door` are children x 4.
    `sibling` is the place of a brother or sister, -1 for none. Numbers are text, empty for none.
    Units: `birth`, `later_since`, `begins` and `ends` (of this identity) in days since 1970.
    """

    home: Ints
    community: Ints
    birth: Ints
    male: Flags
    twin: Flags
    given: Words
    middle: Words
    family: Words
    later_family: Words
    later_since: Ints
    known_as: Words
    father_given: Words
    grandfather_given: Words
    since: Ints
    spot: Ints
    door: Ints
    other: Ints
    moved: Flags
    looked_after: Flags
    sibling: Ints
    begins: Ints
    ends: Ints
    adopted: Flags
    nhs: Words
    former_nhs: Words
    copied_nhs: Words
    upn: Words
    temporary_upn: Words

    def __len__(self) -> int:
        return len(self.birth)

    def take(self, where: Ints) -> dict[str, Any]:
        """Return each column at some places."""
        return {field.name: getattr(self, field.name)[where] for field in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What all stretches share."""

    lexicon: Lexicon
    ground: Ground
    shares: Shares
    seed: int
    ends_on: int
    nhs: numbering.NhsStems
    upn: numbering.UpnSerials


def draw(world: World, *, homes_wanted: int, index: int) -> People:
    """Return the children of so many homes; one `index` is drawn apart from another."""
    seed, shares = world.seed, world.shares
    chance = streams.many(seed, "families", index)
    found = families.draw(
        homes_wanted,
        ground=world.ground,
        lexicon=world.lexicon,
        shares=shares,
        ends_on=world.ends_on,
        chance=chance,
    )
    named = naming.draw(found, world.lexicon, shares, seed=seed, index=index)
    living = homes.draw(found, world.ground, shares, ends_on=world.ends_on, chance=streams.many(seed, "homes", index))
    count = len(found.birth)
    empty = np.full(count, "", object)
    renamed_from = np.maximum(found.birth + 365, world.ends_on - int(6 * 365.25))
    people = People(
        home=found.home,
        community=found.child_community,
        birth=found.birth,
        male=found.male,
        twin=found.twin,
        **{field.name: getattr(named, field.name) for field in dataclasses.fields(named)},
        later_since=renamed_from
        + (chance.random(count) * np.maximum(world.ends_on - 30 - renamed_from, 0)).astype(int),
        **{field.name: getattr(living, field.name) for field in dataclasses.fields(living)},
        sibling=families.neighbour(found),
        begins=found.birth,
        ends=np.full(count, _ALWAYS),
        adopted=np.zeros(count, np.bool_),
        nhs=empty,
        former_nhs=empty,
        copied_nhs=empty,
        upn=empty,
        temporary_upn=empty,
    )
    return _numbered(_adopted(people, world, index), world, index)


def _adopted(people: People, world: World, index: int) -> People:
    """Give some children a second life: another family's name and home, and numbers of their own.

    In the truth the two are two: the law keeps them apart, and a link between them would undo what it protects.
    """
    chance = streams.many(world.seed, "adoption", index)
    age_days = world.ends_on - people.birth
    who = np.flatnonzero((chance.random(len(people)) < world.shares.adopted) & (age_days > 2 * _EARLIEST_ADOPTION_DAYS))
    if not len(who) or len(people) < 2:
        return people
    on = people.birth[who] + _EARLIEST_ADOPTION_DAYS
    on += (chance.random(len(who)) * np.minimum(age_days[who] - 2 * _EARLIEST_ADOPTION_DAYS, 6 * 365)).astype(np.int64)
    host = chance.integers(0, len(people), len(who))
    host = np.where(people.home[host] == people.home[who], (host + 7) % len(people), host)
    new = people.take(who)
    theirs = people.take(host)
    for name in ("home", "community", "family", "father_given", "grandfather_given", "since", "spot", "door"):
        new[name] = theirs[name]
    keeps = chance.random(len(who)) < world.shares.adopted_keeps_forename
    other = world.lexicon.words[world.lexicon.draw_given(people.community[host], people.male[who], chance)]
    nothing = np.full(len(who), "", object)
    new["given"] = np.where(keeps, new["given"], other)
    new["known_as"] = np.where(keeps, new["known_as"], "")
    new |= {"later_family": nothing, "middle": np.where(keeps, new["middle"], ""), "sibling": host, "begins": on}
    new |= {"other": np.full(len(who), -1), "twin": np.zeros(len(who), np.bool_), "ends": np.full(len(who), _ALWAYS)}
    before = people.take(np.arange(len(people)))
    for part, rows in ((before, who), (new, np.arange(len(who)))):
        part["adopted"][rows] = True
    before["ends"][who] = on
    before["looked_after"][who] = True
    new["looked_after"] = np.zeros(len(who), np.bool_)
    return People(**{name: np.concatenate([before[name], new[name]]) for name in before})


def _numbered(people: People, world: World, index: int) -> People:
    chance, single = streams.many(world.seed, "numbers", index), streams.stream(world.seed, "wrong numbers", index)
    count = len(people)
    nhs = world.nhs.take(count)
    former = np.full(count, "", object)
    replaced = chance.random(count) < world.shares.former_nhs_number
    former[replaced] = world.nhs.take(int(replaced.sum()))
    copied = np.full(count, "", object)
    for child in np.flatnonzero(chance.random(count) < world.shares.shared_wrong_number):
        copied[child] = errors.wrong_digit(str(nhs[child]), single)
    entry = people.birth + _SCHOOL_ENTRY_DAYS
    pupil = np.flatnonzero((entry < world.ends_on) & (entry < people.ends))
    ward = np.searchsorted(world.ground.ward_starts, people.spot[pupil, 0], side="right") - 1
    school = ward * _SCHOOLS_A_WARD + chance.integers(0, _SCHOOLS_A_WARD, len(pupil))
    upn, first = np.full(count, "", object), np.full(count, "", object)
    upn[pupil] = world.upn.take(school, 1970 + (entry[pupil] / 365.2425).astype(np.int64))
    for child in pupil[chance.random(len(pupil)) < world.shares.temporary_upn]:
        first[child] = numbering.temporary(upn[child])
    return dataclasses.replace(people, nhs=nhs, former_nhs=former, copied_nhs=copied, upn=upn, temporary_upn=first)
