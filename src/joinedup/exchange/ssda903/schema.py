"""Typed rows of the SSDA903 return of looked-after children, one dataclass for each of its CSV tables.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import DateStyle, Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who a looked-after child is, once a year."""

    child: str = text("CHILD", need=Need.FILLED)
    sex: str = text("SEX")
    birth_date: datetime.date | None = date("DOB", need=Need.READABLE)
    ethnicity: str = text("ETHNIC")
    upn: str = text("UPN")
    is_mother: str = text("MOTHER")
    child_birth_date: datetime.date | None = date("MC_DOB")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A span in which legal status and placement stayed the same."""

    child: str = text("CHILD", need=Need.FILLED)
    started_date: datetime.date | None = date("DECOM", need=Need.FILLED)
    reason_new_episode: str = text("RNE")
    legal_status: str = text("LS")
    need_code: str = text("CIN")
    placement: str = text("PLACE")
    placement_provider: str = text("PLACE_PROVIDER")
    ended_date: datetime.date | None = date("DEC")
    reason_ceased: str = text("REC")
    reason_placement_changed: str = text("REASON_PLACE_CHANGE")
    home_postcode: str = text("HOME_POST")
    placement_postcode: str = text("PL_POST")
    provider_urn: str = text("URN", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review of a looked-after child's case."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    review_date: datetime.date | None = date("REVIEW", need=Need.FILLED)
    participation: str = text("REVIEW_CODE")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unaccompanied:
    """A child seeking asylum without an adult who answers for them."""

    child: str = text("CHILD", need=Need.FILLED)
    sex: str = text("SEX")
    birth_date: datetime.date | None = date("DOB", need=Need.READABLE)
    status_ends_date: datetime.date | None = date("DUC", may_be_future=True)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class YearOfHealth:
    """Whether the year's health checks were done."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    strengths_score: str = text("SDQ_SCORE")
    strengths_reason: str = text("SDQ_REASON")
    convicted: str = text("CONVICTED")
    health_check: str = text("HEALTH_CHECK")
    immunisations: str = text("IMMUNISATIONS")
    teeth_check: str = text("TEETH_CHECK")
    health_assessment: str = text("HEALTH_ASSESSMENT")
    substance_misuse: str = text("SUBSTANCE_MISUSE")
    intervention_received: str = text("INTERVENTION_RECEIVED")
    intervention_offered: str = text("INTERVENTION_OFFERED")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CareLeaver:
    """How a care leaver is doing at a birthday from 17 to 21."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    in_touch: str = text("IN_TOUCH")
    activity: str = text("ACTIV")
    accommodation: str = text("ACCOM")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The decision that adoption is best, and the match."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    decided_date: datetime.date | None = date("DATE_INT")
    matched_date: datetime.date | None = date("DATE_MATCH")
    foster_carer_adopts: str = text("FOSTER_CARE")
    adopters: str = text("NB_ADOPTR")
    sex_of_adopters: str = text("SEX_ADOPTR")
    status_of_adopters: str = text("LS_ADOPTR")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacedForAdoption:
    """A placement for adoption."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    placed_date: datetime.date | None = date("DATE_PLACED")
    ceased_date: datetime.date | None = date("DATE_PLACED_CEASED")
    reason_ceased: str = text("REASON_PLACED_CEASED")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PreviousPermanence:
    """A permanent home a child had before this period of care."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    order: str = text("PREV_PERM")
    authority: str = text("LA_PERM")
    order_date: datetime.date | None = date("DATE_PERM")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A time when a child was missing, or away without authorisation."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    kind: str = text("MISSING")
    started_date: datetime.date | None = date("MIS_START", need=Need.FILLED)
    ended_date: datetime.date | None = date("MIS_END")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SocialWorker:
    """A span in which one social worker held the case."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    worker: str = text("SW_ID")
    started_date: datetime.date | None = date("SW_DECOM", need=Need.FILLED)
    ended_date: datetime.date | None = date("SW_DEC")
    reason: str = text("SW_REASON")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeprivationOfLiberty:
    """A span under a deprivation of liberty order."""

    child: str = text("CHILD", need=Need.FILLED)
    birth_date: datetime.date | None = date("DOB")
    started_date: datetime.date | None = date("DOLO_START", need=Need.FILLED)
    ended_date: datetime.date | None = date("DOLO_END", may_be_future=True)


TABLES = (
    Table(code="header", title="children", row=Header, dates=DateStyle.DAY_FIRST, file_words=("header",)),
    Table(code="episodes", title="episodes of care", row=Episode, dates=DateStyle.DAY_FIRST, file_words=("episodes",)),
    Table(code="reviews", title="reviews", row=Review, dates=DateStyle.DAY_FIRST, file_words=("reviews",)),
    Table(
        code="uasc",
        title="unaccompanied asylum-seeking children",
        row=Unaccompanied,
        dates=DateStyle.DAY_FIRST,
        file_words=("uasc",),
    ),
    Table(code="oc2", title="health over the year", row=YearOfHealth, dates=DateStyle.DAY_FIRST, file_words=("oc2",)),
    Table(code="oc3", title="care leavers", row=CareLeaver, dates=DateStyle.DAY_FIRST, file_words=("oc3",)),
    Table(code="ad1", title="adoptions", row=Adoption, dates=DateStyle.DAY_FIRST, file_words=("ad1",)),
    Table(
        code="placed_for_adoption",
        title="children placed for adoption",
        row=PlacedForAdoption,
        dates=DateStyle.DAY_FIRST,
        file_words=("placed_for_adoption", "placedadoption", "should_be_placed"),
    ),
    Table(
        code="previous_permanence",
        title="earlier permanence orders",
        row=PreviousPermanence,
        dates=DateStyle.DAY_FIRST,
        file_words=("previous_permanence", "prevperm"),
    ),
    Table(
        code="missing", title="times missing or away", row=Missing, dates=DateStyle.DAY_FIRST, file_words=("missing",)
    ),
    Table(
        code="sw_episodes",
        title="social workers",
        row=SocialWorker,
        dates=DateStyle.DAY_FIRST,
        file_words=("sw_episodes", "social_worker"),
    ),
    Table(
        code="dolo",
        title="deprivation of liberty orders",
        row=DeprivationOfLiberty,
        dates=DateStyle.DAY_FIRST,
        file_words=("dolo",),
    ),
)
