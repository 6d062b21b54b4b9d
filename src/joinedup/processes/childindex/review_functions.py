"""The database's functions of the review queue: what waits for a steward, and what two records in question say.

Belongs here: their text. Not here: what a steward then does (stewarding_functions), what else is known of a child (functions).
No sealed child, and none with whom the viewer has a conflict, is in any of their answers.
"""

SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"


def _child(record: str, name: str) -> str:
    """Return the join from a person record to its child, who may be shown to a steward."""
    return f"""
    JOIN public.childindex_link l{name} ON l{name}.person_record_id = {record} AND l{name}.ended_at IS NULL
    JOIN public.people_child c{name} ON c{name}.id = l{name}.child_id AND c{name}.state = 'active' AND NOT c{name}.is_sealed
         AND c{name}.id <> ALL (conflicts)"""


#: An agency that is guarded as such is not named: which other agency knows a child is not a steward's to learn.
_AGENCY = "CASE WHEN {0}.lowest_tier = 1 THEN {0}.name ELSE '' END::text"

# Two who are one child by now, or are sealed since, are not asked about; nor is whoever the viewer is kin to. Where a run
# would part one child, its two records are asked about while they are one.
_WAITING = f"""
    FROM public.childindex_reviewtask t {_child("t.record_a_id", "a")} {_child("t.record_b_id", "b")}
    JOIN public.records_personrecord pa ON pa.id = t.record_a_id JOIN public.agencies_agency aa ON aa.id = pa.agency_id
    JOIN public.records_personrecord pb ON pb.id = t.record_b_id JOIN public.agencies_agency ab ON ab.id = pb.agency_id
    WHERE t.state = 'open' AND (ca.id = cb.id) = (coalesce(t.evidence ->> 'reason', '') = 'night_would_part')"""

QUESTIONS = f"""
CREATE FUNCTION childindex_questions(
    p_reason text, p_agency uuid, p_order text, p_descending boolean, p_first integer, p_most integer, p_given text[]
) RETURNS TABLE (
    id uuid, weight_bits double precision, reason text, opened_at timestamptz, unsure_at timestamptz, agency_a text,
    agency_b text, total bigint
)
LANGUAGE plpgsql STABLE {SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
    turn integer := CASE WHEN p_descending THEN -1 ELSE 1 END;
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH waiting AS MATERIALIZED (
        SELECT t.id, t.weight_bits, coalesce(t.evidence ->> 'reason', 'may_be_one') AS reason, t.opened_at,
               (SELECT max(n.at) FROM public.childindex_reviewnote n WHERE n.task_id = t.id) AS unsure_at,
               {_AGENCY.format("aa")} AS agency_a, {_AGENCY.format("ab")} AS agency_b
        {_WAITING}
          AND (p_reason = '' OR coalesce(t.evidence ->> 'reason', 'may_be_one') = p_reason)
          AND (p_agency IS NULL OR (aa.id = p_agency AND aa.lowest_tier = 1) OR (ab.id = p_agency AND ab.lowest_tier = 1))
    ), placed AS (
        SELECT w.*, count(*) OVER () AS total, dense_rank() OVER (ORDER BY CASE p_order
            WHEN 'reason' THEN w.reason WHEN 'agency' THEN concat_ws(' ', w.agency_a, w.agency_b) END COLLATE "C") AS by_words
        FROM waiting w
    )
    SELECT p.id, p.weight_bits, p.reason, p.opened_at, p.unsure_at, p.agency_a, p.agency_b, p.total FROM placed p
    ORDER BY p.unsure_at NULLS FIRST, turn * p.by_words,
             turn * CASE WHEN p_order = 'opened' THEN extract(epoch FROM p.opened_at) ELSE abs(p.weight_bits) END, p.id
    OFFSET p_first LIMIT p_most;
END
$$
"""

# Counted for Home, where no second factor is asked for: it says nothing of anyone.
COUNT_QUESTIONS = f"""
CREATE FUNCTION childindex_count_questions() RETURNS TABLE (questions bigint, rejoins bigint)
LANGUAGE plpgsql STABLE {SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.childindex_may_link(ARRAY['step-up']) THEN
        RETURN QUERY SELECT 0::bigint, 0::bigint;
        RETURN;
    END IF;
    RETURN QUERY SELECT
        (SELECT count(*) {_WAITING}),
        (SELECT count(*) FROM public.childindex_rejoinproposal r {_child("r.record_a_id", "a")} {_child("r.record_b_id", "b")}
         WHERE r.outcome = '' AND r.proposed_by_id <> public.access_viewer());
END
$$
"""

QUESTION = f"""
CREATE FUNCTION childindex_question(p_task uuid, p_given text[]) RETURNS TABLE (
    record_a uuid, record_b uuid, weight_bits double precision, evidence jsonb, opened_at timestamptz,
    trained_at timestamptz, model_hash text
)
LANGUAGE plpgsql STABLE {SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT t.record_a_id, t.record_b_id, t.weight_bits, t.evidence, t.opened_at, v.trained_at, v.model_hash::text
    FROM (SELECT t.id {_WAITING} AND t.id = p_task) asked
    JOIN public.childindex_reviewtask t ON t.id = asked.id
    JOIN public.childindex_linkrun r ON r.id = t.run_id JOIN public.childindex_modelversion v ON v.id = r.model_version_id;
END
$$
"""

# Of a guarded agency's record a steward reads who it says the child is, for that is in question, and not whose it is.
SAID = f"""
CREATE FUNCTION childindex_said(p_records uuid[], p_given text[]) RETURNS TABLE (
    person_record_id uuid, child_id uuid, child_number text, agency_name text, scheme text, source_record_id uuid,
    received_at timestamptz, given_name text, middle_names text, family_name text, preferred_name text,
    former_family_name text, birth_date date, death_date date, sex text, nhs_number text, upn text, address text,
    postcode text
)
LANGUAGE plpgsql VOLATILE {SECURE}
AS $$
#variable_conflict use_column
DECLARE
    conflicts uuid[] := public.access_conflicts();
    concerned uuid[];
    found integer;
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    -- Nothing is said of a record about which no steward is asked.
    SELECT array_agg(DISTINCT c.id), count(*) INTO concerned, found
    FROM unnest(p_records) AS asked(id) {_child("asked.id", "")}
    WHERE asked.id IN (
        SELECT unnest(ARRAY[t.record_a_id, t.record_b_id]) FROM public.childindex_reviewtask t WHERE t.state = 'open'
        UNION SELECT unnest(ARRAY[r.record_a_id, r.record_b_id]) FROM public.childindex_rejoinproposal r WHERE r.outcome = ''
        UNION SELECT unnest(ARRAY[b.record_a_id, b.record_b_id]) FROM public.childindex_blindpair b WHERE b.answer = '');
    IF found <> (SELECT count(*) FROM unnest(p_records)) THEN
        RETURN;
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), concerned);
    RETURN QUERY
    SELECT stated.* FROM (
        SELECT DISTINCT ON (l.person_record_id, i.identity_hash)
               l.person_record_id, c.id, c.number::text, {_AGENCY.format("ag")}, p.scheme::text, i.source_record_id,
               b.received_at, i.given_name::text, i.middle_names::text, i.family_name::text, i.preferred_name::text,
               i.former_family_name::text, i.birth_date, i.death_date, i.sex::text, i.nhs_number::text, i.upn::text,
               i.address::text, i.postcode::text
        FROM unnest(p_records) AS asked(id) {_child("asked.id", "")}
        JOIN public.records_personrecord p ON p.id = asked.id JOIN public.agencies_agency ag ON ag.id = p.agency_id
        JOIN public.records_identitystatement i ON i.person_record_id = asked.id AND i.is_current
        JOIN public.records_sourcerecord s ON s.id = i.source_record_id JOIN public.records_batch b ON b.id = s.batch_id
        ORDER BY l.person_record_id, i.identity_hash, b.received_at DESC, i.source_record_id DESC
    ) stated;
END
$$
"""

NOTE_QUESTION = f"""
CREATE FUNCTION childindex_note_question(p_id uuid, p_task uuid, p_note text, p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {SECURE}
AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.childindex_question(p_task, p_given)) THEN
        RETURN 'absent';
    END IF;
    INSERT INTO public.childindex_reviewnote (id, task_id, note, by_id, by_name, at)
    SELECT p_id, p_task, p_note, u.id, u.display_name, clock_timestamp()
    FROM public.access_user u WHERE u.id = public.access_viewer();
    RETURN 'done';
END
$$
"""

PROPOSALS = f"""
CREATE FUNCTION childindex_rejoins(p_given text[]) RETURNS TABLE (
    id uuid, record_a uuid, record_b uuid, why text, proposed_by_id uuid, proposed_by_name text, proposed_at timestamptz
)
LANGUAGE plpgsql STABLE {SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r.id, r.record_a_id, r.record_b_id, r.why::text, r.proposed_by_id, r.proposed_by_name::text, r.proposed_at
    FROM public.childindex_rejoinproposal r {_child("r.record_a_id", "a")} {_child("r.record_b_id", "b")}
    WHERE r.outcome = '' ORDER BY r.proposed_at, r.id;
END
$$
"""

# What a steward did, for the page that confirms it: the children who came of it, by number, and whether it stands.
ACT = f"""
CREATE FUNCTION childindex_act(p_act uuid, p_given text[]) RETURNS TABLE (
    kind text, child_id uuid, number text, other_id uuid, other_number text, at timestamptz, by_name text, why text,
    standing text
)
LANGUAGE plpgsql VOLATILE {SECURE}
AS $$
#variable_conflict use_column
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.childindex_may_link(p_given) OR EXISTS (
        SELECT 1 FROM public.childindex_identityevent e JOIN public.people_child c ON c.id IN (e.child_id, e.other_id)
        WHERE e.act_id = p_act AND (c.is_sealed OR c.id = ANY (conflicts))
    ) THEN
        RETURN;
    END IF;
    PERFORM public.audit_add_subjects(public.access_event(), array(
        SELECT DISTINCT e.child_id FROM public.childindex_identityevent e WHERE e.act_id = p_act AND e.child_id IS NOT NULL));
    RETURN QUERY
    SELECT e.kind::text, c.id, c.number::text, o.id, o.number::text, e.at, e.by_name::text, e.why::text,
           coalesce((SELECT min(d.decision) FROM public.childindex_stewarddecision d
                     WHERE d.act_id = p_act AND d.revoked_at IS NULL), '')::text
    FROM public.childindex_identityevent e JOIN public.people_child c ON c.id = e.child_id
    LEFT JOIN public.people_child o ON o.id = e.other_id
    WHERE e.act_id = p_act AND e.by_id IS NOT NULL ORDER BY e.id;
END
$$
"""
