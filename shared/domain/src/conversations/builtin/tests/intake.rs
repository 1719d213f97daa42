//! The business's own questions, the tenant's frequent ones, and the voice of a channel.

use super::*;
use crate::conversations::{self, Intent};
use crate::ids::QuestionId;
use crate::messaging::MediaKind;
use crate::tenancy::intake::{Answer as Given, Question as OwnQuestion};
use crate::tenancy::{Faq, Personality};

fn own(slug: &str) -> Option<Question> {
    Some(Question::Intake(QuestionId::new(slug).unwrap()))
}

/// A desk that has greeted and knows the service.
fn desk(code: &str) -> Desk {
    let mut desk = Desk::new(samples::roofer_with_intake(), code);
    desk.conversation.remember(Role::Assistant, "…");
    desk.lead.qualification.service_interest = Some("Roof repair".to_owned());
    desk
}

impl Desk {
    /// As a turn does: the answer to the business's question is read, then the responder answers.
    fn exchange(&mut self, content: &Content) -> Answer {
        let today = self.now.to_zoned(self.tenant.time_zone()).date();
        let when = self.when(content);
        let heard = conversations::intake::read_answer(
            &self.tenant,
            &self.lead,
            &self.conversation,
            content,
            &self.route.language,
            &when,
            today,
        );
        let is_asked = |asked: &&OwnQuestion| heard.as_ref().is_some_and(|(id, _)| asked.id == *id);
        self.answers_since_when =
            self.tenant.intake.iter().find(is_asked).is_some_and(conversations::intake::asks_for_time);
        self.lead.intake.extend(heard);
        let answer = self.hear(content);
        self.answers_since_when = false;
        answer
    }
}

#[test]
fn the_businesss_questions_are_asked_one_after_the_other_with_their_choices() {
    let mut desk = desk("en");
    let mut script = Vec::new();
    for line in ["We need a repair", "yes", "2", "20 years", "last week", "I don't know", "through the back door"] {
        let answer = desk.exchange(&text(line));
        script.push(format!("> {line}\n{} [{:?}]", answer.reply, answer.asked));
    }
    insta::assert_snapshot!(script.join("\n"));
    let answered = |slug: &str| desk.lead.intake.get(&QuestionId::new(slug).unwrap()).cloned();
    assert_eq!(answered("insured"), Some(Given::YesNo(true)));
    assert_eq!(answered("covering"), Some(Given::Choice("tile".to_owned())));
    assert_eq!(answered("layers"), None, "asked of shingle roofs alone");
}

#[test]
fn what_was_not_answered_is_asked_once_more_in_other_words_and_later() {
    let mut desk = desk("en");
    desk.tenant.intake.retain(|question| ["insured", "covering"].contains(&question.id.as_str()));
    desk.lead.qualification.location = Some("Denver".to_owned());
    assert_eq!(desk.exchange(&text("I'd like an appointment")).asked, Some(Question::BookingTime));
    assert_eq!(desk.exchange(&text("Tuesday at 10")).asked, own("insured"));
    let on = desk.exchange(&text("my brother handles that"));
    assert_eq!((on.asked.clone(), on.confidence), (own("covering"), 60));
    assert_eq!(desk.exchange(&text("tile")).asked, Some(Question::Name));
    let again = desk.exchange(&text("Dana Whitfield"));
    assert_eq!(again.asked, own("insured"));
    assert!(again.reply.ends_with("help our team: Is your house insured?"), "{}", again.reply);
    let last = desk.exchange(&text("no idea, ask my brother"));
    assert_eq!(last.asked, None, "left to staff: {}", last.reply);
    assert!(last.reply.contains("confirm it with you"), "{}", last.reply);
}

#[test]
fn what_is_plainly_no_answer_is_taken_for_what_it_is() {
    let mut desk = desk("en");
    desk.tenant.intake = serde_json::from_value(serde_json::json!([
        { "id": "stylist", "text": "Do you have a preferred stylist?", "kind": { "type": "text" } },
        { "id": "car", "text": "What are the year, make and model of your car?", "kind": { "type": "text" } }
    ]))
    .unwrap();
    let answered = |desk: &Desk, slug: &str| desk.lead.intake.get(&QuestionId::new(slug).unwrap()).cloned();
    desk.conversation.asked = own("stylist");
    desk.exchange(&text("It's a 2019 Honda Civic."));
    assert_eq!(answered(&desk, "stylist"), None);
    assert_eq!(answered(&desk, "car"), Some(Given::Text("2019 Honda Civic".to_owned())));
    desk.conversation.asked = own("stylist");
    let time = desk.exchange(&text("Tuesday at 10, please"));
    assert_eq!((answered(&desk, "stylist"), time.action), (None, Action::RequestBooking));
    desk.conversation.asked = own("stylist");
    desk.exchange(&text("Anna, if she is in"));
    assert_eq!(answered(&desk, "stylist"), Some(Given::Text("Anna, if she is in".to_owned())));
}

#[test]
fn no_is_an_answer_and_not_a_farewell() {
    let mut desk = desk("en");
    desk.exchange(&text("We need a repair"));
    let answer = desk.exchange(&text("no"));
    assert_eq!((answer.action, answer.intent, answer.asked), (Action::Reply, Intent::Detail, own("covering")));
}

#[test]
fn a_question_back_is_answered_and_ours_is_not_put_again_in_the_same_words() {
    let mut desk = desk("en");
    desk.exchange(&text("We need a repair"));
    let answer = desk.exchange(&text("how much is an inspection?"));
    assert!(answer.reply.contains("$149") && answer.asked == own("covering"), "{}", answer.reply);
}

#[test]
fn a_day_that_answers_a_question_is_no_wish_for_an_appointment() {
    let mut desk = desk("en");
    desk.lead.qualification.location = Some("Denver".to_owned());
    desk.lead.qualification.timeline = Some("soon".to_owned());
    desk.conversation.asked = own("since");
    let answer = desk.exchange(&text("Tuesday at 10"));
    assert_eq!((answer.action, answer.requested_time), (Action::Reply, None));
}

#[test]
fn the_photo_that_was_asked_for_is_thanked_for() {
    let mut desk = desk("en");
    desk.conversation.asked = own("photo");
    let photo = Content::Media { kind: MediaKind::Image, references: vec!["M1".to_owned()], caption: String::new() };
    let answer = desk.exchange(&photo);
    assert!(answer.reply.starts_with("Thank you for the photo.") && !answer.reply.contains("what it is about"));
    assert_eq!(answer.asked, own("insured"));
}

#[test]
fn questions_are_put_in_the_customers_language_where_they_are_translated() {
    let mut spanish = desk("es");
    spanish.lead.intake.insert(QuestionId::new("insured").unwrap(), Given::YesNo(true));
    let answer = spanish.exchange(&text("necesito roof repair, por favor"));
    assert!(answer.reply.ends_with("¿De qué es su techo? 1) Asphalt shingles 2) Tile 3) Metal"), "{}", answer.reply);
}

#[test]
fn a_frequent_question_gets_the_tenants_answer() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.tenant.faqs.push(Faq {
        question: "Do you work with insurers?".to_owned(),
        answer: "Yes, with all of them.".to_owned(),
        keywords: vec!["insurance claim".to_owned()],
    });
    desk.conversation.remember(Role::Assistant, "…");
    let answer = desk.say("do you work with insurers?");
    assert!(answer.reply.starts_with("Yes, with all of them."), "{}", answer.reply);
    assert_eq!((answer.intent, answer.confidence), (Intent::Service, 90));
}

#[test]
fn few_words_where_few_are_wanted_and_a_salutation_in_letters() {
    let reply = |channel, personality| {
        let mut desk = Desk::new(Tenant { personality, ..samples::roofer() }, "en");
        desk.conversation.channel = channel;
        desk.conversation.remember(Role::Assistant, "…");
        desk.lead.qualification.service_interest = Some("Roof repair".to_owned());
        desk.say("I am in Denver").reply
    };
    assert_eq!(
        reply(Channel::Chat, None),
        "Thank you. We would be glad to arrange an appointment. Which day and time would suit you?"
    );
    assert_eq!(
        reply(Channel::Sms, None),
        "We would be glad to arrange an appointment. Which day and time would suit you?"
    );
    assert_eq!(
        reply(Channel::Chat, Some(Personality::FastDirect)),
        "We would be glad to arrange an appointment. Which day and time would suit you?"
    );
    let letter = reply(Channel::Email, None);
    assert!(letter.starts_with("Hello, good to hear from you. Thank you."), "{letter}");
}

#[test]
fn the_most_questions_with_the_most_choices_stay_within_the_limit() {
    let mut desk = desk("en");
    let options: Vec<_> = (0..20)
        .map(|index| serde_json::json!({ "value": format!("v{index}"), "label": "very long label ".repeat(5) }))
        .collect();
    desk.tenant.intake = serde_json::from_value(serde_json::json!([
        { "id": "q", "text": "word ".repeat(60), "kind": { "type": "choice", "options": options } }
    ]))
    .unwrap();
    let faq = Faq { question: "x".to_owned(), answer: "long ".repeat(200), keywords: vec!["warranty".to_owned()] };
    desk.tenant.faqs.push(faq);
    let alone = desk.peek(&text("We need a repair"));
    assert!(alone.asked == own("q") && alone.reply.contains(" 20) very"), "{}", alone.reply);
    let crowded = desk.peek(&text("what about the warranty?"));
    assert_eq!(crowded.asked, None, "not asked where it does not fit");
    assert!(crowded.reply.chars().count() <= conversations::answer::MAX_REPLY_CHARS);
}
