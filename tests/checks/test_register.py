"""Register: how a translation addresses its reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.register import RegisterCheck
from qa.model import Flag, Segment
from qa.terms.address_forms import ADDRESSING, Address, addresses, speech, with_verb


def flags(languages: str, *pairs: tuple[str, str]) -> list[tuple[int, Flag]]:
    source, _, target = languages.partition("-")
    segments = [Segment(number, s, t) for number, (s, t) in enumerate(pairs, start=1)]
    return list(RegisterCheck().check_document(Context(source, target, segments)))


def flagged(languages: str, *pairs: tuple[str, str]) -> list[tuple[int, str]]:
    return [(number, flag.text) for number, flag in flags(languages, *pairs)]


def english(*targets: str) -> list[tuple[str, str]]:
    return [("Something in English.", target) for target in targets]


POLITE = {
    "fr": ("Fermez votre fenêtre.", "Vous pouvez partir.", "Vos clés sont ici.", "Nous vous écrirons."),
    "de": (
        "Hier finden Sie alles.",
        "Wir helfen Ihnen.",
        "Öffnen Sie das Fenster.",
        "Nun ist Ihr Platz frei.",
    ),
    "es": ("Usted puede salir.", "Lo que usted diga.", "Esto es para usted.", "¿Quiere usted café?"),
    "it": ("Come Lei desidera.", "Se Lei vuole, usciamo.", "Per questo Lei paga.", "Ora Lei firma qui."),
    "nl": ("Wij helpen u graag.", "Uw sleutel ligt klaar.", "U kunt nu gaan.", "Dat is voor u."),
    "ru": ("Вы можете идти.", "Мы вам напишем.", "Ваш ключ здесь.", "Это для вас."),
    "uk": ("Ви можете йти.", "Ми вам напишемо.", "Ваш ключ тут.", "Це для вас."),
}
FAMILIAR = {
    "fr": ("Ferme ta fenêtre.", "Tu peux partir.", "Tes clés sont ici.", "Nous t’écrirons."),
    "de": ("Hier findest du alles.", "Wir helfen dir.", "Nimm deinen Schlüssel.", "Das ist für dich."),
    "es": ("Tú puedes salir.", "Como tú digas.", "Esto es para ti.", "Aquí están tus llaves."),
    "it": ("Fai come tu desideri.", "Questo è per te.", "Prendi la tua chiave.", "Ti scriviamo domani."),
    "nl": ("Wij helpen jou graag.", "Jouw sleutel ligt klaar.", "Dat is voor jou.", "Nu mag jij gaan."),
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("ru", "Если ты не веришь, спроси.", "ты не веришь"), ("ru", "Ты здесь и он здесь.", "Ты"),
        ("ru", "Что вы сказали?", "вы сказали"), ("uk", "Скажи, чи ти знаєш.", "ти знаєш"),
        ("fr", "Enfin tu ne l’oublies pas.", "tu ne l’oublies"), ("fr", "Le veux-tu plus grand ?", "veux-tu"),
        ("fr", "C’est pour toi mais sans elles.", "toi"), ("de", "Gut, kannst du heute kommen?", "kannst du"),
        ("de", "Heute hast schon du gewählt.", "du"), ("pl", "Wtedy ty nie wiesz.", "ty nie wiesz"),
    ],
)  # fmt: skip
def test_a_verb_beside_its_subject(lang: str, text: str, marked: str) -> None:
    (form,) = addresses(text, lang)
    start, end = with_verb(text, form, lang)
    assert text[start:end] == marked


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("fr", "Ici tu trouveras la réponse.", "tu trouveras"),
        ("fr", "Nous t'enverrons une lettre.", "t"),
        ("de", "Wenn du magst, komm vorbei.", "du magst"),
        ("fr", "À faire toi-même.", "toi"),
        ("de", "Deine Rechnung liegt bei.", "Deine"),
        ("es", "Revisa tu factura.", "tu"),
        ("it", "Controlla la tua fattura.", "tua"),
        ("nl", "Hier ligt jouw rekening.", "jouw"),
        ("ru", "Проверь твой счёт.", "твой"),
        ("uk", "Перевір твій рахунок.", "твій"),
    ],
)
def test_a_familiar_word_in_a_polite_document(lang: str, text: str, word: str) -> None:
    pairs = english(*POLITE[lang], text)
    [(number, flag)] = flags(f"en-{lang}", *pairs)
    assert (number, flag.text, flag.key, flag.fix) == (5, word, "polite", ())
    assert "4 segments" in flag.message
    assert "first: 1" in flag.message
    assert flagged(f"en-{lang}", *english(text)) == []


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("de", "Gern schicken wir Ihnen mehr.", "Ihnen"),
        ("es", "Avisamos a usted mañana.", "usted"),
        ("it", "Domani Lei riceve una lettera.", "Lei"),
        ("nl", "Morgen krijgt u een brief.", "u"),
    ],
)
def test_a_polite_word_in_a_familiar_document(lang: str, text: str, word: str) -> None:
    [(number, flag)] = flags(f"en-{lang}", *english(*FAMILIAR[lang], text))
    assert (number, flag.text, flag.key) == (5, word, "familiar")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Sie kommen morgen."),  # they
        ("de", "Wir helfen euch."),
        ("fr", "Vous êtes tous les deux en retard."),
        ("es", "Ustedes llegan tarde."),
        ("nl", "Het begint om 10 u."),
    ],
)
def test_what_may_be_plural_is_no_change_of_register(lang: str, text: str) -> None:
    assert flagged(f"en-{lang}", *english(*FAMILIAR[lang], text)) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "« Tu viens ? », demande-t-elle."),
        ("fr", "— Tu viens ?"),
        ("fr", "Il s’est tu."),
        ("fr", "Elle a haussé le ton."),
        ("fr", "Va-t-il pleuvoir ?"),
        ("fr", "Tu-154 : la fin d’un avion"),
        ("fr", "Le procès de Ta Mok commence."),
        ("de", "Sie sagte: „Du kommst zu spät.“"),
        ("de", "Sie sagte: »Du kommst zu spät.« Dann ging sie."),
        ("de", "Der Zug fährt ab Gare du Nord."),
        ("ru", "Она спросила: «Ты идёшь?»"),
    ],
)
def test_speech_names_and_other_words_are_left_alone(lang: str, text: str) -> None:
    assert flagged(f"en-{lang}", *english(*POLITE[lang], text)) == []


def test_speech_that_goes_on_in_the_next_segment() -> None:
    spoken = ("Elle dit : « Viens.", "Tu es en retard.", "Je t’attends. »")
    assert flagged("en-fr", *english(*POLITE["fr"], *spoken)) == []
    assert flagged("en-fr", *english(*POLITE["fr"], *spoken, "Tu peux entrer.")) == [(8, "Tu peux")]


@pytest.mark.parametrize(
    ("languages", "pair", "found"),
    [
        ("ru-fr", ("Вы можете выключить прибор.", "Tu peux éteindre l’appareil."), "Tu peux"),
        ("uk-fr", ("Ваш ключ на столі.", "Ta clé est sur la table."), "Ta"),
        ("fr-de", ("Avez-vous fini ?", "Bist du fertig?"), "Bist du"),
        ("de-es", ("Haben Sie Zeit?", "¿Tienes tiempo para ti?"), "Tienes"),
        ("uk-pl", ("Якщо у вас є запитання, телефонуйте.", "Jeśli masz pytania, prosimy dzwonić."), "masz"),
        ("de-it", ("Hier können Sie zahlen.", "Qui puoi pagare."), "puoi"),
        ("es-it", ("Esto es para usted.", "Questo è per te."), "te"),
        ("it-de", ("Se Lei vuole, usciamo.", "Wenn du willst, gehen wir."), "du willst"),
        ("nl-fr", ("Ik help u graag.", "Je t’aide volontiers."), "t"),
        ("fr-pl", ("Nous vous attendons.", "Czekamy na ciebie."), "ciebie"),
    ],
)
def test_the_source_is_polite(languages: str, pair: tuple[str, str], found: str) -> None:
    [(number, flag)] = flags(languages, pair)
    assert (number, flag.text, flag.key) == (1, found, "source-polite")


@pytest.mark.parametrize(
    ("languages", "pair"),
    [
        ("ru-de", ("Вы все правы.", "Ihr habt alle recht, sage ich euch.")),
        ("fr-es", ("Vous êtes tous là.", "Vosotros estáis todos.")),
        ("de-fr", ("Ich helfe euch.", "Je vous aide.")),
        ("fr-it", ("Vous partez ?", "Voi partite?")),
        ("ru-fr", ("Вы знаете, как ты устал.", "Tu es fatigué.")),
        ("en-fr", ("You are late.", "Tu es en retard.")),
        ("ru-en", ("Вы опоздали.", "You are late.")),
    ],
)
def test_plurals_and_languages_without_address(languages: str, pair: tuple[str, str]) -> None:
    assert flagged(languages, pair) == []


def test_the_source_is_familiar() -> None:
    kept, slip = ("Ты опоздал.", "Tu es en retard."), ("Это для тебя.", "C’est pour vous.")
    assert flagged("ru-fr", slip) == []  # the habit of the translation is not known
    assert flagged("ru-fr", kept, slip) == [(2, "vous")]
    assert flagged("ru-fr", slip, slip, slip, kept) == []


def test_a_change_made_throughout_is_a_choice() -> None:
    pairs = [("Hier findest du alles.", "Vous trouverez tout ici.")] * 6
    assert flagged("de-fr", *pairs) == []
    assert flagged("fr-de", *[(target, source) for source, target in pairs]) == []


def test_the_author_may_change_register() -> None:
    pairs = [("Вы правы.", "Vous avez raison.")] * 6
    assert flagged("ru-fr", *pairs, ("Ты прав.", "Tu as raison.")) == []
    assert flagged("en-fr", *pairs, ("You are right.", "Tu as raison.")) == [(7, "Tu as")]


def test_a_mixed_document_has_no_habit() -> None:
    assert flagged("en-fr", *english(*POLITE["fr"], *FAMILIAR["fr"])) == []


def test_the_habit_is_that_of_the_segments_around() -> None:
    gap = english(*["Il pleut."] * 60)
    assert flagged("en-fr", *english(*POLITE["fr"]), *gap, *english("Tu peux partir.")) == []


@pytest.mark.timeout(120)
def test_a_long_document_is_read() -> None:
    pairs = english(*(POLITE["fr"] * 5 + ("Tu peux partir.",)) * 1_000)
    found = flagged("en-fr", *pairs)
    assert len(found) == 1_000


@pytest.mark.parametrize(
    "text", ["tu " * 50_000, "« tu » " * 20_000, "t’" * 50_000, "«" * 50_000, "Sie " * 50_000]
)
@pytest.mark.timeout(120)
def test_a_long_segment_does_no_harm(text: str) -> None:
    for lang in ("fr", "de"):
        flags(f"ru-{lang}", ("вы " * 1_000, text), *english(*POLITE["fr"]))


WORDS = st.sampled_from(
    [
        *[
            "tu",
            "te",
            "vous",
            "votre",
            "Sie",
            "du",
            "dich",
            "Ihr",
            "usted",
            "u",
            "jij",
            "Lei",
            "t’",
            "ты",
            "Вы",
        ],
        *["Ta", "«", "»", "“", "”", '"', "—", "–", ".", "!", "’", "\x00", "\ud800"],
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@given(
    st.sampled_from([f"{one}-{other}" for one in ("en", "ru", "fr") for other in sorted(ADDRESSING)]),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=12),
)
def test_spans_are_in_range_and_one_a_segment(languages: str, pairs: list[tuple[str, str]]) -> None:
    found = flags(languages, *pairs)
    assert len({number for number, _ in found}) == len(found)
    for number, flag in found:
        assert pairs[number - 1][1][flag.start : flag.end] == flag.text != ""


@given(st.lists(st.sampled_from(["Tu es là.", "Vous êtes là.", "Il pleut."]), max_size=160))
def test_windows_agree_with_a_count_by_hand(targets: list[str]) -> None:
    wanted = []
    for at, text in enumerate(targets):
        around = [other for place, other in enumerate(targets) if 0 < abs(place - at) <= 50]
        polite, familiar = around.count("Vous êtes là."), around.count("Tu es là.")
        if text == "Tu es là." and polite >= 4 and polite >= 0.9 * (polite + familiar):
            wanted.append((at + 1, "Tu es"))
    assert flagged("en-fr", *english(*targets)) == wanted


@given(st.lists(TEXTS, max_size=8), st.sampled_from(["fr", "de", "ru"]))
def test_stretches_of_speech_are_in_order_and_in_range(texts: list[str], lang: str) -> None:
    for text, silent in zip(texts, speech(texts, lang), strict=True):
        assert silent == sorted(silent)
        assert all(0 <= start < end <= len(text) for start, end in silent)


def test_a_polite_capital_says_nothing_at_the_start() -> None:
    assert addresses("Sie kommen. Ihr Haus ist alt.", "de") == []
    [form] = addresses("Dann kommen Sie.", "de")
    assert form.address is Address.POLITE


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("fr", "En cas de panne, débranche la prise.", "débranche"),
        ("de", "Drücke die Taste.", "Drücke"),
        ("es", "Pulsa el botón.", "Pulsa"),
        ("ru", "Нажми кнопку.", "Нажми"),
        ("uk", "Натисни кнопку.", "Натисни"),
    ],
)
def test_a_familiar_imperative_in_a_polite_document(lang: str, text: str, marked: str) -> None:
    pairs = english(*POLITE[lang], text)
    assert flagged(f"en-{lang}", *pairs) == [(5, marked)]
    assert flagged(f"en-{lang}", *pairs[1:]) == []  # too little around it


def test_an_imperative_to_one_where_all_others_are_to_several() -> None:
    several = ("Versate il latte.", "Mescolate la farina.", "Se volete, unite il sale.", "Potete servire.")
    assert flagged("en-it", *english(*several, "Accendi il forno.")) == [(5, "Accendi")]


def test_a_polite_imperative_in_a_familiar_document() -> None:
    assert flagged("en-fr", *english(*FAMILIAR["fr"], "Fermez la porte.")) == [(5, "Fermez")]


def test_imperatives_that_are_let_be() -> None:
    assert flagged("en-fr", *english(*POLITE["fr"], "« Ferme la porte », dit-il.")) == []
    source = [("Something", text) for text in POLITE["ru"]]
    assert flagged("uk-ru", *source, ("Натисни кнопку.", "Нажми кнопку.")) == []
    assert flagged("en-pl", *english("Kliknij przycisk.", *["To dla was."] * 5)) == []


def test_the_name_of_a_state_addresses_nobody() -> None:
    assert addresses("Tam, gdzie Państwo Islamskie upadło, wróciło życie.", "pl") == []
    assert [one.text for one in addresses("Jeśli mają Państwo pytania, pomożemy.", "pl")] == ["Państwo"]
