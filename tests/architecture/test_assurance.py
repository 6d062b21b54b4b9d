"""What we say of security is held: each requirement has its row, each test named exists, and the numbers shown are counted."""

import ast
import dataclasses
import re

import pytest

from tests.architecture import assurance, tree
from tests.static import planted

LEAST_TESTED = 120
MOST_WORDS = 10
_CRYPTOGRAPHY = {"hashlib", "hmac", "secrets", "cryptography", "ssl", "argon2"}
_OTHERS = {"Crypto", "Cryptodome", "nacl", "OpenSSL", "bcrypt", "jwt", "rsa", "ecdsa", "M2Crypto", "passlib"}
_RANDOM = re.compile(r"\bSystemRandom\b|\bos\.urandom\b")
_SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[bp]-[0-9A-Za-z-]{20,}|"
    r"\bglpat-[\w-]{20}|\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}"
)
_WRITTEN_OUT = re.compile(r"(?i)\b\w*(password|secret_key|api_key|token)\w*\s*=\s*[\"'][A-Za-z0-9+/=_-]{16,}[\"']")


@pytest.fixture(scope="module")
def rows() -> list[assurance.Row]:
    return assurance.rows()


def faults_of(row: assurance.Row) -> list[str]:
    """Return what is wrong with a row."""
    wrong = {
        "test": [place for place in row.places if not assurance.is_a_test(place)]
        or ([] if row.places else ["no test"]),
        "evidence": [place for place in row.places if not assurance.is_a_file(place)]
        or ([] if row.places else ["no file"]),
        "not_applicable": ([] if row.note else ["no reason"]) + row.places,
        "planned": ([] if row.note else ["nobody plans it"]) + row.places,
    }
    faults = list(wrong.get(row.status, [f"there is no {row.status}"]))
    if not row.topic or len(row.topic.split()) > MOST_WORDS:
        faults.append("the topic is a few words of ours")
    return faults


# ---------------------------------------------------------------- requirements


def test_the_requirements_are_all_there():
    levels = list(assurance.levels().values())

    assert [levels.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_each_requirement_of_the_first_two_levels_and_those_chosen_has_one_row(rows):
    ids = [row.id for row in rows]
    levels = assurance.levels()

    assert len(ids) == len(set(ids))
    assert (
        {name for name, level in levels.items() if level < 3} | assurance.CHOSEN_OF_LEVEL_3 <= set(ids) <= set(levels)
    )
    assert {row.id: row.level for row in rows} == {name: str(levels[name]) for name in ids}


def test_each_row_says_how_it_is_met_and_where_that_is_held(rows):
    assert {row.id: found for row in rows if (found := faults_of(row))} == {}


def test_enough_rows_are_held_by_tests(rows):
    assert sum(row.status == "test" for row in rows) >= LEAST_TESTED


def test_a_case_that_is_named_is_one_of_our_rules(rows):
    cases = {case for row in rows for case in re.findall(r"test_our_rules\.py::\w+\[(.*?)\]", row.where)}

    assert cases <= planted.PLANTED.keys()


def test_the_index_shows_what_the_rows_say(rows):
    assert assurance.counts(rows) in (assurance.FOLDER / "index.md").read_text(encoding="utf-8")


def test_what_is_planned_is_not_counted_as_met(rows):
    fewer = [row for row in rows if row.id != "3.4.3"]
    planned = assurance.Row(
        id="3.4.3", level="2", chapter="Browser", topic="policy", status="planned", where="", note="later"
    )

    (together,) = (line for line in assurance.counts([*fewer, planned]).splitlines() if line.startswith("| Together"))
    assert together.split(" | ")[2] == str(sum(row.status == "test" for row in fewer))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"where": "tests/architecture/test_assurance.py::test_nothing"}, "test_nothing"),
        ({"where": "tests/architecture/test_none.py::test_it"}, "test_none.py"),
        ({"where": "src/joinedup/web/urls.py"}, "urls.py"),
        ({"where": ""}, "no test"),
        ({"status": "evidence", "where": "docs/none.md"}, "docs/none.md"),
        ({"status": "not_applicable", "where": ""}, "no reason"),
        ({"status": "planned", "where": ""}, "nobody plans it"),
        ({"status": "done"}, "there is no done"),
        ({"topic": "Verify that the application does all of what a standard says in its own words"}, "few words"),
    ],
)
def test_a_row_that_says_too_little_or_too_much_would_be_seen(change, fault):
    here = "tests/architecture/test_assurance.py::test_the_requirements_are_all_there"
    sound = assurance.Row(id="1.1.1", level="2", chapter="x", topic="a word", status="test", where=here, note="")

    assert faults_of(sound) == []
    assert any(fault in found for found in faults_of(dataclasses.replace(sound, **change)))


# ---------------------------------------------------------------- threats


def threats() -> list[list[str]]:
    """Return the lines of the table of threats: number, kind, threat, control, what holds it."""
    lines = (assurance.FOLDER / "threats.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d+ \|", line)]


def test_each_of_the_fifteen_threats_has_a_control_and_a_test_or_says_what_is_missing():
    found = threats()

    assert [int(line[0]) for line in found] == list(range(1, 16))
    assert {line[1] for line in found} <= {"S", "T", "R", "I", "D", "E", "T, D"}
    for number, _, threat, control, held in found:
        named = re.findall(r"`(tests/[^`]+)`", held)
        assert threat, number
        assert control, number
        assert named or "Planned:" in held, number
        assert [name for name in named if not assurance.is_a_test(name)] == [], number


# ---------------------------------------------------------------- cryptography and secrets


def imported(module: ast.Module) -> set[str]:
    nodes = [node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [
        [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""] for node in nodes
    ]
    return {name.split(".")[0] for found in names for name in found}


def uses_cryptography(source: str) -> bool:
    return bool(imported(ast.parse(source)) & _CRYPTOGRAPHY) or bool(_RANDOM.search(source))


def test_every_use_of_cryptography_is_in_the_inventory_and_no_other():
    using = {
        path.relative_to(tree.SOURCE).as_posix()
        for path in tree.python_files("src")
        if uses_cryptography(path.read_text(encoding="utf-8"))
    }
    inventory = (assurance.FOLDER / "keys.md").read_text(encoding="utf-8")

    assert using == set(re.findall(r"^\| `([\w/]+\.py)` \|", inventory, re.MULTILINE))


def test_cryptography_comes_from_proven_libraries_alone():
    others = {
        tree.name(path): found for path in tree.python_files("src") if (found := imported(tree.parse(path)) & _OTHERS)
    }

    assert others == {}


def test_a_use_of_cryptography_would_be_seen():
    assert uses_cryptography("from hashlib import sha256")
    assert uses_cryptography("import os\nkey = os.urandom(8)")
    assert not uses_cryptography("import os\nkey = 8")
    assert imported(ast.parse("from Crypto.Cipher import AES")) & _OTHERS


def secrets_in(text: str) -> list[str]:
    return [found[0] for found in _SECRETS.finditer(text)]


def test_no_secret_is_in_the_repository():
    texts = {
        tree.name(path): path.read_text(encoding="utf-8", errors="replace")
        for path in tree.files(
            ".py", ".md", ".toml", ".yml", ".yaml", ".json", ".csv", ".sql", ".jinja", ".js", ".cfg", ""
        )
    }

    assert {name: found for name, text in texts.items() if (found := secrets_in(text))} == {}
    assert {
        name: found[0]
        for name, text in texts.items()
        if name.startswith("src/") and (found := _WRITTEN_OUT.search(text))
    } == {}


def test_a_secret_would_be_seen():
    assert secrets_in("-----BEGIN " + "RSA PRIVATE KEY-----")
    assert secrets_in("AKIA" + "ABCDEFGHIJKLMNOP")
    assert _WRITTEN_OUT.search('DB_PASSWORD = "' + "a1b2c3d4e5f6g7h8" + '"')
    assert not _WRITTEN_OUT.search('PASSWORD = os.environ["DATABASE_PASSWORD"]')
