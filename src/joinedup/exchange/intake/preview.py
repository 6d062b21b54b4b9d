"""A look at what loading a file would do, with nothing stored."""

import collections
import dataclasses
import itertools
import uuid
from collections.abc import Iterable, Iterator, Sequence

from joinedup.delivery.records import operations as records_operations
from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.intake import registry
from joinedup.exchange.opening import formats

PIECE_ROWS = 4_000
_SHOWN_REFUSALS = 100
_SHOWN_NOTES = 12


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What loading would come to: every row is new, changed, unchanged or refused."""

    recognised: formats.Recognised
    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    refusals: tuple[records_rules.Refused, ...]
    notes: tuple[tuple[str, int], ...]


def rows_of(
    source: formats.Source, recognised: formats.Recognised, context: formats.Context
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Return a file's rows, each good or refused, in file order."""
    return registry.reader_of(recognised).read(source, recognised, context)


def in_pieces(
    rows: Iterable[records_rules.Reading | records_rules.Refused],
) -> Iterator[Sequence[records_rules.Reading | records_rules.Refused]]:
    """Return rows in pieces small enough to store in one transaction."""
    waiting = iter(rows)
    while piece := list(itertools.islice(waiting, PIECE_ROWS)):
        yield piece


def preview(
    *, source: formats.Source, recognised: formats.Recognised, context: formats.Context, agency_id: uuid.UUID
) -> Preview:
    """Say what loading a file would do.

    Shapes: at most 100 refusals and 12 kinds of note are carried; all are counted.
    """
    tally = _Tally()
    for piece in in_pieces(rows_of(source, recognised, context)):
        readings = [row for row in piece if isinstance(row, records_rules.Reading)]
        tally.refuse([row for row in piece if isinstance(row, records_rules.Refused)])
        keyed = [(records_operations.message_hash(recognised.format.code, reading), reading) for reading in readings]
        known = records_queries.get_current_messages(
            agency_id=agency_id, message_hashes=[key for key, _ in keyed if key not in tally.seen]
        )
        for key, reading in keyed:
            tally.take(known, key, reading)
    return tally.as_preview(recognised)


class _Tally:
    """Counts rows as loading would; remembers each message's last content within the file."""

    def __init__(self) -> None:
        self.seen: dict[bytes, bytes] = {}
        self.counts: collections.Counter[str] = collections.Counter()
        self.notes: collections.Counter[str] = collections.Counter()
        self.refusals: list[records_rules.Refused] = []

    def refuse(self, refused: Sequence[records_rules.Refused]) -> None:
        self.counts["refused"] += len(refused)
        self.refusals.extend(refused[: _SHOWN_REFUSALS - len(self.refusals)])

    def take(self, known: dict[bytes, bytes], key: bytes, reading: records_rules.Reading) -> None:
        before = self.seen.get(key) or known.get(key)
        if before is None:
            self.counts["new"] += 1
        elif before == reading.content_hash:
            self.counts["unchanged"] += 1
        else:
            self.counts["changed"] += 1
        self.seen[key] = reading.content_hash
        self.notes.update(reading.notes)

    def as_preview(self, recognised: formats.Recognised) -> Preview:
        return Preview(
            recognised=recognised,
            rows=self.counts.total(),
            new=self.counts["new"],
            changed=self.counts["changed"],
            unchanged=self.counts["unchanged"],
            refused=self.counts["refused"],
            refusals=tuple(self.refusals),
            notes=tuple(self.notes.most_common(_SHOWN_NOTES)),
        )
