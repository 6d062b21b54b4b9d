"""A line of the log: one line, whatever was said, with nothing of what an error was about."""

import logging
import sys
import uuid

from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation import logs


def line(message: object, *args: object, error: BaseException | None = None) -> str:
    fault = (type(error), error, error.__traceback__) if error else None
    return logs.Line().format(logging.LogRecord("ours", logging.ERROR, "here.py", 1, message, args, fault))


@given(st.text(max_size=60))
def test_whatever_is_said_is_one_line_of_print(words):
    written = line("said %s", words)

    assert written.isprintable()
    assert len(written.splitlines()) == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_different_words_are_written_differently(one, other):
    assert (logs.one_line(one) == logs.one_line(other)) == (one == other)


@given(st.text(alphabet="abcdefgh 0123456789", min_size=12, max_size=40))
def test_no_word_of_an_error_is_written(words):
    assert words not in line("failed", error=ValueError(words))
    assert words not in line("failed: %s", ValueError(words))
    assert words not in line("failed: %(why)s", {"why": KeyError(words)})
    assert words not in line(ValueError(words))


def test_an_error_is_told_with_what_led_to_it_and_the_place():
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise RuntimeError("secret") from error
    except RuntimeError as error:
        told = logs.fault(error)

    assert told.startswith("builtins.RuntimeError at ")
    assert " after builtins.KeyError at " in told
    assert "foundation/test_logs.py:" in told
    assert "test_an_error_is_told_with_what_led_to_it_and_the_place" in told
    assert "secret" not in told


def test_errors_that_led_to_each_other_end():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one

    assert logs.fault(one) == "builtins.ValueError after builtins.KeyError"


def test_a_message_that_does_not_fit_its_arguments_is_left_out_and_not_shown():
    assert line("%s and %s", "Okafor").endswith("(a message that could not be put together)")


def test_a_long_message_is_cut():
    assert len(line("x" * 100_000)) < logs.MOST_LETTERS + 200


def test_a_line_names_the_request_it_was_written_in():
    request_id = uuid.UUID(int=0xABCDEF12 << 96)

    with logs.of_request(request_id):
        assert " ABCDEF12 said" in line("said")
        assert logs.request_id() == request_id
        assert logs.reference() == "ABCDEF12"
    assert " - said" in line("said")


def test_the_time_of_a_line_is_in_utc_and_says_so():
    assert line("said")[23:29] == "+00:00"


def test_an_error_without_a_message_does_no_harm():
    record = logging.LogRecord("ours", logging.ERROR, "here.py", 1, "said", None, sys.exc_info())

    assert logs.Line().format(record).endswith("said")


def test_what_another_program_told_loses_the_lines_that_name_a_row():
    told = "IntegrityError: duplicate key\nDETAIL:  Key (name)=(Okafor) already exists.\n  LINE 1: SELECT 'Okafor'\nend"

    assert logs.without_details(told) == "IntegrityError: duplicate key\nend"
