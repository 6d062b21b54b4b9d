"""One assessment of a family: begun with what is known, written by many hands, signed, and parted when families part."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import models, operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW, as_role
from tests.integration.assessment import assessing
from tests.integration.assessment.assessing import place
from tests.integration.exports import taking_out
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")
LATER = NOW + datetime.timedelta(minutes=5)


@pytest.fixture
def worker():
    return assessing.worker()


@pytest.fixture
def teacher():
    return assessing.teacher()


@pytest.fixture
def one(worker):
    """A child whose plan the worker leads."""
    (known,) = assessing.children(1)
    assessing.tie(worker, known)
    return known


@pytest.fixture
def two(worker):
    """Two children whose plans the worker leads."""
    known = assessing.children(2)
    assessing.tie(worker, *known)
    return known


def events(kind):
    return asking.rows("SELECT subject FROM events_event WHERE kind = %s", kind)


class TestBeginning:
    def test_what_the_index_knows_is_filled_in_with_the_agency_that_said_it(self, worker, one):
        page = assessing.see(assessing.begin(one, by=worker))
        name = page.answers[place("known.name", one[0])]

        assert name.words == page.opened.child.full_name
        assert name.agency_name
        assert name.written_by_name == ""
        assert name.number == 1
        assert page.words(place("known.helping", one[0]))

    def test_it_asks_nothing_that_the_system_knows_and_at_most_twelve_things(self, worker, one):
        page = assessing.see(assessing.begin(one, by=worker))

        assert len(page.missing) <= rules.MOST_REQUIRED
        assert not any(where.code.startswith("known.") for where in page.missing)

    def test_police_and_youth_justice_say_nothing_in_it_whoever_begins_it(self, one):
        stepped_up = taking_out.stepped_up(assessing.worker())
        assessing.begin(one, by=stepped_up)

        with asking.peeking():
            said = {
                name
                for (names,) in asking.rows("SELECT agency_name FROM assessment_answer WHERE number = 1")
                for name in names.split("; ")
            }
            guarded = {name for (name,) in asking.rows("SELECT name FROM agencies_agency WHERE lowest_tier > 1")}
        assert guarded
        assert said
        assert said.isdisjoint(guarded)

    def test_the_clock_runs_from_the_referral_and_says_by_which_rule(self, worker, one):
        page = assessing.see(assessing.begin(one, by=worker, referral_date=datetime.date(2026, 9, 1)))

        assert page.due.last_date == datetime.date(2026, 11, 3)
        assert page.due.timescale.most == 45
        assert assessing.see(assessing.begin(one, by=worker)).due is None

    @pytest.mark.parametrize("ground", ["E", "I"])
    def test_whoever_may_not_assess_the_child_begins_none(self, teacher, one, ground):
        with pytest.raises((operations.NotAllowed, childindex_queries.ReasonNeeded, people_queries.NoSuchChild)):
            assessing.begin(one, by=teacher)
        assessing.tie(teacher, one, ground=ground)
        with pytest.raises(operations.NotAllowed):
            assessing.begin(one, by=teacher)
        assert models.Assessment.objects.count() == 0

    def test_one_that_a_sibling_may_not_be_assessed_in_is_not_begun_at_all(self, worker, one):
        other = assessing.children(2)[1]
        with pytest.raises((operations.NotAllowed, childindex_queries.ReasonNeeded)):
            assessing.begin(one, other, by=worker)

    def test_answers_to_choose_from_stand_in_the_order_of_the_form_that_was_kept(self, worker, one):
        kept = assessing.see(assessing.begin(one, by=worker)).opened.form

        (healthy,) = [field for field in kept.fields() if field.code == "start.check.healthy"]
        assert [words for _, words in healthy.choices] == ["Yes", "No", "Not sure"]

    def test_that_it_was_begun_is_written_and_told(self, worker, one):
        asked = assessing.begin(one, by=worker)

        acts = {event.act: event for event in asking.events()}
        assert one[0] in acts["assessment.begun"].subjects
        assert events("assessment.begun") == [({"assessment_id": str(asked.assessment_id), "children": 1},)] or events(
            "assessment.begun"
        )


class TestWritingTogether:
    @pytest.fixture
    def both(self, worker, teacher, one):
        """The worker's way to an assessment, and that of a teacher who is named with the child."""
        assessing.tie(teacher, one, ground="P")
        asked = assessing.begin(one, by=worker)
        return asked, assessing.asked(asked.assessment_id, one[1], teacher)

    def test_two_people_who_write_different_answers_do_not_disturb_each_other(self, both, one):
        mine, theirs = both
        why, child = place("start.why"), place("voices.child", one[0])

        assert [told.outcome for told in assessing.write(mine, {why: "Tired"}, seen=0)] == [rules.Outcome.KEPT]
        told = assessing.write(theirs, {child: "I like maths"}, seen=0, page_id=assessing.OTHER_PAGE)
        assert [one.outcome for one in told] == [rules.Outcome.KEPT]

        page = assessing.see(mine)
        assert (page.words(why), page.words(child)) == ("Tired", "I like maths")
        assert [writer.name for writer in page.writers] == [theirs.viewer.name]
        assert page.answers[child].written_by_name == theirs.viewer.name
        assert page.answers[child].agency_name

    def test_of_two_who_write_the_same_answer_both_are_kept_and_a_person_chooses(self, both):
        mine, theirs = both
        why = place("start.why")
        assessing.write(mine, {why: "From the worker"}, seen=0)
        told = assessing.write(theirs, {why: "From the teacher"}, seen=0, page_id=assessing.OTHER_PAGE)
        assert [one.outcome for one in told] == [rules.Outcome.BESIDE]
        assessing.write(theirs, {why: "From the teacher, more"}, seen=0, page_id=assessing.OTHER_PAGE)

        page = assessing.see(mine)
        (waiting,) = page.waiting
        assert page.words(why) == "From the worker"
        assert waiting.words == "From the teacher, more"
        with pytest.raises(operations.NoSuchWaiting):  # the words have changed since they were shown
            self.choose(mine, waiting, rules.Choice.BOTH, seen=0)
        self.choose(mine, waiting, rules.Choice.BOTH, seen=1)

        page = assessing.see(mine)
        assert page.words(why) == "From the worker\n\nFrom the teacher, more"
        assert page.waiting == ()
        with pytest.raises(operations.NoSuchWaiting):
            self.choose(theirs, waiting, rules.Choice.PRESENT, seen=2)
        _, _, cards = queries.get_history(mine, answer_id=page.answers[why].id)
        assert {card.words for card in cards} >= {"From the worker", "From the teacher", "From the teacher, more"}

    def choose(self, asked, waiting, choice, *, seen):
        operations.choose(asked=asked, waiting_id=waiting.id, choice=choice, seen=seen, by=asked.viewer, at=LATER)

    def test_each_of_the_choices_stands_afterwards(self, both):
        mine, theirs = both
        for code, choice, stands in (
            ("start.why", rules.Choice.PRESENT, "Mine"),
            ("start.present", rules.Choice.WAITING, "Theirs"),
        ):
            assessing.write(mine, {place(code): "Mine"}, seen=0)
            assessing.write(theirs, {place(code): "Theirs"}, seen=0, page_id=assessing.OTHER_PAGE)
            (waiting,) = assessing.see(mine).waiting
            self.choose(mine, waiting, choice, seen=1)
            assert assessing.see(mine).words(place(code)) == stands

    def test_saving_the_same_words_again_makes_no_version(self, both):
        mine, _ = both
        assessing.write(mine, {place("start.why"): "Tired"}, seen=0)

        assert [told.outcome for told in assessing.write(mine, {place("start.why"): "Tired"}, seen=0)] == [
            rules.Outcome.UNCHANGED
        ]

    def test_what_was_written_once_is_changed_by_nobody(self, both):
        mine, _ = both
        assessing.write(mine, {place("start.why"): "Tired"}, seen=0)

        for statement in ("UPDATE assessment_answerwords SET words = 'x'", "DELETE FROM assessment_answerwords"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_each_write_is_in_the_audit_with_the_answers_and_no_word(self, both, one):
        mine, _ = both
        assessing.write(mine, {place("voices.child", one[0]): "A secret"}, seen=0)

        written = [event for event in asking.events() if event.act == "assessment.written"]
        assert [event.subjects for event in written] == [{one[0]}]

    def test_saving_is_no_look_at_the_childs_page(self, both, one):
        mine, _ = both
        assessing.write(mine, {place("voices.child", one[0]): "A secret"}, seen=0)

        opened = [event.record_ref for event in asking.events() if event.act == "assessment.write"]
        assert opened == [str(mine.assessment_id)]

    def test_whoever_may_not_write_writes_nothing(self, both, one):
        mine, _ = both
        reviewer = taking_out.persona("manager")
        assessing.tie(reviewer, one, ground="S")
        theirs = assessing.asked(mine.assessment_id, one[1], reviewer)

        assert assessing.see(theirs).answers
        with pytest.raises(operations.NotAllowed):
            assessing.write(theirs, {place("start.why"): "x"})

    def test_answers_of_another_assessment_are_passed_over(self, both, worker, one):
        mine, _ = both
        other = assessing.begin(one, by=worker)
        answer = assessing.see(other).answers[place("start.why")]
        given = [operations.Given(answer_id=answer.id, words="x", seen=0)]

        _, told = operations.write_answers(asked=mine, given=given, page_id=assessing.PAGE, by=worker, at=NOW)

        assert told == []
        assert assessing.see(other).words(place("start.why")) == ""


class TestWhoReads:
    def test_it_is_not_there_for_whom_the_child_is_not_opened_at_the_tier_of_plans(self, worker, teacher, one):
        asked = assessing.begin(one, by=worker)
        assessing.tie(teacher, one, ground="V")

        with pytest.raises((queries.NoSuchAssessment, people_queries.NoSuchChild)):
            assessing.see(assessing.asked(asked.assessment_id, one[1], teacher))

    def test_it_is_not_there_under_another_childs_number(self, worker, two):
        asked = assessing.begin(two[0], by=worker)
        with pytest.raises(queries.NoSuchAssessment):
            assessing.see(assessing.asked(asked.assessment_id, two[1][1], worker))

    def test_a_siblings_own_part_is_not_shown_to_whom_only_the_other_is_open(self, worker, teacher, two):
        first, second = two
        asked = assessing.begin(first, second, by=worker)
        assessing.write(
            asked,
            {
                place("voices.child", first[0]): "First",
                place("voices.child", second[0]): "Second",
                place("start.why"): "Shared",
            },
        )
        assessing.tie(teacher, first, ground="P")
        page = assessing.see(assessing.asked(asked.assessment_id, first[1], teacher))

        assert page.words(place("start.why")) == "Shared"
        assert page.words(place("voices.child", first[0])) == "First"
        assert place("voices.child", second[0]) not in page.answers
        assert [member.card is None for member in page.opened.members] == [False, True]
        with pytest.raises(operations.NotAllowed):
            operations.sign_off(asked=page_asked(page, teacher), by=teacher, at=NOW)

    def test_without_an_open_view_there_is_no_row(self, worker, one):
        assessing.begin(one, by=worker)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('joinedup.sight', '', true)")
        for table in ("assessment", "answer", "answerwords", "assessmentchild", "signedversion", "waitingwords"):
            assert asking.rows(f"SELECT 1 FROM assessment_{table}") == []


def page_asked(page, viewer):
    return assessing.asked(page.opened.row.id, page.opened.child.number, viewer)


class TestSigning:
    def test_a_complete_one_is_signed_and_what_is_written_later_is_the_next_version(self, worker, one):
        asked = assessing.begin(one, by=worker)
        with pytest.raises(rules.NotComplete):
            operations.sign_off(asked=asked, by=worker, at=NOW)
        assessing.complete(asked)

        assert operations.sign_off(asked=asked, by=worker, at=NOW) == 1
        assert assessing.see(asked).state is rules.State.SIGNED_OFF
        assert [subject["number"] for (subject,) in self.told()] == [1]
        assessing.write(asked, {place("start.why"): "It was said otherwise"}, at=LATER)
        assert assessing.see(asked).state is rules.State.BEGUN
        assert operations.sign_off(asked=asked, by=worker, at=LATER) == 2

        first, second = (queries.get_version(asked, number=number) for number in (1, 2))
        assert first.lines[place("start.why")].words == "It was said"
        assert second.lines[place("start.why")].words == "It was said otherwise"
        assert [where.code for where, line in second.lines.items() if line.has_changed] == ["start.why"]
        with pytest.raises(queries.NoSuchVersion):
            queries.get_version(asked, number=3)

    def told(self):
        import json

        return [
            (json.loads(subject) if isinstance(subject, str) else subject,)
            for (subject,) in events("assessment.signed-off")
        ]

    def test_a_signed_one_is_begun_again_and_superseded_once_the_new_one_is_signed(self, worker, one):
        asked = assessing.begin(one, by=worker)
        with pytest.raises(rules.NotInState):
            operations.begin_again(asked=asked, by=worker, at=NOW)
        assessing.complete(asked)
        operations.sign_off(asked=asked, by=worker, at=NOW)

        new = assessing.asked(operations.begin_again(asked=asked, by=worker, at=LATER), one[1], worker)
        assert assessing.see(new).words(place("start.why")) == "It was said"
        assert assessing.see(asked).state is rules.State.SIGNED_OFF
        operations.sign_off(asked=new, by=worker, at=LATER)

        assert assessing.see(asked).state is rules.State.SUPERSEDED
        with pytest.raises(rules.NotInState):
            assessing.write(asked, {place("start.why"): "x"})

    def test_an_old_one_shows_in_its_old_form(self, worker, one, monkeypatch):
        asked = assessing.begin(one, by=worker)
        changed = {**assessing_definition(), "version": "2031-01", "sections": assessing_definition()["sections"][:1]}
        monkeypatch.setattr("joinedup.processes.assessment.shipped.definition", lambda: changed)
        monkeypatch.setattr("joinedup.processes.assessment.shipped.form", lambda: rules.read_form(changed))

        new = assessing.begin(one, by=worker)
        assert assessing.see(asked).opened.form.version == "2026-11"
        assert len(assessing.see(asked).opened.form.sections) == 7
        assert assessing.see(new).opened.form.version == "2031-01"
        assert len(assessing.see(new).opened.form.sections) == 1


def assessing_definition():
    from joinedup.processes.assessment import shipped

    return shipped.definition()


class TestFamilies:
    def test_when_a_family_parts_each_keeps_its_own_copy_of_what_is_shared(self, worker, two):
        first, second = two
        asked = assessing.begin(first, second, by=worker)
        assessing.complete(asked)
        assessing.write(asked, {place("voices.child", second[0]): "From the second"})
        operations.sign_off(asked=asked, by=worker, at=NOW)

        new_id = operations.part(asked=asked, leaving=[second[0]], by=worker, at=LATER)
        new = assessing.asked(new_id, second[1], worker)

        assert assessing.see(new).words(place("voices.child", second[0])) == "From the second"
        assert assessing.see(new).words(place("start.why")) == "It was said"
        assert assessing.see(new).state is rules.State.SIGNED_OFF
        assert queries.get_version(new, number=1).lines[place("start.why")].words == "It was said"
        assert place("voices.child", second[0]) not in assessing.see(asked).answers
        assessing.write(new, {place("start.why"): "Of the second alone"})
        assert assessing.see(asked).words(place("start.why")) == "It was said"
        with pytest.raises(queries.NoSuchAssessment):
            assessing.see(assessing.asked(asked.assessment_id, second[1], worker))
        with pytest.raises(queries.NoSuchAssessment):
            assessing.see(assessing.asked(new_id, first[1], worker))

    def test_nobody_is_left_out_of_the_last_place(self, worker, two):
        asked = assessing.begin(*two, by=worker)
        with pytest.raises(rules.NobodyLeft):
            operations.part(asked=asked, leaving=[child_id for child_id, _ in two], by=worker, at=NOW)

    def test_a_sibling_is_taken_in_with_a_part_of_their_own(self, worker, two):
        first, second = two
        asked = assessing.begin(first, by=worker)
        assessing.write(asked, {place("start.why"): "Shared"})
        operations.add_child(asked=asked, joining=second[1], by=worker, at=NOW)

        page = assessing.see(assessing.asked(asked.assessment_id, second[1], worker))
        assert page.words(place("start.why")) == "Shared"
        assert page.words(place("voices.child", second[0])) == ""
        assert page.words(place("known.name", second[0]))
        with pytest.raises(rules.NotInState):
            operations.add_child(asked=asked, joining=second[1], by=worker, at=NOW)

    def test_what_was_said_of_one_goes_along_when_the_child_is_found_to_be_another(self, worker, two):
        first, second = two
        asked = assessing.begin(first, by=worker)
        assessing.write(asked, {place("voices.child", first[0]): "Mine"})
        with as_role("definer"), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE assessment_assessmentchild SET child_id = %s WHERE assessment_id = %s",
                [second[0], asked.assessment_id],
            )

        page = assessing.see(assessing.asked(asked.assessment_id, second[1], worker))
        assert page.words(place("voices.child", second[0])) == "Mine"
        assert page.opened.row.child_ids == [second[0]]
