"""Addresses whose domain was most likely mistyped: one slip of the finger away from a provider that many people use."""

from __future__ import annotations

from functools import lru_cache


def _names(text: str) -> list[str]:
    return text.split()


# Providers with readers by the million in the countries of the site's languages. What is near one of these is asked about.
LARGE = tuple(
    _names("""
    gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com live.com msn.com aol.com ymail.com me.com
    protonmail.com proton.me mail.com gmx.net gmx.com fastmail.com
    yahoo.co.uk hotmail.co.uk live.co.uk outlook.co.uk btinternet.com talktalk.net virginmedia.com comcast.net verizon.net
    bellsouth.net sbcglobal.net att.net bigpond.com yahoo.ca yahoo.com.au
    gmx.de gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org arcor.de hotmail.de outlook.de live.de yahoo.de
    bluewin.ch aon.at chello.at
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr hotmail.fr outlook.fr live.fr yahoo.fr gmx.fr
    numericable.fr skynet.be telenet.be proximus.be videotron.ca sympatico.ca
    hotmail.es outlook.es yahoo.es telefonica.net movistar.es yahoo.com.mx hotmail.com.mx yahoo.com.ar hotmail.com.ar
    """)
)
# Real domains with mail, one letter away from a large one.
REAL = frozenset(
    _names("""
    email.com cloud.com grange.fr online.de inline.de proton.ch protonmail.ch
    posteo.net mail.de hey.com zoho.com fastmail.fm tutanota.com tuta.com duck.com pm.me mac.com aim.com
    """)
)
KNOWN = frozenset(LARGE) | REAL
# Whose mail has this one domain, whatever country stands behind the dot.
_ONE_HOME = {name: f"{name}.com" for name in ("gmail", "googlemail", "icloud")}

# No top-level domain is called so: whatever stands before it, no letter would arrive.
ENDINGS = {
    **dict.fromkeys(_names("con cmo ocm vom xom cpm comm coom ccom clm cim comn conm dom fom vcom"), "com"),
    **dict.fromkeys(_names("ney nte nett nrt netr nwt"), "net"),
    **dict.fromkeys(_names("d den dee ded dr deu dew dede"), "de"),
    **dict.fromkeys(_names("f frr ffr fre frf"), "fr"),
    **dict.fromkeys(_names("ess ees esp"), "es"),
    **dict.fromkeys(_names("orgg ogr prg"), "org"),
}
# Countries whose endings are typed for .com more often than meant.
_NEARLY_COM = frozenset({"co", "cm", "om"})
# Below this length half of all neighbours are somebody's real domain; these two are worth asking about even so.
_SHORTEST, _SHORT = 6, frozenset({"gmail", "yahoo"})
# From this length on, two slips still point to one name only.
_LONG = 9


def suggestion(email: str) -> str:
    """The address that was most likely meant by a normalised one; "" where it looks right, or nobody can tell."""
    local, _, domain = email.rpartition("@")
    meant = _meant(domain.lower()) if local else ""
    return f"{local}@{meant}" if meant else ""


@lru_cache(maxsize=4096)
def _meant(typed: str) -> str:
    """The domain that was meant; "" for the one that was typed."""
    label, _, ending = typed.partition(".")
    if typed in KNOWN or not typed.isascii() or not ending:
        return ""
    front, _, last = typed.rpartition(".")
    if last in ENDINGS:
        mended = f"{front}.{ENDINGS[last]}"
        return _meant(mended) or mended
    if label in _ONE_HOME:
        return _ONE_HOME[label]
    endings = [large.partition(".")[2] for large in LARGE if large.partition(".")[0] == label]
    if endings:
        return _with_ending(label, endings, ending)
    return _with_label(label, ending) or next((large for large in LARGE if _is_close(large, typed)), "")


def _with_ending(label: str, endings: list[str], typed: str) -> str:
    """A large provider's name is right. A country's ending may be right as well: most of them have many."""
    if typed in _NEARLY_COM and "com" in endings:
        return f"{label}.com"
    if len(typed) == 2 and typed in _COUNTRIES:
        return ""
    near = next((ending for ending in endings if distance(typed, ending) == 1), "")
    return f"{label}.{near}" if near else ""


def _with_label(typed: str, ending: str) -> str:
    """A large provider's ending is right, and its name is long enough to be told from others with two slips in it."""
    for large in LARGE:
        label, _, of_large = large.partition(".")
        if of_large == ending and len(label) >= _LONG and distance(typed, label) <= 2:
            return large
    return ""


def _is_close(large: str, typed: str) -> bool:
    label = large.partition(".")[0]
    return (len(label) >= _SHORTEST or label in _SHORT) and distance(typed, large) == 1


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter missing, too much, another, or two that changed places."""
    if abs(len(one) - len(other)) > 2:
        return abs(len(one) - len(other))
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]


# Every two-letter ending in use (ISO 3166-1 and a few more), so that hotmail.it is nobody's slip.
_COUNTRIES = frozenset(
    _names("""
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg
    ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh
    gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr
    kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf
    ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm
    sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf
    ws ye yt za zm zw
    """)
)
