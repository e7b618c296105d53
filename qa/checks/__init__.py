"""Checks: one file a family, one class a check, one ordered list of built-ins.

The order is the order of ``qa checks`` and of the documentation; plug-ins come after the built-ins,
through the entry-point group ``relecture.checks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.registry import Registry

if TYPE_CHECKING:
    from qa.checks.base import Check

__all__ = ["CHECKS"]

CHECKS: Registry[type[Check]] = Registry(
    "check",
    {
        "quote-direction": "qa.checks.quotes:QuoteDirectionCheck",
        "quote-balance": "qa.checks.quote_balance:QuoteBalanceCheck",
        "quote-style": "qa.checks.quotes:QuoteStyleCheck",
        "quotes-lost": "qa.checks.quotes:QuotesLostCheck",
        "quote-spacing": "qa.checks.quote_spacing:QuoteSpacingCheck",
        "quote-habit": "qa.checks.quote_habit:QuoteHabitCheck",
        "apostrophe": "qa.checks.apostrophes:ApostropheCheck",
        "brackets": "qa.checks.punctuation:BracketsCheck",
        "end-punctuation": "qa.checks.endings:EndPunctuationCheck",
        "doubled-punctuation": "qa.checks.punctuation:DoubledPunctuationCheck",
        "punctuation-width": "qa.checks.punctuation:PunctuationWidthCheck",
        "inverted-mark": "qa.checks.punctuation:InvertedMarkCheck",
        "foreign-punctuation": "qa.checks.foreign_marks:ForeignPunctuationCheck",
        "doubled-space": "qa.checks.spacing:DoubledSpaceCheck",
        "edge-space": "qa.checks.spacing:EdgeSpaceCheck",
        "space-before-punctuation": "qa.checks.spacing:SpaceBeforePunctuationCheck",
        "missing-space": "qa.checks.spacing:MissingSpaceCheck",
        "french-spacing": "qa.checks.spacing:FrenchSpacingCheck",
        "line-breaks": "qa.checks.layout:LineBreaksCheck",
        "tag-spacing": "qa.checks.layout:TagSpacingCheck",
        "escapes": "qa.checks.layout:EscapesCheck",
        "invisible-characters": "qa.checks.characters:InvisibleCharacterCheck",
        "control-characters": "qa.checks.characters:ControlCharacterCheck",
        "mojibake": "qa.checks.characters:MojibakeCheck",
        "mixed-script": "qa.checks.characters:MixedScriptCheck",
        "normalisation": "qa.checks.characters:NormalisationCheck",
        "numbers": "qa.checks.numbers:NumbersCheck",
        "number-format": "qa.checks.number_format:NumberFormatCheck",
        "units": "qa.checks.units:UnitsCheck",
        "currency": "qa.checks.currency:CurrencyCheck",
        "month": "qa.checks.units:MonthCheck",
        "weekday": "qa.checks.units:WeekdayCheck",
        "clock-time": "qa.checks.clock_time:ClockTimeCheck",
        "share": "qa.checks.share:ShareCheck",
        "empty": "qa.checks.completeness:EmptyCheck",
        "omission": "qa.checks.completeness:OmissionCheck",
        "addition": "qa.checks.completeness:AdditionCheck",
        "source-copied": "qa.checks.copied:SourceCopiedCheck",
        "length-ratio": "qa.checks.completeness:LengthRatioCheck",
        "truncated": "qa.checks.completeness:TruncatedCheck",
        "untranslated": "qa.checks.untranslated:UntranslatedCheck",
        "wrong-language": "qa.checks.untranslated:WrongLanguageCheck",
        "doubled-word": "qa.checks.repetition:DoubledWordCheck",
        "repetition": "qa.checks.repetition:RepetitionCheck",
        "sentence-case": "qa.checks.casing:SentenceCaseCheck",
        "spelling": "qa.checks.spelling:SpellingCheck",
        "french-auxiliary": "qa.checks.grammar:FrenchAuxiliaryCheck",
        "french-determiner": "qa.checks.grammar:FrenchDeterminerCheck",
        "french-elision": "qa.checks.grammar:FrenchElisionCheck",
        "english-article": "qa.checks.grammar:EnglishArticleCheck",
        "verb-agreement": "qa.checks.verb_agreement:VerbAgreementCheck",
        "article-gender": "qa.checks.article_gender:ArticleGenderCheck",
        "languagetool": "qa.checks.languagetool:LanguageToolCheck",
        "tags": "qa.checks.markup:TagsCheck",
        "entities": "qa.checks.markup:EntitiesCheck",
        "placeholders": "qa.checks.placeholders:PlaceholdersCheck",
        "addresses": "qa.checks.addresses:AddressesCheck",
        "markdown": "qa.checks.markup:MarkdownCheck",
        "polarity": "qa.checks.polarity:PolarityCheck",
        "modality": "qa.checks.modality:ModalityCheck",
        "antonym": "qa.checks.antonym:AntonymCheck",
        "names": "qa.checks.names:NamesCheck",
        "name-spelling": "qa.checks.name_spelling:NameSpelling",
        "glossary": "qa.checks.terminology:GlossaryCheck",
        "wrong-sense": "qa.checks.sense:WrongSense",
        "term-drift": "qa.checks.drift:TermDrift",
        "inconsistent-target": "qa.checks.consistency:InconsistentTargetCheck",
        "inconsistent-source": "qa.checks.consistency:InconsistentSourceCheck",
        "quoted-phrase": "qa.checks.consistency:QuotedPhraseCheck",
        "pronoun-gender": "qa.checks.pronoun_gender:PronounGenderCheck",
        "register": "qa.checks.register:RegisterCheck",
        "variant-drift": "qa.checks.variants:VariantDriftCheck",
        "suspicious-words": "qa.checks.suspicion:SuspiciousWordsCheck",
        "left-out": "qa.checks.suspicion:LeftOutCheck",
        "added-words": "qa.checks.suspicion:AddedWordsCheck",
    },
    group="relecture.checks",
)
"""Every check by its permanent id."""
