"""Lints each stack as CloudFormation gets it, prints its size, and fails long before CloudFormation would refuse it.

`sam validate --lint` does not look inside SAM's events: a wrong value there shows only after the transform.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from resources import MOST
from stacks import ROOT, stacks

LINTER = Path(sys.executable).with_name("cfn-lint")
# Beside what .cfnlintrc sets aside: the transform takes what is switched off out, and with it the last use of a
# parameter. template.yaml itself is linted for that.
IGNORED = ["I3011", "W2001"]


def main():
    failed = False
    for file, template in stacks().items():
        count = len(template["Resources"])
        print(f"resources: {count} in {file}")
        if count > MOST:
            print(f"{file}: {count} resources, at most {MOST}: move some into a nested stack under infra/")
            failed = True
        with tempfile.NamedTemporaryFile("w", suffix=".json") as flat:
            json.dump(template, flat, indent=1)
            flat.flush()
            failed |= subprocess.run([LINTER, "--ignore-checks", *IGNORED, "--template", flat.name], cwd=ROOT).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
