"""The way in (`run.py`): what it makes sure of before it hands over, without making anything."""

import ast
import importlib.util
import sys
import types

import pytest

from tests.architecture import tree


@pytest.fixture
def way_in() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("way_in", tree.ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    """A machine with neither a browser nor apt."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)


@pytest.fixture
def elsewhere(way_in, tmp_path, monkeypatch) -> types.ModuleType:
    """The way in, with its environment in an empty folder."""
    monkeypatch.setattr(way_in, "STAMP", tmp_path / "joinedup-ready")
    monkeypatch.setattr(way_in, "UNFINISHED", tmp_path / "joinedup-unfinished")
    return way_in


def test_it_needs_the_standard_library_alone():
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree.parse(tree.ROOT / "run.py"))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    assert modules <= set(sys.stdlib_module_names)


def test_a_python_too_old_can_read_it():
    source = (tree.ROOT / "run.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 7))


def test_a_missing_browser_leaves_the_journeys_out_and_says_why(way_in, no_browser):
    found, why_not = way_in.browser()

    assert found is None
    assert "no Chromium" in why_not


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("1", True), ("", False), ("false", False)])
def test_continuous_integration_is_known_by_its_setting(way_in, monkeypatch, value, expected):
    monkeypatch.setenv("CI", value)

    assert way_in.in_ci() is expected


def test_a_missing_browser_fails_continuous_integration(way_in, no_browser, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")

    assert way_in.test([]) == 1
    assert "In CI that is a failure" in capsys.readouterr().out


def test_check_runs_every_gate(way_in):
    names = [name for name, _ in way_in.steps()]

    assert names == [
        *("format", "lint", "import contracts", "dependencies", "types", "security of the code", "our own rules"),
        *("migrations", "docs"),
    ]


def test_an_environment_is_ready_only_when_it_was_finished_here_from_this_lock(elsewhere):
    assert not elsewhere.is_ready()

    elsewhere.STAMP.write_text(elsewhere.fingerprint())
    assert elsewhere.is_ready() == elsewhere.PYTHON.exists()

    elsewhere.UNFINISHED.write_text(elsewhere.fingerprint())
    assert not elsewhere.is_ready()


def test_an_environment_that_was_moved_is_made_anew(elsewhere):
    elsewhere.STAMP.write_text("/somewhere/else\nabc\n")

    assert elsewhere.is_from_elsewhere()


def test_the_index_that_pip_is_set_to_serves_uv_too(way_in, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)

    settings = way_in.uv_settings()

    assert settings["UV_DEFAULT_INDEX"] == "https://index.example/simple"
    assert settings["UV_PYTHON_DOWNLOADS"] == "never"
