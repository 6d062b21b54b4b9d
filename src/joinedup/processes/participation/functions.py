"""The database's functions of participation: whose page it is, how one comes in by an invitation, and who sees which words.

Belongs here: their text, the triggers that call them, and the policies. Not here: the tables (models).
"""

from joinedup.processes.participation import rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_CHILD = rules.Voice.CHILD.value
_NAMED, _LEAD = rules.ShownTo.NAMED.value, rules.ShownTo.LEAD.value
#: Under which origin the tie of one invitation is kept; 39 letters.
_ORIGIN = "'invite ' || replace({}::text, '-', '')"
_STANDS = "i.accepted_at IS NOT NULL AND i.withdrawn_at IS NULL"
#: Grounds of one's own work with the child; that nothing but a reason ties one to the child is none.
_HELPS = "'{E,I,P,L,S,V}'::text[]"

_OPENED_AT = "child_id = ANY ((SELECT access_items({}))::uuid[])"
#: A child's words are the child's, by whichever sign-in they were given: one that was lost took nothing with it.
_OWN_ABOUT = f"(participation_voice(child_id) = '{_CHILD}')"
_OWN_VIEW = (
    "(participation_is_own(child_id) AND "
    f"(given_by_id = (SELECT access_viewer()) OR voice = '{_CHILD}' AND {_OWN_ABOUT}))"
)
_NOT_FAMILY = "'Y' <> ALL (participation_ties(child_id))"
_HELPING = f"({_OPENED_AT.format(1)} AND {_NOT_FAMILY} AND participation_ties(child_id) && {_HELPS})"
#: Who sees an invitation, what the child wants known, and what somebody thinks; the last is the rule `is_shown` in SQL.
INVITATION_ROWS = _HELPING
ABOUT_ROWS = f"({_OWN_ABOUT} OR {_HELPING})"
VIEW_ROWS = f"""({_OWN_VIEW} OR ({_NOT_FAMILY} AND CASE shown_to
    WHEN '{_NAMED}' THEN {_OPENED_AT.format(1)} AND named_id = (SELECT access_viewer())
    WHEN '{_LEAD}' THEN {_OPENED_AT.format(2)} AND 'L' = ANY (participation_ties(child_id))
    ELSE {_OPENED_AT.format(2)} END))"""
#: An answer is given once, by whoever leads or was named, and never to oneself.
UNANSWERED = "answered_at IS NULL AND given_by_id <> (SELECT access_viewer())"
ANSWERED = """answered_by_id = (SELECT access_viewer())
    AND (named_id = (SELECT access_viewer()) OR 'L' = ANY (participation_ties(child_id)))"""

# How the viewer stands to a child whom this view has opened, and to no other.
TIES = f"""
CREATE FUNCTION participation_ties(p_child uuid) RETURNS text[]
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT CASE WHEN p_child = ANY (public.access_opened()) THEN public.childindex_grounds(p_child) ELSE '{{}}' END
$$
"""

# Whose page it is now; where the child is sealed the page is closed, for it would show what the seal hides.
OWN = f"""
CREATE FUNCTION participation_own() RETURNS TABLE (child_id uuid, number text, voice text, parent_ref text, name text)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT c.id, c.number::text, i.voice::text, i.parent_ref::text, i.name::text
    FROM public.participation_invitation i JOIN public.people_child c ON c.id = i.child_id
    WHERE i.user_id = public.access_viewer() AND {_STANDS} AND c.state = 'active' AND NOT c.is_sealed
      AND EXISTS (SELECT 1 FROM public.access_groundheld g
                  WHERE g.user_id = i.user_id AND g.subject_id = c.id AND g.ground = 'Y'
                    AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp()))
    ORDER BY i.accepted_at, c.id
$$
"""
IS_OWN = f"""
CREATE FUNCTION participation_is_own(p_child uuid) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
AS $$ SELECT EXISTS (SELECT 1 FROM public.participation_own() o WHERE o.child_id = p_child) $$
"""

VOICE = f"""
CREATE FUNCTION participation_voice(p_child uuid) RETURNS text
LANGUAGE sql STABLE {_SECURE}
AS $$ SELECT o.voice FROM public.participation_own() o WHERE o.child_id = p_child ORDER BY o.voice LIMIT 1 $$
"""

# Whom one person alone may be let see something: those whom work ties to the child now.
HELPS = f"""
CREATE FUNCTION participation_helps(p_child uuid, p_user uuid) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT public.participation_is_own(p_child) AND EXISTS (
        SELECT 1 FROM public.access_groundheld g JOIN public.access_user u ON u.id = g.user_id AND u.is_active
        WHERE g.user_id = p_user AND g.subject_id = p_child AND g.ground IN ('P', 'L')
          AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp()))
$$
"""

# What whoever has the link may know before they come in: no name of anyone, for a link may go astray.
INVITED = f"""
CREATE FUNCTION participation_invited(p_fingerprint bytea) RETURNS TABLE (voice text, expires_at timestamptz)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT i.voice::text, i.expires_at FROM public.participation_invitation i
    JOIN public.people_child c ON c.id = i.child_id AND c.state = 'active' AND NOT c.is_sealed
    WHERE i.fingerprint = p_fingerprint AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
      AND i.expires_at > clock_timestamp()
      -- One page has one sign-in.
      AND NOT EXISTS (SELECT 1 FROM public.participation_invitation o
                      WHERE o.child_id = i.child_id AND o.voice = i.voice AND o.parent_ref = i.parent_ref
                        AND o.accepted_at IS NOT NULL AND o.withdrawn_at IS NULL)
$$
"""

# The one way in which a family's sign-in comes about: by a worker's invitation, once. The voice is the role's code too.
# Where people sign in no name of theirs is kept: administrators read it, and the audit repeats it.
ACCEPT = f"""
CREATE FUNCTION participation_accept(p_fingerprint bytea, p_user uuid, p_username text) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    asked record;
BEGIN
    SELECT i.id, i.child_id, i.voice INTO asked FROM public.participation_invitation i
    WHERE i.fingerprint = p_fingerprint AND EXISTS (SELECT 1 FROM public.participation_invited(p_fingerprint))
    FOR UPDATE OF i;
    IF NOT FOUND THEN
        RETURN 'over';
    END IF;
    IF EXISTS (SELECT 1 FROM public.access_user u WHERE lower(u.username) = lower(p_username)) THEN
        RETURN 'taken';
    END IF;
    INSERT INTO public.access_user (id, username, display_name, password, is_active, is_demo, joined_at)
    VALUES (p_user, p_username, CASE asked.voice WHEN '{_CHILD}' THEN 'A young person' ELSE 'A parent' END,
            '!' || gen_random_uuid()::text, true, false, clock_timestamp());
    INSERT INTO public.access_roleheld (id, user_id, role, started_at)
    VALUES (gen_random_uuid(), p_user, asked.voice, clock_timestamp());
    INSERT INTO public.access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at)
    VALUES (gen_random_uuid(), p_user, asked.child_id, 'Y', {_ORIGIN.format("asked.id")}, false, false, clock_timestamp());
    UPDATE public.participation_invitation i SET accepted_at = clock_timestamp(), user_id = p_user WHERE i.id = asked.id;
    RETURN 'done';
EXCEPTION WHEN unique_violation THEN
    RETURN 'taken';
END
$$
"""

# Who makes an invitation is who looks, and it begins unused.
INVITES = f"""
CREATE FUNCTION participation_invites() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    NEW.made_by_id := public.access_viewer();
    IF NEW.made_by_id IS NULL OR NEW.accepted_at IS NOT NULL OR NEW.user_id IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'an invitation is made by somebody, and begins unused' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

# With the invitation ends the sign-in that came of it, from the next request on; where the record is deleted, its name too.
ENDS = f"""
CREATE FUNCTION participation_ends() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF OLD.user_id IS NULL OR OLD.withdrawn_at IS NOT NULL AND TG_OP = 'UPDATE' THEN
        RETURN NULL;
    END IF;
    UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
    WHERE g.user_id = OLD.user_id AND g.origin = {_ORIGIN.format("OLD.id")} AND g.ended_at IS NULL;
    UPDATE public.access_roleheld r SET ended_at = clock_timestamp() WHERE r.user_id = OLD.user_id AND r.ended_at IS NULL;
    UPDATE public.access_user u
    SET is_active = false, username = CASE TG_OP WHEN 'DELETE' THEN 'gone-' || u.id::text ELSE u.username END
    WHERE u.id = OLD.user_id;
    DELETE FROM public.access_session s WHERE s.user_id = OLD.user_id;
    RETURN NULL;
END
$$
"""

# Nobody speaks in the name of another: whose words they are is whose page it is.
SPEAKS = f"""
CREATE FUNCTION participation_speaks() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    own record;
BEGIN
    SELECT o.* INTO own FROM public.participation_own() o WHERE o.child_id = NEW.child_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only whose page it is says what they think' USING ERRCODE = 'check_violation';
    END IF;
    NEW.given_by_id := public.access_viewer();
    IF TG_TABLE_NAME = 'participation_view' THEN
        NEW.voice := own.voice;
        NEW.given_by_name := own.name;
    ELSIF own.voice <> '{_CHILD}' THEN
        RAISE EXCEPTION 'only the child writes this page' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

# A steward says that the page is another child's: the words and the tie go with it.
FOLLOWS = f"""
CREATE FUNCTION participation_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    UPDATE public.participation_view v SET child_id = NEW.child_id
    WHERE v.child_id = OLD.child_id AND v.given_by_id = NEW.user_id;
    UPDATE public.participation_aboutme a SET child_id = NEW.child_id
    WHERE a.child_id = OLD.child_id AND a.given_by_id = NEW.user_id;
    UPDATE public.access_groundheld g SET subject_id = NEW.child_id
    WHERE g.user_id = NEW.user_id AND g.origin = {_ORIGIN.format("NEW.id")};
    RETURN NULL;
END
$$
"""

_INVITATION = "participation_invitation"


def _trigger(name: str, when: str, table: str) -> str:
    return f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


#: Each function that triggers call, with its triggers; made together, for once it is the definer's the owner may put it on
#: no table.
TRIGGERS = (
    ("participation_invites()", INVITES, [_trigger("participation_invites", "BEFORE INSERT", _INVITATION)]),
    (
        "participation_ends()",
        ENDS,
        [_trigger("participation_ends", "AFTER UPDATE OF withdrawn_at OR DELETE", _INVITATION)],
    ),
    (
        "participation_speaks()",
        SPEAKS,
        [
            _trigger("participation_speaks", "BEFORE INSERT", table)
            for table in ("participation_view", "participation_aboutme")
        ],
    ),
    ("participation_follows()", FOLLOWS, [_trigger("participation_follows", "AFTER UPDATE OF child_id", _INVITATION)]),
)
#: What the application may call, in the order in which one leads to another.
CALLED = (
    ("participation_ties(uuid)", TIES),
    ("participation_own()", OWN),
    ("participation_is_own(uuid)", IS_OWN),
    ("participation_voice(uuid)", VOICE),
    ("participation_helps(uuid, uuid)", HELPS),
    ("participation_invited(bytea)", INVITED),
    ("participation_accept(bytea, uuid, text)", ACCEPT),
)
