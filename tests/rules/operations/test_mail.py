"""A mail on its way: what may stand in its headers, when it is tried again, and when it is given up."""

from datetime import timedelta

import pytest

from destraba.rules.operations.mail import MOST_ATTEMPTS, header_name, header_text, is_permanent, pause_after
from tests.values.naughty import NAUGHTY


def test_it_is_tried_again_after_ever_longer_pauses_and_given_up_within_a_day() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    known = [pause for pause in pauses if pause is not None]
    assert len(known) == len(pauses)
    assert known[0] == timedelta(minutes=1)
    assert known == sorted(known)
    assert timedelta(hours=20) < sum(known, timedelta()) < timedelta(days=1)
    assert pause_after(MOST_ATTEMPTS) is None
    assert pause_after(MOST_ATTEMPTS + 1) is None


@pytest.mark.parametrize(
    ("reply", "for_good"), [(0, False), (250, False), (421, False), (450, False), (550, True), (554, True)]
)
def test_only_replies_of_the_five_hundreds_are_for_good(reply: int, for_good: bool) -> None:
    assert is_permanent(reply) is for_good


def test_no_text_breaks_out_of_a_header() -> None:
    for text in [*NAUGHTY, "=?utf-8?q?a=0Ab?=", "==?=?", "a\r\nBcc: b", "a\u2028b", "a\0b"]:
        for line in (header_text(text, 100), header_name(text, 100)):
            assert len(line) <= 100, text
            assert not set(line) & set("\r\n\0\v\f\x85\u2028\u2029"), text
            assert "=?" not in line, text
            line.encode("utf-8")
        assert not set('"\\<>') & set(header_name(text, 100)), text


def test_plain_words_stay_as_they_are_and_long_ones_are_cut() -> None:
    assert header_text("Vence el 30: ¿avanza?", 100) == "Vence el 30: ¿avanza?"
    assert header_text("uno dos", 5) == "uno…"
    assert header_name('Ana "la jefa" <x>', 100) == "Ana 'la jefa' (x)"
