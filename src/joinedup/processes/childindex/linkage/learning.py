"""Learning: what all records of a run teach that a single one cannot know.

Belongs here: names, numbers and shares of all standardised records, written out so that they can be kept. Not here: finding
them (coding), what is done with them (lore), weights (training).
"""

import numpy as np

from joinedup.processes.childindex.linkage.lore import Lore
from joinedup.processes.childindex.linkage.scoring.columns import TEXT_AT
from joinedup.processes.childindex.linkage.scoring.tables import Coded, words_of

#: Columns whose commonness a model may weigh.
COMMON_COLUMNS = ("given", "family", "middle")
#: A value rarer than this weighs no more for being rarer still, so that it need not be kept.
RAREST_SHARE = 0.0005


def learn(table: Coded) -> Lore:
    """Return what all records of a run teach, as `coding.making.code` made a table of them."""
    known = np.flatnonzero(table.known)
    begins, forms = table.variants
    several = np.flatnonzero(np.diff(begins))
    names = words_of(table, several)
    variants = {
        name: tuple(sorted(words_of(table, forms[begins[at] : begins[at + 1]])))
        for name, at in zip(names, several.tolist(), strict=True)
    }
    return Lore(
        variants=dict(sorted(variants.items())),
        known_names=frozenset(words_of(table, known)),
        shares={column: _shares(table, column) for column in COMMON_COLUMNS},
        same_nhs=table.same_nhs,
        same_upn=table.same_upn,
    )


def _shares(table: Coded, column: str) -> dict[str, float]:
    """Return the common values of a column, and the share of aliases that have each."""
    codes = table.columns.cells[:, TEXT_AT[column]]
    said = codes[codes >= 0]
    shares = np.bincount(said) / max(len(said), 1)
    common = np.flatnonzero(shares > RAREST_SHARE)
    return dict(sorted(zip(words_of(table, common), shares[common].tolist(), strict=True)))
