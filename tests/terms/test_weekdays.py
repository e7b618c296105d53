"""Days of the week, in the forms that texts have."""

import pytest

from qa.terms.weekdays import is_weekday, weekdays


@pytest.mark.parametrize(
    "text",
    [
        "monday fridays lundi dimanche montag dienstags sonntage miércoles sábados lunedì domeniche",
        "segunda-feira sextas-feiras woensdag zondagen poniedziałek wtorku środę piątku niedzielę",
        "понедельник вторника среду четверг пятницу субботам воскресенье",
        "понеділок середу п’ятницю неділі щоп’ятниці щочетверга cuma salıdan",
    ],
)
def test_days(text: str) -> None:
    assert [word for word in text.split() if not is_weekday(word)] == []


def test_what_only_looks_like_one() -> None:
    words = (
        "sun mondial dominical tag mitte sabbath средний середина воскресить неделя środek pazar четвертий"
    )
    assert [word for word in words.split() if is_weekday(word)] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("수요일과 금요일", [2, 4]),
        ("बुधवार और रविवार", [2, 6]),
        ("يوم الأحد والخميس", [6, 3]),
        ("قال أحد الاثنين", []),
        ("pazar günü pazar yeri", [6]),
        ("周二、星期天、木曜日", [1, 6, 3]),
    ],
)
def test_days_of_other_scripts(text: str, days: list[int]) -> None:
    assert [day for *_, day in weekdays(text)] == days
