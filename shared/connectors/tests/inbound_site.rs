//! What a tenant's own site and telephone system post: forms, chat, missed calls.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use connectors::parsed::{Received, Unanswerable};
use connectors::{MAX_BODY_BYTES, live_chat, missed_call, web_form};
use domain::failure::{Failure, Rejection};
use domain::messaging::{Address, Channel, Content, Email, MediaKind, Phone, Source};
use domain::{TenantId, messaging::Inbound};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const JSON: Option<&str> = Some("application/json; charset=utf-8");
const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn phone(number: &str) -> Address {
    Address::Phone(Phone::e164(number, "phone").unwrap())
}

fn email(address: &str) -> Address {
    Address::Email(Email::new(address, "email").unwrap())
}

fn submit(form: &Value) -> Result<web_form::Submission, Failure> {
    web_form::parse(form.to_string().as_bytes(), JSON, "US", at(0))
}

fn field<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result.unwrap_err() {
        Failure::Rejected { kind: Rejection::Invalid, field: Some(field), .. } => field,
        other => panic!("{other:?}"),
    }
}

/// `base` with one member changed; null takes it out.
fn with(base: &Value, name: &str, value: Value) -> Value {
    let mut changed = base.clone();
    changed[name] = value;
    changed
}

fn ana() -> Value {
    json!({
        "form_key": "pk_demo", "name": "Ana", "email": "Ana@Example.com", "phone": "(415) 555-0123",
        "message": "Do you fix roofs?", "consent": true, "utm_source": "ads", "rooms": 3, "newsletter": false, "gone": null,
    })
}

#[test]
fn json_and_form_posts_of_the_same_fields_are_the_same_submission() {
    let form =
        b"form_key=pk_demo&name=Ana&email=Ana%40Example.com&phone=%28415%29+555-0123&message=Do+you+fix+roofs%3F\
        &consent=on&utm_source=ads&rooms=3&newsletter=false&gone=";
    let posted = web_form::parse(form, FORM, "US", at(0)).unwrap();
    assert_eq!(posted, submit(&ana()).unwrap());
    assert_eq!(posted.form_key.as_deref(), Some("pk_demo"));
    assert_eq!(web_form::form_key(form, FORM).unwrap().as_deref(), Some("pk_demo"));
    assert_eq!(posted.message.content, Content::Text { text: "Do you fix roofs?".into() });
    assert_eq!(posted.message.name.as_deref(), Some("Ana"));
    let fields: Vec<_> = posted.message.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(fields, [("newsletter", "false"), ("rooms", "3"), ("utm_source", "ads")]);
}

#[test]
fn the_answer_goes_by_sms_only_with_a_phone_and_consent() {
    let (phone, email) = (phone("+14155550123"), email("ana@example.com"));
    for (form, channel, from, also) in [
        (ana(), Channel::Sms, &phone, vec![email.clone()]),
        (with(&ana(), "email", Value::Null), Channel::Sms, &phone, vec![]),
        (with(&ana(), "consent", json!("no")), Channel::Email, &email, vec![phone.clone()]),
        (with(&ana(), "phone", json!("")), Channel::Email, &email, vec![]),
        (with(&with(&ana(), "consent", Value::Null), "email", json!("")), Channel::Email, &phone, vec![]),
    ] {
        let submission = submit(&form).unwrap();
        assert_eq!((submission.channel, &submission.message.from, submission.message.also), (channel, from, also));
    }
    for yes in [json!(true), json!(1), json!("on"), json!("YES"), json!("1"), json!("true")] {
        assert_eq!(submit(&with(&ana(), "consent", yes)).unwrap().said.agrees, Some(true));
    }
    for no in [json!(false), json!(0), json!("off"), json!("No")] {
        assert_eq!(submit(&with(&ana(), "consent", no)).unwrap().said.agrees, Some(false));
    }
    for neither in [json!("maybe"), json!("I agree"), Value::Null] {
        assert_eq!(submit(&with(&ana(), "consent", neither)).unwrap().said.agrees, None);
    }
    let more_exact = with(&ana(), "sms_consent", json!("no"));
    assert_eq!(submit(&more_exact).unwrap().channel, Channel::Email);
}

#[test]
fn what_a_form_says_about_text_messages_is_kept_with_its_proof() {
    let form =
        with(&with(&ana(), "consent_text", json!("Text me")), "page", json!("https://a.example/quote?email=x#y"));
    let consent = submit(&form).unwrap().under(None, Some("https://a.example/other"), at(7)).consent.unwrap();
    assert!(consent.granted && consent.at == at(7) && consent.source == Source::WebForm);
    assert_eq!(
        (consent.wording.as_deref(), consent.page.as_deref()),
        (Some("Text me"), Some("https://a.example/quote"))
    );
    let said = submit(&ana()).unwrap().under(None, Some("https://a.example/other?gclid=1"), at(7)).consent.unwrap();
    assert_eq!((said.wording, said.page.as_deref()), (None, Some("https://a.example/other")));
    let no = submit(&with(&ana(), "consent", json!("0"))).unwrap().under(Some("By sending you agree"), None, at(7));
    assert_eq!((no.channel, no.consent.unwrap().granted), (Channel::Email, false));
}

#[test]
fn a_form_without_a_box_agrees_to_nothing_unless_its_key_says_what_its_words_cover() {
    let unsaid = with(&ana(), "consent", Value::Null);
    let silent = submit(&unsaid).unwrap().under(None, None, at(7));
    assert_eq!((silent.channel, silent.consent), (Channel::Email, None));
    let covered = submit(&unsaid).unwrap().under(Some("By sending you agree"), None, at(7));
    assert_eq!((covered.channel, &covered.message.from), (Channel::Sms, &phone("+14155550123")));
    assert_eq!(covered.message.also, [email("ana@example.com")]);
    assert_eq!(covered.consent.unwrap().wording.as_deref(), Some("By sending you agree"));
    let only_phone = submit(&with(&unsaid, "email", Value::Null)).unwrap().under(Some("You agree"), None, at(7));
    assert_eq!(only_phone.channel, Channel::Sms);
    let only_mail = submit(&with(&unsaid, "phone", Value::Null)).unwrap().under(Some("You agree"), None, at(7));
    assert_eq!((only_mail.channel, only_mail.consent), (Channel::Email, None), "there is no number to text");
}

#[test]
fn a_double_click_is_one_message_and_another_text_is_another() {
    let id = |form: &Value, second| {
        web_form::parse(form.to_string().as_bytes(), JSON, "US", at(second)).unwrap().message.vendor_id
    };
    // 1,790,000,000 is 200 seconds into its ten minutes.
    assert_eq!(id(&ana(), 0), id(&ana(), 399));
    assert_ne!(id(&ana(), 0), id(&ana(), 400));
    assert_ne!(id(&ana(), 0), id(&with(&ana(), "message", json!("And gutters?")), 0));
    assert_ne!(id(&ana(), 0), id(&with(&ana(), "rooms", json!(4)), 0));
    let own = with(&ana(), "submission_id", json!("s-1"));
    assert_eq!((id(&own, 0), id(&own, 4_000)), ("s-1".to_owned(), "s-1".to_owned()));
}

#[test]
fn robots_are_known_by_the_field_that_people_do_not_see() {
    assert!(!submit(&ana()).unwrap().honeypot_filled);
    let submission = submit(&with(&ana(), "website_url", json!("https://spam.example"))).unwrap();
    assert!(submission.honeypot_filled);
    assert!(!submission.message.fields.contains_key("website_url"));
}

#[test]
fn a_form_with_a_field_missing_or_malformed_is_refused_by_its_name() {
    for (name, value) in [
        ("message", Value::Null),
        ("message", json!("  ")),
        ("message", json!("x".repeat(4_001))),
        ("email", json!("ana")),
        ("phone", json!("call me")),
        ("phone", json!("555-0125")),
    ] {
        assert_eq!(field(submit(&with(&ana(), name, value))), name);
    }
    assert!(submit(&with(&ana(), "message", json!("é".repeat(4_000)))).is_ok());
    let nobody = with(&with(&ana(), "email", Value::Null), "phone", Value::Null);
    assert_eq!(field(submit(&nobody)), "email");
    assert_eq!(field(submit(&json!([]))), "body");
}

#[test]
fn a_lead_is_not_lost_to_decoration() {
    let mut form = with(&with(&ana(), "name", json!("n".repeat(300))), "submission_id", json!("x".repeat(101)));
    for i in 0..40 {
        form[format!("extra{i:02}")] = json!(i);
    }
    form["a_list"] = json!(["roof", null, "gutters", { "deep": [1] }]);
    form["a_long_one"] = json!("x".repeat(501));
    form["a".repeat(65)] = json!("x");
    let submission = submit(&form).unwrap();
    let message = submission.message;
    assert_eq!(message.content, Content::Text { text: "Do you fix roofs?".into() });
    assert_eq!((message.name.unwrap().len(), message.vendor_id.len()), (200, 64));
    let fields = message.fields;
    assert_eq!(fields["a_list"], r#"roof, gutters, {"deep":[1]}"#);
    assert_eq!(fields["a_long_one"], "x".repeat(500));
    assert_eq!(fields[&"a".repeat(64)], "x");
    assert_eq!(fields["cut_fields"], format!("a_long_one, {}, 6 left out", "a".repeat(64)));
    assert_eq!(fields.len(), 41, "40 of the form's, and what was cut");
}

#[test]
fn of_a_repeated_field_the_last_value_counts_and_of_a_group_of_boxes_all() {
    let post = |form: &str| web_form::parse(form.as_bytes(), FORM, "US", at(0)).unwrap();
    let base = "message=Hi&phone=4155550123&email=x&email=ana%40example.com";
    let ticked = post(&format!("{base}&consent=0&consent=1&service=roof&service=gutters"));
    assert_eq!(ticked.said.agrees, Some(true));
    assert_eq!(ticked.message.also, [email("ana@example.com")]);
    assert_eq!(ticked.message.fields["service"], "roof, gutters");
    let worded = post(&format!("{base}&consent=1&consent_text=Old&consent_text=You+may+text+me"));
    assert_eq!(worded.said.wording.as_deref(), Some("You may text me"));
    for refused in ["&consent=0", "&consent=1&consent=0", "&consent=1&consent="] {
        assert_ne!(post(&format!("{base}{refused}")).said.agrees, Some(true), "{refused}");
    }
    assert_eq!(post(&format!("{base}&email=")).message.from, email("ana@example.com"), "an empty field is none");
    assert_eq!(submit(&with(&ana(), "consent", json!([false, true]))).unwrap().said.agrees, Some(true));
}

#[test]
fn names_are_read_in_whatever_a_page_is_written() {
    let name =
        |body: &[u8], content_type: &str| web_form::parse(body, Some(content_type), "US", at(0)).unwrap().message.name;
    let form = "application/x-www-form-urlencoded";
    let rest = "&message=Hi&email=rene@example.com";
    let post = |name: &str| format!("name={name}{rest}").into_bytes();
    for (body, content_type) in [
        (post("Ren%C3%A9"), form.to_owned()),
        (post("Ren%C3%A9"), format!("{form}; charset=UTF-8")),
        (post("Ren%E9"), format!("{form}; charset=ISO-8859-1")),
        (post("Ren%E9"), form.to_owned()),
        ([b"\xef\xbb\xbf", &post("Ren%C3%A9")[..]].concat(), form.to_owned()),
        (br#"{"name":"Ren\u00e9","message":"Hi","email":"rene@example.com"}"#.to_vec(), "application/json".to_owned()),
        (
            b"\xef\xbb\xbf{\"name\":\"Ren\xc3\xa9\",\"message\":\"Hi\",\"email\":\"rene@example.com\"}".to_vec(),
            "application/json".to_owned(),
        ),
        (
            b"{\"name\":\"Ren\xe9\",\"message\":\"Hi\",\"email\":\"rene@example.com\"}".to_vec(),
            "application/json; charset=latin1".to_owned(),
        ),
    ] {
        assert_eq!(name(&body, &content_type).as_deref(), Some("René"), "{content_type}");
    }
}

#[test]
fn other_content_types_and_large_bodies_have_their_own_status() {
    let kind = |body: &[u8], content_type| match web_form::parse(body, content_type, "US", at(0)).unwrap_err() {
        Failure::Rejected { kind, .. } => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(b"{}", Some("text/plain")), Rejection::UnsupportedMediaType);
    assert_eq!(kind(b"{}", None), Rejection::UnsupportedMediaType);
    assert_eq!(kind(b"{}", Some("application/json; charset=utf-16")), Rejection::UnsupportedMediaType);
    assert_eq!(
        kind(b"a=1", Some("application/x-www-form-urlencoded; charset=shift_jis")),
        Rejection::UnsupportedMediaType
    );
    let large = vec![b'a'; MAX_BODY_BYTES + 1];
    assert_eq!((kind(&large, JSON), kind(&large, FORM)), (Rejection::TooLarge, Rejection::TooLarge));
}

fn chat() -> Value {
    json!({
        "widget_key": "wk_demo", "session_id": "s-1", "message_id": "m1", "message": " Hi ", "page": "/prices",
        "visitor": { "name": "Ana", "email": "ana@example.com", "phone": "415 555 0123" },
    })
}

fn say(chat: &Value, second: i64) -> Result<live_chat::ChatMessage, Failure> {
    live_chat::parse(chat.to_string().as_bytes(), "US", at(second))
}

#[test]
fn a_chat_message_is_of_its_session_and_names_the_visitor() {
    let said = say(&chat(), 0).unwrap();
    assert_eq!((said.widget_key.as_str(), said.session_id.as_str()), ("wk_demo", "s-1"));
    assert_eq!(live_chat::widget_key(chat().to_string().as_bytes()).unwrap(), "wk_demo");
    assert_eq!(said.message.from, Address::Chat("s-1".into()));
    assert_eq!(said.message.also, [phone("+14155550123"), email("ana@example.com")]);
    assert_eq!(said.message.name.as_deref(), Some("Ana"));
    assert_eq!(said.message.content, Content::Text { text: "Hi".into() });
    assert_eq!(said.message.fields["page"], "/prices");
    let bare = say(&json!({ "widget_key": "wk", "session_id": "s", "message": "Hi" }), 0).unwrap();
    assert!(bare.message.also.is_empty() && bare.message.name.is_none() && bare.message.fields.is_empty());
}

#[test]
fn a_chat_message_id_is_of_its_session_only() {
    let id = |chat: &Value, second| say(chat, second).unwrap().message.vendor_id;
    assert_eq!(id(&chat(), 0), id(&with(&chat(), "message", json!("other words")), 4_000));
    assert_ne!(id(&chat(), 0), id(&with(&chat(), "session_id", json!("s-2")), 0));
    let anonymous = with(&chat(), "message_id", Value::Null);
    assert_eq!(id(&anonymous, 0), id(&anonymous, 9));
    assert_ne!(id(&anonymous, 0), id(&anonymous, 10));
}

#[test]
fn a_chat_message_with_a_field_missing_or_malformed_is_refused_by_its_path() {
    for (name, value, path) in [
        ("widget_key", Value::Null, "widget_key"),
        ("session_id", Value::Null, "session_id"),
        ("session_id", json!("a b"), "session_id"),
        ("session_id", json!("x".repeat(65)), "session_id"),
        ("message", json!(" "), "message"),
        ("message", json!("x".repeat(4_001)), "message"),
        ("message_id", json!("x".repeat(101)), "message_id"),
        ("message_id", json!(7.5), "message_id"),
        ("visitor", json!({ "email": "ana" }), "visitor.email"),
        ("visitor", json!({ "phone": "x" }), "visitor.phone"),
        ("visitor", json!({ "name": [] }), "visitor.name"),
    ] {
        assert_eq!(field(say(&with(&chat(), name, value), 0)), path);
    }
}

#[test]
fn a_file_in_a_chat_is_of_its_session_and_needs_no_words() {
    let (hex, id) = ("0123456789abcdef0123456789abcdef", "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9");
    let sent = |session: &str, id: &str, message: Value| {
        let chat = with(&with(&chat(), "session_id", json!(session)), "message", message);
        say(&with(&chat, "file", json!({ "id": id, "content_type": "image/jpeg" })), 0)
    };
    let content = |session: &str, message| sent(session, id, message).unwrap().message.content;
    let Content::Media { kind, references, caption } = content(hex, Value::Null) else { panic!("no file") };
    assert_eq!((kind, caption.as_str()), (MediaKind::Image, ""));
    assert!(references[0].ends_with(id) && !references[0].contains(hex), "the session is a secret: {references:?}");
    let Content::Media { references: others, caption, .. } = content(&hex.replace('0', "f"), json!("the leak")) else {
        panic!("no file")
    };
    assert_eq!(caption, "the leak");
    assert_ne!(references, others, "what another session sent is not there");
    assert_eq!(field(sent("s-1", id, Value::Null)), "x-chat-session");
    assert_eq!(field(sent(hex, "../../acme", Value::Null)), "file.id");
    assert_eq!(field(sent(hex, id, json!("x".repeat(4_001)))), "message");
}

#[test]
fn a_session_that_opens_a_whole_talk_is_no_guessable_one() {
    let hex = "0123456789abcdef0123456789abcdef";
    assert_eq!(live_chat::secret_session_id(hex), Ok(hex));
    let (long, short, other) = ("x".repeat(65), "x".repeat(21), format!("{hex} "));
    for session in ["", "s-1", &short, &long, &other] {
        let refused = live_chat::secret_session_id(session);
        assert!(matches!(refused, Err(Failure::Rejected { field: Some(field), .. }) if field == "x-chat-session"));
    }
}

#[test]
fn a_missed_call_is_one_message_and_may_say_how_to_text_back() {
    let parse = |call: &Value, second| match missed_call::parse(call.to_string().as_bytes(), "US", at(second))? {
        Received::Message(call) => Ok(call),
        Received::Unanswerable(kept) => panic!("{kept:?}"),
    };
    let call = json!({ "call_key": "ck_demo", "caller": "(415) 555-0123" });
    let missed = parse(&call, 0).unwrap();
    assert_eq!((missed.call_key.as_str(), missed.channel), ("ck_demo", None));
    assert_eq!(missed_call::call_key(call.to_string().as_bytes()).unwrap(), "ck_demo");
    assert_eq!((missed.message.from, missed.message.content), (phone("+14155550123"), Content::MissedCall));
    assert_eq!(missed.message.vendor_id, parse(&call, 399).unwrap().message.vendor_id);
    assert_ne!(missed.message.vendor_id, parse(&call, 400).unwrap().message.vendor_id);
    let named = parse(&with(&with(&call, "call_id", json!("c1")), "channel", json!("whatsapp")), 0).unwrap();
    assert_eq!((named.message.vendor_id.as_str(), named.channel), ("c1", Some(Channel::Whatsapp)));
    let counted = parse(&with(&call, "call_id", json!(1)), 0).unwrap();
    assert_eq!(counted.message.vendor_id, "1");
    for (name, value) in [
        ("call_key", Value::Null),
        ("caller", Value::Null),
        ("caller", json!("555-0125")),
        ("channel", json!("pigeon")),
        ("call_id", json!("x".repeat(101))),
    ] {
        assert_eq!(field(parse(&with(&call, name, value), 0)), name);
    }
}

#[test]
fn a_caller_without_a_number_is_kept_by_what_it_is_called() {
    for (caller, sender) in [
        ("Restricted", "Restricted"),
        ("anonymous", "anonymous"),
        ("sip:reception@example.com", "sip"),
        ("SIP:+14155550123@example.com", "SIP"),
    ] {
        let call = json!({ "call_key": "ck_demo", "caller": caller, "call_id": "c1" });
        let received = missed_call::parse(call.to_string().as_bytes(), "US", at(0)).unwrap();
        let kept = Unanswerable { vendor_id: "c1".into(), sender: sender.to_owned() };
        assert_eq!(received, Received::Unanswerable(kept), "{caller}");
    }
}

proptest! {
    #[test]
    fn any_words_of_a_form_reach_the_queue_as_they_were_typed(
        message in "\\PC{0,20}[^\\s\\p{C}]\\PC{0,20}",
        extra in "\\PC{0,30}",
    ) {
        let form = with(&with(&ana(), "message", json!(message)), "extra", json!(extra));
        let submission = submit(&form).unwrap();
        let tenant = TenantId::new("acme").unwrap();
        let inbound =
            submission.message.into_inbound(tenant, Source::WebForm, submission.channel, at(0), "correlation".into());
        let queued: Inbound = serde_json::from_str(&serde_json::to_string(&inbound).unwrap()).unwrap();
        prop_assert_eq!(queued.content.text(), message.trim());
        let kept = queued.fields.get("extra").map_or("", String::as_str);
        prop_assert_eq!(kept, extra.trim());
    }
}

#[test]
fn a_number_from_abroad_is_read_alike_by_the_form_the_chat_and_the_call() {
    for (typed, read) in [
        ("+49 151 23456720", "+4915123456720"),
        ("+33 1 42 68 53 00", "+33142685300"),
        ("+44 1634 567890", "+441634567890"),
        ("+55 11 98765-4399", "+5511987654399"),
    ] {
        let expected = phone(read);
        let form = submit(&with(&ana(), "phone", json!(typed))).unwrap();
        assert_eq!(form.message.from, expected, "form: {typed}");
        let visitor = with(&chat()["visitor"], "phone", json!(typed));
        let said = say(&with(&chat(), "visitor", visitor), 0).unwrap();
        assert!(said.message.also.contains(&expected), "chat: {typed}: {:?}", said.message.also);
        let call = json!({ "call_key": "ck_demo", "caller": typed });
        let received = missed_call::parse(call.to_string().as_bytes(), "US", at(0)).unwrap();
        let Received::Message(call) = received else { panic!("{received:?}") };
        assert_eq!(call.message.from, expected, "call: {typed}");
    }
}
