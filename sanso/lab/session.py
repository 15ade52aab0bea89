"""The SSH channel of one session: what is typed goes to the shell, what it says comes back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncssh

from sanso.lab.grammar import InvalidInput
from sanso.lab.paging import Pager
from sanso.lab.terminal import Key, LineEditor
from sanso.lab.trouble import Sudden

if TYPE_CHECKING:
    from sanso.lab.device import Device
    from sanso.lab.shell import Shell
    from sanso.lab.spec import Timing


class CliSession(asyncssh.SSHServerSession[bytes]):
    """A login (with or without a terminal), or one command given by the client."""

    def __init__(self, device: Device, shell: Shell, timing: Timing) -> None:
        self._device = device
        self._shell = shell
        self._timing = timing
        self._editor = LineEditor(self._write)
        self._pager: Pager | None = None
        self._command: str | None = None
        self._busy = False
        self._eof = False
        self._closing = False
        self._said: list[str] = []
        self._dumb = False
        self._chan: asyncssh.SSHServerChannel[bytes]

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Take the channel."""
        self._chan = chan
        self._device.sessions[self._shell] = self._hang_up
        if (seconds := self._device.troubles.login()) is not None:
            asyncio.get_running_loop().call_later(seconds, self._strike)

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:  # noqa: ARG002 - asyncssh's signature
        """Accept a terminal; its size is what paging goes by until the user says otherwise."""
        self.terminal_size_changed(*term_size)
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:  # noqa: ARG002 - asyncssh's signature
        """Follow the client's window."""
        if height > 0 and not self._shell.length_fixed:
            self._shell.length = height
        if width > 0 and not self._shell.width_fixed:
            self._shell.width = width

    def shell_requested(self) -> bool:
        """Accept a login."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Accept a single command."""
        self._command = command
        return True

    def session_started(self) -> None:
        """Greet, or run the single command."""
        if self._command is None:
            self._write(self._shell.greeting().replace("\n", "\r\n") + self._shell.prompt)
            self._flush()
            return
        output = self._shell.execute(self._command)
        if output:
            self._write(output.replace("\n", "\r\n") + "\r\n")
        self._close()

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:  # noqa: ARG002 - asyncssh's signature
        """Take what was typed."""
        if self._command is None:
            self._editor.feed(data)
            self._work()

    def eof_received(self) -> bool:
        """End once what was typed is done."""
        self._eof = True
        self._work()
        return True

    def signal_received(self, signal: str) -> None:
        """Take a break for Ctrl-C."""
        if signal == "INT":
            self._key(Key.INTERRUPT)
            self._flush()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncssh's signature
        """Forget the session."""
        self._closing = True
        if self._device.sessions.pop(self._shell, None) is not None:
            self._shell.on_close()

    def _work(self) -> None:
        """Answer what was typed, in order, until there is no more or the device is busy."""
        while not (self._busy or self._closing):
            if self._pager is not None:
                key = self._editor.take_key()
                if not key:
                    break
                self._page(self._pager.key(key))
                continue
            got = self._editor.step(self._shell.echo)
            if got is None:
                break
            if isinstance(got, Key):
                self._key(got)
            elif (seconds := self._pace()) > 0:
                self._busy = True
                asyncio.get_running_loop().call_later(seconds, self._resume, got)
            else:
                self._run(got)
        if self._eof and not (self._busy or self._closing or self._editor.pending):
            self._close()
        self._flush()

    def _pace(self) -> float:
        """Seconds that a command takes."""
        troubles = self._device.troubles
        return troubles.pace if "slow" in troubles.lasting else self._timing.command

    def _resume(self, line: str) -> None:
        self._busy = False
        if not self._closing:
            self._run(line)
            self._work()

    def _run(self, line: str) -> None:
        troubles = self._device.troubles
        happens = troubles.command()
        if happens == "refuse":
            output = self._shell.complaint(InvalidInput(0), line)
        else:
            output = "" if happens and troubles.spared else self._shell.execute(line)
            self._suffer(happens)
        if self._closing:
            return
        if self._shell.length > 0 and output.count("\n") >= self._shell.length - 1:
            self._pager = Pager(output, self._shell.length)
            self._page(self._pager.start())
        else:
            self._answer(output)

    def _answer(self, output: str) -> None:
        text = output.replace("\n", "\r\n") + "\r\n" if output else ""
        if self._shell.closed:
            self._write(text)
            self._close()
        else:
            self._write(text + self._shell.prompt)

    def _page(self, text: str) -> None:
        self._write(text)
        if self._pager is not None and self._pager.done:
            self._pager = None
            self._answer("")

    def _key(self, key: Key) -> None:
        shell, editor = self._shell, self._editor
        if key is Key.TAB:
            added = shell.completion(editor.line)
            editor.line += added
            self._write(added)
        elif key is Key.HELP:
            self._write("?\r\n" + shell.help_text(editor.line).replace("\n", "\r\n") + "\r\n\r\n")
            self._write(shell.prompt + editor.line)
        elif key is Key.EOF:
            self._close()
        elif key is Key.INTERRUPT:
            editor.reset()
            self._write("^C\r\n")
            self._answer(shell.interrupt())
        else:
            line = editor.reset()
            self._write("^Z\r\n")
            output = shell.execute(line) if line.strip() else ""
            shell.end()
            self._answer(output)

    def _write(self, text: str) -> None:
        self._said.append(text)

    def _flush(self) -> None:
        """Send what was said in one packet: encrypting many small ones is what costs."""
        said = "".join(self._said).encode()
        self._said.clear()
        if not said or self._closing or self._dumb:
            return
        room = self._device.troubles.room()
        self._device.troubles.said(len(said))
        if room is None or len(said) <= room:
            self._chan.write(said)
            return
        self._chan.write(said[:room])
        self._strike()
        if not self._closing and not self._dumb:
            self._chan.write(said[room:])

    def _strike(self) -> None:
        """Let happen what was to happen about now."""
        self._suffer(self._device.troubles.happen())

    def _suffer(self, happens: Sudden | None) -> None:
        """Let something happen to this session, or to the device."""
        if happens == "hang":
            self._dumb = True
        elif happens == "drop":
            self._break_off()
        elif happens == "power":
            self._break_off()
            self._device.reload("power-on")

    def _break_off(self) -> None:
        """End without a word."""
        if not self._closing:
            self._closing = True
            self._device.sessions.pop(self._shell, None)
            self._chan.get_connection().abort()
            self._shell.on_close()

    def _hang_up(self) -> None:
        if not self._closing:
            self._flush()
            self._closing = True
            self._chan.get_connection().close()
            self._shell.on_close()

    def _close(self) -> None:
        if not self._closing:
            self._flush()
            self._closing = True
            self._chan.exit(0)
