//! Our own sentences in five languages, from which the shipped models learn ([`crate::train()`] with [`SETTINGS`]).
//!
//! Texts of one pattern are a group, so that a model is judged by patterns that it was not trained on. A program that never calls
//! this does not carry them.

use crate::{Example, Settings};

const FILES: [(&str, &str); 5] = [
    ("en", include_str!("../data/triage/en.txt")),
    ("es", include_str!("../data/triage/es.txt")),
    ("fr", include_str!("../data/triage/fr.txt")),
    ("de", include_str!("../data/triage/de.txt")),
    ("pt", include_str!("../data/triage/pt.txt")),
];
const OTHER: &str = include_str!("../data/triage/other.txt");
/// Of a pattern with more texts so many are taken, evenly spaced.
const MOST: usize = 48;

/// With what the shipped models are trained.
pub const SETTINGS: Settings = Settings { bits: 14, cost: 0.5, least: 2, held_out: 5 };

/// What customers write, and who is to see it.
#[must_use]
pub fn seen() -> Vec<Example> {
    FILES.iter().flat_map(|(_, file)| texts(file)).collect()
}

/// The same sentences and their language (ISO 639-1), with some of `other` languages.
#[must_use]
pub fn language() -> Vec<Example> {
    let mut examples = Vec::new();
    for (language, file) in FILES {
        examples.extend(texts(file).map(|example| Example { label: language.to_owned(), ..example }));
    }
    let other = OTHER.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(" / "));
    examples.extend(other.zip(0..).map(|(text, group)| example("other", text.to_owned(), group)));
    examples
}

fn example(label: &str, text: String, group: u32) -> Example {
    Example { text, label: label.to_owned(), group, embedding: None }
}

/// The texts of `file` with their labels; those of one pattern are a group.
fn texts(file: &'static str) -> impl Iterator<Item = Example> {
    let lines = file.lines().filter_map(|line| line.split_once(": ")).filter(|(label, _)| !label.starts_with('#'));
    let patterns = lines.flat_map(|(label, patterns)| patterns.split(" / ").map(move |pattern| (label, pattern)));
    patterns.zip(0..).flat_map(|((label, pattern), group)| {
        let texts = expanded(pattern);
        let step = texts.len().div_ceil(MOST);
        texts.into_iter().step_by(step).map(move |text| example(label, text, group))
    })
}

/// Every text that `pattern` stands for.
fn expanded(pattern: &str) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('(') else { return vec![pattern.trim().to_owned()] };
    let Some((choices, after)) = rest.split_once(')') else { return vec![pattern.trim().to_owned()] };
    let ends = expanded(after);
    let begun = choices.split('|').map(|choice| format!("{before}{choice}"));
    begun
        .flat_map(|begun| {
            ends.iter().map(move |end| {
                let space = if end.is_empty() || end.starts_with(',') { "" } else { " " };
                format!("{begun}{space}{end}").trim().to_owned()
            })
        })
        .collect()
}
