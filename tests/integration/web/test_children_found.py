"""Children found are paged and put in order on the server; the address says nothing of them and serves its asker alone."""

import urllib.parse

import pytest
from django.test import Client

from tests.integration.looking import asking, crowd
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")


def children_shown(page: str) -> list[str]:
    return visiting.texts(r'<h2 class="jd-found__name"><a[^>]*>(.*?)</a>', page)


class TestChildrenFound:
    @pytest.fixture
    def address(self, finder) -> str:
        crowd.gather(45)
        return visiting.search(finder, name=crowd.FAMILY)

    def spread(self) -> None:
        """Give the crowd names and dates of their own, some of them none."""
        visiting.write_as_batch(
            "UPDATE people_childsummary SET given_name = CASE WHEN child_id::text LIKE '%7' THEN '' ELSE "
            "chr(65 + (right(child_id::text, 2)::int * 7) % 26) || 'éa' END, family_name = CASE WHEN child_id::text LIKE '%7' "
            "THEN '' ELSE family_name END, birth_date = CASE WHEN child_id::text LIKE '%3' THEN NULL "
            "ELSE birth_date + (right(child_id::text, 2)::int * 31) % 97 END WHERE child_id::text LIKE 'c0000000%'"
        )

    def test_the_pages_together_hold_everyone_once_in_each_order(self, finder, address):
        self.spread()
        orders = [
            visiting.all_pages(finder, f"{address}?sort={sort}", children_shown)
            for sort in ("", "name", "-name", "born", "-born")
        ]

        assert [len(order) for order in orders] == [45] * 5
        assert all(sorted(order) == sorted(orders[0]) for order in orders)
        assert "45 children found" in visiting.body(finder, address)
        assert "Showing 21 to 40 of 45 children" in visiting.body(finder, f"{address}?from=21")

    @pytest.mark.parametrize("sort", ["name", "-name"])
    def test_by_name_those_without_one_stand_last(self, finder, address, sort):
        self.spread()
        found = visiting.all_pages(finder, f"{address}?sort={sort}", children_shown)

        named = [name for name in found if name != "Name not known"]
        assert named
        assert named == sorted(named, reverse=sort.startswith("-"))
        assert found == [*named, *["Name not known"] * (45 - len(named))]

    @pytest.mark.parametrize("sort", ["born", "-born"])
    def test_by_age_those_whose_birth_date_is_not_known_stand_last(self, finder, address, sort):
        self.spread()
        with asking.peeking():
            born = dict(
                asking.rows(
                    "SELECT c.number, s.birth_date FROM people_child c JOIN people_childsummary s ON s.child_id = c.id"
                )
            )
        numbers = visiting.all_pages(
            finder,
            f"{address}?sort={sort}",
            lambda page: [
                href.partition("?")[0][-9:]
                for href in visiting.texts(r'<h2 class="jd-found__name"><a class="govuk-link" href="(.*?)"', page)
            ],
        )

        dates = [born[number] for number in numbers]
        known = [date for date in dates if date is not None]
        assert known == sorted(known, reverse=sort.startswith("-"))
        assert dates == [*known, *[None] * (len(dates) - len(known))]
        assert None in dates

    def test_the_address_holds_the_token_the_place_and_the_order_alone(self, finder, address):
        page = visiting.body(finder, f"{address}?sort=-born")

        links = visiting.links(page)
        assert links["Next page of children →"] == f"{address}?sort=-born&from=21"
        assert links["Name, A to Z"] == f"{address}?sort=name"
        assert links["Best fit first"] == address
        assert not any(crowd.FAMILY.lower() in href.lower() for href in links.values())

    def test_the_age_that_was_asked_for_holds_on_every_page_and_in_every_order(self, finder):
        crowd.gather(45)
        address = visiting.search(finder, name=crowd.FAMILY, age_band="0-4")

        assert all(
            "We know no child who fits" in visiting.body(finder, f"{address}{more}")
            for more in ("", "?sort=name", "?from=21")
        )

    def test_a_list_of_children_is_its_askers_alone(self, finder, address):
        assert visiting.sign_in(Client(), "front_door").get(address).status_code == 404
        assert visiting.sign_in(Client(), "board").get(address).status_code == 403

    @pytest.mark.parametrize("name", ["from", "sort", "whatever"])
    def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(self, finder, address, name):
        plain = children_shown(visiting.body(finder, address))

        for odd in (odd for odd in visiting.ODD if odd != "999999999"):
            page = visiting.body(finder, f"{address}?{urllib.parse.urlencode({name: odd})}")
            assert children_shown(page) == plain
        assert len(children_shown(visiting.body(finder, f"{address}?from=999999999"))) == 5

    def test_more_children_take_no_more_queries(self, finder):
        crowd.gather(45)
        one = visiting.search(
            finder, number=asking.children(lambda known: bool(known.nhs_number), most=1)[0].nhs_number
        )
        many = visiting.search(finder, name=crowd.FAMILY)
        few = visiting.search(finder, name=f"{crowd.GIVEN} {crowd.FAMILY}", birth_date="")

        assert visiting.queries_of(finder, many) <= visiting.queries_of(finder, few)
        assert (
            visiting.queries_of(finder, many) <= visiting.queries_of(finder, one) + 1
        )  # a number is looked up without words like it
