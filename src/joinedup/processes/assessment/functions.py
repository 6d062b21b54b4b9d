"""The database's function by which the rows of an assessment follow its children, and the policies of its tables.

Belongs here: their text. Not here: which roles call what (migrations).
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

#: A row about several children is shut where one of them is sealed to the viewer, or stands in conflict with them.
_NOT_SHUT = "NOT EXISTS (SELECT 1 FROM unnest(child_ids) AS about(id) WHERE access_is_shut(about.id))"
_OPENED = "child_ids && (SELECT access_items(2))::uuid[]"
#: What is written is read where one of its children was opened at the tier of plans.
ANSWERS = f"{_OPENED} AND {_NOT_SHUT}"
#: That there is an assessment, whoever began it may know as well; not what stands in it.
ASSESSMENTS = f"({_OPENED} OR begun_by_id = (SELECT access_viewer())) AND {_NOT_SHUT}"
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM assessment_assessment a WHERE a.id = assessment_id)"
OF_ANSWER = "EXISTS (SELECT 1 FROM assessment_answer a WHERE a.id = answer_id)"

FOLLOW = f"""
CREATE FUNCTION assessment_children_follow() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    whose uuid := coalesce(NEW.assessment_id, OLD.assessment_id);
    here uuid[];
BEGIN
    -- Found to be another child: what was said of the one was said of the other.
    IF TG_OP = 'UPDATE' AND NEW.child_id <> OLD.child_id THEN
        UPDATE public.assessment_answer SET child_id = NEW.child_id, child_ids = ARRAY[NEW.child_id]
        WHERE assessment_id = whose AND child_id = OLD.child_id;
    END IF;
    SELECT array_agg(c.child_id ORDER BY c.child_id) INTO here
    FROM public.assessment_assessmentchild c WHERE c.assessment_id = whose AND c.left_at IS NULL;
    -- Of whom nobody is left, nothing follows: it is deleted with the last child.
    IF here IS NOT NULL THEN
        UPDATE public.assessment_assessment SET child_ids = here WHERE id = whose AND child_ids <> here;
        UPDATE public.assessment_answer SET child_ids = here
        WHERE assessment_id = whose AND child_id IS NULL AND child_ids <> here;
    END IF;
    RETURN NULL;
END
$$
"""
FOLLOW_TRIGGER = """
CREATE TRIGGER assessment_children_follow AFTER INSERT OR UPDATE OR DELETE ON assessment_assessmentchild
FOR EACH ROW EXECUTE FUNCTION assessment_children_follow()
"""
