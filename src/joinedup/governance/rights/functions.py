"""The database's functions of rights: who a number is, for those who answer for rights, and the one way anything is deleted.

Belongs here: their text. Not here: who is due (queries), the certificate (operations).
A record is deleted with all that names its child: what is said, the rows of the files that said it, links, keys, grounds.
"""

_SECURE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

SUBJECT = f"""
CREATE FUNCTION rights_subject(p_number text) RETURNS TABLE (child_id uuid, number text)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT c.id, c.number::text FROM public.people_child named
    JOIN public.people_child c ON c.id = coalesce(named.redirect_to_id, named.id)
    WHERE named.number = p_number AND c.state = 'active' AND public.access_may('rights')
$$
"""

# What stops a deletion: a hold, a request that nobody has answered yet, and work on the child that is not over.
IS_HELD_AT_FIRST = f"""
CREATE FUNCTION rights_is_held(p_child uuid) RETURNS boolean
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT EXISTS (SELECT 1 FROM public.people_child c
                   JOIN public.rights_legalhold h ON h.child_id = c.id AND h.lifted_at IS NULL
                   WHERE p_child IN (c.id, c.redirect_to_id))
        OR EXISTS (SELECT 1 FROM public.people_child c
                   JOIN public.rights_datarequest q ON q.child_id = c.id AND q.closed_at IS NULL
                   WHERE p_child IN (c.id, c.redirect_to_id))
$$
"""
IS_HELD_BY_HELP = IS_HELD_AT_FIRST.replace(
    "\n$$\n",
    """
        OR EXISTS (SELECT 1 FROM public.casework_episode e WHERE e.child_id = p_child AND e.closed_at IS NULL)
        OR EXISTS (SELECT 1 FROM public.inbasket_item i WHERE i.child_id = p_child AND i.state <> 'closed')
$$
""",
)
IS_HELD = IS_HELD_BY_HELP.replace(
    "\n$$\n",
    """
        OR EXISTS (SELECT 1 FROM public.protection_concern p WHERE p.child_id = p_child AND p.stage <> 'ended')
$$
""",
)

# What was written here shows statuses too, as kinds of help that the schedule names. An episode or an item that is open
# has no end; an assessment ended with the last word that was written in it.
WORK_OF_HELP = f"""
CREATE FUNCTION rights_work_of(p_children uuid[])
RETURNS TABLE (child_id uuid, kind text, started_date date, ended_date date)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT e.child_id, e.kind::text, e.opened_at::date, e.closed_at::date
    FROM public.casework_episode e WHERE e.child_id = ANY (p_children)
  UNION ALL
    SELECT c.child_id, 'family_assessment', a.begun_at::date,
           coalesce((SELECT max(w.written_at) FROM public.assessment_answer w WHERE w.assessment_id = a.id), a.begun_at)::date
    FROM public.assessment_assessmentchild c JOIN public.assessment_assessment a ON a.id = c.assessment_id
    WHERE c.child_id = ANY (p_children)
  UNION ALL
    SELECT i.child_id, 'contact', i.received_at::date, i.closed_at::date
    FROM public.inbasket_item i WHERE i.child_id = ANY (p_children)
$$
"""
# A plan that a correction says was never decided on shows nothing.
WORK_OF = WORK_OF_HELP.replace(
    "\n$$\n",
    """
  UNION ALL
    SELECT p.child_id, 'child_in_need', p.since_at::date, CASE WHEN p.stage = 'ended' THEN p.moved_at::date END
    FROM public.protection_concern p WHERE p.child_id = ANY (p_children)
  UNION ALL
    SELECT p.child_id, 'child_protection', p.started_on, p.ended_on
    FROM public.protection_protectionplan p WHERE p.child_id = ANY (p_children) AND p.ending <> 'in_error'
  UNION ALL
    SELECT s.child_id, 'looked_after', s.started_on, s.ended_on
    FROM public.protection_carespan s WHERE s.child_id = ANY (p_children) AND NOT s.is_corrected
$$
""",
)

# A hold or a request and a deletion of one child wait for each other, so that neither misses the other.
HOLD_FIRST = f"""
CREATE FUNCTION rights_hold_waits() RETURNS trigger
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.child_id::text, 2006));
    IF NOT EXISTS (SELECT 1 FROM public.people_child c WHERE c.id = NEW.child_id AND c.state = 'active') THEN
        RAISE EXCEPTION 'the record is deleted';
    END IF;
    RETURN NEW;
END
$$
"""
HOLD_TRIGGERS = """
CREATE TRIGGER rights_hold_waits BEFORE INSERT ON rights_legalhold FOR EACH ROW EXECUTE FUNCTION rights_hold_waits();
CREATE TRIGGER rights_request_waits BEFORE INSERT ON rights_datarequest FOR EACH ROW EXECUTE FUNCTION rights_hold_waits()
"""

# Written over with spaces, line ends left: the file keeps its length, so that other rows stand where they stood.
BLANK = f"""
CREATE FUNCTION rights_blank(p_people uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    size constant bigint := 1048576;
    files uuid[];
    starts bigint[];
    ends bigint[];
    piece record;
    place record;
    written bytea;
    last integer;
    blanked integer := 0;
BEGIN
    SELECT array_agg(said.file_id), array_agg(said.starts), array_agg(said.ends) INTO files, starts, ends FROM (
        SELECT b.file_id, s.byte_start AS starts, s.byte_start + s.byte_length AS ends
        FROM public.records_sourcerecord s JOIN public.records_batch b ON b.id = s.batch_id
        WHERE s.person_record_id = ANY (p_people)
      UNION
        SELECT b.file_id, r.byte_start, r.byte_start + r.byte_length
        FROM public.records_sourcerecord s JOIN public.records_repeatedrow r ON r.source_record_id = s.id
        JOIN public.records_batch b ON b.id = r.batch_id
        WHERE s.person_record_id = ANY (p_people)
    ) said;
    FOR piece IN
        SELECT c.file_id, c.position FROM public.records_sourcefilechunk c
        WHERE c.file_id = ANY (files) AND EXISTS (
            SELECT 1 FROM unnest(files, starts, ends) AS p(file_id, starts, ends)
            WHERE p.file_id = c.file_id AND p.starts < (c.position + 1) * size AND p.ends > c.position * size)
    LOOP
        SELECT content INTO written FROM public.records_sourcefilechunk
        WHERE file_id = piece.file_id AND position = piece.position FOR UPDATE;
        FOR place IN
            SELECT greatest(p.starts - piece.position * size, 0)::integer AS starts,
                   least(p.ends - piece.position * size, length(written))::integer AS ends
            FROM unnest(files, starts, ends) AS p(file_id, starts, ends)
            WHERE p.file_id = piece.file_id AND p.starts < (piece.position + 1) * size AND p.ends > piece.position * size
        LOOP
            last := place.ends;
            WHILE last > place.starts AND get_byte(written, last - 1) IN (10, 13) LOOP
                last := last - 1;
            END LOOP;
            CONTINUE WHEN last <= place.starts;
            written := overlay(written PLACING convert_to(repeat(' ', last - place.starts), 'UTF8')
                               FROM place.starts + 1 FOR last - place.starts);
            blanked := blanked + 1;
        END LOOP;
        UPDATE public.records_sourcefilechunk SET content = written
        WHERE file_id = piece.file_id AND position = piece.position;
    END LOOP;
    RETURN blanked;
END
$$
"""

_OF_PEOPLE = "WHERE person_record_id = ANY (people)"
_OF_ROWS = "WHERE source_record_id = ANY (said_by)"
#: Of an assessment, what is about this child alone; what is shared with brothers and sisters stays theirs.
_ALONE = "WHERE child_ids <@ ARRAY[child]"
_OF_ANSWERS = f"WHERE answer_id IN (SELECT a.id FROM public.assessment_answer a {_ALONE})"
_OF_ASSESSMENTS = f"WHERE assessment_id IN (SELECT a.id FROM public.assessment_assessment a {_ALONE})"
#: What is deleted, in the order in which one row leads to another; whatever names a child is here or is named as left.
DELETED = (
    (
        "records_heldaddress",
        "WHERE statement_id IN (SELECT i.id FROM public.records_identitystatement i WHERE i.person_record_id = ANY (people))",
    ),
    ("records_identitystatement", _OF_PEOPLE),
    ("records_involvement", _OF_PEOPLE),
    ("records_chronologyentry", _OF_PEOPLE),
    ("records_relative", _OF_PEOPLE),
    ("records_repeatedrow", _OF_ROWS),
    ("records_sourcerecord", _OF_PEOPLE),
    (
        "childindex_reviewnote",
        "WHERE task_id IN (SELECT t.id FROM public.childindex_reviewtask t WHERE people && ARRAY[t.record_a_id, t.record_b_id])",
    ),
    ("childindex_reviewtask", "WHERE record_a_id = ANY (people) OR record_b_id = ANY (people)"),
    ("childindex_blindpair", "WHERE record_a_id = ANY (people) OR record_b_id = ANY (people)"),
    ("childindex_stewarddecision", "WHERE record_a_id = ANY (people) OR record_b_id = ANY (people)"),
    ("childindex_rejoinproposal", "WHERE record_a_id = ANY (people) OR record_b_id = ANY (people)"),
    ("childindex_searchkey", _OF_PEOPLE),
    (
        "childindex_matchkey",
        """k USING public.childindex_knownalias a
        WHERE a.person_record_id = ANY (people) AND k.key = ANY (a.keys) AND k.alias_id = a.id""",
    ),
    ("childindex_knownalias", _OF_PEOPLE),
    ("childindex_link", "WHERE child_id = child OR person_record_id = ANY (people)"),
    ("records_personrecord", "WHERE id = ANY (people)"),
    ("access_groundheld", "WHERE subject_id = child"),
    ("access_seal", "WHERE subject_id = child"),
    ("exports_exportsubject", "WHERE child_id = child"),
    ("breakglass_emergencylook", "WHERE child_id = child"),
    ("childindex_heldrecord", "WHERE child_id = child OR person_record_id = ANY (people)"),
    ("childindex_stubkey", "WHERE child_id = child"),
    ("sealing_sealrequest", "WHERE child_id = child"),
    ("tracking_trackedchild", "WHERE child_id = child"),
    *(
        (f"inbasket_{table}", "WHERE item_id IN (SELECT i.id FROM public.inbasket_item i WHERE i.child_id = child)")
        for table in ("disclosure", "itemact", "receipt", "message")
    ),
    ("inbasket_item", "WHERE child_id = child"),
    *(
        (f"casework_{table}", "WHERE child_id = child")
        for table in (
            *("action", "desiredoutcome", "need", "review", "transfer", "approval", "supervision", "lead"),
            *("teammember", "episode"),
        )
    ),
    *(
        (f"protection_{table}", "WHERE child_id = child")
        for table in ("presence", "invitation", "protectionplan", "step", "concern", "carespan")
    ),
    ("reassigning_reassignment", "WHERE child_id = child OR other_id = child"),
    *(
        (f"assurance_{table}", "WHERE child_id = child")
        for table in ("declaredinterest", "watchedchild", "parentalviewsafety", "looksuspension")
    ),
    (
        "rights_redaction",
        "WHERE request_id IN (SELECT q.id FROM public.rights_datarequest q WHERE q.child_id = child)",
    ),
    ("rights_disputedfact", "WHERE child_id = child"),
    ("rights_datarequest", "WHERE child_id = child"),
    ("rights_legalhold", "WHERE child_id = child"),
    ("rights_duedeletion", "WHERE child_id = child"),
    ("assessment_answerwords", _OF_ANSWERS),
    ("assessment_waitingwords", _OF_ANSWERS),
    ("assessment_answer", _ALONE),
    ("assessment_signedversion", _OF_ASSESSMENTS),
    ("assessment_assessmentchild", "WHERE child_id = child"),
    ("assessment_assessment", _ALONE),
    ("participation_view", "WHERE child_id = child"),
    ("participation_aboutme", "WHERE child_id = child"),
    ("participation_invitation", "WHERE child_id = child"),
    ("people_childsummary", "WHERE child_id = child"),
)
#: What leads to a child and stays, and why.
STAYS = {
    "people_child": "the number, so that it is never given to another child; nothing else is left of it",
    "childindex_identityevent": "which numbers led where, without a word of who it was; its records are gone",
    "audit_auditsubject": "who looked is never deleted with what was looked at; it names a number that leads nowhere",
}


def _delete(table: str, where: str) -> str:
    return f"""
    DELETE FROM public.{table} {where};
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        counts := counts || jsonb_build_object('{table}', gone);
    END IF;"""


DELETE = f"""
CREATE FUNCTION rights_delete(p_child uuid) RETURNS TABLE (deleted jsonb, content_hash bytea)
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    child constant uuid := p_child;
    people uuid[];
    said_by uuid[];
    words text[];
    gone bigint;
    counts jsonb := '{{}}';
    digest bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(child::text, 2006));
    IF NOT EXISTS (SELECT 1 FROM public.rights_duedeletion d WHERE d.child_id = child AND d.approved_at IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing is deleted that no person has approved';
    END IF;
    IF public.rights_is_held(child) THEN
        RAISE EXCEPTION 'a legal hold, an open request or open work stops the deletion';
    END IF;
    SELECT coalesce(array_agg(l.person_record_id), '{{}}') INTO people
    FROM public.childindex_link l WHERE l.child_id = child AND l.ended_at IS NULL;
    SELECT coalesce(array_agg(s.id), '{{}}'), sha256(coalesce(string_agg(s.content_hash, ''::bytea ORDER BY s.id), ''))
    INTO said_by, digest FROM public.records_sourcerecord s WHERE s.person_record_id = ANY (people);
    SELECT coalesce(array_agg(DISTINCT split_part(k.value, 'n:', 2)), '{{}}') INTO words
    FROM public.childindex_searchkey k WHERE k.person_record_id = ANY (people) AND k.value ~ '^([0-9a-f]{{32}}:)?n:';
    gone := public.rights_blank(people);
    counts := jsonb_build_object('rows of files', gone);
    UPDATE public.records_sourcerecord s SET superseded_by_id = NULL
    WHERE s.superseded_by_id = ANY (said_by) AND s.person_record_id <> ALL (people);
    {"".join(_delete(table, where) for table, where in DELETED)}
    DELETE FROM public.childindex_namespelling n WHERE n.word_id = ANY (words)
      AND NOT EXISTS (SELECT 1 FROM public.childindex_searchkey k WHERE k.value = 'n:' || n.word_id);
    DELETE FROM public.childindex_nameword w WHERE w.word = ANY (words)
      AND NOT EXISTS (SELECT 1 FROM public.childindex_searchkey k WHERE k.value = 'n:' || w.word);
    INSERT INTO public.childindex_identityevent (id, at, kind, child_id, before, after, by_name, why, act_id)
    VALUES (gen_random_uuid(), clock_timestamp(), 'withdrawn', child, people, '{{}}', 'after an approved deletion', 'deleted',
            gen_random_uuid());
    UPDATE public.people_child c
    SET state = 'withdrawn', redirect_to_id = NULL, circles = '{{}}', known_only_to = NULL, is_sealed = false
    WHERE c.id = child;
    RETURN QUERY SELECT counts, digest;
END
$$
"""

# Whoever wrote a request down and whoever confirmed it may look at that one record, as invited, until it is answered.
CONFIRM = f"""
CREATE FUNCTION rights_confirm(p_request uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    viewer uuid := public.access_viewer();
    asked record;
BEGIN
    IF viewer IS NULL OR NOT public.access_may('rights') THEN
        RETURN false;
    END IF;
    UPDATE public.rights_datarequest q
    SET confirmed_at = clock_timestamp(), confirmed_by_id = viewer,
        confirmed_by_name = (SELECT u.display_name FROM public.access_user u WHERE u.id = viewer)
    WHERE q.id = p_request AND q.confirmed_at IS NULL AND q.closed_at IS NULL AND q.recorded_by_id <> viewer
    RETURNING q.child_id, q.recorded_by_id INTO asked;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at)
    SELECT gen_random_uuid(), who, asked.child_id, 'V', 'request ' || replace(p_request::text, '-', ''), false, true,
           clock_timestamp()
    FROM unnest(ARRAY[asked.recorded_by_id, viewer]) AS who;
    RETURN true;
END
$$
"""

END = f"""
CREATE FUNCTION rights_end(p_request uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
BEGIN
    IF NOT public.access_may('rights') THEN
        RETURN false;
    END IF;
    UPDATE public.access_groundheld g SET ended_at = clock_timestamp()
    WHERE g.origin = 'request ' || replace(p_request::text, '-', '') AND g.ended_at IS NULL;
    RETURN true;
END
$$
"""

# Whose page it is asks for themselves: who they are was checked when they came in. A second person still confirms it.
ASK_OWN = f"""
CREATE FUNCTION rights_ask_own(p_id uuid, p_number text, p_child uuid, p_words text, p_on date) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_SECURE}
AS $$
DECLARE
    own record;
BEGIN
    SELECT o.* INTO own FROM public.participation_own() o WHERE o.child_id = p_child;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.rights_datarequest (
        id, number, kind, child_id, child_number, asker, asker_name, identity_checked, asked_on, asked, recorded_at,
        recorded_by_id, recorded_by_name, confirmed_by_name, extended_why, pack_made_by_name, pack_sha256, closed_by_name,
        outcome, answer)
    SELECT p_id, p_number, 'correction', own.child_id, own.number, own.voice, own.name,
           'By invitation of a worker, and signed in with a second factor', p_on, p_words, clock_timestamp(),
           u.id, u.display_name, '', '', '', '', '', '', ''
    FROM public.access_user u WHERE u.id = public.access_viewer();
    RETURN true;
END
$$
"""

OWN_ASKED = f"""
CREATE FUNCTION rights_own_asked(p_child uuid)
RETURNS TABLE (asked text, asked_on date, closed_at timestamptz, answer text)
LANGUAGE sql STABLE {_SECURE}
AS $$
    SELECT q.asked::text, q.asked_on, q.closed_at, q.answer::text FROM public.rights_datarequest q
    WHERE q.child_id = p_child AND q.recorded_by_id = public.access_viewer() AND public.participation_is_own(p_child)
    ORDER BY q.recorded_at DESC, q.id
$$
"""
