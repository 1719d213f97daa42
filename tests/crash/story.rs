//! What vendors and browsers deliver: conversations of a few invented people, as requests to the webhooks.

use domain::messaging::Source;
use domain::{MessageId, TenantId};
use serde_json::{Value, json};
use store::Key;
use xtask::signatures;

use crate::cloud::{
    APP_SECRET, AUTH_TOKEN, CALL_KEY, FORM_KEY, SMS_NUMBER, TENANT, TWILIO_ACCOUNT, WHATSAPP_NUMBER, WIDGET_KEY,
};
use crate::function::Function::{
    self, Converse, Deliver, LiveChat, MissedCall, Outbox, Sms, Sweeper, WebForm, Whatsapp,
};
use crate::function::PUBLIC_URL;
use xtask::chance::Chance;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// One of Twilio's magic numbers: every message to it is refused, because its owner unsubscribed.
const UNSUBSCRIBED: &str = "+15005550004";

pub(crate) const STOP: &str = "STOP";
const REACTION: &str = "👍";
const PERSON: &str = "I want to talk to a real person";
const TEXTS: [&str; 8] = [
    "Hi! How much is a roof inspection?",
    "When are you open?",
    PERSON,
    "Can I book an inspection tomorrow at 10am?",
    "Water is coming through the ceiling right now, this is an emergency",
    "Thanks, bye!",
    "No thanks, not now",
    "Sounds good",
];

/// One request to one webhook, which its sender repeats until it is answered with 200.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    /// For the trace.
    pub(crate) name: String,
    pub(crate) function: Function,
    /// API Gateway's event.
    pub(crate) event: String,
    pub(crate) messages: Vec<Said>,
}

/// One message in a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) id: MessageId,
    /// The identity key of who says it.
    pub(crate) from: String,
    pub(crate) wants_answer: bool,
    /// It asks to hear nothing more.
    pub(crate) stops: bool,
}

/// What a person gives in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gives {
    Phone,
    Email,
    Both,
    BothWithoutConsent,
}

/// Writes a story. `tag` makes its vendor ids its own.
pub(crate) struct Writer {
    tag: String,
    pub(crate) deliveries: Vec<Delivery>,
    messages: usize,
    /// The texts of a random story.
    said: Vec<&'static str>,
}

fn phone(person: usize) -> String {
    if person == BLOCKED { UNSUBSCRIBED.to_owned() } else { format!("+1415555010{person}") }
}

fn email(person: usize) -> String {
    format!("person{person}@example.com")
}

/// The person whose number refuses our messages.
const BLOCKED: usize = 9;

/// A short story, and the functions that it is about: each of their steps gets each fault in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short {
    pub(crate) name: &'static str,
    pub(crate) about: &'static [Function],
}

pub(crate) const STORIES: [Short; 11] = [
    Short { name: "stranger", about: &[Sms, Converse, Outbox, Deliver] },
    Short { name: MISSED, about: &[Sweeper] },
    Short { name: "merge", about: &[WebForm, Converse] },
    Short { name: "merge-of-merged", about: &[] },
    Short { name: "given-in-chat", about: &[LiveChat, Converse, Deliver] },
    Short { name: "escalation", about: &[Whatsapp, Converse, Deliver] },
    Short { name: "booking", about: &[Converse] },
    Short { name: "stop", about: &[Sms, Converse] },
    Short { name: "blocked", about: &[Deliver] },
    Short { name: UNDELIVERED, about: &[Sms] },
    Short { name: "every-way-in", about: &[MissedCall] },
];

/// The story in which the table's stream overlooks every row, so that the sweeper publishes all.
pub(crate) const MISSED: &str = "missed-by-the-stream";
/// The story in which the vendor says later of every message that it could not be delivered.
pub(crate) const UNDELIVERED: &str = "undelivered";

impl Writer {
    pub(crate) fn new(tag: &str) -> Self {
        Self { tag: tag.to_owned(), deliveries: Vec::new(), messages: 0, said: Vec::new() }
    }

    /// One of [`STORIES`].
    pub(crate) fn story(mut self, name: &str) -> Vec<Delivery> {
        match name {
            "stranger" | MISSED | UNDELIVERED => self.sms(1, TEXTS[0]),
            "merge" => {
                self.sms(1, TEXTS[0]);
                self.form(1, Gives::Email, TEXTS[1]);
                self.form(1, Gives::Both, TEXTS[3]);
            }
            "merge-of-merged" => {
                self.sms(1, TEXTS[0]);
                self.chat(1, TEXTS[1]);
                self.form(1, Gives::Email, TEXTS[1]);
                self.chat(1, "My email is person1@example.com");
                self.form(1, Gives::Both, TEXTS[3]);
            }
            "given-in-chat" => {
                self.form(1, Gives::Email, TEXTS[0]);
                self.chat(1, "My email is person1@example.com");
            }
            "escalation" => self.whatsapp(1, &[TEXTS[0], PERSON]),
            "booking" => self.chat(1, TEXTS[3]),
            "stop" => {
                self.sms(1, TEXTS[0]);
                self.sms(1, STOP);
                self.sms(1, TEXTS[1]);
            }
            "blocked" => {
                self.sms(BLOCKED, TEXTS[0]);
                self.sms(BLOCKED, TEXTS[1]);
            }
            _ => {
                self.form(1, Gives::BothWithoutConsent, TEXTS[0]);
                self.whatsapp(2, &[REACTION]);
                self.missed_call(3);
            }
        }
        self.deliveries
    }

    /// Several messages of a few people, of whom each may be known by several addresses.
    pub(crate) fn random(mut self, chance: &mut Chance) -> Vec<Delivery> {
        let people: &[usize] = match chance.below(4) {
            0 => &[1],
            1 => &[1, 2, BLOCKED],
            _ => &[1, 2],
        };
        for _ in 0..3 + chance.below(4) {
            let person = *chance.pick(people);
            let text = if chance.one_in(10) { STOP } else { self.text(chance) };
            match chance.below(8) {
                0 | 1 => self.sms(person, text),
                2 => self.whatsapp(person, &[text]),
                3 => {
                    let second = self.text(chance);
                    self.whatsapp(person, &[text, second, *chance.pick(&[REACTION, "How do I pay?"])]);
                }
                4 | 5 => {
                    let gives = *chance.pick(&[Gives::Phone, Gives::Email, Gives::Both, Gives::BothWithoutConsent]);
                    self.form(person, gives, if text == STOP { TEXTS[0] } else { text });
                }
                6 if chance.one_in(2) => self.chat(person, text),
                6 => self.chat(person, &format!("My email is {}", email(person))),
                _ => self.missed_call(person),
            }
        }
        self.deliveries
    }

    /// A text that no one has said twice: who says the same a third time seems to be a machine, and gets no answer.
    fn text(&mut self, chance: &mut Chance) -> &'static str {
        let fresh: Vec<&'static str> =
            TEXTS.into_iter().filter(|text| self.said.iter().filter(|said| *said == text).count() < 2).collect();
        let text = *chance.pick(if fresh.is_empty() { &TEXTS } else { &fresh });
        self.said.push(text);
        text
    }

    fn next_id(&mut self) -> String {
        self.messages += 1;
        format!("{}x{}", self.tag, self.messages)
    }

    fn said(source: Source, vendor_id: &str, from: String, text: &str) -> Said {
        let tenant = TenantId::new(TENANT).unwrap();
        Said {
            id: MessageId::derive(&tenant, &[source.as_str(), vendor_id]),
            from,
            wants_answer: text != STOP && text != REACTION,
            stops: text == STOP,
        }
    }

    fn deliver(&mut self, function: Function, name: &str, event: String, messages: Vec<Said>) {
        let name = format!("{function}[{name}]");
        self.deliveries.push(Delivery { name, function, event, messages });
    }

    fn sms(&mut self, person: usize, text: &str) {
        let id = format!("SM{}", self.next_id());
        let fields = [
            ("MessageSid", id.as_str()),
            ("AccountSid", TWILIO_ACCOUNT),
            ("From", &phone(person)),
            ("To", SMS_NUMBER),
            ("Body", text),
            ("NumMedia", "0"),
        ];
        let said = Self::said(Source::Sms, &id, format!("phone:{}", phone(person)), text);
        let event = twilio("/webhooks/sms", "", &fields);
        self.deliver(Sms, &format!("{person}: {text}"), event, vec![said]);
    }

    fn whatsapp(&mut self, person: usize, texts: &[&str]) {
        let from = phone(person).trim_start_matches('+').to_owned();
        let (mut messages, mut said) = (Vec::new(), Vec::new());
        for text in texts {
            let id = format!("wamid.{}", self.next_id());
            said.push(Self::said(Source::Whatsapp, &id, format!("phone:+{from}"), text));
            messages.push(if *text == REACTION {
                json!({ "from": from, "id": id, "type": "reaction", "reaction": { "message_id": "x", "emoji": text } })
            } else {
                json!({ "from": from, "id": id, "type": "text", "text": { "body": text } })
            });
        }
        let event = meta(&json!({ "messages": messages }));
        self.deliver(Whatsapp, &format!("{person}: {}", texts.join(" / ")), event, said);
    }

    fn form(&mut self, person: usize, gives: Gives, text: &str) {
        let id = self.next_id();
        let mut body = json!({ "form_key": FORM_KEY, "submission_id": id, "message": text, "name": "Robin Vale" });
        if gives != Gives::Email {
            body["phone"] = json!(phone(person));
            body["consent"] = json!(gives != Gives::BothWithoutConsent);
        }
        if gives != Gives::Phone {
            body["email"] = json!(email(person));
        }
        let (by_phone, by_email) = (format!("phone:{}", phone(person)), format!("email:{}", email(person)));
        let from = match gives {
            Gives::Phone | Gives::Both => by_phone,
            Gives::Email | Gives::BothWithoutConsent => by_email,
        };
        let said = Self::said(Source::WebForm, &Key::Form(FORM_KEY).scoped(&id), from, text);
        let event = request("/webhooks/web-form", "", &[("content-type", JSON)], &body.to_string());
        self.deliver(WebForm, &format!("{person}: {gives:?}, {text}"), event, vec![said]);
    }

    fn chat(&mut self, person: usize, text: &str) {
        let (id, session) = (self.next_id(), format!("session{person}"));
        let body = json!({ "widget_key": WIDGET_KEY, "session_id": session, "message_id": id, "message": text });
        let id = Key::Widget(WIDGET_KEY).scoped(&format!("{session}:{id}"));
        let said = Self::said(Source::LiveChat, &id, format!("chat:{session}"), text);
        let event = request("/webhooks/live-chat", "", &[("content-type", JSON)], &body.to_string());
        self.deliver(LiveChat, &format!("{person}: {text}"), event, vec![said]);
    }

    fn missed_call(&mut self, person: usize) {
        let id = self.next_id();
        let body = json!({ "call_key": CALL_KEY, "caller": phone(person), "call_id": id });
        let id = Key::Call(CALL_KEY).scoped(&id);
        let said = Self::said(Source::MissedCall, &id, format!("phone:{}", phone(person)), "");
        let event = request("/webhooks/missed-call", "", &[("content-type", JSON)], &body.to_string());
        self.deliver(MissedCall, &person.to_string(), event, vec![said]);
    }
}

/// Meta's word on a message that it took: `delivered`, or `failed` because the recipient cannot be reached.
pub(crate) fn meta_status(reference: &str, id: &str, fails: bool) -> Delivery {
    let mut status = json!({ "id": id, "status": "delivered", "biz_opaque_callback_data": reference });
    if fails {
        status["status"] = json!("failed");
        status["errors"] = json!([{ "code": 131_050 }]);
    }
    let event = meta(&json!({ "statuses": [status] }));
    let name = format!("whatsapp[status {}]", status["status"]);
    Delivery { name, function: Whatsapp, event, messages: Vec::new() }
}

/// Twilio's word on a message that it took, likewise.
pub(crate) fn twilio_status(reference: &str, id: &str, to: &str, fails: bool) -> Delivery {
    let status = if fails { "undelivered" } else { "delivered" };
    let mut fields = vec![
        ("MessageSid", id),
        ("AccountSid", TWILIO_ACCOUNT),
        ("From", SMS_NUMBER),
        ("To", to),
        ("MessageStatus", status),
    ];
    if fails {
        // They opted out: what cannot be reached could be again once they write.
        fields.push(("ErrorCode", "21610"));
    }
    let event = twilio("/webhooks/sms/status", &format!("ref={reference}"), &fields);
    Delivery { name: format!("sms[status {status}]"), function: Sms, event, messages: Vec::new() }
}

fn meta(value: &Value) -> String {
    let mut value = value.clone();
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({ "phone_number_id": WHATSAPP_NUMBER });
    let entry = json!({ "id": "1", "changes": [{ "field": "messages", "value": value }] });
    let body = json!({ "object": "whatsapp_business_account", "entry": [entry] }).to_string();
    let signature = signatures::meta(APP_SECRET, &body);
    request("/webhooks/whatsapp", "", &[("content-type", JSON), ("x-hub-signature-256", &signature)], &body)
}

fn twilio(path: &str, query: &str, fields: &[(&str, &str)]) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let separator = if query.is_empty() { "" } else { "?" };
    let signed: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let signature = signatures::twilio(AUTH_TOKEN, &format!("{PUBLIC_URL}{path}{separator}{query}"), &signed);
    request(path, query, &[("content-type", FORM), ("x-twilio-signature", &signature)], &body)
}

fn request(path: &str, query: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut all = json!({ "host": "crash.example.com" });
    for (name, value) in headers {
        all[*name] = json!(value);
    }
    let event = json!({
        "version": "2.0",
        "routeKey": format!("POST {path}"),
        "rawPath": path,
        "rawQueryString": query,
        "headers": all,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "crash",
            "domainName": "crash.example.com",
            "domainPrefix": "crash",
            "http": {
                "method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.1", "userAgent": "crash",
            },
            "requestId": "crash",
            "routeKey": format!("POST {path}"),
            "stage": "$default",
            "time": "20/Nov/2026:06:13:20 +0000",
            "timeEpoch": 1_795_155_200_000_i64,
        },
        "body": body,
        "isBase64Encoded": false,
    });
    event.to_string()
}
