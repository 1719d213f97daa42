//! E-mail: what goes out to SES, and what its answers become.

use aws_sdk_sesv2::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_sesv2::{Client, Config};
use calendar::Attachment;
use connectors::send::email::{Mail, Sender};
use connectors::send::{Form, Outgoing, Timeouts};
use domain::TenantId;
use domain::conversations::Message;
use domain::messaging::Email;
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::Template;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::letter::{cleared, reference, reminder, reply};
use crate::support::{Unreachable, answer_always, answer_raw, email, impatient, outgoing, phone};

fn sender(endpoint: &str, timeouts: Timeouts) -> Sender {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
        .endpoint_url(endpoint)
        .build();
    Sender::with_timeouts(Client::from_conf(config), timeouts)
}

fn from() -> Email {
    Email::new("hello@acme.example.com", "from").unwrap()
}

fn tenant() -> TenantId {
    TenantId::new("acme").unwrap()
}

async fn send(endpoint: &str, timeouts: Timeouts, message: &Outgoing<'_>) -> SendOutcome {
    sender(endpoint, timeouts).send(&tenant(), &from(), message).await
}

async fn answered(answer: ResponseTemplate, message: &Outgoing<'_>) -> (SendOutcome, Vec<Value>) {
    answered_within(Timeouts::default(), answer, message).await
}

async fn answered_within(
    timeouts: Timeouts,
    answer: ResponseTemplate,
    message: &Outgoing<'_>,
) -> (SendOutcome, Vec<Value>) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/v2/email/outbound-emails")).respond_with(answer).mount(&server).await;
    let outcome = send(&server.uri(), timeouts, message).await;
    let calls = server.received_requests().await.unwrap();
    (outcome, calls.iter().map(|call| call.body_json().unwrap()).collect())
}

fn taken() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "0100019a-example-000000" }))
}

fn exception(status: u16, name: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("x-amzn-errortype", name)
        .set_body_json(json!({ "message": "Something about ana@example.com" }))
}

#[tokio::test]
async fn a_mail_goes_out_as_ses_documents_it() {
    let to = email();
    let (outcome, calls) = answered(taken(), &outgoing(&to)).await;

    assert_eq!(outcome, SendOutcome::Sent { vendor_id: "0100019a-example-000000".to_owned() });
    let expected = json!({
        "FromEmailAddress": "hello@acme.example.com",
        "Destination": { "ToAddresses": ["ana@example.com"] },
        "Content": { "Simple": {
            "Subject": { "Data": "Your roof", "Charset": "UTF-8" },
            "Body": { "Text": { "Data": "We can come on Tuesday at 9. ¿Le va bien?", "Charset": "UTF-8" } },
            "Headers": [{ "Name": "X-Correlation-Id", "Value": "corr-1" }]
        }},
        "EmailTags": [
            { "Name": "tenant", "Value": "acme" },
            { "Name": "ref", "Value": reference().to_string().replace('.', "_") }
        ]
    });
    assert_eq!(calls, [expected]);
}

#[tokio::test]
async fn a_calendar_file_goes_with_the_mail_under_its_own_content_type() {
    let file = Attachment {
        name: "invite.ics".to_owned(),
        content_type: "text/calendar; method=REQUEST; charset=utf-8".to_owned(),
        bytes: b"BEGIN:VCALENDAR\r\n".to_vec(),
    };
    let to = email();
    let (outcome, calls) = answered(taken(), &outgoing(&to).with_file(Some(&file))).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let expected = json!([{
        "FileName": "invite.ics",
        "ContentType": "text/calendar; method=REQUEST; charset=utf-8",
        "ContentDisposition": "ATTACHMENT",
        "ContentTransferEncoding": "BASE64",
        "RawContent": "QkVHSU46VkNBTEVOREFSDQo=",
    }]);
    assert_eq!(calls[0]["Content"]["Simple"]["Attachments"], expected);
}

#[tokio::test]
async fn a_mail_asks_to_be_told_when_it_comes_back() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(taken()).mount(&server).await;
    let sender = sender(&server.uri(), Timeouts::default()).with_events("porchlight".to_owned());
    sender.send(&tenant(), &from(), &outgoing(&email())).await;
    let call: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    assert_eq!(call["ConfigurationSetName"], "porchlight");
}

#[tokio::test]
async fn a_mail_of_the_house_bears_its_senders_name_and_no_reference() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(taken()).mount(&server).await;
    let (from, to) = (from(), Email::new("ana@example.com", "to").unwrap());
    let mail = Mail {
        from: &from,
        sender_name: "Summit Roofing",
        to: &to,
        subject: "You are invited",
        text: "Hello",
        correlation_id: "corr-1",
        reply_to: None,
        file: None,
    };
    let outcome = sender(&server.uri(), Timeouts::default()).send_mail(&mail).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let call: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    assert_eq!(call["FromEmailAddress"], "\"Summit Roofing\" <hello@acme.example.com>");
    assert_eq!(call["Destination"]["ToAddresses"], json!(["ana@example.com"]));
    assert_eq!(call["Content"]["Simple"]["Headers"][0]["Value"], "corr-1");
    assert_eq!((call.get("EmailTags"), call.get("ReplyToAddresses")), (None, None));
    assert_eq!(call["Content"]["Simple"].get("Attachments"), None);

    let own = Email::new("owner@summit.example.com", "email").unwrap();
    let content_type = "application/pdf".to_owned();
    let file = Attachment { name: "PO-1.pdf".to_owned(), content_type, bytes: b"%PDF".to_vec() };
    let order = Mail { reply_to: Some(&own), file: Some(&file), ..mail };
    sender(&server.uri(), Timeouts::default()).send_mail(&order).await;
    let call: Value = server.received_requests().await.unwrap()[1].body_json().unwrap();
    assert_eq!(call["ReplyToAddresses"], json!(["owner@summit.example.com"]));
    let sent = &call["Content"]["Simple"]["Attachments"][0];
    assert_eq!((&sent["FileName"], &sent["ContentType"]), (&json!("PO-1.pdf"), &json!("application/pdf")));
}

#[tokio::test]
async fn a_line_break_in_a_subject_or_an_id_starts_no_header() {
    let message = Message { correlation_id: "a\nb".to_owned(), ..reply(&email(), "See you at 9") };
    let message = cleared(message, Form::Text).with_subject("Roof\r\nBcc: eve@example.com");

    let (outcome, calls) = answered(taken(), &message).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let mail = &calls[0]["Content"]["Simple"];
    assert_eq!(mail["Subject"]["Data"], "Roof  Bcc: eve@example.com");
    assert_eq!(mail.get("Headers"), None);
}

#[tokio::test]
async fn a_subject_of_the_message_s_own_goes_before_any_other() {
    let template = Template { name: "unused".to_owned(), language: "en_US".to_owned(), values: Vec::new() };
    let message = cleared(reminder(&email(), &template), Form::Text).with_subject("Acme Roofing");

    let (_, calls) = answered(taken(), &message).await;

    assert_eq!(calls[0]["Content"]["Simple"]["Subject"]["Data"], "Your appointment");
}

#[tokio::test]
async fn ses_s_exceptions_are_sorted_and_never_retried_by_the_sdk() {
    let retry = |reason: &str| SendOutcome::Retry { reason: reason.to_owned(), after_seconds: None };
    let permanent = |reason: &str| SendOutcome::Permanent { reason: reason.to_owned() };
    let unknown = |reason: &str| SendOutcome::Unknown { reason: reason.to_owned() };
    let to = email();
    for (answer, expected) in [
        (exception(429, "TooManyRequestsException"), retry("ses TooManyRequestsException (HTTP 429)")),
        (exception(400, "MessageRejected"), permanent("ses MessageRejected (HTTP 400)")),
        (exception(400, "BadRequestException"), permanent("ses BadRequestException (HTTP 400)")),
        (
            exception(400, "MailFromDomainNotVerifiedException"),
            permanent("ses MailFromDomainNotVerifiedException (HTTP 400)"),
        ),
        (exception(500, "InternalFailure"), unknown("ses InternalFailure (HTTP 500)")),
        (ResponseTemplate::new(502), unknown("ses error without a name (HTTP 502)")),
    ] {
        let (outcome, calls) = answered(answer, &outgoing(&to)).await;
        assert_eq!(outcome, expected);
        assert_eq!(calls.len(), 1, "{expected:?}");
    }
}

#[tokio::test]
async fn a_2xx_that_names_no_mail_leaves_the_outcome_open() {
    let to = email();
    for body in ["{}", "{\"MessageId\":\"\"}", "<html>", ""] {
        let (outcome, _) = answered(ResponseTemplate::new(200).set_body_string(body), &outgoing(&to)).await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{body}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_mail_that_ses_does_not_answer_is_sent_once_and_its_outcome_is_open() {
    let to = email();
    let late = taken().set_delay(Duration::from_secs(5));
    let (slow, calls) = answered_within(impatient(), late, &outgoing(&to)).await;
    assert!(matches!(slow, SendOutcome::Unknown { .. }), "{slow:?}");
    assert_eq!(calls.len(), 1);

    let listener = Unreachable::new();
    let url = listener.url();
    let server = tokio::spawn(answer_raw(listener.listen(), b""));
    let broken = send(url.as_str(), Timeouts::default(), &outgoing(&to)).await;
    assert!(matches!(broken, SendOutcome::Unknown { .. }), "{broken:?}");
    assert_eq!(server.await.unwrap(), 1);
}

#[tokio::test]
async fn a_ses_that_is_not_reached_may_be_tried_again() {
    let nobody = Unreachable::new();
    let to = email();

    let outcome = send(nobody.url().as_str(), Timeouts::default(), &outgoing(&to)).await;

    assert_eq!(outcome, SendOutcome::Retry { reason: "ses was not reached".to_owned(), after_seconds: None });
}

#[tokio::test]
async fn only_an_address_with_a_subject_gets_a_mail() {
    let without_subject = cleared(reply(&email(), "See you at 9"), Form::Text);
    for message in [outgoing(&phone()), without_subject, without_subject.with_subject(" ")] {
        let (outcome, calls) = answered(taken(), &message).await;
        assert!(matches!(outcome, SendOutcome::Permanent { .. }), "{outcome:?}");
        assert!(calls.is_empty());
    }
}

#[tokio::test]
async fn no_connection_to_ses_is_kept_between_two_mails() {
    let listener = Unreachable::new();
    let url = listener.url();
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"MessageId\":\"m1\"}";
    let connections = answer_always(listener.listen(), answer);
    let sender = sender(url.as_str(), Timeouts::default());
    let to = email();

    for _ in 0..2 {
        let outcome = sender.send(&tenant(), &from(), &outgoing(&to)).await;
        assert_eq!(outcome, SendOutcome::Sent { vendor_id: "m1".to_owned() });
    }

    assert_eq!(connections.load(Ordering::SeqCst), 2);
}
