#!/usr/bin/python3
"""Makes what the dev container would make, on plain Debian: runs its lifecycle commands, read from devcontainer.json.

    /usr/bin/python3 tests/Container/create.py FOLDER

FOLDER/workspace becomes a copy of this checkout without anything built, FOLDER/home the home of the container's user.
As root the commands run as another user and without a network (packages come from this user's own NuGet cache, which
must hold them); as another user they run as that user.
"""
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import container

CREATION = ("onCreateCommand", "updateContentCommand", "postCreateCommand")
NOT_COPIED = shutil.ignore_patterns(".git", "artifacts", "TestResults", "__pycache__", ".ipynb_checkpoints")
COMPILER = "microsoft.netcore.app.crossgen2.*"  # What compiles the kernel ahead of time.
PR_SET_PDEATHSIG = 1


def commands(value):
    """A string goes to a shell, a list is run as it is, an object holds several to run at once; here one after the other."""
    for command in value.values() if isinstance(value, dict) else [value]:
        yield ["/bin/sh", "-c", command] if isinstance(command, str) else command


def packages():
    return pathlib.Path(os.environ.get("NUGET_PACKAGES") or pathlib.Path.home() / ".nuget" / "packages")


def run(command, workspace, environment, user):
    with subprocess.Popen(command, cwd=workspace, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
                          user=user, group=user, extra_groups=None if user is None else []) as process:
        try:
            return process.wait()
        finally:
            # Also when this program is told to end: nothing that a command started may stay.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: tests/Container/create.py FOLDER")
    # Ends with the process that started it, and then not without its children.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))

    folder = pathlib.Path(sys.argv[1]).resolve()
    workspace, home = folder / "workspace", folder / "home"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(container.ROOT, workspace, ignore=NOT_COPIED)
    home.mkdir()
    environment = container.environment(home)
    user = None
    if container.cut_off():
        (home / ".nuget" / "packages").mkdir(parents=True)
        if not container.is_user_root():
            user = container.USER
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, user, user, follow_symlinks=False)
        # There is no source to ask for advisories here, which would be a warning; a build with a network asks.
        environment["NuGetAudit"] = "false"
        # The very folder, whichever user may look into the one it lies in; what it lacks cannot be fetched here.
        cache = home / ".nuget" / "packages"
        subprocess.run(["mount", "--bind", packages(), cache], check=True)
        # NuGet lets only a package's owner run what is in it, so the user gets the compiler that is run as its own.
        for package in cache.glob(COMPILER):
            own = shutil.copytree(package, folder / "packages" / package.name)
            for path in [own, *own.rglob("*")]:
                os.chown(path, user or 0, user or 0)
            subprocess.run(["mount", "--bind", own, package], check=True)
    else:
        print("As this user and with the network: this user may not do otherwise.", flush=True)
        environment["NUGET_PACKAGES"] = str(packages())

    for name in CREATION:
        for command in commands(container.settings().get(name, [])):
            print(f"{name}: {command[-1]}", flush=True)
            began = time.monotonic()
            code = run(command, workspace, environment, user)
            print(f"{name}: ended with {code} in {time.monotonic() - began:.0f} s", flush=True)
            if code != 0:
                raise SystemExit(f"{name} of .devcontainer/devcontainer.json failed with {code}")


if __name__ == "__main__":
    main()
