"""The stacks that a deploy makes: template.yaml after the SAM transform, and the nested ones it names.

A linter or a test that reads template.yaml itself misses what the transform adds (roles, permissions, schedules) and what
it passes on unchecked, so they read this.
"""
from pathlib import Path
from unittest import mock

from samcli.yamlhelper import yaml_parse
from samtranslator.internal.managed_policies import get_bundled_managed_policy_map
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parent.parent
MAIN = "template.yaml"


class ManagedPolicies:
    """Names of AWS's policies to their ARNs, without asking AWS."""

    def load(self):
        return get_bundled_managed_policy_map("aws")


def stacks():
    """Gives {file: CloudFormation template}, the main one first, each with the addresses that `sam deploy` puts in for files."""
    main = transformed(yaml_parse((ROOT / MAIN).read_text()))
    found = {MAIN: main}
    for nested in of_type(main, "AWS::CloudFormation::Stack").values():
        file = nested["Properties"]["TemplateURL"]
        nested["Properties"]["TemplateURL"] = f"https://code.s3.amazonaws.com/{file}"
        found[file] = yaml_parse((ROOT / file).read_text())
    return found


def transformed(template):
    """What CloudFormation makes of a SAM template."""
    for resource in of_type(template, "AWS::Serverless::Function").values():
        resource["Properties"]["CodeUri"] = f"s3://code/{resource['Properties']['CodeUri']}"
    parameters = {name: p.get("Default", "given-at-deploy") for name, p in template["Parameters"].items()}
    with mock.patch("boto3.session.Session.region_name", "us-east-1"):
        return transform(template, parameters | {"AWS::Region": "us-east-1"}, ManagedPolicies())


def of_type(template, kind):
    """The resources of one type, by logical id."""
    return {name: r for name, r in template["Resources"].items() if r["Type"] == kind}
