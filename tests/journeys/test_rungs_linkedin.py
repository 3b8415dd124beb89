"""The lowest rung with one's own eyes: a call under an article and on its landing page, its button, and the report."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.journeys.conftest import Site
from tests.journeys.test_whole_chain import reader_context

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]

ARTICLE = "linkedin-for-a-small-firm"
COMPANY = "https://www.linkedin.com/company/gatepost-example"


def counted(site: Site) -> dict[str, int]:
    """What the report says: of the offer, of the article, and of the steps of the whole site."""
    report = json.loads(site.gatepost("report", "--format", "json"))
    (offer,) = [row for row in report["ladder"]["offers"] if row["slug"] == "linkedin"]
    rungs = {rung["rung"]: rung["count"] for rung in report["ladder"]["articles"].get(ARTICLE, [])}
    steps = {step["rung"]: step["count"] for step in report["funnel"]}
    return {
        "offer-seen": offer["seen"],
        "offer-clicks": offer["clicks"],
        "article-clicks": rungs.get("linkedin", 0),
        "steps-seen": steps["linkedin-seen"],
        "steps-clicks": steps["linkedin-click"],
    }


def wait_until(site: Site, wanted: dict[str, int]) -> None:
    """Beacons are counted shortly after they came."""
    for _ in range(20):
        if (found := counted(site)) == wanted:
            return
        time.sleep(0.5)
    raise AssertionError(f"{found}, and not {wanted}")


def see_and_click(page: Any, url: str, place: str) -> None:
    """Have the call on the screen until it was told so, and press its button; LinkedIn itself is never asked."""
    from playwright.sync_api import expect

    page.route("https://www.linkedin.com/**", lambda route: route.fulfill(body="LinkedIn's own page"))
    page.goto(url)
    page.bring_to_front()
    button = page.locator(f"{place}[data-gp-place=linkedin]").get_by_role("link", name="Follow on LinkedIn")
    # A plain address, so that LinkedIn's app can take it over.
    expect(button).to_have_attribute("href", COMPANY)
    expect(button).to_have_attribute("rel", "noopener")
    with page.expect_request(lambda request: "linkedin-seen" in (request.post_data or ""), timeout=20_000):
        button.scroll_into_view_if_needed()
    button.click()
    page.wait_for_url(COMPANY)


def test_a_call_counts_as_seen_and_clicked_under_the_article_and_on_its_landing_page(site, chromium):
    before = counted(site)
    context = reader_context(chromium, "phone", script=True)
    see_and_click(context.new_page(), f"{site.url}/{ARTICLE}.html", ".gp-card")
    wait_until(site, {name: number + 1 for name, number in before.items()})

    see_and_click(context.new_page(), f"{site.url}/offers/linkedin.html", ".landing-form")
    context.close()
    wait_until(site, {name: number + (1 if name == "article-clicks" else 2) for name, number in before.items()})
