"""Sentence splitting: tricky borders, paragraphs, exact offsets, odd text, linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.model import Document
from qa.segment import presegmented, split


def sentences(text: str, lang: str) -> list[str]:
    return [sentence.text for sentence in split(text, lang).sentences]


CASES = [
    # language, sentences joined by " | "
    ("ru", "Президент В. Путин принял делегацию. | Встреча длилась два часа."),
    ("ru", "Об этом сообщил А. С. Иванов. | Он не назвал причин."),
    ("ru", "«Мы не уйдём», — сказал он. | Зал молчал."),
    ("ru", "«Кто там?» — спросила она. | Никто не ответил."),
    ("ru", "— Ты идёшь? | — Нет, останусь дома."),
    ("ru", "Он замолчал… | Потом продолжил рассказ."),
    ("ru", "Завод открыт в 1965 г. | Сейчас на нём работают 300 человек."),
    ("ru", "В 1999 г. Россия пережила кризис. | Рынок упал."),
    ("ru", "Он живёт в г. Москва на ул. Мира, д. 5. | Это рядом."),
    ("ru", "Ущерб составил 5,3 млрд долл. США. | Виновных ищут."),
    ("ru", "«Сегодня мы победили. | Завтра будет трудно», — сказал он."),
    ("ru", "Т. е. никто не знал. | Странно!"),
    ("fr", "MM. Trump et Poutine se sont parlé. | L'appel a duré une heure."),
    ("fr", "M. J.-P. Dupont a démissionné. | Son successeur est connu."),
    ("fr", "Le train part à 14 h. 30 de la gare. | Il arrive à midi."),
    ("fr", "«\u00a0Partez\u00a0!\u00a0» cria-t-il. | Personne ne bougea."),
    ("fr", "«\u202fNous avons gagné.\u202f» | La foule applaudit."),
    ("fr", "Il mourut en 44 av. J.-C. à Rome. | Rome pleura."),
    ("fr", "Mme É. Borne et B. Le Maire étaient là. | Le ministre est parti."),
    ("fr", "Il a répondu (était-ce sérieux ? Nul ne le sait) que non. | Fin."),
    ("fr", "Il se tut (enfin !). | La salle se vida."),
    ("fr", "1. Ouvrir le capot. | 2. Vérifier l'huile."),
    ("fr", "Voir https://exemple.fr/a.html?x=1!b. | La suite demain."),
    ("fr", "Écrivez à jean.dupont@exemple.fr. | Merci."),
    ("en", "J. K. Rowling wrote it. | Everyone read it."),
    ("en", "We chose plan B. | Then it failed."),
    ("en", "The U.S. President spoke. | He was brief."),
    ("en", "I left at 6 a.m. | The road was empty."),
    ("en", '"Why?" he asked. | She shrugged.'),
    ("en", "[...] The text goes on. | It ends here."),
    ("en", "It fell to 3 °C. | Pipes froze."),
    ("en", "Great :) | See you."),
    ("de", "Am 3. Oktober ist Feiertag. | Niemand arbeitet."),
    ("de", "Das steht auf S. 12, Abs. 3, Nr. 4. | Lesen Sie nach."),
    ("de", "Im Jahr 800 n. Chr. wurde Karl gekrönt. | Rom jubelte."),
    ("de", "»Was ist los?«, fragte sie. | Er schwieg."),
    ("de", "„Ich gehe.“ | Dann schloss er die Tür."),
    ("uk", "Президент В. Зеленський прибув до м. Львів. | Зустріч тривала годину."),
    ("uk", "«Ми переможемо», — сказав він. | Усі аплодували."),
    ("uk", "У 2014 р. Росія захопила Крим. | Світ засудив це."),
    ("es", "El Sr. García llegó a las 5 p.m. | ¿Quién lo esperaba? | Nadie."),
    ("pl", "Było to w 1990 r. | Potem wyjechał."),
    ("cs", "Dne 3. května se narodil. | Žil v Praze."),
    ("de", "Der Bus war weg. | Vor dem Haus stand niemand."),
    ("de", "Das war Karl V. | Durch ihn wurde das Reich groß."),
    ("nl", "De trein is weg. | Om tien uur komt er nog een."),
    ("nl", "Het boek van Jan V. Bakker is uit. | Daarna schreef hij niets."),
    ("fr", "Ce fut Charles X. | Pendant six ans, il gouverna."),
    ("es", "La torre es del siglo I. | Madrid no existía."),
    ("es", "Lo dijo Jorge X. Rodríguez. | Hasta ayer nadie lo sabía."),
    ("pt", "Reinou Afonso V. | Durante o seu reinado houve paz."),
    ("it", "Era il secolo I. | Cesare era morto."),
    ("it", "Ha scritto Marco V. Bianchi. | Senza di lui, nulla."),
    ("en", "It was World War I. | Britain had no choice."),
    ("en", "Chapter I. The Beginning"),
    ("el", "Τι κάνεις; | Είμαι καλά."),
    ("hy", "Նա եկավ։ | Նա գնաց։"),
    ("hi", "डॉ. शर्मा आए। | वे थके थे।"),
    ("ar", "قال د. أحمد إن الوضع مستقر. | لم يضف شيئا."),
    ("ar", "هل أنت بخير؟ | نعم، شكرا."),
    ("he", "האם זה נכון? | כן."),
    ("ko", "그는 집에 갔다. | 그녀는 남았다."),
]
UNSPACED = [
    ("zh", ["他来了。", "她走了！", "为什么？"]),
    ("zh", ["“我们走吧。”他说。", "大家都站了起来。"]),
    ("zh", ["「你好嗎？」", "「很好。」"]),
    ("zh", ["价格是3.5元。", "很便宜！"]),
    ("ja", ["地図はhttps://museum.example/map?x!b。", "入場は無料です。"]),
    ("ja", ["「行こう。」と彼は言った。", "彼女はうなずいた。"]),
    ("ja", ["東京（人口1400万人。日本最大）に住む。", "便利だ。"]),
]


@pytest.mark.parametrize(("lang", "marked"), CASES)
def test_borders(lang: str, marked: str) -> None:
    pieces = marked.split(" | ")
    assert sentences(" ".join(pieces), lang) == pieces


@pytest.mark.parametrize(("lang", "pieces"), UNSPACED)
def test_borders_without_blanks(lang: str, pieces: list[str]) -> None:
    assert sentences("".join(pieces), lang) == pieces


@pytest.mark.parametrize(
    "lang", ["th", "xx-nothing", "hu", "sw", "ka", "eu", "yi", "zh-Hant", "pt-BR", "sr-Latn"]
)
def test_every_language_is_split_somehow(lang: str) -> None:
    if lang.startswith("xx"):
        with pytest.raises(UsageError):
            split("A b. C d.", lang)
        return
    document = split("Abc def ghij. Klm nop qrst! Uvw?", lang)
    assert document.sentences[0].start == 0
    assert document.sentences[-1].end == len(document.text)
    assert lang == "th" or len(document.sentences) == 3


def paragraph_numbers(text: str, lang: str = "en") -> list[tuple[int, str]]:
    return [(sentence.paragraph, sentence.text) for sentence in split(text, lang).sentences]


def test_blank_lines_end_paragraphs() -> None:
    for gap in ("\n\n", "\r\n\r\n", "\n \t\n", "\r\r", "\u2029", "\f", "\n\n\n\n"):
        assert paragraph_numbers(f"and so{gap}it goes. On") == [(0, "and so"), (1, "it goes."), (1, "On")]


def test_headlines_and_lists_on_single_lines_stay_apart() -> None:
    text = "United States\nTalks fail\n- first point\n- second point\n3) third\n"
    text += "The talks failed. Nobody knows why."
    assert [piece for _, piece in paragraph_numbers(text)] == [
        "United States", "Talks fail", "- first point", "- second point", "3) third",
        "The talks failed.", "Nobody knows why.",
    ]  # fmt: skip
    assert len({number for number, _ in paragraph_numbers(text)}) == 6


VERSE = """To be, or not to be, that is the question:
Whether 'tis nobler in the mind to suffer
The slings and arrows of outrageous fortune,
Or to take arms against a sea of troubles.

Comme je descendais des Fleuves impassibles,
Je ne me sentis plus guidé par les haleurs :
— Des Peaux-Rouges criards les avaient pris pour cibles,
Les ayant cloués nus aux poteaux de couleurs.

und küsst den Mond,
den kalten."""


def test_verse_keeps_its_lines() -> None:
    lines = [line for line in VERSE.split("\n") if line]
    assert sentences(VERSE, "en") == lines
    assert [s.text for s in presegmented(VERSE, "en").sentences] == VERSE.split("\n")


def test_wrapped_german_is_no_verse_though_its_lines_begin_with_nouns() -> None:
    text = "\n".join(
        [
            "Am Montag besuchte die Ministerin mit der",
            "Delegation aus Polen und Ungarn den neuen",
            "Hafen und sprach dort lange mit den alten",
            "Arbeitern über die Lage und auch über die",
            "Preise des Winters.",
        ]
    )
    assert sentences(text, "de") == [text]


def test_one_long_paragraph_a_line_stays_apart() -> None:
    line = "this line of a corpus has no capital letter and is longer than lines are wrapped to " * 2
    assert len(line) > 120
    assert len(split(f"{line}\n{line}\n{line}", "en").sentences) == 3


WRAPPED = (
    "The committee met on Tuesday afternoon in order to discuss the budget\n"
    "for the coming year, which had been put off twice. Members of the two\n"
    "largest parties could not agree on the size of the housing fund. They\n"
    "will meet again in June.\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_hard_wrapped_text_is_joined(end: str) -> None:
    text = WRAPPED.replace("\n", end)
    document = split(text, "en")
    assert [" ".join(sentence.text.split()) for sentence in document.sentences] == [
        "The committee met on Tuesday afternoon in order to discuss the budget for the coming year, "
        "which had been put off twice.",
        "Members of the two largest parties could not agree on the size of the housing fund.",
        "They will meet again in June.",
    ]
    assert {sentence.paragraph for sentence in document.sentences} == {0}


def test_wrapped_chinese_is_joined() -> None:
    text = "委员会星期二下午开会讨论了明年的预算问题但是两个最大的党派没有能够就住房基金的规模达成"
    text += "一致意见所以他们决定在六月份再一次开会讨论这个问题并且邀请专家参加以便尽快得到结果。"
    wrapped = "\n".join(text[at : at + 24] for at in range(0, len(text), 24))
    assert len(split(wrapped, "zh").sentences) == 1


ODD = [
    "\0", "a\0b. C\0", "\ud800. \udfff Abc. Def", "\u202eabc. \u202cDef. \u2066x\u2069", "\ufeffAbc. Def.",
    "...", "?!", "»", "(", "[[[[", "\u200b", ". . . .", "«»", "1.", "—", "a\u2028b", "\x85", "i̇. İ.", "ß. ẞ",
]  # fmt: skip


def check(document: Document) -> None:
    text = document.text
    at = 0
    for index, sentence in enumerate(document.sentences):
        assert sentence.index == index
        assert not text[at : sentence.start].strip()
        assert sentence.start >= at
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        assert sentence.text
        at = sentence.end
    assert not text[at:].strip()
    numbers = [sentence.paragraph for sentence in document.sentences]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("lang", ["ru", "fr", "zh", "ar", "th", "el"])
def test_odd_text_is_kept(text: str, lang: str) -> None:
    check(split(text, lang))


@pytest.mark.parametrize("text", ["", " ", "\n\n\t \u00a0\u3000\r\n"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert split(text, "en").sentences == ()


MARKS = st.sampled_from(
    [
        *" \n\r\t.!?…«»“”\"'()[]—-。！？」\u00a0\u202f\0\u2028\u200f",
        "\r\n",
        "\n\n",
        "\ud800",
        "т.е.",
        "M. ",
        "https://a.b/c?d. ",
    ]
)
TEXTS = st.lists(
    st.one_of(MARKS, st.text(max_size=6), st.sampled_from(["Слово", "mot", "字"])), max_size=40
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(["ru", "fr", "en", "de", "zh", "ja", "ar", "th", "hi", "tr"]))
def test_documents_rebuild_from_their_sentences(text: str, lang: str) -> None:
    document = split(text, lang)
    assert document.text == text
    check(document)
    assert split(text, lang) == document


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_presegmented_lines_keep_their_numbers(text: str) -> None:
    document = presegmented(text, "en")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    assert [sentence.text for sentence in document.sentences] == [line.strip() for line in lines]
    assert all(text[s.start : s.end] == s.text for s in document.sentences)


def test_presegmented_keeps_blank_lines_between() -> None:
    document = presegmented("\ufeffa. B.\n\n c \n\n\n", "fr", name="x")
    assert [(s.text, s.paragraph) for s in document.sentences] == [("\ufeffa. B.", 0), ("", 1), ("c", 1)]
    assert (document.lang, document.name) == ("fr", "x")


@pytest.mark.parametrize(
    "unit",
    ["a", " ", ".", "a. ", "A. B. ", "«", "(", "()", "(. ", "。", "1.", "a.b", "http://a/b?", "x@y.z ",
     "a\n", "a\n\n", "\n ", ".)", "! ", ". ", ":) ", "😀 ", "...", "No. 1. ", "Mr. X, ", "́", "\0", "-",
     "\t", "г. "],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["fr", "ru"])
@pytest.mark.timeout(60)
def test_hostile_repetition_does_no_harm(unit: str, lang: str) -> None:
    text = "B" + unit * (30_000 // len(unit)) + "C"
    check(split(text, lang))


def test_a_line_of_a_mebibyte() -> None:
    text = "Слово за слово идёт. " * 50_000
    assert len(text) > 2**20
    assert len(split(text, "ru").sentences) == 50_000
