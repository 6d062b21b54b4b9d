"""The database's functions of judging links: drawing a blind sample, asking it, its result, thresholds, and link quality.

Belongs here: their text. Not here: how many pairs are drawn and what the answers say (rules.judging).
Which pair of a sample is linked and which is not leaves the database only as counts, once all are answered.
"""

from joinedup.processes.childindex import review_functions

_SECURE = review_functions.SECURE

# A link that a run made by itself, as the pair of records on whose evidence it was made; either may name the other.
_BY_ITSELF = """
        SELECT DISTINCT ON (least(l.person_record_id, w.person_record_id), greatest(l.person_record_id, w.person_record_id))
               least(l.person_record_id, w.person_record_id) AS record_a,
               greatest(l.person_record_id, w.person_record_id) AS record_b, l.weight_bits
        FROM public.childindex_link l
        JOIN public.people_child c ON c.id = l.child_id AND c.state = 'active' AND NOT c.is_sealed
        JOIN public.childindex_link w ON w.person_record_id = (l.evidence ->> 'with')::uuid AND w.child_id = l.child_id
             AND w.ended_at IS NULL
        WHERE l.ended_at IS NULL AND l.act_id IS NULL AND l.weight_bits IS NOT NULL
        ORDER BY 1, 2, l.weight_bits DESC
"""

# One that can still be asked: neither of its two is sealed or gone since.
_ASKABLE = """NOT EXISTS (
            SELECT 1 FROM unnest(ARRAY[p.record_a_id, p.record_b_id]) AS its(record)
            LEFT JOIN public.childindex_link l ON l.person_record_id = its.record AND l.ended_at IS NULL
            LEFT JOIN public.people_child c ON c.id = l.child_id AND c.state = 'active' AND NOT c.is_sealed
            WHERE c.id IS NULL)"""

POPULATION = f"""
CREATE FUNCTION childindex_blind_population(p_given text[]) RETURNS bigint
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT count(*) FROM ({_BY_ITSELF}) links WHERE public.childindex_may_link(p_given)
$$
"""

DRAW = f"""
CREATE FUNCTION childindex_draw_blind(
    p_id uuid, p_seed bigint, p_links integer, p_decoys integer, p_half_width double precision, p_given text[]
) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF public.childindex_begin_act(p_given) <> 'done' THEN
        RETURN 'absent';
    END IF;
    IF EXISTS (SELECT 1 FROM public.childindex_blindpair p WHERE p.answer = '' AND {_ASKABLE}) THEN
        RETURN 'waiting';
    END IF;
    INSERT INTO public.childindex_blindsample (
        id, run_id, seed, half_width, population, drawn_at, drawn_by_id, drawn_by_name
    ) SELECT p_id, (SELECT r.id FROM public.childindex_linkrun r ORDER BY r.started_at DESC, r.id DESC LIMIT 1), p_seed,
             p_half_width, (SELECT count(*) FROM ({_BY_ITSELF}) links), clock_timestamp(), u.id, u.display_name
      FROM public.access_user u WHERE u.id = public.access_viewer();
    -- By the seed alone: the same index and seed draw the same pairs in the same order.
    WITH links AS (
        SELECT drawn.* FROM ({_BY_ITSELF}) drawn
        ORDER BY md5(p_seed::text || drawn.record_a::text || drawn.record_b::text) LIMIT p_links
    ), near AS (
        SELECT t.record_a_id AS record_a, t.record_b_id AS record_b, t.weight_bits FROM public.childindex_reviewtask t
        JOIN public.childindex_link la ON la.person_record_id = t.record_a_id AND la.ended_at IS NULL
        JOIN public.childindex_link lb ON lb.person_record_id = t.record_b_id AND lb.ended_at IS NULL
        JOIN public.people_child ca ON ca.id = la.child_id AND ca.state = 'active' AND NOT ca.is_sealed
        JOIN public.people_child cb ON cb.id = lb.child_id AND cb.state = 'active' AND NOT cb.is_sealed AND cb.id <> ca.id
        WHERE t.state = 'open' ORDER BY t.weight_bits DESC, t.id LIMIT 4 * p_decoys
    ), decoys AS (
        SELECT n.* FROM near n ORDER BY md5(p_seed::text || n.record_a::text || n.record_b::text) LIMIT p_decoys
    ), drawn AS (
        SELECT l.*, 'link' AS kind FROM links l UNION ALL SELECT d.*, 'decoy' FROM decoys d
    )
    INSERT INTO public.childindex_blindpair (id, sample_id, place, record_a_id, record_b_id, kind, weight_bits, answer)
    SELECT gen_random_uuid(), p_id,
           row_number() OVER (ORDER BY md5('place' || p_seed::text || d.record_a::text || d.record_b::text)), d.record_a,
           d.record_b, d.kind, d.weight_bits, '' FROM drawn d;
    RETURN 'done';
END
$$
"""

# The pair whose turn it is; of one whom the viewer is kin to, or has a conflict with, another steward is asked.
NEXT = f"""
CREATE FUNCTION childindex_blind_next(p_given text[]) RETURNS TABLE (
    id uuid, record_a uuid, record_b uuid, answered bigint, total bigint
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_column
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.id, p.record_a_id, p.record_b_id,
           (SELECT count(*) FROM public.childindex_blindpair o WHERE o.sample_id = p.sample_id AND o.answer <> ''),
           (SELECT count(*) FROM public.childindex_blindpair o WHERE o.sample_id = p.sample_id)
    FROM public.childindex_blindpair p
    WHERE p.answer = '' AND {_ASKABLE} AND NOT EXISTS (
        SELECT 1 FROM public.childindex_link l WHERE l.person_record_id IN (p.record_a_id, p.record_b_id)
        AND l.ended_at IS NULL AND l.child_id = ANY (conflicts))
    ORDER BY p.sample_id DESC, p.place LIMIT 1;
END
$$
"""

ANSWER = f"""
CREATE FUNCTION childindex_blind_answer(p_pair uuid, p_answer text, p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.childindex_blind_next(p_given) n WHERE n.id = p_pair) THEN
        RETURN 'absent';
    END IF;
    UPDATE public.childindex_blindpair p
    SET answer = p_answer, answered_by_id = public.access_viewer(), answered_at = clock_timestamp()
    WHERE p.id = p_pair AND p.answer = '';
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'absent' END;
END
$$
"""

# Of a sample that is not answered whole, how far it is, and nothing else.
RESULTS = f"""
CREATE FUNCTION childindex_blind_results(p_given text[]) RETURNS TABLE (
    id uuid, drawn_at timestamptz, drawn_by_name text, seed bigint, half_width double precision, population integer,
    pairs bigint, answered bigint, is_finished boolean, agency_name text, kind text, answer text, counted bigint
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH samples AS (
        SELECT s.*, its.pairs, its.answered, NOT EXISTS (
            SELECT 1 FROM public.childindex_blindpair p WHERE p.sample_id = s.id AND p.answer = '' AND {_ASKABLE}) AS is_finished
        FROM public.childindex_blindsample s CROSS JOIN LATERAL (
            SELECT count(*) AS pairs, count(*) FILTER (WHERE p.answer <> '') AS answered
            FROM public.childindex_blindpair p WHERE p.sample_id = s.id) its
    ), told AS (
        SELECT p.sample_id, ''::text AS agency_name, p.kind::text AS kind, p.answer::text AS answer, count(*) AS counted
        FROM public.childindex_blindpair p GROUP BY 1, 2, 3, 4
      UNION ALL
        -- A pair of two agencies is counted for each.
        SELECT p.sample_id, a.name::text, p.kind::text, p.answer::text, count(DISTINCT p.id)
        FROM public.childindex_blindpair p
        JOIN public.records_personrecord r ON r.id IN (p.record_a_id, p.record_b_id)
        JOIN public.agencies_agency a ON a.id = r.agency_id GROUP BY 1, 2, 3, 4
    )
    SELECT s.id, s.drawn_at, s.drawn_by_name::text, s.seed, s.half_width, s.population, s.pairs, s.answered, s.is_finished,
           t.agency_name, t.kind, t.answer, t.counted
    FROM samples s LEFT JOIN told t ON t.sample_id = s.id AND s.is_finished
    ORDER BY s.drawn_at DESC, s.id DESC, t.agency_name, t.kind, t.answer;
END
$$
"""

SET_THRESHOLDS = f"""
CREATE FUNCTION childindex_set_thresholds(
    p_id uuid, p_link double precision, p_review double precision, p_forecast jsonb, p_why text, p_given text[]
) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    began text := public.childindex_begin_act(p_given);
    version record;
BEGIN
    IF began <> 'done' THEN
        RETURN began;
    END IF;
    SELECT v.* INTO version FROM public.childindex_modelversion v WHERE v.state = 'current' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'absent';
    END IF;
    IF version.link_threshold_bits = p_link AND version.review_threshold_bits = p_review THEN
        RETURN 'already';
    END IF;
    INSERT INTO public.childindex_thresholdchange (
        id, model_version_id, link_before_bits, link_after_bits, review_before_bits, review_after_bits, forecast, why,
        changed_at, changed_by_id, changed_by_name
    ) SELECT p_id, version.id, version.link_threshold_bits, p_link, version.review_threshold_bits, p_review, p_forecast,
             p_why, clock_timestamp(), u.id, u.display_name
      FROM public.access_user u WHERE u.id = public.access_viewer();
    UPDATE public.childindex_modelversion v SET link_threshold_bits = p_link, review_threshold_bits = p_review
    WHERE v.id = version.id;
    RETURN 'done';
END
$$
"""

# Counts alone, and no sealed child in them: for whoever may see counts, and for those who answer for the links.
_MAY_COUNT = "(public.access_may('aggregate') OR public.childindex_may_link(ARRAY['step-up']))"

ARRIVALS = f"""
CREATE FUNCTION childindex_arrivals(p_since timestamptz) RETURNS bigint
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT count(*) FROM public.records_personrecord p WHERE p.first_received_at >= p_since AND {_MAY_COUNT}
$$
"""

QUALITY = f"""
CREATE FUNCTION childindex_link_quality(p_born_after date) RETURNS TABLE (
    agency_name text, records bigint, matched bigint, children bigint, children_with_nhs bigint
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_column
BEGIN
    IF NOT {_MAY_COUNT} THEN
        RETURN;
    END IF;
    -- The first line is everyone: a child of two agencies counts there once.
    RETURN QUERY
    WITH linked AS MATERIALIZED (
        SELECT l.child_id, p.agency_id, count(*) AS records, s.agency_count, s.nhs_number <> '' AS has_nhs,
               (s.birth_date IS NULL OR s.birth_date > p_born_after) AS is_child
        FROM public.childindex_link l
        JOIN public.records_personrecord p ON p.id = l.person_record_id
        JOIN public.people_childsummary s ON s.child_id = l.child_id AND NOT s.is_sealed
        WHERE l.ended_at IS NULL GROUP BY l.child_id, p.agency_id, s.child_id
    )
    SELECT ''::text, coalesce(sum(k.records), 0)::bigint, coalesce(sum(k.records) FILTER (WHERE k.agency_count > 1), 0)::bigint,
           count(DISTINCT k.child_id) FILTER (WHERE k.is_child),
           count(DISTINCT k.child_id) FILTER (WHERE k.is_child AND k.has_nhs)
    FROM linked k
    UNION ALL
    (SELECT a.name::text, sum(k.records)::bigint, coalesce(sum(k.records) FILTER (WHERE k.agency_count > 1), 0)::bigint,
            count(*) FILTER (WHERE k.is_child), count(*) FILTER (WHERE k.is_child AND k.has_nhs)
     FROM linked k JOIN public.agencies_agency a ON a.id = k.agency_id GROUP BY a.name ORDER BY a.name);
END
$$
"""
