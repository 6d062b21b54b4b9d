"""NHS numbers and pupil numbers as agencies have them: mistyped, a sibling's, copied wrong, replaced, for the time being.

Belongs here: the numbers of a record. Not here: right numbers (numbering).
"""

import numpy as np

from joinedup.synthesis import errors
from joinedup.synthesis.records_only.lexicon import Words
from joinedup.synthesis.records_only.page import Page, Slip


def nhs_numbers(page: Page) -> dict[str, Words]:
    """Return the NHS number and the number it replaced, record by record; empty where there is none."""
    people, rates = page.people, page.rates
    nhs, former = page.of(people.nhs).copy(), page.of(people.former_nhs)
    has = page.chance.random(len(nhs)) >= page.habits.no_nhs_number
    copied = page.hits(0.5, has & (page.of(people.copied_nhs) != ""), Slip.NHS_COPIED, level=False)
    nhs[copied] = page.of(people.copied_nhs)[copied]
    siblings = page.of(people.sibling)
    borrowed = page.hits(rates.siblings_number, has & (siblings >= 0), Slip.NHS_SIBLING)
    nhs[borrowed] = people.nhs[siblings[borrowed]]
    wrong = page.hits(rates.wrong_digit, has & ~borrowed, Slip.NHS_WRONG)
    page.rewrite(nhs, wrong, lambda number: errors.wrong_digit(number, page.single))
    replaced = page.hits(0.3, has & (former != ""), Slip.NHS_FORMER, level=False)
    nhs[replaced] = former[replaced]
    said = np.where(has & ~replaced & (page.chance.random(len(nhs)) < 0.5), former, "")
    nhs[~has] = ""
    return {"nhs_number": nhs, "former_nhs_number": said}


def pupil_numbers(page: Page) -> dict[str, Words]:
    """Return the pupil number and the one before it, record by record; empty where there is none."""
    people, rates = page.people, page.rates
    upn, first = page.of(people.upn).copy(), page.of(people.temporary_upn)
    has = (upn != "") & (page.chance.random(len(upn)) >= page.habits.no_upn)
    siblings = page.of(people.sibling)
    borrowed = page.hits(rates.siblings_number, has & (siblings >= 0), Slip.UPN_WRONG)
    upn[borrowed] = people.upn[siblings[borrowed]]
    wrong = page.hits(rates.wrong_digit, has & ~borrowed, Slip.UPN_WRONG)
    page.rewrite(upn, wrong, lambda number: errors.wrong_digit(number, page.single))
    temporary = page.hits(rates.temporary_upn * 0.5, has & (first != ""), Slip.UPN_TEMPORARY, level=False)
    upn[temporary] = first[temporary]
    said = np.where(has & ~temporary & (page.chance.random(len(upn)) < 0.5), first, "")
    upn[~has] = ""
    return {"upn": upn, "former_upn": said}
