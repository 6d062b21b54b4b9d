"""The database's own functions by which a batch reads the audit, which it may not read by itself: looks and hours of a span.

Belongs here: their text; a function that changed stands under a new name, so that every migration can be run again.
Not here: the looks at one subject, which only those may read whom the matrix lets (governance).
"""

LOOKS_BETWEEN = """
CREATE FUNCTION audit_looks_between(p_since timestamptz, p_until timestamptz, p_acts text[])
RETURNS TABLE (
    event_id uuid, at timestamptz, went_on interval, actor_id uuid, roles text, home_id uuid, act text, purpose text,
    record_ref text, subject_id uuid
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.access_is_open() THEN
        RAISE EXCEPTION 'looks are read only through an open view';
    END IF;
    RETURN QUERY
        WITH requests AS (
            SELECT e.actor_id, e.session, e.request_id, min(e.at) AS at FROM public.audit_auditevent e
            WHERE e.at >= p_since AND e.at < p_until AND e.actor_id IS NOT NULL AND e.request_id IS NOT NULL
            GROUP BY e.actor_id, e.session, e.request_id
        ), onward AS (
            SELECT r.request_id, lead(r.at) OVER (PARTITION BY r.actor_id, r.session ORDER BY r.at) - r.at AS went_on
            FROM requests r
        )
        SELECT e.id, e.at, o.went_on, e.actor_id, e.roles::text, e.home_id, e.act::text, e.purpose::text,
               e.record_ref::text, s.subject_id
        FROM public.audit_auditevent e
        JOIN public.audit_auditsubject s ON s.event_id = e.id
        LEFT JOIN onward o ON o.request_id = e.request_id
        WHERE e.at >= p_since AND e.at < p_until AND e.actor_id IS NOT NULL AND e.act = ANY(p_acts)
        ORDER BY e.at, e.id, s.subject_id;
END
$$
"""

HOURS_BETWEEN = """
CREATE FUNCTION audit_hours_between(p_since timestamptz, p_until timestamptz, p_acts text[], p_zone text)
RETURNS TABLE (actor_id uuid, hour integer, is_weekend boolean, looks bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.access_is_open() THEN
        RAISE EXCEPTION 'looks are read only through an open view';
    END IF;
    RETURN QUERY
        SELECT e.actor_id, extract(hour FROM e.at AT TIME ZONE p_zone)::integer,
               extract(isodow FROM e.at AT TIME ZONE p_zone) > 5, count(*)
        FROM public.audit_auditevent e
        WHERE e.at >= p_since AND e.at < p_until AND e.actor_id IS NOT NULL AND e.act = ANY(p_acts)
        GROUP BY 1, 2, 3 ORDER BY 1, 3, 2;
END
$$
"""
