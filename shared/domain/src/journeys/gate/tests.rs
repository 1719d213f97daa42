//! Behaviour and laws of the gate.

mod contents;
mod laws;
mod limits;
mod places;
mod recipients;

use jiff::civil::Time;
use serde_json::json;

use super::*;
use crate::conversations::Delivery;
use crate::journeys::{ConsentRecord, Sent, digest};
use crate::leads::Stage;
use crate::messaging::{Channel, Email, Kind, MessageRef, Phone, Ruled};
use crate::samples::{lead, roofer};
use crate::tenancy::QuietHours;
use crate::tenancy::Template;
use crate::{ContactId, ConversationId, MessageId};

/// Noon and 23:00 in Denver.
const NOON: &str = "2026-05-04T18:00:00Z";
const LATE: &str = "2026-05-05T05:00:00Z";
/// A number in Denver.
const DENVER: &str = "+13035550123";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

fn phone(number: &str) -> Address {
    Address::Phone(Phone::e164(number, "phone").unwrap())
}

fn email() -> Address {
    Address::Email(Email::new("ana@example.com", "email").unwrap())
}

fn no_quiet_hours() -> QuietHours {
    QuietHours { from: Time::midnight(), until: Time::midnight() }
}

/// All that a send context names, owned.
#[derive(Debug, Clone)]
struct Case {
    tenant: Tenant,
    message: Message,
    contact: Option<Contact>,
    opt_out_state: OptOutState,
    journey: Option<Journey>,
    sent_this_month: u64,
    with_staff: bool,
}

impl Case {
    /// An outreach message to someone in Denver who wrote a week ago, from a roofer in Denver with every channel.
    fn outreach(kind: Kind, channel: Channel) -> Self {
        let mut case = Self::reply(channel);
        let due = at(NOON);
        case.message.outreach = Some(Outreach {
            campaign: None,
            kind,
            due,
            expires_at: due + hours(72),
            step: None,
            appointment: None,
            subject: None,
            template: Some(Template { name: "t".to_owned(), language: "en_US".to_owned(), values: Vec::new() }),
        });
        case
    }

    /// A reply that no one waits for any more.
    fn reply(channel: Channel) -> Self {
        let channels = json!({
            "whatsapp": { "phone_number_id": "100000000000001" },
            "sms": { "account_sid": "AC00000000000000000000000000000001", "from": "+13035550100" },
            "email": { "from": "office@roofer.example.com" },
            "chat": true,
        });
        let tenant = Tenant { channels: serde_json::from_value(channels).unwrap(), ..roofer() };
        let contact: Contact = serde_json::from_value(json!({
            "id": ContactId::derive(&tenant.id, &["ana"]), "addresses": [phone(DENVER), email()],
            "created_at": "2026-04-27T18:00:00Z", "version": 1
        }))
        .unwrap();
        let to = match channel {
            Channel::Sms | Channel::Whatsapp => phone(DENVER),
            Channel::Email => email(),
            Channel::Chat => Address::Chat("session".to_owned()),
        };
        let now = at(NOON);
        let delivery = Delivery::queued(to, None, now);
        let mut message: Message = serde_json::from_value(json!({
            "ref": reference(&tenant, "this", now - hours(1)), "lead": lead(&tenant).id, "role": "assistant",
            "channel": channel, "text": "Hello Ana, Summit Ridge Roofing here.", "correlation_id": "c"
        }))
        .unwrap();
        message.delivery = Some(delivery);
        let mut journey = Journey::begin(contact.id, now - hours(168));
        for channel in [Channel::Sms, Channel::Whatsapp] {
            journey.consents.push(consent(channel, Purpose::Marketing, true));
        }
        let opt_out_state = OptOutState { heard: [(Channel::Sms, now - hours(168))].into(), ..OptOutState::default() };
        Self {
            tenant,
            message,
            contact: Some(contact),
            opt_out_state,
            journey: Some(journey),
            sent_this_month: 0,
            with_staff: false,
        }
    }

    /// A notice to staff.
    fn notice() -> Self {
        let mut case = Self::reply(Channel::Email);
        case.message.role = Role::Notice;
        Self { contact: None, journey: None, opt_out_state: OptOutState::default(), ..case }
    }

    fn send_context(&self) -> SendContext<'_> {
        SendContext {
            tenant: &self.tenant,
            message: &self.message,
            contact: self.contact.as_ref(),
            opt_out_state: &self.opt_out_state,
            journey: self.journey.as_ref(),
            sent_this_month: self.sent_this_month,
            with_staff: self.with_staff,
        }
    }

    fn ask(&self, now: &str) -> Verdict {
        self.ask_at(at(now))
    }

    fn ask_at(&self, now: Timestamp) -> Verdict {
        gate(&self.send_context(), now).verdict().clone()
    }

    fn journey(&mut self) -> &mut Journey {
        self.journey.as_mut().unwrap()
    }

    fn the_outreach(&mut self) -> &mut Outreach {
        self.message.outreach.as_mut().unwrap()
    }

    fn delivery(&mut self) -> &mut Delivery {
        self.message.delivery.as_mut().unwrap()
    }

    /// Something of that kind went out so many hours before noon.
    fn sent(&mut self, kind: Kind, hours_ago: i64) {
        let text = format!("{hours_ago}");
        let sent = Sent {
            at: at(NOON) - hours(hours_ago),
            kind,
            channel: Channel::Sms,
            digest: digest(&text),
            appointment: None,
        };
        self.journey().ledger.insert(0, sent);
    }

    /// Another outreach message waits since so many hours before noon.
    fn rival(&mut self, name: &str, kind: Kind, hours_ago: i64) -> &mut Waiting {
        let since = at(NOON) - hours(hours_ago);
        let message = reference(&self.tenant, name, since);
        let expires_at = at(NOON) + hours(72);
        let channel = Channel::Sms;
        let waiting =
            Waiting { message, kind, channel, since, expires_at, awaits: None, until: None, why: None, rule: None };
        self.journey().waiting.push(waiting);
        self.journey().waiting.last_mut().unwrap()
    }
}

fn reference(tenant: &Tenant, name: &str, at: Timestamp) -> MessageRef {
    MessageRef {
        conversation: ConversationId::derive(&tenant.id, &["thread"]),
        at,
        message: MessageId::derive(&tenant.id, &[name]),
    }
}

fn consent(channel: Channel, purpose: Purpose, granted: bool) -> ConsentRecord {
    ConsentRecord { channel, purpose, granted, at: at("2026-04-27T18:00:00Z"), evidence: "Ticked a box".to_owned() }
}

#[track_caller]
fn assert_allowed(verdict: &Verdict) {
    assert!(matches!(verdict, Verdict::Allowed { .. }), "{verdict:?}");
}

#[track_caller]
fn assert_dropped(verdict: &Verdict, rule: &str) {
    assert_eq!((verdict.as_str(), verdict.rule()), ("dropped", Some(rule)), "{verdict:?}");
}

#[track_caller]
fn assert_delayed(verdict: &Verdict, expected: &str, rule: &str) {
    assert!(matches!(verdict, Verdict::Delayed { until, .. } if *until == at(expected)), "{expected}: {verdict:?}");
    assert_eq!(verdict.rule(), Some(rule), "{verdict:?}");
}

#[test]
fn the_documentation_names_the_rules_in_their_order() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/journeys.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let (_, table) = docs.split_once("| rule | what it does | source |\n|---|---|---|\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let named: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(named, RULES.map(|Rule(id, _)| id));
}

#[test]
fn a_verdict_of_before_rules_had_ids_is_read_and_written_as_it_was() {
    let stored = json!({"decision": "dropped", "why": "The recipient asked to get no more messages"});
    let verdict: Verdict = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(verdict.rule(), None);
    assert_eq!(serde_json::to_value(verdict).unwrap(), stored);
}
