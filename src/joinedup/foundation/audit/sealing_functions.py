"""The database's own function that seals events, and the words that turn an event into the bytes that are sealed.

Belongs here: SQL that says the same as the rules of entries; a test holds the two together. Not here: signing.
A function that changed stands under a new name, so that every migration can be run again.
"""

#: Form 1 of an event, written out, as a migration must not change when the rules get a second form.
_IDS = "uuid_send"
_FORM_1 = (
    ("id", _IDS),
    ("actor_id", _IDS),
    ("on_behalf_of", _IDS),
    ("actor_name", ""),
    ("roles", ""),
    ("home_id", _IDS),
    ("act", ""),
    ("purpose", ""),
    ("basis", ""),
    ("reason", ""),
    ("record_ref", ""),
    ("relationship", ""),
    ("decision", ""),
    ("rule", ""),
    ("tier", "int2send"),
    ("policy_version", ""),
    ("fields", ""),
    ("result_count", "int4send"),
    ("criteria_hash", "byteasend"),
    ("before_hash", "byteasend"),
    ("after_hash", "byteasend"),
    ("session", ""),
    ("request_id", _IDS),
    ("xact_id", "int8send"),
)


def _field(name: str, sent: str) -> str:
    value = f"{sent}(e.{name})" if sent else f"convert_to(e.{name}, 'UTF8')"
    return rf"coalesce(int4send(octet_length({value})) || {value}, '\xffffffff'::bytea)"


EVENT_BYTES = " || ".join(_field(name, sent) for name, sent in _FORM_1)

SUBJECT_BYTES = (
    "coalesce((SELECT string_agg(uuid_send(s.subject_id), ''::bytea ORDER BY s.subject_id) "
    "FROM public.audit_auditsubject s WHERE s.event_id = e.id), ''::bytea)"
)

# All that is committed and not sealed yet is taken, whatever still runs: whoever commits later gets a later place.
# The floor of the run before is the oldest transaction that then still ran, so below it nothing can have been left.
# One statement, so that what is found and what is said of running transactions are of one moment. After a restore into
# another server its transactions are counted from anew: then everything is looked through once.
SEAL = f"""
CREATE FUNCTION audit_seal(p_log uuid, p_most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    last record;
    this_server text;
    from_floor bigint;
    began timestamptz;
    found record;
BEGIN
    PERFORM pg_advisory_xact_lock(7203412);
    SELECT * INTO last FROM public.audit_sealbatch ORDER BY size DESC LIMIT 1;
    SELECT system_identifier::text INTO this_server FROM pg_control_system();
    began := clock_timestamp();
    IF last.size IS NULL THEN
        INSERT INTO public.audit_sealbatch (size, log_id, sealed_at, floor, ceiling, server)
            VALUES (0, p_log, began, 0, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, this_server);
        RETURN 0;
    END IF;
    IF last.server = this_server AND last.floor <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint THEN
        from_floor := last.floor;
    ELSE
        from_floor := 0;
    END IF;
    WITH waiting AS MATERIALIZED (
        SELECT e.id FROM public.audit_auditevent e
        WHERE e.xact_id >= from_floor
            AND NOT EXISTS (SELECT FROM public.audit_sealedevent s WHERE s.event_id = e.id)
        ORDER BY e.xact_id, e.id LIMIT p_most
    ), taken AS (
        INSERT INTO public.audit_sealedevent (position, event_at, event_id, form, event_hash, subjects_hash)
        SELECT last.size + row_number() OVER (ORDER BY e.xact_id, e.id) - 1, e.at, e.id, 1,
            sha256({EVENT_BYTES}),
            sha256({SUBJECT_BYTES})
        FROM waiting JOIN public.audit_auditevent e USING (id)
        RETURNING event_id
    )
    SELECT count(*) AS events, max(e.xact_id) AS newest,
        pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS ceiling
    INTO found FROM taken JOIN public.audit_auditevent e ON e.id = taken.event_id;
    IF found.events > 0 THEN
        INSERT INTO public.audit_sealbatch (size, log_id, sealed_at, floor, ceiling, server) VALUES (
            last.size + found.events, last.log_id, began,
            CASE WHEN found.events < p_most THEN found.oldest_running
                ELSE least(found.oldest_running, found.newest) END,
            found.ceiling, this_server
        );
    END IF;
    RETURN found.events;
END
$$
"""

# Ten times a minute someone asks whether there is enough to seal: no more is counted than is asked for.
WAITING = """
CREATE FUNCTION audit_waiting(p_most integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT count(*) FROM (
        SELECT FROM public.audit_auditevent e
        WHERE e.xact_id >= coalesce((SELECT b.floor FROM public.audit_sealbatch b ORDER BY b.size DESC LIMIT 1), 0)
            AND NOT EXISTS (SELECT FROM public.audit_sealedevent s WHERE s.event_id = e.id)
        LIMIT p_most
    ) AS found
$$
"""
