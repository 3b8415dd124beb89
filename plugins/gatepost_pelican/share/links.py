"""Links that tell the report which part of a kit a reader came from."""

from __future__ import annotations

from gatepost.offers.linkedin import marked
from gatepost_pelican.share.subject import Subject

# What stands in utm_content, by where the link is used.
PLACES = ("short", "medium", "long", "comment", "carousel")


def link(subject: Subject, place: str) -> str:
    """The subject's address for one place of the kit."""
    return marked(subject.address, subject.name, place)


def links(subject: Subject) -> dict[str, str]:
    """A link for every place."""
    return {place: link(subject, place) for place in PLACES}


def shown(address: str) -> str:
    """An address as people read and type it: without scheme, `www.`, query and a slash at its end."""
    bare = address.partition("#")[0].partition("?")[0].partition("://")[2] or address
    return bare.removeprefix("www.").rstrip("/")
