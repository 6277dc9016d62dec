"""Stands between the notebook's host and the interpreter that runs its cells.

Forks once. The child becomes the interpreter; this parent carries what both say, and what the interpreter and all
that it starts print, in one order. When either end is gone it ends the interpreter with everything it has started:
nothing outlives the host, however that ended.
"""
import codecs
import os
import select
import signal
import sys
from _json import encode_basestring_ascii as quoted  # the json package would cost a third of this process's start

CHUNK = 1 << 16
PAUSE = 10  # milliseconds
ENOUGH_LOOKS = 50


def main(folder, cells):
    """Never returns. The folder is the notebook's, cells is a temporary one of the session, which is removed at the end."""
    request_in, request_out = os.pipe()
    reply_in, reply_out = os.pipe()
    out_in, out_out = os.pipe()
    error_in, error_out = os.pipe()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # A session of its own: Ctrl+C in a terminal, and the end of the host's process group, are not for the one that cleans up.
    if os.getpid() != os.getsid(0):
        os.setsid()
    interpreter = os.fork()
    if interpreter == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for fd in (request_out, reply_in, out_in, error_in, woken, wake):
            os.close(fd)
        os.setsid()
        null = os.open(os.devnull, os.O_RDONLY)
        for fd, standard in ((null, 0), (out_out, 1), (error_out, 2)):
            os.dup2(fd, standard)
            os.close(fd)
        from lab_python import interpreter as live

        live.main(request_in, reply_out, folder, cells)
        os._exit(0)
    for fd in (request_in, reply_out, out_out, error_out):
        os.close(fd)
    _adopt_orphans()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    status = _Relay(interpreter, request_out, reply_in, (out_in, error_in), woken).run()
    _remove(cells)
    try:
        _write(1, b'{"ended": %d}\n' % status)
    except OSError:
        pass  # Nobody is left to hear it.
    os._exit(0)


class _Relay:
    def __init__(self, interpreter, requests, replies, streams, woken):
        self.interpreter, self.requests, self.replies, self.streams, self.woken = interpreter, requests, replies, streams, woken
        self.decoders = {fd: codecs.getincrementaldecoder("utf-8")("replace") for fd in streams}
        self.asked = self.said = b""
        for fd in (replies, *streams):
            os.set_blocking(fd, False)

    def run(self):
        """Until the interpreter or the host is gone; gives how the interpreter ended: its exit code, or minus a signal."""
        poll, others = select.poll(), select.poll()
        for fd in (0, self.replies, self.woken):
            poll.register(fd, select.POLLIN)
            others.register(fd, select.POLLIN)
        for fd in self.streams:
            poll.register(fd, select.POLLIN)
        try:
            while True:
                for fd, _ in poll.poll():
                    if fd == 0:
                        if not self._take_requests():
                            return self._end()
                    elif fd == self.woken:
                        os.read(fd, CHUNK)
                    elif fd in self.streams:
                        if self._tell(fd) == b"":
                            poll.unregister(fd)
                        # Woken by every line, this process would take half of what a printing loop has.
                        others.poll(PAUSE)
                    elif self._take_replies() == b"":
                        poll.unregister(fd)
                        others.unregister(fd)
                ended, status = os.waitpid(self.interpreter, os.WNOHANG)
                if ended:
                    self._drain()
                    self._end()
                    return os.waitstatus_to_exitcode(status)
                _reap(self.interpreter)
        except OSError:  # The host reads no more.
            return self._end()

    def _take_requests(self):
        received = os.read(0, CHUNK)
        *lines, self.asked = (self.asked + received).split(b"\n")
        for line in lines:
            if line == b"interrupt":
                _signal_group(self.interpreter, signal.SIGINT)
            elif line == b"end":
                _signal_group(self.interpreter, signal.SIGKILL)
            else:
                try:
                    _write(self.requests, line + b"\n")
                except BrokenPipeError:
                    pass  # It has ended, which is told below.
        return bool(received)

    def _take_replies(self):
        received = _read(self.replies)
        *lines, self.said = (self.said + received).split(b"\n") if received else ([self.said])
        for line in lines:
            # What was printed before it was said comes before it.
            for stream in self.streams:
                while self._tell(stream):
                    pass
            _write(1, line + b"\n")
        return received

    def _tell(self, stream):
        """Passes on some of what was printed; gives what _read does."""
        received = _read(stream)
        text = self.decoders[stream].decode(received) if received else ""
        if text:
            name = "stdout" if stream == self.streams[0] else "stderr"
            _write(1, ('{"stream": "%s", "text": %s}\n' % (name, quoted(text))).encode())
        return received

    def _drain(self):
        while self._take_replies():
            pass
        for stream in self.streams:
            while self._tell(stream):
                pass

    def _end(self):
        """Ends the interpreter and all that it has started; nothing of them is left when this returns."""
        _signal_group(self.interpreter, signal.SIGKILL)
        for _ in range(ENOUGH_LOOKS):
            others = _descendants()
            for process in others:
                _signal(process, signal.SIGKILL)
            _reap(None)
            if not others:
                break
            select.select([], [], [], 0.01)
        return -signal.SIGKILL


def _read(fd):
    """Bytes; none when it is closed; None when nothing is there."""
    try:
        return os.read(fd, CHUNK)
    except BlockingIOError:
        return None


def _write(fd, data):
    while data:
        data = data[os.write(fd, data):]


def _reap(but):
    """Takes note of adopted children that have ended."""
    try:
        while True:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None or ended.si_pid == but:
                return
            os.waitpid(ended.si_pid, 0)
    except ChildProcessError:
        pass


def _adopt_orphans():
    """Linux: what the interpreter starts comes to this process when its own parent has ended, and can be found."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    except (ImportError, OSError, AttributeError):
        pass  # The process group remains.


def _descendants():
    """Linux: the processes under this one that still live."""
    parents = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    state, parent = file.read().rpartition(b")")[2].split()[:2]
            except OSError:
                continue
            if state != b"Z":
                parents[int(name)] = int(parent)
    found, layer = [], {os.getpid()}
    while layer:
        layer = {child for child, parent in parents.items() if parent in layer}
        found += layer
    return found


def _signal_group(leader, number):
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        _signal(leader, number)


def _signal(process, number):
    try:
        os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        pass


def _remove(folder):
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
