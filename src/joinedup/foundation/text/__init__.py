"""Text as people write it: names folded for comparison, numbers checked, postcodes in one form.

Belongs here: what knows letters and check digits only. Not here: anything that knows a child or an agency.
"""

from joinedup.foundation.text.names import (
    canonical_given_name,
    fold_name,
    name_tokens,
    repair_mojibake,
    sound,
    spelling_variants,
)
from joinedup.foundation.text.numbers import (
    is_temporary_upn,
    nhs_check_digit,
    nhs_number,
    upn,
    upn_check_letter,
)
from joinedup.foundation.text.postcodes import postcode, postcode_sector

__all__ = [
    "canonical_given_name",
    "fold_name",
    "is_temporary_upn",
    "name_tokens",
    "nhs_check_digit",
    "nhs_number",
    "postcode",
    "postcode_sector",
    "repair_mojibake",
    "sound",
    "spelling_variants",
    "upn",
    "upn_check_letter",
]
