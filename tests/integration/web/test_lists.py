"""Every list is paged, sorted and narrowed on the server; its address can be shared; it costs the same however long it is."""

import urllib.parse

import pytest
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_BATCHES = """
INSERT INTO records_batch (id, agency_id, file_id, file_name, format, recognised, state, message, legal_basis, received_at,
    received_by_name, undone_at, undone_by_name, rows_read, rows_new, rows_changed, rows_duplicate, rows_refused,
    read_through_byte, read_through_line)
SELECT gen_random_uuid(), b.agency_id, b.file_id, 'Zebra ' || lpad(n::text, 3, '0') || '.csv', b.format, b.recognised, 'undone',
    '', '', b.received_at - n * interval '1 day', 'a test', b.received_at, 'a test', 3 * n + 5, 2 * n, 5, 0, n, 0, 0
FROM generate_series(1, 60) n, (SELECT * FROM records_batch ORDER BY received_at, id LIMIT 1) b
"""
_REFUSALS = """
INSERT INTO records_refusal (id, batch_id, line_number, byte_start, byte_length, reasons)
SELECT gen_random_uuid(), b.id, n + 1, n * 10, 10, '["dob: it is not a date", "upn: it is empty"]'
FROM generate_series(1, 120) n, (SELECT id FROM records_batch WHERE file_name = 'Zebra 060.csv') b
"""


def batches() -> list[tuple[str, str]]:
    """Return every batch's file name and agency."""
    with asking.peeking():
        return asking.rows(
            "SELECT b.file_name, a.name FROM records_batch b JOIN agencies_agency a ON a.id = b.agency_id"
        )


def files_shown(page: str) -> list[str]:
    return visiting.texts(r'<th scope="row"[^>]*>\s*<a[^>]*>(.*?)</a>', page)


class TestFiles:
    def test_the_pages_together_hold_every_file_once(self, analyst):
        visiting.write_as_batch(_BATCHES)

        found = visiting.all_pages(analyst, "/files", files_shown)

        assert len(found) == len(batches())
        assert len([name for name in found if name.startswith("Zebra")]) == 60
        assert f"Showing 26 to 50 of {len(found)} files" in visiting.body(analyst, "/files?from=26")

    @pytest.mark.parametrize(("sort", "label"), [("agency", "Agency"), ("taken", "Taken"), ("refused", "Refused")])
    def test_a_column_sorts_the_whole_list_both_ways(self, analyst, sort, label):
        visiting.write_as_batch(_BATCHES)
        with asking.peeking():
            by_name = "SELECT name, rank() OVER (ORDER BY lower(name)) FROM agencies_agency"
            order = dict(asking.rows(by_name)) if sort == "agency" else {}

        def places(page: str) -> list[int]:
            cells = visiting.texts(rf'data-label="{label}">(.*?)</td>', page)
            return [order[cell] if order else int(cell.replace(",", "")) for cell in cells]

        upward = visiting.all_pages(analyst, f"/files?sort={sort}", places)
        downward = visiting.all_pages(analyst, f"/files?sort=-{sort}", places)

        assert len(upward) == len(batches())
        assert upward == sorted(upward)
        assert downward == upward[::-1]

    @pytest.mark.parametrize(("sort", "first"), [("file", 1), ("-file", 60), ("received", 60), ("-received", 1)])
    def test_files_stand_by_name_and_by_when_they_came(self, analyst, sort, first):
        visiting.write_as_batch(_BATCHES)

        found = visiting.all_pages(analyst, f"/files?state=undone&sort={sort}", files_shown)

        expected = [f"Zebra {n:03}.csv" for n in range(1, 61)]
        assert found == (expected if first == 1 else expected[::-1])

    def test_the_heading_of_a_column_turns_the_order_round(self, analyst):
        page = visiting.body(analyst, "/files?sort=file&state=loaded")

        assert 'aria-sort="ascending"' in page
        assert visiting.links(page)["File ↑"] == "/files?state=loaded&sort=-file#before"
        assert visiting.links(page)["Refused"] == "/files?state=loaded&sort=-refused#before"
        assert visiting.links(page)["Received"] == "/files?state=loaded#before"

    def test_files_can_be_narrowed_to_an_agency_and_a_state(self, analyst):
        visiting.write_as_batch(_BATCHES)
        rows = batches()
        agency = next(row[1] for row in rows if row[0].startswith("Zebra"))
        code = dict(asking.rows("SELECT name, code FROM agencies_agency"))[agency]

        of_agency = visiting.all_pages(analyst, f"/files?agency={code}", files_shown)
        undone = visiting.all_pages(analyst, f"/files?agency={code}&state=undone&sort=file", files_shown)

        assert sorted(of_agency) == sorted(row[0] for row in rows if row[1] == agency)
        assert undone == [f"Zebra {n:03}.csv" for n in range(1, 61)]
        assert "No file is like this" in visiting.body(analyst, f"/files?agency={code}&state=failed")

    def test_the_form_that_narrows_keeps_the_order(self, analyst):
        page = visiting.body(analyst, "/files?sort=-refused")

        assert '<input type="hidden" name="sort" value="-refused">' in page

    def test_a_colleague_with_the_same_right_sees_the_same_list(self, analyst):
        address = "/files?sort=-refused&state=loaded&from=3"
        colleague = visiting.sign_in(Client(), "analyst")

        assert files_shown(visiting.body(analyst, address)) == files_shown(visiting.body(colleague, address))
        assert visiting.sign_in(Client(), "universal").get(address).status_code == 403

    @pytest.mark.parametrize("name", ["from", "sort", "agency", "state", "whatever"])
    def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(self, analyst, name):
        plain = files_shown(visiting.body(analyst, "/files"))

        for odd in visiting.ODD:
            shown = files_shown(visiting.body(analyst, f"/files?{urllib.parse.urlencode({name: odd})}"))
            beyond = name == "from" and odd == "999999999"
            assert shown == (visiting.all_pages(analyst, "/files", files_shown)[-len(shown) :] if beyond else plain)

    def test_more_files_take_no_more_queries(self, analyst):
        few = visiting.queries_of(analyst, "/files?agency=police")
        visiting.write_as_batch(_BATCHES)

        assert visiting.queries_of(analyst, "/files") == visiting.queries_of(analyst, "/files?agency=police") == few


class TestRefusedRows:
    @pytest.fixture
    def address(self) -> str:
        visiting.write_as_batch(_BATCHES)
        visiting.write_as_batch(_REFUSALS)
        visiting.write_as_batch(
            "UPDATE records_batch SET rows_refused = 120, rows_read = 245 WHERE file_name = 'Zebra 060.csv'"
        )
        with asking.peeking():
            ((batch,),) = asking.rows("SELECT id FROM records_batch WHERE file_name = 'Zebra 060.csv'")
        return f"/files/{batch}"

    def test_the_pages_together_hold_every_refused_row_in_the_order_of_the_file(self, analyst, address):
        lines = visiting.all_pages(
            analyst, address, lambda page: visiting.texts(r'<th scope="row"[^>]*>(.*?)</th>', page)
        )

        assert lines == [str(line) for line in range(2, 122)]

    def test_every_reason_is_counted_over_all_pages(self, analyst, address):
        page = visiting.body(analyst, f"{address}?from=101")

        assert "Showing 101 to 120 of 120 refused rows" in page
        assert (
            visiting.texts(r'<td class="govuk-table__cell govuk-table__cell--numeric">(.*?)</td>', page) == ["120"] * 2
        )
        assert visiting.links(page)["← Previous page of refused rows"] == f"{address}?from=51#refused-rows"

    def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(self, analyst, address):
        plain = visiting.main(visiting.body(analyst, address))

        for odd in (odd for odd in visiting.ODD if odd != "999999999"):
            assert visiting.main(visiting.body(analyst, f"{address}?{urllib.parse.urlencode({'from': odd})}")) == plain

    def test_more_refused_rows_take_no_more_queries(self, analyst, address):
        with asking.peeking():
            ((other,),) = asking.rows("SELECT id FROM records_batch WHERE file_name = 'Zebra 001.csv'")

        assert visiting.queries_of(analyst, address) == visiting.queries_of(analyst, f"/files/{other}")


class TestHome:
    def test_each_agency_stands_once_with_what_counts_of_it(self, analyst):
        visiting.write_as_batch(_BATCHES)
        with asking.peeking():
            rows = asking.rows(
                "SELECT a.name, a.code, count(*), sum(b.rows_new + b.rows_changed), sum(b.rows_refused) FROM records_batch b "
                "JOIN agencies_agency a ON a.id = b.agency_id WHERE b.state = 'loaded' GROUP BY a.id ORDER BY lower(a.name)"
            )
        page = visiting.body(analyst, "/")

        agencies = visiting.texts(r'<th scope="row"[^>]*>\s*<a[^>]*>(.*?)</a>', page)
        numbers = [
            int(text.replace(",", "")) for text in visiting.texts(r'--numeric" data-label="[^"]*">(.*?)</td>', page)
        ]
        assert agencies == [row[0] for row in rows]
        assert numbers == [int(number) for row in rows for number in row[2:]]
        assert [visiting.links(page)[row[0]] for row in rows] == [f"/files?agency={row[1]}#before" for row in rows]

    def test_an_agency_whose_files_were_all_taken_back_has_nothing_loaded(self, analyst):
        visiting.write_as_batch(
            "UPDATE records_batch SET state = 'undone', undone_at = received_at, undone_by_name = 'a test' "
            "WHERE agency_id = (SELECT id FROM agencies_agency WHERE code = 'police')"
        )

        page = visiting.body(analyst, "/")

        assert "Nothing loaded" in page
        assert 'data-label="Last received">never<' in page

    def test_files_are_led_to_only_by_those_who_may_see_them(self, worker):
        assert "/files" not in visiting.body(worker, "/")

    def test_more_files_take_no_more_queries(self, analyst):
        before = visiting.queries_of(analyst, "/")
        visiting.write_as_batch(_BATCHES)

        assert visiting.queries_of(analyst, "/") == before
