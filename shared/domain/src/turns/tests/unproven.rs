//! What somebody can do who only names another person's address: nothing as that person, and hear nothing of them.

use super::*;
use crate::leads::LeadStatus;

/// Somebody proven, with much to know about them, and a newcomer's message that names their number.
fn visitor(text: &str) -> (Tenant, Person, Inbound) {
    let tenant = roofer();
    let mut person = known(&tenant);
    person.contact.name = Some("Ana Vale".to_owned());
    person.lead.name = Some("Ana Vale".to_owned());
    person.lead.score = Score::Hot;
    person.lead.requested_time = Some("Tuesday at 9".to_owned());
    person.lead.qualification =
        Qualification { location: Some("25 Alder Street".to_owned()), ..Qualification::default() };
    let mut inbound = message("c1", chat("s-1"), text, noon(60));
    inbound.also = vec![phone(101)];
    inbound.name = Some("Mallory".to_owned());
    (tenant, person, inbound)
}

#[test]
fn they_are_answered_from_what_they_said_and_nothing_else() {
    let (tenant, person, inbound) = visitor("Hello");
    let opened = Turn::open(&tenant, &inbound, vec![person.clone()], noon(60));
    assert!(!opened.is_proven());
    assert_eq!(opened.person.contact.id, person.contact.id, "it is her lead all the same");
    assert_eq!(opened.name(), Some("Mallory"));
    assert_eq!(opened.thread.recent, [], "no line of hers");
    let told = opened.lead_for_writer().into_owned();
    assert_eq!((told.name.as_deref(), &told.qualification), (Some("Mallory"), &Qualification::default()));
    assert_eq!((told.requested_time, told.score), (None, Score::Unscored));
}

#[test]
fn what_they_say_of_themselves_is_known_in_their_thread_from_then_on() {
    let (tenant, person, inbound) = visitor("I need gutters in Lakewood");
    let learned = Qualification { location: Some("Lakewood".to_owned()), ..Qualification::default() };
    let answer = Answer { qualification: learned.clone(), ..plain() };
    let before = kept(&turn(&tenant, &inbound, vec![person.clone()], answer), &[person]);
    let next = Inbound { vendor_id: "c2".to_owned(), also: Vec::new(), name: None, ..inbound };
    let opened = Turn::open(&tenant, &next, vec![before.clone()], noon(90));
    assert_eq!(opened.lead_for_writer().qualification, learned);
    assert_eq!(opened.name(), Some("Mallory"));
    assert_eq!(before.lead.qualification.location.as_deref(), Some("25 Alder Street"), "hers stays");
}

#[test]
fn they_rewrite_nothing_that_is_known_of_her() {
    let (tenant, person, inbound) = visitor("Friday instead, and I am not interested");
    let answer = Answer {
        action: Action::RequestBooking,
        requested_time: Some("Friday".to_owned()),
        score: Score::Cold,
        qualification: Qualification {
            location: Some("Elsewhere".to_owned()),
            budget: Some("$5".to_owned()),
            ..Qualification::default()
        },
        given: GivenDetails { name: Some("Mallory".to_owned()), ..GivenDetails::default() },
        language: Language::new("de").unwrap(),
        ..plain()
    };
    let mut opened = Turn::open(&tenant, &inbound, vec![person], inbound.received_at);
    opened.read_message(&crate::conversations::route(
        &tenant,
        inbound.content.text(),
        Some(&opened.thread),
        inbound.received_at,
    ));
    let outcome = opened.close(answered(answer), 12);
    let lead = &outcome.lead;
    assert_eq!((lead.name.as_deref(), lead.score), (Some("Ana Vale"), Score::Hot));
    assert_eq!(lead.requested_time.as_deref(), Some("Tuesday at 9"));
    assert_eq!(lead.qualification.location.as_deref(), Some("25 Alder Street"));
    assert_eq!(lead.qualification.budget.as_deref(), Some("$5"), "what was not known is added");
    let contact = outcome.contact.as_ref().unwrap();
    assert_eq!(
        (contact.name.as_deref(), contact.other_names.as_slice()),
        (Some("Ana Vale"), &["Mallory".to_owned()][..])
    );
    // Staff hear of the wish, with what this writer said.
    let notice = outcome.messages.iter().find(|message| message.role == Role::Notice).unwrap();
    assert!(
        notice.text.contains("Mallory asks for an appointment on chat: Friday (Friday, 2026-11-27)."),
        "{}",
        notice.text
    );
    assert!(!notice.text.contains("25 Alder Street"));
}

#[test]
fn a_form_does_not_make_a_number_one_that_they_wrote_from() {
    let (tenant, person, mut inbound) = visitor("Hello");
    (inbound.source, inbound.channel, inbound.from) = (Source::WebForm, Channel::Sms, phone(101));
    assert!(!turn(&tenant, &inbound, vec![person.clone()], plain()).heard.proven);
    let text = message("m2", phone(101), "Hello", noon(90));
    assert!(turn(&tenant, &text, vec![person], plain()).heard.proven);
}

#[test]
fn a_form_answers_no_question_that_was_asked_on_the_phone_it_names() {
    let (mut tenant, mut person, mut inbound) = visitor("10");
    tenant.intake = serde_json::from_value(serde_json::json!([
        { "id": "roof-age", "text": "How old is the roof, in years?", "kind": { "type": "number" } },
    ]))
    .unwrap();
    let id = tenant.intake[0].id.clone();
    person.threads[0].asked = Some(crate::conversations::Question::Intake(id));
    let route = crate::conversations::route(&tenant, "10", Some(&person.threads[0]), noon(60));
    (inbound.source, inbound.channel, inbound.from) = (Source::WebForm, Channel::Sms, phone(101));
    let mut typed = Turn::open(&tenant, &inbound, vec![person.clone()], noon(60));
    typed.read_message(&route);
    assert!(typed.person.lead.intake.is_empty());
    let text = message("m2", phone(101), "10", noon(90));
    let mut written = Turn::open(&tenant, &text, vec![person], noon(90));
    written.read_message(&route);
    assert_eq!(written.person.lead.intake.len(), 1);
}

#[test]
fn a_closed_lead_is_not_told_either() {
    let (tenant, mut person, inbound) = visitor("Hello");
    person.lead.status = LeadStatus::ClosedWon;
    let opened = Turn::open(&tenant, &inbound, vec![person], noon(60));
    assert_eq!(opened.lead_for_writer().name.as_deref(), Some("Mallory"));
}
