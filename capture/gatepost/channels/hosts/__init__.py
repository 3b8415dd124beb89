"""Which kind of place a host is: search, social, video, shopping, assistant, email, display, affiliate, audio or another.

Facts about hosts, kept by us. A host in the table stands for itself and for everything below it; the longest that fits
wins. Looking one up takes as many steps as it has labels, however long the table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gatepost.channels.hosts import advertising, assistants, mail, places, search, shopping, social, video

# What is longer is no name on the internet (RFC 1035, 2.3.4).
_LONGEST = 253
# Under which a brand stands in a country: google.com, google.de, google.co.uk.
_ENDING = re.compile(r"\.(?:com|org|net|cat|[a-z]{2}|(?:com|co|net|org|ne|or)\.[a-z]{2})$")


def _by_name(said: Mapping[str, str]) -> dict[str, str]:
    return {name: kind for kind, names in said.items() for name in names.split()}


_TABLES = {
    "search": search,
    "social": social,
    "video": video,
    "shopping": shopping,
    "assistant": assistants,
    "email": mail,
    "display": advertising,
}
_HOSTS = _by_name({kind: table.HOSTS for kind, table in _TABLES.items()} | places.HOSTS)
# What stands before the ending of any country.
_BRANDS = _by_name({kind: table.BRANDS for kind, table in _TABLES.items()} | places.BRANDS)
# What people write as utm_source.
_NAMES = _by_name({kind: table.NAMES for kind, table in _TABLES.items()} | places.NAMES)
# First labels that tell: mastodon.example; webmail.example.org, but not webmail.example.
_FIRST_OF_TWO = _by_name(places.FIRST_OF_TWO)
_FIRST_OF_THREE = _by_name(places.FIRST_OF_THREE)


def kind(host: str) -> str:
    """The kind of a host in the form of `bare`; "" where the table knows nothing of it."""
    if host in _HOSTS or "." not in host:
        return _HOSTS.get(host) or _NAMES.get(host, "")
    if len(host) > _LONGEST:
        return ""
    stem = _ENDING.split(host, maxsplit=1)[0] if _ENDING.search(host) else ""
    # Before the hosts above it: mail.seznam.cz is no search engine.
    return _BRANDS.get(stem) or _by_first_label(host) or _by_nearest(host, stem)


def kind_of_source(source: str) -> str:
    """The kind of a utm_source in small letters: a name that people use, alone or with more behind it, or a host."""
    if "." in source:
        return _NAMES.get(source) or kind(bare(source))
    first = re.split(r"[-_ /]", source, maxsplit=1)[0]
    # "linkedin-company" is LinkedIn; "x-ray" is not X.
    return _NAMES.get(source) or (_NAMES.get(first, "") if len(first) > 4 else "")


def listed(host: str, hosts: Mapping[str, str]) -> str:
    """What a list says of a host: of itself, or of the nearest one above it; "" for neither."""
    if not hosts or len(host) > _LONGEST:
        return ""
    return next((hosts[name] for name in _upwards(host) if name in hosts), "")


def bare(referrer: str) -> str:
    """The host of a referrer in small letters, without `www.` and port.

    Takes a host, an address, or what Android says (android-app://com.slack/). Of an app's own scheme that names no host
    (linkedin://) it is the scheme.
    """
    scheme, has_scheme, rest = referrer.strip().lower().partition("://")
    text = (rest or scheme) if has_scheme else scheme
    for end in "/?#":
        text = text.partition(end)[0]
    return text.rpartition("@")[2].partition(":")[0].rstrip(".").removeprefix("www.")


def _upwards(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.partition(".")[2]


def _by_first_label(host: str) -> str:
    first, _, rest = host.partition(".")
    label = first.rstrip("0123456789")
    if label in _FIRST_OF_TWO:
        return _FIRST_OF_TWO[label]
    if "." not in rest or _ENDING.fullmatch(f".{rest}"):
        return ""
    return "email" if label.startswith("webmail") else _FIRST_OF_THREE.get(label, "")


def _by_nearest(host: str, stem: str) -> str:
    while host:
        if found := _HOSTS.get(host) or _BRANDS.get(stem):
            return found
        host, stem = host.partition(".")[2], stem.partition(".")[2]
    return ""
