"""The database's functions that break glass and keep a review: the bounds hold whatever the application asks for."""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

BREAK = f"""
CREATE FUNCTION breakglass_break(
    p_id uuid, p_group uuid, p_child uuid, p_reason text, p_words text, p_minutes integer, p_due timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    sealed boolean;
    its_number text;
    starts timestamptz := clock_timestamp();
    ends timestamptz := starts + make_interval(mins => least(greatest(p_minutes, 1), 60));
BEGIN
    -- Only for a child of whom this sight may know; a sealed one, only for those whom the matrix lets look past a seal.
    SELECT c.is_sealed, c.number INTO sealed, its_number FROM public.people_child c
    WHERE c.id = p_child AND c.state = 'active' AND c.id <> ALL (public.access_conflicts())
      AND (public.access_finds_any() AND (c.known_only_to IS NULL OR public.access_home() = ANY (c.known_only_to))
           OR c.circles && public.access_circles() OR c.id = ANY (public.access_subjects()));
    IF NOT FOUND OR viewer IS NULL OR length(p_words) < 20 THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.access_policycell c
        WHERE c.role = ANY (public.access_roles()) AND c.ground = 'B'
          AND (c.action = 'override' OR (NOT sealed AND c.action IN ('T2', 'T3', 'T4')))) THEN
        RETURN false;
    END IF;
    IF (SELECT count(*) FROM public.breakglass_emergencylook e
        WHERE e.user_id = viewer AND e.outcome = 'not_justified' AND e.started_at > starts - interval '90 days') >= 3 THEN
        RETURN false;
    END IF;
    INSERT INTO public.breakglass_emergencylook (
        id, group_id, user_id, user_name, child_id, child_number, reason, words, is_past_seal, started_at, ends_at, review_due_at,
        reviewer_name, outcome, note
    ) SELECT p_id, p_group, viewer, u.display_name, p_child, its_number, p_reason, p_words, sealed, starts, ends,
             least(p_due, starts + interval '4 days'), '', '', ''
      FROM public.access_user u WHERE u.id = viewer;
    INSERT INTO public.access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at, ended_at)
    VALUES (p_id, viewer, p_child, 'B', 'break-glass', sealed, starts, ends);
    RETURN true;
END
$$
"""

REVIEW = f"""
CREATE FUNCTION breakglass_review(p_id uuid, p_outcome text, p_note text) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
BEGIN
    IF viewer IS NULL OR NOT public.access_may('review') THEN
        RETURN false;
    END IF;
    UPDATE public.breakglass_emergencylook e
    SET reviewed_at = clock_timestamp(), reviewer_id = viewer, outcome = p_outcome, note = p_note,
        reviewer_name = (SELECT display_name FROM public.access_user WHERE id = viewer)
    WHERE e.id = p_id AND e.reviewed_at IS NULL AND e.user_id <> viewer;
    RETURN FOUND;
END
$$
"""

# By number alone: nobody who may not look past a seal learns from the answer that there is one.
OVERRIDE = f"""
CREATE FUNCTION breakglass_override(
    p_id uuid, p_group uuid, p_number text, p_reason text, p_words text, p_minutes integer, p_due timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    sealed uuid;
BEGIN
    SELECT c.id INTO sealed FROM public.people_child named
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id)
    WHERE named.number = p_number AND c.is_sealed AND c.state = 'active';
    IF sealed IS NULL OR NOT public.breakglass_break(p_id, p_group, sealed, p_reason, p_words, p_minutes, p_due) THEN
        RETURN false;
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), ARRAY[sealed]);
    RETURN true;
END
$$
"""

LEAVE = f"""
CREATE FUNCTION breakglass_leave(p_number text) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    WITH over AS (
        UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
        FROM public.people_child c
        WHERE c.number = p_number AND g.subject_id = c.id AND g.user_id = public.access_viewer() AND g.ground = 'B'
          AND g.ended_at > clock_timestamp()
        RETURNING g.id, g.ended_at
    )
    -- Whoever reviews it reads until when it lasted.
    UPDATE public.breakglass_emergencylook e SET ends_at = over.ended_at FROM over WHERE e.id = over.id;
    RETURN FOUND;
END
$$
"""
