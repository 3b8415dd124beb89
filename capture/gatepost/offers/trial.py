"""A trial: the looks of one offer's call to action that readers are split among, so that it is seen which one brings more."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

# The offer as it stands: the first variant of every trial, and what the others are compared with.
NOW = "now"
_KEY_DIGITS = 8


@dataclass(frozen=True)
class Variant:
    """One look. What is empty is as the offer has it; `key` is unique within its trial."""

    key: str
    title: str = ""
    summary: str = ""
    button: str = ""
    place: str = ""
    form: str = ""


@dataclass(frozen=True)
class Trial:
    """One trial of one offer, its variants in the order shown; the first is NOW. Readers are split among them equally."""

    key: str
    variants: tuple[Variant, ...]

    @classmethod
    def of(cls, offer: str, variants: Sequence[Variant], *, texts: Sequence[str] = ()) -> Trial:
        """The trial of an offer's slug and its variants besides NOW. `texts` is what the offer itself says at present.

        A changed text makes another key, hence another trial: what readers of the old text did says nothing about the new.
        """
        everything = (Variant(NOW), *(one for one in variants if one.key != NOW))
        parts = [offer, *texts, *(text for one in everything for text in asdict(one).values())]
        # With the length before each part no two lists of parts are written alike.
        whole = "".join(f"{len(part)}:{part}" for part in parts)
        return cls(hashlib.sha256(whole.encode()).hexdigest()[:_KEY_DIGITS], everything)

    def has(self, key: str) -> bool:
        """Is there a variant of this key?"""
        return any(one.key == key for one in self.variants)

    def name_of(self, variant: str) -> str:
        """What browsers send for one of its variants: both keys with a colon between."""
        return f"{self.key}:{variant}"
