"""Checks a post with the reference library of Standard Webhooks: as it came, with a changed body, and at another time."""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


def is_taken(secret, body, headers):
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


given = json.load(sys.stdin)
secret, body, headers = given["secret"], given["body"], given["headers"]
later = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}
print(json.dumps([is_taken(secret, body, headers), is_taken(secret, body + " ", headers), is_taken(secret, body, later)]))
