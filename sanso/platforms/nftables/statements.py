"""A rule in nft's own text, in the terms of libnftables-json(5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sanso.platforms.nftables.names import words
from sanso.platforms.nftables.ruleset import Json
from sanso.platforms.nftables.tokens import Cursor, GrammarError, Token

Reader = Callable[[Cursor], list[Json]]
PAYLOADS = words("ip ip6 tcp udp sctp dccp udplite th icmp icmpv6 igmp ether vlan arp ah esp comp")
META = words(
    """iif oif iifname oifname iiftype oiftype iifgroup oifgroup iifkind oifkind mark skuid skgid cgroup
    rtclassid pkttype cpu l4proto nfproto protocol priority length random ibrname obrname ibrpvid ibrvproto
    sdif sdifname time day hour secpath ipsec nftrace"""
)
CT = words("state mark status direction zone helper label expiration bytes packets avgpkt id l3proto")
CT |= {"count", "protocol", "proto-src", "proto-dst"}
OPERATORS = frozenset(("==", "!=", "<", ">", "<=", ">="))
PLAIN = frozenset(("accept", "drop", "continue", "return", "notrack"))
_RANGE = re.compile(r"(\d+)-(\d+)|([0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*)-([0-9a-fA-F.:]+)")
_PREFIX = re.compile(r"([0-9a-fA-F.:]+)/(\d+)")


def read_statements(found: Sequence[Token]) -> list[Json]:
    """The statements of a rule.

    Raises:
        GrammarError: one is not understood.
    """
    cursor = Cursor(found)
    statements: list[Json] = []
    while cursor.word:
        statements += _statement(cursor)
    return statements


def _statement(cursor: Cursor) -> list[Json]:
    word = cursor.word
    if word in PLAIN:
        cursor.take()
        return [{word: None}]
    if word in ("jump", "goto"):
        cursor.take()
        return [{word: {"target": cursor.take()}}]
    reader: Reader | None = _STATEMENTS.get(word)
    if reader is not None:
        cursor.take()
        return reader(cursor)
    return [_of_key(cursor)]


def _of_key(cursor: Cursor) -> Json:
    """A match, a verdict map, or a value that is set."""
    keys = [_key(cursor)]
    while cursor.has("."):
        keys.append(_key(cursor))
    left: Any = keys[0] if len(keys) == 1 else {"concat": keys}
    if cursor.has("vmap"):
        data = cursor.take() if cursor.word.startswith("@") else {"set": _members(cursor)}
        return {"vmap": {"key": left, "data": data}}
    if left == {"ct": {"key": "count"}}:
        return _ct_count(cursor)
    if cursor.has("set"):
        value = _key(cursor) if cursor.word in ("meta", "ct", "rt", "mark") else _values(cursor)
        return (
            {"ct helper": value} if left == {"ct": {"key": "helper"}} else {"mangle": {"key": left, "value": value}}
        )
    if cursor.has("&"):
        left = {"&": [left, _values(cursor)]}
    op = cursor.take() if cursor.word in OPERATORS else ""
    right = _right(cursor)
    if cursor.word == "/" or (cursor.word == "!" and op == ""):
        cursor.expect("/")
        left = {"&": [left, _values(cursor)]}
        op = op or "=="
    return {"match": {"op": op or "in" if _is_mask(left) else op or "==", "left": left, "right": right}}


def _is_mask(left: Any) -> bool:
    return left in ({"ct": {"key": "state"}}, {"ct": {"key": "status"}}, _payload("tcp", "flags"))


def _key(cursor: Cursor) -> Json:
    word = cursor.take()
    if word == "meta":
        word = cursor.take()
        if word not in META:
            raise GrammarError(word)
        return {"meta": {"key": word}}
    if word == "ct":
        return _ct(cursor)
    if word in ("tcp", "ip", "sctp") and cursor.has("option", "chunk"):
        option = {"name": cursor.take()}
        if cursor.word in ("size", "kind", "length", "left", "right", "count", "type", "value", "ptr", "addr"):
            option["field"] = cursor.take()
        return {f"{word} option": option}
    if word in PAYLOADS:
        return _payload(word, cursor.take())
    if word in META:
        return {"meta": {"key": word}}
    if word in ("rt", "socket"):
        return {word: {"key": cursor.take()}}
    if word == "fib":
        flags = [cursor.take()]
        while cursor.has("."):
            flags.append(cursor.take())
        return {"fib": {"result": cursor.take(), "flags": flags}}
    raise GrammarError(word)


def _payload(protocol: str, field: str) -> Json:
    return {"payload": {"protocol": protocol, "field": field}}


def _ct(cursor: Cursor) -> Json:
    found: Json = {"dir": cursor.take()} if cursor.word in ("original", "reply") else {}
    word = cursor.take()
    if word in ("ip", "ip6") and found:
        word = f"{word} {cursor.take()}"
    elif word not in CT:
        raise GrammarError(word)
    return {"ct": {"key": word, **found}}


# ----- values ---------------------------------------------------------------------------------------------------


def _right(cursor: Cursor) -> Any:
    if cursor.word == "{":
        return {"set": _members(cursor)}
    return _values(cursor)


def _values(cursor: Cursor) -> Any:
    """A value, or several with commas or bars between them."""
    if cursor.has("("):
        found = _values(cursor)
        cursor.expect(")")
        return found
    values = [_value(cursor)]
    while cursor.has(",", "|"):
        values.append(_value(cursor))
    return values if len(values) > 1 else values[0]


def _value(cursor: Cursor) -> Any:
    parts = [_single(cursor)]
    while cursor.has("."):
        parts.append(_single(cursor))
    return parts[0] if len(parts) == 1 else {"concat": parts}


def _single(cursor: Cursor) -> Any:
    word = cursor.take()
    if word.startswith('"'):
        return {"range": [word[1:-1], cursor.take().strip('"')]} if cursor.has("-") else word[1:-1]
    if re.fullmatch(r"\d+|0x[0-9a-fA-F]+", word):
        return int(word, 0)
    if found := _RANGE.fullmatch(word):
        ends = [one for one in found.groups() if one is not None]
        return {"range": [int(one) for one in ends] if found[1] is not None else ends}
    if found := _PREFIX.fullmatch(word):
        return {"prefix": {"addr": found[1], "len": int(found[2])}}
    if word in ("{", "}", "(", ")", "#", "!") or word.startswith("$"):
        raise GrammarError(word)
    return word


def _members(cursor: Cursor) -> list[Any]:
    """Elements in braces; of a map, pairs."""
    cursor.expect("{")
    found: list[Any] = []
    while not cursor.has("}"):
        found.append(element(cursor))
        if not cursor.has(",") and cursor.word != "}":
            raise GrammarError(cursor.word)
    return found


def element(cursor: Cursor) -> Any:
    """An element of a set; of a map, a pair."""
    value = _value(cursor)
    while cursor.word in ("timeout", "expires", "counter", "comment", "limit", "last"):
        if not cursor.has("counter"):
            cursor.take()
            cursor.take()
        elif cursor.has("packets"):
            cursor.take()
            cursor.expect("bytes")
            cursor.take()
    if not cursor.has(":"):
        return value
    if cursor.word in (*PLAIN, "jump", "goto"):
        return [value, _statement(cursor)[0]]
    return [value, _value(cursor)]


# ----- statements that decide nothing, or more than a filter does -----------------------------------------------


def _rest(cursor: Cursor) -> None:
    """Whatever stands behind, up to the rule's end; what it says does not matter."""
    while cursor.word:
        if cursor.take() in (*PLAIN, "jump", "goto", "#"):
            raise GrammarError("a verdict behind what was not looked at")


def _log(cursor: Cursor) -> list[Json]:
    while cursor.word in ("prefix", "level", "group", "snaplen", "queue-threshold", "flags"):
        flags = cursor.take() == "flags"
        cursor.take()
        while flags and (cursor.word in ("sequence", "options") or cursor.has(",")):
            cursor.take()
    return [{"log": None}]


def _counter(cursor: Cursor) -> list[Json]:
    if cursor.has("packets"):
        cursor.take()
        cursor.expect("bytes")
        cursor.take()
    elif cursor.has("name"):
        cursor.take()
    return [{"counter": None}]


def _limit(cursor: Cursor) -> list[Json]:
    if cursor.has("name"):
        cursor.take()
        return [{"limit": None}]
    cursor.expect("rate")
    cursor.has("over")
    cursor.take()
    if cursor.word.split("/")[0] in ("bytes", "kbytes", "mbytes"):
        cursor.take()
    if cursor.has("burst"):
        cursor.take()
        cursor.has("packets", "bytes", "kbytes", "mbytes")
    return [{"limit": None}]


def _quota(cursor: Cursor) -> list[Json]:
    if cursor.has("name"):
        cursor.take()
        return [{"quota": None}]
    cursor.has("over", "until")
    for _ in range(2):
        cursor.take()
    if cursor.has("used"):
        cursor.take()
        cursor.take()
    return [{"quota": None}]


def _reject(cursor: Cursor) -> list[Json]:
    if cursor.has("with"):
        if cursor.take() == "tcp":
            cursor.expect("reset")
        else:
            cursor.has("type")
            cursor.take()
    return [{"reject": None}]


def _comment(cursor: Cursor) -> list[Json]:
    cursor.take()
    return []


def _translation(kind: str) -> Reader:
    def read(cursor: Cursor) -> list[Json]:
        _rest(cursor)
        return [{kind: None}]

    return read


def _queue(cursor: Cursor) -> list[Json]:
    _rest(cursor)
    return [{"queue": None}]


def _flow(cursor: Cursor) -> list[Json]:
    cursor.expect("add")
    return [{"flow": {"op": "add", "flowtable": cursor.take()}}]


def _set_change(cursor: Cursor) -> list[Json]:
    name = cursor.take()
    if not name.startswith("@") or cursor.word != "{":
        raise GrammarError(name)
    depth = 0
    while True:
        word = cursor.take()
        depth += (word == "{") - (word == "}")
        if depth == 0:
            return [{"set": {"op": "add", "set": name}}]


def _ct_count(cursor: Cursor) -> Json:
    cursor.has("over")
    cursor.take()
    return {"ct count": None}


_STATEMENTS: dict[str, Reader] = {
    "log": _log,
    "counter": _counter,
    "limit": _limit,
    "quota": _quota,
    "reject": _reject,
    "comment": _comment,
    "queue": _queue,
    "flow": _flow,
    "add": _set_change,
    "update": _set_change,
    "delete": _set_change,
    **{
        name: _translation(name)
        for name in ["masquerade", "snat", "dnat", "redirect", "tproxy", "synproxy", "dup", "fwd"]
    },
}
