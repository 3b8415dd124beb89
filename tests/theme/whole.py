"""A site with all that our theme shows: a series, a cover, translations, Arabic, an offer under a text and one below lists."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from gatepost import site as own
from tests.plugin.sites import CHECKLIST, Site, article

SENTENCE = (
    "A sentence of some length stands here, so that a paragraph fills several lines of a page in any of its fonts. "
)
TEXT = f"""{SENTENCE * 5}

{SENTENCE * 5}

## A heading

{SENTENCE * 3}

### A smaller heading

{SENTENCE * 2}[^1]

```python
def share(values: list[float]) -> float:  # a comment
    return sum(values) / len(values) + float("0.5")
```

> A quotation.

[^1]: A note.
"""
WIDE = f"{SENTENCE * 3}\n\n![A green field]({{static}}/images/field.png){{: .wide}}\n\n{SENTENCE * 3}\n"
ARABIC = "نص طويل بما يكفي ليملأ عدة أسطر من الصفحة وفيه أرقام مثل 1234 وكلمات مثل Pelican. " * 6
TONGUE = f"{ARABIC}\n\n```python\nreturn total(values)\n```\n\n| القناة | عدد |\n|---|---:|\n| بحث | 1,234 |\n"

CONF = """
THEME = {theme!r}
SITEURL = ""
SITESUBTITLE = "Notes on gates"
FOOT_OFFER = "ten-checks"
STATIC_PATHS = ["images"]
FACES = {{"Ada Example": "images/field.png"}}
"""
# A series out of its order in time: the second part was written first, and the last says nothing of its place.
PARTS = {
    "part-two": {"Date": "2026-05-01", "Series": "First gates", "Series-Index": "2"},
    "part-one": {"Date": "2026-05-02", "Series": "First gates", "Series-Index": "1"},
    "part-three": {"Date": "2026-05-03", "Series": "First gates"},
}


def whole_site(folder: Path, more: str = "") -> Site:
    """Built, without a mistake. `more` goes at the end of its settings."""
    site = Site(folder)
    site.configure(CONF.format(theme=str(own.theme_dir())) + more)
    site.write("content/images/field.png", picture(32, 18))
    site.write("content/offers/ten-checks.md", CHECKLIST)
    for slug, facts in PARTS.items():
        site.write(
            f"content/articles/{slug}.md",
            article(slug, TEXT, Summary="What it says.", Offer="ten-checks", Tags="gates", **facts),
        )
    cover = {"Image": "{static}/images/field.png", "Image-Alt": "A green field", "Summary": "On the field."}
    site.write("content/articles/field.md", article("field", WIDE, Date="2026-05-04", **cover))
    german = article("field", "Deutsche Worte.", Date="2026-05-04", Lang="de", Title="Über das Feld")
    site.write("content/articles/field-de.md", german)
    site.write(
        "content/articles/arabic.md", article("arabic", TONGUE, Date="2026-05-05", Lang="ar", Title="عن البوابات")
    )
    site.write("content/pages/about.md", "Title: About\nSlug: about\n\nWe write.\n")
    site.build()
    return site


def picture(width: int, height: int) -> bytes:
    """A green PNG."""
    rows = (b"\0" + b"\x7a\x8f\x6a" * width) * height

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
