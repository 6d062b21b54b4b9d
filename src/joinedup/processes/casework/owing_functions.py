"""The database's functions that reach past one's own: taking a transfer over, and what one owes over all children.

Belongs here: their text. Not here: what must hold of every row (functions).
"""

from joinedup.processes.casework import functions, rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_OPEN, _OFFERED, _ACCEPTED = rules.NeedState.OPEN.value, rules.Transfer.OFFERED.value, rules.Transfer.ACCEPTED.value
_ORIGIN = functions.ORIGIN.format("waits.episode_id")
_TIED = "user_id = {} AND subject_id = waits.child_id AND origin = its_origin AND ended_at IS NULL"

_ALL_PASS = "\n    ".join(
    f"UPDATE public.{table} w SET circles = public.casework_circles_of(waits.to_team_id) WHERE w.episode_id = waits.episode_id;"
    for table in functions.OF_EPISODES
    if table != "casework_transfer"
)
# In one act, so that the child is at no moment without a team and a lead: responsibility moves here and nowhere else.
# Whoever takes it may be the new lead themselves, for someone else offered it to their team.
ACCEPT = f"""
CREATE FUNCTION casework_accept(p_transfer uuid, p_lead uuid, p_words text, p_goodbye text, p_at timestamptz)
RETURNS TABLE (answer text, child_id uuid, episode_id uuid)
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    waits record;
    led record;
    taker record;
    its_origin text;
BEGIN
    SELECT t.* INTO waits FROM public.casework_transfer t
    WHERE t.id = p_transfer AND t.state = '{_OFFERED}' AND t.offered_by_id <> viewer
      AND public.casework_circles_of(t.to_team_id) && public.access_circles() AND NOT public.access_is_shut(t.child_id)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'absent'::text, NULL::uuid, NULL::uuid;
        RETURN;
    END IF;
    its_origin := {_ORIGIN};
    PERFORM public.audit_add_subjects(public.access_event(), ARRAY[waits.child_id]);
    SELECT l.id, l.is_of_child, l.practitioner_id, p.user_id INTO led FROM public.casework_lead l
    JOIN public.agencies_practitioner p ON p.id = l.practitioner_id
    WHERE l.episode_id = waits.episode_id AND l.ended_at IS NULL FOR UPDATE OF l;
    SELECT p.id, p.user_id, s.user_id AS supervisor INTO taker FROM public.agencies_practitioner p
    JOIN public.agencies_team t ON t.agency_id = p.agency_id AND t.id = waits.to_team_id
    JOIN public.access_user u ON u.id = p.user_id AND u.is_active
    LEFT JOIN public.agencies_practitioner s ON s.id = p.supervisor_id
    WHERE p.id = p_lead;
    IF NOT FOUND AND (waits.from_team_id <> waits.to_team_id OR p_lead IS NOT NULL) THEN
        RETURN QUERY SELECT 'lead'::text, NULL::uuid, NULL::uuid;
        RETURN;
    END IF;
    UPDATE public.casework_transfer t
    SET state = '{_ACCEPTED}', answered_at = p_at, answer = p_words,
        answered_by_name = (SELECT u.display_name FROM public.access_user u WHERE u.id = viewer)
    WHERE t.id = waits.id;
    UPDATE public.casework_episode e SET responsible_team_id = waits.to_team_id, level = waits.to_level
    WHERE e.id = waits.episode_id;
    {_ALL_PASS}
    UPDATE public.casework_need n SET duty_team_id = waits.to_team_id
    WHERE n.episode_id = waits.episode_id AND n.state = '{_OPEN}';
    IF taker.id IS NOT NULL AND taker.id IS DISTINCT FROM led.practitioner_id THEN
        UPDATE public.casework_lead l SET ended_at = p_at, goodbye = p_goodbye WHERE l.id = led.id;
        UPDATE public.casework_teammember m SET left_at = p_at
        WHERE m.episode_id = waits.episode_id AND m.practitioner_id = led.practitioner_id AND m.left_at IS NULL;
        UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
        WHERE {_TIED.format("led.user_id")} OR g.ground = 'S' AND g.origin = its_origin AND g.ended_at IS NULL;
        INSERT INTO public.casework_lead (id, child_id, episode_id, practitioner_id, is_of_child, started_at, goodbye)
        VALUES (gen_random_uuid(), waits.child_id, waits.episode_id, taker.id,
                coalesce(led.is_of_child, NOT EXISTS (
                    SELECT 1 FROM public.casework_lead o
                    WHERE o.child_id = waits.child_id AND o.is_of_child AND o.ended_at IS NULL)), p_at, '');
        INSERT INTO public.casework_teammember (
            id, child_id, episode_id, practitioner_id, person_name, agency_name, phone, part, joined_at)
        SELECT gen_random_uuid(), waits.child_id, waits.episode_id, taker.id, '', '', '', 'Leads', p_at
        WHERE NOT EXISTS (SELECT 1 FROM public.casework_teammember m WHERE m.episode_id = waits.episode_id
                          AND m.practitioner_id = taker.id AND m.left_at IS NULL);
        INSERT INTO public.access_groundheld (
            id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at)
        SELECT gen_random_uuid(), tie.who, waits.child_id, tie.ground, its_origin, false, false, clock_timestamp()
        FROM (VALUES (taker.user_id, 'L'), (taker.user_id, 'P'), (taker.supervisor, 'S')) AS tie(who, ground)
        WHERE tie.who IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM public.access_groundheld g WHERE {_TIED.format("tie.who")} AND g.ground = tie.ground);
    END IF;
    RETURN QUERY SELECT 'done'::text, waits.child_id, waits.episode_id;
END
$$
"""

# Over all children at once; what is sealed to the viewer, or of a child with whom they stand in conflict, is left out.
OWED = f"""
CREATE FUNCTION casework_owed() RETURNS TABLE (
    kind text, child_id uuid, number text, episode_id uuid, item_id uuid, words text, due_on date
)
LANGUAGE sql STABLE {_SECURE}
AS $$
    WITH me AS (
        SELECT p.id, p.user_id FROM public.agencies_practitioner p WHERE p.user_id = public.access_viewer()
    ), led AS (
        SELECT l.episode_id FROM public.casework_lead l JOIN me ON me.id = l.practitioner_id WHERE l.ended_at IS NULL
    ), found AS (
        SELECT 'transfer' AS kind, t.child_id, t.episode_id, t.id AS item_id, t.why::text AS words, NULL::date AS due_on
        FROM public.casework_transfer t, me
        WHERE t.state = '{_OFFERED}' AND t.offered_by_id <> me.user_id AND t.circles && (SELECT public.access_circles())
          AND public.casework_circles_of(t.to_team_id) && (SELECT public.access_circles())
      UNION ALL
        SELECT 'approval', a.child_id, a.episode_id, a.id, a.words, NULL
        FROM public.casework_approval a, me
        WHERE a.answer = '' AND a.asked_by_id <> me.user_id AND EXISTS (
            SELECT 1 FROM public.access_groundheld g WHERE g.user_id = me.user_id AND g.subject_id = a.child_id
              AND g.ground = 'S' AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp()))
      UNION ALL
        SELECT 'review', r.child_id, r.episode_id, r.id, '', r.due_on
        FROM public.casework_review r JOIN led ON led.episode_id = r.episode_id WHERE r.held_at IS NULL
      UNION ALL
        SELECT 'action', a.child_id, a.episode_id, a.id, a.words, a.due_on
        FROM public.casework_action a JOIN public.casework_episode e ON e.id = a.episode_id AND e.closed_at IS NULL
        JOIN public.casework_teammember m ON m.id = a.doer_id CROSS JOIN me
        WHERE a.done_at IS NULL AND (m.practitioner_id = me.id AND m.left_at IS NULL
              OR (m.left_at IS NOT NULL OR m.practitioner_id IS NULL) AND a.episode_id IN (SELECT led.episode_id FROM led))
      UNION ALL
        SELECT 'lead', e.child_id, e.id, e.id, e.why, NULL
        FROM public.casework_episode e
        WHERE e.closed_at IS NULL AND e.circles && (SELECT public.access_circles()) AND NOT EXISTS (
            SELECT 1 FROM public.casework_lead l JOIN public.agencies_practitioner p ON p.id = l.practitioner_id
            JOIN public.access_user u ON u.id = p.user_id AND u.is_active
            WHERE l.episode_id = e.id AND l.ended_at IS NULL)
      UNION ALL
        SELECT 'need', n.child_id, n.episode_id, n.id, n.statement, NULL
        FROM public.casework_need n JOIN public.casework_episode e ON e.id = n.episode_id CROSS JOIN me
        WHERE n.state = '{_OPEN}' AND (n.owner_id = me.id
              OR n.owner_id IS NULL AND n.episode_id IN (SELECT led.episode_id FROM led)
              OR e.closed_at IS NOT NULL AND public.casework_circles_of(n.duty_team_id) && (SELECT public.access_circles()))
    )
    SELECT f.kind::text, f.child_id, c.number::text, f.episode_id, f.item_id, f.words::text, f.due_on
    FROM found f JOIN public.people_child c ON c.id = f.child_id
    WHERE c.state = 'active' AND NOT public.access_is_shut(f.child_id)
$$
"""
