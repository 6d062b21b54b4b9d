"""Families: who lives together, where, since when, and what they are called.

Belongs here: the make-up of households and their moves. Not here: what happens to each child (lives).
"""

import dataclasses
import datetime
import random

import numpy
from numpy.typing import NDArray

from joinedup.synthesis import names, numbers, places, settings, streams, values
from joinedup.synthesis.calendar_days import DAY, YEAR_DAYS

Floats = NDArray[numpy.float64]


def community_draws(area: places.Area, known: names.Names, seed: int) -> tuple[streams.Weighted[str], ...]:
    """Return for each ward how likely each community is: lumpy by ward, right over the borough."""
    table = community_table(
        shares=numpy.array([community.share for community in known.communities]),
        ward_sizes=numpy.array([len(ward.spots) for ward in area.wards], dtype=float),
        seed=seed,
    )
    codes = [community.code for community in known.communities]
    return tuple(streams.Weighted.of(codes, [float(weight) for weight in row]) for row in table)


def community_table(*, shares: Floats, ward_sizes: Floats, seed: int) -> Floats:
    """Return how likely each community is in each ward.

    Shapes: a row for each ward, a column for each community; rows sum to 1.
    Source: method: iterative proportional fitting of a gamma-scattered start to the communities' shares.
    """
    shares = shares / shares.sum()
    ward_sizes = ward_sizes / ward_sizes.sum()
    chance = numpy.random.default_rng(numpy.random.PCG64(seed + 17))
    # Small communities gather: the smaller the share, the lumpier its spread.
    shape = numpy.where(shares > 0.2, 6.0, 0.45)
    table: Floats = shares * chance.gamma(shape, 1.0 / shape, size=(len(ward_sizes), len(shares))) + 0.02 * shares
    for _ in range(25):
        table *= (shares / (table * ward_sizes[:, None]).sum(axis=0))[None, :]
        table /= table.sum(axis=1, keepdims=True)
    return table


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One household with its children, as drawn; numbers and keys are given when it joins the borough."""

    home: values.Household
    children: tuple[values.Person, ...]


COMPLETED_SIZE = streams.Weighted.of((1, 2, 3, 4, 5, 6), (0.32, 0.47, 0.14, 0.045, 0.015, 0.01))
LARGER_SIZE = streams.Weighted.of((1, 2, 3, 4, 5, 6), (0.18, 0.34, 0.26, 0.13, 0.06, 0.03))


def draw_family(setting: settings.Setting, index: int, first_key: int) -> Family:
    """Return one family with its children aged 0 to 18, and now and then one who left care; perhaps no children."""
    chance = streams.stream(setting.seed, "household", index)
    ward = setting.area.ward_draw.draw(chance)
    if chance.random() < setting.figures.rate("unaccompanied_children"):
        return _alone(setting, index, first_key, ward, chance)
    stock = setting.names.stocks[setting.community_draw[ward.index].draw(chance)]
    births = _births(setting, stock.community, chance)
    naming = names.family_naming(stock, setting.names, chance)
    hardship = min(1.0, max(0.0, 0.75 * ward.hardship + 0.25 * chance.random() + chance.gauss(0.0, 0.12)))
    home = values.Household(
        index=index,
        community=stock.community.code,
        ward_index=ward.index,
        hardship=hardship,
        troubled=chance.random() < 0.06 + 0.12 * hardship,
        adults=_adults(naming, chance),
        stays=_stays(setting, ward, births, chance),
    )
    children = _children(setting, home, naming, births, chance, first_key) if births else ()
    return Family(home=home, children=children)


def _alone(setting: settings.Setting, index: int, first_key: int, ward: places.Ward, chance: random.Random) -> Family:
    """Return a young person who came without an adult; the birth date is often put down as 1 January."""
    stock = setting.names.stocks[chance.choice(("afghan", "afghan", "somali", "arabic", "turkish_kurdish"))]
    naming = names.family_naming(stock, setting.names, chance)
    birth = setting.years_before(14.8 + 3 * chance.random())
    if chance.random() < 0.5:
        birth = birth.replace(month=1, day=1)
    arrived = setting.ends_on - DAY * int(40 + 400 * chance.random())
    address = places.address_in(ward, chance)
    stays = (
        _stay(places.address_elsewhere(setting.area, chance), birth, arrived - DAY, inside=False),
        _stay(address, arrived, None, inside=True),
    )
    home = values.Household(
        index=index,
        community=stock.community.code,
        ward_index=ward.index,
        hardship=1.0,
        troubled=False,
        adults=(),
        stays=stays,
    )
    sex = "M" if chance.random() < 0.93 else "F"
    given = names.child_given(naming, sex, (), chance)
    person = values.Person(
        key=first_key,
        household=index,
        community=home.community,
        names=(
            values.NameSpan(
                since_date=birth,
                given=given,
                middle=names.middle_names(naming, sex, given, chance),
                family=names.child_family(naming, sex, mothers=False, chance=chance),
            ),
        ),
        father_given=naming.father_given,
        grandfather_given=naming.grandfather_given,
        birth_date=birth,
        sex=sex,
        ethnicity=stock.community.ethnicity,
    )
    return Family(home=home, children=(person,))


def _births(setting: settings.Setting, community: names.Community, chance: random.Random) -> list[datetime.date]:
    """Return the births of children in scope, the eldest first; twice the same day for twins."""
    sizes = LARGER_SIZE if chance.random() < (community.family_size - 0.95) * 1.6 else COMPLETED_SIZE
    first_age = chance.random() * 31.0
    day = setting.years_before(first_age)
    births: list[datetime.date] = []
    for _ in range(sizes.draw(chance)):
        births.append(day)
        if chance.random() < setting.figures.rate("twin_maternities"):
            births.append(day)
        day += datetime.timedelta(days=max(320, int(chance.gauss(3.0, 1.2) * YEAR_DAYS)))
    eldest_day = setting.years_before(19)
    care_leaver_day = setting.years_before(24)
    return [
        birth
        for birth in births
        if birth < setting.ends_on
        and (birth > eldest_day or (birth > care_leaver_day and chance.random() < setting.figures.rate("care_leavers")))
    ]


def _phone(chance: random.Random) -> str:
    """Return a number from the range set aside for drama."""
    return f"07700 900{int(chance.random() * 1000):03d}"


def _adults(naming: names.FamilyNaming, chance: random.Random) -> tuple[values.Adult, ...]:
    gendered = naming.stock.community.structure == "gendered"
    shared = gendered or chance.random() < 0.6
    family = naming.father_family if shared else naming.mother_family
    mother = values.Adult(
        given=naming.mother_given,
        family=names.feminine(family) if gendered else family,
        relationship="mother",
        phone=_phone(chance),
    )
    father = values.Adult(
        given=naming.father_given, family=naming.father_family, relationship="father", phone=_phone(chance)
    )
    drawn = chance.random()
    if drawn < 0.23:
        return (mother,) if drawn < 0.205 else (father,)
    return (mother, father)


def _stays(
    setting: settings.Setting, ward: places.Ward, births: list[datetime.date], chance: random.Random
) -> tuple[values.Stay, ...]:
    """Return the addresses of a household over up to eight years, some of them in another area."""
    start = max(setting.years_before(8), (births[0] if births else setting.ends_on) - datetime.timedelta(days=300))
    moved_in = moved_out = None
    drawn = chance.random()
    if drawn < 0.055:
        moved_in = streams.day_between(chance, setting.years_before(4), setting.ends_on - 10 * DAY)
    elif drawn < 0.075:
        moved_out = streams.day_between(chance, setting.years_before(2.5), setting.ends_on - 30 * DAY)
    yearly = 0.22 if chance.random() < 0.27 else 0.045
    span_days = (setting.ends_on - start).days
    moves = sorted(
        streams.day_between(chance, start + 90 * DAY, setting.ends_on - 5 * DAY)
        for _ in range(streams.happens_times(chance, yearly * span_days / YEAR_DAYS))
    )
    stays: list[values.Stay] = []
    address = places.address_in(ward, chance)
    since, inside = start, True
    if moved_in and moved_in > start:
        moves = [day for day in moves if day > moved_in]
        stays.append(_stay(places.address_elsewhere(setting.area, chance), start, moved_in - DAY, inside=False))
        since = moved_in
    if moved_out:
        moves = [*(day for day in moves if day < moved_out), moved_out]
    for day in moves:
        if day <= since + 60 * DAY:
            continue
        stays.append(_stay(address, since, day - DAY, inside=inside))
        since = day
        if day == moved_out:
            address, inside = places.address_elsewhere(setting.area, chance), False
        else:
            address = _next_address(setting, setting.area.wards[address.ward_index], chance)
    stays.append(_stay(address, since, None, inside=inside))
    return tuple(stays)


def _stay(address: values.Address, since: datetime.date, until: datetime.date | None, *, inside: bool) -> values.Stay:
    return values.Stay(address=address, started_date=since, ended_date=until, in_area=inside)


def _next_address(setting: settings.Setting, ward: places.Ward, chance: random.Random) -> values.Address:
    """Return where a family goes: in three moves of five within its own part of the borough."""
    if chance.random() < 0.6:
        return places.address_in(ward, chance)
    return places.address_in(setting.area.ward_draw.draw(chance), chance)


def _children(
    setting: settings.Setting,
    home: values.Household,
    naming: names.FamilyNaming,
    births: list[datetime.date],
    chance: random.Random,
    first_key: int,
) -> tuple[values.Person, ...]:
    """Return the children of one household with their names."""
    lone_mother = len(home.adults) == 1 and home.adults[0].relationship == "mother"
    mothers_name = chance.random() < (0.55 if lone_mother else 0.06)
    # The eldest may have an earlier father: half-brothers and half-sisters in one home.
    halves = births.count(births[0]) if len(set(births)) > 1 and chance.random() < 0.13 else 0
    other = names.family_naming(naming.stock, setting.names, chance)
    other = dataclasses.replace(other, mother_given=naming.mother_given, mother_family=naming.mother_family)
    rename = _renaming(setting, births, naming, chance)
    found: list[values.Person] = []
    for place, birth in enumerate(births):
        own = other if place < halves else naming
        sex = "M" if chance.random() < 0.512 else "F"
        given = _given(own, sex, birth, found, chance)
        family = names.child_family(own, sex, mothers=mothers_name, chance=chance)
        middle = names.middle_names(own, sex, given, chance)
        first = values.NameSpan(since_date=birth, given=given, middle=middle, family=family)
        spans: tuple[values.NameSpan, ...] = (first,)
        if rename is not None and birth < rename[0] and chance.random() < 0.85:
            spans = (first, dataclasses.replace(first, since_date=rename[0], family=rename[1]))
        found.append(
            values.Person(
                key=first_key + place,
                household=home.index,
                community=home.community,
                names=spans,
                known_as=names.known_as(setting.names, own.stock.community.structure, given, sex, chance),
                father_given=own.father_given,
                grandfather_given=own.grandfather_given,
                birth_date=birth,
                sex=sex,
                ethnicity=_ethnicity(own, chance),
                twin=births.count(birth) > 1,
                born_unnamed=chance.random() < 0.3,
            )
        )
    return tuple(found)


def _given(
    own: names.FamilyNaming, sex: str, birth: datetime.date, elder: list[values.Person], chance: random.Random
) -> str:
    """Return a given name that goes with those of the elder children; a twin's with the other twin's."""
    if elder and elder[-1].birth_date == birth:
        return names.twin_given(own, sex, elder[-1].names[-1].given, chance)
    taken = tuple(person.names[-1].given for person in elder)
    return names.child_given(own, sex, taken, chance)


def _renaming(
    setting: settings.Setting, births: list[datetime.date], naming: names.FamilyNaming, chance: random.Random
) -> tuple[datetime.date, str] | None:
    """Return when and to what a family's children change their family name, as on a mother's remarriage."""
    if not births or chance.random() >= setting.figures.rate("changed_family_name"):
        return None
    first = max(births[0] + 365 * DAY, setting.years_before(6))
    if first >= setting.ends_on - 30 * DAY:
        return None
    new = naming.stock.family_name(chance)
    if chance.random() < 0.25:
        new = f"{naming.father_family}-{new}"
    return streams.day_between(chance, first, setting.ends_on - 30 * DAY), new


def _ethnicity(naming: names.FamilyNaming, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < 0.012:
        return "NOBT"
    if drawn < 0.02:
        return "REFU"
    return naming.stock.community.ethnicity


def with_numbers(person: values.Person, nhs: numbers.NhsNumbers, chance: random.Random) -> values.Person:
    """Return the person with an NHS number, and for a few the number that it superseded."""
    former = nhs.next() if chance.random() < 0.004 else ""
    return dataclasses.replace(person, nhs_number=nhs.next(), former_nhs_number=former)
