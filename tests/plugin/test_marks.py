"""What is a gate, what is an example of one, and what was meant to be one."""

from __future__ import annotations

import pytest

from gatepost_pelican.mistakes import SiteMistaken
from tests.plugin.sites import Site, article

EXAMPLES = {
    "backticks": "```text\n<!-- gate -->\n```",
    "tildes": "~~~\n<!-- gate -->\n\n[[offer:nowhere]]\n~~~",
    "indented": "An example:\n\n    <!-- gate -->\n\n    [[offer:nowhere]]",
    "inline": "Write `<!-- gate -->` there, and `[[offer:nowhere]]` here.",
}


def test_a_marker_in_an_example_is_not_a_gate(site: Site):
    for name, example in EXAMPLES.items():
        site.write(f"content/articles/{name}.md", article(name, f"Before.\n\n{example}\n\nAFTER THE EXAMPLE."))
    site.build()
    for name in EXAMPLES:
        text = site.page(f"{name}.html")
        assert "AFTER THE EXAMPLE" in text, name
        assert "gate --" in text, name
        assert "data-gp-place" not in text, name


def test_the_gate_after_an_example_of_one_holds(site: Site):
    body = f"Before.\n\n{EXAMPLES['backticks']}\n\nBETWEEN.\n\n<!-- gate -->\n\n```text\n<!-- gate -->\n```\n\nBEHIND."
    site.write("content/articles/both.md", article("both", body, Offer="the-plan"))
    site.build()
    text = site.page("both.html")
    assert "BETWEEN" in text
    assert "BEHIND" not in text


@pytest.mark.parametrize("mark", ["<!--gate-->", "<!-- GATE -->", "   <!--   gate   -->  ", "<!-- Gate -->"])
def test_small_differences_in_writing_the_gate_do_not_open_it(site: Site, mark: str):
    site.write("content/articles/written.md", article("written", f"Open.\n{mark}\nBEHIND.", Offer="the-plan"))
    site.build()
    text = site.page("written.html")
    assert "BEHIND" not in text
    assert 'data-gp-place="gate"' in text


@pytest.mark.parametrize(
    "body",
    [
        "- a point\n\n    <!-- gate -->\n\n    BEHIND",
        "> <!-- gate -->\n\nBEHIND",
        "Words <!-- gate --> BEHIND",
        "Open.\n\n<!-- gate here -->\n\nBEHIND",
        "Open.\n\n<div>\n    <!-- gate -->\nBEHIND</div>",
    ],
)
def test_a_gate_that_would_hold_nothing_back_fails_the_build(site: Site, body: str):
    site.write("content/articles/meant.md", article("meant", body, Offer="the-plan"))
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    (mistake,) = mistaken.value.mistakes
    assert "hold nothing back" in mistake.problem
    assert mistake.line >= 7


def test_a_gate_in_another_language_needs_an_offer_as_in_markdown(site: Site):
    page = '<html><head><title>Odd</title><meta name="date" content="2026-05-01"></head><body>Open <!-- gate --> BEHIND</body></html>'
    site.write("content/articles/odd.html", page)
    with pytest.raises(SiteMistaken, match=r"odd\.html:1: the article has a gate, but names no offer"):
        site.build()


def test_an_offer_named_in_the_middle_of_a_line_fails_the_build(site: Site):
    site.write("content/articles/middle.md", article("middle", "[[offer:the-plan]] is what you need."))
    with pytest.raises(SiteMistaken, match=r"middle\.md:6: this offer would be shown as plain text"):
        site.build()


def test_a_footnote_behind_the_gate_that_the_open_part_uses_fails_the_build(site: Site):
    body = "Open[^one].\n\n<!-- gate -->\n\nHeld.\n\n[^one]: A note."
    site.write("content/articles/noted.md", article("noted", body, Offer="the-plan"))
    with pytest.raises(SiteMistaken, match=r"noted\.md:13: \[\^one\] is used before the gate"):
        site.build()


@pytest.mark.parametrize("layer", ["generator", "reader"])
def test_pelicans_content_cache_gives_the_same_pages(site: Site, layer: str):
    site.configure(
        f"CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nCONTENT_CACHING_LAYER = {layer!r}\nCACHE_PATH = 'cache'\n"
    )
    site.build()
    first = {name: site.page(name) for name in ("plain.html", "gated.html", "inline.html", "pages/about.html")}
    assert list((site.folder / "cache").iterdir())
    site.build()
    assert first == {name: site.page(name) for name in first}
