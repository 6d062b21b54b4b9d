"""The manifest of a borough's files: agencies, their teams, and what to import in which order.

Belongs here: what the importer must know besides the files. Not here: the files.
"""

import json
import pathlib
from collections.abc import Sequence

from joinedup.synthesis import places, values
from joinedup.synthesis.agencies import clubs, incidents, social_care
from joinedup.synthesis.agencies import desk as desks

_EDUCATION_ACT = "Education Act 1996, section 537A (school census); Children Act 2004, sections 10 and 16LA"
_CHILDREN_ACT = "Children Act 1989, sections 17 and 47; Children Act 2004, sections 10 and 16LA"
_HEALTH_ACT = "Health and Social Care Act 2012, section 251B (duty to share); Children Act 2004, sections 10 and 16LA"
_POLICE_ACT = "Children Act 2004, sections 11 and 16LA; common law policing powers"
_JUSTICE_ACT = "Crime and Disorder Act 1998, sections 38, 39 and 115"
_CONSENT = "Consent of the parent or the young person, given on joining"

#: Agencies in the order of import: code, name, kind, legal basis in plain words, telephone.
AGENCIES = (
    ("patients", "Northshire general practices (NHS)", "health", _HEALTH_ACT, 100),
    ("community_health", "Northshire Community Health NHS Trust", "community_health", _HEALTH_ACT, 101),
    ("schools", "Northshire Education Service and schools", "council_education", _EDUCATION_ACT, 102),
    ("social_care", "Northshire Children's Social Care", "social_care", _CHILDREN_ACT, 103),
    ("police", "Northshire Police", "police", _POLICE_ACT, 104),
    ("youth_justice", "Northshire Youth Justice Service", "youth_justice", _JUSTICE_ACT, 105),
    ("leisure", "Northshire Leisure Trust", "leisure", _CONSENT, 106),
    ("youth_club", "Bridge Youth Charity", "voluntary", _CONSENT, 107),
    ("family_support", "Hearth Family Charity", "voluntary", _CONSENT, 108),
)


def write(
    path: pathlib.Path, *, area: places.Area, files: Sequence[desks.FileWritten], settings: dict[str, object]
) -> None:
    """Write the manifest as JSON."""
    content = {
        "area": places.AREA,
        "synthetic": True,
        "notice": (
            "Every person in these files is invented. The postcodes are real places (Office for National Statistics, "
            "Open Government Licence v3.0); nobody described here lives there."
        ),
        "made_with": settings,
        "agencies": [_agency(area, *agency) for agency in AGENCIES],
        "files": [{"agency": file.agency, "path": file.path, "rows": file.rows} for file in files],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _agency(area: places.Area, code: str, name: str, kind: str, basis: str, number: int) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "legal_basis": basis,
        "phone": desks.phone(number),
        "teams": [{"code": team, "name": title, "phone": phone} for team, title, phone in _teams(area, code)],
    }


def _teams(area: places.Area, agency: str) -> Sequence[tuple[str, str, str]]:
    if agency == "schools":
        return [_site(school) for school in area.schools]
    if agency == "patients":
        return [_site(surgery) for surgery in area.surgeries]
    if agency == "community_health":
        visiting = [("HV", "Health visiting", desks.phone(110)), ("SN", "School nursing", desks.phone(111))]
        immunising = [("SAIS", "School-age immunisation", desks.phone(112))]
        return visiting + immunising + [(school.urn, school.name, school.phone) for school in area.schools]
    if agency == "social_care":
        return social_care.TEAMS
    if agency == "police":
        return [incidents.POLICE_UNIT]
    if agency == "youth_justice":
        return [incidents.JUSTICE_TEAM]
    _sector, code, title, phone = clubs.PROVIDERS[agency]
    return [(code, title, phone)]


def _site(site: values.School | values.Surgery) -> tuple[str, str, str]:
    return (site.code, site.name, site.phone)
