"""What a family may read and what is under review is seen only through an open view, and never by the person it is about."""

from django.db import migrations

from joinedup.foundation.database import secure

_NOT_ONES_OWN = f"{secure.VIEW_IS_OPEN} AND looker_id IS DISTINCT FROM (SELECT audit_viewer())"

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
    END LOOP;
    RETURN NEW;
END
$$
"""


class Migration(migrations.Migration):
    """Row-level security, and the trigger that keeps reviewers outside."""

    dependencies = [
        ("assurance", "0001_initial"),
        ("audit", "0010_looks_are_read"),
        ("access", "0002_secure"),
        ("agencies", "0002_secure"),
        ("people", "0004_view_asked_once"),
    ]

    operations = [
        secure.SecureTables(
            ["assurance_parentalviewsafety", "assurance_looksuspension", "assurance_declaredinterest"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
        ),
        secure.SecureTables(["assurance_watchedchild"], app="SELECT, INSERT, UPDATE", batch="SELECT"),
        secure.SecureTables(
            ["assurance_unusuallook"],
            app="SELECT, UPDATE (state, opened_by_id, opened_at, opened_reason, reviewer_id, decided_at, outcome, note)",
            batch="SELECT, INSERT, UPDATE, DELETE",
            rows=_NOT_ONES_OWN,
        ),
        secure.Grant(["assurance_looktally"], app="SELECT", batch="SELECT, INSERT, UPDATE, DELETE"),
        migrations.RunSQL(_FROM_OUTSIDE, "DROP FUNCTION assurance_reviewed_from_outside()"),
        migrations.RunSQL(
            "CREATE TRIGGER assurance_unusuallook_from_outside BEFORE UPDATE ON assurance_unusuallook "
            "FOR EACH ROW EXECUTE FUNCTION assurance_reviewed_from_outside()",
            "DROP TRIGGER assurance_unusuallook_from_outside ON assurance_unusuallook",
        ),
    ]
