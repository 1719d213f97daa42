"""state STACK: prints {"fingerprint", "outputs"} of a stack in the emulator, or {} where there is none.
wire STACK FINGERPRINT: makes the routes of its HTTP APIs, stores the fingerprint, and prints the same.
invoke STACK FUNCTION EVENT: calls a function once; prints what it answers, and fails where it does.
permissions STACK: prints what each function's policies allow, and the calls that AWS makes by its role.

The emulator ignores the OpenAPI `Body` that SAM's HttpApi events become. AWS makes one route and one proxy integration
per path and method of it; so do we, from the processed template, in place of all routes that were there.
"""
import json
import re
import sys

import boto3
from botocore.exceptions import ClientError

STACKS, APIS, PARAMETERS, FUNCTIONS, ROLES = (
    boto3.client(name) for name in ("cloudformation", "apigatewayv2", "ssm", "lambda", "iam")
)
# What Lambda itself asks of a role to read a source for its function: SAM's SQSPollerPolicy and DynamoDBStreamReadPolicy.
READS = {
    "sqs": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"),
    "dynamodb": (
        "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"
    ),
}


def outputs(stack):
    """A stack's outputs, and those of the stacks in it with their names before: InboundQueueUrl is the Url of InboundQueue."""
    found = own_outputs(stack)
    if found is None:
        return None
    nested = {name: r["PhysicalResourceId"] for name, r in resources(stack).items() if r["ResourceType"] == "AWS::CloudFormation::Stack"}
    within = {f"{name}{key}": value for name, stack in nested.items() for key, value in own_outputs(stack).items()}
    return within | found


def own_outputs(stack):
    try:
        found = STACKS.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError:
        return None
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def resources(stack):
    pages = STACKS.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {r["LogicalResourceId"]: r for page in pages for r in page["StackResourceSummaries"]}


def wire(stack):
    template = STACKS.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    template = template if isinstance(template, dict) else json.loads(template)
    ids = {name: resource["PhysicalResourceId"] for name, resource in resources(stack).items()}
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::ApiGatewayV2::Api":
            wire_api(ids[name], resource["Properties"].get("Body", {}), ids)
        elif resource["Type"] == "AWS::Lambda::Alias":
            publish(ids[resource["Properties"]["FunctionName"]["Ref"]], resource["Properties"]["Name"])


def publish(function, alias):
    """Leads an alias to the code that was just deployed. On AWS a new Release does; the emulator knows no value of it."""
    version = FUNCTIONS.publish_version(FunctionName=function)["Version"]
    FUNCTIONS.update_alias(FunctionName=function, Name=alias, FunctionVersion=version)


def wire_api(api, body, ids):
    for route in APIS.get_routes(ApiId=api)["Items"]:
        APIS.delete_route(ApiId=api, RouteId=route["RouteId"])
    for integration in APIS.get_integrations(ApiId=api)["Items"]:
        APIS.delete_integration(ApiId=api, IntegrationId=integration["IntegrationId"])
    for path, methods in body.get("paths", {}).items():
        for method, operation in methods.items():
            verb = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
            integration = APIS.create_integration(
                ApiId=api,
                IntegrationType="AWS_PROXY",
                PayloadFormatVersion="2.0",
                IntegrationUri=function_of(operation["x-amazon-apigateway-integration"]["uri"], ids),
            )
            key = path if operation.get("isDefaultRoute") else f"{verb} {path}"
            APIS.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")


def verify_senders():
    """SES sends for verified identities alone; on AWS an operator verifies each tenant's. Those of demo tenants and of
    tests are all under example.com."""
    boto3.client("sesv2").create_email_identity(EmailIdentity="example.com")


def forget_uploads():
    """Removes what `sam deploy` uploaded: it was read during the deploy and is not read again."""
    bucket = outputs("aws-sam-cli-managed-default")["SourceBucket"]
    boto3.resource("s3").Bucket(bucket).object_versions.delete()


def function_of(uri, ids):
    """The ARN in an integration's `uri`, which names a function as ${Function.Arn} or an alias as ${Alias}."""
    text = uri["Fn::Sub"] if isinstance(uri, dict) else uri
    reference = re.search(r"functions/\$\{(\w+)(\.Arn)?\}", text)
    if reference is None:
        sys.exit(f"no function in the integration {text}")
    if reference[2] is None:
        return ids[reference[1]]
    return boto3.client("lambda").get_function(FunctionName=ids[reference[1]])["Configuration"]["FunctionArn"]


def permissions(stack):
    """{"allowances": [{"function", "actions", "resources", "conditions"}], "calls": [{"caller", "action", "resource"}]}."""
    allowances, calls = [], []
    for page in FUNCTIONS.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            name, role = function["FunctionName"], function["Role"].rsplit("/", 1)[-1]
            allowances += [
                {
                    "function": name,
                    "actions": as_list(statement["Action"]),
                    "resources": as_list(statement["Resource"]),
                    "conditions": statement.get("Condition", {}),
                }
                for policy in policies_of(role)
                for statement in policy["Statement"]
                if statement["Effect"] == "Allow"
            ]
            calls += [{"caller": name, "action": action, "resource": arn} for action, arn in lambdas_own_calls(name)]
    return {"allowances": allowances, "calls": calls}


def policies_of(role):
    """The policies of a role, but for AWS's own."""
    for name in ROLES.list_role_policies(RoleName=role)["PolicyNames"]:
        yield ROLES.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    for attached in ROLES.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        arn = attached["PolicyArn"]
        if not arn.startswith("arn:aws:iam::aws:"):
            version = ROLES.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
            yield ROLES.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def lambdas_own_calls(function):
    """What Lambda does by a function's role: reads its sources, and puts aside what it could not handle."""
    destinations = []
    for mapping in mappings_of(function):
        source = mapping["EventSourceArn"]
        yield from ((action, source) for action in READS[source.split(":")[2]])
        destinations.append(mapping)
    try:
        destinations.append(FUNCTIONS.get_function_event_invoke_config(FunctionName=function))
    except ClientError:
        pass
    for config in destinations:
        queue = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        if queue:
            yield "sqs:SendMessage", queue


def mappings_of(function):
    """The sources that call a function, by itself or by an alias."""
    for page in FUNCTIONS.get_paginator("list_event_source_mappings").paginate():
        yield from (m for m in page["EventSourceMappings"] if m["FunctionArn"].split(":")[6] == function)


def invoke(function, event):
    answer = FUNCTIONS.invoke(FunctionName=function, Payload=event)
    said = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        sys.exit(f"{function}: {said}")
    return json.loads(said)


def as_list(value):
    return value if isinstance(value, list) else [value]


def main(command, stack, *rest):
    if command == "permissions":
        return permissions(stack)
    if command == "invoke":
        return invoke(f"{stack}-{rest[0]}", rest[1])
    name = f"/local/{stack}/fingerprint"
    if command == "wire":
        wire(stack)
        verify_senders()
        forget_uploads()
        PARAMETERS.put_parameter(Name=name, Value=rest[0], Type="String", Overwrite=True)
    found = outputs(stack)
    if found is None:
        return {}
    try:
        fingerprint = PARAMETERS.get_parameter(Name=name)["Parameter"]["Value"]
    except ClientError:
        fingerprint = None
    return {"fingerprint": fingerprint, "outputs": found}


print(json.dumps(main(*sys.argv[1:])))
