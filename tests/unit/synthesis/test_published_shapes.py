"""The borough's files have the shapes that their standards publish."""

import csv
import importlib.resources
import json
import pathlib

import pytest
from fhir.resources.R4B.patient import Patient
from lxml import etree

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"


def newest_schema() -> etree.XMLSchema:
    folder = importlib.resources.files("joinedup.exchange.cin_census") / "reference"
    newest = max((item for item in folder.iterdir() if item.name.endswith(".xsd")), key=lambda item: item.name)
    return etree.XMLSchema(etree.fromstring(newest.read_bytes()))


def test_both_children_in_need_returns_are_valid_against_the_newest_schema(small):
    schema = newest_schema()
    returns = sorted((small.folder / "social_care").glob("*.xml"))

    assert len(returns) >= 1
    for path in returns:
        assert schema.validate(etree.parse(path)), f"{path.name}: {schema.error_log.last_error}"


def test_every_patient_is_a_fhir_patient(small):
    lines = (small.folder / "patients" / "patients.ndjson").read_text(encoding="utf-8").splitlines()

    for line in lines[:200]:
        assert Patient.model_validate(json.loads(line)).identifier


def heading(path: pathlib.Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines))


def table_of(path: pathlib.Path) -> str:
    return path.stem.rpartition("_")[2] if path.parent.name in {"schools", "school_census"} else path.stem


@pytest.mark.parametrize("published", sorted((FIXTURES / "ssda903").glob("*.csv")), ids=lambda path: path.stem)
def test_each_looked_after_return_has_the_published_columns(small, published):
    written = [
        path
        for path in (small.folder / "social_care").glob("ssda903_*.csv")
        if path.stem.lower().split("_", 2)[2] == published.stem.lower()
    ]

    assert [heading(path) for path in written] == [heading(published)] * len(written)


@pytest.mark.parametrize("published", sorted((FIXTURES / "school_census").glob("*.csv")), ids=lambda path: path.stem)
def test_each_census_table_has_published_columns_and_no_other(small, published):
    written = [path for path in (small.folder / "schools").glob("*.csv") if table_of(path) == table_of(published)]

    unknown = {column for path in written for column in heading(path)} - every_published_column(published)

    assert unknown == set()


def every_published_column(published: pathlib.Path) -> set[str]:
    """Return the columns of a table in every term that was published; terms differ in a few."""
    return {
        column
        for path in (FIXTURES / "school_census").glob("*.csv")
        if table_of(path) == table_of(published)
        for column in heading(path)
    }
