"""Chance that can be had again: draws from a text, the same on every machine and in every version.

The streams of `random` and numpy may change between versions (NEP 19 says so of numpy's), and the logarithm of a C library
may differ in its last bit. So numbers come from SHA-256, are reckoned with what IEEE 754 rounds exactly (+, -, *, /, square
root), and the rare logarithm is `decimal`'s, which is rounded correctly everywhere.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from decimal import Context, Decimal

_EXACT = Context(prec=20)
_BLOCK, _WORD = 32, 8


def uniforms(text: str) -> Iterator[float]:
    """Numbers between 0 and 1, neither of them reached: SHA-256 over the text's own SHA-256 and a counter, 52 bits each."""
    key = hashlib.sha256(text.encode()).digest()
    counter = 0
    while True:
        block = hashlib.sha256(key + counter.to_bytes(8, "big")).digest()
        for start in range(0, _BLOCK, _WORD):
            word = int.from_bytes(block[start : start + _WORD], "big")
            yield ((word >> 12) + 0.5) / 2**52
        counter += 1


def beta(a: float, b: float, chance: Iterator[float]) -> float:
    """A draw from Beta(a, b), a and b over 0: the share of the first of two gamma draws."""
    first = gamma(a, chance)
    second = gamma(b, chance)
    # Both can be nought only where both shapes are tiny; then either end is as likely as its shape says.
    if first + second == 0.0:
        return 1.0 if next(chance) < a / (a + b) else 0.0
    return first / (first + second)


def gamma(shape: float, chance: Iterator[float]) -> float:
    """A draw from Gamma(shape, 1): Marsaglia and Tsang, A simple method for generating gamma variables (TOMS 26, 2000).

    Below a shape of 1 that of shape + 1 times U ** (1 / shape), as they say in section 6.
    """
    if shape < 1.0:
        return gamma(shape + 1.0, chance) * _root(next(chance), shape)
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(chance)
        t = 1.0 + c * x
        if t <= 0.0:
            continue
        v, u = t * t * t, next(chance)
        if u < 1.0 - 0.0331 * (x * x) * (x * x) or _ln(u) < 0.5 * x * x + d * (1.0 - v + _ln(v)):
            return d * v


def normal(chance: Iterator[float]) -> float:
    """A draw from the standard normal: Leva, A fast normal random number generator (TOMS 18, 1992); a logarithm is rarely needed."""
    while True:
        u, v = next(chance), 1.7156 * (next(chance) - 0.5)
        x, y = u - 0.449871, abs(v) + 0.386595
        q = x * x + y * (0.19600 * y - 0.25472 * x)
        if q < 0.27597 or (q <= 0.27846 and v * v <= -4.0 * _ln(u) * u * u):
            return v / u


def _root(u: float, shape: float) -> float:
    """u ** (1 / shape)."""
    return float(_EXACT.exp(_EXACT.divide(_EXACT.ln(Decimal(u)), Decimal(shape))))


def _ln(number: float) -> float:
    return float(_EXACT.ln(Decimal(number)))
