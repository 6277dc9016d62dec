#!/bin/sh
# Installs the Debian packages that some tests need: Jupyter's own clients with a browser, a judge of JSON schemas, and what makes a network of its own. Safe to run again and again.
# Run it as root; .ci/run does.
set -eu

packages="jupyter-nbconvert python3-jupyter-kernel-test python3-ipykernel jupyter-notebook chromium chromium-driver python3-selenium python3-jsonschema iproute2"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq

# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
