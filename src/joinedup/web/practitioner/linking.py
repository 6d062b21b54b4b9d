"""The words of the records that are linked to a child: whose they are, and on what evidence they are linked.

Belongs here: turning links into presenters. Not here: weighing evidence (childindex.linkage).
"""

from collections.abc import Sequence

from joinedup.foundation import clock
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import addresses
from joinedup.web.practitioner import presenters as practitioner

#: By what an agency numbers people.
_SCHEMES = {
    "case": "Case number",
    "fhir": "Number of its patient register",
    "member": "Membership number",
    "nhs": "NHS number",
    "nominal": "Police reference",
    "patient": "Patient number",
    "pupil": "Pupil number within the school",
    "stated": "None: known by what the rows say",
    "young_person": "Young person's number",
}
_ALONE = "This is the only record of the child: it was compared with others, and none was alike enough."
_FIRST = "This was the child's first record; the others were compared with it or with one another."


def records(number: str, linked: Sequence[childindex_queries.LinkedRecord]) -> tuple[practitioner.LinkedRecord, ...]:
    """Show the records that are linked to a child, each with its reasons."""
    return tuple(
        practitioner.LinkedRecord(
            agency=record.agency_name,
            scheme=_SCHEMES.get(record.scheme, record.scheme.replace("_", " ").capitalize()),
            name=record.name or "not given",
            linked_date=clock.local(record.linked_at).date(),
            href="" if record.source_record_id is None else addresses.source_record(number, record.source_record_id),
            why=_alone(len(linked)) if record.why is None else _why(record.why),
        )
        for record in linked
    )


def _alone(count: int) -> practitioner.WhyLinked:
    return practitioner.WhyLinked(words=_ALONE if count == 1 else _FIRST)


def _why(why: childindex_queries.WhyLinked) -> practitioner.WhyLinked:
    other = f"a record of {why.with_agency_name}" if why.with_agency_name else "a record that is no longer linked here"
    return practitioner.WhyLinked(
        words=f"{why.odds} this being the same child as in {other}.",
        before=f"{why.odds_before[:1].lower()}{why.odds_before[1:]}; two records taken at random are seldom one child.",
        parts=tuple(
            practitioner.Evidence(
                words=part.words, moves=part.moves[:1].upper() + part.moves[1:], is_against=part.bits < 0
            )
            for part in why.evidence
        ),
    )
