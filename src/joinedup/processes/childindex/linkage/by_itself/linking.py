"""The linker by itself: a table of person records in, clusters out. No database, no server, no settings.

Belongs here: what a data team calls, and what it is handed. Not here: linking (run), reading columns (tables) and files
(files).

    from joinedup.processes.childindex.linkage.by_itself import linking

    found = linking.link_table(table)
    found.clusters, found.edges, found.notes  # cluster_table gives the clusters alone, sooner
    found.model.text
"""

import dataclasses
import json
import math
import pathlib
from typing import Any

import numpy as np
import pyarrow as pa

from joinedup.processes.childindex.linkage import evidence, model, run, training
from joinedup.processes.childindex.linkage.by_itself import files, tables
from joinedup.processes.childindex.linkage.run import Progress
from joinedup.processes.childindex.linkage.settings import LinkSettings
from joinedup.processes.childindex.linkage.training import SavedModel

#: Nobody stands ready to look at what lies between two thresholds, so what is likelier one child than two is linked.
EVEN_ODDS_BITS = 0.0
_REVIEW_BITS = -6.0
#: Where a number keeps twins apart, what looks like kin may be one child under two names: decision 0055.
_KIN_BITS, _MORE_BITS, _APART_BITS = 8.0, 4.0, 4.0
#: Where fewer records than this share give a number, nothing but their names tells twins apart.
_LEAST_NUMBERED_SHARE = 0.25


class NotAModel(Exception):
    """The file given as a model is none of ours; the words say why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredTable:
    """Which records of a table are one child.

    Shapes: `clusters` in the order of the table: unique_id, cluster_id (the smallest unique_id in the cluster), then the
    columns that were not read.
    Units: `seconds` by step.
    """

    clusters: pa.Table
    model: SavedModel
    notes: tuple[str, ...]
    counts: dict[str, int]
    seconds: dict[str, float]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkedTable(ClusteredTable):
    """The same, and why.

    Shapes: `edges`: `unique_id_l` < `unique_id_r`, `outcome` (`linked`, or why the pair waits for a person), `weight`, and
    for each comparison of the model `<name>_level` and `<name>_bits`.
    Units: weight and bits in bits (log2 odds).
    """

    edges: pa.Table


def settings(*, threads: int = 2, threshold_bits: float = EVEN_ODDS_BITS) -> LinkSettings:
    """Return the settings of the linker by itself.

    Units: `threshold_bits` in bits (log2 odds): pairs from there on are linked; the child index links from 4 on and asks
    a person about the rest.
    """
    return LinkSettings(
        threads=threads,
        auto_bits=threshold_bits,
        review_bits=min(_REVIEW_BITS, threshold_bits - 1),
        most_reviews=100_000,
        kin_bits=_KIN_BITS,
        kin_more_bits=0.0,
        thin_more_bits=_MORE_BITS,
        torn_more_bits=_MORE_BITS,
        apart_bits=_APART_BITS,
    )


def _for_numbers(chosen: LinkSettings, records: pa.Table) -> LinkSettings:
    """Return the settings for records of which many or few give a number: of few, no kin are linked."""
    numbered = np.zeros(records.num_rows, np.bool_)
    for name in {"nhs_number", "upn"} & set(records.column_names):
        numbered |= records.column(name).is_valid().to_numpy(zero_copy_only=False)
    if numbered.mean() >= _LEAST_NUMBERED_SHARE:
        return chosen
    return dataclasses.replace(
        chosen,
        kin_bits=LinkSettings().kin_bits,
        kin_more_bits=math.inf,
        thin_more_bits=math.inf,
        torn_more_bits=math.inf,
        apart_bits=0.0,
    )


def cluster_table(
    table: pa.Table,
    *,
    with_settings: LinkSettings | None = None,
    saved: SavedModel | None = None,
    progress: Progress = lambda _step, _share: None,
) -> ClusteredTable:
    """Find which records of a table are one child, without the evidence for it.

    Shapes, errors: as `link_table`.
    """
    progress("Reading columns", 0.0)
    prepared = tables.prepare(table)
    del table  # the greater part of the memory, and all that is needed of it has been read
    if not prepared.records.num_rows:
        return _nothing(prepared, saved)
    chosen = _for_numbers(with_settings or settings(), prepared.records)
    found = run.cluster(prepared.taken_records(), settings=chosen, saved=saved, progress=progress)
    return _clustered(prepared, found, saved)


def link_table(
    table: pa.Table,
    *,
    with_settings: LinkSettings | None = None,
    saved: SavedModel | None = None,
    progress: Progress = lambda _step, _share: None,
) -> LinkedTable:
    """Link a table of person records, and say why.

    Shapes: one row a record; columns as `tables.NAMES`, each of which may be absent, empty or of another type: `notes`
    say what could not be used. `saved` is used instead of training; where there are many records a sample teaches.
    Errors: tables.NotLinkable when a unique_id is missing or comes twice.
    """
    progress("Reading columns", 0.0)
    prepared = tables.prepare(table)
    if not prepared.records.num_rows:
        return _with_edges(_nothing(prepared, saved), _no_edges(prepared.ids))
    chosen = _for_numbers(with_settings or settings(), prepared.records)
    found = run.link(prepared.taken_records(), settings=chosen, saved=saved, progress=progress)
    return _with_edges(_clustered(prepared, found, saved), _edges(found, prepared.ids))


def _with_edges(clustered: ClusteredTable, edges: pa.Table) -> LinkedTable:
    return LinkedTable(
        **{each.name: getattr(clustered, each.name) for each in dataclasses.fields(clustered)}, edges=edges
    )


def _clustered(
    prepared: tables.Prepared, found: run.Clustered | run.Linked, saved: SavedModel | None
) -> ClusteredTable:
    notes = list(prepared.notes)
    if not found.model.trained_records and saved is None:
        notes.append("There were too few records to learn weights from; those set by hand were used.")
    clusters = _clusters(found.membership, prepared, notes)
    return ClusteredTable(
        clusters=clusters, model=found.model, notes=tuple(notes), counts=found.counts, seconds=found.seconds
    )


def _nothing(prepared: tables.Prepared, saved: SavedModel | None) -> ClusteredTable:
    empty = prepared.ids
    clusters = pa.table({"unique_id": empty, "cluster_id": empty})
    return ClusteredTable(
        clusters=_with(clusters, prepared.other, []),
        model=saved or training.untrained(),
        notes=(*prepared.notes, "There are no records, so there are no clusters."),
        counts={"people": 0, "children": 0, "links": 0, "reviews": 0},
        seconds={},
    )


def _no_edges(ids: pa.Array) -> pa.Table:
    return pa.table({"unique_id_l": ids, "unique_id_r": ids, "weight": pa.array([], pa.float64())})


def _clusters(membership: pa.Table, prepared: tables.Prepared, notes: list[str]) -> pa.Table:
    """Return the cluster of each row, named by its smallest unique_id."""
    cluster = np.empty(len(prepared.ids), np.int64)
    cluster[membership.column("person_record_id").to_numpy()] = membership.column("cluster_id").to_numpy()
    place = pa.array(prepared.place)
    found = pa.table(
        {"unique_id": prepared.ids.take(place), "cluster_id": prepared.ids.take(pa.array(cluster[prepared.place]))}
    )
    return _with(found, prepared.other, notes)


def _with(found: pa.Table, other: pa.Table, notes: list[str]) -> pa.Table:
    for name in other.column_names:
        carried = name
        while carried in found.column_names:
            carried = f"{carried}_given"
        if carried != name:
            notes.append(f"Column {name} of the table is carried through as {carried}.")
        found = found.append_column(carried, other.column(name))
    return found


def _edges(linked: run.Linked, ids: pa.Array) -> pa.Table:
    """Return the links and the pairs that wait for a person, by unique_id."""
    links = linked.links.append_column("outcome", pa.array(np.full(linked.links.num_rows, "linked"), pa.string()))
    reviews = linked.reviews.rename_columns(
        ["outcome" if name == "reason" else name for name in linked.reviews.column_names]
    )
    fields = [f"{each.name}_{part}" for each in model.COMPARISONS for part in ("level", "bits")]
    names = ["left", "right", "outcome", "weight", *fields]
    both = pa.concat_tables([links.select(names), reviews.select(names)], promote_options="permissive")
    columns = {
        "unique_id_l": ids.take(tables.whole(both.column("left"))),
        "unique_id_r": ids.take(tables.whole(both.column("right"))),
    }
    return pa.table(columns | {name: both.column(name) for name in names[2:]})


def link_file(
    path: pathlib.Path,
    *,
    out: pathlib.Path,
    edges: pathlib.Path | None = None,
    saved: SavedModel | None = None,
    with_settings: LinkSettings | None = None,
    progress: Progress = lambda _step, _share: None,
) -> ClusteredTable:
    """Link the records of a Parquet or CSV file and write their clusters, and if asked the edges, to files.

    Errors: files.NotReadable; tables.NotLinkable; OSError when a file cannot be written.
    """
    if edges is None:
        clustered = cluster_table(_read(path), with_settings=with_settings, saved=saved, progress=progress)
        files.write(clustered.clusters, out)
        return clustered
    found = link_table(_read(path), with_settings=with_settings, saved=saved, progress=progress)
    files.write(found.clusters, out)
    files.write(found.edges, edges)
    return found


def _read(path: pathlib.Path) -> pa.Table:
    return files.read(path, written_once=tables.is_read)


def read_model(path: pathlib.Path) -> SavedModel:
    """Read a model that was saved, in the form in which Splink keeps models.

    Errors: NotAModel when the file is no JSON, or compares other columns than this version does.
    """
    try:
        text = path.read_text(encoding="utf-8")
        kept: dict[str, Any] = json.loads(text)
        compared = [each["output_column_name"] for each in kept["comparisons"]]
        columns = set(evidence.columns_used(kept))
    except OSError as fault:
        raise NotAModel(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise NotAModel(f"{path} is not a saved model: {fault}.") from fault
    if compared != [each.name for each in model.COMPARISONS]:
        raise NotAModel(
            f"{path} compares {', '.join(compared)}; this version compares "
            f"{', '.join(each.name for each in model.COMPARISONS)}. Train a new one."
        )
    unknown = columns - set(evidence.columns_used(model.splink_settings()))
    if unknown:
        raise NotAModel(f"{path} uses columns that this version does not make: {', '.join(sorted(unknown))}.")
    return SavedModel(text=text, by_hand={}, trained_records=0)


def write_model(saved: SavedModel, path: pathlib.Path) -> None:
    """Keep a model in a file that Splink reads too.

    Errors: OSError.
    """
    path.write_text(saved.text, encoding="utf-8")
