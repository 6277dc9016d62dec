#!/bin/sh
# After the container is made for somebody: what this somebody asked for, and a look at whether all is well.
set -eu
cd "$(dirname "$0")/.."

lab=artifacts/bin/Lab/release/lab.dll
case "${CONCURRENCYLAB_DOTNET_INTERACTIVE:-no}" in
    # It has said in a line what stood in its way; the container is as useful without it.
    yes) dotnet $lab install --engine dotnet-interactive || true ;;
    no | "") ;;
    *) echo "CONCURRENCYLAB_DOTNET_INTERACTIVE is \"$CONCURRENCYLAB_DOTNET_INTERACTIVE\": it can be \"yes\" or \"no\"." >&2 ;;
esac
# What is missing here is told, and no reason not to open.
dotnet $lab doctor || true
