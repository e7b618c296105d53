"""Grammar slips that a pattern finds safely: French auxiliaries, determiners, elision; English a/an."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.frequency import known
from qa.terms.lemmas import lemma

__all__ = ["EnglishArticleCheck", "FrenchAuxiliaryCheck", "FrenchDeterminerCheck", "FrenchElisionCheck"]

_S = "[ \u00a0\u202f]"
_ADVERBS = (
    "également aussi déjà ensuite récemment toujours alors ainsi immédiatement clairement finalement".split()
)
_AUXILIARY = re.compile(
    r"^(?:ai|as|a|avons|avez|ont|avais|avait|avions|aviez|avaient|aurai|aura|auront|aurait|auraient|eu|eut|eurent"
    r"|ait|aient|ayant|avoir|suis|es|est|sommes|êtes|sont|étais|était|étions|étaient|sera|seront|serait|seraient"
    r"|fut|furent|soit|soient|été|étant|vu|attendu|vous|nous|ils?|elles?|on|tu|être|fait|font|faisait|vient|reste|restent|semble|semblent)$"
)
# What begins an object or a clause: after it a participle is the verb of the sentence, unless a date or an
# agent follows («publié le 3 mars», «publié par»).
_OBJECT = (
    rf"(?:une?|des|les?|la|cet(?:te)?|ces?|son|sa|ses|leurs?){_S}(?!\d|{_S}|(?:lun|mar|mercre|jeu|vendre|same)di"
    rf"|dimanche|mois|semaine|année|an\b|ans\b|jours?\b|matin|soir|lendemain|veille|fois|même|premier)"
    rf"|qu(?:e{_S}|’|')|d(?:e{_S}|’|')[^\W\d_]+(?:er|ir|re|oir)\b|l[’'](?!an\b|année|été\b|automne|hiver|après)"
)
_SUBJECT = (
    rf"(?:(?:Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leurs?){_S}[\w-]+(?:{_S}[\w-]+){{0,3}}?"
    rf"|L[’'][\w-]+(?:{_S}[\w-]+){{0,3}}?|[A-ZÀ-Ý][\w-]+(?:{_S}[A-ZÀ-Ý][\w-]+)*)"
)
_MISSING = re.compile(
    rf"(?:^|(?<=[.!?»]{_S})|(?<=[«\"]{_S})|(?<=^[«\"]))(?P<subject>{_SUBJECT}){_S}"
    rf"(?P<adverb>{'|'.join(_ADVERBS)}){_S}(?P<participle>[^\W\d_]{{2,}}(?:é|i|u|is|it)){_S}(?={_OBJECT})"
)
_MISSING_PRONOUN = re.compile(
    rf"(?:^|(?<=[.!?»]{_S}))(?P<subject>Ils?|Elles?|On|Nous|Vous|Je|Tu){_S}"
    rf"(?P<adverb>{'|'.join(_ADVERBS)}){_S}(?P<participle>[^\W\d_]{{2,}}(?:é|i|u|is|it))(?=$|[\s.,;])"
)
_MISSING_CLAUSE = re.compile(
    rf"(?:^|(?<=[.!?»]{_S}))(?P<subject>{_SUBJECT}){_S}(?P<participle>[^\W\d_]{{2,}}é){_S}(?=qu(?:e{_S}|’|'))"
)
# Verbs conjugated with être; the auxiliary of the others is avoir.
_ETRE = frozenset(
    "aller arriver décéder devenir entrer intervenir mourir naître partir parvenir rentrer repartir "
    "rester retourner revenir sortir survenir tomber venir".split()
)
_PLURAL = re.compile(r"^(?:Les|Des|Ces|Ses|Leurs|Ils|Elles)\b")
_PERSONS = {"je": 0, "tu": 1, "nous": 3, "vous": 4}
_AVOIR_FORMS = ("ai", "as", "a", "avons", "avez", "ont")
_ETRE_FORMS = ("suis", "es", "est", "sommes", "êtes", "sont")


class FrenchAuxiliaryCheck(SegmentCheck):
    """A French participle without its auxiliary.

    ## What it flags
    At the start of a sentence, a subject followed by an adverb such as «également» and a participle that
    has an object («La mairie également publié une réponse»), or a subject and a participle
    followed by «que» («Le ministre déclaré que»). A participle that qualifies its noun («le rapport
    également publié en mars», «publié par») is left alone.

    ## Why it matters
    The sentence has no verb. Machine translation drops the auxiliary when it moves an adverb.

    ## Example
    ``La mairie également publié une réponse.``

    ## Fix
    The auxiliary before the adverb or participle: «a également publié», in the plural «ont».
    """

    id = "french-auxiliary"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    needs_source = False
    languages = frozenset({"fr"})
    precision = 0.92
    messages = {"missing": "“{participle}” lacks its auxiliary (“{wanted}”)"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for pattern in (_MISSING, _MISSING_PRONOUN, _MISSING_CLAUSE):
            for match in pattern.finditer(text):
                subject, participle = match["subject"], match["participle"]
                said = re.split(rf"{_S}|[’'-]", subject.lower())
                if pattern is not _MISSING_PRONOUN and any(_AUXILIARY.match(word) for word in said):
                    continue
                verb = _verb_of(participle)
                if not verb:
                    continue
                auxiliary = _auxiliary(subject, verb)
                at = match.end("subject")
                start = match.start("adverb") if "adverb" in match.groupdict() else match.start("participle")
                wanted = f"{auxiliary} {text[start : match.end('participle')]}".replace("\u00a0", " ")
                yield self.flag(
                    segment, start, match.end("participle"), "missing",
                    fix=[Edit(at, at, f" {auxiliary}")], participle=participle, wanted=wanted,
                )  # fmt: skip


def _auxiliary(subject: str, verb: str) -> str:
    """The present of avoir or être that ``subject`` asks for."""
    plural = _PLURAL.match(subject) is not None
    person = _PERSONS.get(subject.casefold(), 5 if plural else 2)
    return (_ETRE_FORMS if verb in _ETRE else _AVOIR_FORMS)[person]


@lru_cache(maxsize=4096)
def _verb_of(participle: str) -> str:
    """The infinitive the participle belongs to; "" when it is no participle."""
    found = lemma(participle, "fr")
    if found.endswith(("er", "ir", "re", "oir")) and found != participle:
        return found
    # The lemma dictionary takes many participles for adjectives; then the infinitive decides.
    ending = {"é": "er", "i": "ir"}.get(participle[-1], "")
    if participle.endswith("u"):
        endings = ("ir",) if participle.endswith("enu") else ("re", "ir", "oir")
        return next((participle[:-1] + end for end in endings if participle[:-1] + end in known("fr")), "")
    if not ending or participle.endswith(("ité", "eté", "auté")):  # nécessité, propreté, beauté
        return ""
    return participle[:-1] + ending if participle[:-1] + ending in known("fr") else ""


_DOUBLE_DETERMINER = re.compile(
    rf"(?<![\w'’-])(?P<first>la|les|un|une|du|des|au|aux|ce|cette|ces){_S}"
    rf"(?P<second>la|les|le|un|une|du|des|ce|cette|ces|sa|ses)(?![\w'’-]){_S}(?P<noun>[^\W\d_]+)"
)
# «un une fois», «la une», «ces un pour cent», «les un», «du un», «ce la»: numbers, names and pronouns.
_RIGHT_PAIRS = frozenset(
    "la une|une une|une des|un des|un du|une du|les un|les une|des un|des une|au un|ces un|du un|le un|un un|"
    "les ce|au la|un la|un le|la la|"
    "les le|ce le|ce la|ce les|ce des|ce du|ce un|ce une|aux la".split("|")
)
_CONTRACTION = re.compile(
    rf"(?<![\w'’-])(?P<prep>de|à){_S}(?P<article>les?){_S}(?P<noun>[^\W\d_]+)(?=$|{_S}|[,.;:])"
)
_CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_NOT_NOUN = re.compile(
    r"(?:er|ir|re|oir|ant)$|^(?:lui|leur|y|en|plus|moins|faire|dire|voir|tout|tous|toutes|pas)$"
)


class FrenchDeterminerCheck(SegmentCheck):
    """Two French determiners in a row, and «de le», «à les» that have to contract.

    ## What it flags
    «la les», «des les», «un le», and «de le», «à le», «de les», «à les» before a noun. Pronouns before an
    infinitive («de le voir», «à les convaincre») and names in capitals («de Le Monde») are left alone.

    ## Why it matters
    It is the trace of a word replaced without its article; no French writer leaves it.

    ## Example
    ``les dirigeants de les pays voisins``

    ## Fix
    The second determiner of two; the contracted form («du», «des», «au», «aux»).
    """

    id = "french-determiner"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset({"fr"})
    precision = 0.9
    messages = {
        "double": "“{found}”: two determiners in a row",
        "contraction": "“{found}” contracts to “{wanted}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for match in _DOUBLE_DETERMINER.finditer(text):
            pair = f"{match['first']} {match['second']}"
            if pair in _RIGHT_PAIRS or match["first"] == match["second"] or _NOT_NOUN.search(match["noun"]):
                continue
            yield self.flag(
                segment, match.start(), match.end("second"), "double",
                fix=[Edit(match.start(), match.start("second"), "")], found=pair,
            )  # fmt: skip
        for match in _CONTRACTION.finditer(text):
            noun = match["noun"]
            if (
                _NOT_NOUN.search(noun)
                or not noun.islower()
                or lemma(noun, "fr").endswith(("er", "ir", "re", "oir"))
            ):
                continue
            wanted = _CONTRACTED[match["prep"], match["article"]]
            yield self.flag(
                segment, match.start(), match.end("article"), "contraction",
                fix=[Edit(match.start(), match.end("article"), wanted)],
                found=f"{match['prep']} {match['article']}", wanted=wanted,
            )  # fmt: skip


_ELISION = re.compile(
    r"(?<![\w'’-])(?P<word>[Ll][ea]|[Dd]e|[Nn]e|[Ss]e|[Jj]e|[Mm]e|[Tt]e|[Qq]ue|[Jj]usque|[Ll]orsque|[Pp]uisque)"
    rf"{_S}"
    rf"(?P<next>[aàâeéèêëiîïoôuûœ][^\W\d_]+)"
)
_SI_IL = re.compile(rf"(?<![\w'’-])(?P<word>[Ss])i{_S}(?P<next>ils?)(?![\w'’-])")
_NO_ELISION = re.compile(
    r"^(?:onz\w*|oui|ouistitis?|uhlans?|ulul\w*|une?|unième|iode|ouah|ouate|uber|os|à|ou|où|et|en|est|euros?)$"
)


class FrenchElisionCheck(SegmentCheck):
    """French words that must elide before a vowel.

    ## What it flags
    «le école», «que il», «ne est», «si il»: le, la, de, ne, se, je, me, te, que, jusque, lorsque and
    puisque before a lower-case word that begins with a vowel other than h, and «si» before «il». Words
    that take no elision (onze, oui, un as a number) and short ambiguous ones are left alone.

    ## Why it matters
    Elision is obligatory; its absence is the trace of a replaced word.

    ## Example
    ``que elle accepte le accord``

    ## Fix
    The elided form with the apostrophe the text uses.
    """

    id = "french-elision"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset({"fr"})
    precision = 0.92
    messages = {"elision": "“{found}” elides to “{wanted}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        apostrophe = "’" if "’" in text or "'" not in text else "'"
        for pattern in (_ELISION, _SI_IL):
            for match in pattern.finditer(text):
                word, following = match["word"], match["next"]
                if pattern is _ELISION and (_NO_ELISION.match(following) or _is_mention(text, match)):
                    continue
                stem = word if pattern is _SI_IL else word[:-1]
                wanted = f"{stem}{apostrophe}{following}"
                yield self.flag(
                    segment, match.start(), match.end(), "elision",
                    fix=[Edit(match.start(), match.start("next"), stem + apostrophe)],
                    found=match.group().replace("\u00a0", " "), wanted=wanted,
                )  # fmt: skip


def _is_mention(text: str, match: re.Match[str]) -> bool:
    """«fais-le ainsi»: a pronoun after its verb does not elide."""
    return match.start() > 0 and text[match.start() - 1] in "-‑"


_ARTICLE = re.compile(r"(?<![\w'’.-])(?P<article>[Aa]n?) (?P<next>[A-Za-z]+)(?![.\w])")
# Vowel letters that sound as consonants, a silent h, an h before which both articles occur, and
# names that are spelled out.
_CONSONANT_SOUND = re.compile(
    r"^(?:eu|ew|ub[io]|uni(?!n|m)|unan|uk|ur[aeo]|us[aeiu]|ut[ei]|ufo|uv|one|once|oui)", re.IGNORECASE
)
_SILENT_H = re.compile(r"^(?:hour|heir|honest|honou?r)", re.IGNORECASE)
_EITHER = re.compile(r"^h(?:istor|otel|abitual|yster|erb|eroic|ilar|orrif)", re.IGNORECASE)
_CODE_NAME = re.compile(r"^[A-Z][^aeiouyhrl]")


class EnglishArticleCheck(SegmentCheck):
    """English «a» before a vowel sound and «an» before a consonant.

    ## What it flags
    «an satellite», «a apple» before a word in lower case. Words whose sound differs from their letter
    (a university, an hour, a European) are known; acronyms, single letters and words both of whose
    articles occur (historic, hotel) are left alone.

    ## Why it matters
    Every reader of English sees it.

    ## Example
    ``an satellite in space``

    ## Fix
    The other article.
    """

    id = "english-article"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset({"en"})
    precision = 0.95
    messages = {"article": "“{found}” before “{word}”; use “{wanted}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for match in _ARTICLE.finditer(text):
            article, word = match["article"], match["next"]
            if len(word) < 3 or not word[1:].islower() or (word[0].isupper() and article[0].isupper()):
                continue
            vowel = _starts_with_vowel(word)
            if vowel is None or vowel == (len(article) == 2):
                continue
            before = text[max(0, match.start() - 4) : match.start()].rstrip()[-1:]
            if article[0] == "A" and before and before not in '.!?“"«:—–':
                continue  # hepatitis A and B
            if _CODE_NAME.match(word):
                continue
            wanted = article[0] + ("n" if vowel else "")
            yield self.flag(
                segment, match.start(), match.end("article"), "article",
                fix=[Edit(match.start(), match.end("article"), wanted)],
                found=article, word=word, wanted=wanted,
            )  # fmt: skip


def _starts_with_vowel(word: str) -> bool | None:
    """Whether the word begins with a vowel sound; None where both occur."""
    if word[0] in "hH":
        if _SILENT_H.match(word):
            return True
        return None if _EITHER.match(word) else False
    if word[0] in "aeiouAEIOU":
        return not _CONSONANT_SOUND.match(word)
    return False
