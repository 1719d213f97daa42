// The WhatsApp webhook, written for AWS Lambda's Node runtime: verify, parse, enqueue.
//
// The same job as functions/webhooks/whatsapp, for comparison only. The tenant and Meta's secret come from the
// environment; ours finds them in DynamoDB and decrypts them with KMS, so this one does less.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const { META_APP_SECRET: SECRET, TENANT, INBOUND_QUEUE_URL: QUEUE_URL } = process.env;
const MAX_BODY_BYTES = 256 * 1024;
const sqs = new SQSClient({});

// Answers one API Gateway (payload 2.0) request.
export async function handler(event) {
  const raw = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (raw.length > MAX_BODY_BYTES) return { statusCode: 413 };
  const given = Buffer.from(event.headers["x-hub-signature-256"] ?? "");
  const wanted = Buffer.from("sha256=" + createHmac("sha256", SECRET).update(raw).digest("hex"));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { statusCode: 401 };
  let messages;
  try {
    messages = parse(JSON.parse(raw.toString("utf8")));
  } catch {
    return { statusCode: 400 };
  }
  for (const message of messages) {
    await sqs.send(new SendMessageCommand({
      QueueUrl: QUEUE_URL,
      MessageBody: JSON.stringify(message),
      MessageGroupId: `${TENANT}#${message.from}`,
      MessageDeduplicationId: createHash("sha256").update(message.vendor_id).digest("hex"),
    }));
  }
  return { statusCode: 200 };
}

// Every text message of a delivery in one flat shape.
function parse(delivery) {
  const received_at = new Date().toISOString();
  return delivery.entry.flatMap(({ changes }) => changes.flatMap(({ value }) => {
    const names = Object.fromEntries((value.contacts ?? []).map((c) => [c.wa_id, c.profile.name]));
    return (value.messages ?? []).map((message) => ({
      tenant: TENANT,
      vendor_id: message.id,
      channel: "whatsapp",
      from: message.from,
      name: names[message.from],
      text: message.text?.body,
      sent_at: Number(message.timestamp),
      received_at,
    }));
  }));
}
