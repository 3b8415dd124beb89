"""What templates are told of each article: the owner's numbers for whoever asks, and shown by nobody unasked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st

from gatepost.report import Interval
from gatepost_pelican.placing import Placing
from gatepost_pelican.report import popular
from gatepost_pelican.report.conversion import Conversion
from tests.conftest import ROOT
from tests.plugin.reporting import fill
from tests.plugin.sites import Site, article, everything_in
from tests.theme.conftest import serve

TELLS = """{% set known = article.conversion %}
{% if known and known.rate %}{{ known.reads }} reads by {{ known.readers }}, {{ known.helped }} helped, {{ known.signed_up }} asked here,
{{ "%.4f"|format(known.rate.mean) }} {{ known.verdict }}, credit {{ "%.2f"|format(known.credit) }}
{% elif known %}nobody counted{% else %}nothing known{% endif %}"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    for name in [name for name in os.environ if name.startswith("GATEPOST_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(site.folder)


@pytest.fixture
def telling(site: Site) -> Site:
    """A site whose own template of an article asks for figures."""
    site.configure('THEME_TEMPLATES_OVERRIDES = ["templates"]\n')
    site.write("templates/article.html", TELLS)
    return site


def test_a_theme_that_asks_is_told_what_is_known(telling: Site) -> None:
    fill(telling, {"plain": (6043, 61), "gated": (3001, 9)})
    telling.build()
    shown = telling.page("plain.html")
    assert "6060 reads by 6043, 61 helped, 61 asked here," in shown
    assert "credit 61.00" in shown
    assert telling.page("inline.html").strip() == "nobody counted"
    assert re.search(r"0\.00\d\d (above|too early|below)", telling.page("gated.html"))


def test_where_nothing_is_known_there_is_nothing(telling: Site) -> None:
    telling.build()
    assert telling.page("plain.html").strip() == "nothing known"


def test_a_theme_that_does_not_ask_writes_the_same_site_with_figures_and_without(site: Site) -> None:
    site.build()
    without = everything_in(site.output)
    fill(site, {"plain": (6043, 61), "gated": (3001, 9), "inline": (900, 12)})
    site.build()
    assert everything_in(site.output) == without
    assert "6043" in (site.folder / "report" / "index.html").read_text().replace(",", "")


def test_a_draft_and_a_page_do_no_harm(telling: Site) -> None:
    telling.write("content/articles/later.md", article("later", "Soon.", Status="draft"))
    fill(telling, {"plain": (300, 6)})
    telling.build()
    assert "nothing known" in telling.page("drafts/later.html")


def test_a_conversion_cannot_be_changed_by_a_template() -> None:
    with pytest.raises(AttributeError):
        Conversion().reads = 7  # type: ignore[misc]


# Popular

POPULAR = f"THEME = {str(ROOT / 'theme')!r}\nSITESUBTITLE = ''\nDEFAULT_PAGINATION = 10\n"
HEADING = "Also read by people who asked for more"


@pytest.fixture
def busy(site: Site) -> Site:
    """Articles of one subject that do well, badly, or too little to tell."""
    for slug in ("best", "good", "fair", "fine", "poor", "new"):
        site.write(f"content/articles/{slug}.md", article(slug, f"Words of {slug}."))
    site.write("content/articles/other.md", article("other", "Of another subject.", Category="Money", Tags="tables"))
    site.write("content/articles/german.md", article("german", "Auf Deutsch.", Lang="de"))
    site.write("content/articles/later.md", article("later", "Soon.", Status="draft"))
    fill(
        site,
        {
            "best": (1000, 90), "good": (1000, 60), "fair": (1000, 45), "fine": (1000, 44), "poor": (2000, 4),
            "new": (20, 1), "other": (500, 20), "german": (900, 40), "later": (900, 40), "plain": (1000, 40),
        },
    )  # fmt: skip
    return site


def titles(page: str) -> list[str]:
    """The titles of the list, in order."""
    if HEADING not in page:
        return []
    part = page.split(HEADING, 1)[1].split("</ul>", 1)[0]
    return [line.rsplit(">", 1)[1] for line in part.split("</a>")[:-1]]


def test_the_list_is_not_there_until_the_owner_wants_it(busy: Site) -> None:
    busy.configure(POPULAR)
    busy.build()
    assert HEADING not in "".join(path.read_text() for path in busy.output.rglob("*.html"))


def test_the_list_has_the_best_of_the_subject_in_order_and_no_number(busy: Site) -> None:
    busy.configure(POPULAR + "GATEPOST_POPULAR = True\n")
    busy.build()
    page = busy.page("plain.html")
    assert titles(page) == ["About best", "About good", "About fair", "About fine"]
    part = page.split(HEADING, 1)[1].split("</section>", 1)[0]
    assert not any(sign.isdigit() for sign in part.replace("h2", ""))
    assert titles(busy.page("best.html"))[:2] == ["About good", "About fair"]


def test_an_article_that_shares_a_tag_is_of_the_subject(busy: Site) -> None:
    busy.write("content/articles/tagged.md", article("tagged", "Words.", Category="Costs", Tags="Tables, sums"))
    busy.configure(POPULAR + "GATEPOST_POPULAR = 2\n")
    busy.build()
    assert titles(busy.page("tagged.html")) == ["About other"]
    assert titles(busy.page("plain.html")) == ["About best", "About good"]


def test_what_the_list_names_is_not_named_again_below_it(busy: Site) -> None:
    busy.configure(POPULAR + "GATEPOST_POPULAR = True\n")
    busy.build()
    below = busy.page("plain.html").split("Read next", 1)[1]
    assert "About best" not in below
    assert "About poor" in below or "About new" in below or "About inline" in below


def test_a_theme_of_others_is_given_the_list(busy: Site) -> None:
    busy.configure('THEME_TEMPLATES_OVERRIDES = ["templates"]\nGATEPOST_POPULAR = 1\n')
    busy.write("templates/article.html", "{{ article.popular|map(attribute='url')|join(' ') }}")
    busy.build()
    assert busy.page("plain.html") == "best.html"


def test_before_the_fifth_lead_nothing_is_ranked(site: Site) -> None:
    fill(site, {"gated": (60, 4), "plain": (60, 0)})
    site.configure(POPULAR + "GATEPOST_POPULAR = True\n")
    site.build()
    assert HEADING not in site.page("plain.html")


@pytest.mark.parametrize("value", ["'yes'", "-1", "21", "2.5", "[4]"])
def test_a_setting_that_is_neither_yes_no_nor_a_number_is_a_mistake(site: Site, value: str) -> None:
    site.configure(f"GATEPOST_POPULAR = {value}\n")
    refused = site.run("content", "-s", "pelicanconf.py", "--fatal", "errors")
    assert refused.returncode
    assert "pelicanconf.py:10: GATEPOST_POPULAR is" in refused.stderr
    assert "True, False, or how many titles" in refused.stderr


@pytest.fixture
def looked_at(busy: Site) -> Iterator[str]:
    busy.configure(POPULAR.replace("SITEURL", "") + "SITEURL = ''\nGATEPOST_POPULAR = True\n")
    busy.build()
    for stage in serve(busy.output):
        yield f"{stage.url}/plain.html"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_fits_every_screen_and_a_screen_reader(chromium: Any, looked_at: str, scheme: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(looked_at)
    part = page.get_by_role("region", name=HEADING)
    assert part.get_by_role("link").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert min(link.bounding_box()["height"] for link in part.get_by_role("link").all()) >= 24
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    context.close()


# The law of the choice, held against a slow and simple one

SUBJECTS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)
KNOWN = st.builds(
    Conversion,
    readers=st.integers(0, 300),
    helped=st.integers(0, 9),
    rate=st.none() | st.builds(lambda mean: Interval(mean, 0.0, 1.0), st.sampled_from([0.01, 0.02, 0.03, 0.5])),
    verdict=st.sampled_from(["above", "below", "too early"]),
)
ARTICLES = st.lists(
    st.tuples(SUBJECTS, st.sampled_from(["en", "de"]), st.sampled_from(["published", "draft", "hidden"]), KNOWN),
    max_size=12,
)


def placed(number: int, tags: Sequence[str], lang: str, status: str) -> Placing:
    """An article as the choice looks at it."""
    content = SimpleNamespace(title="", category="", tags=list(tags), lang=lang, status=status)
    return Placing(content, f"article-{number:02}", is_article=True)


@given(ARTICLES, st.integers(1, 5))
def test_the_choice_is_the_best_few_of_those_that_may_be_shown(articles: list[Any], most: int) -> None:
    placings = [placed(number, *facts[:3]) for number, facts in enumerate(articles)]
    known = {placing.key: facts[3] for placing, facts in zip(placings, articles, strict=True)}
    chosen = {placing.key: others for placing, others in popular.choose(placings, known, most)}
    for placing, (tags, lang, _, _) in zip(placings, articles, strict=True):
        others = [
            (-facts.rate.mean, other.key)
            for other, (named, spoken, status, facts) in zip(placings, articles, strict=True)
            if other is not placing and set(named) & set(tags) and spoken == lang and status == "published"
            and facts.rate and facts.verdict != "below" and facts.readers >= 50 and facts.readers >= facts.helped >= 2
        ]  # fmt: skip
        by_content = {id(one.content): one.key for one in placings}
        assert [by_content[id(content)] for content in chosen[placing.key]] == [key for _, key in sorted(others)[:most]]
