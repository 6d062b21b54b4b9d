"""Who a child is, from cells: names cleaned, numbers checked, each thing left out said in a note.

Belongs here: one way to build an Identity for every format. Not here: which column holds what (a format's rules).
"""

import datetime

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import cells
from joinedup.foundation import text

KEY_LIMIT = 120
NO_ONE = "The row cannot be tied to anyone: it has no local id, and no name with a date of birth."


def identity(
    notes: list[str],
    *,
    given_name: str = "",
    middle_names: str = "",
    family_name: str = "",
    preferred_name: str = "",
    former_family_name: str = "",
    birth_date: datetime.date | None = None,
    expected_birth_date: datetime.date | None = None,
    death_date: datetime.date | None = None,
    sex: str = "",
    nhs_number: str = "",
    nhs_number_verified: bool = False,
    upn: str = "",
    former_upn: str = "",
    address: str = "",
    postcode: str = "",
) -> records_rules.Identity:
    """Put together who the child is from cells as written, adding to `notes` what was put right or left out.

    Shapes: a number whose check fails, and a postcode that cannot be one, are left out; the row stands.
    """
    number = text.nhs_number(nhs_number) if nhs_number else ""
    pupil_number = text.upn(upn) if upn else ""
    former_pupil_number = text.upn(former_upn) if former_upn else ""
    standard_postcode = text.postcode(postcode) if postcode else ""
    if None in (number, pupil_number, former_pupil_number, standard_postcode):
        _note_left_out(notes, number, pupil_number, former_pupil_number, standard_postcode)
    return records_rules.Identity(
        given_name=_name(given_name, "given name", notes),
        middle_names=_name(middle_names, "middle names", notes),
        family_name=_name(family_name, "family name", notes),
        preferred_name=_name(preferred_name, "name they are known as", notes),
        former_family_name=_name(former_family_name, "former family name", notes),
        birth_date=birth_date,
        expected_birth_date=expected_birth_date,
        death_date=death_date,
        sex=cells.sex(sex),
        nhs_number=number or "",
        nhs_number_verified=bool(number) and nhs_number_verified,
        upn=pupil_number or "",
        former_upn=former_pupil_number or "",
        address=_name(_lines(address), "address", notes, limit=cells.ADDRESS_LIMIT) if address else "",
        postcode=standard_postcode or "",
    )


def can_be_tied(local_id: str, identity: records_rules.Identity) -> bool:
    """Return whether a row can be tied to someone: a local id, or a name with a date of birth."""
    if local_id:
        return True
    return bool(identity.given_name or identity.family_name) and identity.birth_date is not None


def key(identity: records_rules.Identity) -> str:
    """Return a key for a child without a local id: the folded name and the date of birth."""
    return f"{text.fold_name(identity.given_name)} {text.fold_name(identity.family_name)} {identity.birth_date}"[
        :KEY_LIMIT
    ]


def relatives(notes: list[str], *named: tuple[str, str, str]) -> tuple[records_rules.Relative, ...]:
    """Return the people named beside the child, from cells of name, relationship and phone; those without a name fall out."""
    return tuple(
        records_rules.Relative(
            relationship=cells.limited(relationship, "relationship", notes, limit=cells.RELATIONSHIP_LIMIT),
            name=cells.limited(name, "name of a relative", notes),
            phone=cells.limited(phone, "phone of a relative", notes, limit=cells.PHONE_LIMIT),
        )
        for name, relationship, phone in named
        if name
    )


def _name(cell: str, what: str, notes: list[str], *, limit: int = cells.WORDS_LIMIT) -> str:
    if not cell:
        return ""
    if not cell.isascii() and text.repair_mojibake(cell) != cell:
        notes.append(f"The {what} was put right: its letters had been encoded twice.")
    return cells.limited(cell, what, notes, limit=limit)


def _lines(address: str) -> str:
    return ", ".join(filter(None, map(str.strip, address.splitlines())))


def _note_left_out(notes: list[str], *numbers: str | None) -> None:
    whats = (
        "The NHS number was left out: its check digit is wrong.",
        "The UPN was left out: its check letter is wrong.",
        "The former UPN was left out: its check letter is wrong.",
        "The postcode was left out: it is not a postcode.",
    )
    notes.extend(what for number, what in zip(numbers, whats, strict=True) if number is None)
