"""Every file that a manuscript can become. To add one: one file beside this, one line in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gatepost.offers import LIST_PAGE

from .article import article_pdf
from .case_study import case_study_pdf
from .checklist import checklist_pdf
from .checklist_page import checklist_page
from .ebook import ebook_pdf
from .epub import ebook_epub
from .manuscript import Manuscript

PDF = "application/pdf"
EPUB = "application/epub+zip"


@dataclass(frozen=True)
class Compiler:
    """`compile` is a pure function of its manuscript; raise `version` whenever its bytes would differ."""

    name: str
    extension: str
    media_type: str
    compile: Callable[[Manuscript], bytes]
    version: int


COMPILERS: dict[str, Compiler] = {
    compiler.name: compiler
    for compiler in (
        Compiler("checklist.pdf", "pdf", PDF, checklist_pdf, 2),
        Compiler("checklist.page", "json", LIST_PAGE, checklist_page, 1),
        Compiler("ebook.pdf", "pdf", PDF, ebook_pdf, 2),
        Compiler("ebook.epub", "epub", EPUB, ebook_epub, 2),
        Compiler("case-study.pdf", "pdf", PDF, case_study_pdf, 1),
        Compiler("article.pdf", "pdf", PDF, article_pdf, 2),
    )
}
