"""What the figures were measured on: enough to compare two runs, and nothing that names a machine or a person."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

PARTS = ("pelican", "markdown", "flask", "granian", "sqlalchemy", "typst", "mkepub")


def description() -> dict[str, object]:
    """Cores, interpreter and the versions that matter."""
    return {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count() or 1,
        # How many processes wanted a core in the minute before: above 0.5 a core, trust ratios only, and not blindly.
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.system(),
        "versions": {part: version(part) for part in PARTS},
    }
