"""What a family may read is seen of an opened child, and what is under review by reviewers other than the person it is about."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.assurance import functions

_OF_AN_OPENED_CHILD = "child_id = ANY ((SELECT access_opened())::uuid[])"
_ONES_OWN = "user_id = (SELECT access_viewer())"
_REVIEWER = "(SELECT access_may('review'))"
_NOT_ONES_OWN = f"{_REVIEWER} AND looker_id IS DISTINCT FROM (SELECT access_viewer())"

# Beside the rule of the program, so that no page that forgets it lets a team review itself, and a decision stands.
_FROM_OUTSIDE = """
CREATE FUNCTION assurance_reviewed_from_outside() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    person uuid;
    post record;
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'what was decided of unusual looking stands';
    END IF;
    FOREACH person IN ARRAY array_remove(ARRAY[
        CASE WHEN NEW.opened_by_id IS DISTINCT FROM OLD.opened_by_id THEN NEW.opened_by_id END,
        CASE WHEN NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id THEN NEW.reviewer_id END
    ], NULL) LOOP
        SELECT p.agency_id, p.team_id INTO post FROM public.agencies_practitioner p WHERE p.user_id = person;
        IF NOT FOUND OR person = NEW.looker_id OR (
            post.agency_id = NEW.looker_agency_id
            AND (post.team_id = NEW.looker_team_id) IS DISTINCT FROM false
        ) THEN
            RAISE EXCEPTION 'unusual looking is reviewed from outside the team';
        END IF;
        IF person IS DISTINCT FROM public.access_viewer() THEN
            RAISE EXCEPTION 'nobody reviews in the name of another';
        END IF;
    END LOOP;
    RETURN NEW;
END
$$
"""


class Migration(migrations.Migration):
    """Row-level security, the trigger that keeps reviewers outside, and the functions that judge by the matrix."""

    dependencies = [
        ("assurance", "0001_initial"),
        ("audit", "0007_looks_are_read"),
        ("access", "0004_need_to_know"),
        ("agencies", "0004_place_of_a_user"),
        ("people", "0006_need_to_know"),
        ("childindex", "0004_need_to_know"),
    ]

    operations = [
        secure.SecureTables(
            ["assurance_parentalviewsafety", "assurance_looksuspension"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            rows=_OF_AN_OPENED_CHILD,
        ),
        secure.SecureTables(
            ["assurance_declaredinterest"], app="SELECT, INSERT, UPDATE", batch="SELECT", rows=_ONES_OWN
        ),
        secure.SecureTables(["assurance_watchedchild"], app="SELECT, INSERT, UPDATE", batch="SELECT", rows=_REVIEWER),
        secure.SecureTables(
            ["assurance_unusuallook"],
            app="SELECT, UPDATE (state, opened_by_id, opened_at, opened_reason, reviewer_id, decided_at, outcome, note)",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT",
            rows=_NOT_ONES_OWN,
        ),
        secure.Grant(["assurance_looktally"], app="SELECT", batch="SELECT, INSERT, UPDATE, DELETE"),
        migrations.RunSQL(_FROM_OUTSIDE, "DROP FUNCTION assurance_reviewed_from_outside()"),
        migrations.RunSQL(
            "CREATE TRIGGER assurance_unusuallook_from_outside BEFORE UPDATE ON assurance_unusuallook "
            "FOR EACH ROW EXECUTE FUNCTION assurance_reviewed_from_outside()",
            "DROP TRIGGER assurance_unusuallook_from_outside ON assurance_unusuallook",
        ),
        secure.DefinerFunction("assurance_grounds(uuid)", functions.GROUNDS, callers=["app"]),
        secure.DefinerFunction(
            "assurance_looks_at(uuid, timestamptz, integer)", functions.LOOKS_AT, callers=["app"]
        ),
        secure.DefinerFunction("assurance_case_children(uuid)", functions.CASE_CHILDREN, callers=["app"]),
    ]
