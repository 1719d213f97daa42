use serde_json::{Value, json};

use super::*;
use crate::samples::{roofer, thread};

pub(crate) fn hotel() -> Tenant {
    let extras: Value = json!([
        {"id": "late-checkout", "name": "Late checkout until 2 PM", "when": "visit_booked", "price": {"from_cents": 2_500, "to_cents": 2_500},
         "keywords": ["late check-out"]},
        {"id": "direct", "name": "Direct booking price", "when": "other_platform", "percent_off": 5},
    ]);
    Tenant { extras: serde_json::from_value(extras).unwrap(), ..roofer() }
}

fn after_suggestion(tenant: &Tenant, open: bool) -> Conversation {
    let mut thread = thread(tenant);
    let id = tenant.extras[0].id.clone();
    thread.extra = Some(SuggestedExtra { id, at: thread.started_at, open, step: ExtraStep::Suggested });
    thread
}

#[test]
fn a_yes_takes_it_and_a_no_declines_it_in_five_languages() {
    let tenant = hotel();
    let thread = after_suggestion(&tenant, true);
    let answer = |text: &str| said(&tenant, &thread, text).map(|said| (said.taken, said.is_bare));
    for yes in [
        "yes please",
        "Yes, please!",
        "sure",
        "Sí, por favor",
        "sí",
        "Ja gerne",
        "ja, bitte",
        "Oui, volontiers",
        "sim, por favor",
    ] {
        assert_eq!(answer(yes), Some((true, true)), "{yes}");
    }
    for no in [
        "no thanks",
        "No, thank you",
        "no gracias",
        "nein danke",
        "non merci",
        "não, obrigado",
        "not now",
        "please don't",
        "rather not",
    ] {
        assert_eq!(answer(no), Some((false, true)), "{no}");
    }
    for neither in [
        "great, thanks",
        "until when exactly?",
        "yes? how much is it?",
        "my name is Ana",
        "I'd like to cancel",
        "👍",
        "Friday please",
        "ok, Friday at 3",
        "my husband drives",
    ] {
        assert_eq!(answer(neither), None, "{neither}");
    }
}

#[test]
fn where_another_question_was_asked_only_its_name_takes_it() {
    let tenant = hotel();
    let thread = after_suggestion(&tenant, false);
    let answer = |text: &str| said(&tenant, &thread, text).map(|said| (said.taken, said.is_bare));
    assert_eq!(answer("yes please"), None);
    assert_eq!(answer("no thanks"), None);
    assert_eq!(answer("Friday at 3, with late check-out please"), Some((true, false)));
    assert_eq!(answer("Please add the late checkout"), Some((true, false)));
    assert_eq!(answer("No late checkout, Friday is fine"), Some((false, false)));
    assert_eq!(answer("Friday is fine, I don't want the late checkout"), Some((false, false)));
    assert_eq!(answer("Not on Thursday please, but Friday works, with late checkout"), Some((true, false)));
    assert_eq!(answer("Late checkout conditions are what I read first"), None);
    assert_eq!(answer("Is late checkout possible on Sunday?"), None);
}

#[test]
fn nothing_is_taken_that_was_answered_or_is_no_longer_there() {
    let tenant = hotel();
    let mut thread = after_suggestion(&tenant, true);
    assert!(said(&Tenant { extras: Vec::new(), ..tenant.clone() }, &thread, "yes please").is_none());
    thread.extra.as_mut().unwrap().step = ExtraStep::Declined;
    assert!(said(&tenant, &thread, "yes please").is_none());
    thread.extra = None;
    assert!(said(&tenant, &thread, "yes please").is_none());
}

#[test]
fn another_platform_is_named_and_not_yet_booked_through() {
    for named in [
        "I saw your room on Booking.com for Friday",
        "Found you on Yelp, how much is an inspection?",
        "you're listed on Thumbtack",
        "vi su hotel en Booking.com",
        "je vous ai vus sur Airbnb",
        "habe Sie bei Expedia gesehen",
        "vi no Airbnb",
    ] {
        assert_eq!(moment_in(named), Some(Moment::OtherPlatform), "{named}");
    }
    for not in [
        "I'd like to do a booking",
        "I booked through Booking.com and need a crib",
        "my reservation from Expedia is for Friday",
        "he reservado por Booking.com",
        "the bark on the tree",
    ] {
        assert_eq!(moment_in(not), None, "{not}");
    }
}

#[test]
fn an_objection_to_the_price_is_heard_and_a_question_for_it_is_none() {
    for objection in
        ["That's too expensive for me", "es muy caro", "c'est trop cher", "das ist mir zu teuer", "é muito caro"]
    {
        assert_eq!(moment_in(objection), Some(Moment::TooExpensive), "{objection}");
    }
    assert_eq!(moment_in("How expensive is it?"), None);
    assert_eq!(moment_in("How much is it?"), None);
}

#[test]
fn who_complains_cancels_or_leaves_hears_of_nothing_besides() {
    for text in [
        "Cancel my appointment please",
        "I want to speak to a person",
        "your crew ruined my roof, unacceptable",
        "no thanks, bye",
    ] {
        assert!(!may_hear(text), "{text}");
    }
    assert!(may_hear("Friday at 3 works, I'm Ana Flores"));
}
