#!/usr/bin/python3
"""Is .devcontainer/devcontainer.json what the published schema says, and are VS Code's settings JSON with comments?

    /usr/bin/python3 tests/Container/validate.py [SCHEMA ...]

SCHEMA is a file or an address, for example that of devcontainers/spec. Without one the schema is taken from the npm
package code-server, whose version 4.9.1 (VS Code 1.73.1) is the last to carry it within; newer ones fetch it.
"""
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import urllib.request

import jsonschema

import container

PACKAGE = "code-server@4.9.1"
INTEGRITY = "mD6Aj8/1yzYlVZrVEQdSgDy1NrQ8L4dGnP4JXt8J7+Qx4+KvZ/tLDfZlDuGFQbffCcap6zkPDXnktamP/yBEnA=="
INSIDE = "package/lib/vscode/extensions/configuration-editing/schemas/"
# The base, and what VS Code and Codespaces add below customizations.
NAMES = ("devContainer.schema.generated.json", "devContainer.vscode.schema.json", "devContainer.codespaces.schema.json")
# VS Code's own settings have no published schema.
KNOWN = {"vscode://schemas/settings/machine": {}}


def published():
    """The schemas of the pinned package, by name."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder], check=True, stdout=subprocess.DEVNULL, timeout=300)
        except (OSError, subprocess.SubprocessError) as fault:
            raise SystemExit(f"{PACKAGE} cannot be fetched, and the schema is in it ({fault}): install npm, or name a schema.") from None
        archive = next(pathlib.Path(folder).glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != INTEGRITY:
            raise SystemExit(f"{PACKAGE} is not the file that it was: its SHA-512 differs.")
        with tarfile.open(archive) as package:
            found = {}
            for member in package:
                if member.name.startswith(INSIDE) and member.name.removeprefix(INSIDE) in NAMES:
                    found[member.name.removeprefix(INSIDE)] = ("", json.load(package.extractfile(member)))
                    if len(found) == len(NAMES):
                        return found
    raise SystemExit(f"{PACKAGE} does not carry {', '.join(set(NAMES) - found.keys())}.")


def named(schemas):
    for name in schemas:
        address = name if urllib.parse.urlparse(name).scheme in ("http", "https", "file") else pathlib.Path(name).resolve().as_uri()
        with urllib.request.urlopen(address, timeout=60) as answer:
            yield name, (address, json.load(answer))


def faults(settings, address, schema):
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
    kind.check_schema(schema)
    resolver = jsonschema.RefResolver(address, schema, store=KNOWN)
    for fault in kind(schema, resolver=resolver).iter_errors(settings):
        # Of several kinds of container, the kind that this one is nearest to.
        kinds = {}
        for cause in fault.context:
            kinds.setdefault(cause.schema_path[0], []).append(cause)
        yield from min(kinds.values(), key=len, default=[fault])


def main():
    for file in sorted([*container.ROOT.glob(".vscode/*.json"), *container.ROOT.glob(".devcontainer/*.json")]):
        container.jsonc(file)
    settings = container.settings()
    schemas = dict(named(sys.argv[1:])) if sys.argv[1:] else published()
    # A schema that refuses nothing would prove nothing.
    refused = [name for name, (address, schema) in schemas.items() if any(faults({**settings, "image": 1, "customizations": 1}, address, schema))]
    if len(refused) < len(schemas):
        raise SystemExit(f"{', '.join(schemas.keys() - set(refused))} accepts a container whose image and customizations are numbers.")
    wrong = [f".devcontainer/devcontainer.json, {'/'.join(map(str, fault.absolute_path)) or 'at its top'}: {fault.message[:300]} ({name})"
             for name, (address, schema) in schemas.items() for fault in faults(settings, address, schema)]
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f".devcontainer/devcontainer.json is what {', '.join(schemas)} say{'s' if len(schemas) == 1 else ''}.")


if __name__ == "__main__":
    main()
