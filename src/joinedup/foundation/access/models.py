"""Tables of signing in: the user, the roles a user holds, the sessions, and what is kept for someone who was signed out.

Belongs here: what every ring must know of a user. Not here: the agency a person works for (agencies).
"""

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
