"""Who each child is now, as SQL: the twin of rules.summary_of; a test holds the two together.

Belongs here: its text, which link runs and the database's own functions share. Not here: whose word is chosen (chosen), or
when it is run (operations). What agencies say of whom even that they know the child is guarded is not in it, neither in
words nor in numbers.
"""

from joinedup.processes.childindex import chosen


def refresh(children: str) -> str:
    """Return the statement that writes afresh who children are; `children` is an expression for them, null for all."""
    which = f"({children}::uuid[] IS NULL OR l.child_id = ANY({children}::uuid[]))"
    return f"""
INSERT INTO public.people_childsummary (child_id, sort_name, has_targeted_help, record_count, agency_count,
                                 {", ".join(chosen.COLUMNS)})
SELECT child_id, left(lower(family_name || ' ' || given_name), 200),
       EXISTS (SELECT 1 FROM public.childindex_link l
               JOIN public.records_involvement v ON v.person_record_id = l.person_record_id
               JOIN public.records_personrecord p ON p.id = v.person_record_id
               JOIN public.agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
               WHERE l.child_id = chosen.child_id AND l.ended_at IS NULL AND v.is_current
                 AND v.ended_date IS NULL AND v.level <> 'universal' AND v.tier = 1),
       record_count, agency_count, {", ".join(chosen.COLUMNS)}
FROM (
    SELECT child_id, count(DISTINCT person_record_id) FILTER (WHERE NOT is_guarded) AS record_count,
           count(DISTINCT agency_id) FILTER (WHERE NOT is_guarded) AS agency_count,
           {chosen.columns("NOT is_guarded")}
    FROM ({chosen.said(which)}) said
    GROUP BY child_id
) chosen
ON CONFLICT (child_id) DO UPDATE SET
    sort_name = excluded.sort_name, has_targeted_help = excluded.has_targeted_help,
    record_count = excluded.record_count, agency_count = excluded.agency_count,
    {", ".join(f"{column} = excluded.{column}" for column in chosen.COLUMNS)}
"""  # noqa: S608  (only our own column names are put together)


def drop(children: str) -> str:
    """Return the statement that drops what is said of children whose number stands for nobody now."""
    return (
        f"DELETE FROM public.people_childsummary s "  # noqa: S608  (our own expression alone)
        f"WHERE ({children}::uuid[] IS NULL OR s.child_id = ANY({children}::uuid[])) AND NOT EXISTS "
        "(SELECT 1 FROM public.people_child c WHERE c.id = s.child_id AND c.state = 'active')"
    )
