"""The database's functions of child protection: what must never be otherwise, whatever the application asks for.

Belongs here: their text, the triggers that call them, and the policy of the tables. Not here: who may call what (migrations).
"""

from joinedup.processes.protection import rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
#: Tables whose rows hang on a concern, in the order in which they may be deleted; the concern comes last.
OF_CONCERNS = ("protection_presence", "protection_invitation", "protection_protectionplan", "protection_step")
#: Under which origin the ties of one concern are kept; 40 letters.
ORIGIN = "'protect ' || replace({}::text, '-', '')"
_PLAN, _STARTED, _ENDED = rules.Stage.PLAN.value, rules.Act.ENQUIRY_STARTED.value, rules.Act.ENQUIRY_ENDED.value
_CONFERENCE = rules.Act.CONFERENCE_HELD.value

#: Read where the child was opened at the statutory tier, and by nothing else: neither one's team nor having written it. Whom
#: the matrix lets read as the family reads what is made ready for them, and nothing here.
ROWS = "child_id = ANY ((SELECT access_items(3))::uuid[]) AND child_id <> ALL ((SELECT protection_own())::uuid[])"

OWN = f"""
CREATE FUNCTION protection_own() RETURNS uuid[]
LANGUAGE sql STABLE {_SECURE}
RETURN (
    SELECT coalesce(array_agg(g.subject_id), '{{}}') FROM public.access_groundheld g
    WHERE g.user_id = public.access_viewer() AND g.ground = 'Y' AND g.started_at <= clock_timestamp()
      AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp())
)
"""

# Of which child a row is, is its concern's; nobody says otherwise.
HANGS_ON = f"""
CREATE FUNCTION protection_hangs_on() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    SELECT c.child_id INTO NEW.child_id FROM public.protection_concern c WHERE c.id = NEW.concern_id;
    RETURN NEW;
END
$$
"""

# A correction takes the place of what it corrects, which stays as it was written and is marked.
CORRECTS = f"""
CREATE FUNCTION protection_corrects() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    NEW.is_corrected := false;
    IF NEW.corrects_id IS NULL THEN
        RETURN NEW;
    END IF;
    UPDATE public.protection_step s SET is_corrected = true
    WHERE s.id = NEW.corrects_id AND s.concern_id = NEW.concern_id AND s.place = NEW.place AND s.act = NEW.act
      AND NOT s.is_corrected;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a correction stands in the place of the same act of its concern, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

SPAN_CORRECTS = f"""
CREATE FUNCTION protection_span_corrects() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    NEW.is_corrected := false;
    IF NEW.corrects_id IS NULL THEN
        RETURN NEW;
    END IF;
    UPDATE public.protection_carespan s SET is_corrected = true
    WHERE s.id = NEW.corrects_id AND s.child_id = NEW.child_id AND s.kind = NEW.kind AND NOT s.is_corrected;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a correction is of the same kind of span of its child, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

# Looked at when the transaction ends: within it, a step is written, the plan follows, and the concern moves on.
HOLDS = f"""
CREATE FUNCTION protection_holds() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    its_concern uuid := coalesce((to_jsonb(NEW) ->> 'concern_id')::uuid, NEW.id);
    at_stage text;
BEGIN
    SELECT c.stage INTO at_stage FROM public.protection_concern c WHERE c.id = its_concern;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM public.protection_protectionplan p
        WHERE p.concern_id = its_concern AND p.ending <> '{rules.Ending.IN_ERROR.value}' AND NOT EXISTS (
            SELECT 1 FROM public.protection_step s
            WHERE s.id = p.conference_id AND s.concern_id = its_concern AND NOT s.is_corrected
              AND s.act = '{_CONFERENCE}' AND s.outcome = '{rules.Outcome.PLAN.value}')) THEN
        RAISE EXCEPTION 'a plan is decided by a conference that stands' USING ERRCODE = 'check_violation';
    END IF;
    IF (at_stage = '{_PLAN}') IS DISTINCT FROM EXISTS (
        SELECT 1 FROM public.protection_protectionplan p WHERE p.concern_id = its_concern AND p.ended_on IS NULL) THEN
        RAISE EXCEPTION 'a concern is at its plan while the plan is open' USING ERRCODE = 'check_violation';
    END IF;
    IF at_stage <> '{rules.Stage.ENQUIRY.value}'
       AND EXISTS (SELECT 1 FROM public.protection_step s
                   WHERE s.concern_id = its_concern AND s.act = '{_STARTED}' AND NOT s.is_corrected)
       AND NOT EXISTS (SELECT 1 FROM public.protection_step s
                       WHERE s.concern_id = its_concern AND s.act = '{_ENDED}' AND NOT s.is_corrected AND s.outcome <> '') THEN
        RAISE EXCEPTION 'an enquiry is left with an outcome alone' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$
"""

_ALL_FOLLOW = "\n        ".join(
    f"UPDATE public.{table} SET child_id = NEW.child_id WHERE concern_id = NEW.id;" for table in OF_CONCERNS
)
# A steward says that the work is another child's: all of it goes, and the ties with it.
FOLLOWS = f"""
CREATE FUNCTION protection_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.child_id IS DISTINCT FROM OLD.child_id THEN
        {_ALL_FOLLOW}
        UPDATE public.access_groundheld g SET subject_id = NEW.child_id WHERE g.origin = {ORIGIN.format("NEW.id")};
    END IF;
    RETURN NULL;
END
$$
"""

# What a span corrects goes with it.
SPAN_FOLLOWS = f"""
CREATE FUNCTION protection_span_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.child_id IS DISTINCT FROM OLD.child_id THEN
        UPDATE public.protection_carespan s SET child_id = NEW.child_id WHERE s.id = NEW.corrects_id;
    END IF;
    RETURN NULL;
END
$$
"""


def _trigger(name: str, when: str, table: str) -> str:
    return f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _at_the_end(table: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER protection_holds AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION protection_holds()"
    )


#: Each function that a trigger calls, with its triggers; made together, for once it is the definer's the owner may put it on
#: no table.
TRIGGERS = (
    (HANGS_ON, [_trigger("protection_hangs_on", "BEFORE INSERT", table) for table in OF_CONCERNS]),
    (CORRECTS, [_trigger("protection_corrects", "BEFORE INSERT", "protection_step")]),
    (SPAN_CORRECTS, [_trigger("protection_span_corrects", "BEFORE INSERT", "protection_carespan")]),
    (HOLDS, [_at_the_end(table) for table in ("protection_concern", "protection_step", "protection_protectionplan")]),
    (FOLLOWS, [_trigger("protection_follows", "AFTER UPDATE OF child_id", "protection_concern")]),
    (SPAN_FOLLOWS, [_trigger("protection_span_follows", "AFTER UPDATE OF child_id", "protection_carespan")]),
)


def name_of(text: str) -> str:
    """Return the name of a function from its text."""
    return text.split("CREATE FUNCTION ", 1)[1].split("(", 1)[0]
