"""Words that end in a full stop without ending a sentence, and words that begin sentences.

Three kinds, because they answer different questions. A *leader* is followed by what it belongs to
("Mr. Smith", "ул. Мира") and never ends a sentence. A *numeric* one is a leader before a number only
("p. 5", "Art. 3") and an ordinary word elsewhere. A *trailer* may end one ("etc.", "г.", "Inc."): the
next word decides. Forms are case-folded and without the last full stop; inner blanks are dropped.
"""

from __future__ import annotations

from functools import cache

__all__ = ["ORDINAL_DOT", "is_leader", "is_numeric", "is_trailer", "starts_sentence"]

_LEADERS = {
    "": """dr prof mr mrs ms st vs cf ca approx e.g i.e eg ie viz al mt ft gen col maj capt lt sgt cpl
        adm brig cmdr rev hon sen rep gov pres messrs mlle mme sr sra ing dipl""",
    "en": "jr gov supt det insp ald asst pvt pfc gens sens reps profs drs fr dept est incl resp esp misc",
    "fr": """m mm mme mmes mlle mlles me mes mgr dr pr vve cie éts ste sté c.-à-d c-à-d c.à.d p.ex par.ex
        bd boul av env all pl chap cap lieut cdt col gal adj fig hab resp not n.b""",
    "de": """z.b d.h u.a i.d.r s.o s.u v.a z.t u.u o.ä hr hrn fr frl dipl.-ing dr.-ing str bzw ca evtl ggf
        inkl exkl sog vgl geb gest bes insb allg zzgl abzgl ehem einschl entspr gem hrsg hl mag priv.-doz
        st rd tel ugs urspr usf v.l.n.r verf zit""",
    "es": """d da dña sr sra sres srta srtas dr dra ud uds vd vds p.ej avda av pza lic gral cnel excmo excma
        ilmo prof profa fco ma sto sta""",
    "pt": "sr sra srs sras srta dr dra d da prof profa av exmo exma ilmo eng arq gal cel p.ex",
    "it": """sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing geom rag arch mons on sen p.es ecc.mo
        gen col s ss v.le p.za c.so""",
    "nl": "dhr mevr mw drs ir ing mr ds bijv d.w.z o.a i.p.v m.a.w t.a.v prof st jl resp ca vgl",
    "pl": "dr prof inż mgr hab ks św np tzw tzn m.in ul al pl os im gen płk mjr kpt por ppłk red min p ob",
    "cs": "dr prof ing mgr bc mudr judr phdr doc např tzv tj resp sv ul nám gen plk mjr kpt p pí sl",
    "sk": "dr prof ing mgr bc mudr judr phdr doc napr tzv tj resp sv ul nám gen plk mjr kpt p pí",
    "ru": """г-н г-жа гг-да д-р проф акад доц им ул пр просп пл пер наб бульв пос дер ст-ца обл р-н р-на т.е т.к
        т.н т.о и.о в.о см ср напр св преп гр тов зам зав ред ген ген-л полк подполк кап ст.лейт адм лейт
        серж маршал кн имп цит авт сост пер ред-р чл.-корр канд англ фр нем лат греч исп итал кит яп
        рус укр тел моб факс букв фам род урожд жен муж у.е о-в оз р г.о""",
    "uk": """п пп проф акад доц ім вул просп пл пров бульв м-н смт с обл р-н т.зв т.б т.є тобто напр див пор
        св ген полк підполк кап лейт адм серж зам зав ред гр тов англ фр нім лат рос укр тел о в.о т.в.о""",
    "be": "праф акад дац ім вул прасп пл зав нам рэд г.зн гл напр ген св",
    "bg": "г-н г-жа д-р проф акад доц инж арх ул бул пл св ген полк напр т.е т.нар вж ср",
    "sr": "г г-ђа др проф инж ул бул св ген тзв нпр тј",
    "tr": "dr prof doç av op yrd öğr sn bkz alb gen mah cad sok hz",
    "el": "κ κκ κα δρ καθ λεωφ οδ αγ π.χ δηλ βλ κ.κ",
    "hu": "dr ifj id özv prof pl ún stb ill kb szt gr",
    "ro": "dl d-l dna d-na dr prof ing av str bd sf gen col lt cpt dvs",
    "sv": "t.ex bl.a s.k d.v.s dr prof kapt",
    "da": "f.eks bl.a s.k d.v.s dr prof hr fr kaptajn",
    "nb": "f.eks bl.a s.k d.v.s dr prof hr fru kapt",
    "fi": "esim mm ks vrt tri prof nk ts",
    "et": "nt dr prof hr pr lp nn st",
}

_NUMERICS = {
    "": """p pp pg no nos nr vol vols fig figs art arts sec sect ch chap eq eqs tab ed eds par para vv col n nn
        jan feb mar apr jun jul aug sep sept oct nov dec""",
    "fr": "art al chap coll t vol n° p pp fig janv févr fév avr juil sept oct nov déc liv §",
    "de": "abs abb s bd bde nr kap art ziff tab anm seite z hd mio mrd jan feb apr aug sept okt nov dez",
    "es": "núm n.º art cap pág págs tomo ene abr ago dic",
    "pt": "núm n.º art cap pág págs fev abr mai ago set out dez",
    "it": "n nn art cap pag pagg gen feb mar apr mag giu lug ago set ott nov dic",
    "ru": "с стр гл п пп ч чч ст т тт рис табл разд вып кн прил прим абз д кв корп к эт №",
    "uk": "с стор гл п пп ч ст т тт рис табл розд вип кн прим абз буд кв корп",
    "pl": "s str art nr poz t rozdz ust pkt rys tab",
    "cs": "s str čl č odst písm obr tab kap sv",
    "nl": "blz art nr hfst",
    "tr": "s no md fık cilt",
}

_TRAILERS = {
    "": "etc inc ltd co corp bros llc plc jr sr a.m p.m u.s u.k u.n u.s.a e.u d.c b.c a.d ph.d m.d b.a m.a",
    "en": "ave blvd rd dept assn no univ jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun",
    "fr": "etc j.-c av.j.-c apr.j.-c s.a r.d s.a.r.l hab env min sec h",
    "de": "usw etc u.a u.s.w usf o.ä mio mrd jh n.chr v.chr co inc str e.v gmbh",
    "es": "etc s.a ee.uu a.c d.c cía ptas",
    "pt": "etc s.a a.c d.c ltda cia",
    "it": "ecc s.p.a a.c d.c s.r.l",
    "nl": "enz n.v b.v e.d n.chr v.chr",
    "pl": "itd itp r w tys mln mld zł gr godz min",
    "cs": "atd apod aj r tis mil mld kč hod min",
    "ru": """г гг т.д т.п др пр н.э до.н.э в вв тыс млн млрд трлн руб коп долл ч мин сек м км кг экз чел шт ед
        д.н.э проч га кв.м куб.м р янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек""",
    "uk": "р рр т.д т.п ін н.е до.н.е ст тис млн млрд трлн грн коп дол год хв сек м км кг прим чол шт од",
    "be": "г гг і.г.д і.інш тыс млн млрд руб",
    "bg": "г т.н др хил млн млрд лв ч мин",
    "sv": "m.m osv etc kr",
    "da": "m.m osv etc kr",
    "hu": "stb ft kb",
    "tr": "vb vs",
}

_STARTERS = {
    "en": """the a an he she it they we you i this that these those there here his her its their our my in on at
        but and so then when while if as after before what why who how where however no yes not for with""",
    "fr": """le la les l' un une des il elle ils elles on nous vous je j' tu ce c' cet cette ces ceci cela ça son
        sa ses leur leurs notre nos mon ma mes en dans sur à au aux mais et puis alors ainsi quand lorsque si
        comme après avant que qu' qui pourquoi comment où cependant pour avec selon par""",
    "de": """der die das den dem des ein eine einen einem einer er sie es wir ihr ich du man dies diese dieser
        dieses sein seine ihre unser in im am an auf bei mit nach von zu für aus über aber und doch dann danach
        da wenn als nachdem bevor was warum wer wie wo jedoch auch nun so hier dort seit""",
    "es": """el la los las un una él ella ellos ellas yo tú usted nosotros este esta estos estas eso esto su sus
        en a con por para pero y luego entonces así cuando si como después antes qué quién cómo dónde""",
    "pt": """o a os as um uma ele ela eles elas eu nós você este esta estes estas isso isto seu sua em no na com
        por para mas e então assim quando se como depois antes que quem onde""",
    "it": """il lo la i gli le un una uno egli lui lei loro io noi voi questo questa questi queste ciò in nel nella
        con per ma e poi allora così quando se come dopo prima che chi dove""",
    "nl": """de het een hij zij ze wij we ik jij u dit dat deze die zijn haar hun in op bij met voor van naar maar
        en toen dan als wanneer na wat wie waarom hoe waar""",
    "pl": """on ona ono oni one ja my wy ty to ten ta te tam jego jej ich w we na z ze do po przy dla ale i więc
        wtedy gdy kiedy jeśli jak co kto dlaczego gdzie potem następnie jednak""",
    "cs": "on ona ono oni já my vy ty to ten ta tam jeho její jejich v ve na z ze do po při pro ale a pak když jak co kdo",
    "ru": """он она оно они я мы вы ты это этот эта эти тот та те там здесь тут его её ее их наш мой в во на по
        при после до для с со из из-за от о об у к за но а и однако затем потом тогда теперь когда если как
        что кто где почему зачем поэтому также кроме согласно ранее позже по-прежнему не""",
    "uk": """він вона воно вони я ми ви ти це цей ця ці той та ті там тут його її їх наш мій у в на по при після
        до для з із зі від про за але а і й однак потім тоді тепер коли якщо як що хто де чому тому також
        крім згідно раніше пізніше не""",
    "tr": "o bu şu onlar biz siz ben sen ve ama fakat sonra ancak bir",
    "sv": "han hon det den de vi jag du ni en ett i på med för men och sedan när om som",
    "da": "han hun det den de vi jeg du en et i på med for men og så da når om",
    "nb": "han hun det den de vi jeg du en et i på med for men og så da når om",
}

_RELATIVES = {"be": "ru", "bg": "ru", "mk": "bg", "sr": "ru", "kk": "ru", "ky": "ru", "sk": "cs", "no": "nb",
              "nn": "nb", "ca": "es", "gl": "es", "lb": "de", "af": "nl"}  # fmt: skip

ORDINAL_DOT = frozenset({"de", "lb", "gsw", "nds"})
"""Languages that write ordinals with a full stop *and* nouns with a capital: "am 3. Mai"."""


@cache
def _words(lang: str, kind: str) -> frozenset[str]:
    table = {"leader": _LEADERS, "numeric": _NUMERICS, "trailer": _TRAILERS, "starter": _STARTERS}[kind]
    langs = {"", lang, _RELATIVES.get(lang, lang)}
    return frozenset(word for name in langs for word in table.get(name, "").split())


def is_leader(word: str, lang: str) -> bool:
    """True when ``word`` with its full stop belongs to what follows."""
    return word in _words(lang, "leader")


def is_numeric(word: str, lang: str) -> bool:
    """True when ``word`` with its full stop belongs to a number that follows."""
    return word in _words(lang, "numeric") or word in _words(lang, "leader")


def is_trailer(word: str, lang: str) -> bool:
    """True when ``word`` is an abbreviation that may end a sentence."""
    return word in _words(lang, "trailer")


def starts_sentence(word: str, lang: str) -> bool:
    """True for the pronouns, articles and connectives that names and terms do not begin with."""
    return word.casefold() in _words(lang, "starter")
