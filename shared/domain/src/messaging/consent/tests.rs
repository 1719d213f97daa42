use proptest::prelude::*;
use std::collections::HashSet;

use super::*;

/// Phrases, each after the code of its language.
const REFUSALS: &str = include_str!("../../../tests/data/consent/refusals.txt");
const ORDINARY: &str = include_str!("../../../tests/data/consent/ordinary.txt");
/// Written after the rules were done, and never tuned to.
const UNSEEN_REFUSALS: &str = include_str!("../../../tests/data/consent/unseen_refusals.txt");
const UNSEEN_ORDINARY: &str = include_str!("../../../tests/data/consent/unseen_ordinary.txt");

const LANGUAGES: [&str; 6] = ["en", "es", "fr", "de", "pt", "it"];

fn phrases(corpus: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    corpus.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split_once(": ").unwrap())
}

/// How many phrases of a corpus there are, and those that are read as a refusal or not.
fn read_as_stop(corpus: &'static str, stop: bool) -> (usize, Vec<&'static str>) {
    let read = phrases(corpus).filter(|(_, text)| (read(text, false) == Some(Consent::Stop)) == stop);
    (phrases(corpus).count(), read.map(|(_, text)| text).collect())
}

#[test]
fn every_refusal_of_the_corpus_is_read() {
    let (all, missed) = read_as_stop(REFUSALS, false);
    println!("{all} refusals, {} missed", missed.len());
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(all >= 530);
    for language in LANGUAGES {
        assert!(phrases(REFUSALS).filter(|(code, _)| *code == language).count() >= 40, "{language}");
    }
}

#[test]
fn no_ordinary_sentence_of_the_corpus_is_read_as_a_refusal() {
    let (all, silenced) = read_as_stop(ORDINARY, true);
    println!("{all} ordinary sentences, {} read as refusals", silenced.len());
    assert!(silenced.is_empty(), "{silenced:#?}");
    assert!(all >= 970);
}

/// Each part was written when its rules were done, and nothing was tuned to it since: 134 of 162 refusals are read (83 percent),
/// none of 255 ordinary sentences is. A refusal that is missed goes to the responder, as every message does.
#[test]
fn phrases_that_the_rules_were_not_made_for_are_read_nearly_as_well() {
    let (refusals, missed) = read_as_stop(UNSEEN_REFUSALS, false);
    let (ordinary, silenced) = read_as_stop(UNSEEN_ORDINARY, true);
    println!("{refusals} unseen refusals, {} missed: {missed:#?}", missed.len());
    println!("{ordinary} unseen ordinary sentences, {} read as refusals: {silenced:#?}", silenced.len());
    assert!(refusals >= 160 && ordinary >= 250);
    assert!(missed.len() * 5 <= refusals && silenced.len() * 100 <= ordinary);
}

#[test]
fn phrases_are_listed_once_and_all_of_them_are_short_enough_to_be_read() {
    let mut seen = HashSet::new();
    for (language, text) in [REFUSALS, ORDINARY, UNSEEN_REFUSALS, UNSEEN_ORDINARY].into_iter().flat_map(phrases) {
        assert!(LANGUAGES.contains(&language), "{language}");
        assert!(seen.insert(Words::new(text).iter().collect::<Vec<_>>().join(" ")), "{text} is listed twice");
        assert!(text.chars().count() <= MAX_CHARS, "{text}");
    }
}

#[test]
fn keywords_count_in_any_case_with_any_decoration() {
    for text in
        ["STOP", " Stop! ", "“STOP”", "stop 🛑", "sToP\n", "UNSUBSCRIBE", "cancel", "OptOut", "opt out", "Opt-Out."]
            .into_iter()
            // Full width, bold, circled; an invisible character inside; letter by letter; drawn out.
            .chain([
                "ＳＴＯＰ",
                "𝗦𝗧𝗢𝗣",
                "Ⓢⓣⓞⓟ",
                "St\u{200b}op",
                "\u{202a}STOP\u{202c}",
                "S.T.O.P.",
                "s t o p",
                "stooooop",
                "STOPPPP!",
            ])
    {
        assert_eq!(read(text, false), Some(Consent::Stop), "{text:?}");
    }
    assert_eq!(read("START", false), Some(Consent::Start));
    assert_eq!(read("unstop", true), Some(Consent::Start));
    assert_eq!(read("Help?", false), Some(Consent::Help));
    assert_eq!(read("INFO", false), Some(Consent::Help));
}

#[test]
fn yes_is_an_opt_in_only_for_someone_who_opted_out() {
    assert_eq!(read("Yes!", true), Some(Consent::Start));
    assert_eq!(read("Yes!", false), None);
    assert_eq!(read("yes please", true), None);
}

#[test]
fn words_of_other_things_are_none() {
    for text in [
        "when can you start?",
        "start tomorrow",
        "yes",
        "help me",
        "more info please",
        "info@example.com",
        "stoop",
        "s t o o p s",
        "",
        "👍",
    ] {
        assert_eq!(read(text, false), None, "{text:?}");
    }
}

#[test]
fn a_long_message_is_none_whatever_it_begins_with() {
    assert_eq!(read(&format!("stop{}by tomorrow", " ".repeat(5_000)), false), None);
    assert_eq!(read(&"stop ".repeat(1_000), false), None);
}

#[test]
fn confirmations_name_the_business_and_the_way_back_in_every_language() {
    for code in LANGUAGES.into_iter().chain(["pl"]) {
        let language = Language::new(code).unwrap();
        for (consent, keyword) in [(Consent::Stop, "START"), (Consent::Start, "STOP"), (Consent::Help, "STOP")] {
            let text = confirmation(consent, &language, "Acme Roofing");
            assert!(text.contains("Acme Roofing") && text.contains(keyword) && !text.contains('{'), "{text}");
        }
    }
    for code in LANGUAGES.into_iter().chain(["pl"]) {
        let language = Language::new(code).unwrap();
        for (text, keyword) in [
            (way_back(&language, "Acme Roofing"), "START"),
            (say_it_from_there(Consent::Stop, &language, "Acme Roofing"), "STOP"),
            (say_it_from_there(Consent::Start, &language, "Acme Roofing"), "START"),
        ] {
            assert!(text.contains("Acme Roofing") && text.contains(keyword) && !text.contains('{'), "{text}");
        }
    }
    for consent in [Consent::Stop, Consent::Start, Consent::Help] {
        let texts: HashSet<_> =
            LANGUAGES.map(|code| confirmation(consent, &Language::new(code).unwrap(), "Acme")).into_iter().collect();
        assert_eq!(texts.len(), LANGUAGES.len(), "{texts:?}");
    }
}

proptest! {
    #[test]
    fn a_keyword_always_wins_whatever_its_case_and_decoration(
        keyword in prop::sample::select(STOP.to_vec()), upper in prop::collection::vec(any::<bool>(), 12),
        before in "[ \t\n!?.,;:*\"“”(🛑✋]{0,8}", after in "[ \t\n!?.,;:*\"“”)🛑🙏]{0,8}", suppressed: bool,
    ) {
        let cased: String = keyword.chars().zip(upper).map(|(c, up)| if up { c.to_ascii_uppercase() } else { c }).collect();
        prop_assert_eq!(read(&format!("{before}{cased}{after}"), suppressed), Some(Consent::Stop));
    }

    #[test]
    fn a_keyword_within_a_sentence_never_counts(
        before in "q[a-z]{2,8}", keyword in prop::sample::select(STOP.to_vec()), after in "q[a-z]{2,8}",
    ) {
        let text = format!("{before} {keyword} {after}");
        prop_assert_eq!(read(&text, true), None);
    }

    #[test]
    fn case_and_decoration_change_nothing(
        (_, text) in prop::sample::select([REFUSALS, ORDINARY].into_iter().flat_map(phrases).collect::<Vec<_>>()),
        before in "[ !?.…*🙏]{0,5}", after in "[ !?.…*🙏]{0,5}",
    ) {
        prop_assert_eq!(read(&format!("{before}{text}{after}"), false), read(text, false));
        prop_assert_eq!(read(&text.to_uppercase(), false), read(text, false));
    }

    #[test]
    fn one_word_more_that_no_grammar_knows_makes_it_no_refusal(
        (_, text) in prop::sample::select(phrases(REFUSALS).collect::<Vec<_>>()), word in "q[a-z]{4,8}x",
    ) {
        prop_assert_eq!(read(&format!("{text} {word}"), false), None);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*", suppressed: bool) {
        let _ = read(&text, suppressed);
    }
}
