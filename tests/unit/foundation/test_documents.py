"""A document is written as a PDF in a face that is carried along; letters that it lacks are counted, never dropped unseen."""

import datetime

import pytest
from django.conf import settings

from joinedup.foundation import documents
from joinedup.foundation.documents import pdf

AT = datetime.datetime(2026, 3, 3, 14, 5, tzinfo=datetime.UTC)
FONTS = documents.Fonts(**settings.DOCUMENT_FONTS)


def document(*lines, words=("Some words",)):
    part = documents.Part(heading="What happened", words=words, lines=lines)
    return documents.Document(title="A copy", mark="Request R1, for nobody else.", parts=(part,))


def paper(*lines):
    """Return the paper itself, to see what was written."""
    made = pdf._Paper(document(*lines), FONTS)
    made.add_page()
    shown = [made.known(line) for line in lines]
    return made, shown


def test_it_is_a_pdf_and_the_same_each_time():
    first = pdf.as_pdf(document("One", "Two"), fonts=FONTS, at=AT)

    assert first.startswith(b"%PDF-")
    assert first == pdf.as_pdf(document("One", "Two"), fonts=FONTS, at=AT)
    assert first != pdf.as_pdf(document("One", "Three"), fonts=FONTS, at=AT)


def test_a_long_one_runs_over_pages():
    short = pdf.as_pdf(document("One"), fonts=FONTS, at=AT)
    long = pdf.as_pdf(document(*(f"Line {at} of many" for at in range(300))), fonts=FONTS, at=AT)

    assert (short.count(b"/Type /Page\n"), long.count(b"/Type /Page\n") > 3) == (1, True)


@pytest.mark.parametrize("name", ["Zoë O’Neill", "Łukasz Zając", "Đặng"[:1], "Şükrü", "Čapek"])
def test_the_letters_of_european_names_are_shown(name):
    made, shown = paper(name)

    assert (shown, made.lacking) == ([name], 0)


def test_letters_that_the_face_lacks_stand_as_question_marks_and_are_counted():
    made, shown = paper("Named مريم here", "李伟")

    assert shown == ["Named ???? here", "??"]
    assert made.lacking == 6


def test_all_that_stands_in_it_can_be_read_in_order():
    assert document("One", "Two").text.splitlines() == [
        "A copy",
        "Request R1, for nobody else.",
        "What happened",
        "Some words",
        "One",
        "Two",
    ]
