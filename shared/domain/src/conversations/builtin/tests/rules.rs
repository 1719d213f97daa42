//! The rules, one by one.

use super::*;
use crate::conversations::Intent;
use crate::messaging::MediaKind;

fn english() -> Desk {
    Desk::new(samples::roofer(), "en")
}

/// A desk in the middle of a conversation that just asked `question`.
fn asked(question: Question) -> Desk {
    let mut desk = english();
    desk.conversation.remember(Role::Assistant, "…");
    desk.conversation.asked = Some(question);
    desk
}

#[test]
fn several_questions_are_answered_together_in_a_fixed_order() {
    let answer = english().say("How much is an inspection, where are you, and what are your hours?");
    let place = |needle: &str| answer.reply.find(needle).unwrap_or_else(|| panic!("{needle}: {}", answer.reply));
    assert!(place("Mon-Fri 8 AM to 5 PM") < place("210 Example Parkway"));
    assert!(place("210 Example Parkway") < place("Roof inspection costs $149."));
    assert_eq!((answer.intent, answer.confidence), (Intent::Price, 90));
    assert_eq!(answer.asked, Some(Question::Location));
}

#[test]
fn a_question_back_is_not_swallowed_as_an_answer() {
    let answer = asked(Question::Location).say("how much is a roof repair?");
    assert_eq!(answer.qualification.location, None);
    assert_eq!(answer.intent, Intent::Price);
    assert_ne!(answer.asked, Some(Question::Location), "never twice in a row");
}

#[test]
fn a_short_message_answers_the_question_before() {
    assert_eq!(asked(Question::Location).say("Hi, denver").qualification.location.as_deref(), Some("denver"));
    assert_eq!(
        asked(Question::Service).say("a skylight").qualification.service_interest.as_deref(),
        Some("a skylight")
    );
    let timeline = asked(Question::Timeline).say("when the insurance pays");
    assert_eq!(
        (timeline.qualification.timeline.as_deref(), timeline.intent),
        (Some("when the insurance pays"), Intent::Detail)
    );
    assert_eq!(asked(Question::Budget).say("500 tops").qualification.budget.as_deref(), Some("500"));
    assert_eq!(asked(Question::DecisionMaker).say("I have to ask my wife").qualification.decision_maker, Some(false));
    assert_eq!(asked(Question::DecisionMaker).say("no").qualification.decision_maker, Some(false));
    assert_eq!(asked(Question::Location).say("yes").qualification.location, None);
    assert_eq!(asked(Question::Location).say("why do you ask?").qualification.location, None);
}

#[test]
fn what_where_and_when_lead_to_an_offer_and_a_time_to_a_request() {
    let mut desk = english();
    let offer = desk.say("I need a roof repair at 1420 Larimer Street next week");
    assert_eq!((offer.action, offer.asked), (Action::OfferBooking, Some(Question::Day)));
    assert_eq!(offer.score, Score::Warm);
    let request = desk.say("Tuesday at 10 works");
    assert_eq!(request.action, Action::RequestBooking);
    assert_eq!(request.requested_time.as_deref(), Some("Tuesday at 10"));
    assert_eq!((request.score, request.asked), (Score::Hot, Some(Question::Name)));
    let request = desk.say("Dana Whitfield");
    assert_eq!(request.given.name.as_deref(), Some("Dana Whitfield"));
    assert!(
        request.reply.contains("on Tuesday at 10 AM")
            && request.reply.contains("confirm")
            && !request.reply.contains("booked"),
        "{}",
        request.reply
    );
}

#[test]
fn all_services_are_kept_and_a_correction_takes_their_place() {
    let services = |desk: &Desk| desk.lead.qualification.services().map(str::to_owned).collect::<Vec<_>>();
    let mut desk = english();
    let both = desk.say("I need gutter cleaning and a roof inspection");
    assert!(both.reply.contains("Roof inspection and Gutter cleaning"), "{}", both.reply);
    assert_eq!(services(&desk), ["Roof inspection", "Gutter cleaning"]);
    desk.say("and a new roof");
    assert_eq!(services(&desk), ["Roof replacement", "Roof inspection", "Gutter cleaning"]);
    desk.say("actually just a roof repair");
    assert_eq!(services(&desk), ["Roof repair"]);
}

#[test]
fn what_cannot_be_a_name_or_a_place_is_none() {
    let name = |words: &str| asked(Question::Contact).say(words).given.name;
    assert_eq!(name("Sure, it's Jo Park").as_deref(), Some("Jo Park"));
    assert_eq!(name("jo park, 303-555-0142").as_deref(), Some("Jo Park"));
    for words in ["March 12th at 11:30, please", "Thanks a lot", "so much", "2019 Honda Civic", "roof repair", "no"] {
        assert_eq!(name(words), None, "{words}");
    }
    let place = |words: &str| asked(Question::Location).say(words).qualification.location;
    assert_eq!(place("near the lake").as_deref(), Some("near the lake"));
    for words in ["thanks so much", "you have it already", "2019 Honda Civic"] {
        assert_eq!(place(words), None, "{words}");
    }
}

#[test]
fn a_question_for_the_team_is_a_task_once_and_no_list_of_services() {
    let mut desk = asked(Question::Service);
    let first = desk.say("Is the showroom haunted?");
    assert_eq!((first.action, first.asked), (Action::AskTeam, None));
    assert!(!first.reply.contains("We offer"), "{}", first.reply);
    let second = desk.say("Does anybody dance there?");
    assert_eq!(second.action, Action::Reply);
    assert!(second.reply.contains("this question on to our team as well"), "{}", second.reply);
    assert!(!desk.say("Is the attic for sale?").reply.contains("as well"), "not twice in the same words");
}

#[test]
fn no_promise_is_made_for_a_time_at_which_the_business_is_closed() {
    let mut desk = english();
    desk.lead.qualification.service_interest = Some("Roof repair".to_owned());
    desk.lead.qualification.location = Some("Denver".to_owned());
    let closed = desk.say("Can you come on Sunday at 10?");
    assert_eq!((closed.action, closed.asked), (Action::Reply, Some(Question::BookingTime)));
    let name = desk.say("My name is Dana Whitfield");
    assert!(!name.reply.contains("confirm it"), "{}", name.reply);
    assert_eq!(name.asked, Some(Question::Day));
}

#[test]
fn times_are_taken_as_they_are_given() {
    for (said, time) in [
        ("10 on Monday works for me", "10 on Monday"),
        ("the 15th, 9:30", "15th, 9:30"),
        ("Friday at 3. How much will it be?", "Friday at 3"),
    ] {
        let answer = asked(Question::BookingTime).say(said);
        assert_eq!((answer.action, answer.requested_time.as_deref()), (Action::RequestBooking, Some(time)), "{said}");
    }
    for (said, missing) in [("10 works for me", Question::Day), ("the 15th", Question::Hour)] {
        let mut desk = asked(Question::BookingTime);
        desk.lead.qualification.service_interest = Some("Roof repair".to_owned());
        let answer = desk.say(said);
        assert_eq!((answer.action, answer.asked), (Action::OfferBooking, Some(missing)), "{said}");
    }
    let direct = english().say("Can someone come by tomorrow at 9?");
    assert_eq!((direct.action, direct.requested_time.as_deref()), (Action::RequestBooking, Some("tomorrow at 9")));
    assert_eq!(direct.asked, Some(Question::Service));
    let mut desk = english();
    desk.say("I need a roof repair");
    let alone = desk.peek(&text("Thursday afternoon works for me"));
    assert_eq!(alone.action, Action::RequestBooking);
    let story = desk.peek(&text("a branch fell on it on Tuesday night and now there is water"));
    assert_ne!(story.action, Action::RequestBooking);
    let accepted = asked(Question::BookingTime).say("yes please");
    assert_eq!((accepted.requested_time, accepted.asked), (None, None));
    assert_eq!(asked(Question::BookingTime).say("no thanks").action, Action::Nurture);
    let hours = asked(Question::Timeline).say("are you open on Tuesday at 10?");
    assert_eq!((hours.intent, hours.qualification.timeline), (Intent::Hours, None));
}

#[test]
fn hours_are_told_for_the_day_for_now_or_for_the_week() {
    let mut desk = english();
    let said = |desk: &Desk, words: &str| desk.peek(&text(words)).reply;
    assert!(said(&desk, "are you open on Sunday?").contains("We are closed on Sunday."));
    assert!(said(&desk, "are you open tomorrow?").contains("We are open tomorrow from 9 AM to 12:30 PM."));
    assert!(said(&desk, "are you open right now?").contains("We are open now, until 5 PM."));
    assert!(said(&desk, "what are your hours?").contains("until 5 PM. Our hours: Mon-Fri 8 AM to 5 PM"));
    desk.now = at(FRIDAY_NIGHT);
    assert!(said(&desk, "are you open right now?").contains("closed right now and open again tomorrow at 9 AM."));
    let midnight = jiff::civil::Time::midnight();
    let always = crate::tenancy::Span { open: midnight, close: midnight };
    desk.tenant.hours = crate::tenancy::Hours::daily(always);
    assert!(said(&desk, "are you open on Sunday?").contains("We are open 24 hours on Sunday."));
    desk.tenant.hours = crate::tenancy::Hours::default();
    assert!(said(&desk, "what are your hours?").contains("by appointment"));
}

/// Closed on Thanksgiving, which is on Thursday; on Wednesday a training.
fn with_special_days(mut desk: Desk) -> Desk {
    let hours = &mut desk.tenant.hours;
    hours.holidays = serde_json::from_value(serde_json::json!([
        { "name": "Thanksgiving", "month": 11, "weekday": "thursday", "nth": 4 },
        { "name": "Inventory", "month": 12, "day": 30, "spans": [{ "open": "10:00", "close": "12:00" }] },
    ]))
    .unwrap();
    hours.exceptions = serde_json::from_value(serde_json::json!([
        { "date": "2026-11-25", "name": "Staff training", "spans": [{ "open": "13:00", "close": "17:00" }] },
    ]))
    .unwrap();
    desk
}

#[test]
fn hours_of_a_day_that_differs_are_those_of_that_day_and_named() {
    let desk = with_special_days(english());
    let said = |words: &str| desk.peek(&text(words)).reply;
    for (asked, told) in [
        ("Open on Thanksgiving?", "We are closed on Thursday (Thanksgiving)."),
        ("Are you open on Thursday?", "We are closed on Thursday (Thanksgiving)."),
        ("are you open on Wednesday?", "We are open on Wednesday (Staff training) from 1 PM to 5 PM."),
        ("Are you open during the staff training?", "We are open on Wednesday (Staff training) from 1 PM to 5 PM."),
        ("what are your hours on December 30?", "We are open on Wednesday, 12/30 (Inventory) from 10 AM to 12 PM."),
        ("are you open on Friday?", "We are open on Friday from 8 AM to 5 PM."),
        ("are you open on 12/26?", "We are open on Saturday, 12/26 from 9 AM to 12:30 PM."),
    ] {
        assert!(said(asked).contains(told), "{asked}: {}", said(asked));
    }
    let week = said("what are your hours?");
    assert!(week.contains("closed on Thursday (Thanksgiving)") && week.contains("Staff training"), "{week}");
    assert!(!week.contains("Inventory"), "that is more than two weeks ahead: {week}");
}

#[test]
fn nobody_is_told_the_usual_hours_of_a_holiday_that_is_not_noted() {
    let desk = with_special_days(english());
    let christmas = desk.peek(&text("Are you open on Christmas?")).reply;
    assert!(christmas.contains("not noted yet whether we are open on Friday, 12/25."), "{christmas}");
    // A day on which the business never opens is a closed one, noted or not.
    let july = desk.peek(&text("are you open on the 4th of July?")).reply;
    assert!(july.contains("We are closed on Sunday, 7/4."), "{july}");
    let mut clinic = Desk::new(samples::dentist(), "es");
    clinic.tenant.hours.holidays = desk.tenant.hours.holidays.clone();
    let said = |words: &str| clinic.peek(&text(words)).reply;
    assert!(said("¿Abren en Navidad?").contains("el viernes, 25/12"), "{}", said("¿Abren en Navidad?"));
    let thanks = said("¿Abren el día de Acción de Gracias?");
    assert!(thanks.contains("Estamos cerrados el jueves (Thanksgiving)."), "{thanks}");
}

#[test]
fn what_the_tenant_did_not_give_is_not_made_up() {
    let mut desk = english();
    desk.tenant.business = crate::tenancy::Business::default();
    desk.tenant.services.clear();
    let answer = desk.say("what's your address and phone number, and how much is it?");
    assert!(answer.reply.contains("right here") && answer.reply.contains("quote"), "{}", answer.reply);
}

#[test]
fn a_person_answers_shortly_or_when_the_business_opens() {
    for (reason, time, intent, words) in [
        (EscalationReason::CustomerAsked, FRIDAY_MORNING, Intent::Human, "back to you shortly"),
        (EscalationReason::CustomerAsked, FRIDAY_NIGHT, Intent::Human, "when we open tomorrow at 9 AM"),
        (EscalationReason::Complaint, FRIDAY_NIGHT, Intent::Complaint, "sorry"),
        (EscalationReason::Emergency, FRIDAY_NIGHT, Intent::Emergency, "+13035550100"),
    ] {
        let mut desk = english();
        desk.now = at(time);
        desk.route.escalate = Some(reason);
        let answer = desk.say("I want to talk about my roof repair");
        assert_eq!((answer.action, answer.intent, answer.asked), (Action::Escalate, intent, None));
        assert!(answer.reply.contains(words), "{}", answer.reply);
        assert_eq!(answer.score == Score::Hot, reason == EscalationReason::Emergency);
    }
}

#[test]
fn with_a_person_on_it_facts_are_answered_and_nothing_is_asked() {
    let mut desk = english();
    desk.conversation.remember(Role::Assistant, "…");
    desk.conversation.status = ConversationStatus::Escalated;
    desk.route.escalate = Some(EscalationReason::LongConversation);
    let price = desk.say("how much is an inspection?");
    assert_eq!((price.action, price.asked), (Action::Reply, None));
    assert!(price.reply.contains("$149"));
    let more = desk.say("the blue thing fell over the other thing");
    assert_eq!(more.action, Action::Reply);
    assert!(more.reply.contains("added"), "{}", more.reply);
}

#[test]
fn two_messages_in_a_row_that_are_not_understood_call_a_person() {
    let mut desk = english();
    desk.say("hello");
    desk.conversation.asked = None;
    let first = desk.say("blorp");
    assert_eq!((first.action, first.confidence), (Action::Reply, 30));
    let second = desk.say("wug");
    assert_eq!((second.action, second.intent), (Action::Escalate, Intent::Other));
}

#[test]
fn hot_words_and_readiness_make_a_lead_hot_once() {
    for words in ["The insurance approved it", "I'm ready to start", "quiero empezar"] {
        let mut desk = english();
        let first = desk.say(words);
        assert_eq!((first.action, first.score), (Action::TransferHotLead, Score::Hot), "{words}");
        assert_eq!(desk.say(words).action, Action::Reply, "{words}");
    }
    let booking = asked(Question::BookingTime).say("ready to start, Tuesday at 10");
    assert_eq!(booking.action, Action::RequestBooking);
}

#[test]
fn courtesies_are_answered_and_end_only_with_goodbye() {
    let mut desk = asked(Question::Service);
    let thanks = desk.say("Thank you, that was very helpful!");
    assert_eq!((thanks.intent, thanks.action, thanks.asked), (Intent::Thanks, Action::Reply, None));
    let nothing_else = desk.say("no");
    assert_eq!((nothing_else.intent, nothing_else.action), (Intent::Detail, Action::Reply));
    assert_eq!(desk.say("ok bye").action, Action::End);
    let later = desk.say("not now, maybe later");
    assert_eq!((later.intent, later.action, later.score), (Intent::NotNow, Action::Nurture, Score::Cold));
    let busy = english().say("My gutter hangs down over the front door since the storm. Thanks, Bob");
    assert_eq!(busy.intent, Intent::Service);
}

#[test]
fn a_form_is_thanked_for_by_name_and_what_it_says_is_read() {
    let mut desk = english();
    desk.source = Source::WebForm;
    desk.name = Some("Ana López");
    let answer =
        desk.say("Please call me at (303) 555-0142 about a new roof at 88 W Oak Ave, 80202. Budget is up to $12,000.");
    assert!(answer.reply.starts_with("Thank you for your request, Ana."), "{}", answer.reply);
    assert_eq!(answer.qualification.service_interest.as_deref(), Some("Roof replacement"));
    assert_eq!(answer.qualification.location.as_deref(), Some("88 W Oak Ave, 80202"));
    assert_eq!(answer.qualification.budget.as_deref(), Some("up to $12,000"));
    assert_eq!(answer.given.phone.map(String::from).as_deref(), Some("+13035550142"));
    assert_eq!((answer.asked, answer.score), (Some(Question::BookingTime), Score::Warm));

    let flow =
        Content::Form { json: r#"{"name":"Ana López","note":["roof repair"],"email":"ana@example.com"}"#.to_owned() };
    let answer = english().hear(&flow);
    assert_eq!(answer.given.name.as_deref(), Some("Ana López"));
    assert_eq!(answer.given.email.map(String::from).as_deref(), Some("ana@example.com"));
    assert_eq!(answer.qualification.service_interest.as_deref(), Some("Roof repair"));
}

#[test]
fn every_kind_of_content_gets_its_own_words() {
    let media = |kind, caption: &str| Content::Media { kind, references: Vec::new(), caption: caption.to_owned() };
    for (content, words) in [
        (Content::MissedCall, "missed your call"),
        (media(MediaKind::Image, ""), "photo. Please tell us"),
        (media(MediaKind::Audio, ""), "cannot listen"),
        (media(MediaKind::Video, ""), "video"),
        (media(MediaKind::Document, "how much is an inspection?"), "$149"),
        (Content::Location { latitude: 39.7, longitude: -104.9, label: String::new() }, "location"),
        (Content::Contacts { names: vec!["X".to_owned()] }, "contact"),
        (Content::Choice { id: "1".to_owned(), title: "Prices".to_owned() }, "Roof inspection $149"),
        (Content::Unsupported { kind: "sticker".to_owned() }, "as text"),
        (text("👍🏽"), "How can we help"),
        (text(""), "How can we help"),
    ] {
        let answer = english().hear(&content);
        assert!(answer.reply.contains(words), "{content:?}: {}", answer.reply);
    }
    let pin = Content::Location { latitude: 39.739_236, longitude: -104.990_251, label: String::new() };
    assert_eq!(english().hear(&pin).qualification.location.as_deref(), Some("39.73924, -104.99025"));
    let nowhere = Content::Location { latitude: f64::NAN, longitude: 0.0, label: String::new() };
    assert_eq!(english().hear(&nowhere).qualification.location, None);
}

#[test]
fn urgency_comes_from_the_rules_and_an_urgent_sufficient_lead_is_hot() {
    let mut desk = english();
    desk.route.urgency = Some(Urgency::High);
    let answer = desk.say("I need a roof repair at 1420 Larimer Street");
    assert_eq!(answer.qualification.urgency, Some(Urgency::High));
    assert_eq!((answer.score, answer.action), (Score::Hot, Action::OfferBooking));
}

#[test]
fn after_a_failed_model_the_built_in_answer_or_a_promise_goes_out_and_a_person_is_called() {
    let desk = english();
    let call = |words: &str| {
        let content = text(words);
        let when = desk.when(&content);
        fallback(&Turn { when: Some(&when), ..desk.turn(&content) }, desk.now)
    };
    let price = call("how much is an inspection?");
    assert_eq!((price.action, price.author.model.as_str()), (Action::Escalate, MODEL));
    assert!(price.reply.contains("$149"));
    let unsure = call("blorp wug");
    assert_eq!((unsure.action, unsure.asked), (Action::Escalate, None));
    assert_eq!(unsure.reply, "Thank you for your message. Someone from our team will get back to you shortly.");
    assert_eq!(call("I'd like an appointment tomorrow at 9").action, Action::RequestBooking);
}

#[test]
fn the_reply_is_in_the_customers_language_or_the_tenants() {
    let reply = |tenant: Tenant, code: &str| Desk::new(tenant, code).say("??");
    assert_eq!(reply(samples::dentist(), "fr").language, language("fr"));
    assert_eq!(reply(samples::dentist(), "ja").language, language("es"));
    let mut german = Desk::new(samples::roofer(), "de");
    german.route = route("nl");
    assert_eq!(german.say("??").language, language("de"), "the conversation's own, before the tenant's");
    let greek = Tenant { language: language("el"), ..samples::dentist() };
    assert_eq!(reply(greek, "ja").language, language("en"));
}
