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
QUEUE = "infra/queue.yaml"
SCHEDULE = "infra/schedule.yaml"


UPLOADED = "https://code.s3.amazonaws.com/"


class ManagedPolicies:
    """Names of AWS's policies to their ARNs, without asking AWS."""

    def load(self):
        return get_bundled_managed_policy_map("aws")


def stacks(**given):
    """Gives {file: CloudFormation template}, the main one first, each with the addresses that `sam deploy` puts in for files."""
    main = transformed(yaml_parse((ROOT / MAIN).read_text()), **given)
    found = {MAIN: main}
    for nested in of_type(main, "AWS::CloudFormation::Stack").values():
        file = nested["Properties"]["TemplateURL"]
        nested["Properties"]["TemplateURL"] = UPLOADED + file
        found[file] = yaml_parse((ROOT / file).read_text())
    return found


def transformed(template, **given):
    """What CloudFormation makes of a SAM template with the parameters `given`."""
    for resource in of_type(template, "AWS::Serverless::Function").values():
        resource["Properties"]["CodeUri"] = f"s3://code/{resource['Properties']['CodeUri']}"
    parameters = {name: p.get("Default", "given-at-deploy") for name, p in template["Parameters"].items()} | given
    with mock.patch("boto3.session.Session.region_name", "us-east-1"):
        return transform(template, parameters | {"AWS::Region": "us-east-1"}, ManagedPolicies())


def of_type(template, kind):
    """The resources of one type, by logical id."""
    return {name: r for name, r in template["Resources"].items() if r["Type"] == kind}


def instances(main, file):
    """The parameters of the stacks that are made of one nested template, by logical id."""
    nested = of_type(main, "AWS::CloudFormation::Stack")
    return {name: s["Properties"]["Parameters"] for name, s in nested.items() if s["Properties"]["TemplateURL"] == UPLOADED + file}


def statements(template):
    """Every policy statement with the logical id it belongs to."""
    for name, resource in template["Resources"].items():
        p = resource.get("Properties", {})
        documents = [policy["PolicyDocument"] for policy in p.get("Policies", [])]
        documents += [p[key] for key in ("PolicyDocument", "KeyPolicy") if key in p]
        for document in documents:
            yield from ((name, statement) for statement in document["Statement"])


def function_of(main, mapping):
    """The function that a mapping calls, by itself or by its alias."""
    called = mapping["Properties"]["FunctionName"]["Ref"]
    alias = of_type(main, "AWS::Lambda::Alias").get(called)
    return alias["Properties"]["FunctionName"]["Ref"] if alias else called


def source_of(mapping):
    """The logical id of what a mapping reads: the table, or the stack of a queue."""
    return mapping["Properties"]["EventSourceArn"]["Fn::GetAtt"][0]


def dead_letter_queues(template):
    """Logical ids of the queues that something names as where its failures go."""
    names = set()

    def walk(value, key=""):
        if isinstance(value, dict):
            if "Fn::GetAtt" in value and key in ("deadLetterTargetArn", "Destination", "DeadLetterConfig"):
                names.add(value["Fn::GetAtt"][0])
            for inner, part in value.items():
                walk(part, key if inner == "Arn" else inner)
        elif isinstance(value, list):
            for part in value:
                walk(part, key)

    walk(template["Resources"])
    return names & of_type(template, "AWS::SQS::Queue").keys()


def as_list(value):
    return value if isinstance(value, list) else [value]
