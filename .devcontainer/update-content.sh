#!/bin/sh
# When the container is made and whenever a prebuild takes in new commits: builds the library, installs the kernel compiled
# ahead, and runs one chapter, so that whoever opens the first notebook waits for nothing.
set -eu
cd "$(dirname "$0")/.."

dotnet build src/Lab -c Release -v quiet
lab=artifacts/bin/Lab/release/lab.dll
dotnet $lab install
dotnet $lab run notebooks/00-start-here.ipynb
