"""How this site is built to be published: pelicanconf.py, with real addresses demanded.

GATEPOST_SITE_URL=https://example.org GATEPOST_CAPTURE_URL=https://example.org pelican -s publishconf.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403


def _address(name: str, use: str) -> str:
    """The address in the environment variable `name`, without a slash at its end; stops the build with the cure otherwise."""
    address = os.environ.get(name, "").rstrip("/")
    if not address.startswith(("https://", "http://")):
        given = f"is {address!r}" if address else "is not set"
        raise SystemExit(f"publishconf.py: {name} {given}. Set it to {use}, for example {name}=https://example.org")
    return address


SITEURL = _address("GATEPOST_SITE_URL", "the address where readers will find the site")
GATEPOST_CAPTURE_URL = _address("GATEPOST_CAPTURE_URL", "the address where the capture service answers")
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = True
