"""Wrong sense: what it says of single sentences and of documents."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.evidence import Company
from qa.checks.sense import WrongSense
from qa.model import Flag, Segment, apply_edits
from qa.terms.senses import Inventory, Sense
from qa.terms.senses.inventory import Rendering


def flags(languages: str, *pairs: tuple[str, str]) -> list[tuple[int, Flag]]:
    source, _, target = languages.partition("-")
    segments = [Segment(number, s, t) for number, (s, t) in enumerate(pairs, start=1)]
    return list(WrongSense().check_document(Context(source, target, segments)))


STRIKES = (
    "Стороны на месяц отказались от ракетных ударов по военным базам.",
    "Les parties renoncent pour un mois aux grèves de missiles contre les bases militaires.",
)
ELSEWHERE = (
    "Первый шаг — прекращение ударов по электростанциям.",
    "Le premier pas est l’arrêt des frappes contre les centrales électriques.",
)


def test_the_flag_says_what_is_wrong_why_and_what_the_document_says_elsewhere() -> None:
    [(number, flag)] = flags("ru-fr", STRIKES, ELSEWHERE)
    assert (number, flag.text, flag.severity, flag.category) == (
        1,
        "grèves",
        "major",
        "accuracy/mistranslation",
    )
    for part in (
        "ударов",
        "удар",
        "a military attack",
        "a stoppage of work",
        "strike",
        "frappes",
        "Segment 2",
    ):
        assert part in flag.message
    assert flag.confidence >= 0.8
    assert "un mois aux frappes de" in apply_edits(STRIKES[1], flag.fix)


@pytest.mark.parametrize(
    ("languages", "source", "target", "word", "meant"),
    [
        ("ru-fr", "Такая команда отдана военным.", "Un tel commandement a été donné à l’armée.",
         "commandement", "an order given to somebody"),
        ("ru-fr", "Стороны объявили о взаимном отказе от применения силы.",
         "Les parties ont annoncé le refus mutuel de l’usage de la force.",
         "refus", "a giving up of something"),
        ("de-fr", "Die Feuerwehr löschte den Brand.", "Les pompiers ont éteint le tir.", "tir", "burning"),
        ("pl-en", "Załoga statku została uratowana.", "The team of the ship was rescued.",
         "team", "the people working on a ship or aircraft"),
    ],
)  # fmt: skip
def test_a_word_of_another_sense_is_told_without_context(
    languages: str, source: str, target: str, word: str, meant: str
) -> None:
    [(_, flag)] = flags(languages, (source, target))
    assert flag.text == word
    assert meant in flag.message


@pytest.mark.parametrize(
    ("languages", "source", "wrong", "word", "right"),
    [
        ("en-zh", "Please open the attachment of this e-mail before the meeting.",
         "请在开会前打开这封邮件的依恋。", "依恋", "请在开会前打开这封邮件的附件。"),
        ("en-ja", "Her pupils widened when the doctor shone a light into her eyes.",
         "医師が目に光を当てると、彼女の生徒が開いた。", "生徒",
         "医師が目に光を当てると、彼女の瞳孔が開いた。"),
        ("en-ar", "The cat scratched the bark of the tree with its claws.",
         "خدشت القطة نباح الشجرة بمخالبها.", "نباح",
         "خدشت القطة لحاء الشجرة بمخالبها."),
        ("en-tr", "The calf drank its mother’s milk on the farm.",
         "Çiftlikteki baldır annesinin sütünü içti.", "baldır",
         "Çiftlikteki buzağı annesinin sütünü içti."),
    ],
)  # fmt: skip
def test_languages_of_other_scripts_and_families(
    languages: str, source: str, wrong: str, word: str, right: str
) -> None:
    [(_, flag)] = flags(languages, (source, wrong))
    assert flag.text == word
    assert apply_edits(wrong, flag.fix) == right
    assert flags(languages, (source, right)) == []


@pytest.mark.parametrize(
    ("languages", "source", "wrong", "word", "right"),
    [
        ("en-fr", "The sitting president faces impeachment by parliament.",
         "Le président assis risque une destitution par le parlement.", "assis",
         "Le président en exercice risque une destitution par le parlement."),
        ("en-fr", "The defendant pleaded guilty to fraud in court.",
         "L’accusé a supplié coupable de fraude au tribunal.", "supplié",
         "L’accusé a plaidé coupable de fraude au tribunal."),
        ("en-de", "Bleed the brakes after you replace the valve.",
         "Bluten Sie die Bremsen, nachdem Sie das Ventil ersetzt haben.", "Bluten",
         "Entlüften Sie die Bremsen, nachdem Sie das Ventil ersetzt haben."),
        ("en-ru", "The outstanding balance of the loan and the invoice",
         "Выдающийся остаток по кредиту и счету", "Выдающийся", "Непогашенный остаток по кредиту и счету"),
        ("en-ru", "His boss fired him and he lost his job.",
         "Начальник выстрелил в него, и он потерял работу.", "выстрелил",
         "Начальник уволил его, и он потерял работу."),
        ("en-fr", "The plaintiff seeks injunctive relief.", "Le demandeur cherche un soulagement injonctif.",
         "soulagement", "Le demandeur sollicite une mesure injonctive."),
    ],
)  # fmt: skip
def test_verbs_and_adjectives_of_a_field(
    languages: str, source: str, wrong: str, word: str, right: str
) -> None:
    [(_, flag)] = flags(languages, (source, wrong))
    assert flag.text == word
    assert flags(languages, (source, right)) == []


def test_a_verb_that_cannot_be_inflected_gets_no_fix() -> None:
    pair = ("Они не договорились о перемирии.", "Ils n’ont pas été d’accord sur une trêve.")
    [(_, flag)] = flags("ru-fr", pair)
    assert (flag.text, flag.fix) == ("été d’accord", ())
    assert flags("ru-fr", (pair[0], "Ils ne sont pas parvenus à un accord sur une trêve.")) == []


def test_a_rendering_the_document_uses_is_preferred_to_the_inventory_s_first() -> None:
    other = (ELSEWHERE[0], "Le premier pas est l’arrêt des frappes contre les centrales.")
    [(_, flag)] = flags(
        "ru-fr", ("Удары по портам продолжаются.", "Les grèves contre les ports continuent."), other
    )
    assert [edit.text for edit in flag.fix] == ["frappes"]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-fr", "The union called a strike and no trains will run on Monday.",
         "Le syndicat a lancé une grève et aucun train ne circulera lundi."),
        ("en-fr", "Railway workers will strike for higher pay.",
         "Les cheminots feront grève pour de meilleurs salaires."),
        ("ru-fr", "Железнодорожники объявили забастовку из-за зарплат.",
         "Les cheminots ont annoncé une grève pour les salaires."),
        ("uk-fr", "Працівники залізниці оголосили страйк.", "Les employés du rail ont annoncé une grève."),
        ("ru-fr", "Удар по порту сорвал забастовку докеров.", "La frappe a empêché la grève des dockers."),
    ],
)  # fmt: skip
def test_a_real_strike_is_never_flagged(languages: str, source: str, target: str) -> None:
    assert flags(languages, (source, target)) == []


def test_both_kinds_of_strike_in_one_document() -> None:
    rail = (
        "The rail strike enters its third day as unions reject the pay offer.",
        "La grève des chemins de fer entre dans son troisième jour, les syndicats refusant l’offre.",
    )
    right = (
        "Drone strikes on the city killed four soldiers.",
        "Des frappes de drones sur la ville ont tué quatre soldats.",
    )
    wrong = (right[0], "Des grèves de drones sur la ville ont tué quatre soldats.")
    assert flags("en-fr", rail, right) == []
    assert [(number, flag.text) for number, flag in flags("en-fr", rail, right, wrong)] == [(3, "grèves")]


@pytest.mark.parametrize(
    ("languages", "source", "target", "fixed"),
    [
        ("ru-fr", "Авиаудары прекратились.", "Les grèves aériennes ont cessé.",
         "Les frappes aériennes ont cessé."),
        ("ru-de", "Удары по портам продолжаются.", "Die Streiks auf die Häfen gehen weiter.",
         "Die Angriffe auf die Häfen gehen weiter."),
        ("ru-es", "Удары по портам продолжаются.", "Las huelgas contra los puertos continúan.",
         "Los ataques contra los puertos continúan."),
        ("ru-fr", "Официант принёс счёт.", "Le serveur a apporté le projet de loi.",
         "Le serveur a apporté la facture."),
        ("uk-de", "Завод зупинив виробництво.", "Die Pflanze hat die Produktion eingestellt.",
         "Das Werk hat die Produktion eingestellt."),
        ("en-ru", "The court upheld the verdict.", "Корт оставил приговор в силе.",
         "Суд оставил приговор в силе."),
        ("zh-fr", "工会宣布铁路工人罢工。", "Le syndicat a annoncé une frappe des cheminots.",
         "Le syndicat a annoncé une grève des cheminots."),
    ],
)  # fmt: skip
def test_the_fix_agrees(languages: str, source: str, target: str, fixed: str) -> None:
    [(_, flag)] = flags(languages, (source, target))
    assert apply_edits(target, flag.fix) == fixed


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "‮удар‬", "<b>grève</b>", "a" * 200_000, "грев " * 2000]
)
def test_hostile_text_does_no_harm(text: str) -> None:
    assert flags("ru-fr", (text, text)) == []


def test_nothing_to_say_of_empty_sides_or_a_single_language() -> None:
    assert flags("ru-fr", ("Удары продолжаются.", ""), ("", "Les grèves continuent.")) == []
    assert flags("fr-fr", ("Les frappes continuent.", "Les grèves continuent.")) == []


def test_right_to_left_and_cjk_targets() -> None:
    assert flags("en-ar", ("The strike began.", "بدأ الإضراب.")) == []
    [(_, flag)] = flags("ru-zh", ("Удары по портам продолжаются.", "对港口的罢工仍在继续。"))
    assert (flag.text, [edit.text for edit in flag.fix]) == ("罢工", ["空袭"])


def test_without_the_encoder_unambiguous_words_still_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Company, "_load", lambda self: None)
    assert [flag.text for _, flag in flags("ru-fr", STRIKES)] == ["grèves"]
    assert flags("en-fr", ("The strikes killed ten soldiers.", "Les grèves ont tué dix soldats.")) == []


def test_an_inventory_of_one_s_own() -> None:
    def sense(name: str, gloss: str, **words: str) -> Sense:
        return Sense("mouse", name, gloss, {tag: (Rendering(word, "f"),) for tag, word in words.items()})

    inventory = Inventory(
        [sense("a", "a rodent", en="mouse", fr="souris", ru="мышь"),
         sense("b", "a pointing device", en="mouse", fr="mulette", ru="манипулятор")]
    )  # fmt: skip
    context = Context("ru", "fr", [Segment(1, "Мышь спит.", "La mulette dort.")])
    [(_, flag)] = WrongSense(inventory).check_document(context)
    assert flag.text == "mulette"
    assert "a rodent" in flag.message


@pytest.mark.parametrize(
    ("languages", "source", "target", "word"),
    [
        ("en-tr", "The teachers' strike over pay entered its second week.",
         "Öğretmenlerin maaş nedeniyle yaptığı saldırılar ikinci haftasına girdi.", "saldırılar"),
        ("ru-tr", "Авиаудар разрушил склад.", "Hava grevi depoyu yıktı.", "grevi"),
        ("ru-ar", "Авиаудар разрушил склад.", "دمر الإضراب الجوي المستودع.", "الإضراب"),
        ("de-ar", "Der Streik der Lokführer dauert an.", "وتستمر ضربات سائقي القطارات.", "ضربات"),
        ("ru-ja", "Авиаудар разрушил склад.", "ストライキが倉庫を破壊した。", "ストライキ"),
        ("es-zh", "La huelga de maestros continúa.", "教师的空袭仍在继续。", "空袭"),
    ],
)  # fmt: skip
def test_a_wrong_sense_is_found_in_the_form_it_has_there(
    languages: str, source: str, target: str, word: str
) -> None:
    [(_, flag)] = flags(languages, (source, target))
    assert flag.text == word


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-ar", "The company's share of the market fell, and so did its shares.",
         "تراجعت حصة الشركة في السوق وتراجعت أسهمها."),
        ("en-ar", "The central bank raised interest rates to fight inflation.",
         "رفع البنك المركزي أسعار الفائدة لمكافحة التضخم."),
        ("en-tr", "The record shows that he broke the record.", "Kayıtlar onun rekor kırdığını gösteriyor."),
        ("en-tr", "The bill will be paid by the client, and the bill was passed by parliament.",
         "Faturayı müşteri ödeyecek, yasa ise mecliste kabul edildi."),
        ("en-ja", "He gave the order, and the shop took the order.", "彼は命令を出し、店は注文を受けた。"),
    ],
)  # fmt: skip
def test_a_word_that_stands_twice_may_be_rendered_in_two_senses(
    languages: str, source: str, target: str
) -> None:
    assert flags(languages, (source, target)) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The minister arrived in Berlin on Friday.", "Le ministre est arrivé à Berlin vendredi."),
        ("The minister met the ambassador on Monday.", "Le ministre a rencontré l’ambassadeur lundi."),
        (
            "The minister said on Sunday that talks would go on.",
            "Le ministre a dit dimanche que l’on parlerait.",
        ),
    ],
)
def test_a_day_of_the_week_decides_nothing(source: str, target: str) -> None:
    assert flags("en-fr", (source, target)) == []


def test_a_congregation_does() -> None:
    source = "The minister of the parish led the congregation in prayer."
    [(_, flag)] = flags("en-fr", (source, "Le ministre de la paroisse a dirigé la prière de l’assemblée."))
    assert "clergyman" in flag.message


def test_a_sense_that_keeps_any_company_is_doubted_by_two_words_only() -> None:
    assert not flags("en-pl", ("In rare cases the trial fails.", "W rzadkich przypadkach próba zawodzi."))
    [(_, flag)] = flags(
        "en-pl", ("The lawyer lost her case in court.", "Adwokatka przegrała przypadek w sądzie.")
    )
    assert "an instance of" in flag.message


@pytest.mark.parametrize(
    ("languages", "source", "target", "fixed"),
    [
        ("fr-en", "Elle tient une librairie.", "She runs a library.", "She runs a bookshop."),
        ("en-fr", "The library was closed.", "La librairie était fermée.", "La bibliothèque était fermée."),
        ("en-fr", "the actual prices", "les prix actuels", "les prix réels"),
        ("de-en", "Mein Sohn ist sensibel.", "My son is sensible.", "My son is sensitive."),
        ("en-de", "a sensible choice", "eine sensible Wahl", "eine vernünftige Wahl"),
        ("es-en", "Está embarazada otra vez.", "She is embarrassed again.", "She is pregnant again."),
        ("en-ru", "of an accurate map", "аккуратной карты", "точной карты"),
        ("pl-en", "Otworzył okno w fabryce.", "He opened a window in the fabric.",
         "He opened a window in the factory."),
        ("de-en", "Er hat Post bekommen.", "He became mail.", None),
        ("fr-en", "Le patron a signé le contrat.", "The patron signed the contract.",
         "The boss signed the contract."),
        ("en-it", "Her novel sold well.", "La sua novella ha venduto bene.",
         "Il suo romanzo ha venduto bene."),
        ("en-pl", "The lunatic lives next door.", "Lunatyk mieszka obok.", "Szaleniec mieszka obok."),
        ("cs-ru", "Chléb byl čerstvý.", "Хлеб был чёрствым.", "Хлеб был свежим."),
        ("es-pt", "El oso comió miel.", "O osso comeu mel.", "O urso comeu mel."),
        ("uk-en", "У магазин привезли хліб.", "Bread was brought to the magazine.",
         "Bread was brought to the shop."),
        # only in some company, or not in some other
        ("en-fr", "The doctor prescribed a medicine to be taken with water: two tablets a day.",
         "Le docteur a prescrit une médecine à prendre avec de l’eau : deux comprimés par jour.",
         "Le docteur a prescrit un médicament à prendre avec de l’eau : deux comprimés par jour."),
        ("fr-en", "Le chef a convoqué toute son équipe.", "The chef summoned his whole team.",
         "The boss summoned his whole team."),
    ],
)  # fmt: skip
def test_false_friends(languages: str, source: str, target: str, fixed: str | None) -> None:
    [(_, flag)] = flags(languages, (source, target))
    assert "looks like" in flag.message
    assert (apply_edits(target, flag.fix) if flag.fix else None) == fixed


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("fr-en", "La librairie est près de la bibliothèque.", "The bookshop is near the library."),
        ("fr-en", "La librairie est là.", "The bookshop is there."),
        ("es-en", "El alcalde mayor habló.", "The mayor spoke."),
        ("ru-en", "Роман попал в шорт-лист.", "The novel made the short list."),
        ("fr-en", "La librairie ferme.", "Shakespeare Library closes."),
        ("ru-en", "Назовите фамилии.", "Give your family names."),
        ("en-fr", "She studied medicine at the faculty.", "Elle a étudié la médecine à la faculté."),
        ("fr-en", "Le chef du restaurant a changé la carte.", "The chef of the restaurant changed the menu."),
        ("en-fr", "a special occasion", "une occasion spéciale"),
        ("en-de", "She works on Wall Street.", "Sie arbeitet an der Wall Street."),
        (
            "ru-en",
            "Он вставил магазин в винтовку: в нём было десять патронов.",
            "He put the magazine into the rifle: it held ten cartridges.",
        ),
        ("en-fr", "The delivery came without delay.", "La livraison est arrivée sans délai."),
    ],
)
def test_no_false_friends(languages: str, source: str, target: str) -> None:
    assert flags(languages, (source, target)) == []
