"""Data requests, in every state."""

from joinedup.web import presenters
from joinedup.web.datarequests import presenters as datarequests
from tests.journeys.screens import common

LATE = presenters.Tag(text="Late", tone=presenters.Tone.ALARM)
OPEN = presenters.Tag(text="Open", tone=presenters.Tone.CARE)
BACK = common.link("Data requests")


def listed(empty: bool = False) -> datarequests.RequestsPage:
    rows = tuple(
        datarequests.RequestRow(
            number=number,
            href="#",
            kind="That something is put right",
            child_number="9XG5C7M19",
            asked_on=common.TODAY,
            due_on=common.TODAY,
            state=state,
        )
        for number, state in (("R260303-4KQ7T", LATE), ("R260303-9PMAC", OPEN))
    )
    return datarequests.RequestsPage(
        rows=() if empty else rows,
        new_href="#",
        empty=presenters.EmptyState(heading="Nobody has asked", words="Write a request down."),
        message=None if empty else presenters.Message(heading="Answered, and closed."),
    )


def form(errors: bool = False) -> datarequests.FormPage:
    kind = presenters.Field(
        name="kind",
        label="What do they ask?",
        choices=(presenters.Choice(value="a", text="A copy"), presenters.Choice(value="b", text=common.LONG_TEXT)),
        error="Choose one" if errors else "",
    )
    number = presenters.Field(name="number", label="Child number", error="Give the child number" if errors else "")
    day = presenters.DateField(name="asked_on", label="On which day?", error="Give a day" if errors else "")
    asked = presenters.Field(name="asked", label="In their own words?", error="Say it in a few words" if errors else "")
    return datarequests.FormPage(
        heading="Write a request down",
        words=common.LONG_TEXT,
        action_href="#",
        back=BACK,
        button="Write it down",
        questions=(("radios", kind), ("line", number), ("date", day), ("lines", asked)),
        errors=presenters.errors_of(kind, number, day, asked),
    )


def one(refused: bool = False) -> datarequests.RequestPage:
    disputes = tuple(
        datarequests.DisputeRow(
            what=what, words=common.LONG_TEXT, state=OPEN, decided=decided, decide_href="" if decided else "#"
        )
        for what, decided in (("Date of birth: 2014-05-03", ""), ("Address: 1 High Street", common.LONG_NAME))
    )
    return datarequests.RequestPage(
        number="R260303-4KQ7T",
        state=LATE,
        words=common.LONG_TEXT,
        facts=(("Asked for", "A copy of what is kept"), ("Asked by", common.LONG_NAME)),
        disputes=() if refused else disputes,
        back=BACK,
        actions=(common.link("Choose what is disputed"), common.link("Write the answer")),
        confirm_href="#",
        message=None if refused else presenters.Message(heading="Confirmed."),
        errors=(presenters.FormError(text="Meanwhile something else became of it."),) if refused else (),
    )


def copy(waits: bool = True, errors: bool = False) -> datarequests.PackPage:
    rows = tuple(
        datarequests.HeldRow(field=f"ruling-{at}", words=common.LONG_TEXT, why="Names or reaches another person")
        for at in range(2)
    )
    decided = datarequests.HeldRow(
        field="ruling-x", words=common.LONG_NAME, why="Says where someone lives", state=presenters.Tag(text="Left out")
    )
    why = presenters.Field(
        name="why", label="Why are lines left out?", hint="For instance", error="Say why" if errors else ""
    )
    return datarequests.PackPage(
        number="R260303-4KQ7T",
        words="91 lines in the record, 3 of them for a person to decide on, 2 still waiting.",
        waiting=rows if waits else (),
        decided=(decided,),
        why=why,
        rule_href="#",
        take_href="" if waits else "#",
        back=BACK,
        message=None if errors else presenters.Message(heading="1 line decided."),
        errors=presenters.errors_of(why),
    )


def states() -> dict[str, common.State]:
    page, place = "datarequests/request.jinja", "Data requests"
    return {
        "requests": ("datarequests/requests.jinja", listed(), place),
        "requests_empty": ("datarequests/requests.jinja", listed(empty=True), place),
        "request_form": ("datarequests/form.jinja", form(), place),
        "request_form_error": ("datarequests/form.jinja", form(errors=True), place),
        "request": (page, one(), place),
        "request_copy": ("datarequests/pack.jinja", copy(), place),
        "request_copy_error": ("datarequests/pack.jinja", copy(errors=True), place),
        "request_copy_ready": ("datarequests/pack.jinja", copy(waits=False), place),
        "request_refused": (page, one(refused=True), place),
    }
