"""Lore: what a link run learns from all records together and a single record cannot know.

Belongs here: forms of forenames, names in use, replaced numbers, how common a value is; keeping them with a model.
Not here: finding them in the records (learning), weights (training).
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

Alias = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lore:
    """What was learnt from all records of a run.

    Shapes: `variants`: for a forename the others that children bear under one number and birth date. `known_names`:
    forenames that many children bear. `shares`: for each column the common values and the share of aliases that have
    them. `same_nhs`, `same_upn`: for a number that was replaced or replaces one, the one that stands for all of them.
    """

    variants: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    known_names: frozenset[str] = frozenset()
    shares: Mapping[str, Mapping[str, float]] = dataclasses.field(default_factory=dict)
    same_nhs: Mapping[str, str] = dataclasses.field(default_factory=dict)
    same_upn: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def applied(self, alias: Alias) -> dict[str, Any]:
        """Return a standardised alias with what all records together teach about its names and numbers."""
        nhs, upn = alias["nhs"], alias["upn"]
        upn = self.same_upn.get(upn, upn)
        more = self.variants.get(alias["given_canonical"])
        return {
            **alias,
            "given_names": sorted({*(alias["given_names"] or ()), *more}) if more else alias["given_names"],
            "given_known": alias["given_known"] or alias["given"] in self.known_names,
            "nhs": self.same_nhs.get(nhs, nhs),
            "upn": upn,
            "upn_temporary": None if upn is None else _TEMPORARY.search(upn) is not None,
        }

    def as_json(self) -> str:
        """Return the lore as text that is kept with a model; the same lore gives the same text."""
        kept = dataclasses.asdict(self) | {"known_names": sorted(self.known_names)}
        return json.dumps(kept, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Lore":
        """Return the lore that `as_json` wrote."""
        kept = json.loads(text)
        return cls(
            variants={name: tuple(forms) for name, forms in kept["variants"].items()},
            known_names=frozenset(kept["known_names"]),
            shares=kept["shares"],
            same_nhs=kept["same_nhs"],
            same_upn=kept["same_upn"],
        )


#: What is known before any run.
NOTHING = Lore()
_TEMPORARY = re.compile(r"[A-Z]\Z")
