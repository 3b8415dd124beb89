"""Where a reader came from, told from a referrer and three parameters."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.channels import CHANNELS, classify
from tests.conftest import VECTORS, missing


@pytest.mark.parametrize(
    ("seen", "channel"),
    [
        ({}, "direct"),
        ({"referrer": "www.google.co.uk"}, "search"),
        ({"referrer": "duckduckgo.com"}, "search"),
        ({"referrer": "mail.google.com"}, "email"),
        ({"referrer": "gemini.google.com"}, "assistant"),
        ({"referrer": "chatgpt.com"}, "assistant"),
        ({"referrer": "android-app://com.linkedin.android/"}, "social"),
        ({"referrer": "lnkd.in"}, "social"),
        ({"referrer": "www.linkedin.com:443"}, "social"),
        ({"referrer": "blog.example.org", "own_hosts": {"blog.example.org"}}, "direct"),
        ({"referrer": "partner.example"}, "referral"),
        ({"referrer": "notgoogle.com"}, "referral"),
        ({"referrer": "google.com.evil.example"}, "referral"),
        ({"source": "newsletter"}, "email"),
        ({"source": "linkedin", "medium": "social"}, "social"),
        ({"source": "linkedin", "medium": "cpc"}, "paid-social"),
        ({"source": "google", "medium": "CPC"}, "paid-search"),
        ({"referrer": "google.com", "click_id": "gclid"}, "paid-search"),
        ({"click_id": "li_fat_id"}, "paid-social"),
        ({"medium": "display"}, "display"),
        ({"medium": "cpm"}, "display"),
        ({"source": "somewhere", "medium": "paid"}, "paid-other"),
        ({"source": "fair", "medium": "event"}, "event"),
        ({"medium": "expert"}, "expert"),
        ({"medium": "direct-outreach"}, "outreach"),
        ({"source": "a-friend"}, "referral"),
    ],
)
def test_the_channel_is_told_from_what_was_seen(seen, channel):
    assert classify(**seen) == channel


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_gives_a_known_channel(referrer, source, medium, click_id):
    assert classify(referrer=referrer, source=source, medium=medium, click_id=click_id) in CHANNELS


def test_known_search_engines_and_networks_of_the_public_list_are_told_apart():
    path = VECTORS / "referer-parser" / "referer-tests.json"
    if not path.exists():
        missing("the public test vectors")
    cases = [c for c in json.loads(path.read_text()) if c.get("medium") in ("search", "social")]
    from urllib.parse import urlsplit

    told = [classify(referrer=urlsplit(c["uri"]).netloc) == c["medium"] for c in cases if urlsplit(c["uri"]).netloc]
    # The list is from 2014 and names engines that are gone; the ones people still use must be told.
    assert sum(told) / len(told) > 0.5


def test_every_channel_belongs_to_a_lead_class():
    assert {channel.lead_class for channel in CHANNELS.values()} == {"cultivated", "interest", "targeted", "direct"}
