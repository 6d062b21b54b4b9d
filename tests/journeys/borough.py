"""Whom the small borough holds: children picked from its truth, so that a journey knows whom to look for."""

import csv
import datetime
import io
import json
import pathlib

from tests import databases


def folder() -> pathlib.Path:
    return databases.borough_manifest()["folder"]


def a_patient(*, born: tuple[str, str] = ("", "9999")) -> dict[str, str]:
    """Return a child of the borough as the NHS writes them: plain names, an NHS number and a date of birth within these."""
    for line in (folder() / "patients").glob("*.ndjson").__next__().read_text(encoding="utf-8").splitlines():
        patient = json.loads(line)
        name = patient["name"][0]
        given, family = name["given"][0], name.get("family", "")
        is_plain = given.isascii() and family.isascii() and len(given) > 4 and len(family) > 5
        if is_plain and " " not in given + family and born[0] <= patient["birthDate"] < born[1]:
            number = next(i["value"] for i in patient["identifier"] if "nhs-number" in i["system"])
            return {"given": given, "family": family, "born": patient["birthDate"], "number": number}
    raise LookupError("the borough holds no such patient")


def a_teenager() -> dict[str, str]:
    """Return a patient between thirteen and sixteen."""
    year = datetime.datetime.now(tz=datetime.UTC).year
    return a_patient(born=(str(year - 16), str(year - 13)))


def a_spoilt_club_file() -> bytes:
    """Return 40 rows of a leisure trust's attendance with new member numbers, three of them spoilt.

    Line 6 has a day that does not exist, line 11 names nobody, line 16 holds a NUL.
    """
    lines = next((folder() / "leisure").glob("*.csv")).read_text(encoding="utf-8").splitlines()[:41]
    heading, *rows = list(csv.reader(lines))
    for row in rows:
        row[0] = f"J{row[0]}"
    rows[4][heading.index("session_date")] = "31/02/2026"
    rows[9] = ["Y" if name == "attended" else "" for name in heading]
    rows[14][heading.index("activity")] = "Dan\0ce"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([heading, *rows])
    return out.getvalue().encode("utf-8")
