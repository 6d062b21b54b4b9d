"""The onion, where import-linter cannot see it: foreign keys, whose models are whose, and how modules introduce themselves."""

import ast
import dataclasses
from collections.abc import Iterable

import grimp
import pytest
from django.apps import apps

from tests.architecture import tree

FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "manager",
    "managers",
    "misc",
    "data",
    "info",
    "common",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Key:
    """A foreign key from a field of one app to a model of another, both by module."""

    field: str
    holder: str
    target: str


def ring(module: str) -> int:
    return tree.RINGS.index(module.split(".")[1])


def app(module: str) -> str:
    return ".".join(module.split(".")[:3])


def outward(keys: Iterable[Key]) -> list[str]:
    return [f"{key.field} points outward to {key.target}" for key in keys if ring(key.target) > ring(key.holder)]


def circular(keys: Iterable[Key]) -> list[str]:
    """Name the pairs of apps in one ring that point at each other."""
    pairs = {(app(key.holder), app(key.target)) for key in keys if app(key.holder) != app(key.target)}
    return sorted(
        f"{one} and {other} point at each other" for one, other in pairs if one < other and (other, one) in pairs
    )


def borrowed_models(graph: grimp.ImportGraph) -> list[str]:
    """Name the imports of an app's models from outside that app."""
    borrowed = []
    for module in graph.modules:
        parts = module.split(".")
        if len(parts) >= 4 and parts[3] == "models":
            importers = graph.find_modules_that_directly_import(module)
            borrowed += [f"{importer} imports {module}" for importer in importers if app(importer) != app(module)]
    return sorted(borrowed)


def undocumented(source: str, *, is_package: bool) -> bool:
    """Say whether a module holds something and does not introduce itself; an empty package needs no words."""
    module = ast.parse(source)
    return ast.get_docstring(module) is None and bool(module.body or not is_package)


@pytest.fixture(scope="module")
def our_keys() -> list[Key]:
    return [
        Key(
            field=f"{model._meta.label}.{field.name}",
            holder=model.__module__,
            target=field.related_model.__module__,
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and model.__module__.startswith("joinedup.")
        if field.related_model.__module__.startswith("joinedup.")
    ]


def test_foreign_keys_point_inward(our_keys):
    assert our_keys
    assert outward(our_keys) == []


def test_apps_do_not_point_at_each_other(our_keys):
    assert circular(our_keys) == []


def test_an_outward_foreign_key_would_be_seen():
    planted = Key(
        field="people.Child.plan", holder="joinedup.outcomes.people.models", target="joinedup.processes.casework.models"
    )

    assert outward([planted]) == ["people.Child.plan points outward to joinedup.processes.casework.models"]


def test_two_apps_that_point_at_each_other_would_be_seen():
    there = Key(field="a.A.b", holder="joinedup.delivery.records.models", target="joinedup.delivery.agencies.models")
    back = Key(field="b.B.a", holder="joinedup.delivery.agencies.models", target="joinedup.delivery.records.models")

    assert len(circular([there, back])) == 1


def test_models_are_imported_only_by_their_own_app():
    assert borrowed_models(grimp.build_graph("joinedup", cache_dir=None)) == []


def test_a_borrowed_model_would_be_seen():
    graph = grimp.ImportGraph()
    graph.add_import(importer="joinedup.web.steward.views", imported="joinedup.processes.childindex.models.linking")
    graph.add_import(importer="joinedup.processes.childindex.queries", imported="joinedup.processes.childindex.models")

    assert borrowed_models(graph) == ["joinedup.web.steward.views imports joinedup.processes.childindex.models.linking"]


def test_every_module_says_what_belongs_in_it():
    paths = [path for path in tree.python_files("src", "benchmarks") if "migrations" not in path.parts]

    silent = [
        path for path in paths if undocumented(path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py")
    ]

    assert [tree.name(path) for path in silent] == []


def test_a_module_without_a_word_of_introduction_would_be_seen():
    assert undocumented("import os\n", is_package=False)
    assert undocumented("import os\n", is_package=True)
    assert not undocumented("", is_package=True)
    assert not undocumented('"""Rules of names."""\n', is_package=False)


def forbidden(stems: Iterable[str]) -> list[str]:
    return sorted(set(stems) & FORBIDDEN_NAMES)


def test_no_module_is_a_drawer():
    paths = list(tree.files(".py", under=tree.SOURCE))

    assert forbidden([path.stem for path in paths] + [path.parent.name for path in paths]) == []


def test_a_drawer_would_be_seen():
    assert forbidden(["rules", "utils"]) == ["utils"]


def test_every_ring_of_the_tree_is_known():
    found = {path.name for path in tree.SOURCE.iterdir() if path.is_dir() and path.name not in tree.NOT_OURS}

    assert found <= set(tree.RINGS)
