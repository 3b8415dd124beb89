"""Gatepost while the site is built: one line in `PLUGINS`, and offers, gates and the catalogue follow.

Which of Pelican's moments calls what stands here and nowhere else.
"""

from __future__ import annotations

from pelican import signals

from gatepost_pelican import feeds, loader, moments, pictures, readers
from gatepost_pelican.machines.feeds import complete_feed

MOMENTS = (
    (signals.initialized, moments.prepare),
    (signals.readers_init, moments.know_readers),
    (signals.generator_init, loader.add_templates),
    (signals.generator_init, readers.hold_back),
    (signals.content_object_init, readers.cut_content),
    (signals.article_generator_init, moments.convert_ahead),
    (signals.article_generator_finalized, moments.read_offers),
    (signals.all_generators_finalized, moments.place_offers),
    (signals.content_written, pictures.write_sizes),
    (signals.feed_generated, feeds.link_instead_of_forms),
    (signals.feed_generated, complete_feed),
    (signals.article_writer_finalized, moments.write_landing_pages),
    (signals.finalized, moments.publish),
)


def register() -> None:
    """Connect every moment. Twice is the same as once, as under the namespace and by name in one site."""
    for signal, function in MOMENTS:
        signal.connect(function)
