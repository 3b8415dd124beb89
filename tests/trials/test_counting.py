"""What readers do under a test is counted for the look they saw: once a lead, and nothing that was never in the test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatepost.offers import Trial, Variant
from gatepost.store import Database
from gatepost.trials import Counts
from tests.trials.conftest import TRIAL, Site, put_trial
from tests.web.conftest import counted, dropped

NOW, SHORT, INLINE = (TRIAL.name_of(one.key) for one in TRIAL.variants)


def test_seen_asked_for_and_confirmed_are_counted_for_the_variant(site_of_both: Site):
    site = site_of_both
    for variant in (NOW, SHORT, SHORT):
        assert site.sees(variant).status_code == 204
    reader = site.reader("ada")
    reader.asks(variant=SHORT)
    assert site.counts() == {"now": Counts(seen=1), "short": Counts(seen=2, requested=1)}
    reader.confirms()
    reader.confirms()
    assert site.counts()["short"] == Counts(2, 1, 1)


def test_a_lead_counts_once_for_the_variant_it_asked_under_first(site_of_both: Site):
    site = site_of_both
    reader = site.reader("ada")
    reader.asks(variant=SHORT)
    site.clock.forward(hours=1)
    # On the phone at home the dice fell otherwise.
    reader.asks(variant=NOW)
    assert site.counts() == {"short": Counts(requested=1)}
    first, second = sorted(reader.signups(), key=lambda signup: signup.requested_at)
    for signup in (first, second):
        site.client.post(reader.link("confirm", signup.id))
    assert site.counts() == {"short": Counts(requested=1, confirmed=1)}


def test_a_request_that_needs_no_button_is_confirmed_at_once(site: Site):
    reader = site.reader("ada")
    reader.is_confirmed_for("ebook")
    reader.asks(variant=INLINE)
    assert site.counts() == {"inline": Counts(requested=1, confirmed=1)}


def test_what_was_asked_for_under_a_trial_that_ended_is_confirmed_for_it(site: Site):
    reader = site.reader("ada")
    reader.asks(variant=SHORT)
    put_trial(site.engine, None)
    reader.confirms()
    assert site.counts() == {"short": Counts(requested=1, confirmed=1)}


def test_the_beacon_is_no_rung_of_the_ladder(site: Site):
    site.sees(SHORT)
    assert site.counts() == {"short": Counts(seen=1)}
    assert counted(site.app)["touches"] == []


@pytest.mark.parametrize(
    ("variant", "more", "reason"),
    [
        ("", {}, "unknown-trial"),
        ("short", {}, "unknown-trial"),
        ("00000000:short", {}, "unknown-trial"),
        (f"{TRIAL.key}:long", {}, "unknown-variant"),
        (f"{TRIAL.key}:", {}, "unknown-variant"),
        (SHORT, {"offer": "ebook"}, "unknown-trial"),
        (SHORT, {"offer": "nothing"}, "unknown-offer"),
        (SHORT, {"offer": ""}, "unknown-offer"),
        (SHORT, {"article": "nowhere"}, "unknown-article"),
    ],
)
def test_a_beacon_that_no_card_of_ours_sends_is_dropped_with_its_reason(site: Site, variant, more, reason):
    assert site.sees(variant, **more).headers["X-Gatepost-Dropped"] == reason
    assert site.counts() == {}
    assert dropped(site.engine) == {reason: 1}


def test_the_offers_own_page_and_the_home_page_have_no_article(site: Site):
    assert "X-Gatepost-Dropped" not in site.sees(SHORT, article="").headers
    assert site.counts() == {"short": Counts(seen=1)}


@pytest.mark.parametrize(
    ("variant", "reason"), [("deadbeef:short", "unknown-trial"), (f"{TRIAL.key}:long", "unknown-variant")]
)
def test_a_request_with_another_variant_is_taken_and_is_in_no_trial(site: Site, variant, reason):
    reader = site.reader("ada")
    reader.asks(variant=variant)
    reader.confirms()
    assert [signup.variant for signup in reader.signups()] == [variant]
    assert site.counts() == site.counts("deadbeef") == {}
    assert dropped(site.engine) == {reason: 1}


def test_a_changed_text_begins_a_new_count_beside_the_old(site: Site):
    site.sees(SHORT)
    changed = Trial.of("checklist", [replace(TRIAL.variants[1], button="Mail me the list"), Variant("inline")])
    assert site.counts() == {"short": Counts(seen=1)}
    put_trial(site.engine, changed)
    assert site.sees(SHORT).headers["X-Gatepost-Dropped"] == "unknown-trial"
    site.sees(changed.name_of("short"))
    assert site.counts(changed.key) == {"short": Counts(seen=1)}
    assert site.counts() == {"short": Counts(seen=1)}


def test_what_was_seen_waits_while_the_database_is_away(site: Site):
    counting = site.app.extensions["gatepost"].counting
    good, away = counting._engine, Database("postgresql://nobody@127.0.0.1:9/none")
    counting._engine = replace(site.engine, database=away)
    assert site.sees(SHORT).status_code == 204
    assert counting.flush() is False
    site.sees(SHORT)
    counting._engine = good
    assert site.counts() == {"short": Counts(seen=2)}
