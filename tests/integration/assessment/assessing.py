"""Steps that the tests of assessments share: who assesses, whose children, and answers written as a page writes them."""

import uuid

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.assessment import operations, queries, rules
from tests.conftest import NOW
from tests.integration.exports import taking_out
from tests.integration.looking import asking

PAGE, OTHER_PAGE = uuid.UUID(int=71), uuid.UUID(int=72)


def worker() -> access_rules.Viewer:
    """A social worker, whose children are given to them by `tie`."""
    return taking_out.persona("social-worker")


def teacher() -> access_rules.Viewer:
    """Someone of another agency."""
    with asking.peeking():
        ((username,),) = asking.rows(
            "SELECT u.username FROM access_user u JOIN access_roleheld r ON r.user_id = u.id "
            "WHERE r.role = 'universal' AND u.is_demo ORDER BY u.username LIMIT 1"
        )
    return taking_out.persona(username)


def children(count: int = 2) -> list[tuple[uuid.UUID, str]]:
    """Children of social care."""
    return taking_out.own_children()[:count]


def tie(viewer: access_rules.Viewer, *known: tuple[uuid.UUID, str], ground: str = "L") -> None:
    for child_id, _ in known:
        taking_out.give_ground(viewer, child_id, ground)


def begin(*known: tuple[uuid.UUID, str], by: access_rules.Viewer, **given) -> queries.Asked:
    """Begin an assessment of some children; return how its writer asks for it."""
    begun = operations.Begun(numbers=[number for _, number in known], **given)
    assessment_id = operations.begin(begun=begun, by=by, at=NOW)
    return asked(assessment_id, known[0][1], by)


def asked(assessment_id: uuid.UUID, number: str, viewer: access_rules.Viewer) -> queries.Asked:
    return queries.Asked(viewer=viewer, number=number, assessment_id=assessment_id)


def see(one: queries.Asked, *, at=NOW) -> queries.AssessmentPage:
    return queries.get_assessment(one, at=at)


def place(code: str, child_id: uuid.UUID | None = None) -> rules.Place:
    return rules.Place(code=code, child_id=child_id)


def write(one: queries.Asked, answers: dict, *, seen: int | None = None, page_id=PAGE, at=NOW) -> list[operations.Told]:
    """Write answers, having seen what stands now or the version given; return what the writer is told."""
    stands = see(one).answers
    given = [
        operations.Given(answer_id=stands[where].id, words=words, seen=stands[where].number if seen is None else seen)
        for where, words in answers.items()
    ]
    _, told = operations.write_answers(asked=one, given=given, page_id=page_id, by=one.viewer, at=at)
    return told


def complete(one: queries.Asked) -> None:
    """Answer all that is required."""
    page = see(one)
    words = {
        rules.Kind.CHOICE: lambda field: field.choices[0][0],
        rules.Kind.LEVEL: lambda field: "2",
    }
    write(
        one,
        {
            where: words.get(page.opened.form.field(where.code).kind, lambda _: "It was said")(
                page.opened.form.field(where.code)
            )
            for where in page.missing
        },
    )
