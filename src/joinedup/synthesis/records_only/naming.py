"""What the children are called: parents' names, the community's custom, and what brothers and sisters are called.

Belongs here: true names, by the same customs as the borough's (`synthesis.names`). Not here: how an agency writes them.
"""

import dataclasses

import numpy as np

from joinedup.synthesis import names, streams
from joinedup.synthesis.records_only.families import Families
from joinedup.synthesis.records_only.lexicon import NONE, Flags, Ints, Lexicon, Words
from joinedup.synthesis.records_only.shares import Shares

_PREFIXED = {"pakistani": 0.2, "bangladeshi": 0.3, "one_name": 0.08, "arabic": 0.06}
_TITLES = {
    ("bangladeshi", False): ("Begum", "Khatun", "Akter", "Khanom"),
    ("bangladeshi", True): ("Miah", "Ahmed", "Uddin", "Islam"),
    ("pakistani", False): ("Bibi", "Begum", "Khan", "Parveen"),
}
_MIDDLE = {"sikh": 0.85, "arabic": 0.55, "one_name": 0.0, "chinese": 0.0, "pakistani": 0.25, "bangladeshi": 0.2}
_USUAL_MIDDLE = {"west_african": 0.75}
_STANDARD_MIDDLE = 0.62
_DOUBLE_BARRELLED = {"white_british": 0.06, "irish": 0.06, "caribbean": 0.06, "polish": 0.06}
_OTHERS_DOUBLE_BARRELLED = 0.015
_TRIES = 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What each child is called.

    Shapes: all by child; text, empty for none. `later_family` is the family name after it changed.
    """

    given: Words
    middle: Words
    family: Words
    later_family: Words
    known_as: Words
    father_given: Words
    grandfather_given: Words


def draw(families: Families, lexicon: Lexicon, shares: Shares, *, seed: int, index: int) -> Named:
    """Return the names of all children; one `index` is drawn apart from another."""
    chance = streams.many(seed, "names", index)
    parents = _Parents.of(families, lexicon, shares, chance)
    given = _given_names(families, lexicon, shares, seed=seed, index=index)
    prefix = _prefixes(families, lexicon, shares, chance)
    words = lexicon.words
    prefixed = (prefix != "") & (words[given] != prefix) & (words[given] != "Mohammed")
    full = np.where(prefixed, prefix + " " + words[given], words[given])
    family = parents.child_family(families, shares, chance)
    return Named(
        given=full,
        middle=_middle_names(families, lexicon, parents, given, chance),
        family=family,
        later_family=parents.later_family(families, family, shares, chance),
        known_as=_known_as(families, lexicon, given, full, seed=seed, index=index),
        father_given=words[parents.father_given],
        grandfather_given=words[parents.grandfather_given],
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Parents:
    """Names of parents by child (a half brother's are his own father's), as numbers of the lexicon."""

    lexicon: Lexicon
    structure: Words
    father_given: Ints
    grandfather_given: Ints
    father_family: Ints
    mother_family: Ints
    double: Flags

    @classmethod
    def of(cls, families: Families, lexicon: Lexicon, shares: Shares, chance: np.random.Generator) -> "_Parents":
        community = families.community
        homes = len(community)
        # Two sets of fathers, one of mothers: half brothers and sisters share a mother.
        fathers = [lexicon.draw("M", community, chance) for _ in range(4)]
        surnames = [lexicon.draw("family", community, chance) for _ in range(2)]
        other = np.where(
            chance.random(homes) < shares.two_communities,
            chance.integers(0, len(lexicon.communities), homes),
            community,
        )
        mother_family = lexicon.draw("family", other, chance)
        structure = lexicon.structures[community]
        own_name = (structure == "one_name") & (chance.random(homes) < 0.5)
        double = chance.random(homes) < _by_word(
            np.array([each.code for each in lexicon.communities], object)[community],
            _DOUBLE_BARRELLED,
            _OTHERS_DOUBLE_BARRELLED,
        )
        home, half = families.home, families.half

        def of_child(first: Ints, second: Ints) -> Ints:
            return np.where(half, second[home], first[home])

        father_given, grandfather = of_child(fathers[0], fathers[1]), of_child(fathers[2], fathers[3])
        father_family = np.where(structure[home] == "patronymic", grandfather, of_child(surnames[0], surnames[1]))
        return cls(
            lexicon=lexicon,
            structure=structure[home],
            father_given=father_given,
            grandfather_given=grandfather,
            father_family=np.where(own_name[home], father_given, father_family),
            mother_family=mother_family[home],
            double=double[home],
        )

    def child_family(self, families: Families, shares: Shares, chance: np.random.Generator) -> Words:
        """Return each child's family name by the custom of the family."""
        words, male, structure = self.lexicon.words, families.male, self.structure
        mothers = (chance.random(len(families.community)) < shares.mothers_name)[families.home]
        usual = np.where(mothers, self.mother_family, self.father_family)
        usual = np.where((structure == "gendered") & ~male, self.lexicon.feminine[usual], usual)
        family = words[usual]
        drawn, pick = chance.random(len(male)), chance.integers(0, 4, len(male))

        def put(here: Flags, names_there: Words) -> None:
            family[here] = names_there[here]

        put(structure == "patronymic", words[self.grandfather_given])
        put((structure == "sikh") & (drawn < 0.3), np.where(male, "Singh", "Kaur").astype(object))
        for (custom, is_male), titles in _TITLES.items():
            likely = 0.4 if custom == "bangladeshi" else 0.18
            put((structure == custom) & (male == is_male) & (drawn < likely), np.array(titles, object)[pick])
        put((structure == "pakistani") & male & (drawn < 0.18), words[self.father_given])
        one = structure == "one_name"
        put(one, np.where(drawn < 0.6, words[self.father_given], words[self.father_family]))
        put(self.double, words[self.mother_family] + "-" + words[self.father_family])
        return family

    def later_family(self, families: Families, family: Words, shares: Shares, chance: np.random.Generator) -> Words:
        """Return the family name after it changed, as on a mother's remarriage; empty where it never did."""
        homes = len(families.community)
        new = self.lexicon.words[self.lexicon.draw("family", families.community, chance)]
        changes = chance.random(homes) < shares.changed_surname
        hyphened = chance.random(homes) < 0.25
        stays = chance.random(len(family)) < 0.15
        renamed = np.where(hyphened[families.home], family + "-" + new[families.home], new[families.home])
        return np.where(changes[families.home] & ~stays, renamed, "")


def _given_names(families: Families, lexicon: Lexicon, shares: Shares, *, seed: int, index: int) -> Ints:
    """Return given names that no brother or sister bears; a twin's, and some others', are much like another's."""
    chance, single = streams.many(seed, "given names", index), streams.stream(seed, "likeness", index)
    community = families.child_community
    given = np.full(len(community), NONE, np.int64)
    ranks = int(families.rank.max(initial=-1)) + 1
    borne = np.full((len(families.community), max(ranks, 1)), NONE, np.int64)
    for rank in range(ranks):
        here = np.flatnonzero(families.rank == rank)
        home, male = families.home[here], families.male[here]
        found = lexicon.draw_given(community[here], male, chance)
        for _ in range(_TRIES):
            again = np.flatnonzero((borne[home] == found[:, None]).any(axis=1))
            if not len(again):
                break
            found[again] = lexicon.draw_given(community[here[again]], male[again], chance)
        if rank:
            second = families.twin[here] & (families.birth[here] == families.birth[here - 1])
            likely = np.where(second, shares.twin_likeness, shares.likeness)
            for place in np.flatnonzero(chance.random(len(here)) < likely):
                choose = lexicon.twinned if second[place] else lexicon.alike
                like = choose(int(community[here[place]]), "M" if male[place] else "F", int(given[here[place] - 1]))
                free = [name for name in like if name not in borne[home[place]]]
                if free:
                    found[place] = single.choice(free)
        given[here] = found
        borne[home, rank] = found
    return given


def _prefixes(families: Families, lexicon: Lexicon, shares: Shares, chance: np.random.Generator) -> Words:
    """Return the forename before the name that a boy is called by: Mohammed Hassan, brother of Mohammed Hussain."""
    structure = lexicon.structures[families.community]
    muslim = np.isin(structure, ["pakistani", "bangladeshi"])
    in_family = muslim & (chance.random(len(structure)) < shares.family_forename)
    shared = np.array(names.SHARED_FORENAMES, object)
    words = shared[chance.integers(0, len(shared), len(structure))]
    words = np.where(structure == "bangladeshi", "Md", words)
    home = families.home
    own = chance.random(len(home)) < _by_word(structure[home], _PREFIXED, 0.0)
    bears = families.male & np.where(in_family[home], chance.random(len(home)) < 0.9, own)
    return np.where(bears, words[home], "")


def _middle_names(
    families: Families, lexicon: Lexicon, parents: _Parents, given: Ints, chance: np.random.Generator
) -> Words:
    structure, male, words = parents.structure, families.male, lexicon.words
    middle = lexicon.draw_given(families.child_community, male, chance)
    has = chance.random(len(given)) < _by_word(structure, _MIDDLE | _USUAL_MIDDLE, _STANDARD_MIDDLE)
    found = words[middle]
    found = np.where(np.isin(structure, ["patronymic", "arabic"]), words[parents.father_given], found)
    found = np.where(structure == "sikh", np.where(male, "Singh", "Kaur"), found)
    has |= structure == "patronymic"
    return np.where(has & (found != words[given]), found, "")


def _known_as(families: Families, lexicon: Lexicon, given: Ints, full: Words, *, seed: int, index: int) -> Words:
    """Return the name a child goes by, where it is another than the given name."""
    chance, single = streams.many(seed, "known as", index), streams.stream(seed, "nicknames", index)
    known: Words = np.full(len(given), "", object)
    drawn = chance.random(len(given))
    words = lexicon.words
    has_nicknames = np.array([word in lexicon.known.nicknames for word in words])
    for place in np.flatnonzero(has_nicknames[given] & (drawn < 0.3)):
        known[place] = single.choice(lexicon.known.nicknames[words[given[place]]])
    two = (full != words[given]) & (drawn < 0.7)
    known[two] = words[given[two]]
    chinese = (lexicon.structures[families.child_community] == "chinese") & (drawn < 0.55)
    for place in np.flatnonzero(chinese):
        known[place] = single.choice(names.ENGLISH_NAMES["M" if families.male[place] else "F"])
    return known


def _by_word(words: Words, table: dict[str, float], usual: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the figure of each word."""
    found = np.full(len(words), usual)
    for word, figure in table.items():
        found[words == word] = figure
    return found
