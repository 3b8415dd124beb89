"""The demo: an invented year in a database of its own."""
