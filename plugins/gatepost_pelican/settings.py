"""What a site's settings say to Gatepost, read once a build and checked."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gatepost.offers import Wording
from gatepost_pelican import drafts, listed, policy, whose
from gatepost_pelican.machines import link_cards
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.pictures import chosen
from gatepost_pelican.sources import opened

JOURNEYS = ("off", "session", "ask", "local")
ACCENT = "#0b6e4f"
# How `Offer: auto` chooses.
SUBJECT, LEARN = "subject", "learn"
# How many titles `GATEPOST_POPULAR = True` shows, and how many anybody may ask for.
POPULAR, MOST_POPULAR = 4, 20

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# `//host` and `/path` are what a site without an address of its own may say.
_ADDRESS = re.compile(r"(https?:)?//[^\s/]+\S*|/\S*|\.")
# It goes into a `mailto:` link as it is.
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PURPOSE = re.compile(r"[\w-]{1,64}")


@dataclass(frozen=True)
class SiteSettings:
    """`site_url` and `capture_url` have no slash at their end and may be empty; folders are absolute."""

    file: Path
    content: Path
    output: Path
    offers: Path
    data: Path
    site_name: str
    site_url: str
    capture_url: str
    journey: str
    accent: str
    language: str
    author: str
    consents: Mapping[str, Wording]
    channels: Mapping[str, str] = field(default_factory=dict)
    popular: int = 0
    contact: str = ""
    auto: str = SUBJECT
    auto_seed: int = 0
    # Of a site that is built inside another, as one for each language is: its path below that one, and that one's language.
    below: str = ""
    main_language: str = ""

    @property
    def root_url(self) -> str:
        """What paths of pages are told from: the outer site's address where this one is built inside it."""
        return self.site_url.removesuffix(self.below)

    @property
    def cache(self) -> Path:
        """Where compiled files wait for the next build."""
        return self.data / "cache"


def read(pelican: Mapping[str, Any], env: Mapping[str, str]) -> tuple[SiteSettings, list[SourceMistake]]:
    """The settings, with the default in place of each value that a mistake is about."""
    file = settings_file(pelican)
    consents = pelican.get("GATEPOST_CONSENTS") or {}
    settings = SiteSettings(
        file=file,
        content=Path(pelican["PATH"]).absolute(),
        # Where the pages will stand; a build may write them into a folder of its own first.
        output=Path(pelican.get("PUBLISHED_PATH") or pelican["OUTPUT_PATH"]).absolute(),
        offers=_inside(Path(pelican["PATH"]).absolute(), whose.offers_folder(pelican)),
        data=_inside(file.parent, pelican.get("GATEPOST_DATA_DIR") or env.get("GATEPOST_DATA_DIR") or ".gatepost"),
        site_name=str(pelican.get("SITENAME") or ""),
        site_url=str(pelican.get("SITEURL") or "").rstrip("/"),
        capture_url=_capture_url(pelican, env),
        journey=str(pelican.get("GATEPOST_JOURNEY") or "ask"),
        accent=str(pelican.get("GATEPOST_ACCENT") or ACCENT),
        language=str(pelican.get("DEFAULT_LANG") or "en"),
        author=str(pelican.get("AUTHOR") or pelican.get("SITENAME") or ""),
        consents=dict(_wordings(consents)),
        channels=listed.channels(pelican.get("GATEPOST_CHANNELS") or {}),
        popular=_popular(pelican.get("GATEPOST_POPULAR")) or 0,
        contact=str(pelican.get("GATEPOST_CONTACT") or "").strip(),
        auto=LEARN if pelican.get("GATEPOST_AUTO") == LEARN else SUBJECT,
        auto_seed=_seed(pelican.get("GATEPOST_AUTO_SEED")) or 0,
    )
    return settings, list(_check(settings, pelican, consents))


def inside(inner: SiteSettings, outer: SiteSettings) -> SiteSettings:
    """The settings of a site that is built inside another: one service answers for both, at the outer one's addresses."""
    is_below = inner.site_url.startswith(f"{outer.site_url}/")
    return replace(
        inner,
        capture_url=outer.capture_url if inner.capture_url == inner.site_url else inner.capture_url,
        below=inner.site_url.removeprefix(outer.site_url) if is_below else "",
        main_language=outer.language,
    )


def settings_file(pelican: Mapping[str, Any]) -> Path:
    """The file that the settings came from: Pelican does not say, so it is found by what it defines."""
    for module in reversed(list(sys.modules.values())):
        file = getattr(module, "__file__", None)
        if file and "SITENAME" in vars(module) and vars(module)["SITENAME"] is pelican.get("SITENAME"):
            return Path(file).absolute()
    content = Path(pelican["PATH"]).absolute()
    near = (folder / "pelicanconf.py" for folder in (content, content.parent))
    return next((file for file in near if file.is_file()), Path.cwd() / "pelicanconf.py")


def _inside(folder: Path, path: str) -> Path:
    return Path(os.path.normpath(folder / Path(path).expanduser()))


def _capture_url(pelican: Mapping[str, Any], env: Mapping[str, str]) -> str:
    given = pelican.get("GATEPOST_CAPTURE_URL") or env.get("GATEPOST_CAPTURE_URL") or pelican.get("SITEURL") or ""
    return str(given).rstrip("/")


def _popular(value: Any) -> int | None:
    """How many titles to show, none for False; None where the setting is neither."""
    if value is None or isinstance(value, bool):
        return POPULAR if value else 0
    return value if isinstance(value, int) and 0 <= value <= MOST_POPULAR else None


def _seed(value: Any) -> int | None:
    """The seed, 0 where none is set; None where it is no whole number."""
    if value is None:
        return 0
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wordings(consents: Any) -> Iterator[tuple[str, Wording]]:
    for purpose, entry in consents.items() if isinstance(consents, Mapping) else ():
        if _is_wording(purpose, entry):
            yield purpose, Wording(purpose, str(entry["version"]), " ".join(entry["wording"].split()))


def _is_wording(purpose: Any, entry: Any) -> bool:
    if not (isinstance(purpose, str) and _PURPOSE.fullmatch(purpose) and isinstance(entry, Mapping)):
        return False
    return bool(entry.get("version")) and isinstance(entry.get("wording"), str) and bool(entry["wording"].strip())


def _check(settings: SiteSettings, pelican: Mapping[str, Any], consents: Any) -> Iterator[SourceMistake]:
    like = '`GATEPOST_CONSENTS = {"letters": {"version": "2026-11", "wording": "Yes, also write to me ..."}}`'
    if not isinstance(consents, Mapping):
        yield _mistake(settings, "GATEPOST_CONSENTS", "GATEPOST_CONSENTS is not a dictionary", f"Write {like}")
    else:
        for purpose in (name for name, entry in consents.items() if not _is_wording(name, entry)):
            problem = f"the permission {purpose!r} lacks its version or its wording"
            yield _mistake(settings, "GATEPOST_CONSENTS", problem, f"Write {like}")
    if settings.journey not in JOURNEYS:
        problem = f"GATEPOST_JOURNEY is {settings.journey!r}"
        yield _mistake(settings, "GATEPOST_JOURNEY", problem, f"Use one of: {', '.join(JOURNEYS)}")
    if not _COLOUR.fullmatch(settings.accent):
        cure = "Write it as `#rrggbb`, for example `#0b6e4f`"
        yield _mistake(settings, "GATEPOST_ACCENT", f"GATEPOST_ACCENT is {settings.accent!r}, not a colour", cure)
    if settings.capture_url and not _ADDRESS.fullmatch(settings.capture_url):
        cure = "Write the whole address, for example https://go.example.org"
        yield _mistake(settings, "GATEPOST_CAPTURE_URL", f"{settings.capture_url!r} is not an address", cure)
    if settings.contact and not _MAILBOX.fullmatch(settings.contact):
        problem = f"GATEPOST_CONTACT is {settings.contact!r}, not an e-mail address"
        yield _mistake(settings, "GATEPOST_CONTACT", problem, "Write one address, for example hello@example.org")
    if _popular(pelican.get("GATEPOST_POPULAR")) is None:
        problem = f"GATEPOST_POPULAR is {pelican['GATEPOST_POPULAR']!r}"
        cure = f"Use True, False, or how many titles to show, up to {MOST_POPULAR}"
        yield _mistake(settings, "GATEPOST_POPULAR", problem, cure)
    for problem, cure in link_cards.mistakes(pelican.get("GATEPOST_CARDS"), settings.file.parent):
        yield _mistake(settings, "GATEPOST_CARDS", problem, cure)
    for problem, cure in chosen.mistakes(pelican.get("GATEPOST_PICTURES")):
        yield _mistake(settings, "GATEPOST_PICTURES", problem, cure)
    for problem, cure in drafts.mistakes(pelican.get(drafts.SETTING)):
        yield _mistake(settings, drafts.SETTING, problem, cure)
    for problem, cure in policy.mistakes(pelican.get(policy.SETTING)):
        yield _mistake(settings, policy.SETTING, problem, cure)
    yield from _check_auto(settings, pelican)
    for text, problem, cure in listed.mistakes(pelican.get("GATEPOST_CHANNELS") or {}):
        # The line of the host, and where it is not written out that of the setting, which comes before it.
        yield _mistake_at(settings, rf"\bGATEPOST_CHANNELS\b|['\"]{re.escape(text)}['\"]", problem, cure)
    yield from _check_folders(settings, pelican)


def _check_auto(settings: SiteSettings, pelican: Mapping[str, Any]) -> Iterator[SourceMistake]:
    auto, seed = pelican.get("GATEPOST_AUTO", SUBJECT), pelican.get("GATEPOST_AUTO_SEED")
    if auto not in (SUBJECT, LEARN):
        cure = f"Use one of: {SUBJECT}, {LEARN}"
        yield _mistake(settings, "GATEPOST_AUTO", f"GATEPOST_AUTO is {auto!r}", cure)
    if _seed(seed) is None:
        cure = "Write a whole number, for example 7"
        yield _mistake(settings, "GATEPOST_AUTO_SEED", f"GATEPOST_AUTO_SEED is {seed!r}", cure)


def _check_folders(settings: SiteSettings, pelican: Mapping[str, Any]) -> Iterator[SourceMistake]:
    public = [settings.output, *(_inside(settings.content, path) for path in pelican.get("STATIC_PATHS", ()))]
    for folder in (folder for folder in public if settings.data.is_relative_to(folder)):
        problem = f"the folder of held files, {settings.data}, lies inside {folder}, which is published"
        yield _mistake(settings, "GATEPOST_DATA_DIR", problem, "Choose a folder outside: `GATEPOST_DATA_DIR`")
    for name in ("ARTICLE_PATHS", "PAGE_PATHS"):
        for path in (path for path in pelican.get(name, ()) if _inside(settings.content, path) == settings.offers):
            problem = f"{name} names {path!r}, the folder of offers, whose held parts would be published"
            yield _mistake(settings, name, problem, f"Take {path!r} out of {name}")


def _mistake(settings: SiteSettings, name: str, problem: str, cure: str) -> SourceMistake:
    return _mistake_at(settings, rf"\b{name}\b", problem, cure)


def _mistake_at(settings: SiteSettings, pattern: str, problem: str, cure: str) -> SourceMistake:
    # The last line that sets a name is the one that counts in Python.
    source = opened(settings.file)
    return source.mistake(source.line_like(re.compile(pattern), sys.maxsize), problem, cure)
