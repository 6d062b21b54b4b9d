"""The database's own functions that say who looks at what, in the order migrations make them.

Belongs here: their text. Not here: which rows a table shows (each app's migrations).

What a transaction may see is its *sight*: a setting of the transaction that only these functions can write, for it is
signed with a secret that only their owner can read and holds the transaction's own number. A session may set it to
anything; what is not signed for this transaction shows nothing.

    1 transaction | 2 event | 3 viewer | 4 home | 5 roles | 6 circles | 7 whether any may be found | 8 what may be done
    | 9 subjects that a ground leads to | 10 subjects in conflict | 11 subjects opened | 12-15 items of tiers 1 to 4
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

KEPT_KEY = """
CREATE TABLE access_secret (id smallint PRIMARY KEY CHECK (id = 1), secret text NOT NULL);
INSERT INTO access_secret VALUES (1, gen_random_uuid()::text || gen_random_uuid()::text)
"""

SIGN = f"""
CREATE FUNCTION access_sign(p_payload text) RETURNS text
LANGUAGE sql STABLE {_SECURE}
RETURN (
    SELECT encode(sha256(convert_to(secret || encode(sha256(convert_to(secret || p_payload, 'UTF8')), 'hex'), 'UTF8')), 'hex')
    FROM public.access_secret
)
"""

# Written out in each function that reads a sight: called from one another, they took twice the time, and a page asks
# some dozens of times.
_READ = """
DECLARE
    said text := current_setting('joinedup.sight', true);
    payload text;
    kept text;
    parts text[];
BEGIN
    IF said IS NULL OR said = '' THEN
        RETURN {nothing};
    END IF;
    payload := substr(said, 66);
    parts := string_to_array(payload, '|');
    SELECT secret INTO kept FROM public.access_secret;
    IF parts[1] IS DISTINCT FROM pg_current_xact_id_if_assigned()::text
       OR encode(sha256(convert_to(kept || encode(sha256(convert_to(kept || payload, 'UTF8')), 'hex'), 'UTF8')), 'hex')
          IS DISTINCT FROM left(said, 64) THEN
        RETURN {nothing};
    END IF;
    RETURN {expression};
END
"""

SIGHT = f"""
CREATE FUNCTION access_sight() RETURNS text[]
LANGUAGE plpgsql STABLE {_SECURE}
AS $${_READ.format(nothing="NULL", expression="parts")}$$
"""

SET_SIGHT = f"""
CREATE FUNCTION access_set_sight(p_parts text[]) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    payload text := array_to_string(p_parts, '|', '');
BEGIN
    PERFORM set_config('joinedup.sight', public.access_sign(payload) || ':' || payload, true);
END
$$
"""


def _reader(name: str, returns: str, expression: str, *, given: str = "", nothing: str = "NULL") -> str:
    """Return the text of a function that reads one part of the sight; `nothing` is what a session without one is told."""
    body = _READ.format(nothing=nothing, expression=expression)
    return f"CREATE FUNCTION {name}({given}) RETURNS {returns} LANGUAGE plpgsql STABLE {_SECURE} AS $${body}$$"


IS_OPEN = _reader("access_is_open", "boolean", "true", nothing="false")
EVENT = _reader("access_event", "uuid", "nullif(parts[2], '')::uuid")
VIEWER = _reader("access_viewer", "uuid", "nullif(parts[3], '')::uuid")
HOME = _reader("access_home", "uuid", "nullif(parts[4], '')::uuid")
ROLES = _reader("access_roles", "text[]", "string_to_array(parts[5], ',')")
CIRCLES = _reader("access_circles", "integer[]", "string_to_array(parts[6], ',')::integer[]")
FINDS_ANY = _reader("access_finds_any", "boolean", "coalesce(parts[7] = 'any', false)", nothing="false")
MAY = _reader(
    "access_may",
    "boolean",
    "coalesce(p_action = ANY (string_to_array(parts[8], ',')), false)",
    given="p_action text",
    nothing="false",
)
SUBJECTS = _reader(
    "access_subjects", "uuid[]", "string_to_array(parts[9], ',')::uuid[] || string_to_array(parts[11], ',')::uuid[]"
)
CONFLICTS = _reader(
    "access_conflicts", "uuid[]", "coalesce(string_to_array(parts[10], ',')::uuid[], '{}')", nothing="'{}'::uuid[]"
)
OPENED = _reader("access_opened", "uuid[]", "string_to_array(parts[11], ',')::uuid[]")
ITEMS = _reader("access_items", "uuid[]", "string_to_array(parts[11 + p_tier], ',')::uuid[]", given="p_tier integer")

#: Whatever reads a sight, for a migration that writes it over.
READERS = (SIGHT, IS_OPEN, EVENT, VIEWER, HOME, ROLES, CIRCLES, FINDS_ANY, MAY, SUBJECTS, CONFLICTS, OPENED, ITEMS)

ENTER = f"""
CREATE FUNCTION access_enter(p_event uuid) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    actor uuid;
    held text[];
    place record;
    within integer[];
    finds_any boolean;
    doing text[];
    led_to uuid[];
    in_conflict uuid[];
BEGIN
    -- The time too: after a restore on another server, an old event may bear this transaction's number.
    SELECT actor_id INTO actor FROM public.audit_auditevent
    WHERE id = p_event AND xact_id = pg_current_xact_id()::text::bigint AND at >= transaction_timestamp();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a view is entered by an event of its own transaction';
    END IF;
    SELECT array_agg(r.role ORDER BY r.role) INTO held
    FROM public.access_roleheld r JOIN public.access_user u ON u.id = r.user_id
    WHERE r.user_id = actor AND r.ended_at IS NULL AND u.is_active;
    SELECT * INTO place FROM public.access_place_of(actor);
    SELECT coalesce(bool_or(c.ground = 'N' AND c.action = 'find'), false),
           array_agg(DISTINCT c.action) FILTER (WHERE c.ground = 'N'),
           CASE WHEN bool_or(c.action = 'find' AND c.ground IN ('E', 'I')) THEN place.circles END
    INTO finds_any, doing, within
    FROM public.access_policycell c WHERE c.role = ANY (held);
    SELECT array_agg(DISTINCT g.subject_id) FILTER (WHERE g.ground <> 'X' AND (g.is_past_seal OR EXISTS (
               SELECT 1 FROM public.access_policycell c
               WHERE c.role = ANY (held) AND c.action IN ('find', 'T1') AND c.ground = g.ground))),
           array_agg(DISTINCT g.subject_id) FILTER (WHERE g.ground = 'X')
    INTO led_to, in_conflict
    FROM public.access_groundheld g
    WHERE g.user_id = actor AND g.started_at <= clock_timestamp() AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp())
      AND (g.ground = 'X' OR g.is_past_seal OR NOT EXISTS (
          SELECT 1 FROM public.access_seal s WHERE s.subject_id = g.subject_id AND s.lifted_at IS NULL));
    SELECT array_agg(subject) INTO led_to FROM unnest(led_to) AS subject WHERE subject <> ALL (coalesce(in_conflict, '{{}}'));
    PERFORM public.access_set_sight(ARRAY[
        pg_current_xact_id()::text, p_event::text, coalesce(actor::text, ''), coalesce(place.home::text, ''),
        coalesce(array_to_string(held, ','), ''), coalesce(array_to_string(within, ','), ''),
        CASE WHEN finds_any THEN 'any' ELSE 'circles' END, coalesce(array_to_string(doing, ','), ''),
        coalesce(array_to_string(led_to, ','), ''), coalesce(array_to_string(in_conflict, ','), ''), '', '', '', '', ''
    ]);
END
$$
"""
