"""The database's functions about sealed children: setting and lifting a seal, stubs, and records that wait for an officer.

Belongs here: their text. Not here: who asks for a seal and who agrees (governance), which child a sight may know (functions).
"""

from joinedup.processes.childindex import guarding_functions

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"


def _house(address: str, postcode: str) -> str:
    """Return an expression for what tells houses of one postcode apart: the numbers, or the name where there are none.

    However the street is written: "12 Elm Road" and "12, Elm Rd." are one house. Empty where no address is given.
    """
    numbers = f"regexp_matches(replace(lower({address}), lower({postcode}), ''), '[0-9]+[a-z]?', 'g')"
    named = f"regexp_replace(split_part(lower({address}), ',', 1), '[^a-z]+', '', 'g')"
    return f"coalesce(nullif(array_to_string(array(SELECT unnest({numbers})), ' '), ''), {named})"


def _key(postcode: str) -> str:
    """Return an expression for the search key of a postcode."""
    return f"('p:' || replace({postcode}, ' ', ''))"


def _keys_of(key: str) -> str:
    """Return a query for a search key as it is kept, and as it is kept for each guarded agency."""
    marked = f"{guarding_functions.mark('a.id')} || {key}"
    return f"SELECT {key} UNION ALL SELECT {marked} FROM public.agencies_agency a WHERE a.lowest_tier > 1"


# Where a sealed child lives, no statement of another person leads there: neither a sibling's nor a carer's household.
# Where one of two gives no more than a postcode, the family name says whether they live together. Of a child who lives
# there, whatever gives that postcode is held, for it would tell what the others no longer do.
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
    WITH stated AS (
        -- What is held of them because another is sealed at the same address says where they live, too.
        SELECT coalesce(h.address, i.address) AS address, coalesce(h.postcode, i.postcode) AS postcode, i.family_name
        FROM public.access_seal k
        JOIN public.childindex_link l ON l.child_id = k.subject_id AND l.ended_at IS NULL
        JOIN public.records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current
        LEFT JOIN public.records_heldaddress h ON h.statement_id = i.id
        WHERE k.lifted_at IS NULL
    ), hidden AS MATERIALIZED (
        SELECT DISTINCT {_key("s.postcode")} AS key, {_house("s.address", "s.postcode")} AS house, lower(s.family_name) AS family
        FROM stated s WHERE s.postcode <> ''
    ), living_there AS MATERIALIZED (
        SELECT i.person_record_id, hidden.key FROM hidden
        CROSS JOIN LATERAL ({_keys_of("hidden.key")}) as_kept(value)
        JOIN public.childindex_searchkey s ON s.value = as_kept.value
        JOIN public.records_identitystatement i ON i.person_record_id = s.person_record_id
             AND {_key("i.postcode")} = hidden.key
        CROSS JOIN LATERAL (SELECT {_house("i.address", "i.postcode")} AS house) its
        WHERE (its.house = hidden.house AND its.house <> '')
           OR ('' IN (its.house, hidden.house) AND lower(i.family_name) = hidden.family AND hidden.family <> '')
      UNION
        SELECT i.person_record_id, hidden.key
        FROM public.records_heldaddress h
        JOIN hidden ON hidden.key = {_key("h.postcode")}
        JOIN public.records_identitystatement i ON i.id = h.statement_id
    ), household AS MATERIALIZED (
        SELECT person_record_id, key FROM living_there
      UNION
        SELECT other.person_record_id, living_there.key FROM living_there
        JOIN public.childindex_link l ON l.person_record_id = living_there.person_record_id AND l.ended_at IS NULL
        JOIN public.childindex_link other ON other.child_id = l.child_id AND other.ended_at IS NULL
    ), others AS MATERIALIZED (
        SELECT i.id, i.person_record_id, i.address, i.postcode, household.key FROM household
        JOIN public.records_identitystatement i ON i.person_record_id = household.person_record_id
             AND {_key("i.postcode")} = household.key
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
        WHERE s.person_record_id = others.person_record_id AND s.value IN ({_keys_of("others.key")})
    ), unmet AS (
        UPDATE public.childindex_knownalias a SET is_home_held = true
        FROM others WHERE a.person_record_id = others.person_record_id AND NOT a.is_home_held
    ), unshown AS (
        UPDATE public.people_childsummary c SET address = '', postcode = ''
        FROM others JOIN public.childindex_link l ON l.person_record_id = others.person_record_id AND l.ended_at IS NULL
        WHERE c.child_id = l.child_id
          AND (c.postcode = others.postcode OR (lower(c.address) = lower(others.address) AND c.address <> ''))
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

# Every address that was kept back because of a seal, and the postcode by which it is found.
PUT_BACK = f"""UPDATE public.childindex_knownalias SET is_home_held = false WHERE is_home_held;
    WITH back AS (
        DELETE FROM public.records_heldaddress RETURNING statement_id, address, postcode
    ), stated AS (
        UPDATE public.records_identitystatement i SET address = back.address, postcode = back.postcode
        FROM back WHERE i.id = back.statement_id RETURNING i.person_record_id, i.source_record_id, back.postcode
    )
    -- As every postcode that was ever stated leads to a person, save what was taken back.
    INSERT INTO public.childindex_searchkey (value, person_record_id)
        SELECT DISTINCT CASE WHEN a.lowest_tier > 1 THEN {guarding_functions.mark("a.id")} ELSE '' END
               || {_key("stated.postcode")}, stated.person_record_id FROM stated
        JOIN public.records_personrecord p ON p.id = stated.person_record_id
        JOIN public.agencies_agency a ON a.id = p.agency_id
        JOIN public.records_sourcerecord r ON r.id = stated.source_record_id
        JOIN public.records_batch b ON b.id = r.batch_id AND b.state <> 'undone'
        WHERE stated.postcode <> '' ON CONFLICT DO NOTHING"""

LIFT_SEAL = f"""
CREATE FUNCTION childindex_lift_seal(p_child uuid) RETURNS void
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    UPDATE public.people_child SET is_sealed = false WHERE id = p_child;
    UPDATE public.people_childsummary SET is_sealed = false WHERE child_id = p_child;
    DELETE FROM public.childindex_stubkey WHERE child_id = p_child;
    -- What officers said of records that were held stays said, as if stewards had: every later run obeys it.
    INSERT INTO public.childindex_stewarddecision (
        id, act_id, record_a_id, record_b_id, decision, why, decided_by_id, decided_by_name, decided_at, revoked_by_name
    ) SELECT gen_random_uuid(), h.id,
             least(h.person_record_id, l.person_record_id), greatest(h.person_record_id, l.person_record_id),
             CASE h.outcome WHEN 'same' THEN 'must' ELSE 'cannot' END, '', h.decided_by_id,
             coalesce((SELECT u.display_name FROM public.access_user u WHERE u.id = h.decided_by_id), 'shield officer'),
             h.decided_at, ''
      FROM public.childindex_heldrecord h
      JOIN public.childindex_link l ON l.child_id = h.child_id AND l.ended_at IS NULL AND l.person_record_id <> h.person_record_id
      WHERE h.child_id = p_child AND h.outcome <> 'waiting' ON CONFLICT DO NOTHING;
    DELETE FROM public.childindex_heldrecord WHERE child_id = p_child;
    -- Everything is put back, and what other seals hide is hidden again.
    {PUT_BACK};
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
    home uuid := public.access_home();
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
      AND c.id <> ALL (conflicts) AND (c.known_only_to IS NULL OR home = ANY (c.known_only_to))
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
           array(SELECT field ->> 'words' FROM jsonb_array_elements(coalesce(h.evidence -> 'fields', '[]'::jsonb)) AS field),
           h.held_at,
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
        INSERT INTO public.childindex_identityevent (id, at, kind, child_id, before, after, by_id, by_name, why, act_id)
        SELECT gen_random_uuid(), clock_timestamp(), 'linked', held.child_id, array_remove(its.records, held.person_record_id),
               its.records, viewer, u.display_name, 'officer', p_id
        FROM public.access_user u, (
            SELECT array_agg(l.person_record_id ORDER BY l.person_record_id) AS records
            FROM public.childindex_link l WHERE l.child_id = held.child_id AND l.ended_at IS NULL
        ) its WHERE u.id = viewer;
        PERFORM public.childindex_spread();
    END IF;
    RETURN held.child_id;
END
$$
"""
