"""Plans, the acts on them, My work and the team's board, in every state."""

from joinedup.web import presenters
from joinedup.web.casework import presenters as casework
from tests.journeys.screens import common

OPEN = presenters.Tag(text="Open", tone=presenters.Tone.CARE)
LATE = presenters.Tag(text="Late", tone=presenters.Tone.ALARM)
BACK = common.link("The child's page")


def plan(empty: bool = False) -> casework.PlanPage:
    piece = casework.Piece(
        heading=common.LONG_NAME, lines=(common.LONG_TEXT, common.LONG_WORD), quiet="Since 3 March 2026", tag=LATE
    )
    section = casework.Section(
        anchor="team",
        heading="The team around the child",
        pieces=() if empty else (piece, piece),
        empty="Nobody is in the team yet.",
        acts=(common.link("Name who leads"),),
    )
    outcome = casework.Outcome(
        heading=common.LONG_TEXT, aim=f"Aim: {common.LONG_TEXT}", how=common.LONG_TEXT, actions=(piece,)
    )
    bare = casework.Outcome(heading="She sleeps well", aim="Aim: physically healthy", how="She says so", actions=())
    return casework.PlanPage(
        name=common.LONG_NAME,
        number="9XG5 C7M1 9",
        heading="Early help",
        state=OPEN,
        facts=(("Who leads", common.LONG_NAME), ("Why", common.LONG_TEXT)),
        outcomes=() if empty else (outcome, bare),
        outcome_acts=(common.link("Write what we want for the child"),),
        before=(section,),
        after=(casework.Section(anchor="reviews", heading="Reviews", pieces=(), empty="Nothing is due."),),
        acts=(common.link("Close this episode"), common.link("Offer this to another team or area")),
        back=BACK,
        message=None if empty else presenters.Message(heading="It is in the plan."),
    )


def form(errors: bool = False) -> casework.FormPage:
    def said(words: str) -> str:
        return words if errors else ""

    choices = (presenters.Choice(value="a", text=common.LONG_TEXT), presenters.Choice(value="b", text="Health"))
    about = presenters.Field(name="about", label="What is it about?", choices=choices, error=said("Choose one"))
    level = presenters.Field(
        name="level", label="Which level?", choices=choices, error=said("Choose one"), hint="You judge"
    )
    who = presenters.Field(name="who", label="Whose is it?", error=said("Nobody of this name signs in here"))
    words = presenters.Field(name="statement", label="In words", error=said("Say it in a few words"))
    day = presenters.DateField(name="due_on", label="By when?", error=said("Give a day, a month and a year"))
    return casework.FormPage(
        heading="Write a need or a strength down",
        words=common.LONG_TEXT,
        action_href="#",
        back=BACK,
        button="Write it down",
        questions=(("select", about), ("radios", level), ("line", who), ("lines", words), ("date", day)),
        facts=(("Why", common.LONG_TEXT),),
        errors=presenters.errors_of(about, level, who, words, day),
    )


def work(empty: bool = False) -> casework.WorkPage:
    rows = tuple(
        casework.OwedRow(
            what=what, words=common.LONG_TEXT, who=common.LONG_NAME, href="#", due_on=common.TODAY, is_late=is_late
        )
        for what, is_late in (("Hold the review", True), ("Do, or ask about", False))
    )
    endless = casework.OwedRow(what="Name who leads", words="", who="9XG5 C7M1 9", href="#", due_on=None, is_late=False)
    return casework.WorkPage(
        rows=() if empty else (*rows, endless),
        late=1,
        empty=presenters.EmptyState(heading="You owe nothing", words="What you owe will stand here."),
        board_href="#",
    )


def board(empty: bool = False) -> casework.BoardPage:
    rows = tuple(
        casework.BoardRow(
            number=f"9XG5 C7M1 {at}",
            href="#",
            kind="Early help",
            level="3",
            lead=lead,
            tags=(LATE, OPEN),
            opened_at=common.NOW,
            review_due_on=common.TODAY if lead else None,
        )
        for at, lead in enumerate((common.LONG_NAME, ""))
    )
    return casework.BoardPage(
        rows=() if empty else rows,
        pager=None,
        empty=presenters.EmptyState(heading="Your team has no open episode", words="Open one from a child's page."),
    )


def states() -> dict[str, common.State]:
    return {
        "plan": ("casework/plan.jinja", plan(), ""),
        "plan_empty": ("casework/plan.jinja", plan(empty=True), ""),
        "plan_act": ("casework/form.jinja", form(), ""),
        "plan_act_error": ("casework/form.jinja", form(errors=True), ""),
        "work": ("casework/work.jinja", work(), ""),
        "work_empty": ("casework/work.jinja", work(empty=True), ""),
        "board": ("casework/board.jinja", board(), ""),
        "board_empty": ("casework/board.jinja", board(empty=True), ""),
    }
