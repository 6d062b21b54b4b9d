"""What a contact says of a child as somebody typed it, brought to the form in which records say it.

Belongs here: taking names, an address and numbers apart. Not here: whose it is (queries.contacting), the contact (inbasket).
"""

import dataclasses
import datetime
import re

from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import text
from joinedup.processes.childindex.rules import criteria

#: What looks like a postcode in the midst of an address; whether it is one, `text.postcode` says.
_LIKE_A_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\b")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaid:
    """What a contact says of a child, as it was typed; an empty field was not said.

    `names` is the whole name, given name first or after a comma; `address` may hold the postcode; `numbers` are any that
    were given, in any order: what is neither an NHS number nor a unique pupil number says nothing.
    """

    names: str = ""
    birth_date: datetime.date | None = None
    address: str = ""
    numbers: tuple[str, ...] = ()

    def as_identity(self) -> records_rules.Identity:
        """Return who the child is said to be, as a record would say it."""
        given, middle, family = _parts(criteria.storable(self.names))
        address, postcode = _home(criteria.storable(self.address))
        return records_rules.Identity(
            given_name=given,
            middle_names=middle,
            family_name=family,
            birth_date=self.birth_date,
            nhs_number=next(filter(None, map(text.nhs_number, self.numbers)), None) or "",
            upn=next(filter(None, map(text.upn, self.numbers)), None) or "",
            address=address,
            postcode=postcode,
        )


def _parts(names: str) -> tuple[str, str, str]:
    """Return the given name, those between, and the family name."""
    family, comma, rest = names.partition(",")
    if not comma:
        *forenames, family = names.split() or [""]
        if not forenames:
            return family, "", ""
    else:
        forenames = rest.split()
    return " ".join(forenames[:1]), " ".join(forenames[1:]), " ".join(family.split())


def _home(address: str) -> tuple[str, str]:
    """Return the lines of an address joined, without its postcode, and the postcode in standard form.

    Where several look like one, the last is taken: it stands at the end.
    """
    known = [found for found in _LIKE_A_POSTCODE.finditer(address) if text.postcode(found.group())]
    if known:
        address = address[: known[-1].start()] + address[known[-1].end() :]
    lines = (line.strip() for line in address.replace("\n", ",").split(","))
    return ", ".join(filter(None, lines)), (text.postcode(known[-1].group()) or "") if known else ""
