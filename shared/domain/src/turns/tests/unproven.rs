//! What somebody can do who only names another person's address: nothing as that person, and hear nothing of them.

use super::*;
use crate::ids::AppointmentId;
use crate::journeys::{Journey, Sent};
use crate::leads::LeadStatus;
use crate::messaging::Kind;
use crate::scheduling::{Appointment, AppointmentState};
use crate::tenancy::BusinessContext;
use crate::turns::Due;

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
    let opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(60));
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
    let opened = Turn::open(&tenant, BusinessContext::NONE, &next, vec![before.clone()], noon(90));
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
    let mut opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person], inbound.received_at);
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
    let mut typed = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(60));
    typed.read_message(&route);
    assert!(typed.person.lead.intake.is_empty());
    let text = message("m2", phone(101), "10", noon(90));
    let mut written = Turn::open(&tenant, BusinessContext::NONE, &text, vec![person], noon(90));
    written.read_message(&route);
    assert_eq!(written.person.lead.intake.len(), 1);
}

#[test]
fn a_closed_lead_is_not_told_either() {
    let (tenant, mut person, inbound) = visitor("Hello");
    person.lead.status = LeadStatus::ClosedWon;
    let opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person], noon(60));
    assert_eq!(opened.lead_for_writer().name.as_deref(), Some("Mallory"));
}

/// Somebody proven with an appointment of tomorrow, of which they were reminded half a minute ago.
pub(super) fn reminded(tenant: &Tenant) -> Person {
    let mut person = known(tenant);
    let mut journey = Journey::begin(person.contact.id, noon(0));
    journey.appointments = vec![Appointment {
        id: AppointmentId::derive(&tenant.id, &["tomorrow"]),
        state: AppointmentState::Booked,
        starts_at: noon(hours(20)),
        ends_at: noon(hours(21)),
        agreed_at: noon(0),
        service: None,
        location: None,
        eta: None,
        track: None,
    }];
    journey.ledger = vec![Sent {
        at: noon(30),
        kind: Kind::AppointmentReminder,
        channel: Channel::Sms,
        digest: 1,
        appointment: None,
    }];
    person.journey = Some(journey);
    person
}

/// Whether `inbound` acts for `person`: a refusal or an agreement, a word on their appointment, work for the staff.
fn acts(tenant: &Tenant, person: &Person, inbound: &Inbound, refused: bool) -> bool {
    let mut opened = Turn::open(tenant, BusinessContext::NONE, inbound, vec![person.clone()], inbound.received_at);
    let response = match opened.due(refused) {
        Due::Word { .. } => return true,
        Due::Given(response) => response,
        Due::Code { channel, to } => opened.send_code((channel, to), "042137"),
        Due::Answer => answered(plain()),
    };
    let outcome = opened.close(response, 1);
    let tells = |name: &&str| name.starts_with("appointment.") || *name == "consent.changed";
    names(&outcome).iter().any(tells) || !outcome.tasks.is_empty()
}

#[test]
fn no_word_acts_for_her_through_a_door_that_anybody_can_use() {
    let tenant = roofer();
    let person = reminded(&tenant);
    for (place, (word, acts_by_sms)) in
        [("STOP", true), ("START", true), ("R", true), ("C", true), ("annuler", true), ("ETA", false)]
            .into_iter()
            .enumerate()
    {
        for refused in [false, true] {
            let id = format!("{place}-{refused}");
            let text = message(&id, phone(101), word, noon(60));
            if !refused {
                assert_eq!(acts(&tenant, &person, &text, refused), acts_by_sms, "{word} by SMS, of herself");
            }
            let from_chat = Inbound { also: vec![phone(101)], ..message(&id, chat("s-1"), word, noon(60)) };
            let from_form = Inbound { source: Source::WebForm, ..text.clone() };
            let from_call = Inbound { source: Source::MissedCall, ..text };
            for inbound in [from_chat, from_form, from_call] {
                let source = inbound.source;
                assert!(!acts(&tenant, &person, &inbound, refused), "{word} by {source:?}, refused: {refused}");
            }
        }
    }
}

#[test]
fn who_cancels_right_after_the_reminder_cancels_and_who_does_later_asks_for_another_time() {
    let tenant = roofer();
    let mut person = reminded(&tenant);
    let said = |person: &Person, word: &str| {
        let inbound = message(word, phone(101), word, noon(60));
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(60));
        let Due::Given(response) = turn.due(false) else { panic!("{word} is answered at once") };
        let outcome = turn.close(response, 1);
        let cancels = outcome.events.iter().find_map(|event| match event.kind {
            EventKind::AppointmentChangeRequested { cancels, .. } => Some(cancels),
            _ => None,
        });
        (cancels, outcome.tasks.len())
    };
    assert_eq!(said(&person, "annuler"), (Some(Some(noon(0))), 1));
    assert_eq!(said(&person, "R"), (Some(None), 1));
    // They were written to of something else since: that is what they may mean.
    let journey = person.journey.as_mut().unwrap();
    let billing = Sent { at: noon(40), kind: Kind::Billing, ..journey.ledger[0].clone() };
    journey.ledger.push(billing);
    assert_eq!(said(&person, "annuler"), (Some(None), 1));
}

#[test]
fn where_their_visit_is_is_said_to_her_alone() {
    let tenant = roofer();
    let person = reminded(&tenant);
    let due = |inbound: &Inbound| {
        Turn::open(&tenant, BusinessContext::NONE, inbound, vec![person.clone()], noon(60)).due(false)
    };
    let text = message("e1", phone(101), "ETA", noon(60));
    assert!(matches!(due(&text), Due::Given(Response::Confirmed { .. })));
    let session = chat("5f0c1f3e-6a44-4f0e-9d7c");
    let from_chat = Inbound { also: vec![phone(101)], ..message("e2", session, "ETA", noon(60)) };
    assert_eq!(due(&from_chat), Due::Code { channel: Channel::Sms, to: phone(101) }, "the code goes to her");
    for source in [Source::WebForm, Source::MissedCall] {
        assert_eq!(due(&Inbound { source, ..text.clone() }), Due::Answer, "{source:?}");
    }
}

#[test]
fn whoever_words_the_answer_is_told_nothing_of_her() {
    let (tenant, person, inbound) = visitor("Hello");
    let route = crate::conversations::route(&tenant, "Hello", None, noon(60));
    let told = |inbound: &Inbound| {
        let opened = Turn::open(&tenant, BusinessContext::NONE, inbound, vec![person.clone()], noon(60));
        let context = opened.reply_context();
        let asked = opened.asked(&context, &route);
        (asked.contact_name.map(str::to_owned), format!("{:?} {:?}", asked.lead, asked.conversation))
    };
    let hers = ["Ana Vale", "25 Alder Street", "Tuesday at 9", "Hot"];
    let (name, words) = told(&inbound);
    assert_eq!(name.as_deref(), Some("Mallory"));
    assert!(hers.iter().all(|known| !words.contains(known)), "{words}");
    let (name, words) = told(&message("m2", phone(101), "Hello", noon(60)));
    assert_eq!(name.as_deref(), Some("Ana Vale"));
    assert!(hers.iter().all(|known| words.contains(known)), "she herself is answered from it: {words}");
}
