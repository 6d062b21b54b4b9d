"""Tables of access: the user, the roles a user holds, the policy, the grounds and seals it speaks of, and sessions.

Belongs here: what every ring must know of a user. Not here: the agency a person works for (agencies). A subject is
whatever is guarded; no table here knows what it is.
"""

import datetime

from django.contrib.auth import base_user
from django.contrib.sessions import base_session
from django.db import models

from joinedup.foundation import clock, ids


class UserManager(base_user.BaseUserManager["User"]):
    """Make users; a user without a password can sign in only where demo sign-in is on."""

    def create_user(self, *, username: str, display_name: str, password: str | None = None) -> "User":
        """Make and keep one user."""
        user = self.model(username=username, display_name=display_name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(base_user.AbstractBaseUser):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "user"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"username", "display_name", "password"})
        safe = frozenset({"id", "is_active", "is_demo", "joined_at", "last_login"})


class RoleHeld(models.Model):
    """That a user holds a role, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "role held"
        constraints = [
            models.UniqueConstraint(
                name="access_one_open_role_of_a_kind", fields=["user", "role"], condition=models.Q(ended_at=None)
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "user", "role", "started_at", "ended_at"})


class Session(base_session.AbstractBaseSession):
    """One browser that is, or was, signed in; what it holds is signed, and the database alone says when it is over."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    browser = models.CharField(max_length=60, blank=True)

    #: When it was read, by the database's clock; no column, but a part of the statement that reads it.
    read_at: datetime.datetime

    class Meta:
        verbose_name = "session"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"session_key", "session_data"})
        safe = frozenset({"expire_date", "user", "started_at", "seen_at", "browser"})


class SetUpLink(models.Model):
    """A link by which one person sets their sign-in up, once; only its fingerprint is kept."""

    fingerprint = models.BinaryField(primary_key=True, max_length=32)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="set_up_links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "set-up link"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"fingerprint"})
        safe = frozenset({"user", "made_at", "expires_at", "used_at"})


class KeptForm(models.Model):
    """What someone had typed when their session was over: sealed, for them alone, and for a day."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_forms")
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "kept form"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"sealed"})
        safe = frozenset({"id", "user", "kept_at", "expires_at"})


class ApiClient(models.Model):
    """Another system that signs in with a secret of its own, as a user; of the secret only a fingerprint is kept."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="api_client")
    name = models.CharField(max_length=120)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API client"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"secret_hash"})
        safe = frozenset({"id", "user", "name", "made_at", "ended_at"})


class Installation(models.Model):
    """What this database holds; there is one row. Demo sign-in works only where it says synthetic people."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    holds_synthetic_people = models.BooleanField(default=False)
    area_name = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "installation"
        constraints = [models.CheckConstraint(name="access_installation_is_one", condition=models.Q(id=1))]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "holds_synthetic_people", "area_name"})


class PolicyCell(models.Model):
    """One cell of the permission matrix as the database refuses by it; written over whenever the matrix changes."""

    role = models.CharField(max_length=60)
    action = models.CharField(max_length=20)
    ground = models.CharField(max_length=1)
    conditions = models.CharField(max_length=120, blank=True)
    policy_version = models.CharField(max_length=40)

    class Meta:
        verbose_name = "policy cell"
        constraints = [
            models.UniqueConstraint(name="access_policy_cell_once", fields=["role", "action", "ground"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "role", "action", "ground", "conditions", "policy_version"})


class GroundHeld(models.Model):
    """That something ties a user to one subject, from when until when, and where that comes from.

    Never written by the person it lets in, but for break-glass, which the database itself bounds.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grounds_held", db_index=False)
    subject_id = models.UUIDField(db_index=True)
    ground = models.CharField(max_length=1)
    origin = models.CharField(max_length=40)
    is_past_seal = models.BooleanField(default=False)
    # Two people agreed that it holds, where the policy asks for a second one.
    is_by_two = models.BooleanField(default=False, db_default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ground held"
        indexes = [models.Index(name="access_ground_by_user", fields=["user", "subject_id"])]
        constraints = [
            models.CheckConstraint(
                name="access_break_glass_is_an_hour_at_most",
                condition=~models.Q(ground="B")
                | models.Q(
                    ended_at__isnull=False, ended_at__lte=models.F("started_at") + datetime.timedelta(minutes=60)
                ),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "user", "subject_id", "ground", "origin", "is_past_seal", "is_by_two", "started_at", "ended_at"}
        )


class Seal(models.Model):
    """That a subject is sealed: who asked, who agreed, and since when; a seal that was lifted stays on record."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=60)
    asked_by_id = models.UUIDField()
    agreed_by_id = models.UUIDField()
    started_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_asked_by_id = models.UUIDField(null=True, blank=True)
    lift_agreed_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "seal"
        constraints = [
            models.UniqueConstraint(
                name="access_one_seal_at_a_time", fields=["subject_id"], condition=models.Q(lifted_at=None)
            ),
            models.CheckConstraint(
                name="access_seal_takes_two", condition=~models.Q(asked_by_id=models.F("agreed_by_id"))
            ),
            models.CheckConstraint(
                name="access_seal_is_lifted_by_two",
                condition=models.Q(lifted_at=None, lift_asked_by_id=None, lift_agreed_by_id=None)
                | (
                    models.Q(lifted_at__isnull=False, lift_asked_by_id__isnull=False, lift_agreed_by_id__isnull=False)
                    & ~models.Q(lift_asked_by_id=models.F("lift_agreed_by_id"))
                ),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "subject_id", "reason", "asked_by_id", "agreed_by_id", "started_at", "lifted_at"}
            | {"lift_asked_by_id", "lift_agreed_by_id"}
        )
