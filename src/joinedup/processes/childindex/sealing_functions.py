"""The database's functions about sealed children: setting and lifting a seal, stubs, and records that wait for an officer.

Belongs here: their text. Not here: who asks for a seal and who agrees (governance), which child a sight may know (functions).
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# Where a sealed child lives, no statement of another person leads there: neither a sibling's nor a carer's household.
# An address is the same where postcode and words are, whatever the case of the letters.
SPREAD = f"""
CREATE FUNCTION childindex_spread() RETURNS integer
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    done integer;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.access_seal WHERE lifted_at IS NULL) THEN
        RETURN 0;
    END IF;
    WITH hidden AS MATERIALIZED (
        SELECT DISTINCT 'p:' || replace(i.postcode, ' ', '') AS key, lower(i.address) AS address
        FROM public.access_seal k
        JOIN public.childindex_link l ON l.child_id = k.subject_id AND l.ended_at IS NULL
        JOIN public.records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current
        WHERE k.lifted_at IS NULL AND i.address <> '' AND i.postcode <> ''
    ), others AS MATERIALIZED (
        SELECT DISTINCT i.id, i.person_record_id, i.address, i.postcode, hidden.key FROM hidden
        JOIN public.childindex_searchkey s ON s.value = hidden.key
        JOIN public.records_identitystatement i ON i.person_record_id = s.person_record_id
             AND lower(i.address) = hidden.address
        WHERE NOT EXISTS (
            SELECT 1 FROM public.childindex_link l
            JOIN public.access_seal k ON k.subject_id = l.child_id AND k.lifted_at IS NULL
            WHERE l.person_record_id = i.person_record_id AND l.ended_at IS NULL)
    ), kept AS (
        INSERT INTO public.records_heldaddress (statement_id, address, postcode, held_at)
        SELECT id, address, postcode, clock_timestamp() FROM others ON CONFLICT DO NOTHING
    ), emptied AS (
        UPDATE public.records_identitystatement i SET address = '', postcode = '' FROM others WHERE i.id = others.id
    ), unfound AS (
        DELETE FROM public.childindex_searchkey s USING others
        WHERE s.person_record_id = others.person_record_id AND s.value = others.key
    ), unshown AS (
        UPDATE public.people_childsummary c SET address = '', postcode = ''
        FROM others JOIN public.childindex_link l ON l.person_record_id = others.person_record_id AND l.ended_at IS NULL
        WHERE c.child_id = l.child_id AND lower(c.address) = lower(others.address)
    )
    SELECT count(*) INTO done FROM others;
    RETURN done;
END
$$
"""

SET_SEAL = f"""
CREATE FUNCTION childindex_set_seal(p_child uuid, p_keys text[]) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    UPDATE public.people_child SET is_sealed = true WHERE id = p_child;
    UPDATE public.people_childsummary SET is_sealed = true WHERE child_id = p_child;
    INSERT INTO public.childindex_stubkey (value, child_id)
        SELECT DISTINCT value, p_child FROM unnest(p_keys) AS value WHERE value ~ '^[nd]:' ON CONFLICT DO NOTHING;
    -- What waits for a steward would lead to the child.
    UPDATE public.childindex_reviewtask r SET state = 'closed'
    FROM public.childindex_link l
    WHERE l.child_id = p_child AND l.ended_at IS NULL AND l.person_record_id IN (r.record_a_id, r.record_b_id)
      AND r.state = 'open';
    PERFORM public.childindex_spread();
END
$$
"""

LIFT_SEAL = f"""
CREATE FUNCTION childindex_lift_seal(p_child uuid) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    UPDATE public.people_child SET is_sealed = false WHERE id = p_child;
    UPDATE public.people_childsummary SET is_sealed = false WHERE child_id = p_child;
    DELETE FROM public.childindex_stubkey WHERE child_id = p_child;
    DELETE FROM public.childindex_heldrecord WHERE child_id = p_child;
    -- Everything is put back, and what other seals hide is hidden again.
    WITH back AS (
        DELETE FROM public.records_heldaddress RETURNING statement_id, address, postcode
    ), stated AS (
        UPDATE public.records_identitystatement i SET address = back.address, postcode = back.postcode
        FROM back WHERE i.id = back.statement_id RETURNING i.person_record_id, back.postcode, i.is_current
    )
    INSERT INTO public.childindex_searchkey (value, person_record_id)
        SELECT DISTINCT 'p:' || replace(postcode, ' ', ''), person_record_id FROM stated
        WHERE is_current AND postcode <> '' ON CONFLICT DO NOTHING;
    PERFORM public.childindex_spread();
END
$$
"""

# What a stub shows is all by which it is found. A conflict of interest hides it as it hides the child.
STUBS = f"""
CREATE FUNCTION childindex_stubs(
    p_values text[], p_places integer[], p_needed integer, p_number text, p_born_after date, p_born_until date,
    p_most integer, p_things integer
) RETURNS TABLE (
    child_id uuid, number text, given_name text, family_name text, birth_date date, sex text, is_by_number boolean, keys text[]
)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    conflicts uuid[] := public.access_conflicts();
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.access_policycell c
        WHERE c.role = ANY (public.access_roles()) AND c.action = 'stub' AND c.ground = 'N'
          AND (p_things >= 2 OR NOT 'ids2' = ANY (string_to_array(c.conditions, '+')))) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH met AS (
        SELECT k.child_id AS id, count(DISTINCT asked.place) AS places, false AS is_by_number
        FROM unnest(p_values, p_places) AS asked(value, place)
        JOIN public.childindex_stubkey k ON k.value = asked.value
        GROUP BY k.child_id HAVING count(DISTINCT asked.place) >= p_needed
      UNION ALL
        SELECT n.id, 99, true FROM public.people_child n WHERE n.number = p_number AND n.is_sealed
    )
    SELECT c.id, c.number::text, s.given_name::text, s.family_name::text, s.birth_date, s.sex::text,
           bool_or(met.is_by_number),
           array(SELECT k.value::text FROM public.childindex_stubkey k WHERE k.child_id = c.id)
    FROM met JOIN public.people_child c ON c.id = met.id AND c.is_sealed AND c.state = 'active'
    JOIN public.people_childsummary s ON s.child_id = c.id
    WHERE (s.birth_date IS NULL OR (s.birth_date > p_born_after AND s.birth_date <= p_born_until))
      AND c.id <> ALL (conflicts)
    GROUP BY c.id, s.child_id ORDER BY max(met.places) DESC, c.id LIMIT p_most;
END
$$
"""

SEALED = f"""
CREATE FUNCTION childindex_sealed() RETURNS TABLE (
    child_id uuid, number text, given_name text, family_name text, birth_date date, sealed_at timestamptz, reason text
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
    SELECT c.id, c.number::text, coalesce(s.given_name, '')::text, coalesce(s.family_name, '')::text, s.birth_date,
           k.started_at, k.reason::text
    FROM public.access_seal k JOIN public.people_child c ON c.id = k.subject_id
    LEFT JOIN public.people_childsummary s ON s.child_id = c.id
    WHERE k.lifted_at IS NULL AND c.id <> ALL (conflicts) ORDER BY k.started_at DESC, c.id;
END
$$
"""

HELD = f"""
CREATE FUNCTION childindex_held() RETURNS TABLE (
    id uuid, agency_name text, given_name text, family_name text, birth_date date, words text[], held_at timestamptz,
    child_id uuid, number text, child_given_name text, child_family_name text, child_birth_date date
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
    SELECT DISTINCT ON (h.id) h.id, a.name::text, i.given_name::text, i.family_name::text, i.birth_date,
           array(SELECT jsonb_array_elements_text(coalesce(h.evidence -> 'words', '[]'::jsonb))), h.held_at,
           c.id, c.number::text, coalesce(s.given_name, '')::text, coalesce(s.family_name, '')::text, s.birth_date
    FROM public.childindex_heldrecord h
    JOIN public.records_personrecord p ON p.id = h.person_record_id
    JOIN public.agencies_agency a ON a.id = p.agency_id
    JOIN public.people_child c ON c.id = h.child_id
    LEFT JOIN public.people_childsummary s ON s.child_id = c.id
    LEFT JOIN public.records_identitystatement i ON i.person_record_id = p.id AND i.is_current
    WHERE h.outcome = 'waiting' AND c.id <> ALL (conflicts) ORDER BY h.id, i.id DESC;
END
$$
"""

# A record that is linked by hand to a sealed child stays there: a run takes nothing away from such a child.
SETTLE_HELD = f"""
CREATE FUNCTION childindex_settle_held(p_id uuid, p_is_same boolean) RETURNS uuid
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    held record;
BEGIN
    IF viewer IS NULL OR NOT public.access_may('seal') THEN
        RETURN NULL;
    END IF;
    SELECT h.person_record_id, h.child_id INTO held FROM public.childindex_heldrecord h
    JOIN public.people_child c ON c.id = h.child_id AND c.is_sealed AND c.state = 'active'
    WHERE h.id = p_id AND h.outcome = 'waiting' AND h.child_id <> ALL (public.access_conflicts()) FOR UPDATE OF h;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE public.childindex_heldrecord
    SET outcome = CASE WHEN p_is_same THEN 'same' ELSE 'other' END, decided_at = clock_timestamp(), decided_by_id = viewer
    WHERE id = p_id;
    IF p_is_same THEN
        INSERT INTO public.childindex_link (id, person_record_id, child_id, run_id, made_at)
        SELECT p_id, held.person_record_id, held.child_id, r.id, clock_timestamp()
        FROM public.childindex_linkrun r ORDER BY r.started_at DESC, r.id DESC LIMIT 1;
        PERFORM public.childindex_spread();
    END IF;
    RETURN held.child_id;
END
$$
"""
