"""The process in which a notebook's Python cells run: one request after the other, on the main thread."""
import builtins
import io
import json
import os
import signal
import sys
import threading

from lab_python import calls, cells, crossing, errors, shown


def main(requests, replies, folder, temporary):
    """Serves until the requests end. The folder is the notebook's; the temporary one is for the texts of cells."""
    _Interpreter(requests, replies, folder, temporary).serve()


class _Interpreter:
    def __init__(self, requests, replies, folder, temporary):
        self.requests, self.replies, self.process = requests, replies, os.getpid()
        self.saying, self.received, self.loop = threading.Lock(), b"", None
        self.is_running = self.may_ask = False
        self.real_streams = [os.dup(1), os.dup(2)]
        for fd in (requests, replies, *self.real_streams):
            os.set_inheritable(fd, False)
        self._open_streams()
        self.namespace = cells.begin(folder, temporary)
        builtins.display, builtins.input = self.display, self.ask
        import getpass

        getpass.getpass = lambda prompt="Password: ", stream=None: self.ask(prompt, secret=True)
        os.environ.setdefault("MPLBACKEND", "agg")
        signal.signal(signal.SIGINT, self._interrupted)
        os.register_at_fork(before=self._flush, after_in_child=self._forked)
        self.say(hello={
            "version": sys.version.split()[0], "name": sys.implementation.name, "executable": sys.executable, "process": self.process,
            "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
        })

    def serve(self):
        served = {
            "run": self.run, "call": self.call, "start": calls.start, "send": calls.send, "get": crossing.get, "set": crossing.set_value, "names": crossing.names,
            "complete": errors.complete, "inspect": errors.inspect_name, "status": errors.status,
        }
        while True:
            request = json.loads(self._next_line())
            kind, number = request.pop("request", None), request.pop("number", None)
            if kind is None:
                continue  # An answer to a question that was given up.
            try:
                self.is_running = kind in ("complete", "inspect")
                reply = served[kind](self.namespace, **request) if kind in served else {"error": f"There is no request {kind}."}
            except BaseException as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
            self.is_running = False
            if os.getpid() != self.process:
                # A cell forked, and this is the child that came to its end.
                self._flush()
                os._exit(0)
            self._flush()
            self.say(done=reply, number=number)

    def run(self, namespace, cell, code):
        """Runs a cell; the reply has an error when it failed."""
        where = _folder()
        self._mend_streams()
        text = cells.Text(cell, code)
        failure = None
        try:
            self.is_running = self.may_ask = True
            try:
                value = self._execute(text)
                if value is not None:
                    builtins._ = value
                    self.say(show=shown.bundle(value), result=True)
                for figure in shown.open_figures():
                    self.say(show=figure)
            finally:
                self.is_running = self.may_ask = False
                cells.ended(text)
        except BaseException as error:
            failure = errors.describe(error, text.label)
        if _folder() != where and os.getpid() == self.process:
            self.say(note=f"[this cell changed the working folder: it is {_folder()} now]\n")
        return {"failure": failure}

    def call(self, namespace, function, arguments=None, sent=None, **_):
        """Measures a call of a function that a cell defined, or of a module."""
        self._mend_streams()
        self.is_running = True
        return calls.call(namespace, self._wait_for, function, arguments or {}, sent)

    def display(self, *values):
        """Shows values under the cell, as the last expression is shown."""
        for value in values:
            if os.getpid() == self.process:
                self._flush()
                self.say(show=shown.bundle(value))
            else:
                print(repr(value), flush=True)

    def ask(self, prompt="", *, secret=False):
        """input(): asks whoever sits in front of the notebook."""
        if os.getpid() != self.process:
            raise EOFError("a child process cannot ask")
        if not self.may_ask:
            raise EOFError("only a running cell can ask")
        self._flush()
        self.say(input=str(prompt), secret=secret)
        answer = json.loads(self._read_line())
        if "refusal" in answer:
            raise EOFError(answer["refusal"])
        return answer["answer"]

    def say(self, **message):
        line = json.dumps(message).encode() + b"\n"
        with self.saying:
            while line:
                line = line[os.write(self.replies, line):]

    def _execute(self, text):
        code = text.compile()
        self.namespace["__name__"] = text.module
        try:
            outcome = eval(code, self.namespace)
            if text.awaits(code):
                self._wait_for(outcome)
        finally:
            self.namespace["__name__"] = "__main__"
        return self.namespace.pop(cells.VALUE, None)

    def _wait_for(self, awaitable):
        """The loop is one for all cells: what a cell has begun goes on while no cell runs, and in the next that awaits."""
        import asyncio

        if self.loop is None or self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        task = asyncio.ensure_future(awaitable, loop=self.loop)
        try:
            return self.loop.run_until_complete(task)
        except KeyboardInterrupt:
            if not task.done():
                task.cancel()
                self.loop.run_until_complete(asyncio.wait([task]))
            raise

    def _next_line(self):
        while b"\n" not in self.received and self.loop is not None and not self.loop.is_closed():
            there = self.loop.create_future()
            self.loop.add_reader(self.requests, lambda: there.done() or there.set_result(None))
            self.loop.run_until_complete(there)
            self.loop.remove_reader(self.requests)
            self._receive()
        return self._read_line()

    def _read_line(self):
        while b"\n" not in self.received:
            self._receive()
        line, _, self.received = self.received.partition(b"\n")
        return line

    def _receive(self):
        received = os.read(self.requests, 1 << 16)
        if not received:
            os._exit(0)
        self.received += received

    def _interrupted(self, number, frame):
        # Between cells there is nothing to stop.
        if self.is_running or os.getpid() != self.process:
            raise KeyboardInterrupt

    def _open_streams(self):
        for fd, name in ((1, "stdout"), (2, "stderr")):
            raw = os.fdopen(fd, "wb", closefd=False)
            setattr(sys, name, io.TextIOWrapper(raw, "utf-8", "backslashreplace", line_buffering=True))
        sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr
        sys.stdin = sys.__stdin__ = _Answers(self)

    def _mend_streams(self):
        """A cell may have closed the standard streams; the next one has them again."""
        closed = [fd for fd in (1, 2) if not _is_open(fd)]
        for fd in closed:
            os.dup2(self.real_streams[fd - 1], fd)
        if closed or sys.__stdout__.closed or sys.__stderr__.closed:
            self._open_streams()
            self.say(note="[an earlier cell closed its standard output; it is open again]\n")

    def _flush(self):
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                pass  # Closed, or put in its place by a cell.

    def _forked(self):
        for fd in (self.requests, self.replies):
            os.close(fd)


class _Answers(io.TextIOBase):
    """Standard input: each line is an answer to a question without words."""

    def __init__(self, interpreter):
        self.interpreter = interpreter

    def readable(self):
        return True

    def readline(self, size=-1):
        return self.interpreter.ask() + "\n"

    def read(self, size=-1):
        return self.readline()


def _is_open(fd):
    try:
        os.fstat(fd)
        return True
    except OSError:
        return False


def _folder():
    try:
        return os.getcwd()
    except OSError:
        return None
