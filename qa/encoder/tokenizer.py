"""The sentencepiece model of multilingual-e5-small, rebuilt from the pieces in the weight file.

Piece ids are the encoder's own rows (fairseq order), so nothing has to be shifted. The rebuilt model
is kept in the cache folder, because building it takes longer than loading it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from qa.encoder.cache import cache_folder, write_atomically
from qa.encoder.weights import SHA256, WeightFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Pieces", "Tokenizer", "clean", "spans"]

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_UNIGRAM = 1
_SPACE = "\u2581"
_UNSAFE = re.compile("[\\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """One tokenised text: row ids and half-open code-point offsets, each of shape (pieces,)."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


def clean(text: str) -> str:
    """``text`` with what no tokenizer takes replaced one for one: NUL by a space, lone surrogates by U+FFFD.

    The length never changes, so offsets stay those of the text as given.
    """
    return _UNSAFE.sub(lambda match: " " if match[0] == "\0" else "\ufffd", text)


class Tokenizer:
    """Text to the ids of the bundled encoder."""

    def __init__(self, weights: WeightFile) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(_model_proto(weights))

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Piece ids of each text, without special tokens."""
        out: list[list[int]] = self._processor.encode([clean(text) for text in texts], num_threads=1)
        return out

    def piece(self, number: int) -> str:
        """The text of a piece id, with ``\u2581`` for a space."""
        out: str = self._processor.IdToPiece(number)
        return out

    def pieces(self, text: str) -> Pieces:
        """Piece ids with offsets into ``text`` as given, whatever normalisation did to it."""
        from sentencepiece import sentencepiece_pb2

        text = clean(text)
        result = cast("Any", sentencepiece_pb2).SentencePieceText()
        # The one form that every sentencepiece since 0.2 gives: offsets in UTF-8 bytes.
        result.ParseFromString(self._processor.encode(text, out_type="serialized_proto"))
        starts, ends = spans(
            text,
            [piece.begin for piece in result.pieces],
            [piece.end for piece in result.pieces],
            [piece.piece == _SPACE for piece in result.pieces],
        )
        return Pieces(np.array([piece.id for piece in result.pieces], np.int64), starts, ends)


def spans(
    text: str, begins: Sequence[int], ends: Sequence[int], blank: Sequence[bool]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Code-point spans without outer white space from the UTF-8 byte spans of pieces.

    Where one character normalises to several pieces (``ﷺ`` to four words), all but the last come with
    an empty span or the white space before: they get the character's span. ``blank`` marks the pieces
    that stand for white space only, which stay empty.
    """
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    widths = 1 + (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000)
    # Bytes inside a character belong to it: a span may not cut it in two.
    points = [*np.repeat(np.arange(len(text)), widths).tolist(), len(text)]
    out_starts = np.zeros(len(begins), np.int32)
    out_ends = np.zeros(len(begins), np.int32)
    for at, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        low, high = points[begin], points[end]
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low == high and not blank[at]:
            while low < len(text) and text[low].isspace():
                low += 1
            high = min(low + 1, len(text))
        out_starts[at], out_ends[at] = low, high
    return out_starts, out_ends


def _model_proto(weights: WeightFile) -> bytes:
    folder = cache_folder()
    kept = folder / f"e5-sentencepiece-{SHA256[:16]}.model" if folder else None
    if kept is not None:
        try:
            data = kept.read_bytes()
            if _looks_whole(data, weights.shape.vocab):
                return data
        except OSError:
            pass
    data = _build(weights)
    if kept is not None:
        write_atomically(kept, data)
    return data


def _looks_whole(data: bytes, pieces: int) -> bool:
    """False for a cut or foreign file; sentencepiece itself would raise or, worse, accept it."""
    return len(data) > 10 * pieces and data.endswith(_TRAILER)


# A field number that sentencepiece does not know, written last: protobuf readers skip it.
_TRAILER = b"\x82\x7d\x04qaE5"


def _build(weights: WeightFile) -> bytes:
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    proto: Any = sentencepiece_model_pb2  # its classes are made at run time
    model, rules = proto.ModelProto(), proto.ModelProto()
    special = {weights.bos: _CONTROL, weights.eos: _CONTROL, weights.pad: _CONTROL, weights.unknown: _UNKNOWN}
    for index, (piece, score) in enumerate(zip(weights.pieces(), weights.scores.tolist(), strict=True)):
        kind = _CONTROL if piece == "<mask>" else special.get(index, _NORMAL)
        model.pieces.add(piece=piece, score=score, type=kind)
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size, trainer.unk_piece = _UNIGRAM, len(weights.scores), "<unk>"
    trainer.bos_id, trainer.pad_id = weights.bos, weights.pad
    trainer.eos_id, trainer.unk_id = weights.eos, weights.unknown
    rules.ParseFromString(
        sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto()
    )
    normaliser = model.normalizer_spec
    normaliser.name = "nmt_nfkc"
    normaliser.precompiled_charsmap = rules.normalizer_spec.precompiled_charsmap
    normaliser.add_dummy_prefix = normaliser.remove_extra_whitespaces = normaliser.escape_whitespaces = True
    return bytes(model.SerializeToString()) + _TRAILER
