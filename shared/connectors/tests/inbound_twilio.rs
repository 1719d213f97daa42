//! Twilio's deliveries, in its documented format.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use connectors::parsed::{Received, Unanswerable};
use connectors::twilio::{CallDelivery, SmsDelivery, account_and_number, parse_status};
use connectors::twilio::{parse_call as read_call, parse_sms as read_sms};
use domain::Failure;
use domain::messaging::delivery::Blocked;
use domain::messaging::{Address, Content, DeliveryState, MediaKind, MessageRef, Phone};
use form_urlencoded::Serializer;

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const ANA: &str = "+14155550123";
const OURS: &str = "+14155550199";

fn message<T: std::fmt::Debug>(received: Received<T>) -> T {
    match received {
        Received::Message(message) => message,
        Received::Unanswerable(kept) => panic!("{kept:?}"),
    }
}

fn parse_sms(body: &[u8]) -> Result<SmsDelivery, Failure> {
    read_sms(body).map(message)
}

fn parse_call(body: &[u8]) -> Result<Option<CallDelivery>, Failure> {
    read_call(body).map(|call| call.map(message))
}

fn phone(number: &str) -> Phone {
    Phone::e164(number, "phone").unwrap()
}

/// A form post of `base` with `changes`; an empty value takes the parameter out.
fn form(base: &[(&str, &str)], changes: &[(&str, &str)]) -> Vec<u8> {
    let kept = base.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    let pairs = kept.chain(changes).filter(|(_, value)| !value.is_empty());
    Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
}

fn sms(changes: &[(&str, &str)]) -> Vec<u8> {
    form(
        &[
            ("AccountSid", ACCOUNT),
            ("MessageSid", "SM1"),
            ("From", ANA),
            ("To", OURS),
            ("Body", "Hi"),
            ("NumMedia", "0"),
        ],
        changes,
    )
}

fn call(changes: &[(&str, &str)]) -> Vec<u8> {
    form(
        &[
            ("AccountSid", ACCOUNT),
            ("CallSid", "CA1"),
            ("From", ANA),
            ("To", OURS),
            ("CallStatus", "no-answer"),
            ("Direction", "inbound"),
        ],
        changes,
    )
}

fn status(changes: &[(&str, &str)]) -> Vec<u8> {
    form(
        &[("AccountSid", ACCOUNT), ("MessageSid", "SM1"), ("From", OURS), ("To", ANA), ("MessageStatus", "delivered")],
        changes,
    )
}

fn field<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result.unwrap_err() {
        Failure::Rejected { field: Some(field), .. } => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_read_with_what_twilio_knows_of_the_sender() {
    let delivery = parse_sms(&sms(&[("FromCity", "DENVER"), ("OptOutType", "STOP"), ("Unknown", "x")])).unwrap();
    assert_eq!((delivery.account_sid.as_str(), &delivery.to), (ACCOUNT, &phone(OURS)));
    assert!(!delivery.over_whatsapp);
    assert_eq!(delivery.message.vendor_id, "SM1");
    assert_eq!(delivery.message.from, Address::Phone(phone(ANA)));
    assert_eq!(delivery.message.content, Content::Text { text: "Hi".into() });
    let fields: Vec<_> = delivery.message.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(fields, [("from_city", "DENVER"), ("opt_out_type", "STOP")]);
}

#[test]
fn media_buttons_places_and_empty_texts_are_told_apart() {
    let content = |changes: &[(&str, &str)]| parse_sms(&sms(changes)).unwrap().message.content;
    assert_eq!(
        content(&[
            ("NumMedia", "2"),
            ("MediaUrl0", "https://api.twilio.com/1"),
            ("MediaContentType0", "image/jpeg"),
            ("MediaUrl1", "https://api.twilio.com/2"),
        ]),
        Content::Media {
            kind: MediaKind::Image,
            references: vec!["https://api.twilio.com/1".into(), "https://api.twilio.com/2".into()],
            caption: "Hi".into()
        }
    );
    assert_eq!(
        content(&[("ButtonPayload", "yes"), ("ButtonText", "Yes")]),
        Content::Choice { id: "yes".into(), title: "Yes".into() }
    );
    assert_eq!(
        content(&[("Latitude", "37.5"), ("Longitude", "-122.25"), ("Label", "HQ"), ("Body", "")]),
        Content::Location { latitude: 37.5, longitude: -122.25, label: "HQ".into() }
    );
    assert_eq!(content(&[("Latitude", "NaN"), ("Longitude", "1")]), Content::Text { text: "Hi".into() });
    assert_eq!(content(&[("Body", "")]), Content::Unsupported { kind: "empty".into() });
}

#[test]
fn whatsapp_through_twilio_is_the_same_person() {
    let body = sms(&[("From", "whatsapp:+14155550123"), ("To", "whatsapp:+14155550199"), ("ProfileName", "Ana")]);
    let delivery = parse_sms(&body).unwrap();
    assert!(delivery.over_whatsapp);
    assert_eq!(delivery.message.from, Address::Phone(phone(ANA)));
    assert_eq!(delivery.to, phone(OURS));
    assert_eq!(delivery.message.name.as_deref(), Some("Ana"));
}

#[test]
fn a_message_with_a_field_missing_or_malformed_is_refused_by_its_name() {
    for (name, value) in [("AccountSid", ""), ("MessageSid", ""), ("From", ""), ("To", "x"), ("NumMedia", "many")] {
        assert_eq!(field(parse_sms(&sms(&[(name, value)]))), name, "{value}");
    }
    assert_eq!(field(parse_sms(&sms(&[("NumMedia", "1")]))), "MediaUrl0");
    assert_eq!(field(parse_sms(b"\xff\x00&&==&%zz")), "AccountSid");
}

#[test]
fn a_sender_that_nobody_can_write_to_is_kept_by_what_it_is_called() {
    for (from, sender) in [
        ("22395", "22395"),
        ("729725", "729725"),
        ("14155550123", "14155550123"),
        ("SUPPORT", "SUPPORT"),
        ("rcs:acme_agent", "rcs"),
        ("rcs:+14155550123", "rcs"),
        ("messenger:1", "messenger"),
        (&"N".repeat(40), &"N".repeat(20)),
    ] {
        let kept = Unanswerable { vendor_id: "SM1".into(), sender: sender.to_owned() };
        assert_eq!(read_sms(&sms(&[("From", from)])).unwrap(), Received::Unanswerable(kept), "{from}");
    }
    for (from, sender) in [
        ("anonymous", "anonymous"),
        ("Restricted", "Restricted"),
        ("+266696687", "+266696687"),
        ("sip:+14155550123@example.com", "sip"),
    ] {
        let kept = Unanswerable { vendor_id: "CA1".into(), sender: sender.to_owned() };
        assert_eq!(read_call(&call(&[("From", from)])).unwrap(), Some(Received::Unanswerable(kept)), "{from}");
        assert_eq!(read_call(&call(&[("From", from), ("CallStatus", "completed")])).unwrap(), None, "{from}");
    }
}

#[test]
fn the_owner_is_the_receiver_of_a_message_and_the_sender_of_a_status() {
    for body in [sms(&[]), status(&[]), call(&[]), sms(&[("To", "whatsapp:+14155550199")])] {
        let owner = account_and_number(&body).unwrap();
        assert_eq!((owner.account_sid.as_str(), owner.number), (ACCOUNT, Some(phone(OURS))));
    }
    assert_eq!(account_and_number(&sms(&[("To", "x")])).unwrap().number, None);
    assert_eq!(field(account_and_number(b"")), "AccountSid");
}

#[test]
fn statuses_carry_our_reference_and_the_meaning_of_the_code() {
    let reference = "6f2b1d0e-8c6a-4f57-9a51-3c5e70b4d2a9.1790000000000.6f2b1d0e-8c6a-4f57-9a51-3c5e70b4d2aa";
    let update =
        |changes: &[(&str, &str)], query: &str| parse_status(&status(changes), query).unwrap().map(|d| d.update);
    let delivered = update(&[], &format!("x=1&ref={reference}")).unwrap();
    assert_eq!((delivered.vendor_id.as_str(), delivered.state), ("SM1", DeliveryState::Delivered));
    assert_eq!(delivered.message, Some(MessageRef::parse(reference).unwrap()));
    let stopped = update(&[("MessageStatus", "undelivered"), ("ErrorCode", "21610")], "ref=nonsense").unwrap();
    assert_eq!((stopped.state, stopped.message), (DeliveryState::Failed, None));
    assert_eq!((stopped.reason.as_deref(), stopped.blocked), (Some("twilio 21610"), Some(Blocked::OptedOut)));
    for (code, blocked) in [("30005", Some(Blocked::Unreachable)), ("30003", None), ("30007", None)] {
        let failed = update(&[("MessageStatus", "failed"), ("ErrorCode", code)], "").unwrap();
        assert_eq!(failed.blocked, blocked, "{code}");
    }
    for early in ["accepted", "queued", "sending", "scheduled"] {
        assert_eq!(update(&[("MessageStatus", early)], ""), None, "{early}");
    }
    assert_eq!(field(parse_status(&status(&[("MessageSid", "")]), "")), "MessageSid");
    assert_eq!(field(parse_status(&status(&[("ErrorCode", "x")]), "")), "ErrorCode");
}

#[test]
fn a_call_that_nobody_took_is_a_message_of_the_caller() {
    for missed in ["no-answer", "busy", "failed"] {
        let delivery = parse_call(&call(&[("CallStatus", missed)])).unwrap().unwrap();
        assert_eq!((delivery.message.vendor_id.as_str(), delivery.call_status.as_str()), ("CA1", missed));
        assert_eq!((delivery.message.from, delivery.to), (Address::Phone(phone(ANA)), phone(OURS)));
        assert_eq!(delivery.message.content, Content::MissedCall);
    }
}

#[test]
fn what_became_of_the_forwarded_leg_counts() {
    let dialled = |status| parse_call(&call(&[("CallStatus", "in-progress"), ("DialCallStatus", status)])).unwrap();
    assert_eq!(dialled("no-answer").unwrap().call_status, "no-answer");
    assert_eq!(dialled("completed"), None);
}

#[test]
fn calls_that_were_taken_or_were_ours_are_none() {
    for changes in [[("CallStatus", "completed")], [("CallStatus", "ringing")], [("Direction", "outbound-api")]] {
        assert_eq!(parse_call(&call(&changes)).unwrap(), None, "{changes:?}");
    }
    for name in ["AccountSid", "CallSid", "CallStatus", "From", "To"] {
        assert_eq!(field(parse_call(&call(&[(name, "")]))), name);
    }
}
