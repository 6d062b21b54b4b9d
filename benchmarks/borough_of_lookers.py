"""A made-up borough of workers who look children up, a few of whom snoop: families, names, shifts, teams and caseloads.

Belongs here: who is there. Not here: what they look at in a week (weeks_of_looking), judging it (the rules).
"""

import dataclasses
import random

from joinedup.governance.assurance.rules import names, workweeks

#: For each community: its share of people, its commonest surnames with their shares within it (in thousandths), how many
#: other surnames it has, and how slowly these grow rarer. The shapes follow published lists of surnames; the figures are ours.
COMMUNITIES: dict[str, tuple[float, dict[str, int], int, float]] = {
    "white british": (
        0.56,
        {"smith": 13, "jones": 9, "taylor": 7, "brown": 6, "williams": 5, "wilson": 5},
        4_000,
        0.75,
    ),
    "pakistani": (0.14, {"khan": 80, "hussain": 75, "ahmed": 50, "ali": 45, "akhtar": 40, "mahmood": 35}, 300, 0.8),
    "indian": (0.09, {"patel": 120, "singh": 95, "kaur": 70, "shah": 25, "sharma": 20}, 400, 0.8),
    "bangladeshi": (0.06, {"begum": 120, "ahmed": 85, "miah": 75, "ali": 65, "uddin": 50, "khatun": 40}, 150, 0.8),
    "black african and caribbean": (0.09, {"mensah": 15, "mohamed": 14, "campbell": 12, "okafor": 9}, 1_200, 0.7),
    "other white": (0.06, {"nowak": 12, "kowalski": 9, "popescu": 8}, 1_200, 0.7),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """How one kind of worker works.

    Units: `share` of all workers; `looks` in a usual week; `strangers` the share of looks at children without involvement.
    """

    name: str
    share: float
    looks: float
    strangers: float
    team_size: int
    is_on_shifts: bool = False


ROLES = (
    Role(name="universal", share=0.50, looks=6, strangers=0.03, team_size=25),
    Role(name="health visitor", share=0.14, looks=14, strangers=0.05, team_size=15),
    Role(name="social_worker", share=0.14, looks=22, strangers=0.10, team_size=9),
    Role(name="police", share=0.08, looks=10, strangers=0.60, team_size=12, is_on_shifts=True),
    Role(name="safeguarding_lead", share=0.06, looks=14, strangers=0.08, team_size=4),
    Role(name="manager", share=0.04, looks=18, strangers=0.15, team_size=5),
    Role(name="front_door", share=0.04, looks=70, strangers=0.80, team_size=20, is_on_shifts=True),
)
CHILDREN_FOR_EACH_WORKER = 16
CHILDREN_IN_A_POSTCODE = 9
CASELOAD = 120
WATCHED = 3


@dataclasses.dataclass(slots=True, kw_only=True)
class Worker:
    """A worker: what the rules may know of them, and how they work."""

    looker: workweeks.Looker
    community: str
    role: Role
    home: str
    pace: float
    caseload: tuple[workweeks.Subject, ...]
    is_on_shift: bool
    habits: dict[int, int] = dataclasses.field(default_factory=dict)
    colleagues: frozenset[tuple[str, str]] = frozenset()


@dataclasses.dataclass(slots=True, kw_only=True)
class Borough:
    """Everyone: workers, children, who of them is of which community, and how often each surname is borne."""

    workers: list[Worker]
    children: list[workweeks.Subject]
    by_community: dict[str, list[workweeks.Subject]]
    by_home: dict[str, list[workweeks.Subject]]
    names: names.Names
    watched: list[workweeks.Subject]


class _Surnames:
    """Draws surnames of a community as often as they are borne."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.weights: dict[str, list[float]] = {}
        for community, (_, common, others, slope) in COMMUNITIES.items():
            left = 1000 - sum(common.values())
            tail = [1 / (n + 6) ** slope for n in range(others)]
            scale = left / sum(tail)
            self.words[community] = [*common, *(f"{community} {n}" for n in range(others))]
            self.weights[community] = [*common.values(), *(weight * scale for weight in tail)]

    def draw(self, community: str, people: int, chance: random.Random) -> list[str]:
        return chance.choices(self.words[community], self.weights[community], k=people)


def make(workers: int, *, seed: int) -> Borough:
    """Make a borough of so many workers."""
    chance = random.Random(seed)
    surnames = _Surnames()
    communities = chance.choices(list(COMMUNITIES), [row[0] for row in COMMUNITIES.values()], k=workers * 9)
    drawn = {name: iter(surnames.draw(name, communities.count(name) + workers, chance)) for name in COMMUNITIES}
    by_community: dict[str, list[workweeks.Subject]] = {name: [] for name in COMMUNITIES}
    children = _children(workers * CHILDREN_FOR_EACH_WORKER, communities, drawn, by_community, chance)
    counted = names.count_names(
        (child.surname, community) for community in by_community for child in by_community[community]
    )
    by_home: dict[str, list[workweeks.Subject]] = {}
    for child in children:
        by_home.setdefault(child.address, []).append(child)
    watched = [dataclasses.replace(child, is_watched=True) for child in chance.sample(children, WATCHED)]
    made = _workers(workers, drawn, list(by_home), children, chance)
    return Borough(
        workers=made, children=children, by_community=by_community, by_home=by_home, names=counted, watched=watched
    )


def _children(count, communities, drawn, by_community, chance):
    """Make families of one surname and one home each, until there are enough children."""
    children: list[workweeks.Subject] = []
    homes = count // CHILDREN_IN_A_POSTCODE
    at = iter(communities)
    while len(children) < count:
        community = next(at)
        surname, home = next(drawn[community]), f"home {chance.randrange(homes)}"
        for _ in range(chance.choices((1, 2, 3, 4), (35, 40, 17, 8))[0]):
            number = len(children)
            child = workweeks.Subject(id=f"c{number}", surname=surname, address=home, serial=number * 7 % count)
            children.append(child)
            by_community[community].append(child)
    return children


def _workers(count, drawn, homes, children, chance):
    made: list[Worker] = []
    shares = [row[0] for row in COMMUNITIES.values()]
    for n in range(count):
        role = chance.choices(ROLES, [role.share for role in ROLES])[0]
        community = chance.choices(list(COMMUNITIES), shares)[0]
        home = chance.choice(homes)
        start = chance.randrange(len(children))
        looker = workweeks.Looker(
            id=f"w{n}",
            surname=next(drawn[community]),
            role=role.name,
            team=f"{role.name} {chance.randrange(max(1, round(count * role.share / role.team_size)))}",
            addresses=frozenset({home}) if chance.random() < 0.9 else frozenset(),
        )
        made.append(
            Worker(
                looker=looker,
                community=community,
                role=role,
                home=home,
                pace=chance.lognormvariate(0, 0.4),
                caseload=tuple(children[(start + k) % len(children)] for k in range(CASELOAD)),
                is_on_shift=role.is_on_shifts and chance.random() < 0.6,
            )
        )
    _acquaint(made)
    return made


def _acquaint(workers: list[Worker]) -> None:
    """Let everyone know their colleagues' surnames and declared homes."""
    teams: dict[str, set[tuple[str, str, str]]] = {}
    for worker in workers:
        for address in worker.looker.addresses:
            teams.setdefault(worker.looker.team, set()).add((worker.looker.id, worker.looker.surname, address))
    for worker in workers:
        team = teams.get(worker.looker.team, set())
        worker.colleagues = frozenset((name, at) for who, name, at in team if who != worker.looker.id)
