"""The lock: every package by hash, from the public index alone, and in step with what the project asks for."""

import itertools
import re
import tomllib
import urllib.parse

import pytest

from tests.architecture import tree

PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
URL = re.compile(r"\w+://[^\s\"']+")


def strange_hosts(text: str) -> set[str]:
    return {urllib.parse.urlsplit(url).hostname or url for url in URL.findall(text)} - PUBLIC_HOSTS


def unhashed(lock: dict) -> list[str]:
    """Name the packages of which some file has no SHA-256; our own is installed from this folder."""
    return [
        package["name"]
        for package in lock["package"]
        if "registry" in package["source"]
        if not all(file.get("hash", "").startswith("sha256:") for file in downloads(package))
    ]


def downloads(package: dict) -> list[dict]:
    return [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]


def distribution(requirement: str) -> str:
    return re.split(r"[\[<>=~!; ]", requirement)[0].lower()


@pytest.fixture(scope="module")
def text() -> str:
    return (tree.ROOT / "uv.lock").read_text(encoding="utf-8")


def test_packages_come_from_the_public_index_alone(text):
    assert strange_hosts(text) == set()


def test_another_host_would_be_seen():
    assert strange_hosts('url = "https://mirror.example/simple/django.whl"') == {"mirror.example"}


def test_every_package_is_held_by_its_hash(text):
    assert unhashed(tomllib.loads(text)) == []


def test_a_package_without_a_hash_would_be_seen():
    planted = {
        "package": [{"name": "django", "source": {"registry": "https://pypi.org/simple"}, "wheels": [{"url": "x"}]}]
    }

    assert unhashed(planted) == ["django"]


def test_the_lock_holds_what_the_project_asks_for(text):
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = {
        distribution(requirement) for requirement in [*project["project"]["dependencies"], *itertools.chain(*extras)]
    }
    locked = next(package for package in tomllib.loads(text)["package"] if package["name"] == "joinedup")

    assert {package["name"] for package in locked["metadata"]["requires-dist"]} == asked
