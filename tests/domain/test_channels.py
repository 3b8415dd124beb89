"""Where a reader came from, told from a referrer, two tags and an ad's click parameter."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.channels import CHANNELS, bare, classify, listed
from gatepost.channels import hosts as table
from tests.conftest import VECTORS, missing

REFERRERS = {
    "search": """
        www.google.co.uk www.google.com.br google.cat images.google.de news.google.com duckduckgo.com www.bing.com:443
        html.duckduckgo.com search.yahoo.com de.search.yahoo.com search.yahoo.co.jp search.brave.com www.ecosia.org
        www.startpage.com kagi.com www.qwant.com yandex.ru yandex.com.tr ya.ru www.baidu.com m.baidu.com search.naver.com
        www.seznam.cz go.mail.ru suche.web.de suche.t-online.de searx.example.org searxng.example search.example.edu
        android-app://com.google.android.googlequicksearchbox/ android-app://com.google.android.googlequicksearchbox/https/www.google.com
    """,
    "assistant": """
        chatgpt.com chat.openai.com www.perplexity.ai claude.ai gemini.google.com copilot.microsoft.com chat.mistral.ai
        chat.deepseek.com grok.com www.meta.ai chat.qwen.ai kimi.moonshot.cn notebooklm.google.com duck.ai edgeservices.bing.com
        android-app://com.openai.chatgpt/
    """,
    "social": """
        www.linkedin.com linkedin.com de.linkedin.com www.linkedin.cn lnkd.in l.linkedin.com com.linkedin.android
        android-app://com.linkedin.android android-app://com.linkedin.android/ linkedin:// l.facebook.com lm.facebook.com
        m.facebook.com https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org l.instagram.com www.threads.com l.threads.net
        t.co x.com out.reddit.com old.reddit.com bsky.app go.bsky.app mastodon.social fosstodon.org mastodon.gamedev.place
        social.tchncs.de lemmy.world pixelfed.social www.xing.com vm.tiktok.com pin.it www.pinterest.co.uk www.pinterest.de
        news.ycombinator.com web.whatsapp.com web.telegram.org t.me vk.com away.vk.com android-app://org.telegram.messenger/
        android-app://com.slack/ android-app://com.reddit.frontpage/ teams.microsoft.com lnk.bio groups.google.com
    """,
    "video": "www.youtube.com m.youtube.com youtu.be vimeo.com player.vimeo.com www.twitch.tv peertube.example fb.watch",
    "shopping": "www.amazon.de amazon.co.uk www.ebay.com www.etsy.com geizhals.de shopping.google.com www.idealo.fr",
    "email": """
        mail.google.com android-app://com.google.android.gm/ outlook.live.com outlook.office.com eur01.safelinks.protection.outlook.com
        mail.yahoo.com mail.proton.me app.fastmail.com e.mail.ru mail.yandex.ru deref-gmx.net lightmailer-bap.web.de deref-web.de
        webmail.example.org webmail1m.orange.fr mail.example.ac.at email.t-online.de roundcube.example.org
        example.us1.list-manage.com com.fsck.k9
    """,
    "display": "googleads.g.doubleclick.net tpc.googlesyndication.com trc.taboola.com",
    "paid-search": "syndicatedsearch.goog www.adsensecustomsearchads.com",
    "affiliate": "www.awin1.com go.skimresources.com",
    "audio": "open.spotify.com podcasts.apple.com overcast.fm",
    "referral": """
        docs.google.com sites.google.com finance.yahoo.com onedrive.live.com partner.example notgoogle.com google.com.evil.example
        google.evil mail.example xmail.google.evil en.wikipedia.org github.com localhost:4000 192.0.2.7 [2001:db8::1]:8080
        xn--80ak6aa92e.com chatgpt.com.example co.uk wet.co linkedin.com.phish.example
    """,
}  # fmt: skip


@pytest.mark.parametrize(
    ("referrer", "channel"), [(host, channel) for channel, hosts in REFERRERS.items() for host in hosts.split()]
)
def test_a_referrer_tells_its_channel(referrer, channel):
    assert classify(referrer=referrer) == channel


@pytest.mark.parametrize(
    ("seen", "channel"),
    [
        ({}, "direct"),
        ({"medium": "(none)"}, "direct"),
        ({"source": "a-friend"}, "referral"),
        ({"medium": "referral"}, "referral"),
        # Paid: by medium as GA4 reads it, or by an ad's parameter.
        ({"source": "google", "medium": "CPC"}, "paid-search"),
        ({"source": "google", "medium": "cpm"}, "paid-search"),
        ({"source": "linkedin", "medium": "cpc"}, "paid-social"),
        ({"source": "linkedin.com", "medium": "paid-social"}, "paid-social"),
        ({"source": "facebook_ads", "medium": "retargeting"}, "paid-social"),
        ({"source": "youtube", "medium": "cpv-cpc"}, "paid-video"),
        ({"source": "amazon", "medium": "ppc"}, "paid-shopping"),
        ({"source": "google", "medium": "paid-shopping"}, "paid-shopping"),
        ({"source": "somewhere", "medium": "paid"}, "paid-other"),
        ({"medium": "cpc", "referrer": "www.bing.com"}, "paid-search"),
        ({"medium": "display"}, "display"),
        ({"medium": "cpm"}, "display"),
        ({"source": "magazine", "medium": "banner"}, "display"),
        ({"source": "cross-network", "medium": "cpc"}, "cross-network"),
        ({"referrer": "google.com", "click_id": "gclid"}, "paid-search"),
        ({"click_id": "gclid"}, "paid-search"),
        ({"referrer": "www.youtube.com", "click_id": "gclid"}, "paid-video"),
        ({"referrer": "googleads.g.doubleclick.net", "click_id": "gclid"}, "display"),
        ({"click_id": "msclkid"}, "paid-search"),
        ({"click_id": "li_fat_id"}, "paid-social"),
        # Facebook puts its own on every link: no proof of an advert.
        ({"click_id": "fbclid"}, "social"),
        ({"click_id": "fbclid", "source": "newsletter"}, "email"),
        # Not paid, by what the link says of itself.
        ({"source": "linkedin", "medium": "social"}, "social"),
        ({"source": "linkedin-company"}, "social"),
        ({"source": "x-ray", "medium": "organic"}, "search"),
        ({"medium": "social-media"}, "social"),
        ({"medium": "video"}, "video"),
        ({"source": "google-shopping"}, "shopping"),
        ({"source": "chatgpt.com"}, "assistant"),
        ({"source": "acme", "medium": "ai-assistant"}, "assistant"),
        ({"source": "newsletter"}, "email"),
        ({"source": "november-newsletter"}, "email"),
        ({"medium": "e-mail"}, "email"),
        ({"medium": "email", "referrer": "www.linkedin.com"}, "email"),
        ({"source": "partner", "medium": "affiliate"}, "affiliate"),
        ({"medium": "podcast"}, "audio"),
        ({"source": "sms"}, "sms"),
        ({"medium": "web-push"}, "push"),
        ({"source": "firebase"}, "push"),
        # Our own three mediums are the owner's word on this very link.
        ({"source": "fair", "medium": "event"}, "event"),
        ({"medium": "expert", "referrer": "www.linkedin.com"}, "expert"),
        ({"source": "linkedin", "medium": "direct-outreach"}, "outreach"),
        # Our own pages say nothing.
        ({"referrer": "blog.example.org", "own_hosts": {"blog.example.org"}}, "direct"),
        ({"referrer": "https://WWW.Blog.example.org/a", "own_hosts": {"blog.example.org"}}, "direct"),
    ],
)
def test_what_a_link_says_of_itself_tells_its_channel(seen, channel):
    assert classify(**seen) == channel


OWNERS = {"example.org": "expert", "news.example.org": "referral", "linkedin.com": "outreach"}


@pytest.mark.parametrize(
    ("seen", "channel"),
    [
        ({"referrer": "www.example.org"}, "expert"),
        ({"referrer": "people.example.org"}, "expert"),
        ({"referrer": "old.news.example.org"}, "referral"),
        ({"referrer": "notexample.org"}, "referral"),
        ({"source": "example.org"}, "expert"),
        ({"referrer": "de.linkedin.com"}, "outreach"),
        ({"referrer": "lnkd.in"}, "social"),
        # What a link says of itself does not matter beside the owner's list, unless it was paid for or names one of the owner's own.
        ({"referrer": "example.org", "medium": "social"}, "expert"),
        ({"referrer": "example.org", "medium": "cpc"}, "paid-other"),
        ({"referrer": "linkedin.com", "click_id": "li_fat_id"}, "paid-social"),
        ({"referrer": "example.org", "medium": "event"}, "event"),
    ],
)
def test_the_owners_list_of_hosts_is_believed_before_ours(seen, channel):
    assert classify(**seen, overrides=OWNERS) == channel


# The list calls a comparer of prices a search engine; with GA4 we call it shopping.
DIFFERENT = {"www.pricerunner.co.uk": "shopping"}
MEDIA = {"chatbot": {"assistant"}, "paid": {"display", "paid-search"}}


def test_hosts_of_a_public_list_are_told_as_the_list_tells_them():
    path = VECTORS / "referer-parser" / "referer-tests.json"
    if not path.exists():
        missing("the public test vectors")
    cases = json.loads(path.read_text())
    assert len(cases) > 100
    for case in cases:
        host, told = urlsplit(case["uri"]).netloc, classify(referrer=case["uri"])
        wanted = {DIFFERENT[host]} if host in DIFFERENT else MEDIA.get(case["medium"], {case["medium"]})
        assert told in wanted, case["uri"]


def test_no_host_of_a_public_list_of_referrer_spam_passes_for_a_network_or_an_engine():
    path = VECTORS / "referrer-spam" / "spammers.txt"
    if not path.exists():
        missing("the public test vectors")
    told = Counter(classify(referrer=host) for host in path.read_text().split())
    assert set(told) == {"referral"}
    assert told["referral"] > 2000


_WORDS = st.text() | st.from_regex(r"[a-z0-9.:/@\[\]_-]{0,400}", fullmatch=True)


@given(_WORDS, _WORDS, _WORDS, _WORDS)
def test_any_text_gives_a_known_channel(referrer, source, medium, click_id):
    found = classify(referrer=referrer, source=source, medium=medium, click_id=click_id, overrides=OWNERS)
    assert found in CHANNELS


@pytest.mark.parametrize("hostile", ["a." * 200_000, "." * 400_000, "cp\n" * 100_000, "@" * 400_000, "://" * 100_000])
def test_a_hostile_text_as_long_as_a_book_is_told_at_once(hostile):
    # Every step of it looks at a text once; a step that looked again for each label would not come back within a test run.
    for field in ("referrer", "source", "medium", "click_id"):
        assert classify(**{field: hostile}, overrides=OWNERS) in CHANNELS


@given(st.sampled_from(sorted(table._HOSTS)), st.from_regex(r"[a-z]{1,3}[0-9]", fullmatch=True))
def test_what_lies_below_a_host_of_the_table_is_told_as_the_host(host, label):
    assert table.kind(host) == table._HOSTS[host]
    assert table.kind(f"{label}q.{host}") == table._HOSTS[host]


def test_the_table_is_written_as_hosts_are_looked_up_and_says_nothing_twice():
    said = [part for one in (*table._TABLES.values(), table.places) for part in _words(one)]
    assert said, "no table was read"
    assert [word for word, count in Counter(said).items() if count > 1] == []
    assert [host for host in table._HOSTS if bare(host) != host or "." not in host] == []
    assert set(table._HOSTS.values()) | set(table._BRANDS.values()) | set(table._NAMES.values()) <= set(CHANNELS)


def _words(one):
    for name in ("HOSTS", "BRANDS"):
        said = getattr(one, name)
        yield from " ".join(said.values() if isinstance(said, dict) else [said]).split()


def test_every_entry_of_the_table_is_reached_by_its_whole_name():
    unreached = {host for host, kind in table._HOSTS.items() if classify(referrer=host) != kind}
    assert unreached == set()


def test_a_list_of_hosts_is_asked_upwards():
    assert listed("a.b.example.org", {"example.org": "expert"}) == "expert"
    assert listed("example.org", {"a.example.org": "expert"}) == ""
    assert listed("", {"example.org": "expert"}) == ""


def test_every_channel_belongs_to_a_lead_class():
    classes = {name: channel.lead_class for name, channel in CHANNELS.items()}
    assert set(classes.values()) == {"cultivated", "interest", "targeted", "direct"}
    for name in ("search", "assistant", "social", "video", "referral", "expert"):
        assert classes[name] == "cultivated"
    assert {classes[name] for name in classes if name.startswith("paid-") or name in ("email", "display", "event")} == {
        "interest"
    }
    assert classes["outreach"] == "targeted"
    assert classes["direct"] == "direct"
