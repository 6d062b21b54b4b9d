"""The form that ships: three domains, fourteen elements, strengths beside needs, no score, and few things required."""

import copy
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.assessment import rules, shipped

DOMAINS = ("child", "parents", "family_environment")
CHILDREN = st.lists(st.uuids(), min_size=1, max_size=8, unique=True)


def elements(form):
    return {field.code.rpartition(".")[0] for field in form.fields() if field.element}


def test_there_are_three_domains_and_fourteen_elements_each_with_strengths_and_needs():
    form = shipped.form()

    assert [section.code for section in form.sections if section.code in DOMAINS] == list(DOMAINS)
    assert len(elements(form)) == 14
    for element in elements(form):
        assert form.field(f"{element}.strengths").about == form.field(f"{element}.needs").about


def test_nothing_is_answered_by_a_number():
    kinds = {field.kind for field in shipped.form().fields()}

    assert kinds == {rules.Kind.WORDS, rules.Kind.CHOICE, rules.Kind.LEVEL, rules.Kind.KNOWN}
    assert [field.code for field in shipped.form().fields() if "score" in (field.label + field.hint).lower()] == []


def test_the_childs_own_words_are_asked_first():
    assert next(shipped.form().fields()).code == "voices.child"


def test_at_most_twelve_answers_are_required_of_whoever_assesses_one_child():
    required = [field.code for field in shipped.form().fields() if field.is_required]

    print(f"required of one child: {len(required)}: {', '.join(required)}")
    assert len(required) <= rules.MOST_REQUIRED == 12


def test_what_the_system_knows_is_not_required():
    assert [f.code for f in shipped.form().fields() if f.is_required and f.kind is rules.Kind.KNOWN] == []


def test_parents_and_home_are_written_once_and_each_childs_own_part_apart():
    form = shipped.form()

    assert {field.about for field in form.section("parents").fields} == {rules.About.FAMILY}
    assert {field.about for field in form.section("family_environment").fields} == {rules.About.FAMILY}
    assert {field.about for field in form.section("child").fields} == {rules.About.CHILD}
    assert form.field("voices.child").about is rules.About.CHILD


@given(CHILDREN)
def test_each_shared_field_has_one_place_and_each_other_one_a_child(children):
    form = shipped.form()
    places = list(rules.places(form, children))

    assert len(places) == len(set(places))
    for field in form.fields():
        about = [place.child_id for place in places if place.code == field.code]
        assert about == ([None] if field.about is rules.About.FAMILY else children)


def test_a_level_of_need_is_read_with_its_text_and_nothing_suggests_one():
    levels = shipped.levels()

    assert [one.level for one in levels.levels] == ["1", "2", "3", "4"]
    assert all(one.meaning and one.entry and one.source for one in levels.levels)
    assert levels.name_of("2") == "Level 2: Additional"
    assert levels.name_of("9") == "9"


def spoilt(change):
    given = copy.deepcopy(shipped.definition())
    change(given)
    return given


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda form: form["sections"].append(form["sections"][0]), "twice"),
        (lambda form: form["sections"][0].pop("code"), "code"),
        (lambda form: form["sections"][2]["fields"][0].update(is_required=True), "fills in"),
        (lambda form: form["sections"][0]["fields"][0].update(kind="score"), "score"),
        (lambda form: form["sections"][0]["fields"][0].update(kind="choice"), "nothing to choose"),
        (lambda form: [one.update(is_required=True) for one in form["sections"][1]["fields"]], "at most 12"),
        (lambda form: form.update(sections=7), "cannot be read"),
    ],
)
def test_a_form_that_nobody_could_fill_in_is_refused_in_words(change, said):
    with pytest.raises(rules.UnreadableForm, match=said):
        rules.read_form(spoilt(change))


def test_levels_that_cannot_be_read_are_refused_in_words():
    with pytest.raises(rules.UnreadableLevels, match="cannot be read"):
        rules.read_levels({"version": "1", "from_date": "2026-11-28", "levels": [{"level": 1}]})


def test_a_field_that_this_version_lacks_is_none():
    with pytest.raises(rules.NoSuchField):
        shipped.form().field("child.shoe_size")
    assert shipped.form().section("shoes") is None


class TestSigning:
    form = shipped.form()

    def complete(self, children):
        return dict.fromkeys(rules.places(self.form, children), "Said")

    def check(self, children, answers, **given):
        said = {"state": rules.State.BEGUN, "children": children, "answers": answers, "waiting": 0} | given
        rules.check_can_sign(self.form, **said)

    @given(CHILDREN)
    def test_what_is_complete_is_signed(self, children):
        self.check(children, self.complete(children))

    @given(CHILDREN, st.data())
    def test_one_required_answer_that_is_empty_is_named(self, children, data):
        required = [place for place in rules.places(self.form, children) if self.form.field(place.code).is_required]
        lacking = data.draw(st.sampled_from(required))

        with pytest.raises(rules.NotComplete) as refusal:
            self.check(children, self.complete(children) | {lacking: " \n"})
        assert refusal.value.missing == (lacking,)

    def test_two_answers_written_at_once_are_chosen_from_first(self):
        children = [uuid.uuid4()]
        with pytest.raises(rules.StillBeside):
            self.check(children, self.complete(children), waiting=1)

    @pytest.mark.parametrize("state", [rules.State.SIGNED_OFF, rules.State.SUPERSEDED])
    def test_what_is_signed_or_superseded_is_not_signed_again(self, state):
        children = [uuid.uuid4()]
        with pytest.raises(rules.NotInState):
            self.check(children, self.complete(children), state=state)


@given(CHILDREN, st.data())
def test_children_part_while_somebody_stays(children, data):
    leaving = data.draw(st.lists(st.sampled_from(children), unique=True))

    if not leaving:
        with pytest.raises(rules.NotInState):
            rules.check_can_part(leaving=leaving, children=children)
    elif set(leaving) == set(children):
        with pytest.raises(rules.NobodyLeft):
            rules.check_can_part(leaving=leaving, children=children)
    else:
        rules.check_can_part(leaving=leaving, children=children)
    with pytest.raises(rules.NotInState):
        rules.check_can_part(leaving=[uuid.UUID(int=0)], children=children)
