"""Matching review and how good the links are, in every state."""

import dataclasses
from typing import Any

from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import presenters, waterfalls
from joinedup.web.steward import presenters as steward
from tests.journeys.screens import common

_BACK = presenters.Link(text="Back to matching review", href="#")
_SAME = presenters.Tag(text="Same", tone=presenters.Tone.GOOD)
_DIFFERS = presenters.Tag(text="Differs", tone=presenters.Tone.CARE)
_ALONE = presenters.Tag(text="Only one says it", tone=presenters.Tone.QUIET)
_DONE = steward.Done(words="Linked: the two records are one child.", act_href="#", undo_href="#")
_MESSAGE = presenters.Message(heading="The pair waits on, behind the others.")


def row(agencies: str = "Northshire schools and Northshire general practices (NHS)") -> steward.QuestionRow:
    return steward.QuestionRow(
        href="#",
        agencies=agencies,
        reason="Alike, but may be brother and sister",
        odds="About even odds",
        opened_at=common.NOW,
        tag=presenters.Tag(text="Somebody was not sure", tone=presenters.Tone.QUIET),
    )


def queue(**changes: Any) -> steward.QueuePage:
    heads = ("Records of", "Why it is asked", "What the evidence says", "Asked since")
    return dataclasses.replace(
        steward.QueuePage(
            columns=tuple(presenters.SortLink(text=text, href="#") for text in heads),
            questions=(row(), row(f"An agency that is not named and {common.LONG_WORD}")),
            empty=presenters.EmptyState(heading="No pair waits", words="After each run pairs wait here."),
            rejoins=common.link("2 proposals to rejoin what was parted wait for you"),
            ways=(common.link("Blind samples: how many links are right"), common.link("Thresholds")),
            filters=presenters.Filters(
                action_href="#",
                label="Filter the pairs",
                target="questions",
                fields=(
                    common.narrowing("reason", "Why", "Any reason"),
                    common.narrowing("agency", "Agency", "All agencies"),
                ),
            ),
            pager=presenters.Pager(first=1, last=2, noun="pair", plural="pairs", total=60, next_href="#"),
        ),
        **changes,
    )


def side(title: str, name: str = "Katarzyna Ahmed") -> steward.Side:
    person = steward.Person(words="mother, said by Northshire schools", name=name, href="#")
    return steward.Side(
        title=title,
        agency="Northshire schools",
        scheme="pupil",
        number="7K3M9Q2XR",
        child_href="#",
        records=(steward.Person(words="Northshire Leisure Trust", name=name),),
        at_home=(person,),
        relatives=(),
    )


def pair(long: bool = False) -> steward.PairParts:
    name = common.LONG_NAME if long else "Katarzyna"
    rows = (
        steward.ComparedRow(label="Given name", values=((name, "Kasia"), ("Kate",)), mark=_DIFFERS),
        steward.ComparedRow(label="Family name", values=((common.LONG_WORD,), (common.LONG_WORD,)), mark=_SAME),
        steward.ComparedRow(label="NHS number", values=(("943 476 5919",), ()), mark=_ALONE),
    )
    return steward.PairParts(sides=(side("First record", name), side("Second record")), rows=rows)


def weighed() -> steward.Weighed:
    steps = [
        childindex_rules.Step(words="Brother or sister", bits=-14.0),
        childindex_rules.Step(words="Names", bits=21.0),
    ]
    drawn = childindex_rules.waterfall(prior=-13.3, steps=steps)
    return steward.Weighed(
        words="About even odds of these being one child.",
        before="Odds of about 10,000 to 1 against; two records taken at random are seldom one child.",
        rows=(
            steward.EvidenceRow(
                words="The family name is the same.", moves="About 430 times likelier", bits="+21.0", is_against=False
            ),
            steward.EvidenceRow(
                words="They look like kin.", moves="About 16,000 times less likely", bits="−14.0", is_against=True
            ),
        ),
        picture=waterfalls.picture(drawn, key="weighed", title="How the odds came about"),
        by_model="Weighed by the model of 28 November 2026, f0870431",
    )


def question(**changes: Any) -> steward.QuestionPage:
    return dataclasses.replace(
        steward.QuestionPage(
            why_asked="The two records are alike, but not enough to be linked without a person.",
            asked_at=common.NOW,
            pair=pair(),
            weighed=weighed(),
            notes=(steward.NoteLine(who="Petra Noble", at=common.NOW, words="Ask the school"),),
            note=presenters.Field(name="note", label="Why, if it is not plain", hint="It may be left empty."),
            action_href="#",
            back=_BACK,
            waiting="9 pairs wait",
        ),
        **changes,
    )


def act(**changes: Any) -> steward.ActPage:
    seen = steward.SeenWhile(
        number="7K3M9Q2XR",
        since=common.NOW,
        until=common.NOW,
        rows=(
            steward.SeenRow(agency="Northshire schools", people=3, looks=12),
            steward.SeenRow(agency=common.LONG_TEXT, people=1, looks=1),
        ),
    )
    return dataclasses.replace(
        steward.ActPage(
            heading="Two records are kept apart",
            who="Petra Noble",
            at=common.NOW,
            lines=("7K3 M9Q 2XR is a new number, for records that were under 8A1 BCD EF2.",),
            children=(common.link("7K3 M9Q 2XR"), common.link("8A1 BCD EF2")),
            is_parting=True,
            seen=(seen,),
            back=_BACK,
            rejoin_href="#",
            records=("a", "b"),
            next=common.link("Go on to the next pair"),
            why=presenters.Field(
                name="why", label="Why are they one child after all?", hint="Another steward reads it"
            ),
        ),
        **changes,
    )


def identity(**changes: Any) -> steward.IdentityPage:
    record = steward.RecordChoice(
        id="1", agency="Northshire schools", name=common.LONG_NAME, scheme="pupil", linked_at=common.NOW
    )
    return dataclasses.replace(
        steward.IdentityPage(
            name="Katarzyna Ahmed",
            number="7K3M9Q2XR",
            child_href="#",
            lines=(
                steward.IdentityLine(
                    at=common.NOW, words="The number was given: 2 records came", who="a run of linking"
                ),
                steward.IdentityLine(
                    at=common.NOW, words="Records were linked: 1 record came", who="Petra Noble", act_href="#"
                ),
            ),
            records=(record, dataclasses.replace(record, id="2", name="Kate Ahmed")),
            parted=(
                steward.PartedRow(
                    who="Petra Noble",
                    at=common.NOW,
                    words="Cousins",
                    records=("a", "b"),
                    why=presenters.Field(name="why", label="Why are they one child after all?", within="parted-1"),
                ),
            ),
            rejoin_href="#",
            action_href="#",
            why=presenters.Field(name="why", label="Why are they another child?", hint="It may be left empty"),
        ),
        **changes,
    )


def blind(**changes: Any) -> steward.BlindPage:
    sample = steward.SampleCard(
        drawn="Drawn by Petra Noble, 3 March 2026 at 14:05, with seed 2006",
        words="480 of 480 pairs answered. Live precision: 99.0 %.",
        rows=(
            steward.PrecisionRow(
                group="All", right="378", wrong="4", unsaid="2", precision="99.0 % (97.4 % to 99.6 %)"
            ),
            steward.PrecisionRow(
                group=common.LONG_TEXT, **dict.fromkeys(("right", "wrong", "unsaid", "precision"), "too few to print")
            ),
        ),
        decoys="Among them were 96 pairs that are not linked.",
    )
    return dataclasses.replace(
        steward.BlindPage(
            samples=(sample,),
            back=_BACK,
            action_href="#",
            population="301,220 links",
            width=presenters.Field(name="width", label="How exact?", value="2"),
            expected=presenters.Field(name="expected", label="Which share do you expect?", value="98"),
        ),
        **changes,
    )


def thresholds(**changes: Any) -> steward.ThresholdsPage:
    return dataclasses.replace(
        steward.ThresholdsPage(
            action_href="#",
            link=presenters.Field(
                name="link", label="Link from this weight on, in bits", hint="It is 4 now.", value="5"
            ),
            review=presenters.Field(name="review", label="Ask a steward from this weight on", value="-3"),
            back=_BACK,
            how_counted=("From the pairs that the last run compared.", common.LONG_TEXT),
            rows=(
                steward.ForecastRow(label="Links a day", now="10.0", asked="9.0"),
                steward.ForecastRow(label="Stewards that takes", now="0.02", asked="at least 0.03"),
            ),
            warning="You ask for pairs below −3 bits. Nobody can say how many more there will be.",
            why=presenters.Field(name="why", label="Why do you change them?"),
            changes=(
                steward.ChangeRow(
                    who="Petra Noble", at=common.NOW, words="Links from 4 to 5 bits", why="Too many wrong"
                ),
            ),
        ),
        **changes,
    )


def quality(**changes: Any) -> steward.QualityPage:
    return dataclasses.replace(
        steward.QualityPage(
            coverage="96.1 % of 90,112 children have an NHS number",
            gate=presenters.Tag(text="At or above 95 %", tone=presenters.Tone.GOOD),
            rows=(
                steward.QualityRow(
                    agency="All", records="301,220", matched="93.0 %", children="90,112", with_nhs="96.1 %"
                ),
                steward.QualityRow(
                    agency=common.LONG_TEXT, records="12", matched="too few to print", children="9", with_nhs="nobody"
                ),
            ),
            communities=(("South Asian", "98.1 %"), ("East European", "97.5 %")),
            empty=presenters.EmptyState(
                heading="Not known here", words="It can be measured only where the truth is known."
            ),
        ),
        **changes,
    )


def reassigning(**changes: Any) -> steward.ReassignPage:
    waits = steward.ReassignRow(
        words="A legal hold",
        listed_at=common.NOW,
        child=common.link("7K3 M9Q 2XR"),
        other=common.link("8A1 BCD EF2"),
        action_href="#",
    )
    return dataclasses.replace(
        steward.ReassignPage(
            rows=(waits, dataclasses.replace(waits, words=common.LONG_TEXT, other=None)),
            empty=presenters.EmptyState(heading="Nothing waits", words="Work waits here."),
        ),
        **changes,
    )


_PLACE = "Matching review"


def states() -> dict[str, common.State]:
    return _of_pairs() | _of_numbers() | _of_measures()


def _of_pairs() -> dict[str, common.State]:
    few = presenters.Field(name="why", label="Why are they one child after all?", error="Say it in at least 10 letters")
    proposal = steward.RejoinRow(href="#", who="Petra Noble", at=common.NOW, words=common.LONG_TEXT, tag=_ALONE)
    own = steward.RejoinPage(
        who="Petra Noble",
        at=common.NOW,
        words="One child",
        pair=pair(long=True),
        action_href="#",
        agree="Agree: they are one child",
        refuse="Refuse: they stay apart",
        back=_BACK,
    )
    return {
        "matching": ("steward/queue.jinja", queue(done=_DONE, message=_MESSAGE), _PLACE),
        "matching_none": ("steward/queue.jinja", queue(questions=(), filters=None, pager=None), _PLACE),
        "question": ("steward/question.jinja", question(done=_DONE), _PLACE),
        "question_long": ("steward/question.jinja", question(pair=pair(long=True), notes=(), message=_MESSAGE), _PLACE),
        "act_parted": ("steward/act.jinja", act(), _PLACE),
        "act_parted_error": ("steward/act.jinja", act(why=few, errors=presenters.errors_of(few)), _PLACE),
        "act_linked": (
            "steward/act.jinja",
            act(heading="Two records are linked", is_parting=False, seen=(), rejoin_href="", undo_href="#", why=None),
            _PLACE,
        ),
        "rejoins": (
            "steward/rejoins.jinja",
            steward.RejoinsPage(rows=(proposal,), back=_BACK, message=_MESSAGE),
            _PLACE,
        ),
        "rejoins_none": ("steward/rejoins.jinja", steward.RejoinsPage(rows=(), back=_BACK), _PLACE),
        "rejoin": ("steward/rejoin.jinja", own, _PLACE),
    }


def _of_numbers() -> dict[str, common.State]:
    nobody = identity(records=(), parted=())
    return {
        "identity": ("steward/identity.jinja", identity(), _PLACE),
        "identity_error": (
            "steward/identity.jinja",
            identity(
                error="Tick the records", errors=(presenters.FormError(text="Tick the records", href="#record-1"),)
            ),
            _PLACE,
        ),
        "identity_alone": ("steward/identity.jinja", nobody, _PLACE),
    }


def _of_measures() -> dict[str, common.State]:
    wrong = presenters.Field(name="width", label="How exact?", value="x", error="Give a width between 0.1 and 25")
    blind_pair = steward.BlindPairPage(
        rows=pair(long=True).rows,
        agencies=("Northshire schools", "An agency that is not named"),
        progress="3 of 480 pairs answered",
        pair="1",
        action_href="#",
        back=_BACK,
    )
    return {
        "blind": ("steward/blind.jinja", blind(), _PLACE),
        "blind_waiting": ("steward/blind.jinja", blind(samples=(), may_draw=False, go_on=common.link("Go on")), _PLACE),
        "blind_error": ("steward/blind.jinja", blind(width=wrong, errors=presenters.errors_of(wrong)), _PLACE),
        "blind_pair": ("steward/blind_pair.jinja", blind_pair, _PLACE),
        "thresholds": ("steward/thresholds.jinja", thresholds(), _PLACE),
        "thresholds_none": ("steward/thresholds.jinja", thresholds(rows=(), warning="", why=None, changes=()), _PLACE),
        "quality": ("steward/quality.jinja", quality(), _PLACE),
        "quality_unknown": ("steward/quality.jinja", quality(communities=()), _PLACE),
        "reassigning": ("steward/reassigning.jinja", reassigning(), _PLACE),
        "reassigning_none": ("steward/reassigning.jinja", reassigning(rows=()), _PLACE),
    }
