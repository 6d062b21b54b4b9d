"""A source record, in every state."""

from joinedup.web.practitioner import presenters as practitioner
from tests.journeys.screens import common


def source_record(raw: bool = True) -> practitioner.SourceRecordPage:
    field = practitioner.RowField
    return practitioner.SourceRecordPage(
        title="One row of a school census",
        agency="Northshire schools",
        file_name="2024_autumn_onroll_northshire_all_schools.csv.gz",
        table="onroll",
        line_number=4_118,
        received_at=common.NOW,
        legal_basis="Education Act 1996, section 537A",
        fields=(
            field(column="forename", value="KATARZYNA"),
            field(column="dob", value="17/11/2022"),
            field(column="upn", value="H801200001001"),
            field(column="postcode", value="ns47qt"),
            field(column="middlenames", value=""),
            field(column="a_column_with_a_very_long_name_" * 3, value=common.LONG_WORD * 3),
        )
        if raw
        else (),
        back=common.link("The child's page"),
        batch=common.link("12 of 14 September 2025"),
        raw="KATARZYNA,,AHMED,17/11/2022,F,H801200001001,ns47qt\n" + common.LONG_WORD * 4 if raw else None,
        raw_withheld="The whole row may be seen by the agency that sent it.",
        notes=("The postcode was written without its space",) if raw else (),
        newer=common.link("See the newer version") if raw else None,
    )
