use proptest::prelude::*;

use super::*;
use crate::ids::AccountId;
use crate::samples::{roofer, thread};

fn version(major: u8) -> PromptVersion {
    PromptVersion::parse(&format!("{major}.0.0")).unwrap()
}

fn asked_at() -> Timestamp {
    "2026-11-20T19:00:00Z".parse().unwrap()
}

fn ana() -> Actor {
    Actor::Person { account: AccountId::derive(&roofer().id, &["ana"]), session: None }
}

fn message() -> MessageId {
    MessageId::derive(&roofer().id, &["reply"])
}

fn suggestion(text: Option<&str>) -> Suggestion {
    let (tenant, at) = (roofer(), asked_at());
    Suggestion {
        id: SuggestionId::derive(&tenant.id, &["one"]),
        conversation: thread(&tenant).id,
        text: text.map(ToOwned::to_owned),
        language: text.map(|_| Language::english()),
        author: text.map(|_| Author { model: "a-model".to_owned(), ..Author::default() }),
        without_model: None,
        cost_mode: CostMode::None,
        basis: Basis { task: TASK.to_owned(), prompt: version(1), test: None, messages: 2, last_message_at: at },
        asked_by: ana(),
        at,
        day: "2026-11-20".parse().unwrap(),
        settled: None,
    }
}

#[test]
fn what_is_sent_as_it_was_is_accepted_and_what_is_changed_is_edited_by_so_much() {
    let later = asked_at() + SignedDuration::from_secs(41);
    for (sent, outcome, distance) in [
        ("See you at three.", Outcome::Accepted, 0),
        ("  See you at three.\n", Outcome::Accepted, 0),
        ("See you at four!", Outcome::Edited, 36),
        ("See you at three!", Outcome::Edited, 6),
        ("No.", Outcome::Edited, 89),
    ] {
        let settled = suggestion(Some("See you at three.")).sent(sent, message(), &ana(), later).unwrap();
        assert_eq!((settled.outcome, settled.distance_percent), (outcome, Some(distance)), "{sent}");
        assert_eq!((settled.seconds, settled.message, settled.by), (41, Some(message()), ana()));
    }
}

#[test]
fn something_becomes_of_a_suggestion_once_and_of_one_without_a_text_nothing() {
    let at = asked_at();
    let mut one = suggestion(Some("See you at three."));
    one.settled = one.unused(Outcome::Rejected, &ana(), at);
    assert!(
        one.settled.as_ref().is_some_and(|settled| settled.distance_percent.is_none() && settled.message.is_none())
    );
    assert_eq!(one.sent("See you at three.", message(), &ana(), at), None);
    assert_eq!(one.unused(Outcome::Regenerated, &ana(), at), None);
    let none = suggestion(None);
    assert_eq!(none.sent("Hello", message(), &ana(), at), None);
    assert_eq!(none.unused(Outcome::Rejected, &ana(), at), None);
}

#[test]
fn a_clock_that_is_behind_makes_no_negative_time() {
    let before = asked_at() - SignedDuration::from_secs(5);
    assert_eq!(suggestion(Some("Hi")).unused(Outcome::Rejected, &ana(), before).unwrap().seconds, 0);
}

#[test]
fn a_suggestion_that_was_stored_before_there_was_more_to_say_of_it_is_read() {
    let stored = serde_json::json!({
        "id": suggestion(None).id, "conversation": suggestion(None).conversation, "cost_mode": "none",
        "basis": {"task": "suggest", "prompt": 1, "messages": 2, "last_message_at": asked_at()},
        "asked_by": {"type": "operator"}, "at": asked_at(), "day": "2026-11-20",
    });
    let read: Suggestion = serde_json::from_value(stored).unwrap();
    assert_eq!((read.text, read.settled), (None, None));
}

#[test]
fn outcomes_are_counted_on_the_day_of_their_suggestion_and_add_up() {
    let one = suggestion(Some("See you at three."));
    let sent = |text: &str, seconds: i64| {
        let at = asked_at() + SignedDuration::from_secs(seconds);
        Counts::settled(&one.sent(text, message(), &ana(), at).unwrap())
    };
    let unused = |outcome| Counts::settled(&one.unused(outcome, &ana(), asked_at()).unwrap());
    let first = [Counts::SUGGESTED; 5].into_iter().chain([
        sent("See you at three.", 10),
        sent("See you at three!", 20),
        sent("See you at four!", 30),
        unused(Outcome::Rejected),
        unused(Outcome::Regenerated),
    ]);
    let mut sum = Counts::default();
    first.for_each(|more| sum.add(&more));
    let at =
        |day: &str, prompt| DayAndPrompt { day: day.parse().unwrap(), prompt: version(prompt), ..one.counted_at() };
    let range = (at("2026-11-01", 1).day, at("2026-11-30", 1).day);
    let counted = vec![
        (at("2026-11-21", 1), Counts::SUGGESTED),
        (at("2026-11-20", 2), Counts::SUGGESTED),
        (at("2026-11-20", 1), sum),
    ];
    let report = SuggestionReport::of(range, counted);
    let days: Vec<_> =
        report.days.iter().map(|of| (of.day.to_string(), of.prompt.clone(), of.figures.suggested)).collect();
    let expected = [("2026-11-20", 1, 5), ("2026-11-20", 2, 1), ("2026-11-21", 1, 1)];
    assert_eq!(days, expected.map(|(day, prompt, count)| (day.to_owned(), version(prompt), count)));
    let Figures { suggested, accepted, edited, rejected, regenerated, mean_distance_percent, mean_seconds } =
        report.totals;
    assert_eq!((suggested, accepted, edited, rejected, regenerated), (7, 1, 2, 1, 1));
    assert_eq!((mean_distance_percent, mean_seconds), (Some(21), Some(20)));
    assert_eq!(SuggestionReport::of(range, Vec::new()).totals, Figures::default());
}

#[test]
fn counts_are_stored_under_the_names_they_are_read_by() {
    let sum =
        Counts { suggested: 1, accepted: 2, edited: 3, rejected: 4, regenerated: 5, distance_percent: 6, seconds: 7 };
    let stored: serde_json::Map<_, _> =
        sum.named().into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect();
    assert_eq!(serde_json::from_value::<Counts>(stored.into()).unwrap(), sum);
}

#[test]
fn what_is_counted_for_the_review_is_how_often_and_in_which_way_of_what_a_model_wrote() {
    let at = |seconds: i64| asked_at() + SignedDuration::from_secs(seconds);
    let mut one = suggestion(Some("An inspection is 149.00 USD!"));
    let sent = one.sent("Hello, an inspection takes an hour.", message(), &ana(), at(40)).unwrap();
    let text = Some("Hello, an inspection takes an hour.");
    assert_eq!(one.feedback(&sent, text), None, "no model wrote it");
    one.basis.test = Some(3);
    let feedback = one.feedback(&sent, text).unwrap();
    assert_eq!((feedback.edited, feedback.accepted, feedback.price_dropped, feedback.greeting_added), (1, 0, 1, 1));
    assert_eq!(Some(feedback.distance_percent), sent.distance_percent.map(u64::from));
    let [soon, late] = [3, 40].map(|seconds| one.unused(Outcome::Rejected, &ana(), at(seconds)).unwrap());
    let of = |settled: &Settled| one.feedback(settled, None).unwrap();
    assert_eq!((of(&soon).rejected, of(&soon).at_once, of(&late).at_once), (1, 1, 0));
}

#[test]
fn the_distance_is_the_one_of_the_textbooks() {
    for (from, to, percent) in [
        ("", "", 0),
        ("", "abc", 100),
        ("abc", "", 100),
        ("kitten", "sitting", 43),
        ("Saturday", "Sunday", 38),
        // One character of several bytes is one.
        ("über", "uber", 25),
        ("a".repeat(1_000).as_str(), ("a".repeat(999) + "b").as_str(), 1),
    ] {
        assert_eq!(distance_percent(from, to), percent, "{from} {to}");
    }
}

proptest! {
    #[test]
    fn the_distance_is_symmetric_bounded_and_zero_for_the_same_text_alone(from in "\\PC{0,20}", to in "\\PC{0,20}") {
        let distance = distance_percent(&from, &to);
        prop_assert_eq!(distance, distance_percent(&to, &from));
        prop_assert!(distance <= 100);
        prop_assert_eq!(distance == 0, from == to);
    }
}
