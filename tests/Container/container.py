"""The dev container without a container: its settings, and a process that sees what a process in it would see."""
import ctypes
import fcntl
import json
import os
import pathlib
import re
import socket
import struct
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
USER = 60999  # Stands for the container's user: a number that no user has, and not root's.
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def jsonc(path):
    """Reads JSON with comments; a fault names the file."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    # Strings stay, what looks like a comment within them too; comments become blanks, so that lines keep their numbers.
    bare = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda found: found[1] or re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)
    try:
        return json.loads(bare)
    except json.JSONDecodeError as fault:
        raise SystemExit(f"{path} is not JSON with comments: {fault}") from None


def settings():
    return jsonc(ROOT / ".devcontainer" / "devcontainer.json")


def is_user_root():
    return settings().get("remoteUser", "root") == "root"


def cut_off():
    """Leaves this process no network but its own loopback, and mounts of its own; needs root.  False where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        return False
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING))
    assert [name for _, name in socket.if_nameindex()] == ["lo"], "the network is not cut"
    return True


def environment(home):
    """What a command in the container finds: the container's own variables and little else."""
    read = settings()
    folders = [os.path.dirname(os.path.realpath(which)) for which in [find("dotnet")] if which]
    kept = ("CONCURRENCYLAB_MEASURE_SECONDS", "LANG", "LC_ALL", "CI")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **{key: value for key, value in {**read.get("containerEnv", {}), **read.get("remoteEnv", {})}.items() if value is not None},
        "HOME": str(home),
        "PATH": os.pathsep.join(["/usr/local/bin", "/usr/bin", "/bin", *folders]),
    }


def find(program):
    return next((path for folder in os.environ["PATH"].split(os.pathsep) if os.access(path := os.path.join(folder, program), os.X_OK)), None)
