"""Why a record is linked is drawn when it is opened, for whoever sees the child and for nobody else."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import test_signed_in, visiting

pytestmark = pytest.mark.usefixtures("borough")

_PICTURE = re.compile(
    r'<img class="jd-waterfall" src="([^"]+)" width="\d+" height="(\d+)" alt="([^"]+)" loading="lazy">'
)


@pytest.fixture
def pictures(worker) -> list[tuple[str, str, str]]:
    """The pictures that a child's page offers: address, height and words."""
    page, _ = test_signed_in.a_record(worker, of_own_work=True)
    return _PICTURE.findall(visiting.body(worker, page))


def test_the_picture_is_as_large_and_says_the_same_as_the_page_promises(worker, pictures):
    assert pictures
    for address, height, words in pictures:
        answer = worker.get(address)
        svg = ET.fromstring(answer.content)  # our own text

        assert answer["Content-Type"] == "image/svg+xml"
        assert svg.get("height") == height
        assert words in {each.text for each in svg if each.tag.endswith("desc")}


def test_that_it_was_looked_at_is_written_with_the_child(worker, pictures):
    worker.get(pictures[0][0])

    seen = [event for event in asking.events() if event.act == "childindex.records.seen"]
    assert len(seen) == 1
    assert "no-store" in worker.get(pictures[0][0])["Cache-Control"]


def test_it_is_absent_where_the_page_would_ask_why_and_for_another_child(worker, pictures):
    page, _ = test_signed_in.a_record(worker, of_own_work=False)
    record = pictures[0][0].rpartition("/record/")[2]
    number = page.rpartition("/")[2]

    assert worker.get(f"/child/{number}/record/{record}").status_code == 404
    assert worker.get(f"/child/not-a-number/record/{record}").status_code == 404
    assert Client().get(pictures[0][0]).status_code == 302
