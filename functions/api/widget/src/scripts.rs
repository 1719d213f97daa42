//! The scripts, put together from their parts.

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Bytes;
use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use runtime::webhook::FORM_WORDS;
use std::io::{self, Write as _};

const COMMON: &str = include_str!("scripts/common.js");
const TALK: &str = include_str!("scripts/talk.js");
const PANEL: &str = include_str!("scripts/panel.js");
const STYLE: &str = include_str!("scripts/panel.css");
const FORM: &str = include_str!("scripts/form.js");
/// The words in each language, by the names that the scripts know them by.
const WIDGET_WORDS: &str = include_str!("scripts/widget_words.json");

/// A script as it is served.
pub(crate) struct Script {
    pub(crate) text: Bytes,
    pub(crate) compressed: Bytes,
    /// Changes with the text.
    pub(crate) tag: HeaderValue,
}

impl Script {
    /// The chat.
    pub(crate) fn widget() -> io::Result<Self> {
        Self::of("widget.js", &[COMMON, TALK, &PANEL.replace("__STYLE__", &quoted(STYLE))], WIDGET_WORDS)
    }

    /// What enhances a form.
    pub(crate) fn form() -> io::Result<Self> {
        Self::of("form.js", &[COMMON, FORM], FORM_WORDS)
    }

    /// In a function of its own, so that nothing of it gets into the page's names.
    fn of(name: &str, parts: &[&str], words: &str) -> io::Result<Self> {
        let text = parts.concat().replace("__NAME__", name).replace("__STRINGS__", words.trim_end());
        let text = format!("(() => {{\n\"use strict\";\n{text}}})();\n");
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes())?;
        let compressed = encoder.finish()?;
        let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes())));
        let tag = HeaderValue::try_from(tag).map_err(io::Error::other)?;
        Ok(Self { text: text.into(), compressed: compressed.into(), tag })
    }
}

/// The style sheet as a literal of the script: it holds neither a backtick nor a backslash.
fn quoted(style: &str) -> String {
    format!("`{style}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// What one of them may weigh on a page, compressed.
    const MAX_BYTES: usize = 15_000;
    const LANGUAGES: [&str; 5] = ["de", "en", "es", "fr", "pt"];

    fn scripts() -> [(&'static str, String); 2] {
        [("widget.js", Script::widget()), ("form.js", Script::form())]
            .map(|(name, script)| (name, String::from_utf8(script.unwrap().text.to_vec()).unwrap()))
    }

    #[test]
    fn neither_weighs_much() {
        for (name, script) in [("widget.js", Script::widget()), ("form.js", Script::form())] {
            let bytes = script.unwrap().compressed.len();
            println!("{name}: {bytes} bytes in gzip");
            assert!(bytes < MAX_BYTES, "{name} has {bytes} bytes");
        }
    }

    #[test]
    fn nothing_is_done_that_a_strict_policy_forbids_or_that_runs_what_somebody_wrote() {
        let ways = [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "setTimeout(\"",
            ".style",
            "\"style\"",
            "createElement(\"script\")",
            "import(",
        ];
        for (name, script) in scripts() {
            for way in ways {
                assert!(!script.contains(way), "{name}: {way}");
            }
        }
    }

    #[test]
    fn nothing_is_called_that_old_libraries_replace() {
        let replaced =
            ["Array.from", "Object.keys", ".bind(", ".toJSON", ".each(", ".reduce(", ".collect(", ".select(", " in "];
        for (name, parts) in [("widget.js", vec![COMMON, TALK, PANEL]), ("form.js", vec![COMMON, FORM])] {
            for line in
                parts.iter().flat_map(|part| part.lines()).filter(|line| !line.trim_start().starts_with(['/', '*']))
            {
                for call in replaced {
                    assert!(!line.contains(call), "{name}: {call}: {line}");
                }
            }
            let encodings = parts.concat().matches("JSON.stringify").count();
            assert_eq!(encodings, 1, "{name}: what becomes JSON goes through `encode`");
        }
    }

    #[test]
    fn the_session_is_in_no_address_and_no_cookie() {
        let addresses: Vec<&str> = TALK.lines().filter(|line| line.contains("/webhooks/")).collect();
        assert_eq!(addresses.len(), 3);
        assert!(addresses.iter().all(|line| !line.contains("session") && !line.contains("known")), "{addresses:?}");
        assert!(TALK.contains("\"x-chat-session\": session().id"));
        assert!(scripts().iter().all(|(_, script)| !script.contains("cookie")));
    }

    #[test]
    fn every_gap_of_the_parts_is_filled() {
        for (name, script) in scripts() {
            assert!(!script.contains("__S") && !script.contains("__N"), "{name}");
        }
        assert!(!STYLE.contains(['`', '\\']) && !STYLE.contains("${"), "it becomes a literal of the script");
    }

    #[test]
    fn all_words_are_there_in_five_languages_and_no_other() {
        for (words, script) in [(WIDGET_WORDS, PANEL), (FORM_WORDS, FORM)] {
            let table: Value = serde_json::from_str(words).unwrap();
            let names = |language: &str| -> BTreeSet<String> {
                let words = table[language].as_object().unwrap();
                assert!(words.values().all(|text| text.as_str().is_some_and(|text| !text.is_empty())), "{language}");
                words.keys().cloned().collect()
            };
            let languages: BTreeSet<&str> = table.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(languages, BTreeSet::from(LANGUAGES));
            for language in LANGUAGES {
                assert_eq!(names(language), names("en"), "{language}");
            }
            let used = script
                .split("words.")
                .skip(1)
                .map(|rest| rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap().to_owned());
            for name in used {
                assert!(names("en").contains(&name), "the script says words.{name}");
            }
            for name in names("en") {
                let is_used = script.contains(&format!("words.{name}"))
                    || [TALK, script].concat().contains(&format!("\"{name}\""));
                assert!(is_used, "nothing says {name:?}");
            }
        }
    }
}
