//! What is suggested beside the services: once a conversation, at its moment, and what a yes and a no lead to.

use serde_json::{Value, from_value, json};

use super::booking::{ana, shop, wednesday};
use super::*;
use crate::conversations::{EscalationReason, ExtraMention, ExtraStep, Question};
use crate::leads::LeadExtra;
use crate::turns::talk::{Replied, Talk, Way};

fn extra(id: &str, name: &str, when: &str, more: &Value) -> Value {
    let mut extra = json!({"id": id, "name": name, "when": when});
    extra.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    extra
}

fn gutters() -> Value {
    let price = json!({"price": {"from_cents": 9_900, "to_cents": 9_900}});
    extra("gutters", "Gutter check", "visit_booked", &price)
}

fn direct() -> Value {
    extra("direct", "Direct price", "other_platform", &json!({"percent_off": 5}))
}

fn with(tenant: Tenant, extras: &[Value]) -> Tenant {
    Tenant { extras: from_value(json!(extras)).unwrap(), ..tenant }
}

fn talk(tenant: &Tenant) -> Talk<'_> {
    Talk::new(tenant, BusinessContext::NONE, Way::Sms, wednesday()).unwrap().with_calendar(ana(), Vec::new())
}

fn step_of(replied: &Replied, role: Role) -> Option<(String, ExtraStep)> {
    let mention = replied.of(role)?.extra.as_ref()?;
    Some((mention.id.to_string(), mention.step))
}

fn taken<'t>(talk: &'t Talk<'_>) -> Vec<&'t LeadExtra> {
    talk.known().lead.as_ref().unwrap().taken_extras().collect()
}

const BOOK: &str = "Roof inspection on Friday at 10, I'm Dana Reed";

#[test]
fn after_a_visit_was_booked_it_is_suggested_and_a_yes_stands_with_lead_and_appointment() {
    let tenant = with(shop(), &[gutters()]);
    let mut talk = talk(&tenant);
    let replied = talk.say(BOOK).unwrap();
    assert!(replied.text().contains("You are booked"), "{}", replied.text());
    assert!(replied.text().ends_with("Would you like to add this: Gutter check ($99)?"), "{}", replied.text());
    assert_eq!(step_of(&replied, Role::Assistant), Some(("gutters".to_owned(), ExtraStep::Suggested)));
    let replied = talk.say("Yes please").unwrap();
    assert!(replied.text().starts_with("Gladly, we have noted it: Gutter check."), "{}", replied.text());
    let mention = replied.of(Role::Customer).unwrap().extra.clone().unwrap();
    assert_eq!((mention.step, mention.price_cents, mention.with_visit), (ExtraStep::Taken, Some(9_900), true));
    let lead = taken(&talk);
    assert_eq!((lead.len(), lead[0].name.as_str(), lead[0].price_cents), (1, "Gutter check", Some(9_900)));
    assert!(talk.known().told_staff);
    let booking = talk.known().bookings.values().next().unwrap();
    assert_eq!(booking.note, "Extra: Gutter check");
    let again = talk.say("Is it cheaper on Saturday?").unwrap();
    assert_eq!(step_of(&again, Role::Assistant), None);
}

#[test]
fn a_no_drops_it_and_changes_nothing_else() {
    let tenant = with(shop(), &[gutters()]);
    let mut talk = talk(&tenant);
    talk.say(BOOK).unwrap();
    let before = talk.known().lead.clone().unwrap();
    let replied = talk.say("No, thank you").unwrap();
    assert_eq!(replied.text(), "All right, we leave it out.");
    assert_eq!(step_of(&replied, Role::Customer), Some(("gutters".to_owned(), ExtraStep::Declined)));
    let after = talk.known().lead.clone().unwrap();
    assert_eq!((after.status, after.score, &after.qualification), (before.status, before.score, &before.qualification));
    assert!(!talk.known().was_cold && taken(&talk).is_empty());
    let booking = talk.known().bookings.values().next().unwrap();
    assert_eq!((booking.state, booking.note.as_str()), (crate::scheduling::BookingState::Booked, ""));
    for later in ["When do you open on Monday?", "ok, sounds good", "How much is the inspection?"] {
        assert_eq!(step_of(&talk.say(later).unwrap(), Role::Assistant), None, "{later}");
    }
}

#[test]
fn beside_a_question_it_is_no_question_and_a_bare_yes_is_not_for_it() {
    let plan = extra("plan", "Yearly roof check", "service_chosen", &json!({}));
    let tenant = with(roofer(), &[plan]);
    let mut talk = talk(&tenant);
    let replied = talk.say("I'd like to book a roof repair").unwrap();
    assert!(replied.text().contains("you can add this, just tell us: Yearly roof check."), "{}", replied.text());
    assert_eq!(replied.text().matches('?').count(), 1, "{}", replied.text());
    let replied = talk.say("yes").unwrap();
    assert_eq!(step_of(&replied, Role::Customer), None, "{}", replied.text());
    let replied = talk.say("Friday at 10, and please add the yearly roof check").unwrap();
    assert_eq!(step_of(&replied, Role::Customer), Some(("plan".to_owned(), ExtraStep::Taken)), "{}", replied.text());
    assert!(replied.text().contains("Yearly roof check"), "{}", replied.text());
}

#[test]
fn a_sentence_that_asks_waits_for_a_reply_without_a_question() {
    let plan = extra(
        "plan",
        "Yearly roof check",
        "service_chosen",
        &json!({"text": "Shall we look after your roof every year?"}),
    );
    let tenant = with(shop(), &[plan]);
    let mut talk = talk(&tenant);
    let replied = talk.say("I'd like to book a roof inspection on Friday").unwrap();
    assert_eq!(step_of(&replied, Role::Assistant), None, "{}", replied.text());
    let replied = talk.say("the first one, I'm Dana Reed").unwrap();
    assert!(replied.text().ends_with("Shall we look after your roof every year?"), "{}", replied.text());
}

#[test]
fn who_names_another_platform_hears_what_booking_here_brings_and_takes_it_by_booking() {
    let tenant = with(shop(), &[direct()]);
    let mut talk = talk(&tenant);
    let replied = talk.say("Hi, found you on Thumbtack, I need a roof inspection").unwrap();
    assert!(replied.text().contains("If you book directly with us, you get 5% off"), "{}", replied.text());
    let replied = talk.say("Friday at 10, I'm Dana Reed").unwrap();
    assert_eq!(step_of(&replied, Role::Customer), Some(("direct".to_owned(), ExtraStep::Taken)));
    assert_eq!(taken(&talk)[0].percent_off, Some(5));
    assert_eq!(talk.known().bookings.values().next().unwrap().note, "Extra: Direct price");
}

#[test]
fn who_complains_cancels_wants_a_person_or_owes_hears_of_nothing() {
    let tenant = with(shop(), &[direct(), gutters()]);
    for text in [
        "Your crew from Thumbtack ruined my roof, this is unacceptable",
        "I found you on Yelp. Water is pouring through my ceiling right now, help!",
        "I booked through Thumbtack, please cancel my appointment",
        "Found you on Yelp, but I want to talk to a real person",
        "STOP",
        "No thanks, I'll go with Thumbtack",
    ] {
        let replied = talk(&tenant).say(text).unwrap();
        assert_eq!(step_of(&replied, Role::Assistant), None, "{text}: {}", replied.text());
    }
    let mut booked = talk(&tenant);
    let quiet = with(shop(), &[]);
    let mut without = talk(&quiet);
    for text in [BOOK, "Yes please", "cancel it please"] {
        let (one, other) = (booked.say(text).unwrap(), without.say(text).unwrap());
        if text.starts_with("cancel") {
            assert_eq!(one.text(), other.text());
        }
    }
}

fn naming(text: &str, answer: Answer, escalate: Option<EscalationReason>) -> Outcome {
    let tenant = with(roofer(), &[direct(), gutters()]);
    let inbound = message("a", phone(101), text, noon(0));
    let turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
    turn.close(Response::Answered { answer: Box::new(answer), escalate }, 12)
}

fn suggested(outcome: &Outcome) -> Option<&ExtraMention> {
    outcome.messages.iter().find(|message| message.role == Role::Assistant)?.extra.as_ref()
}

#[test]
fn what_holds_of_the_answer_forbids_it_whoever_gave_it() {
    let text = "I saw you on Angi";
    let said = || Answer { author: Author { model: "claude".to_owned(), ..Author::default() }, ..plain() };
    assert!(suggested(&naming(text, said(), None)).is_some());
    let forbidden = [
        Answer { sentiment: Sentiment::Negative, ..said() },
        Answer { intent: Intent::Complaint, ..said() },
        Answer { action: Action::Escalate, ..said() },
        Answer { action: Action::AskTeam, ..said() },
        Answer { action: Action::End, ..said() },
        Answer { confidence: 59, ..said() },
    ];
    for answer in forbidden {
        assert_eq!(suggested(&naming(text, answer.clone(), None)), None, "{answer:?}");
    }
    assert_eq!(suggested(&naming(text, said(), Some(EscalationReason::Complaint))), None);
}

#[test]
fn a_model_that_names_one_by_itself_has_suggested_it_and_no_second_one_follows() {
    let by_model = Author { model: "claude".to_owned(), ..Author::default() };
    let reply = "We are open until five. A gutter check goes well with it.".to_owned();
    let tenant = with(roofer(), &[direct(), gutters()]);
    let first = message("a", phone(101), "When are you open?", noon(0));
    let outcome =
        turn(&tenant, &first, Vec::new(), Answer { reply: reply.clone(), author: by_model.clone(), ..plain() });
    assert_eq!(suggested(&outcome).map(|mention| mention.id.to_string()).as_deref(), Some("gutters"));
    let stored = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    assert_eq!(stored.text, reply, "nothing is added");
    let person = kept(&outcome, &[]);
    let second = message("b", phone(101), "I saw you on Yelp", noon(60));
    let outcome = turn(&tenant, &second, vec![person], Answer { author: by_model, ..plain() });
    assert_eq!(suggested(&outcome), None);
}

#[test]
fn it_is_not_suggested_out_of_its_days_for_other_services_or_to_who_answered_it_before() {
    let text = "I saw you on Angi";
    let said = |extra: &Value, known: Vec<LeadExtra>| {
        let tenant = with(roofer(), std::slice::from_ref(extra));
        let inbound = message("a", phone(101), text, noon(0));
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
        turn.person.lead.extras = known;
        suggested(&turn.close(answered(plain()), 12)).is_some()
    };
    let only = |more: Value| extra("direct", "Direct price", "other_platform", &more);
    assert!(said(&only(json!({})), Vec::new()));
    assert!(!said(&only(json!({"active": false})), Vec::new()));
    assert!(!said(&only(json!({"until": "2026-11-19"})), Vec::new()));
    assert!(!said(&only(json!({"from": "2026-11-21"})), Vec::new()));
    assert!(!said(&only(json!({"services": ["roof-repair"]})), Vec::new()));
    let declined = json!([{"id": "direct", "name": "Direct price", "taken": false, "at": noon(0)}]);
    assert!(!said(&only(json!({})), from_value(declined).unwrap()));
}

#[test]
fn a_question_of_the_reply_that_follows_takes_the_yes() {
    let tenant = with(roofer(), &[direct()]);
    let first = message("a", phone(101), "I saw you on Angi", noon(0));
    let outcome = turn(&tenant, &first, Vec::new(), plain());
    assert!(outcome.thread.extra.as_ref().unwrap().open);
    let person = kept(&outcome, &[]);
    let asking = Answer { reply: "Is it a tile roof?".to_owned(), asked: Some(Question::Service), ..plain() };
    let second = message("b", phone(101), "When do you open tomorrow?", noon(60));
    let outcome = turn(&tenant, &second, vec![person], asking);
    assert!(!outcome.thread.extra.as_ref().unwrap().open);
    // Who wrote before the suggestion left does not answer it.
    let outcome = turn(&tenant, &first, Vec::new(), plain());
    let crossing = Inbound { sent_at: Some(noon(-5)), ..message("c", phone(101), "yes please", noon(60)) };
    let outcome = turn(&tenant, &crossing, vec![kept(&outcome, &[])], plain());
    assert_eq!(outcome.lead.extras, Vec::new());
}
