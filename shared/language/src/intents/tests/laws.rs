use super::*;
use proptest::prelude::*;

#[test]
fn every_language_knows_every_intent() {
    for file in FILES {
        let keys: Vec<&str> = file.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        for intent in Intent::ALL {
            assert!(keys.contains(&intent.key()), "{}: {intent:?}", file.lines().next().unwrap_or_default());
        }
        for key in keys.iter().filter(|key| !key.starts_with([' ', '#'])) {
            assert!(role_of(key).is_some(), "{key} is no intent");
        }
    }
}

#[test]
fn courtesies_have_no_substance() {
    assert_eq!(Intents::read("hi there, thanks so much please").substance(), 0);
    assert_eq!(Intents::read("hi, two tires please").substance(), 2);
    assert!(Intents::read("do you do tires").is_question());
    assert!(!Intents::read("I need tires").is_question());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        let read = Intents::read(&text);
        prop_assert!(read.substance() <= text.chars().count());
    }
}
