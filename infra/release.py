"""Writes deploy/release.yaml: a name for what is about to be deployed, which changes exactly when that does.

    python infra/release.py deploy/STAGE.yaml
"""
import hashlib
import sys
from pathlib import Path

from stacks import MAIN, ROOT

FILE = ROOT / "deploy" / "release.yaml"


def release(files):
    """The checksum of files' contents, in the order of their paths."""
    checksum = hashlib.sha256()
    for file in sorted(files):
        checksum.update(hashlib.sha256(file.read_bytes()).digest())
    return checksum.hexdigest()[:16]


def deployed(parameters, built_in=ROOT):
    """Everything that a deploy is made of."""
    code = list((built_in / "target" / "lambda").glob("*/bootstrap"))
    if not code:
        sys.exit("Nothing is built: make build comes first.")
    return [*code, ROOT / MAIN, *(ROOT / "infra").glob("*.yaml"), Path(parameters)]


if __name__ == "__main__":
    name = release(deployed(sys.argv[1]))
    FILE.write_text(f"# Written by make deploy.\nRelease: '{name}'\n")
    print(f"Release {name}")
