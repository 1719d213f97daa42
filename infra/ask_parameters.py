"""Asks for what a deploy has to know, once, and writes it to deploy/STAGE.yaml, which samconfig.toml names.

Without a terminal it takes one answer a line from standard input. Nothing is written before every answer is right.
"""
import re
import sys
from pathlib import Path

from stacks import MAIN, ROOT
from samcli.yamlhelper import yaml_parse

# What differs from one installation to the next. Everything else has a default in template.yaml and may be added to the file.
ASKED = ("MailFrom", "AlarmEmail", "PublicUrl")
HEAD = """\
# The parameters of template.yaml that this deploy does not leave at their defaults. docs/deploy.md has them all.
GradualDeploys: 'true'
"""


def main(file, read=input):
    file = Path(file)
    declared = yaml_parse((ROOT / MAIN).read_text())["Parameters"]
    print(f"{file} is not there yet: {len(ASKED)} questions, and this deploy knows.")
    try:
        answers = {name: answer(name, declared[name], read) for name in ASKED}
    except EOFError:
        return f"\nNobody answers. Write {file} yourself and come again:\n\n{HEAD}MailFrom: hello@example.com\nAlarmEmail: ops@example.com"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD + "".join(f"{name}: {value}\n" for name, value in answers.items() if value))
    print(f"Wrote {file}.")
    return 0


def answer(name, parameter, read):
    """Asks until the answer is of the parameter's form."""
    print(f"\n{parameter['Description']}")
    while True:
        given = read(f"{name}: ").strip()
        if re.fullmatch(parameter["AllowedPattern"], given):
            return given
        print(f"{name} has to be of the form {parameter['AllowedPattern']}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
