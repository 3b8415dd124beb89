"""Links say where their readers come from, and change nothing else of an address."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.channels import CHANNELS, classify
from gatepost.offers.linkedin import marked, sharing
from gatepost_pelican.share.links import PLACES, links, shown
from tests.share.conftest import Make


def test_whoever_follows_a_link_counts_as_social_whatever_the_app_says(subject: Make):
    for place, address in links(subject()).items():
        query = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
        assert (query["utm_campaign"], query["utm_content"]) == ("long-read", place)
        for referrer in ("", "https://www.linkedin.com/", "android-app://com.linkedin.android"):
            channel = classify(referrer=referrer, source=query["utm_source"], medium=query["utm_medium"])
            assert channel == "social"
            assert CHANNELS[channel].lead_class == "cultivated"
    assert tuple(links(subject())) == PLACES


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://e.org/a", "https://e.org/a?OURS"),
        ("https://e.org/a?x=%20y&flag#part", "https://e.org/a?x=%20y&flag&OURS#part"),
        ("https://e.org/a?utm_source=mail&x=1#", "https://e.org/a?x=1&OURS"),
        ("https://e.org/a#b?c", "https://e.org/a?OURS#b?c"),
    ],
)
def test_a_query_and_a_fragment_stay_as_they_are(address: str, expected: str):
    ours = "utm_source=linkedin&utm_medium=social&utm_campaign=a+b&utm_content=short"
    assert marked(address, "a b", "short") == expected.replace("OURS", ours)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "utm_term", "utm_source"]), st.sampled_from(["", "1", "%C3%A4"]))))
def test_marking_twice_is_the_same_as_once(pairs: list[tuple[str, str]]):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    once = marked(f"https://e.org/?{query}", "c", "short")
    assert marked(once, "c", "short") == once
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "utm_source"]
    assert parse_qsl(urlsplit(once).query, keep_blank_values=True)[: len(kept)] == kept


def test_linkedin_is_given_the_whole_address_to_share():
    page = parse_qs(urlsplit(sharing("https://e.org/ä.html?x=1", "ä")).query)
    assert page == {"url": [marked("https://e.org/ä.html?x=1", "ä", "share")]}


def test_an_address_is_shown_as_people_type_it():
    assert shown("https://www.example.org/offers/a.html?utm_source=linkedin#x") == "example.org/offers/a.html"
    assert shown("https://example.org/") == "example.org"
