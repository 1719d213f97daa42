"""MiniStack with IAM on: a function calls as its own role, and what its policies do not allow is refused, as on AWS.

MiniStack decides on actions, resources and most conditions. What it leaves out, and our policies go by, is added here.
Every decision about a role is noted once, as a line of JSON, in the file that CALLS_FILE names.
"""
import contextvars
import inspect
import json
import os
import re
from dataclasses import replace
from email.utils import parseaddr

from ministack import app
from ministack.core import iam_evaluator as iam
from ministack.services import apigateway, ses_v2

REQUEST = contextvars.ContextVar("request", default=None)
# The platform's own address (`MailFrom`). Every other sender here counts as verified and tagged, as an operator does it on AWS.
PLATFORM = "porchlight@example.com"
# Members of a request of DynamoDB that name one item, and the action that AWS asks for in each.
ITEM_ACTIONS = {
    "ConditionCheck": "dynamodb:ConditionCheckItem",
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "Get": "dynamodb:GetItem",
}


class RolesOwn(list):
    """The policies of a role, as against those of a resource, on which MiniStack decides by the same function."""


def calls(ctx, request, body):
    """The decisions that AWS takes about a request, where MiniStack takes one."""
    keys = dict(ctx.service_context)
    service, _, operation = ctx.action.partition(":")
    # A batch needs what its single records need.
    action = f"sqs:{operation.removesuffix('Batch')}" if service == "sqs" else ctx.action
    resource = ctx.resource_arn
    if service == "dynamodb":
        keys["dynamodb:leadingkeys"] = leading_keys(body, ctx.action) or None
    elif service == "kms":
        keys |= {f"kms:encryptioncontext:{key}".lower(): value for key, value in body.get("EncryptionContext", {}).items()}
    elif service == "ses":
        sender = parseaddr(body.get("FromEmailAddress", ""))[1]
        keys["ses:fromaddress"] = sender
        if sender != PLATFORM:
            keys["aws:resourcetag/porchlight"] = "sender"
        own = f"arn:aws:ses:{ctx.region}:{ctx.principal_account}"
        resource = f"{own}:identity/{sender}"
        if body.get("ConfigurationSetName"):
            yield replace(ctx, resource_arn=f"{own}:configuration-set/{body['ConfigurationSetName']}", service_context=keys)
    elif ctx.action == "scheduler:CreateSchedule":
        name = request.raw_path.rsplit("/", 1)[-1]
        resource = f"arn:aws:scheduler:{ctx.region}:{ctx.principal_account}:schedule/{body.get('GroupName', 'default')}/{name}"
        passed = {"iam:passedtoservice": "scheduler.amazonaws.com"}
        yield replace(ctx, action="iam:PassRole", resource_arn=body["Target"]["RoleArn"], service_context=passed)
    # An upload to a signed address brings no request of a function's: whoever signed it had to be allowed. Only documents are kept,
    # and carry no tag.
    elif ctx.action == "s3:PutObject":
        is_tagged = "/knowledge/documents/" not in resource if request is None else request.headers.get("x-amz-tagging")
        if is_tagged:
            yield replace(ctx, action="s3:PutObjectTagging")
    yield replace(ctx, action=action, resource_arn=resource, service_context=keys)


def leading_keys(body, action):
    """The partition keys of the items that a request of DynamoDB touches with `action`."""
    if "TransactItems" in body:
        members = [member for item in body["TransactItems"] for member in item.items()]
        items = [detail for member, detail in members if ITEM_ACTIONS.get(member) == action]
    elif "RequestItems" in body:
        tables = body["RequestItems"].values()
        gets = [{"Key": key} for table in tables if isinstance(table, dict) for key in table["Keys"]]
        items = gets + [write for table in tables if isinstance(table, list) for row in table for write in row.values()]
    else:
        items = [body]
    found = [(item.get("Key") or item.get("Item") or {}).get("pk", {}).get("S") for item in items]
    names, values = body.get("ExpressionAttributeNames", {}), body.get("ExpressionAttributeValues", {})
    for name, value in re.findall(r"([#\w]+)\s*=\s*(:\w+)", body.get("KeyConditionExpression", "")):
        if names.get(name, name).endswith("pk"):
            found.append(values[value].get("S"))
    return [key for key in found if key is not None]


def target_of(ctx, request_body):
    """The call that the scheduler will make by the role that it is passed, with the role's name."""
    target = request_body["Target"]
    role = target["RoleArn"].rsplit("/", 1)[-1]
    principal = f"arn:aws:sts::{ctx.principal_account}:assumed-role/{role}/scheduler"
    for arn in (target["Arn"], target.get("DeadLetterConfig", {}).get("Arn")):
        if arn:
            yield role, replace(ctx, principal_arn=principal, action="sqs:SendMessage", resource_arn=arn, service_context={})


def evaluate(ctx, policies, *limits):
    """In the place of MiniStack's own: the first refusal, or the last allowance."""
    if not isinstance(policies, RolesOwn):
        return ministacks_own(ctx, policies, *limits)
    request = REQUEST.get()
    body = {} if ctx.action.startswith("s3:") else parsed(request)
    for call in calls(ctx, request, body):
        result = decide(call, policies, *limits)
        if result.decision != "Allow":
            return result
    if ctx.action == "scheduler:CreateSchedule":
        for role, call in target_of(ctx, body):
            passed = decide(call, iam._gather_role_policies(role, ctx.principal_account))
            if passed.decision != "Allow":
                return passed
    return result


def parsed(request):
    """What a call says, of the services that speak JSON."""
    if request is None or not request.body.startswith(b"{"):
        return {}
    return json.loads(request.body)


def noting(file):
    """MiniStack's decision, with a note of each that is not noted yet."""
    seen = set()

    def decide(ctx, policies, *limits):
        result = ministacks_own(ctx, policies, *limits)
        purpose = ctx.service_context.get("kms:encryptioncontext:purpose")
        call = (ctx.principal_arn.rsplit("/", 1)[-1], ctx.action, ctx.resource_arn, purpose, result.decision)
        if call not in seen:
            seen.add(call)
            names = ("caller", "action", "resource", "purpose", "decision")
            print(json.dumps(dict(zip(names, call))), file=file, flush=True)
        return result

    return decide


def remembering(authenticate):
    """MiniStack forgets the request once its signature is checked; its body is wanted afterwards."""

    def wrapped(key, account):
        request = iam._signed_request.get()
        if request is not None:
            REQUEST.set(request)
        return authenticate(key, account)

    return wrapped


def over_tls(pin):
    """The functions' calls are over TLS on AWS, which the bucket's policy demands, and not on this machine."""
    return lambda address, _: pin(address, True)


def marked(gather):
    return lambda *role: RolesOwn(gather(*role))


def with_preflights(module):
    """AWS answers a preflight itself only where the API has a CORS configuration; else it goes to the `OPTIONS` route that there is.

    MiniStack always answers it. Its function is taken over with that one condition more; a version that has other words stops here.
    """
    source = inspect.getsource(module._handle_execute_in_scope)
    changed = source.replace('if method == "OPTIONS":', 'if method == "OPTIONS" and cors_cfg:')
    assert changed != source, "MiniStack answers preflights in another way now: look whether this is still needed"
    exec(changed, module.__dict__)


def with_attachments(function, old, new):
    """AWS sends a mail with what is attached to it; MiniStack keeps it and shows it without. Taken over as above."""
    source = inspect.getsource(function)
    changed = source.replace(old, f"{old} {new}")
    assert changed != source, "MiniStack keeps mails in another way now: look whether this is still needed"
    exec(changed, function.__globals__)


with_preflights(apigateway)
with_attachments(ses_v2.handle_request, '"Type": "v2.SendEmail",', '"Attachments": simple.get("Attachments", []),')
with_attachments(app._handle_ses_messages_request, '"Type": rec["Type"],', '"Attachments": rec.get("Attachments", []),')
ministacks_own = iam.evaluate
decide = noting(open(os.environ["CALLS_FILE"], "a"))
iam.evaluate = evaluate
iam._gather_role_policies = marked(iam._gather_role_policies)
iam.authenticate = remembering(iam.authenticate)
app.pin_request_origin = over_tls(app.pin_request_origin)
app.main()
