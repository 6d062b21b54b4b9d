"""What the database itself holds of the in-basket: who reads which rows, and that taking an item ties one to its child.

Belongs here: policies and functions as text. Not here: the tables (models), the acts (operations).
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# Of the in-baskets that one works; what one has just handed on; and, read with the child, what is known of the child.
ITEM_ROWS = (
    "(child_id = ANY ((SELECT access_items(2))::uuid[]) OR ((giver_id = (SELECT access_viewer()) "
    "OR circles && (SELECT inbasket_circles())) AND NOT access_is_shut(child_id)))"
)
#: What hangs on an item is read by whoever reads the item; what one wrote oneself stays one's own.
OF_ITEM = "EXISTS (SELECT 1 FROM inbasket_item i WHERE i.id = item_id)"
OF_ITEM_OR_SENDER = f"(sent_by_id = (SELECT access_viewer()) OR {OF_ITEM})"
#: A sender sees not what becomes of it, so that writing is allowed where reading is not.
SENT = (
    "sent_by_id = (SELECT access_viewer()) AND state = 'new' AND holder_id IS NULL AND about_id IS NULL "
    "AND (child_id IS NULL OR child_id = ANY ((SELECT access_opened())::uuid[]))"
)
ACTED = "by_id = (SELECT access_viewer())"

# Whose in-baskets one works, where one's role writes about children of others: those of all teams of the agency for who
# hands over work of people they supervise. Not one's circles, of which who finds every child is told none.
CIRCLES = f"""
CREATE FUNCTION inbasket_circles() RETURNS integer[]
LANGUAGE plpgsql STABLE {_SECURE}
AS $$
DECLARE
    place record;
BEGIN
    IF NOT public.access_may('write') THEN
        RETURN NULL;
    END IF;
    SELECT * INTO place FROM public.access_place_of(public.access_viewer());
    IF EXISTS (SELECT 1 FROM public.access_policycell c
               WHERE c.role = ANY (public.access_roles()) AND c.action = 'transfer' AND c.ground = 'S') THEN
        RETURN (SELECT array_agg(t.id::integer) FROM public.agencies_team t WHERE t.agency_id = place.home);
    END IF;
    RETURN place.circles;
END
$$
"""

# Nobody is let in to a child by a thing that they sent themselves, nor by what stands in another's in-basket.
TIE = f"""
CREATE FUNCTION inbasket_tie(p_item uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    tied record;
BEGIN
    SELECT p.user_id, i.child_id, 'contact ' || replace(p_item::text, '-', '') AS origin INTO tied
    FROM public.inbasket_item i
    JOIN public.agencies_practitioner p ON p.id = i.holder_id
    JOIN public.people_child c ON c.id = i.child_id AND NOT c.is_sealed
    WHERE i.id = p_item AND i.kind IN ('contact', 'notification') AND i.state NOT IN ('new', 'closed')
      AND p.user_id <> i.sent_by_id AND p.agency_id = i.agency_id
      AND i.circles && public.inbasket_circles()
      AND NOT EXISTS (
          SELECT 1 FROM public.access_groundheld g
          WHERE g.user_id = p.user_id AND g.subject_id = i.child_id AND g.ground = 'X'
            AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp()));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at)
    SELECT gen_random_uuid(), tied.user_id, tied.child_id, 'V', tied.origin, false, false, clock_timestamp()
    WHERE NOT EXISTS (
        SELECT 1 FROM public.access_groundheld g
        WHERE g.user_id = tied.user_id AND g.subject_id = tied.child_id AND g.origin = tied.origin AND g.ended_at IS NULL);
    RETURN true;
END
$$
"""

# What was asked about an item, and the replies, are about the child that the item is about, whoever changes that.
FOLLOW = f"""
CREATE FUNCTION inbasket_child_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    UPDATE public.inbasket_item SET child_id = NEW.child_id WHERE about_id = NEW.id AND child_id IS DISTINCT FROM NEW.child_id;
    RETURN NULL;
END
$$
"""
FOLLOW_TRIGGER = """
CREATE TRIGGER inbasket_child_follows AFTER UPDATE OF child_id ON inbasket_item
FOR EACH ROW WHEN (OLD.child_id IS DISTINCT FROM NEW.child_id) EXECUTE FUNCTION inbasket_child_follows()
"""

UNTIE = f"""
CREATE FUNCTION inbasket_untie(p_item uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.inbasket_item i
        WHERE i.id = p_item AND (i.circles && public.inbasket_circles() OR i.giver_id = public.access_viewer())) THEN
        RETURN false;
    END IF;
    UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
    WHERE g.origin = 'contact ' || replace(p_item::text, '-', '') AND g.ended_at IS NULL;
    RETURN FOUND;
END
$$
"""
