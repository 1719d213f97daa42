"""The WhatsApp webhook, written for AWS Lambda's Python runtime: verify, parse, enqueue.

The same job as functions/webhooks/whatsapp, for comparison only. The tenant and Meta's secret come from the
environment; ours finds them in DynamoDB and decrypts them with KMS, so this one does less.
"""

import base64
import hashlib
import hmac
import json
import os
from datetime import datetime, timezone

import boto3

SECRET = os.environ["META_APP_SECRET"].encode()
TENANT = os.environ["TENANT"]
QUEUE_URL = os.environ["INBOUND_QUEUE_URL"]
MAX_BODY_BYTES = 256 * 1024
SQS = boto3.client("sqs")


def handler(event, _context):
    """Answers one API Gateway (payload 2.0) request."""
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    if len(raw) > MAX_BODY_BYTES:
        return {"statusCode": 413}
    given = event["headers"].get("x-hub-signature-256", "")
    wanted = "sha256=" + hmac.new(SECRET, raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, wanted):
        return {"statusCode": 401}
    try:
        messages = list(parse(json.loads(raw)))
    except (ValueError, KeyError, TypeError):
        return {"statusCode": 400}
    for message in messages:
        SQS.send_message(
            QueueUrl=QUEUE_URL,
            MessageBody=json.dumps(message),
            MessageGroupId=f"{TENANT}#{message['from']}",
            MessageDeduplicationId=hashlib.sha256(message["vendor_id"].encode()).hexdigest(),
        )
    return {"statusCode": 200}


def parse(delivery):
    """Yields every text message of a delivery in one flat shape."""
    received_at = datetime.now(timezone.utc).isoformat()
    for entry in delivery["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            names = {c["wa_id"]: c["profile"]["name"] for c in value.get("contacts", [])}
            for message in value.get("messages", []):
                yield {
                    "tenant": TENANT,
                    "vendor_id": message["id"],
                    "channel": "whatsapp",
                    "from": message["from"],
                    "name": names.get(message["from"]),
                    "text": message.get("text", {}).get("body"),
                    "sent_at": int(message["timestamp"]),
                    "received_at": received_at,
                }
