"""The database's function that says where a user works, for the foundation, which knows of no agency."""

PLACE_OF = """
CREATE FUNCTION access_place_of(p_user uuid, OUT home uuid, OUT circles integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.agency_id, ARRAY[coalesce(p.team_id, whole.id)::integer]
    FROM public.agencies_practitioner p
    JOIN public.agencies_team whole ON whole.agency_id = p.agency_id AND whole.is_whole_agency
    WHERE p.user_id = p_user
$$
"""

#: Agencies that were kept before the whole of an agency was a team.
WHOLE_AGENCIES = """
INSERT INTO agencies_team (agency_id, code, name, phone, is_whole_agency)
SELECT id, '*', name, phone, true FROM agencies_agency a
WHERE NOT EXISTS (SELECT 1 FROM agencies_team t WHERE t.agency_id = a.id AND t.is_whole_agency);
UPDATE agencies_agency SET lowest_tier = CASE kind WHEN 'youth_justice' THEN 3 WHEN 'police' THEN 4 ELSE 1 END
"""
