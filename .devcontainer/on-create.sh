#!/bin/sh
# Once, when the container is made: is what it shall bring there? Then the packages, for which the network is needed.
set -eu
cd "$(dirname "$0")/.."

need() {
    echo "$1" >&2
    exit 1
}

dotnet --version >/dev/null 2>&1 || need "No .NET SDK that satisfies global.json: choose an image with the .NET 10 SDK in .devcontainer/devcontainer.json."
python3 -c 'import asyncio, multiprocessing' 2>/dev/null || need "No Python 3 with asyncio and multiprocessing: the container's python feature brings one."

dotnet restore src/Lab -v quiet
