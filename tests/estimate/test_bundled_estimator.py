"""The bundled estimator as the other rooms use it: shapes, order, odd texts, translations that are none."""

import dataclasses
import itertools

import numpy as np
import pytest

from qa.errors import ModelError, UnknownNameError, UsageError
from qa.estimate import ESTIMATORS, load
from qa.estimate.artefact import Artefact, read
from qa.estimate.bundled import ARTEFACT, JointEstimator, Raw, between
from qa.model import Estimate

RU = "Российские удары по Киеву унесли жизни пятнадцати человек, сообщили в четверг власти города."
FR = "Les frappes russes sur Kiev ont coûté la vie à quinze personnes, ont annoncé jeudi les autorités."
EN = "The committee will meet on Tuesday to discuss the new budget for schools and hospitals."
DE = "Der Ausschuss wird am Dienstag tagen, um den neuen Haushalt für Schulen und Kliniken zu beraten."


def check_shape(estimate: Estimate, target: str) -> None:
    score = estimate.quality
    assert score.low is not None
    assert score.high is not None
    assert 0 <= score.low <= score.value <= score.high <= 100
    for before, after in itertools.pairwise(estimate.words):
        assert before.end <= after.start
    for word in estimate.words:
        assert 0 <= word.bad <= 1
        assert target[word.start : word.end].strip() == target[word.start : word.end] != ""


def test_a_fair_translation(estimator: JointEstimator) -> None:
    (found,) = estimator.estimate([(RU, FR)], "ru", "fr")
    check_shape(found, FR)
    assert found.quality.value > 35
    assert found.hter is not None
    assert 0 <= found.hter < 0.6
    assert [FR[w.start : w.end] for w in found.words][:4] == ["Les", "frappes", "russes", "sur"]


@pytest.mark.parametrize(
    "target",
    [
        "",
        " \n ",
        RU,
        "Der Ausschuss wird am Dienstag zusammentreten, um den neuen Haushalt zu beraten.",
        "les frappes russes sur Kiev " * 8,
        "Le chat dort sur le canapé pendant que la pluie tombe doucement sur le jardin vide de ma tante.",
    ],
    ids=["empty", "blank", "copy", "wrong language", "loop", "unrelated"],
)
def test_what_is_no_translation_scores_low(estimator: JointEstimator, target: str) -> None:
    good, bad = estimator.estimate([(RU, FR), (RU, target)], "ru", "fr")
    check_shape(bad, target)
    assert bad.quality.value < 20
    assert bad.quality.value < good.quality.value - 20


def test_an_empty_side_has_no_words(estimator: JointEstimator) -> None:
    found = estimator.estimate([("", "Bonjour"), ("Hello", ""), ("", "")], "en", "fr")
    assert [(e.quality.value, e.words) for e in found] == [(0.0, ())] * 3


def test_damage_lowers_the_score(estimator: JointEstimator) -> None:
    half = " ".join(DE.split()[:6])
    whole, cut = estimator.estimate([(EN, DE), (EN, half)], "en", "de")
    assert whole.quality.value > cut.quality.value + 10


def test_a_foreign_word_is_more_suspicious_than_its_neighbours(estimator: JointEstimator) -> None:
    target = DE.replace("Haushalt", "Regenschirm")
    (found,) = estimator.estimate([(EN, target)], "en", "de")
    worst = sorted(found.words, key=lambda w: -w.bad)[:3]
    assert "Regenschirm" in [target[w.start : w.end] for w in worst]


ODD = [
    "\x00",
    "\ud800\udfff",
    "a\x00b \ud83d c",
    "\u202eabc\u202c \u200f",
    "<b>x</b> {0} %s &amp;",
    "🙂🙃",
    "ﷺ",
    "1 2 3",
    "x" * 5000,
    "слово " * 400,
    "字" * 700,
]


def test_odd_texts_are_scored_in_order(estimator: JointEstimator) -> None:
    pairs = [(odd, FR) for odd in ODD] + [(RU, odd) for odd in ODD] + [(RU, FR)]
    seen = []
    found = estimator.estimate(pairs, "ru", "fr", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] > 0
    for (_, target), estimate in zip(pairs, found, strict=True):
        check_shape(estimate, target)
    (alone,) = estimator.estimate([(RU, FR)], "ru", "fr")
    assert found[-1].quality.value == pytest.approx(alone.quality.value, abs=2)


def test_any_pair_of_languages(estimator: JointEstimator) -> None:
    for source, target in (("uk", "ja"), ("km", "ps"), ("pt-BR", "zh-Hant"), ("ar", "he")):
        (found,) = estimator.estimate([("Привіт 世界 مرحبا", "שלום ប្រទេស こんにちは")], source, target)
        assert found.quality.signature.endswith("|pair:unseen")
    assert estimator.estimate([(EN, DE)], "en-GB", "de-AT")[0].quality.signature.endswith("|pair:seen")
    with pytest.raises(UsageError):
        estimator.estimate([(EN, DE)], "en", "no language")


def test_a_long_pair_is_judged_by_what_the_window_holds(estimator: JointEstimator) -> None:
    (found,) = estimator.estimate([("слово " * 2000, "mot " * 2000)], "ru", "fr")
    assert 0 < len(found.words) < 600
    assert found.words[0].start == 0


def test_an_unseen_pair_is_less_certain(estimator: JointEstimator) -> None:
    def width(known: str) -> float:
        interval = estimator._interval[known]
        return float((interval.high - interval.low).mean())

    assert width("unseen") > width("seen")


def test_signature_names_version_encoder_and_weights(estimator: JointEstimator) -> None:
    name, version, *encoder, weights = estimator.signature.split("|")
    assert name == "relecture-qe"
    assert version.startswith("v:")
    assert "|".join(encoder) == "enc:" + estimator.encoder.signature
    assert len(weights) == len("art:") + 8


def test_unknown_estimators_list_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="known: comet, joint, openai, transformers"):
        load("jiont")
    assert ESTIMATORS.names()[:2] == ["joint", "transformers"]


def test_a_damaged_artefact_is_refused(tmp_path, estimator: JointEstimator) -> None:
    copy = tmp_path / ARTEFACT.name
    data = bytearray(ARTEFACT.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)
    copy.with_suffix(".json").write_bytes(ARTEFACT.with_suffix(".json").read_bytes())
    with pytest.raises(ModelError, match="damaged"):
        load(f"joint:{copy}", encoder=estimator.encoder)
    with pytest.raises(ModelError, match="reinstall"):
        load(f"joint:{tmp_path / 'none.safetensors'}")


def test_the_artefact_is_small() -> None:
    assert ARTEFACT.stat().st_size <= 25_000_000


def test_a_second_opinion_is_given_where_something_was_learnt_of_the_languages(
    estimator: JointEstimator,
) -> None:
    stranger = "Le chat dort sur le canapé pendant que la pluie tombe."
    near, far = (raw.second for raw in estimator.raw([(RU, FR), (RU, stranger)], "ru", "fr") if raw)
    assert near is not None
    assert far is not None
    assert near > far + 0.3
    assert [raw.second for raw in estimator.raw([(RU, FR)], "uk", "fr") if raw] == [None]
    assert [raw.second for raw in estimator.raw([(RU, FR)], "et", "en") if raw] == [
        pytest.approx(near, abs=1e-3)
    ]


def test_an_unknown_second_opinion_weighs_nothing() -> None:
    weights = (-2.0, 0.0, 1.5, 0.7, 0.0, 0.0, 0.0, 0.0)
    unknown, usual, high = (Raw(1.0, 0.5, (), second).blended(weights) for second in (None, 0.7, 0.9))
    assert unknown == usual == pytest.approx(0.0)
    assert high == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The port received 1,200 ships.", "The port received 1,300 ships."),
        ("The port received 1,200 ships.", "The port received received 1,200 ships."),
        ("The port received 1,200 ships.", "The порт received 1,200 ships."),
    ],
)
def test_a_slip_that_comparing_characters_shows_costs_quality(
    estimator: JointEstimator, right: str, wrong: str
) -> None:
    source = "Порт принял 1 200 судов."
    better, worse = (
        e.quality.value for e in estimator.estimate([(source, right), (source, wrong)], "ru", "en")
    )
    assert better > worse + 5


def changed(estimator: JointEstimator, tensors: dict[str, np.ndarray], **meta: object) -> JointEstimator:
    """The estimator out of the shipped artefact with other tensors or notes."""
    shipped = read(ARTEFACT)
    artefact = Artefact(shipped.tensors | tensors, shipped.meta | meta, "0" * 64)
    return JointEstimator(artefact, estimator.encoder, estimator._use)


def test_quality_is_read_off_as_calibration_says(estimator: JointEstimator) -> None:
    plain = changed(estimator, {"readout": np.zeros_like(estimator._readout)})
    before, after = (e.reader.outer.weight.numpy() for e in (plain, estimator))
    assert np.allclose(after[0] - before[0], estimator._readout, atol=1e-6)
    assert np.array_equal(before[1], after[1])  # the edit rate stays
    (old,), (new,) = (e.raw([(RU, FR)], "ru", "fr") for e in (plain, estimator))
    assert old is not None
    assert new is not None
    assert (old.hter, old.words) == (new.hter, new.words)
    assert old.quality != new.quality


def test_an_artefact_without_its_readout_is_refused(estimator: JointEstimator) -> None:
    shipped = read(ARTEFACT)
    rest = {name: tensor for name, tensor in shipped.tensors.items() if name != "readout"}
    with pytest.raises(ModelError, match="readout"):
        JointEstimator(dataclasses.replace(shipped, tensors=rest), estimator.encoder, estimator._use)


def test_doubts_usual_between_two_languages_count_less(estimator: JointEstimator) -> None:
    assert between("de-AT", "en") == between("en-GB", "de") == "de-en"
    target = DE.replace("Haushalt", "Regenschirm")
    bad = []
    for level in (0.0, 1.0):
        (found,) = changed(estimator, {}, word_levels={"de-en": level}).estimate([(EN, target)], "en", "de")
        bad.append(np.array([word.bad for word in found.words]))
    assert (bad[1] <= bad[0]).all()
    assert bad[1].sum() < bad[0].sum() - 0.1
    assert estimator._levels["de-en"] > estimator._levels["en-fr"]  # annotators of German marked more
