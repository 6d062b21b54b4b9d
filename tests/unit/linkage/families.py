"""Made-up families for the tests of linking: few names, honest errors, and the truth beside them.

Small and plain on purpose: the synthetic borough is what accuracy is measured on.
"""

import dataclasses
import datetime
import random
from typing import Any

import pyarrow as pa

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import records

GIRLS = [
    "Amelia",
    "Olivia",
    "Fatima",
    "Zainab",
    "Grace",
    "Chloe",
    "Agnieszka",
    "Ngozi",
    "Mei",
    "Siân",
    "Ruby",
    "Hannah",
]
BOYS = ["Oliver", "Mohammed", "William", "Thomas", "Yusuf", "Piotr", "Chidi", "Wei", "Jack", "Daniel", "Samuel", "Rhys"]
TAILS = ["", "", "a", "e", "in", "ah", "son", "elle", "y"]
STEMS = [
    "Har",
    "Bram",
    "Col",
    "Dun",
    "Eld",
    "Fen",
    "Gar",
    "Hol",
    "Kirk",
    "Lang",
    "Mar",
    "Nor",
    "Pel",
    "Row",
    "Stan",
    "Thorn",
]
ENDS = ["well", "ton", "by", "ley", "ford", "field", "shaw", "wick", "man", "croft", "gate", "stone"]
ODD = ["O'Neill", "Khan", "Begum", "Ali", "Kowalski", "Okafor", "Nguyen", "Smith", "Jones", "Patel"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Child:
    key: int
    household: int
    given: str
    middle: str
    family: str
    sex: str
    birth_date: datetime.date
    nhs: str
    upn: str
    postcode: str
    address: str
    twin: bool


def nhs_number(rng: random.Random) -> str:
    while True:
        nine = f"{rng.randrange(400_000_000, 799_999_999)}"
        check = text.nhs_check_digit(nine)
        if check is not None:
            return nine + str(check)


def upn(rng: random.Random) -> str:
    twelve = f"{rng.randrange(10**11, 10**12)}"
    return text.upn_check_letter(twelve) + twelve


def children(count: int, *, seed: int, twins: float = 0.03) -> list[Child]:
    rng = random.Random(seed)
    born: list[Child] = []
    household = 0
    while len(born) < count:
        household += 1
        family = rng.choice(ODD) if rng.random() < 0.3 else rng.choice(STEMS) + rng.choice(ENDS)
        postcode = f"NG{rng.randrange(1, 16)} {rng.randrange(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQR')}"
        address = f"{rng.randrange(1, 140)} {rng.choice(STEMS)}{rng.choice(ENDS)} Road"
        birth_date = datetime.date(2006, 1, 1) + datetime.timedelta(days=rng.randrange(4500))
        size = rng.choice([1, 1, 2, 2, 3])
        for position in range(size):
            twin = position > 0 and rng.random() < twins * 2
            if position and not twin:
                birth_date += datetime.timedelta(days=rng.randrange(330, 1500))
            sex = rng.choice("FM")
            given = rng.choice(GIRLS if sex == "F" else BOYS) + rng.choice(TAILS)
            born.append(
                Child(
                    key=len(born), household=household, given=given, middle=rng.choice(["", "", *GIRLS]), family=family,
                    sex=sex, birth_date=birth_date, nhs=nhs_number(rng), upn=upn(rng), postcode=postcode,
                    address=address, twin=twin,
                )
            )  # fmt: skip
            if twin:
                born[-2] = dataclasses.replace(born[-2], twin=True)
    return born[:count]


def _mistype(rng: random.Random, word: str) -> str:
    if len(word) < 3:
        return word
    at = rng.randrange(1, len(word) - 1)
    return rng.choice([word[:at] + word[at + 1 :], word[:at] + rng.choice("aeiourst") + word[at + 1 :]])


AGENCIES = {"gp": 0.95, "school": 0.85, "social_care": 0.15, "police": 0.08, "leisure": 0.3}


def record(rng: random.Random, child: Child, agency: str) -> dict[str, Any]:
    careless = 0.03 if agency in {"gp", "school"} else 0.1
    given = _mistype(rng, child.given) if rng.random() < careless else child.given
    family = _mistype(rng, child.family) if rng.random() < careless else child.family
    birth_date: datetime.date | None = child.birth_date
    if rng.random() < careless and child.birth_date.day <= 12:
        birth_date = datetime.date(child.birth_date.year, child.birth_date.day, child.birth_date.month)
    if agency == "leisure" and rng.random() < 0.2:
        birth_date = None
    moved = rng.random() < careless
    return {
        "agency": agency,
        "given_name": given,
        "middle_names": child.middle if agency == "gp" else "",
        "family_name": family,
        "birth_date": birth_date,
        "sex": child.sex if agency != "leisure" else "",
        "nhs_number": child.nhs if agency == "gp" or (agency == "social_care" and rng.random() < 0.5) else "",
        "nhs_number_verified": agency == "gp",
        "upn": child.upn if agency == "school" or (agency == "social_care" and rng.random() < 0.7) else "",
        "postcode": "NG9 9ZZ" if moved else child.postcode,
        "address": "1 Elsewhere Street" if moved else child.address,
    }


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as a linkage table; a row that names no person record is a person of its own."""
    numbered = [{"record_id": at, "person_record_id": at, **row} for at, row in enumerate(rows)]
    return pa.Table.from_pylist(numbered, schema=records.SCHEMA)


def borough(count: int, *, seed: int) -> tuple[pa.Table, pa.Table]:
    """Return the agencies' records of `count` children, and the truth: person_record_id, child, twin."""
    rng = random.Random(seed)
    rows: list[dict[str, Any]] = []
    truth: list[dict[str, Any]] = []
    for child in children(count, seed=seed):
        for agency, share in AGENCIES.items():
            if rng.random() < share:
                truth.append({"person_record_id": len(rows), "child": child.key, "twin": child.twin})
                rows.append(record(rng, child, agency))
    return table(rows), pa.Table.from_pylist(truth)
