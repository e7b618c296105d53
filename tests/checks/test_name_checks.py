"""Names lost, invented, taken for another, and spelt in two ways: what is flagged and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.name_evidence import features, likelihood
from qa.checks.name_spelling import NameSpelling
from qa.checks.name_suspects import suspects
from qa.checks.names import NamesCheck
from qa.model import Flag, Segment, Severity, apply_edits
from qa.terms.gaps import gaps

Row = tuple[str, str, str, str]

BAD: list[Row] = [
    # languages, source, target, text flagged
    ("ru-en", "Вчера Путин встретился с Макроном в Париже.",
     "Yesterday Putin met Merkel in Paris.", "Merkel"),
    ("ru-fr", "Трамп позвонил Зеленскому вечером.",
     "Trump a appelé Netanyahou dans la soirée.", "Netanyahou"),
    ("ru-fr", "Он родился в Новосибирске.", "Il est né à Vladivostok.", "Vladivostok"),
    ("ru-de", "Самолёт вылетел из Москвы в Тегеран.", "Das Flugzeug flog von Moskau nach Bagdad.", "Bagdad"),
    ("uk-en", "Шевченко забив гол на останній хвилині.", "Ronaldo scored in the last minute.", "Ronaldo"),
    ("en-ru", "The ship left Rotterdam at dawn.", "Корабль вышел из Гамбурга на рассвете.", "Гамбурга"),
    ("en-uk", "The president flew to Japan on Monday.", "Президент вилетів до Канади в понеділок.", "Канади"),
    ("en-fr", "The talks took place in Geneva.", "Les pourparlers ont eu lieu à Madrid.", "Madrid"),
    ("en-fr", "Steinmeier thanked the soldiers.", "Scholz a remercié les soldats.", "Scholz"),
    ("en-de", "He has lived in Poland for years.", "Er lebt seit Jahren in Portugal.", "Portugal"),
    ("fr-en", "Macron a perdu face à Mélenchon.", "Macron lost to Hollande.", "Hollande"),
    ("fr-en", "Elle travaille à Bruxelles.", "She works in Stockholm.", "Stockholm"),
    ("de-fr", "Die Fähre kam aus Griechenland.", "Le ferry venait de Turquie.", "Turquie"),
    ("nl-en", "De trein uit Luik had vertraging.", "The train from Ghent was delayed.", "Ghent"),
    ("pt-fr", "A rainha chegou a Varsóvia.", "La reine est arrivée à Budapest.", "Budapest"),
    ("pl-en", "Grzegorz Bal mieszka w Przemyślu.", "Martin Andanar lives in Przemyśl.", "Martin Andanar"),
    ("cs-en", "Jiří Drahoš kandiduje na prezidenta.", "Recep Erdoğan is running for president.", "Erdoğan"),
    ("hi-en", "मनमोहन सिंह प्रधानमंत्री हैं।", "Stephen Szabo is the prime minister.", "Stephen Szabo"),
    ("ja-en", "トランプ氏は火曜日に会見した。", "Merkel held a press conference on Tuesday.", "Merkel"),
    ("zh-en", "他昨天飞往越南开会。", "Yesterday he flew to Germany for a meeting.", "Germany"),
    ("ru-en", "Конференция прошла в Сочи.", "The conference took place in the of Russia.", "Russia"),
    ("ru-en", "Представитель ведомства Пфанненштиль рассказал об этом.",
     "Said this on Tuesday.", "Пфанненштиль"),
    ("ru-en", "Зеленский прибыл в Вильнюс на саммит.",
     "Zelensky arrived in Bratislava for the summit.", "Bratislava"),
    ("ru-en", "Компания «Газпром» сократила поставки.", "The company Rosneft has cut supplies.", "Rosneft"),
    ("ru-fr", "Ураган обрушился на Флориду.", "L’ouragan a frappé la Bulgarie.", "Bulgarie"),
    ("uk-en", "У Харкові пролунали вибухи.", "Explosions were heard in Denmark.", "Denmark"),
    ("uk-en", "Посол Японії відвідав виставку.",
     "The ambassador of Vietnam visited the exhibition.", "Vietnam"),
    ("en-ru", "The plane landed in Sydney at night.", "Самолёт приземлился в Мельбурне ночью.", "Мельбурне"),
    ("en-ru", "He has studied in Portugal.", "Он учился в Норвегии.", "Норвегии"),
    ("en-uk", "Experts from Sweden came.", "Приїхали експерти з Бразилії.", "Бразилії"),
    ("es-en", "El premio fue para Fernando Alonso.",
     "The prize went to Sebastian Vettel.", "Sebastian Vettel"),
    ("it-en", "Il sindaco di Bergamo ha firmato l'accordo.",
     "The mayor of Helsinki signed the agreement.", "Helsinki"),
    ("fr-en", "Le tribunal de Strasbourg a tranché.", "The court in has ruled.", "Strasbourg"),
    ("ru-en", "Сообщалось, что Путин прибыл в Кронштадт.", "They said that Merkel arrived in Kronstadt.",
     "Merkel"),
    ("fr-en", "Une fille pakistanaise se marie à 14 ans.", "A Chinese girl marries at 14.", "Chinese"),
    ("zh-en", "他获得了菲斯克大学的学位。", "He earned a degree from .", "菲斯克"),
    ("zh-en", "昨天特朗普抵达巴黎。", "Yesterday Angela Merkel arrived in Paris.", "Angela Merkel"),
    ("zh-en", "他购买了一辆Audi汽车。", "He bought a BMW car.", "Audi"),
    ("hi-en", "चालक ने ZMapp लिया।", "The driver took Glitter.", "ZMapp"),
    ("ru-en", "Опрос провела компания Vilmorus.", "The poll was held by a company.", "Vilmorus"),
    ("pl-en", "Mieszka w Gdańsku od dziecka.", "He has lived in Lisbon since childhood.", "Lisbon"),
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
    ("nl-fr", "De Vlaamse school in Luik sloot.", "L’école flamande de Liège a fermé."),
    ("nl-de", "Straatsburg ligt aan de Rijn.", "Straßburg liegt am Rhein."),
    ("pt-en", "O navio alemão foi de Londres a Génova.", "The German ship went from London to Genoa."),
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


HALVES: list[Row] = [
    # languages, source, target, the half that is wrong
    ("pl-en", "Prezes Piotr Zieliński odszedł z klubu.", "Chairman Piotr Wiśniewski left the club.",
     "Wiśniewski"),
    ("cs-en", "Herečka Jana Dvořáková získala cenu.", "Actress Jana Horáková won the award.", "Horáková"),
    ("ru-en", "Депутат Сергей Макаров выступил против.", "Deputy Sergei Makarenko spoke against it.",
     "Makarenko"),
    ("ru-fr", "Учёный Виктор Соколов получил премию.", "Dmitri Sokolov a reçu un prix.", "Dmitri"),
    ("uk-en", "Тренер Олег Гончар пішов із клубу.", "Coach Mykola Honchar left the club.", "Mykola"),
    ("en-ru", "Margaret Hastings runs the company.", "Компанией руководит Маргарет Фицджеральд.",
     "Фицджеральд"),
    ("en-fr", "Peter Whitman signed the letter.", "Peter Whitaker a signé la lettre.", "Whitaker"),
]  # fmt: skip

WHOLE: list[tuple[str, str, str]] = [
    ("ru-en", "Его встретил Андрей Петрович Соколов.", "Andrei Sokolov met him."),
    ("ru-en", "Письмо передали Ольге Смирновой.", "The letter was handed to Olga Smirnova."),
    ("ru-en", "Об этом пишет Уинстон Черчилль.", "Winston Churchill writes so."),
    ("en-cs", "Theresa Mayer met Emma Watson.", "Theresa Mayerová se setkala s Emmou Watsonovou."),
    ("pl-en", "Rozmawiano z Janem Nowakiem i Markiem Zającem.", "They talked to Jan Nowak and Marek Zając."),
    ("en-es", "William Shakespeare wrote it.", "Lo escribió Guillermo Shakespeare."),
    ("fr-ru", "Alexandre le Grand est mort jeune.", "Александр Великий умер молодым."),
    ("en-fr", "Paul Henreid and Paul Lukas were there.", "Paul Lukas et Paul Henreid étaient là."),
    ("ru-de", "Борис Ельцин пел.", "Boris Jelzin sang."),
    ("ru-fr", "Николай Чернышевский родился в Саратове.", "Nikolaï Tchernychevski est né à Saratov."),
]  # fmt: skip


@pytest.mark.parametrize(("languages", "source", "target", "half"), HALVES)
def test_a_right_half_excuses_no_wrong_one(languages: str, source: str, target: str, half: str) -> None:
    found = [flag for _, flag in flags(languages, (source, target))]
    assert [(flag.text, flag.key, flag.severity) for flag in found] == [(half, "another", Severity.MAJOR)]


@pytest.mark.parametrize(("languages", "source", "target"), WHOLE)
def test_a_name_in_another_form_has_no_wrong_half(languages: str, source: str, target: str) -> None:
    assert "another" not in [flag.key for _, flag in flags(languages, (source, target))]


@pytest.mark.parametrize(
    ("languages", "source", "target", "text"),
    [
        ("ru-en", "Министры Ирака проголосовали.", "Iranian ministers have voted.", "Iranian"),
        ("en-ru", "Austrian ministers have voted.", "Австралийские министры проголосовали.", "Австралийские"),
        ("de-en", "Die australische Regierung trat zurück.", "The Austrian government resigned.", "Austrian"),
        ("cs-en", "Švýcarská vláda podala demisi.", "The Swedish government resigned.", "Swedish"),
        ("en-es", "The Iraqi government resigned.", "El gobierno iraní dimitió.", "iraní"),
        ("pl-en", "Rząd Litwy podał się do dymisji.", "The Latvian government resigned.", "Latvian"),
    ],
)
def test_one_country_for_another_is_flagged(languages: str, source: str, target: str, text: str) -> None:
    found = [(flag.text, flag.key) for _, flag in flags(languages, (source, target))]
    assert found == [(text, "another-country")]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("ru-en", "Министры Ирака проголосовали.", "Iraqi ministers have voted."),
        ("en-de", "Afghan ministers have voted.", "Die afghanischen Minister haben abgestimmt."),
        ("ru-fr", "Он учился на Кубе и в Перу.", "Il a étudié à Cuba et au Pérou."),
        ("en-ru", "George and Jordan met in the Hague.", "Джордж и Джордан встретились в Гааге."),
        ("fr-ru", "Le gouvernement allemand hésite.", "Правительство ФРГ колеблется."),
        ("en-fr", "The Swedish and the Finnish ministers met.", "Les ministres des deux pays se sont vus."),
    ],
)
def test_a_country_by_another_of_its_names_is_not(languages: str, source: str, target: str) -> None:
    assert "another-country" not in [flag.key for _, flag in flags(languages, (source, target))]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("pl-en", "Wyrok wydał Sąd Okręgowy.", "The Regional Court passed the sentence."),
        ("cs-en", "Věc řeší Krajské státní zastupitelství.", "The regional prosecutor handles the matter."),
        (
            "uk-en",
            "Справу слухає Вищий антикорупційний суд.",
            "The High Anti-Corruption Court hears the case.",
        ),
        ("it-en", "La Procura indaga.", "The prosecutor is investigating."),
        ("en-pl", "It costs PLN 300 a month.", "Kosztuje 300 złotych miesięcznie."),
    ],
)
def test_institutions_and_currencies_are_no_names(languages: str, source: str, target: str) -> None:
    assert flags(languages, (source, target)) == []


def test_what_is_less_likely_than_not_is_neutral() -> None:
    pairs = ("ru-en", ("Он приехал на поезде из столицы.", "He came by train from Oxford."))
    found = flags(pairs[0], pairs[1])
    assert [flag.severity for _, flag in found if flag.confidence < 0.5] == [Severity.NEUTRAL]


def test_a_swap_that_is_sure_is_major() -> None:
    found = flags("en-fr", ("The talks took place in Geneva.", "Les pourparlers ont eu lieu à Madrid."))
    assert [(flag.severity, flag.key) for _, flag in found] == [(Severity.MAJOR, "swapped")]


def test_a_name_that_the_source_has_nearby_is_no_error() -> None:
    pairs = [("Он подписал указ утром.", "Zelensky signed the decree in the morning.")]
    assert [at for at, _ in flags("ru-en", *pairs)] == [1]
    assert flags("ru-en", *pairs, ("Зеленский приехал рано.", "Zelensky came early.")) == []


@pytest.mark.parametrize("languages", ["en-en", "et-en", "en-ar", "en-ro"])
def test_languages_without_knowledge_are_left_alone(languages: str) -> None:
    assert flags(languages, ("Merkel met Macron.", "Obama said this in .")) == []


def test_a_gap_is_flagged_without_any_name() -> None:
    found = flags("ru-en", ("Он прибыл туда вечером.", "He arrived in the evening from in the north."))
    assert [(flag.text, flag.key) for _, flag in found] == [("from in", "gap")]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Diplomatic relations were severed by, Egypt.", "by"),
        ("The talks between and Zelensky took place.", "between and"),
        ("The region is bordered by the to the north.", "the to"),
        ("The capital of .", "of"),
        ("Has become the seventh member.", "Has"),
        ("On Monday, received a report.", "On Monday, received"),
        (", a UN expert, noted this.", ", a"),
        ("Dr believes that it works.", "Dr believes"),
        ("This is the source of 's water.", "of 's"),
        ("In, police fired tear gas.", "In, police"),
        ("Currently employs 2,500 people.", "Currently employs"),
        ("Since is a collection of islands, it is called so.", "Since is"),
    ],
)
def test_gaps(text: str, gap: str) -> None:
    assert gap in [text[found.start : found.end] for found in gaps(text, "en")]
    assert gaps(text, "fr") == []


@pytest.mark.parametrize(
    "text",
    [
        "Japan is a collection of islands in the Pacific, and it is large.",
        "The oldest of them, the one from within, and between 5 and 7 others stayed.",
        "Has he come? Was it so?",
        "He was asked what they were short of.",
        "The by-election and the in-house team are over.",
        "On Monday, there was rain; from behind it came wind.",
        "Dr. Smith and Mr Brown met the president.",
        "It costs 1,000 to 2,000 euros, or at least half of at least one.",
    ],
)
def test_good_english_has_no_sure_gap(text: str) -> None:
    assert [text[gap.start : gap.end] for gap in gaps(text, "en") if gap.sure] == []


TEXT = st.text(max_size=80)


@settings(deadline=None)  # the first example of a language loads its tables
@given(TEXT, TEXT, st.sampled_from(["ru-en", "de-fr", "zh-en", "ja-en", "en-uk"]))
def test_any_text_gives_spans_inside_it_and_likelihoods(source: str, target: str, languages: str) -> None:
    source_lang, target_lang = languages.split("-")
    for gap in gaps(target, target_lang):
        assert 0 <= gap.start <= gap.end <= len(target)
    for suspect in suspects(target, target_lang, source, source_lang):
        evidence = features(suspect, "target", opposed=False, gap=False)
        assert 0.0 <= likelihood(evidence, "target") <= 1.0
        near = features(suspect, "target", near=True, opposed=False, gap=False)
        assert likelihood(near, "target") <= likelihood(evidence, "target")


# name-spelling: languages, source of all segments, usual rendering, other rendering, flagged?
VARIANTS: list[tuple[str, str, str, str]] = [
    ("ru-en", "Зеленский", "Zelensky", "Zelenskyy"),
    ("ru-fr", "Путин", "Poutine", "Putin"),
    ("uk-en", "Харків", "Kharkiv", "Kharkov"),
    ("ru-en", "Шольц", "Scholz", "Sholz"),
    ("ru-en", "Сергей", "Sergey", "Sergei"),
    ("ru-en", "Хрущёв", "Khrushchev", "Khruschev"),
    ("ru-de", "Горбачёв", "Gorbatschow", "Gorbatschew"),
    ("ru-fr", "Достоевский", "Dostoïevski", "Dostoevski"),
    ("uk-fr", "Шевченко", "Chevtchenko", "Shevchenko"),
    ("uk-en", "Чорнобиль", "Chornobyl", "Chernobyl"),
    ("en-ru", "Schneider", "Шнайдер", "Шнейдер"),
    ("en-ru", "Saltillo", "Сальтильо", "Сантильо"),
    ("en-ru", "Mohammed", "Мохаммед", "Мухаммед"),
    ("en-uk", "Johnson", "Джонсон", "Джонсен"),
    ("en-fr", "Barcelona", "Barcelone", "Barcelona"),
    ("en-fr", "Netanyahu", "Netanyahou", "Netanyahu"),
    ("en-de", "Bishkek", "Bischkek", "Bishkek"),
    ("de-fr", "Tschaikowski", "Tchaïkovski", "Tchaikovsky"),
    ("fr-en", "Kadhafi", "Gaddafi", "Gadhafi"),
    ("fr-en", "Abdallah", "Abdullah", "Abdulah"),
    ("en-es", "Tchaikovsky", "Chaikovski", "Tchaikovsky"),
    ("ru-en", "Наталья", "Natalia", "Natalya"),
]
SAME: list[tuple[str, str, str, str]] = [
    ("en-ru", "Johnson", "Джонсон", "Джонсона"),
    ("en-ru", "Moscow", "Москва", "Москвой"),
    ("en-ru", "Dostoevsky", "Достоевский", "Достоевского"),
    ("en-uk", "Kharkiv", "Харків", "Харкова"),
    ("en-uk", "Bandera", "Бандера", "Бандери"),
    ("en-de", "Merkel", "Merkel", "Merkels"),
    ("ru-de", "Путин", "Putin", "Putins"),
    ("ru-en", "Иванов", "Ivanov", "Ivanova"),
    ("ru-en", "Россия", "Russia", "Russian"),
    ("ru-fr", "Украина", "Ukraine", "Ukrainien"),
    ("ru-en", "Москва", "Moscow", "Muscovite"),
    ("en-fr", "University", "Université", "University"),
    ("en-fr", "President", "Président", "Présidente"),
    ("ru-en", "Трамп", "Trump", "Trumps"),
    ("fr-en", "Macron", "Macron", "Macron"),
    ("en-ru", "Putin", "Путину", "Путиным"),
    ("ru-en", "Обама", "Obama", "Biden"),
    ("uk-en", "Львів", "Lviv", "Kyiv"),
    ("de-en", "Bayern", "Bavaria", "Bavarian"),
    ("fr-en", "Européen", "European", "Europe"),
]


def spellings(languages: str, source: str, usual: str, other: str) -> list[tuple[int, Flag]]:
    source_lang, target_lang = languages.split("-")
    words = (usual, usual, other, usual)
    segments = [Segment(at, f"– {source} –", f"– {word} –") for at, word in enumerate(words, start=1)]
    return list(NameSpelling().check_document(Context(source_lang, target_lang, segments)))


@pytest.mark.parametrize(("languages", "source", "usual", "other"), VARIANTS)
def test_a_second_spelling_is_flagged_and_mended(languages: str, source: str, usual: str, other: str) -> None:
    found = spellings(languages, source, usual, other)
    assert [(at, flag.text) for at, flag in found] == [(3, other)]
    assert f"«{usual}»" in found[0][1].message
    assert apply_edits(f"– {other} –", found[0][1].fix) == f"– {usual} –"


@pytest.mark.parametrize(("languages", "source", "usual", "other"), SAME)
def test_another_form_or_another_name_is_not(languages: str, source: str, usual: str, other: str) -> None:
    assert spellings(languages, source, usual, other) == []


def test_two_spellings_as_frequent_as_each_other_are_left_alone() -> None:
    segments = [Segment(at, "Шольц", word) for at, word in enumerate(("Scholz", "Sholz"), start=1)]
    assert list(NameSpelling().check_document(Context("ru", "en", segments))) == []


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), st.sampled_from(["ru-en", "en-uk", "de-fr"]))
def test_spelling_flags_are_about_what_stands_there(pairs: list[tuple[str, str]], languages: str) -> None:
    source_lang, target_lang = languages.split("-")
    segments = [Segment(at, *pair) for at, pair in enumerate(pairs)]
    for at, flag in NameSpelling().check_document(Context(source_lang, target_lang, segments)):
        assert segments[at].target[flag.start : flag.end] == flag.text


@pytest.mark.parametrize(
    ("langs", "text", "other", "expected"),
    [
        # The place beside it is there, the man is not; and the reverse.
        ("ru-en", "Вчера днём в город приехал Президент России Владимир Путин.",
         "The Russian president Martin came.", "Владимир Путин"),
        ("ru-en", "Вчера днём в город приехал Президент России Владимир Путин.",
         "The Russian president Vladimir Putin came.", ""),
        # The first name that is there belongs to the other.
        ("ru-en", "Вчера утром состоялась беседа Владимира Путина и Владимира Зеленского.",
         "Talks with Vladimir Zelensky.", "Владимира Путина"),
        ("ru-en", "Вчера утром состоялась беседа Владимира Путина и Владимира Зеленского.",
         "Talks of Vladimir P. and Vladimir Zelensky.", ""),
        # An abbreviation beside a name is a name of its own.
        ("es-en", "El centro de INF Clairefontaine.", "The Clairefontaine centre.", "INF"),
    ],
)  # fmt: skip
def test_each_part_of_a_name_has_its_counterpart(langs: str, text: str, other: str, expected: str) -> None:
    lang, other_lang = langs.split("-")
    found = suspects(text, lang, other, other_lang)
    assert [text[one.name.start : one.name.end] for one in found] == ([expected] if expected else [])


def test_what_is_written_by_its_sound_is_a_name_unless_it_is_heard() -> None:
    rows = [
        ("ja-en", "ポトロが勝った。", "He won the match.", "ポトロ"),
        ("ja-en", "ポトロが勝った。", "Potro won the match.", ""),
        ("zh-en", "格里沃里认为这很好。", "He thinks that this is good.", "格里沃里"),
        ("zh-en", "格里沃里认为这很好。", "Grigory thinks that this is good.", ""),
        ("zh-en", "新疆的电站很大。", "The power plant is big.", "新疆"),
        ("zh-en", "新疆的电站很大。", "The power plant in Xinjiang is big.", ""),
        ("hi-en", "पूर्व एनएसए कर्मचारी आया।", "A former employee came.", "एनएसए"),
        ("hi-en", "पूर्व एनएसए कर्मचारी आया।", "A former NSA employee came.", ""),
    ]
    for langs, text, other, expected in rows:
        lang, other_lang = langs.split("-")
        found = suspects(text, lang, other, other_lang)
        assert [text[one.name.start : one.name.end] for one in found] == ([expected] if expected else [])
        assert all(one.loan and not one.place for one in found)


def test_loans_are_for_english_alone() -> None:
    assert suspects("チケットを買った。", "ja", "Il a acheté un billet.", "fr") == []


@pytest.mark.parametrize(
    "text",
    [
        "Called as a witness, the builder refused to testify.",
        "Two changes turned the game: on came the two youngest players.",
    ],
)
def test_participles_and_inversions_are_no_gaps(text: str) -> None:
    assert gaps(text, "en") == []
