"""Every address is spoken of: which can show a child, and that each look at one writes an event that names the child.

Commands and jobs that read children for everyone name no child: they write one event a run.
"""

import pytest

from joinedup.processes.childindex import operations as childindex_operations
from joinedup.web import urls
from tests.authorisation import expectations, surfaces
from tests.conftest import NOW, as_role

#: Addresses that can show a child, by name; each with how it is asked for one.
SHOWS_CHILDREN = {
    "child": lambda child: f"/child/{child.number}",
    "export-take": None,  # the file itself, once it is agreed; its own tests say that the audit names who is in it
    "request-pack": None,  # one person's own record, line by line; as above
    "request-take": None,  # the copy that is handed over; as above
    "request": None,  # one person's own request; its own tests say that the audit names them
    "source-record": lambda child: f"/child/{child.number}/record/{child.records['o']}",
    "why-drawn": None,  # why a record is linked, drawn; its own tests say that the audit names the child
    "found": None,  # after a search
    "question": None,  # a pair that waits for a steward; its own tests say that the audit names both children
    "steward-act": None,  # what a steward did; as above
    "rejoin": None,  # what one steward proposes to another; as above
    "blind-pair": None,  # a pair of a blind sample; as above
    "identity": None,  # the history of a child's number; as above
    "child-help": None,  # the form, with who the child is; its own tests say that the audit names them
    "receipt": None,  # what one sent oneself; as above
    "in-basket-item": None,  # one item, with the child it is about; as above
    "in-basket-child": None,  # children who may be meant; as above
    "reassigning": None,  # work that hangs on children; as above
    "tracking": None,  # children who may be lost; as above
    "tracked": None,  # one of them; as above
    "plan": None,  # one child's plan; its own tests say that the audit names the child
    "plan-act": None,  # an act on it; as above
    # What is done to protect one child; its own tests say that the audit names the child.
    **dict.fromkeys(("protection", "protection-worry", "protection-act", "protection-correct")),
    **dict.fromkeys(("protection-care", "protection-span")),
    "work": None,  # what one owes over all children; as above
    "offer": None,  # a child who is offered to one's team, by number; as above
    "board": None,  # open episodes of one's team, by number; as above
    "voice": None,  # what one child thinks; its own tests say that the audit names the child
    "voice-answer": None,  # an answer to it; as above
    # One's own page; its own tests say that the audit names the child.
    **dict.fromkeys(("my-page", "my-plan", "my-views", "my-about", "my-worry", "my-correction", "my-looks")),
    # What is written of a family; its own tests say that the audit names the children.
    **dict.fromkeys(
        ("assessments", "assessment-begin", "assessment", "assessment-part", "assessment-choose", "assessment-history")
        + ("assessment-family", "assessment-sign", "assessment-version", "assessment-take", "assessment-again")
    ),
}
#: Addresses that show no child, and why.
SHOWS_NOBODY = {
    "home": "counts",
    "sign-in": "people of the demonstration, who are staff",
    "sign-out": "nothing",
    "about": "words",
    "find": "a form, with what was typed",
    "why": "a form, with the number that was asked for",
    "files": "names of files and counts",
    "batch": "counts and reasons; looking first shows rows of a file that is no child's yet",
    "batch-load": "nothing",
    "batch-refused": "reasons, and the rows only to the agency that sent them",
    "batch-undo": "counts",
    "episode-new": "a form, with the number that was asked for",
    "emergency-end": "nothing",
    "sealed": "sealed children, to those who keep seals; its own tests say that the audit names them",
    "seal-ask": "a form, with the number that was asked for",
    "seal-request": "what one officer asks of another; its own tests say that the audit names the child",
    "seal-held": "nothing",
    "emergency": "a form, with the number that was asked for",
    "emergencies": "emergency looks: who looked, and at which number",
    "emergency-review": "one emergency look, and what was said of it",
    **dict.fromkeys(
        (
            *("sign-in-password", "sign-in-code", "sign-in-passkey", "sign-in-directory", "openid_connect_callback"),
            *("set-up", "step-up", "step-up-passkey", "account", "password", "second-factor", "factor-remove"),
            *("add-passkey", "passkey-options", "recovery-codes", "session-end"),
        ),
        "how one signs in oneself",
    ),
    **dict.fromkeys(
        ("looking", "looking-rates", "unusual-look", "unusual-look-open", "unusual-look-decide"),
        "looks of staff; of children the number alone, once a case is open, and its own tests say that the audit names them",
    ),
    **dict.fromkeys(("open", "open-page"), "what the program says of itself, to anyone"),
    **dict.fromkeys(
        ("exports", "export-ask", "export", "export-decide", "export-withdraw"),
        "what is asked for, why and by whom; the file alone holds children",
    ),
    **dict.fromkeys(
        ("requests", "request-new", "request-confirm", "request-extend", "request-answer", "request-dispute")
        + ("request-decide", "request-rule"),
        "requests about data: the number of a child, and dates",
    ),
    **dict.fromkeys(
        ("retention", "retention-hold", "retention-lift", "retention-approve", "retention-certificate"),
        "numbers of children whose records are due or held; certificates name nobody",
    ),
    **dict.fromkeys(("tracking-search", "tracked-take", "tracked-hand-back"), "nothing"),
    **dict.fromkeys(("users", "user", "user-end-sessions", "user-end-role", "user-end"), "people who are staff"),
    **dict.fromkeys(
        ("matching", "rejoins", "rejoin-propose", "reassign", "blind", "thresholds", "link-quality"),
        "whose records wait, why and since when, and counts; no child",
    ),
    **dict.fromkeys(
        ("help", "sent", "in-basket", "in-basket-together", "in-basket-act"),
        "a form, and names as senders typed them; of children of the index none",
    ),
    **dict.fromkeys(("kept", "kept-discard"), "what one typed oneself"),
    **dict.fromkeys(("voice-invite", "voice-withdraw"), "a form, or a link that names nobody"),
    "invited": "words for whoever has the link",
    "my-pages": "the way to the pages that are one's own, by the names that their holders have on them",
}


def _last_event() -> int:
    with as_role("definer"):
        return surfaces.rows("SELECT count(*) FROM audit_auditevent")[0][0]


def _events_after(first: int) -> list[tuple[str, str, frozenset]]:
    """Return act, who, and the children named, of the events since."""
    with as_role("definer"):
        found = surfaces.rows(
            "SELECT act, actor_id, array(SELECT subject_id FROM audit_auditsubject s WHERE s.event_id = e.id) "
            "FROM audit_auditevent e ORDER BY at, id OFFSET %s",
            first,
        )
    return [(act, actor, frozenset(named)) for act, actor, named in found]


def test_every_address_is_said_to_show_a_child_or_not():
    assert {pattern.name for pattern in urls.urlpatterns} == SHOWS_CHILDREN.keys() | SHOWS_NOBODY.keys()


@pytest.mark.parametrize("role", ["universal", "social_worker", "reviewing_officer", "board"])
@pytest.mark.parametrize("address", ["child", "source-record"])
def test_a_page_names_whom_it_shows_in_the_audit_and_nobody_where_it_shows_nobody(address, role, everyone):
    person = everyone.person(role)
    client = surfaces.sign_in(person)
    ids_by_number = {child.number: child.id for child in everyone.children}
    for child in everyone.of("h")[1]:
        if address == "source-record":
            surfaces.say_why(client, [child])
        before = _last_event()
        page = client.get(SHOWS_CHILDREN[address](child)).content.decode()
        events = _events_after(before)
        shown = {word for word in surfaces.words_in(page) if word.startswith(f"mark{child.code}")}
        led_to = {ids_by_number[number] for number in surfaces.numbers_in(page)} if shown else set()
        named = frozenset().union(*(named for _, _, named in events))

        assert events, "nothing was written"
        assert {actor for _, actor, _ in events} == {person.id}
        assert (child.id in named) == bool(shown), (role, child.ground, child.seal)
        assert led_to <= named
        # That who had looked was read, too, is a look of its own.
        assert len([act for act, _, named in events if named and act != "assurance.looks.seen"]) == bool(shown)


def test_a_search_names_everyone_it_finds(everyone):
    ids_by_number = {child.number: child.id for child in everyone.children}
    for role in ("universal", "social_worker", "reviewing_officer"):
        before = _last_event()
        found = surfaces.found_by(surfaces.sign_in(everyone.person(role)), name="Ada", postcode="ZZ1 1AA")
        named = frozenset().union(*(named for _, _, named in _events_after(before)))

        assert named == {ids_by_number[number] for number in found}


@pytest.mark.parametrize(
    "path", ["/", "/about", "/find", "/files", "/files/{batch}", "/files/{batch}/refused", "/files/{batch}/undo"]
)
def test_an_address_that_shows_no_child_names_none_and_has_no_word_of_any(path, everyone):
    path = path.format(batch=everyone.batch_ids["o"])
    for role in expectations.ROLES:
        before = _last_event()
        page = surfaces.sign_in(everyone.person(role)).get(path).content.decode()

        assert surfaces.words_in(page) == set()
        assert surfaces.numbers_in(page) == set()
        assert all(not named for _, _, named in _events_after(before))


def test_what_is_refused_at_the_door_is_written_and_names_nobody(everyone):
    child, person = everyone.child("N"), everyone.person("board")
    before = _last_event()
    surfaces.sign_in(person).get(f"/child/{child.number}")

    assert _events_after(before) == [("web.child.denied", person.id, frozenset())]


def _refresh(machine) -> None:
    records = [found for (found,) in surfaces.rows("SELECT id FROM records_personrecord")]
    childindex_operations.refresh_children(person_record_ids=records, by=machine, at=NOW)


def _link(machine) -> None:
    childindex_operations.link_all(by=machine, at=NOW)


@pytest.mark.parametrize(
    ("run", "act"),
    [(_refresh, "childindex.refreshed"), pytest.param(_link, "childindex.linked", marks=pytest.mark.slow)],
)
def test_a_run_that_reads_everyone_writes_one_event_that_names_nobody(run, act, everyone, machine):
    before = _last_event()
    with as_role("batch"):
        run(machine)

    assert [(written, named) for written, _, named in _events_after(before)] == [(act, frozenset())]
