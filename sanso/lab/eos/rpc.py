"""eAPI's one method, ``runCmds``: commands in, text or JSON out, by JSON-RPC 2.0."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

#: errors of JSON-RPC and of EOS
_PARSE, _REQUEST, _METHOD, _PARAMS = -32700, -32600, -32601, -32602
_FAILED, _INVALID, _UNCONVERTED = 1000, 1002, 1003

_INVALID_WORDS = ("Invalid input", "Incomplete command", "Ambiguous command")


@dataclass
class RpcError(Exception):
    """What is wrong with a request."""

    code: int
    message: str
    data: list[dict[str, Any]] | None = None

    def body(self) -> dict[str, Any]:
        """Give the ``error`` of the answer."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        return error if self.data is None else {**error, "data": self.data}


def answer(shell: EosShell, body: bytes) -> dict[str, Any]:
    """Carry out a request on a shell and give the answer."""
    number: Any = None
    try:
        request = _read(body)
        number = request.get("id")
        return {"jsonrpc": "2.0", "id": number, "result": _run(shell, request)}
    except RpcError as error:
        return {"jsonrpc": "2.0", "id": number, "error": error.body()}
    finally:
        shell.on_close()


def _read(body: bytes) -> dict[str, Any]:
    try:
        request = json.loads(body)
    except ValueError:
        raise RpcError(_PARSE, "Parse error") from None
    if not isinstance(request, dict):
        raise RpcError(_REQUEST, "Invalid Request")
    return request


def _run(shell: EosShell, request: dict[str, Any]) -> list[dict[str, Any]]:
    if request.get("method") != "runCmds":
        raise RpcError(_METHOD, "Method not found")
    params = request.get("params")
    if not isinstance(params, dict) or not isinstance(params.get("cmds"), list):
        raise RpcError(_PARAMS, "Invalid params")
    as_text = params.get("format", "json") == "text"
    results: list[dict[str, Any]] = []
    for place, item in enumerate(params["cmds"], 1):
        command, typed = (item["cmd"], item.get("input", "")) if isinstance(item, dict) else (str(item), "")
        where = f"CLI command {place} of {len(params['cmds'])} '{command}' failed: "
        try:
            results.append(_one(shell, command, typed, as_text))
        except _CommandError as error:
            failed = [*results, {"errors": [error.words]}]
            raise RpcError(error.code, where + error.kind, failed) from None
    return results


@dataclass
class _CommandError(Exception):
    code: int
    kind: str
    words: str


def _one(shell: EosShell, command: str, typed: str, as_text: bool) -> dict[str, Any]:
    shell.wants_json = not as_text
    output = shell.execute(command)
    for line in [*typed.splitlines(), "EOF"] if shell.gathering else typed.splitlines():
        if shell.gathering or shell.question is not None:
            output = shell.execute(line)
    if shell.question is not None:
        shell.question = None
        raise _CommandError(_FAILED, "could not run command", "Command requires interactive input")
    complaints = [line[1:].strip() for line in output.splitlines() if line.startswith("%")]
    if complaints:
        raise _error(command, complaints[0])
    if as_text:
        return {"output": f"{output}\n" if output else ""}
    return _converted(command, output)


def _error(command: str, words: str) -> _CommandError:
    if words.startswith(_INVALID_WORDS):
        return _CommandError(_INVALID, "invalid command", f"{words} (at token 0: '{command.split()[0]}')")
    return _CommandError(_FAILED, "could not run command", words)


def _converted(command: str, output: str) -> dict[str, Any]:
    """Give a command's JSON; commands that only change things say nothing but, maybe, a warning."""
    if output.startswith("{"):
        data: dict[str, Any] = json.loads(output)
        return data
    if command.strip().startswith("sh"):
        raise _CommandError(_UNCONVERTED, "unconverted command", "Command cannot be used over the API at this time.")
    return {"messages": output.splitlines()} if output else {}
