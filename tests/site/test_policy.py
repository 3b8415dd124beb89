"""Every page says what it may load, keeps to it, and loads nothing from anywhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from gatepost_pelican import policy
from tests.site.conftest import PHONE, Demo

# Pages of the capture service that can be opened without a token, and one that cannot be there.
SERVICE = ("/thanks", "/thanks/article-checklist", "/confirm/x", "/owner/", "/mailbox")
NOTED = """window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


def directives(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (one.split() for one in text.split(";"))}


@pytest.mark.browser
@pytest.mark.long
def test_no_page_of_the_demo_breaks_its_policy_or_asks_elsewhere(chromium: Any, demo: Demo) -> None:
    context = chromium.new_context(**PHONE)
    context.add_init_script(NOTED)
    page, asked, said = context.new_page(), set(), []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: said.append((page.url, message.text)) if message.type == "error" else None)
    for path in (*demo.pages(), *SERVICE):
        page.goto(demo.url + path)
        assert page.evaluate("refused") == [], path
    assert asked == {urlsplit(demo.url).netloc}
    # The one link that is wrong on purpose, and the door that asks who one is.
    assert [one for one in said if "/confirm/x" not in one[0] and "/owner/" not in one[0]] == []
    context.close()


def test_every_page_carries_a_policy_without_anything_unsafe(demo: Demo) -> None:
    for path in demo.pages():
        text = (demo.output / path[1:]).read_text(encoding="utf-8")
        found = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0].replace("&#39;", "'")
        assert "unsafe-inline" not in found
        assert "unsafe-eval'" not in found.replace("wasm-unsafe-eval", ""), path
        assert ("wasm-unsafe-eval" in found) == (path == "/search.html"), path
        assert directives(found)["default-src"] == ["'none'"]


def test_the_service_sends_a_policy_without_anything_unsafe(demo: Demo) -> None:
    import urllib.error
    import urllib.request

    for path in SERVICE:
        try:
            answer = urllib.request.urlopen(demo.url + path)
        except urllib.error.HTTPError as refused:
            answer = refused
        found = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in found, path
        assert directives(found)["default-src"] == ["'none'"]
        assert directives(found)["frame-ancestors"] == ["'none'"]


def test_site_and_service_elsewhere_are_the_only_other_places() -> None:
    given = policy.given({"SITEURL": "https://blog.example.org/notes"}, "https://go.example.org/x")
    found = directives(given["policy"])
    assert found["script-src"] == ["'self'", "https://blog.example.org"]
    assert (
        found["connect-src"] == found["form-action"] == ["'self'", "https://blog.example.org", "https://go.example.org"]
    )
    assert directives(given["search_policy"])["script-src"][-1] == "'wasm-unsafe-eval'"
    relative = policy.given({"SITEURL": "https://blog.example.org", "RELATIVE_URLS": True}, "")
    assert directives(relative["policy"])["script-src"] == ["'self'"]


def test_a_site_may_allow_more_or_have_none() -> None:
    more = policy.given(
        {"SITEURL": "", "GATEPOST_POLICY": {"frame-src": "https://video.example", "img-src": "https:"}}, ""
    )
    assert directives(more["policy"])["frame-src"] == ["https://video.example"]
    assert directives(more["policy"])["img-src"] == ["'self'", "data:", "https:"]
    assert policy.given({"GATEPOST_POLICY": False}, "") == {"policy": "", "search_policy": ""}


@pytest.mark.parametrize(
    "wrong", [["img-src"], {"image-src": "https:"}, {"img-src": "https:; script-src *"}, {"img-src": 3}]
)
def test_what_is_no_policy_is_named_with_its_cure(wrong: Any) -> None:
    ((problem, cure),) = policy.mistakes(wrong)
    assert "GATEPOST_POLICY" in problem
    assert "Write, for example" in cure or "Use one of" in cure
