"""Measures Gatepost against the plain machine under it: stock Pelican, a bare Flask insert, a cold process.

`python -m bench` or `make bench`. Only ratios of one run are worth quoting; docs/benchmarks.md says how to read them.
"""
