//! Who wrote, on which thread.

use super::*;
use crate::conversations::{ConversationStatus, REUSE_WINDOW, route};
use crate::leads::LeadStatus;

#[test]
fn a_newcomer_becomes_a_contact_with_a_lead_and_a_thread() {
    let tenant = roofer();
    let mut inbound = message("m1", phone(101), "Hello", noon(0));
    inbound.also = vec![email("ana")];
    inbound.name = Some("Ana Vale".to_owned());
    inbound.fields.insert("utm_source".to_owned(), "spring".to_owned());
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());

    let contact = outcome.contact.as_ref().unwrap();
    assert_eq!((contact.version, contact.name.as_deref()), (0, Some("Ana Vale")));
    assert_eq!(contact.addresses, [phone(101), email("ana")].map(KnownAddress::proven));
    assert_eq!(outcome.addresses, contact.addresses);
    assert!(outcome.opened_lead && outcome.opened_thread);
    assert_eq!((outcome.lead.contact, outcome.lead.version), (contact.id, 0));
    assert_eq!(outcome.lead.name.as_deref(), Some("Ana Vale"));
    assert_eq!(outcome.lead.fields["utm_source"], "spring");
    assert_eq!((outcome.thread.contact, outcome.thread.lead), (contact.id, outcome.lead.id));
    assert_eq!((outcome.thread.message_count, outcome.thread.version), (2, 0));
    assert_eq!(outcome.spent, []);
    assert_eq!(roles(&outcome), [Role::Customer, Role::Assistant]);
}

#[test]
fn a_message_within_a_day_goes_on_with_the_thread_and_one_after_it_opens_another() {
    let tenant = roofer();
    let before = known(&tenant);
    let last = before.threads[0].last_message_at;
    for (at, same) in [(last + REUSE_WINDOW, true), (last + REUSE_WINDOW + SignedDuration::from_secs(1), false)] {
        let inbound = message("m2", phone(101), "Still there?", at);
        let outcome = turn(&tenant, &inbound, vec![before.clone()], plain());
        assert_eq!(outcome.thread.id == before.threads[0].id, same);
        assert_eq!(outcome.opened_thread, !same);
        // The lead stays the same, and the new thread takes the old one's place.
        assert_eq!((outcome.lead.id, outcome.opened_lead), (before.lead.id, false));
        assert_eq!(outcome.thread.version, before.threads[0].version);
        let past: Vec<_> = outcome.past_threads.iter().map(|thread| (thread.id, thread.status)).collect();
        let ended = (before.threads[0].id, ConversationStatus::Ended);
        assert_eq!(past, if same { vec![] } else { vec![ended] });
    }
}

#[test]
fn a_thread_that_ended_with_a_goodbye_goes_on_within_a_day() {
    let tenant = roofer();
    let bye = Answer { action: Action::End, ..plain() };
    let first = turn(&tenant, &message("m1", phone(101), "Thanks, bye", noon(0)), Vec::new(), bye);
    let before = kept(&first, &[]);
    let outcome = turn(&tenant, &message("m2", phone(101), "One more thing", noon(60)), vec![before], plain());
    assert!(!outcome.opened_thread);
    assert_eq!((outcome.thread.id, outcome.thread.status), (first.thread.id, ConversationStatus::Active));
}

#[test]
fn each_channel_has_a_thread_of_its_own() {
    let tenant = roofer();
    let before = known(&tenant);
    let mut inbound = message("m2", phone(101), "Hello", noon(60));
    (inbound.source, inbound.channel) = (Source::Whatsapp, Channel::Whatsapp);
    let outcome = turn(&tenant, &inbound, vec![before.clone()], plain());
    assert!(outcome.opened_thread && !outcome.opened_lead);
    assert_eq!((outcome.thread.version, outcome.past_threads.len(), outcome.moved_threads.len()), (0, 0, 0));
    // Nothing about the contact changed: it is not written.
    assert_eq!((outcome.contact, outcome.lead.contact), (None, before.contact.id));
}

#[test]
fn a_chat_thread_belongs_to_its_session_however_long_it_was_silent() {
    let tenant = roofer();
    let with_number = |id: &str, session: &str, at: i64| Inbound {
        also: vec![phone(101)],
        ..message(id, chat(session), "Hello", noon(at))
    };
    let first = turn(&tenant, &with_number("m1", "s-1", 0), Vec::new(), plain());
    let before = kept(&first, &[]);
    let later = message("m2", chat("s-1"), "Back again", noon(hours(24 * 30)));
    let outcome = turn(&tenant, &later, vec![before.clone()], plain());
    assert_eq!((outcome.thread.id, outcome.opened_thread), (first.thread.id, false));

    // The same person in another browser.
    let outcome = turn(&tenant, &with_number("m3", "s-2", 60), vec![before], plain());
    assert!(outcome.opened_thread);
    assert_eq!(outcome.thread.session.as_deref(), Some("s-2"));
    assert_eq!(outcome.past_threads[0].id, first.thread.id);
}

#[test]
fn a_closed_lead_is_history_and_a_new_one_opens_on_a_new_thread() {
    let tenant = roofer();
    let mut before = known(&tenant);
    before.lead.status = LeadStatus::ClosedWon;
    let outcome = turn(&tenant, &message("m2", phone(101), "Gutters too", noon(60)), vec![before.clone()], plain());
    assert!(outcome.opened_lead && outcome.opened_thread);
    assert_ne!(outcome.lead.id, before.lead.id);
    assert_eq!((outcome.lead.version, outcome.lead.status), (before.lead.version, LeadStatus::Qualifying));
    assert_eq!(outcome.past_leads, [before.lead.clone()]);
    // What was said about the closed lead stays with it.
    assert_eq!((outcome.past_threads[0].id, outcome.past_threads[0].lead), (before.threads[0].id, before.lead.id));
}

#[test]
fn a_name_given_once_is_not_overwritten() {
    let tenant = roofer();
    let mut before = known(&tenant);
    before.contact.name = Some("Ana Vale".to_owned());
    let mut inbound = message("m2", phone(101), "Hello", noon(60));
    inbound.name = Some("A. V.".to_owned());
    let given = GivenDetails { name: Some("Somebody".to_owned()), ..GivenDetails::default() };
    let outcome = turn(&tenant, &inbound, vec![before], Answer { given, ..plain() });
    assert_eq!(outcome.lead.name.as_deref(), Some("Ana Vale"));
    assert_eq!(outcome.contact.unwrap().other_names, ["A. V.", "Somebody"], "families share a number: it is a note");
}

#[test]
fn a_contact_of_a_key_for_tests_stands_for_somebody_once_anybody_writes_from_its_address() {
    let tenant = roofer();
    for source in [Source::Sms, Source::WebForm] {
        let mut before = known(&tenant);
        before.contact.test = true;
        let inbound = Inbound { source, ..message("m2", phone(101), "Hello", noon(60)) };
        let outcome = turn(&tenant, &inbound, vec![before], plain());
        assert!(!outcome.contact.as_ref().unwrap().test, "{source}");
    }
}

#[test]
fn a_new_conversation_begins_in_the_language_of_the_contact() {
    let tenant = roofer();
    let spanish = Answer { language: Language::new("es").unwrap(), ..plain() };
    let hello = message("first", phone(101), "Hola, ¿a qué hora abren mañana?", noon(0));
    let person = kept(&turn(&tenant, &hello, Vec::new(), spanish), &[]);
    let before = person.threads[0].id;
    for (found, language) in [(vec![person], "es"), (Vec::new(), "en")] {
        // It tells no language.
        let later = message("later", phone(101), "OK", noon(hours(48)));
        let opened = Turn::open(&tenant, BusinessContext::NONE, &later, found, later.received_at);
        assert_ne!(opened.thread.id, before);
        assert_eq!(opened.thread.language.as_str(), language);
        let route = route(&tenant, "OK", Some(&opened.thread), later.received_at);
        assert_eq!(route.language.as_str(), language);
    }
}
