"""Writing a children in need census: the XML of the 2026 XSD, one child at a time.

Belongs here: element order and spelling. Not here: whether the rows make sense (rules).
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax import saxutils

from joinedup.exchange.cin_census import schema

#: Characters that no XML 1.0 document may hold, escaped or not.
_FORBIDDEN = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))


def write(rows: Iterable[schema.Child], out: BinaryIO, *, header: schema.Header) -> int:
    """Write the children as one census return, in the order given, and return how many there were.

    Shapes: one <Child> per row; memory for one child at a time; the same rows and header give the same bytes.
    Source: Department for Education, children in need census 2025 to 2026, XML schema.
    """
    out.write(_opening(header).encode("utf-8"))
    count = 0
    for child in rows:
        count += 1
        out.write("\n".join(_child(child)).encode("utf-8", "replace") + b"\n")
    out.write(b"  </Children>\n</Message>\n")
    return count


def _opening(header: schema.Header) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        *_leaf(6, "Collection", "CIN"),
        *_leaf(6, "Year", str(header.year)),
        *_leaf(6, "ReferenceDate", header.reference_date),
        "    </CollectionDetails>",
        "    <Source>",
        *_leaf(6, "SourceLevel", "L"),
        *_leaf(6, "LEA", header.lea),
        *_leaf(6, "SoftwareCode", header.software),
        *_leaf(6, "Release", header.release),
        *_leaf(6, "SerialNo", header.serial_number),
        *_leaf(6, "DateTime", header.sent_at.isoformat(timespec="seconds")),
        "    </Source>",
        "  </Header>",
        "  <Children>",
    ]
    return "\n".join(lines) + "\n"


def _child(child: schema.Child) -> Iterator[str]:
    yield "    <Child>"
    yield "      <ChildIdentifiers>"
    yield from _leaf(8, "LAchildID", child.la_child_id)
    yield from _leaf(8, "UPN", child.upn)
    yield from _leaf(8, "FormerUPN", child.former_upn)
    yield from _leaf(8, "UPNunknown", child.upn_unknown)
    yield from _leaf(8, "PersonBirthDate", child.birth_date)
    yield from _leaf(8, "ExpectedPersonBirthDate", child.expected_birth_date)
    yield from _leaf(8, "Sex", child.sex)
    yield from _leaf(8, "PersonDeathDate", child.death_date)
    yield "      </ChildIdentifiers>"
    yield "      <ChildCharacteristics>"
    yield from _leaf(8, "Ethnicity", child.ethnicity)
    yield from _list(8, "Disabilities", "Disability", child.disabilities)
    yield "      </ChildCharacteristics>"
    for episode in child.episodes:
        yield from _episode(episode)
    yield "    </Child>"


def _episode(episode: schema.Episode) -> Iterator[str]:
    yield "      <CINdetails>"
    yield from _leaf(8, "CINreferralDate", episode.referral_date)
    yield from _leaf(8, "ReferralSource", episode.referral_source)
    yield from _leaf(8, "PrimaryNeedCode", episode.primary_need)
    yield from _leaf(8, "CINclosureDate", episode.closure_date)
    yield from _leaf(8, "ReasonForClosure", episode.closure_reason)
    yield from _leaf(8, "DateOfInitialCPC", episode.conference_date)
    for assessment in episode.assessments:
        yield from _assessment(assessment)
    for plan in episode.in_need_plans:
        yield "        <CINPlanDates>"
        yield from _leaf(10, "CINPlanStartDate", plan.started_date)
        yield from _leaf(10, "CINPlanEndDate", plan.ended_date)
        yield "        </CINPlanDates>"
    for enquiry in episode.section47s:
        yield from _section47(enquiry)
    yield from _leaf(8, "ReferralNFA", _flag(episode.no_further_action))
    for protection in episode.protection_plans:
        yield from _protection_plan(protection)
    yield "      </CINdetails>"


def _assessment(assessment: schema.Assessment) -> Iterator[str]:
    yield "        <Assessments>"
    yield from _leaf(10, "AssessmentActualStartDate", assessment.started_date)
    yield from _leaf(10, "AssessmentInternalReviewDate", assessment.review_date)
    yield from _leaf(10, "AssessmentAuthorisationDate", assessment.authorised_date)
    yield from _list(10, "FactorsIdentifiedAtAssessment", "AssessmentFactors", assessment.factors)
    yield "        </Assessments>"


def _section47(enquiry: schema.Section47) -> Iterator[str]:
    yield "        <Section47>"
    yield from _leaf(10, "S47ActualStartDate", enquiry.started_date)
    yield from _leaf(10, "InitialCPCtarget", enquiry.conference_target_date)
    yield from _leaf(10, "DateOfInitialCPC", enquiry.conference_date)
    yield from _leaf(10, "ICPCnotRequired", _flag(enquiry.conference_not_required))
    yield "        </Section47>"


def _protection_plan(plan: schema.ProtectionPlan) -> Iterator[str]:
    yield "        <ChildProtectionPlans>"
    yield from _leaf(10, "CPPstartDate", plan.started_date)
    yield from _leaf(10, "CPPendDate", plan.ended_date)
    yield from _leaf(10, "InitialCategoryOfAbuse", plan.first_category)
    yield from _leaf(10, "LatestCategoryOfAbuse", plan.latest_category)
    yield from _leaf(10, "NumberOfPreviousCPP", str(plan.previous_plans))
    yield from _list(10, "Reviews", "CPPreviewDate", tuple(day.isoformat() for day in plan.review_dates))
    yield "        </ChildProtectionPlans>"


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _leaf(indent: int, name: str, value: str | datetime.date | None) -> Iterator[str]:
    """Give one element, or nothing when there is nothing to say: the schema wants absent, not empty."""
    if value is None or value == "":
        return
    text = value if isinstance(value, str) else value.isoformat()
    yield f"{' ' * indent}<{name}>{saxutils.escape(text.translate(_FORBIDDEN))}</{name}>"


def _list(indent: int, block: str, name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{' ' * indent}<{block}>"
        for value in values:
            yield from _leaf(indent + 2, name, value)
        yield f"{' ' * indent}</{block}>"
