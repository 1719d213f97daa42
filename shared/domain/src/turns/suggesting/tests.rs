use super::*;
use crate::ContactId;
use crate::conversations::ConversationStatus;
use crate::conversations::proof::Proof;
use crate::leads::Contact;
use crate::messaging::{OptOutState, Phone};
use crate::samples::{lead, roofer, thread};

fn now() -> Timestamp {
    "2026-11-20T19:00:00Z".parse().unwrap()
}

fn phone() -> Address {
    Address::Phone(Phone::e164("+13035550101", "phone").unwrap())
}

/// Ana, whose number is known with `strength`.
fn ana(tenant: &Tenant, strength: Strength) -> Person {
    let mut contact = Contact::new(ContactId::derive(&tenant.id, &["ana"]), now());
    contact.learn(&phone(), strength);
    contact.name = Some("Ana Ruiz".to_owned());
    let mut lead = lead(tenant);
    lead.qualification.service_interest = Some("Roof repair".to_owned());
    Person { contact, lead, threads: Vec::new(), opt_out_state: OptOutState::default(), journey: None }
}

/// A thread by text message in which `lines` were said.
fn said(tenant: &Tenant, lines: &[(Role, &str)]) -> Conversation {
    let mut thread = Conversation { peer: Some(phone()), ..thread(tenant) };
    lines.iter().for_each(|(role, text)| thread.remember(*role, text));
    thread
}

/// What the built-in responder proposes after `lines`.
fn proposed(lines: &[(Role, &str)]) -> Option<String> {
    let tenant = roofer();
    let (person, thread) = (ana(&tenant, Strength::Proven), said(&tenant, lines));
    let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &thread, now());
    draftable.builtin(now()).map(|answer| answer.reply)
}

#[test]
fn what_is_answered_is_what_the_customer_wrote_since_the_last_answer() {
    let tenant = roofer();
    let person = ana(&tenant, Strength::Proven);
    let lines = [
        (Role::Customer, "Hi"),
        (Role::Assistant, "How can we help?"),
        (Role::Customer, "How much is an inspection?"),
        (Role::Notice, "Told the owner."),
        (Role::Customer, " And when are you open? "),
    ];
    let thread = said(&tenant, &lines);
    let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &thread, now());
    assert_eq!(draftable.turn().content.text(), "How much is an inspection?\nAnd when are you open?");
    assert_eq!(draftable.turn().conversation.unwrap().recent.len(), 2);
    assert_eq!(draftable.thread().recent.len(), 5);
    assert!(draftable.waits());
    let answered = said(&tenant, &[(Role::Customer, "Hi"), (Role::Staff, "Ana here, hello.")]);
    let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &answered, now());
    assert!(!draftable.waits());
    assert_eq!(draftable.builtin(now()), None, "no one waits for an answer");
}

#[test]
fn a_question_that_the_data_answers_is_answered_and_nothing_is_proposed_that_is_not_a_persons_to_say() {
    let price = proposed(&[(Role::Customer, "How much is a roof inspection?")]).unwrap();
    assert!(price.contains("149"), "{price}");
    for text in [
        "I want to talk to a person",
        "Am I talking to a bot?",
        "This is a disgrace, I will sue you!",
        "The roof came down and somebody is hurt",
        "Can you come on Tuesday at 10 for a roof inspection?",
        "Please cancel my appointment",
        "qwertz",
    ] {
        assert_eq!(proposed(&[(Role::Customer, text)]), None, "{text}");
    }
}

#[test]
fn nothing_is_proposed_that_says_the_team_has_something_which_it_has_not() {
    let tenant = roofer();
    let person = ana(&tenant, Strength::Proven);
    let asked = "That is a question for our team; we have passed it on to them.";
    for text in ["Do you take American Express on site?", "Is the parking lot guarded at night?"] {
        for status in [ConversationStatus::Active, ConversationStatus::Escalated] {
            let lines = [(Role::Customer, "Hi"), (Role::Assistant, asked), (Role::Customer, text)];
            let thread = Conversation { status, ..said(&tenant, &lines) };
            let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &thread, now());
            assert_eq!(draftable.builtin(now()), None, "{text} {status:?}");
        }
    }
}

#[test]
fn of_a_writer_who_is_not_proven_only_what_they_said_in_the_thread_is_known() {
    let tenant = roofer();
    let known = |strength: Strength, thread: &Conversation| {
        let person = ana(&tenant, strength);
        let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, thread, now());
        let turn = draftable.turn();
        (turn.contact_name.map(ToOwned::to_owned), turn.lead.unwrap().qualification.service_interest.clone())
    };
    let all = (Some("Ana Ruiz".to_owned()), Some("Roof repair".to_owned()));
    let by_text = said(&tenant, &[(Role::Customer, "Hi")]);
    assert_eq!(known(Strength::Proven, &by_text), all);
    assert_eq!(known(Strength::Given, &by_text), (None, None));
    let mail = Conversation { channel: Channel::Email, ..by_text.clone() };
    assert_eq!(known(Strength::Proven, &mail), (None, None), "anybody may fill in a form");
    let mut chat = Conversation { channel: Channel::Chat, peer: Some(Address::Chat("s-1".to_owned())), ..by_text };
    chat.stated.name = Some("Bo".to_owned());
    assert_eq!(known(Strength::Proven, &chat), (Some("Bo".to_owned()), None));
    let sent = Proof::sent(&tenant.id, &chat.id.to_string(), phone(), "042137", "", now());
    chat.proof = Some(Proof { proven_at: Some(now()), ..sent });
    assert_eq!(known(Strength::Proven, &chat), all);
}

#[test]
fn no_yes_is_proposed_to_an_extra_that_only_a_turn_takes_down() {
    let document = serde_json::json!([{"id": "gutters", "name": "Gutter check", "when": "visit_booked"}]);
    let tenant = Tenant { extras: serde_json::from_value(document).unwrap(), ..roofer() };
    let lines = [(Role::Assistant, "Would you like to add this: Gutter check?"), (Role::Customer, "yes please")];
    let mut thread = said(&tenant, &lines);
    let id = tenant.extras[0].id.clone();
    let step = crate::conversations::ExtraStep::Suggested;
    thread.extra = Some(crate::conversations::SuggestedExtra { id, at: now(), open: true, step });
    let person = ana(&tenant, Strength::Proven);
    let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &thread, now());
    assert_eq!(draftable.builtin(now()), None);
}
