"""`python -m gatepost.cli` is the same as `gatepost`."""

from gatepost.cli import main

main()
