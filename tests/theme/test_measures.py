"""The measures of our pages, as a browser computes them: type, rhythm, rows, forms, both directions, paper."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
EVERY = (
    "index.html",
    "part-one.html",
    "field.html",
    "arabic-ar.html",
    "offers/ten-checks.html",
    "archives.html",
    "tags.html",
)


def style(page, selector: str, *names: str) -> list[str]:
    """Computed values of the first element that matches."""
    return page.locator(selector).first.evaluate(
        "(one, names) => names.map((name) => getComputedStyle(one)[name])", list(names)
    )


def height_between(page, upper: str, lower: str) -> float:
    boxes = [page.locator(selector).first.bounding_box() for selector in (upper, lower)]
    return boxes[1]["y"] - boxes[0]["y"] - boxes[0]["height"]


@pytest.fixture
def desk(reader, whole):
    return reader("part-one.html", site=whole, viewport=DESK)


@pytest.fixture
def phone(reader, whole):
    return reader("part-one.html", site=whole, viewport=PHONE)


def test_the_text_is_set_in_sizes_for_reading(desk, phone):
    assert style(desk, ".prose > p + p", "fontSize", "lineHeight") == ["18px", "28.0008px"]
    assert style(phone, ".prose > p + p", "fontSize", "lineHeight") == ["17px", "27.2px"]


def test_titles_are_large_and_tight(desk, phone):
    assert style(desk, "h1", "fontSize", "lineHeight", "fontWeight", "letterSpacing") == [
        "46px",
        "50.6px",
        "700",
        "-1.012px",
    ]
    assert 32 <= float(style(phone, "h1", "fontSize")[0][:-2]) <= 36
    assert style(desk, ".prose h2", "fontSize") == ["27px"]
    assert style(desk, ".prose h3", "fontSize") == ["22px"]
    assert 17 <= float(style(desk, ".standfirst", "fontSize")[0][:-2]) <= 19


def test_the_rhythm_is_twenty_eight_fifty_six_and_twelve(desk):
    assert height_between(desk, ".prose > p:nth-child(2)", ".prose > p:nth-child(3)") == pytest.approx(28, abs=0.6)
    assert height_between(desk, ".prose > p:has(+ h2)", ".prose > h2") == pytest.approx(56, abs=0.6)
    assert height_between(desk, ".prose > h2", ".prose > h2 + p") == pytest.approx(12, abs=0.6)


def test_a_head_says_its_subject_its_title_its_summary_and_then_who_and_when(phone):
    parts = [".post-head .kicker", "h1", ".standfirst", ".author", ".post-meta time", ".prose"]
    tops = [phone.locator(part).first.bounding_box()["y"] for part in parts]
    assert tops[:3] == sorted(tops[:3])
    assert max(tops[3:5]) < tops[5]
    assert min(tops[3:5]) > tops[2]
    assert phone.locator(".author img").bounding_box()["width"] == 40


def test_rows_have_a_picture_a_title_an_excerpt_and_hairlines(reader, whole):
    page = reader("index.html", site=whole, viewport=DESK)
    for picture in page.locator(".row .motif").all():
        box = picture.bounding_box()
        assert (box["width"], box["height"]) == (220, 136)
    assert style(page, ".row h2", "fontSize", "lineHeight") == ["20px", "26px"]
    assert style(page, ".row-text p", "fontSize") == ["14.5px"]
    assert style(page, ".row-meta", "fontSize") == ["12.5px"]
    assert style(page, ".row", "borderTopWidth", "borderTopStyle") == ["1px", "solid"]
    page.set_viewport_size(PHONE)
    row = page.locator(".row:has(img)").bounding_box()
    assert page.locator(".row img").first.bounding_box()["width"] == row["width"]


@pytest.mark.parametrize("path", ["part-one.html", "index.html"])
def test_a_form_is_a_pill_with_its_button_inside(reader, whole, path):
    page = reader(path, site=whole, viewport=DESK)
    form, field, button = (page.locator(part) for part in (".gp-form", ".gp-field > input", ".gp-send button"))
    pill, inside = field.bounding_box(), button.bounding_box()
    assert (pill["height"], inside["height"]) == (56, 44)
    assert form.bounding_box()["width"] <= 560
    assert inside["y"] - pill["y"] == pytest.approx(6, abs=0.5)
    assert inside["x"] >= pill["x"] + pill["width"]
    assert page.get_by_text("Your e-mail address").is_visible()
    # The keyboard comes past the permission before the button.
    field.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"


def test_a_form_below_a_list_is_answered_in_place(reader, whole):
    page = reader("index.html", site=whole, viewport=PHONE)
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail: a letter is on its way to ada@example.org").wait_for()
    assert whole.signups[-1]["page"] == "/"
    assert whole.signups[-1]["article"] == ""


def test_wide_pictures_break_out_of_the_column(reader, whole):
    page = reader("field.html", site=whole, viewport=DESK)
    for picture in (".cover img", ".prose img.wide"):
        box = page.locator(picture).bounding_box()
        assert (box["x"], box["width"]) == (80, 1120)
    assert page.locator(".cover img").get_attribute("width") == "1120"
    assert page.locator(".cover img").get_attribute("alt") == "A green field"
    assert page.locator(".post-meta").bounding_box()["y"] < page.locator(".cover").bounding_box()["y"]


def test_no_page_is_wider_than_its_screen(reader, whole):
    page = reader(EVERY[0], site=whole, viewport=DESK)
    for path in EVERY:
        page.goto(f"{whole.url}/{path}")
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader, whole, scheme):
    """Code, notes, series and a form below a list are in it; so are the colours of each."""
    page = reader(EVERY[0], site=whole, color_scheme=scheme)
    for path in EVERY[:4]:
        page.goto(f"{whole.url}/{path}")
        result = Axe().run(page)
        assert result.violations_count == 0, f"{path}: {result.generate_report()}"


def test_a_page_from_right_to_left_is_the_mirror_of_one_from_left_to_right(reader, whole):
    page = reader("arabic-ar.html", site=whole, viewport=DESK)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    boxes = {
        part: page.locator(part).first.bounding_box() for part in (".brand", "nav ul", ".prose", ".post-meta", "pre")
    }
    assert boxes[".brand"]["x"] > boxes["nav ul"]["x"]
    assert boxes[".post-meta"]["x"] > boxes[".prose"]["x"] + boxes[".prose"]["width"]
    assert style(page, "pre", "direction", "textAlign") == ["ltr", "left"]
    assert style(page, ".prose p", "direction") == ["rtl"]


def test_whoever_moves_with_the_keyboard_sees_where_they_are(desk):
    desk.locator(".gp-field > input").focus()
    assert "3px" in desk.evaluate("getComputedStyle(document.querySelector('.gp-form'), '::before').outline")
    for target in (".prose a", ".series a", ".gp-send button"):
        desk.locator(target).first.focus()
        desk.keyboard.press("Shift+Tab")
        desk.keyboard.press("Tab")
        assert style(desk, target, "outlineStyle", "outlineWidth") == ["solid", "3px"], target


def test_nothing_moves_for_whoever_wants_no_motion(desk):
    assert style(desk, "html", "scrollBehavior") == ["smooth"]
    desk.emulate_media(reduced_motion="reduce")
    assert style(desk, "html", "scrollBehavior") == ["auto"]


def test_with_forced_colours_cards_and_pills_keep_their_edges(desk):
    desk.emulate_media(forced_colors="active")
    assert style(desk, ".gp-card", "borderLeftStyle", "borderLeftWidth") == ["solid", "2px"]
    assert "1px solid" in desk.evaluate("getComputedStyle(document.querySelector('.gp-form'), '::before').border")


def test_on_paper_stands_the_text_and_nothing_to_press(desk):
    desk.emulate_media(media="print")
    for part in (".masthead nav", ".gp-form", ".related", ".beside", ".colophon nav"):
        assert not desk.locator(part).first.is_visible(), part
    assert desk.locator(".prose").is_visible()
    assert style(desk, "body", "backgroundColor", "color") == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_one_colour_leads_tags_links_and_buttons(desk):
    colours = {tuple(style(desk, part, "color")) for part in (".kicker", ".tags a", ".series a", ".gp-kind")}
    assert colours == {("rgb(28, 96, 72)",)}
    assert style(desk, ".gp-send button", "backgroundColor") == ["rgb(28, 96, 72)"]
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", style(desk, ".gp-card", "borderTopColor")[0])
