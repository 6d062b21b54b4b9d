"""The database's function by which a concern of child protection suspends what a family reads of looks.

Belongs here: its text, and the trigger on the inner ring's table. Not here: what a suspension does (rules.family).
No operation can forget it, and none has to know of it: whoever writes that a strategy discussion is called has suspended.
"""

from joinedup.governance.assurance.rules import family
from joinedup.processes.protection import rules as protection_rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_SUSPENDS = {
    protection_rules.Stage.DISCUSSION: family.Suspends.STRATEGY_DISCUSSION,
    protection_rules.Stage.ENQUIRY_DUE: family.Suspends.STRATEGY_DISCUSSION,
    protection_rules.Stage.ENQUIRY: family.Suspends.SECTION_47,
}
_CASES = " ".join(f"WHEN '{stage.value}' THEN '{kind.value}'" for stage, kind in _SUSPENDS.items())

# One follows on the other without a gap: that which began with the discussion ends at the moment at which enquiries suspend.
# From the conference on the family takes part; what was looked at before stays hidden from it for good.
SUSPENDS = f"""
CREATE FUNCTION assurance_concern_suspends() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    wanted text := CASE NEW.stage {_CASES} END;
    began timestamptz := NEW.since_at;
BEGIN
    IF EXISTS (SELECT 1 FROM public.assurance_looksuspension s
               WHERE s.concern_id = NEW.id AND s.until IS NULL AND s.kind = wanted) THEN
        -- A correction may say that it arose earlier or later.
        IF wanted = '{family.Suspends.STRATEGY_DISCUSSION.value}' THEN
            UPDATE public.assurance_looksuspension s SET since = least(s.since, NEW.since_at)
            WHERE s.concern_id = NEW.id AND s.until IS NULL;
        END IF;
        RETURN NULL;
    END IF;
    UPDATE public.assurance_looksuspension s SET until = greatest(s.since, NEW.moved_at)
    WHERE s.concern_id = NEW.id AND s.until IS NULL
    RETURNING s.until INTO began;
    IF wanted IS NOT NULL THEN
        INSERT INTO public.assurance_looksuspension (
            id, child_id, kind, since, until, recorded_by_name, concern_id, recorded_at
        ) VALUES (gen_random_uuid(), NEW.child_id, wanted, coalesce(began, NEW.since_at), NULL, '', NEW.id, NEW.moved_at);
    END IF;
    RETURN NULL;
END
$$
"""
SUSPENDS_TRIGGER = """
CREATE TRIGGER assurance_concern_suspends AFTER INSERT OR UPDATE OF stage, since_at ON protection_concern
FOR EACH ROW EXECUTE FUNCTION assurance_concern_suspends()
"""
