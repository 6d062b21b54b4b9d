"""Importing many agencies' files side by side: each agency's files in order, several agencies at once.

Belongs here: sharing the work among processes. Not here: loading a file (exchange.intake).

A file of one agency waits for the one before it, because a later row may replace an earlier one; another agency's does
not. Each lane is a process with a connection of its own, so that reading in one goes on while the database works for
the other.
"""

import concurrent.futures
import dataclasses
import multiprocessing
import pathlib
from collections.abc import Callable, Mapping, Sequence

LANES = 2
_LOOK_SECONDS = 0.4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One agency's files, in the order in which they are to be loaded.

    Units: `rows` that the files are said to hold, by which the longest share goes first.
    """

    agency_code: str
    paths: tuple[pathlib.Path, ...]
    rows: int


def import_shares(shares: Sequence[Share], *, progress: Callable[[int], None]) -> Mapping[str, int]:
    """Load all shares and return how many rows of each agency were accounted for.

    Shapes: `progress` is told the rows of all batches so far, a few times a second.
    """
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(LANES, mp_context=context, initializer=_begin) as pool:
        longest_first = sorted(shares, key=lambda share: -share.rows)
        running = {pool.submit(_load, share): share.agency_code for share in longest_first}
        while concurrent.futures.wait(running, timeout=_LOOK_SECONDS, return_when="FIRST_EXCEPTION").not_done:
            progress(_rows_so_far())
            failed = next((future for future in running if future.done() and future.exception()), None)
            if failed is not None:
                pool.shutdown(wait=False, cancel_futures=True)
                failed.result()
        return {code: future.result() for future, code in running.items()}


def _begin() -> None:
    from joinedup.commands import session

    session.begin()


def _load(share: Share) -> int:
    """Load one agency's files one after the other; runs in a lane."""
    from joinedup.commands import session
    from joinedup.delivery.agencies import queries as agencies_queries
    from joinedup.exchange.intake import loading

    agency = agencies_queries.get_agency(code=share.agency_code)
    rows = 0
    for path in share.paths:
        for source in loading.sources_of(path):
            recognised = loading.recognise(source)
            by = session.viewer("demo")
            rows += loading.load(source=source, recognised=recognised, agency=agency, by=by).rows
    return rows


def _rows_so_far() -> int:
    from joinedup.delivery.records import queries as records_queries

    return records_queries.count_rows_read()
