//! Everything that reads bytes from outside: it never panics, refuses in one way, and what it takes can be queued.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a fuzz target fails by panicking")]

use connectors::parsed::{Parsed, Received};
use connectors::{MAX_BODY_BYTES, live_chat, meta, missed_call, recorded_delivery, twilio, web_form};
use domain::messaging::{Channel, Inbound, MessageRef, Source};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use std::time::Duration;

/// Runs a target for a moment; `BOLERO_RANDOM_TEST_TIME_MS` says for how long instead.
macro_rules! target {
    ($name:ident, $check:expr) => {
        #[test]
        fn $name() {
            let samples = fuzz::samples(stringify!($name)).unwrap();
            assert!(!samples.is_empty());
            let check = $check;
            // Before the clock runs: the first phone number of a process loads the world's numbering plans.
            samples.iter().for_each(|sample| check(sample));
            bolero::check!(name = stringify!($name)).with_test_time(Duration::from_millis(300)).for_each(
                |input: &[u8]| {
                    check(input);
                    check(&fuzz::changed(&samples, input));
                },
            );
        }
    };
}

/// Only the caller can be at fault for bytes that the caller sent.
fn taken<T>(result: Result<T, Failure>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Failure::Rejected { .. }) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// What is taken fits through the queue, and keeps its identity there.
fn queue(message: Parsed, channel: Channel) {
    assert!(!message.vendor_id.is_empty());
    // 40 of the form's own, and one that says what was cut.
    assert!(message.fields.len() <= 41 && message.fields.values().all(|value| value.chars().count() <= 500));
    let tenant = TenantId::new("acme").unwrap();
    let inbound = message.into_inbound(tenant, Source::Whatsapp, channel, Timestamp::UNIX_EPOCH, "c".into());
    let body = serde_json::to_string(&inbound).unwrap();
    // SQS takes a megabyte; JSON writes a control character in six bytes.
    assert!(body.len() < 3 * MAX_BODY_BYTES, "{}", body.len());
    let queued: Inbound = serde_json::from_str(&body).unwrap();
    assert_eq!((queued.deduplication_id(), queued.group()), (inbound.deduplication_id(), inbound.group()));
}

/// The first line of the input, and the rest.
fn first_line(input: &[u8]) -> (String, &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (line, rest) = input.split_at(end);
    (String::from_utf8_lossy(line).into_owned(), rest.strip_prefix(b"\n").unwrap_or(rest))
}

target!(meta_parse, |input: &[u8]| {
    for change in taken(meta::parse(input)).into_iter().flatten() {
        assert!(!change.phone_number_id.is_empty());
        assert!(change.statuses.iter().all(|status| !status.vendor_id.is_empty()));
        change.messages.into_iter().for_each(|message| queue(message, Channel::Whatsapp));
    }
});

target!(meta_challenge, |input: &[u8]| {
    if let Some(asked) = taken(meta::challenge(&String::from_utf8_lossy(input))) {
        assert!(asked.challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
    }
});

target!(meta_verify, |input: &[u8]| {
    let (header, body) = first_line(input);
    if meta::verify(&"demo-app-secret".into(), Some(&header), body).is_ok() {
        assert!(meta::verify(&"another".into(), Some(&header), body).is_err());
        assert!(meta::verify(&"demo-app-secret".into(), Some(&header), &[body, b"x"].concat()).is_err());
    }
});

target!(twilio_verify, |input: &[u8]| {
    let (url, rest) = first_line(input);
    let (header, body) = first_line(rest);
    for content_type in [None, Some("application/x-www-form-urlencoded"), Some("application/json")] {
        let verify = |token: &str, body: &[u8]| twilio::verify(&token.into(), Some(&header), &url, body, content_type);
        if verify("demo-auth-token", body).is_ok() {
            assert!(verify("another", body).is_err());
            assert!(verify("demo-auth-token", &[body, b"&another=1"].concat()).is_err());
        }
    }
});

target!(twilio_sms, |input: &[u8]| {
    if let Some(Received::Message(delivery)) = taken(twilio::parse_sms(input)) {
        let owner = twilio::account_and_number(input).unwrap();
        assert_eq!((owner.account_sid, owner.number), (delivery.account_sid, Some(delivery.to)));
        queue(delivery.message, Channel::Sms);
    }
});

target!(twilio_status, |input: &[u8]| {
    let (query, body) = first_line(input);
    if let Some(Some(delivery)) = taken(twilio::parse_status(body, &query)) {
        assert_eq!(twilio::account_and_number(body).unwrap().account_sid, delivery.account_sid);
        assert!(!delivery.update.vendor_id.is_empty());
    }
});

target!(twilio_call, |input: &[u8]| {
    if let Some(Some(Received::Message(delivery))) = taken(twilio::parse_call(input)) {
        assert_eq!(twilio::account_and_number(input).unwrap().account_sid, delivery.account_sid);
        queue(delivery.message, Channel::Sms);
    }
});

fn web_form(input: &[u8], content_type: &str) {
    if let Some(form) = taken(web_form::parse(input, Some(content_type), "US", Timestamp::UNIX_EPOCH)) {
        assert_eq!(web_form::form_key(input, Some(content_type)).unwrap(), form.form_key);
        queue(form.message, form.channel);
    }
}

target!(web_form_json, |input: &[u8]| web_form(input, "application/json"));

target!(web_form_post, |input: &[u8]| web_form(input, "application/x-www-form-urlencoded"));

target!(calendar_feed, |input: &[u8]| {
    let range = Timestamp::UNIX_EPOCH..Timestamp::from_second(1 << 31).unwrap();
    let Ok(feed) = calendar::busy(input, &range, &jiff::tz::TimeZone::UTC) else { return };
    assert!(feed.busy.iter().all(|busy| busy.start < busy.end && busy.start < range.end && range.start < busy.end));
    assert!(feed.busy.is_sorted() && feed.busy.len() <= 10 * calendar::MAX_OCCURRENCES);
});

target!(live_chat, |input: &[u8]| {
    if let Some(chat) = taken(live_chat::parse(input, "US", Timestamp::UNIX_EPOCH)) {
        assert_eq!(live_chat::widget_key(input).unwrap(), chat.widget_key);
        queue(chat.message, Channel::Chat);
    }
});

target!(missed_call, |input: &[u8]| {
    if let Some(Received::Message(call)) = taken(missed_call::parse(input, "US", Timestamp::UNIX_EPOCH)) {
        assert_eq!(missed_call::call_key(input).unwrap(), call.call_key);
        queue(call.message, call.channel.unwrap_or(Channel::Sms));
    }
});

target!(capture, |input: &[u8]| {
    let Ok(mut capture) = serde_json::from_slice::<recorded_delivery::Capture>(input) else { return };
    if recorded_delivery::check(&capture).is_ok() {
        capture.secret = "another".into();
        assert!(recorded_delivery::check(&capture).is_err());
    }
});

target!(message_ref, |input: &[u8]| {
    if let Some(reference) = taken(MessageRef::parse(&String::from_utf8_lossy(input))) {
        assert_eq!(MessageRef::parse(&reference.to_string()).unwrap(), reference);
    }
});
