"""Prints template.yaml with every mention of the table led to another one, such as one that was restored.

    python infra/point_at_table.py NAME STREAM_ARN > restored.yaml

The table's own resource is left out, and CloudFormation leaves the table be: DeletionPolicy is Retain. docs/runbook.md has
the steps around it.
"""
import re
import sys

from stacks import MAIN, ROOT


def pointed_at(template, name, stream):
    arn = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/" + name
    block = re.compile(r"^  Table:\n    Type: AWS::DynamoDB::Table\n(?:    .*\n|\n(?=    ))*", re.MULTILINE)
    template, found = block.subn("", template)
    if found != 1:
        sys.exit("template.yaml has no resource Table any more: mend this script")
    for mention, instead in (
        ("!GetAtt Table.StreamArn", stream),
        ("!GetAtt Table.Arn", f"!Sub '{arn}'"),
        ("${Table.Arn}", arn),
        ("!Ref Table\n", f"{name}\n"),
    ):
        template = template.replace(mention, instead)
    return template


if __name__ == "__main__":
    print(pointed_at((ROOT / MAIN).read_text(), *sys.argv[1:]), end="")
