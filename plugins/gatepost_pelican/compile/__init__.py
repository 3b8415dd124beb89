"""Makes the files that readers are given: checklists, books and articles, from the HTML of their chapters.

Knows nothing of the site around it: a manuscript goes in, bytes come out, and the same manuscript gives the
same bytes on any day.
"""

from .article import article_pdf as article_pdf
from .cache import cache_key as cache_key
from .cache import compile_cached as compile_cached
from .case_study import case_study_pdf as case_study_pdf
from .checklist import checklist_pdf as checklist_pdf
from .checklist_page import checklist_page as checklist_page
from .compilers import COMPILERS as COMPILERS
from .compilers import Compiler as Compiler
from .ebook import ebook_pdf as ebook_pdf
from .epub import ebook_epub as ebook_epub
from .errors import CompileError as CompileError
from .errors import ManuscriptIncomplete as ManuscriptIncomplete
from .errors import MarkupUnsupported as MarkupUnsupported
from .errors import PictureBroken as PictureBroken
from .errors import PictureMissing as PictureMissing
from .errors import PictureTooLarge as PictureTooLarge
from .errors import PictureUnsafe as PictureUnsafe
from .errors import TypesettingFailed as TypesettingFailed
from .manuscript import Chapter as Chapter
from .manuscript import Manuscript as Manuscript
