"""How agencies get people wrong: the rates of each kind of mistake, and the mistakes themselves.

Belongs here: the one readable place of every default rate, and the act of misstating. Not here: file formats (agencies).
"""

import dataclasses
import datetime
import random
import unicodedata

from joinedup.synthesis import names, renderings, schooling, spellings, values
from joinedup.synthesis.calendar_days import DAY


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRates:
    """How often each thing goes wrong in one record of an ordinary agency (level 1).

    Units: a chance for each record to which it can happen; `AgencyHabits.level` multiplies it.
    Source: the levels of the project's linkage study; assumptions, to be varied, not measured facts.
    """

    # ---- names as written down wrongly
    typo_given: float = 0.020  #: a letter lost, doubled, swapped with its neighbour or hit beside
    typo_family: float = 0.020  #: the same in the family name
    names_swapped: float = 0.006  #: given and family name in each other's place
    initial_only: float = 0.008  #: an initial for the given name
    # ---- names as they are also said
    nickname: float = 0.16  #: the name a child goes by, where there is one
    other_spelling: float = (
        0.05  #: Mohammed for Muhammad, Shahzaad for Shahzad, where a name can be spelt in another way
    )
    middle_left_out: float = 0.45  #: no middle name
    half_of_double_barrel: float = 0.16  #: one half of a double-barrelled name
    community_custom: float = 0.14  #: another rendering that the community's custom allows
    name_before_change: float = 0.22  #: the family name before it changed
    # ---- dates and sex
    day_month_swapped: float = 0.006  #: day and month in each other's place, where both can be
    date_off_by_one: float = 0.006  #: a day, month or year beside the right one
    first_of_january: float = 0.003  #: 1 January of the year, for a date not known
    sex_wrong: float = 0.004
    # ---- places
    stale_address: float = 0.12  #: an address before the last move, where there is one
    other_parents_address: float = 0.02  #: an address with another parent or relative
    postcode_typo: float = 0.012
    # ---- numbers
    wrong_digit: float = 0.003  #: one digit wrong; mostly the check digit shows it, and it is left as it stands
    siblings_number: float = 0.002  #: the number of a brother or sister
    temporary_upn: float = 0.5  #: the temporary number still, where the child once had one

    def scaled(self, factor: float) -> "ErrorRates":
        """Return every rate multiplied, none above 0.95."""
        changed = {field.name: min(0.95, getattr(self, field.name) * factor) for field in dataclasses.fields(self)}
        return dataclasses.replace(self, **changed)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgencyHabits:
    """How one agency keeps its list: its care, what it leaves empty, how often it lists a child twice.

    Units: `level` multiplies every error rate; the rest are shares of records.
    """

    level: float
    no_birth_date: float = 0.0
    no_sex: float = 0.0
    no_postcode: float = 0.0
    no_nhs_number: float = 1.0
    no_upn: float = 1.0
    listed_twice: float = 0.0
    keeps_accents: bool = False


#: What each agency does by habit; one line each, so that they can be read side by side.
HABITS = {
    "schools": AgencyHabits(level=0.5, no_sex=0.0, no_postcode=0.01, no_upn=0.012),
    "social_care": AgencyHabits(
        level=1.0,
        no_birth_date=0.004,
        no_sex=0.01,
        no_postcode=0.03,
        no_nhs_number=0.62,
        no_upn=0.3,
        listed_twice=0.015,
    ),
    "patients": AgencyHabits(
        level=0.3, no_sex=0.001, no_postcode=0.004, no_nhs_number=0.0, listed_twice=0.002, keeps_accents=True
    ),
    "community_health": AgencyHabits(level=0.6, no_sex=0.01, no_postcode=0.01, no_nhs_number=0.02, listed_twice=0.006),
    "police": AgencyHabits(level=2.0, no_birth_date=0.08, no_sex=0.05, no_postcode=0.06, listed_twice=0.12),
    "youth_justice": AgencyHabits(
        level=1.0, no_birth_date=0.004, no_postcode=0.02, no_nhs_number=0.8, no_upn=0.4, listed_twice=0.01
    ),
    "leisure": AgencyHabits(level=1.6, no_birth_date=0.02, no_sex=0.2, no_postcode=0.04, listed_twice=0.04),
    "youth_club": AgencyHabits(level=2.2, no_birth_date=0.10, no_sex=0.3, no_postcode=0.09, listed_twice=0.06),
    "family_support": AgencyHabits(level=1.8, no_birth_date=0.06, no_sex=0.15, no_postcode=0.06, listed_twice=0.05),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who a child is as one agency has it."""

    given: str
    middle: str
    family: str
    known_as: str
    former_family: str
    birth_date: datetime.date | None
    sex: str
    nhs_number: str
    upn: str
    former_upn: str
    address: values.Address
    postcode: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """One agency's way of writing people down."""

    rates: ErrorRates
    habits: AgencyHabits
    names: names.Names

    def write_down(
        self, life: values.Life, on: datetime.date, chance: random.Random, *, sibling: values.Person | None = None
    ) -> Said:
        """Return what the agency has of a child whom it met, or last asked, on a date."""
        person, level = life.person, self.habits.level
        span, former = self._span(person, on, chance)
        given, middle, family = self._true_names(person, span, chance)
        structure = self.names.stocks[person.community].community.structure
        given = self._also_said(given, person.known_as, structure, chance)
        if chance.random() < self.rates.other_spelling * 0.6:
            family = self._other_spelling(family, structure, chance)
        given, family = self._misspelt(given, family, chance)
        if not self.habits.keeps_accents:
            given, middle, family = plain(given), plain(middle), plain(family)
        address = self._address(life, on, chance)
        return Said(
            given=given,
            middle=middle,
            family=family,
            known_as=person.known_as if chance.random() < 0.25 else "",
            former_family=former if chance.random() < 0.35 else "",
            birth_date=self._birth_date(person.birth_date, on, chance),
            sex=self._sex(person.sex, chance),
            nhs_number=self._number(
                person.nhs_number, sibling.nhs_number if sibling else "", self.habits.no_nhs_number, chance
            ),
            upn=self._upn(person, sibling, chance),
            former_upn=person.temporary_upn if chance.random() < 0.5 else "",
            address=address,
            postcode=""
            if chance.random() < self.habits.no_postcode
            else self._postcode(address.postcode, level, chance),
        )

    def _hits(self, rate: float, chance: random.Random) -> bool:
        return chance.random() < rate * self.habits.level

    def _span(self, person: values.Person, on: datetime.date, chance: random.Random) -> tuple[values.NameSpan, str]:
        span = person.names[0]
        for later in person.names[1:]:
            if later.since_date <= on and chance.random() >= self.rates.name_before_change:
                span = later
        return span, person.names[0].family if span is not person.names[0] else ""

    def _true_names(self, person: values.Person, span: values.NameSpan, chance: random.Random) -> tuple[str, str, str]:
        rates = self.rates
        given, middle, family = span.given, span.middle, span.family
        if chance.random() < rates.community_custom:
            structure = self.names.stocks[person.community].community.structure
            given, middle, family = renderings.another(structure, person, span, chance)
        if middle and chance.random() < rates.middle_left_out:
            middle = ""
        if "-" in family and not family.startswith("Al-") and self._hits(rates.half_of_double_barrel, chance):
            family = family.split("-")[chance.randrange(2)]
        return given, middle, family

    def _also_said(self, given: str, known_as: str, structure: str, chance: random.Random) -> str:
        if known_as and self._hits(self.rates.nickname, chance):
            return known_as
        if chance.random() < self.rates.other_spelling:
            return self._other_spelling(given, structure, chance)
        return given

    def _other_spelling(self, name: str, structure: str, chance: random.Random) -> str:
        """Return a name as it is also spelt: by the list where it has the name, otherwise by its sounds."""
        if name in self.names.variants:
            return chance.choice(self.names.variants[name])
        return spellings.respelt(name, structure, chance)

    def _misspelt(self, given: str, family: str, chance: random.Random) -> tuple[str, str]:
        rates = self.rates
        if self._hits(rates.typo_given, chance):
            given = typo(given, chance)
        if self._hits(rates.typo_family, chance):
            family = typo(family, chance)
        if self._hits(rates.initial_only, chance) and given:
            given = given[0]
        elif self._hits(rates.names_swapped, chance) and family:
            given, family = family, given
        return given, family

    def _birth_date(self, true: datetime.date, on: datetime.date, chance: random.Random) -> datetime.date | None:
        if chance.random() < self.habits.no_birth_date:
            return None
        wrong = true
        if self._hits(self.rates.day_month_swapped, chance) and true.day <= 12:
            wrong = true.replace(month=true.day, day=true.month)
        elif self._hits(self.rates.date_off_by_one, chance):
            wrong = off_by_one(true, chance)
        elif self._hits(self.rates.first_of_january, chance):
            wrong = true.replace(month=1, day=1)
        # No system takes a birth after the day of writing.
        return wrong if wrong <= on else true

    def _sex(self, sex: str, chance: random.Random) -> str:
        if chance.random() < self.habits.no_sex:
            return ""
        return ("M" if sex == "F" else "F") if self._hits(self.rates.sex_wrong, chance) else sex

    def _number(self, true: str, siblings: str, missing: float, chance: random.Random) -> str:
        if not true or chance.random() < missing:
            return ""
        if siblings and self._hits(self.rates.siblings_number, chance):
            return siblings
        return wrong_digit(true, chance) if self._hits(self.rates.wrong_digit, chance) else true

    def _upn(self, person: values.Person, sibling: values.Person | None, chance: random.Random) -> str:
        if person.temporary_upn and chance.random() < self.rates.temporary_upn * 0.5:
            return "" if chance.random() < self.habits.no_upn else person.temporary_upn
        return self._number(person.upn, sibling.upn if sibling else "", self.habits.no_upn, chance)

    def _address(self, life: values.Life, on: datetime.date, chance: random.Random) -> values.Address:
        stays = life.stays
        now = schooling.stay_on(stays, on)
        if self._hits(self.rates.stale_address, chance) and now is not stays[0]:
            return stays[stays.index(now) - 1].address
        if self._hits(self.rates.other_parents_address, chance):
            return life.home.stays[-1].address if life.person.stays else stays[0].address
        return now.address

    def _postcode(self, true: str, level: float, chance: random.Random) -> str:
        if chance.random() >= self.rates.postcode_typo * level:
            return true
        return postcode_typo(true, chance)


_BESIDE = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "wqweyturipsdfsghjkhxzcvbnn",
        strict=True,
    )
)


def typo(name: str, chance: random.Random) -> str:
    """Return a name with one slip: a letter lost, doubled, swapped with the next, or the key beside."""
    if len(name) < 3:
        return name
    place = 1 + int(chance.random() * (len(name) - 2))
    kind = int(chance.random() * 4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + name[place] + name[place:]
    if kind == 2:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + _BESIDE.get(name[place].lower(), "e") + name[place + 1 :]


def postcode_typo(true: str, chance: random.Random) -> str:
    """Return a postcode with one of its last three characters wrong."""
    place = chance.choice((-1, -2, -3))
    other = chance.choice("0123456789" if place == -3 else "ABDEFGHJLNPQRSTUWXYZ")
    return true[:place] + other + (true[place + 1 :] if place != -1 else "")


def off_by_one(true: datetime.date, chance: random.Random) -> datetime.date:
    """Return a date beside the right one: a day, a month or a year away."""
    kind = int(chance.random() * 3)
    if kind == 0:
        return true + DAY * chance.choice((-1, 1))
    if kind == 1:
        return true.replace(month=true.month % 12 + 1, day=min(true.day, 28))
    return true.replace(year=true.year + chance.choice((-1, 1)), day=min(true.day, 28))


def wrong_digit(number: str, chance: random.Random) -> str:
    """Return a number with one of its digits wrong."""
    place = 1 + int(chance.random() * (len(number) - 1))
    if not number[place].isdigit():
        return number
    digit = str((int(number[place]) + 1 + int(chance.random() * 9)) % 10)
    return number[:place] + digit + number[place + 1 :]


_NOT_DECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "ø": "o", "Ø": "O", "đ": "d"})


def plain(name: str) -> str:
    """Return a name as a system without accents keeps it: Łukasz becomes Lukasz."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
