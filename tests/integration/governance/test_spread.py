"""Where a sealed child lives, nothing that is known of anyone else leads there, until the last seal is lifted."""

import contextlib
import dataclasses
from collections.abc import Iterator

import pytest
from django.db import connection

from joinedup.exchange.intake import undoing
from joinedup.exchange.opening import formats
from joinedup.processes.childindex import queries
from joinedup.processes.childindex.operations import summaries
from tests.api import calling
from tests.conftest import NOW, TODAY, as_role
from tests.integration.governance import sealers
from tests.integration.intake import bringing
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_HOUSEHOLDS = """
SELECT DISTINCT ON (s.sort_name, c.id) c.number, o.number, s.address, s.postcode, i.source_record_id, a.code, o.id
FROM people_childsummary s
JOIN people_childsummary z ON lower(z.address) = lower(s.address) AND z.postcode = s.postcode AND z.child_id <> s.child_id
JOIN people_child c ON c.id = s.child_id
JOIN people_child o ON o.id = z.child_id
JOIN childindex_link l ON l.child_id = o.id AND l.ended_at IS NULL
JOIN records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current AND i.postcode = s.postcode
     AND lower(i.address) = lower(s.address)
JOIN records_personrecord p ON p.id = l.person_record_id
JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
WHERE s.postcode <> '' AND s.address ~ '^[0-9]+ [A-Za-z]+ ' AND s.family_name <> ''
ORDER BY s.sort_name, c.id, i.id LIMIT 1
"""
#: All of a database that a seal touches beside the seal itself.
_TOUCHED = (
    "SELECT value, person_record_id::text FROM childindex_searchkey",
    "SELECT id::text, address, postcode FROM records_identitystatement",
    "SELECT child_id::text, address, postcode, is_sealed FROM people_childsummary",
    "SELECT statement_id::text FROM records_heldaddress",
    "SELECT value, child_id::text FROM childindex_stubkey",
    "SELECT id::text, is_home_held::text FROM childindex_knownalias",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Home:
    """A child who will be sealed, one who lives at the same address, and an agency's record that says so."""

    child: str
    sibling: str
    address: str
    postcode: str
    record: str
    agency: str
    sibling_id: str

    @property
    def street(self) -> str:
        return self.address.split(",")[0]


@pytest.fixture
def home() -> Home:
    with asking.peeking():
        ((child, sibling, address, postcode, record, agency, sibling_id),) = asking.rows(_HOUSEHOLDS)
    return Home(
        child=child,
        sibling=sibling,
        address=address,
        postcode=postcode,
        record=str(record),
        agency=agency,
        sibling_id=str(sibling_id),
    )


@pytest.fixture
def hidden(home) -> Home:
    """The same home, once the child is sealed."""
    sealers.seal(home.child)
    return home


@contextlib.contextmanager
def as_definer() -> Iterator[None]:
    with as_role("definer"):
        yield


def touched() -> list[set[tuple]]:
    with as_definer():
        return [set(asking.rows(statement)) for statement in _TOUCHED]


def addresses_of(number: str) -> set[tuple[str, str]]:
    """Return address and postcode as each agency's records of a child say them now."""
    with asking.peeking():
        return set(
            asking.rows(
                "SELECT i.address, i.postcode FROM people_child c JOIN childindex_link l ON l.child_id = c.id "
                "AND l.ended_at IS NULL JOIN records_identitystatement i ON i.person_record_id = l.person_record_id "
                "WHERE c.number = %s",
                number,
            )
        )


def found_at(postcode: str) -> set[str]:
    """Return whom a steward finds by a postcode alone."""
    return {one.card.number for one in asking.found_by(asking.steward(), postcode=postcode)}


def page_of(number: str, username: str = "manager") -> queries.ChildPage:
    return queries.get_child_page(viewer=sealers.person(username), number=number, purpose="referral", on=TODAY)


def record_page(home: Home) -> queries.RecordPage:
    return queries.get_record_page(
        viewer=asking.lead_of(home.agency), source_record_id=home.record, number=home.sibling, purpose="referral"
    )


def bring(*rows: str) -> None:
    """Bring in what a club says of who lives where, as the loads do."""
    heading = "local_id,given_name,family_name,date_of_birth,address,postcode,service,service_type,carer_1_name"
    numbered = [f"club-{place},{row},,," for place, row in enumerate(rows, start=1)]
    content = "\r\n".join([heading, *numbered, ""]).encode()
    with as_role("batch"):
        bringing.load(formats.Source.of_bytes("club.csv", content), bringing.agency("club", kind="leisure"))


def brought() -> list[tuple[str, str]]:
    """Return address and postcode of what the club said, in its order."""
    with asking.peeking():
        return asking.rows(
            "SELECT i.address, i.postcode FROM records_identitystatement i JOIN records_personrecord p "
            "ON p.id = i.person_record_id WHERE p.local_id LIKE 'club-%%' ORDER BY p.local_id"
        )


class TestTheSibling:
    def test_before_the_seal_all_of_it_is_shown(self, home):
        page, record = page_of(home.sibling), record_page(home)

        assert page.card.postcode == home.postcode
        assert home.child in {other.number for other in page.others_at_home}
        assert record.content is not None
        assert home.postcode.encode() in record.content
        assert {home.child, home.sibling} <= found_at(home.postcode)

    def test_their_page_says_no_address_and_names_no_child_at_home(self, hidden):
        page = page_of(hidden.sibling)

        assert (page.card.address, page.card.postcode) == ("", "")
        said = {saying.value for fact in page.facts for saying in fact.sayings}
        assert not {hidden.postcode, hidden.address} & said
        assert hidden.child not in {other.number for other in page.others_at_home}
        client = calling.signed_in("manager")
        visiting.open_child(client, hidden.sibling)
        body = visiting.body(client, f"/child/{hidden.sibling}")
        assert hidden.postcode not in body
        assert hidden.street not in body
        for part in calling.PARTS:
            answer = calling.get(client, f"/children/{hidden.sibling}{part}", **{"Joinedup-Purpose": "referral"})
            assert answer.status_code == 200
            assert hidden.postcode.encode() not in answer.content
            assert hidden.street.encode() not in answer.content

    def test_the_record_that_says_it_is_withheld_even_from_who_sent_it(self, hidden):
        record = record_page(hidden)

        assert record.content is None
        assert record.identity is not None
        assert (record.identity.address, record.identity.postcode) == ("", "")

    def test_nobody_is_found_by_where_the_child_lives(self, hidden):
        assert not {hidden.child, hidden.sibling} & found_at(hidden.postcode)
        with as_definer():
            there = asking.rows(
                "SELECT 1 FROM childindex_searchkey k JOIN childindex_link l ON l.person_record_id = k.person_record_id "
                "AND l.ended_at IS NULL WHERE k.value = %s AND l.child_id = %s",
                f"p:{hidden.postcode.replace(' ', '')}",
                hidden.sibling_id,
            )
        assert there == []

    def test_nobody_is_recognised_by_where_the_child_lives(self, hidden):
        """Whoever states the sibling learns the same, whether they state that home or another in its neighbourhood."""
        client = calling.signed_in("manager")
        card = page_of(hidden.sibling).card
        stated = {"given_name": card.given_name, "family_name": card.family_name}
        answers = [
            calling.post(client, "/matches", {**stated, **home}).json()
            for home in (
                {"postcode": f"{hidden.postcode[:-2]}ZZ"},
                {"postcode": hidden.postcode},
                {"postcode": hidden.postcode, "address": hidden.address},
            )
        ]

        said = [
            [(child["weight"], child["evidence"]) for child in answer["children"] if child["number"] == hidden.sibling]
            for answer in answers
        ]
        assert said[0] == said[1] == said[2]

    def test_it_stays_so_when_everyone_is_described_anew(self, hidden):
        with as_role("batch"):
            summaries.refresh_all(at=NOW)

        # Another agency may say that they live elsewhere.
        card = page_of(hidden.sibling).card
        assert card.address != hidden.address
        assert card.postcode != hidden.postcode

    def test_no_statement_of_ones_own_reads_what_is_held(self, hidden):
        page_of(hidden.sibling)

        for table in ("records_heldaddress", "childindex_stubkey", "childindex_heldrecord"):
            assert asking.rows(f"SELECT * FROM {table}") == []
        officer = sealers.person("shield-officer")
        queries.get_sealed(viewer=officer)
        assert asking.rows("SELECT * FROM records_heldaddress") == []


class TestWhatIsSaidLater:
    @pytest.mark.parametrize("respelt", ["{street}", "{STREET}", "{number}  {name}.", "{street}, The Town"])
    def test_it_is_held_too_however_the_street_is_written(self, hidden, respelt):
        number, _, name = hidden.street.partition(" ")
        written = respelt.format(street=hidden.street, STREET=hidden.street.upper(), number=number, name=name)
        bring(f'Someone,Else,2012-02-02,"{written}",{hidden.postcode}')

        assert brought() == [("", "")]
        assert found_at(hidden.postcode).isdisjoint({hidden.child, hidden.sibling})

    def test_of_who_bears_the_name_a_postcode_alone_is_held(self, hidden):
        with asking.peeking():
            ((family,),) = asking.rows(
                "SELECT s.family_name FROM people_childsummary s JOIN people_child c ON c.id = s.child_id "
                "WHERE c.number = %s",
                hidden.child,
            )
        bring(f'Sister,"{family}",2012-02-02,,{hidden.postcode}', f"Someone,Else,2012-02-02,,{hidden.postcode}")

        assert brought() == [("", ""), ("", hidden.postcode)]

    def test_of_who_lives_there_a_postcode_alone_is_held_under_any_name(self, home, settings):
        settings.ARRIVAL_MOST_RECORDS = 0
        bring(f"Someone,Else,2012-02-02,,{home.postcode}")
        visiting.write_as_batch(
            "INSERT INTO childindex_link (id, person_record_id, child_id, run_id, made_at) "
            "SELECT gen_random_uuid(), p.id, %s, (SELECT id FROM childindex_linkrun LIMIT 1), now() "
            "FROM records_personrecord p WHERE p.local_id LIKE 'club-%%'",
            home.sibling_id,
        )
        sealers.seal(home.child)

        assert brought() == [("", "")]

    def test_whoever_lives_in_another_house_is_found_as_ever(self, hidden):
        bring(f'Someone,Else,2012-02-02,"9999 Elsewhere Row",{hidden.postcode}')

        assert brought() == [("9999 Elsewhere Row", hidden.postcode)]

    def test_where_the_child_moves_is_hidden_as_well(self, hidden):
        bring('Someone,Else,2012-02-02,"9999 Elsewhere Row",ZZ9 9ZZ')
        assert brought() == [("9999 Elsewhere Row", "ZZ9 9ZZ")]
        visiting.write_as_batch(
            "UPDATE records_identitystatement i SET address = '9999 Elsewhere Row', postcode = 'ZZ9 9ZZ' "
            "FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
            "WHERE l.person_record_id = i.person_record_id AND l.ended_at IS NULL AND c.number = %s AND i.postcode <> ''",
            hidden.child,
        )
        visiting.write_as_batch("SELECT childindex_spread()")

        assert brought() == [("", "")]

    def test_a_file_that_said_it_can_be_taken_back(self, hidden):
        bring(f'Someone,Else,2012-02-02,"{hidden.street}",{hidden.postcode}')
        with asking.peeking():
            ((batch_id,),) = asking.rows(
                "SELECT b.id FROM records_batch b JOIN agencies_agency a ON a.id = b.agency_id WHERE a.code = 'club'"
            )
        with as_role("batch"):
            undoing.undo(batch_id=batch_id, by=bringing.MACHINE)
        sealers.lift(hidden.child)

        with as_definer():
            left = asking.rows(
                "SELECT 1 FROM childindex_searchkey k JOIN records_personrecord p ON p.id = k.person_record_id "
                "WHERE p.local_id LIKE 'club-%%'"
            )
        assert left == []


class TestLifting:
    def test_everything_is_put_back(self, home):
        with as_role("batch"):
            summaries.refresh_all(at=NOW)
        before = touched()
        sealers.seal(home.child)
        assert touched() != before
        sealers.lift(home.child)
        # Who lives there is described anew by the next link run.
        with as_role("batch"):
            summaries.refresh_all(at=NOW)

        assert touched() == before
        page = page_of(home.sibling)
        assert page.card.postcode == home.postcode
        assert home.child in {other.number for other in page.others_at_home}
        assert record_page(home).content is not None

    def test_another_seal_at_the_same_address_goes_on_hiding_it(self, hidden):
        sealers.seal(hidden.sibling)
        sealers.lift(hidden.child)
        with as_role("batch"):
            summaries.refresh_all(at=NOW)

        assert not any(hidden.postcode in said for said in addresses_of(hidden.child))
        assert hidden.child not in found_at(hidden.postcode)
        assert page_of(hidden.child).card.postcode != hidden.postcode
        sealers.lift(hidden.sibling)
        assert any(hidden.postcode in said for said in addresses_of(hidden.child))
        assert {hidden.child, hidden.sibling} <= found_at(hidden.postcode)

    def test_of_two_who_are_sealed_at_one_address_the_second_hides_it_when_the_first_has_moved(self, hidden):
        sealers.seal(hidden.sibling)
        visiting.write_as_batch(
            "UPDATE records_identitystatement i SET is_current = false FROM childindex_link l "
            "JOIN people_child c ON c.id = l.child_id WHERE l.person_record_id = i.person_record_id AND c.number = %s",
            hidden.child,
        )
        bring(f'Someone,Else,2012-02-02,"{hidden.street}",{hidden.postcode}')

        assert brought() == [("", "")]


def test_where_nobody_is_sealed_nothing_is_held(home):
    bring(f'Someone,Else,2012-02-02,"{home.street}",{home.postcode}')

    assert brought() == [(home.street, home.postcode)]
    with as_definer(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_heldaddress")
        assert cursor.fetchone() == (0,)
