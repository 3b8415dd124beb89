"""The plugin under Pelican's own namespace, so that a site without a PLUGINS setting finds it by itself."""

from gatepost_pelican import register

__all__ = ["register"]
