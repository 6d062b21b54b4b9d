"""The shares of everything that makes records hard to link, in one readable place, each with where it comes from.

Belongs here: numbers and their reasons. Not here: drawing by them (families, naming, homes, agencies), or the rates of
mistakes, which are the borough's (`errors.ErrorRates`).
"""

import dataclasses

from joinedup.synthesis import errors


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How common each kind of family and child is.

    Units: shares of 1. "ONS" and "DfE" figures are recalled and to be checked (see `reference/figures.csv`); "assumption"
    is the project's own, set so that the case is common enough to be measured and no commoner than it could be.
    """

    # ---- families
    twin_children: float = 0.028  #: children who are twins: 14.4 multiple maternities a thousand (ONS, 2022)
    care_leavers: float = 0.012  #: of 19 to 24 year olds (figures.csv)
    half_siblings: float = 0.13  #: homes with two or more children whose eldest has another father (ONS, step-families)
    mothers_name: float = (
        0.19  #: homes whose children bear the mother's name: most lone mothers, few couples (assumption)
    )
    changed_surname: float = 0.045  #: homes whose children change family name (figures.csv)
    moved_in: float = 0.055  #: homes that came from outside in the last years (the borough's figure)
    moved_once: float = 0.34  #: homes with two addresses in the years on record (about 4 % of families move a year)
    moved_twice: float = 0.12  #: homes with three
    moves_nearby: float = 0.6  #: moves within one ward (figures.csv)
    two_homes: float = 0.22  #: homes whose children also have an address with another parent (ONS, separated families)
    # ---- children
    lives_elsewhere: float = 0.015  #: children with relatives or friends: about 1.3 % (census 2021, kinship care)
    looked_after: float = 0.012  #: in care now or in the last years: 0.67 % at any time (DfE, 2025), and those who left
    adopted: float = 0.003  #: adopted with a new identity: about 3,000 a year over 12.2 million children (DfE, 2024)
    adopted_keeps_forename: float = 0.65  #: of them (assumption: social work advice is to keep it)
    former_nhs_number: float = 0.004  #: children whose NHS number replaced another (the borough's figure)
    temporary_upn: float = 0.016  #: pupils who had a temporary number first (the borough's figure)
    shared_wrong_number: float = 0.0015  #: one agency's slip in the NHS number that others copied (assumption)
    unnamed_baby: float = 0.35  #: births whose hospital record says "Baby" (assumption)
    # ---- names
    likeness: float = 0.06  #: younger brothers and sisters with a name much like the elder's (assumption; borough 5 %)
    twin_likeness: float = 0.34  #: twins with names alike (the borough's figure)
    family_forename: float = 0.3  #: South Asian Muslim homes where every son is Mohammed something (assumption)
    two_communities: float = 0.08  #: homes of two communities of names (the borough's figure)


#: The share of children whom each agency knows, by age in whole years; the age is that at the record.
#: gp: almost all are registered; school: nearly all of 4 to 18; hospital: births, and later visits; the rest: the
#: borough's figures (referrals and need, police notifications, leisure), levelled over a few years.
AGES = tuple(range(25))


def coverage(agency: str) -> tuple[float, ...]:
    """Return for each age now, 0 to 24, the share of children whom an agency has a record of."""
    return tuple(_COVERAGE[agency](age) for age in AGES)


_COVERAGE = {
    "gp": lambda age: 0.97 if age < 19 else 0.9,
    "school": lambda age: 0.0 if age < 4 else 0.93 if age < 16 else 0.8 if age < 19 else 0.35,
    "hospital": lambda age: 0.62 if age < 3 else 0.44,
    "social_care": lambda age: 0.055 if age < 18 else 0.03,
    "police": lambda age: 0.03 if age < 5 else 0.08 if age < 10 else 0.17,
    "charity_leisure": lambda age: 0.06 if age < 5 else 0.3 if age < 17 else 0.08,
}

#: Habits of the six agencies as in the linkage study; `level` multiplies every rate of mistakes.
HABITS = {
    "gp": errors.AgencyHabits(
        level=0.3, no_sex=0.001, no_postcode=0.004, no_nhs_number=0.004, listed_twice=0.004, keeps_accents=True
    ),
    "school": errors.AgencyHabits(level=0.5, no_postcode=0.01, no_upn=0.012, listed_twice=0.01),
    "hospital": errors.AgencyHabits(
        level=0.8, no_sex=0.01, no_postcode=0.015, no_nhs_number=0.06, listed_twice=0.05
    ),
    "social_care": errors.AgencyHabits(
        level=1.0, no_birth_date=0.004, no_sex=0.01, no_postcode=0.03, no_nhs_number=0.5, no_upn=0.35, listed_twice=0.03
    ),
    "police": errors.AgencyHabits(level=2.0, no_birth_date=0.08, no_sex=0.05, no_postcode=0.06, listed_twice=0.15),
    "charity_leisure": errors.AgencyHabits(
        level=1.9, no_birth_date=0.06, no_sex=0.2, no_postcode=0.06, listed_twice=0.06
    ),
}  # fmt: skip

#: Records for each child by the shares above, a little less than they make, so that enough children are drawn.
RECORDS_PER_CHILD = 2.4
