"""Where a touch came from: channels, the lead classes that group them, and how one is told from another.

The order of the rules follows the acquisition channels of GA4 and Plausible; the host table is our own.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """`lead_class` is cultivated, interest, targeted or direct: each has its own value, cost and close rate."""

    name: str
    label: str
    lead_class: str


CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (
        Channel("paid-search", "Paid search", "interest"),
        Channel("paid-social", "Paid social", "interest"),
        Channel("paid-other", "Other paid", "interest"),
        Channel("display", "Display", "interest"),
        Channel("assistant", "AI assistant", "cultivated"),
        Channel("search", "Organic search", "cultivated"),
        Channel("social", "Organic social", "cultivated"),
        Channel("email", "E-mail", "interest"),
        Channel("event", "Event", "interest"),
        Channel("affiliate", "Affiliate", "interest"),
        Channel("outreach", "Personal outreach", "targeted"),
        Channel("expert", "Expert referral", "cultivated"),
        Channel("referral", "Referral", "cultivated"),
        Channel("direct", "Unknown", "direct"),
    )
}

_PAID = re.compile(r"(.*cp.*|ppc|retargeting|paid.*)")
_MAIL = frozenset({"email", "e-mail", "e_mail", "e mail", "newsletter"})
_PAID_CLICKS = {"gclid": "paid-search", "msclkid": "paid-search", "li_fat_id": "paid-social", "ttclid": "paid-social"}

# A host matches itself and its subdomains; a name that ends in "." matches that label under any country's ending.
_HOSTS: dict[str, tuple[str, ...]] = {
    "assistant": (
        "chatgpt.com", "chat.openai.com", "perplexity.ai", "claude.ai", "gemini.google.com", "copilot.microsoft.com",
        "copilot.com", "chat.mistral.ai", "chat.deepseek.com", "grok.com", "meta.ai", "you.com", "poe.com", "phind.com",
    ),
    "email": (
        "mail.google.com", "com.google.android.gm", "outlook.live.com", "outlook.office.com", "outlook.office365.com",
        "mail.yahoo.com", "mail.proton.me", "app.fastmail.com", "webmail.", "mail.yandex.ru",
    ),
    "search": (
        "google.", "com.google.android.googlequicksearchbox", "bing.com", "duckduckgo.com", "ecosia.org", "qwant.com", "yandex.",
        "baidu.com", "search.yahoo.com", "yahoo.", "search.brave.com", "startpage.com", "kagi.com", "mojeek.com", "naver.com",
        "seznam.cz", "swisscows.com", "search.marginalia.nu", "ask.com", "aol.com", "sogou.com", "so.com",
    ),
    "social": (
        "linkedin.com", "lnkd.in", "com.linkedin.android", "linkedin.android", "facebook.com", "fb.com", "instagram.com", "threads.net",
        "threads.com", "twitter.com", "x.com", "t.co", "bsky.app", "mastodon.social", "mastodon.online", "xing.com", "reddit.com",
        "out.reddit.com", "youtube.com", "youtu.be", "tiktok.com", "pinterest.", "news.ycombinator.com", "vk.com", "whatsapp.com",
        "web.telegram.org", "t.me", "tumblr.com", "quora.com", "medium.com", "substack.com", "discord.com", "slack.com", "teams.microsoft.com",
    ),
}  # fmt: skip
_SOURCES = {
    "linkedin": "social", "facebook": "social", "instagram": "social", "twitter": "social", "x": "social", "mastodon": "social",
    "bluesky": "social", "xing": "social", "reddit": "social", "youtube": "social", "tiktok": "social", "google": "search", "bing": "search",
    "duckduckgo": "search", "chatgpt": "assistant", "perplexity": "assistant", "claude": "assistant", "gemini": "assistant",
}  # fmt: skip
_MEDIA = {
    "display": "display", "banner": "display", "cpm": "display", "affiliate": "affiliate", "social": "social", "organic": "search",
    "event": "event", "conference": "event", "expert": "expert", "direct-outreach": "outreach", "outreach": "outreach", "referral": "referral",
}  # fmt: skip


def classify(
    *, referrer: str = "", source: str = "", medium: str = "", click_id: str = "", own_hosts: Collection[str] = ()
) -> str:
    """The name of a channel in CHANNELS.

    `referrer` is a host, `source` and `medium` are utm_source and utm_medium, `click_id` the name of an ad's click
    parameter. A referrer of our own hosts says nothing: the answer is then "direct".
    """
    host = _bare(referrer)
    source, medium = source.strip().lower(), medium.strip().lower()
    by_source = _SOURCES.get(source) or _by_host(source)
    by_host = "" if host in own_hosts else _by_host(host)
    if paid := _paid(by_source or by_host, medium, click_id):
        return paid
    if source in _MAIL or medium in _MAIL:
        return "email"
    if by_medium := _MEDIA.get(medium):
        return by_source if by_medium in ("social", "search", "referral") and by_source else by_medium
    if by_source or by_host:
        return by_source or by_host
    if source or (host and host not in own_hosts):
        return "referral"
    return "direct"


def _paid(kind: str, medium: str, click_id: str) -> str:
    if medium in ("display", "banner", "cpm"):
        return ""
    if _PAID.fullmatch(medium):
        return {"search": "paid-search", "social": "paid-social"}.get(kind, "paid-other")
    return _PAID_CLICKS.get(click_id, "")


def _bare(host: str) -> str:
    host = host.strip().lower().removeprefix("android-app://").rstrip("/.")
    return host.split("/", 1)[0].split(":", 1)[0].removeprefix("www.")


def _by_host(host: str) -> str:
    if "." not in host:
        return ""
    for channel, names in _HOSTS.items():
        if any(_matches(host, name) for name in names):
            return channel
    return ""


def _matches(host: str, name: str) -> bool:
    if name.endswith("."):
        return re.match(rf"(?:.+\.)?{re.escape(name)}[a-z]{{2,3}}(?:\.[a-z]{{2}})?$", host) is not None
    return host == name or host.endswith("." + name)
