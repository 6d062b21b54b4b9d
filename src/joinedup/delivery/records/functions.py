"""The database's function that gives the bytes of one source record to the agency that sent it."""

#: A megabyte is how files are kept; see operations.files.
CONTENT_AT_FIRST = """
CREATE FUNCTION records_content(p_source uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT string_agg(substring(
        c.content FROM (greatest(s.byte_start - c.position::bigint * 1048576, 0))::integer + 1
        FOR (least(s.byte_start + s.byte_length, (c.position::bigint + 1) * 1048576)
             - greatest(s.byte_start, c.position::bigint * 1048576))::integer), ''::bytea ORDER BY c.position)
    FROM public.records_sourcerecord s
    JOIN public.records_batch b ON b.id = s.batch_id
    JOIN public.records_sourcefilechunk c ON c.file_id = b.file_id
        AND c.position BETWEEN s.byte_start / 1048576 AND greatest(s.byte_start + s.byte_length - 1, s.byte_start) / 1048576
    WHERE s.id = p_source AND s.agency_id = public.access_home() AND s.person_record_id = ANY (public.access_items(1))
$$
"""

CONTENT = CONTENT_AT_FIRST.replace(
    "access_items(1))\n",
    """access_items(1))
      -- A row whose address is held back would tell it again.
      AND NOT EXISTS (SELECT 1 FROM public.records_heldaddress h
                      JOIN public.records_identitystatement i ON i.id = h.statement_id WHERE i.source_record_id = s.id)
""",
)
