"""Demoing: a database of its own, filled with an invented year of readers, leads, clients and letters of this very site."""
