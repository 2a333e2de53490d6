"""Where a link leads that calls a script: `onclick="location='2.htm'"`, `javascript:goPage(2)`. Nothing is run."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_QUOTED = re.compile(r"""(['"])([^'"<>\s]{1,500})\1""")
_ADDRESS = re.compile(r"https?://|//\w|\.{0,2}/\w|\?\w+=|[\w/.-]+\.(?:s?html?|php|aspx?|jsp|do)\b", re.IGNORECASE)
_CALL = re.compile(r"(?:javascript:)?\s*(?:return\s+|void\s+)?(\w+)\s*\(\s*(['\"]?)([\w-]{1,40})\2\s*\)", re.IGNORECASE)
_MOVE = re.compile(r"location(?:\.href)?\s*(?:=(?!=)|\.\s*(?:assign|replace)\s*\()\s*([^;\n})]{1,300}(?:\)[^;\n})]*)?)")
_TERM = re.compile(r"""\s*(?:(['"])(.*?)\1|(?:\(\s*)?(\w+)(?:\s*([-+])\s*(\d+))?(?:\s*\))?)\s*(\+|$)""")
_FUNCTION_CHARS = 600
"""How far into a function its move is looked for: functions that turn pages do little else."""


def reference_in(element: HtmlElement) -> str:
    """The reference behind a link's script, relative as it stands; empty where none can be told."""
    for call in (element.get("href") or "", element.get("onclick") or ""):
        if not call.lower().startswith(("http:", "https:")) and (found := _quoted(call) or _called(call, element)):
            return found
    return ""


def _quoted(call: str) -> str:
    """The first quoted address in a piece of script."""
    return next((match[2] for match in _QUOTED.finditer(call) if _ADDRESS.match(match[2])), "")


def _called(call: str, element: HtmlElement) -> str:
    """What a function of the page makes of its one argument."""
    match = _CALL.match(call)
    if match is None:
        return ""
    function = re.compile(rf"\b(?:function\s+{match[1]}|{match[1]}\s*=\s*function)\s*\(\s*(\w+)\s*\)")
    for script in element.getroottree().getroot().iter("script"):
        text = script.text or ""
        head = function.search(text)
        if head and (move := _MOVE.search(text[head.end() : head.end() + _FUNCTION_CHARS])):
            return _joined(move[1], head[1], match[3])
    return ""


def _joined(expression: str, parameter: str, argument: str) -> str:
    """`"list_" + (n - 1) + ".htm"` with `n` given; empty where anything else stands in it.

    >>> _joined("'list_' + (n-1) + '.htm'", "n", "3"), _joined("base + n", "n", "3")
    ('list_2.htm', '')
    """
    pieces: list[str] = []
    place = 0
    while place < len(expression) and (match := _TERM.match(expression, place)) and match.end() > place:
        value = match[2] if match[1] else _value(match, parameter, argument)
        if value is None:
            return ""
        pieces.append(value)
        place = match.end()
        if not match[6]:
            return "".join(pieces)
    return ""


def _value(match: re.Match[str], parameter: str, argument: str) -> str | None:
    """What the argument, perhaps counted up or down, comes to; None where it is another variable."""
    if match[3] != parameter:
        return None
    if match[4] is None:
        return argument
    if not argument.isdigit():
        return None
    return str(int(argument) + int(match[4] + match[5]))
