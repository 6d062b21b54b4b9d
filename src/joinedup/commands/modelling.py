"""`joinedup model`: the versions of the linkage model, from training to approval and back.

Belongs here: words on the screen, and who approves. Not here: training and trying (childindex). Runs as the batch.
"""

import contextlib
import pathlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from joinedup.commands import importing, session

if TYPE_CHECKING:
    from joinedup.foundation.access import rules as access_rules
    from joinedup.processes.childindex import queries

app = typer.Typer(help="Train, try, approve and go back to versions of the linkage model", no_args_is_help=True)
_Version = Annotated[str, typer.Argument(metavar="MODEL", help="The first letters of its fingerprint")]
_By = Annotated[str, typer.Option("--by", help="Who approves it: the sign-in name of an index steward")]
_SHADOW = {
    "numbers_kept": "numbers stay with a child",
    "numbers_new": "numbers are new",
    "numbers_redirected": "numbers lead to another child",
    "children_parted": "children are parted",
    "records_moved": "records move to another child",
    "records_linked_anew": "records are linked that were not",
    "pairs_for_stewards": "pairs wait for a steward",
}


@app.command("list")
def list_models() -> None:
    """List the versions, newest first."""
    session.begin()
    from joinedup.foundation import clock
    from joinedup.processes.childindex import queries

    cards = queries.get_models()
    if not cards:
        session.say("There is no model yet: the first link run learns one.")
        return
    table = Table("Model", "State", "Trained", "On rows", "Links from", "Approved by", "Runs")
    for card in cards:
        table.add_row(
            card.hash[:12],
            card.state.value,
            f"{clock.local(card.trained_at):%-d %b %Y %H:%M}",
            f"{card.record_count:,}" if card.record_count else "set by hand",
            f"{card.link_threshold_bits:g} bits",
            card.approved_by_name or "nobody",
            f"{card.runs:,}",
        )
    session.console.print(table)


@app.command()
def show(model: _Version) -> None:
    """Show one version: what it learnt from, what it would change, how right it was, who approved it."""
    session.begin()
    card = _find(model)
    from joinedup.foundation import clock

    session.say(f"Model {card.hash}: {card.state.value}, trained {clock.local(card.trained_at):%-d %B %Y %H:%M}.")
    session.say(
        f"  It links from {card.link_threshold_bits:g} bits on, and asks a steward from {card.review_threshold_bits:g}."
    )
    if card.approved_at is not None:
        session.say(f"  Approved {clock.local(card.approved_at):%-d %B %Y %H:%M}, {card.approved_by_name}.")
    if card.replaces:
        session.say(f"  It replaced {card.replaces[:12]}.")
    for name, value in card.trained_on.items():
        session.say(f"  Trained on {name.replace('_', ' ')}: {value}")
    for answer, why in sorted(card.set_by_hand.items()):
        session.say(f"  Set by hand: {answer}: {why}")
    if card.shadow is not None:
        _say_shadow(card.shadow)
    _say_measured(card.measured or {})


@app.command()
def train() -> None:
    """Learn a model from all records, as a candidate: nothing is linked by it until it is promoted."""
    session.begin()
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations, queries

    with _progress("Training") as progress, _in_words():
        version_id = operations.train_model(by=session.viewer("model train"), at=clock.now(), progress=progress)
    (card,) = [card for card in queries.get_models() if card.id == version_id]
    session.say(f"  Model {card.hash[:12]} is {card.state.value}. Next: joinedup model shadow {card.hash[:12]}")


@app.command()
def shadow(
    model: _Version,
    truth: Annotated[
        pathlib.Path | None, typer.Option(help="A synthetic borough's truth folder; found by itself in the demo")
    ] = None,
) -> None:
    """Link everyone by a version, change nothing, and say how many numbers would change."""
    session.begin()
    card = _find(model)
    from joinedup.commands import answers, linking
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations

    with _progress("Trying") as progress, _in_words():
        result = operations.shadow_model(
            version_id=card.id, by=session.viewer("model shadow"), at=clock.now(), progress=progress
        )
    folder = truth or linking.default_truth()
    if folder is not None:
        evaluation = answers.evaluate(result.membership, folder)
        operations.keep_measured(version_id=card.id, quality=answers.as_json(evaluation))
    _say_shadow(result.counts)
    _say_measured(_find(model).measured or {})
    session.say("Nothing was changed.")


@app.command()
def promote(model: _Version, by: _By) -> None:
    """Let runs link by this version from now on, as a steward has approved who has seen what it would change."""
    session.begin()
    card = _find(model)
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations

    with _in_words():
        operations.promote_model(version_id=card.id, by=_person(by), at=clock.now())
    session.say(f"  Links are made by {card.hash[:12]} from the next run on. To go back: joinedup model rollback")


@app.command()
def rollback(by: _By) -> None:
    """Go back to the version by which links were made before."""
    session.begin()
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations, queries

    with _in_words():
        version_id = operations.roll_back_model(by=_person(by), at=clock.now())
    (card,) = [card for card in queries.get_models() if card.id == version_id]
    session.say(f"  Links are made by {card.hash[:12]} again, from the next run on.")


def _find(beginning: str) -> "queries.ModelCard":
    from joinedup.processes.childindex import queries

    try:
        return queries.get_model(beginning=beginning)
    except queries.NoSuchModel:
        raise session.fail(f"No one model begins with {beginning}. See: joinedup model list") from None


def _person(username: str) -> "access_rules.Viewer":
    """Return the person who approves; whoever runs the command vouches for them, as for a second factor."""
    import dataclasses

    from joinedup.delivery.agencies import queries as agencies_queries
    from joinedup.foundation.access import queries as access_queries
    from joinedup.foundation.access import rules as access_rules

    user = access_queries.find_user(username=username)
    found = user and agencies_queries.find_viewer(user_id=user.id, session="", request_id=None)
    if not found:
        raise session.fail(f"Nobody signs in as {username}.")
    return dataclasses.replace(found, given=frozenset({access_rules.STEP_UP}))


@contextlib.contextmanager
def _progress(doing: str) -> Iterator[Callable[[str, float], None]]:
    with importing.bar() as bar:
        task = bar.add_task(f"  {doing}", total=1.0)
        yield lambda words, share: bar.update(task, completed=share, description=f"  {words}")
        bar.update(task, completed=1.0, description=f"  {doing}: done")


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Say in words why something was not done."""
    from joinedup.processes.childindex import operations

    try:
        yield
    except operations.NothingToLink:
        raise session.fail("No agency has sent a record yet that says who a child is. Import files first.") from None
    except operations.NotAllowed:
        raise session.fail("A model is approved by an index steward.") from None
    except operations.NotTried:
        raise session.fail(
            "Nobody can have seen what it would change: links were made since it was last tried, or it never was. "
            "Try it first: joinedup model shadow"
        ) from None
    except operations.AlreadyCurrent:
        raise session.fail("Links are made by this model already.") from None
    except operations.NoSuchVersion:
        raise session.fail("No model was current before this one.") from None


def _say_shadow(counts: Any) -> None:
    for name, words in _SHADOW.items():
        session.say(f"  {counts[name]:>10,} {words}")


def _say_measured(measured: Any) -> None:
    quality = measured.get("quality")
    if quality:
        table = Table(
            "Children", "Precision", "Recall", "F1", title="How right the links are, where the truth is known"
        )
        for name, figures in quality["groups"].items():
            table.add_row(name, *(f"{figures[figure]:.4f}" for figure in ("precision", "recall", "f1")))
        session.console.print(table)
    rates = measured.get("match_rates", {})
    if rates:
        table = Table("Records", "Linked with another", title="How many records are linked with another")
        for name, rate in rates.items():
            table.add_row(name, f"{100 * rate:.1f} %")
        session.console.print(table)
