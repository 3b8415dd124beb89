"""Which addresses are the same person, and which share one letter box."""

from __future__ import annotations

# Providers whose local parts ignore dots; a bomb of "v.ictim+1@" forms must count as one mailbox there.
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_UPPER_TO_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def email_key(email: str) -> str:
    """The identity of a normalised address (NFC, domain in lower-case A-labels or U-labels).

    Only A-Z are lowered: Unicode case rules would make `mıke` and `mike` meet (CVE-2019-19844).
    """
    return email.translate(_UPPER_TO_LOWER)


def mailbox(email: str) -> str:
    """The letter box behind an address: without `+tag`, and without dots where the provider ignores them."""
    local, _, domain = email_key(email).rpartition("@")
    local = local.split("+", 1)[0] or local
    if domain in _DOTLESS:
        local = local.replace(".", "")
        domain = "gmail.com"
    return f"{local}@{domain}"
