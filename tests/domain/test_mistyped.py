"""A slip in the domain of an address is noticed where many people have their mail, and nowhere else."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.leads import mistyped

TOP = ("gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "t-online.de", "freenet.de", "orange.fr",
       "wanadoo.fr", "laposte.net", "hotmail.es", "hotmail.fr", "outlook.fr", "yahoo.es", "googlemail.com")  # fmt: skip
LETTERS = string.ascii_lowercase


def slips(word: str) -> set[str]:
    """Every word that is one slip away: a letter missing, doubled or wrong, two that changed places."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    made = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    made |= {a + c + b[1:] for a, b in cuts if b for c in LETTERS} | {a + c + b for a, b in cuts for c in LETTERS}
    return made - {word}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"), ("gmal.com", "gmail.com"), ("gmail.con", "gmail.com"), ("gmail.co", "gmail.com"),
        ("gmail.de", "gmail.com"), ("gnail.con", "gmail.com"), ("hotnail.com", "hotmail.com"), ("yaho.com", "yahoo.com"),
        ("t-onlin.de", "t-online.de"), ("tonline.de", "t-online.de"), ("web.d", "web.de"), ("gmx.den", "gmx.de"),
        ("outlok.fr", "outlook.fr"), ("orange.f", "orange.fr"), ("wanado.fr", "wanadoo.fr"), ("hotmial.es", "hotmail.es"),
        ("goglmail.com", "googlemail.com"), ("icluod.com", "icloud.com"), ("hotmail.couk", "hotmail.co.uk"),
        ("GMIAL.com", "gmail.com"), ("a-small-firm.con", "a-small-firm.com"),
    ],
)  # fmt: skip
def test_a_slip_is_asked_about(typed, meant):
    assert mistyped.suggestion(f"Ada.B+x@{typed}") == f"Ada.B+x@{meant}"


@pytest.mark.parametrize(
    "domain",
    [
        "mail.com", "gmx.net", "gmx.at", "gmx.li", "ymail.com", "hey.com", "live.fr", "live.nl", "hotmail.it", "outlook.dk",
        "web.com", "email.com", "telefonica.de", "yahoo.co.jp", "free.com", "lite.com", "me.uk", "example.org", "orange.es",
        "müller.de", "a-small-firm.de", "mailbox.com", "cloud.com", "[192.0.2.1]",
    ],
)  # fmt: skip
def test_an_address_that_may_well_be_right_is_left_alone(domain):
    assert mistyped.suggestion(f"ada@{domain}") == ""


def test_no_known_domain_is_ever_asked_about():
    assert len(mistyped.KNOWN) > 60
    for domain in mistyped.KNOWN:
        assert mistyped.suggestion(f"ada@{domain}") == "", domain


@pytest.mark.parametrize("domain", TOP)
def test_every_single_slip_in_a_name_that_many_people_use_is_noticed_or_is_a_domain_of_its_own(domain):
    label, _, ending = domain.partition(".")
    for slip in slips(label) - {""}:
        typed = f"{slip}.{ending}"
        if typed in mistyped.KNOWN:
            continue
        assert mistyped.suggestion(f"ada@{typed}").endswith(f"@{domain}"), typed


@pytest.mark.parametrize(
    ("right", "wrong"), [("com", "con"), ("de", "ded"), ("fr", "frr"), ("es", "ess"), ("net", "nte")]
)
def test_a_slip_in_the_ending_is_noticed(right, wrong):
    for domain in (large for large in mistyped.LARGE if large.endswith(f".{right}") and large.count(".") == 1):
        assert mistyped.suggestion(f"ada@{domain.removesuffix(right)}{wrong}") == f"ada@{domain}"


@given(st.emails())
def test_what_is_suggested_keeps_the_name_and_is_not_asked_about_again(email):
    meant = mistyped.suggestion(email)
    if meant:
        assert meant.rpartition("@")[0] == email.rpartition("@")[0]
        assert mistyped.suggestion(meant) == ""


words = st.text("abc", max_size=6)


@given(words, words)
def test_the_distance_of_two_words_is_the_same_both_ways_and_nothing_only_for_one_word(one, other):
    there = mistyped.distance(one, other)
    assert there == mistyped.distance(other, one)
    assert (there == 0) == (one == other)
    assert there <= max(len(one), len(other))


@given(st.sampled_from(TOP), st.data())
def test_one_slip_is_a_distance_of_one(domain, data):
    assert mistyped.distance(data.draw(st.sampled_from(sorted(slips(domain)))), domain) == 1
