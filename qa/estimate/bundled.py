"""The bundled estimator: regressors trained by this project on features of the bundled encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa import __version__, lang
from qa.errors import ModelError
from qa.estimate.artefact import Artefact, read
from qa.estimate.calibration import Curve, Interval
from qa.estimate.guards import ceiling
from qa.estimate.heads import Head
from qa.estimate.matching import (
    PAIR_NAMES,
    WORD_NAMES,
    Matched,
    pair_features,
    pair_vector,
    word_features,
    word_vectors,
)
from qa.estimate.memory import Memory
from qa.estimate.reading import MAX_CHARACTERS, Reader
from qa.estimate.surface import NAMES as SURFACE_NAMES
from qa.estimate.surface import surface_features
from qa.model import Estimate, Score, WordScore

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress

__all__ = ["ARTEFACT", "FeatureEstimator", "load_bundled"]

ARTEFACT = Path(__file__).with_name("features.safetensors")
BLOCK = 64
"""Pairs whose token vectors are held at once."""

Floats = NDArray[np.float32]


def load_bundled(
    argument: str = "", encoder: Encoder | None = None, *, cache: Path | bool | None = True
) -> FeatureEstimator:
    """The bundled estimator; ``argument`` may name another artefact of the same format.

    ``cache`` is as in ``qa.encoder.load``: where estimates are remembered.

    An ``encoder`` of other weights than the ones the artefact was trained on is passed over for the
    bundled one. Raises ModelError when the artefact is missing, damaged or made for other features.
    """
    from qa.encoder.cache import open_cache

    artefact = read(Path(argument) if argument else ARTEFACT)
    if encoder is None or encoder.signature != artefact.meta.get("encoder"):
        from qa.encoder import load

        encoder = load()
    return FeatureEstimator(artefact, encoder, Memory(open_cache(cache)))


class FeatureEstimator:
    """See ``qa.estimate.Estimator``.

    ``quality`` is the expected percentile of a human judgement among machine translations of the same
    language pair: 50 is what people find average, higher is better. ``words`` hold the probability that
    a person marks the word as an error. ``hter`` is the predicted edit rate of a post-editor.
    """

    def __init__(self, artefact: Artefact, encoder: Encoder, memory: Memory | None = None) -> None:
        self._memory = memory or Memory(None)
        meta, tensors = artefact.meta, artefact.tensors
        expected = [*SURFACE_NAMES, *PAIR_NAMES], list(WORD_NAMES)
        if (meta.get("pair_features"), meta.get("word_features")) != expected:
            raise ModelError("the estimator's weights were made for other features; reinstall relecture")
        if encoder.signature != meta["encoder"]:
            raise ModelError(
                f"the estimator was trained on the encoder {meta['encoder']}, not on {encoder.signature}"
            )
        self.encoder = encoder
        self.seen = frozenset(meta["pairs"])
        self._blocks: tuple[str, ...] = tuple(meta["pair_blocks"])
        self.thresholds: Mapping[str, float] = meta["word_thresholds"]
        self.signature = f"relecture-qe|v:{__version__}|enc:{encoder.signature}|art:{artefact.sha256[:8]}"
        try:
            self._reader = Reader(
                encoder,
                {
                    name.removeprefix("background/"): tensor.astype(np.float32)
                    for name, tensor in tensors.items()
                    if name.startswith("background/")
                },
                tensors["idf"],
            )
            self._quality = Head.of(tensors, "quality")
            self._quality_curve = Curve(tensors["quality/x"], tensors["quality/y"])
            self._interval = {
                known: Interval(
                    tensors[f"interval/{known}/at"],
                    tensors[f"interval/{known}/low"],
                    tensors[f"interval/{known}/high"],
                )
                for known in ("seen", "unseen")
            }
            self._hter = Head.of(tensors, "hter")
            self._hter_curve = Curve(tensors["hter/x"], tensors["hter/y"])
            self._word = Head.of(tensors, "word")
            self._word_curve = Curve(tensors["word/x"], tensors["word/y"])
        except KeyError as error:
            raise ModelError(f"the estimator's weights lack {error}; reinstall relecture") from None

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        """The signature of scores of one language pair: it says whether training saw that pair."""
        return f"{self.signature}|pair:{self._known(source_lang, target_lang)}"

    def _known(self, source_lang: str, target_lang: str) -> str:
        return "seen" if f"{lang.base(source_lang)}-{lang.base(target_lang)}" in self.seen else "unseen"

    def estimate(
        self,
        pairs: Sequence[tuple[str, str]],
        source_lang: str,
        target_lang: str,
        *,
        progress: Progress | None = None,
    ) -> list[Estimate]:
        """See ``qa.estimate.Estimator.estimate``."""
        source_lang, target_lang = lang.normalise(source_lang), lang.normalise(target_lang)
        signature, languages = self.signature_for(source_lang, target_lang), (source_lang, target_lang)
        known = self._memory.recall(signature, languages, pairs)
        out = {i: estimate for i, estimate in enumerate(known) if estimate is not None}
        # Neighbours of similar length share a block, so that the encoder pads little.
        order = sorted(
            (i for i in range(len(pairs)) if i not in out), key=lambda i: len(pairs[i][0]) + len(pairs[i][1])
        )
        for at in range(0, len(order), BLOCK):
            block = order[at : at + BLOCK]
            asked = [pairs[i] for i in block]
            estimates = self._block(asked, source_lang, target_lang)
            self._memory.keep(signature, languages, asked, estimates)
            out.update(zip(block, estimates, strict=True))
            if progress is not None:
                progress(len(out), len(pairs))
        return [out[i] for i in range(len(pairs))]

    def _block(self, pairs: Sequence[tuple[str, str]], source_lang: str, target_lang: str) -> list[Estimate]:
        signature = self.signature_for(source_lang, target_lang)
        nothing = Estimate(Score(0.0, signature, 0.0, 5.0))
        matches = self._reader.read(pairs, source_lang, target_lang)
        readable = [(i, match) for i, match in enumerate(matches) if match is not None]
        out = [nothing] * len(pairs)
        if not readable:
            return out
        texts = [tuple(text[:MAX_CHARACTERS] for text in pairs[i]) for i, _ in readable]
        scalars = np.stack(
            [
                np.concatenate([surface_features(s, t, source_lang, target_lang), pair_features(match)])
                for (s, t), (_, match) in zip(texts, readable, strict=True)
            ]
        )
        vectors = np.stack([pair_vector(match, self._blocks) for _, match in readable])
        quality = self._quality_curve(self._quality(scalars, vectors))
        hter = self._hter_curve(self._hter(scalars, vectors))
        bounds = np.array([ceiling(s, t, source_lang, target_lang) for s, t in texts], dtype=np.float32)
        low, high = self._interval[self._known(source_lang, target_lang)](quality)
        # A bound leaves no room for the model's doubt: the interval shrinks to it as well.
        bounded = bounds < 100
        quality = np.minimum(quality, bounds)
        low = np.where(bounded, 0.0, low)
        high = np.where(bounded, np.minimum(high, bounds + 10), high)
        words = self._words([match for _, match in readable], quality)
        for k, (i, _) in enumerate(readable):
            score = Score(
                round(float(quality[k]), 1), signature, round(float(low[k]), 1), round(float(high[k]), 1)
            )
            out[i] = Estimate(score, words[k], round(float(hter[k]), 3))
        return out

    def _words(self, matches: Sequence[Matched], quality: Floats) -> list[tuple[WordScore, ...]]:
        """Word scores of each match, in order; the sentence's quality is one of their features."""
        features = [word_features(match) for match in matches]
        counts = [len(f) for f in features]
        if not sum(counts):
            return [()] * len(matches)
        sentence = np.repeat(quality, counts).astype(np.float32)
        # The last column tells the model which kind of label it is asked for: a person's mark (0) or a
        # word that post-editing changed (1); training used both.
        scalars = np.concatenate(
            [np.concatenate(features), np.stack([sentence, np.zeros_like(sentence)], axis=1)], axis=1
        )
        vectors = np.concatenate([word_vectors(match) for match in matches])
        bad = self._word_curve(self._word(scalars, vectors))
        out = []
        at = 0
        for match, count in zip(matches, counts, strict=True):
            out.append(
                tuple(
                    WordScore(a, b, round(float(p), 3))
                    for (a, b), p in zip(match.target.words, bad[at : at + count], strict=True)
                )
            )
            at += count
        return out
