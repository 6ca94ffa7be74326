"""Tells the energy meter what this program is doing, in two lines:

    from turngreen_run import stage
    with stage("train"): ...

and, where it helps, begin/end, total, progress, metric, effective, predictions. Run the program under
`turngreen measure -- python program.py`; without it every call does nothing.

One file, Python 3.8 or later, no dependencies. Safe with threads, fork and asyncio (a stage is ended by its
own handle). Nothing here raises or prints. The protocol is described in docs/run-protocol.md of
Turngreen. Apache-2.0.
"""

import functools as _functools
import json as _json
import os as _os
import signal as _signal
import socket as _socket
import stat as _stat
import threading as _threading
import time as _time

__all__ = ["stage", "begin", "end", "total", "progress", "metric", "effective", "predictions"]

_MOST_LINE = 4096  # PIPE_BUF on Linux: written whole or not at all
_MOST_NAME = 256


class _Pipe:
    """The inherited descriptor, as long as it is what it was."""

    def __init__(self):
        self.descriptor = int(_os.environ["TURNGREEN_RUN_FD"])
        status = _os.fstat(self.descriptor)
        if not _stat.S_ISFIFO(status.st_mode):
            raise OSError("not a pipe")
        if int(_os.environ.get("TURNGREEN_RUN_INODE", status.st_ino)) != status.st_ino:
            raise OSError("another pipe")
        self.identity = (status.st_dev, status.st_ino)

    def send(self, line):
        status = _os.fstat(self.descriptor)
        if (status.st_dev, status.st_ino) != self.identity:
            raise OSError("the descriptor was closed and its number used again")
        if _signal.getsignal(_signal.SIGPIPE) != _signal.SIG_DFL:
            _os.write(self.descriptor, line)
            return
        # The program wants SIGPIPE, for pipes of its own: not for this one.
        before = _signal.pthread_sigmask(_signal.SIG_BLOCK, [_signal.SIGPIPE])
        try:
            _os.write(self.descriptor, line)
        except BrokenPipeError:
            _signal.sigtimedwait([_signal.SIGPIPE], 0)
            raise
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before)


class _Socket:
    def __init__(self):
        self.socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            self.socket.connect(_os.environ["TURNGREEN_RUN_SOCKET"])
        except OSError:
            self.socket.close()
            raise

    def send(self, line):
        self.socket.sendall(line, getattr(_socket, "MSG_NOSIGNAL", 0))


def _connect():
    for way in (_Pipe, _Socket):
        try:
            return way()
        except (OSError, KeyError, ValueError):
            pass
    return None


# Made once: json.dumps with these arguments makes one at each call.
_encode = _json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_lock = _threading.RLock()
_way = _connect()
_here = _threading.local()
_spans = 0


def _forked():
    # Another thread may have held the lock when this process was copied.
    global _lock
    _lock = _threading.RLock()


if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(after_in_child=_forked)


def _send(message):
    """A line longer than the limit is not sent; a meter that has gone is not asked again."""
    global _way
    if _way is None:
        return False
    try:
        line = _encode(message).encode("utf-8", "replace") + b"\n"
        if len(line) > _MOST_LINE:
            return False
        with _lock:
            _way.send(line)
        return True
    except BlockingIOError:
        return False
    except OSError:
        _way = None
        return False
    except (TypeError, ValueError, AttributeError):
        return False


def _name(text):
    """At most 256 bytes of UTF-8, without control characters."""
    text = str(text)
    if len(text) <= _MOST_NAME and text.isascii() and text.isprintable():
        return text
    text = "".join("?" if c < " " or "\x7f" <= c <= "\x9f" else c for c in text)
    return text.encode("utf-8", "replace")[:_MOST_NAME].decode("utf-8", "ignore")


def _track():
    return "%d.%d" % (_os.getpid(), _threading.get_ident())


def _number(value):
    """JSON has no infinity and no NaN: these are sent as texts, and the meter says so."""
    value = float(value)
    return value if value - value == 0 else str(value)


class _Span(str):
    """A handle; a name given to `end` is a plain text."""


def begin(name):
    """Begins a stage on the calling thread; gives a handle for `end`."""
    global _spans
    if _way is None:
        return None
    message = {"event": "begin", "stage": _name(name), "time_ns": _time.monotonic_ns()}
    with _lock:
        _spans += 1
        message["span"] = _Span("py.%d.%d" % (_os.getpid(), _spans))
    depth = getattr(_here, "depth", 0)
    _here.depth = depth + 1
    parent = _os.environ.get("TURNGREEN_RUN_PARENT")
    if depth == 0 and parent:
        message["parent"] = _name(parent)
    message["track"] = _track()
    _send(message)
    return message["span"]


def end(span):
    """Ends the stage of this handle, or the innermost open one of this name."""
    if _way is None or span is None:
        return
    _here.depth = max(0, getattr(_here, "depth", 0) - 1)
    key = "span" if isinstance(span, _Span) else "stage"
    _send({"event": "end", key: _name(span), "time_ns": _time.monotonic_ns(), "track": _track()})


class stage:
    """A stage of the program: `with stage("train"): ...`, or a decorator: `@stage("train")`."""

    def __init__(self, name):
        self._name = name
        self._spans = []

    def __enter__(self):
        self._spans.append(begin(self._name))
        return self

    def __exit__(self, *exception):
        end(self._spans.pop())
        return False

    def __call__(self, function):
        @_functools.wraps(function)
        def measured(*arguments, **named):
            with stage(self._name):
                return function(*arguments, **named)

        return measured


def total(samples):
    """How many samples the stage open on the calling thread is going to do in all, in this run."""
    _send({"event": "progress", "total": int(samples), "track": _track()})


def progress(samples=0, tokens=0):
    """Work done since the last call, counted towards the stage open on the calling thread."""
    _send({"event": "progress", "samples": int(samples), "tokens": int(tokens), "track": _track()})


def metric(name, value):
    """A figure of merit; the last value of a name counts."""
    _send({"event": "metric", "name": _name(name), "value": _number(value)})


def effective(knob, value):
    """What a setting really was: a text, a number, True or False."""
    if not isinstance(value, (bool, str)):
        try:
            value = _number(value)
        except (TypeError, ValueError):
            value = str(value)
    _send({"event": "effective", "knob": _name(knob), "value": value})


def predictions(file):
    """Where this program wrote its predictions."""
    _send({"event": "predictions", "file": _os.fspath(file)})
