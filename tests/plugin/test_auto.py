"""`Offer: auto` chooses as a person would who knows categories and tags."""

from __future__ import annotations

from gatepost_pelican.auto import Subject, closest, subject
from tests.plugin.sites import Site, article


def test_the_same_category_wins_over_none():
    offers = {"a": subject("Money", [], "A"), "b": subject("Writing", [], "B")}
    assert closest(subject("Writing", [], "X"), offers) == "b"


def test_shared_tags_decide_within_a_category():
    offers = {"a": subject("Writing", ["forms"], "A"), "b": subject("Writing", ["titles", "words"], "B")}
    assert closest(subject("writing ", ["Titles", "words"], "X"), offers) == "b"


def test_an_offer_with_every_tag_is_not_close_to_everything():
    offers = {"all": subject("", [f"t{n}" for n in range(30)], "A"), "one": subject("", ["t1"], "B")}
    assert closest(subject("", ["t1"], "X"), offers) == "one"


def test_a_tie_goes_to_the_first_in_the_alphabet_whatever_the_order():
    one, two = {"b": Subject(), "a": Subject()}, {"a": Subject(), "b": Subject()}
    assert closest(Subject(), one) == closest(Subject(), two) == "a"


def test_without_offers_there_is_nothing_to_choose():
    assert closest(Subject(), {}) is None


def test_the_choice_in_a_site_follows_category_and_tags_and_never_takes_linkedin(site: Site):
    site.write("content/articles/money.md", article("money", "M.", Offer="auto", Category="Money", Tags="costs, leads"))
    site.write("content/articles/words.md", article("words", "W.", Offer="auto", Tags="titles"))
    site.build()
    articles = site.catalogue.articles
    assert articles["money"].offers == ("the-plan",)
    assert articles["words"].offers == ("ten-checks",)


def test_an_offer_without_tags_is_about_what_the_articles_are_about_that_name_it(site: Site):
    site.write("content/articles/named.md", article("named", "N.", Offer="the-plan", Category="Gardens", Tags="roses"))
    site.write("content/articles/wanted.md", article("wanted", "W.", Offer="auto", Category="Gardens", Tags="roses"))
    site.build()
    assert site.catalogue.articles["wanted"].offers == ("the-plan",)


def test_what_is_over_is_chosen_by_nobody(site: Site) -> None:
    webinar = "Title: About plain\nSlug: talk\nKind: webinar\nConsent: letters\nStarts: {}\nLink: https://m.example/r\nCategory: Writing\n\nOpen.\n"
    site.write("content/articles/plain.md", article("plain", "Words.", Offer="auto", Category="Writing"))
    for starts, is_chosen in (("2099-01-01 10:00", True), ("2020-01-01 10:00", False)):
        site.write("content/offers/talk.md", webinar.format(starts))
        site.build()
        assert ("talk" in site.catalogue.articles["plain"].offers) is is_chosen
