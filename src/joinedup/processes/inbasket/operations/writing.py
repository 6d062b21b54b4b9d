"""The parts of every act on an item: locking it, asking whether it may be done, keeping it, and writing it down.

Belongs here: steps that all acts take. Not here: what each act changes (sending, holding, weighing, deciding, answering).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.inbasket import models, queries, rules

#: What a person has just done is not done again by a second press.
_SECOND_PRESS = datetime.timedelta(minutes=10)


class ReasonNeeded(Exception):
    """The act needs a reason in words, and none was given."""


class TakenByOther(Exception):
    """Someone else has taken it; `name` is theirs."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class OwnItem(Exception):
    """Nobody works on what they sent themselves."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Acting:
    """One act on one locked item, by one person, at one moment."""

    item: models.Item
    person: rules.Person
    act: rules.Act
    by: access_rules.Viewer
    at: datetime.datetime
    why: str = ""

    @property
    def user_id(self) -> uuid.UUID:
        """Return who acts.

        Errors: NotAllowed for someone who is nobody.
        """
        return user_of(self.by)

    @property
    def is_holder(self) -> bool:
        """Return whether the item is held by whoever acts."""
        return self.item.holder_id is not None and self.item.holder_id == self.person.practitioner_id

    def check(self) -> None:
        """Check that it may be done.

        Errors: NotInState; NotAllowed; ReasonNeeded.
        """
        rules.check(self.act, queries.get_standing(self.item), self.person)
        if self.act in rules.NEEDS_A_REASON and not rules.says_something(self.why):
            raise ReasonNeeded(self.act)

    def hold(self, holder_id: uuid.UUID | None, name: str) -> None:
        """Say who holds the item from now on."""
        self.item.holder_id, self.item.holder_name = holder_id, name

    def move(self, *, has_asked: bool = False) -> None:
        """Bring the item where the act leads."""
        self.item.state = rules.after(self.act, rules.State(self.item.state), has_asked=has_asked)

    def keep(self, *, before: str = "", after: str = "", fields: Sequence[str]) -> None:
        """Keep the item as it stands now, add the act to its history, write it into the audit and announce it."""
        item = self.item
        item.due_at = rules.next_due_at(rules.Kind(item.kind), rules.State(item.state), queries.get_times(item))
        item.save(update_fields=sorted({*fields, "state", "due_at"}))
        add_act(item, act=self.act, before=before, after=after, why=self.why, by=self.by, at=self.at)

    def is_second_press(self, *, after: str | None = None) -> bool:
        """Return whether the last act on the item was this very one, by the same person, a moment ago."""
        last = models.ItemAct.objects.filter(item=self.item).order_by("-at", "-id").first()
        return (
            last is not None
            and (last.act, last.by_id, last.why) == (self.act, self.by.user_id, self.why)
            and self.at - last.at < _SECOND_PRESS
            and after in {None, last.after}
        )


def begin(
    act: rules.Act, *, item_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime, why: str = ""
) -> Acting:
    """Lock an item to act on it, and write that it is looked at.

    Errors: NoSuchItem, for one that is not for this viewer too.
    """
    event_id = audit_operations.open_view(viewer=by, act=f"inbasket.{_dashed(act)}.asked", record_ref=str(item_id))
    # Of two who act at once, the second sees what the first has done.
    item = models.Item.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise queries.NoSuchItem(item_id)
    if item.child_id is not None:
        audit_operations.add_subjects(event_id=event_id, subjects=[item.child_id])
    person = queries.get_person(viewer=by)
    return Acting(item=item, person=person, act=act, by=by, at=at, why=why.strip()[: rules.MOST_WHY])


def add_act(  # who, what, when and why are each their own word
    item: models.Item,
    *,
    act: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
    before: str = "",
    after: str = "",
    why: str = "",
) -> None:
    """Add an act to an item's history, write it into the audit and announce it."""
    models.ItemAct(
        item=item, act=act, at=at, by_id=user_of(by), by_name=by.name, before=before[:300], after=after[:300], why=why
    ).save(force_insert=True)
    audit_operations.record(
        by=by,
        act=f"inbasket.{_dashed(act)}",
        record_ref=str(item.id),
        subjects=[] if item.child_id is None else [item.child_id],
        before={"was": before},
        after={"is": after, "state": item.state},
    )
    events_operations.publish(f"inbasket.{_dashed(act)}", at=at, item_id=str(item.id), state=str(item.state))


def user_of(by: access_rules.Viewer) -> uuid.UUID:
    """Return the user who acts.

    Errors: NotAllowed for someone who is nobody.
    """
    if by.user_id is None:
        raise rules.NotAllowed(by.name)
    return by.user_id


def tie(item: models.Item) -> None:
    """Let whoever holds a contact look at the child it is about; the database refuses who sent it themselves."""
    _call("SELECT inbasket_tie(%s)", item)


def untie(item: models.Item) -> None:
    """End that a contact lets anyone look at the child it is about."""
    _call("SELECT inbasket_untie(%s)", item)


def _call(statement: str, item: models.Item) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [item.id])


def show_sender(item: models.Item, *, name: str, phone: str) -> None:
    """Say to the sender how it stands, in words that are the same for every child, and whom to ring."""
    # That agencies are asked is the team's to know.
    seen = rules.State.HELD if item.state == rules.State.GATHERING else item.state
    models.Receipt.objects.filter(pk=item.pk).update(state=seen, ring_name=name, ring_phone=phone)


def child_number(item: models.Item) -> str:
    """Return the number of the child it is about, as far as the viewer may know of them."""
    number = models.Item.objects.filter(pk=item.pk).values_list("child__number", flat=True).first()
    return number or ""


def _dashed(act: str) -> str:
    return str(act).replace("_", "-")
