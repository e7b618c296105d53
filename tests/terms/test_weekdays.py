"""Days of the week, in the forms that texts have."""

import pytest

from qa.terms.weekdays import is_weekday


@pytest.mark.parametrize(
    "text",
    [
        "monday fridays lundi dimanche montag dienstags sonntage miércoles sábados lunedì domeniche",
        "segunda-feira sextas-feiras woensdag zondagen poniedziałek wtorku środę piątku niedzielę",
        "понедельник вторника среду четверг пятницу субботам воскресенье",
        "понеділок середу п’ятницю неділі cuma",
    ],
)
def test_days(text: str) -> None:
    assert [word for word in text.split() if not is_weekday(word)] == []


def test_what_only_looks_like_one() -> None:
    words = "sun mondial dominical tag mitte sabbath средний середина воскресить неделя środek pazar"
    assert [word for word in words.split() if is_weekday(word)] == []
