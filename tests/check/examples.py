"""For each code a site that has it and one that has not, and where the finding stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.check.sites import BODY, HELD_SENTENCE, PLAN, post
from tests.plugin.sites import Site

Change = Callable[[Site], object]


@dataclass(frozen=True)
class Example:
    """`where` is the end of the finding's place; `good` is as near to `bad` as may be."""

    bad: Change
    where: str
    good: Change


def article(body: str, **more: str) -> Change:
    return lambda site: site.write("content/articles/wrong.md", post("wrong", body, **more))


def page(text: str) -> Change:
    return lambda site: site.write("content/pages/wrong.md", text)


def offer(old: str, new: str) -> Change:
    assert old in PLAN
    return lambda site: site.write("content/offers/other.md", PLAN.replace("the-plan", "other").replace(old, new))


def setting(line: str) -> Change:
    return lambda site: site.configure(f'ARTICLE_PATHS = ["articles"]\nPAGE_PATHS = ["pages"]\n{line}\n')


def letter(text: str) -> Change:
    return lambda site: site.write("content/sequences/welcome/01-first.md", text)


def both(*changes: Change) -> Change:
    return lambda site: [change(site) for change in changes]


DRAFT: Change = lambda site: site.write("content/articles/draft.md", post("draft", Status="draft"))  # noqa: E731
DONE: Change = lambda site: site.write("content/articles/draft.md", post("draft"))  # noqa: E731
SHOWN = article("[[offer:other]]")
AT = f"wrong.md:{BODY}"
LETTER = "Subject: Welcome\nAfter: 2 days\n\nThis is {{ site_name }}.\n"
MARKED = HELD_SENTENCE.replace("gone ", "gone*\n> **")
NEARLY = HELD_SENTENCE.replace("any traveller", "the traveller")

EXAMPLES: dict[str, Example] = {
    "GP101": Example(article("Words.", Offer="the-pln"), "wrong.md:6", article("Words.", Offer="the-plan")),
    "GP102": Example(page("Title: W\n\nA.\n\n<!-- gate -->\n\nB."), "wrong.md:5", article("A.\n\n<!-- gate -->\n\nB.")),
    "GP103": Example(
        offer("Consent: letters", "Consent: letters\nValue: forty"), "other.md:7", both(offer("Title", "Title"), SHOWN)
    ),
    "GP104": Example(article("[it]({static}/offers/files/plan.csv)"), AT, article("[it]({static}/images/map.gif)")),
    "GP105": Example(article("Words.", Date="2026-02-31"), "wrong.md:2", article("Words.", Date="2026-02-28")),
    "GP106": Example(article("Words.", Offer="the-plan\nOffer: none"), "wrong.md:7", article("Words.")),
    "GP107": Example(article("Words.", Slug="first"), "wrong.md:3", article("Words.")),
    "GP108": Example(setting('GATEPOST_JOURNEY = "x"'), "pelicanconf.py:12", setting('GATEPOST_JOURNEY = "off"')),
    "GP109": Example(offer("plan.csv", "gone.csv"), "other.md:4", offer("Title", "Title")),
    "GP201": Example(article("See\n[it](/frist.html)."), f"wrong.md:{BODY + 1}:6", article("[it](/first.html)")),
    "GP202": Example(article("[it](first.html#one-prt)"), f"{AT}:6", article("[it](first.html#one-part)")),
    "GP203": Example(article("[it](/First.html)"), f"{AT}:6", article("[it](/first.html)")),
    "GP204": Example(
        both(article("[it]({filename}draft.md)"), DRAFT), f"{AT}:6", both(article("[it]({filename}draft.md)"), DONE)
    ),
    "GP205": Example(article("[it](https//example.org)"), f"{AT}:6", article("[it](https://example.org)")),
    "GP206": Example(article("![A map](/images/mpa.gif)"), f"{AT}:10", article("![A map](/images/map.gif)")),
    "GP207": Example(article("Read [it][there]."), f"{AT}:6", article("Read [it][there].\n\n[there]: /first.html")),
    "GP301": Example(
        article("![](/images/map.gif)"), f"{AT}:5", article('<img src="/images/map.gif" alt="" width="1">')
    ),
    "GP302": Example(article("![IMG_2034](/images/map.gif)"), f"{AT}:13", article("![A map](/images/map.gif)")),
    "GP401": Example(article("## A\n\n#### Too deep"), f"wrong.md:{BODY + 2}:1", article("## A\n\n### Deep\n\n## B")),
    "GP402": Example(article("# A\n\nWords."), f"{AT}:1", article("## A\n\nWords.")),
    "GP403": Example(article("Words.\n\n##\n\nMore."), f"wrong.md:{BODY + 2}:1", article("## A\n\nMore.")),
    "GP501": Example(article("Words.", Summary=""), "wrong.md:1:1", article("Words.")),
    "GP502": Example(article("Words.", Title="Word " * 14), "wrong.md:1:1", article("Words.", Title="Word " * 13)),
    "GP503": Example(article("Words.", Title="About First"), "wrong.md:1:1", article("Words.", Title="About")),
    "GP504": Example(
        article("Words.", Summary="What there is to say about first."),
        "wrong.md:5:1",
        article("Words.", Summary="Other."),
    ),
    "GP505": Example(
        both(setting("USE_FOLDER_AS_CATEGORY = False"), article("Words.", Category="")),
        "wrong.md:1:1",
        article("Words."),
    ),
    "GP506": Example(
        both(setting("DEFAULT_DATE = 'fs'"), article("Words.", Date="")),
        "wrong.md:1:1",
        both(setting("DEFAULT_DATE = 'fs'"), article("Words.")),
    ),
    "GP507": Example(article("Words.", Offer="", Ofer="the-plan"), "wrong.md:6:1", article("Words.", Mood="glad")),
    "GP508": Example(article(""), "wrong.md:1", article("Words.")),
    "GP604": Example(offer("Title", "Title"), "other.md:2", both(offer("Title", "Title"), SHOWN)),
    "GP605": Example(
        both(offer("Title", "Title"), article("[all](/offers/)")),
        "other.md:2",
        both(offer("Title", "Title"), article("[all](/offers/)\n\n[[offer:other]]")),
    ),
    "GP606": Example(article("Words.", Offer=""), "wrong.md:1:1", article("Words.", Offer="none")),
    "GP701": Example(
        article(f"## A\n\n> He said:\n> *{MARKED}**."),
        f"wrong.md:{BODY + 3}:4",
        article("The seventh lantern is lit before any traveller."),
    ),
    "GP702": Example(article(f"Words.\n\n{NEARLY}."), f"wrong.md:{BODY + 2}:1", article(NEARLY[:50])),
    "GP801": Example(letter(LETTER.replace("After", "Subjekt: x\nAfter")), "01-first.md:2:1", letter(LETTER)),
    "GP802": Example(letter(LETTER.replace("site_name", "name")), "01-first.md:4:9", letter(LETTER)),
    "GP803": Example(letter(LETTER.replace("Subject: Welcome\n", "")), "01-first.md:1", letter(LETTER)),
    "GP804": Example(letter(LETTER.replace("2 days", "soon")), "01-first.md:2:1", letter(LETTER)),
    "GP901": Example(
        article("<!-- gatepost: ignore GP998 -->\n\nWords."),
        f"{AT}:23",
        article("<!-- gatepost: ignore GP2 -->\n\nWords."),
    ),
}
