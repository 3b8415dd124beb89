"""One line in PLUGINS, whatever the theme: offers appear, and their forms can be used."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from gatepost import site as own
from gatepost_pelican import script
from tests.plugin.sites import CONSENTS, Site, small_site

THEMES = ("simple", "notmyidea", str(own.theme_dir()))
LANDING = ("offers/ten-checks.html", "offers/the-plan.html", "offers/follow-us.html", "offers/index.html")


@pytest.fixture(scope="module", params=THEMES, ids=("simple", "notmyidea", "own"))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("themed"))
    site.configure(f"THEME = {request.param!r}\nGATEPOST_CAPTURE_URL = 'https://go.example.org'\n")
    done = site.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def tree(site: Site, page: str) -> Element:
    return html5lib.parse(site.page(page), namespaceHTMLElements=False)


def forms(site: Site, page: str) -> list[Element]:
    return list(tree(site, page).iter("form"))


def fields(form: Element) -> Iterator[Element]:
    yield from form.iter("input")


def value(form: Element, name: str) -> str | None:
    return next((field.get("value") for field in fields(form) if field.get("name") == name), None)


@pytest.mark.parametrize(
    ("page", "offer", "article"),
    [
        ("plain.html", "ten-checks", "plain"),
        ("inline.html", "the-plan", "inline"),
        ("gated.html", "the-plan", "gated"),
        ("pages/about.html", "ten-checks", ""),
        ("offers/ten-checks.html", "ten-checks", ""),
    ],
)
def test_each_place_has_one_form_that_a_browser_can_send(built: Site, page: str, offer: str, article: str):
    (form,) = (form for form in forms(built, page) if value(form, "offer"))
    assert (form.get("method"), form.get("action")) == ("post", "https://go.example.org/signup")
    assert value(form, "offer") == offer
    assert value(form, "article") == article
    assert value(form, "page") == f"/{page}"
    assert value(form, "journey") == ""
    assert next(form.iter("button")).get("type") == "submit"


def test_the_address_has_a_label_of_its_own_on_every_page(built: Site):
    for page in ("plain.html", "inline.html", "gated.html", "offers/the-plan.html"):
        root = tree(built, page)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"an id stands twice on {page}"
        for form in forms(built, page):
            emails = [field for field in fields(form) if field.get("type") == "email"]
            for email in emails:
                (label,) = (label for label in form.iter("label") if label.get("for") == email.get("id"))
                assert "".join(label.itertext()).strip() == "Your e-mail address"


def test_no_box_is_ticked_for_the_reader_and_the_wording_is_the_one_in_the_catalogue(built: Site):
    (form,) = forms(built, "plain.html")
    (box,) = (field for field in fields(form) if field.get("type") == "checkbox")
    assert box.get("checked") is None
    assert box.get("value") == "letters"
    assert CONSENTS["letters"]["wording"] in "".join(form.itertext())
    wording = built.catalogue.wordings[value(form, "wording") or ""]
    assert wording.text == CONSENTS["letters"]["wording"]


def test_the_trap_for_robots_cannot_be_reached_by_people(built: Site):
    (form,) = forms(built, "plain.html")
    (trap,) = (p for p in form.iter("p") if p.get("class") == "gp-trap")
    assert trap.get("hidden") is not None
    (field,) = trap.iter("input")
    assert (field.get("name"), field.get("tabindex"), field.get("autocomplete")) == ("website", "-1", "off")


def test_a_linkedin_call_is_a_link_and_no_form(built: Site):
    asides = [a for a in tree(built, "inline.html").iter("div") if a.get("data-gp-place") == "linkedin"]
    (card,) = asides
    (link,) = (a for a in card.iter("a") if a.get("data-gp-click") is not None)
    assert link.get("href") == "https://www.linkedin.com/company/example"
    assert not list(card.iter("form"))


@pytest.mark.parametrize("page", LANDING)
def test_every_offer_has_a_page_and_the_list_names_it(built: Site, page: str):
    text = built.page(page)
    assert "</html>" in text
    assert "</title>" in text
    if page != LANDING[-1]:
        assert f"https://blog.example.org/{page}" in built.page(LANDING[-1])


def test_the_script_is_asked_for_once_and_is_there(built: Site):
    for page in ("plain.html", "index.html", "offers/ten-checks.html"):
        scripts = [s for s in tree(built, page).iter("script") if "gatepost.js" in (s.get("src") or "")]
        (one,) = scripts
        assert one.get("src") == "https://blog.example.org/theme/gatepost.js"
        assert one.get("data-gp-capture") == "https://go.example.org"
        assert one.get("data-gp-article") == ("plain" if page == "plain.html" else "")
    assert (built.output / "theme/gatepost.js").read_text() == script.without_notes(own.script().read_text())


def test_the_card_stands_after_the_words_of_its_article(built: Site):
    text = built.page("plain.html")
    assert text.index("Words of the plain article") < text.index('data-gp-place="end"')
    text = built.page("inline.html")
    assert text.rindex("Before it.") < text.index('data-gp-place="inline"') < text.rindex("After it.")


def test_where_the_gate_was_the_reader_is_told_what_comes_by_mail(built: Site):
    text = built.page("gated.html")
    assert text.index("More open words") < text.index('data-gp-place="gate"')
    assert "the whole article as a PDF" in text
    assert 'data-gp-place="end"' not in text


def test_a_theme_may_bring_its_own_card(tmp_path_factory: pytest.TempPathFactory):
    site = small_site(tmp_path_factory.mktemp("own-card"))
    site.write("mine/gatepost/card.html", "<p>OUR OWN CARD for {{ offer.title|e }}</p>")
    site.configure(f"THEME_TEMPLATES_OVERRIDES = [{str(site.folder / 'mine')!r}]\n")
    site.build()
    assert "OUR OWN CARD for Before you publish: ten checks" in site.page("plain.html")


def test_with_relative_addresses_every_page_finds_the_landing_pages(site: Site):
    site.build(RELATIVE_URLS=True)
    assert 'href="./offers/ten-checks.html"' in site.page("plain.html")
    assert 'href="../offers/ten-checks.html"' in site.page("pages/about.html")
    assert 'src="../theme/gatepost.js"' in site.page("offers/ten-checks.html")
