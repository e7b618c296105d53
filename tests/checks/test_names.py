"""Names lost, invented, taken for another, and spelt in two ways: what is flagged and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.name_evidence import features, likelihood, suspects
from qa.checks.name_spelling import NameSpelling
from qa.checks.names import NamesCheck
from qa.model import Flag, Segment, Severity, apply_edits
from qa.terms.gaps import gaps

Row = tuple[str, str, str, str]

BAD: list[Row] = [
    # languages, source, target, text flagged
    ("ru-en", "Вчера Путин встретился с Макроном в Париже.", "Yesterday Putin met Merkel in Paris.", "Merkel"),
    ("ru-fr", "Трамп позвонил Зеленскому вечером.", "Trump a appelé Netanyahou dans la soirée.", "Netanyahou"),
    ("ru-fr", "Он родился в Новосибирске.", "Il est né à Vladivostok.", "Vladivostok"),
    ("ru-de", "Самолёт вылетел из Москвы в Тегеран.", "Das Flugzeug flog von Moskau nach Bagdad.", "Bagdad"),
    ("uk-en", "Шевченко забив гол на останній хвилині.", "Ronaldo scored in the last minute.", "Ronaldo"),
    ("uk-en", "Делегація прибула до Варшави.", "The delegation arrived in Bucharest.", "Bucharest"),
    ("en-ru", "Johnson resigned on Thursday.", "Камерон ушёл в отставку в четверг.", "Камерон"),
    ("en-ru", "The ship left Rotterdam at dawn.", "Корабль вышел из Гамбурга на рассвете.", "Гамбурга"),
    ("en-uk", "The president flew to Japan on Monday.", "Президент вилетів до Канади в понеділок.", "Канади"),
    ("en-fr", "The talks took place in Geneva.", "Les pourparlers ont eu lieu à Madrid.", "Madrid"),
    ("en-fr", "Steinmeier thanked the soldiers.", "Scholz a remercié les soldats.", "Scholz"),
    ("en-de", "He has lived in Poland for years.", "Er lebt seit Jahren in Portugal.", "Portugal"),
    ("fr-en", "Mélenchon a perdu face à Macron.", "Hollande lost to Macron.", "Hollande"),
    ("fr-en", "Elle travaille à Bruxelles.", "She works in Stockholm.", "Stockholm"),
    ("de-en", "Nagelsmann trainiert die Mannschaft.", "Klopp trains the team.", "Klopp"),
    ("de-fr", "Die Fähre kam aus Griechenland.", "Le ferry venait de Turquie.", "Turquie"),
    ("es-en", "Sánchez visitó ayer la fábrica de Zaragoza.", "Sánchez visited the factory in yesterday.", "Zaragoza"),
    ("it-en", "Secondo Faymann il piano è pronto.", "According to Duda the plan is ready.", "Duda"),
    ("pl-en", "Grzegorz Bal mieszka w Przemyślu.", "Martin Andanar lives in Przemyśl.", "Martin Andanar"),
    ("cs-en", "Jiří Drahoš kandiduje na prezidenta.", "Recep Erdoğan is running for president.", "Recep Erdoğan"),
    ("hi-en", "मनमोहन सिंह प्रधानमंत्री हैं।", "Stephen Szabo is the prime minister.", "Stephen Szabo"),
    ("ja-en", "トランプ氏は火曜日に会見した。", "Merkel held a press conference on Tuesday.", "Merkel"),
    ("zh-en", "他昨天飞往越南开会。", "Yesterday he flew to Germany for a meeting.", "Germany"),
    ("zh-en", "会议在上海举行，持续了三天。", "The meeting was held in and lasted three days.", "in and"),
    ("ru-en", "Конференция прошла в Сочи.", "The conference took place in the of Russia.", "the of"),
    ("ru-en", "Представитель ведомства Пфанненштиль рассказал об этом.", "Said this on Tuesday.", "Said this"),
]  # fmt: skip

GOOD: list[tuple[str, str, str]] = [
    ("ru-en", "Вчера Путин встретился с Макроном в Париже.", "Yesterday Putin met Macron in Paris."),
    ("ru-fr", "Трамп позвонил Зеленскому.", "Trump a appelé Zelensky."),
    ("ru-fr", "Путин прилетел в Пекин.", "Poutine est arrivé à Pékin."),
    ("ru-fr", "В Мюнхене прошла встреча.", "Une réunion a eu lieu à Munich."),
    ("ru-de", "Немецкая газета пишет о Хрущёве.", "Die deutsche Zeitung schreibt über Chruschtschow."),
    ("uk-en", "Шевченко народився в Києві.", "Shevchenko was born in Kyiv."),
    ("uk-en", "Президент Грузії приїхав до Львова.", "The president of Georgia came to Lviv."),
    ("en-ru", "Johnson left Houston on Thursday.", "Джонсон покинул Хьюстон в четверг."),
    ("en-ru", "He lives in Hong Kong.", "Он живёт в Гонконге."),
    ("en-uk", "The talks with Germany failed.", "Німецькі перемовини провалилися."),
    ("en-fr", "London and Geneva agreed.", "Londres et Genève sont d’accord."),
    ("en-fr", "The Ministry met on Monday.", "Le ministère s’est réuni lundi."),
    ("en-fr", "The United Nations warned Libya.", "L’ONU a averti la Libye."),
    ("en-de", "Cologne and Munich are far apart.", "Köln und München liegen weit auseinander."),
    ("en-de", "The Dutch minister spoke.", "Der niederländische Minister sprach."),
    ("fr-en", "La Suisse et l’Autriche ont voté.", "Switzerland and Austria voted."),
    ("fr-en", "Aristote écrivit sur Platon.", "Aristotle wrote about Plato."),
    ("de-fr", "Sie reiste durch Deutschland.", "Elle a voyagé en Allemagne."),
    ("es-en", "La policía de Nueva York busca a Pérez.", "New York police are looking for Pérez."),
    ("it-en", "Il Papa è tornato da Firenze.", "The Pope came back from Florence."),
    ("pl-en", "Minister Kowalski pojechał do Moskwy.", "Minister Kowalski went to Moscow."),
    ("hi-en", "नेहरू दिल्ली में थे।", "Nehru was in Delhi."),
    ("ja-en", "トランプ氏はデトロイトに着いた。", "Trump arrived in Detroit."),
    ("ja-en", "松浦氏は会見した。", "Matsuura held a press conference."),
    ("zh-en", "他飞往越南。", "He flew to Vietnam."),
    ("en-fr", "What country does he come from?", "De quel pays vient-il ?"),
    ("fr-en", "C’est le pays d’où ils viennent.", "That is the country they come from."),
]  # fmt: skip


def flags(languages: str, *pairs: tuple[str, str]) -> list[tuple[int, Flag]]:
    source_lang, target_lang = languages.split("-")
    segments = [Segment(at, *pair) for at, pair in enumerate(pairs, start=1)]
    return list(NamesCheck().check_document(Context(source_lang, target_lang, segments)))


@pytest.mark.parametrize(("languages", "source", "target", "text"), BAD)
def test_a_wrong_name_is_flagged(languages: str, source: str, target: str, text: str) -> None:
    assert text in [flag.text for _, flag in flags(languages, (source, target))]


@pytest.mark.parametrize(("languages", "source", "target"), GOOD)
def test_a_right_name_is_not(languages: str, source: str, target: str) -> None:
    assert flags(languages, (source, target)) == []
