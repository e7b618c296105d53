"""Places where a text lacks a noun that grammar asks for: «in .», «of ’s economy», «Has become».

English alone, by its closed classes: what a preposition, an article or the beginning of a sentence cannot
be followed by; and by ``qa.terms.seams`` where two words meet that seldom do. Names that a translation
dropped mostly leave such a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.terms.seams import seams

__all__ = ["Gap", "gaps", "tokenised"]


@dataclass(frozen=True, slots=True)
class Gap:
    """The words around a gap, ``[start, end)``; ``sure`` where good English never has them."""

    start: int
    end: int
    sure: bool


_FINITE = "has|had|was|were|is|are|would|should|could|may|might|does|did|says"
_VERBS = f"{_FINITE}|will|must|said|began|became|went|came|took|told|held|announced|believes|wants|lost"
_PAST = (
    "received|expressed|experienced|made|accepted|signed|won|joined|left|launched|led|scored|reached|agreed|"
    "visited|met|returned|stressed|added|noted|explained|warned|arrived|died|was|had"
)
_OPENERS = (
    "In|On|At|Before|After|Currently|Today|Meanwhile|Last|Earlier|However|According|Now|Yesterday|Since|"
    "During|By|With|Despite|Later|Recently|Here|Previously|Then|Looking|Moreover|Furthermore|Finally|"
    "Eventually|"
    "Subsequently|Nevertheless|Therefore|Following|Soon|Under|From|Just|So far|Until|Besides|"
    "Initially|Ultimately|"
    "Also|Additionally|Instead|Thus|Immediately|Shortly"
)
_LEADERS = (
    "in|of|at|from|with|by|for|to|on|and|or|the|an?|as|than|into|over|about|against|between|during|near|its|"
    "their|his|her|is|are|was|were|has|have|said"
)
_SURE = (
    # An article before a preposition, an auxiliary, a conjunction, a pronoun or a stop: «of the and».
    r"\b(?:[Tt]he|an) (?=(?:of|in|at|from|with|by|for|to|into|on|about|and|or|but|than|as|because|so|have|be|"
    rf"been|began|became|its|their|his|they|he|we|who|which|such|{_FINITE})\b(?![-’']))",
    r"\b(?<![-“\"])the ?(?=[,;:)!?](?!\d)|\.$)",
    # The same for «a» and the possessives that are no pronouns: «providing a of», «crashed into a, killing».
    r"\b(?<!-)(?:a|its|their|my|our|your) (?=(?:of|from|with|by|for|into|about|and|but|than|because|have|has|"
    r"had|was|were|is|are|at the|in the|to the)\b(?![-’'/]))",
    r"(?<=[a-z] )(?:a|its|their|my|our|your)(?=, (?:\w{2,}ing|and|but|who|which|where)\b|\.$)",
    # A preposition that nothing can leave behind: «from in the north», «between and», «of have».
    r"\b(?:of|between|during|from) (?=(?:of|in|from|with|into|since|during|so that|and|or|but|than|have)\b"
    r"(?! around| within| indifference|-))",
    r"\bof (?=at (?!least|most|all|once|times))|\bto (?=from\b)",
    r"\bbetween and\b|\b(?:both|such as|like) and\b",
    rf"\b(?:of|during|between|from) (?=(?:{_FINITE}|will|began)\b)",
    # A sentence without its subject: «Has become the seventh», «On Monday, received».
    r"(?:^|[.!?][”\"]? )[“\"]?(?:Has|Was|Were|Said|Says|Told|Took|Went|Came|Became|Began|Wrote|Spoke|"
    r"Believes|Wants|Expects|Announced|Noted|Stated|Added|Held a|Returned to|Returned from)\b(?![^.!?]*\?)",
    rf"^[“\"]?(?:{_OPENERS})\b[^,]{{0,60}}, (?:{_VERBS}|{_PAST})\b(?! there| it (?:is|was))(?![^.!?]*\?)",
    r"^(?:Currently|Previously|Recently|Earlier|Later) (?:has|had|was|is|employs|works|lives|serves|said)\b",
    r"^(?:In|At|On|From|For|As for), ",
    rf"\b(?:because|[Aa]lthough|[Tt]hough|[Ss]ince|[Ww]hile) (?:{_FINITE}|held|took)\b(?![^.!?]*\?)(?! be\b)",
    # The same after what opens a clause: «before was born», «the police found that had passed».
    r"\b(?:before|after|until|unless|whereas) (?:has|had|was|were|is|are|will|would) "
    r"(?!\w+ing\b)(?![^.!?]*\?)",
    r"\b(?:found|said|says|announced|reported|reports|believes?|believed|showed|shows|knew|knows|stated|"
    r"claims|claimed|argued|argues|explained|noted|stressed|confirmed|revealed|told \w+) that "
    r"(?=(?:had|has|have|were|are)\b)(?![^.!?]*\?)",
    r"\b(?:convinced|certain|confident|out|announced|indicated|insists|insisted|warned|remembered|"
    r"hopes|hoped|"
    r"fears|feared|aware|estimates|estimated|thought|expects|decided) that "
    r"(?=(?:had|has|have|were|are|will|is|was)\b)(?! what\b)(?![^.!?]*\?)",
    # «anti- feelings», not «pre- and post-war».
    r"\b(?:anti|ex|trans|non)-(?=\s)(?! (?:and|or|to|und)\b)",
    r"\b(?:said|says|explains|adds), (?=who\b)",
    r"^ ?[,;:)] ?(?!\))",
    # A stop that stands apart behind a word that nothing ends with: «the capital of .»
    rf"\b(?:{_LEADERS}) (?=[.,;:!?)](?:\s|[”\"]|$))",
    r",\s?,|, ?\.(?=$|\s)(?!\s?\.)|\(\s*[,)]|\( (?=[a-z])",
    r"(?:^|\b(?:[Oo]f|[Tt]he|[Ii]n|[Ff]rom|[Bb]y|[Ww]ith|[Aa]nd|[Tt]o|[Ff]or|[Aa]t|[Oo]n|that|when|is|"
    r"was|like|than|about|"
    r"over|into|between|or|but|as|because|where|if|after|before|under|against) |, )['’]s\b(?= \w)",
    # What only the end of a word can be: «an -positive person», «the .com server».
    r"\b(?:an?|[Tt]he|of|and|in|are|by|for|with) (?:-(?=[a-z]{3,} )|\.(?=[a-z]{2,3}\b))",
    r"\bfrom to\b",
    # Who said it? «"…", said.»
    r"[”\"] (?:said|says|explains|explained|adds|added|writes|wrote|welcomes|believes|notes|told) "
    r"?(?=[.,](?:\s|$)|$)",
    # A title without its bearer: «Dr believes».
    r"\b(?:Dr|Mr|Mrs|Ms)\.? (?=[a-z]{4,})|\bSir, ",
)
_AT_THE_END = r"\b(?:of|from|at|during|between|despite) ?(?=\.$|\))"
"""A preposition that ends its sentence; sure unless a question word or a passive has sent it there."""
_LIKELY = (
    r"\b(?:at|from|of|with) or (?=[A-Z])",
    r"\bof (?=(?:on|to|into|for) (?:the|an?)\b)",
    r"\b(?:of|with|from|at|to|for|by|between|in) (?=[”\"][,.)])",
    r"\b(?:by|of|from|with|at|to) (?=[-–—] [a-z])",
    r"(?:^|(?<=\s))[“\"] (?=['’]?\w[^”\"]*[”\"])",
    r"(?<=\w) ,(?= )|(?<=[a-z]) (?=\.(?:[”\"]?$|\s))",
    r"\b(?:in|to|for|as|with|by) ?(?=\.$)",
    r"\b(?:in|of|at|from|with|by|for|to|between) ?(?=[,;:)!](?!\d)|[”\"]?\.?$)",
    r"\b(?<![:;,] )(?:in|on|about|near|at|with|by|for|into|against|like) "  # not in "…: on came the doctor"
    rf"(?=(?:{_VERBS}|recognized|remains)\b)",
    r"\b(?:in|by|for|with|at|near|against|into) (?=(?:of|in|have|so that|who|and|or|but|than|since|because|"
    r"as well)\b)|\bto (?=(?:of|since|during|who|than|because|as well)\b)",
    r"\b(?:from|of) (?=who\b)|(?<!\bup )\bto (?=(?:and|in|for|at) )",
    r"\b(?:in|by|for|of|to|from|at) \(",
    r"\b[Tt]he (?!need)(?=\w+(?:ed|ly) (?:the|to|that|a|an|its|his|such)\b)|"
    r"\b[Tt]he (?=(?:said|says|told|took|went|came|held|will)\b)",
    r"(?:^|[.!?][”\"]? )[“\"]?(?:Is|Would|Could|Did|Does"
    r"|(?:Called|Reported|Returned|Held)(?! (?:as|by|upon|to)\b)|"
    r"Had (?!the|I|he|she|it|we|you|they|been|not)\w+)\b"
    r"(?![^.!?]*\?)",
    rf"\b(?:if|when|where|whether) (?:{_VERBS}|attempts)\b|\bthat (?:arrived|believes|said)\b",
    r"\b(?:on|of|to|at|in|from) (?=(?:lost|fell|rose|took|went|due|further|also|remains)\b)",
    r", (?=(?:said|says|explains|announced|adds|added) (?:on|in|to|at)\b)",
    r"(?:^|[.!?,] |\b[a-z]+ )(?<!\bthe )(?<!\b[as] )(?:President|Minister|Chairman|Governor|"
    r"Chancellor|King|Queen|Justice|Senator|"
    r"Judge|Professor|Prince|Princess|Pope|General|Secretary|[Ii]nspector|coach|spokesman|spokeswoman),? "
    r"(?=(?:has|had|was|is|said|told|will|and to|should|referred|supported|announced|wrote|met|called|"
    r"does|did|"
    r"would|could|wants|arrived|stressed|warned|noted|stated|added|declared|visited|signed|ordered|promised|"
    r"believes|thinks|claims|insists|says|emphasi[sz]ed)\b)",
    # A trade without its bearer: «Psychologist, who has».
    r"(?:^|[.!?][”\"]? )[A-Z]\w+(?:ist|man|woman|cian|ctor), (?=(?:who|whose|and) )",
    # A verb that begins the sentence without its subject: «Owns an apartment», «In Boston announced on».
    r"(?:^|[.!?][”\"]? )[“\"]?(?:Owns|Reports|Claims|Plays|Works|Lives|Makes|Gives|Takes|Leads|Holds|"
    r"Offers|Shows|"
    r"Has|Remains|Becomes|Continues|Thinks|Knows|Argues|Explains|Writes|Promises|Plans|Calls|Suggests|"
    r"Confirms|"
    r"Sees|Seems|Appears|Tells|Asks|Insists|Denies|Accuses|Admits|Adds|Describes|Considers|Produces|Provides|"
    r"Helps|Supports|Opposes|Uses|Needs|Warns|Brings|Wins|Loses|Sells|Buys|Runs|Recalls|Emphasi[sz]es|"
    r"Stresses|"
    r"Intends|Refuses|Decides|Includes) "
    r"(?=(?:an?|the|that|his|her|its|their|to|himself|itself|herself|convinced|already|also)\b)(?![^.!?]*\?)",
    r"(?:^|[.!?][”\"]? )(?!Need)[A-Z]\w+ed (?=(?:the|to|that|an?|his|her|their|earlier|"
    r"yesterday)\b)(?![^.!?]*(?:[,?]|\b(?:is|are|was|were|"
    r"has|have|had|will|can|could|would|may)\b))",
    r"(?:^|[.!?][”\"]? )(?:Led|Left|Won|Met|Gave|Made|Sold|Built|Fell|Rose|Lost|Refused|Presides|"
    r"Notes|Grows|Falls|Rises) "
    r"(?=(?:the|to|that|an?|his|her|their|its|since|for|by)\b)(?![^.!?]*[,?])",
    r"(?:^|[.!?][”\"]? )Also (?=\w+(?:ed|[^aius]s) (?:an?|the|his|her|its|that|to)\b)",
    r"(?:^|[.!?][”\"]? )And (?=(?:[A-Z]\w+ )+(?:are|were|have)\b)",
    r"(?:^|[.!?][”\"]? )(?:Are (?:in|on|at|from|part of)|May \w+ly (?:be|have))\b(?![^.!?]*\?)",
    rf"^(?:{_OPENERS})\b[^,]{{0,60}}, (?:\w+ly )?\w+ed (?=(?:the|to|that|an?|his|her|their|its|"
    rf"from)\b)(?![^.!?]*,)",
    r"\bwhen (?=(?:from|of|to|with)\b)",
    r"^(?:In|At|From) (?:[A-Z][\w’'-]+ ){1,3}(?=(?:announced|said|stated|reported|noted|added|told|says)\b)",
    r"\b(?:are|is|was|were), (?=[A-Z])",
    # One preposition twice, and an article whose noun is gone before an adverb that ends its clause.
    r"\b(in|of|at|with|by|for|from) (?=\1 )",
    r"\b[Tt]he (?=\w+(?:ously|essly|ently|antly|ingly|edly|ively|ically|ately)(?:[.,;]| and))",
    r"\b(?:how|why) (?=(?:has|had) \w+ed\b)(?![^.!?]*\?)",
)
_SEAM = 2.5
"""Odds from which two words that meet are a likely gap: of 1,000 good sentences three have one."""
_TOKENISED = re.compile(
    r"[\w”\"] [,.;:?!](?=\s|$)| ['’]s\b|n ['’]t\b|[(“] \w|\w [)”](?=\s|$)|(?<!\S)\"(?=\s|$)"
)
"""A space before a stop, as tokenised texts have everywhere: twice is no gap."""
_FEW = 3
"""Texts that say nothing of how others are written."""
_LEANING = re.compile(
    # «to choose from», «the one he lives with», «referred to», «came in»: nothing has to follow there.
    r"(?:\b(?:to|be|being|gets?|got|getting|you|he|she|they|we|I|actually) (?:[\w’'-]+ ){1,2}?"
    r"|\b(?:which|whom|whose|who|what|where|things?|anything|something|nothing|everything|one|ones)\b"
    r"[^.;:]{0,60} "
    r"|\b(?:used|referr?ed|refers?|refer|accustomed|connected|familiar|thanks|wants?|wanted|wanting|latch on|"
    r"together|hop(?:ed?|ing)|looked|wait(?:ed|ing)|signed up|logged|passers-|few and far|com(?:e|es|ing)|"
    r"came|sets?|g[ai]ven?|giv(?:es|ing)|join\w*|drawn?|rolling|flood\w*|climb\w*|butt|mov\w+|liv\w+|kick\w*|"
    r"settl\w+|pour\w*|brought|step\w*|stood|stand|stands|walk\w*|let|check\w*|back|close|pass\w*|went|go|"
    r"goes|going|drop\w*|cared?) ?)$",
    re.IGNORECASE,
)
"""What stands before a preposition that ends its clause in good English."""
_LONGEST_LEAN = 80
_STRANDED = re.compile(r"\b(?:what|which|who|whom|where|how|to look|taken|that)\b", re.IGNORECASE)
_PATTERNS = tuple((re.compile(pattern), True) for pattern in _SURE) + tuple(
    (re.compile(pattern), False) for pattern in (_AT_THE_END, *_LIKELY)
)
_ENDING = re.compile(r"(?:in|of|at|from|with|by|for|to|between|as|during|despite)\b *$")
_END = _PATTERNS[len(_SURE)][0]
_EDGE = re.compile(r"\w+(?:[.’']\w+)?")


def tokenised(texts: Sequence[str]) -> bool:
    """Whether of several ``texts`` more than one in ten sets its stops apart: then that is no gap."""
    return len(texts) > _FEW and _FEW < 10 * sum(_TOKENISED.search(text) is not None for text in texts) > len(
        texts
    )


def gaps(text: str, lang: str) -> list[Gap]:
    """The gaps in ``text`` in order, at most one a place; empty for other languages than English
    and for tokenised texts.

    ``lang`` is a base tag.
    """
    if lang != "en" or len(_TOKENISED.findall(text)) > 1:
        return []
    found: dict[int, Gap] = {}
    for pattern, certain in _PATTERNS:
        for match in pattern.finditer(text):
            if not certain and _ENDING.match(match.group()):
                before = text[max(0, match.start() - _LONGEST_LEAN) : match.start()]
                if not _twice(text, match) and _LEANING.search(before):
                    continue
            start, end = _around(text, match.start(), match.end())
            sure = certain or (pattern is _END and not _STRANDED.search(text, 0, start))
            if start not in found or (sure and not found[start].sure):
                found[start] = Gap(start, end, sure)
    for left, right in pairwise(seams(text)):
        # What stands before a stop is for the patterns, which know what may end a clause.
        if right.odds < _SEAM or not text[right.start].isalnum():
            continue
        if not any(gap.start < right.end and left.start < gap.end for gap in found.values()):
            found[left.start] = Gap(left.start, right.end, False)
    return [found[start] for start in sorted(found)]


def _twice(text: str, match: re.Match[str]) -> bool:
    """Whether the same word follows: «in in» ends no clause."""
    word = match.group().strip()
    return text.startswith(f" {word} ", match.start() + len(word))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without outer white space, but with the word that follows a gap."""
    while start < end and text[start].isspace():
        start += 1
    following = _EDGE.match(text, end + (text[end : end + 1] == " "))
    if following is not None and (end == start or text[end - 1].isspace()):
        end = following.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    if end == start:
        end = min(len(text), start + 1)
    return start, end
