use super::*;
use crate::table::item::get_text;
use domain::LeadId;
use domain::ids::{QuoteId, RunId, SequenceId, StepId, VariantId};
use domain::journeys::{
    ConsentRecord, Ended, Ending, Engagement, LogEntry, Preferences, Reactions, Run, Sent, Subject, Waiting,
};
use domain::messaging::{Awaited, Channel, Kind, MessageRef, Purpose};
use domain::money::Money;
use domain::quotes::{Quote, QuoteState};
use domain::{ConversationId, EventId, MessageId};
use jiff::Timestamp;
use std::collections::BTreeMap;

fn tenant() -> TenantId {
    TenantId::new("acme").unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + second).unwrap()
}

fn run(name: &str, due: Timestamp) -> Run {
    Run {
        id: RunId::derive(&tenant(), &[name]),
        sequence: SequenceId::new("silent-lead").unwrap(),
        subject: Subject::Lead(LeadId::derive(&tenant(), &["l"])),
        started_at: at(0),
        step: StepId::new("day-1").unwrap(),
        due,
        paused_until: None,
        touches: 1,
        last_outreach_at: Some(at(0)),
        last_step: Some(StepId::new("day-0").unwrap()),
        opened_at: None,
        variants: BTreeMap::from([(StepId::new("day-1").unwrap(), VariantId::new("b").unwrap())]),
        ended: None,
    }
}

fn journey() -> Journey {
    Journey::begin(ContactId::derive(&tenant(), &["c"]), at(0))
}

/// One with something everywhere.
fn full() -> Journey {
    let message = MessageRef {
        conversation: ConversationId::derive(&tenant(), &["c"]),
        at: at(1),
        message: MessageId::derive(&tenant(), &["m"]),
    };
    let consent = ConsentRecord {
        channel: Channel::Sms,
        purpose: Purpose::Marketing,
        granted: true,
        at: at(2),
        evidence: "Ticked the box".to_owned(),
    };
    let quote = Quote {
        id: QuoteId::derive(&tenant(), &["q"]),
        state: QuoteState::Opened,
        sent_at: at(0),
        opened_at: Some(at(9)),
        service: Some("Roof repair".to_owned()),
        amount: Some(Money { cents: 42_500, currency: "USD".to_owned() }),
        link: None,
        expires_at: None,
    };
    let waiting = Waiting {
        message,
        kind: Kind::ReviewRequest,
        channel: Channel::Email,
        since: at(1),
        expires_at: at(99),
        awaits: Some(Awaited::PaymentReceived),
        until: None,
        why: Some("There is an unpaid invoice".to_owned()),
        rule: Some("unpaid_review".to_owned()),
    };
    let reactions = Reactions { sent: 3, opened: 1, replied: 2, hours: BTreeMap::from([(0, 1), (17, 2)]) };
    Journey {
        preferences: Preferences {
            channel: Some(Channel::Email),
            state: Some("CO".to_owned()),
            ..Preferences::default()
        },
        consents: vec![consent],
        quotes: vec![quote],
        ledger: vec![Sent {
            at: at(1),
            kind: Kind::FollowUp,
            channel: Channel::Sms,
            digest: u64::MAX,
            appointment: None,
        }],
        waiting: vec![waiting],
        runs: vec![run("a", at(30)), Run { subject: Subject::Contact, ..run("b", at(20)) }],
        engagement: Engagement { channels: BTreeMap::from([(Channel::Sms, reactions)]) },
        log: vec![LogEntry { at: at(1), what: "“Silent lead” began".to_owned() }],
        seen: vec![EventId::derive(&tenant(), &["e"])],
        version: 4,
        ..journey()
    }
}

#[test]
fn a_journey_survives_the_table() {
    for journey in [journey(), full()] {
        let item = journey_item(&tenant(), &journey).unwrap();
        assert_eq!(from_item::<Journey>("journey", &item).unwrap(), journey);
    }
}

#[test]
fn it_waits_in_the_index_for_the_earliest_step_and_only_while_an_enrollment_goes_on() {
    let tenant = tenant();
    let mut journey = full();
    let item = journey_item(&tenant, &journey).unwrap();
    let place = |item: &Item| (get_text(item, "pending_pk").to_owned(), get_text(item, "pending_sk").to_owned());
    let order = keys::by_time(at(20), &format!("acme#{}", journey.contact));
    assert_eq!(place(&item), (Backlog::SequenceSteps.partition_of(journey.contact), order));
    assert_eq!(get_text(&item, "tenant"), "acme");
    for run in &mut journey.runs {
        run.ended = Some(Ended { at: at(40), how: Ending::Answered, why: "They wrote".to_owned() });
    }
    let item = journey_item(&tenant, &journey).unwrap();
    assert_eq!(place(&item), (String::new(), String::new()));
}

#[test]
fn a_journey_never_passes_the_streams_filter() {
    let item = journey_item(&tenant(), &full()).unwrap();
    assert_eq!(get_text(&item, "entity"), "journey");
}
