"""The words of the records that are linked to a child: whose they are, and on what evidence they are linked.

Belongs here: turning links into presenters. Not here: weighing evidence (childindex.linkage).
"""

from collections.abc import Sequence

from joinedup.foundation import clock
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import addresses, waterfalls, words
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
_BY_STEWARD = "A steward decided which child this record is of."
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
            why=_why(record.why, addresses.why_drawn(number, record.person_record_id), by_steward=record.is_by_steward)
            if record.why
            else _alone(len(linked), by_steward=record.is_by_steward),
        )
        for record in linked
    )


def _alone(count: int, *, by_steward: bool) -> practitioner.WhyLinked:
    if by_steward:
        return practitioner.WhyLinked(words=_BY_STEWARD)
    return practitioner.WhyLinked(words=_ALONE if count == 1 else _FIRST)


def _why(why: childindex_queries.WhyLinked, href: str, *, by_steward: bool) -> practitioner.WhyLinked:
    other = _other(why)
    trained = words.day(clock.local(why.model_trained_at).date())
    return practitioner.WhyLinked(
        words=f"{words.odds_of(why.odds)} this being the same child as in {other}.{f' {_BY_STEWARD}' if by_steward else ''}",
        before=f"{why.odds_before[:1].lower()}{why.odds_before[1:]}; two records taken at random are seldom one child.",
        parts=tuple(
            practitioner.Evidence(
                words=part.words,
                moves=part.moves[:1].upper() + part.moves[1:],
                is_against=part.bits < 0,
                bits=waterfalls.bits(part.bits),
            )
            for part in why.evidence
        ),
        picture=waterfalls.frame(
            href=href,
            before_bits=why.bits_before,
            after_bits=why.bits_before + sum(part.bits for part in why.evidence),
            comparisons=len(why.evidence),
        ),
        by_model=f"Weighed by the model of {trained}, {why.model_hash[:8]}",
    )


def _other(why: childindex_queries.WhyLinked) -> str:
    return f"a record of {why.with_agency_name}" if why.with_agency_name else "a record that is no longer linked here"


def drawn(why: childindex_queries.WhyLinked) -> str:
    """Return the evidence of a link as a picture that stands by itself."""
    return waterfalls.as_file(
        waterfalls.picture(why.waterfall(), key="why", title=f"How the odds of {_other(why)} came about")
    )
