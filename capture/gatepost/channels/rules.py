"""The rules that tell a channel, in order: the first that fits names it.

The order is that of GA4's and Plausible's acquisition channels; our own three, which only the owner's own tags can name,
come before. docs/channels.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from gatepost.channels.hosts import bare, kind, kind_of_source, listed

_NOTHING_LISTED: Mapping[str, str] = {}

_EVENT = frozenset({"event", "events", "conference", "fair", "trade-show", "meetup", "webinar"})
_EXPERT = frozenset({"expert", "expert-referral"})
_OUTREACH = frozenset({"direct-outreach", "outreach", "personal"})
_DISPLAY = frozenset({"display", "banner", "expandable", "interstitial", "cpm"})
_SOCIAL = frozenset({"social", "social-network", "social-media", "sm", "social network", "social media"})
_ASSISTANT = frozenset({"ai", "ai-assistant", "assistant", "chatbot", "llm"})
_AFFILIATE = frozenset({"affiliate", "affiliates"})
_AUDIO = frozenset({"audio", "podcast"})
_MAIL = ("email", "e-mail", "e_mail", "e mail", "newsletter")

# Advertisers' networks put these on the links they are paid for. The kind is that of the network, where the host says none.
_PAID_CLICKS = {
    "gclid": "search", "gbraid": "search", "wbraid": "search", "msclkid": "search", "yclid": "search", "dclid": "display",
    "li_fat_id": "social", "ttclid": "social", "twclid": "social", "rdt_cid": "social", "sccid": "social", "epik": "social",
}  # fmt: skip
# These stand on every link out of a network, paid for or not.
_CLICKS = {"fbclid": "social", "igshid": "social", "igsh": "social"}


@dataclass(frozen=True)
class _Seen:
    """What is known of a link. `kind` is what sort of place it stood in: a key of the table of hosts, or ""."""

    kind: str = ""
    source: str = ""
    medium: str = ""
    is_paid: bool = False

    def says(self, *words: str) -> bool:
        """Does the source or the medium contain one of these?"""
        return any(word in self.source or word in self.medium for word in words)


_OWN: tuple[tuple[str, Callable[[_Seen], bool]], ...] = (
    ("event", lambda seen: seen.medium in _EVENT),
    ("expert", lambda seen: seen.medium in _EXPERT),
    ("outreach", lambda seen: seen.medium in _OUTREACH),
)
_PAID: tuple[tuple[str, Callable[[_Seen], bool]], ...] = (
    ("cross-network", lambda seen: seen.says("cross-network")),
    ("paid-shopping", lambda seen: seen.is_paid and (seen.kind == "shopping" or seen.says("shopping"))),
    ("paid-search", lambda seen: seen.kind == "paid-search" or (seen.is_paid and seen.kind == "search")),
    ("paid-social", lambda seen: seen.is_paid and seen.kind == "social"),
    ("paid-video", lambda seen: seen.is_paid and seen.kind == "video"),
    ("display", lambda seen: seen.kind == "display" or seen.medium in _DISPLAY),
    ("paid-other", lambda seen: seen.is_paid),
)
_ORGANIC: tuple[tuple[str, Callable[[_Seen], bool]], ...] = (
    ("shopping", lambda seen: seen.kind == "shopping" or seen.says("shopping")),
    ("social", lambda seen: seen.kind == "social" or seen.medium in _SOCIAL),
    ("video", lambda seen: seen.kind == "video" or "video" in seen.medium),
    ("assistant", lambda seen: seen.kind == "assistant" or seen.medium in _ASSISTANT),
    ("search", lambda seen: seen.kind == "search" or seen.medium == "organic"),
    ("email", lambda seen: seen.kind == "email" or seen.says(*_MAIL)),
    ("affiliate", lambda seen: seen.kind == "affiliate" or seen.medium in _AFFILIATE),
    ("audio", lambda seen: seen.kind == "audio" or seen.medium in _AUDIO),
    ("sms", lambda seen: "sms" in (seen.source, seen.medium)),
    ("push", lambda seen: seen.medium.endswith("push") or "notification" in seen.medium or seen.source == "firebase"),
)


def classify(
    *,
    referrer: str = "",
    source: str = "",
    medium: str = "",
    click_id: str = "",
    own_hosts: Collection[str] = (),
    overrides: Mapping[str, str] = _NOTHING_LISTED,
) -> str:
    """The name of a channel in CHANNELS.

    `referrer` is a host or a whole address, `source` and `medium` are utm_source and utm_medium, `click_id` the name of an
    ad's click parameter. A referrer of our own hosts says nothing: the answer is then "direct". `overrides` are the owner's
    hosts with their channels, in the form of `bare`; one wins over all rules but those of paid links and of our own
    three mediums.
    """
    host = bare(referrer)
    host = "" if host in own_hosts else host
    source, medium, click_id = source.strip().lower(), medium.strip().lower(), click_id.strip().lower()
    by_source, by_host = kind_of_source(source), kind(host)
    is_paid = click_id in _PAID_CLICKS or _is_paid(medium)
    seen = _Seen(by_source or by_host or _PAID_CLICKS.get(click_id, ""), source, medium, is_paid)
    tags = _Seen(by_source, source, medium)
    return (
        _first(_OWN, tags)
        or _first(_PAID, seen)
        or listed(bare(source), overrides)
        or listed(host, overrides)
        # What a link says of itself is more than where it stood.
        or _first(_ORGANIC, tags)
        or _first(_ORGANIC, _Seen(by_host or _CLICKS.get(click_id, "")))
        or ("referral" if source or host or medium in ("referral", "app", "link") else "direct")
    )


def _first(rules: tuple[tuple[str, Callable[[_Seen], bool]], ...], seen: _Seen) -> str:
    return next((name for name, fits in rules if fits(seen)), "")


def _is_paid(medium: str) -> bool:
    # GA4's ^(.*cp.*|ppc|retargeting|paid.*)$, without what a long medium could make a regular expression do.
    return "cp" in medium or medium in ("ppc", "retargeting") or medium.startswith("paid")
