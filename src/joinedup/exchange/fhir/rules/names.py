"""Which of several names or addresses counts today.

Belongs here: use and period. Not here: anything of one resource.
"""

import datetime

from joinedup.exchange.fhir import schema

#: Which name is the person's name, best first; a name with no use counts as usual.
_USES = {"usual": 0, "official": 1, "": 2, "temp": 3, "anonymous": 4}
#: Which name may be a former one, best first.
_FORMER = {"maiden": 0, "old": 1, "usual": 2, "official": 3, "": 4}
_NOBODY = schema.Name()
_NO_DAY = datetime.date.min


def usual(names: tuple[schema.Name, ...], on: datetime.date | None) -> schema.Name | None:
    """Give the name the person goes by: the usual one that holds today, else the usual one that held last."""
    fit = [name for name in names if name.use in _USES and (name.family or name.given)]
    if not fit:
        fit = [name for name in names if name.family]
    return min(fit, key=lambda name: order(_USES.get(name.use, 9), name, on), default=None)


def former_family_name(names: tuple[schema.Name, ...], current: str) -> str:
    """Give the family name the person had before: a maiden or old one, else a usual one that has run out."""
    former = [name for name in names if name.family and name.family != current and name.use in _FORMER]
    return min(former, key=lambda name: _FORMER[name.use], default=_NOBODY).family


def preferred(names: tuple[schema.Name, ...], given: str) -> str:
    """Give the name the person is called by, where it is not the given name."""
    for name in names:
        if name.use == "nickname" and name.given and name.given[0] != given:
            return name.given[0]
    return ""


def order(use: int, dated: schema.Name | schema.Address, on: datetime.date | None) -> tuple[bool, int, int]:
    """Give the place of a name or address among others: one that holds today first, then by use, then the newest."""
    return _ended(dated.ended_date, on), use, -(dated.started_date or _NO_DAY).toordinal()


def _ended(date: datetime.date | None, on: datetime.date | None) -> bool:
    return date is not None and on is not None and date < on
