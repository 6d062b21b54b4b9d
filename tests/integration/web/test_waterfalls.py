"""Why a record is linked is drawn so that everyone can read it, and a page that allows no styles can show it."""

import re
from xml.etree import ElementTree as ET

from joinedup.processes.childindex import rules
from joinedup.web import waterfalls

STEPS = (rules.Step(words="NHS numbers", bits=16.6), rules.Step(words="Given names", bits=-3.2))


def drawn(key="why-1"):
    return waterfalls.picture(rules.waterfall(prior=-13.3, steps=STEPS), key=key, title="Why")


def test_it_says_in_words_what_it_shows():
    picture = drawn()

    assert (
        picture.words == "From \N{MINUS SIGN}13.3 bits before anything was compared, 2 comparisons lead to +0.1 bits."
    )
    assert [bar.tone for bar in picture.bars] == ["total", "for", "against", "total"]
    assert [bar.bits for bar in picture.bars][1:3] == ["+16.6", "\N{MINUS SIGN}3.2"]


def test_it_has_a_title_and_a_description_and_no_style():
    svg = ET.fromstring(waterfalls.as_file(drawn()).encode())  # our own text

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == ["why-1-title", "why-1-words"]
    assert {"style", "class"} & {name for each in svg for name in each.attrib} == set()
    assert not [each for each in svg.iter() if each.tag.endswith(("style", "script"))]


def test_two_on_one_page_share_no_identifier():
    ids = [re.findall(r' id="([^"]+)"', waterfalls.as_file(drawn(key))) for key in ("why-1", "why-2")]

    assert set(ids[0]).isdisjoint(ids[1])
