"""The sample site's files: every element a writer can use, and the offers as the plugin writes them."""

from __future__ import annotations

from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader

from gatepost.languages import words
from gatepost.offers import Wording
from gatepost.offers.terms import Terms
from tests.conftest import ROOT

WORDING = Wording("letters", "2026-11", "Yes, also write to me.")
ENV = Environment(loader=FileSystemLoader(ROOT / "plugins" / "gatepost_pelican" / "templates"), autoescape=False)
CONTACT = "hello@example.org"


def form(offer: str, article: str, number: int = 1, terms: Terms = Terms(), language: str = "en") -> str:  # noqa: B008 (frozen)
    """The form that the plugin's own template makes of an offer."""
    view = SimpleNamespace(
        slug=offer, title="Start & finish", asks=True, terms=terms, wordings=(WORDING,), button="Send me the checklist",
        note="We mail you one link to confirm.",
    )  # fmt: skip
    return ENV.get_template("gatepost/form.html").render(
        offer=view, _=words(language), article_slug=article, page_path=f"/{article or f'offers/{offer}'}.html",
        form_id=f"gp-{offer}-{number}", capture_url="", contact=CONTACT,
    )  # fmt: skip


def card(article: str) -> str:
    return f"""<aside class="gp-card gp-checklist" data-gp-offer="start" data-gp-place="end" aria-label="An offer">
<p class="gp-kind">Checklist</p><h2 class="gp-title"><a href="/offers/start.html">Start</a></h2>
<p class="gp-summary">Ten steps.</p>
{form("start", article)}
</aside>

<aside class="gp-card gp-linkedin" data-gp-offer="follow" data-gp-place="linkedin" aria-label="LinkedIn">
<p class="gp-kind">LinkedIn</p><p><a class="gp-button" data-gp-click href="https://www.linkedin.com/company/x">Follow</a></p>
</aside>
"""


WORDS = "A sentence of some length stands here, so that a paragraph fills several lines of a page in any font. "
PARAGRAPHS = "\n\n".join([WORDS * 6] * 12)
FIRST = f"""Title: Fences & gates
Date: 2026-11-01
Modified: 2026-11-02
Category: Writing
Tags: gates, permission
Slug: fences
Summary: What a gate is *for*, and what it is not.

A footnote[^1], `code`, *emphasis* and a [link](https://example.org/).

## A table

| channel | kind | leads | cost | close rate | days to close | return | note |
|---|---|---:|---:|---|---|:---:|---|
| organic search | cultivated | 120 | 4,000 EUR | 12 % | 90 | 3.4 | unbreakablelonglonglongword |

### Code

```python
def share(touches: list[Touch]) -> list[float]:  # a very long line, which must scroll in a box of its own and move nothing
    return [1 / len(touches), "text", 12]
```

> A quotation.

{PARAGRAPHS}

[^1]: Its text.

{card("fences")}
"""
SECOND = f"""Title: Posts
Date: 2026-11-03
Category: Writing
Tags: gates
Slug: posts
Summary: On posts.

{PARAGRAPHS}

{card("posts")}
"""
SHORT = "Title: Short\nDate: 2026-11-04\nCategory: Measuring\nSlug: short\nSummary: Little.\n\nFour words stand here.\n"
DRAFT = "Title: Not yet\nDate: 2026-11-04\nCategory: Measuring\nSlug: draft\nStatus: draft\n\nNot yet.\n"
ABOUT = "Title: About\nSlug: about\nSummary: Who.\n\nWho writes here.\n"
READING = """Title: Your reading list
Slug: reading-list
Summary: What this browser remembers.

<div data-gp-reading-list><p>Nothing yet.</p></div>

<p><button type="button" data-gp-remember hidden>Remember what I read</button></p>
"""
FILES = {
    "articles/fences.md": FIRST,
    "articles/posts.md": SECOND,
    "articles/short.md": SHORT,
    "articles/draft.md": DRAFT,
    "pages/about.md": ABOUT,
    "pages/reading-list.md": READING,
    "landing.tpl": "{% extends 'gatepost/offer.html' %}{% set offer = stage_offer %}",
    "survey.tpl": "{% extends 'gatepost/offer.html' %}{% set offer = stage_survey %}",
    "list.tpl": "{% extends 'gatepost/offers.html' %}{% set offers = [stage_offer] %}",
}
