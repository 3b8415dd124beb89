"""What a built site shows of webinars: the date, never the link, and no form for one that was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.plugin.sites import article, everything_in

ROOM = "meet.example.org/room-for-those-with-a-seat"
WEBINAR = """Title: {slug}
Slug: {slug}
Kind: webinar
Starts: {starts}
Minutes: 45
Zone: Europe/Berlin
Link: https://{room}
Seats: 12
Consent: letters

Questions, and answers.
"""


def test_the_link_stands_nowhere_and_a_webinar_that_was_has_a_date_in_place_of_a_form(site):
    coming = datetime.now(UTC) + timedelta(days=400)
    for slug, starts in (("coming", f"{coming:%Y-%m-%d} 12:00"), ("gone", "2020-07-01 18:00")):
        site.write(f"content/offers/{slug}.md", WEBINAR.format(slug=slug, starts=starts, room=ROOM))
        site.write(f"content/articles/on-{slug}.md", article(f"on-{slug}", "Read this.", Offer=slug))
    site.build()
    assert [name for name, data in everything_in(site.output).items() if ROOM.encode() in data] == []
    assert ROOM in (site.data / "catalogue.json").read_text()
    for page in ("offers/coming.html", "on-coming.html"):
        assert "gp-form" in site.page(page)
        assert "Online; the link comes with your seat" in site.page(page)
    for page in ("offers/gone.html", "on-gone.html"):
        assert "gp-form" not in site.page(page)
        assert "This was on Wednesday, 1 July 2020, 18:00" in site.page(page)
