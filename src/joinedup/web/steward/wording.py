"""The words of matching review: why a pair is asked about, what agrees, what was done, what cannot be.

Belongs here: turning questions and acts into presenters. Not here: deciding anything; the history of a child (histories).
"""

import datetime
from collections.abc import Mapping, Sequence

from django.urls import reverse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import lists, presenters, waterfalls, words
from joinedup.web.steward import presenters as steward

PAGE_QUESTIONS = 25
_LIST = "questions"
_SORTS = ("unsure", "-unsure", "opened", "-opened", "reason", "-reason", "agency", "-agency")
_Because = childindex_rules.AskedBecause
REASONS = {
    _Because.MAY_BE_ONE: "Alike, but not enough for a machine",
    _Because.TWO_NUMBERS: "Alike, but with two national numbers",
    _Because.MAY_BE_KIN: "Alike, but may be brother and sister",
    _Because.NIGHT_WOULD_JOIN: "Apart, but a run would link them",
    _Because.NIGHT_WOULD_PART: "Linked, but a run would part them",
}
_WHY = {
    _Because.MAY_BE_ONE: "The two records are alike, but not enough to be linked without a person.",
    _Because.TWO_NUMBERS: "The two records are alike enough, but their national numbers say that they are two children.",
    _Because.MAY_BE_KIN: "The two records are alike enough, but one of them is with a record that looks like a brother's or "
    "sister's.",
    _Because.NIGHT_WOULD_JOIN: "The two records are two children's at present. A run of linking would make them one, and nothing "
    "new was said that explains it. So nothing was changed.",
    _Because.NIGHT_WOULD_PART: "The two records are one child's at present. A run of linking would part them, and nothing new "
    "was said that explains it. So nothing was changed.",
}
_Answer = childindex_rules.Answer
ANSWERS = {
    _Answer.ABSENT: "This is no longer asked: it was decided, or the records have changed. Nothing was changed now.",
    _Answer.BUSY: "A run of linking is under way. Nothing was changed. Try again in a few minutes.",
    _Answer.PARTED: "Records of these two children were parted by a steward, so nothing was changed. Rejoining them takes "
    "two stewards: propose it on the page of either child's number.",
    _Answer.TWO_NUMBERS: "The two children have different verified national numbers, so nothing was changed. Ask the agencies "
    "which number is right; once one is corrected they can be linked.",
    _Answer.TAKES_TWO: "A parting is not undone by one steward. Propose to rejoin them, and another steward decides.",
    _Answer.OWN: "You proposed this yourself: another steward must agree.",
    _Answer.WAITING: "This is proposed already, and waits for another steward.",
    _Answer.ALREADY: "This is so already. Nothing was changed.",
    _Answer.NOT_PARTED: "These two were never parted, so one steward may link them.",
}
FIELDS = {
    "given_name": "Given name",
    "middle_names": "Middle names",
    "family_name": "Family name",
    "preferred_name": "Known as",
    "former_family_name": "Family name before",
    "birth_date": "Born",
    "death_date": "Died",
    "sex": "Sex",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
    "address": "Address",
    "postcode": "Postcode",
}
_SEX = {"F": "Female", "M": "Male"}
_Told = childindex_rules.Told
MARKS = {
    _Told.SAME: presenters.Tag(text="Same", tone=presenters.Tone.GOOD),
    _Told.DIFFERS: presenters.Tag(text="Differs", tone=presenters.Tone.CARE),
    _Told.ONE_SIDED: presenters.Tag(text="Only one says it", tone=presenters.Tone.QUIET),
}
_GUARDED = "An agency that is not named"
BACK = "Back to matching review"


def agency(name: str) -> str:
    """Name an agency, or say that it is one that is guarded as such."""
    return name or _GUARDED


# ---------------------------------------------------------------- the queue


def asked(given: Mapping[str, str], agencies: Sequence[agencies_queries.AgencyCard]) -> lists.Asked:
    """Read which part of the queue an address asks for."""
    return lists.asked(
        given,
        path=reverse("matching"),
        sorts=_SORTS,
        narrowings={"reason": set(_Because), "agency": {card.code for card in agencies}},
        anchor=_LIST,
    )


def part_of(wanted: lists.Asked, agencies: Sequence[agencies_queries.AgencyCard]) -> childindex_queries.QuestionsAsked:
    """Return which questions that is."""
    reason, code = wanted.narrowed_to("reason"), wanted.narrowed_to("agency")
    return childindex_queries.QuestionsAsked(
        reason=_Because(reason) if reason else None,
        agency_id=next((card.id for card in agencies if card.code == code), None),
        order=childindex_rules.QuestionOrder(wanted.sort.lstrip("-")),
        is_descending=wanted.is_descending,
        first=wanted.first - 1,
        most=PAGE_QUESTIONS,
    )


def queue_page(  # which part of the queue, and what fills it
    found: childindex_queries.Questions,
    *,
    wanted: lists.Asked,
    query: str,
    agencies: Sequence[agencies_queries.AgencyCard],
    rejoins: int,
    done: steward.Done | None,
    message: presenters.Message | None,
) -> steward.QueuePage:
    """Show a part of the queue."""
    return steward.QueuePage(
        columns=(
            lists.column(wanted, "Records of", "agency"),
            lists.column(wanted, "Why it is asked", "reason"),
            lists.column(wanted, "What the evidence says", "unsure"),
            lists.column(wanted, "Asked since", "opened"),
        ),
        questions=tuple(_row(question, query) for question in found.questions),
        empty=_nothing(wanted),
        rejoins=presenters.Link(
            text=f"{words.count(rejoins, 'proposal')} to rejoin what was parted {'waits' if rejoins == 1 else 'wait'} for you"
            if rejoins
            else "Proposals to rejoin what was parted",
            href=reverse("rejoins"),
        ),
        ways=(
            presenters.Link(text="Blind samples: how many links are right", href=reverse("blind")),
            presenters.Link(text="Thresholds: from which weight on runs link and ask", href=reverse("thresholds")),
        ),
        filters=_filters(wanted, agencies) if found.questions or wanted.narrowings else None,
        pager=lists.pager(
            wanted,
            first=wanted.first,
            shown=len(found.questions),
            total=found.total,
            size=PAGE_QUESTIONS,
            noun="pair",
            plural="pairs",
        ),
        done=done,
        message=message,
    )


def _row(question: childindex_queries.Question, query: str) -> steward.QuestionRow:
    unsure = presenters.Tag(text="Somebody was not sure", tone=presenters.Tone.QUIET)
    return steward.QuestionRow(
        href=f"{reverse('question', args=[question.id])}{query}",
        agencies=" and ".join(agency(name) for name in question.agency_names),
        reason=REASONS[question.reason],
        odds=question.odds,
        opened_at=question.opened_at,
        tag=unsure if question.unsure_at else None,
    )


def _filters(wanted: lists.Asked, agencies: Sequence[agencies_queries.AgencyCard]) -> presenters.Filters:
    by_agency = [(card.code, card.name) for card in agencies]
    by_reason = [(reason.value, text) for reason, text in REASONS.items()]
    return presenters.Filters(
        action_href=f"{wanted.path}#{_LIST}",
        label="Filter the pairs",
        target=_LIST,
        fields=(
            lists.choice_of("reason", "Why", "Any reason", by_reason, chosen=wanted.narrowed_to("reason")),
            lists.choice_of("agency", "Agency", "All agencies", by_agency, chosen=wanted.narrowed_to("agency")),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )


def _nothing(wanted: lists.Asked) -> presenters.EmptyState:
    if wanted.narrowings:
        return presenters.EmptyState(heading="No pair is like this", words="Choose another reason or agency above.")
    return presenters.EmptyState(
        heading="No pair waits",
        words="As records arrive and after each run of linking, pairs that are too unsure for a machine wait here for a steward.",
    )


# ---------------------------------------------------------------- one pair


def question_page(  # the pair, where the steward came from, what was done before
    card: childindex_queries.QuestionCard,
    *,
    action_href: str,
    back_href: str,
    waiting: int,
    done: steward.Done | None,
    message: presenters.Message | None,
) -> steward.QuestionPage:
    """Show one question."""
    return steward.QuestionPage(
        why_asked=_WHY[card.reason],
        asked_at=card.opened_at,
        pair=pair_parts(card.pair),
        weighed=_weighed(card.why),
        notes=tuple(steward.NoteLine(who=note.by_name, at=note.at, words=note.note) for note in card.notes),
        note=presenters.Field(
            name="note",
            label="Why, if it is not plain",
            hint="Whoever comes to this pair after you reads it. It may be left empty.",
        ),
        action_href=action_href,
        back=presenters.Link(text=BACK, href=back_href),
        waiting=f"{words.count(waiting, 'pair')} {'waits' if waiting == 1 else 'wait'}",
        done=done,
        message=message,
    )


def pair_parts(pair: childindex_queries.Pair) -> steward.PairParts:
    """Show two records side by side, with what is around them."""
    first, second = pair.sides
    return steward.PairParts(sides=(_side(first, "First record"), _side(second, "Second record")), rows=rows(pair.rows))


def rows(compared: Sequence[childindex_rules.SideBySide]) -> tuple[steward.ComparedRow, ...]:
    """Show each field of some records, and whether they agree."""
    return tuple(
        steward.ComparedRow(
            label=FIELDS[row.field],
            values=tuple(tuple(_value(row.field, value) for value in said) for said in row.values),
            mark=MARKS[row.told],
        )
        for row in compared
    )


def _value(field: str, value: str) -> str:
    if field.endswith("_date"):
        return words.day(datetime.date.fromisoformat(value))
    if field == "nhs_number":
        return words.nhs_number(value)
    return _SEX.get(value, value) if field == "sex" else value


def _side(side: childindex_queries.Side, title: str) -> steward.Side:
    return steward.Side(
        title=title,
        agency=agency(side.agency_name),
        scheme="" if not side.agency_name else side.scheme,
        number=side.child_number,
        child_href=reverse("identity", args=[side.child_number]),
        records=tuple(
            steward.Person(words=record.agency_name, name=record.name or "no name given")
            for record in side.other_records
        ),
        at_home=tuple(
            steward.Person(
                words=f"born {words.day(sibling.birth_date)}",
                name=sibling.name or "no name given",
                href=reverse("child", args=[sibling.number]),
            )
            for sibling in side.others_at_home
        ),
        relatives=tuple(
            steward.Person(words=f"{line.relationship}, said by {line.agency_name}", name=line.name or "no name given")
            for line in side.relatives
        ),
    )


def _weighed(why: childindex_queries.WhyLinked) -> steward.Weighed:
    return steward.Weighed(
        words=f"{words.odds_of(why.odds)} these being one child.",
        before=f"{why.odds_before}; two records taken at random are seldom one child.",
        rows=tuple(
            steward.EvidenceRow(
                words=part.words,
                moves=part.moves[:1].upper() + part.moves[1:],
                bits=waterfalls.bits(part.bits),
                is_against=part.bits < 0,
            )
            for part in why.evidence
        ),
        picture=waterfalls.picture(why.waterfall(), key="weighed", title="How the odds came about"),
        by_model=f"Weighed by the model of {words.day(why.model_trained_at.date())}, {why.model_hash[:8]}",
    )


# ---------------------------------------------------------------- what was done


def done(act: childindex_queries.ActCard) -> steward.Done:
    """Say what has just been done, above the next pair."""
    said = {
        childindex_rules.Decision.MUST: "Linked: the two records are one child.",
        childindex_rules.Decision.CANNOT: "Kept apart: no run joins the two records again.",
        None: "Taken back.",
    }[act.standing]
    href = reverse("steward-act", args=[act.id])
    return steward.Done(
        words=said, act_href=href, undo_href=href if act.standing is childindex_rules.Decision.MUST else ""
    )
