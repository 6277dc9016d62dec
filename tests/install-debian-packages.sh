#!/bin/sh
# Installs the Debian packages that some tests need: a real PostgreSQL server, Jupyter's own clients with a browser, and a judge of JSON schemas. Safe to run again and again.
# The tests run it by themselves when they are root and the packages are missing; others run it with sudo.
set -eu

packages="postgresql jupyter-nbconvert python3-jupyter-kernel-test python3-ipykernel jupyter-notebook chromium chromium-driver python3-selenium python3-jsonschema"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq

# The tests start a server of their own in a temporary folder: the package shall not set one up for the whole machine.
case " $missing " in
    *" postgresql "*)
        apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
        settings=/etc/postgresql-common/createcluster.conf
        cp -p "$settings" "$settings.concurrency-lab"
        trap 'mv "$settings.concurrency-lab" "$settings"' EXIT
        pg_conftool "$settings" set create_main_cluster false
        ;;
esac

# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
