"""What guarded agencies alone say of a child is in nobody's index but their own people's, and no word of it is told.

The guarded one here is the police ("g"); "o" and "h" are not. Belongs here: what leads to a child through such an agency.
Not here: the rows of its records, which the tables of pages and of the database hold.
"""

import pytest
from django.db import connection

from joinedup.foundation import ids
from joinedup.governance.rights import queries as rights_queries
from joinedup.processes.childindex import guarding_functions, models
from joinedup.processes.childindex.linkage import matchkeys, training
from joinedup.processes.childindex.operations import knowing, summaries
from tests.api import calling
from tests.authorisation import population, surfaces
from tests.conftest import NOW, as_role

_KEYS = (
    "SELECT child_id FROM childindex_candidates(%s::text[], %s::int[], %s, '', '1900-01-01', '2100-01-01', true, 100)"
)
_SIMILAR = "SELECT word FROM childindex_similar(%s::text[], %s::text[], %s::text[], %s)"
#: What only the police say of a child, in these tests.
POLICE_POSTCODE, POLICE_NAME = "ZZ9 9ZZ", "Qwertolin"


def _as_batch(statement: str, *given: object) -> None:
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(statement, given)


def _refresh(*children: population.Subject) -> None:
    with as_role("batch"):
        summaries.refresh([child.id for child in children], at=NOW)


def _unsay_preferred(child: population.Subject) -> None:
    """Let nobody but the police say by what name the child is called."""
    _as_batch(
        "UPDATE records_identitystatement SET preferred_name = '' WHERE source_record_id = ANY(%s)",
        [child.records["o"], child.records["h"]],
    )
    _refresh(child)


def _leave_to_police(child: population.Subject) -> None:
    """Let nobody but the police know the child."""
    for agency in "oh":
        _as_batch(
            "UPDATE records_identitystatement SET is_current = false WHERE source_record_id = %s", child.records[agency]
        )
        _as_batch(
            "UPDATE childindex_link l SET ended_at = now() FROM records_sourcerecord s "
            "WHERE s.person_record_id = l.person_record_id AND s.id = %s",
            child.records[agency],
        )
    _refresh(child)


def _police_say(child: population.Subject, *, agency_id: object) -> None:
    """Let the police alone say a postcode and a name, and let the child be searched for by them."""
    _as_batch(
        "UPDATE records_identitystatement SET postcode = %s, former_family_name = %s WHERE source_record_id = %s",
        POLICE_POSTCODE,
        POLICE_NAME,
        child.records["g"],
    )
    _as_batch(
        "INSERT INTO childindex_nameword (word, sound) VALUES (%s, 'qwrtln') ON CONFLICT DO NOTHING",
        POLICE_NAME.lower(),
    )
    for key in (f"p:{POLICE_POSTCODE.replace(' ', '')}", f"n:{POLICE_NAME.lower()}"):
        _as_batch(
            "INSERT INTO childindex_searchkey (value, person_record_id) SELECT %s, person_record_id "
            "FROM records_sourcerecord WHERE id = %s",
            f"{agency_id.hex}:{key}",
            child.records["g"],
        )
    _refresh(child)


#: The header by which a program says why it looks.
WHY = {"Joinedup-Purpose": "referral"}


class TestWhoAChildIs:
    @pytest.mark.parametrize("role", ["universal", "safeguarding_lead", "manager", "steward", "front_door"])
    def test_what_only_a_guarded_agency_says_of_who_a_child_is_is_not_in_the_index(self, everyone, role):
        child = everyone.child("E")
        _unsay_preferred(child)
        client = surfaces.sign_in(everyone.person(role))
        surfaces.say_why(client, [child])
        page = client.get(f"/child/{child.number}").content.decode()
        card = calling.get(client, f"/children/{child.number}", **WHY)

        assert (card.status_code, child.family in page) == (200, True)
        assert child.word("g", "preferred") not in surfaces.words_in(page + card.content.decode())

    def test_nor_in_what_the_database_shows_of_the_index(self, everyone):
        child = everyone.child("E")
        _unsay_preferred(child)
        surfaces.enter(everyone.person("manager"))

        assert surfaces.rows("SELECT known_as FROM people_childsummary WHERE child_id = %s", child.id) == [("",)]

    @pytest.mark.parametrize("shows_second_factor", [True, False])
    def test_its_own_people_read_it_with_their_second_factor(self, everyone, shows_second_factor):
        child = everyone.child("N", home="g")
        _unsay_preferred(child)
        client = surfaces.sign_in(everyone.person("police", "g"), shows_second_factor=shows_second_factor)
        surfaces.say_why(client, [child])
        card = calling.get(client, f"/children/{child.number}", **WHY).json()

        assert (card["known_as"] == child.word("g", "preferred")) == shows_second_factor

    @pytest.mark.parametrize("shows_second_factor", [True, False])
    def test_so_does_whoever_may_read_what_is_sensitive_of_the_child(self, everyone, shows_second_factor):
        child = everyone.child("B")
        _unsay_preferred(child)
        client = surfaces.sign_in(everyone.person("social_worker"), shows_second_factor=shows_second_factor)
        surfaces.say_why(client, [child])
        card = calling.get(client, f"/children/{child.number}", **WHY).json()

        assert (card["known_as"] == child.word("g", "preferred")) == shows_second_factor

    def test_how_many_records_there_are_does_not_tell_of_it(self, everyone):
        child = everyone.child("E")
        surfaces.enter(everyone.person("manager"))

        assert surfaces.rows(
            "SELECT record_count, agency_count FROM people_childsummary WHERE child_id = %s", child.id
        ) == [(2, 2)]


class TestWhomItAloneKnows:
    @pytest.fixture
    def child(self, everyone):
        known = everyone.child("N")
        _leave_to_police(known)
        return known

    @pytest.mark.parametrize("role", ["manager", "steward", "front_door", "shield_officer", "police"])
    def test_a_child_whom_only_a_guarded_agency_knows_is_not_in_the_index_of_others(self, everyone, child, role):
        assert child.id not in surfaces.in_index(everyone.person(role, "h"))
        assert not surfaces.led_to_by_number(child)
        assert surfaces.rows("SELECT * FROM childindex_relate(%s)", child.number) == []

    def test_the_child_is_answered_for_as_one_who_never_was(self, everyone, child):
        client = surfaces.sign_in(everyone.person("manager"))
        surfaces.say_why(client, [child])

        assert client.get(f"/child/{child.number}").status_code == 404
        assert child.number not in surfaces.found_by(client, number=child.number)

    def test_nobody_breaks_glass_for_them(self, everyone, child):
        surfaces.enter(everyone.person("out_of_hours"), purpose="emergency", subjects=[child.id])
        broken = surfaces.rows(
            "SELECT breakglass_break(%s, %s, %s, 'missing', %s, 60, now())",
            ids.uuid7(),
            ids.uuid7(),
            child.id,
            "Found alone at the station at night",
        )

        assert broken == [(False,)]

    def test_they_are_in_no_count_of_others(self, everyone):
        surfaces.enter(everyone.person("manager"))
        ((before,),) = surfaces.rows("SELECT children FROM childindex_counts(true)")
        _leave_to_police(everyone.child("N"))
        surfaces.enter(everyone.person("manager"))
        ((others,),) = surfaces.rows("SELECT children FROM childindex_counts(true)")
        surfaces.enter(everyone.person("police", "g"))
        ((own,),) = surfaces.rows("SELECT children FROM childindex_counts(true)")

        assert (others, own) == (before - 1, before)

    def test_its_own_people_find_them_and_are_told_who_they_are_with_their_second_factor(self, everyone, child):
        person = everyone.person("police", "g")
        assert child.id in surfaces.in_index(person)
        client = surfaces.sign_in(person)
        begun = calling.post(client, "/searches", {"name": f"Ada {child.family}", "birth_date": str(child.born)}).json()
        (found,) = calling.get(client, f"/searches/{begun['token']}").json()["children"]

        assert (found["number"], found["name"]) == (child.number, f"Ada {child.family}")

    def test_a_sealed_one_is_a_stub_to_its_own_people_alone(self, everyone):
        child = everyone.child("N", "sealed")
        _leave_to_police(child)
        client = surfaces.sign_in(everyone.person("front_door"))

        assert surfaces.protected_by(client, number=child.number) == set()

    def test_how_long_their_record_is_kept_follows_from_what_the_agency_says(self, child):
        with as_role("batch"):
            kept = rights_queries.get_keeping(child_id=child.id)

        assert kept is not None
        assert kept.keeping.until is not None
        assert kept.keeping.until > child.born

    def test_they_are_like_any_other_once_someone_else_knows_them(self, everyone, child):
        _as_batch(
            "UPDATE childindex_link l SET ended_at = NULL FROM records_sourcerecord s "
            "WHERE s.person_record_id = l.person_record_id AND s.id = %s",
            child.records["o"],
        )
        _refresh(child)

        assert child.id in surfaces.in_index(everyone.person("manager"))


class TestByWhatTheyAreFound:
    @pytest.fixture
    def child(self, everyone):
        known = everyone.child("N")
        _police_say(known, agency_id=everyone.agency_ids["g"])
        return known

    @pytest.mark.parametrize("key", ["p:ZZ99ZZ", f"n:{POLICE_NAME.lower()}"])
    def test_what_only_a_guarded_agency_says_leads_nobody_else_to_the_child(self, everyone, child, key):
        for asked in (key, f"{everyone.agency_ids['g'].hex}:{key}"):
            surfaces.enter(everyone.person("manager"))

            assert surfaces.rows(_KEYS, [asked], [0], 1) == []

    def test_it_leads_its_own_people_there(self, everyone, child):
        surfaces.enter(everyone.person("police", "g"))

        assert surfaces.rows(_KEYS, ["p:ZZ99ZZ", f"n:{POLICE_NAME.lower()}"], [0, 1], 2) == [(child.id,)]


class TestByWhatTheyAreRecognised:
    """Whoever states a person learns of no child whom only a guarded agency knows, nor by what it alone says."""

    @pytest.fixture
    def child(self, everyone):
        with as_role("batch"):
            models.ModelVersion.objects.update(model={"splink": training.untrained().settings(), "by_hand": {}})
        return everyone.child("N")

    def _ask(self, person, child, **more):
        stated = {"given_name": "Ada", "family_name": child.family, "birth_date": str(child.born), **more}
        return calling.post(surfaces.sign_in(person), "/matches", stated).json()

    def test_whom_it_alone_knows_is_answered_for_as_one_who_never_was(self, everyone, child):
        assert child.number in _numbers(self._ask(everyone.person("manager"), child))
        _leave_to_police(child)
        _know(child)

        for role in ("manager", "steward", "front_door", "safeguarding_lead"):
            answer = self._ask(everyone.person(role), child)
            assert answer == {"answer": "not_known", "doubt": "none", "children": []}, role
        assert child.number in _numbers(self._ask(everyone.person("police", "g"), child))

    def test_what_it_alone_says_weighs_nothing_for_others(self, everyone, child):
        _police_say(child, agency_id=everyone.agency_ids["g"])
        _know(child)
        as_police_say = {"family_name": POLICE_NAME, "postcode": POLICE_POSTCODE}
        as_nobody_says = {"family_name": "Mbuvexit", "postcode": "ZX8 8ZX"}
        manager, officer = everyone.person("manager"), everyone.person("police", "g")

        assert self._ask(manager, child, **as_police_say) == self._ask(manager, child, **as_nobody_says)
        told, untold = (
            _weight(self._ask(officer, child, **said), child.number) for said in (as_police_say, as_nobody_says)
        )
        assert told > untold

    def test_what_it_says_takes_no_place_from_what_others_say_under_the_same_key(self, everyone, child):
        ((key,),) = _rows_as_batch(
            "SELECT max(k.key) FROM childindex_knownalias a JOIN childindex_matchkey k ON k.alias_id = a.id "
            "JOIN records_sourcerecord s ON s.person_record_id = a.person_record_id WHERE s.id = %s",
            child.records["o"],
        )
        _as_batch(
            "INSERT INTO childindex_matchkey (key, alias_id) SELECT %s, -n FROM generate_series(1, %s) n",
            key,
            matchkeys.MOST_OF_ONE_KEY,
        )
        _as_batch(
            "INSERT INTO childindex_knownalias (id, person_record_id, agency_id, said, home, keys, is_home_held, is_weighed) "
            "SELECT -n, a.person_record_id, a.agency_id, a.said, a.home, '{}', false, true FROM generate_series(1, %s) n, "
            "childindex_knownalias a JOIN records_sourcerecord s ON s.person_record_id = a.person_record_id WHERE s.id = %s",
            matchkeys.MOST_OF_ONE_KEY,
            child.records["g"],
        )
        surfaces.enter(everyone.person("manager"))

        assert child.id in {
            found for (found,) in surfaces.rows("SELECT child_id FROM childindex_alike(%s::bigint[], true, 2)", [key])
        }


def _numbers(answer):
    return {child["number"] for child in answer["children"]}


def _weight(answer, number):
    return next(child["weight"] for child in answer["children"] if child["number"] == number)


def _know(child: population.Subject) -> None:
    """Keep the aliases of a child's records as what counts now says them."""
    with as_role("batch"):
        people = surfaces.rows(
            "SELECT person_record_id FROM records_sourcerecord WHERE id = ANY(%s)", list(child.records.values())
        )
        knowing.know([person for (person,) in people])


def _rows_as_batch(statement: str, *given: object) -> list[tuple]:
    with as_role("batch"):
        return surfaces.rows(statement, *given)


class TestWordsThatAreTold:
    def test_a_word_that_occurs_only_in_a_sealed_childs_name_is_told_to_nobody(self, everyone):
        family = everyone.child("N", "sealed").family.lower()
        for role in ("universal", "manager", "shield_officer"):
            surfaces.enter(everyone.person(role))

            assert surfaces.rows("SELECT * FROM childindex_similar('{}', '{}', %s, 100)", [family]) == []

    def test_nor_one_that_only_a_guarded_agency_says(self, everyone):
        _police_say(everyone.child("N"), agency_id=everyone.agency_ids["g"])
        for person in (everyone.person("manager"), everyone.person("police", "g")):
            surfaces.enter(person)

            assert surfaces.rows(_SIMILAR, [], ["qwrtln"], ["qwert"], 100) == []

    def test_what_is_not_told_does_not_stand_in_the_way_of_what_is(self, everyone):
        told, family = everyone.child("N").family.lower(), everyone.child("N", "sealed").family.lower()
        surfaces.enter(everyone.person("manager"))
        everything = [word for (word,) in surfaces.rows(_SIMILAR, [], [], [""], 10_000)]

        assert told in everything
        assert family not in everything
        assert len(surfaces.rows(_SIMILAR, [], [], [""], len(everything))) == len(everything)

    def test_it_is_told_again_when_the_seal_is_lifted(self, everyone):
        child = everyone.child("N", "sealed")
        _as_batch("UPDATE people_child SET is_sealed = false WHERE id = %s", child.id)
        surfaces.enter(everyone.person("universal"))
        family = child.family.lower()

        assert surfaces.rows(_SIMILAR, [], [], [family], 100) == [(family,)]


def test_an_installation_from_before_is_put_right_once(everyone):
    apart, alone = everyone.child("E"), everyone.child("N")
    _unsay_preferred(apart)
    _leave_to_police(alone)
    with as_role("batch"):
        now = _state()
    # As an earlier version left it: keys without their agency, everybody's words in the index, nobody marked.
    _as_batch(
        "UPDATE people_childsummary SET known_as = %s, record_count = 3 WHERE child_id = %s",
        apart.word("g", "preferred"),
        apart.id,
    )
    _as_batch("UPDATE people_childsummary SET known_only_to = NULL")
    _as_batch("UPDATE people_child SET known_only_to = NULL")
    _as_batch(
        "WITH gone AS (DELETE FROM childindex_searchkey WHERE value ~ '^[0-9a-f]{32}:' RETURNING *) "
        "INSERT INTO childindex_searchkey (value, person_record_id) SELECT substr(value, 34), person_record_id FROM gone"
    )
    with as_role("definer"), connection.cursor() as cursor:
        for change in guarding_functions.APART_FROM_NOW:
            cursor.execute(change)

    with as_role("batch"):
        assert _state() == now


def _state() -> tuple[list[tuple], ...]:
    return tuple(
        surfaces.rows(statement)
        for statement in (
            "SELECT value, person_record_id FROM childindex_searchkey ORDER BY 1, 2",
            "SELECT id, known_only_to FROM people_child ORDER BY 1",
            "SELECT child_id, known_as, sort_name, birth_date, record_count, known_only_to FROM people_childsummary ORDER BY 1",
        )
    )
