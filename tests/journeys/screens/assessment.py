"""Assessments in every state: empty, full, with errors, with long text, without anything to do."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.assessment import presenters as assessment
from tests.journeys.screens import common

_LONG = "She says that she likes it there. " * 30 + "donaudampfschifffahrtsgesellschaft" * 4
BEGUN = presenters.Tag(text="Being written")
SIGNED = presenters.Tag(text="Signed off", tone=presenters.Tone.GOOD)
_PARTS = (
    assessment.Part(href="#", name="In their own words", words="1 of 3 answers", is_current=True),
    assessment.Part(href="#", name="Parents and carers", words="0 of 6 answers"),
)
_NOTE = "Written by Ines Wray, Northshire Schools on 3 March 2026 at 09:30"


def listed(**changes: Any) -> assessment.ListPage:
    row = assessment.Row(
        href="#", title="Assessment of 3 March 2026", state=BEGUN, words=("Begun by Ines Wray", "Of 2 children")
    )
    page = assessment.ListPage(
        child=common.LONG_NAME,
        rows=(row, dataclasses.replace(row, state=SIGNED)),
        begin_href="#",
        empty=presenters.EmptyState(heading="There is no assessment yet", words="Begin one with the family."),
        back=common.link("Back to the child's page"),
    )
    return dataclasses.replace(page, **changes)


def begin(error: str = "") -> assessment.BeginPage:
    referral = presenters.DateField(
        name="referral", label="When was the referral received?", hint="For example, 27 3 2026", error=error
    )
    return assessment.BeginPage(
        action_href="#",
        child="Amy Ahmed",
        siblings=(presenters.Choice(value="1", text=common.LONG_NAME, hint="Born 3 March 2019", is_chosen=True),),
        referral=referral,
        errors=presenters.errors_of(referral),
        back=common.link("Back"),
    )


def whole(**changes: Any) -> assessment.AssessmentPage:
    line = assessment.Read(label="Health: what goes well", words=_LONG, note=_NOTE)
    page = assessment.AssessmentPage(
        heading=f"Assessment of {common.LONG_NAME} and Amy Ahmed",
        state=BEGUN,
        facts=(("Begun", "3 March 2026 by Ines Wray"), ("To be concluded", "By 6 May 2026 at the latest")),
        parts=_PARTS,
        missing=(common.link("What led to this assessment?"),),
        waiting=(common.link("Who took part?"),),
        writers=("Ines Wray, Northshire Schools",),
        versions=(common.link("Version 1, signed by Ines Wray on 3 March 2026"),),
        actions=(common.link("Sign it off"), common.link("Who it is about")),
        take_href="#",
        again_href="#",
        whole=(
            assessment.ReadPart(
                id="read-voices",
                name="In their own words",
                groups=(
                    assessment.ReadGroup(heading="Amy Ahmed", lines=(line, line)),
                    assessment.ReadGroup(heading="The whole family", lines=()),
                ),
            ),
        ),
        back=common.link("Back"),
    )
    return dataclasses.replace(page, **changes)


def _box(name: str, label: str, **given: Any) -> assessment.Box:
    field = presenters.Field(name=name, label=label, **given)
    return assessment.Box(kind="radios" if field.choices else "lines", field=field)


def part(full: bool = False, errors: bool = False) -> assessment.PartPage:
    said = _LONG if full else ""
    boxes = (
        _box(
            "a-1", "Health: what goes well", value=said, error="This is longer than one answer may be" if errors else ""
        ),
        dataclasses.replace(
            _box("a-2", "Health: what is needed", value=said),
            note=_NOTE if full else "",
            waiting=common.link("Ines Wray wrote here at the same time. Both are kept: choose") if full else None,
            history_href="#" if full else "",
        ),
    )
    level = _box(
        "a-3",
        "What level of need do you judge this to be?",
        choices=tuple(
            presenters.Choice(value=str(n), text=f"Level {n}", hint=common.LONG_NAME, is_chosen=full and n == 2)
            for n in (1, 2)
        ),
    )
    return assessment.PartPage(
        name="Development of the child",
        words="Write what you saw and heard.",
        heading=f"Assessment of {common.LONG_NAME}",
        state=BEGUN,
        action_href="#",
        page_id="0",
        seen="1=0 2=0",
        groups=(
            assessment.Group(
                heading="Amy Ahmed",
                elements=(
                    assessment.Element(heading="Health", hint="General health.", boxes=boxes),
                    assessment.Element(heading="", hint="", boxes=(level,)),
                ),
            ),
        ),
        unread=("A child whose part you are not shown",) if full else (),
        others=(common.link("Wilhelmina Nowak"), common.link("Ben Nowak")) if full else (),
        parts=_PARTS,
        writers=("Ines Wray, Northshire Schools",) if full else (),
        next_name="" if full else "Parents and carers",
        back=common.link("The whole assessment"),
        errors=presenters.errors_of(*(box.field for box in boxes)),
        message=presenters.Message(heading="Everything is saved.") if full else None,
    )


def choose(error: str = "") -> assessment.ChoosePage:
    choice = presenters.Field(
        name="choice",
        label="What is to stand there?",
        error=error,
        choices=(presenters.Choice(value="present", text="Keep what stands there now"),),
    )
    return assessment.ChoosePage(
        label="Who took part?",
        about="The whole family",
        present=assessment.Read(label="What stands there now", words="Mum", note=_NOTE),
        waiting=assessment.Read(label="What was written at the same time, and waits", words=_LONG, note=_NOTE),
        action_href="#",
        seen=1,
        choice=choice,
        errors=presenters.errors_of(choice),
        back=common.link("The whole assessment"),
    )


def sign(ready: bool = True) -> assessment.SignPage:
    return assessment.SignPage(
        heading="Assessment of Amy Ahmed",
        words="What is signed stays as it is.",
        missing=() if ready else (common.link("What led to this assessment?"),),
        waiting=() if ready else (common.link("Who took part?"),),
        plain=("What led to this assessment?: reads as for age 15. Long words: considerable.",),
        action_href="#" if ready else "",
        back=common.link("The whole assessment"),
        errors=() if ready else (presenters.FormError(text="Meanwhile something was changed: see below"),),
    )


def version() -> assessment.VersionPage:
    pieces = (
        assessment.Piece(words="He ", change="same"),
        assessment.Piece(words="likes", change="taken_out"),
        assessment.Piece(words="loves", change="added"),
        assessment.Piece(words=_LONG, change="same"),
    )
    lines = (
        assessment.VersionLine(label="Learning: what goes well", words="", note="Ines Wray", pieces=pieces),
        assessment.VersionLine(label="Learning: what is needed", words=_LONG, note="", pieces=()),
    )
    return assessment.VersionPage(
        heading="Assessment of Amy Ahmed, version 2",
        words="Signed by Ines Wray on 3 March 2026 at 09:30.",
        changed="1 answer changed since version 1.",
        parts=(
            ("Development", (assessment.VersionGroup(heading="Amy Ahmed", lines=lines),)),
            ("Conclusions", (assessment.VersionGroup(heading="The whole family", lines=()),)),
        ),
        back=common.link("The whole assessment"),
    )


def history(empty: bool = False) -> assessment.HistoryPage:
    line = assessment.Read(label="Version 2", words=_LONG, note=_NOTE)
    return assessment.HistoryPage(
        label="Who took part?", about="The whole family", lines=() if empty else (line, line), back=common.link("Back")
    )


def family(empty: bool = False, refused: str = "") -> assessment.FamilyPage:
    one = presenters.Choice(value="1", text=common.LONG_NAME, hint="Born 3 March 2019")
    return assessment.FamilyPage(
        heading="Assessment of Amy Ahmed",
        action_href="#",
        joining=() if empty else (one, one),
        leaving=() if empty else (one,),
        errors=(presenters.FormError(text=refused),) if refused else (),
        back=common.link("The whole assessment"),
    )


def states() -> dict[str, common.State]:
    pages: dict[str, tuple[str, Any]] = {
        "assessments": ("list", listed()),
        "assessments_empty": ("list", listed(rows=(), begin_href="")),
        "assessment_begin": ("begin", begin()),
        "assessment_begin_error": ("begin", begin("This is not a date")),
        "assessment_whole": ("assessment", whole()),
        "assessment_signed": (
            "assessment",
            whole(state=SIGNED, missing=(), waiting=(), writers=(), actions=(), whole=()),
        ),
        "assessment_part_empty": ("part", part()),
        "assessment_part_full": ("part", part(full=True)),
        "assessment_part_error": ("part", part(errors=True)),
        "assessment_choose": ("choose", choose()),
        "assessment_choose_error": ("choose", choose("Choose what is to stand there")),
        "assessment_sign": ("sign", sign()),
        "assessment_sign_error": ("sign", sign(ready=False)),
        "assessment_version": ("version", version()),
        "assessment_history": ("history", history()),
        "assessment_history_empty": ("history", history(empty=True)),
        "assessment_family": ("family", family()),
        "assessment_family_empty": ("family", family(empty=True, refused="An assessment is of somebody")),
    }
    return {name: (f"assessment/{template}.jinja", page, "Find a child") for name, (template, page) in pages.items()}
