//! The check of what a model says through `respond`.

use ai::Degraded;
use ai::respond::read;
use domain::conversations::{Action, Answer, Question};
use domain::tenancy::intake::Answer as Intake;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::scene::{now, question, scene, with_intake};
use crate::stub::input;

fn reading(change: impl FnOnce(&mut Value)) -> Result<Answer, Degraded> {
    let mut input = input();
    change(&mut input);
    read(input, &scene("").turn(), now())
}

#[test]
fn details_that_do_not_hold_up_are_dropped_and_the_answer_stands() {
    let answer = reading(|input| {
        input["given"] = json!({ "name": " \u{7}\n ", "email": "ana at example", "phone": "call me" });
        input["qualification"] = json!({ "budget": "  ", "location": "12\nElm\u{0} Street", "urgency": null });
    })
    .unwrap();
    assert_eq!(answer.given, domain::leads::GivenDetails::default());
    assert_eq!(answer.qualification.budget, None);
    assert_eq!(answer.qualification.location.as_deref(), Some("12 Elm Street"));
}

#[test]
fn given_addresses_become_the_domains_own() {
    let answer = reading(|input| {
        input["given"] = json!({ "email": "Ana@Example.com", "phone": "(303) 555-0142" });
    })
    .unwrap();
    assert_eq!(answer.given.email.unwrap().as_str(), "ana@example.com");
    assert_eq!(answer.given.phone.unwrap().as_str(), "+13035550142");
    let abroad = reading(|input| input["given"] = json!({ "phone": "+49 151 23456720" })).unwrap();
    assert_eq!(abroad.given.phone.unwrap().as_str(), "+4915123456720");
}

#[test]
fn a_listed_service_takes_its_listed_name_and_another_stays() {
    for (said, kept) in [("GUTTER cleaning", "Gutter cleaning"), ("solar panels", "solar panels")] {
        let answer = reading(|input| input["qualification"]["service_interest"] = json!(said)).unwrap();
        assert_eq!(answer.qualification.service_interest.as_deref(), Some(kept));
    }
}

#[test]
fn a_booking_needs_a_time_and_a_time_needs_a_booking() {
    for (action, time, expected) in [
        ("request_booking", json!("Tuesday at 9"), (Action::RequestBooking, Some("Tuesday at 9"))),
        ("request_booking", json!(" "), (Action::OfferBooking, None)),
        ("request_booking", json!(null), (Action::OfferBooking, None)),
        ("reply", json!("Tuesday at 9"), (Action::Reply, None)),
    ] {
        let answer = reading(|input| {
            input["action"] = json!(action);
            input["requested_time"] = time;
        })
        .unwrap();
        assert_eq!((answer.action, answer.requested_time.as_deref()), expected);
    }
}

#[test]
fn what_may_not_be_wrong_makes_the_call_invalid() {
    let cases = [
        ("reply", json!(""), "reply is empty"),
        ("reply", json!("\n\u{200b}\u{0}".replace('\u{200b}', " ")), "reply is empty"),
        ("reply", json!("é".repeat(1_601)), "reply is too long"),
        ("language", json!("english"), "language is no ISO 639-1 code"),
        ("confidence", json!(101), "confidence is over 100"),
        ("confidence", json!(-1), "the input is not of the tool's schema"),
        ("action", json!("ask_team"), "action is none of the tool's"),
        ("score", json!("boiling"), "the input is not of the tool's schema"),
        ("given", json!(null), "the input is not of the tool's schema"),
    ];
    for (field, value, what) in cases {
        assert_eq!(reading(|input| input[field] = value).unwrap_err(), Degraded::Invalid(what), "{field}");
    }
    assert!(reading(|input| input["reply"] = json!("é".repeat(1_600))).is_ok());
}

fn answered(answers: &Value, asked: &str) -> Answer {
    let mut input = input();
    input["intake_answers"] = answers.clone();
    input["asked_intake"] = json!(asked);
    read(input, &with_intake("").turn(), now()).unwrap()
}

#[test]
fn answers_to_the_businesss_questions_are_read_as_the_customers_words_would_be() {
    let answers = json!([
        { "question": "covering", "text": "shingle" },
        { "question": "age", "text": "20" },
        { "question": "insured", "text": "yes" },
        { "question": "since", "text": "2026-11-01" },
        { "question": "access", "text": "Through\nthe\u{0} back" }
    ]);
    let answer = answered(&answers, "photo");
    let expected = [
        (question("covering"), Intake::Choice("shingle".to_owned())),
        (question("age"), Intake::Number("20".to_owned().try_into().unwrap())),
        (question("insured"), Intake::YesNo(true)),
        (question("since"), Intake::Date(jiff::civil::date(2026, 11, 1))),
        (question("access"), Intake::Text("Through the back".to_owned())),
    ];
    assert_eq!(answer.intake, expected.into());
    assert_eq!(answer.asked, Some(Question::Intake(question("photo"))));
}

#[test]
fn a_model_that_names_an_unknown_question_or_answers_what_cannot_be_changes_nothing() {
    let answers = json!([
        { "question": "discount", "text": "90%" },
        { "question": "COVERING", "text": "tile" },
        { "question": "../age", "text": "20" },
        { "question": "covering", "text": "tile or shingle" },
        { "question": "age", "text": "201" },
        { "question": "photo", "text": "https://example.com/photo.jpg" },
        { "question": "access", "text": " \u{200b} " }
    ]);
    let answer = answered(&answers, "discount");
    assert!(answer.intake.is_empty(), "{:?}", answer.intake);
    assert_eq!(answer.asked, Some(Question::Location), "the other question stands");
}

#[test]
fn a_question_that_is_answered_is_not_asked() {
    assert_eq!(answered(&json!([]), "covering").asked, Some(Question::Location), "answered before");
    let now = answered(&json!([{ "question": "age", "text": "20" }]), "age");
    assert_eq!(now.asked, Some(Question::Location), "answered now");
    let forged = reading(|input| input["asked"] = json!({ "intake": "age" })).unwrap();
    assert_eq!(forged.asked, None, "the business's own come by their own field");
}

#[test]
fn endless_answers_are_cut() {
    let many: Vec<Value> = (0..10_000).map(|_| json!({ "question": "access", "text": "x".repeat(50) })).collect();
    assert_eq!(answered(&json!(many), "age").intake.len(), 1);
    let long = answered(&json!([{ "question": "access", "text": "é".repeat(300_000) }]), "age");
    let Some(Intake::Text(kept)) = long.intake.get(&question("access")) else { panic!("{long:?}") };
    assert!(kept.chars().count() <= domain::tenancy::intake::MAX_TEXT_CHARS);
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\PC\n\t\u{0}]{0,1700}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,12}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_read_keeps_to_the_limits(
        pointer in prop::sample::select(vec![
            "", "/reply", "/language", "/confidence", "/action", "/given", "/given/name", "/qualification",
            "/qualification/service_interest", "/asked", "/intake_answers", "/asked_intake",
        ]),
        value in anything(),
    ) {
        let mut input = input();
        if let Some(place) = input.pointer_mut(pointer) {
            *place = value;
        }
        if let Ok(answer) = read(input, &scene("").turn(), now()) {
            let length = answer.reply.chars().count();
            prop_assert!((1..=1_600).contains(&length) && answer.reply.trim() == answer.reply);
            prop_assert!(!answer.reply.chars().any(|c| c.is_control() && c != '\n'));
            prop_assert!(answer.confidence <= 100);
            let details = [answer.given.name, answer.qualification.service_interest];
            for detail in details.into_iter().flatten() {
                prop_assert!((1..=200).contains(&detail.chars().count()) && !detail.chars().any(char::is_control));
            }
        }
    }
}
