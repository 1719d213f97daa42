//! What customers text in five languages, and what it means: one file a language, a line for what is meant.

use crate::{Danger, Intent, Intents, Mood, tone};

const FILES: [(&str, &str); 5] = [
    ("en", include_str!("en.txt")),
    ("es", include_str!("es.txt")),
    ("fr", include_str!("fr.txt")),
    ("de", include_str!("de.txt")),
    ("pt", include_str!("pt.txt")),
];

/// Whether `text` means what the line is called.
fn means(key: &str, text: &str) -> bool {
    let tone = tone(text);
    match key {
        "calm" => tone.mood != Mood::Unhappy && tone.danger != Danger::Now,
        "not_calm" => tone.mood == Mood::Unhappy,
        "now" => tone.danger == Danger::Now,
        "soon" => tone.danger >= Danger::Soon,
        _ => Intent::ALL.iter().any(|intent| intent.key() == key && Intents::read(text).has(*intent)),
    }
}

#[test]
fn what_customers_text_means_what_they_mean() {
    let mut wrong = Vec::new();
    for (language, file) in FILES {
        for (key, texts) in
            file.lines().filter_map(|line| line.split_once(": ")).filter(|(key, _)| !key.starts_with('#'))
        {
            let (wanted, key) = key.strip_prefix('!').map_or((true, key), |key| (false, key));
            let missed = texts.split(" / ").filter(|text| means(key, text) != wanted);
            wrong.extend(missed.map(|text| format!("{language} {key} {wanted}: {text}")));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
