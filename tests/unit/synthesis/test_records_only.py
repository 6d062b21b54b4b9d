"""Person records alone: the same bytes for the same seed, right numbers, and every case that makes linking hard."""

import collections
import os
import pathlib
import subprocess
import sys

import pyarrow.compute as pc
import pytest
from rapidfuzz.distance import Levenshtein

from joinedup.foundation import text
from joinedup.synthesis.records_only import make, numbering, shares
from tests.unit.synthesis import test_bytes

RECORDS = 40_000
CLEAN_RECORDS = 6_000

_PROGRAM = """
import pathlib, sys
from joinedup.synthesis.records_only import make
make.write(make.make(records=3_000, seed=7), pathlib.Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def made():
    return make.make(records=RECORDS, seed=7)


@pytest.fixture(scope="module")
def clean():
    """Records in which nothing is mistaken; what customs, moves and habits do to them stays."""
    return make.make(records=CLEAN_RECORDS, seed=5, noise=0.0)


def rows(made):
    """Return each record beside its truth."""
    return [record | truth for record, truth in zip(made.records.to_pylist(), made.truth.to_pylist(), strict=True)]


def by(rows, *columns):
    found = collections.defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return found


def mean(column):
    return pc.mean(column.cast("int8")).as_py()


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    root = pathlib.Path(__file__).parents[3]
    for place in ("one", "other"):
        environment = {**os.environ, "PYTHONHASHSEED": str(len(place)), "PYTHONPATH": str(root / "src")}
        subprocess.run([sys.executable, "-c", _PROGRAM, str(tmp_path / place)], check=True, env=environment, cwd=root)

    assert test_bytes.fingerprints(tmp_path / "one") == test_bytes.fingerprints(tmp_path / "other")
    assert set(test_bytes.fingerprints(tmp_path / "one")) == {"records.parquet", "truth.parquet", "slips.parquet"}


def test_another_seed_gives_other_children():
    one, other = (make.make(records=2_000, seed=seed).records.column("surname").to_pylist() for seed in (1, 2))

    assert one != other


def test_there_are_exactly_as_many_records_as_were_asked_for_each_with_its_truth(made):
    assert made.records.num_rows == made.truth.num_rows == made.slips.num_rows == RECORDS
    assert made.records.column("unique_id").to_pylist() == list(range(1, RECORDS + 1))
    assert made.truth.column("unique_id").equals(made.records.column("unique_id"))


def test_six_agencies_know_children_each_in_its_own_way(made):
    known = {row["values"]: row["counts"] / RECORDS for row in pc.value_counts(made.records["agency"]).to_pylist()}

    assert set(known) == set(shares.HABITS)
    assert known["gp"] > known["school"] > known["hospital"] > known["police"] > known["social_care"]


def test_numbers_are_sound_and_no_two_children_share_one(clean):
    nhs = by([row for row in rows(clean) if row["nhs_number"]], "nhs_number")
    upn = by([row for row in rows(clean) if row["upn"]], "upn")

    # A slip that several agencies copied is part of a child's story and not of the noise.
    sound = [number for (number,) in nhs if text.nhs_number(number) == number]
    assert len(sound) > 0.99 * len(nhs)
    assert all(number.startswith("9") for number in sound)
    assert all(text.upn(number) == number for (number,) in upn)
    assert all(len({row["child_id"] for row in found}) == 1 for found in [*nhs.values(), *upn.values()])


def test_without_noise_a_child_has_one_birth_date_one_sex_and_no_misspelt_postcode(clean):
    for found in by(rows(clean), "child_id").values():
        assert len({row["dob"] for row in found if row["dob"]}) <= 1
        assert len({row["sex"] for row in found if row["sex"]}) <= 1
    assert not any(mean(clean.slips[name]) for name in ("typo_given", "postcode_typo", "day_month", "nhs_wrong"))


def test_twice_the_noise_is_about_twice_the_slips():
    usual, doubled = (make.make(records=20_000, seed=3, noise=noise).slips for noise in (1.0, 2.0))

    for name in ("typo_family", "postcode_typo", "former_address"):
        least = 1.2 if name == "former_address" else 1.6
        assert least < mean(doubled[name]) / mean(usual[name]) < 2.5


@pytest.mark.parametrize(
    ("group", "least", "most"),
    [
        ("twin", 0.02, 0.037),
        ("has_siblings", 0.6, 0.85),
        ("changed_surname", 0.02, 0.06),
        ("moved", 0.35, 0.55),
        ("looked_after", 0.01, 0.03),
        ("adopted", 0.001, 0.007),
        ("missing_identifiers", 0.02, 0.12),
    ],
)
def test_each_group_is_as_large_as_its_share(made, group, least, most):
    assert least < mean(made.truth[group]) < most


def test_the_share_of_twins_can_be_asked_for():
    many = make.make(records=20_000, seed=3, shares=shares.Shares(twin_children=0.2))

    assert 0.17 < mean(many.truth["twin"]) < 0.23


def test_every_kind_of_slip_happens(made):
    assert [name for name in made.slips.column_names[1:] if not pc.any(made.slips[name]).as_py()] == []


def test_about_seven_children_share_a_postcode(made):
    now = [row for row in rows(made) if row["postcode"] and row["agency"] == "gp"]
    children = by(now, "postcode")

    assert 4 < len({row["child_id"] for row in now}) / len(children) < 9


def test_brothers_and_sisters_may_have_names_that_are_nearly_one(made):
    near = 0
    for found in by([row for row in rows(made) if row["agency"] == "gp"], "household_id").values():
        given = {row["child_id"]: row["forename"] for row in found if row["forename"]}
        names = sorted(set(given.values()))
        near += any(
            len(one) > 4 and Levenshtein.distance(one, other) <= 2
            for place, one in enumerate(names)
            for other in names[place + 1 :]
        )
    assert near > 50


def test_in_some_families_every_son_is_mohammed_something(made):
    sons = by([row for row in rows(made) if row["sex"] == "M" and row["agency"] == "gp"], "household_id")
    alike = [
        found
        for found in sons.values()
        if len({row["child_id"] for row in found}) > 1
        and all(row["forename"].startswith(("Mohammed ", "Muhammad ", "Mohammad ", "Md ", "Syed ")) for row in found)
    ]

    assert alike


def test_a_community_gathers_in_some_parts(made):
    pakistani = [row for row in rows(made) if row["postcode"]]
    parts = by(pakistani, "postcode")
    shares_there = sorted(
        sum(row["community"] == "pakistani" for row in found) / len(found)
        for found in by([row | {"part": row["postcode"][:-2]} for row in pakistani], "part").values()
        if len(found) > 150
    )

    assert len(parts) > 1_000
    assert shares_there[-1] > 2.5 * (shares_there[0] + 0.01)


def test_a_child_adopted_under_a_new_identity_shares_no_number_with_the_old_one():
    many = make.make(records=8_000, seed=3, shares=shares.Shares(adopted=0.2))
    children = by([row for row in rows(many) if row["adopted"]], "child_id").values()
    numbers = [{row[name] for row in found for name in ("nhs_number", "upn") if row[name]} for found in children]

    assert len(numbers) > 300
    assert sum(map(len, numbers)) - len(set().union(*numbers)) < 0.02 * sum(map(len, numbers))


def test_newborns_may_have_no_name_yet(made):
    assert {"Baby", "Baby Girl", "Baby Boy"} <= set(made.records.column("forename").to_pylist())


def test_a_school_with_more_entrants_than_numbers_gives_those_of_the_next_authority():
    import numpy as np

    given = numbering.UpnSerials().take(np.zeros(2_500, np.int64), np.full(2_500, 2020)).tolist()

    assert len(set(given)) == 2_500
    assert all(text.upn(number) == number for number in given)
    assert {number[1:4] for number in given} == {"399", "400", "401"}


def test_entrants_beyond_the_numbers_of_all_authorities_are_refused():
    import numpy as np

    with pytest.raises(numbering.PupilNumbersExhausted):
        numbering.UpnSerials().take(np.zeros(999 * 602, np.int64), np.full(999 * 602, 2020))
