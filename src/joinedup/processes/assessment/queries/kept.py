"""All that was written of a child in assessments, line by line, for whoever answers that child's request for a copy.

Belongs here: turning answers into lines, within a view that is open. Not here: which lines are given out (rights).
"""

import uuid
from collections.abc import Iterator

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.processes.assessment import models, rules

_PART = "assessment"
_TIER = 2


def get_kept(*, child_id: uuid.UUID) -> list[records_queries.KeptLine]:
    """Return every answer of a child's assessments, of the child alone or of the family, with the versions before it.

    Shapes: 2 queries; `kind` is what was asked. Current is what stands in an assessment that no other has replaced.
    """
    found = models.Assessment.objects.select_related("form").filter(children__child_id=child_id, children__left_at=None)
    assessments = {one.pk: one for one in found.order_by("begun_at", "id")}
    forms = {one.form_id: rules.read_form(one.form.definition) for one in assessments.values()}
    versions = models.AnswerWords.objects.select_related("answer").filter(answer__assessment_id__in=list(assessments))
    return [
        line
        for version in versions.order_by("answer__assessment__begun_at", "answer__field", "answer_id", "number", "id")
        if child_id in version.answer.child_ids
        for assessment in [assessments[version.answer.assessment_id]]
        for line in _of(version, assessment, forms[assessment.form_id])
    ]


def _of(
    version: models.AnswerWords, assessment: models.Assessment, form: rules.Form
) -> Iterator[records_queries.KeptLine]:
    if not version.words:
        return
    field = form.field(version.answer.field)
    stands = version.number == version.answer.number and not version.is_beside
    yield records_queries.KeptLine(
        part=_PART,
        kind=field.label,
        words=field.words_of(version.words),
        person="",
        phone="",
        started_date=clock.local(version.written_at).date(),
        ended_date=None,
        tier=_TIER,
        agency_name=version.agency_name,
        source_record_id=None,
        person_record_id=None,
        received_at=version.written_at,
        is_current=stands and assessment.state != rules.State.SUPERSEDED.value,
    )
