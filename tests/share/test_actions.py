"""A LinkedIn offer connects, follows or shares; its lines are checked, and its button says which."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from gatepost.offers import KINDS, Draft, check
from tests.plugin.sites import Site, small_site

IN = "https://www.linkedin.com/in/ada-example"
SHARED = "Title: Share this\nSlug: share-this\nKind: linkedin\nAction: share\n\nTell others.\n"


def draft(link: str = "", action: str = "") -> Draft:
    fields = {"action": (action,)} if action else {}
    return Draft("linkedin", title="Us", link=link, fields=fields)


@pytest.mark.parametrize(
    ("link", "action", "expected"),
    [
        (IN, "", "connect"),
        ("https://de.linkedin.com/in/ada/", "", "connect"),
        ("https://www.linkedin.com/company/example", "", "follow"),
        ("https://www.linkedin.com/school/example?x=1", "", "follow"),
        ("https://linkedin.com/showcase/example", "", "follow"),
        ("https://www.linkedin.com/newsletters/example-12345/", "", "follow"),
        (IN, "Follow", "follow"),
        ("", "share", "share"),
    ],
)
def test_the_action_is_what_is_written_or_what_the_address_is_for(link: str, action: str, expected: str):
    assert list(check(draft(link, action))) == []
    assert KINDS["linkedin"].terms(draft(link, action)).action == expected
    assert KINDS["linkedin"].buttons[expected] == f"{expected.title()} on LinkedIn"


@pytest.mark.parametrize(
    ("link", "action", "field", "cure"),
    [
        ("", "", "Link", "/in/your-name"),
        ("https://www.linkedin.com/", "", "Link", "/in/your-name"),
        ("https://www.linkedin.com/in/", "", "Link", "/in/your-name"),
        ("http://www.linkedin.com/in/ada", "", "Link", "/in/your-name"),
        ("https://linkedin.com.example.org/in/ada", "", "Link", "/in/your-name"),
        ("javascript:alert(1)//linkedin.com/in/a", "", "Link", "/in/your-name"),
        (IN, "like", "Action", "connect, follow, share"),
        (IN, "share", "Link", "Take the line out"),
    ],
)
def test_a_wrong_line_is_named_with_its_cure(link: str, action: str, field: str, cure: str):
    (mistake,) = check(draft(link, action))
    assert mistake.field == field
    assert cure in mistake.cure


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("actions"))
    site.write("content/offers/share-this.md", SHARED)
    path = site.folder / "content/articles/plain.md"
    path.write_text(path.read_text().replace("Offer: ten-checks", "Offer: none\nCta: share-this, linkedin"))
    site.build()
    return site


def calls(page: str) -> list[tuple[str, str]]:
    """Where the buttons of LinkedIn calls lead, and what they say."""
    found = re.findall(r'<a class="gp-button" data-gp-click href="([^"]+)" rel="noopener">([^<]+)</a>', page)
    return [(html.unescape(address), said) for address, said in found]


def test_a_shared_page_is_the_one_that_the_call_stands_on(built: Site):
    (address, said), _ = calls(built.page("plain.html"))
    assert said == "Share on LinkedIn"
    assert address.startswith("https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fblog.example.org%2F")
    (shared,) = parse_qs(urlsplit(address).query)["url"]
    assert shared.partition("?")[0] == "https://blog.example.org/plain.html"
    assert parse_qs(urlsplit(shared).query)["utm_campaign"] == ["plain"]
    ((own, _),) = calls(built.page("offers/share-this.html"))
    assert "blog.example.org%2Foffers%2Fshare-this.html%3Futm_source%3Dlinkedin" in own


def test_a_call_may_be_named_by_its_slug_or_by_its_kind(built: Site):
    page = built.page("plain.html")
    assert [said for _, said in calls(page)] == ["Share on LinkedIn", "Follow on LinkedIn"]
    assert [said for _, said in calls(built.page("inline.html"))] == ["Follow on LinkedIn"]


def test_only_the_button_of_a_call_is_a_link_so_that_only_it_counts_as_a_click(built: Site):
    asides = re.findall(r"<div [^>]*gp-linkedin.*?</div>", built.page("plain.html"), re.DOTALL)
    assert [aside.count("<a ") for aside in asides] == [1, 1]


def test_the_catalogue_keeps_the_action(built: Site):
    actions = {slug: offer.terms.action for slug, offer in built.catalogue.offers.items() if offer.kind == "linkedin"}
    assert actions == {"share-this": "share", "follow-us": "follow"}
