"""Tables of the in-basket: items, what their senders wrote, what they may know, every act, and what agencies shared or refused.

Belongs here: what was sent and what became of it. Not here: the child's index entry (childindex), later work (casework).
A sender reads what they wrote and their receipt; how the item stands is the team's, so that nobody learns from it whether a
child was known.
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.inbasket import rules

_KINDS = [(kind.value, kind.value) for kind in rules.Kind]
_STATES = [(state.value, state.value) for state in rules.State]
_URGENCIES = [(urgency.value, urgency.value) for urgency in rules.Urgency]
_OUTCOMES = [(outcome.value, outcome.value) for outcome in rules.Outcome]
_CONSENTS = [(consent.value, consent.value) for consent in rules.Consent]
_BASES = [(basis.value, basis.value) for basis in rules.Basis]
_ACTS = [(act, act) for act in ("send", *(act.value for act in rules.Act))]


class Item(models.Model):
    """One thing that was sent about a child, in one team's in-basket at any time."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=_KINDS)
    state = models.CharField(max_length=12, choices=_STATES)
    # As it was typed: no child is chosen silently.
    name = models.CharField(max_length=rules.MOST_NAME)
    child = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    child_is_unknown = models.BooleanField(default=False)
    urgency = models.CharField(max_length=5, blank=True, choices=_URGENCIES)
    urgency_set_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    holder_name = models.CharField(max_length=200, blank=True)
    # Who may read it: the team and the whole of its agency; of a request and its reply, those who asked and were asked.
    circles = postgres.ArrayField(models.IntegerField())
    sent_by_id = models.UUIDField()
    sender = models.CharField(max_length=400)
    # Of a request, for which team it was asked: there the reply goes.
    asker_team = models.ForeignKey("agencies.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="asked")
    # No foreign key: what is left of one child may stay when what there was of another is deleted.
    split_from_id = models.UUIDField(null=True, blank=True, db_index=True)
    giver_id = models.UUIDField(null=True, blank=True)
    given_from = models.ForeignKey("agencies.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True, choices=_OUTCOMES)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    owner = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "in-basket item"
        indexes = [
            models.Index(
                name="inbasket_open_by_team",
                fields=["team", "due_at", "received_at", "id"],
                condition=~models.Q(state="closed"),
            ),
            models.Index(name="inbasket_by_about", fields=["about"]),
            models.Index(name="inbasket_by_child", fields=["child"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="inbasket_closed_with_owner_and_outcome",
                condition=models.Q(
                    state="closed", closed_at__isnull=False, closed_by_id__isnull=False, owner__isnull=False
                )
                & ~models.Q(outcome="")
                | (~models.Q(state="closed") & models.Q(closed_at=None, closed_by_id=None, owner=None)),
            ),
            models.CheckConstraint(
                name="inbasket_new_is_held_by_nobody",
                condition=models.Q(state="new", holder=None)
                | models.Q(state="closed")
                | models.Q(state__in=["held", "gathering", "decided", "told"], holder__isnull=False),
            ),
            models.CheckConstraint(
                name="inbasket_colour_and_when_together",
                condition=models.Q(urgency="", urgency_set_at=None)
                | (~models.Q(urgency="") & models.Q(urgency_set_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="inbasket_decided_by_whom_and_when",
                condition=models.Q(decided_at=None, decided_by_id=None)
                | (models.Q(decided_at__isnull=False, decided_by_id__isnull=False) & ~models.Q(outcome="")),
            ),
            models.CheckConstraint(
                name="inbasket_a_child_or_none_of_the_index",
                condition=models.Q(child=None) | models.Q(child_is_unknown=False),
            ),
            models.CheckConstraint(
                name="inbasket_a_request_says_who_asked",
                condition=models.Q(kind="information_request", asker_team__isnull=False)
                | (~models.Q(kind="information_request") & models.Q(asker_team=None)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"name", "holder_name", "sender", "owner_name"})
        safe = frozenset(
            {"id", "kind", "state", "child", "child_is_unknown", "asker_team", "urgency", "urgency_set_at"}
            | {"received_at", "due_at", "agency", "team", "holder", "circles", "sent_by_id", "about", "split_from_id"}
            | {"giver_id", "given_from", "level", "outcome", "decided_at", "decided_by_id", "owner", "closed_at"}
            | {"closed_by_id"}
        )


class Message(models.Model):
    """What one sender wrote, kept as they wrote it; never changed."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="message")
    # Given by the page that sends, so that a second press sends nothing more.
    key = models.UUIDField()
    sent_by_id = models.UUIDField()
    sender_name = models.CharField(max_length=200)
    sender_role = models.CharField(max_length=120)
    sender_agency = models.CharField(max_length=200)
    ring_back = models.CharField(max_length=200)
    name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    expected_date = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=40, blank=True)
    words = models.TextField(max_length=rules.MOST_WORDS)
    consent = models.CharField(max_length=12, blank=True, choices=_CONSENTS)
    consent_why = models.TextField(max_length=rules.MOST_WHY, blank=True)
    basis = models.CharField(max_length=20, blank=True, choices=_BASES)

    class Meta:
        verbose_name = "message"
        constraints = [models.UniqueConstraint(name="inbasket_sent_once", fields=["sent_by_id", "key"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset(
            {"sender_name", "ring_back", "name", "birth_date", "expected_date", "address", "postcode", "number"}
            | {"words", "consent_why"}
        )
        safe = frozenset({"item", "key", "sent_by_id", "sender_role", "sender_agency", "consent", "basis"})


class Receipt(models.Model):
    """What a sender may know of what they sent: that it came, whom to ring, and in the end what came of it."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="receipt")
    sent_by_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=rules.MOST_NAME)
    state = models.CharField(max_length=12, choices=_STATES)
    sent_at = models.DateTimeField()
    ring_name = models.CharField(max_length=200)
    ring_phone = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_outcome = models.CharField(max_length=30, blank=True, choices=_OUTCOMES)
    told_words = models.TextField(max_length=rules.MOST_WHY, blank=True)

    class Meta:
        verbose_name = "receipt"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"name", "ring_name", "ring_phone", "told_words"})
        safe = frozenset({"item", "sent_by_id", "state", "sent_at", "told_at", "told_outcome"})


class ItemAct(models.Model):
    """One act on an item: who, when, what and why; only ever added."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=20, choices=_ACTS)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    why = models.TextField(max_length=rules.MOST_WHY, blank=True)

    class Meta:
        verbose_name = "in-basket act"
        indexes = [models.Index(name="inbasket_acts_of_item", fields=["item", "at", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"by_name", "before", "after", "why"})
        safe = frozenset({"id", "item", "act", "at", "by_id"})


class Disclosure(models.Model):
    """One line of the sharing ledger: what an agency shared when asked, or that it refused, by which legal basis and why."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="disclosure")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField()
    basis = models.CharField(max_length=20, choices=_BASES)
    words = models.TextField(max_length=rules.MOST_WORDS, blank=True)
    why = models.TextField(max_length=rules.MOST_WHY, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "disclosure"
        constraints = [
            models.CheckConstraint(
                name="inbasket_shared_has_words_refused_has_reason",
                condition=(models.Q(is_shared=True) & ~models.Q(words=""))
                | (models.Q(is_shared=False, words="") & ~models.Q(why="")),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "why", "by_name"})
        safe = frozenset({"id", "item", "agency", "is_shared", "basis", "at", "by_id"})
