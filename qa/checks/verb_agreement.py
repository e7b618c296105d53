"""Verb forms that do not agree: “would not takes”, «ont été conduit», «è stata approvato»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.lemmas import lemma

__all__ = ["VerbAgreementCheck"]


class _Slip(NamedTuple):
    """``text[start:end]``, what it does not agree with, and what it should be ("": either may be wrong)."""

    start: int
    end: int
    other: str
    right: str


_MODAL = r"(?:will|would|can|could|may|might|must|shall|should)"
_AFTER_MODAL = re.compile(
    rf"\b(?P<modal>(?:{_MODAL}|do|does|did) not|cannot|(?:ca|wo|did|do|does|would|could|should|must)n[’']t)"
    r" (?P<verb>[a-z]{2,}s)\b"
    rf"|\b(?i:he|she|it|they|we|I|who|which) (?P<bare>{_MODAL}) (?P<found>[a-z]{{2,}}s)\b"
)
_ADVERBS = frozenset(
    "always sometimes perhaps besides afterwards towards backwards forwards upwards downwards indoors "
    "outdoors nevertheless nonetheless thus as this us its yes plus less unless doubtless regardless "
    "needs process access focus discuss express address pass press miss guess assess possess dismiss "
    "stress progress impress cross bless dress toss kiss witness harness compress suppress confess "
    "profess transgress oppress repress caress buzz bus gas bias canvas surpass encompass bypass trespass "
    "harass embarrass amass class glass mass".split()
)
"""Words in -s that may stand behind a modal verb: adverbs and verbs that end so."""
_IRREGULAR = {"is": "be", "was": "be", "has": "have", "does": "do", "goes": "go"}
_BEGINS = (
    r"(?:^|(?<=[.,;:!?(“\"—–] )|(?<=[“\"(])"
    r"|(?<=\band )|(?<=\bbut )|(?<=\bif )|(?<=\bthat )|(?<=\bwhen )|(?<=\bbecause )|(?<=\bwhile ))"
)
"""Where a subject begins, and not the rest of one (“the use of these tools is”)."""
_PLURAL_SUBJECT = re.compile(
    rf"{_BEGINS}(?P<subject>(?:[Aa]ll|[Tt]hese|[Tt]hose|[Ss]everal|[Bb]oth|[Mm]any|[Ff]ew)"
    r"(?: the| of the| these| those| our| their)?(?: (?!that )[a-z]+)??"
    r" (?P<noun>[a-z]{3,}s)) (?P<verb>is|was|has|does)\b"
)
_PRONOUN = re.compile(
    r"(?<!and )(?<!or )\b(?P<subject>[Tt]hey|[Ww]e) (?P<verb>is|was|has|does)\b"
    r"|(?<!and )(?<!or )\b(?P<he>[Hh]e|[Ss]he) (?P<are>are)\b"
)
_SINGULAR_NOUNS = frozenset("news series means mathematics physics politics economics headquarters".split())
_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do"}


def _english(text: str) -> Iterator[_Slip]:
    for match in _AFTER_MODAL.finditer(text):
        group = "verb" if match["verb"] else "found"
        verb = match[group]
        base = _IRREGULAR.get(verb) or lemma(verb, "en")
        if verb not in _ADVERBS and base != verb:
            yield _Slip(*match.span(group), match["modal"] or match["bare"], base)
    for match in _PLURAL_SUBJECT.finditer(text):
        if match["noun"] not in _SINGULAR_NOUNS and lemma(match["noun"], "en") != match["noun"]:
            yield _Slip(*match.span("verb"), match["subject"], _PLURAL[match["verb"]])
    for match in _PRONOUN.finditer(text):
        group, subject = ("verb", match["subject"]) if match["verb"] else ("are", match["he"])
        yield _Slip(*match.span(group), subject, _PLURAL.get(match[group], "is"))


_BETWEEN = (
    r"(?: (?:tous|toutes|pas|jamais|également|aussi|déjà|ensuite|alors|ainsi|rapidement|officiellement))?"
)
_FRENCH_PARTICIPLES = (
    "conduit produit détruit construit réduit traduit introduit instruit reproduit inclus fait dit écrit "
    "inscrit décrit interdit prédit ouvert offert couvert découvert vendu rendu perdu tenu retenu "
    "maintenu obtenu soutenu détenu reçu aperçu vu revu prévu lu élu réélu connu reconnu battu abattu "
    "combattu entendu attendu étendu défendu suspendu répandu confondu interrompu corrompu vaincu "
    "convaincu résolu choisi réuni saisi établi averti fourni puni investi trahi enseveli accueilli "
    "recueilli suivi poursuivi servi subi rempli accompli enrichi élargi garanti réparti converti envahi "
    "défini affaibli démoli aboli banni atteint contraint éteint peint craint joint rejoint"
).split()
_FRENCH_SINGULAR = rf"(?P<verb>(?:[^\W\d_]+é|{'|'.join(_FRENCH_PARTICIPLES)})e?)(?![\w’'-])"
_FRENCH_PLURAL = (
    rf"(?P<verb>(?:[^\W\d_]+é|{'|'.join(p for p in _FRENCH_PARTICIPLES if p[-1] != 's')})e?s)(?![\w’'-])"
)
_FRENCH_MANY = re.compile(
    rf"\b(?P<other>(?:ont|avaient|auront|auraient|aient|eurent){_BETWEEN} été{_BETWEEN}) {_FRENCH_SINGULAR}"
)
_FRENCH_ONE = re.compile(
    rf"(?<!\b[Oo]n )(?<!\bon n[’'])\b(?P<other>(?:a|avait|aura|aurait|ait|eut){_BETWEEN} été{_BETWEEN})"
    rf" {_FRENCH_PLURAL}"
)
_NO_PARTICIPLES = frozenset("été côté santé moitié".split())


def _french(text: str) -> Iterator[_Slip]:
    for match in _FRENCH_MANY.finditer(text):
        if match["verb"] not in _NO_PARTICIPLES and not match["verb"].endswith("s"):
            yield _Slip(*match.span("verb"), match["other"], match["verb"] + "s")
    for match in _FRENCH_ONE.finditer(text):
        yield _Slip(*match.span("verb"), match["other"], "")


_ITALIAN = re.compile(
    r"\b(?P<other>stat(?P<ending>[oaie]))(?: (?:anche|già|poi|mai|sempre|quindi|subito))?"
    r" (?P<verb>(?P<stem>[^\W\d_]{2,}(?:at|ut|it))(?P<own>[oaie]))\b"
)
_NOUNS = frozenset(
    "stato lato fiato prato mercato soldato candidato deputato risultato "
    "vita lite rate date vite gite matita".split()
)


def _italian(text: str) -> Iterator[_Slip]:
    for match in _ITALIAN.finditer(text):
        if match["own"] != match["ending"] and match["verb"] not in _NOUNS:
            yield _Slip(*match.span("verb"), match["other"], match["stem"] + match["ending"])


_IBERIAN_NOUNS = (
    r"(?!(?:resultado|estado|mercado|lado|soldado|passado|pasado|deputado|diputado|advogado|abogado|significado"
    r"|cuidado|vida|comida|medida|saída|salida|partida|corrida|bebida|metade|nada|cada|todo|toda|demasiad[oa])s?\b)"
)
_IBERIAN = {
    language: [
        re.compile(
            rf"\b(?P<other>{many}) {_IBERIAN_NOUNS}(?P<verb>[^\W\d_]{{2,}}(?:ad|id)[oa])(?!\w)", re.IGNORECASE
        ),
        re.compile(
            rf"\b(?P<other>{one}) {_IBERIAN_NOUNS}(?P<verb>[^\W\d_]{{2,}}(?:ad|id)[oa]s)(?!\w)", re.IGNORECASE
        ),
    ]
    for language, many, one in (
        (
            "es",
            "(?:han|habían|habrán|habrían|hayan|hubieran) sido|fueron",
            "(?:ha|había|habrá|habría|haya|hubiera) sido",
        ),
        ("pt", "foram|serão|seriam|sejam", "foi"),
    )
}


def _iberian(language: str) -> Callable[[str], Iterator[_Slip]]:
    def read(text: str) -> Iterator[_Slip]:
        many, one = _IBERIAN[language]
        for match in many.finditer(text):
            yield _Slip(*match.span("verb"), match["other"], match["verb"] + "s")
        for match in one.finditer(text):
            yield _Slip(*match.span("verb"), match["other"], "")

    return read


_READERS: Mapping[str, Callable[[str], Iterator[_Slip]]] = {
    "en": _english,
    "es": _iberian("es"),
    "fr": _french,
    "it": _italian,
    "pt": _iberian("pt"),
}


class VerbAgreementCheck(SegmentCheck):
    """A verb form that does not agree with the word it goes with.

    ## What it flags
    In English a third person after a modal verb (``would not takes``), a singular verb after a plural (``all
    keys is``, ``they was``); in French, Spanish and Portuguese a participle in the singular after a plural
    auxiliary and the reverse («ont été conduit»); in Italian one that ends otherwise than *stato* before it.
    Only what a pattern finds for certain: a verb far from its subject is not seen.

    ## Why it matters
    Machine translation that changes a subject leaves the verb behind, and every reader stumbles.

    ## Example
    «Trois ouvriers ont été **conduit** à l’hôpital» → «conduits»

    ## Fix
    The form that agrees. None where a plural participle follows a singular auxiliary: either may be wrong.
    """

    id = "verb-agreement"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset(_READERS)
    precision = 0.9
    messages = {
        "form": "“{found}” does not agree with “{other}”; use “{right}”",
        "either": "“{found}” does not agree with “{other}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        for slip in _READERS[lang.base(context.target_lang)](segment.target):
            yield self.flag(
                segment, slip.start, slip.end, "form" if slip.right else "either",
                fix=[Edit(slip.start, slip.end, slip.right)] if slip.right else (),
                found=segment.target[slip.start : slip.end], other=slip.other, right=slip.right,
            )  # fmt: skip
