"""The pages of the in-basket in each state: asking for help, what was sent, the list, one item, which child it is."""

import dataclasses
import datetime
import uuid
from typing import Any

from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import lists, presenters
from joinedup.web.frontdoor import actwording, basket, choosing, forms, helpwording, itemwording
from joinedup.web.frontdoor import presenters as frontdoor

AT = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
SOME = uuid.UUID(int=7)
_LONG = "Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley of the Very Long House at the End of the Lane"
_BASE = {"agency_id": SOME, "team_id": 1}
MESSAGE = inbasket_queries.MessageCard(
    sender_name="Dilys Hart",
    sender_role="Designated safeguarding lead",
    sender_agency="Schools",
    ring_back="0100 1",
    name="Ada Ahmed",
    birth_date=datetime.date(2017, 3, 27),
    expected_date=None,
    address="12 High Street",
    postcode="ZZ1 1AA",
    number="",
    words="She came without a coat again.\nShe said there is no food at home.",
    consent=inbasket_rules.Consent.REFUSED,
    consent_why="Her mother said no",
    basis=None,
)


def asked(outcome: inbasket_rules.Outcome | None, agency: str) -> inbasket_queries.AskedCard:
    said = outcome is inbasket_rules.Outcome.ANSWERED
    return inbasket_queries.AskedCard(
        id=SOME,
        agency_name=agency,
        state=inbasket_rules.State.CLOSED if outcome else inbasket_rules.State.NEW,
        outcome=outcome,
        asked_at=AT,
        due_at=AT + datetime.timedelta(hours=6),
        question="What do you know of her at home?",
        basis=inbasket_rules.Basis.SECTION_17,
        answer="Her weight has been falling since June" if said else "",
        answer_basis=inbasket_rules.Basis.SECTION_17 if outcome else None,
        why="It would warn a suspect" if outcome and not said else "",
        by_name="Ffion Adair" if outcome else "",
        at=AT if outcome else None,
        may_withdraw=True,
    )


def card(**more: Any) -> inbasket_queries.ItemCard:
    given: dict[str, Any] = {
        "id": SOME,
        "kind": inbasket_rules.Kind.CONTACT,
        "state": inbasket_rules.State.GATHERING,
        "name": "Ada Ahmed",
        "child_id": SOME,
        "child_number": "2K7QW3M4X",
        "child_is_unknown": False,
        "urgency": inbasket_rules.Urgency.AMBER,
        "received_at": AT,
        "due_at": AT,
        "clocks": (),
        "team_name": "Children's social care",
        "holder_name": "Marcus Vane",
        "is_mine": True,
        "is_own": False,
        "about_id": None,
        "level": 3,
        "outcome": inbasket_rules.Outcome.EARLY_HELP,
        "owner_name": "",
        "closed_at": None,
        "message": MESSAGE,
        "acts": (
            inbasket_queries.ActCard(act="send", at=AT, by_name="Dilys Hart", before="", after="", why=""),
            inbasket_queries.ActCard(
                act="set_urgency", at=AT, by_name="Marcus Vane", before="green", after="amber", why="She is hungry"
            ),
        ),
        "asked": (
            asked(inbasket_rules.Outcome.ANSWERED, "Health"),
            asked(inbasket_rules.Outcome.REFUSED, "Police"),
            asked(None, "Schools"),
        ),
        "parts": ((SOME, "Ben Ahmed"),),
        "answer": None,
        "told_words": "",
        "allowed": frozenset(inbasket_rules.Act),
    }
    return inbasket_queries.ItemCard(**_BASE, **{**given, **more})


def item(*, errors: bool = False, **more: Any) -> frontdoor.ItemPage:
    one = card(**more)
    offered = actwording.Offered(teams=(), colleagues=(), agencies=(), levels=inbasket_queries.get_levels())
    posted = actwording.Posted(name="decide", form=forms.Decide({})) if errors else actwording.Posted()
    if posted.form is not None:
        posted.form.is_valid()
    acts = actwording.acts(one, offered, posted=posted)
    wrong = actwording.errors(acts, refused="Someone was quicker") if errors else ()
    return itemwording.item_page(one, acts=acts, at=AT, message=None, errors=wrong)


def line(name: str, **more: Any) -> inbasket_queries.ItemLine:
    given: dict[str, Any] = {
        "kind": inbasket_rules.Kind.CONTACT,
        "state": inbasket_rules.State.NEW,
        "urgency": inbasket_rules.Urgency.RED,
        "sender": "Dilys Hart, Schools",
        "holder_name": "",
        "is_mine": False,
        "received_at": AT,
        "due_at": AT,
        "outcome": None,
        "about_id": None,
    }
    return inbasket_queries.ItemLine(id=SOME, name=name, **{**given, **more})


def in_basket(*items: inbasket_queries.ItemLine, errors: bool = False) -> frontdoor.BasketPage:
    form = forms.HandOn({} if errors else None)
    if errors:
        form.is_valid()
    return basket.basket_page(
        items,
        wanted=basket.asked_of({}),
        first=1,
        total=len(items),
        at=AT,
        teams=(),
        form=form,
        message=None,
        refused="Tick what you mean first" if errors else "",
    )


def asking(*, errors: bool = False) -> frontdoor.HelpPage:
    form = forms.Help({"birth_date-day": "x"} if errors else None)
    if errors:
        form.is_valid()
    return helpwording.help_page(form, start=helpwording.Start(key=str(SOME)), card=None, number="")


def receipt(**more: Any) -> inbasket_queries.ReceiptCard:
    given: dict[str, Any] = {
        "state": inbasket_rules.State.NEW,
        "ring_phone": "0100 2",
        "told_at": None,
        "told_outcome": None,
        "told_words": "",
    }
    return inbasket_queries.ReceiptCard(
        id=SOME, name="Ada Ahmed", sent_at=AT, ring_name="Marcus Vane", message=MESSAGE, **{**given, **more}
    )


def sent(*receipts: inbasket_queries.ReceiptCard) -> frontdoor.SentPage:
    wanted = lists.asked({}, path="/sent", sorts=("-sent",))
    return helpwording.sent_page(list(receipts), wanted=wanted, first=1, total=len(receipts), size=25)


def choose(*, errors: bool = False) -> frontdoor.ChoosePage:
    form = forms.Choose({} if errors else None)
    if errors:
        form.is_valid()
    page = choosing.choose_page(card(), [], form=form, refused="")
    one = frontdoor.Candidate(
        value="2K7QW3M4X",
        id="chosen-1",
        name=_LONG,
        born="27 March 2017",
        number="2K7 QW3 M4X",
        why=("Same name", "Same date of birth"),
        is_chosen=False,
    )
    return page if errors else dataclasses.replace(page, candidates=(one,))


def states() -> dict[str, tuple[str, Any, str]]:
    told = receipt(
        state=inbasket_rules.State.CLOSED,
        told_at=AT,
        told_outcome=inbasket_rules.Outcome.EARLY_HELP,
        told_words="A worker will ring the family",
    )
    full = (line("Ada Ahmed"), line(_LONG, urgency=None, due_at=None, state=inbasket_rules.State.HELD, is_mine=True))
    message = presenters.Message(heading="Sent.")
    new = {"state": inbasket_rules.State.NEW, "holder_name": "", "is_mine": False}
    return {
        "help": ("frontdoor/help.jinja", asking(), "Ask for help"),
        "help_error": ("frontdoor/help.jinja", asking(errors=True), "Ask for help"),
        "sent": ("frontdoor/sent.jinja", sent(told, receipt()), "Ask for help"),
        "sent_nothing": ("frontdoor/sent.jinja", sent(), "Ask for help"),
        "receipt": ("frontdoor/receipt.jinja", helpwording.receipt_page(receipt(), message=message), "Ask for help"),
        "receipt_told": ("frontdoor/receipt.jinja", helpwording.receipt_page(told, message=None), "Ask for help"),
        "in_basket": ("frontdoor/basket.jinja", in_basket(*full), "In-basket"),
        "in_basket_empty": ("frontdoor/basket.jinja", in_basket(), "In-basket"),
        "in_basket_error": ("frontdoor/basket.jinja", in_basket(*full, errors=True), "In-basket"),
        "in_basket_item": ("frontdoor/item.jinja", item(), "In-basket"),
        "in_basket_item_error": ("frontdoor/item.jinja", item(errors=True), "In-basket"),
        "in_basket_item_new": (
            "frontdoor/item.jinja",
            item(**new, asked=(), child_id=None, child_number=""),
            "In-basket",
        ),
        "in_basket_request": (
            "frontdoor/item.jinja",
            item(
                **new,
                kind=inbasket_rules.Kind.INFORMATION_REQUEST,
                asked=(),
                answer=asked(None, "Health"),
                outcome=None,
                level=None,
            ),
            "In-basket",
        ),
        "in_basket_choose": ("frontdoor/choose.jinja", choose(), "In-basket"),
        "in_basket_choose_error": ("frontdoor/choose.jinja", choose(errors=True), "In-basket"),
    }
