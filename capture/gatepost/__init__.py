"""Gatepost: a blog that turns readers into leads, and shows its owner which articles do it."""

__version__ = "0.5.0"
