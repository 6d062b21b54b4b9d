"""The database's functions of reassigning: listing what hangs on a child whenever one is joined or parted, and moving it."""

from joinedup.governance.reassigning import rules

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

_FOUND = "\n      UNION ALL\n".join(
    f"        SELECT '{code}'::text AS kind, w.id, w.{work.child} AS child_id FROM public.{work.table} w "
    f"WHERE w.{work.child} = ANY (names) AND {work.open_where}"
    for code, work in rules.WORK.items()
)

# Whatever changes who is whom adds to the history, and whatever is added is looked at here: no operation can forget it.
LIST = f"""
CREATE FUNCTION reassigning_list() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    names uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM added WHERE kind IN ('redirected', 'parted')) THEN
        RETURN NULL;
    END IF;
    -- Work was done under the number that the child bore then, which may lead to another by now.
    SELECT array_agg(DISTINCT named.id) INTO names FROM added
    JOIN public.people_child named ON named.id = added.child_id OR named.redirect_to_id = added.child_id
    WHERE added.kind IN ('redirected', 'parted');
    INSERT INTO public.reassigning_reassignment (
        id, child_id, other_id, kind, item_id, act_id, listed_at, outcome, decided_by_name
    )
    SELECT gen_random_uuid(), found.child_id, added.other_id, found.kind, found.id, added.act_id, added.at, '', ''
    FROM (
{_FOUND}
    ) found
    JOIN public.people_child named ON named.id = found.child_id
    JOIN added ON added.kind IN ('redirected', 'parted') AND added.child_id IN (named.id, named.redirect_to_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$
"""
LIST_TRIGGER = """
CREATE TRIGGER reassigning_list AFTER INSERT ON childindex_identityevent REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION reassigning_list()
"""

_MOVE = "\n".join(
    f"    WHEN '{code}' THEN UPDATE public.{work.table} SET {work.child} = target WHERE id = waits.item_id;"
    for code, work in rules.WORK.items()
)

DECIDE = f"""
CREATE FUNCTION reassigning_decide(p_id uuid, p_moves boolean, p_given text[]) RETURNS text
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    waits record;
    target uuid;
BEGIN
    IF NOT public.childindex_may_link(p_given) THEN
        RETURN 'absent';
    END IF;
    SELECT r.* INTO waits FROM public.reassigning_reassignment r
    WHERE r.id = p_id AND r.outcome = '' AND r.child_id <> ALL (public.access_conflicts()) FOR UPDATE;
    IF NOT FOUND OR (p_moves AND waits.other_id IS NULL) THEN
        RETURN 'absent';
    END IF;
    -- Where the other was joined to a third since, it is the third's.
    SELECT coalesce(c.redirect_to_id, c.id) INTO target FROM public.people_child c WHERE c.id = waits.other_id;
    PERFORM public.audit_add_subjects(public.access_event(), array_remove(ARRAY[waits.child_id, target], NULL));
    IF p_moves THEN
        CASE waits.kind
{_MOVE}
        END CASE;
    END IF;
    UPDATE public.reassigning_reassignment r
    SET outcome = CASE WHEN p_moves THEN 'moved' ELSE 'stays' END, decided_by_id = viewer, decided_at = clock_timestamp(),
        decided_by_name = (SELECT u.display_name FROM public.access_user u WHERE u.id = viewer)
    WHERE r.id = p_id;
    RETURN 'done';
EXCEPTION WHEN unique_violation THEN
    RETURN 'already';
END
$$
"""

WAITING = f"""
CREATE FUNCTION reassigning_waiting() RETURNS TABLE (
    id uuid, kind text, listed_at timestamptz, child_id uuid, number text, other_id uuid, other_number text
)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT r.id, r.kind::text, r.listed_at, c.id, c.number::text, o.id, o.number::text
    FROM public.reassigning_reassignment r
    JOIN public.people_child c ON c.id = r.child_id AND NOT c.is_sealed
    LEFT JOIN public.people_child o ON o.id = r.other_id
    WHERE r.outcome = '' AND public.access_may('link') AND c.id <> ALL (public.access_conflicts())
    ORDER BY r.listed_at, r.id
$$
"""
