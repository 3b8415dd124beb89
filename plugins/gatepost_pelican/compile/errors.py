"""What can be wrong with a manuscript. Every message names the place and the cure."""

from __future__ import annotations


class CompileError(Exception):
    """A manuscript that cannot become a file.

    `where` is the chapter (or "the cover"), `cure` what the writer can do about it.
    """

    def __init__(self, where: str, what: str, cure: str) -> None:
        super().__init__(f"{where}: {what} {cure}")
        self.where = where
        self.what = what
        self.cure = cure


class ManuscriptIncomplete(CompileError):
    """A field that every file needs is empty, or holds something that is not its kind."""


class PictureMissing(CompileError):
    """A picture is named, but is not among the site's files."""

    def __init__(self, where: str, source: str) -> None:
        super().__init__(
            where,
            f"the picture “{source}” was not found.",
            "Put the file into the content folder and write its path as it is seen from the site's root, "
            "or take the picture out.",
        )
        self.source = source


class PictureBroken(CompileError):
    """A picture's file is there, but is not a picture that can be printed."""

    def __init__(self, where: str, source: str, why: str) -> None:
        super().__init__(
            where,
            f"the picture “{source}” cannot be used: {why}.",
            "Save it again as PNG, JPEG, GIF or SVG.",
        )
        self.source = source


class PictureTooLarge(CompileError):
    """A picture that would take more memory than a build should need."""

    def __init__(self, where: str, source: str, size: str) -> None:
        super().__init__(
            where,
            f"the picture “{source}” is too large: {size}.",
            "Save a copy 3000 pixels wide: no page shows more of it.",
        )
        self.source = source


class PictureUnsafe(CompileError):
    """A drawing that is a program in part, or that would fetch something when it is looked at."""

    def __init__(self, where: str, source: str, why: str) -> None:
        super().__init__(
            where,
            f"the drawing “{source}” is more than a drawing: {why}.",
            "Export it as plain SVG, without scripts and links, or as PNG.",
        )
        self.source = source


class MarkupUnsupported(CompileError):
    """Text that no page can be set from, for example a picture on somebody else's server."""


class TypesettingFailed(CompileError):
    """The typesetter refused the whole document; `what` carries its own words."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            where,
            f"the pages could not be set: {why}.",
            "Take out what was changed last, build again, and report the text that caused it.",
        )
