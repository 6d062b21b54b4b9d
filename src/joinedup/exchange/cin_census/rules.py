"""Rules of the children in need census: one <Child> block into a typed row, and the row into what the index may hold.

Belongs here: conversions and what is left out, with the words for it. Not here: cutting the file (read).
The index shows that something happened, never why: categories of abuse, factors and needs stay in the source row.
"""

import datetime
import functools
import re
from collections.abc import Iterator

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.cin_census import schema
from joinedup.exchange.opening import xml
from joinedup.foundation import text

SERVICE = "Children's social care"
_LONGEST_ID = 64
_EARLIEST = datetime.date(1900, 1, 1)
#: How far ahead a child may be expected.
_LONGEST_PREGNANCY_DAYS = 310
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?")
_BRITISH_DATE = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
_TRUE = frozenset({"1", "true", "y", "yes"})


def reasons_against(child: xml.Element) -> tuple[str, ...]:
    """Say why a <Child> block cannot be taken; nothing where it can."""
    identifiers = child.first("ChildIdentifiers")
    if identifiers is None:
        return ("ChildIdentifiers is missing, so the child cannot be told from any other",)
    local_id = identifiers.leaf("LAchildID")
    if not local_id:
        return ("LAchildID is empty, so the child cannot be told from any other",)
    if len(local_id) > _LONGEST_ID:
        return (f"LAchildID is longer than {_LONGEST_ID} characters",)
    return ()


def row(child: xml.Element, notes: list[str]) -> schema.Child:
    """Turn a <Child> block into a typed row, adding to `notes` what was put right or left out.

    Shapes: a block against which there are no reasons; the returns of 2017 to 2026.
    """
    identifiers = child.first("ChildIdentifiers") or xml.Element("ChildIdentifiers")
    characteristics = child.first("ChildCharacteristics") or xml.Element("ChildCharacteristics")
    disabilities = characteristics.first("Disabilities")
    notes.extend(_unknown_blocks(child))
    return schema.Child(
        la_child_id=identifiers.leaf("LAchildID"),
        upn=_upn(identifiers, "UPN", notes),
        former_upn=_upn(identifiers, "FormerUPN", notes),
        upn_unknown=identifiers.leaf("UPNunknown"),
        birth_date=_date(identifiers, "PersonBirthDate", notes),
        expected_birth_date=_date(identifiers, "ExpectedPersonBirthDate", notes),
        sex=_sex(identifiers, notes),
        death_date=_date(identifiers, "PersonDeathDate", notes),
        ethnicity=characteristics.leaf("Ethnicity"),
        disabilities=_texts(disabilities, "Disability"),
        episodes=tuple(_episode(details, notes) for details in child.each("CINdetails")),
    )


def identity(child: schema.Child, *, on: datetime.date, notes: list[str]) -> records_rules.Identity:
    """Say who the child is, as far as the census tells: it holds no names.

    Units: a date before 1900, or later than a child can be born or die by `on`, is left out.
    """
    expected_by = on + datetime.timedelta(days=_LONGEST_PREGNANCY_DAYS)
    return records_rules.Identity(
        birth_date=_plausible("PersonBirthDate", child.birth_date, by=on, notes=notes),
        expected_birth_date=_plausible(
            "ExpectedPersonBirthDate", child.expected_birth_date, by=expected_by, notes=notes
        ),
        death_date=_plausible("PersonDeathDate", child.death_date, by=on, notes=notes),
        sex=child.sex,
        upn=child.upn,
        former_upn=child.former_upn,
    )


def involvements(child: schema.Child) -> tuple[records_rules.Involvement, ...]:
    """List the cases that children's social care holds or held: one for each referral acted on, one for each plan."""
    return tuple(
        records_rules.Involvement(
            kind=kind,
            level=records_rules.Level.SPECIALIST,
            service=SERVICE,
            started_date=started,
            ended_date=ended,
            answers=True,
        )
        # A plan sent under two referrals is still one plan.
        for kind, started, ended in dict.fromkeys(_cases(child))
    )


def chronology(
    child: schema.Child, *, on: datetime.date, notes: list[str]
) -> tuple[records_rules.ChronologyEntry, ...]:
    """List what happened, each thing once, in the order of the dates; what lies after `on` is left out with a note."""
    found: dict[records_rules.ChronologyEntry, None] = {}
    for episode in child.episodes:
        for kind, date, words in _events(episode):
            if date is None:
                continue
            if not _EARLIEST <= date <= on:
                _add(notes, f"{words}: {date.isoformat()} cannot be right and was left out")
                continue
            found[records_rules.ChronologyEntry(kind=kind, happened_date=date, words=words)] = None
    return tuple(sorted(found, key=lambda entry: entry.happened_date))


def header_year(header: xml.Element) -> str:
    """Give the year of the return, from its own header; empty where it does not say."""
    details = header.first("CollectionDetails") or header
    year = re.match(r"\d{4}", details.leaf("Year") or details.leaf("ReferenceDate"))
    return year[0] if year else ""


@functools.lru_cache(maxsize=65_536)
def date_of(written: str) -> datetime.date | None:
    """Read a date as XML writes it, or as people do (day, month, year); None where it is not one."""
    try:
        if found := _ISO_DATE.fullmatch(written):
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH_DATE.fullmatch(written):
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def _cases(
    child: schema.Child,
) -> Iterator[tuple[records_rules.InvolvementKind, datetime.date | None, datetime.date | None]]:
    for episode in child.episodes:
        if not episode.no_further_action:
            yield records_rules.InvolvementKind.CHILD_IN_NEED, episode.referral_date, episode.closure_date
        for plan in episode.protection_plans:
            yield records_rules.InvolvementKind.CHILD_PROTECTION, plan.started_date, plan.ended_date


def _events(episode: schema.Episode) -> Iterator[tuple[str, datetime.date | None, str]]:
    yield "referral", episode.referral_date, "Referral to children's social care"
    for assessment in episode.assessments:
        yield "assessment", assessment.started_date, "Social care assessment started"
        yield "assessment", assessment.authorised_date, "Social care assessment authorised"
    for in_need in episode.in_need_plans:
        yield "plan", in_need.started_date, "Child in need plan started"
        yield "plan", in_need.ended_date, "Child in need plan ended"
    for enquiry in episode.section47s:
        yield "enquiry", enquiry.started_date, "Strategy discussion and section 47 enquiry"
        yield "conference", enquiry.conference_date, "Initial child protection conference"
    yield "conference", episode.conference_date, "Initial child protection conference"
    for plan in episode.protection_plans:
        yield "plan", plan.started_date, "Child protection plan started"
        for review in plan.review_dates:
            yield "review", review, "Child protection plan reviewed"
        yield "plan", plan.ended_date, "Child protection plan ended"
    if not episode.no_further_action:
        yield "closure", episode.closure_date, "Children's social care case closed"


def _episode(details: xml.Element, notes: list[str]) -> schema.Episode:
    return schema.Episode(
        referral_date=_date(details, "CINreferralDate", notes, required=True),
        referral_source=details.leaf("ReferralSource"),
        primary_need=details.leaf("PrimaryNeedCode"),
        closure_date=_date(details, "CINclosureDate", notes),
        closure_reason=details.leaf("ReasonForClosure"),
        conference_date=_date(details, "DateOfInitialCPC", notes),
        assessments=tuple(_each_assessment(details, notes)),
        in_need_plans=tuple(_each_in_need_plan(details, notes)),
        section47s=tuple(_each_section47(details, notes)),
        no_further_action=_flag(details, "ReferralNFA"),
        protection_plans=tuple(_each_protection_plan(details, notes)),
    )


def _each_assessment(details: xml.Element, notes: list[str]) -> Iterator[schema.Assessment]:
    for block in details.each("Assessments"):
        started = _date(block, "AssessmentActualStartDate", notes, required=True)
        if started is not None:
            yield schema.Assessment(
                started_date=started,
                review_date=_date(block, "AssessmentInternalReviewDate", notes),
                authorised_date=_date(block, "AssessmentAuthorisationDate", notes),
                factors=_texts(block.first("FactorsIdentifiedAtAssessment"), "AssessmentFactors"),
            )


def _each_in_need_plan(details: xml.Element, notes: list[str]) -> Iterator[schema.InNeedPlan]:
    for block in details.each("CINPlanDates"):
        started = _date(block, "CINPlanStartDate", notes, required=True)
        if started is not None:
            yield schema.InNeedPlan(started_date=started, ended_date=_date(block, "CINPlanEndDate", notes))


def _each_section47(details: xml.Element, notes: list[str]) -> Iterator[schema.Section47]:
    for block in details.each("Section47"):
        started = _date(block, "S47ActualStartDate", notes, required=True)
        if started is not None:
            yield schema.Section47(
                started_date=started,
                conference_target_date=_date(block, "InitialCPCtarget", notes),
                conference_date=_date(block, "DateOfInitialCPC", notes),
                conference_not_required=_flag(block, "ICPCnotRequired"),
            )


def _each_protection_plan(details: xml.Element, notes: list[str]) -> Iterator[schema.ProtectionPlan]:
    for block in details.each("ChildProtectionPlans"):
        started = _date(block, "CPPstartDate", notes, required=True)
        if started is None:
            continue
        previous = block.leaf("NumberOfPreviousCPP")
        reviews = (date_of(written) for written in _texts(block.first("Reviews"), "CPPreviewDate"))
        yield schema.ProtectionPlan(
            started_date=started,
            ended_date=_date(block, "CPPendDate", notes),
            first_category=block.leaf("InitialCategoryOfAbuse"),
            latest_category=block.leaf("LatestCategoryOfAbuse"),
            previous_plans=int(previous) if re.fullmatch(r"[0-9]{1,4}", previous) else 0,
            review_dates=tuple(review for review in reviews if review is not None),
        )


def _unknown_blocks(element: xml.Element) -> Iterator[str]:
    """Name what the census of 2017 to 2026 does not hold, and do not look inside it."""
    for child in element.children:
        if child.name not in schema.KNOWN_ELEMENTS:
            yield f"{child.name[:_LONGEST_ID]} is not known to this version; it is kept in the source row and not read"
        else:
            yield from _unknown_blocks(child)


def _upn(element: xml.Element, name: str, notes: list[str]) -> str:
    written = element.leaf(name)
    if not written:
        return ""
    number = text.upn(written)
    if number is None:
        _add(
            notes, f"{name}: {written[:20]} is not a unique pupil number (wrong check letter or shape) and was left out"
        )
    return number or ""


def _sex(identifiers: xml.Element, notes: list[str]) -> str:
    for name in ("Sex", "GenderCurrent", "PersonGender"):
        written = identifiers.leaf(name).upper()
        if written:
            code = schema.FORMER_SEXES.get(written, written)
            if code in schema.SEXES:
                return code
            _add(notes, f"{name}: {written[:20]} is not a code of the census and was left out")
    return records_rules.Sex.NOT_STATED


def _date(element: xml.Element, name: str, notes: list[str], *, required: bool = False) -> datetime.date | None:
    written = element.leaf(name)
    if not written:
        if required:
            _add(notes, f"{name} is empty")
        return None
    found = date_of(written)
    if found is None:
        _add(notes, f"{name}: {written[:20]} is not a date and was left out")
    return found


def _plausible(name: str, date: datetime.date | None, *, by: datetime.date, notes: list[str]) -> datetime.date | None:
    if date is None or _EARLIEST <= date <= by:
        return date
    _add(notes, f"{name}: {date.isoformat()} cannot be right and was left out")
    return None


def _flag(element: xml.Element, name: str) -> bool:
    return element.leaf(name).lower() in _TRUE


def _texts(element: xml.Element | None, name: str) -> tuple[str, ...]:
    if element is None:
        return ()
    return tuple(stripped for child in element.each(name) if (stripped := child.text.strip()))


def _add(notes: list[str], note: str) -> None:
    if note not in notes:
        notes.append(note)
