"""The database's functions of matching: which known records may be the person that someone states, and what names tell.

Belongs here: their text. Not here: weighing (linkage), which keys a person has (linkage.matchkeys).
What they return is for the rule that decides; no page shows it.
"""

from joinedup.processes.childindex import functions
from joinedup.processes.childindex.linkage import matchkeys

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_MOST_KEYS = 60
_HOME_RULES = "{" + ",".join(map(str, matchkeys.HOME_RULES)) + "}"

# As finding does: only children of whom this sight may know, by what no guarded agency says but the viewer's own; what it
# says takes no place from what others say under the same key. Where a sealed child
# lives, nobody is met by their home, and no home is told.
ALIKE = f"""
CREATE FUNCTION childindex_alike(p_keys bigint[], p_everyone boolean, p_things integer)
RETURNS TABLE (child_id uuid, person_record_id uuid, alias_id bigint, said text, home text)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_variable
DECLARE
    {functions.SIGHT_PARTS}
    guarded uuid[] := array(SELECT g.id FROM public.agencies_agency g
                            WHERE g.lowest_tier > 1 AND g.id IS DISTINCT FROM public.access_home());
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    -- Who must know two things of a child finds by one alone only those whom their own work leads to.
    IF p_things < 2 THEN
        finds_any := EXISTS (
            SELECT 1 FROM public.access_policycell c
            WHERE c.role = ANY (public.access_roles()) AND c.action = 'find' AND c.ground = 'N'
              AND NOT 'ids2' = ANY (string_to_array(c.conditions, '+')));
    END IF;
    RETURN QUERY
    WITH met AS MATERIALIZED (
        SELECT m.alias_id AS id, bool_or((asked.key & 15) <> ALL ('{_HOME_RULES}'::bigint[])) AS is_met_otherwise
        FROM unnest(p_keys[1:{_MOST_KEYS}]) AS asked(key), LATERAL (
            SELECT k.alias_id FROM public.childindex_matchkey k
            JOIN public.childindex_knownalias its ON its.id = k.alias_id AND its.agency_id <> ALL (guarded)
            WHERE k.key = asked.key
            ORDER BY k.alias_id LIMIT {matchkeys.MOST_OF_ONE_KEY}
        ) m
        GROUP BY m.alias_id
    )
    SELECT c.id, a.person_record_id, a.id, a.said, CASE WHEN a.is_home_held THEN '' ELSE a.home END
    FROM met
    JOIN public.childindex_knownalias a ON a.id = met.id AND (met.is_met_otherwise OR NOT a.is_home_held)
    JOIN public.childindex_link l ON l.person_record_id = a.person_record_id AND l.ended_at IS NULL
    JOIN public.people_child c ON c.id = l.child_id AND c.state = 'active' AND {functions.MAY_KNOW}
    WHERE p_everyone
       OR EXISTS (SELECT 1 FROM public.people_childsummary s WHERE s.child_id = c.id AND s.has_targeted_help);
END
$$
"""

LORE = f"""
CREATE FUNCTION childindex_lore() RETURNS TABLE (run_id uuid, said text)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r.id, o.said FROM public.childindex_lore o JOIN public.childindex_linkrun r ON r.id = o.run_id
    ORDER BY r.started_at DESC, r.id DESC LIMIT 1;
END
$$
"""
