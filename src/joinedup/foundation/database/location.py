"""Database addresses as text: taking them apart, putting another user in, hiding the password.

Belongs here: arithmetic on `postgresql://` addresses. Not here: deciding which address to use (address).
"""

import dataclasses
from urllib import parse

from joinedup.foundation.database import faults

SCHEMES = frozenset({"postgres", "postgresql"})

#: Query options that would name another user or database than the one in front.
_IDENTITY_OPTIONS = frozenset({"user", "password", "dbname"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where one role reaches one database."""

    host: str
    port: int
    user: str
    password: str = dataclasses.field(repr=False)
    database: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """Return the address in full, password included."""
        return self._written(f"{_quote(self.user)}:{_quote(self.password)}" if self.password else _quote(self.user))

    @property
    def shown(self) -> str:
        """Return the address without its password, fit for a screen or a log."""
        return self._written(_quote(self.user))

    def _written(self, who: str) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        query = f"?{parse.urlencode(self.options)}" if self.options else ""
        return f"postgresql://{who}@{host}:{self.port}/{_quote(self.database)}{query}"


def read(url: str, *, name: str = "DATABASE_URL") -> Location:
    """Take an address apart.

    Errors: AddressIncomplete when it is not a PostgreSQL address; `name` is the setting it came from.
    """
    try:
        parts = parse.urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        parts, port = parse.urlsplit(""), 0
    if parts.scheme not in SCHEMES:
        message = f"{name} must look like postgresql://user:password@host:5432/database. Only PostgreSQL is supported."
        raise faults.AddressIncomplete(message)
    options = parse.parse_qsl(parts.query)
    named = dict(options)
    return Location(
        host=parts.hostname or "localhost",
        port=port,
        user=parse.unquote(parts.username or named.get("user", "")),
        password=parse.unquote(parts.password or named.get("password", "")),
        database=parse.unquote(parts.path.removeprefix("/")) or named.get("dbname", ""),
        options=tuple(pair for pair in options if pair[0] not in _IDENTITY_OPTIONS),
    )


def _quote(text: str) -> str:
    return parse.quote(text, safe="")
