"""Who may see what, written a second time by hand: from the permission matrix's design and from its page, never from the code.

Belongs here: the table and how it is read. Not here: asking the product (surfaces). Nothing of the product is imported,
so that a mistake in its decision cannot be repeated here by accident.

How to read a cell: letters are grounds that are enough by themselves. `any` needs no ground, `any?` needs a reason for
looking, `own` means what the person's own agency sent, whatever the ground; a letter with `~` means that ground, and
only what the own agency sent. `-` is nothing.
"""

import dataclasses

#: What ties a person to a child, besides nothing (N). X refuses and stands apart.
GROUNDS = ("N", "E", "I", "P", "L", "S", "V", "B", "Y")
TIERS = (1, 2, 3, 4)

TABLE = """
role                    | find          | T1            | T2          | T3        | T4
universal               | E I P         | E I P         | P           | -         | -
safeguarding_lead       | any           | E I P any?    | E I P       | V         | own
lead_professional       | any           | E I P L any?  | L P I       | V         | own
social_worker           | any           | I P L any?    | L P I V     | L P I B   | L P B
manager                 | any           | I S any?      | S I         | S I B     | S B
front_door              | any           | I any?        | V           | V B       | V B
out_of_hours            | any           | any?          | V B         | V B       | V B
police                  | any           | E I P any?    | V           | V         | own
youth_justice           | any           | E I P any?    | V           | V         | own
reviewing_officer       | V             | V             | V           | V         | V
steward                 | any           | any?          | -           | -         | -
shield_officer          | any           | any?          | -           | -         | -
analyst                 | -             | -             | -           | -         | -
commissioner            | -             | -             | -           | -         | -
provider                | E I           | E I           | -           | -         | -
board                   | -             | -             | -           | -         | -
champion                | -             | -             | -           | -         | -
inspector               | V             | V             | V           | V         | V
data_protection_officer | V             | V             | V           | V         | -
auditor                 | -             | -             | -           | -         | -
system_admin            | -             | -             | -           | -         | -
child                   | -             | Y             | Y           | Y         | Y
parent                  | -             | Y             | Y           | Y         | -
integration             | E I           | E~ I~         | own         | own       | -
"""
# The data protection officer's T4 takes two persons, and nothing yet records that a second one agreed: nobody has it.
# Another system is said to find nobody in the design; the matrix lets it find its own agency's children. Here as there.
# A teacher's T2 by involvement of the team waits for plans that list teams.

#: Who is told of a sealed child at all without having been let past the seal, and for the index alone.
SEES_SEALED = frozenset({"shield_officer"})
#: Who is told by a stub that a sealed child is known.
STUBS = frozenset({"social_worker", "manager", "front_door", "out_of_hours", "shield_officer"})
#: Who may be let past a seal in an emergency.
OVERRIDES = frozenset({"social_worker", "manager", "front_door", "out_of_hours", "police", "youth_justice"})
#: Who brings files in.
FILES = frozenset({"analyst"})


def _read_table() -> dict[str, dict[str, frozenset[str]]]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return {
        role: {column: frozenset(cell.split()) - {"-"} for column, cell in zip(head[1:], cells, strict=True)}
        for role, *cells in lines
    }


CELLS = _read_table()
ROLES = tuple(CELLS)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person before one child: by which roles, on which grounds, and what stands against it."""

    roles: frozenset[str]
    grounds: frozenset[str] = frozenset()
    is_sealed: bool = False
    is_past_seal: bool = False
    is_in_conflict: bool = False
    has_reason: bool = False


def _cell(case: Case, column: str) -> frozenset[str]:
    return frozenset().union(*(CELLS[role][column] for role in case.roles))


def _is_refused(case: Case, column: str) -> bool:
    """Say whether a seal or a conflict refuses, whatever the roles allow."""
    if case.is_in_conflict and not ("Y" in case.grounds and "Y" in _cell(case, column)):
        return True
    if not case.is_sealed or case.is_past_seal:
        return False
    return not (case.roles & SEES_SEALED and column in {"find", "T1"})


def may_find(case: Case) -> bool:
    """Say whether the child is in this person's index, so that a search may lead to them."""
    cell = _cell(case, "find")
    return not _is_refused(case, "find") and ("any" in cell or bool(cell & case.grounds))


def shows(case: Case, *, tier: int, is_own: bool, lowest_tier: int = 1) -> bool:
    """Say whether a row of this tier is shown, that the person's own or another agency sent.

    An agency that is guarded as such shows nothing below its own tier.
    """
    column = f"T{max(tier, lowest_tier)}"
    if _is_refused(case, column):
        return False
    cell = _cell(case, column)
    grounds = {"Y"} & case.grounds if case.is_in_conflict else case.grounds
    if cell & grounds:
        return True
    if "any?" in cell and case.has_reason and not case.is_in_conflict:
        return True
    if not is_own or case.is_in_conflict:
        return False
    return "own" in cell or any(f"{ground}~" in cell for ground in grounds)


def is_told_of(case: Case) -> bool:
    """Say whether a search on what a stub shows tells this person that a sealed child is known."""
    return case.is_sealed and not case.is_in_conflict and bool(case.roles & STUBS)


def is_let_in(case: Case) -> bool:
    """Say whether a page that finds or shows children is this person's to open at all."""
    return bool(_cell(case, "find"))


def opens(case: Case) -> str:
    """Say what the child's page answers: "refused", "absent", "asks why" or "shown"."""
    if not is_let_in(case):
        return "refused"
    if _is_refused(case, "T1"):
        return "absent"
    cell = _cell(case, "T1")
    if cell & case.grounds or any(f"{ground}~" in cell for ground in case.grounds):
        return "shown"
    if "any?" in cell:
        return "shown" if case.has_reason else "asks why"
    return "absent"


def shows_less(case: Case) -> str:
    """Say why the product may as yet keep back what the table allows; empty where it must not.

    What it shows beyond the table is a leak and never excused.
    """
    if case.is_in_conflict and "Y" in case.grounds:
        return "one's own page is not built, and a conflict keeps the index from leading there"
    return ""


def is_led_otherwise(case: Case) -> bool:
    """Say whether a stub or a list leads this person to the child, and the index does not."""
    return case.is_sealed and not case.is_past_seal and bool(case.roles & SEES_SEALED)
