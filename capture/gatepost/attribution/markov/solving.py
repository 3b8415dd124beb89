"""Solving (I - Q) x = b for a matrix Q of steps whose rows sum to one or less, and from every row of which there is a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gatepost.attribution.markov.chain import Numbers, Places

Matrix = Any  # a sparse matrix of scipy, which brings no types

# Columns solved side by side: as many as fit into a processor's cache with 10,000 articles.
_BLOCK = 50
_MOST_ROUNDS = 120
_CLOSE = 1e-14
# A circle that lets out fewer than one reader in 10^12 is taken to let out that one.
_WAY_OUT = 1e-12


def dense(steps: Matrix, right: Numbers) -> tuple[Numbers, Numbers]:
    """x of (I - Q) x = right, and the diagonal of (I - Q)^-1, by inverting the whole."""
    import numpy as np

    inside = steps.toarray()
    try:
        inverse = np.linalg.inv(np.eye(len(right)) - inside)
    except np.linalg.LinAlgError:
        inverse = np.linalg.inv(np.eye(len(right)) - inside * (1 - _WAY_OUT))
    return inverse @ right, np.maximum(inverse.diagonal(), 1.0)


def sparse(steps: Matrix, right: Numbers, exact: Places) -> tuple[Numbers, Numbers]:
    """The same without inverting: x, and a diagonal that is exact at the places of `exact` and elsewhere of order two.

    Order two: a reader at i is back after two steps with probability sum_j Q_ij Q_ji, so that N_ii is at least
    1 / (1 - that). Q_ii is nought, as an article right after itself is no step.
    """
    import numpy as np

    back = np.asarray(steps.multiply(steps.T).sum(axis=1)).ravel()
    diagonal = 1.0 / np.maximum(1.0 - back, _WAY_OUT)
    for first in range(0, len(exact), _BLOCK):
        places = exact[first : first + _BLOCK]
        columns = np.arange(len(places))
        units = np.zeros((len(right), len(places)))
        units[places, columns] = 1.0
        diagonal[places] = np.maximum(solve(steps, units)[places, columns], 1.0)
    return solve(steps, right[:, None])[:, 0], diagonal


def solve(steps: Matrix, right: Numbers) -> Numbers:
    """X of (I - Q) X = right, all columns side by side.

    By rounds that each look at Q twice (BiCGSTAB, van der Vorst 1992): a dozen for a blog's chain. Where they do not
    come close, as with circles that hardly anybody leaves, the equations are solved by elimination.
    """
    import numpy as np

    found = _rounds(steps, right)
    left = np.abs(right - found + steps @ found).max(axis=0)
    # A comparison with NaN is false: rounds that went astray are not taken for close either.
    bound = 1e3 * _CLOSE * np.maximum(np.abs(right).max(axis=0), np.abs(found).max(axis=0))
    return found if bool((left <= bound).all()) else _eliminated(steps, right)


def _rounds(steps: Matrix, right: Numbers) -> Numbers:
    import numpy as np

    found, left = np.zeros_like(right), right.copy()
    # A fixed shadow that no residual of a real chain stands square to; with the residual itself, chains without
    # circles would stop the rounds at once.
    shadow = right + np.random.default_rng(0).random((len(right), 1))
    way, moved = np.zeros_like(right), np.zeros_like(right)
    ones = np.ones(right.shape[1])
    before, length, turn = ones, ones, ones
    goal = _CLOSE * np.abs(right).max(axis=0)
    for _ in range(_MOST_ROUNDS):
        live = np.abs(left).max(axis=0) > goal
        if not live.any():
            break
        now = _dots(shadow, left)
        way = left + _ratio(now * length, before * turn, live) * (way - turn * moved)
        moved = way - steps @ way
        length = _ratio(now, _dots(shadow, moved), live)
        left = left - length * moved
        turned = left - steps @ left
        turn = _ratio(_dots(turned, left), _dots(turned, turned), live)
        found += length * way + turn * left
        left, before = left - turn * turned, now
    return found


def _dots(a: Numbers, b: Numbers) -> Numbers:
    import numpy as np

    dots: Numbers = np.einsum("ij,ij->j", a, b)
    return dots


def _ratio(a: Numbers, b: Numbers, live: Any) -> Numbers:
    # A column that is solved stands still, and one that cannot go on shows it in its residual.
    import numpy as np

    return np.divide(a, b, out=np.zeros_like(a), where=live & (b != 0))


def _eliminated(steps: Matrix, right: Numbers) -> Numbers:
    import numpy as np
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import splu

    whole = eye_array(len(right), format="csc")
    try:
        factors = splu((whole - steps).tocsc())
    except RuntimeError:
        factors = splu((whole - steps * (1 - _WAY_OUT)).tocsc())
    return np.asarray(factors.solve(right))
