"""Answers on how things are set up: no child is in any."""

from ninja import Schema


class Health(Schema):
    """That the interface answers and the records can be reached."""

    status: str


class Viewer(Schema):
    """Who is asking, and what the matrix lets their roles do on some ground."""

    name: str
    roles: list[str]
    agency_code: str
    actions: list[str]
    policy_version: str


class Agency(Schema):
    """An organisation that holds records of children."""

    code: str
    name: str
    kind: str
    phone: str
    legal_basis: str


class Agencies(Schema):
    """All agencies, by name."""

    agencies: list[Agency]


class Word(Schema):
    """A code of the permission matrix and what it means."""

    code: str
    name: str
    means: str


class Cell(Schema):
    """That a role may act where a ground holds, under conditions."""

    role: str
    action: str
    ground: str
    conditions: list[str]


class Policy(Schema):
    """The permission matrix: what is not in it is not allowed."""

    version: str
    tiers: list[Word]
    grounds: list[Word]
    conditions: list[Word]
    actions: list[Word]
    roles: list[Word]
    cells: list[Cell]
