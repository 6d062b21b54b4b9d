"""A log of audit events in a database of its own, with its key and heads in a folder of its own."""

import contextlib
import dataclasses
import pathlib
import shutil
import time
import uuid

import psycopg

from joinedup.foundation import ids
from joinedup.foundation.audit import keeping, operations, queries, rules
from joinedup.foundation.database import address, roles
from tests import databases

WRITE = (
    "SELECT audit_write(%(id)s, %(actor)s, 'Tamsin Okafor', 'universal', NULL, %(act)s, 'referral', 'asked by phone', "
    "'7Q4K2M9XA', NULL, 'abcd1234', %(request)s, %(subjects)s::uuid[], true)"
)

_MOST_WAITS, _WAIT_SECONDS = 1_200, 0.25


@dataclasses.dataclass(frozen=True, kw_only=True)
class Log:
    """One database and one folder."""

    database: str
    folder: pathlib.Path

    @property
    def place(self) -> keeping.Place:
        return keeping.Place(key=self.folder / "audit_key.pem", heads=self.folder / "audit_heads.jsonl")

    def connect(self, role: str, *, commits: bool = True) -> psycopg.Connection:
        """Sign in as the product does."""
        return psycopg.connect(address.url_for(address.Role(role), database=self.database), autocommit=commits)

    def write(self, count: int = 1, *, subjects: int = 1, act: str = "test.looked") -> list[uuid.UUID]:
        """Write events as the application, each in a transaction of its own."""
        with self.connect("app") as session:
            return [write(session, subjects=subjects, act=act) for _ in range(count)]

    def settle(self) -> None:
        """Wait until nothing runs that began before the last event was written.

        A server counts transactions of all its databases together, and other tests run on this one at the same time.
        """
        for _ in range(_MOST_WAITS):
            ((is_settled,),) = self.ask(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > max(xact_id) FROM audit_auditevent"
            )
            if is_settled:
                return
            time.sleep(_WAIT_SECONDS)
        raise AssertionError("another test's transaction has not ended")

    def seal(self, *, most: int = 50_000) -> operations.Sealed:
        with self.connect("batch") as session:
            return operations.seal(session, place=self.place, most=most)

    def heads(self) -> list[rules.Head]:
        key = keeping.public_key(self.place.public_key)
        return rules.check_heads(keeping.head_lines(self.place.heads), is_signed=key.is_signed, key=key.id)

    @contextlib.contextmanager
    def reading(self):
        """Read everything, as the commands do."""
        with self.connect("owner") as session:
            session.execute(f"SET ROLE {roles.role_names().definer}")
            yield session

    def verify(self) -> queries.Verified:
        with self.reading() as session:
            return queries.verify(session, self.heads())

    def fault(self) -> rules.Fault:
        """Return the first thing wrong; that nothing is wrong is a failure of the test."""
        try:
            found = self.verify()
        except rules.Fault as fault:
            return fault
        raise AssertionError(found)

    def prove(self, event: uuid.UUID, **how) -> rules.Proof:
        with self.reading() as session:
            return queries.prove(session, event, self.heads()[-1], **how)

    def order(self) -> list[uuid.UUID]:
        """Return the sealed events by their numbers."""
        return [event for (event,) in self.ask("SELECT event_id FROM audit_sealedevent ORDER BY position")]

    def ask(self, query: str, *given: object) -> list[tuple]:
        with self.reading() as session:
            return session.execute(query, given).fetchall()

    def tamper(self, *statements: str, **given: object) -> None:
        """Do as the server's administrator can: no trigger and no foreign key stands in the way."""
        with psycopg.connect(databases.admin_url(self.database)) as session:
            session.execute("SET session_replication_role = replica")
            for statement in statements:
                session.execute(statement, given)

    def fault_after(self, *statements: str, **given: object) -> rules.Fault | None:
        """Return the first thing wrong while the administrator's changes stand; they are taken back afterwards."""
        with psycopg.connect(databases.admin_url(self.database)) as session:
            session.execute("SET session_replication_role = replica")
            for statement in statements:
                session.execute(statement, given)
            session.execute(f"SET LOCAL ROLE {roles.role_names().definer}")
            try:
                queries.verify(session, self.heads())
            except rules.Fault as fault:
                return fault
            finally:
                session.rollback()
        return None

    def copy(self, folder: pathlib.Path) -> "Log":
        """Return a log like this one, in which a test may do its worst."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Log(database=databases.clone(self.database), folder=folder)


def write(session: psycopg.Connection, *, subjects: int = 1, act: str = "test.looked") -> uuid.UUID:
    """Write one event in the session's transaction."""
    event = ids.uuid7()
    named = [uuid.uuid4() for _ in range(subjects)]
    given = {"id": event, "actor": uuid.UUID(int=7), "act": act, "request": uuid.uuid4(), "subjects": named}
    session.execute(WRITE, given)
    return event
