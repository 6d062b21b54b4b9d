"""Typed rows of the school census, one dataclass for each table, with the columns of the autumn 2024 and spring 2025 terms.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import DateStyle, Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OnRoll:
    """A pupil on a school's roll on census day."""

    pupil_id: str = text("pupilonrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    birth_date: datetime.date | None = date("dob", need=Need.READABLE)
    family_name: str = text("surname")
    given_name: str = text("forename")
    middle_names: str = text("middlenames", expected=False)
    preferred_family_name: str = text("preferredsurname", expected=False)
    former_family_name: str = text("formersurname", expected=False)
    upn: str = text("upn", expected=False)
    former_upn: str = text("formerupn", expected=False)
    unique_learner_number: str = text("uniquelearnernumber", expected=False)
    sex: str = text("sex", expected=False, aliases=("gender",))
    entry_date: datetime.date | None = date("entrydate", need=Need.READABLE, may_be_future=True)
    pupilonrollorderseqcolumn: str = text("pupilonrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    schoolcensustableid: str = text("schoolcensustableid", expected=False)
    hoursatsetting: str = text("hoursatsetting", expected=False)
    schoollunchtaken: str = text("schoollunchtaken", expected=False)
    parttime: str = text("parttime", expected=False)
    topupfunding: str = text("topupfunding", expected=False)
    termlysessionspossible: str = text("termlysessionspossible", expected=False)
    termlysessionsauthorised: str = text("termlysessionsauthorised", expected=False)
    termlysessionsunauthorised: str = text("termlysessionsunauthorised", expected=False)
    senunitindicator: str = text("senunitindicator", expected=False)
    resourcedprovisionindicator: str = text("resourcedprovisionindicator", expected=False)
    nonqualhrs: str = text("nonqualhrs", expected=False)
    ftemp: str = text("ftemp", expected=False)
    qualhrs: str = text("qualhrs", expected=False)
    qualhrspreviousyear: str = text("qualhrspreviousyear", expected=False)
    nonqualhrspreviousyear: str = text("nonqualhrspreviousyear", expected=False)
    tlevelqualhrs: str = text("tlevelqualhrs", expected=False)
    tlevelnonqualhrs: str = text("tlevelnonqualhrs", expected=False)
    moveoffrollflag: str = text("moveoffrollflag", expected=False)
    fundedhours: str = text("fundedhours", expected=False)
    missingaddress: str = text("missingaddress", expected=False)
    duplicatenotfunded: str = text("duplicatenotfunded", expected=False)
    summerhalfterm2sessionspossible: str = text("summerhalfterm2sessionspossible", expected=False)
    extendedhours: str = text("extendedhours", expected=False)
    eligibilitycode: str = text("eligibilitycode", expected=False)
    summerhalfterm2sessionsauthorised: str = text("summerhalfterm2sessionsauthorised", expected=False)
    summerhalfterm2sessionsunauthorised: str = text("summerhalfterm2sessionsunauthorised", expected=False)
    dafindicator: str = text("dafindicator", expected=False)
    summerhalfterm2sessionseducational: str = text("summerhalfterm2sessionseducational", expected=False)
    summerhalfterm2sessionsexceptional: str = text("summerhalfterm2sessionsexceptional", expected=False)
    summerhalfterm2sessionscoronavirus: str = text("summerhalfterm2sessionscoronavirus", expected=False)
    yssa: str = text("yssa", expected=False)
    servicechild: str = text("servicechild", expected=False)
    language: str = text("language", expected=False)
    classtype: str = text("classtype", expected=False)
    enrolstatus: str = text("enrolstatus", expected=False)
    boarder: str = text("boarder", expected=False)
    plaa: str = text("plaa", expected=False)
    sen_provision: str = text("senprovision", expected=False)
    ncyearactual: str = text("ncyearactual", expected=False)
    mathsgcsehighestpriorattainment: str = text("mathsgcsehighestpriorattainment", expected=False)
    mathsgcsepriorattainmentyear11: str = text("mathsgcsepriorattainmentyear11", expected=False)
    englishgcsehighestpriorattainment: str = text("englishgcsehighestpriorattainment", expected=False)
    englishgcsepriorattainmentyear11: str = text("englishgcsepriorattainmentyear11", expected=False)
    mathsgcsefundingexemption: str = text("mathsgcsefundingexemption", expected=False)
    englishgcsefundingexemption: str = text("englishgcsefundingexemption", expected=False)
    mathsgcsehighestpriorattainmentpreviousyear: str = text(
        "mathsgcsehighestpriorattainmentpreviousyear", expected=False
    )
    englishgcsehighestpriorattainmentpreviousyear: str = text(
        "englishgcsehighestpriorattainmentpreviousyear", expected=False
    )
    eyppr: str = text("eyppr", expected=False)
    eyppbf: str = text("eyppbf", expected=False)
    unitcontacttime: str = text("unitcontacttime", expected=False)
    ethnicity: str = text("ethnicity", expected=False)
    youngcarer: str = text("youngcarer", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoLongerOnRoll:
    """A pupil who has left the roll since the census before."""

    pupil_id: str = text("pupilnolongeronrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    birth_date: datetime.date | None = date("dob", need=Need.READABLE)
    family_name: str = text("surname")
    given_name: str = text("forename")
    middle_names: str = text("middlenames", expected=False)
    preferred_family_name: str = text("preferredsurname", expected=False)
    former_family_name: str = text("formersurname", expected=False)
    upn: str = text("upn", expected=False)
    former_upn: str = text("formerupn", expected=False)
    unique_learner_number: str = text("uniquelearnernumber", expected=False)
    sex: str = text("sex", expected=False, aliases=("gender",))
    entry_date: datetime.date | None = date("entrydate", need=Need.READABLE, may_be_future=True)
    leaving_date: datetime.date | None = date("leavingdate", need=Need.READABLE, may_be_future=True)
    pupilnolongeronrollorderseqcolumn: str = text("pupilnolongeronrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    schoolcensustableid: str = text("schoolcensustableid", expected=False)
    parttime: str = text("parttime", expected=False)
    termlysessionspossible: str = text("termlysessionspossible", expected=False)
    termlysessionsauthorised: str = text("termlysessionsauthorised", expected=False)
    termlysessionsunauthorised: str = text("termlysessionsunauthorised", expected=False)
    moveonrollflag: str = text("moveonrollflag", expected=False)
    missingaddress: str = text("missingaddress", expected=False)
    summerhalfterm2sessionsauthorised: str = text("summerhalfterm2sessionsauthorised", expected=False)
    summerhalfterm2sessionspossible: str = text("summerhalfterm2sessionspossible", expected=False)
    summerhalfterm2sessionsunauthorised: str = text("summerhalfterm2sessionsunauthorised", expected=False)
    qualhrs: str = text("qualhrs", expected=False)
    qualhrspreviousyear: str = text("qualhrspreviousyear", expected=False)
    nonqualhrspreviousyear: str = text("nonqualhrspreviousyear", expected=False)
    tlevelqualhrs: str = text("tlevelqualhrs", expected=False)
    tlevelnonqualhrs: str = text("tlevelnonqualhrs", expected=False)
    nonqualhrs: str = text("nonqualhrs", expected=False)
    summerhalfterm2sessionseducational: str = text("summerhalfterm2sessionseducational", expected=False)
    summerhalfterm2sessionsexceptional: str = text("summerhalfterm2sessionsexceptional", expected=False)
    summerhalfterm2sessionscoronavirus: str = text("summerhalfterm2sessionscoronavirus", expected=False)
    boarder: str = text("boarder", expected=False)
    language: str = text("language", expected=False)
    ncyearleaving: str = text("ncyearleaving", expected=False)
    mathsgcsehighestpriorattainment: str = text("mathsgcsehighestpriorattainment", expected=False)
    mathsgcsepriorattainmentyear11: str = text("mathsgcsepriorattainmentyear11", expected=False)
    englishgcsehighestpriorattainment: str = text("englishgcsehighestpriorattainment", expected=False)
    englishgcsepriorattainmentyear11: str = text("englishgcsepriorattainmentyear11", expected=False)
    mathsgcsefundingexemption: str = text("mathsgcsefundingexemption", expected=False)
    englishgcsefundingexemption: str = text("englishgcsefundingexemption", expected=False)
    mathsgcsehighestpriorattainmentpreviousyear: str = text(
        "mathsgcsehighestpriorattainmentpreviousyear", expected=False
    )
    englishgcsehighestpriorattainmentpreviousyear: str = text(
        "englishgcsehighestpriorattainmentpreviousyear", expected=False
    )
    ethnicity: str = text("ethnicity", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionOnRoll:
    """A suspension or exclusion of a pupil still on roll."""

    pupil_id: str = text("pupilonrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    record_id: str = text("termlyexclusionsonrolltableid", need=Need.FILLED)
    termlyexclusionsonrollorderseqcolumn: str = text("termlyexclusionsonrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    start_date: datetime.date | None = date("startdate", need=Need.FILLED)
    sessions: str = text("sessions", expected=False)
    reason1: str = text("reason1", expected=False)
    reason2: str = text("reason2", expected=False)
    reason3: str = text("reason3", expected=False)
    category: str = text("category")
    sen_provision: str = text("senprovision", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionOffRoll:
    """A suspension or exclusion of a pupil no longer on roll."""

    pupil_id: str = text("pupilnolongeronrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    record_id: str = text("termlyexclusionsoffrolltableid", need=Need.FILLED)
    termlyexclusionsoffrollorderseqcolumn: str = text("termlyexclusionsoffrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    start_date: datetime.date | None = date("startdate", need=Need.FILLED)
    sessions: str = text("sessions", expected=False)
    reason1: str = text("reason1", expected=False)
    reason2: str = text("reason2", expected=False)
    reason3: str = text("reason3", expected=False)
    category: str = text("category")
    sen_provision: str = text("senprovision", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AddressOnRoll:
    """An address of a pupil on roll."""

    pupil_id: str = text("pupilonrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    record_id: str = text("addressesonrolltableid", need=Need.FILLED)
    addressesonrollorderseqcolumn: str = text("addressesonrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    unique_property_reference_number: str = text("uniquepropertyreferencenumber", expected=False)
    postcode: str = text("postcode")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AddressOffRoll:
    """An address of a pupil no longer on roll."""

    pupil_id: str = text("pupilnolongeronrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    record_id: str = text("addressesoffrolltableid", need=Need.FILLED)
    addressesoffrollorderseqcolumn: str = text("addressesoffrollorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    unique_property_reference_number: str = text("uniquepropertyreferencenumber", expected=False)
    postcode: str = text("postcode")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SenNeed:
    """A special educational need of a pupil on roll."""

    pupil_id: str = text("pupilonrolltableid", need=Need.FILLED)
    school_code: str = text("NativeId")
    record_id: str = text("senneedstableid", need=Need.FILLED)
    senneedsorderseqcolumn: str = text("senneedsorderseqcolumn", expected=False)
    sourceid: str = text("sourceid", expected=False)
    sentyperank: str = text("sentyperank", expected=False)
    sentype: str = text("sentype", expected=False)


TABLES = (
    Table(code="onroll", title="pupils on roll", row=OnRoll, dates=DateStyle.CENSUS, file_words=("pupilonroll",)),
    Table(
        code="leavers",
        title="pupils no longer on roll",
        row=NoLongerOnRoll,
        dates=DateStyle.CENSUS,
        file_words=("pupilnolongeronroll",),
    ),
    Table(
        code="exclusions_onroll",
        title="suspensions and exclusions, on roll",
        row=ExclusionOnRoll,
        dates=DateStyle.CENSUS,
        file_words=("termlyexclusionsonroll",),
    ),
    Table(
        code="exclusions_offroll",
        title="suspensions and exclusions, no longer on roll",
        row=ExclusionOffRoll,
        dates=DateStyle.CENSUS,
        file_words=("termlyexclusionsoffroll",),
    ),
    Table(
        code="addresses_onroll",
        title="addresses, on roll",
        row=AddressOnRoll,
        dates=DateStyle.CENSUS,
        file_words=("addressesonroll",),
    ),
    Table(
        code="addresses_offroll",
        title="addresses, no longer on roll",
        row=AddressOffRoll,
        dates=DateStyle.CENSUS,
        file_words=("addressesoffroll",),
    ),
    Table(
        code="sen_needs",
        title="special educational needs",
        row=SenNeed,
        dates=DateStyle.CENSUS,
        file_words=("senneeds",),
    ),
)
