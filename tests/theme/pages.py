"""The sample site's files: every element a writer can use, and the offers as the plugin writes them."""

from __future__ import annotations


def form(offer: str, article: str, number: int = 1) -> str:
    """The form of the content contract."""
    return f"""<form class="gp-form" method="post" action="/signup" accept-charset="utf-8" data-gp-form>
<input type="hidden" name="offer" value="{offer}"><input type="hidden" name="article" value="{article}">
<input type="hidden" name="journey" value=""><input type="hidden" name="page" value="/{article}.html">
<input type="hidden" name="wording" value="abc">
<div class="gp-field"><label for="e{number}">Your e-mail address</label><input id="e{number}" type="email" name="email" autocomplete="email" inputmode="email" required></div>
<p hidden class="gp-trap"><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></p>
<p class="gp-consent"><label><input type="checkbox" name="consent" value="letters"> Yes, also write to me.</label></p>
<p class="gp-send"><button type="submit">Send me the checklist</button></p>
<p class="gp-note">We mail you one link to confirm.</p>
<p class="gp-status" role="status" aria-live="polite"></p>
</form>"""


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
    "list.tpl": "{% extends 'gatepost/offers.html' %}{% set offers = [stage_offer] %}",
}
