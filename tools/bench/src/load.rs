//! The events that functions are given: invented people, the vendors' documented formats.

use anyhow::{Context, Result};
use api::ACCESS_COOKIE;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The secret that deliveries of Meta are signed with.
pub(crate) const META_APP_SECRET: &str = "bench-app-secret";
/// The tenant's account with Twilio, one of its numbers, and the secret that deliveries are signed with.
pub(crate) const TWILIO_ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TWILIO_NUMBER: &str = "+14155550199";
pub(crate) const TWILIO_AUTH_TOKEN: &str = "bench-auth-token";
/// The key of the tenant's form and of its widget.
pub(crate) const SITE_KEY: &str = "pk_live_bench_0123456789abcdef";
/// What every contact writes, one after the other. None of them wishes for a time of many days, such as "this month": all of the days would
/// be stored, and the figures would change with the date.
pub(crate) const TURNS: [&str; 4] = [
    "Hi, when are you open this week?",
    "What does a roof inspection cost?",
    "It is for my own house in Denver, the roof is an old one.",
    "Could someone come on Thursday at 10?",
];
/// The tenant that every event is for.
pub(crate) const TENANT: &str = "bench";
/// Meta's id of the tenant's number.
pub(crate) const PHONE_NUMBER_ID: &str = "100000000000001";

/// Whether the `sequence`-th message is the first of its contact.
pub(crate) fn is_first(sequence: usize) -> bool {
    sequence.is_multiple_of(TURNS.len())
}

/// Who writes the `sequence`-th message: fictional numbers, 555-0100 to 555-0199 of one area code after the other.
pub(crate) fn sender(sequence: usize) -> String {
    let contact = sequence / TURNS.len();
    format!("1{}55501{:02}", 201 + contact / 100, contact % 100)
}

/// What the `sequence`-th message says.
pub(crate) fn words(sequence: usize) -> &'static str {
    TURNS.iter().cycle().nth(sequence % TURNS.len()).copied().unwrap_or_default()
}

/// Meta's id of the `sequence`-th message.
pub(crate) fn vendor_id(sequence: usize) -> String {
    format!("wamid.bench{sequence:012}")
}

/// An API Gateway request that carries the `sequence`-th signed WhatsApp text message.
pub(crate) fn whatsapp_delivery(sequence: usize) -> Result<Bytes> {
    let body = delivery_body(sequence).to_string();
    let key = hmac::Key::new(hmac::HMAC_SHA256, META_APP_SECRET.as_bytes());
    let signature = hex(hmac::sign(&key, body.as_bytes()).as_ref());
    let headers = json!({
        "content-type": "application/json",
        "content-length": body.len().to_string(),
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": format!("sha256={signature}"),
    });
    request(sequence, "POST", "/webhooks/whatsapp", &headers, Some(&body))
}

/// A text message by Twilio, from the sender of the `sequence`-th message.
pub(crate) fn sms_delivery(sequence: usize) -> Result<Bytes> {
    let (from, sid, text) = (sender(sequence), format!("SM{sequence:032x}"), words(sequence));
    twilio(
        sequence,
        "/webhooks/sms",
        &[("From", &format!("+{from}")), ("MessageSid", &sid), ("NumMedia", "0"), ("Body", text)],
    )
}

/// A call by Twilio that no one answered.
pub(crate) fn missed_call(sequence: usize) -> Result<Bytes> {
    let (from, sid) = (sender(sequence), format!("CA{sequence:032x}"));
    twilio(
        sequence,
        "/webhooks/missed-call",
        &[
            ("From", &format!("+{from}")),
            ("CallSid", &sid),
            ("CallStatus", "no-answer"),
            ("Direction", "inbound"),
            ("CallDuration", "0"),
        ],
    )
}

/// A form with a number as people type it.
pub(crate) fn web_form(sequence: usize) -> Result<Bytes> {
    let body = json!({
        "form_key": SITE_KEY, "name": "Ana Example", "email": format!("ana{sequence}@example.com"),
        "phone": "(303) 555-0133", "message": words(sequence), "submission_id": format!("form-{sequence}"),
    });
    from_site(sequence, "/webhooks/web-form", &body)
}

/// A message in the chat widget.
pub(crate) fn live_chat(sequence: usize) -> Result<Bytes> {
    let body = json!({
        "widget_key": SITE_KEY, "session_id": format!("session-{sequence:020}"), "message_id": format!("chat-{sequence}"),
        "visitor": {"name": "Ana Example"}, "message": words(sequence),
    });
    from_site(sequence, "/webhooks/live-chat", &body)
}

fn from_site(sequence: usize, path: &str, body: &Value) -> Result<Bytes> {
    let headers = json!({"content-type": "application/json", "user-agent": "Mozilla/5.0"});
    request(sequence, "POST", path, &headers, Some(&body.to_string()))
}

/// A request that Twilio has signed: the public URL, then every parameter's name and value in the order of names.
fn twilio(sequence: usize, path: &str, fields: &[(&str, &str)]) -> Result<Bytes> {
    let ours = [("AccountSid", TWILIO_ACCOUNT), ("To", TWILIO_NUMBER)];
    let mut fields: Vec<_> = fields.iter().copied().chain(ours).collect();
    fields.sort_unstable();
    let signed = fields.iter().fold(format!("https://example.com{path}"), |text, (name, value)| text + name + value);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TWILIO_AUTH_TOKEN.as_bytes());
    let signature = STANDARD.encode(hmac::sign(&key, signed.as_bytes()));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = json!({
        "content-type": "application/x-www-form-urlencoded", "user-agent": "TwilioProxy/1.1",
        "x-twilio-signature": signature,
    });
    request(sequence, "POST", path, &headers, Some(&body))
}

/// An API Gateway request for the tenant's leads, with an API key.
pub(crate) fn leads_request(sequence: usize, key: &str) -> Result<Bytes> {
    let headers = json!({"authorization": format!("Bearer {key}"), "user-agent": "bench"});
    request(sequence, "GET", "/v1/leads", &headers, None)
}

/// An API Gateway request for a page, or what one loads, by the cookie of someone who is signed in: programs get no pages.
pub(crate) fn page_request(sequence: usize, address: &str, token: &str) -> Result<Bytes> {
    let cookie = format!("{ACCESS_COOKIE}={token}");
    let headers = json!({"cookie": cookie, "user-agent": "bench", "accept-encoding": "gzip"});
    request(sequence, "GET", address, &headers, None)
}

/// An API Gateway request (payload 2.0).
fn request(sequence: usize, method: &str, path: &str, headers: &Value, body: Option<&str>) -> Result<Bytes> {
    let agent = headers.get("user-agent").cloned();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut event = json!({
        "version": "2.0",
        "routeKey": format!("{method} {path}"),
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "bench",
            "domainName": "bench.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "bench",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": agent,
            },
            "requestId": format!("request-{sequence}"),
            "routeKey": format!("{method} {path}"),
            "stage": "$default",
            "time": "20/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_176_000_000_u64,
        },
        "isBase64Encoded": false,
    });
    let gateway = [
        ("host", "bench.execute-api.us-east-1.amazonaws.com"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-proto", "https"),
    ];
    if let Some(headers) = event.get_mut("headers").and_then(Value::as_object_mut) {
        headers.extend(gateway.map(|(name, value)| (name.to_owned(), value.into())));
    }
    if let (Some(body), Some(event)) = (body, event.as_object_mut()) {
        event.insert("body".to_owned(), body.into());
    }
    Ok(serde_json::to_vec(&event)?.into())
}

/// Meta's `messages` webhook with one text, written now: an answer is sent for 24 hours after it.
fn delivery_body(sequence: usize) -> Value {
    let from = sender(sequence);
    json!({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": "200000000000001",
            "changes": [{
                "field": "messages",
                "value": {
                    "messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": "14155550199", "phone_number_id": PHONE_NUMBER_ID},
                    "contacts": [{"profile": {"name": "Ana Example"}, "wa_id": from}],
                    "messages": [{
                        "from": from,
                        "id": vendor_id(sequence),
                        "timestamp": Timestamp::now().as_second().to_string(),
                        "type": "text",
                        "text": {"body": words(sequence)},
                    }],
                },
            }],
        }],
    })
}

/// An SQS event with one record that carries `body`; `group` is that of a FIFO queue.
pub(crate) fn sqs_event(body: &str, group: Option<&str>) -> Result<Bytes> {
    let mut attributes = json!({
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "1795176000000",
        "SenderId": "bench",
        "ApproximateFirstReceiveTimestamp": "1795176000001",
    });
    if let (Some(group), Some(attributes)) = (group, attributes.as_object_mut()) {
        attributes.insert("MessageGroupId".to_owned(), group.into());
        attributes.insert("MessageDeduplicationId".to_owned(), "bench".into());
        attributes.insert("SequenceNumber".to_owned(), "18849496460467696128".into());
    }
    let event = json!({"Records": [{
        "messageId": "00000000-0000-4000-8000-000000000000",
        "receiptHandle": "receipt",
        "md5OfBody": format!("{:x}", md5::compute(body)),
        "body": body,
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:bench",
        "awsRegion": "us-east-1",
    }]});
    Ok(serde_json::to_vec(&event)?.into())
}

/// A DynamoDB stream event with one inserted item.
pub(crate) fn stream_event(item: &Value) -> Result<Bytes> {
    let event = json!({"Records": [{
        "eventID": "bench",
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_176_000,
            "Keys": {"pk": item.get("pk"), "sk": item.get("sk")},
            "NewImage": item,
            "SequenceNumber": "4421584500000000017450439091",
            "SizeBytes": 1,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/porchlight/stream/2026-11-20T00:00:00.000",
    }]});
    Ok(serde_json::to_vec(&event)?.into())
}

/// What EventBridge puts into a target queue for one entry of a `PutEvents` call.
pub(crate) fn bus_message(entry: &Value) -> Result<String> {
    let detail: Value =
        serde_json::from_str(entry.get("Detail").and_then(Value::as_str).context("an entry without detail")?)?;
    Ok(json!({
        "version": "0",
        "id": "00000000-0000-4000-8000-000000000000",
        "detail-type": entry.get("DetailType"),
        "source": entry.get("Source"),
        "account": "000000000000",
        "time": "2026-11-20T12:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    })
    .to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
