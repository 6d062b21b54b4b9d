"""A feed of NHS patients as networks deliver it: twice, late, out of order, and by clocks that are wrong.

Belongs here: what is said, and the order in which it comes. Not here: what must become of it (the tests).
"""

import dataclasses
import datetime
import io
import itertools
import random

from joinedup.exchange.fhir import schema, write
from joinedup.exchange.opening import formats

DAYS = 60
LATE_DAYS = 30
SKEW_DAYS = 2
WINDOW = 1_000
SENT_AGAIN = 0.3
_GIVEN = ("Ada", "Bo", "Chidi", "Dilys", "Eoin", "Fatima", "Gwen", "Hana")
_FAMILY = ("Lovell", "Byron", "Okafor", "Pryce", "Khan", "Novák", "Begum", "Li")
_BORN = datetime.date(2014, 3, 9)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One version of one resource, and the day on which it was said."""

    resource: schema.Patient
    said_on: float

    @property
    def line(self) -> bytes:
        out = io.BytesIO()
        write.write([self.resource], out)
        return out.getvalue()


def said(dice: random.Random, *, patients: int, most_versions: int) -> list[Message]:
    """Return what a service says of its patients, in the order in which it says it."""
    messages = []
    for number in range(patients):
        moments = sorted(dice.uniform(0, DAYS) for _ in range(dice.randint(1, most_versions)))
        messages += [
            Message(resource=_patient(dice, number, version), said_on=moment)
            for version, moment in enumerate(moments, start=1)
        ]
    return sorted(messages, key=lambda message: message.said_on)


def _patient(dice: random.Random, number: int, version: int) -> schema.Patient:
    """Return a patient who moves, marries, changes practice and at times goes back to what was."""
    return schema.Patient(
        id=f"P{number}",
        version=str(version),
        names=(schema.Name(given=(_GIVEN[number % len(_GIVEN)],), family=dice.choice(_FAMILY)),),
        gender=dice.choice(("female", "unknown")),
        birth_date=_BORN + datetime.timedelta(days=number),
        addresses=(schema.Address(lines=(f"{dice.randint(1, 3)} High Street",), postcode="LS1 6AE"),),
        practices=(schema.Practice(ods_code=dice.choice(("Y12345", "Y54321"))),) if dice.random() < 0.8 else (),
        contacts=(schema.Contact(relationship="MTH", given=("Mary",), family=dice.choice(_FAMILY)),)
        if dice.random() < 0.5
        else (),
    )


def delivered(dice: random.Random, messages: list[Message], *, window: int = WINDOW) -> list[Message]:
    """Return the messages as they come: some again, some a month late, by clocks two days out, and then shuffled."""
    sent = [message for message in messages for _ in range(1 + (dice.random() < SENT_AGAIN))]
    arrivals = [(_arrives(dice, message), place) for place, message in enumerate(sent)]
    in_order = [sent[place] for _, place in sorted(arrivals)]
    # Nothing moves further than the window: each place is drawn within it.
    places = [place + dice.uniform(0, window) for place in range(len(in_order))]
    return [message for _, message in sorted(zip(places, in_order, strict=True), key=lambda pair: pair[0])]


def _arrives(dice: random.Random, message: Message) -> float:
    late = dice.uniform(0, LATE_DAYS) if dice.random() < 0.2 else dice.uniform(0, 0.1)
    return message.said_on + late + dice.uniform(-SKEW_DAYS, SKEW_DAYS)


def files(dice: random.Random, messages: list[Message], *, most: int) -> list[list[Message]]:
    """Return the messages in files of many sizes, in the order in which they come."""
    waiting, found = iter(messages), []
    while piece := list(itertools.islice(waiting, dice.randint(1, most))):
        found.append(piece)
    return found


def source(messages: list[Message], *, name: str) -> formats.Source:
    """Return messages as a file."""
    return formats.Source.of_bytes(name, b"".join(message.line for message in messages))
