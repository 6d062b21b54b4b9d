"""The lists of children who may be lost, as SQL: the twin of rules.finding for all children at once.

Belongs here: the text that the run executes and that docs/reference/nobody-lost.md prints. Not here: keeping what it finds
(operations). What agencies say of whom even that they know a child is guarded is no fact here.
Each statement gives: child_id, since_date, reasons (facts with their dates and source records), circles.
"""

from joinedup.delivery.records import rules as records_rules

#: The newest day of which schools have told.
ROLL_DAY = """
SELECT max(happened_date) FROM records_chronologyentry WHERE kind = 'school' AND is_current AND happened_date <= %(on)s
"""

_HOME = records_rules.EDUCATED_AT_HOME

# Of a time on a roll or a list the newest row tells; a school says anew each term that a pupil is there.
_NEWEST = """
newest AS MATERIALIZED (
    SELECT DISTINCT ON (l.child_id, p.agency_id, i.kind, coalesce(i.team_id::text, i.service), i.started_date)
           l.child_id, p.agency_id, i.kind, i.service, i.team_id, i.started_date, i.ended_date, i.source_record_id
    FROM childindex_link l
    JOIN records_personrecord p ON p.id = l.person_record_id
    JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
    JOIN records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current
         AND i.kind IN ('school', 'general_practice')
    WHERE l.ended_at IS NULL
    ORDER BY l.child_id, p.agency_id, i.kind, coalesce(i.team_id::text, i.service), i.started_date, i.id DESC
)"""

_OF_SCHOOL_AGE = f"""
off_roll AS MATERIALIZED (
    SELECT s.child_id, s.birth_date,
           coalesce(bool_or(n.kind = 'general_practice'), false) AS was_on_list,
           coalesce(bool_or(n.kind = 'general_practice' AND n.ended_date IS NULL), false) AS is_on_list,
           max(n.ended_date) FILTER (WHERE n.kind = 'school') AS left_date
    FROM people_childsummary s LEFT JOIN newest n ON n.child_id = s.child_id
    WHERE s.birth_date IS NOT NULL AND s.death_date IS NULL
      AND extract(year FROM %(roll)s::date) - (extract(month FROM %(roll)s::date) < 9)::integer - extract(year FROM s.birth_date)
          - CASE WHEN extract(month FROM s.birth_date) >= 9 THEN 5 ELSE 4 END BETWEEN 1 AND 11
    GROUP BY s.child_id, s.birth_date
    HAVING NOT coalesce(bool_or(n.kind = 'school' AND n.service = '{_HOME}'), false)
       AND NOT coalesce(bool_or(n.kind = 'school' AND n.service <> '{_HOME}'
                                AND (n.ended_date IS NULL OR n.ended_date > %(roll)s)), false)
)"""  # noqa: S608  (only our own words are put together)

_CIRCLES = """
    (SELECT array_agg(DISTINCT circle) FROM unnest(ARRAY[
        {team}::integer,
        (SELECT whole.id::integer FROM agencies_team whole WHERE whole.agency_id = {agency} AND whole.is_whole_agency)
    ]) AS circle WHERE circle IS NOT NULL)
"""

# While a steward is asked whether the child's records are another child's, the child may be on a roll there.
_NOT_IN_QUESTION = """
NOT EXISTS (
    SELECT 1 FROM childindex_link mine
    JOIN childindex_reviewtask r ON r.state = 'open' AND mine.person_record_id IN (r.record_a_id, r.record_b_id)
    WHERE mine.child_id = o.child_id AND mine.ended_at IS NULL)
"""

LEFT_ROLL = f"""
WITH {_NEWEST}, {_OF_SCHOOL_AGE}
SELECT DISTINCT ON (o.child_id) o.child_id, o.left_date AS since_date,
       jsonb_build_array(jsonb_build_object(
           'fact', 'left_roll', 'date', n.ended_date, 'agency', n.agency_id, 'team', n.team_id,
           'source', n.source_record_id)) AS reasons,
       {_CIRCLES.format(team="n.team_id", agency="n.agency_id")} AS circles
FROM off_roll o JOIN newest n ON n.child_id = o.child_id AND n.kind = 'school' AND n.ended_date = o.left_date
WHERE o.left_date <= %(left_by)s AND (o.is_on_list OR NOT o.was_on_list) AND {_NOT_IN_QUESTION}
ORDER BY o.child_id, n.started_date NULLS LAST, n.source_record_id
"""  # noqa: S608  (only our own words are put together)

NO_UNIVERSAL_SERVICE = f"""
WITH {_NEWEST}, {_OF_SCHOOL_AGE}
SELECT o.child_id,
       make_date(extract(year FROM o.birth_date)::integer
                 + CASE WHEN extract(month FROM o.birth_date) >= 9 THEN 6 ELSE 5 END, 9, 1) AS since_date,
       jsonb_build_array(
           jsonb_build_object('fact', 'no_school', 'date', %(roll)s::date),
           jsonb_build_object('fact', 'no_practice', 'date', %(on)s::date),
           jsonb_build_object('fact', 'seen', 'date', seen.on_day, 'agency', seen.agency_id, 'source', seen.source_record_id)
       ) AS reasons,
       '{{}}'::integer[] AS circles
FROM off_roll o
CROSS JOIN LATERAL (
    SELECT p.agency_id, said.source_record_id, said.on_day
    FROM childindex_link l
    JOIN records_personrecord p ON p.id = l.person_record_id
    JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
    CROSS JOIN LATERAL (
        SELECT e.source_record_id, e.happened_date AS on_day FROM records_chronologyentry e
        WHERE e.person_record_id = p.id AND e.is_current AND e.tier = 1 AND e.happened_date <= %(on)s
      UNION ALL
        SELECT i.source_record_id, least(coalesce(i.started_date, (b.received_at AT TIME ZONE 'Europe/London')::date), %(on)s)
        FROM records_involvement i JOIN records_sourcerecord r ON r.id = i.source_record_id
        JOIN records_batch b ON b.id = r.batch_id
        WHERE i.person_record_id = p.id AND i.is_current AND i.tier = 1 AND i.ended_date IS NULL
    ) said
    WHERE l.child_id = o.child_id AND l.ended_at IS NULL AND said.on_day >= %(seen_since)s
    ORDER BY said.on_day DESC, said.source_record_id LIMIT 1
) seen
WHERE NOT o.was_on_list AND {_NOT_IN_QUESTION}
  -- Whom the council looks after it answers for, wherever they are placed: no end is told of since the latest beginning.
  AND (SELECT max(i.started_date) FILTER (WHERE i.ended_date IS NULL) >= coalesce(max(i.ended_date), '-infinity')
       FROM childindex_link l
       JOIN records_personrecord p ON p.id = l.person_record_id
       JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
       JOIN records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current AND i.kind = 'looked_after'
       WHERE l.child_id = o.child_id AND l.ended_at IS NULL) IS NOT TRUE
"""  # noqa: S608  (only our own words are put together)

REFERRAL_LAPSED = f"""
WITH referrals AS MATERIALIZED (
    SELECT l.child_id, i.started_date, bool_or(i.ended_date IS NOT NULL) AS is_over, bool_or(i.practitioner <> '') AS is_named,
           (array_agg(i.team_id ORDER BY i.team_id NULLS LAST, i.id))[1] AS team_id,
           (array_agg(p.agency_id ORDER BY i.team_id NULLS LAST, i.id))[1] AS agency_id,
           (array_agg(i.source_record_id ORDER BY i.team_id NULLS LAST, i.id))[1] AS source_record_id
    FROM childindex_link l
    JOIN records_personrecord p ON p.id = l.person_record_id
    JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
    JOIN records_involvement i ON i.person_record_id = l.person_record_id AND i.is_current AND i.kind = 'child_in_need'
         AND i.started_date IS NOT NULL
    WHERE l.ended_at IS NULL
    GROUP BY l.child_id, i.started_date
), latest AS (
    SELECT DISTINCT ON (child_id) * FROM referrals ORDER BY child_id, started_date DESC
)
SELECT t.child_id, t.started_date AS since_date,
       jsonb_build_array(jsonb_build_object(
           'fact', 'referred', 'date', t.started_date, 'agency', t.agency_id, 'team', t.team_id,
           'source', t.source_record_id)) AS reasons,
       {_CIRCLES.format(team="t.team_id", agency="t.agency_id")} AS circles
FROM latest t JOIN people_childsummary s ON s.child_id = t.child_id AND s.death_date IS NULL
WHERE t.started_date <= %(referred_by)s AND NOT t.is_over AND NOT t.is_named
  AND NOT EXISTS (
      SELECT 1 FROM childindex_link l
      JOIN records_personrecord p ON p.id = l.person_record_id
      JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
      JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id AND e.is_current
           AND e.kind IN ('assessment', 'plan', 'enquiry', 'conference', 'looked_after')
      WHERE l.child_id = t.child_id AND l.ended_at IS NULL AND e.happened_date >= t.started_date)
"""  # noqa: S608  (only our own words are put together)

BY_CODE = {
    "left_roll": LEFT_ROLL,
    "no_universal_service": NO_UNIVERSAL_SERVICE,
    "referral_lapsed": REFERRAL_LAPSED,
}
