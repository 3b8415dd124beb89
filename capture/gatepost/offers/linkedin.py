"""A LinkedIn call to action: no form and nothing held; seeing and clicking it are rungs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from gatepost.offers.kind import Draft, Kind, Mistake, check_title, said
from gatepost.offers.terms import Terms

CONNECT, FOLLOW, SHARE = "connect", "follow", "share"
BUTTONS = {
    CONNECT: said("Connect on LinkedIn"),
    FOLLOW: said("Follow on LinkedIn"),
    SHARE: said("Share on LinkedIn"),
}

# With a plain https address, LinkedIn's app may open it on a phone; country hosts lead to the same pages.
_ADDRESS = re.compile(r"https://(?:[a-z]{2,3}\.)?linkedin\.com/(?P<section>[\w-]+)/[^\s/?#]+\S*", re.IGNORECASE)
_SHARING = "https://www.linkedin.com/sharing/share-offsite/?url="


def check(draft: Draft) -> Iterator[Mistake]:
    """A LinkedIn offer needs a title, and a page on LinkedIn to lead to unless it shares the page that it stands on."""
    yield from check_title(draft)
    action = draft.line("action").casefold()
    if action and action not in BUTTONS:
        cure = f"Use one of: {', '.join(BUTTONS)}; or take the line out."
        yield Mistake("Action", f"there is no action {draft.line('action')!r}", cure)
    elif action == SHARE:
        if draft.link:
            cure = "Take the line out: what is shared is the page that the call stands on. To lead there, use `Action: follow`."
            yield Mistake("Link", "an offer to share leads to no page of LinkedIn", cure)
    elif not _ADDRESS.fullmatch(draft.link):
        yield Mistake(
            "Link",
            f"{draft.link!r} is not an address of a page on LinkedIn"
            if draft.link
            else "the address on LinkedIn is missing",
            "Add `Link: https://www.linkedin.com/in/your-name` (or /company/...), or `Action: share` without a link.",
        )


def terms(draft: Draft) -> Terms:
    """What the button does: what is written, or else connect for a person and follow for anything else."""
    match = _ADDRESS.fullmatch(draft.link)
    usual = CONNECT if match and match["section"].casefold() == "in" else FOLLOW
    return Terms(action=draft.line("action").casefold() or usual)


def marked(address: str, campaign: str, content: str) -> str:
    """An address that says of whoever follows it that they came from LinkedIn; what it says besides stays as it is."""
    page, _, fragment = address.partition("#")
    page, _, query = page.partition("?")
    ours = {"utm_source": "linkedin", "utm_medium": "social", "utm_campaign": campaign, "utm_content": content}
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in ours]
    return f"{page}?{'&'.join([*kept, urlencode(ours)])}{'#' + fragment if fragment else ''}"


def sharing(address: str, campaign: str) -> str:
    """Where LinkedIn lets a reader share a page; `address` must be whole, since LinkedIn fetches it."""
    return _SHARING + quote(marked(address, campaign, "share"), safe="")


KIND = Kind(
    name="linkedin",
    label=said("LinkedIn"),
    noun="LinkedIn page",
    button=BUTTONS[CONNECT],
    buttons=BUTTONS,
    check=check,
    asks=False,
    fields=("link", "action"),
    terms=terms,
    starter="Link: https://www.linkedin.com/in/YOUR-NAME\nAction: connect\n",
    body="Why somebody who reads here would want to be connected.\n",
)
