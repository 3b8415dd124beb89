"""Templates that are compiled once for a world: the next build of a few pages takes them as they are.

They are thrown away with the world, so that whatever a compiled template depends on besides its source, filters and settings
of Jinja, is as it was.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Templates(BytecodeCache):
    """Files `NAME.KEY.code` in `folder`. One that is lost or damaged is a template that is compiled again."""

    def __init__(self, folder: Path, name: str):
        self._folder = folder
        self._name = name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja's way to ask; the bucket stays empty where nothing is known."""
        with suppress(OSError):
            data = self._path(bucket).read_bytes()
            # A wrong bit in compiled code would be carried out.
            if zlib.crc32(data[4:]) == int.from_bytes(data[:4], "big"):
                bucket.bytecode_from_string(data[4:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja's way to tell what it compiled."""
        data, path = bucket.bytecode_to_string(), self._path(bucket)
        fresh = path.with_suffix(".next")
        with suppress(OSError):
            fresh.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
            os.replace(fresh, path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{self._name}.{bucket.key}.code"
