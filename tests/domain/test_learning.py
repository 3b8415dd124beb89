"""Learning: the better an offer does the oftener it is shown, the untried is tried, and chance can be had again."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.offers import chance
from gatepost.offers.learning import Counts, Evidence, believe, choose

RATES = {"a": 0.02, "b": 0.05, "c": 0.10}
NONE: Evidence = Evidence({})
SAME = dict.fromkeys(RATES, 1.0)


def learn(seed: int, builds: int, readers: int = 20) -> list[str]:
    """What each build shows where readers take offers at RATES."""
    people, pairs, shown = random.Random(seed), {}, []
    for _ in range(builds):
        evidence = Evidence(dict(pairs))
        offer = choose("article", SAME, evidence, seed)[0].offer
        leads = sum(people.random() < RATES[offer] for _ in range(readers))
        pairs["article", offer] = evidence.of("article", offer) + Counts(readers, leads, leads)
        shown.append(offer)
    return shown


def test_the_best_offer_is_shown_ever_oftener_and_regret_grows_ever_slower():
    runs = [learn(seed, 240) for seed in range(6)]
    thirds = [[run[start : start + 80] for run in runs] for start in (0, 80, 160)]
    best = [sum(run.count("c") for run in third) / 480 for third in thirds]
    lost = [sum(RATES["c"] - RATES[offer] for run in third for offer in run) for third in thirds]
    assert best[0] < best[1] < best[2]
    assert best[2] > 0.9
    assert lost[2] < lost[0] / 4


def test_an_offer_that_was_never_shown_is_tried():
    poor = Evidence({("x", "old"): Counts(2000, 25, 20)})
    firsts = {choose("x", {"old": 1.0, "new": 1.0}, poor, seed)[0].offer for seed in range(40)}
    assert firsts == {"old", "new"}


def test_an_offer_that_did_well_elsewhere_is_expected_to_do_well_here():
    evidence = Evidence({("other", "good"): Counts(900, 100, 90), ("other", "bad"): Counts(900, 3, 2)})
    firsts = [choose("x", {"good": 0.5, "bad": 0.5}, evidence, seed)[0].offer for seed in range(60)]
    assert firsts.count("good") > 50


def test_where_nothing_is_known_the_closest_subject_is_shown_oftenest():
    firsts = [choose("x", {"near": 1.0, "far": 0.0}, NONE, seed)[0].offer for seed in range(100)]
    assert 60 < firsts.count("near") < 100


def test_what_was_counted_here_is_not_counted_twice():
    alone = believe(Counts(100, 9, 8), Counts(100, 9, 8), Counts(100, 9, 8))
    usual = (0.5 + 8) / (25 + 100)
    assert alone.a == pytest.approx(0.5 + 8)
    assert alone.b == pytest.approx(0.5 / usual - 0.5 + 92)


def test_what_is_expected_where_nothing_was_counted_is_what_the_offer_does_elsewhere():
    known = believe(Counts(), Counts(10_000, 400, 300), Counts(20_000, 500, 400))
    assert known.mean == pytest.approx(0.03, rel=0.01)
    assert believe(Counts(), Counts(), Counts()).mean == pytest.approx(0.02)


def test_a_hundred_views_without_a_lead_are_no_proof_that_there_will_be_none():
    from scipy.stats import beta

    nobody = Counts(140, 0, 0)
    belief = believe(nobody, Counts(1200, 0, 0), Counts(1200, 0, 0))
    assert 0.002 < beta(belief.a, belief.b).ppf(0.95) < 0.02


pairs = st.dictionaries(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd")),
    st.builds(Counts, *(st.integers(0, 10**9) for _ in range(3))),
)
closeness = st.dictionaries(st.sampled_from("abcde"), st.floats(0, 1), min_size=1)


@settings(max_examples=60, deadline=None)
@given(pairs=pairs, close=closeness, seed=st.integers(-(2**70), 2**70))
def test_a_draw_is_a_share_of_every_offer_given_and_no_other_in_whatever_order(pairs, close, seed):
    drawn = choose("x", close, Evidence(pairs), seed)
    assert sorted(one.offer for one in drawn) == sorted(close)
    assert all(0 <= one.draw <= 1 and one.belief.a > 0 and one.belief.b > 0 for one in drawn)
    shuffled = Evidence(dict(reversed(pairs.items())))
    assert choose("x", dict(reversed(close.items())), shuffled, seed) == drawn
    # One more offer draws for itself alone.
    more = choose("x", {**close, "new": 0.5}, Evidence(pairs), seed)
    assert [one for one in more if one.offer != "new"] == list(drawn)


@settings(max_examples=40, deadline=None)
@given(pairs=pairs, offer=st.sampled_from("abcd"))
def test_readers_of_another_article_make_no_new_chance(pairs, offer):
    """What they did is news of the offer, but the draw is of the same numbers."""
    more = {**pairs, ("elsewhere", offer): Counts(10**6, 0, 0)}
    close = dict.fromkeys("abcd", 1.0)
    before = {one.offer: one.draw for one in choose("x", close, Evidence(pairs), 0)}
    after = {one.offer: one.draw for one in choose("x", close, Evidence(more), 0)}
    known = {one.offer: one.belief for one in choose("x", close, Evidence(more), 0)}
    same = {one.offer: one.belief for one in choose("x", close, Evidence(pairs), 0)}
    assert all(after[key] == before[key] for key in before if known[key] == same[key])


def test_the_seed_the_article_and_its_readers_each_make_other_draws():
    def draws(article: str, seen: int, seed: int) -> list[float]:
        evidence = Evidence({(article, "a"): Counts(seen)})
        return [one.draw for one in choose(article, {"b": 1.0, "c": 1.0}, evidence, seed)]

    found = [draws("x", 5, 0), draws("x", 5, 1), draws("y", 5, 0), draws("x", 6, 0)]
    assert len({tuple(one) for one in found}) == 4
    assert draws("x", 5, 0) == found[0]


def test_the_same_text_gives_the_same_numbers_for_ever():
    """Written down once: whoever changes the sampler changes every owner's site."""
    assert list(islice(chance.uniforms("gatepost"), 2)) == [0.3860170931976229, 0.8117607343235492]
    assert chance.beta(0.5, 24.5, chance.uniforms("one")) == 0.01190559073468902
    assert chance.beta(40.0, 900.0, chance.uniforms("two")) == 0.03186947711651314


@pytest.mark.parametrize(("a", "b"), [(0.025, 24.0), (0.5, 24.5), (1.0, 1.0), (3.0, 70.0), (400.0, 9000.0)])
def test_draws_are_distributed_as_beta(a, b):
    from scipy.stats import beta, kstest

    numbers = chance.uniforms(f"{a} {b}")
    assert kstest([chance.beta(a, b, numbers) for _ in range(1500)], beta(a, b).cdf).pvalue > 0.001
