"""An assessment is read and written where one of its children was opened; its rows follow its children by themselves."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.assessment import functions


class Migration(migrations.Migration):
    """Row-level security and the trigger."""

    dependencies = [
        ("assessment", "0001_initial"),
        ("access", "0024_work_ties_people"),
        ("childindex", "0012_case_tiers"),
    ]

    operations = [
        secure.Grant(["assessment_formversion"], app="SELECT, INSERT", batch="SELECT", definer="SELECT"),
        secure.SecureTables(
            ["assessment_assessment"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            definer="SELECT, UPDATE, DELETE",
            rows=functions.ASSESSMENTS,
        ),
        secure.SecureTables(
            ["assessment_answer"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            definer="SELECT, UPDATE, DELETE",
            rows=functions.ANSWERS,
        ),
        secure.SecureTables(
            ["assessment_assessmentchild"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            definer="SELECT, UPDATE, DELETE",
            rows=functions.OF_ASSESSMENT,
        ),
        secure.SecureTables(
            ["assessment_answerwords"],
            app="SELECT, INSERT",
            batch="SELECT",
            definer="SELECT, DELETE",
            rows=functions.OF_ANSWER,
        ),
        secure.SecureTables(
            ["assessment_waitingwords"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            definer="SELECT, DELETE",
            rows=functions.OF_ANSWER,
        ),
        secure.SecureTables(
            ["assessment_signedversion"],
            app="SELECT, INSERT",
            batch="SELECT",
            definer="SELECT, DELETE",
            rows=functions.OF_ASSESSMENT,
        ),
        secure.DefinerFunction(
            "assessment_children_follow()", f"{functions.FOLLOW}; {functions.FOLLOW_TRIGGER}", callers=[]
        ),
    ]
