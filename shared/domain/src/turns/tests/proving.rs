//! A code that is typed back makes a visitor of the chat the contact whose address it went to.

use super::*;
use crate::conversations::proof::{MAX_TRIES, Typed};
use crate::messaging::Strength;
use crate::tenancy::BusinessContext;

const SESSION: &str = "5f0c1f3e-6a44-4f0e-9d7c";
const CODE: &str = "042137";

/// Somebody who filled in a form: a number that is given, and nothing proven.
fn filled_in(tenant: &Tenant) -> Person {
    let mut person = known(tenant);
    person.contact.addresses = vec![KnownAddress::given(phone(101))];
    person.contact.name = Some("Ana Vale".to_owned());
    person.threads.clear();
    person
}

fn visit(id: &str, text: &str, seconds: i64) -> Inbound {
    Inbound { also: vec![phone(101)], ..message(id, chat(SESSION), text, noon(seconds)) }
}

/// `person` as the table knows them after a visitor who typed their number was sent a code.
fn coded(tenant: &Tenant, person: &Person) -> (Outcome, Person) {
    let inbound = visit("c1", "where are you?", 60);
    let mut opened = Turn::open(tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(60));
    let to = opened.provable_address().expect("an address to send a code to");
    assert_eq!(to, (Channel::Sms, phone(101)));
    let response = opened.send_code(to, CODE);
    let outcome = opened.close(response, 1);
    let after = kept(&outcome, std::slice::from_ref(person));
    (outcome, after)
}

#[test]
fn the_code_goes_to_the_address_and_is_not_said_in_the_chat() {
    let tenant = roofer();
    let (outcome, after) = coded(&tenant, &filled_in(&tenant));
    let sent: Vec<_> = outcome.messages.iter().filter(|message| message.text.contains(CODE)).collect();
    let [code] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!((code.channel, &code.delivery.as_ref().unwrap().to), (Channel::Sms, &phone(101)));
    let queued = outcome.events.iter().filter(|event| matches!(event.kind, EventKind::MessageQueued { .. })).count();
    assert_eq!(queued, 2, "the answer and the code");
    let thread = &after.threads[0];
    assert!(thread.recent.iter().all(|line| !line.text.contains(CODE)), "no model reads it");
    assert!(!serde_json::to_string(thread).unwrap().contains(CODE), "nor whoever reads the thread");
}

#[test]
fn typed_back_it_makes_them_the_contact_for_an_hour() {
    let tenant = roofer();
    let (_, after) = coded(&tenant, &filled_in(&tenant));
    let typed = visit("c2", "042 137", 90);
    let mut opened = Turn::open(&tenant, BusinessContext::NONE, &typed, vec![after.clone()], noon(90));
    assert!(!opened.is_proven());
    assert_eq!(opened.take_code(), Some(Typed::Right));
    assert!(opened.is_proven());
    assert_eq!(opened.name(), Some("Ana Vale"));
    let proven = kept(&opened.close(Response::Confirmed { answer: Box::new(plain()), suppressed: None }, 1), &[after]);
    assert_eq!(proven.contact.strength_of(&phone(101)), Some(Strength::Proven));
    let proven_at = |seconds| {
        let next = message("c3", chat(SESSION), "R", noon(seconds));
        Turn::open(&tenant, BusinessContext::NONE, &next, vec![proven.clone()], noon(seconds)).proven_address().cloned()
    };
    assert_eq!(proven_at(120), Some(phone(101)));
    assert_eq!(proven_at(hours(1) + 120), None);
    let elsewhere =
        Inbound { also: vec![phone(101)], ..message("c4", chat("another-session-of-somebody"), "R", noon(120)) };
    assert!(!Turn::open(&tenant, BusinessContext::NONE, &elsewhere, vec![proven.clone()], noon(120)).is_proven());
}

#[test]
fn a_wrong_code_proves_nothing_and_the_tries_are_kept() {
    let tenant = roofer();
    let (_, mut person) = coded(&tenant, &filled_in(&tenant));
    for at in 1..=MAX_TRIES {
        let typed = visit(&format!("w{at}"), "111111", 60 + i64::from(at));
        let mut opened =
            Turn::open(&tenant, BusinessContext::NONE, &typed, vec![person.clone()], noon(60 + i64::from(at)));
        assert_eq!(opened.take_code(), Some(if at < MAX_TRIES { Typed::Wrong } else { Typed::Spent }));
        assert!(!opened.is_proven());
        person = kept(&opened.close(Response::Confirmed { answer: Box::new(plain()), suppressed: None }, 1), &[person]);
    }
    let right = visit("r", CODE, 80);
    assert_eq!(Turn::open(&tenant, BusinessContext::NONE, &right, vec![person], noon(80)).take_code(), None);
}

#[test]
fn no_code_goes_where_the_visitor_did_not_say_or_somebody_else_may_have() {
    let tenant = roofer();
    let provable = |person: Person, inbound: &Inbound| {
        Turn::open(&tenant, BusinessContext::NONE, inbound, vec![person], noon(60)).provable_address()
    };
    assert!(provable(filled_in(&tenant), &visit("c1", "eta", 60)).is_some());
    // They typed the e-mail address; the number is the contact's, but they did not say it.
    let mut both = filled_in(&tenant);
    both.contact.addresses.push(KnownAddress::given(email("ana")));
    let by_mail = Inbound { also: vec![email("ana")], ..visit("c1", "eta", 60) };
    assert_eq!(provable(both, &by_mail), None);
    // The contact is proven by another address: somebody may have added this one.
    let mut proven = filled_in(&tenant);
    proven.contact.addresses.push(KnownAddress::proven(phone(202)));
    assert_eq!(provable(proven, &visit("c1", "eta", 60)), None);
    // They refused messages, cannot be reached, or have a session that can be guessed.
    let mut refused = filled_in(&tenant);
    refused.opt_out_state.refused = true;
    assert_eq!(provable(refused, &visit("c1", "eta", 60)), None);
    let mut unreachable = filled_in(&tenant);
    unreachable.opt_out_state.unreachable.insert(OptOutState::unreachable_on(&phone(101), Some(Channel::Sms)));
    assert_eq!(provable(unreachable, &visit("c1", "eta", 60)), None);
    let guessed = Inbound { also: vec![phone(101)], ..message("c1", chat("s-1"), "eta", noon(60)) };
    assert_eq!(provable(filled_in(&tenant), &guessed), None);
}
