"""What an agency writes down of the children it met: the truth, and its mistakes, column by column.

Belongs here: all columns of its records. Not here: the rates (errors), the slips themselves (errors, renderings).

What happens to most records is done on whole columns; what happens to few is done to each by the borough's own functions.
"""

import numpy as np

from joinedup.synthesis import errors, streams
from joinedup.synthesis.records_only import dates, said_names, said_numbers
from joinedup.synthesis.records_only.agencies import Met
from joinedup.synthesis.records_only.lexicon import Ints, Words
from joinedup.synthesis.records_only.page import Page, Slip
from joinedup.synthesis.records_only.people import People, World


def write(
    met: Met, people: People, world: World, rates: errors.ErrorRates, index: int
) -> tuple[dict[str, Words], Ints]:
    """Return the columns of one agency's records and what slipped in each (bits of `Slip`)."""
    page = Page(
        people=people,
        met=met,
        world=world,
        rates=rates,
        chance=streams.many(world.seed, f"written by {met.agency}", index),
        single=streams.stream(world.seed, f"slips by {met.agency}", index),
        slips=np.zeros(len(met.child), np.int64),
    )
    page.slips[met.again] |= Slip.LISTED_TWICE
    columns = said_names.said(page) | _address(page)
    columns["dob"] = dates.birth_dates(page)
    columns["said_date"] = dates.iso(met.on)
    columns["sex"] = _sex(page)
    columns |= said_numbers.nhs_numbers(page) | said_numbers.pupil_numbers(page)
    return columns, page.slips


def _address(page: Page) -> dict[str, Words]:
    people, met, rates, ground = page.people, page.met, page.rates, page.world.ground
    stay = _stay(people, met)
    stale = page.hits(rates.stale_address, stay > 0, Slip.FORMER_ADDRESS)
    stay = stay - stale
    last = (people.since[met.child] <= page.world.ends_on).sum(axis=1) - 1
    page.slips[stay < last] |= Slip.FORMER_ADDRESS
    spot, door = people.spot[met.child, stay], people.door[met.child, stay]
    other = page.of(people.other)
    elsewhere = page.hits(rates.other_parents_address * 2, other >= 0, Slip.OTHER_HOME)
    spot = np.where(elsewhere, other, spot)
    door = np.where(elsewhere, 1 + door * 7 % 120, door)
    postcode = ground.postcodes[spot]
    street = _plain_numbers(door) + " " + ground.streets[spot]
    typo = page.hits(rates.postcode_typo, stay >= 0, Slip.POSTCODE_TYPO)
    page.rewrite(postcode, typo, lambda true: errors.postcode_typo(true, page.single))
    none = page.hits(page.habits.no_postcode, stay >= 0, Slip.NO_POSTCODE, level=False)
    postcode[none], street[none] = "", ""
    return {"address": street, "postcode": postcode}


def _stay(people: People, met: Met) -> Ints:
    """Return which address of each child it was on the day of writing."""
    stay: Ints = (people.since[met.child] <= met.on[:, None]).sum(axis=1) - 1
    return np.maximum(stay, 0)


def _plain_numbers(numbers: Ints) -> Words:
    return numbers.astype("U4").astype(object)


def _sex(page: Page) -> Words:
    male = page.of(page.people.male)
    wrong = page.hits(page.rates.sex_wrong, male | ~male, Slip.SEX_WRONG)
    sex = np.where(male ^ wrong, "M", "F").astype(object)
    sex[page.chance.random(len(sex)) < page.habits.no_sex] = ""
    return sex
