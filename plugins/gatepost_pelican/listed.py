"""The owner's list of hosts with their channels, as a site's settings write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from gatepost.channels import CHANNELS, bare

_LIKE = '`GATEPOST_CHANNELS = {"chamber.example": "referral", "partner.example": "expert"}`'
# "direct" is what nobody knows the source of; a host is a source.
NAMED = tuple(name for name in CHANNELS if name != "direct")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


def channels(value: Any) -> dict[str, str]:
    """What is right of the setting: hosts in the form of `gatepost.channels.bare` with their channels."""
    found = {}
    for host, channel in value.items() if isinstance(value, Mapping) else ():
        name = host_of(host)
        if name and channel in NAMED:
            found[name] = channel
    return found


def host_of(text: Any) -> str:
    """A host as browsers name it, or "" for what is none: no scheme, no port, no path, and at least two labels."""
    if not isinstance(text, str):
        return ""
    try:
        name = text.strip().lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return bare(name) if _HOST.fullmatch(name) else ""


def mistakes(value: Any) -> Iterator[tuple[str, str, str]]:
    """What is wrong with it: the text to look for in the file, the problem and its cure."""
    if not isinstance(value, Mapping):
        yield "GATEPOST_CHANNELS", "GATEPOST_CHANNELS is not a dictionary", f"Write {_LIKE}"
        return
    seen: dict[str, str] = {}
    for host, channel in value.items():
        name = host_of(host)
        if not name:
            cure = "Write the host alone, without https:// and without a path, for example chamber.example"
            yield str(host), f"GATEPOST_CHANNELS names {host!r}, which is not a host", cure
        elif seen.setdefault(name, channel) != channel:
            yield str(host), f"GATEPOST_CHANNELS names {name} twice, with different channels", "Keep one of them"
        if channel not in NAMED:
            near = get_close_matches(str(channel), NAMED, n=1)
            guess = f"Did you mean {near[0]!r}? " if near else ""
            problem = f"GATEPOST_CHANNELS gives {host!r} the channel {channel!r}, which there is not"
            yield str(host), problem, f"{guess}Use one of: {', '.join(NAMED)}"
