"""What people, programs and accidents do to a site between two builds. Each change takes the site and the dice."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.faster import large_site
from tests.plugin.sites import Site

Change = Callable[[Site, random.Random], None]
WORDS = ("lantern", "mirror", "anchor", "garden", "bridge", "window")


def _articles(site: Site) -> list[Path]:
    return sorted((site.folder / "content/articles").glob("*.md"))


def _edit(path: Path, old: str, new: str, *, count: int = 1) -> None:
    path.write_text(re.sub(old, new, path.read_text(), count=count, flags=re.MULTILINE))


def text(site: Site, dice: random.Random) -> None:
    """A text grows at its end or at its beginning, where a summary is made of it."""
    path, word = dice.choice(_articles(site)), dice.choice(WORDS)
    if dice.random() < 0.5:
        path.write_text(path.read_text() + f"\nAnd a {word}.\n")
    else:
        _edit(path, "^Words of", f"{word.title()} of")


def same_size(site: Site, dice: random.Random) -> None:
    """Another word of the same length, and the time of the file put back."""
    path = dice.choice(_articles(site))
    stamp = path.stat()
    _edit(path, r"all others|six thirds", dice.choice(["all others", "six thirds"]))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def other_times(site: Site, dice: random.Random) -> None:
    """A clock that went back, or is ahead; sometimes nothing else changed."""
    path = dice.choice(_articles(site))
    if dice.random() < 0.7:
        text(site, dice)
    when = dice.choice([946_684_800, 4_000_000_000])
    os.utime(path, (when, when))


def moved_over(site: Site, dice: random.Random) -> None:
    """As editors save: a new file takes the place of the old one. Sometimes two files change their names."""
    one, two = dice.sample(_articles(site), 2)
    aside = one.with_name("aside.tmp")
    if dice.random() < 0.5:
        aside.write_text(one.read_text().replace("go on for", "go on and on for"))
        os.replace(aside, one)
    else:
        one.rename(aside)
        two.rename(one)
        aside.rename(two)


def head(site: Site, dice: random.Random) -> None:
    """Title, tags, date, category or author of one article."""
    path = dice.choice(_articles(site))
    name, value = dice.choice(
        [
            ("Title", f"A {dice.choice(WORDS)}"),
            ("Tags", ", ".join(dice.sample(["one", "two", "three", "four"], 2))),
            ("Date", f"2026-0{dice.randint(1, 9)}-1{dice.randint(0, 9)} 10:00"),
            ("Category", dice.choice(["Writing", "Money", "Gardens"])),
            ("Author", dice.choice(["Ada Example", "Bo Example"])),
            ("Summary", f"About a *{dice.choice(WORDS)}*."),
            ("Modified", f"2026-10-0{dice.randint(1, 9)} 12:00"),
        ]
    )
    content = path.read_text()
    lines = [line for line in content.partition("\n\n")[0].splitlines() if not line.startswith(f"{name}:")]
    path.write_text("\n".join([*lines, f"{name}: {value}"]) + "\n\n" + content.partition("\n\n")[2])


def status(site: Site, dice: random.Random) -> None:
    """Draft, hidden, published; the next time something else."""
    path = dice.choice(_articles(site))
    content = re.sub(r"^Status: .*\n", "", path.read_text(), flags=re.MULTILINE)
    chosen = dice.choice(["", "Status: draft\n", "Status: hidden\n", "Status: published\n"])
    path.write_text(chosen + content)


def come_and_go(site: Site, dice: random.Random) -> None:
    """One article more, one less, or one with another file name. Somebody may link to it."""
    path, number = dice.choice(_articles(site)), dice.randint(30, 60)
    match dice.choice(["new", "gone", "renamed"]):
        case "new":
            site.write(f"content/articles/a{number}.md", large_site.article(number))
        case "gone" if len(_articles(site)) > 6:
            path.unlink()
        case _:
            path.rename(path.with_name(f"renamed{number}.md"))


def pictures(site: Site, dice: random.Random) -> None:
    """Another picture under the same name, a new one, or a text that shows one more."""
    data = large_site.LANTERN + bytes([dice.randint(0, 255)])
    site.write(f"content/images/{dice.choice(['lantern', 'mirror'])}.png", data)
    if (site.folder / "content/images/mirror.png").exists() and dice.random() < 0.5:
        path = dice.choice(_articles(site))
        path.write_text(path.read_text() + "\n![a mirror]({static}/images/mirror.png)\n")


def offers(site: Site, dice: random.Random) -> None:
    """The teaser or title of an offer, what it holds, what an article offers, or where."""
    path = dice.choice(_articles(site))
    match dice.randint(0, 4):
        case 0:
            _edit(site.folder / "content/offers/ten-checks.md", "^The open teaser", f"The {dice.choice(WORDS)} teaser")
        case 1:
            _edit(site.folder / "content/offers/the-plan.md", "^Title: .*", f"Title: The {dice.choice(WORDS)}")
        case 2:
            site.write("content/offers/files/plan.csv", f"HELDPLAN,{dice.random()}\n")
        case 3:
            _edit(path, "^Offer: .*", f"Offer: {dice.choice(['ten-checks', 'the-plan', 'auto'])}")
        case _:
            path.write_text(path.read_text() + f"\n[[offer:{dice.choice(['ten-checks', 'the-plan'])}]]\n")


def gates(site: Site, dice: random.Random) -> None:
    """Behind or before the gate."""
    path = site.folder / "content/articles/gated.md"
    if path.exists():
        _edit(path, dice.choice(["^HELDREST", "^Words of number"]), r"\g<0> " + dice.choice(WORDS))


def site_wide(site: Site, dice: random.Random) -> None:
    """A template, a setting, a figure that a module gives, or the page beside the articles."""
    match dice.randint(0, 3):
        case 0:
            _edit(
                site.folder / "overrides/article.html",
                "<aside>.*?{{ figure }}",
                f"<aside>{dice.choice(WORDS)} {{{{ figure }}}}",
            )
        case 1:
            _edit(site.folder / "pelicanconf.py", "^SITENAME = .*", f'SITENAME = "The {dice.choice(WORDS)}"')
        case 2:
            site.write("figures.py", f"FIGURE = {dice.randint(1000, 9999)}\n")
        case _:
            _edit(site.folder / "content/pages/about.md", "^We write", f"We write, {dice.choice(WORDS)}")


def output_touched(site: Site, dice: random.Random) -> None:
    """Pages changed by hand, lost, or all gone; a file that somebody else put there."""
    pages = sorted(site.output.rglob("*.html"))
    match dice.randint(0, 4) if pages else 4:
        case 0:
            with dice.choice(pages).open("a") as page:
                page.write("<!-- by hand -->")
        case 1:
            dice.choice(pages).unlink()
        case 2:
            shutil.rmtree(site.output)
        case 3:
            # Of the same size. A page whose time is put back, too, would be taken for the one written: docs/faster.md says so.
            page = dice.choice(pages)
            page.write_bytes(page.read_bytes().replace(b"<html", b"<HTML"))
        case _:
            site.write("output/others/notes.txt", "not ours")


def memory_touched(site: Site, dice: random.Random) -> None:
    """What is kept between builds is lost, cut short, bent, or comes back from a backup of another day."""
    backup, files = site.folder.parent / "backup", [one for one in (site.data / "cache").rglob("*") if one.is_file()]
    kept = [one for one in files if "conversions" in one.name or "last" in one.parts]
    match dice.randint(0, 5) if kept else 0:
        case 0:
            shutil.rmtree(site.data / "cache", ignore_errors=True)
        case 1:
            shutil.rmtree(site.data / "cache" / "last", ignore_errors=True)
        case 2:
            path = dice.choice(kept)
            path.write_bytes(path.read_bytes()[: dice.randint(0, path.stat().st_size)])
        case 3:
            path = dice.choice(kept)
            data = bytearray(path.read_bytes() or b"0")
            data[dice.randrange(len(data))] ^= 1 << dice.randint(0, 7)
            path.write_bytes(bytes(data))
        case 4 if backup.exists():
            shutil.rmtree(site.data)
            shutil.copytree(backup, site.data, symlinks=True)
        case _:
            shutil.rmtree(backup, ignore_errors=True)
            shutil.copytree(site.data, backup, symlinks=True)


# How often each is done, of all.
CHANGES: Mapping[Change, int] = {
    text: 12, same_size: 6, other_times: 5, moved_over: 5, head: 6, status: 3, come_and_go: 3, pictures: 3, offers: 4,
    gates: 2, site_wide: 4, output_touched: 5, memory_touched: 5,
}  # fmt: skip
