"""Bodies: strict reading of what arrives, so that nothing half-understood is ever stored or thanked for."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from flask import Request

MOST_BYTES = 16 * 1024
MOST_FIELDS = 40
# A loyal reader's journey alone is longer than that, and so are long answers; one that is far too long can still be shown
# again, beside what is wrong with it.
MOST_SIGNUP = 384 * 1024
MOST_SIGNUP_FIELDS = 640
_LONGEST_NUMBER = 18
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
JSON_TYPES = ("application/json", "text/plain", "")


class BodyUnreadable(Exception):
    """A body that is not what its type says. Nothing of it was used."""

    cure = "Send the fields as UTF-8: a form, or one JSON object."


class TypeUnknown(Exception):
    """A body of a type that this door does not read."""

    cure = "Send application/x-www-form-urlencoded, multipart/form-data or application/json."


def is_json(request: Request) -> bool:
    """Does the body say that it is JSON?"""
    return request.mimetype == "application/json"


def form(request: Request, most: int = MOST_FIELDS) -> dict[str, list[str]]:
    """The fields of a form, urlencoded or multipart, `most` at the most. Raises BodyUnreadable or TypeUnknown."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return _fields(_urlencoded(_text(request), most), most)
    if request.mimetype == "multipart/form-data":
        _text(request)  # werkzeug replaces what is not UTF-8; we refuse it
        if request.files:
            raise BodyUnreadable("No file is asked for here.")
        return _fields(list(request.form.items(multi=True)), most)
    raise TypeUnknown("This type of body is not read here.")


def json_object(request: Request) -> dict[str, Any]:
    """The object in a JSON body. Raises BodyUnreadable."""
    value = json_value(_text(request))
    if not isinstance(value, dict):
        raise BodyUnreadable("The body is not one JSON object.")
    return value


def json_value(text: str) -> Any:
    """Strict JSON: no key twice, no NaN, no number beyond 18 digits, no half of a character. Raises BodyUnreadable."""
    try:
        value = _DECODER.decode(text)
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except BodyUnreadable:
        raise
    except (ValueError, RecursionError):
        raise BodyUnreadable("The body is not JSON that can be read.") from None
    return value


def _text(request: Request) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise BodyUnreadable("The body is not in UTF-8.")
    try:
        return request.get_data().decode()
    except UnicodeDecodeError:
        raise BodyUnreadable("The body is not in UTF-8.") from None


def _urlencoded(text: str, most: int) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError:
        raise BodyUnreadable("The form holds too many fields, or bytes that are not UTF-8.") from None


def _fields(pairs: list[tuple[str, str]], most: int) -> dict[str, list[str]]:
    if len(pairs) > most:
        raise BodyUnreadable("The form holds too many fields.")
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _unlike(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BodyUnreadable("A JSON object names one key twice.")
    return value


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise BodyUnreadable("A number is too long.")
    return int(digits)


def _broken(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise BodyUnreadable("A number is too large.")
    return value


def _no_constant(name: str) -> Any:
    raise BodyUnreadable(f"{name} is not JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unlike, parse_int=_whole, parse_float=_broken, parse_constant=_no_constant
)
