"""The database's functions of casework: what must never be otherwise, whatever the application asks for.

Belongs here: their text, and the triggers that call them. Not here: taking a transfer over, and what is owed (owing_functions).
"""

from joinedup.processes.casework import rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
#: Tables whose rows hang on an episode, in the order in which they may be deleted; the episode comes last.
OF_EPISODES = (
    *("casework_action", "casework_desiredoutcome", "casework_need", "casework_review", "casework_transfer"),
    *("casework_approval", "casework_supervision", "casework_lead", "casework_teammember"),
)
#: Under which origin the ties of one episode are kept; 37 letters.
ORIGIN = "'case ' || replace({}::text, '-', '')"
_OPEN, _OFFERED = rules.NeedState.OPEN.value, rules.Transfer.OFFERED.value

# The team itself, and the whole of its agency.
CIRCLES_OF = f"""
CREATE FUNCTION casework_circles_of(p_team bigint) RETURNS integer[]
LANGUAGE sql STABLE {_SECURE}
RETURN (
    SELECT ARRAY[t.id::integer, whole.id::integer] FROM public.agencies_team t
    JOIN public.agencies_team whole ON whole.agency_id = t.agency_id AND whole.is_whole_agency
    WHERE t.id = p_team
)
"""

ANSWERS_FOR = f"""
CREATE FUNCTION casework_answers_for() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    NEW.circles := public.casework_circles_of(NEW.responsible_team_id);
    RETURN NEW;
END
$$
"""

# Whose work a row is, and of which child, is its episode's; nobody says otherwise.
HANGS_ON = f"""
CREATE FUNCTION casework_hangs_on() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    SELECT e.child_id, e.circles INTO NEW.child_id, NEW.circles FROM public.casework_episode e WHERE e.id = NEW.episode_id;
    RETURN NEW;
END
$$
"""

OFFERS = f"""
CREATE FUNCTION casework_offers() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    SELECT e.child_id, c.number, e.circles || coalesce(public.casework_circles_of(NEW.to_team_id), '{{}}'),
           e.responsible_team_id, e.level
    INTO NEW.child_id, NEW.child_number, NEW.circles, NEW.from_team_id, NEW.from_level
    FROM public.casework_episode e JOIN public.people_child c ON c.id = e.child_id
    WHERE e.id = NEW.episode_id AND e.closed_at IS NULL FOR UPDATE OF e;
    IF NOT FOUND OR NEW.state <> '{_OFFERED}' THEN
        RAISE EXCEPTION 'an open episode is offered, and then answered';
    END IF;
    RETURN NEW;
END
$$
"""

# An owner is in the team of an open episode; else a need is the duty post's, which is always there.
NEED_OWNED = f"""
CREATE FUNCTION casework_need_owned() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.state = '{_OPEN}' AND NEW.owner_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM public.casework_teammember m WHERE m.episode_id = NEW.episode_id
                       AND m.practitioner_id = NEW.owner_id AND m.left_at IS NULL) THEN
        RAISE EXCEPTION 'whoever owns an open need is in the team around the child' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

LEAVER = f"""
CREATE FUNCTION casework_leaver() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.left_at IS NOT NULL THEN
        UPDATE public.casework_need n SET owner_id = NULL
        WHERE n.episode_id = NEW.episode_id AND n.owner_id = NEW.practitioner_id AND n.state = '{_OPEN}';
    END IF;
    RETURN NULL;
END
$$
"""

# Someone who signs in no more has left every team.
GONE = f"""
CREATE FUNCTION casework_gone() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.is_active OR NOT OLD.is_active THEN
        RETURN NULL;
    END IF;
    UPDATE public.casework_need n SET owner_id = NULL
    FROM public.agencies_practitioner p WHERE p.user_id = NEW.id AND n.owner_id = p.id AND n.state = '{_OPEN}';
    RETURN NULL;
END
$$
"""

CLOSES = f"""
CREATE FUNCTION casework_closes() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        RAISE EXCEPTION 'a closed episode stays closed; open another' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM public.casework_need n
                   WHERE n.episode_id = NEW.id AND n.state = '{_OPEN}' AND n.owner_id IS NOT NULL) THEN
            RAISE EXCEPTION 'an open need outlives its episode only with the duty post' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM public.casework_transfer t
                   WHERE t.episode_id = NEW.id AND t.state = '{_OFFERED}') THEN
            RAISE EXCEPTION 'no episode is closed while it is offered' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$
"""

# Where the child's lead professional led what is closed, whoever has led another episode longest is it from then on.
PASSES_ON = f"""
CREATE FUNCTION casework_passes_on() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    next record;
BEGIN
    IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR EXISTS (
        SELECT 1 FROM public.casework_lead l
        WHERE l.child_id = NEW.child_id AND l.ended_at IS NULL AND l.is_of_child) THEN
        RETURN NULL;
    END IF;
    SELECT l.* INTO next FROM public.casework_lead l
    WHERE l.child_id = NEW.child_id AND l.ended_at IS NULL AND l.episode_id <> NEW.id ORDER BY l.started_at, l.id LIMIT 1;
    IF FOUND THEN
        UPDATE public.casework_lead l SET ended_at = greatest(NEW.closed_at, l.started_at) WHERE l.id = next.id;
        INSERT INTO public.casework_lead (id, child_id, episode_id, practitioner_id, is_of_child, started_at, goodbye)
        VALUES (gen_random_uuid(), next.child_id, next.episode_id, next.practitioner_id, true,
                greatest(NEW.closed_at, next.started_at), '');
    END IF;
    RETURN NULL;
END
$$
"""

# Looked at when the transaction ends: within it, one leaves and another comes.
LED = f"""
CREATE FUNCTION casework_led() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    its_episode uuid := CASE WHEN TG_TABLE_NAME = 'casework_episode' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'episode_id')::uuid END;
    is_open boolean;
    leads bigint;
BEGIN
    SELECT e.closed_at IS NULL INTO is_open FROM public.casework_episode e WHERE e.id = its_episode;
    SELECT count(*) INTO leads FROM public.casework_lead l WHERE l.episode_id = its_episode AND l.ended_at IS NULL;
    IF is_open AND leads = 0 AND EXISTS (SELECT 1 FROM public.casework_lead l WHERE l.episode_id = its_episode) THEN
        RAISE EXCEPTION 'an open episode that has had a lead has one' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT is_open AND (leads > 0 OR EXISTS (
        SELECT 1 FROM public.casework_teammember m WHERE m.episode_id = its_episode AND m.left_at IS NULL)) THEN
        RAISE EXCEPTION 'nobody leads or is in the team of a closed episode' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM public.casework_lead l WHERE l.child_id = NEW.child_id AND l.ended_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM public.casework_lead l
                       WHERE l.child_id = NEW.child_id AND l.ended_at IS NULL AND l.is_of_child) THEN
        RAISE EXCEPTION 'where someone leads, one is the child''s lead professional' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$
"""

_ALL_FOLLOW = "\n        ".join(
    f"UPDATE public.{table} SET child_id = NEW.child_id WHERE episode_id = NEW.id;" for table in OF_EPISODES
)
# A steward says that the work is another child's: all of it goes, and the ties with it.
FOLLOWS = f"""
CREATE FUNCTION casework_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NEW.child_id IS DISTINCT FROM OLD.child_id THEN
        {_ALL_FOLLOW}
        UPDATE public.casework_transfer t SET child_number = c.number FROM public.people_child c
        WHERE t.episode_id = NEW.id AND c.id = NEW.child_id;
        UPDATE public.access_groundheld g SET subject_id = NEW.child_id WHERE g.origin = {ORIGIN.format("NEW.id")};
    END IF;
    RETURN NULL;
END
$$
"""

#: Each function that a trigger calls, with its triggers; made together, for once it is the definer's the owner may put
#: it on no table.


def _trigger(name: str, when: str, table: str) -> str:
    return f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _at_the_end(table: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER casework_led AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION casework_led()"
    )


_HANGS = [
    _trigger("casework_hangs_on", "BEFORE INSERT", table) for table in OF_EPISODES if table != "casework_transfer"
]
_EPISODE = "casework_episode"
TRIGGERS = (
    (ANSWERS_FOR, [_trigger("casework_answers_for", "BEFORE INSERT OR UPDATE OF responsible_team_id", _EPISODE)]),
    (HANGS_ON, _HANGS),
    (OFFERS, [_trigger("casework_offers", "BEFORE INSERT", "casework_transfer")]),
    (NEED_OWNED, [_trigger("casework_need_owned", "BEFORE INSERT OR UPDATE", "casework_need")]),
    (LEAVER, [_trigger("casework_leaver", "AFTER UPDATE OF left_at", "casework_teammember")]),
    (GONE, [_trigger("casework_gone", "AFTER UPDATE OF is_active", "access_user")]),
    (CLOSES, [_trigger("casework_closes", "BEFORE UPDATE", _EPISODE)]),
    (PASSES_ON, [_trigger("casework_passes_on", "AFTER UPDATE OF closed_at", _EPISODE)]),
    (LED, [_at_the_end(table) for table in ("casework_lead", "casework_teammember", _EPISODE)]),
    (FOLLOWS, [_trigger("casework_follows", "AFTER UPDATE OF child_id", _EPISODE)]),
)


def name_of(text: str) -> str:
    """Return the name of a function from its text."""
    return text.split("CREATE FUNCTION ", 1)[1].split("(", 1)[0]
