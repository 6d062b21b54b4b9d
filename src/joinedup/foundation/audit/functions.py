"""The database's own functions that write the audit and say whether a view is open, in the order migrations make them.

Belongs here: their text; a function that changed stands under a new name, so that every migration can be run again.
"""

VIEW_IS_OPEN = """
CREATE FUNCTION audit_view_is_open() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('joinedup.event', true), '') <> ''
"""

VIEWER = """
CREATE FUNCTION audit_viewer() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('joinedup.viewer', true), '')::uuid
"""

WRITE = """
CREATE FUNCTION audit_write(
    p_id uuid, p_actor uuid, p_name text, p_roles text, p_home uuid, p_act text, p_purpose text, p_reason text,
    p_ref text, p_criteria bytea, p_session text, p_request uuid, p_subjects uuid[], p_opens boolean
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.audit_auditevent (
        id, at, actor_id, actor_name, roles, home_id, act, purpose, reason, record_ref, criteria_hash, session,
        request_id, xact_id
    ) VALUES (
        p_id, clock_timestamp(), p_actor, p_name, p_roles, p_home, p_act, p_purpose, p_reason, p_ref, p_criteria,
        p_session, p_request, pg_current_xact_id()::text::bigint
    );
    INSERT INTO public.audit_auditsubject (event_id, subject_id)
        SELECT p_id, subject FROM unnest(p_subjects) AS subject ON CONFLICT DO NOTHING;
    IF p_opens THEN
        PERFORM set_config('joinedup.event', p_id::text, true);
        PERFORM set_config('joinedup.viewer', coalesce(p_actor::text, ''), true);
    END IF;
END
$$
"""

ADD_SUBJECTS = """
CREATE FUNCTION audit_add_subjects(p_event uuid, p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF p_event::text IS DISTINCT FROM current_setting('joinedup.event', true) THEN
        RAISE EXCEPTION 'subjects may be added only to the event that opened this view';
    END IF;
    INSERT INTO public.audit_auditsubject (event_id, subject_id)
        SELECT p_event, subject FROM unnest(p_subjects) AS subject ON CONFLICT DO NOTHING;
END
$$
"""

NEVER_CHANGE = """
CREATE FUNCTION audit_never_changes() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are only ever added';
END
$$
"""

# A session may write any setting it likes. What counts is the event it names, written by this very transaction:
# it goes with the transaction, and no later one can show it again.
_EVENT_OF_THIS_TRANSACTION = """
    SELECT id, actor_id INTO event FROM public.audit_auditevent
    WHERE xact_id = pg_current_xact_id_if_assigned()::text::bigint AND id = CASE
        WHEN current_setting('joinedup.event', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN current_setting('joinedup.event', true)::uuid
    END
"""

VIEW_IS_PROVED = f"""
CREATE OR REPLACE FUNCTION audit_view_is_open() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    event record;
BEGIN
    {_EVENT_OF_THIS_TRANSACTION};
    RETURN FOUND;
END
$$
"""

VIEWER_IS_PROVED = f"""
CREATE OR REPLACE FUNCTION audit_viewer() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    event record;
BEGIN
    {_EVENT_OF_THIS_TRANSACTION};
    RETURN event.actor_id;
END
$$
"""

ADD_PROVED_SUBJECTS = f"""
CREATE OR REPLACE FUNCTION audit_add_subjects(p_event uuid, p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    event record;
BEGIN
    {_EVENT_OF_THIS_TRANSACTION};
    IF event.id IS DISTINCT FROM p_event THEN
        RAISE EXCEPTION 'subjects may be added only to the event that opened this view';
    END IF;
    INSERT INTO public.audit_auditsubject (event_id, subject_id)
        SELECT p_event, subject FROM unnest(p_subjects) AS subject ON CONFLICT DO NOTHING;
END
$$
"""
