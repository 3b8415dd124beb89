"""Variants of a call to action: lines in the metadata, mistakes with a cure, and every look rendered beside the call."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.offers import Draft, Variant, check
from gatepost.offers.variants import MOST_VARIANTS, read, trial
from gatepost_pelican.check import check_site
from gatepost_pelican.mistakes import SiteMistaken
from gatepost_pelican.thirds import after_third
from tests.plugin.sites import CHECKLIST, LINKEDIN, PLAN, Site, article, small_site

DRAFT = Draft("download", "The plan", "A table.", "letters", files=("plan.csv",))
LINES = """Variants: short | button: Send me the list
    proof | title: <b>Ten</b> & one | summary: It "works"
    late | place: inline
    whole | form: name
"""
TESTED = CHECKLIST.replace("Consent:", LINES + "Consent:")
PARAGRAPHS = "\n\n".join(f"Paragraph {n} has a few words of its own." for n in range(9))


def drafted(*lines: str, **more: tuple[str, ...]) -> Draft:
    return replace(DRAFT, fields={"variants": lines, **more})


def test_lines_become_variants_beside_the_offer_as_it_stands():
    draft = drafted(
        "short | button: Send  me: now", "proof | Title: One | summary: Two", "late | place: END | form: name"
    )
    found = trial("plan", draft)
    assert found is not None
    assert found.variants == (
        Variant("now"),
        Variant("short", button="Send me: now"),
        Variant("proof", title="One", summary="Two"),
        Variant("late", place="end", form="name"),
    )
    assert not list(check(draft))
    assert trial("plan", DRAFT) is None
    another = trial("plan", replace(draft, title="The plan, anew"))
    assert another is not None
    assert another.key != found.key


@pytest.mark.parametrize(
    ("lines", "problem", "cure"),
    [
        (("now | button: A",), "`now` is the offer as it stands", "another word"),
        (("Short one | button: A",), "'Short one' cannot name a variant", "small letters"),
        (("a_b | button: A",), "'a_b' cannot name a variant", "hyphens"),
        (("x" * 33 + " | button: A",), "cannot name a variant", "32 at most"),
        (("| button: A",), "'' cannot name a variant", "short | button"),
        (("short",), "'short' changes nothing", "behind a bar"),
        (("short | Send it",), "'Send it' does not say what it changes", "a colon"),
        (("short | buton: A",), "no variant can change 'buton'", "'button'"),
        (("short | button:",), "`button:` has no text", "behind the colon"),
        (("short | button: A | button: B",), "two texts for `button`", "one of the two"),
        (("short | place: middle",), "there is no place 'middle'", "end, inline"),
        (("short | form: long",), "there is no form 'long'", "address, name"),
        (("short | button: " + "A" * 81,), "the button has 81 characters", "80"),
        (("short | title: A\u0007",), "a control character", "Take it out"),
        (("short | title: The plan | form: address",), "'short' is the offer as it stands", "a reader sees"),
        (("a | button: A", "a | button: B"), "'a' stands there twice", "another word"),
        (("a | button: A", "b | button: A"), "'b' looks as 'a' does", "one of the two"),
        (tuple(f"v{n} | button: {n}" for n in range(6)), "these are 6 variants", "most different"),
    ],
)
def test_each_mistake_in_a_line_has_its_cure(lines: tuple[str, ...], problem: str, cure: str):
    (mistake,) = check(drafted(*lines))
    assert problem in mistake.problem
    assert cure in mistake.cure
    assert mistake.field in lines


def test_an_offer_that_asks_for_a_name_is_tested_without():
    draft = drafted("brief | form: address", form=("Name",))
    found = trial("plan", draft)
    assert found is not None
    assert found.variants[1] == Variant("brief", form="address")
    (mistake,) = check(drafted(form=("phone",)))
    assert (mistake.field, mistake.problem) == ("Form", "there is no form 'phone'")


@given(st.lists(st.text(st.sampled_from("ab-|: <&\n\u2028é") | st.characters(), max_size=40), max_size=7))
def test_whatever_stands_in_the_lines_is_a_variant_or_a_mistake(lines: list[str]):
    found = read(drafted(*lines))
    assert bool(found.mistakes) or len(found.variants) == len(lines) <= MOST_VARIANTS
    for variant in found.variants:
        assert re.fullmatch(r"[a-z0-9-]{1,32}", variant.key)
        assert any((variant.title, variant.summary, variant.button, variant.place, variant.form))


def test_a_mistake_is_named_with_file_and_line(site: Site):
    site.write("content/offers/ten-checks.md", TESTED.replace("place: inline", "plce: inline"))
    site.write("content/offers/follow-us.md", LINKEDIN.replace("Link:", "Variants: a | title: B\nLink:"))
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    first, second = map(str, mistaken.value.mistakes)
    assert "follow-us.md:4: a linkedin has no form" in first
    assert "ten-checks.md:9: no variant can change 'plce'. Cure: Did you mean 'place'?" in second


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("tested"))
    site.configure("FEED_ALL_ATOM = 'all.xml'\nRELATIVE_URLS = True\nSUMMARY_MAX_LENGTH = 500\n")
    site.write("content/offers/ten-checks.md", TESTED)
    site.write("content/offers/the-plan.md", PLAN.replace("Consent:", "Variants: far | place: end\nConsent:"))
    site.write("content/articles/long.md", article("long", PARAGRAPHS, Offer="ten-checks"))
    for slug, text in (
        ("last", f"{PARAGRAPHS}\n\n[[offer:the-plan]]"),
        ("both", f"A.\n\n[[offer:the-plan]]\n\n{PARAGRAPHS}"),
    ):
        site.write(f"content/articles/{slug}.md", article(slug, text, Offer="the-plan" if slug == "both" else "none"))
    site.write("content/articles/draft.md", article("draft", PARAGRAPHS, Offer="ten-checks", Status="draft"))
    site.build()
    return site


def templates(markup: str) -> dict[str, str]:
    return dict(re.findall(r'<template data-gp-variant="([^"]*)">(.*?)</template>', markup, re.DOTALL))


def parts(site: Site, name: str) -> list[tuple[dict[str, str], dict[str, str], str]]:
    """Each place with a test: its templates, the script's attributes, and what stands behind the script."""
    pieces = re.split(r'<script (src="[^"]*trials[.]js"[^>]*)></script>', site.page(name))
    before, scripts, behind = pieces[::2], pieces[1::2], pieces[2::2]
    attributes = (dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in scripts)
    return list(zip(map(templates, before), attributes, behind, strict=False))


def test_every_variant_stands_escaped_beside_the_card(built: Site):
    moved, here = parts(built, "long.html")
    looks, script, now = here
    assert sorted(looks) == ["late", "proof", "short", "whole"]
    assert "&lt;b&gt;Ten&lt;/b&gt; &amp; one" in looks["proof"]
    assert "It &#34;works&#34;" in looks["proof"]
    assert ">Send me the list</button>" in looks["short"]
    assert 'autocomplete="name"' in looks["whole"]
    assert looks["late"] == ""
    assert "Before you publish: ten checks</a>" in now
    assert 'name="variant" value="" disabled' in now
    known = built.catalogue.offers["ten-checks"].trial
    assert known is not None
    assert (script["data-gp-trial"], script["data-gp-keys"]) == (known.key, "now short proof late whole")
    assert (script["src"], script["data-gp-article"]) == ("./theme/trials.js", "long")
    assert (built.output / "theme/trials.js").is_file()
    # The moved card stands after a third of the words, between two paragraphs, for readers of that variant alone.
    assert list(moved[0]) == ["late"]
    assert 'data-gp-place="inline"' in moved[0]["late"]
    assert built.page("long.html").index("<p>Paragraph 2 has") < built.page("long.html").index('data-gp-variant="late"')
    assert built.page("long.html").index('data-gp-variant="late"') < built.page("long.html").index("<p>Paragraph 3 has")


def test_what_counts_as_seen_is_the_same_event_for_a_card_that_moves(built: Site):
    assert [one[1]["data-gp-seen"] for one in parts(built, "long.html")] == ["mark", ""]
    # A card that a line places moves to the end, and the place it leaves is what is looked at.
    inline, end = parts(built, "inline.html")
    assert (inline[0], inline[1]["data-gp-seen"]) == ({"far": ""}, "mark")
    assert 'data-gp-place="end"' in end[0]["far"]
    assert end[2].split("<!--/gp-->")[0].strip() == ""


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("gated.html", "gate"),
        ("pages/about.html", "page"),
        ("plain.html", "end"),
        ("last.html", "inline"),
        ("both.html", "inline"),
    ],
)
def test_a_card_that_cannot_move_stays_and_is_counted_where_it_is(built: Site, page: str, place: str):
    """At a gate, on a page, in a text without a third, at its end already, or in both places."""
    (looks, script, now), *_ = parts(built, page)
    assert script["data-gp-seen"] == "card"
    assert f'data-gp-place="{place}"' in now
    assert "late" not in looks
    assert "far" not in looks


def test_the_landing_page_shows_the_same_variants_in_title_and_form(built: Site):
    head, form = parts(built, "offers/ten-checks.html")
    assert sorted(head[0]) == ["proof"]
    assert "&lt;b&gt;Ten&lt;/b&gt; &amp; one</h1>" in head[0]["proof"]
    assert sorted(form[0]) == ["short", "whole"]
    assert [head[1]["data-gp-seen"], form[1]["data-gp-seen"]] == ["", "card"]
    assert form[1]["src"] == "../theme/trials.js"


@pytest.mark.parametrize(
    "page", ["long.html", "inline.html", "gated.html", "pages/about.html", "offers/ten-checks.html"]
)
def test_pages_stay_good_html_without_an_id_twice_and_without_a_script_inside(built: Site, page: str):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(built.page(page))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert not [one for one in tree.iter("script") if not one.get("src") or (one.text or "").strip()]


def test_feeds_summaries_drafts_and_articles_without_a_test_know_nothing_of_it(built: Site):
    feed = built.page("all.xml")
    assert "data-gp-variant" not in feed
    assert "Send me the list" not in feed
    assert "Send me the list" not in built.page("index.html")
    assert "trials.js" not in built.page("drafts/draft.html")
    assert "data-gp-offer" in built.page("drafts/draft.html")
    assert "trials.js" not in built.page("offers/follow-us.html")


def test_where_browsers_keep_nothing_there_is_no_test(site: Site):
    site.configure("GATEPOST_JOURNEY = 'off'\n")
    site.write("content/offers/ten-checks.md", TESTED)
    site.build()
    assert "trials.js" not in site.page("plain.html") + site.page("offers/ten-checks.html")
    assert 'name="variant"' not in site.page("plain.html")


@pytest.mark.parametrize(
    ("lines", "more", "hints"),
    [
        ("early | place: inline", "", ["ten-checks.md:7: hint: the variant 'early' moves no card: in no article does the card stand once, below"]),
        ("near | button: A\n    late | place: end", "", ["ten-checks.md:8: hint: the variant 'late' moves no card"]),
        ("near | button: A", "GATEPOST_JOURNEY = 'off'\n", ["ten-checks.md:7: hint: GATEPOST_JOURNEY is off"]),
        ("near | button: A", "", []),
    ],
)  # fmt: skip
def test_checking_names_variants_that_show_nobody_anything_new(site: Site, lines: str, more: str, hints: list[str]):
    site.configure(more)
    site.write("content/offers/ten-checks.md", CHECKLIST.replace("Consent:", f"Variants: {lines}\nConsent:"))
    found = check_site(str(site.folder / "pelicanconf.py"))
    assert not found.mistakes
    assert [any(start in str(one) for one in found.hints) for start in hints] == [True] * len(found.hints)
    site.write("content/articles/long.md", article("long", PARAGRAPHS, Offer="ten-checks"))
    assert not any("'early'" in str(one) for one in check_site(str(site.folder / "pelicanconf.py")).hints)


BLOCKS = st.sampled_from(["<p>One &amp; two three.</p>", "<h2>A heading</h2>", "<ul><li><p>In a list</p><p>Of two</p></li></ul>", "<hr>", "<!--gp:offer:x-->", "<pre>a\nb</pre>", "<p>Line<br>\nline<img src='a'> line</p>"])  # fmt: skip


@given(st.lists(BLOCKS, max_size=12))
def test_a_card_is_moved_between_two_blocks_after_a_third_of_the_words(blocks: list[str]):
    markup = "\n".join(blocks)
    third = after_third(markup)
    words = [len(re.sub("<[^>]*>", " ", part).split()) for part in (markup, markup[:third])]
    if third is not None:
        assert markup[:third].rstrip().endswith(("</p>", "<!--gp:offer:x-->"))
        assert markup[third:].startswith(("<p>", "<h2>"))
        assert words[1] * 3 >= words[0]
        assert markup[:third].count("<ul>") == markup[:third].count("</ul>")
