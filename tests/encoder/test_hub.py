"""Another encoder from a local directory: a tiny BERT made here, with a tokenizer of its own."""

from pathlib import Path

import numpy as np
import pytest

from qa.align import align
from qa.encoder import Encoder, load
from qa.errors import ModelError
from qa.model import Document, Sentence


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
    ]
    core = Tokenizer(models.WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106 (no password)
    core.normalizer = normalizers.Lowercase()
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]"}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=core, **{f"{kind}_token": name for kind, name in names.items()}
    )
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    path = tmp_path_factory.mktemp("tiny-bert")
    BertModel(config).save_pretrained(path)
    fast.save_pretrained(path)
    return path


def test_loads_and_encodes(folder: Path) -> None:
    encoder = load(str(folder), threads=1, cache=False)
    assert isinstance(encoder, Encoder)
    vectors = encoder.pooled(["abc def", "", "x\0y\ud800", "z" * 1000])
    assert vectors.shape == (4, 16)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    piece = encoder.tokens(["ab  Cd"], layers=(1, 2))[0]
    assert piece.vectors.shape == (2, 4, 16)
    assert list(zip(piece.starts.tolist(), piece.ends.tolist(), strict=True)) == [
        (0, 1),
        (1, 2),
        (4, 5),
        (5, 6),
    ]


def test_reading_gives_vectors_and_sketches(folder: Path, tmp_path: Path) -> None:
    texts = ["abc def", "", "z" * 1000, "abc def"]
    encoder = load(str(folder), threads=1, cache=tmp_path)
    vectors, sketches = encoder.read(texts)
    np.testing.assert_allclose(vectors, load(str(folder), threads=1, cache=False).pooled(texts), atol=1e-5)
    assert [len(one.vectors) for one in sketches] == [6, 0, len(sketches[2].starts), 6]
    assert sketches[0].ends.tolist() == [1, 2, 3, 5, 6, 7]
    assert (
        load(str(folder), threads=1, cache=tmp_path).read(texts)[1][0].vectors == sketches[0].vectors
    ).all()


def test_a_bilingual_text_is_aligned_with_it(folder: Path) -> None:
    lines = ["abc def", "ghi jkl mno", "pqr"]
    documents = [
        Document("\n".join(lines), lang, tuple(Sentence(i, t, 0, len(t)) for i, t in enumerate(lines)))
        for lang in ("hu", "uk")
    ]
    found = align(*documents, encoder=load(str(folder), threads=1, cache=False))
    assert [(link.source, link.target) for link in found.links] == [((i,), (i,)) for i in range(3)]


def test_long_texts_use_windows(folder: Path) -> None:
    piece = load(str(folder), threads=1, cache=False).tokens(["a b c d e f g h " * 30], layers=(2,))[0]
    assert piece.vectors.shape[1] == 240
    assert (np.abs(piece.vectors[0]).sum(1) > 0).all()


def test_signature_changes_with_the_files(folder: Path) -> None:
    before = load(str(folder), cache=False).signature
    (folder / "extra.json").write_text("{}")
    assert load(str(folder), cache=False).signature != before


def test_a_layer_too_many(folder: Path) -> None:
    with pytest.raises(ModelError, match="2 layers"):
        load(str(folder), threads=1, cache=False).tokens(["abc"], layers=(12,))


def test_no_such_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the encoder"):
        load(str(tmp_path / "nothing"), cache=False)
