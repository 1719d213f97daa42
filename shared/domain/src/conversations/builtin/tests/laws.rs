//! What holds for every message, whatever it is.

use proptest::prelude::*;

use super::*;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::messaging::MediaKind;
use ::language::Words;

const CODES: [&str; 7] = ["en", "es", "fr", "de", "pt", "ja", "xx"];

/// Scraps that customers really write, so that random messages reach every rule.
const SCRAPS: [&str; 31] = [
    "hi",
    "how much",
    "roof repair",
    "limpieza",
    "hours?",
    "Tuesday at 10",
    "next week",
    "yes",
    "no",
    "thanks",
    "bye",
    "80202",
    "$500",
    "my name is Ana",
    "estoy en San Antonio",
    "where are you",
    "appointment",
    "not now",
    "?",
    "\n",
    "ana@example.com",
    "(303) 555-0142",
    "what services",
    "ready to start",
    "8/1",
    "yesterday",
    "Sunday at 10",
    "February 30",
    "3 am",
    "any day",
    "no, the week after",
];

fn messages() -> impl Strategy<Value = String> {
    let scraps = prop::collection::vec(prop::sample::select(&SCRAPS[..]), 0..6).prop_map(|words| words.join(" "));
    prop_oneof!["\\PC{0,200}", any::<String>(), scraps]
}

fn contents() -> impl Strategy<Value = Content> {
    let media = prop::sample::select(&[MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document][..]);
    prop_oneof![
        6 => messages().prop_map(|text| Content::Text { text }),
        1 => (media, messages()).prop_map(|(kind, caption)| Content::Media { kind, references: Vec::new(), caption }),
        1 => (any::<f64>(), any::<f64>(), messages())
            .prop_map(|(latitude, longitude, label)| Content::Location { latitude, longitude, label }),
        1 => messages().prop_map(|json| Content::Form { json }),
        1 => messages().prop_map(|title| Content::Choice { id: String::new(), title }),
        1 => messages().prop_map(|kind| Content::Unsupported { kind }),
        1 => Just(Content::MissedCall),
    ]
}

fn questions() -> impl Strategy<Value = Option<Question>> {
    use Question::{BookingTime, Budget, DecisionMaker, Location, Service, Timeline};
    prop::sample::select(
        &[None, Some(Service), Some(Location), Some(Timeline), Some(Budget), Some(DecisionMaker), Some(BookingTime)][..],
    )
}

fn reasons() -> impl Strategy<Value = Option<EscalationReason>> {
    use EscalationReason::{Complaint, CustomerAsked, Emergency, LongConversation};
    prop::sample::select(
        &[None, None, None, Some(CustomerAsked), Some(Complaint), Some(Emergency), Some(LongConversation)][..],
    )
}

/// No question is asked twice in a row, but for who they are, where a time was said instead: in other words then.
fn may_follow(before: Option<&Question>, asked: Option<&Question>) -> bool {
    asked.is_none() || asked != before || matches!(asked, Some(Question::Contact | Question::Name))
}

proptest! {
    #[test]
    fn every_answer_is_within_bounds_and_always_the_same(
        content in contents(),
        asked in questions(),
        escalate in reasons(),
        code in prop::sample::select(&CODES[..]),
        answered: bool,
        name in prop::option::of(any::<String>()),
        tenant_name in ".{0,400}",
    ) {
        let mut desk = Desk::new(Tenant { name: tenant_name, ..samples::dentist() }, code);
        desk.conversation.asked = asked.clone();
        desk.route.escalate = escalate;
        if answered {
            desk.conversation.remember(Role::Assistant, "…");
        }
        let turn = Turn { contact_name: name.as_deref(), ..desk.turn(&content) };
        for answer in [respond(&turn, desk.now), fallback(&turn, desk.now)] {
            let length = answer.reply.chars().count();
            prop_assert!((1..=MAX_REPLY_CHARS).contains(&length), "{length}");
            prop_assert!(!answer.reply.contains("  "), "{}", answer.reply);
            prop_assert!(answer.reply.chars().all(|c| !c.is_control()), "{:?}", answer.reply);
            prop_assert!(phrases::of(&answer.language).is_some());
            prop_assert!(may_follow(asked.as_ref(), answer.asked.as_ref()), "asked twice: {asked:?}");
            prop_assert!(answer.confidence <= 100);
            prop_assert_eq!(answer.requested_time.is_some(), answer.action == Action::RequestBooking);
            prop_assert_eq!(answer.author.model.as_str(), MODEL);
        }
        prop_assert_eq!(respond(&turn, desk.now), respond(&turn, desk.now));
    }

    #[test]
    fn no_conversation_asks_the_same_twice_in_a_row(lines in prop::collection::vec(messages(), 1..12)) {
        let mut desk = Desk::new(samples::roofer(), "en");
        let mut before = None;
        for line in lines {
            let asked = desk.say(&line).asked;
            prop_assert!(may_follow(before.as_ref(), asked.as_ref()), "{line:?}: {asked:?}");
            before = asked;
        }
    }
}

/// A case that the law above found.
#[test]
fn a_day_that_cannot_be_is_asked_for_under_another_question() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.say("roof repair");
    assert_eq!(desk.say("80202").asked, Some(Question::BookingTime));
    assert_eq!(desk.say("8/1").asked, Some(Question::Day));
}

#[test]
fn a_huge_catalogue_stays_within_the_limit() {
    let mut tenant = samples::roofer();
    for service in &mut tenant.services {
        service.name = format!("{} {}", service.name, "very long ".repeat(60));
    }
    tenant.services = tenant.services.iter().cloned().cycle().take(500).collect();
    tenant.name = "Name ".repeat(500);
    tenant.business.address = Some("Address ".repeat(500));
    tenant.business.website = Some("https://example.com/".repeat(500));
    let mut desk = Desk::new(tenant, "en");
    let answer = desk.say("hi, services? prices? how much, hours, your address, your website, your phone");
    assert!(answer.reply.chars().count() <= MAX_REPLY_CHARS);
}

#[test]
fn all_vocabulary_is_folded() {
    let who = vocabulary::who::ALL.into_iter().flat_map(vocabulary::who::all_phrases);
    for phrase in vocabulary::ALL.into_iter().flat_map(vocabulary::all_phrases).chain(who) {
        let folded = Words::new(phrase).iter().collect::<Vec<_>>().join(" ");
        assert_eq!(folded, phrase, "write it folded");
    }
}

#[test]
fn english_and_german_fit_the_sms_alphabet() {
    const GSM: &str = "@£$¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüàÆæßÉ€ !\"#%&'()*+,-./:;<=>?0123456789_^{}\\[]~|";
    let now = at(FRIDAY_NIGHT);
    for code in ["en", "de"] {
        let mut desk = Desk::new(samples::roofer(), code);
        desk.now = now;
        desk.name = Some("Ana");
        for words in SCRAPS.into_iter().chain(["open today?", "do you do gutters?"]) {
            for escalate in [None, Some(EscalationReason::Emergency), Some(EscalationReason::Complaint)] {
                desk.route.escalate = escalate;
                let reply = desk.say(words).reply;
                let odd: Vec<char> =
                    reply.chars().filter(|c| !c.is_ascii_alphanumeric() && !GSM.contains(*c)).collect();
                assert!(odd.is_empty(), "{odd:?} in {reply}");
            }
        }
    }
}
