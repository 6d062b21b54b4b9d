"""The database's functions by which a seal is asked for and decided: it takes two, whatever the application asks for."""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

ASK = f"""
CREATE FUNCTION sealing_ask(p_id uuid, p_number text, p_kind text, p_reason text, p_words text) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    child record;
BEGIN
    IF viewer IS NULL OR NOT public.access_may('seal') THEN
        RETURN 'absent';
    END IF;
    SELECT c.id, c.is_sealed AS sealed INTO child FROM public.people_child named
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id)
    WHERE named.number = p_number AND c.state = 'active' AND c.id <> ALL (public.access_conflicts())
    FOR UPDATE OF c;
    IF NOT FOUND THEN
        RETURN 'absent';
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), ARRAY[child.id]);
    IF child.sealed = (p_kind = 'set') THEN
        RETURN 'already';
    END IF;
    IF EXISTS (SELECT 1 FROM public.sealing_sealrequest r WHERE r.child_id = child.id AND r.outcome = '') THEN
        RETURN 'waiting';
    END IF;
    INSERT INTO public.sealing_sealrequest (
        id, child_id, kind, reason, words, asked_by_id, asked_by_name, asked_at, outcome, decided_by_name
    ) SELECT p_id, child.id, p_kind, p_reason, p_words, viewer, u.display_name, clock_timestamp(), '', ''
      FROM public.access_user u WHERE u.id = viewer;
    RETURN 'done';
END
$$
"""

# The keys by which the stub will be found are worked out where names are taken apart; what is not of a stub is left out.
DECIDE = f"""
CREATE FUNCTION sealing_decide(p_id uuid, p_agrees boolean, p_keys text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    asked record;
BEGIN
    IF viewer IS NULL OR NOT public.access_may('seal') THEN
        RETURN 'absent';
    END IF;
    -- A child who was joined to another since is that other child now.
    SELECT r.kind, r.reason, r.asked_by_id, c.id AS child_id, c.is_sealed AS sealed INTO asked FROM public.sealing_sealrequest r
    JOIN public.people_child named ON named.id = r.child_id
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id) AND c.state = 'active'
    WHERE r.id = p_id AND r.outcome = '' AND c.id <> ALL (public.access_conflicts()) FOR UPDATE OF r, c;
    IF NOT FOUND THEN
        RETURN 'absent';
    END IF;
    IF p_agrees AND asked.asked_by_id = viewer THEN
        RETURN 'own';
    END IF;
    IF p_agrees AND asked.sealed = (asked.kind = 'set') THEN
        RETURN 'already';
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), ARRAY[asked.child_id]);
    UPDATE public.sealing_sealrequest SET
        outcome = CASE WHEN p_agrees THEN 'agreed' WHEN asked.asked_by_id = viewer THEN 'withdrawn' ELSE 'refused' END,
        decided_by_id = viewer, decided_at = clock_timestamp(),
        decided_by_name = (SELECT u.display_name FROM public.access_user u WHERE u.id = viewer)
    WHERE id = p_id;
    IF p_agrees AND asked.kind = 'set' THEN
        INSERT INTO public.access_seal (id, subject_id, reason, asked_by_id, agreed_by_id, started_at)
        VALUES (p_id, asked.child_id, asked.reason, asked.asked_by_id, viewer, clock_timestamp());
        PERFORM public.childindex_set_seal(asked.child_id, p_keys);
    ELSIF p_agrees THEN
        UPDATE public.access_seal SET lifted_at = clock_timestamp(), lift_asked_by_id = asked.asked_by_id,
               lift_agreed_by_id = viewer
        WHERE subject_id = asked.child_id AND lifted_at IS NULL;
        PERFORM public.childindex_lift_seal(asked.child_id);
    END IF;
    RETURN 'done';
END
$$
"""

WAITING = f"""
CREATE FUNCTION sealing_waiting() RETURNS TABLE (
    id uuid, child_id uuid, number text, given_name text, family_name text, birth_date date, kind text, reason text,
    words text, asked_by_id uuid, asked_by_name text, asked_at timestamptz
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.access_may('seal') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r.id, c.id, c.number::text, coalesce(s.given_name, '')::text, coalesce(s.family_name, '')::text, s.birth_date,
           r.kind::text, r.reason::text, r.words::text, r.asked_by_id, r.asked_by_name::text, r.asked_at
    FROM public.sealing_sealrequest r JOIN public.people_child named ON named.id = r.child_id
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id) AND c.state = 'active'
    LEFT JOIN public.people_childsummary s ON s.child_id = c.id
    WHERE r.outcome = '' AND c.id <> ALL (conflicts) ORDER BY r.asked_at, r.id;
END
$$
"""

# What a seal takes from the eyes of those who work on it: whoever keeps the seal must ring them, for nothing else tells them.
OPEN_WORK = f"""
CREATE FUNCTION sealing_open_work() RETURNS TABLE (
    child_id uuid, kind text, team_name text, agency_name text, phone text, person_name text, since_at timestamptz
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.access_may('seal') THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH kept AS (
        SELECT c.id FROM public.people_child c
        WHERE c.state = 'active' AND c.id <> ALL (conflicts) AND (c.is_sealed OR EXISTS (
            SELECT 1 FROM public.sealing_sealrequest r JOIN public.people_child named ON named.id = r.child_id
            WHERE coalesce(named.redirect_to_id, named.id) = c.id AND r.outcome = '' AND r.kind = 'set'))
    ), work AS (
        SELECT i.child_id, 'item' AS kind, i.team_id, i.agency_id, i.holder_name::text AS person_name, i.received_at AS since_at
        FROM public.inbasket_item i JOIN kept ON kept.id = i.child_id WHERE i.state <> 'closed'
      UNION ALL
        SELECT e.child_id, 'episode', e.responsible_team_id, t.agency_id,
               coalesce((SELECT u.display_name FROM public.casework_lead l
                         JOIN public.agencies_practitioner p ON p.id = l.practitioner_id
                         JOIN public.access_user u ON u.id = p.user_id
                         WHERE l.episode_id = e.id AND l.ended_at IS NULL), '')::text, e.opened_at
        FROM public.casework_episode e JOIN kept ON kept.id = e.child_id
        JOIN public.agencies_team t ON t.id = e.responsible_team_id WHERE e.closed_at IS NULL
      UNION ALL
        SELECT ac.child_id, 'assessment', NULL, a.agency_id, a.begun_by_name::text, a.begun_at
        FROM public.assessment_assessmentchild ac JOIN kept ON kept.id = ac.child_id
        JOIN public.assessment_assessment a ON a.id = ac.assessment_id
        WHERE ac.left_at IS NULL AND a.state = 'begun'
      UNION ALL
        SELECT c.child_id, 'concern', p.team_id, p.agency_id, last.recorded_by_name::text, c.since_at
        FROM public.protection_concern c JOIN kept ON kept.id = c.child_id
        LEFT JOIN LATERAL (
            SELECT s.recorded_by_id, s.recorded_by_name FROM public.protection_step s
            WHERE s.concern_id = c.id AND NOT s.is_corrected ORDER BY s.place DESC LIMIT 1) last ON true
        LEFT JOIN public.agencies_practitioner p ON p.user_id = last.recorded_by_id
        WHERE c.stage <> 'ended'
    )
    SELECT w.child_id, w.kind, coalesce(t.name, '')::text, coalesce(a.name, '')::text,
           coalesce(nullif(t.phone, ''), a.phone, '')::text, w.person_name, w.since_at
    FROM work w LEFT JOIN public.agencies_team t ON t.id = w.team_id LEFT JOIN public.agencies_agency a ON a.id = w.agency_id
    ORDER BY w.since_at, w.kind;
END
$$
"""
