"""The database's functions of assurance: who looked at a child, and whom an opened case is about; both judge by the sight.

Belongs here: their text. Not here: what a sight is (foundation.access.functions), which rows are seen (migrations).
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

#: On which grounds the viewer stands to a child whom the view's own event names; none where a seal refuses.
GROUNDS = f"""
CREATE FUNCTION assurance_grounds(p_child uuid) RETURNS text[]
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.audit_auditsubject s WHERE s.event_id = public.access_event() AND s.subject_id = p_child
    ) THEN
        RAISE EXCEPTION 'who looked is shown only to a look that names whom it is about';
    END IF;
    IF EXISTS (SELECT 1 FROM public.people_child c WHERE c.id = p_child AND c.is_sealed)
       AND NOT public.childindex_is_past_seal(p_child) THEN
        RETURN '{{}}';
    END IF;
    RETURN public.childindex_grounds(p_child) || 'N'::text;
END
$$
"""

LOOKS_AT = f"""
CREATE FUNCTION assurance_looks_at(p_child uuid, p_before timestamptz, p_most integer)
RETURNS TABLE (
    event_id uuid, at timestamptz, actor_id uuid, actor_name text, roles text, home_id uuid, act text, purpose text,
    record_ref text
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_column
DECLARE
    v_held text[] := public.assurance_grounds(p_child);
    v_event uuid := public.access_event();
    v_ref text;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.access_policycell c
        WHERE c.role = ANY (public.access_roles()) AND c.action = 'looks' AND c.ground = ANY (v_held)
          AND ('X' <> ALL (v_held) OR c.ground = 'Y')
    ) THEN
        RETURN;
    END IF;
    SELECT e.record_ref INTO v_ref FROM public.audit_auditevent e WHERE e.id = v_event;
    RETURN QUERY
        SELECT e.id, e.at, e.actor_id, e.actor_name::text, e.roles::text, e.home_id, e.act::text, e.purpose::text,
               e.record_ref::text
        FROM (
            SELECT s.event_id AS id FROM public.audit_auditsubject s WHERE s.subject_id = p_child
            UNION
            SELECT d.id FROM public.audit_auditevent d WHERE d.record_ref = v_ref AND v_ref <> '' AND d.act LIKE '%.denied'
        ) AS named JOIN public.audit_auditevent e ON e.id = named.id
        WHERE e.at < p_before AND e.id <> v_event AND e.actor_id IS NOT NULL
        ORDER BY e.at DESC, e.id DESC LIMIT p_most;
END
$$
"""

# A reviewer may find no child. Once a case is opened, its children have names for those who review it, and nothing more;
# a sealed child keeps their number in the case.
CASE_CHILDREN = f"""
CREATE FUNCTION assurance_case_children(p_case uuid)
RETURNS TABLE (child_id uuid, number text, given_name text, family_name text)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT c.id, c.number::text, s.given_name::text, s.family_name::text
    FROM public.assurance_unusuallook u
    JOIN public.audit_auditsubject named ON named.event_id = public.access_event()
    JOIN public.people_child c ON c.id = named.subject_id
    JOIN public.people_childsummary s ON s.child_id = c.id
    WHERE u.id = p_case AND u.opened_at IS NOT NULL AND u.looker_id <> public.access_viewer() AND public.access_may('review')
      AND u.looks @> jsonb_build_array(jsonb_build_object('subject', c.id::text))
      AND NOT c.is_sealed AND c.id <> ALL (public.access_conflicts())
$$
"""

# From when the records of both sides were one child's, by the links themselves, until they were parted.
LOOKED_WHILE_LINKED = f"""
CREATE FUNCTION assurance_looked_while_linked(p_act uuid)
RETURNS TABLE (
    event_id uuid, at timestamptz, actor_id uuid, actor_name text, roles text, home_id uuid, act text, purpose text,
    child_id uuid, linked_at timestamptz, parted_at timestamptz
)
LANGUAGE sql STABLE {_SECURE}
AS $$
    WITH parted AS (
        SELECT e.child_id, e.at AS parted_at, e.after AS stayed,
               array(SELECT unnest(e.before) EXCEPT SELECT unnest(e.after)) AS went
        FROM public.childindex_identityevent e WHERE e.act_id = p_act AND e.kind = 'parted'
    ), wrongly AS (
        SELECT p.child_id, p.parted_at, greatest(
                   min(l.made_at) FILTER (WHERE l.person_record_id = ANY (p.went)),
                   min(l.made_at) FILTER (WHERE l.person_record_id = ANY (p.stayed))) AS linked_at
        FROM parted p
        JOIN public.childindex_link l ON l.child_id = p.child_id AND l.person_record_id = ANY (p.went || p.stayed)
             AND l.made_at < p.parted_at AND (l.ended_at IS NULL OR l.ended_at >= p.parted_at)
        GROUP BY p.child_id, p.parted_at
    )
    SELECT e.id, e.at, e.actor_id, e.actor_name::text, e.roles::text, e.home_id, e.act::text, e.purpose::text,
           w.child_id, w.linked_at, w.parted_at
    FROM wrongly w
    JOIN public.audit_auditsubject s ON s.subject_id = w.child_id
    JOIN public.audit_auditevent e ON e.id = s.event_id
    WHERE e.at >= w.linked_at AND e.at <= w.parted_at AND e.actor_id IS NOT NULL AND e.act NOT LIKE 'childindex.steward.%'
    ORDER BY e.at, e.id
$$
"""

# The same by agency and as counts, for the steward who parted them: that people looked, and never who.
COUNTED_WHILE_LINKED = f"""
CREATE FUNCTION assurance_counted_while_linked(p_act uuid, p_given text[])
RETURNS TABLE (number text, linked_at timestamptz, parted_at timestamptz, agency_name text, people bigint, looks bigint)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT c.number::text, w.linked_at, w.parted_at, coalesce(a.name, '')::text, count(DISTINCT w.actor_id), count(*)
    FROM public.assurance_looked_while_linked(p_act) w
    JOIN public.people_child c ON c.id = w.child_id AND NOT c.is_sealed AND c.id <> ALL (public.access_conflicts())
    LEFT JOIN public.agencies_agency a ON a.id = w.home_id
    WHERE public.childindex_may_link(p_given)
    GROUP BY c.number, w.linked_at, w.parted_at, a.name ORDER BY c.number, count(*) DESC, a.name
$$
"""
