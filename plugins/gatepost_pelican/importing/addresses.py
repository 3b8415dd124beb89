"""Addresses as they stand in exports: some are none."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(address: str) -> SplitResult:
    """Its parts; all of them empty where it is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return urlsplit("")
    return parts


def host(address: str) -> str:
    """The host in small letters; empty where there is none."""
    return split(address).hostname or ""
