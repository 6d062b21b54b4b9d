"""Reads of the assessment: a child's assessments, one as it stands, as it was signed, and how an answer came about."""

from joinedup.processes.assessment.queries.listing import ChildAssessments, ListedCard, get_assessments
from joinedup.processes.assessment.queries.opening import (
    Asked,
    Member,
    NoSuchAssessment,
    Opened,
    may_assess,
    open_assessment,
)
from joinedup.processes.assessment.queries.pages import (
    AnswerCard,
    AssessmentPage,
    SignedCard,
    WaitingCard,
    WriterCard,
    get_answers,
    get_assessment,
    get_waiting,
    get_writers,
    page_of,
)
from joinedup.processes.assessment.queries.versions import (
    ChangedLine,
    NoSuchAnswer,
    NoSuchVersion,
    VersionPage,
    WordsCard,
    get_history,
    get_version,
)

__all__ = [
    "AnswerCard",
    "Asked",
    "AssessmentPage",
    "ChangedLine",
    "ChildAssessments",
    "ListedCard",
    "Member",
    "NoSuchAnswer",
    "NoSuchAssessment",
    "NoSuchVersion",
    "Opened",
    "SignedCard",
    "VersionPage",
    "WaitingCard",
    "WordsCard",
    "WriterCard",
    "get_answers",
    "get_assessment",
    "get_assessments",
    "get_history",
    "get_version",
    "get_waiting",
    "get_writers",
    "may_assess",
    "open_assessment",
    "page_of",
]
