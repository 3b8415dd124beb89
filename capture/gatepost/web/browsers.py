"""What a browser is known for, told from its User-Agent and not kept."""

from __future__ import annotations

from functools import lru_cache

# WebKit's tracking prevention deletes what scripts kept after seven days of use without a visit (WebKit, 2020). On iPhone
# and iPad every browser and every app's own window is WebKit. One that asks for desktop pages says "Macintosh" and names
# itself CriOS/, FxiOS/ or EdgiOS/.
_APPLE_PHONES = ("iPhone", "iPad", "iPod", "iOS/")
# These have "Safari" in their names for the sake of old pages, and are built on something else.
_OTHERS = ("Chrome", "Chromium", "Android", "Edg", "OPR", "SamsungBrowser", "Firefox")


@lru_cache(maxsize=4096)
def forgets(agent: str) -> bool:
    """Does this browser forget what scripts kept after seven days without a visit?"""
    if any(phone in agent for phone in _APPLE_PHONES):
        return True
    if "AppleWebKit" not in agent or any(other in agent for other in _OTHERS):
        return False
    # Safari on a Mac (an iPad that asks for desktop pages looks the same), and windows of apps there.
    return "Macintosh" in agent or "Version/" in agent
