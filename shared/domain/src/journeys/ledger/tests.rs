//! What is counted, and what waits.

use jiff::Timestamp;
use serde_json::json;

use super::*;
use crate::journeys::gate::{Ruling, SendContext, gate};
use crate::leads::Contact;
use crate::messaging::{Awaited, Channel, Kind, OptOutState, Ruled};
use crate::samples::{lead, roofer};
use crate::tenancy::Tenant;
use crate::{ContactId, ConversationId, MessageId};

const NOON: &str = "2026-05-04T18:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn contact(tenant: &Tenant) -> Contact {
    serde_json::from_value(json!({
        "id": ContactId::derive(&tenant.id, &["ana"]), "addresses": [{ "kind": "phone", "value": "+13035550123" }],
        "created_at": NOON, "version": 1
    }))
    .unwrap()
}

fn outreach_message(tenant: &Tenant, name: &str) -> Message {
    let reference = MessageRef {
        conversation: ConversationId::derive(&tenant.id, &["thread"]),
        at: at(NOON),
        message: MessageId::derive(&tenant.id, &[name]),
    };
    serde_json::from_value(json!({
        "ref": reference, "lead": lead(tenant).id, "role": "assistant", "channel": "sms", "text": name,
        "correlation_id": "c",
        "touch": { "kind": Kind::FollowUp, "due": NOON, "expires_at": "2026-06-04T18:00:00Z" },
        "delivery": {
            "to": { "kind": "phone", "value": "+13035550123" }, "state": "queued", "changed_at": NOON
        }
    }))
    .unwrap()
}

fn journey(tenant: &Tenant) -> Journey {
    Journey::begin(contact(tenant).id, at(NOON))
}

/// Lets `message` out at `now`, past a gate that knows nothing of the journey, and takes it down.
fn let_out(journey: &mut Journey, tenant: &Tenant, message: &Message, now: Timestamp) -> Verdict {
    let contact = contact(tenant);
    let opt_out_state = OptOutState { heard: [(Channel::Sms, contact.created_at)].into(), ..OptOutState::default() };
    let send_context = SendContext {
        tenant,
        message,
        contact: Some(&contact),
        opt_out_state: &opt_out_state,
        journey: None,
        sent_this_month: 0,
        with_staff: false,
    };
    match gate(&send_context, now) {
        Ruling::Cleared(cleared, verdict) => {
            journey.cleared(&cleared);
            verdict
        }
        Ruling::Stopped(verdict) => panic!("{verdict:?}"),
    }
}

#[test]
fn a_due_step_waits_once_and_a_reply_never() {
    let tenant = roofer();
    let mut journey = journey(&tenant);
    let message = outreach_message(&tenant, "a");
    journey.queued(&message, at(NOON));
    journey.queued(&message, at("2026-05-04T19:00:00Z"));
    let reply = Message { outreach: None, ..outreach_message(&tenant, "b") };
    journey.queued(&reply, at(NOON));
    assert_eq!(journey.waiting.len(), 1);
    assert_eq!(journey.waiting[0].since, at(NOON));
    assert_eq!((journey.waiting[0].kind, journey.waiting[0].channel), (Kind::FollowUp, Channel::Sms));
}

#[test]
fn what_leaves_is_counted_and_waits_no_more() {
    let tenant = roofer();
    let mut journey = journey(&tenant);
    let (first, second) = (outreach_message(&tenant, "a"), outreach_message(&tenant, "b"));
    journey.queued(&first, at(NOON));
    journey.queued(&second, at(NOON));
    let_out(&mut journey, &tenant, &first, at(NOON));
    let sent =
        Sent { at: at(NOON), kind: Kind::FollowUp, channel: Channel::Sms, digest: digest("a"), appointment: None };
    assert_eq!(journey.ledger, [sent]);
    assert_eq!(journey.waiting.iter().map(|waiting| waiting.message).collect::<Vec<_>>(), [second.reference]);
    assert_eq!(journey.engagement.channels[&Channel::Sms].sent, 1);
    let reply = Message { outreach: None, ..outreach_message(&tenant, "c") };
    let_out(&mut journey, &tenant, &reply, at(NOON));
    assert_eq!(journey.ledger.len(), 1, "replies are not counted");
}

#[test]
fn entries_are_forgotten_after_eight_days_and_stand_in_order() {
    let tenant = roofer();
    let mut journey = journey(&tenant);
    for (name, now) in [("a", NOON), ("c", "2026-05-06T18:00:00Z"), ("b", "2026-05-05T18:00:00Z")] {
        let_out(&mut journey, &tenant, &outreach_message(&tenant, name), at(now));
    }
    assert!(journey.ledger.is_sorted_by_key(|sent| sent.at));
    let_out(&mut journey, &tenant, &outreach_message(&tenant, "d"), at("2026-05-12T18:00:01Z"));
    let kept: Vec<u64> = journey.ledger.iter().map(|sent| sent.digest).collect();
    assert_eq!(kept, ["b", "c", "d"].map(digest));
}

#[test]
fn a_second_try_is_counted_once() {
    let tenant = roofer();
    let mut journey = journey(&tenant);
    let mut message = outreach_message(&tenant, "a");
    let verdict = let_out(&mut journey, &tenant, &message, at(NOON));
    message.delivery.as_mut().unwrap().rulings.push(Ruled { at: at(NOON), verdict });
    let again = at("2026-05-04T18:01:00Z");
    let_out(&mut journey, &tenant, &message, again);
    assert_eq!(journey.ledger.iter().map(|sent| sent.at).collect::<Vec<_>>(), [again]);
    assert_eq!(journey.engagement.channels[&Channel::Sms].sent, 1);
}

#[test]
fn what_waits_says_for_what_until_it_ends() {
    let tenant = roofer();
    let mut journey = journey(&tenant);
    let message = outreach_message(&tenant, "a");
    journey.queued(&message, at(NOON));
    let until = at("2026-05-05T14:00:00Z");
    journey.reschedule(message.reference, &Verdict::Delayed { until, why: "Quiet".into(), rule: None });
    let waiting = &journey.waiting[0];
    assert_eq!((waiting.until, waiting.awaits, waiting.why.as_deref()), (Some(until), None, Some("Quiet")));
    let held = Verdict::Held { awaits: Awaited::JobCompleted, why: "Busy".into(), rule: None };
    journey.reschedule(message.reference, &held);
    let waiting = &journey.waiting[0];
    assert_eq!(
        (waiting.until, waiting.awaits, waiting.why.as_deref()),
        (None, Some(Awaited::JobCompleted), Some("Busy"))
    );
    for end in [Verdict::dropped("No"), Verdict::skipped("No")] {
        let mut journey = journey.clone();
        journey.reschedule(message.reference, &end);
        assert!(journey.waiting.is_empty());
    }
    journey.gone(message.reference);
    assert!(journey.waiting.is_empty());
    journey.reschedule(message.reference, &held);
    assert!(journey.waiting.is_empty(), "what does not wait is not put off");
}
