"""The linker by itself: whatever a table has is used, whatever it has not is said, and each row gets its cluster."""

import dataclasses
import json
import pathlib
import tempfile

import pyarrow as pa
import pytest
from pyarrow import parquet

from joinedup.processes.childindex.linkage import engine, training
from joinedup.processes.childindex.linkage.by_itself import linking, tables
from joinedup.synthesis.records_only import make

NINE = ["unique_id", "agency", "forename", "surname", "dob", "sex", "postcode", "nhs_number", "upn"]

FAMILY = pa.table(
    {
        "unique_id": ["gp-1", "school-1", "gp-2", "club-9"],
        "forename": ["Aliyah", "Aaliyah", "Hassan", "Hassan"],
        "surname": ["Khan", "Khan", "Khan", "Khan"],
        "dob": ["2015-09-03", "03/09/2015", "2013-01-20", "2013-01-20"],
        "postcode": ["BD7 1LJ", "bd71lj", "BD7 1LJ", "BD7 1LJ"],
        "sex": ["F", "F", "M", "M"],
        "ward": ["Heaton", "Heaton", "Heaton", None],
    }
)


@pytest.fixture(scope="module")
def made():
    return make.make(records=6_000, seed=11)


@pytest.fixture(scope="module")
def linked(made):
    return linking.link_table(made.records.select(NINE))


def clusters(found):
    return found.clusters.select(["unique_id", "cluster_id"]).to_pydict()


def test_each_row_gets_the_cluster_of_its_child_and_keeps_its_other_columns():
    found = linking.link_table(FAMILY)

    assert clusters(found)["cluster_id"] == ["gp-1", "gp-1", "club-9", "club-9"]
    assert found.clusters.column_names == ["unique_id", "cluster_id", "ward"]
    assert found.clusters.column("ward").to_pylist() == ["Heaton", "Heaton", "Heaton", None]


def test_edges_give_weight_and_bits_of_each_field():
    edges = linking.link_table(FAMILY).edges.to_pylist()

    assert [
        (edge["unique_id_l"], edge["unique_id_r"], edge["outcome"]) for edge in edges if edge["outcome"] == "linked"
    ] == [
        ("club-9", "gp-2", "linked"),
        ("gp-1", "school-1", "linked"),
    ]
    aliyah = next(edge for edge in edges if edge["unique_id_l"] == "gp-1")
    assert aliyah["birth_date_level"] == "same"
    assert aliyah["birth_date_bits"] > 5
    assert aliyah["weight"] > 4


def test_the_order_of_rows_changes_nothing(made, linked):
    backwards = linking.link_table(made.records.select(NINE).take(pa.array(range(made.records.num_rows - 1, -1, -1))))

    assert dict(zip(*clusters(backwards).values(), strict=True)) == dict(zip(*clusters(linked).values(), strict=True))


@pytest.mark.parametrize("column", NINE[1:])
def test_without_any_one_column_the_rest_still_links(made, linked, column):
    found = linking.link_table(made.records.select([name for name in NINE if name != column]), saved=linked.model)

    assert any(f"no column {column}" in note for note in found.notes)
    assert found.counts["links"] > 0.5 * linked.counts["links"]


def test_unique_ids_alone_link_nothing_and_say_so():
    found = linking.link_table(pa.table({"unique_id": [3, 1, 2]}))

    assert clusters(found) == {"unique_id": [3, 1, 2], "cluster_id": [3, 1, 2]}
    assert any("no column agency, forename" in note for note in found.notes)


def test_a_higher_threshold_links_less(made, linked):
    strict = linking.link_table(
        made.records.select(NINE), saved=linked.model, with_settings=linking.settings(threshold_bits=12)
    )

    assert strict.counts["links"] < linked.counts["links"]
    assert min(edge["weight"] for edge in strict.edges.to_pylist() if edge["outcome"] == "linked") >= 12


NAMES = pa.table(
    {
        "unique_id": ["gp", "school"],
        "forename": ["Haoyu", "Kevin"],
        "surname": ["Kwok-Lee", "Kwok-Lee"],
        "dob": ["2011-05-22", "2011-05-22"],
        "postcode": ["BD2 3SD", "BD2 3SD"],
        "address": ["9 Elm Rd", "9 Elm Rd"],
        "sex": ["M", "M"],
    }
)


def test_two_names_under_one_roof_are_one_child_where_numbers_would_tell_twins_apart():
    numbered = NAMES.append_column("nhs_number", pa.array(["9434765919", None]))

    assert clusters(linking.link_table(numbered))["cluster_id"] == ["gp", "gp"]
    assert clusters(linking.link_table(NAMES))["cluster_id"] == ["gp", "school"]


def test_clusters_alone_are_those_that_come_with_evidence(made, linked):
    alone = linking.cluster_table(made.records.select(NINE), saved=linked.model)

    assert clusters(alone) == clusters(linked)
    assert alone.counts == linked.counts


def test_words_that_a_table_holds_once_each_link_as_words_written_out(made, linked):
    table = made.records.select(NINE)
    for name in ("agency", "forename", "surname", "dob", "sex", "postcode"):
        table = table.set_column(table.column_names.index(name), name, table.column(name).dictionary_encode())

    found = linking.link_table(table)

    assert found.clusters.equals(linked.clusters)
    assert found.edges.equals(linked.edges)
    assert found.notes == linked.notes


def test_one_record_is_one_cluster():
    assert clusters(linking.link_table(FAMILY[:1])) == {"unique_id": ["gp-1"], "cluster_id": ["gp-1"]}


def test_no_records_are_no_clusters():
    found = linking.link_table(FAMILY[:0])

    assert (found.clusters.num_rows, found.edges.num_rows, found.counts["children"]) == (0, 0, 0)
    assert any("no records" in note for note in found.notes)


def test_a_column_called_cluster_id_is_kept_under_another_name():
    found = linking.link_table(FAMILY.append_column("cluster_id", pa.array(["old"] * 4)))

    assert found.clusters.column("cluster_id_given").to_pylist() == ["old"] * 4
    assert any("carried through as cluster_id_given" in note for note in found.notes)


def test_a_unique_id_that_comes_twice_is_refused():
    with pytest.raises(tables.NotLinkable, match="more than once"):
        linking.link_table(pa.concat_tables([FAMILY, FAMILY]))


def test_a_saved_model_gives_the_same_clusters_without_training(made, linked, tmp_path):
    linking.write_model(linked.model, tmp_path / "model.json")

    saved = linking.read_model(tmp_path / "model.json")
    again = linking.link_table(made.records.select(NINE), saved=saved)

    assert saved.hash == linked.model.hash
    assert clusters(again) == clusters(linked)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no json", "is not a saved model"),
        ("{}", "is not a saved model"),
        ('{"comparisons": []}', "compares"),
        ("[]", "is not a saved model"),
    ],
)
def test_what_is_no_model_is_refused_in_words(tmp_path, text, why):
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(linking.NotAModel, match=why):
        linking.read_model(path)


def test_a_model_that_compares_what_this_version_does_not_make_is_refused(tmp_path):
    settings = training.untrained().settings()
    settings["comparisons"][0]["comparison_levels"][1]["sql_condition"] = "shoe_size_l = shoe_size_r"
    path = tmp_path / "model.json"
    path.write_text(json.dumps(settings), encoding="utf-8")

    with pytest.raises(linking.NotAModel, match="shoe_size"):
        linking.read_model(path)


def test_many_records_train_on_a_sample_and_all_are_linked(made, linked):
    sampling = dataclasses.replace(linking.settings(), training_records=4_000)

    found = linking.link_table(made.records.select(NINE), with_settings=sampling)

    assert found.model.trained_records == 4_000
    assert found.clusters.num_rows == made.records.num_rows
    assert abs(found.counts["children"] - linked.counts["children"]) < 0.02 * linked.counts["children"]


def test_a_file_is_linked_into_files(made, linked, tmp_path: pathlib.Path):
    parquet.write_table(made.records.select(NINE), tmp_path / "records.parquet")

    linking.link_file(
        tmp_path / "records.parquet",
        out=tmp_path / "clusters.parquet",
        edges=tmp_path / "edges.csv",
        saved=linked.model,
    )

    assert parquet.read_table(tmp_path / "clusters.parquet").to_pydict() == linked.clusters.to_pydict()
    assert (
        (tmp_path / "edges.csv")
        .read_text(encoding="utf-8")
        .startswith('"unique_id_l","unique_id_r","outcome","weight"')
    )


def test_what_does_not_fit_into_memory_is_left_neither_where_one_stands_nor_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    with engine.opened(linking.settings()) as at_work:
        folder = at_work.table("select current_setting('temp_directory') as folder").column("folder")[0].as_py()
        assert pathlib.Path(folder).parent == tmp_path
        assert pathlib.Path(folder).stat().st_mode & 0o077 == 0

    assert list(tmp_path.iterdir()) == []
