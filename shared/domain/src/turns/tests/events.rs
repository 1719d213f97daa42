//! What other functions hear of.

use super::*;
use crate::leads::LeadStatus;
use crate::tenancy::BusinessContext;

#[test]
fn a_lead_is_announced_once_and_changes_only_when_there_are_some() {
    let tenant = roofer();
    let first = turn(&tenant, &message("m1", phone(101), "Hello", noon(0)), Vec::new(), plain());
    assert_eq!(names(&first), ["lead.created", "message.received", "message.queued", "lead.status_changed"]);
    let before = kept(&first, &[]);

    let second = turn(&tenant, &message("m2", phone(101), "Hello", noon(60)), vec![before.clone()], plain());
    assert_eq!(names(&second), ["message.received", "message.queued"]);

    let warm = Answer { score: Score::Warm, ..plain() };
    let third = turn(&tenant, &message("m3", phone(101), "A new roof", noon(120)), vec![before], warm);
    assert_eq!(names(&third), ["message.received", "message.queued", "lead.scored"]);
    let EventKind::LeadScored { lead, score, was } = third.events[2].kind else { panic!("{:?}", third.events) };
    assert_eq!((lead, score, was), (third.lead.id, Score::Warm, Score::Unscored));
}

#[test]
fn ids_are_distinct_within_a_turn_and_the_same_in_a_repeat() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "I sign today", noon(0));
    let hot = Answer { action: Action::TransferHotLead, score: Score::Hot, ..plain() };
    let ids = |at| {
        let outcome =
            Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), at).close(answered(hot.clone()), 12);
        outcome.events.iter().map(|event| event.id).collect::<Vec<_>>()
    };
    let first = ids(noon(0));
    let mut distinct = first.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), first.len());
    // A repeat is later than the first try, and says the same.
    assert_eq!((ids(noon(50)), ids(noon(300))), (first.clone(), first));
}

#[test]
fn every_event_carries_the_tenant_the_correlation_id_and_the_time() {
    let tenant = roofer();
    let outcome = turn(&tenant, &message("m1", phone(101), "Hello", noon(0)), Vec::new(), plain());
    for event in &outcome.events {
        assert_eq!((&event.tenant, event.at, event.correlation_id.as_str()), (&tenant.id, noon(0), "correlation-m1"));
    }
}

#[test]
fn a_newcomer_who_turns_out_to_be_known_is_neither_announced_nor_merged() {
    let tenant = roofer();
    let before = known(&tenant);
    let mut inbound = message("m2", chat("s-1"), "It is me", noon(60));
    inbound.also = vec![phone(101)];
    let outcome = turn(&tenant, &inbound, vec![before.clone()], plain());
    assert_eq!(names(&outcome), ["message.received", "message.queued"]);
    assert_eq!((outcome.lead.id, outcome.lead.contact), (before.lead.id, before.contact.id));
    assert_eq!((outcome.opened_lead, outcome.opened_thread, outcome.merged.len()), (false, true, 0));
    assert_eq!(outcome.addresses, [KnownAddress::given(chat("s-1"))]);
    let contact = outcome.contact.unwrap();
    assert_eq!((contact.version, contact.merged_from.len()), (before.contact.version, 0));
}

#[test]
fn a_merge_of_two_known_contacts_is_announced_with_its_survivor() {
    let tenant = roofer();
    let older = known(&tenant);
    let younger = kept(&turn(&tenant, &message("m2", chat("s-1"), "Hello", noon(60)), Vec::new(), plain()), &[]);
    let mut inbound = message("m3", chat("s-1"), "It is me", noon(120));
    inbound.also = vec![phone(101)];
    let outcome = turn(&tenant, &inbound, vec![younger.clone(), older.clone()], plain());
    let merged = EventKind::ContactMerged { into: older.contact.id, from: younger.contact.id };
    assert_eq!(outcome.events.iter().filter(|event| event.kind == merged).count(), 1);
    assert!(!names(&outcome).contains(&"lead.created"));
}

#[test]
fn a_reopened_person_is_announced_as_a_new_lead() {
    let tenant = roofer();
    let mut before = known(&tenant);
    before.lead.status = LeadStatus::Disqualified;
    let outcome = turn(&tenant, &message("m2", phone(101), "Hello again", noon(60)), vec![before], plain());
    assert_eq!(names(&outcome), ["lead.created", "message.received", "message.queued", "lead.status_changed"]);
}

#[test]
fn what_was_written_is_announced_with_how_its_writer_feels_where_that_was_read() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "Hello", noon(0));
    let sentiment_of = |response| {
        let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(response, 12);
        let received = outcome.events.iter().find_map(|event| match &event.kind {
            EventKind::MessageReceived { message, contact, channel, sentiment, .. } => {
                assert_eq!((message, *channel), (&outcome.messages[0].reference, Channel::Sms));
                assert_eq!(*contact, outcome.lead.contact);
                Some(*sentiment)
            }
            _ => None,
        });
        received.unwrap()
    };
    let pleased = Answer { sentiment: Sentiment::Positive, ..plain() };
    assert_eq!(sentiment_of(answered(pleased)), Some(Sentiment::Positive));
    assert_eq!(sentiment_of(Response::Silent { intent: Intent::Other, suppressed: None }), None);
}

#[test]
fn a_missed_call_is_a_call_too() {
    let tenant = roofer();
    let mut inbound = message("m1", phone(101), "", noon(0));
    inbound.source = Source::MissedCall;
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());
    let expected = ["lead.created", "message.received", "call.received", "message.queued", "lead.status_changed"];
    assert_eq!(names(&outcome), expected);
}

#[test]
fn a_word_that_changes_consent_is_announced_whether_it_is_answered_or_not() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "START", noon(0));
    let back = Answer { intent: Intent::OptIn, ..plain() };
    for (response, says) in [
        (Response::Silent { intent: Intent::OptOut, suppressed: Some(true) }, Some(true)),
        (Response::Silent { intent: Intent::OptIn, suppressed: Some(false) }, Some(false)),
        (Response::Confirmed { answer: Box::new(back.clone()), suppressed: Some(false) }, Some(false)),
        (Response::Confirmed { answer: Box::new(plain()), suppressed: None }, None),
        // That a model calls it so changes nothing.
        (answered(back), None),
    ] {
        let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(response, 12);
        let said = outcome.events.iter().find_map(|event| match event.kind {
            EventKind::ConsentChanged { suppressed, .. } => Some(suppressed),
            _ => None,
        });
        assert_eq!(said, says);
    }
}
