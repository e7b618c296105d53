"""One sentence in every modality and language: told apart from every other, and alike in all languages."""

from __future__ import annotations

from itertools import permutations

import pytest

from qa.checks.base import Context
from qa.checks.modality import ModalityCheck
from qa.model import Flag, Segment, Severity

SENTENCES: dict[str, dict[str, str]] = {
    "en": {
        "must": "The tenant must inform the owner.",
        "may": "The tenant may inform the owner.",
        "ban": "The tenant must not inform the owner.",
        "exempt": "The tenant does not have to inform the owner.",
        "should": "The tenant should inform the owner.",
        "unmet": "The tenant should have informed the owner.",
        "due": "The tenant will have to inform the owner.",
        "might": "The price could be higher.",
        "perhaps": "Perhaps the owner has sold the house.",
        "future": "The price will be higher.",
        "fact": "The owner has sold the house.",
    },
    "fr": {
        "must": "Le locataire doit informer le propriétaire.",
        "may": "Le locataire peut informer le propriétaire.",
        "ban": "Le locataire ne doit pas informer le propriétaire.",
        "exempt": "Le locataire n’est pas obligé d’informer le propriétaire.",
        "should": "Le locataire devrait informer le propriétaire.",
        "unmet": "Le locataire aurait dû informer le propriétaire.",
        "due": "Le locataire devra informer le propriétaire.",
        "might": "Le prix pourrait être plus élevé.",
        "perhaps": "Le propriétaire a peut-être vendu la maison.",
        "future": "Le prix sera plus élevé.",
        "fact": "Le propriétaire a vendu la maison.",
    },
    "de": {
        "must": "Der Mieter muss den Eigentümer informieren.",
        "may": "Der Mieter darf den Eigentümer informieren.",
        "ban": "Der Mieter darf den Eigentümer nicht informieren.",
        "exempt": "Der Mieter muss den Eigentümer nicht informieren.",
        "should": "Der Mieter sollte den Eigentümer informieren.",
        "unmet": "Der Mieter hätte den Eigentümer informieren sollen.",
        "due": "Der Mieter wird den Eigentümer informieren müssen.",
        "might": "Der Preis könnte höher sein.",
        "perhaps": "Vielleicht hat der Eigentümer das Haus verkauft.",
        "future": "Der Preis wird höher sein.",
        "fact": "Der Eigentümer hat das Haus verkauft.",
    },
    "es": {
        "must": "El inquilino debe informar al propietario.",
        "may": "El inquilino puede informar al propietario.",
        "ban": "El inquilino no debe informar al propietario.",
        "exempt": "El inquilino no está obligado a informar al propietario.",
        "should": "El inquilino debería informar al propietario.",
        "unmet": "El inquilino debería haber informado al propietario.",
        "due": "El inquilino tendrá que informar al propietario.",
        "might": "El precio podría ser más alto.",
        "perhaps": "Tal vez el propietario haya vendido la casa.",
        "future": "El precio será más alto.",
        "fact": "El propietario ha vendido la casa.",
    },
    "it": {
        "must": "L’inquilino deve informare il proprietario.",
        "may": "L’inquilino può informare il proprietario.",
        "ban": "L’inquilino non deve informare il proprietario.",
        "exempt": "L’inquilino non è obbligato a informare il proprietario.",
        "should": "L’inquilino dovrebbe informare il proprietario.",
        "unmet": "L’inquilino avrebbe dovuto informare il proprietario.",
        "due": "L’inquilino dovrà informare il proprietario.",
        "might": "Il prezzo potrebbe essere più alto.",
        "perhaps": "Forse il proprietario ha venduto la casa.",
        "future": "Il prezzo sarà più alto.",
        "fact": "Il proprietario ha venduto la casa.",
    },
    "pt": {
        "must": "O inquilino deve informar o proprietário.",
        "may": "O inquilino pode informar o proprietário.",
        "ban": "O inquilino não deve informar o proprietário.",
        "exempt": "O inquilino não é obrigado a informar o proprietário.",
        "should": "O inquilino deveria informar o proprietário.",
        "unmet": "O inquilino deveria ter informado o proprietário.",
        "due": "O inquilino terá de informar o proprietário.",
        "might": "O preço poderia ser mais alto.",
        "perhaps": "Talvez o proprietário tenha vendido a casa.",
        "future": "O preço será mais alto.",
        "fact": "O proprietário vendeu a casa.",
    },
    "nl": {
        "must": "De huurder moet de eigenaar informeren.",
        "may": "De huurder mag de eigenaar informeren.",
        "ban": "De huurder mag de eigenaar niet informeren.",
        "exempt": "De huurder hoeft de eigenaar niet te informeren.",
        "should": "De huurder zou de eigenaar moeten informeren.",
        "unmet": "De huurder had de eigenaar moeten informeren.",
        "due": "De huurder zal de eigenaar moeten informeren.",
        "might": "De prijs zou hoger kunnen zijn.",
        "perhaps": "Misschien heeft de eigenaar het huis verkocht.",
        "future": "De prijs zal hoger zijn.",
        "fact": "De eigenaar heeft het huis verkocht.",
    },
    "ru": {
        "must": "Арендатор обязан сообщить владельцу.",
        "may": "Арендатор вправе сообщить владельцу.",
        "ban": "Арендатору нельзя сообщать владельцу.",
        "exempt": "Арендатор не обязан сообщать владельцу.",
        "should": "Арендатору следует сообщить владельцу.",
        "unmet": "Арендатор должен был бы сообщить владельцу.",
        "due": "Арендатору придётся сообщить владельцу.",
        "might": "Цена могла бы быть выше.",
        "perhaps": "Возможно, владелец продал дом.",
        "future": "Цена будет выше.",
        "fact": "Владелец продал дом.",
    },
    "uk": {
        "must": "Орендар зобов’язаний повідомити власника.",
        "may": "Орендар може повідомити власника.",
        "ban": "Орендареві не можна повідомляти власника.",
        "exempt": "Орендар не зобов’язаний повідомляти власника.",
        "should": "Орендареві варто повідомити власника.",
        "unmet": "Орендареві варто було повідомити власника.",
        "due": "Орендареві доведеться повідомити власника.",
        "might": "Ціна могла б бути вищою.",
        "perhaps": "Можливо, власник продав будинок.",
        "future": "Ціна буде вищою.",
        "fact": "Власник продав будинок.",
    },
    "pl": {
        "must": "Najemca musi poinformować właściciela.",
        "may": "Najemca może poinformować właściciela.",
        "ban": "Najemcy nie wolno informować właściciela.",
        "exempt": "Najemca nie musi informować właściciela.",
        "should": "Najemca powinien poinformować właściciela.",
        "unmet": "Najemca powinien był poinformować właściciela.",
        "due": "Najemca będzie musiał poinformować właściciela.",
        "might": "Cena mogłaby być wyższa.",
        "perhaps": "Być może właściciel sprzedał dom.",
        "future": "Cena będzie wyższa.",
        "fact": "Właściciel sprzedał dom.",
    },
    "cs": {
        "must": "Nájemce musí informovat majitele.",
        "may": "Nájemce může informovat majitele.",
        "ban": "Nájemce nesmí informovat majitele.",
        "exempt": "Nájemce nemusí informovat majitele.",
        "should": "Nájemce by měl informovat majitele.",
        "unmet": "Nájemce měl majitele býval informovat.",
        "due": "Nájemce bude muset informovat majitele.",
        "might": "Cena by mohla být vyšší.",
        "perhaps": "Majitel dům možná prodal.",
        "future": "Cena bude vyšší.",
        "fact": "Majitel dům prodal.",
    },
    "zh": {
        "must": "租户必须通知房东。",
        "may": "租户可以通知房东。",
        "ban": "租户不得通知房东。",
        "exempt": "租户无需通知房东。",
        "should": "租户应该通知房东。",
        "perhaps": "也许房东卖了房子。",
        "fact": "房东卖了房子。",
    },
    "ja": {
        "must": "借主は家主に知らせなければならない。",
        "may": "借主は家主に知らせてもよい。",
        "ban": "借主は家主に知らせてはならない。",
        "exempt": "借主は家主に知らせる必要はない。",
        "should": "借主は家主に知らせるべきだ。",
        "perhaps": "家主は家を売ったかもしれない。",
        "fact": "家主は家を売った。",
    },
}
CHANGES = {
    ("must", "may"): "eased",
    ("may", "must"): "tightened",
    ("ban", "exempt"): "released",
    ("exempt", "ban"): "forbidden",
    ("unmet", "due"): "future",
    ("might", "future"): "sure",
    ("perhaps", "fact"): "fact",
}
PAIRS = list(permutations(SENTENCES, 2))


def flags(languages: str, source: str, target: str) -> list[Flag]:
    source_lang, target_lang = languages.split("-")
    return list(ModalityCheck().check(Segment(1, source, target), Context(source_lang, target_lang)))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_is_said_alike_is_alike(one: str, other: str) -> None:
    both = SENTENCES[one].keys() & SENTENCES[other].keys()
    wrong = {
        way: [flag.message for flag in found]
        for way in both
        if (found := flags(f"{one}-{other}", SENTENCES[one][way], SENTENCES[other][way]))
    }
    assert not wrong


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_is_said_otherwise_is_found(one: str, other: str) -> None:
    found = {
        (before, after): [
            flag.key for flag in flags(f"{one}-{other}", SENTENCES[one][before], SENTENCES[other][after])
        ]
        for before, after in CHANGES
        if before in SENTENCES[one] and after in SENTENCES[other]
    }
    assert found == {change: [key] for change, key in CHANGES.items() if change in found}


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-fr", "The exhibition opens in May.", "L’exposition ouvre en mai."),
        ("en-fr", "On 3 May the court ruled.", "Le 3 mai, le tribunal a statué."),
        ("en-de", "Could you close the window, please.", "Bitte schließen Sie das Fenster."),
        ("ru-en", "Здесь нельзя курить.", "You may not smoke here."),
        ("fr-en", "Il ne peut que partir.", "He can only leave."),
        ("en-de", "The film might be good.", "Der Film ist womöglich gut."),
        ("en-ru", "The phone is washable.", "Телефон можно мыть."),
        ("ru-en", "Он должен был уйти.", "He had to leave."),
        ("ru-en", "Он якобы украл деньги.", "He allegedly stole the money."),
        ("en-fr", "Patients may experience headaches.", "Les patients risquent d’avoir des maux de tête."),
        ("it-en", "Il treno sarebbe in ritardo.", "The train is said to be late."),
        ("nl-en", "Misschien regent het.", "It may be raining."),
        ("es-en", "Deben de ser las dos.", "It must be two o’clock."),
        ("fr-en", "Vous devriez partir.", "You had better leave."),
        ("en-es", "The law may be changed.", "La ley puede modificarse."),
        ("en-fr", "Your provider should be able to help.", "Votre opérateur pourra vous aider."),
        ("fr-ru", "Les Israéliens pourront dormir.", "Израильтяне смогут спать."),
        ("de-en", "Der Antrag ist schriftlich zu stellen.", "The application must be made in writing."),
    ],
)
def test_other_ways_to_say_it_are_no_change(languages: str, source: str, target: str) -> None:
    assert not flags(languages, source, target)


@pytest.mark.parametrize(
    ("languages", "source", "target", "key"),
    [
        ("en-de", "The form has to be signed.", "Das Formular kann unterschrieben werden.", "eased"),
        ("de-en", "Der Käufer ist berechtigt, zurückzutreten.", "The buyer must withdraw.", "tightened"),
        ("fr-en", "Il est possible de payer par carte.", "You must pay by card.", "tightened"),
        ("pl-en", "Uczestnicy muszą podpisać umowę.", "Participants can sign the contract.", "eased"),
        ("en-de", "The bank could become insolvent.", "Die Bank wird insolvent werden.", "sure"),
        ("en-de", "The medicine may cause headaches.", "Das Medikament verursacht Kopfschmerzen.", "fact"),
        ("de-en", "Der Minister soll zurückgetreten sein.", "The minister has resigned.", "fact"),
        ("cs-en", "Ministr prý odstoupil.", "The minister resigned.", "fact"),
        ("nl-en", "De minister is naar verluidt afgetreden.", "The minister has resigned.", "fact"),
        ("pt-en", "Ele alegadamente roubou o dinheiro.", "He stole the money.", "fact"),
        ("fr-en", "L’entreprise aurait dû payer.", "The company will have to pay.", "future"),
        ("fr-en", "Vous devriez boire plus d’eau.", "You must drink more water.", "ordered"),
    ],
)
def test_a_change_is_named(languages: str, source: str, target: str, key: str) -> None:
    assert [flag.key for flag in flags(languages, source, target)] == [key]


def test_severity() -> None:
    (duty,) = flags("en-fr", "The tenant may leave.", "Le locataire doit partir.")
    assert (duty.severity, duty.confidence) == (Severity.MAJOR, ModalityCheck.precision)
    (advice,) = flags("en-de", "You should leave.", "Sie müssen gehen.")
    assert (advice.severity, advice.confidence) == (Severity.MINOR, 0.5)
    tail = " before the first day of the month that follows the month in which the notice was given" * 3
    suite = " avant le premier jour du mois qui suit le mois au cours duquel le congé a été donné" * 3
    (late,) = flags("en-fr", f"The tenant may leave{tail}.", f"Le locataire doit partir{suite}.")
    assert late.severity is Severity.MINOR


def test_what_was_left_out_is_no_fact() -> None:
    assert not flags("en-fr", "The tenant might perhaps leave before the end of the month.", "Il.")
