"""Names as families give them, community by community, with the customs that make one person's name look like two.

Belongs here: drawing true names. Not here: what an agency makes of them (renderings, errors).
"""

import dataclasses
import random

from joinedup.synthesis import spellings, streams, tables

NameDraw = streams.Weighted[str]

#: How often a name comes from the composed tail instead of the list of common names.
TAIL_FAMILY = 0.27
TAIL_GIVEN = 0.06


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A community of names: its share of families, its naming custom, and its size of family."""

    code: str
    title: str
    share: float
    structure: str
    ethnicity: str
    family_size: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The names of one community."""

    community: Community
    given: dict[str, NameDraw]
    family: NameDraw
    composed: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def given_name(self, sex: str, chance: random.Random) -> str:
        """Return a given name, now and then a rare one."""
        if chance.random() < TAIL_GIVEN:
            rare = self._compose(f"given_{sex}", chance)
            if rare:
                return rare
        return self.given[sex].draw(chance)

    def family_name(self, chance: random.Random) -> str:
        """Return a family name, from the long tail in about a quarter of families."""
        if chance.random() < TAIL_FAMILY:
            rare = self._compose("family", chance)
            if rare:
                return rare
        return self.family.draw(chance)

    def _compose(self, part: str, chance: random.Random) -> str:
        parts = self.composed.get(part)
        if parts is None:
            return ""
        # The square makes some beginnings and endings commoner than others, as they are.
        beginning = parts[0][int(chance.random() ** 1.5 * len(parts[0]))]
        ending = parts[1][int(chance.random() ** 1.5 * len(parts[1]))]
        return joined(beginning, ending)


def joined(beginning: str, ending: str) -> str:
    if beginning[-1] == ending[0]:
        ending = ending[1:]
    return beginning + ending


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All the names of the borough."""

    stocks: dict[str, Stock]
    nicknames: dict[str, tuple[str, ...]]
    variants: dict[str, tuple[str, ...]]

    @property
    def communities(self) -> tuple[Community, ...]:
        return tuple(stock.community for stock in self.stocks.values())


def read() -> Names:
    """Return the names of the reference lists.

    Shapes: about 1,200 common family names and 1,500 given names, and rules that compose several thousand rarer ones.
    """
    given: dict[tuple[str, str], list[str]] = {}
    for row in tables.rows("given_names.csv"):
        given.setdefault((row["community"], row["sex"]), []).append(row["name"])
    family: dict[str, list[str]] = {}
    for row in tables.rows("family_names.csv"):
        family.setdefault(row["community"], []).append(row["name"])
    composed: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for row in tables.rows("composed_names.csv"):
        parts = (tuple(row["beginnings"].split()), tuple(row["endings"].split()))
        composed.setdefault(row["community"], {})[row["part"]] = parts
    stocks = {}
    for row in tables.rows("communities.csv"):
        code = row["code"]
        stocks[code] = Stock(
            community=Community(
                code=code,
                title=row["title"],
                share=float(row["share"]),
                structure=row["structure"],
                ethnicity=row["ethnicity"],
                family_size=float(row["family_size"]),
            ),
            given={sex: NameDraw.by_rank(given[code, sex]) for sex in "FM"},
            family=NameDraw.by_rank(family[code], flatness=4.0),
            composed=composed.get(code, {}),
        )
    return Names(stocks=stocks, nicknames=_nicknames(), variants=_variants())


def _nicknames() -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(row["nicknames"].split()) for row in tables.rows("nicknames.csv")}


def _variants() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("name_variants.csv"):
        spellings = tuple(row["spellings"].split())
        for spelling in spellings:
            found[spelling] = tuple(other for other in spellings if other != spelling)
    return found


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNaming:
    """What the children of one family take from their parents' names."""

    stock: Stock
    father_given: str
    grandfather_given: str
    father_family: str
    mother_given: str
    mother_family: str
    double_barrelled: bool
    sons_forename: str
    variants: dict[str, tuple[str, ...]]


def family_naming(stock: Stock, names: Names, chance: random.Random) -> FamilyNaming:
    """Return the parents' names and the family's custom.

    About one family in twelve is of two communities: the mother's names then come from another stock.
    """
    other = stock
    if chance.random() < 0.08:
        other = names.stocks[chance.choice(sorted(names.stocks))]
    father_given, grandfather = stock.given_name("M", chance), stock.given_name("M", chance)
    if stock.community.structure == "patronymic":
        father_family = grandfather
    elif stock.community.structure == "one_name" and chance.random() < 0.5:
        father_family = father_given
    else:
        father_family = stock.family_name(chance)
    english = stock.community.code in {"white_british", "irish", "caribbean", "polish"}
    return FamilyNaming(
        stock=stock,
        father_given=father_given,
        grandfather_given=grandfather,
        father_family=father_family,
        mother_given=other.given_name("F", chance),
        mother_family=other.family_name(chance),
        double_barrelled=chance.random() < (0.06 if english else 0.015),
        sons_forename=_sons_forename(stock.community.structure, chance),
        variants=names.variants,
    )


def _sons_forename(structure: str, chance: random.Random) -> str:
    """Return the forename that every son of a family bears, where it has that custom."""
    if structure not in {"pakistani", "bangladeshi"} or chance.random() >= FAMILY_FORENAME_SHARE:
        return ""
    return "Md" if structure == "bangladeshi" else chance.choice(SHARED_FORENAMES)


def child_family(naming: FamilyNaming, sex: str, *, mothers: bool, chance: random.Random) -> str:
    """Return a child's family name by the custom of the family."""
    structure = naming.stock.community.structure
    if naming.double_barrelled:
        return f"{naming.mother_family}-{naming.father_family}"
    if structure == "patronymic":
        return naming.grandfather_given
    if structure == "sikh" and chance.random() < 0.3:
        return "Singh" if sex == "M" else "Kaur"
    if structure == "bangladeshi" and chance.random() < 0.4:
        return (
            chance.choice(("Begum", "Khatun", "Akter", "Khanom"))
            if sex == "F"
            else chance.choice(("Miah", "Ahmed", "Uddin", "Islam"))
        )
    if structure == "pakistani" and chance.random() < 0.18:
        return chance.choice(("Bibi", "Begum", "Khan", "Parveen")) if sex == "F" else naming.father_given
    if structure == "one_name":
        return naming.father_given if chance.random() < 0.6 else naming.father_family
    family = naming.mother_family if mothers else naming.father_family
    return feminine(family) if structure == "gendered" and sex == "F" else family


def feminine(family: str) -> str:
    """Return a Slavic family name as a daughter bears it: Kowalski's daughter is Kowalska."""
    for ending in ("ski", "cki", "dzki"):
        if family.endswith(ending):
            return family[:-1] + "a"
    return family


def masculine(family: str) -> str:
    """Return a Slavic family name as a British form has it for everyone."""
    return family[:-1] + "i" if family.endswith(("ska", "cka", "dzka")) else family


#: Forenames that stand before the name a boy is called by, for every son of some families.
SHARED_FORENAMES = ("Mohammed", "Muhammad", "Mohammad", "Syed")
FAMILY_FORENAME_SHARE = 0.3
_SON_BEARS_IT = 0.9


def child_given(naming: FamilyNaming, sex: str, taken: tuple[str, ...], chance: random.Random) -> str:
    """Return a given name that no brother or sister bears, sometimes one very like a brother's or sister's.

    In some families every son is Mohammed something: Mohammed Hassan is a brother of Mohammed Hussain.
    """
    stock = naming.stock
    called = {name.rsplit(maxsplit=1)[-1] for name in taken}
    if taken and chance.random() < 0.06:
        elder = taken[-1].rsplit(maxsplit=1)[-1]
        listed = stock.given[sex].items
        others = naming.variants.get(elder, ()) if elder in listed else ()
        alike = [name for name in (*listed, *others) if spellings.are_near(elder, name) and name not in called]
        if alike:
            return _with_forename(naming, chance.choice(alike), sex, chance)
    for _ in range(8):
        name = stock.given_name(sex, chance)
        if name not in called:
            break
    return _with_forename(naming, name, sex, chance)


def _with_forename(naming: FamilyNaming, name: str, sex: str, chance: random.Random) -> str:
    """Return the name behind the forename that the sons of a family share, or that one boy bears by himself."""
    structure = naming.stock.community.structure
    if sex != "M" or name in {*SHARED_FORENAMES, "Md"}:
        return name
    if naming.sons_forename:
        return f"{naming.sons_forename} {name}" if chance.random() < _SON_BEARS_IT else name
    if structure == "pakistani" and chance.random() < 0.2:
        return f"Mohammed {name}"
    if structure == "bangladeshi" and chance.random() < 0.2:
        return f"Md {name}"
    return name


def twin_given(naming: FamilyNaming, sex: str, first: str, chance: random.Random) -> str:
    """Return a name for the second twin: like the first's in a third of pairs."""
    called = first.rsplit(maxsplit=1)[-1]
    if chance.random() < 0.34:
        alike = [name for name in naming.stock.given[sex].items if name[0] == called[0] and name != called]
        if alike:
            return _with_forename(naming, chance.choice(alike), sex, chance)
    return child_given(naming, sex, (first,), chance)


def middle_names(naming: FamilyNaming, sex: str, given: str, chance: random.Random) -> str:
    """Return the middle names that go with the community's custom; often none."""
    structure = naming.stock.community.structure
    if structure == "patronymic":
        return naming.father_given
    if structure == "sikh":
        return ("Singh" if sex == "M" else "Kaur") if chance.random() < 0.85 else ""
    if structure == "arabic":
        return naming.father_given if chance.random() < 0.55 else ""
    if structure in {"one_name", "chinese"}:
        return ""
    likely = {"pakistani": 0.25, "bangladeshi": 0.2, "west_african": 0.75}.get(structure, 0.62)
    middle = naming.stock.given_name(sex, chance) if chance.random() < likely else ""
    return middle if middle != given else ""


ENGLISH_NAMES = {
    "F": ("Grace", "Emily", "Chloe", "Sophie", "Amy", "Vivian", "Jessica", "Joyce", "Michelle", "Cherry"),
    "M": ("Jason", "Kevin", "Eric", "Daniel", "Ryan", "Leo", "Alex", "Jacky", "Vincent", "Andy"),
}


def known_as(names: Names, structure: str, given: str, sex: str, chance: random.Random) -> str:
    """Return the name a child goes by, where it is another than the given name."""
    if structure == "chinese" and chance.random() < 0.55:
        return chance.choice(ENGLISH_NAMES[sex])
    if " " in given and chance.random() < 0.7:
        return given.rsplit(maxsplit=1)[-1]
    likely = 0.3 if given in names.nicknames else 0.0
    return chance.choice(names.nicknames[given]) if chance.random() < likely else ""
