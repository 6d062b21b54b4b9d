"""Whatever shows where a child lives is entered here, with the test that a sealed child's place is not among it.

There are no maps yet. One needs a coordinate, a postcode or an address, and fails here until it says which test holds that
no sealed child, and nobody who lives with one, can be seen on it. What goes by other names is not met: add them below.
"""

import ast
import re

import pytest

from tests.architecture import tree

#: What a place is called, as a field, a name of a field, or a part of what a template shows.
PLACES = (
    *("address", "postcode", "latitude", "longitude", "easting", "northing", "eastings", "northings", "coordinates"),
    *("uprn", "geometry", "geojson", "geohash", "grid_reference", "output_area", "lsoa"),
)
#: The rings that show something to someone.
_SHOWING = ("web", "api", "governance", "commands", "strategy")
_NAMES = re.compile(rf"^(?:\w+_)?(?:{'|'.join(PLACES)})(?:_\w+)?$")
_IN_TEMPLATE = re.compile(rf"\b(?!page\.)\w+\.(?:\w+_)?(?:{'|'.join(PLACES)})\b")
_PAGE = "tests/integration/governance/test_spread.py::test_their_page_says_no_address_and_names_no_child_at_home"
_INTERFACE = (
    "tests/integration/governance/test_sealing.py::test_by_the_interface_the_child_is_absent_to_all_but_officers"
)
_QUESTION = "tests/integration/web/test_matching_review.py::test_a_sealed_child_is_in_no_question"
_FOUND = "tests/integration/governance/test_sealing.py::test_nothing_that_a_stub_does_not_show_finds_it"
_FILE = (
    "tests/authorisation/test_api_table.py::test_a_file_taken_out_holds_no_word_that_the_table_keeps_from_who_takes_it"
)

#: Files that say where a child lives, each with the test that a sealed child's place is not among it.
SHOWS = {
    "src/joinedup/web/practitioner/finding.py": _FOUND,
    "src/joinedup/web/practitioner/origins.py": _PAGE,
    "src/joinedup/web/practitioner/presenters.py": _PAGE,
    "src/joinedup/web/practitioner/showing.py": _PAGE,
    "src/joinedup/web/templates/components/banner.jinja": _PAGE,
    "src/joinedup/web/steward/wording.py": _QUESTION,
    "src/joinedup/api/shapes/parts.py": _INTERFACE,
    "src/joinedup/api/shapes/records.py": _INTERFACE,
    "src/joinedup/governance/exports/operations/contents.py": _FILE,
}
#: Files and folders that name a place and show none, and why.
SHOWS_NONE = {
    "src/joinedup/web/frontdoor/": "what a sender typed; from a child's own page, which a sealed child has not, it is filled in",
    "src/joinedup/web/account/adapters.py": "where a person sends e-mail",
    "src/joinedup/web/practitioner/forms.py": "what a person types to find a child",
    "src/joinedup/api/asked.py": "what a program sends to find a child",
    "src/joinedup/api/matching.py": "what a program sends of a record, to be told whose it may be",
    "src/joinedup/governance/assurance/": "weighs whether people looked at their own street, by fingerprints",
    "src/joinedup/governance/rights/rules/redacting.py": "lets a line that says where others live wait for a person",
}


def _named(path) -> set[str]:
    """Return the names of places in a module: fields that are read or declared, and strings that are such a name alone."""
    found = set()
    for node in ast.walk(tree.parse(path)):
        match node:
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Constant(value=str(name)):
                found.add(name)
    return {name for name in found if _NAMES.match(name)}


def _files() -> dict[str, set[str]]:
    rings = [tree.SOURCE / ring for ring in _SHOWING if (tree.SOURCE / ring).exists()]
    named = {path: _named(path) for ring in rings for path in tree.files(".py", under=ring)}
    for path in tree.files(".jinja", under=tree.SOURCE):
        named[path] = set(_IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    return {tree.name(path): names for path, names in named.items() if names}


def _entry(name: str, entered) -> str | None:
    return next((one for one in entered if name == one or (one.endswith("/") and name.startswith(one))), None)


def test_whatever_says_where_a_child_lives_is_entered_with_the_test_of_the_seal():
    new = {name: names for name, names in _files().items() if _entry(name, [*SHOWS, *SHOWS_NONE]) is None}

    assert new == {}, (
        "say in this file which test holds that no sealed child's place is among it, or that none is shown"
    )


def test_what_is_entered_is_still_so():
    named = _files()

    assert [one for one in [*SHOWS, *SHOWS_NONE] if all(_entry(name, [one]) is None for name in named)] == []


@pytest.mark.parametrize("reference", sorted(set(SHOWS.values())))
def test_the_test_that_is_named_exists(reference):
    file, _, name = reference.partition("::")

    assert f"def {name}(" in (tree.ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "written",
    [
        "x = card.postcode",
        "points = [child.home_latitude]",
        "row['easting']",
        "draw(geojson=areas)",
        "class A:\n lsoa: str",
    ],
)
def test_a_place_is_met_however_it_is_written(written, tmp_path):
    module = tmp_path / "mapping.py"
    module.write_text(written)

    assert _named(module)


def test_a_template_that_shows_a_place_is_met():
    assert _IN_TEMPLATE.findall("<circle cx='{{ child.longitude }}'/>") == ["child.longitude"]
    assert _IN_TEMPLATE.findall("{{ page.postcode }} {{ child.name }}") == []
