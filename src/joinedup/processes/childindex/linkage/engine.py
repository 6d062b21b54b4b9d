"""The engine: DuckDB in memory, and Splink upon it. The only module that knows either by name, but for Splink on Spark (spark).

Belongs here: opening and closing, tables in and out, silence. Not here: what is asked of it (records, model, predict).
"""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa
import splink
from splink.internals.exceptions import EMTrainingException, SplinkException

from joinedup.processes.childindex.linkage.settings import LinkSettings

#: What Splink raises when it cannot go on.
ENGINE_FAILURES = (EMTrainingException, SplinkException)


class Engine:
    """One in-memory DuckDB for one link run."""

    def __init__(self, settings: LinkSettings) -> None:
        self._connection = duckdb.connect(":memory:")
        # What does not fit into memory goes to a folder that is this user's alone and is gone afterwards; DuckDB's own
        # choice is a folder in the current directory, where records of people would be left behind.
        self._spilled = tempfile.TemporaryDirectory(prefix="joinedup-link-")
        self._connection.execute("set temp_directory = $folder", {"folder": self._spilled.name})
        self._connection.execute(f"set threads = {int(settings.threads)}")
        self._connection.execute("set memory_limit = $limit", {"limit": settings.memory_limit})
        self._connection.execute("set enable_progress_bar = false")
        # Nothing here may reach out: no extension is fetched and no file is read.
        self._connection.execute("set autoinstall_known_extensions = false")

    def register(self, name: str, table: pa.Table) -> None:
        """Let SQL see an Arrow table under a name."""
        self._connection.register(name, table)

    def forget(self, *names: str) -> None:
        """Take registered tables away again."""
        for name in names:
            self._connection.unregister(name)

    def table(self, sql: str) -> pa.Table:
        """Return what a query gives, all of it: a result left half read would block Splink."""
        return self._connection.sql(sql).to_arrow_table()

    def keep(self, name: str, sql: str) -> None:
        """Keep what a query gives as a table of the run."""
        self._connection.execute(f"create temporary table {name} as {sql}")

    def drop(self, name: str) -> None:
        """Let a kept table go."""
        self._connection.execute(f"drop table if exists {name}")

    @contextlib.contextmanager
    def linker(self, records: pa.Table, model: Mapping[str, Any]) -> Iterator[Any]:
        """Give a Splink linker over standardised records, and drop its tables afterwards.

        Each linker has an interface of its own: Splink's cache would otherwise name tables that are gone.
        """
        frame = splink.DuckDBAPI(self._connection).register(records)
        linker: Any = splink.Linker(frame, dict(model), log_level=None)
        try:
            yield linker
        finally:
            linker.table_management.delete_tables_created_by_splink_from_db()

    def close(self) -> None:
        """Let the memory go, and what was put on disk."""
        self._connection.close()
        self._spilled.cleanup()


@contextlib.contextmanager
def opened(settings: LinkSettings) -> Iterator[Engine]:
    """Open an engine for one run and close it whatever happens."""
    engine = Engine(settings)
    try:
        yield engine
    finally:
        engine.close()
