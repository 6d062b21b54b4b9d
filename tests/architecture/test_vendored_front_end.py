"""What we carry of other people's front end: whole, as it was built, and without the marks that belong to government alone."""

import hashlib
import pathlib
import re

import pytest

WEB = pathlib.Path(__file__).resolve().parents[2] / "src" / "joinedup" / "web"
VENDOR = WEB / "static" / "vendor"
SUMS = dict(reversed(line.split("  ", 1)) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
CARRIED = sorted(path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file())
#: GDS Transport, its font files (named by a hash that begins light- or bold-), the crown and the crest.
FORBIDDEN = re.compile(
    r"gds[ -]?transport|(light|bold)-[0-9a-f]{10}-v\d|crown|crest|govuk-header|govuk-logo", re.IGNORECASE
)


def texts() -> list[pathlib.Path]:
    kinds = {".css", ".js", ".svg", ".jinja", ".html"}
    return sorted(
        path for folder in ("static", "templates") for path in (WEB / folder).rglob("*") if path.suffix in kinds
    )


def test_every_vendored_file_has_a_checksum_and_every_checksum_a_file():
    assert sorted(SUMS) == [name for name in CARRIED if name != "SHA256SUMS"]


@pytest.mark.parametrize("name", sorted(SUMS))
def test_a_vendored_file_is_as_it_was_built(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.relative_to(WEB).as_posix())
def test_nothing_names_the_government_face_or_its_marks(path):
    words = path.read_text(encoding="utf-8").replace("© Crown copyright", "")

    assert not FORBIDDEN.search(words)


def test_no_font_is_carried_but_the_free_one():
    fonts = [name for name in CARRIED if name.endswith((".woff", ".woff2", ".ttf", ".otf", ".eot"))]

    assert fonts
    assert all(name.startswith("fonts/atkinson-hyperlegible") for name in fonts)


@pytest.mark.parametrize("path", [path for path in texts() if path.suffix == ".css"], ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(path):
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8"))

    assert all((path.parent / address).is_file() for address in addresses)


@pytest.mark.parametrize("path", [path for path in texts() if path.suffix == ".jinja"], ids=lambda path: path.name)
def test_a_template_holds_no_inline_script_or_style(path):
    html = path.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", html)


def test_the_notices_name_what_is_carried():
    notices = (WEB.parents[2] / "THIRD_PARTY.md").read_text(encoding="utf-8")

    assert all(name in notices for name in ("GOV.UK Frontend", "htmx", "Atkinson Hyperlegible Next"))
