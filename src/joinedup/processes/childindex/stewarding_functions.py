"""The database's functions by which stewards link and part: who may, what is moved, and what nobody can make them do.

Belongs here: their text. Not here: which records go where (rules.identity, linkage.stable), the words (operations).
The application works out what an act comes to and asks for it; here it is bounded: by the matrix, by seals, by partings.
"""

from joinedup.processes.childindex import functions, sealing_functions, summary_sql

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

MAY_LINK = f"""
CREATE FUNCTION childindex_may_link(p_given text[]) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT public.access_viewer() IS NOT NULL AND EXISTS (
        SELECT 1 FROM public.access_policycell c, string_to_array(c.conditions, '+') AS said(conditions)
        WHERE c.role = ANY (public.access_roles()) AND c.action = 'link' AND c.ground = 'N'
          AND NOT 'propose' = ANY (said.conditions)
          AND (NOT 'step-up' = ANY (said.conditions) OR 'step-up' = ANY (p_given)))
$$
"""

# Acts wait for each other, for a moment; a run of linking takes longer than a page may wait.
BEGIN_ACT = f"""
CREATE FUNCTION childindex_begin_act(p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    before text := current_setting('lock_timeout');
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN 'absent';
    END IF;
    PERFORM set_config('lock_timeout', '3s', true);
    PERFORM pg_advisory_xact_lock(hashtext('childindex.link'));
    PERFORM set_config('lock_timeout', before, true);
    RETURN 'done';
EXCEPTION WHEN lock_not_available THEN
    RETURN 'busy';
END
$$
"""

# All records of the children who have any of these; nothing where one of them is nobody's, sealed, or in conflict.
WHOLE = f"""
CREATE FUNCTION childindex_whole(p_records uuid[], p_given text[]) RETURNS TABLE (
    person_record_id uuid, child_id uuid, agency_kind text, linked_with uuid, nhs_numbers text[], former_nhs_numbers text[],
    upns text[], former_upns text[]
)
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
#variable_conflict use_column
DECLARE
    concerned uuid[];
    found integer;
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    SELECT array_agg(DISTINCT c.id), count(*) INTO concerned, found
    FROM public.childindex_link l
    JOIN public.people_child c ON c.id = l.child_id AND c.state = 'active' AND NOT c.is_sealed
         AND c.id <> ALL (public.access_conflicts())
    WHERE l.person_record_id = ANY (p_records) AND l.ended_at IS NULL;
    IF found <> (SELECT count(DISTINCT asked) FROM unnest(p_records) AS asked) THEN
        RETURN;
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), concerned);
    RETURN QUERY
    SELECT l.person_record_id, l.child_id, a.kind::text, (l.evidence ->> 'with')::uuid,
           array(SELECT DISTINCT i.nhs_number::text FROM public.records_identitystatement i
                 WHERE i.person_record_id = p.id AND i.is_current AND i.nhs_number_verified AND i.nhs_number <> ''),
           array(SELECT DISTINCT former FROM public.records_identitystatement i, jsonb_array_elements_text(
                     CASE jsonb_typeof(i.former_nhs_numbers) WHEN 'array' THEN i.former_nhs_numbers ELSE '[]' END) AS former
                 WHERE i.person_record_id = p.id AND i.is_current),
           array(SELECT DISTINCT i.upn::text FROM public.records_identitystatement i
                 WHERE i.person_record_id = p.id AND i.is_current AND i.upn <> ''),
           array(SELECT DISTINCT i.former_upn::text FROM public.records_identitystatement i
                 WHERE i.person_record_id = p.id AND i.is_current AND i.former_upn <> '')
    FROM public.childindex_link l
    JOIN public.records_personrecord p ON p.id = l.person_record_id
    JOIN public.agencies_agency a ON a.id = p.agency_id
    WHERE l.child_id = ANY (concerned) AND l.ended_at IS NULL ORDER BY l.person_record_id;
END
$$
"""

UNSPREAD = f"""
CREATE FUNCTION childindex_unspread() RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    {sealing_functions.PUT_BACK};
END
$$
"""

_OF = {"children": "p_children", "at": "clock_timestamp()"}

# What is hidden because another is sealed is put back and hidden anew: who lives with whom may have changed.
DESCRIBE = f"""
CREATE FUNCTION childindex_describe(p_children uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.records_heldaddress) THEN
        PERFORM public.childindex_unspread();
    END IF;
    {summary_sql.drop("p_children")};
    {summary_sql.refresh("p_children")};
    {functions.REFRESH_CIRCLES % _OF};
    {functions.END_GROUNDS % _OF};
    {functions.ADD_GROUNDS % _OF};
    PERFORM public.childindex_spread();
END
$$
"""

SETTLE = f"""
CREATE FUNCTION childindex_settle(p_given text[], p_act jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    its_name text;
    act uuid := (p_act ->> 'id')::uuid;
    moment timestamptz := clock_timestamp();
    records uuid[];
    concerned uuid[];
    agreed record;
BEGIN
    IF public.childindex_begin_act(p_given) <> 'done' THEN
        RETURN 'absent';
    END IF;
    SELECT u.display_name INTO its_name FROM public.access_user u WHERE u.id = viewer;
    SELECT array_agg(DISTINCT named) INTO records FROM (
        SELECT record AS named FROM jsonb_to_recordset(p_act -> 'moves') AS m(record uuid)
        UNION SELECT unnest(ARRAY[d.a, d.b]) FROM jsonb_to_recordset(p_act -> 'decisions') AS d(a uuid, b uuid)
    ) said;
    SELECT array_agg(DISTINCT child) INTO concerned FROM (
        SELECT l.child_id AS child FROM public.childindex_link l WHERE l.person_record_id = ANY (records) AND l.ended_at IS NULL
        UNION SELECT m.child FROM jsonb_to_recordset(p_act -> 'moves') AS m(child uuid)
        UNION SELECT e.child FROM jsonb_to_recordset(p_act -> 'events') AS e(child uuid)
    ) said;
    IF EXISTS (SELECT 1 FROM public.people_child c WHERE c.id = ANY (concerned)
               AND (c.is_sealed OR c.state <> 'active' OR c.id = ANY (public.access_conflicts()))) THEN
        RETURN 'absent';
    END IF;
    SELECT r.* INTO agreed FROM public.childindex_rejoinproposal r
    WHERE r.id = (p_act ->> 'proposal')::uuid AND r.outcome = '' FOR UPDATE;
    IF FOUND AND agreed.proposed_by_id = viewer THEN
        RETURN 'own';
    END IF;
    IF agreed.id IS NULL AND EXISTS (SELECT 1 FROM public.childindex_stewarddecision d WHERE d.decision = 'cannot'
               AND d.id IN (SELECT value::uuid FROM jsonb_array_elements_text(p_act -> 'revoked') AS value)) THEN
        RETURN 'takes_two';
    END IF;
    INSERT INTO public.people_child (id, number, state, minted_at)
        SELECT n.id, n.number, 'active', moment FROM jsonb_to_recordset(p_act -> 'minted') AS n(id uuid, number text);
    UPDATE public.childindex_stewarddecision d
    SET revoked_at = moment, revoked_by_id = viewer, revoked_by_name = its_name, revoked_with_id = agreed.proposed_by_id
    WHERE d.revoked_at IS NULL
      AND d.id IN (SELECT value::uuid FROM jsonb_array_elements_text(p_act -> 'revoked') AS value);
    INSERT INTO public.childindex_stewarddecision (
        id, act_id, record_a_id, record_b_id, decision, why, decided_by_id, decided_by_name, decided_at, revoked_by_name
    ) SELECT d.id, act, least(d.a, d.b), greatest(d.a, d.b), d.decision, p_act ->> 'why', viewer, its_name, moment, ''
      FROM jsonb_to_recordset(p_act -> 'decisions') AS d(id uuid, a uuid, b uuid, decision text) ON CONFLICT DO NOTHING;
    -- The evidence on which a record was linked goes with it, and the model that weighed it.
    WITH ended AS (
        UPDATE public.childindex_link l SET ended_at = moment
        FROM jsonb_to_recordset(p_act -> 'moves') AS m(record uuid, child uuid, link uuid)
        WHERE l.person_record_id = m.record AND l.ended_at IS NULL
        RETURNING m.link, m.record, m.child, l.run_id, l.weight_bits, l.evidence
    )
    INSERT INTO public.childindex_link (id, person_record_id, child_id, run_id, weight_bits, evidence, made_at, act_id)
        SELECT link, record, child, run_id, weight_bits, evidence, moment, act FROM ended;
    UPDATE public.people_child c
    SET state = 'redirected', redirect_to_id = r.target
    FROM jsonb_to_recordset(p_act -> 'redirects') AS r(source uuid, target uuid)
    WHERE c.id = r.source OR c.redirect_to_id = r.source;
    UPDATE public.childindex_reviewtask t
    SET state = CASE d.decision WHEN 'must' THEN 'linked' ELSE 'parted' END, decided_at = moment, decided_by_name = its_name
    FROM jsonb_to_recordset(p_act -> 'decisions') AS d(a uuid, b uuid, decision text)
    WHERE t.state = 'open' AND t.record_a_id = least(d.a, d.b) AND t.record_b_id = greatest(d.a, d.b);
    UPDATE public.childindex_rejoinproposal r
    SET outcome = 'agreed', decided_by_id = viewer, decided_by_name = its_name, decided_at = moment WHERE r.id = agreed.id;
    INSERT INTO public.childindex_identityevent (
        id, at, kind, child_id, other_id, before, after, by_id, by_name, why, act_id, undoes_id
    ) SELECT e.id, moment, e.kind, e.child, e.other, e.before, e.after, viewer, its_name, p_act ->> 'because', act,
             (p_act ->> 'undoes')::uuid
      FROM jsonb_to_recordset(p_act -> 'events')
           AS e(id uuid, kind text, child uuid, other uuid, before uuid[], after uuid[]);
    IF EXISTS (
        SELECT 1 FROM jsonb_to_recordset(p_act -> 'events') AS e(child uuid, after uuid[])
        WHERE e.after <> array(SELECT l.person_record_id FROM public.childindex_link l
                               WHERE l.child_id = e.child AND l.ended_at IS NULL ORDER BY l.person_record_id)) THEN
        RAISE EXCEPTION 'a history says what is so';
    END IF;
    PERFORM public.childindex_describe(concerned);
    RETURN 'done';
END
$$
"""

PROPOSE_REJOIN = f"""
CREATE FUNCTION childindex_propose_rejoin(p_id uuid, p_a uuid, p_b uuid, p_why text, p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.childindex_whole(ARRAY[p_a, p_b], p_given)) THEN
        RETURN 'absent';
    END IF;
    IF EXISTS (SELECT 1 FROM public.childindex_rejoinproposal r WHERE r.outcome = ''
               AND r.record_a_id = least(p_a, p_b) AND r.record_b_id = greatest(p_a, p_b)) THEN
        RETURN 'waiting';
    END IF;
    INSERT INTO public.childindex_rejoinproposal (
        id, record_a_id, record_b_id, why, proposed_by_id, proposed_by_name, proposed_at, outcome, decided_by_name
    ) SELECT p_id, least(p_a, p_b), greatest(p_a, p_b), p_why, u.id, u.display_name, clock_timestamp(), '', ''
      FROM public.access_user u WHERE u.id = public.access_viewer();
    RETURN 'done';
END
$$
"""

REFUSE_REJOIN = f"""
CREATE FUNCTION childindex_refuse_rejoin(p_id uuid, p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN 'absent';
    END IF;
    UPDATE public.childindex_rejoinproposal r
    SET outcome = CASE WHEN r.proposed_by_id = viewer THEN 'withdrawn' ELSE 'refused' END, decided_by_id = viewer,
        decided_at = clock_timestamp(), decided_by_name = (SELECT u.display_name FROM public.access_user u WHERE u.id = viewer)
    WHERE r.id = p_id AND r.outcome = '';
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'absent' END;
END
$$
"""

# Whatever writes a link, by whichever role: the last word on a parted pair is the table's own.
PARTED_STAY_PARTED = f"""
CREATE FUNCTION childindex_parted_stay_parted() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM public.childindex_stewarddecision d
        JOIN public.childindex_link one ON one.person_record_id = d.record_a_id AND one.ended_at IS NULL
        JOIN public.childindex_link other ON other.person_record_id = d.record_b_id AND other.ended_at IS NULL
        WHERE d.decision = 'cannot' AND d.revoked_at IS NULL AND one.child_id = other.child_id
          AND (one.id IN (SELECT id FROM made) OR other.id IN (SELECT id FROM made))
    ) THEN
        RAISE EXCEPTION 'two records that a steward parted are never linked to one child again';
    END IF;
    RETURN NULL;
END
$$
"""
PARTED_TRIGGER = """
CREATE TRIGGER childindex_parted_stay_parted AFTER INSERT ON childindex_link REFERENCING NEW TABLE AS made
FOR EACH STATEMENT EXECUTE FUNCTION childindex_parted_stay_parted()
"""

HISTORY_STAYS = """
CREATE FUNCTION childindex_history_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the history of identities is only ever added to';
END
$$
"""
HISTORY_TRIGGER = """
CREATE TRIGGER childindex_history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON childindex_identityevent
FOR EACH STATEMENT EXECUTE FUNCTION childindex_history_stays()
"""

# What stewards had said when a decision was still a state of a question: the newest word on each pair.
DECISIONS_BROUGHT = """
INSERT INTO childindex_stewarddecision (
    id, act_id, record_a_id, record_b_id, decision, why, decided_by_name, decided_at, revoked_by_name
)
SELECT DISTINCT ON (least(t.record_a_id, t.record_b_id), greatest(t.record_a_id, t.record_b_id), t.state)
       gen_random_uuid(), t.id, least(t.record_a_id, t.record_b_id), greatest(t.record_a_id, t.record_b_id),
       CASE t.state WHEN 'linked' THEN 'must' ELSE 'cannot' END, '', t.decided_by_name, coalesce(t.decided_at, t.opened_at), ''
FROM childindex_reviewtask t WHERE t.state IN ('linked', 'parted') AND t.record_a_id <> t.record_b_id
ORDER BY least(t.record_a_id, t.record_b_id), greatest(t.record_a_id, t.record_b_id), t.state, t.decided_at DESC
"""

# Who was whom before there was a history: as if each child had been given the records at once.
HISTORY_BROUGHT = """
INSERT INTO childindex_identityevent (id, at, kind, child_id, other_id, before, after, by_name, why, act_id)
SELECT gen_random_uuid(), coalesce(its.since, c.minted_at), CASE c.state WHEN 'active' THEN 'assigned' ELSE c.state END,
       c.id, c.redirect_to_id, '{}', coalesce(its.records, '{}'), 'before the history was kept', 'run', c.id
FROM people_child c LEFT JOIN (
    SELECT l.child_id, min(l.made_at) AS since, array_agg(l.person_record_id ORDER BY l.person_record_id) AS records
    FROM childindex_link l WHERE l.ended_at IS NULL GROUP BY l.child_id
) its ON its.child_id = c.id
"""
