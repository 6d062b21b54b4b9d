import pytest

from joinedup.processes.childindex.linkage.lore import Lore
from joinedup.processes.childindex.linkage.scoring import tables
from tests.unit.linkage import families, standards


def plain(aliases):
    """Return aliases by their values: words of a list stand in any order, and no words are no list."""
    return [
        {
            name: frozenset(value or ()) if isinstance(value, list | tuple) or name in LISTS else value
            for name, value in alias.items()
            if name != "alias_id"
        }
        for alias in aliases
    ]


LISTS = {"given_names", "given_all", "given_swaps", "family_swaps", "family_parts"}


@pytest.mark.parametrize("seed", range(4))
def test_a_person_has_the_same_aliases_alone_and_among_all(seed):
    rng = standards.random_of(seed)
    table = families.table([standards.said(rng, rng.randrange(400)) for _ in range(1_000)])

    coded, learnt = standards.together(table)
    standard = tables.as_arrow(coded)
    alone = standards.one_by_one(table, learnt)

    assert learnt.variants or learnt.known_names
    assert_same(alone, standard)


def assert_same(alone, standard):
    keys = set()
    for mine, theirs in zip(plain(alone), plain(standard.to_pylist()), strict=True):
        # The key of a name is any word, as long as the same names have the same and others have others.
        keys.add((mine.pop("name_key"), theirs.pop("name_key")))
        assert mine == theirs
    assert len(keys) == len({mine for mine, _ in keys}) == len({theirs for _, theirs in keys})


def test_honest_records_have_the_same_aliases_alone_and_among_all():
    table, _truth = families.borough(1_500, seed=11)

    coded, learnt = standards.together(table)

    assert learnt.shares["given"]
    assert_same(standards.one_by_one(table, learnt), tables.as_arrow(coded))


def test_what_was_learnt_is_kept_as_text_and_read_again():
    _coded, learnt = standards.together(families.borough(200, seed=11)[0])

    assert Lore.from_json(learnt.as_json()) == learnt
