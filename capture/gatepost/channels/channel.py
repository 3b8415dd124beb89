"""The channels, and the lead classes that group them."""

from __future__ import annotations

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
        Channel("event", "Event", "interest"),
        Channel("expert", "Expert referral", "cultivated"),
        Channel("outreach", "Personal outreach", "targeted"),
        Channel("cross-network", "Cross-network advertising", "interest"),
        Channel("paid-shopping", "Paid shopping", "interest"),
        Channel("paid-search", "Paid search", "interest"),
        Channel("paid-social", "Paid social", "interest"),
        Channel("paid-video", "Paid video", "interest"),
        Channel("display", "Display", "interest"),
        Channel("paid-other", "Other paid", "interest"),
        Channel("shopping", "Organic shopping", "cultivated"),
        Channel("social", "Organic social", "cultivated"),
        Channel("video", "Organic video", "cultivated"),
        Channel("assistant", "AI assistant", "cultivated"),
        Channel("search", "Organic search", "cultivated"),
        Channel("email", "E-mail", "interest"),
        Channel("affiliate", "Affiliate", "interest"),
        Channel("audio", "Audio", "interest"),
        Channel("sms", "Text message", "interest"),
        Channel("push", "Push notification", "interest"),
        Channel("referral", "Referral", "cultivated"),
        Channel("direct", "Unknown", "direct"),
    )
}
