"""Puts the table back to an earlier second. docs/runbook.md has the order, and the deploy between; `cargo xtask restore` tries all of it.

    python infra/restore.py stop STACK             nothing reads a queue, no function runs
    python infra/restore.py restore OLD NEW TIME   makes the table NEW as OLD was at TIME (2026-11-28T03:00:00Z); prints its stream's ARN
    python infra/restore.py refusals OLD NEW       who refused messages since: what OLD has of it, NEW has too
    python infra/restore.py erasures OLD TIME      which erasures were asked for since, to ask for them again
    python infra/restore.py resume STACK           functions run, then queues are read

Each may be run again, also after the last. Account and region are those of the environment.
"""
import sys
import time
from datetime import datetime
from itertools import chain

import boto3
from boto3.dynamodb.conditions import Attr

# What ReserveConcurrency keeps for functions (template.yaml).
RESERVED = {"ai-converse": 50, "worker-outbox": 50, "worker-deliver": 50, "ai-stream-reply": 20}
OUTBOX = "OUTBOX"


def functions(stack):
    """The names of a stack's functions."""
    return physical(stack, "AWS::Lambda::Function") or sys.exit(f"There is no function of a stack {stack} here.")


def readers(stack):
    """What calls a stack's functions with what a queue or the table's stream holds."""
    return physical(stack, "AWS::Lambda::EventSourceMapping")


def physical(stack, kind):
    """The names that a stack's own resources of a kind have: another stack may have a name that begins like this one's."""
    pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [r for page in pages for r in page["StackResourceSummaries"]]
    return [r["PhysicalResourceId"] for r in found if r["ResourceType"] == kind]


def stop(stack):
    """Readers first, so that no message is counted as tried. Vendors repeat for hours, queues keep for 14 days."""
    client, names, mappings = boto3.client("lambda"), functions(stack), readers(stack)
    for reader in mappings:
        client.update_event_source_mapping(UUID=reader, Enabled=False)
    for name in names:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    print(f"{len(mappings)} readers and {len(names)} functions of {stack} stand still.", file=sys.stderr)


def resume(stack):
    """Functions first: a reader whose function may not run counts its messages as tried. Readers of a table that nothing writes to
    any more read nothing."""
    client, names, mappings = boto3.client("lambda"), functions(stack), readers(stack)
    reserves = reserves_concurrency(stack)
    for name in names:
        reserved = RESERVED.get(name.removeprefix(f"{stack}-"))
        if reserves and reserved:
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
        else:
            client.delete_function_concurrency(FunctionName=name)
    for reader in mappings:
        client.update_event_source_mapping(UUID=reader, Enabled=True)
    print(f"{len(names)} functions and {len(mappings)} readers of {stack} run again.", file=sys.stderr)


def reserves_concurrency(stack):
    found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {"ParameterKey": "ReserveConcurrency", "ParameterValue": "true"} in found.get("Parameters", [])


def restore(old, new, second):
    """A restored table has its items and indexes, and none of the settings."""
    client = boto3.client("dynamodb")
    if not exists(client, new):
        client.restore_table_to_point_in_time(SourceTableName=old, TargetTableName=new, RestoreDateTime=moment(second))
    # Minutes to hours, by size.
    client.get_waiter("table_exists").wait(TableName=new, WaiterConfig={"Delay": 20, "MaxAttempts": 1080})
    table = client.describe_table(TableName=new)["Table"]
    if not table.get("StreamSpecification", {}).get("StreamEnabled"):
        stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        client.update_table(TableName=new, StreamSpecification=stream)
        client.get_waiter("table_exists").wait(TableName=new)
    client.update_table(TableName=new, DeletionProtectionEnabled=True)
    if client.describe_time_to_live(TableName=new)["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED":
        expiry = {"Enabled": True, "AttributeName": "expires_at"}
        client.update_time_to_live(TableName=new, TimeToLiveSpecification=expiry)
    client.update_continuous_backups(TableName=new, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    # Rows that wait after the restored table is in use are somebody's messages.
    taken = once(new, "forgot-pending", forget_pending)
    print(f"{new} holds {old} as it was at {second}; {taken or 'no further'} rows that waited to be sent are taken out.", file=sys.stderr)
    print(client.describe_table(TableName=new)["Table"]["LatestStreamArn"])


def once(name, what, work):
    """Does `work` on a table, which is tagged with it when it is done; None where it was done before."""
    client = boto3.client("dynamodb")
    arn = client.describe_table(TableName=name)["Table"]["TableArn"]
    if what in [tag["Key"] for tag in client.list_tags_of_resource(ResourceArn=arn).get("Tags", [])]:
        return None
    done = work(name)
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": what, "Value": str(done)}])
    return done


def exists(client, table):
    try:
        client.describe_table(TableName=table)
    except client.exceptions.ResourceNotFoundException:
        return False
    return True


def forget_pending(name):
    """What waited to be sent then and is due by now was sent since, and the restored table does not know. A row of the outbox goes. A
    journey or a thread stays and waits for nothing until something happens to it again; staff see such threads in the list of escalations.
    What is due later still waits."""
    table, now, taken = boto3.resource("dynamodb").Table(name), time.time() * 1000, 0
    for row in scan(table, IndexName="pending"):
        if int(row["pending_sk"].split("#")[0]) > now:
            continue
        key = {"pk": row["pk"], "sk": row["sk"]}
        if row["sk"] == OUTBOX:
            table.delete_item(Key=key)
        else:
            table.update_item(Key=key, UpdateExpression="REMOVE pending_pk, pending_sk")
        taken += 1
    return taken


def refusals(old, new):
    """Of an address, of a person that the restored table knows, of a purpose: whose STOP came in between must get nothing. Once alone: who
    came back since the functions run again has come back."""
    copied = once(new, "took-refusals", lambda name: copy_refusals(*(boto3.resource("dynamodb").Table(table) for table in (old, name))))
    print("They were put over before." if copied is None else f"{copied} refusals were put over.", file=sys.stderr)


def copy_refusals(old, new):
    copied = 0
    for entity, only_known in (("suppression", False), ("suppression, kept", False), ("standing", True)):
        for item in scan(old, FilterExpression=Attr("entity").eq(entity)):
            known = same(new, item)
            if known == item or (only_known and known is None and not has_contact(new, item["pk"])):
                continue
            new.put_item(Item=item)
            copied += 1
    for journey in scan(old, FilterExpression=Attr("entity").eq("journey")):
        known = same(new, journey)
        withdrawn = [consent for consent in journey.get("consents", []) if not consent["granted"]]
        if known is None or all(consent in known.get("consents", []) for consent in withdrawn):
            continue
        about = [(consent["channel"], consent["purpose"]) for consent in withdrawn]
        others = [consent for consent in known.get("consents", []) if (consent["channel"], consent["purpose"]) not in about]
        key = {"pk": known["pk"], "sk": known["sk"]}
        new.update_item(Key=key, UpdateExpression="SET consents = :all", ExpressionAttributeValues={":all": others + withdrawn})
        copied += 1
    return copied


def same(table, item):
    return table.get_item(Key={"pk": item["pk"], "sk": item["sk"]}).get("Item")


def has_contact(table, pk):
    return "Item" in table.get_item(Key={"pk": pk, "sk": "NOW#CONTACT"})


def erasures(old, second):
    """The restored table has these people back."""
    jobs = scan(boto3.resource("dynamodb").Table(old), FilterExpression=Attr("entity").eq("job"))
    for job in jobs:
        if job["work"]["kind"] != "export" and moment(job["asked_at"]) >= moment(second):
            print(job["tenant"], job["work"]["kind"], job["work"].get("contact", ""), job["asked_at"])


def scan(table, **how):
    pages = table.meta.client.get_paginator("scan").paginate(TableName=table.name, **how)
    return chain.from_iterable(page["Items"] for page in pages)


def moment(second):
    return datetime.fromisoformat(second.replace("Z", "+00:00"))


COMMANDS = {"stop": stop, "restore": restore, "refusals": refusals, "erasures": erasures, "resume": resume}

if __name__ == "__main__":
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if command is None or len(sys.argv) - 2 != command.__code__.co_argcount:
        sys.exit(__doc__)
    command(*sys.argv[2:])
