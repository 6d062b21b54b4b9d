"""The database's functions by which work ties people to a subject, and by which a subject is shut.

Belongs here: their text. Not here: which work it is (the rings that do it), what a ground allows (the policy).
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

#: A list may hold work on a subject that has since been sealed, or with whom the viewer stands in conflict.
IS_SHUT = f"""
CREATE FUNCTION access_is_shut(p_subject uuid) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
RETURN p_subject IS NOT NULL AND (
    p_subject = ANY (public.access_conflicts())
    OR (EXISTS (SELECT 1 FROM public.access_seal s WHERE s.subject_id = p_subject AND s.lifted_at IS NULL)
        AND NOT coalesce(p_subject = ANY (public.access_subjects()), false)))
"""

# Nobody makes the tie that lets themselves in, and nobody gives one to a subject who is not open before them.
HOLD = f"""
CREATE FUNCTION access_hold(
    p_id uuid, p_user uuid, p_subject uuid, p_ground text, p_origin text, p_until timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT public.access_is_open() OR p_user IS NULL OR p_user = public.access_viewer()
       OR p_ground <> ALL (ARRAY['P', 'L', 'S', 'V']) OR p_origin = ANY (ARRAY['records', 'break-glass'])
       OR NOT coalesce(p_subject = ANY (public.access_opened()), false) THEN
        RETURN false;
    END IF;
    INSERT INTO public.access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at, ended_at)
    SELECT p_id, p_user, p_subject, p_ground, p_origin, false, false, clock_timestamp(), p_until
    WHERE NOT EXISTS (
        SELECT 1 FROM public.access_groundheld g
        WHERE g.user_id = p_user AND g.subject_id = p_subject AND g.ground = p_ground AND g.origin = p_origin
          AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp()));
    RETURN true;
END
$$
"""

RELEASE = f"""
CREATE FUNCTION access_release(p_user uuid, p_subject uuid, p_ground text, p_origin text) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT public.access_is_open() OR p_origin = ANY (ARRAY['records', 'break-glass'])
       OR NOT (coalesce(p_subject = ANY (public.access_opened()), false) OR p_user = public.access_viewer()) THEN
        RETURN false;
    END IF;
    UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
    WHERE g.user_id = p_user AND g.subject_id = p_subject AND g.ground = p_ground AND g.origin = p_origin
      AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp());
    RETURN FOUND;
END
$$
"""
