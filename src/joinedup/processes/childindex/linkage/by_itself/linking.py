"""The linker by itself: a table of person records in, clusters out. No database, no server, no settings.

Belongs here: what a data team calls, and what it is handed. Not here: linking (run), reading columns (tables) and files
(files).

    from joinedup.processes.childindex.linkage.by_itself import linking

    found = linking.link_table(table)
    found.clusters, found.edges, found.notes
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

#: Of more records than this a sample teaches the model: the share of pairs that are one child is the same in it.
TRAINING_RECORDS = 1_000_000


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
class LinkedTable:
    """What linking a table gave.

    Shapes: `clusters` in the order of the table: unique_id, cluster_id (the smallest unique_id in the cluster), then the
    columns that were not read. `edges`: `unique_id_l` < `unique_id_r`, `outcome` (`linked`, or why the pair waits for a
    person), `weight`, and for each comparison of the model `<name>_level` and `<name>_bits`.
    Units: weight and bits in bits (log2 odds); `seconds` by step.
    """

    clusters: pa.Table
    edges: pa.Table
    model: SavedModel
    notes: tuple[str, ...]
    counts: dict[str, int]
    seconds: dict[str, float]


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


def link_table(
    table: pa.Table,
    *,
    with_settings: LinkSettings | None = None,
    saved: SavedModel | None = None,
    progress: Progress = lambda _step, _share: None,
) -> LinkedTable:
    """Link a table of person records.

    Shapes: one row a record; columns as `tables.NAMES`, each of which may be absent, empty or of another type: `notes`
    say what could not be used. `saved` is used instead of training; more than a million records train on a sample.
    Errors: tables.NotLinkable when a unique_id is missing or comes twice.
    """
    chosen = with_settings or settings()
    progress("Reading columns", 0.0)
    prepared = tables.prepare(table)
    notes = list(prepared.notes)
    if not table.num_rows:
        return _nothing(prepared, saved)
    chosen = _for_numbers(chosen, prepared.records)
    if saved is None and table.num_rows > TRAINING_RECORDS:
        progress("Learning what agreement is worth, from a sample", 0.0)
        saved = run.learn(_sample(prepared.records, chosen), settings=chosen)
    linked = run.link(prepared.records, settings=chosen, saved=saved, progress=progress)
    if not linked.model.trained_records and saved is None:
        notes.append("There were too few records to learn weights from; those set by hand were used.")
    return LinkedTable(
        clusters=_clusters(linked.membership, prepared, notes),
        edges=_edges(linked, prepared.ids),
        model=linked.model,
        notes=tuple(notes),
        counts=linked.counts,
        seconds=linked.seconds,
    )


def _sample(records: pa.Table, chosen: LinkSettings) -> pa.Table:
    """Return as many records as train a model, drawn without regard to what is in them.

    Pairs and pairs of one child thin out alike, so that what is learnt from the sample holds for all.
    """
    drawn = np.random.Generator(np.random.PCG64(chosen.seed)).permutation(records.num_rows)[:TRAINING_RECORDS]
    return records.take(pa.array(np.sort(drawn)))


def _nothing(prepared: tables.Prepared, saved: SavedModel | None) -> LinkedTable:
    empty = prepared.ids
    clusters = pa.table({"unique_id": empty, "cluster_id": empty})
    return LinkedTable(
        clusters=_with(clusters, prepared.other, []),
        edges=pa.table({"unique_id_l": empty, "unique_id_r": empty, "weight": pa.array([], pa.float64())}),
        model=saved or training.untrained(),
        notes=(*prepared.notes, "There are no records, so there are no clusters."),
        counts={"people": 0, "children": 0, "links": 0, "reviews": 0},
        seconds={},
    )


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
) -> LinkedTable:
    """Link the records of a Parquet or CSV file and write their clusters, and if asked the edges, to files.

    Errors: files.NotReadable; tables.NotLinkable; OSError when a file cannot be written.
    """
    found = link_table(files.read(path), with_settings=with_settings, saved=saved, progress=progress)
    files.write(found.clusters, out)
    if edges is not None:
        files.write(found.edges, edges)
    return found


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
