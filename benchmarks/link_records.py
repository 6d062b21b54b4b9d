"""How right and how fast the linker by itself is, beside Splink, on records whose truth is known: 100,000, or in full a million.

One model is trained on records of one seed and applied to those of another that was never used for tuning; Splink's own
model likewise. Times are medians of interleaved runs. In full also: five million records trained and applied in one go.
"""

import pathlib
import statistics
import subprocess
import sys
from typing import Any

import pyarrow.parquet as pq

from benchmarks import machine, places, report

RECORDS, RECORDS_IN_FULL, RECORDS_FOR_MEMORY = 100_000, 1_000_000, 5_000_000
REPEATS, REPEATS_IN_FULL = 3, 5
HARD_RECORDS, HARD_NOISE, HARD_TWINS = 100_000, 2.0, 0.06
#: Nothing was ever tuned on records of the second seed.
TRAINING_SEED, SEED = 20_061, 731_942
_RECORDS_COME_FROM = ("synthesis/**/*.py", "synthesis/reference/*.csv")
#: A community with fewer pairs than this says too little of how often its children are found.
_LEAST_PAIRS = 1_000


def main() -> None:
    """Measure, and print the lines."""
    is_full = report.is_full(__doc__ or "")
    with places.server():
        count, repeats = (RECORDS_IN_FULL, REPEATS_IN_FULL) if is_full else (RECORDS, REPEATS)
        training, records = made(count, TRAINING_SEED), made(count, SEED)
        ours, stock = (places.home() / f"model-{name}-{count}.json" for name in ("ours", "stock"))
        trained = {"ours": step("train", training, ours), "splink": step("stock-train", training, stock)}
        _show_speed(records, ours, stock, repeats, trained)
        _show_hard(ours)
        if is_full:
            _show_memory()


def made(count: int, seed: int, *, noise: float = 1.0, twins: float = 0.028) -> pathlib.Path:
    """Return the folder of made records, made once for this state of the synthesis."""
    folder = places.home() / f"records-{count}-{seed}-{noise}-{twins}-{places.fingerprint(*_RECORDS_COME_FROM)}"
    if not (folder / "slips.parquet").exists():
        places.say(f"Inventing {count:,} person records ...")
        options = ["--records", str(count), "--seed", str(seed), "--noise", str(noise), "--twins", str(twins)]
        command = [sys.executable, "-m", "joinedup", "synthesise-records", "--out", str(folder), *options]
        subprocess.run(command, check=True, stdout=sys.stderr, cwd=places.ROOT)
    return folder


def step(name: str, folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Do one step in a process of its own."""
    places.say(f"link_records: {name} of {folder.name}")
    return places.run("benchmarks.linking_steps", name, str(folder), str(model), database="postgres")


def _show_speed(
    records: pathlib.Path, ours: pathlib.Path, stock: pathlib.Path, repeats: int, trained: dict[str, Any]
) -> None:
    runs: dict[str, list[dict[str, Any]]] = {"apply": [], "stock-apply": []}
    for _ in range(repeats):
        for name, model in (("apply", ours), ("stock-apply", stock)):
            runs[name].append(step(name, records, model))
    by_splink, beside = step("ours-by-splink", records, ours), step("stock-compare", records, stock)
    mine, theirs = (_times(runs[name]) for name in ("apply", "stock-apply"))
    report.show(
        "link_records",
        data={
            "records": pq.read_metadata(records / "records.parquet").num_rows,
            "seed": SEED,
            "trained_on_seed": TRAINING_SEED,
            "repeats": repeats,
        },
        figure={
            **_quality(runs["apply"][-1]["quality"]),
            "with_all_columns": _quality(step("apply-all", records, ours)["quality"]),
            "apply": mine,
            "apply_with_evidence": _times([step("apply-edges", records, ours)]),
            "train": trained["ours"],
            "splink_cpu_over_ours": round(theirs["cpu_seconds"] / mine["cpu_seconds"], 2),
            "splink_wall_over_ours": round(theirs["seconds"] / mine["seconds"], 2),
        },
        goal={
            "f1": 0.988,
            "precision": 0.995,
            "mixed_share": 0.0015,
            "splink_cpu_over_ours": 3,
            "splink_wall_over_ours": 2.5,
            "recall_gap": 0.01,
        },
        peer={
            "what": "Splink's edges by our model, and by a model as its users build it, plainly and under our rules",
            "our_model_by_splink_constrained": _best(by_splink),
            "splinks_model_components": _best(beside["components"]),
            "splinks_model_constrained": _best(beside["constrained"]),
            "apply": theirs,
            "train": trained["splink"],
        },
    )


def _show_hard(ours: pathlib.Path) -> None:
    hard = made(HARD_RECORDS, SEED, noise=HARD_NOISE, twins=HARD_TWINS)
    found = step("whole", hard, ours)
    stock = places.home() / "model-stock-hard.json"
    step("stock-train", hard, stock)
    beside = step("stock-compare", hard, stock)
    report.show(
        "link_records_hard",
        data={"records": HARD_RECORDS, "seed": SEED, "noise": HARD_NOISE, "twins": HARD_TWINS},
        figure=_quality(found["quality"]),
        goal={"f1": 0.978, "precision": 0.992},
        peer={
            "what": "a model as Splink's users build it",
            "components": _best(beside["components"]),
            "constrained": _best(beside["constrained"]),
        },
    )


def _show_memory() -> None:
    found = step("whole", made(RECORDS_FOR_MEMORY, SEED), places.home() / "no-model.json")
    report.show(
        "link_records_memory",
        data={"records": RECORDS_FOR_MEMORY, "seed": SEED},
        figure={
            "peak_memory_mib": found["peak_memory_mib"],
            "seconds": found["seconds"],
            "cpu_seconds": found["cpu_seconds"],
            "steps_seconds": found["steps"],
            **_quality(found["quality"]),
        },
        goal={"peak_memory_mib": 3 * 1024},
        peer=None,
    )


def _times(runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "seconds": machine.median([run["seconds"] for run in runs], 2),
        "cpu_seconds": machine.median([run["cpu_seconds"] for run in runs], 2),
        "peak_memory_mib": int(statistics.median(run["peak_memory_mib"] for run in runs)),
        "every_cpu_seconds": [run["cpu_seconds"] for run in runs],
    }


def _best(found: dict[str, Any]) -> dict[str, Any]:
    return {"threshold": found["threshold"], **_quality(found["quality"])}


def _quality(judged: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that are shown, and how far the communities of names stand apart in recall."""
    recalls = {
        name.removeprefix("community: "): figures["recall"]
        for name, figures in judged["groups"].items()
        if name.startswith("community: ") and figures["found"] + figures["missed"] >= _LEAST_PAIRS
    }
    least, most = min(recalls, key=recalls.__getitem__), max(recalls, key=recalls.__getitem__)
    return {
        **{name: judged["pairs"][name] for name in ("precision", "recall", "f1")},
        **{name: judged["clusters"][name] for name in ("mixed", "mixed_share", "exact_share", "split_share", "b3_f1")},
        "recall_gap": round(recalls[most] - recalls[least], 5),
        "recall_least": {least: recalls[least]},
        "recall_most": {most: recalls[most]},
    }


if __name__ == "__main__":
    main()
