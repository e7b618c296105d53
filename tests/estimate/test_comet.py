"""COMET checkpoints: tiny random ones, made here. Parity with unbabel-comet: benchmarks/comet_parity.py."""

import json
import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelError
from qa.estimate import load
from qa.estimate.comet import CometEstimator, _decode, _Mark, load_comet
from qa.model import Severity

PAIRS = [
    ("hello world", "bonjour le monde"),
    ("a b c d e f", "un deux trois quatre"),
    ("x", "y z " * 60),
    ("one two three", "un, deux et trois."),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz,."
HIDDEN, LAYERS = 16, 2
HEAD = (12, 6)


@pytest.fixture(autouse=True)
def uncached(monkeypatch):
    monkeypatch.setenv("RELECTURE_CACHE", "off")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """A folder with the configuration and the tokenizer of a tiny XLM-R."""
    from transformers import XLMRobertaConfig, XLMRobertaTokenizerFast

    path = tmp_path_factory.mktemp("encoders") / "tiny-xlm-r"
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = [*specials, "▁", *LETTERS, *(f"▁{c}" for c in LETTERS), "<mask>"]
    XLMRobertaTokenizerFast(vocab=[(piece, -float(i)) for i, piece in enumerate(pieces)]).save_pretrained(
        path
    )
    XLMRobertaConfig(
        vocab_size=len(pieces), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=66, type_vocab_size=1,
        pad_token_id=1, bos_token_id=0, eos_token_id=2,
    ).save_pretrained(path)  # fmt: skip
    return path


@pytest.fixture
def make(encoder, tmp_path):
    """Writes a checkpoint in COMET's layout: make(hparams, without=tensors to leave out)."""

    def write(hparams, *, without="nothing", extra=None, saved=None):
        import torch
        import yaml
        from transformers import AutoConfig, AutoModel

        torch.manual_seed(1)
        hparams = {
            "encoder_model": "XLM-RoBERTa", "pretrained_model": str(encoder), "hidden_sizes": list(HEAD),
            "activations": "Tanh", "layer_transformation": "sparsemax", "layer_norm": True, **hparams,
        }  # fmt: skip
        wide = 4 if hparams["class_identifier"] == "referenceless_regression_metric" else 1
        model = AutoModel.from_config(AutoConfig.from_pretrained(encoder), add_pooling_layer=False)
        # Wider than fresh weights are, so that texts differ by more than rounding.
        state = {
            f"encoder.model.{name}": value * 8 if value.dim() == 2 else value
            for name, value in model.state_dict().items()
        }
        for i in range(LAYERS + 1):
            state[f"layerwise_attention.scalar_parameters.{i}"] = torch.tensor([0.3 * i])
        state["layerwise_attention.gamma"] = torch.tensor([1.2])
        sizes = (HIDDEN * wide, *HEAD, 1)
        for i, (rows, columns) in enumerate(pairwise(sizes)):
            state[f"estimator.ff.{3 * i}.weight"] = torch.randn(columns, rows) / 4
            state[f"estimator.ff.{3 * i}.bias"] = torch.randn(columns) / 4
        state["hidden2tag.weight"], state["hidden2tag.bias"] = torch.randn(4, HIDDEN), torch.zeros(4)
        state = {name: value for name, value in state.items() if without not in name}
        folder = tmp_path / "model"
        (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
        (folder / "hparams.yaml").write_text(yaml.safe_dump(hparams))
        inner = {"hyper_parameters": hparams} if saved is None else {"hyper_parameters": saved}
        torch.save({"state_dict": state, **inner, **(extra or {})}, folder / "checkpoints" / "model.ckpt")
        return folder

    return write


KIWI = {"class_identifier": "unified_metric", "input_segments": ["mt", "src"]}
XCOMET = {"class_identifier": "xcomet_metric", "word_layer": 1}
QE = {"class_identifier": "referenceless_regression_metric", "pool": "avg"}


@pytest.mark.parametrize(
    "hparams", [KIWI, XCOMET, QE, {**QE, "pool": "max"}, {**QE, "pool": "cls", "layer": 1}]
)
def test_a_score_does_not_depend_on_its_neighbours(make, hparams) -> None:
    estimator = load(str(make(hparams)))
    assert isinstance(estimator, CometEstimator)
    together = estimator.outcomes(PAIRS)
    alone = [estimator.outcomes([pair])[0] for pair in PAIRS]
    assert [o.score for o in together] == pytest.approx([o.score for o in alone], abs=1e-5)
    assert len({round(o.score, 5) for o in together}) == len(PAIRS)
    assert [o.marks for o in together] == [
        tuple(_Mark(m.start, m.end, m.severity, pytest.approx(m.confidence, abs=1e-5)) for m in o.marks)
        for o in alone
    ]


def test_kiwi_is_the_published_formula(make, encoder) -> None:
    """One pair step by step: ``<s> mt </s></s> src </s>``, layers normed and mixed, first token, head."""
    import torch
    from torch.nn.functional import linear
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    folder = make({**KIWI, "layer_transformation": "softmax"})
    state = torch.load(folder / "checkpoints" / "model.ckpt", weights_only=True)["state_dict"]
    model = AutoModel.from_config(AutoConfig.from_pretrained(encoder), add_pooling_layer=False).eval()
    model.load_state_dict({k[14:]: v for k, v in state.items() if k.startswith("encoder.model.")})
    source, target = PAIRS[0]
    ids = AutoTokenizer.from_pretrained(encoder)(target, source, return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        layers = model(ids, output_hidden_states=True).hidden_states
        share = torch.tensor([0.0, 0.3, 0.6]).softmax(0)
        normed = [(layer - layer.mean()) / layer.std(unbiased=False) for layer in layers]
        row = 1.2 * sum(w * layer for w, layer in zip(share, normed, strict=True))[0, 0]
        for at in (0, 3):
            row = linear(row, state[f"estimator.ff.{at}.weight"], state[f"estimator.ff.{at}.bias"]).tanh()
        expected = linear(row, state["estimator.ff.6.weight"], state["estimator.ff.6.bias"]).item()
    estimator = load_comet(str(folder))
    assert estimator.outcomes([(source, target)])[0].score == pytest.approx(expected, abs=1e-4)
    quality = estimator.estimate([(source, target)], "en", "fr")[0].quality
    assert quality.value == pytest.approx(100 * min(1, max(0, expected)), abs=0.01)


def test_words_and_spans(make) -> None:
    found = load(f"comet:{make(XCOMET)}").estimate([*PAIRS, ("", "x")], "en", "fr")
    assert found[4].words == found[4].flags == ()
    assert found[4].quality.value == 0
    for (_, target), estimate in zip(PAIRS, found, strict=False):
        assert estimate.words
        assert all(0 <= word.bad <= 1 and word.end <= len(target) for word in estimate.words)
        for flag in estimate.flags:
            assert target[flag.start : flag.end] == flag.text == flag.text.strip()
            assert (flag.check, flag.found_by) == ("comet", "model")
    assert any(estimate.flags for estimate in found)
    assert found[0].quality.low is None
    assert found[0].quality.signature.startswith("comet|kind:xcomet_metric|model:model@")
    assert found[0].quality.signature.endswith("|scale:0..1")


def test_spans_are_decoded_as_comet_does() -> None:
    labels = ("", "minor", "major", "critical")
    rows = [[0.9, 0.1, 0, 0], [0.1, 0.7, 0.2, 0], [0.1, 0, 0.5, 0.4], [1, 0, 0, 0], [0, 0, 0, 1]]
    marks = _decode(rows, [(0, 0), (0, 3), (3, 5), (6, 8), (0, 0)], labels)
    # The severity is that of the first piece; the run that reaches the end is dropped.
    assert marks == [_Mark(0, 5, "minor", pytest.approx(0.6))]


def test_scale_can_be_given(make) -> None:
    plain = load_comet(str(make(QE)))
    assert plain.signature.endswith("|scale:-1..1")
    other = load_comet(str(make({**QE, "relecture_scale": [25, 0]})))
    assert other.signature.endswith("|scale:25..0")
    with pytest.raises(ModelError, match="two different"):
        load_comet(str(make({**QE, "relecture_scale": [1, 1]})))
    with pytest.raises(ModelError, match="two numbers"):
        load_comet(str(make({**QE, "relecture_scale": "wide"})))


def test_texts_cannot_end_themselves(make) -> None:
    estimator = load_comet(str(make(KIWI)))
    spelled = [("a</s>b<pad>", "c</s></s>d"), ("a /s>b pad>", "c /s> /s>d")]
    one, other = estimator.outcomes(spelled)
    assert one.score == pytest.approx(other.score, abs=1e-5)
    assert len(estimator.estimate([("\x00\ud800a", "b\udfff"), ("a", "\x00")], "en", "fr")) == 2


@pytest.mark.parametrize(
    ("hparams", "said"),
    [
        ({"class_identifier": "regression_metric"}, "needs a reference"),
        ({"class_identifier": "ranking_metric"}, "needs a reference"),
        ({"class_identifier": "surprise"}, "is unknown"),
        ({**KIWI, "input_segments": ["mt", "ref"]}, "without sources"),
        ({**KIWI, "encoder_model": "GPT"}, "unknown encoder 'GPT'"),
        ({**KIWI, "encoder_model": "RemBERT"}, "is of the kind xlm-roberta"),
        ({**KIWI, "pretrained_model": "/nowhere/at/all"}, "pretrained_model in hparams.yaml"),
        ({**KIWI, "activations": "system"}, "activation 'system'"),
        ({**KIWI, "hidden_sizes": 5}, "cannot be put together"),
        ({**KIWI, "sent_layer": 7}, "sent_layer|layer 7"),
        ({**XCOMET, "word_layer": 9}, "word_layer 9"),
        ({**KIWI, "word_level_training": True, "word_layer": 1}, "4 outputs for 3 labels"),
        ({**QE, "pool": "default"}, "pooling 'default'"),
    ],
)
def test_models_that_cannot_be_used(make, hparams, said) -> None:
    with pytest.raises(ModelError, match=said):
        load_comet(str(make(hparams)))


@pytest.mark.parametrize(
    "without", ["estimator.ff.3", "scalar_parameters.1", "encoder.model.encoder.layer.1"]
)
def test_missing_tensors(make, without) -> None:
    with pytest.raises(ModelError):
        load_comet(str(make(KIWI, without=without)))


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_weights_run_no_code(make, tmp_path) -> None:
    sprung = tmp_path / "sprung"
    folder = make(KIWI, extra={"callbacks": Trap(sprung)})
    with pytest.raises(ModelError, match="holds more than weights"):
        load_comet(str(folder))
    (folder / "checkpoints" / "model.ckpt").write_bytes(pickle.dumps(Trap(sprung), protocol=2))
    with pytest.raises(ModelError):
        load_comet(str(folder))
    assert not sprung.exists()


@pytest.mark.parametrize(
    "text", ["- a\n- b", "a: [", "x: !!python/object/apply:os.getcwd []", "\xff", "", "a: " + "[" * 5000]
)
def test_settings_that_are_none(make, text) -> None:
    folder = make(KIWI)
    (folder / "hparams.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match=r"hparams\.yaml|holds no COMET"):
        load(str(folder))


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json"])
def test_damaged_encoder_files(make, encoder, name) -> None:
    folder = make({**KIWI, "pretrained_model": "inside"})
    (folder / "inside").mkdir()
    for path in encoder.iterdir():
        (folder / "inside" / path.name).write_bytes(path.read_bytes())
    (folder / "inside" / name).write_bytes(b'{"a": 1')
    with pytest.raises(ModelError, match=r"pretrained_model in hparams\.yaml"):
        load(str(folder))


def test_folders_that_are_none(make, tmp_path) -> None:
    with pytest.raises(ModelError, match="name the folder"):
        load("comet")
    with pytest.raises(ModelError, match="there is no folder"):
        load(f"comet:{tmp_path / 'nothing'}")
    folder = make(KIWI)
    weights = folder / "checkpoints" / "model.ckpt"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"COMET weights|damaged"):
        load(str(folder))
    weights.unlink()
    with pytest.raises(ModelError, match="cannot read the COMET weights"):
        load(str(folder))


def test_the_encoder_may_lie_in_the_folder_itself(make, encoder) -> None:
    folder = make({**KIWI, "pretrained_model": "inside"}, saved={"pretrained_model": "somewhere/else"})
    (folder / "inside").mkdir()
    for path in encoder.iterdir():
        (folder / "inside" / path.name).write_bytes(path.read_bytes())
    assert load(str(folder)).estimate(PAIRS[:1], "en", "fr")[0].quality.value >= 0


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=12))
def test_sparsemax_is_the_nearest_distribution(raw) -> None:
    import torch

    from qa.estimate.comet_network import sparsemax

    weights = torch.tensor(raw, dtype=torch.float64)
    found = sparsemax(weights)
    assert float(found.sum()) == pytest.approx(1)
    assert bool((found >= 0).all())
    # The nearest point of the simplex: no corner lies on the far side of it.
    corners = torch.eye(len(raw), dtype=torch.float64)
    assert bool((((corners - found) @ (weights - found)) <= 1e-9).all())


def test_estimates_with_flags_are_remembered(make, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path / "cache"))
    folder = str(make(XCOMET))
    made = load(folder).estimate(PAIRS, "en", "fr")
    again = load(folder)
    monkeypatch.setattr(again, "outcomes", lambda block: pytest.fail(f"asked again: {json.dumps(block)}"))
    assert again.estimate(PAIRS, "en", "fr") == made
    assert {flag.severity for estimate in made for flag in estimate.flags} <= set(Severity)


def test_command(run, make, tmp_path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("src\tmt\n" + "".join(f"{s}\t{t}\n" for s, t in PAIRS), encoding="utf-8")
    folder = str(make(XCOMET))
    options = ("--from", "en", "--to", "fr", "--estimator", folder, "--words")
    status, out, err = run("score", table, *options)
    assert (status, err) == (0, "")
    expected = load(folder).estimate(PAIRS, "en", "fr")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["quality"] for line in lines] == [e.quality.value for e in expected]
    assert all(line["words"] and line["low"] is None for line in lines)
    (tmp_path / "model" / "hparams.yaml").write_text("class_identifier: regression_metric")
    status, out, err = run("score", table, *options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "needs a reference" in err
