"""What every check must flag and must leave alone: one entry a check, kept complete by test_matrix.py.

A case is (languages, source, target, texts flagged, target after all fixes or None when there is no fix).
``good``, ``ignored`` and, unless they say otherwise, ``rtl`` and ``cjk`` cases flag nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.terms.glossary import Glossary, Term

__all__ = ["MATRIX", "Case", "Cases"]


@dataclass(frozen=True)
class Case:
    languages: str
    source: str
    target: str
    flagged: tuple[str, ...] = ()
    fixed: str | None = None
    document: bool = False
    """The segment comes from an aligned document rather than a file of pairs."""
    more: tuple[tuple[str, str], ...] = ()
    """Further segments of the same document."""
    glossary: Glossary | None = None
    doubts: tuple[str, ...] = ()
    """Words of the translation that the estimator doubts."""
    missing: tuple[str, ...] = ()
    """Words of the source that the estimator finds no counterpart for."""
    added: tuple[str, ...] = ()
    """Words of the translation that it finds none for."""


@dataclass(frozen=True)
class Cases:
    good: list[Case]
    bad: list[Case]
    ignored: list[Case]
    rtl: list[Case]
    cjk: list[Case]
    """What looks wrong and is right."""
    sides: frozenset[str] = field(default_factory=frozenset)


NB = "\u00a0"
_TERMS = Glossary(
    (
        Term("удар", ("frappe",), ("attaque",), ("grève",)),
        Term("перемирие", ("trêve",), ("cessez-le-feu",)),
        Term("Kasparov", ("Kasparov",)),
        Term("Белый дом", ("Maison Blanche",)),
        Term("", ("cessez-le-feu",), (), ("armistice",)),
    )
)
_ZH = Glossary((Term("停火", ("ceasefire",), (), ("armistice",)),))
_EN_ZH = Glossary((Term("ceasefire", ("停火",), (), ("停战",)),))
_EN_AR = Glossary((Term("ceasefire", ("هدنة",), (), ("سلام",)),))

_GUILLEMETS = (("“a”", "« un »"), ("“b” and “c”", "« deux » et « trois »"))
_SCHOLZ = (("Шольц уехал.", "Scholz left."), ("Вчера Шольц выступил.", "Yesterday Scholz spoke."))
_ENGINE = (
    ("Двигатель работает.", "Le moteur fonctionne."),
    ("Проверьте двигатель.", "Vérifiez le moteur."),
    ("Мастер снял двигатель.", "Le mécanicien a retiré le moteur."),
    ("Новый двигатель дорог.", "Le nouveau moteur est cher."),
    ("Двигатель остыл.", "Le moteur a refroidi."),
)
_VOUS = (
    ("Open the box.", "Ouvrez votre boîte."),
    ("You need a key.", "Vous avez besoin d’une clé."),
    ("Your key is inside.", "Votre clé est à l’intérieur."),
    ("Keep your receipt.", "Gardez vos tickets de caisse."),
)
_BRITISH = (
    ("x", "The colour of the harbour is grey."),
    ("x", "They travelled to the centre on 5 March 2024, and left on 7 March 2024."),
    ("x", "Its neighbours have no sense of humour; the fibre is woollen."),
    ("x", "The theatre opened on 9 June 2023 and closed on 12 June 2023."),
)

MATRIX: dict[str, Cases] = {
    "inconsistent-target": Cases(
        good=[Case("en-fr", "Save it now", "Enregistrez", more=(("Save it now!", "enregistrez !"),))],
        bad=[
            Case(
                "en-fr",
                "Save changes",
                "Sauver tout",
                ("Sauver tout",),
                "Enregistrer",
                more=(("Save changes", "Enregistrer"), ("Save changes", "Enregistrer")),
            ),
            Case("en-fr", "Save", "Sauver", ("Sauver",), more=(("Save", "Garder"), ("save", "Garder"))),
        ],
        ignored=[
            Case("en-fr", "Save it", "Gardez-le", more=(("Save her", "Sauvez-la"),)),
            Case("en-fr", "12", "douze", more=(("12", "12"),)),
        ],
        rtl=[Case("en-ar", "Save it", "احفظ", more=(("Save it", "احفظ"),))],
        cjk=[Case("en-zh", "Save it", "保存", ("保存",), more=(("Save it", "储存"), ("Save it", "储存")))],
    ),
    "inconsistent-source": Cases(
        good=[Case("en-fr", "Do not open the valve.", "N’ouvrez pas la vanne.")],
        bad=[
            Case(
                "en-fr",
                "Do not open the door.",
                "N’ouvrez pas la vanne.",
                ("N’ouvrez pas la vanne.",),
                more=(("Do not open the valve.", "N’ouvrez pas la vanne."),) * 2,
            ),
        ],
        ignored=[
            Case(
                "en-fr",
                "Do not open the dor.",
                "N’ouvrez pas la porte.",
                more=(("Do not open the door!", "N’ouvrez pas la porte !"),),
            ),
            Case("en-fr", "Click here", "Cliquez ici", more=(("Press here", "Cliquez ici"),)),
        ],
        rtl=[Case("en-ar", "Open the door now", "افتح الباب", more=(("Close it", "افتح الباب"),))],
        cjk=[Case("en-zh", "Open the door", "开门", more=(("Shut it", "开门"),))],
    ),
    "quoted-phrase": Cases(
        good=[
            Case(
                "ru-fr",
                "Это «мирный план».",
                "C’est « le plan de paix ».",
                more=(("Вот «мирный план».", "Voici « le plan de paix »."),),
            )
        ],
        bad=[
            Case(
                "ru-fr",
                "Это «мирный план».",
                "C’est « le projet pacifique ».",
                ("le projet pacifique",),
                "C’est « le plan de paix ».",
                more=(
                    ("Вот «мирный план».", "Voici « le plan de paix »."),
                    ("О «мирном плане» и «мирный план».", "De « x y » et « le plan de paix »."),
                ),
            ),
        ],
        ignored=[
            Case(
                "en-ru",
                "The “peace plan” failed.",
                "«Мирный план» провалился.",
                more=(("About the “peace plan”.", "О «мирном плане»."),),
            ),
            Case("en-fr", "“Yes”", "« Oui »", more=(("“Yes”", "« Si »"),)),
        ],
        rtl=[Case("en-ar", "the “peace plan”", "«خطة السلام»", more=(("the “peace plan”", "«خطة السلام»"),))],
        cjk=[
            Case(
                "en-ja",
                "the “peace plan”",
                "「和平案」",
                ("和平案",),
                "「平和計画」",
                more=(("the “peace plan”", "「平和計画」"), ("the “peace plan”", "「平和計画」")),
            )
        ],
    ),
    "apostrophe": Cases(
        good=[Case("en-fr", "the deal", "l’accord", more=(("the hour", "l’heure"),) * 9)],
        bad=[
            Case("en-fr", "the deal", "l´accord", ("´",), "l’accord"),
            Case("en-fr", "the deal", "l'accord", ("'",), "l’accord", more=(("the hour", "l’heure"),) * 9),
            Case("en-fr", "the deal", "l’accord", ("’",), "l'accord", more=(("the hour", "l'heure"),) * 9),
        ],
        ignored=[
            Case("en-fr", "the deal", "l'accord", more=(("the hour", "l’heure"),) * 8),
            Case("en-fr", "6` tall", "il dit ‘oui’ à 6`"),
            Case("en-haw", "Hawaii", "Hawai‘i"),
        ],
        rtl=[Case("en-ar", "a deal", "اتفاق ‘جديد’")],
        cjk=[Case("en-zh", "the deal", "协议‘甲’")],
    ),
    # Against the dictionaries in tests/checks/dictionaries.
    "spelling": Cases(
        good=[
            Case("ru-en", "Правительство", "The government and its committees met."),
            Case("en-fr", "the ministry", "l’époque du ministère, membres du gouvernement"),
        ],
        bad=[
            Case("ru-en", "Они", "The goverment met.", ("goverment",), "The government met."),
            Case("ru-en", "Они", "Thsee are old.", ("Thsee",), "These are old."),
            Case("ru-en", "Они", "The minsitry knew", ("minsitry",), "The ministry knew"),
            Case("en-fr", "years", "au bout de quattre ans", ("quattre",), "au bout de quatre ans"),
            Case("en-fr", "of that time", "à lépoque d’Ivan", ("lépoque",), "à l’époque d’Ivan"),
            Case("en-fr", "the members", "tous les d’memebres", ("memebres",), "tous les d’membres"),
        ],
        ignored=[
            Case("ru-en", "Они", "Mr Goverment, GOVERMENT and the iGoverment"),
            Case(
                "ru-en",
                "Они",
                "https://goverment.example/goverment @goverment #goverment goverment.txt",
            ),
            Case("ru-en", "Они", "the <b goverment='1'> `goverment` {goverment} go_goverment goverment2"),
            Case("ru-en", "сайт goverment", "the site goverment"),
            Case("ru-en", "Они", "the pre-goverment- and goverment-like"),
            Case("ru-en", "Они", "Gogos are near"),
            Case("ru-de", "Они", "die Goverment goverment"),
        ],
        rtl=[Case("en-ar", "the government", "الحكوووومة goverment")],
        cjk=[Case("en-zh", "the government", "政府 goverment"), Case("en-ja", "these", "thsee これら")],
    ),
    # Against the server in tests/checks/languagetool_server.py.
    "languagetool": Cases(
        good=[Case("en-fr", "Children play.", "Les enfants jouent.")],
        bad=[
            Case("en-fr", "Children play.", "Les enfant jouent.", ("enfant",), "Les enfants jouent."),
            Case("en-fr", "the house", "🏠 la maisson", ("maisson",), "🏠 la maison"),
            Case("en-fr", "today", "au jour d’aujourd’hui", ("au jour d’aujourd’hui",)),
        ],
        ignored=[
            Case("en-fr", "at Maisson’s", "chez Maisson"),
            Case("en-fr", "a “maisson”", "une « maisson »"),
        ],
        rtl=[Case("en-ar", "peace", "سلام سلام", ("سلام سلام",), "سلام")],
        cjk=[Case("en-zh", "because", "因爲", ("因爲",), "因为")],
    ),
    "suspicious-words": Cases(
        good=[Case("en-fr", "The committee meets.", "Le comité se réunit.")],
        bad=[
            Case(
                "en-fr",
                "The committee meets on Tuesday.",
                "Le comité se réunit le parapluie.",
                ("le parapluie",),
                doubts=("le", "parapluie"),
            ),
        ],
        ignored=[
            Case("en-fr", "The committee, as ever.", "Le comité, toujours.", doubts=(",",)),
            Case("en-fr", "Seventeen of them left.", "Ils sont 17 à partir.", doubts=("17",)),
        ],
        rtl=[Case("en-ar", "The house is old.", "القمر قديم.", ("القمر",), doubts=("القمر",))],
        cjk=[
            Case("en-zh", "The house is old.", "月亮很旧。", ("月",), doubts=("月",)),
            Case("zh-en", "投资1.5亿元。", "It cost 150 million yuan.", doubts=("150", "million")),
            Case("zh-en", "投资1.6亿元。", "It cost 150 million yuan.", ("150",), doubts=("150",)),
            Case("ja-en", "マルガリータが来た。", "Margarita has come.", doubts=("Margarita",)),
            Case("ja-en", "マルガリータが来た。", "Yokohama has come.", ("Yokohama",), doubts=("Yokohama",)),
            Case("zh-en", "他住在深圳。", "He lives in Shenzhen now.", ("now",), doubts=("Shenzhen", "now")),
        ],
    ),
    "left-out": Cases(
        good=[Case("en-fr", "The committee meets on Tuesday.", "Le comité se réunit mardi.")],
        bad=[
            Case(
                "en-fr",
                "The committee meets in Geneva on Tuesday.",
                "Le comité se réunit à Genève.",
                ("on Tuesday",),
                missing=("on", "Tuesday"),
            ),
            Case("uk-en", "Прийшло 17 гостей.", "Sixteen guests came.", ("17",), missing=("17",)),
        ],
        ignored=[
            Case("en-fr", "The committee meets, as it does.", "Le comité se réunit, comme toujours."),
            Case("uk-en", "Прийшло 17 гостей.", "Seventeen guests came.", missing=("17",)),
            Case("de-en", "Die Frist beträgt 14 Tage.", "The period is two weeks.", missing=("14",)),
        ],
        rtl=[Case("ar-en", "البيت القديم كبير.", "The house is big.", ("القديم",), missing=("القديم",))],
        cjk=[Case("zh-en", "旧房子很大。", "The house is big.", ("旧",), missing=("旧",))],
    ),
    "added-words": Cases(
        good=[Case("en-fr", "The committee meets on Tuesday.", "Le comité se réunit mardi.")],
        bad=[
            Case(
                "en-fr",
                "The committee meets on Tuesday.",
                "Le comité se réunit mardi à Genève.",
                ("à Genève",),
                added=("à", "Genève"),
            ),
            Case("uk-en", "Прийшли гості.", "Seventeen guests came.", ("Seventeen",), added=("Seventeen",)),
        ],
        ignored=[
            Case("en-fr", "The committee meets as ever.", "Le comité se réunit, comme toujours."),
            Case("uk-en", "Прийшло 17 гостей.", "Seventeen guests came.", added=("Seventeen",)),
        ],
        rtl=[Case("en-ar", "The house is big.", "البيت القديم كبير.", ("القديم",), added=("القديم",))],
        cjk=[Case("en-zh", "The house is big.", "旧房子很大。", ("旧",), added=("旧",))],
    ),
    "quote-direction": Cases(
        good=[Case("ru-fr", "«Да», — сказал он.", f"«{NB}Oui{NB}», a-t-il dit.")],
        bad=[
            Case(
                "ru-fr",
                "«воли» РФ",
                f"«{NB}en signe de volonté«{NB}, la Russie",
                ("«",),
                f"«{NB}en signe de volonté{NB}», la Russie",
            ),
            Case("en-fr", "He said yes.", "Il a dit »oui».", ("»",), f"Il a dit «{NB}oui»."),
            Case(
                "ru-fr",
                "нужды народов», — сказано",
                f"de leurs nations«{NB}, a-t-on dit",
                ("«",),
                f"de leurs nations{NB}», a-t-on dit",
            ),
            Case("fr-en", "« mot »", "a “word“ here", ("“",), "a “word” here"),
            Case("en-ru", "“word”", "сказал «слово« и ушёл", ("«",), "сказал «слово» и ушёл"),
        ],
        ignored=[
            Case("en-de", "“word”", "das »Wort« hier"),
            Case("en-da", "“word”", "»ordet« her"),
            Case("ru-fr", "«в «Правде» писали»", f"«{NB}dans la «{NB}Pravda{NB}» on écrivait{NB}»"),
            Case("en-fr", "the “Humanité”", "l’«Humanité» d’hier"),
        ],
        rtl=[Case("en-ar", "He said “yes”.", "قال «نعم».")],
        cjk=[Case("en-zh", "He said “yes”.", "他说“是”。"), Case("en-ja", "“yes”", "「はい」と言った。")],
    ),
    "quote-balance": Cases(
        good=[Case("en-fr", "He said “yes”.", "Il a dit « oui »."), Case("fr-en", "a", 'a "word" here')],
        bad=[
            Case("en-de", "He said: “We come.”", "Er sagte: „Wir kommen.", ("„",)),
            Case("en-fr", "He said yes.", "Il a dit oui », puis rien.", ("»",)),
            # A lost mark near a quotation that really runs over two segments, straight and paired marks.
            Case(
                "en-fr",
                'The mayor spoke of "a bad year".',
                'Le maire regrette "une mauvaise année.',
                ('"',),
                document=True,
                more=(('"Nobody', '"Personne'), ('came."', "n'est venu.\"")),
            ),
            Case(
                "en-es",
                "The mayor spoke of “a bad year”.",
                "El alcalde habló de «un mal año.",
                ("«",),
                document=True,
                more=(("“Nobody", "«Nadie"), ("came.”", "vino».")),
            ),
            # Two marks lost far apart do not make a quotation.
            Case(
                "en-es",
                "He is “tired”.",
                "Está «cansado.",
                ("«",),
                document=True,
                more=(("Rain.", "Lluvia."),) * 5 + (("She is “tired”.", "Ella está cansada»."),),
            ),
        ],
        ignored=[
            Case(
                "en-fr",
                "“We stay,” she said. “Nobody leaves.”",
                "« Nous restons, dit-elle.",
                document=True,
                more=(("“That is all.”", "C’est tout. »"),),
            ),
            Case(
                "ru-en",
                "— Мы остаёмся.",
                "“We stay.",
                document=True,
                more=(("Все.", "All of us."),) * 5 + (("Это всё.", "That is all.”"),),
            ),
            Case("en-fr", 'A 5" screen', 'Un écran de 5" plat'),
            Case(
                "en-fr",
                "“One starts.",
                "« L’un commence.",
                document=True,
                more=(("It ends.”", "Il finit. »"),),
            ),
            Case("ru-fr", "«Начало речи.", "« Début du discours."),
        ],
        rtl=[Case("en-he", "the “word”", 'את "המילה" הזאת')],
        cjk=[Case("en-zh", "“yes”", "他说“是”。"), Case("en-zh", "“yes”", "他说“是。", ("“",))],
    ),
    "quote-style": Cases(
        good=[Case("ru-en", "«ключ»", "a “key” condition"), Case("en-fr", "“a”", 'un "mot" et « mot »')],
        bad=[
            Case("ru-en", "«ключ»", "a «key condition» here", ("«",), "a “key condition” here"),
            Case("de-fr", "„Wort“", "le „mot“ juste", ("„",), f"le «{NB}mot{NB}» juste"),
            Case("en-pl", "a “word” here", "jakieś “słowo” tutaj", ("“",), "jakieś „słowo” tutaj"),
            Case("en-de", "a “word” here", "ein “Wort” hier", ("“",), "ein „Wort“ hier"),
            Case("en-ru", "a “word” here", "это “слово” тут", ("“",), "это «слово» тут"),
            Case("en-fr", "a “word” here", "un “mot” ici", ("“",), f"un «{NB}mot{NB}» ici"),
        ],
        ignored=[
            Case("en-de", "“a”", "das »Wort« hier"),
            Case("fr-sv", "« a »", "ett »ord»"),
            Case("en-de", "“a”", "das „Wort“ hier"),
            Case("en-cs", "“a”", "to „slovo“ tady"),
            Case("en-fr", "“a ‘b’ c”", f"«{NB}un “mot” ici{NB}»"),
        ],
        rtl=[Case("en-ar", "“a”", "«كلمة»")],
        cjk=[
            Case("en-ja", "“a”", "「言葉」"),
            Case("ja-en", "「言葉」", "the 「word」", ("「",), "the “word”"),
        ],
    ),
    "quotes-lost": Cases(
        good=[Case("ru-en", "Он «конструктивно отреагировал на это».", "He “reacted constructively”.")],
        bad=[
            Case(
                "ru-en",
                "Он «тепло отозвался о нём».",
                "He spoke warmly of him.",
                ("«тепло отозвался о нём»",),
            )
        ],
        ignored=[
            Case("ru-en", "Матч «Спартака» отменён.", "The Spartak match is off."),
            Case("ru-en", "Роман «Война и Мир Толстого»", "The novel War and Peace"),
            Case("en-fr", 'the 5" and 6" screens', "les écrans"),
        ],
        rtl=[Case("en-ar", "He “spoke of it warmly”.", "هو «تكلم بحرارة».")],
        cjk=[Case("en-ja", "He “spoke of it warmly”.", "彼は「温かく話した」。")],
    ),
    "quote-habit": Cases(
        good=[Case("en-fr", "a “word”", "un « mot »", more=_GUILLEMETS)],
        bad=[
            Case(
                "en-fr",
                "a “vain” strike",
                'une grève "vaine" ici',
                ('"vaine"',),
                "une grève « vaine » ici",
                more=_GUILLEMETS,
            ),
            Case("en-fa", "The “plan” is here", "این 'طرح' است", ("'طرح'",), "این «طرح» است"),
        ],
        ignored=[
            Case("en-fr", "a “vain” strike", 'une grève "vaine" ici'),
            Case("en-fr", "a “word”", '« un "mot" ici »', more=_GUILLEMETS),
            Case("en-fr", 'a 5" screen', 'un écran de 5" plat', more=_GUILLEMETS),
        ],
        rtl=[Case("en-ar", "a “word”", 'هذه "كلمة"'), Case("en-fa", "x", '<a lang="fa">متن</a>')],
        cjk=[Case("en-zh", "a “word”", '他说"是"。')],
    ),
    "brackets": Cases(
        good=[Case("en-fr", "the treaty (1987)", "le traité (1987) [sic]")],
        bad=[
            Case("en-fr", "the treaty (1987) is void", "le traité (1987 est caduc", ("(",)),
            Case("en-fr", "It is void (1987).", "Il est caduc (1987.", ("(",), "Il est caduc (1987)."),
            Case("en-fr", "a (word) c", "a mot) c", (")",)),
            Case("en-fr", "a (b) c", "a (b] c", ("(", "]")),
            Case("en-fr", "See [annex two] below", "Voir plus bas", ("[annex two]",)),
        ],
        ignored=[
            Case("en-fr", "a) first", "a) premier"),
            Case("en-fr", "Well done :)", "Bravo :)"),
            Case("en-fr", "open ( only", "ouvert ( seul"),
            Case("en-fr", "“[W]hile absent”", "« Pendant l’absence »"),
            Case("en-fr", "See [the annex](a.html)", "Voir l’annexe"),
        ],
        rtl=[
            Case("en-ar", "a (b)", "كلمة (أخرى)"),
            Case("en-he", "a (b)", "מילה (אחרת", ("(",), "מילה (אחרת)"),
        ],
        cjk=[Case("en-zh", "a (b)", "协定（第一）"), Case("en-ja", "a (b) c", "「協定（第一」", ("（",))],
    ),
    "end-punctuation": Cases(
        good=[Case("en-fr", "Is it?", "Est-ce ?"), Case("en-fr", "A headline", "Un titre")],
        bad=[
            Case("en-fr", "It ends.", "Cela finit", ("t",), "Cela finit."),
            Case("ru-fr", "Вы уверены?", "Vous êtes sûr.", (".",), f"Vous êtes sûr{NB}?"),
            Case("en-de", "It ends.", "Es endet,", (",",), "Es endet."),
            Case("en-de", "A headline", "Eine Schlagzeile!", ("!",), "Eine Schlagzeile"),
            Case("en-de", "A headline", "Eine Schlagzeile.", (".",), "Eine Schlagzeile"),
            Case("en-fr", "A list", f"Une liste{NB}:", (f"{NB}:",), "Une liste"),
            Case("en-fr", "He left.", "Il partit...", ("...",), "Il partit."),
            Case("en-fr", "He left…", "Il partit", ("t",), "Il partit…"),
            Case("en-fr", "He left…", "Il partit...", ("...",), "Il partit…"),
            Case("en-ru", "He left…", "Он ушёл..", ("..",), "Он ушёл…"),
            Case("en-fr", "Will you come?", f"Vous viendrez{NB}!", (f"{NB}!",), f"Vous viendrez{NB}?"),
            Case("en-my", "A headline", "ခေါင်းစဉ်။", ("။",), "ခေါင်းစဉ်"),
            Case("en-my", "He left.", "သူသွားလား။", ("။",)),
        ],
        ignored=[
            Case("en-el", "Is it?", "Είναι;"),
            Case("fr-en", "Que faire ? demande-t-il.", "“What to do?” he asks."),
            Case("en-fr", "See https://example.org/a.", "Voir https://example.org/a"),
            Case("en-th", "It ends.", "จบแล้ว"),
            Case("en-fr", "He said “yes.”", "Il a dit « oui »."),
            Case("en-hy", "The list:", "Ցանկը՝"),
            Case("en-hy", "Come in!", "Ներս"),
            Case("en-fr", "What⁈", "Quoi ?"),
            Case("en-fr", "What?!", "Quoi !"),
            Case("en-ru", "What...", "Что?.."),
            Case("uk-en", "Дякую….", "Thank you…"),
            Case("en-my", "Did he go?", "သူသွားလား။"),
            Case("en-fr", "“Why?” he asks", "Pourquoi, demande-t-il ?"),
        ],
        rtl=[Case("en-ar", "Is it?", "هل هو؟"), Case("en-ar", "Is it?", "هل هو", ("و",), "هل هو؟")],
        cjk=[Case("en-zh", "It ends.", "结束。"), Case("en-zh", "It ends.", "结束", ("束",), "结束。")],
    ),
    "doubled-punctuation": Cases(
        good=[Case("en-fr", "a, b", "a, b…"), Case("en-fr", "a", "etc., puis")],
        bad=[
            Case("en-fr", "a, b", "le traité,, signé", (",,",), "le traité, signé"),
            Case("en-fr", "a.", "fini ;, puis", (";,",), "fini ; puis"),
            Case("de-en", "um 21 Uhr.", "at 9 p.m..", ("..",), "at 9 p.m."),
        ],
        ignored=[
            Case("de-en", "und so weiter...", "at 9 p.m. and so on.."),
            Case("en-fr", "a...", "a..."),
            Case("en-fr", "What?!", "Quoi ?!"),
            Case("en-fr", "a,, b", "a,, b"),
        ],
        rtl=[Case("en-ar", "a, b", "هذا، وذاك")],
        cjk=[Case("en-zh", "a, b", "协定，，签署", ("，，",), "协定，签署"), Case("en-ja", "a", "そう……")],
    ),
    "punctuation-width": Cases(
        good=[Case("en-zh", "a, b.", "我们开始，然后继续。"), Case("en-fr", "a, b", "a, b")],
        bad=[
            Case("en-zh", "a, b", "我们开始,然后", (",",), "我们开始，然后"),
            Case("zh-fr", "甲，乙", "nous，vous", ("，",), "nous, vous"),
        ],
        ignored=[
            Case("en-zh", "1,000", "1,000人"),
            Case("en-zh", "a.b", "见 example.org"),
            Case("ja-en", "「、」", "the mark 、句"),
        ],
        rtl=[Case("zh-ar", "甲，乙", "هذا، وذاك")],
        cjk=[
            Case("en-ja", "It ends.", "終わった.", (".",), "終わった。"),
            Case("en-zh", "“It ends.”", "“结束了.”", (".",), "“结束了。”"),
        ],
    ),
    "inverted-mark": Cases(
        good=[Case("en-es", "When?", "¿Cuándo empieza?")],
        bad=[Case("en-es", "When?", "Cuándo empieza?", ("?",), "¿Cuándo empieza?")],
        ignored=[
            Case("en-es", "x", "https://example.org/a?b=c"),
            Case("en-es", "When, he asked?", "Dijo: ¿cuándo empieza?"),
            Case("en-fr", "When?", "Quand ?"),
        ],
        rtl=[Case("en-ar", "When?", "متى؟")],
        cjk=[Case("en-ja", "When?", "いつ？")],
    ),
    "doubled-space": Cases(
        good=[Case("en-fr", "a b", "le traité signé")],
        bad=[
            Case("en-fr", "a b", "le traité  signé", ("  ",), "le traité signé"),
            Case("en-fr", "a: b", f"le traité {NB}: non", (f" {NB}",), f"le traité{NB}: non"),
        ],
        ignored=[Case("en-fr", "a.  b", "a.  b"), Case("en-fr", "a\tb", "a\tb")],
        rtl=[Case("en-ar", "a b", "هذا  ذاك", ("  ",), "هذا ذاك")],
        cjk=[Case("en-zh", "a b", "协定 签署")],
    ),
    "edge-space": Cases(
        good=[Case("en-fr", "Name: ", "Nom : ")],
        bad=[
            Case("en-fr", "Name: ", "Nom :", ("",), "Nom : "),
            Case("en-fr", "Name", " Nom", (" ",), "Nom"),
        ],
        ignored=[Case("en-zh", "Name: ", "名称："), Case("en-fr", "Name", "Nom")],
        rtl=[Case("en-he", "Name", "שם ", (" ",), "שם")],
        cjk=[Case("en-ja", " Name", "名前")],
    ),
    "space-before-punctuation": Cases(
        good=[Case("en-fr", "Really?", "Vraiment ?"), Case("fr-en", "Vraiment ?", "Really?")],
        bad=[
            Case("en-fr", "a, b", "le traité , signé", (" ,",), "le traité, signé"),
            Case("fr-en", "Vraiment, oui", "Really ?", (" ?",), "Really?"),
            Case("en-fr", "“Yes,” he said", "« Oui » , dit-il", (" ,",), "« Oui », dit-il"),
        ],
        ignored=[
            Case("en-fr", "a , b", "le traité , signé"),
            Case("en-fr", "a .NET b", "le cadre .NET est"),
            Case("en-fr", "a", "environ ,5 litre"),
        ],
        rtl=[Case("en-he", "a, b", "מילה , אחרת", (" ,",), "מילה, אחרת")],
        cjk=[Case("en-zh", "a, b", "协定 ，签署", (" ，",), "协定，签署")],
    ),
    "missing-space": Cases(
        good=[Case("en-fr", "a, b", "le traité, signé")],
        bad=[
            Case("en-fr", "the treaty, signed", "le traité,signé", (",",), "le traité, signé"),
            Case("en-fr", "It ends. Then", "Cela finit.Puis rien", (".",), "Cela finit. Puis rien"),
            Case("en-ru", "“Yes,” he said.", "«Да»— сказал он.", ("—",), "«Да» — сказал он."),
            Case("en-pl", "“Yes,” he said.", "„Tak” –powiedział.", ("–",), "„Tak” – powiedział."),
        ],
        ignored=[
            Case("en-es", "“Yes,” he said.", "—Sí —dijo él—. Vamos."),
            Case("en-fr", "pages 3–5, the Paris–Lyon line", "pages 3–5, la ligne Paris–Lyon"),
            Case("en-ru", "well— yes", "ну— да"),
            Case("en-uk", "-5 degrees", "було –5 градусів"),
            Case("en-fr", "x", "voir www.exemple.org/lire,puis et info@exemple.org"),
            Case("en-fr", "x", "10,5 et U.S.A. et Booking.Com"),
            Case("en-fi", "x", "EU:n jäsenet"),
        ],
        rtl=[Case("en-he", "one, two", "מילה,אחרת", (",",), "מילה, אחרת")],
        cjk=[Case("en-zh", "a,b", "协定,签署"), Case("en-ja", "a.b", "はい.いいえ")],
    ),
    "french-spacing": Cases(
        good=[Case("en-fr", "Why?", f"Pourquoi{NB}? «{NB}Non\u202f» : 50\u202f%".replace(" :", f"{NB}:"))],
        bad=[
            Case(
                "en-fr",
                "x",
                f"«{NB}Oui{NB}», «{NB}non{NB}»{NB}: «{NB}si{NB}»{NB}! « peut-être{NB}»",
                ("« ",),
                f"«{NB}Oui{NB}», «{NB}non{NB}»{NB}: «{NB}si{NB}»{NB}! «{NB}peut-être{NB}»",
            ),
            Case("en-fr", "Why?", "Pourquoi?", ("?",), f"Pourquoi{NB}?"),
            Case("en-fr", "x", "voir [le plan!](https://exemple.org/plan)", ("!",)),
        ],
        ignored=[
            Case("en-fr", "x", "à 12:30 voir https://exemple.org/a?b=c"),
            Case("en-fr", "x", "pommes &amp; poires &#39; et :doc:`plan`"),
            Case("en-fr-CA", "Why?", "Pourquoi?"),
            Case("en-de", "Why?", "Warum?"),
        ],
        rtl=[Case("en-ar", "Why?", "لماذا؟")],
        cjk=[Case("en-zh", "Why?", "为什么？")],
    ),
    "line-breaks": Cases(
        good=[Case("en-fr", "Name\nAddress", "Nom\nAdresse")],
        bad=[
            Case(
                "en-fr",
                "Not saved.\nSave now?",
                "Non enregistré. Enregistrer ?",
                ("\n",),
                "Non enregistré.\nEnregistrer ?",
            ),
            Case(
                "en-fr",
                "Not saved. Save?",
                "Non enregistré.\nEnregistrer ?",
                ("\n",),
                "Non enregistré. Enregistrer ?",
            ),
            Case("en-fr", "One\n\nTwo", "Un\nDeux", ("\n",)),
            Case("en-fr", "Total\t5", "Total 5", ("\t",)),
        ],
        ignored=[
            Case("en-fr", "\nName", "Nom"),
            Case("en-fr", "a\r\nb", "a\nb"),
            Case(
                "en-fr",
                "An editor has wrapped this long line of text in the\nmiddle of its sentence.",
                "Un éditeur a coupé cette longue ligne au milieu de sa phrase.",
            ),
        ],
        rtl=[Case("en-ar", "One\nTwo", "واحد\nاثنان")],
        cjk=[Case("en-zh", "Not saved.\nSave?", "未保存。保存吗？", ("\n",), "未保存。\n保存吗？")],
    ),
    "tag-spacing": Cases(
        good=[Case("en-fr", "Click <b>here</b> now", "Cliquez <b>ici</b> maintenant")],
        bad=[
            Case(
                "en-fr",
                "Click <b>here</b> now",
                "Cliquez<b> ici </b>maintenant",
                ("<b>", "</b>"),
                "Cliquez <b>ici</b> maintenant",
            ),
            Case("en-fr", "see <i>x</i> now", "voir<i>x</i> ici", ("<i>",), "voir <i>x</i> ici"),
            Case("en-fr", "<b></b>", "<b> </b>", ("<b>",), "<b></b>"),
        ],
        ignored=[
            Case("en-fr", "the <b>hour</b> now", "l'<b>heure</b> maintenant"),
            Case("en-hu", "in <b>Foo</b> now", "a <b>Foo</b>ban most"),
            Case("en-fr", "<b> x </b>", "<b> y </b>"),
            Case("en-fr", "a <b>x</b> b", "a<i>x</b>b"),
            Case("en-fr", "a <br/> b", "a<br/>b"),
        ],
        rtl=[Case("en-he", "in <b>Haifa</b> now", "ב<b>חיפה</b> עכשיו")],
        cjk=[Case("en-zh", "Click <b>here</b> now", "点击<b>此处</b>现在")],
    ),
    "escapes": Cases(
        good=[Case("en-fr", r"Loading\nPlease wait", r"Chargement\nPatientez")],
        bad=[
            Case("en-fr", r"A tab\t", "Un onglet", (r"\t",), r"Un onglet\t"),
            Case("en-fr", r"\tA", "Un", (r"\t",), r"\tUn"),
            Case("en-fr", r"a\nb c", "a b c", (r"\n",)),
            Case("en-fr", "A file", r"Un\nfichier", (r"\n",), "Unfichier"),
        ],
        ignored=[
            Case("en-fr", r"Open C:\new", "Ouvrir le dossier"),
            Case("en-fr", r"\\server\name", r"\\server\nom"),
            Case("en-fr", r"\textbf{x} \nu", r"\textbf{x} nu"),
        ],
        rtl=[Case("en-ar", r"One\nTwo", r"واحد\nاثنان")],
        cjk=[Case("en-zh", r"One\nTwo", r"一\n二")],
    ),
    "invisible-characters": Cases(
        good=[Case("en-fr", "strikes", "frappes")],
        bad=[
            Case("en-fr", "strikes", "frap\u200bpes", ("\u200b",), "frappes"),
            Case("en-fr", "strikes", "frappes \u202eabc", ("\u202e",), "frappes abc"),
        ],
        ignored=[
            Case("en-fr", "fam👨\u200d👩", "fam👨\u200d👩"),
            Case("en-fr", "a\u00adb", "c\u00add"),
        ],
        rtl=[Case("en-fa", "I want", "می\u200cخواهم"), Case("en-he", "a b", "מילה\u200f a")],
        cjk=[Case("en-zh", "strike", "打\u200b击", ("\u200b",), "打击")],
    ),
    "control-characters": Cases(
        good=[Case("en-fr", "a\tb", "a\tb\n")],
        bad=[
            Case("en-fr", "a b", "a\x00b", ("\x00",), "ab"),
            Case("en-fr", "French", "fran\ufffdais", ("\ufffd",)),
            Case("en-fr", "a", "a\ud800", ("\ud800",)),
        ],
        ignored=[Case("en-fr", "a \ue000 b", "a \ue000 b")],
        rtl=[Case("en-ar", "a", "هذا\x07", ("\x07",), "هذا")],
        cjk=[Case("en-zh", "a", "协定")],
    ),
    "mojibake": Cases(
        good=[Case("en-fr", "treaty", "traité")],
        bad=[
            Case("en-fr", "treaty", "le traitÃ© signÃ©", ("Ã©", "Ã©"), "le traité signé"),
            Case("en-fr", "the deal", "lâ€™accord", ("â€™",), "l’accord"),
            Case("en-ru", "hello", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚",), "привет"),
        ],
        ignored=[
            Case("en-fr", "x", f"bonne volonté«{NB}, et LIBERTÉ»"),
            Case("en-pt", "x", "São João, MAÇÃ e Âncora"),
            Case("en-fr", "the string Ã©", "la chaîne Ã©"),
        ],
        rtl=[Case("en-ar", "x", "هذا")],
        cjk=[Case("en-zh", "x", "协定")],
    ),
    "mixed-script": Cases(
        good=[Case("en-ru", "Paris", "Париж")],
        bad=[
            Case("ru-fr", "Париж", "Pаris est là", ("Pаris",), "Paris est là"),
            Case("en-ru", "moscow", "Мoсква", ("Мoсква",), "Москва"),
        ],
        ignored=[Case("en-ru", "SMS", "SMSка и IT-компания"), Case("en-fr", "TNFα", "le TNFα")],
        rtl=[Case("ru-ar", "Париж", "باريس Paris")],
        cjk=[Case("ru-zh", "Париж", "巴黎Paris")],
    ),
    "normalisation": Cases(
        good=[Case("en-fr", "treaty", "traité")],
        bad=[
            Case(
                "en-fr",
                "treaty",
                "le traite\u0301 signe\u0301",
                ("traite\u0301", "signe\u0301"),
                "le traité signé",
            )
        ],
        ignored=[Case("en-fr", "traite\u0301", "traite\u0301"), Case("en-ru", "castle", "за\u0301мок")],
        rtl=[Case("en-he", "x", "שָׁלוֹם")],
        cjk=[Case("en-ja", "x", "ガイド")],
    ),
    "numbers": Cases(
        good=[
            Case("en-fr", "1,234.5 km on March 19", f"1{NB}234,5 km le 19 mars"),
            Case("ru-fr", "19 июня, 120 на 120", "le 19 juin, au format 120-120"),
            Case("en-fr", "at 3 p.m. six people", "à 15 h, 6 personnes"),
            Case("de-en", "ab 18.15 Uhr", "from 6.15 p.m."),
            Case("uk-en", "прийду о 16.00", "I’ll come at 4 pm"),
            Case("es-en", "a las 21h30", "at 9.30 p.m."),
            Case("fr-en", "un trajet de 2h05", "a ride of 125 minutes"),
            Case("tr-en", "iki buçuk milyon avro", "2.5 million euros"),
            Case("hi-en", "साढ़े तीन लाख घर", "350,000 homes"),
            Case("ko-en", "이만 오천 명이 모였다", "25,000 people gathered"),
        ],
        bad=[
            Case("de-en", "ab 18.15 Uhr", "from 6.45 p.m.", ("6.45",)),
            Case("fr-en", "un trajet de 1h25", "a ride of 95 minutes", ("95",)),
            Case("ru-fr", "23 человека", "32 personnes", ("32",), "23 personnes"),
            Case("en-fr", "six people", "sept personnes", ("sept",)),
            Case("en-fr", "on 19 March 2025 he left", "en mars 2025 il est parti", ("19",)),
            Case("en-fr", "he left in spring", "il est parti en 2025", ("2025",)),
            Case("ru-en", "доход в 7,2 млрд", "income of 7.2 million", ("7.2 million",)),
            Case("uk-en", "прийшли 1600 людей", "16 people came", ("16",)),
            Case("de-en", "134,5 Punkte", "13.45 points", ("13.45",)),
            Case(
                "fr-en", "17 maisons le matin", "5 houses in the morning", ("5",), "17 houses in the morning"
            ),
            Case("pl-en", "wzrost o 14,6 % w 6 lat", "growth of 14% in 6 years", ("14",)),
            Case("ru-en", "половина из 40 домов", "half of the houses", ("40",)),
            Case("en-fr", "sixty people", "soixante-dix personnes", ("soixante-dix",)),
            Case("pl-en", "półtora miliona złotych", "half a million zlotys", ("half a million",)),
            Case("hi-en", "छियासी लोग", "sixty-eight people", ("sixty-eight",)),
            Case("ko-en", "회원은 스물세 명이다", "32 members", ("32",)),
            Case("tr-en", "yetmiş iki ev", "twenty-seven houses", ("twenty-seven",)),
            Case("en-uk", "in the 1970s", "у сімдесятих роках XIX століття", ("1970",)),
        ],
        ignored=[
            Case("en-fr", "25 thousand", f"25{NB}000"),
            Case("en-fr", "the XXI century", "le 21e siècle"),
            Case("ru-en", "в 90-х годах", "in the 1990s"),
            Case("en-ru", "a dozen of 12", "12 штук"),
            Case("en-ru", "4-month-old", "четырёхмесячный"),
            Case("en-fr", "5 miles", "8 km"),
            Case("en-fr", "Call +1 (555) 123-4567.", "Appelez le +1 555 123 45 67."),
            Case("en-fr", "1 year", "un an"),
            Case("ru-en", "1 млрд 300 млн", "1.3 billion"),
            Case("ru-en", "от 3 до 5 миллионов", "3 million to 5 million"),
            Case("ru-en", "три с половиной миллиона", "3.5 million"),
            Case("uk-en", "о пів на шосту", "at 5:30"),
            Case("cs-en", "třiadvacet lidí", "23 people"),
            Case("pl-en", "dwie doby", "48 hours"),
            Case("en-fr", "7 a.m. to 4 p.m.", "de 7 h à 16 h"),
            Case("en-fr", "by 50%", "de moitié"),
            Case("en-de", "97 people", "siebenundneunzig Menschen"),
            Case("en-hi", "1,234,567", "१२,३४,५६७"),
            Case("de-en", "ein Viertel der Mieter", "25% of the tenants"),
            Case("en-uk", "one in five drivers", "20 % водіїв"),
            Case("en-it", "half an hour", "30 minuti"),
            Case("en-ru", "three quarters of an hour", "45 минут"),
            Case("fr-en", "les 18 derniers mois", "the last year and a half"),
            Case("en-fr", "for four decades", "depuis quarante ans"),
            Case("uk-en", "у сорокових роках ХХ століття", "in the 1940s"),
            Case("ru-en", "Ему шёл седьмой десяток.", "He was in his sixties."),
            Case("ru-en", "в начале третьего", "shortly after two"),
            Case("ru-en", "на сорок шестом году жизни", "aged forty-five"),
            Case("en-de", "by eight o’clock", "bis 20 Uhr"),
            Case("ru-en", "двенадцать соток земли", "1,200 square metres of land"),
            Case("en-fr", "10 miles (16 km)", "16 km"),
        ],
        rtl=[
            Case("en-ar", "23 people", "٢٣ شخصا"),
            Case("en-ar", "23 people", "٣٢ شخصا", ("٣٢",), "٢٣ شخصا"),
            Case("ar-en", "مليونان وخمسة وثلاثون ألفا", "2,035,000"),
            Case("ar-en", "خمسة وثلاثون شخصا", "53 people", ("53",)),
            Case("ar-en", "عام ١٣٥٠ هـ (١٩٣١ م)", "in 1931"),
        ],
        cjk=[
            Case("zh-en", "7月24日15时50分，6名初中生", "At 15:50 on July 24, six pupils"),
            Case("en-zh", "120 million in 2020", "二〇二〇年1.2亿"),
            Case("zh-en", "三人", "five people", ("five",)),
            Case("zh-en", "4万7千人，占3成", "47,000 people, 30%"),
            Case("ja-en", "2兆4,100億円、令和5年", "2.41 trillion yen, 2023"),
            Case("zh-en", "2.6亿", "2.6 billion", ("2.6 billion",)),
            Case("zh-en", "上升到百分之五点二", "rose to 5.2 per cent"),
            Case("zh-en", "两个半小时", "150 minutes"),
            Case("ja-en", "昭和五十八年", "in 1983"),
            Case("ja-en", "昭和五十八年", "in 1958", ("1958",)),
            Case("ja-en", "二十七億円", "2.7 billion yen"),
        ],
    ),
    "number-format": Cases(
        good=[Case("en-fr", "2.5%", "2,5 %")],
        bad=[
            Case("en-fr", "2.5% more", "2.5 % de plus", ("2.5",), "2,5 % de plus"),
            Case("fr-en", "1,5 million", "1,5 million", ("1,5",), "1.5 million"),
            Case("de-en", "6.380 Stück", "6.380 pieces", ("6.380",), "6,380 pieces"),
            Case("uk-en", "6 380 осіб", "6.380 people", ("6.380",), "6,380 people"),
            Case("en-ru", "2,450 tonnes", "2,450 тонн", ("2,450",), "2\u00a0450 тонн"),
            Case("en-es", "12,300,000 trips", "12,300,000 viajes", ("12,300,000",), "12.300.000 viajes"),
        ],
        ignored=[
            Case("en-fr", "version 2.5 of it", "la version 2.5"),
            Case("en-fr", "802.11a", "802.11a"),
            Case("en-fr-CH", "2.5%", "2.5 %"),
            Case("en-de", "1.234 people", "1.234 Menschen"),
            Case("ru-en", "2,450 тонны", "2.450 tonnes"),
            Case("ru-en", "2450 тонн, версия 2.450", "2,450 tonnes, version 2.45"),
        ],
        rtl=[Case("en-he", "2.5%", "2.5%")],
        cjk=[Case("fr-ja", "2,5 %", "2,5%", ("2,5",), "2.5%")],
    ),
    "units": Cases(
        good=[
            Case("en-de", "30 cm from the wall", "30 cm von der Wand"),
            Case("es-en", "un cuarto de litro", "a quarter of a litre"),
        ],
        bad=[
            Case("en-de", "30 cm from the wall", "30 mm von der Wand", ("30 mm",)),
            Case("uk-en", "5 кілограмів", "5 grams", ("5 grams",)),
            Case("en-fr", "Turn it by 90°.", "Tournez-le de 90.", ("90",)),
            Case("en-fr", "It grew by 12.5%.", "La hausse est de 12.5.", ("12.5",)),
            Case("en-fr", "Share in %", "Part", ("%",)),
            Case("ru-en", "Через три недели", "Three months later", ("Three months",)),
            Case("en-de", "a 20-minute break", "eine 20-sekündige Pause", ("20-sekündige",)),
            Case("uk-en", "через 6 год.", "in 6 minutes", ("6 minutes",)),
            Case(
                "en-fr", "5 weeks here, 3 days there", "5 jours ici, 3 semaines là", ("5 jours", "3 semaines")
            ),
            Case("en-fr", "It needs 8 GB.", "Il faut 8 Mo.", ("8 Mo",)),
            Case("ru-en", "60 км от города", "60 miles from the town", ("60 miles",)),
            Case("en-fr", "80 kg of sand", "80 livres de sable", ("80 livres",)),
            Case("ru-en", "Ветер до 20 м/с.", "Wind of up to 20 km/h.", ("20 km/h",)),
            Case("uk-en", "15 га землі", "15 km² of land", ("15 km²",)),
            Case("en-fr", "Store it below 20 °C.", "Conserver à moins de 20 °F.", ("20 °F",)),
            Case("ru-en", "20 сантиметров", "20 millimetres", ("20 millimetres",)),
            Case("en-fr", "# of days", "Jours", ("#",)),
            Case("ru-en", "пол-литра воды", "half a gallon of water", ("half a gallon",)),
            Case("en-es", "doing 20 knots", "a 20 km/h", ("20 km/h",)),
            Case("en-tr", "30 miles wide", "30 kilometre genişliğinde", ("30 kilometre",)),
            Case("en-ko", "30 miles wide", "폭 30킬로미터", ("30킬로미터",)),
            Case("hi-en", "तीन घंटे", "three days", ("three days",)),
            Case("en-fr", "40 megawatts", "40 kilowatts", ("40 kilowatts",)),
        ],
        ignored=[
            Case("en-fr", "12 inches", "30 cm"),
            Case("en-fr", "30 cm (300 mm)", "300 mm (30 cm)"),
            Case("en-ru", "5 m", "5 м"),
            Case("en-ru", "It was 30°.", "Было 30 градусов."),
            Case("en-ru", "It grew by 12%.", "Выросло на 12 процентов, то есть на 12 пунктов."),
            Case("en-fr", "It works in 99% of cases.", "Cela marche 99 fois sur 100."),
            Case("en-fr", "Share in %, # of days", "Part en pourcentage, nombre de jours"),
            Case("en-fr", "Follow #news", "Suivez l’actualité"),
            Case("fr-en", "a gagné 2°%", "gained 2 percent"),
            Case("fr-en", "2 livres de pain", "2 pounds of bread"),
            Case("en-fr", "7 days", "une semaine"),
            Case("ru-en", "полтора года", "18 months"),
            Case("en-fr", "from 3 miles to 5 miles", "de 5 km à 8 km"),
            Case("en-ru", "2 hours 30 minutes", "2:30 часа"),
            Case("en-fr", "open 24 hours a day", "ouvert jour et nuit"),
            Case("ru-en", "Одну минуту!", "One second!"),
            Case("en-de", "two days, then two weeks", "zwei Wochen nach zwei Tagen"),
            Case("en-fr", "a two-year plan, $40 an hour", "un plan de deux ans, 40 dollars l’heure"),
            Case("ru-en", "в 2008 году", "in the 2008 season"),
            Case("ru-en", "Здесь живут 5 млн человек.", "5m people live here."),
            Case("es-en", "40 mil kilómetros", "40 thousand kilometres"),
        ],
        rtl=[Case("en-ar", "30 cm", "30 سم")],
        cjk=[
            Case("zh-en", "28.4公里", "28.4 kilometers"),
            Case("en-zh", "30 cm", "30毫米", ("30毫米",)),
            Case("zh-en", "两年后", "two months later", ("two months",)),
            Case("ja-en", "3か月の休み", "a three-month break"),
        ],
    ),
    "foreign-punctuation": Cases(
        good=[
            Case("es-en", "¿Quién vino ayer?", "Who came yesterday?"),
            Case("en-es", "Who came yesterday?", "¿Quién vino ayer?"),
            Case("en-gl", "Who came yesterday?", "¿Quen veu onte?"),
        ],
        bad=[
            Case("es-en", "¿Quién vino ayer?", "¿Who came yesterday?", ("¿",), "Who came yesterday?"),
            Case("es-fr", "¡Qué lástima!", "¡Quel dommage !", ("¡",), "Quel dommage !"),
            Case("ar-en", "هل تأخر القطار؟", "Was the train late؟", ("؟",), "Was the train late?"),
            Case("ar-fr", "نعم، بالطبع", "Oui، bien sûr", ("،",), "Oui, bien sûr"),
            Case("hi-de", "वह घर गया।", "Er ging nach Hause।", ("।",), "Er ging nach Hause."),
        ],
        ignored=[
            Case("es-en", "la canción «¿Por qué te vas?»", "the song “¿Por qué te vas?”"),
            Case("ar-en", "كلمة «متى؟» تعني", "the word “متى؟” means"),
            Case("en-fr", "Really?", "Vraiment ?"),
        ],
        rtl=[Case("en-ar", "Was it late?", "هل تأخر؟")],
        cjk=[Case("es-ja", "¿Quién es?", "¿誰ですか？", ("¿",), "誰ですか？")],
    ),
    "quote-spacing": Cases(
        good=[
            Case("fr-ru", "« Le Temps »", "«Ле Тан»"),
            Case("en-fr", "“The Times”", "« The Times »"),
        ],
        bad=[
            Case("fr-ru", "« Le Temps »", "« Ле Тан »", ("« ",), "«Ле Тан»"),
            Case("fr-es", "le mot « pain »", "la palabra « pan »", ("« ",), "la palabra «pan»"),
            Case("fr-en", "le mot « pain »", "the word “ bread ”", ("“ ",), "the word “bread”"),
        ],
        ignored=[
            Case("ru-uk", "« Слово »", "« Слово »"),
            Case("en-de", "He said “ no ” .", "Er sagte „ nein “ ."),
            Case("en-ru", "from “a” to “b”", "от «а» до «б»"),
            Case("en-de", "»a« and »b«", "»a« und »b«"),
        ],
        rtl=[Case("fr-ar", "le mot « pain »", "كلمة « خبز »", ("« ",), "كلمة «خبز»")],
        cjk=[Case("fr-zh", "le mot « pain »", "“面包”这个词")],
    ),
    "currency": Cases(
        good=[
            Case("en-fr", "£1.2 million", "1,2 million de livres sterling"),
            Case("en-de", "600 Canadian dollars", "600 kanadische Dollar"),
            Case("en-ru", "They raised $300.", "Они собрали 300 долларов США."),
            Case("tr-en", "75 milyon lira", "75 million lira"),
        ],
        bad=[
            Case(
                "en-fr", "about £1.2 million", "environ 1,2 million de dollars", ("1,2 million de dollars",)
            ),
            Case("en-de", "600 Canadian dollars", "600 US-Dollar", ("600 US-Dollar",)),
            Case("en-pl", "The rent is 900 dollars.", "Czynsz wynosi 900 złotych.", ("900 złotych",)),
            Case("uk-en", "від 5 до 8 гривень", "from 5 to 8 dollars", ("8 dollars",)),
            Case("en-es", "from 20 euros to 30 euros", "de 20 euros a 30 dólares", ("30 dólares",)),
            Case("fr-en", "des prix en euros", "prices in dollars", ("dollars",)),
            Case("hi-en", "तीस रुपये", "thirty dollars", ("thirty dollars",)),
            Case("en-tr", "3,000 dollars", "3.000 avroya", ("3.000 avroya",)),
        ],
        ignored=[
            Case("en-fr", "It costs $12.", "Cela coûte 11 euros."),
            Case("en-fr", "It costs $12.", "Cela coûte 12 dollars (11 euros)."),
            Case("en-fr", "between $5 and $10", "entre 5 et 10 dollars"),
            Case("en-de", "a fine of 300 euros", "eine Strafe von 300"),
            Case("es-en", "$80", "80 pesos"),
            Case("fr-en", "5 livres", "5 books"),
            Case("en-fr", "20 marks in the test", "20 points à l’épreuve"),
            Case("en-zh", "5 pounds of rice", "5磅米"),
            Case("zh-en", "300元", "¥300"),
            Case("zh-en", "在香港每人收300元", "In Hong Kong they charge $300 a head"),
            Case("ru-en", "Чехия выделит 100 крон", "Czechia gives CZK 100"),
        ],
        rtl=[Case("en-ar", "300 euros", "300 دولار", ("300 دولار",))],
        cjk=[
            Case("zh-en", "罚款三万元", "a fine of 30,000 dollars", ("30,000 dollars",)),
            Case("en-ja", "3,000 dollars", "3000円", ("3000円",)),
            Case("en-ko", "30,000 euros", "3만 엔", ("3만 엔",)),
        ],
    ),
    "month": Cases(
        good=[Case("uk-en", "12 липня", "12 July")],
        bad=[
            Case("uk-en", "12 липня", "12 June", ("June",), fixed="12 July"),
            Case("en-ru", "on 4 November", "4 сентября", ("сентября",), fixed="4 ноября"),
            Case("en-cs", "in March 2021", "v dubnu 2021", ("dubnu",), fixed="v březnu 2021"),
            Case("ru-en", "4 июня", "an August 4 vote", ("August",)),
            Case("en-es", "March 4", "4 de mayo", ("mayo",), fixed="4 de marzo"),
            Case("tr-en", "3 Haziran'da", "on 3 July", ("July",)),
            Case("en-es", "in September 2024", "September de 2024", ("September",), "septiembre de 2024"),
            Case("en-ru", "on 3 September", "3 September", ("September",)),  # «сентября», as it may be
            Case(
                "en-ru",
                "6 June to 8 August",
                "с 6 июля по 8 августа",
                ("июля",),
                fixed="с 6 июня по 8 августа",
            ),
        ],
        ignored=[
            Case("uk-en", "з 12 липня до 3 червня", "until 3 June, from 12 July"),
            Case("en-fr", "in May", "en juin"),
            Case("fr-en", "12/07", "12 July"),
        ],
        rtl=[
            Case("en-ar", "12 July", "12 يوليو"),
            Case("en-ar", "12 July", "12 أكتوبر", ("أكتوبر",)),
        ],
        cjk=[
            Case("zh-en", "5月6日", "May 6"),
            Case("ja-en", "十月三日", "November 3", ("November",)),
        ],
    ),
    "weekday": Cases(
        good=[Case("cs-en", "v pátek", "on Friday"), Case("de-fr", "am Sonnabend", "samedi")],
        bad=[
            Case("uk-en", "Зустріч у п’ятницю", "The meeting is on Thursday", ("Thursday",)),
            Case("en-pl", "It opens on Monday", "Otwarcie w środę", ("środę",)),
            Case("uk-en", "щосереди та щоп’ятниці", "on Mondays and Fridays", ("Mondays",)),
            Case("tr-en", "salı sabahı", "on Friday morning", ("Friday",)),
            Case("hi-en", "शनिवार को", "on Sunday", ("Sunday",)),
            Case("en-fr", "at midnight on Monday", "mardi à minuit", ("mardi",)),
        ],
        ignored=[
            Case("ru-en", "с понедельника по среду", "from Wednesday to Monday"),
            Case("en-fr", "on Sunday night", "dans la nuit de lundi"),
            Case("ru-en", "окружающая среда", "the environment"),
            Case("uk-en", "четвертий у п’ятницю", "fourth on Friday"),
        ],
        rtl=[
            Case("en-ar", "on Monday", "يوم الاثنين"),
            Case("ar-en", "يوم الثلاثاء المقبل", "next Thursday", ("Thursday",)),
            Case("ar-en", "قال أحد الشهود يوم الخميس", "a witness said on Thursday"),
        ],
        cjk=[
            Case("zh-en", "周三开会", "a meeting on Wednesday"),
            Case("ja-en", "木曜日の会議", "a meeting on Friday", ("Friday",)),
            Case("ko-en", "월요일마다 쉰다", "closed on Sundays", ("Sundays",)),
        ],
    ),
    "clock-time": Cases(
        good=[
            Case("en-de", "at half past seven", "um halb acht"),
            Case("cs-en", "ve tři čtvrtě na osm", "at 7.45"),
            Case("es-en", "a las ocho menos cuarto", "at a quarter to eight"),
        ],
        bad=[
            Case("en-de", "at half past seven", "um halb sieben", ("halb sieben",)),
            Case("pl-en", "o wpół do ósmej", "at 8.30", ("8.30",)),
            Case("uk-en", "чверть на восьму", "at a quarter past eight", ("a quarter past eight",)),
            Case("ru-en", "в девять вечера", "at 9 a.m.", ("9 a.m",)),
            Case("fr-en", "à 20 heures", "at 8 a.m.", ("8 a.m",)),
            Case("hi-en", "सुबह साढ़े छह बजे", "at 7.30 a.m.", ("7.30 a.m",)),
        ],
        ignored=[
            Case("zh-en", "商店凌晨三点到五点关门。", "The shop is closed from 3 to 5 a.m."),
            Case("en-de", "at 2 p.m.", "um 14 Uhr am Montag"),
            Case("ru-en", "в начале шестого", "just after five"),
            Case("en-fr", "at noon", "à midi et demi, puis à 15 h"),
            Case("en-fr", "a quarter of the staff, at 5:15", "un quart du personnel, à 5 h 15"),
            Case("de-en", "um 07:19 Uhr", "at 7:19"),
        ],
        rtl=[
            Case("ar-en", "الساعة الثامنة والنصف مساء", "8.30 p.m."),
            Case("ar-en", "الساعة الثامنة والنصف مساء", "8.30 a.m.", ("8.30 a.m",)),
        ],
        cjk=[
            Case("zh-en", "晚上八点一刻", "8.15 p.m."),
            Case("zh-en", "晚上八点一刻", "8.45 p.m.", ("8.45 p.m",)),
            Case("ja-en", "午前九時半", "9.30 p.m.", ("9.30 p.m",)),
            Case("ko-en", "오전 열한 시 반", "11.30 a.m."),
        ],
    ),
    "share": Cases(
        good=[
            Case("en-es", "one in five children", "uno de cada cinco niños"),
            Case("de-en", "jeder Dritte", "one in three"),
        ],
        bad=[
            Case("en-es", "one in five children", "uno de cada tres niños", ("uno de cada tres",)),
            Case("en-pl", "fell by a third", "spadły o dwie trzecie", ("dwie trzecie",)),
            Case("pl-en", "co piąty badany", "one in four respondents", ("one in four",)),
            Case("it-en", "un terzo dei pazienti", "two thirds of the patients", ("two thirds",)),
        ],
        ignored=[
            Case("en-fr", "a third of them", "33 % d’entre eux"),
            Case("en-de", "the third quarter of the year", "das dritte Quartal"),
            Case("ru-en", "каждые четыре года", "every four years"),
            Case("en-fr", "three in five years", "un tiers"),
            Case("en-ru", "two in ten", "каждый пятый"),
        ],
        rtl=[
            Case("ar-en", "ثلثا السكان", "two thirds of the people"),
            Case("ar-en", "ثلثا السكان", "a third of the people", ("a third",)),
        ],
        cjk=[
            Case("zh-en", "三分之二的居民", "one third of the residents", ("one third",)),
            Case("ja-en", "七人に一人", "one in seven"),
            Case("ko-en", "열 명 중 여섯 명", "six in ten"),
        ],
    ),
    "empty": Cases(
        good=[Case("en-fr", "Cancel", "Annuler")],
        bad=[Case("en-fr", "Cancel", "", ("",)), Case("en-fr", "Cancel", "…", ("…",))],
        ignored=[Case("en-fr", "***", ""), Case("en-fr", "Cancel", "", document=True)],
        rtl=[Case("ar-en", "إلغاء", "", ("",))],
        cjk=[Case("zh-en", "取消", "", ("",))],
    ),
    "omission": Cases(
        good=[Case("en-fr", "A whole sentence.", "Une phrase.", document=True)],
        bad=[Case("en-fr", "A whole sentence.", "", ("A whole sentence.",), document=True)],
        ignored=[Case("en-fr", "* * *", "", document=True), Case("en-fr", "A whole sentence.", "")],
        rtl=[Case("ar-fr", "جملة كاملة هنا", "", ("جملة كاملة هنا",), document=True)],
        cjk=[Case("zh-fr", "完整的句子", "", ("完整的句子",), document=True)],
    ),
    "addition": Cases(
        good=[Case("en-fr", "A sentence.", "Une phrase.", document=True)],
        bad=[
            Case(
                "en-fr", "", "Abonnez-vous à notre lettre.", ("Abonnez-vous à notre lettre.",), document=True
            )
        ],
        ignored=[Case("en-fr", "", "* * *", document=True)],
        rtl=[Case("en-ar", "", "جملة كاملة هنا", ("جملة كاملة هنا",), document=True)],
        cjk=[Case("en-zh", "", "完整的句子。", ("完整的句子。",), document=True)],
    ),
    "source-copied": Cases(
        good=[Case("en-fr", "Click here to continue", "Cliquez ici pour continuer")],
        bad=[
            Case("en-fr", "Click here to continue", "Click here to continue.", ("Click here to continue.",)),
            Case("ru-fr", "Это не перевод", "Это не перевод", ("Это не перевод",)),
            Case(
                "en-fr",
                "Please see www.example.org",
                "Please see www.example.org",
                ("Please see www.example.org",),
            ),
            Case("en-fr", "Wednesday", "Wednesday", ("Wednesday",)),
            Case("en-ka", "Two &items", "Two &items", ("Two &items",)),
            Case("en-fr", "&Unknown", "Un&known", ("Un&known",)),
            Case("en-fr", "Unknown/unnamed", "Unknown/unnamed", ("Unknown/unnamed",)),
        ],
        ignored=[
            Case(
                "en-fr",
                "https://www.example.org/material.php?id=67",
                "https://www.example.org/material.php?id=67",
            ),
            Case("en-fr", "Vladimir Putin", "Vladimir Putin"),
            Case("en-fr", "Menu", "Menu"),
            Case("en-fr", "Nottingham", "Nottingham"),
            Case("en-fr", "https://example.org/unnamed", "https://example.org/unnamed"),
            Case("en-ka", "Internet", "Internet"),
            Case("en-fr", "Tottenham stadium", "Tottenham stadium"),
            Case("en-fr", "The Long Goodbye", "The Long Goodbye"),
            Case("en-fr", "instance %d", "instance %d"),
            Case("en-en-GB", "Click here to continue", "Click here to continue"),
        ],
        rtl=[Case("ar-fr", "هذا ليس ترجمة", "هذا ليس ترجمة")],
        cjk=[Case("zh-fr", "这不是翻译的文本", "这不是翻译的文本", ("这不是翻译的文本",))],
    ),
    "length-ratio": Cases(
        good=[
            Case("en-fr", "The treaty was signed in Paris on Monday.", "Le traité a été signé lundi à Paris.")
        ],
        bad=[
            Case(
                "en-fr",
                "The treaty was signed in Paris on Monday by both presidents and their ministers.",
                "Le traité fut signé.",
                ("Le traité fut signé.",),
            ),
        ],
        ignored=[
            Case("en-fr", "OK", "D’accord, entendu"),
            Case("en-zh", "The treaty was signed in Paris on Monday.", "条约周一在巴黎签署。"),
        ],
        rtl=[
            Case(
                "en-ar",
                "The treaty was signed in Paris on Monday.",
                "تم توقيع المعاهدة في باريس يوم الاثنين.",
            )
        ],
        cjk=[
            Case("zh-en", "条约周一在巴黎由两国总统及其部长签署，并且立即在两国全境生效。", "Yes.", ("Yes.",))
        ],
    ),
    "truncated": Cases(
        good=[Case("en-fr", "It starts in May.", "Cela commence en mai.")],
        bad=[
            Case(
                "en-fr", "It starts with talks in Paris.", "Cela commence par des pourparlers à la", ("la",)
            ),
            Case(
                "en-ja",
                "Close the lid.\n\nThen press Start.",
                "ふたを閉めてください。\n\n",
                ("ふたを閉めてください。",),
            ),
        ],
        ignored=[
            Case(
                "en-fr",
                "Close the lid.\nThen press Start.",
                "Fermez le couvercle, puis appuyez sur Départ.\n",
            ),
            Case("en-fr", "Close the lid.\n", "Fermez le couvercle.\n"),
            Case("en-fr", "A list of", "Une liste de la"),
            Case("en-fr", "It starts: ", "Cela commence par la"),
        ],
        rtl=[Case("en-ar", "It starts in May now.", "يبدأ ذلك في مايو على")],
        cjk=[Case("en-zh", "It starts in May.", "五月开始的")],
    ),
    "untranslated": Cases(
        good=[Case("ru-fr", "прекращение помощи", "la cessation de l’aide")],
        bad=[
            Case("ru-fr", "прекращение помощи", "la прекращение de l’aide", ("прекращение",)),
            Case("de-en", "Die Person ist und bleibt dort", "The person is und stays there", ("und",)),
            Case("de-en", "Schönheitsreparaturen", "On Schönheitsreparaturen", ("Schönheitsreparaturen",)),
        ],
        ignored=[
            Case("ru-fr", "газета «Правда»", "le journal Pravda («Правда»)"),
            Case("en-fr", "The film Wonders of the African World", "Le film Wonders of the African World"),
            Case("en-fr", "an important information", "une information importante"),
            Case("en-fr", "<owner>Kim</owner>", "<owner>Kim</owner>"),
        ],
        rtl=[Case("ar-fr", "وقف المساعدة", "la وقف de l’aide", ("وقف",))],
        cjk=[
            Case("zh-en", "太空中的卫星", "a satellite in 太空中 is", ("太空中",)),
            Case("ja-en", "野々村さんが来た", "Mr 野々村 came", ("野々村",)),
            Case("zh-en", "二〇一二年", "the year 二〇一二", ("二〇一二",)),
        ],
    ),
    "wrong-language": Cases(
        good=[
            Case(
                "en-fr",
                "x",
                "Le traité a été signé lundi à Paris par les deux présidents et leurs ministres.",
            )
        ],
        bad=[
            Case(
                "en-fr",
                "x",
                "The treaty was signed on Monday in Paris by both presidents and their ministers.",
                ("The treaty was signed on Monday in Paris by both presidents and their ministers.",),
            ),
            Case("en-de", "Hello world", "مرحبا بالعالم", ("مرحبا بالعالم",)),
            Case("en-fr", "Yes", "Да", ("Да",)),
            Case("en-de", "The treaty", "条约", ("条约",)),
        ],
        ignored=[
            Case("en-fr", "x", "The Wall Street Journal"),
            Case("en-de", "The word мир", "мир"),
            Case("en-fr", "It says peace", "«Мир»"),
            Case("en-fr", "x", "Δφ = 2"),
            Case("en-sr", "Hello", "Здраво"),
            Case("ru-ko", "Договор", "條約"),
            Case(
                "en-uk",
                "x",
                "Договор был подписан в понедельник в Париже обоими президентами и их министрами.",
            ),
        ],
        rtl=[
            Case(
                "en-ar",
                "x",
                "تم توقيع المعاهدة يوم الاثنين في باريس من قبل الرئيسين ووزرائهما في حفل رسمي كبير",
            )
        ],
        cjk=[Case("en-zh", "x", "条约周一在巴黎由两国总统及其部长签署，并且立即在两国全境生效。")],
    ),
    "doubled-word": Cases(
        good=[Case("en-fr", "and Ukraine", "et l’Ukraine")],
        bad=[
            Case("en-fr", "and Ukraine", "la Russie et et l’Ukraine", ("et et",), "la Russie et l’Ukraine"),
            Case(
                "ru-en",
                "сразу",
                "almost immediately immediately.",
                ("immediately immediately",),
                "almost immediately.",
            ),
            Case("en-fr", "Quack quack! Oink oink!", "Coin coin !", ("Coin coin",)),
            Case(
                "en-fr",
                'Press "Save" now.',
                "Appuyez sur « Enregistrer » « Enregistrer ».",
                ("« Enregistrer » « Enregistrer »",),
                "Appuyez sur « Enregistrer ».",
            ),
        ],
        ignored=[
            Case("en-fr", "we meet", "nous nous rencontrons, vous vous taisez"),
            Case("en-fr", "“No!” “No!” they cried.", "« Non ! » « Non ! » crièrent-ils."),
            Case("fr-en", "qu’il avait eu", "that he had had that that day"),
            Case("en-de", "those who", "die, die die Welt sehen"),
            Case("en-id", "children", "anak anak"),
            Case("en-fr", "4 million", "4 000 000"),
            Case("en-fr", "Pago Pago", "à Pago Pago"),
            Case("en-fr", "Quack quack! Oink oink!", "Coin coin ! Groin groin !"),
            Case("en-fr", "Quack quack, we meet", "Nous nous voyons, coin coin"),
            Case("en-ca", "the sale", "anul·la la venda"),
            Case("en-st", "ten people", "batho ba ba leshome"),
        ],
        rtl=[Case("en-he", "and the man", "והאיש האיש הזה", ())],
        cjk=[Case("en-zh", "a look", "看看")],
    ),
    "repetition": Cases(
        good=[Case("en-fr", "on the ground", "sur le terrain")],
        bad=[
            Case(
                "en-fr",
                "on the ground",
                "sur le terrain sur le terrain sur le terrain",
                ("sur le terrain sur le terrain sur le terrain",),
                "sur le terrain",
            ),
        ],
        ignored=[
            Case("en-fr", "Hard, hard, hard.", "Dur, dur, dur."),
            Case("en-fr", "farming", "l’agriculture — l’agriculture vivrière"),
            Case("en-fr", "1 1 1 1", "1 1 1 1"),
        ],
        rtl=[
            Case(
                "en-ar",
                "on it",
                "على الأرض على الأرض على الأرض",
                ("على الأرض على الأرض على الأرض",),
                "على الأرض",
            )
        ],
        cjk=[
            Case("en-zh", "on it", "在地面上在地面上在地面上", ("在地面上在地面上在地面上",), "在地面上"),
            Case("en-zh", "study", "研究研究"),
        ],
    ),
    "sentence-case": Cases(
        good=[Case("en-fr", "It ends.", "Cela finit.")],
        bad=[
            Case("en-fr", "It ends.", "cela finit.", ("c",), "Cela finit."),
            Case("en-nl", "It is late.", "'t is laat.", ("i",), "'t Is laat."),
            Case("zh-en", "结束。", "it ends.", ("i",), "It ends."),
            Case("en-fr", "[See there] it ends.", "[voir là] cela finit.", ("v",), "[Voir là] cela finit."),
        ],
        ignored=[
            Case("en-fr", "it ends", "cela finit"),
            Case("en-fr", "iPhone sales rise.", "iPhone : les ventes augmentent."),
            Case("en-fr", "De Gaulle left.", "de Gaulle est parti."),
            Case("en-fr", "…and ends.", "…et finit."),
            Case("en-af", "A man came.", "'n Man het gekom."),
            Case("en-de", "Sent by {author}.", "{author} hat es gesendet."),
            Case("en-fr", "Seen by [[name]].", "« [[name]] » l’a vu."),
        ],
        rtl=[Case("en-ar", "It ends.", "ينتهي.")],
        cjk=[Case("en-zh", "It ends.", "结束。")],
    ),
    "verb-agreement": Cases(
        good=[
            Case("de-en", "x", "All these keys are new and it would not take long."),
            Case("en-fr", "x", "Ils ont été conduits ici ; elle a été conduite là."),
            Case("en-it", "x", "La legge è stata approvata."),
            Case("en-es", "x", "Las leyes han sido aprobadas."),
            Case("en-pt", "x", "As leis foram aprovadas."),
        ],
        bad=[
            Case("de-en", "x", "It would not takes long.", ("takes",), "It would not take long."),
            Case("de-en", "x", "They can helps you.", ("helps",), "They can help you."),
            Case("de-en", "x", "On exit, all keys is returned.", ("is",), "On exit, all keys are returned."),
            Case("de-en", "x", "They was late.", ("was",), "They were late."),
            Case("ru-fr", "x", "Ils ont été conduit ici.", ("conduit",), "Ils ont été conduits ici."),
            Case("ru-fr", "x", "Les murs ont aussi été lavée.", ("lavée",), "Les murs ont aussi été lavées."),
            Case("ru-fr", "x", "Le mur a été lavés.", ("lavés",)),
            Case("en-it", "x", "È stata approvato.", ("approvato",), "È stata approvata."),
            Case("en-es", "x", "Han sido aprobada ayer.", ("aprobada",), "Han sido aprobadas ayer."),
            Case("en-es", "x", "Ha sido aprobados.", ("aprobados",)),
            Case("en-pt", "x", "Foram aprovada ontem.", ("aprovada",), "Foram aprovadas ontem."),
        ],
        ignored=[
            Case("de-en", "x", "The use of these tools is free; can I do tests? All that matters is time."),
            Case("de-en", "x", "It will always access the news; all things considered, it is fine."),
            Case("ru-fr", "x", "On a été trompés. Vous avez été informé. Ils ont été en été."),
            Case("en-it", "x", "È stato dato; è stata vita vera."),
            Case("en-es", "x", "Han sido resultado de un pacto."),
        ],
        rtl=[Case("en-ar", "x", "They was here")],
        cjk=[Case("en-ja", "x", "They was here")],
    ),
    "french-auxiliary": Cases(
        good=[Case("ru-fr", "x", "La mairie a également publié une réponse.")],
        bad=[
            Case(
                "ru-fr",
                "x",
                f"La mairie{NB}également{NB}publié une{NB}réponse.",
                (f"également{NB}publié",),
                f"La mairie a{NB}également{NB}publié une{NB}réponse.",
            ),
            Case(
                "ru-fr",
                "x",
                "Le ministre déclaré que la paix viendra.",
                ("déclaré",),
                "Le ministre a déclaré que la paix viendra.",
            ),
            Case(
                "ru-fr",
                "x",
                "Ils également décidé de partir.",
                ("également décidé",),
                "Ils ont également décidé de partir.",
            ),
        ],
        ignored=[
            Case("ru-fr", "x", "Le rapport également publié en mars indique une hausse."),
            Case("ru-fr", "x", "Étant donné que rien ne va."),
            Case("ru-fr", "x", "Avez-vous déjà rangé le salon ?"),
        ],
        rtl=[Case("en-ar", "x", "نشر البيت الأبيض بيانا")],
        cjk=[Case("en-zh", "x", "白宫也发表了声明")],
    ),
    "french-determiner": Cases(
        good=[Case("en-fr", "x", "les dirigeants des pays voisins")],
        bad=[
            Case(
                "en-fr",
                "x",
                "les dirigeants de les pays voisins",
                ("de les",),
                "les dirigeants des pays voisins",
            ),
            Case("en-fr", "x", "il a vu des les pays", ("des les",), "il a vu les pays"),
        ],
        ignored=[
            Case("en-fr", "x", "il refuse de le voir et de les convaincre"),
            Case("en-fr", "x", "un des pays et les uns, une des muses"),
            Case("en-fr", "x", "le journal de Le Monde"),
        ],
        rtl=[Case("en-ar", "x", "قادة الدول المجاورة")],
        cjk=[Case("en-zh", "x", "邻国领导人")],
    ),
    "french-elision": Cases(
        good=[Case("en-fr", "x", "qu’elle accepte l’accord")],
        bad=[
            Case(
                "en-fr",
                "x",
                "que elle accepte le accord",
                ("que elle", "le accord"),
                "qu’elle accepte l’accord",
            ),
            Case("en-fr", "x", "même si il vient", ("si il",), "même s’il vient"),
        ],
        ignored=[
            Case("en-fr", "x", "le onze de France, le oui, de un à dix, fais-le ainsi"),
            Case("en-fr", "x", "la une du journal"),
        ],
        rtl=[Case("en-ar", "x", "الاتفاق")],
        cjk=[Case("en-zh", "x", "协议")],
    ),
    "english-article": Cases(
        good=[Case("fr-en", "x", "a university, an hour, a European, an apple")],
        bad=[
            Case(
                "fr-en",
                "x",
                "When an satellite receives a answer",
                ("an", "a"),
                "When a satellite receives an answer",
            ),
        ],
        ignored=[
            Case("fr-en", "x", "an historic day, a historic day, hepatitis A and B, an FBI agent, a one-off")
        ],
        rtl=[Case("en-he", "x", "a אבא")],
        cjk=[Case("en-zh", "x", "一个苹果")],
    ),
    "article-gender": Cases(
        good=[
            Case("en-fr", "x", "La maison, le problème et une école près du marché."),
            Case("en-de", "x", "Die Leute gehen zur Arbeit, das Kind in die Schule, der Hund ins Haus."),
            Case("en-es", "x", "El problema de las manos y el mapa del día."),
            Case("en-it", "x", "Il problema della mano e le crisi degli uomini."),
            Case("en-pt", "x", "O sistema da viagem e os mapas do planeta."),
        ],
        bad=[
            Case(
                "en-fr",
                "x",
                "Le maison est au plage, un école est loin du rivière.",
                ("Le maison", "au plage", "un école", "du rivière"),
                "La maison est à la plage, une école est loin de la rivière.",
            ),
            Case("en-fr", "x", "Il s'agit du équipe.", ("du équipe",), "Il s'agit de l'équipe."),
            Case("en-fr", "x", "Elle part avec la fromage.", ("la fromage",), "Elle part avec le fromage."),
            Case("en-de", "x", "Die Vertrag liegt vor.", ("Die Vertrag",), "Der Vertrag liegt vor."),
            Case("en-de", "x", "Sie kommt vom Arbeit.", ("vom Arbeit",), "Sie kommt von der Arbeit."),
            Case("en-de", "x", "Er baut einen Haus.", ("einen Haus",), "Er baut ein Haus."),
            Case(
                "en-es",
                "x",
                "La problema está en los manos.",
                ("La problema", "los manos"),
                "El problema está en las manos.",
            ),
            Case("en-es", "x", "Vuelve del playa.", ("del playa",), "Vuelve de la playa."),
            Case(
                "en-it",
                "x",
                "Un isola e il strada.",
                ("Un isola", "il strada"),
                "Un’isola e la strada.",
            ),
            Case("en-pt", "x", "Está no cidade.", ("no cidade",), "Está na cidade."),
        ],
        ignored=[
            # Two genders, pronouns before verbs, persons, mentions, names.
            Case("en-fr", "x", "le tour, la tour, un élève, une élève, on le place, il la tente, un invité"),
            Case("en-fr", "x", "On écrit « le maison » par erreur. Mon école. Il vit à la Bureau."),
            Case(
                "en-de",
                "x",
                "der See, die See, das Band, die Fenster, der Fenster, den Regeln, dieser Unternehmen",
            ),
            Case("en-de", "x", "Leute, die Hunger haben; auf der einen Seite; dass das Sache der Länder ist"),
            Case("en-de", "x", "eine Wild Card, dem Ursprung, der Datei-Name"),
            Case(
                "en-es",
                "x",
                "el agua, un arma, el aula, el hambre, la cuento, no los pago, el frente, la frente",
            ),
            Case("en-it", "x", "i file, la patch, le mostri, lo porta, il fine, la fine, le dita, le uova"),
            Case("en-pt", "x", "a caminho, a pé, o capital, a capital, o grama, a grama, que o causa"),
        ],
        rtl=[Case("en-ar", "x", "الكتاب الجديد")],
        cjk=[Case("en-zh", "x", "这所房子")],
    ),
    "tags": Cases(
        good=[Case("en-fr", "Click <b>here</b>", "Cliquez <b>ici</b>")],
        bad=[
            Case("en-fr", "Click <b>here</b>", "Cliquez <b>ici<b>", ("<b>",), "Cliquez <b>ici</b>"),
            Case("en-fr", "<i>x</i> <b>y</b>", "<i>x<b> y</i></b>", ("<i>", "</i>")),
            Case("en-fr", "Click here", "Cliquez <unk> ici", ("<unk>",), "Cliquez  ici"),
            Case("en-fr", "<table>", "<tableau>", ("<tableau>",), "<table>"),
            Case(
                "en-fr",
                "a <img src='a.png'/ >",
                "a <img src='a.png' >",
                ("<img src='a.png' >",),
                "a <img src='a.png'/ >",
            ),
        ],
        ignored=[
            Case("en-fr", "a < b and <3", "a < b et <3"),
            Case("en-fr", '<a title="Home">x</a>', '<a title="Accueil">x</a>'),
            Case("en-fr", "a<br>b", "a<br>b"),
            Case("en-fr", "<Unnamed>", "<Anonyme>"),
            Case("en-fr", "Next", "<<suite>>"),
        ],
        rtl=[Case("en-ar", "<b>a</b>", "<b>هذا</b>")],
        cjk=[Case("en-zh", "<b>a</b>", "<b>甲", ("</b>",), "<b>甲</b>")],
    ),
    "entities": Cases(
        good=[Case("en-fr", "a & b", "a & b")],
        bad=[
            Case("en-fr", "the deal", "l&#39;accord", ("&#39;",), "l'accord"),
            Case("en-fr", "if a &lt; b", "si a lt; b", ("lt;",), "si a &lt; b"),
        ],
        ignored=[Case("en-fr", "a &amp; b", "a &amp; b"), Case("en-fr", "R&D; a", "R&D ; a")],
        rtl=[Case("en-ar", "a", "هذا &amp; ذاك", ("&amp;",), "هذا & ذاك")],
        cjk=[Case("en-zh", "a", "甲")],
    ),
    "placeholders": Cases(
        good=[Case("en-fr", "%1$s has {count} files in ${dir}", "{count} fichiers de %1$s dans ${dir}")],
        bad=[
            Case("en-fr", "Hello {name}", "Bonjour {nom}", ("{nom}",), "Bonjour {name}"),
            Case("en-fr", "%s: %d files", "%d : %s fichiers", ("%d : %s",)),
            Case(
                "en-fr", "{n, plural, one {a} other {b}}", "{n, select, one {a} other {b}}", ("{n, plural",)
            ),
            Case("en-fr", "Save %(name)s", "Enregistrer", ("%(name)s",)),
            Case("en-fr", "at 5%% of %s", "à 5 % de %s", ("%%",)),
            Case("en-fr", "%s took %d", "%1$d prit %2$s", ("%s", "%d", "%1$d", "%2$s")),
            Case("en-fr", "Open %file%", "Ouvrir %fichier%", ("%fichier%",), "Ouvrir %file%"),
            Case("en-fr", "Open $path now", "Ouvrir $chemin", ("$chemin",), "Ouvrir $path"),
            Case("en-fr", "by @author@", "par @auteur@", ("@auteur@",), "par @author@"),
            Case("en-fr", "Start &product;.", "Lancez &produit;.", ("&produit;",), "Lancez &product;."),
            Case("en-fr", "%'d files", "fichiers", ("%'d",), "%'d fichiers"),
            Case("en-fr", "by %<author>s", "par %<auteur>s", ("%<auteur>s",), "par %<author>s"),
            Case("en-fr", "Open %folder", "Ouvrir %dossier", ("%dossier",), "Ouvrir %folder"),
            Case(
                "en-fr", "See $t(plan) and @:plan.b", "Voir $t(plan)", ("@:plan.b",), "Voir $t(plan) @:plan.b"
            ),
            Case("en-fr", "See $t(plan)", "Voir", ("$t(plan)",), "Voir $t(plan)"),
            Case("en-fr", "%d % cold", "%d % inox", ("% i",), "%d % cnox"),
            Case("en-fr", "grew 5% a year", "a crû de 5%% par an", ("%%",)),
            Case(
                "en-uk", "Sent to {address}", "Надіслано на {адресу}", ("{адресу}",), "Надіслано на {address}"
            ),
            Case("en-fr", "Move {place}", "Déplacer { le lieu }", ("{ le lieu }",), "Déplacer {place}"),
            Case("en-ru", "Open %folder%", "Открыть %папку%", ("%папку%",), "Открыть %folder%"),
            Case("en-ru", "{day} in {month}", "{день} в {месяце}", ("{day}", "{month}")),
            Case("en-ru", "{day} of {the month}", "{месяц}", ("{day}",)),
        ],
        ignored=[
            Case("en-fr", "100% of it", "100% de cela, 50 % d’eux"),
            Case("en-fr", "100%", "100%d’accord"),
            Case("en-fr", "%s took %d of it", "%2$d pris par %1$s"),
            Case("en-fr", "%dkB", "%d ko"),
            Case("en-fr", "grew 5%% a year", "a crû de 5 pour cent par an"),
            Case("en-fr", "%d files", "%'d fichiers"),
            Case("en-fr", "%d days of %s", "un jour%.0s sur %s"),
            Case("en-fr", "{{ count }} of ${ all }", "{{count}} de ${all}"),
            Case("en-ru", "{a set}, {b}", "{множество}, {b}"),
            Case("en-fr", "50 % cold", "50 % inox, une solution à 10 %ige"),
            Case("en-fr", "it costs US$ 5", "cela coûte 5 $US, soit 4 $CA"),
        ],
        rtl=[Case("en-ar", "Hello %s", "مرحبا %s")],
        cjk=[
            Case("en-zh", "Hello {name}", "你好{name}"),
            Case("en-ja", "Sent by {author}.", "送信者：{作成者}", ("{作成者}",), "送信者：{author}"),
        ],
    ),
    "addresses": Cases(
        good=[Case("ru-fr", "https://www.example.org/a?id=67", "https://www.example.org/a?id=67")],
        bad=[
            Case(
                "en-fr",
                "mail info@example.org now",
                "écrivez à info@exemple.org",
                ("info@exemple.org",),
                "écrivez à info@example.org",
            ),
            Case("en-fr", "see https://example.org/a", "voir ici", ("https://example.org/a",)),
            Case(
                "ru-en",
                "см. https://музей.рф/залы",
                "see https://музей.рф/зал",
                ("https://музей.рф/зал",),
                "see https://музей.рф/залы",
            ),
            Case(
                "ja-en",
                "予約はhttps://museum.example/visitへ。",
                "Book at https://museum.example/visits.",
                ("https://museum.example/visits",),
                "Book at https://museum.example/visit.",
            ),
            Case("en-fr", "Good news #water #peace", "Bonne nouvelle #eau", ("#peace",)),
            Case("en-fr", "Good news", "Bonne nouvelle #eau", ("#eau",)),
            Case(
                "en-fr",
                "edit /etc/app/main.cf",
                "ouvrez /etc/appli/main.cf",
                ("/etc/appli/main.cf",),
                "ouvrez /etc/app/main.cf",
            ),
            Case(
                "en-fr",
                r"in C:\Temp\in.txt",
                r"dans C:\Tmp\in.txt",
                (r"C:\Tmp\in.txt",),
                r"dans C:\Temp\in.txt",
            ),
        ],
        ignored=[
            Case("en-fr", "Colour #ffcc00, item #12, &#39;", "Couleur, article n° 12"),
            Case("en-fr", "So proud #team", "Fiers #équipe"),
            Case("en-fr", "https://en.wikipedia.org/wiki/X.", "https://fr.wikipedia.org/wiki/X"),
            Case("en-fr", "(see http://example.org/)", "(voir https://example.org)"),
            Case("en-fr", "and/or 3/4/2020", "et/ou le 4/3/2020 à 5 km/h"),
        ],
        rtl=[Case("en-ar", "see https://example.org/a", "انظر https://example.org/a")],
        cjk=[
            Case("en-zh", "see https://example.org/a.", "见https://example.org/a。"),
            Case(
                "ja-fr",
                "申し込みは当館のページ（https://museum.example/form）からどうぞ。",
                "Inscription sur notre page (https://museum.example/form).",
            ),
            Case("ja-en", "質問はask@museum.exampleまで", "Questions to ask@museum.example"),
            Case("ko-en", "ask@museum.example로 보내세요", "Send it to ask@museum.example"),
            Case("zh-en", "请关注@museum_app的消息", "Follow the news of @museum_app"),
            Case("ja-en", "/etc/hostsを開く", "Open /etc/hosts"),
        ],
    ),
    "markdown": Cases(
        good=[Case("en-fr", "Run `make test` **now**", "Lancez `make test` **maintenant**")],
        bad=[
            Case(
                "en-fr", "Run `make test` now", "Lancez `faire test`", ("`faire test`",), "Lancez `make test`"
            ),
            Case("en-fr", "**Note** this", "Notez ceci", ("**Note**",)),
            Case(
                "en-fr",
                "[the plan](../plan/)",
                "[le plan](../projet/)",
                ("../projet/",),
                "[le plan](../plan/)",
            ),
            Case("en-fr", "[the plan][plan]", "[le plan][projet]", ("projet",), "[le plan][plan]"),
            Case("en-fr", "a ~~bad~~ idea", "une idée", ("~~bad~~",)),
        ],
        ignored=[Case("en-fr", "2 * 3 * 4", "2 * 3 * 4"), Case("en-fr", "a`b", "a`b")],
        rtl=[Case("en-ar", "Run `make`", "شغل `make`")],
        cjk=[Case("en-zh", "Run `make`", "运行 `make`")],
    ),
    "names": Cases(
        good=[
            Case("ru-en", "Вчера Путин встретился с Макроном.", "Yesterday Putin met Macron."),
            Case("ru-fr", "Он прилетел из Киева в Москву.", "Il est arrivé de Kiev à Moscou."),
            Case("de-fr", "Sie reiste durch Deutschland.", "Elle a voyagé en Allemagne."),
            Case("en-uk", "The talks with Germany failed.", "Німецькі перемовини провалилися."),
        ],
        bad=[
            Case(
                "fr-en",
                "Les soldats sont arrivés en Haïti après le tremblement de terre.",
                "The soldiers arrived in Madrid after the earthquake.",
                ("Madrid",),
            ),
            Case(
                "it-en",
                "Il premio è stato dato ieri sera a Weronika Kowalska nella capitale.",
                "The prize was given last night to in the capital.",
                ("Weronika Kowalska",),
            ),
            Case(
                "cs-en",
                "Včera navštívil prezident slavnou továrnu.",
                "Yesterday the president visited a famous factory in Bulgaria.",
                ("Bulgaria",),
            ),
            Case(
                "en-fr",
                "Fiona Whitaker chairs the board.",
                "Fiona Whitmore préside le conseil.",
                ("Whitmore",),
            ),
        ],
        ignored=[
            Case(
                "ru-en",
                "Он подписал указ утром.",
                "Zelensky signed the decree in the morning.",
                more=(("Зеленский приехал рано.", "Zelensky came early."),),
            ),
            Case("en-fr", "The Ministry met on Monday.", "Le ministère s’est réuni lundi."),
            Case("en-ru", "He lives in Hong Kong.", "Он живёт в Гонконге."),
        ],
        rtl=[
            Case("en-ar", "Netanyahu flew to Egypt.", "سافر نتنياهو إلى مصر."),
            Case("en-ar", "He flew to Egypt.", "سافر إلى العراق."),
            Case("en-ar", "Vodafone and Motorola signed.", "وقّعت فودافون.", ("Motorola",)),
        ],
        cjk=[
            Case("en-zh", "He flew to Vietnam.", "他飞往越南。"),
            Case(
                "zh-en", "他昨天飞往越南开会。", "Yesterday he flew to Germany for a meeting.", ("Germany",)
            ),
        ],
    ),
    "name-spelling": Cases(
        good=[Case("ru-en", "Шольц прибыл.", "Scholz arrived.", more=_SCHOLZ)],
        bad=[
            Case("ru-en", "Шольц прибыл.", "Sholz arrived.", ("Sholz",), "Scholz arrived.", more=_SCHOLZ),
            Case(
                "de-en",
                "Herr Hallbauer kam.",
                "Mr Hallbaur came.",
                ("Hallbaur",),
                "Mr Hallbauer came.",
                more=(("Hallbauer ging.", "Hallbauer left."),),  # once is enough: the source spells it so
            ),
        ],
        ignored=[
            Case("ru-en", "Шольц прибыл.", "Sholz arrived."),
            Case("ru-en", "Госпожа Иванова ушла.", "Ms Ivanova left.", more=(("Иванов", "Ivanov"),) * 2),
            Case("it-en", "Partì per Roma.", "He left for Rome.", more=(("La Roma vinse.", "Roma won."),)),
        ],
        rtl=[Case("en-ar", "Scholz arrived.", "وصل شولتس.")],
        cjk=[Case("en-zh", "Scholz arrived.", "朔尔茨抵达。")],
    ),
    "term-drift": Cases(
        good=[Case("ru-fr", "Двигатель запускается утром.", "Le moteur démarre le matin.", more=_ENGINE)],
        bad=[
            Case(
                "ru-fr",
                "Двигатель запускается утром.",
                "Le propulseur démarre le matin.",
                ("propulseur",),
                "Le moteur démarre le matin.",
                more=_ENGINE,
            )
        ],
        ignored=[Case("ru-fr", "Двигатель запускается утром.", "Le propulseur démarre le matin.")],
        rtl=[Case("en-ar", "The engine starts.", "يعمل المحرك.")],
        cjk=[Case("en-zh", "The engine starts.", "发动机启动。")],
    ),
    "pronoun-gender": Cases(
        good=[
            Case("uk-en", "Додала, що повернеться.", "She added that she would be back."),
            Case("fr-en", "Elle a perdu son chapeau.", "She lost her hat."),
            Case("en-de", "She painted her door.", "Sie strich ihre Tür."),
            Case("de-en", "Sie kamen, als er schlief.", "They came while he was asleep."),
            Case("es-en", "La directora habló con su padre.", "The director spoke to her father."),
            Case("pl-en", "Powiedział, że ją zna.", "He said he knew her."),
            Case("fr-de", "Mme Roche est là.", "Frau Roche ist da."),
        ],
        bad=[
            Case(
                "uk-en",
                "Додала, що повернеться.",
                "He added that he would be back.",
                ("He",),
                "She added that she would be back.",
            ),
            Case("pl-en", "Obiecała wrócić.", "He promised to return.", ("He",), "She promised to return."),
            Case("en-cs", "She promised to return.", "Slíbil, že se vrátí.", ("Slíbil",)),
            Case("en-ru", "The pilot says she is tired.", "Пилот говорит, что он устал.", ("он",)),
            Case("en-fr", "The pilot says she is tired.", "Le pilote dit qu’il est épuisé.", ("il",)),
            Case("fr-en", "La directrice a vendu sa part.", "The head sold his share.", ("his",)),
            Case(
                "fr-en",
                "Le metteur en scène Robert Duval s’est tu.",
                "Robert Duval fell silent when she came.",
                ("she",),
                "Robert Duval fell silent when he came.",
            ),
            Case("es-en", "Ella era alta.", "He was tall.", ("He",), "She was tall."),
            Case(
                "it-en",
                "Non so se lei tornerà.",
                "I do not know if he will return.",
                ("he",),
                "I do not know if she will return.",
            ),
            Case("de-en", "Die Königin bestieg ihr Pferd.", "The sovereign mounted his horse.", ("his",)),
            Case("nl-en", "Hij zweeg.", "She fell silent.", ("She",), "He fell silent."),
            Case("pt-en", "Ela calou-se.", "He fell silent.", ("He",), "She fell silent."),
            Case("tr-en", "Mehmet anahtarını kaybetti.", "Mehmet Kaya lost her key.", ("her",)),
            Case("fr-de", "Mme Roche est là.", "Herr Roche ist da.", ("Herr",)),
            Case(
                "ru-fr",
                "«Мы ждём», — написала она.",
                "« Nous attendons », a-t-il écrit.",
                ("a-t-il écrit",),
                "« Nous attendons », a-t-elle écrit.",
            ),
            Case("fr-ru", "« Oui », se souvient-il.", "«Да», — вспоминает она.", ("вспоминает она",)),
            Case("de-pl", "„Ja“, sagte er.", "„Tak” – powiedziała.", ("powiedziała",)),
            Case("cs-de", "„Ano,“ řekla.", "„Ja“, sagte er.", ("sagte er",)),
            Case("en-ru", "Ms Roche is here.", "Г-н Рош здесь.", ("Г-н",)),
        ],
        ignored=[
            Case("fr-en", "Il pleut sur son jardin.", "It is raining on her garden."),
            Case("fr-en", "La victime dit qu’elle a peur.", "The victim says he is afraid."),
            Case("ru-en", "Я не знал, что делать.", "She did not know what to do."),
            Case("ru-en", "Дверь скрипела, и он проснулся.", "The door creaked, and he woke up."),
            Case("fr-en", "Son frère est parti.", "Her brother has left."),
            Case("en-fr", "He or she has to sign.", "Elle doit signer."),
            Case("de-en", "Robert Duval traf sie.", "Robert Duval met her."),
            Case("ru-fr", "Она сломалась.", "Il est cassé."),
            Case("ru-fr", "«Да», — сказал министр.", "« Oui », a-t-elle dit."),
            Case(
                "ru-fr",
                "«Да», — сказала она, а он заявил: «Нет».",
                "« Oui », a-t-elle dit ; a-t-il dit non ?",
            ),
        ],
        rtl=[Case("ar-en", "قالت الوزارة", "He said")],
        cjk=[
            Case("zh-en", "她昨天辞职了。", "He resigned yesterday.", ("He",), "She resigned yesterday."),
            Case("en-zh", "She resigned yesterday.", "他昨天辞职了。", ("他",)),
            Case("ja-en", "彼女は医者です。", "He is a doctor.", ("He",), "She is a doctor."),
            Case("ko-en", "그녀는 의사다.", "He is a doctor.", ("He",), "She is a doctor."),
            Case("zh-en", "其他人都走了，吉他还在。", "The others left; her guitar is still here."),
        ],
    ),
    "register": Cases(
        good=[
            Case("en-fr", "You can close it.", "Vous pouvez la fermer.", more=_VOUS),
            Case("ru-de", "Вы оба правы.", "Ihr habt beide recht, sagt man euch."),
        ],
        bad=[
            Case("en-fr", "You can close it.", "Tu peux la fermer.", ("Tu peux",), more=_VOUS),
            Case("ru-fr", "Как вас зовут?", "Comment t’appelles-tu ?", ("t",)),
            Case(
                "fr-de", "Tu as raison.", "Da haben Sie recht.", ("Sie",), more=(("Tu viens.", "Du kommst."),)
            ),
            Case(
                "en-de",
                "You are right.",
                "Da haben Sie recht.",
                ("Sie",),
                more=(("You", "Was du willst."),) * 4,
            ),
        ],
        ignored=[
            Case("en-fr", "She said: “You are late.”", "Elle dit : « Tu es en retard. »", more=_VOUS),
            Case("en-fr", "The tone of the letter", "Le ton de la lettre", more=_VOUS),
            Case("de-fr", "Du bist dran.", "C’est à vous.", more=(("Du gehst.", "Vous partez."),) * 4),
            Case("en-fr", "You can close it.", "Tu peux la fermer."),
            Case("en-de", "They came.", "Sie kamen.", more=(("You", "Was du willst."),) * 4),
        ],
        rtl=[Case("en-ar", "Close your window.", "أغلق نافذتك.")],
        cjk=[Case("en-zh", "Close your window.", "请关上您的窗户。", more=(("You", "你好"),) * 5)],
    ),
    "variant-drift": Cases(
        good=[Case("fr-en", "x", "The neighbour wears grey.", more=_BRITISH)],
        bad=[
            Case(
                "fr-en",
                "x",
                "The neighbor wears gray.",
                ("neighbor", "gray"),
                "The neighbour wears grey.",
                more=_BRITISH,
            ),
            Case(
                "fr-en",
                "x",
                "It began on March 8, 2024.",
                ("March 8, 2024",),
                "It began on 8 March 2024.",
                more=_BRITISH,
            ),
            Case(
                "fr-en",
                "x",
                "They organise it.",
                ("organise",),
                "They organize it.",
                more=(("x", "The colour was recognized, criticized, realized, and summarized."),),
            ),
            Case("fr-en-US", "x", "Color and colour", ("colour",), "Color and color"),
            Case(
                "en-de",
                "x",
                "Sie ist gross.",
                ("gross",),
                "Sie ist groß.",
                more=(("x", "Der Fuß ist weiß, die Straße heiß, der Gruß süß."),),
            ),
            Case("en-de-CH", "x", "Das heißt viel.", ("heißt",), "Das heisst viel."),
        ],
        ignored=[
            Case("fr-en", "x", "The neighbor wears gray."),
            Case("fr-en", "x", "He left Pearl Harbor for the Center for Disease Control.", more=_BRITISH),
            Case("fr-en", "x", "A program to advise on licenses, sizes and prizes", more=_BRITISH),
            Case("fr-en", "x", '<font color="red">See color.example.com</font> and `center`', more=_BRITISH),
            Case("fr-en", "x", "It was organised on 5 March.", more=(("x", "The colour was recognised."),)),
        ],
        rtl=[Case("en-ar", "The color is gray.", "اللون رمادي.")],
        cjk=[Case("en-zh", "The color is gray.", "颜色是灰色的。")],
    ),
    "wrong-sense": Cases(
        good=[
            Case("ru-fr", "отказ от ударов по инфраструктуре", "renoncer aux frappes sur l’infrastructure")
        ],
        bad=[
            Case(
                "ru-fr",
                "месяц без ракетных ударов по военным базам",
                "un mois sans grèves de missiles contre les bases militaires",
                ("grèves",),
                "un mois sans frappes de missiles contre les bases militaires",
            ),
        ],
        ignored=[
            Case(
                "en-fr",
                "Railway workers began a strike over pay.",
                "Les cheminots ont entamé une grève pour les salaires.",
            ),
            Case(
                "uk-en",
                "Старий замок у Вишнелузі знову відчинив двері",
                "Old castle in Vyshneluh opens its doors again",
                more=(
                    (
                        "Замок збудували 1482 року на скелі над річкою.",
                        "The castle was built in 1482 on a cliff above the river.",
                    ),
                    (
                        "Дорогу від вокзалу до замку ще ремонтують.",
                        "The road from the station to the castle is being repaired.",
                    ),
                    (
                        "Після шести років реставрації замок знову приймає відвідувачів.",
                        "After six years of restoration, the castle is receiving visitors again.",
                    ),
                ),
            ),
        ],
        rtl=[Case("en-ar", "a strike over pay", "إضراب من أجل الأجور")],
        cjk=[
            Case("en-zh-TW", "The crane lifted the container.", "仙鶴吊起集裝箱。", ("仙鶴",)),
            Case("en-zh-TW", "The crane lifted the container.", "起重機吊起集裝箱。"),
            Case("en-zh", "a strike over pay", "为工资罢工"),
        ],
    ),
    "polarity": Cases(
        good=[
            Case("en-ru", "They stayed on the road.", "Они не сходили с дороги."),
            Case("en-de", "Almost nobody came.", "Fast niemand ist gekommen."),
            Case("en-ja", "It must be finite.", "有限でなければなりません。"),
            Case("en-tr", "They did not open the door.", "Kapıyı açmadılar."),
            Case("ru-fr", "Он не пришёл.", "Il n’est pas venu."),
            Case("zh-en", "并非所有人都满意。", "Not everyone is satisfied."),
            Case("en-de", "She does not sleep.", "Sie schläft nicht."),
            Case("fr-en", "Il n’a pas répondu.", "He did not reply."),
            Case("en-ru", "Nobody saw him.", "Никто его не видел."),
            Case("uk-en", "Ніхто не бачив його.", "Nobody saw him."),
            Case("es-en", "No quiero esperar.", "I do not want to wait."),
            Case("it-en", "Non ha firmato.", "He has not signed."),
            Case("pl-en", "Nie przyszedł.", "He did not come."),
            Case("cs-en", "Není doma.", "He is not at home."),
            Case("ja-en", "彼は来ませんでした。", "He did not come."),
            Case("hi-en", "वह नहीं आया।", "He did not come."),
            Case("de-en", "Das ist kein Fehler.", "This is not a mistake."),
            Case("en-fr", "He never lies.", "Il ne ment jamais."),
            Case("pl-en", "Dopóki nie wyschnie, nie dotykaj.", "Do not touch it until it is dry."),
            Case("ru-en", "Пока не высохнет, не трогай.", "Do not touch it until it is dry."),
            Case("pl-en", "Omal nie zasnął.", "He nearly fell asleep."),
            Case("uk-en", "Трохи не заснув.", "He nearly fell asleep."),
            Case("ru-en", "Без ключа не открыть.", "It can only be opened with the key."),
            Case("en-ru", "Not now", "Позже"),
        ],
        bad=[
            Case("en-ar", "He did not come.", "جاء.", ("جاء",)),
            Case("en-fr", "Do not stop running.", "Arrêtez de courir.", ("Arrêtez de courir",)),
            Case("en-ru", "We found no traces.", "Мы нашли следы.", ("Мы нашли следы",)),
            Case("tr-en", "Kapıyı açmadılar.", "They opened the door.", ("They opened the door",)),
            Case("ko-en", "그는 오지 않았다.", "He came.", ("He came",)),
            Case(
                "ru-fr",
                "Наблюдатели не исключают, что перемирие может быть продлено.",
                "Les observateurs excluent que la trêve puisse être prolongée.",
                ("excluent",),
                "Les observateurs n’excluent pas que la trêve puisse être prolongée.",
            ),
            Case(
                "en-de",
                "Do not cover the outlet.",
                "Decken Sie den Auslass ab.",
                ("Decken Sie den Auslass ab",),
            ),
            Case(
                "de-en",
                "Der Zug fährt heute.",
                "The train will not run today.",
                ("not",),
                "The train will run today.",
            ),
            Case("uk-en", "Це не може тривати.", "This can go on.", ("can",), "This cannot go on."),
            Case("zh-en", "并非所有人都满意。", "Not everyone is dissatisfied.", ("dissatisfied",)),
            Case("en-ru", "He will come tomorrow.", "Он не придёт завтра.", ("не",), "Он придёт завтра."),
            Case(
                "en-uk", "The bank works today.", "Банк не працює сьогодні.", ("не",), "Банк працює сьогодні."
            ),
            Case(
                "en-fr",
                "The bank works today.",
                "La banque ne travaille pas aujourd’hui.",
                ("ne travaille pas",),
                "La banque travaille aujourd’hui.",
            ),
            Case("fr-en", "La loi protège les enfants.", "The law does not protect children.", ("not",)),
            Case(
                "es-en",
                "El comité aprobó la ley.",
                "The committee has not passed the law.",
                ("not",),
                "The committee has passed the law.",
            ),
            Case(
                "it-en",
                "Il treno arriva alle otto.",
                "The train will not arrive at eight.",
                ("not",),
                "The train will arrive at eight.",
            ),
            Case(
                "pl-en",
                "Pociąg przyjedzie o ósmej.",
                "The train will not arrive at eight.",
                ("not",),
                "The train will arrive at eight.",
            ),
            Case("cs-en", "Vlak jede dnes večer.", "The train does not run tonight.", ("not",)),
            Case("ja-en", "列車は今夜走ります。", "The train does not run tonight.", ("not",)),
            Case(
                "hi-en",
                "ट्रेन आज रात चलेगी।",
                "The train will not run tonight.",
                ("not",),
                "The train will run tonight.",
            ),
            Case(
                "zh-en",
                "火车今晚到站。",
                "The train will not arrive tonight.",
                ("not",),
                "The train will arrive tonight.",
            ),
            Case("ja-en", "彼は署名しませんでした。", "He has signed.", ("has",), "He has not signed."),
            Case(
                "en-de",
                "The train will arrive tonight.",
                "Der Zug wird heute Abend nicht ankommen.",
                ("nicht",),
            ),
            Case(
                "ru-en",
                "Он не подписал договор.",
                "He has signed the treaty.",
                ("has",),
                "He has not signed the treaty.",
            ),
            Case(
                "de-en",
                "Die Regierung hat nicht zugestimmt.",
                "The government has agreed.",
                ("has",),
                "The government has not agreed.",
            ),
        ],
        ignored=[
            Case("ru-en", "Ремонт займёт не меньше трёх недель.", "Repairs will take at least three weeks."),
            Case(
                "ru-en", "Наблюдатели не исключают продления.", "An extension is not ruled out by observers."
            ),
            Case("fr-en", "Il ne boit que de l’eau.", "He drinks water alone."),
            Case("en-fr", "He did not only come.", "Il est aussi venu seul."),
            Case("en-de", "They are not satisfied.", "Sie sind unzufrieden."),
            Case("ru-en", "Не могли бы вы помочь?", "Could you help?"),
            Case("en-ru", "It is unlikely.", "Это не похоже на правду."),
            Case("zh-en", "他不满意。", "He is unhappy."),
            Case("en-de", "It did not open until March.", "Die Eröffnung erfolgte erst im März."),
            Case("ru-en", "Неизвестно, кто это сделал.", "It is not known who did it."),
            Case("zh-en", "他不仅来了，而且很高兴。", "He came and was happy."),
            Case("de-en", "Der Zug ist gescheitert.", "The train did not succeed."),
        ],
        rtl=[Case("en-ar", "He did not come.", "لم يأت.")],
        cjk=[
            Case("en-zh", "He did not come.", "他来了。", ("他来了",)),
            Case("ja-en", "彼は来なかった。", "He stayed away."),
        ],
    ),
    "modality": Cases(
        good=[
            Case("en-fr", "The Supplier shall deliver the goods.", "Le fournisseur livre les marchandises."),
            Case("en-ru", "The Supplier shall deliver the goods.", "Поставщик поставляет товар."),
            Case("en-ru", "You must not smoke here.", "Здесь нельзя курить."),
            Case("de-en", "Sie dürfen hier nicht rauchen.", "You must not smoke here."),
            Case("en-ru", "He must be tired.", "Он, наверное, устал."),
            Case("ru-en", "Он должен был приехать вчера.", "He was supposed to arrive yesterday."),
            Case("fr-en", "Le ministre aurait démissionné.", "The minister has reportedly resigned."),
            Case(
                "de-en",
                "Er soll gestern in Paris gewesen sein.",
                "He is said to have been in Paris yesterday.",
            ),
            Case("en-pl", "You may leave.", "Wolno ci wyjść."),
            Case("en-cs", "It is possible to pay by card.", "Lze platit kartou."),
            Case("es-en", "Es posible que llueva.", "It may rain."),
            Case("it-en", "Bisogna pagare la quota.", "You have to pay the fee."),
            Case("pt-en", "É possível que chova.", "It might rain."),
            Case("nl-en", "U dient te betalen.", "You must pay."),
            Case("uk-en", "Йому слід відпочити.", "He should rest."),
            Case("zh-en", "他可能来。", "He may come."),
        ],
        bad=[
            Case("de-en", "Der Helm muss getragen werden.", "The helmet may be worn.", ("may",)),
            Case(
                "ru-en",
                "Арендатор вправе расторгнуть договор.",
                "The tenant must terminate the contract.",
                ("must",),
            ),
            Case("en-fr", "The Buyer shall pay the price.", "L’acheteur peut payer le prix.", ("peut",)),
            Case("en-de", "You may bring a friend.", "Sie müssen einen Freund mitbringen.", ("müssen",)),
            Case("de-en", "Sie müssen nicht kommen.", "You must not come.", ("must not",)),
            Case(
                "en-ru", "You must not open the device.", "Вы не обязаны открывать прибор.", ("не обязаны",)
            ),
            Case(
                "en-fr",
                "The company should have paid the tax.",
                "L’entreprise devra payer l’impôt.",
                ("devra",),
            ),
            Case(
                "ru-en",
                "Компания должна была заплатить налог.",
                "The company will have to pay the tax.",
                ("will have to",),
            ),
            Case(
                "en-fr", "The bank might raise rates.", "La banque va augmenter ses taux.", ("va augmenter",)
            ),
            Case("es-en", "El banco podría subir los tipos.", "The bank will raise rates.", ("will",)),
            Case("it-en", "La banca potrebbe alzare i tassi.", "The bank will raise rates.", ("will",)),
            Case("pt-en", "O banco poderia subir as taxas.", "The bank will raise rates.", ("will",)),
            Case("cs-en", "Banka by mohla zvýšit sazby.", "The bank will raise rates.", ("will",)),
            Case("nl-en", "U moet de vergoeding betalen.", "You can pay the fee.", ("can",)),
            Case("uk-en", "Можна платити карткою.", "You must pay by card.", ("must",)),
            Case("en-pl", "You can pay by card.", "Musi pan zapłacić kartą.", ("Musi",)),
            Case(
                "fr-en",
                "Le ministre aurait démissionné.",
                "The minister has resigned.",
                ("The minister has resigned",),
            ),
            Case("en-ru", "He allegedly stole the money.", "Он украл деньги.", ("Он украл деньги",)),
            Case("de-en", "Sie sollten mehr Wasser trinken.", "You must drink more water.", ("must",)),
            Case("en-de", "You must drink more water.", "Sie sollten mehr Wasser trinken.", ("sollten",)),
        ],
        ignored=[
            Case("fr-en", "Le livre paraîtra en mai 2024.", "The book will appear in May 2024."),
            Case("en-ru", "I can see the lake.", "Я вижу озеро."),
            Case("en-fr", "He used all his might.", "Il a usé de toute sa force."),
            Case("en-de", "May I come in?", "Ich muss hereinkommen."),
            Case("fr-en", "Il ne peut que partir.", "He must leave."),
            Case("de-en", "Das Gerät ist waschbar.", "The device can be washed."),
            Case(
                "fr-en",
                "S’il avait su, il aurait vendu la maison.",
                "Had he known, he would have sold the house.",
            ),
            Case("en-fr", "He must have left.", "Il a dû partir."),
            Case(
                "en-fr",
                "Rights protection should begin early.",
                "La protection des droits doit commencer tôt.",
            ),
            Case("en-de", "The form must be signed.", "."),
        ],
        rtl=[Case("en-ar", "You must pay.", "يمكنك الدفع.")],
        cjk=[
            Case("en-zh", "You must pay.", "你可以付款。", ("可以",)),
            Case("ja-en", "雨が降るかもしれない。", "It might rain."),
        ],
    ),
    "antonym": Cases(
        good=[
            Case("de-en", "Die Preise sind gestiegen.", "Prices rose."),
            Case("ru-en", "Цены выросли на 3 %.", "Prices went up by 3%."),
            Case("fr-en", "Il est arrivé avant midi.", "He arrived before noon."),
            Case("en-fr", "the worst year", "la pire année"),
            Case("zh-en", "南部", "the south"),
            Case("ja-en", "輸入", "imports"),
            Case("it-en", "È peggiorato.", "It has worsened."),
            Case("es-en", "Ganaron el partido.", "They won the match."),
            Case("uk-en", "перемога", "victory"),
            Case("pl-en", "na północy", "in the north"),
            Case("cs-en", "na jihu", "in the south"),
            Case("en-de", "They bought it.", "Sie haben es gekauft."),
            Case("en-ru", "He forgot it.", "Он это забыл."),
            Case("en-uk", "She sold the house.", "Вона продала дім."),
            Case("fr-de", "Les exportations ont repris.", "Die Exporte zogen an."),
            Case("de-fr", "zuletzt", "la dernière fois"),
            Case("en-es", "It is always open.", "Siempre está abierto."),
            Case("en-it", "the first one", "il primo"),
            Case("nl-en", "Dat is beter.", "That is better."),
            Case("pt-en", "o pior ano", "the worst year"),
            Case("fr-en", "Le premier ministre a été le dernier.", "The prime minister was the last."),
            Case("ja-en", "売上高が減少した。", "Sales decreased."),
            Case("de-en", "Es kostet mindestens zehn Euro.", "It costs no less than ten euros."),
        ],
        bad=[
            Case("en-fr", "an involuntary movement", "un mouvement volontaire", ("volontaire",)),
            Case("en-es", "Nobody laughs.", "Todos ríen.", ("Todos",)),
            Case("en-ru", "in the south-eastern part", "в юго-западной части", ("западной",)),
            Case("tr-en", "Kuzey kapısı", "the southern gate", ("southern",)),
            Case("ru-en", "Цены выросли на 3 %.", "Prices fell by 3%.", ("fell",)),
            Case("de-en", "Die Preise sind gestiegen.", "The prices declined.", ("declined",)),
            Case("fr-en", "Le pire est passé.", "The best is over.", ("best",)),
            Case("en-fr", "He always smiles.", "Il sourit jamais.", ("jamais",), "Il sourit toujours."),
            Case("en-de", "He came earlier.", "Er kam später.", ("später",)),
            Case(
                "de-en",
                "Er kam, nachdem sie gegangen war.",
                "He came before she had gone.",
                ("before",),
                "He came after she had gone.",
            ),
            Case(
                "fr-en",
                "Il est arrivé après midi.",
                "He arrived before noon.",
                ("before",),
                "He arrived after noon.",
            ),
            Case("es-en", "Vendieron la casa.", "They bought the house.", ("bought",)),
            Case("it-en", "Le importazioni crescono.", "Exports are growing.", ("Exports",)),
            Case("uk-en", "Вони здобули перемогу.", "They suffered a loss and will lose more.", ("lose",)),
            Case("pl-en", "na północy kraju", "in the south of the country", ("south",)),
            Case("cs-en", "na jihu země", "in the north of the country", ("north",)),
            Case("zh-en", "该国南部", "the north of the country", ("north",)),
            Case("ja-en", "輸入が続く。", "Exports continue.", ("Exports",)),
            Case("en-ru", "He remembered it.", "Он это забыл.", ("забыл",)),
            Case("en-uk", "She sold the house.", "Вона купила дім.", ("купила",)),
            Case("en-es", "the eastern coast", "la costa occidental", ("occidental",)),
            Case("en-it", "They accepted the plan.", "Hanno respinto il piano.", ("respinto",)),
            Case("ru-fr", "Команда выиграла матч.", "L’équipe a perdu le match.", ("perdu",)),
            Case("fr-de", "Les importations ont repris.", "Die Exporte zogen an.", ("Exporte",)),
            Case("de-fr", "Der Vorteil ist klar.", "L’inconvénient est clair.", ("inconvénient",)),
            Case("en-pl", "It is forbidden.", "Pozwolono na to.", ("Pozwolono",)),
            Case("ru-fr", "Ставки снизились.", "Les taux ont augmenté.", ("augmenté",)),
            Case("en-fr", "The river rose.", "Le fleuve a baissé.", ("baissé",)),
            Case("it-en", "Ha perso la partita.", "He won the game.", ("won",)),
            Case("nl-en", "De fabriek werd gesloten.", "The factory opened.", ("opened",)),
            Case("pt-en", "O tribunal absolveu o réu.", "The court convicted the accused.", ("convicted",)),
            Case("de-en", "Die Frist wurde verlängert.", "The deadline was shortened.", ("shortened",)),
            Case("en-es", "at least two days", "como máximo dos días", ("como máximo",)),
            Case("ru-en", "до обеда", "after lunch", ("after",)),
        ],
        ignored=[
            Case("ru-en", "Ремонт займёт не менее трёх недель.", "Repairs will take more than three weeks."),
            Case("en-fr", "Two 19-year-olds helped.", "Deux jeunes de 19 ans ont aidé."),
            Case("en-ru", "How it ended up working.", "Как это начало работать."),
            Case("fr-en", "Il a monté et baissé le son.", "He lowered the sound."),
            Case("de-en", "kein gutes Jahr", "a bad year"),
            Case("en-fr", "good", "mauvais et bon"),
            Case("ru-en", "Рост замедлился, цены снизились.", "Growth slowed."),
        ],
        rtl=[Case("en-ar", "before", "بعد", ("بعد",))],
        cjk=[Case("en-zh", "They bought it.", "他们出售了。", ("出售",)), Case("en-ja", "imports", "輸入")],
    ),
    "glossary": Cases(
        good=[
            Case("ru-fr", "отказ от ударов", "refus des frappes", glossary=_TERMS),
            Case("ru-fr", "перемирия", "des cessez-le-feu", glossary=_TERMS),
        ],
        bad=[
            Case(
                "ru-fr",
                "отказ от ударов",
                "le refus de grèves aériennes",
                ("grèves",),
                "le refus de frappes aériennes",
                glossary=_TERMS,
            ),
            Case("ru-fr", "сообщил Белый дом", "selon le Kremlin", ("Белый дом",), glossary=_TERMS),
            Case("ru-fr", "Kasparov сказал", "Gasparov a dit", ("Kasparov",), glossary=_TERMS),
            Case("ru-fr", "мир", "un armistice", ("armistice",), "un cessez-le-feu", glossary=_TERMS),
        ],
        ignored=[
            Case("ru-fr", "отказ от ударов", "le refus de grèves aériennes"),
            Case("ru-fr", "Белого дома", "de la Maison Blanche", glossary=_TERMS),
        ],
        rtl=[
            Case("en-ar", "the ceasefire", "الهدنة", (), glossary=None),
            Case("en-ar", "a ceasefire", "سلام", ("سلام",), "هدنة", glossary=_EN_AR),
        ],
        cjk=[
            Case("zh-en", "宣布停火", "a ceasefire was declared", glossary=_ZH),
            Case("en-zh", "a ceasefire", "宣布停战", ("停战",), "宣布停火", glossary=_EN_ZH),
        ],
    ),
}
