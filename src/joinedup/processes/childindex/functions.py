"""The database's functions that lead to a child: they look past the policies, return little, and judge by the sight.

Belongs here: their text. Not here: what a sight is (foundation.access.functions), which rows are seen (migrations).
Each returns identifiers or what a cell of the policy allows; what is shown is read afterwards under the policies.
"""

from joinedup.processes.childindex import guarding_functions

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_OWN_MARK = guarding_functions.mark("a.id")

#: A child of whom this sight may know. `finds_any`, `within`, `conflicts`, `subjects` and `home` are its parts. Whom guarded
#: agencies alone know, their own people alone may find among any.
MAY_KNOW = """
    (((finds_any AND (c.known_only_to IS NULL OR home = ANY (c.known_only_to)) OR c.circles && within)
      AND NOT c.is_sealed AND c.id <> ALL (conflicts)) OR c.id = ANY (subjects))
"""
SIGHT_PARTS = """
    finds_any boolean := public.access_finds_any();
    within integer[] := coalesce(public.access_circles(), '{}');
    conflicts uuid[] := public.access_conflicts();
    subjects uuid[] := coalesce(public.access_subjects(), '{}');
    home uuid := public.access_home();
"""

#: Of one service and start the newest row tells: a school lists its pupils anew each term, those who left later too.
_NEWEST = """NOT EXISTS (
              SELECT 1 FROM {schema}records_involvement later
              WHERE later.person_record_id = i.person_record_id AND later.is_current AND later.kind = i.kind AND later.id > i.id
                AND coalesce(later.team_id::text, later.service) = coalesce(i.team_id::text, i.service)
                AND later.started_date IS NOT DISTINCT FROM i.started_date)"""
_NEWEST_WORD = _NEWEST.format(schema="public.")
_NEWEST_WORD_HERE = _NEWEST.format(schema="")

GROUNDS = f"""
CREATE FUNCTION childindex_grounds(p_child uuid) RETURNS text[]
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT coalesce(array_agg(DISTINCT ground ORDER BY ground), '{{}}') FROM (
        SELECT CASE i.level WHEN 'universal' THEN 'E' ELSE 'I' END AS ground
        FROM public.childindex_link l
        JOIN public.records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current
        JOIN public.records_personrecord p ON p.id = l.person_record_id
        JOIN public.agencies_team whole ON whole.agency_id = p.agency_id AND whole.is_whole_agency
        WHERE l.child_id = p_child AND l.ended_at IS NULL
          AND (i.started_date IS NULL OR i.started_date <= current_date)
          AND (i.ended_date IS NULL OR i.ended_date >= current_date)
          AND {_NEWEST_WORD}
          AND (i.team_id = ANY ((SELECT public.access_circles())::integer[])
               OR whole.id = ANY ((SELECT public.access_circles())::integer[]))
      UNION ALL
        SELECT ground FROM public.access_groundheld
        WHERE user_id = (SELECT public.access_viewer()) AND subject_id = p_child AND started_at <= clock_timestamp()
          AND (ended_at IS NULL OR ended_at > clock_timestamp())
    ) held
$$
"""

PAST_SEAL = f"""
CREATE FUNCTION childindex_is_past_seal(p_child uuid) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.access_groundheld
        WHERE user_id = (SELECT public.access_viewer()) AND subject_id = p_child AND is_past_seal
          AND started_at <= clock_timestamp() AND (ended_at IS NULL OR ended_at > clock_timestamp())
    )
$$
"""

RELATE = f"""
CREATE FUNCTION childindex_relate(p_number text)
RETURNS TABLE (child_id uuid, grounds text[], is_sealed boolean, is_past_seal boolean)
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    {SIGHT_PARTS}
    sees_sealed boolean := public.access_may('T5');
    led record;
    sight text[];
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    SELECT c.id, c.is_sealed AS sealed, c.id = ANY (conflicts) AS conflicting INTO led
    FROM public.people_child named
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id)
    WHERE named.number = p_number AND c.state = 'active'
      AND ({MAY_KNOW} OR c.id = ANY (conflicts) OR (c.is_sealed AND sees_sealed));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Whoever may read what is sealed is led to the one child they name, and to no other.
    IF led.sealed AND sees_sealed AND NOT led.conflicting THEN
        sight := public.access_sight();
        sight[9] := concat_ws(',', nullif(sight[9], ''), led.id::text);
        PERFORM public.access_set_sight(sight);
    END IF;
    RETURN QUERY
        SELECT led.id, public.childindex_grounds(led.id), led.sealed, public.childindex_is_past_seal(led.id);
END
$$
"""

OPEN = f"""
CREATE FUNCTION childindex_open(p_child uuid, p_given text[] DEFAULT '{{}}') RETURNS TABLE (person_record_id uuid, agency_id uuid)
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    sight text[] := public.access_sight();
    held text[];
    reason text;
    all_of integer[];
    own_of integer[];
    tier integer;
    items text;
BEGIN
    SELECT e.purpose INTO reason FROM public.audit_auditevent e JOIN public.audit_auditsubject s ON s.event_id = e.id
    WHERE e.id = sight[2]::uuid AND s.subject_id = p_child;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a child is opened by an event that names the child';
    END IF;
    held := public.childindex_grounds(p_child) || 'N'::text;
    IF 'X' = ANY (held) AND NOT 'Y' = ANY (held) THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM public.people_child c WHERE c.id = p_child AND c.is_sealed)
       AND NOT public.childindex_is_past_seal(p_child) AND NOT public.access_may('T5') THEN
        RETURN;
    END IF;
    -- A look past a seal is over when its child is left for another.
    IF EXISTS (SELECT 1 FROM public.access_groundheld g WHERE g.user_id = public.access_viewer() AND g.is_past_seal
               AND g.subject_id <> p_child AND g.ended_at > clock_timestamp()) THEN
        UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
        WHERE g.user_id = public.access_viewer() AND g.is_past_seal AND g.subject_id <> p_child
          AND g.ended_at > clock_timestamp();
    END IF;
    SELECT array_agg(DISTINCT right(c.action, 1)::integer) FILTER (WHERE NOT 'own' = ANY (said.conditions)),
           array_agg(DISTINCT right(c.action, 1)::integer)
    INTO all_of, own_of
    FROM public.access_policycell c, string_to_array(c.conditions, '+') AS said(conditions)
    WHERE c.role = ANY (string_to_array(sight[5], ',')) AND c.action IN ('T1', 'T2', 'T3', 'T4') AND c.ground = ANY (held)
      AND ('X' <> ALL (held) OR c.ground = 'Y')
      -- That it is one's own work is no reason given: a ground has to say so.
      AND (NOT 'purpose' = ANY (said.conditions) OR reason NOT IN ('', 'own_work'))
      -- That a second factor was shown the application knows, and says so for each look.
      AND (NOT 'step-up' = ANY (said.conditions) OR 'step-up' = ANY (p_given))
      -- A second person agreed where the ground itself came about by two.
      AND (NOT 'two-persons' = ANY (said.conditions) OR EXISTS (
          SELECT 1 FROM public.access_groundheld g
          WHERE g.user_id = public.access_viewer() AND g.subject_id = p_child AND g.ground = c.ground AND g.is_by_two
            AND g.started_at <= clock_timestamp() AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp())));
    sight[11] := concat_ws(',', nullif(sight[11], ''), p_child::text);
    FOR tier IN 1..4 LOOP
        -- An agency that is guarded as such shows nothing below its own tier.
        SELECT string_agg(l.person_record_id::text, ',') INTO items
        FROM public.childindex_link l
        JOIN public.records_personrecord p ON p.id = l.person_record_id
        JOIN public.agencies_agency a ON a.id = p.agency_id
        WHERE l.child_id = p_child AND l.ended_at IS NULL
          AND (greatest(tier, a.lowest_tier) = ANY (all_of)
               OR (greatest(tier, a.lowest_tier) = ANY (own_of) AND p.agency_id = nullif(sight[4], '')::uuid));
        -- The child's own identifier beside the records' says that work done here on the child is read at this tier.
        sight[11 + tier] := concat_ws(
            ',', nullif(sight[11 + tier], ''), CASE WHEN tier = ANY (all_of) THEN p_child::text END, items);
    END LOOP;
    PERFORM public.access_set_sight(sight);
    RETURN QUERY
        SELECT p.id, p.agency_id FROM public.childindex_link l
        JOIN public.records_personrecord p ON p.id = l.person_record_id
        WHERE l.child_id = p_child AND l.ended_at IS NULL AND p.id = ANY (string_to_array(sight[12], ',')::uuid[]) ORDER BY p.id;
END
$$
"""

# Records that meet enough of what was asked come first; only their children are looked up.
CANDIDATES = f"""
CREATE FUNCTION childindex_candidates(
    p_values text[], p_places integer[], p_needed integer, p_number text, p_born_after date, p_born_until date,
    p_everyone boolean, p_most integer, p_things integer DEFAULT 2
) RETURNS TABLE (child_id uuid, is_by_number boolean, keys text[])
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    {SIGHT_PARTS}
    own text := (SELECT {_OWN_MARK} FROM public.agencies_agency a WHERE a.id = home AND a.lowest_tier > 1);
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    -- What only a guarded agency says leads to the child for its own people alone: nobody asks for its keys themselves.
    p_values := array(
        SELECT CASE WHEN asked.value ~ '^[0-9a-f]{{32}}:' THEN '' ELSE asked.value END
        FROM unnest(p_values) WITH ORDINALITY AS asked(value, nth) ORDER BY asked.nth);
    IF own IS NOT NULL THEN
        p_values := p_values || array(SELECT own || asked.value FROM unnest(p_values) AS asked(value));
        p_places := p_places || p_places;
    END IF;
    -- Who must know two things of a child finds by one alone only those whom their own work leads to.
    IF p_things < 2 THEN
        finds_any := EXISTS (
            SELECT 1 FROM public.access_policycell c
            WHERE c.role = ANY (public.access_roles()) AND c.action = 'find' AND c.ground = 'N'
              AND NOT 'ids2' = ANY (string_to_array(c.conditions, '+')));
    END IF;
    RETURN QUERY
    WITH met AS (
        SELECT k.person_record_id, count(DISTINCT asked.place) AS places
        FROM unnest(p_values, p_places) AS asked(value, place)
        JOIN public.childindex_searchkey k ON k.value = asked.value
        GROUP BY k.person_record_id
        HAVING count(DISTINCT asked.place) >= p_needed
    ), children AS (
        SELECT l.child_id AS id, max(met.places) AS places
        FROM met JOIN public.childindex_link l ON l.person_record_id = met.person_record_id AND l.ended_at IS NULL
        GROUP BY l.child_id
      UNION ALL
        SELECT coalesce(n.redirect_to_id, n.id), 99 FROM public.people_child n WHERE n.number = p_number
    ), known AS (
        SELECT s.child_id AS id, children.places, s.sort_name
        FROM children JOIN public.people_childsummary s ON s.child_id = children.id
        JOIN public.people_child c ON c.id = s.child_id
        WHERE (s.birth_date IS NULL OR (s.birth_date > p_born_after AND s.birth_date <= p_born_until))
          AND (p_everyone OR s.has_targeted_help) AND {MAY_KNOW}
        ORDER BY children.places DESC, s.sort_name, s.child_id
        LIMIT p_most
    )
    SELECT known.id, known.places = 99, array(
        SELECT DISTINCT CASE WHEN starts_with(k.value, own) THEN substr(k.value, length(own) + 1) ELSE k.value END::text
        FROM public.childindex_link l
        JOIN public.childindex_searchkey k ON k.person_record_id = l.person_record_id
        JOIN public.records_personrecord p ON p.id = l.person_record_id
        JOIN public.agencies_agency a ON a.id = p.agency_id AND (a.lowest_tier = 1 OR a.id = home)
        WHERE l.child_id = known.id AND l.ended_at IS NULL
    ) FROM known ORDER BY known.places DESC, known.sort_name, known.id;
END
$$
"""

# In two steps, the first kept apart: planning one join of seven tables took ten times as long as running it.
AT_HOME = f"""
CREATE FUNCTION childindex_at_home(p_child uuid, p_postcode text, p_address text, p_everyone boolean)
RETURNS TABLE (child_id uuid, agency_name text, source_record_id uuid)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    {SIGHT_PARTS}
BEGIN
    IF NOT p_child = ANY (public.access_opened()) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH living_there AS MATERIALIZED (
        SELECT i.id, i.person_record_id, i.source_record_id
        FROM public.childindex_searchkey k
        JOIN public.records_identitystatement i ON i.person_record_id = k.person_record_id AND i.is_current
        WHERE k.value = 'p:' || p_postcode AND lower(i.address) = lower(p_address)
    )
    SELECT DISTINCT ON (c.id) c.id, a.name::text, i.source_record_id
    FROM living_there i
    JOIN public.childindex_link l ON l.person_record_id = i.person_record_id AND l.ended_at IS NULL
    JOIN public.people_child c ON c.id = l.child_id
    JOIN public.people_childsummary s ON s.child_id = c.id
    JOIN public.records_personrecord p ON p.id = i.person_record_id
    JOIN public.agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
    WHERE c.id <> p_child AND (p_everyone OR s.has_targeted_help) AND {MAY_KNOW}
    ORDER BY c.id, i.id DESC
    LIMIT 12;
END
$$
"""

COUNTS = f"""
CREATE FUNCTION childindex_counts(p_everyone boolean) RETURNS TABLE (
    children bigint, children_of_own_agency bigint, children_with_targeted_help bigint,
    children_in_two_agencies bigint, person_records bigint, waiting_for_review bigint, not_yet_linked bigint
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    home uuid := public.access_home();
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT count(*), count(*) FILTER (WHERE s.circles && (
               SELECT array_agg(t.id::integer) FROM public.agencies_team t
               WHERE t.agency_id = home AND t.is_whole_agency)),
           count(*) FILTER (WHERE s.has_targeted_help), count(*) FILTER (WHERE s.agency_count > 1),
           (SELECT count(*) FROM public.childindex_link l WHERE l.ended_at IS NULL)
               - (SELECT count(*) FROM public.access_seal k JOIN public.childindex_link l ON l.child_id = k.subject_id
                  WHERE k.lifted_at IS NULL AND l.ended_at IS NULL),
           (SELECT count(*) FROM public.childindex_reviewtask r WHERE r.state = 'open'),
           (SELECT count(*) FROM public.records_personrecord p WHERE NOT EXISTS
                (SELECT 1 FROM public.childindex_link l WHERE l.person_record_id = p.id AND l.ended_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM public.childindex_heldrecord h
                            WHERE h.person_record_id = p.id AND h.outcome = 'waiting')
            AND EXISTS (SELECT 1 FROM public.records_sourcerecord s2 WHERE s2.person_record_id = p.id AND s2.is_current))
    FROM public.people_childsummary s
    WHERE NOT s.is_sealed AND (p_everyone OR s.has_targeted_help) AND (s.known_only_to IS NULL OR home = ANY (s.known_only_to));
END
$$
"""

#: Which circles a child is in: the teams of present involvements, and the whole of each such team's agency; and which
#: guarded agencies alone know the child.
REFRESH_CIRCLES = f"""
WITH present AS (
    SELECT l.child_id, array_agg(DISTINCT circle) AS circles
    FROM childindex_link l
    JOIN records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current
         AND (i.started_date IS NULL OR i.started_date <= current_date)
         AND (i.ended_date IS NULL OR i.ended_date >= current_date)
    JOIN records_personrecord p ON p.id = l.person_record_id
    JOIN agencies_team whole ON whole.agency_id = p.agency_id AND whole.is_whole_agency
    CROSS JOIN LATERAL unnest(ARRAY[i.team_id::integer, whole.id::integer]) AS circle
    WHERE l.ended_at IS NULL AND circle IS NOT NULL AND {_NEWEST_WORD_HERE}
      AND (%(children)s::uuid[] IS NULL OR l.child_id = ANY (%(children)s))
    GROUP BY l.child_id
), alone AS (
    {guarding_functions.KNOWN_ONLY_TO.format(which="(%(children)s::uuid[] IS NULL OR l.child_id = ANY (%(children)s))")}
), wanted AS (
    SELECT c.id, coalesce(present.circles, '{{}}') AS circles, alone.agencies
    FROM people_child c LEFT JOIN present ON present.child_id = c.id LEFT JOIN alone ON alone.child_id = c.id
    WHERE %(children)s::uuid[] IS NULL OR c.id = ANY (%(children)s)
), of_children AS (
    UPDATE people_child c SET circles = wanted.circles, known_only_to = wanted.agencies FROM wanted
    WHERE wanted.id = c.id AND (c.circles <> wanted.circles OR c.known_only_to IS DISTINCT FROM wanted.agencies)
)
UPDATE people_childsummary s SET circles = wanted.circles, known_only_to = wanted.agencies, is_sealed = c.is_sealed
FROM wanted JOIN people_child c ON c.id = wanted.id
WHERE s.child_id = wanted.id AND (s.circles <> wanted.circles OR s.known_only_to IS DISTINCT FROM wanted.agencies
                                  OR s.is_sealed <> c.is_sealed)
"""

# A person is named (P) where their agency's record gives their worker code, leads (L) where that service answers for the
# child, and supervises (S) where they supervise someone who is named.
_GROUNDS_OF_RECORDS = f"""
    SELECT DISTINCT pr.user_id, l.child_id AS subject_id, ground.code AS ground
    FROM childindex_link l
    JOIN records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current AND i.practitioner <> ''
         AND (i.started_date IS NULL OR i.started_date <= current_date)
         AND (i.ended_date IS NULL OR i.ended_date >= current_date)
    JOIN records_personrecord p ON p.id = l.person_record_id
    JOIN agencies_practitioner named ON named.agency_id = p.agency_id AND named.worker_code = i.practitioner
    CROSS JOIN LATERAL (
        VALUES ('P', named.id), (CASE WHEN i.answers THEN 'L' END, named.id), ('S', named.supervisor_id)
    ) AS ground(code, practitioner_id)
    JOIN agencies_practitioner pr ON pr.id = ground.practitioner_id
    WHERE l.ended_at IS NULL AND ground.code IS NOT NULL AND {_NEWEST_WORD_HERE}
      AND (%(children)s::uuid[] IS NULL OR l.child_id = ANY (%(children)s))
"""

END_GROUNDS = f"""
UPDATE access_groundheld g SET ended_at = %(at)s
WHERE g.origin = 'records' AND g.ended_at IS NULL
  AND (%(children)s::uuid[] IS NULL OR g.subject_id = ANY (%(children)s))
  AND NOT EXISTS (
      SELECT 1 FROM ({_GROUNDS_OF_RECORDS}) wanted
      WHERE wanted.user_id = g.user_id AND wanted.subject_id = g.subject_id AND wanted.ground = g.ground)
"""

ADD_GROUNDS = f"""
INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at)
SELECT gen_random_uuid(), wanted.user_id, wanted.subject_id, wanted.ground, 'records', false, %(at)s
FROM ({_GROUNDS_OF_RECORDS}) wanted
WHERE NOT EXISTS (
    SELECT 1 FROM access_groundheld g
    WHERE g.user_id = wanted.user_id AND g.subject_id = wanted.subject_id AND g.ground = wanted.ground
      AND g.origin = 'records' AND g.ended_at IS NULL)
"""

#: Two functions as the first migration made them, which a later one replaces: it names them by what they were given then.
OPEN_AT_FIRST = OPEN.replace(", p_given text[] DEFAULT '{}'", "")
CANDIDATES_AT_FIRST = CANDIDATES.replace(", p_things integer DEFAULT 2", "")
