"""Our own rules for semgrep find what they are there for, leave what is sound, and find nothing in the product."""

import collections
import json
import pathlib
import subprocess
import sys

import pytest
import yaml

from tests.architecture import tree
from tests.static import planted

PACK = tree.ROOT / "tools" / "semgrep"
LEAST_RULES = 25
Found = dict[tuple[str, str], dict[str, set[str]]]


def rules() -> dict[str, dict]:
    packs = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PACK.glob("*.yml")))
    return {rule["id"]: rule for pack in packs for rule in pack["rules"]}


def semgrep(folder: pathlib.Path, what: str = ".") -> dict:
    """Read a folder by our rules alone, without a network."""
    program = pathlib.Path(sys.executable).with_name("semgrep")
    quietly = ("--metrics", "off", "--disable-version-check", "--no-git-ignore", "--json")
    command = [program, "scan", "--config", PACK, *quietly, what]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    return json.loads(done.stdout)


def examples() -> list[tuple[str, str, str, str]]:
    """Return each example with its rule, its kind and the file in which it would stand."""
    found = []
    for rule, example in planted.PLANTED.items():
        found += [(rule, "bad", code, example.at) for code in example.bad]
        found += [(rule, "good", code, example.at) for code in example.good]
        found += [(rule, "left", code, example.left_at) for code in example.bad if example.left_at]
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Found:
    """For each rule and kind of example, the rules that fire in each example; semgrep runs once for all."""
    folder = tmp_path_factory.mktemp("planted")
    by_place: dict[str, set[str]] = collections.defaultdict(set)
    for place, (_, _, code, at) in enumerate(examples()):
        path = folder / str(place) / at
        path.parent.mkdir(parents=True)
        path.write_text(f"{code}\n", encoding="utf-8")
    answer = semgrep(folder)
    assert answer["errors"] == []
    for result in answer["results"]:
        by_place[pathlib.PurePath(result["path"]).parts[0]].add(result["check_id"].rpartition(".")[2])
    fired: Found = collections.defaultdict(dict)
    for place, (rule, kind, code, _) in enumerate(examples()):
        fired[rule, kind][code] = by_place[str(place)]
    return fired


def test_there_are_enough_rules_and_each_has_its_examples():
    assert len(rules()) >= LEAST_RULES
    assert rules().keys() == planted.PLANTED.keys()


@pytest.mark.parametrize("rule", planted.PLANTED)
def test_a_rule_finds_what_is_bad_and_leaves_what_is_good(found, rule):
    assert {code for code, fired in found[rule, "bad"].items() if rule not in fired} == set()
    assert {code for code, fired in found[rule, "good"].items() if rule in fired} == set()
    assert {code for code, fired in found[rule, "left"].items() if rule in fired} == set()


def test_a_rule_says_what_to_do_and_stops_the_build():
    assert {name: rule["severity"] for name, rule in rules().items() if rule["severity"] != "ERROR"} == {}
    assert {name for name, rule in rules().items() if len(rule["message"].split()) < 6} == set()


@pytest.fixture(scope="module")
def broken() -> set[str]:
    """The rules that the product breaks; `make check` asks the same and shows where."""
    answer = semgrep(tree.ROOT, "src")
    assert answer["errors"] == []
    assert len(answer["paths"]["scanned"]) > 200
    return {result["check_id"].rpartition(".")[2] for result in answer["results"]}


@pytest.mark.slow
@pytest.mark.parametrize("rule", planted.PLANTED)
def test_the_product_keeps_the_rule(broken, rule):
    assert rule not in broken
