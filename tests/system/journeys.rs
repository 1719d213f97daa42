//! A person's way with a business: what events do to it, what goes out by itself, what stops it.

mod settings;

use std::collections::BTreeSet;

use aws_sdk_eventbridge::Client;
use domain::conversations::Message;
use domain::events::{Event, EventKind, RawEvent};
use domain::ids::{AppointmentId, QuoteId};
use domain::journeys::{Ending, Happening, Journey, Run, Simulated, Subject};
use domain::leads::Stage;
use domain::messaging::{Channel, DeliveryState, Kind, Verdict};
use domain::money::Money;
use domain::tenancy::Plan;
use domain::{ContactId, EventId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};
use runtime::bus::Bus;
use runtime::clock::now;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::stage::{
    Person, Replay, Said, Tenant, address, eventually, mails_to, number, sink_messages_to, stage, state, unique,
};

/// A business of a test's own, and who runs it.
pub struct Office {
    pub tenant: Tenant,
    pub owner: Person,
}

/// Someone who wrote to it, and was answered.
pub struct Customer<'a> {
    office: &'a Office,
    pub number: String,
    pub contact: ContactId,
}

impl Office {
    pub fn opened() -> Self {
        let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
        let owner = tenant.person("admin");
        Self { tenant, owner }
    }

    /// A sequence of its own. Before anybody writes to it: functions remember sequences for half a minute.
    fn add(&self, sequence: &Value) {
        let answer = self.owner.call("POST", "/v1/sequences", &[], &sequence.to_string());
        assert_eq!(answer.status, 201, "{}", answer.body);
    }

    /// What is there, once it can be read.
    pub fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        eventually(path, || {
            let answer = self.owner.call("GET", path, &[], "");
            (answer.status == 200).then(|| serde_json::from_str(&answer.body).unwrap())
        })
    }

    pub fn customer(&self) -> Customer<'_> {
        let number = number();
        let said = self.tenant.sms(&number, "Do you repair roofs?");
        self.known(number, &said)
    }

    /// Who said this, once they are answered.
    pub fn known(&self, number: String, said: &Said) -> Customer<'_> {
        self.tenant.sent_reply(said);
        let contact = self.tenant.lead(said.lead()).contact;
        Customer { office: self, number, contact }
    }
}

impl Customer<'_> {
    /// Something that another context tells.
    pub fn happens(&self, kind: EventKind) {
        let (tenant, at) = (self.office.tenant.id(), now());
        let event = Event { id: EventId::derive(&tenant, &[&unique()]), tenant, at, correlation_id: unique(), kind };
        let bus = Bus::new(Client::new(&stage().aws), stage().output("BusName").to_owned());
        stage().block_on(bus.publish(&[RawEvent::from(&event)])).unwrap();
    }

    fn path(&self, of: &str) -> String {
        format!("/v1/contacts/{}/{of}", self.contact)
    }

    fn journey(&self) -> Journey {
        self.office.read(&self.path("journey"))
    }

    pub fn journey_when(&self, what: &str, shows: impl Fn(&Journey) -> bool) -> Journey {
        eventually(what, || Some(self.journey()).filter(|journey| shows(journey)))
    }

    fn timeline(&self) -> Value {
        self.office.read(&self.path("timeline?limit=100"))
    }

    /// A change of the journey, on whatever it is now.
    fn change(&self, method: &str, what: &str, body: &Value) {
        let owner = &self.office.owner;
        eventually("a change that nobody else comes before", || {
            let read = owner.call("GET", &self.path("journey"), &[], "");
            let answer = owner.call(method, &self.path(what), &[("if-match", read.header("etag")?)], &body.to_string());
            assert!(matches!(answer.status, 200 | 412 | 429), "{} {}", answer.status, answer.body);
            (answer.status == 200).then_some(())
        });
    }

    /// They live where it is `hour` o'clock now, in a state that has no hours of its own.
    pub fn lives_where_it_is(&self, hour: i8) {
        let east = (hour - now().to_zoned(TimeZone::UTC).hour() + 12).rem_euclid(24) - 12;
        // These names count to the west.
        let zone = if east == 0 { "Etc/GMT".to_owned() } else { format!("Etc/GMT{:+}", -east) };
        self.change("PUT", "preferences", &json!({"zone": zone, "state": "CO"}));
    }

    pub fn agrees(&self, channel: &str, purpose: &str) {
        let consent =
            json!({"channel": channel, "purpose": purpose, "granted": true, "evidence": "Said so at the desk"});
        self.change("POST", "consents", &consent);
    }

    /// What sequences wrote to them, on every channel, oldest first.
    fn touches(&self) -> Vec<Message> {
        let timeline = self.timeline();
        let messages = timeline["touches"].as_array().unwrap().iter().filter(|entry| entry["type"] == "message");
        let threads: BTreeSet<_> = messages.map(|entry| entry["message"]["conversation"].as_str().unwrap()).collect();
        let replays = threads.into_iter().map(|id| self.office.read::<Replay>(&format!("/v1/conversations/{id}")));
        let mut touches: Vec<Message> = replays.flat_map(|replay| replay.messages).collect();
        touches.retain(|message| message.outreach.is_some());
        touches.sort_by_key(|message| message.reference.at);
        touches
    }

    fn touches_when(&self, what: &str, shows: impl Fn(&[Message]) -> bool) -> Vec<Message> {
        eventually(what, || Some(self.touches()).filter(|touches| shows(touches)))
    }

    /// The texts that left for their number.
    pub fn texts(&self) -> Vec<String> {
        sink_messages_to(&self.number).iter().map(|message| message["body"].as_str().unwrap().to_owned()).collect()
    }

    fn got(&self, text: &str) -> bool {
        self.texts().iter().any(|got| got.contains(text))
    }
}

/// A sequence that begins when someone looks at the prices.
fn sequence(kind: &str, steps: &[Value]) -> Value {
    json!({"id": "after-prices", "name": "After the prices", "kind": kind, "enters_on": [{"on": "pricing.visited"}],
           "stops_on": ["message.received"], "steps": steps})
}

/// A step that writes on one channel, so many minutes after the one before.
fn step(id: &str, minutes: u32, channel: &str, text: &str) -> Value {
    let variant = json!({"id": "a", "texts": {"en": text}, "subjects": {"en": "A word"}});
    json!({"id": id, "wait": {"after": {"minutes": minutes}},
           "does": {"message": {"channel": {"first_of": [channel]}, "variants": [variant]}}})
}

fn run<'a>(journey: &'a Journey, sequence: &str) -> Option<&'a Run> {
    journey.runs.iter().rev().find(|run| run.sequence.as_str() == sequence)
}

fn ended(journey: &Journey, sequence: &str) -> Option<Ending> {
    run(journey, sequence)?.ended.as_ref().map(|ended| ended.how)
}

fn verdict(message: &Message) -> Option<&Verdict> {
    message.delivery.as_ref().unwrap().verdict.as_ref()
}

fn is_settled(message: &Message) -> bool {
    !matches!(state(message), DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Held)
}

#[test]
fn a_quote_moves_the_stage_begins_its_follow_up_and_can_be_rehearsed() {
    let office = Office::opened();
    let ana = office.customer();
    ana.change("PUT", "preferences", &json!({"zone": "America/Denver", "state": "CO"}));
    let quote = QuoteId::derive(&office.tenant.id(), &[&unique()]);
    ana.happens(EventKind::QuoteSent {
        contact: ana.contact,
        quote,
        service: Some("Roof repair".to_owned()),
        amount: Some(Money { cents: 185_000, currency: "USD".to_owned() }),
        link: None,
        expires_at: None,
    });
    let journey = ana.journey_when("the quote", |journey| journey.stage == Stage::QuoteSent);
    let follow_up = run(&journey, "quote-follow-up").unwrap();
    assert!(follow_up.is_running());
    assert_eq!((follow_up.subject, follow_up.step.as_str()), (Subject::Quote(quote), "day-1"));
    assert!(follow_up.due > now() + SignedDuration::from_hours(10), "tomorrow afternoon: {}", follow_up.due);

    let ahead = json!({"days": 30}).to_string();
    let answer = office.owner.call("POST", &ana.path("dry-run"), &[], &ahead);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let mut steps: Vec<Simulated> = serde_json::from_value(told["steps"].clone()).unwrap();
    steps.retain(|step| step.sequence.as_ref().is_some_and(|sequence| sequence.as_str() == "quote-follow-up"));
    let names = |what: Happening| -> Vec<&str> {
        let steps = steps.iter().filter(|step| step.what == what);
        steps.map(|step| step.step.as_ref().unwrap().as_str()).collect()
    };
    assert_eq!(names(Happening::Sent), ["day-1", "day-3", "day-7", "day-14"]);
    assert_eq!(names(Happening::Task), ["day-10"]);
    for step in steps.iter().filter(|step| step.what == Happening::Sent) {
        assert!(matches!(step.verdict, Some(Verdict::Allowed { .. })), "{step:?}");
        assert!(step.text.as_ref().is_some_and(|text| text.contains("Summit Roofing")), "{step:?}");
    }
    assert_eq!(ana.journey().runs, journey.runs, "nothing happened by it");
}

#[test]
fn a_step_that_is_due_goes_out_and_advertising_needs_consent() {
    let office = Office::opened();
    office.add(&sequence("campaign", &[step("offer", 0, "sms", "News of the season from {business}")]));
    for agrees in [false, true] {
        let ana = office.customer();
        ana.lives_where_it_is(12);
        if agrees {
            ana.agrees("sms", "marketing");
        }
        ana.happens(EventKind::PricingVisited { contact: ana.contact });
        let touches = ana.touches_when("the offer", |touches| touches.len() == 1 && is_settled(&touches[0]));
        let verdict = verdict(&touches[0]).unwrap();
        assert_eq!(touches[0].kind(), Kind::Campaign);
        assert_eq!(ana.got("News of the season from Summit Roofing"), agrees, "{verdict:?}");
        if agrees {
            assert!(matches!(verdict, Verdict::Allowed { .. }), "{verdict:?}");
            let journey = ana.journey_when("the end", |journey| ended(journey, "after-prices").is_some());
            assert_eq!((journey.ledger.len(), journey.waiting.len()), (1, 0));
            assert_eq!(ended(&journey, "after-prices"), Some(Ending::Finished));
        } else {
            assert_eq!(state(&touches[0]), DeliveryState::Dropped);
            assert!(verdict.why().contains("written consent"), "{verdict:?}");
        }
    }
}

#[test]
fn who_answers_before_a_step_is_due_does_not_get_it() {
    let office = Office::opened();
    office.add(&sequence("follow_up", &[step("later", 1, "sms", "Is any question left?")]));
    let (ana, bo) = (office.customer(), office.customer());
    for customer in [&ana, &bo] {
        customer.lives_where_it_is(12);
    }
    ana.happens(EventKind::PricingVisited { contact: ana.contact });
    ana.journey_when("the enrollment", |journey| run(journey, "after-prices").is_some_and(Run::is_running));
    office.tenant.sms(&ana.number, "Yes, how long does it take?");
    let journey = ana.journey_when("its end", |journey| ended(journey, "after-prices").is_some());
    assert_eq!(ended(&journey, "after-prices"), Some(Ending::Answered));

    // Hers would have come before this one.
    bo.happens(EventKind::PricingVisited { contact: bo.contact });
    bo.touches_when("the one who did not answer", |touches| touches.iter().any(is_settled));
    assert!(bo.got("Is any question left?"));
    assert!(!ana.got("Is any question left?"));
    assert!(ana.touches().is_empty());
}

#[test]
fn after_a_stop_nothing_that_was_queued_goes_out_on_any_channel_and_start_brings_it_back() {
    let office = Office::opened();
    let texts = ["The first word", "The second word", "The third word"];
    let steps = [("one", "sms"), ("two", "sms"), ("three", "email")];
    let steps: Vec<Value> = steps.iter().zip(texts).map(|((id, on), text)| step(id, 0, on, text)).collect();
    office.add(&sequence("follow_up", &steps));
    let (phone, mail) = (number(), address());
    let form =
        json!({"name": "Ana Vale", "phone": phone, "email": mail, "consent": true, "message": "Do you repair roofs?"});
    let said = office.tenant.form(form);
    let ana = office.known(phone, &said);

    // At night they are put off, so they wait when the STOP comes.
    ana.lives_where_it_is(2);
    ana.happens(EventKind::PricingVisited { contact: ana.contact });
    let is_delayed = |message: &Message| matches!(verdict(message), Some(Verdict::Delayed { .. }));
    let waiting = ana.touches_when("three that wait", |touches| touches.len() == 3 && touches.iter().all(is_delayed));
    let blocked = ana.timeline()["blocked"].clone();
    assert_eq!(blocked.as_array().unwrap().len(), 3, "{blocked}");
    for message in blocked.as_array().unwrap() {
        assert!(message["until"].is_string() && message["why"].as_str().unwrap().contains("Quiet hours"), "{message}");
    }

    office.tenant.sms(&ana.number, "STOP");
    ana.lives_where_it_is(12);
    for message in &waiting {
        office.tenant.queue_again(message);
    }
    let dropped = ana.touches_when("all that waited", |touches| touches.iter().all(is_settled));
    assert_eq!(dropped.len(), 3);
    for message in &dropped {
        assert_eq!(state(message), DeliveryState::Dropped);
        assert_eq!(verdict(message).and_then(Verdict::rule), Some("suppression"));
    }
    let journey = ana.journey_when("the refusal", |journey| ended(journey, "after-prices") == Some(Ending::OptedOut));
    assert!(journey.waiting.is_empty());
    assert!(texts.iter().all(|text| !ana.got(text)) && mails_to(&mail).is_empty());

    office.tenant.sms(&ana.number, "START");
    ana.happens(EventKind::PricingVisited { contact: ana.contact });
    // They have written from the number alone: the mailbox, which anybody may have typed, gets no more of it.
    let touches = ana.touches_when("two more", |touches| touches.len() == 5 && touches.iter().all(is_settled));
    let sent: Vec<Channel> =
        touches.iter().filter(|message| state(message) == DeliveryState::Sent).map(|message| message.channel).collect();
    assert_eq!(sent, [Channel::Sms, Channel::Sms]);
    assert!(ana.got(texts[0]) && ana.got(texts[1]));
    assert!(mails_to(&mail).is_empty());
}

#[test]
fn an_appointment_begins_its_reminders() {
    let office = Office::opened();
    let ana = office.customer();
    let appointment = AppointmentId::derive(&office.tenant.id(), &[&unique()]);
    let starts_at = now() + 72.hours();
    ana.happens(EventKind::AppointmentBooked {
        contact: ana.contact,
        appointment,
        starts_at,
        ends_at: starts_at + 2.hours(),
        service: Some("Roof repair".to_owned()),
        location: None,
    });
    let journey = ana.journey_when("the booking", |journey| journey.stage == Stage::Booked);
    let reminders = run(&journey, "appointment-reminders").unwrap();
    assert!(reminders.is_running());
    assert_eq!(reminders.subject, Subject::Appointment(appointment));
    assert_eq!((reminders.step.as_str(), reminders.due), ("day-before", starts_at - 24.hours()));
    let timeline = ana.timeline();
    let mut upcoming = timeline["upcoming"].as_array().unwrap().iter();
    let planned = upcoming.find(|upcoming| upcoming["sequence"] == "appointment-reminders").unwrap();
    assert_eq!((&planned["step"], &planned["due"]), (&json!("day-before"), &json!(starts_at - 24.hours())));
    assert_eq!((&timeline["stage"], &timeline["contact"]), (&json!("booked"), &json!(ana.contact)));
}
