"""The linker by itself, from the command line: no database, no Django, and words instead of tracebacks."""

import json
import os
import pathlib
import subprocess
import sys

import pyarrow as pa
import pytest
import typer.testing
from pyarrow import parquet

from joinedup.commands import main
from joinedup.processes.childindex.linkage import training
from joinedup.processes.childindex.linkage.by_itself import linking


def run(*arguments: object) -> typer.testing.Result:
    return typer.testing.CliRunner().invoke(main.app, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("made")
    result = run("synthesise-records", "--records", 1_500, "--seed", 3, "--out", folder)
    assert result.exit_code == 0, result.output
    assert "1,500 person records of" in result.output
    return folder


def test_from_records_to_figures_without_a_database(made, tmp_path):
    clusters, edges, model = tmp_path / "clusters.parquet", tmp_path / "edges.csv", tmp_path / "model.json"

    linked = run("link-file", made / "records.parquet", "--out", clusters, "--edges", edges, "--save-model", model)
    judged = run("evaluate-file", clusters, made / "truth.parquet", "--json")
    table = run("evaluate-file", clusters, made / "truth.parquet")

    assert linked.exit_code == 0, linked.output
    assert "1,500 records are" in linked.output
    assert json.loads(judged.stdout)["pairs"]["f1"] > 0.95
    assert "B-cubed" in table.output
    assert linking.read_model(model).text


def test_a_saved_model_is_used(made, tmp_path):
    linking.write_model(training.untrained(), tmp_path / "model.json")

    result = run(
        "link-file",
        made / "records.parquet",
        "--out",
        tmp_path / "c.csv",
        "--model",
        tmp_path / "model.json",
        "--threads",
        1,
    )

    assert result.exit_code == 0, result.output
    assert "too few records" not in result.output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("link-file", "nowhere.csv", "--out", "c.csv"), "No such file"),
        (("link-file", "twice.parquet", "--out", "c.csv"), "come more than once, such as 7"),
        (("link-file", "one.parquet", "--out", "no/such/folder/c.csv"), "could not be written"),
        (("link-file", "one.parquet", "--out", "c.csv", "--model", "one.parquet"), "is not a saved model"),
        (("evaluate-file", "one.parquet", "twice.parquet"), "have no column cluster_id"),
        (("evaluate-file", "one.parquet", "nowhere.csv"), "No such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(tmp_path, monkeypatch, arguments, why):
    monkeypatch.chdir(tmp_path)
    parquet.write_table(pa.table({"unique_id": [7, 7], "forename": ["Tom", "Ann"]}), "twice.parquet")
    parquet.write_table(pa.table({"unique_id": [1], "forename": ["Tom"]}), "one.parquet")

    result = run(*arguments)

    assert result.exit_code == 1
    assert why in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_records_that_cannot_be_written_are_said_so(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    result = run("synthesise-records", "--records", 200, "--out", tmp_path / "file")

    assert result.exit_code == 1
    assert "could not be written" in result.output


def test_neither_django_nor_a_server_is_asked_for(made, tmp_path):
    program = (
        "import sys\n"
        "from joinedup.processes.childindex.linkage.by_itself import judging, linking\n"
        "import pathlib\n"
        f"linking.link_file(pathlib.Path({str(made / 'records.parquet')!r}), out=pathlib.Path({str(tmp_path / 'c.csv')!r}))\n"
        "assert 'django' not in sys.modules and 'psycopg' not in sys.modules, 'Django was loaded'\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    root = pathlib.Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
