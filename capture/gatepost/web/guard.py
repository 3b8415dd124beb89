"""Guard: who may call from where, and the headers that every answer carries."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from crawleruseragents import is_crawler
from flask import Flask, Request, Response, abort, request

from gatepost.settings import Settings
from gatepost.web.wiring import wired

# Doors that a script of another origin may knock at.
SHARED_PATHS = frozenset({"/signup", "/touch"})
SITE_ENDPOINTS = frozenset({"site.page", "site.home"})
# Fetched without a person looking: by the browser in advance, or for a preview.
_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
# The crawler list names them, yet a person may well fetch a file with one.
_TOOLS = ("curl/", "wget/", "httpie/", "python-", "libwww", "go-http-client", "okhttp", "aria2")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# For the one page that has a script, and that one is our own.
SCRIPTED = f"script-src 'self'; {_POLICY}"
# For a page that search engines may look at: what measures it asks for robots.txt from within the page.
PUBLIC = f"connect-src 'self'; {_POLICY}"
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
    ("Cache-Control", "no-store"),
)
_STRICT = "max-age=31536000"


class OriginRefused(Exception):
    """A script of a page that is not on the list."""

    cure = "Add the page's origin to GATEPOST_ORIGINS, exactly as the browser sends it."


def guard(app: Flask, settings: Settings) -> None:
    """Set what an application accepts, and put the headers on what it answers."""
    app.config["TRUSTED_HOSTS"] = trusted_hosts(settings)
    app.before_request(_demand_plain_path)
    app.after_request(_finish_https if settings.is_https else _finish)


def trusted_hosts(settings: Settings) -> list[str]:
    """The names this service answers to; no link is ever made from a request's own."""
    # This machine's own names are for health checks and for `up`; a visitor's browser cannot be made to send them here.
    hosts = [urlsplit(url).hostname or "" for url in (settings.site_url, settings.capture_url)]
    return list(dict.fromkeys([*hosts, "localhost", "127.0.0.1", "[::1]"]))


def origins(settings: Settings, is_local: bool) -> frozenset[str]:
    """Whose scripts may call: the site, the capture service and those listed; on one's own machine both its names."""
    here = [f"http://{name}:{settings.port}" for name in ("localhost", "127.0.0.1")] if is_local else []
    return frozenset([*settings.origins, *here])


def is_welcome(origin: str, request: Request) -> bool:
    """May a script of this origin read our answers? Exact match, or our very own address."""
    return origin in wired().origins or origin == f"{request.scheme}://{request.host}"


def demand_origin(request: Request) -> None:
    """Refuse a script's call from an origin that is not on the list. Raises OriginRefused."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_welcome(origin, request):
        raise OriginRefused("Scripts of this page may not send here.")


def preflight() -> Response:
    """The answer to a browser that asks before it sends; the permission itself is added to every answer alike."""
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    if "Origin" in request.headers and is_welcome(request.headers["Origin"], request):
        answer.headers["Access-Control-Allow-Methods"] = "POST"
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type"
        answer.headers["Access-Control-Max-Age"] = "86400"
        answer.headers["Cache-Control"] = "max-age=86400"
    return answer


def is_ahead(request: Request) -> bool:
    """Is this a prefetch, a prerender or a preview?"""
    return any(name in request.environ for name in _AHEAD)


def objects(request: Request) -> bool:
    """Does this browser ask not to be counted, by Global Privacy Control or Do Not Track?"""
    return request.environ.get("HTTP_SEC_GPC") == "1" or request.environ.get("HTTP_DNT") == "1"


@lru_cache(maxsize=4096)
def crawls(agent: str) -> bool:
    """Does this User-Agent name a crawler, or nothing at all?"""
    return not agent.strip() or bool(is_crawler(agent))


@lru_cache(maxsize=4096)
def scans(agent: str) -> bool:
    """Is a download by this User-Agent nobody's reading? Tools that people use count as people: the careful side."""
    return crawls(agent) and not agent.lower().startswith(_TOOLS)


def agent(request: Request) -> str:
    """The User-Agent, short enough to be remembered."""
    return str(request.environ.get("HTTP_USER_AGENT", ""))[:512]


def _demand_plain_path() -> None:
    # The router takes "//signup" for "/signup"; a proxy's rules for one would not see the other.
    if request.environ.get("PATH_INFO", "").startswith("//"):
        abort(404)


def _finish(response: Response) -> Response:
    headers = response.headers
    if request.path in SHARED_PATHS:
        _share(response)
    # The built site, served by `up`, has scripts and styles of its own and is no business of these headers.
    if request.endpoint not in SITE_ENDPOINTS:
        # Not setdefault: for every header that is not there it makes an exception, a tenth of a touch's time.
        present = {name.lower() for name, _ in headers}
        headers.extend([pair for pair in _HEADERS if pair[0].lower() not in present])
    wired().requests[request.endpoint or "-", response.status_code] += 1
    return response


def _finish_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = _STRICT
    return _finish(response)


def _share(response: Response) -> None:
    response.headers.add("Vary", "Origin")
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is not None and is_welcome(origin, request):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "X-Gatepost-Dropped"
