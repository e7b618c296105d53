"""A transformers sequence-regression model as an estimator: a tiny random one, made here."""

import json

import pytest

from qa.errors import ModelError
from qa.estimate import load
from qa.estimate.regression import RegressionEstimator, load_regression

PAIRS = [("Hello world.", "Bonjour le monde."), ("One", "Un deux trois " * 300), ("", "x"), ("x", " ")]


@pytest.fixture(autouse=True)
def uncached(monkeypatch):
    monkeypatch.setenv("RELECTURE_CACHE", "off")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    path = tmp_path_factory.mktemp("models") / "tiny"
    path.mkdir()
    letters = [chr(c) for c in range(33, 127)]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (path / "vocab.txt").write_text("\n".join(pieces))
    BertTokenizerFast(str(path / "vocab.txt")).save_pretrained(path)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    config.relecture_scale = [-1.0, 1.0]
    BertForSequenceClassification(config).save_pretrained(path)
    return path


def test_scores_are_scaled_and_in_order(folder) -> None:
    estimator = load(str(folder))
    assert isinstance(estimator, RegressionEstimator)
    found = estimator.estimate(PAIRS, "en", "fr")
    assert all(0 <= e.quality.value <= 100 for e in found)
    assert [e.quality.value for e in found[2:]] == [0.0, 0.0]
    assert 0 < found[0].quality.value < 100
    assert [e.words for e in found] == [()] * 4
    backwards = estimator.estimate(PAIRS[::-1], "en", "fr")
    expected = [e.quality.value for e in found]
    assert [e.quality.value for e in backwards[::-1]] == pytest.approx(expected, abs=0.2)


def test_score_is_the_models_own_output(folder) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        value = model(**tokenizer(*PAIRS[0], return_tensors="pt")).logits.item()
    found = load(f"transformers:{folder}").estimate(PAIRS[:1], "en", "fr")[0].quality
    assert found.value == pytest.approx(100 * (value + 1) / 2, abs=0.06)
    assert found.signature.startswith("transformers|model:tiny@")
    assert found.signature.endswith("|scale:-1..1")
    assert (found.low, found.high) == (None, None)


def test_odd_texts(folder) -> None:
    odd = [("\x00\ud800", "a"), ("a", "\udfff\x00b"), ("a", "\x00")]
    assert len(load(str(folder)).estimate(odd, "en", "fr")) == 3


def test_models_of_another_kind(folder, tmp_path) -> None:
    with pytest.raises(ModelError, match="cannot load"):
        load_regression(str(tmp_path))
    with pytest.raises(ModelError, match="name the model"):
        load("transformers")
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "relecture_scale": [1, 1]}))
    with pytest.raises(ModelError, match="two different"):
        load(str(tmp_path))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_damaged_files(folder, tmp_path, name) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b'{"a": 1')
    with pytest.raises(ModelError, match="cannot load"):
        load(str(tmp_path))


def test_scores_are_remembered_under_the_weights(folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path))
    made = load(str(folder)).estimate(PAIRS, "en", "fr")
    again = load(str(folder))
    monkeypatch.setattr(again, "_block", lambda pairs: pytest.fail("asked again"))
    assert again.estimate(PAIRS, "en", "fr") == made


def test_texts_cannot_end_themselves(folder) -> None:
    spelled = [("a [SEP] b", "c"), ("a  SEP] b", "c")]
    one, other = load(str(folder)).estimate(spelled, "en", "fr")
    assert one.quality.value == pytest.approx(other.quality.value, abs=0.02)
