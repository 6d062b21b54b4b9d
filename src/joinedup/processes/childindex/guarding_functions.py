"""The database's functions that keep apart what guarded agencies say: of whom even that they know a child is guarded.

Belongs here: their text. Not here: whose word is chosen (chosen), which child a sight may know (functions).
Their search keys have the agency before them, so that nobody else meets one; the summary is without their word; a child
whom they alone know is marked so; and words that nobody else's record bears are told to no one.
"""

from joinedup.processes.childindex import chosen

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
#: How many letters the agency takes before a guarded key.
_MARK_LETTERS = 33


def mark(agency: str) -> str:
    """Return an expression for what stands before the keys of a guarded agency, as rules.guarded writes it."""
    return f"(replace({agency}::text, '-', '') || ':')"


# Keys that were made before their agency was guarded, or by an earlier version of this product.
GUARD_KEYS = f"""
CREATE FUNCTION childindex_guard_keys() RETURNS integer
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    done integer;
BEGIN
    WITH open_ones AS (
        DELETE FROM public.childindex_searchkey k USING public.records_personrecord p, public.agencies_agency a
        WHERE p.id = k.person_record_id AND a.id = p.agency_id AND a.lowest_tier > 1
          AND NOT starts_with(k.value, {mark("a.id")})
        RETURNING {mark("a.id")} || k.value AS value, k.person_record_id
    ), kept AS (
        INSERT INTO public.childindex_searchkey (value, person_record_id)
        SELECT value, person_record_id FROM open_ones ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*) INTO done FROM kept;
    RETURN done;
END
$$
"""

_CARD_COLUMNS = ", ".join(f"{column} {'text' if column in chosen.WORDS else 'date'}" for column in chosen.COLUMNS)
_AS_TEXT = ", ".join(f"its.{column}{'::text' if column in chosen.WORDS else ''}" for column in chosen.COLUMNS)

# Read are records that were opened, and of children one may know those of one's own agency where the matrix lets one
# read what it keeps back: the sight says the first, the cells the second.
GUARDED_CARDS = f"""
CREATE FUNCTION childindex_guarded_cards(p_children uuid[], p_given text[])
RETURNS TABLE (child_id uuid, {_CARD_COLUMNS})
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
#variable_conflict use_column
DECLARE
    finds_any boolean := public.access_finds_any();
    within integer[] := coalesce(public.access_circles(), '{{}}');
    conflicts uuid[] := public.access_conflicts();
    subjects uuid[] := coalesce(public.access_subjects(), '{{}}');
    home uuid := public.access_home();
    opened uuid[] := coalesce(public.access_items(1), '{{}}');
    known uuid[];
    reads_own boolean;
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    reads_own := EXISTS (
        SELECT 1 FROM public.access_policycell c, string_to_array(c.conditions, '+') AS said(conditions)
        JOIN public.agencies_agency a ON a.id = home AND a.lowest_tier > 1
        WHERE c.role = ANY (public.access_roles()) AND c.ground = 'N' AND 'own' = ANY (said.conditions)
          AND c.action IN ('T1', 'T2', 'T3', 'T4') AND right(c.action, 1)::integer >= a.lowest_tier
          AND (NOT 'step-up' = ANY (said.conditions) OR 'step-up' = ANY (p_given)));
    SELECT array_agg(c.id) INTO known FROM public.people_child c
    WHERE c.id = ANY (p_children) AND (
        ((finds_any AND (c.known_only_to IS NULL OR home = ANY (c.known_only_to)) OR c.circles && within)
         AND NOT c.is_sealed AND c.id <> ALL (conflicts)) OR c.id = ANY (subjects));
    RETURN QUERY
    SELECT its.child_id, {_AS_TEXT} FROM (
        SELECT said.child_id, {chosen.columns("is_guarded")}
        FROM ({chosen.said("l.child_id = ANY (known)")}) said
        WHERE said.person_record_id = ANY (opened) OR (reads_own AND said.agency_id = home)
        GROUP BY said.child_id
    ) its;
END
$$
"""

# One row is enough, and is asked for by itself: to meet all keys of a common word would take as long as the search.
_IS_BORNE = """
    (SELECT true FROM public.childindex_searchkey k
     JOIN public.childindex_link l ON l.person_record_id = k.person_record_id AND l.ended_at IS NULL
     JOIN public.people_child c ON c.id = l.child_id AND c.state = 'active' AND NOT c.is_sealed
     WHERE k.value = 'n:' || {word} LIMIT 1)
"""

# A word is told where a child bears it who is not sealed, by the word of an agency that is not guarded.
SIMILAR = f"""
CREATE FUNCTION childindex_similar(p_spellings text[], p_sounds text[], p_starts text[], p_most integer)
RETURNS TABLE (word text)
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
BEGIN
    IF NOT public.access_is_open() THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT near.word::text FROM (
            SELECT s.word_id AS word FROM public.childindex_namespelling s WHERE s.spelling = ANY (p_spellings)
            UNION SELECT w.word FROM public.childindex_nameword w WHERE w.sound = ANY (p_sounds)
        ) near WHERE {_IS_BORNE.format(word="near.word")}
        UNION SELECT started.word::text FROM unnest(p_starts) AS asked(word), LATERAL (
            SELECT w.word FROM public.childindex_nameword w
            WHERE w.word >= asked.word COLLATE "C" AND w.word < (asked.word || '~') COLLATE "C"
              AND {_IS_BORNE.format(word="w.word")} LIMIT p_most
        ) started;
END
$$
"""

#: Children whom guarded agencies alone know, and by which; of the others nothing. `which` says whose links are looked at.
KNOWN_ONLY_TO = """
    SELECT l.child_id, array_agg(DISTINCT a.id ORDER BY a.id) AS agencies
    FROM public.childindex_link l
    JOIN public.records_personrecord p ON p.id = l.person_record_id
    JOIN public.agencies_agency a ON a.id = p.agency_id
    WHERE l.ended_at IS NULL AND {which}
    GROUP BY l.child_id HAVING bool_and(a.lowest_tier > 1)
"""

#: What an installation has from before, put right once, as the definer.
APART_FROM_NOW = (
    "SELECT public.childindex_guard_keys()",
    *[
        f"UPDATE public.{table} c SET known_only_to = alone.agencies FROM ({KNOWN_ONLY_TO.format(which='true')}) alone "
        f"WHERE c.{identifier} = alone.child_id"
        for table, identifier in (("people_child", "id"), ("people_childsummary", "child_id"))
    ],
    f"""
    UPDATE public.people_childsummary c SET
        sort_name = left(lower(its.family_name || ' ' || its.given_name), 200), record_count = its.record_count,
        {", ".join(f"{column} = its.{column}" for column in chosen.COLUMNS)}
    FROM (
        SELECT child_id, count(DISTINCT person_record_id) FILTER (WHERE NOT is_guarded) AS record_count,
               {chosen.columns("NOT is_guarded")}
        FROM ({chosen.said("true")}) said GROUP BY child_id HAVING bool_or(is_guarded)
    ) its WHERE c.child_id = its.child_id
    """,
)
