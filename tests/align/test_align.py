"""Documents in, links out: right ones, for any documents, with sensible remarks."""

import os
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketching import word_sketch

from qa.align import align, segments
from qa.align.repair import check
from qa.encoder.sketch import Sketch
from qa.errors import UsageError
from qa.model import Document, Link, Sentence

RU = """Вчера вечером в порту Одессы загорелся склад с зерном.
Пожарные боролись с огнём до утра.
По словам начальника порта, никто не пострадал.
Ущерб оценивают в 12 миллионов гривен.
Полиция ищет свидетелей.
Мэр города приехал на место через час.
Он обещал помочь рабочим, оставшимся без дела.
Суда пока стоят на рейде.
Работу порта возобновят не раньше 15 мая.
Страховая компания отказалась от комментариев."""
FR = """Hier soir, un entrepôt de céréales a pris feu dans le port d'Odessa.
Les pompiers ont lutté contre les flammes jusqu'au matin.
Selon le directeur du port, personne n'a été blessé.
Les dégâts sont estimés à 12 millions de hryvnias.
La police cherche des témoins.
Le maire est arrivé sur place une heure plus tard.
Il a promis d'aider les ouvriers restés sans travail.
Les navires attendent en rade.
Le port ne rouvrira pas avant le 15 mai.
La compagnie d'assurance n'a pas souhaité commenter."""
RU_LINES, FR_LINES = RU.split("\n"), FR.split("\n")


def document(texts: list[str], lang: str) -> Document:
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


def shapes(links: tuple[Link, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in links]


def test_one_to_one() -> None:
    found = align(document(RU_LINES, "ru"), document(FR_LINES, "fr"))
    assert shapes(found.links) == [((i,), (i,)) for i in range(10)]
    assert found.notices == ()
    assert min(link.score for link in found.links) > 0.6


def test_merged_dropped_and_inserted_sentences() -> None:
    extra = "Notre lettre d'information paraît chaque vendredi, abonnez-vous gratuitement."
    target = [" ".join(FR_LINES[:2]), *FR_LINES[2:5], *FR_LINES[6:8], extra, *FR_LINES[8:]]
    found = align(document(RU_LINES, "ru"), document(target, "fr"))
    want = [((0, 1), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,)), ((5,), ()), ((6,), (4,)), ((7,), (5,))]
    assert shapes(found.links) == [*want, ((), (6,)), ((8,), (7,)), ((9,), (8,))]


def test_a_pair_that_only_fills_a_gap_is_not_trusted() -> None:
    target = [*FR_LINES[:5], "Notre lettre d'information paraît chaque vendredi.", *FR_LINES[6:]]
    found = align(document(RU_LINES, "ru"), document(target, "fr"))
    odd = min(link.score for link in found.links if 5 in link.source or 5 in link.target)
    assert odd < min(link.score for link in found.links if 5 not in link.source and 5 not in link.target)


def test_a_language_that_the_second_encoder_lacks() -> None:
    uk = [
        "Учора ввечері в порту загорівся склад.",
        "Поліція шукає свідків.",
        "Збитки оцінюють у 12 мільйонів гривень.",
    ]
    en = [
        "A warehouse caught fire in the port last night.",
        "The police are looking for witnesses.",
        "The damage is put at 12 million hryvnias.",
    ]
    assert shapes(align(document(uk, "uk"), document(en, "en")).links) == [((i,), (i,)) for i in range(3)]


def test_best_and_fast_agree_on_the_plain_case() -> None:
    documents = document(RU_LINES[:6], "ru"), document(FR_LINES[:6], "fr")
    for accuracy in ("fast", "best"):
        assert shapes(align(*documents, accuracy=accuracy).links) == [((i,), (i,)) for i in range(6)]


def test_fast_loads_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    import qa.encoder

    monkeypatch.setattr(qa.encoder, "load", lambda *_, **__: pytest.fail("loaded"))
    align(document(RU_LINES, "ru"), document(FR_LINES, "fr"), accuracy="fast")


def test_unknown_accuracy() -> None:
    with pytest.raises(UsageError, match="known: fast, default, best"):
        align(document(["a"], "en"), document(["b"], "fr"), accuracy="quick")  # type: ignore[arg-type]


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(n: int, m: int) -> None:
    found = align(document(RU_LINES[:n], "ru"), document(FR_LINES[:m], "fr"))
    check(found.links, n, m)
    assert any("no sentences" in notice for notice in found.notices)


def test_the_same_text_twice() -> None:
    found = align(document(RU_LINES, "ru"), document(RU_LINES, "ru"))
    assert shapes(found.links) == [((i,), (i,)) for i in range(10)]


def test_texts_that_are_no_translations() -> None:
    other = [
        "Le chat dort sur le canapé rouge.",
        "La recette demande trois œufs et du sucre.",
        "Notre équipe a gagné la finale du tournoi de tennis.",
        "Les mathématiques étudient les nombres et les figures.",
        "Cette chanson date des années soixante.",
        "Il neige rarement dans ce désert.",
        "Mon vélo a besoin d'un nouveau pneu.",
        "Les abeilles produisent du miel en été.",
    ]
    found = align(document(RU_LINES, "ru"), document(other, "fr"))
    assert any("do not look like translations" in notice for notice in found.notices)


def test_a_missing_part_is_noticed() -> None:
    found = align(document(RU_LINES, "ru"), document(FR_LINES[:4], "fr"))
    assert shapes(found.links)[:3] == [((i,), (i,)) for i in range(3)]
    assert any("to 10 have no counterpart" in notice for notice in found.notices)


def test_swapped_languages_are_noticed() -> None:
    found = align(document(RU_LINES, "fr"), document(FR_LINES, "ru"))
    assert any("swapped" in notice for notice in found.notices)
    found = align(document(FR_LINES, "ru"), document(FR_LINES, "fr"))
    assert any("both texts look like French" in notice for notice in found.notices)


def test_right_to_left_and_unspaced_scripts() -> None:
    ar = ["اندلع حريق في المستودع مساء أمس.", "تبحث الشرطة عن شهود.", "تقدر الأضرار بمبلغ 12 مليون."]
    zh = ["昨晚仓库发生火灾。", "警方正在寻找目击者。", "损失估计为1200万。"]
    assert shapes(align(document(ar, "ar"), document(zh, "zh")).links) == [((i,), (i,)) for i in range(3)]


class Hashed:
    """An encoder that costs nothing: equal texts get equal vectors, others random ones."""

    signature = "hashed"
    hidden = 32

    def pooled(self, texts: list[str], *, progress: object = None) -> np.ndarray:
        rows = [
            np.random.default_rng(zlib.crc32(t.encode("utf-8", "surrogatepass"))).normal(size=self.hidden)
            for t in texts
        ]
        x = np.array(rows, np.float32).reshape(len(texts), self.hidden)
        return x / np.linalg.norm(x, axis=1, keepdims=True)

    def read(self, texts: list[str], *, progress: object = None) -> tuple[np.ndarray, list[Sketch]]:
        return self.pooled(texts), [word_sketch(text) for text in texts]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=12), max_size=9),
    st.lists(st.text(max_size=12), max_size=9),
    st.sampled_from(["fast", "default", "best"]),
)
def test_every_sentence_is_in_exactly_one_link(left: list[str], right: list[str], accuracy: str) -> None:
    documents = document(left, "uk"), document(right, "en")
    found = align(*documents, encoder=Hashed(), use=False, accuracy=accuracy)  # type: ignore[arg-type]
    check(found.links, len(left), len(right))
    assert all(0 < link.score <= 1 for link in found.links)
    joined = segments(*documents, found.links)
    assert [s.id for s in joined] == list(range(1, len(joined) + 1))
    for part in joined:
        assert part.source == (
            documents[0].text[part.source_span.start : part.source_span.end] if part.source_span else ""
        )


@pytest.mark.parametrize("accuracy", ["fast", "default"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["the same line again"] * 2500, ["toujours la même ligne"] * 2500),
        ([f"line {i}" for i in range(2000)], [f"line {i}" for i in range(0, 2000, 10)]),
        (["x" * 100_000, "y"], ["z"]),
        (["\0", "\ud800", "\u202e"], ["\ufffd"]),
    ],
    ids=["identical", "ten times longer", "long line", "hostile"],
)
@pytest.mark.timeout(200)
def test_an_answer_at_all(left: list[str], right: list[str], accuracy: str) -> None:
    found = align(document(left, "en"), document(right, "fr"), encoder=Hashed(), use=False, accuracy=accuracy)  # type: ignore[arg-type]
    check(found.links, len(left), len(right))


def test_a_long_text_with_a_hole_is_followed() -> None:
    left = [f"sentence number {i} of many" for i in range(3000)]
    right = left[:1000] + left[1600:]
    found = align(document(left, "uk"), document(right, "en"), encoder=Hashed(), use=False)  # type: ignore[arg-type]
    right_links = sum(
        link.source != () and link.target != () and left[link.source[0]] == right[link.target[0]]
        for link in found.links
    )
    assert right_links > 2380
    assert any("source sentences 100" in notice and "may be missing" in notice for notice in found.notices)


def test_progress_ends_at_the_total() -> None:
    seen: list[tuple[int, int]] = []
    align(
        document(RU_LINES, "ru"),
        document(FR_LINES, "fr"),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize("flat", [False, True])
def test_the_founding_article(flat: bool) -> None:
    folder = Path(os.environ.get("RELECTURE_DATA", "../shared/data")) / "article"
    if not folder.is_dir():
        pytest.skip("RELECTURE_DATA has no article")
    from qa.segment import split

    texts = [(folder / f"article.{lang}.txt").read_text(encoding="utf-8") for lang in ("ru", "fr")]
    if flat:
        texts = [" ".join(text.split()) for text in texts]
    source, target = (split(text, lang) for text, lang in zip(texts, ("ru", "fr"), strict=True))
    found = align(source, target)
    # Read and found right: one to one throughout, the motto and the address included.
    assert shapes(found.links) == [((i,), (i,)) for i in range(len(source.sentences))]
    assert found.notices == ()
