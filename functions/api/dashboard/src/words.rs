//! The words of the pages, by language: Project Fluent's catalogues in `words/`, with their plurals. Those of the inbox, of the
//! calendar, of the owner's pages, of knowledge, of benchmarks, of campaigns, of stock, of prompts, of training and of spend have files of their own.
//!
//! A page is in the language that its reader's browser asks for first among those there are; where it asks for none of them, in English.

use axum::http::HeaderMap;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The languages of the pages, each with its catalogues.
const CATALOGUES: [(&str, [&str; 11]); 5] = [
    (
        "en",
        [
            include_str!("words/en.ftl"),
            include_str!("words/inbox.en.ftl"),
            include_str!("words/calendar.en.ftl"),
            include_str!("words/owner.en.ftl"),
            include_str!("words/knowledge.en.ftl"),
            include_str!("words/benchmarks.en.ftl"),
            include_str!("words/campaigns.en.ftl"),
            include_str!("words/inventory.en.ftl"),
            include_str!("words/prompts.en.ftl"),
            include_str!("words/training.en.ftl"),
            include_str!("words/spend.en.ftl"),
        ],
    ),
    (
        "es",
        [
            include_str!("words/es.ftl"),
            include_str!("words/inbox.es.ftl"),
            include_str!("words/calendar.es.ftl"),
            include_str!("words/owner.es.ftl"),
            include_str!("words/knowledge.es.ftl"),
            include_str!("words/benchmarks.es.ftl"),
            include_str!("words/campaigns.es.ftl"),
            include_str!("words/inventory.es.ftl"),
            include_str!("words/prompts.es.ftl"),
            include_str!("words/training.es.ftl"),
            include_str!("words/spend.es.ftl"),
        ],
    ),
    (
        "fr",
        [
            include_str!("words/fr.ftl"),
            include_str!("words/inbox.fr.ftl"),
            include_str!("words/calendar.fr.ftl"),
            include_str!("words/owner.fr.ftl"),
            include_str!("words/knowledge.fr.ftl"),
            include_str!("words/benchmarks.fr.ftl"),
            include_str!("words/campaigns.fr.ftl"),
            include_str!("words/inventory.fr.ftl"),
            include_str!("words/prompts.fr.ftl"),
            include_str!("words/training.fr.ftl"),
            include_str!("words/spend.fr.ftl"),
        ],
    ),
    (
        "de",
        [
            include_str!("words/de.ftl"),
            include_str!("words/inbox.de.ftl"),
            include_str!("words/calendar.de.ftl"),
            include_str!("words/owner.de.ftl"),
            include_str!("words/knowledge.de.ftl"),
            include_str!("words/benchmarks.de.ftl"),
            include_str!("words/campaigns.de.ftl"),
            include_str!("words/inventory.de.ftl"),
            include_str!("words/prompts.de.ftl"),
            include_str!("words/training.de.ftl"),
            include_str!("words/spend.de.ftl"),
        ],
    ),
    (
        "pt",
        [
            include_str!("words/pt.ftl"),
            include_str!("words/inbox.pt.ftl"),
            include_str!("words/calendar.pt.ftl"),
            include_str!("words/owner.pt.ftl"),
            include_str!("words/knowledge.pt.ftl"),
            include_str!("words/benchmarks.pt.ftl"),
            include_str!("words/campaigns.pt.ftl"),
            include_str!("words/inventory.pt.ftl"),
            include_str!("words/prompts.pt.ftl"),
            include_str!("words/training.pt.ftl"),
            include_str!("words/spend.pt.ftl"),
        ],
    ),
];

static ALL: [LazyLock<Words>; 5] = [
    LazyLock::new(|| Words::read(0)),
    LazyLock::new(|| Words::read(1)),
    LazyLock::new(|| Words::read(2)),
    LazyLock::new(|| Words::read(3)),
    LazyLock::new(|| Words::read(4)),
];

/// What each rule of the gate has against a message, by language. In English its own sentence says it, and says more.
static GATE: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("words/gate.json")).unwrap_or_default());

/// The words of one language.
pub(crate) struct Words {
    /// Its code, such as `en`.
    pub(crate) language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.language)
    }
}

/// The words of the language that a request asks for.
pub(crate) fn accepted(headers: &HeaderMap) -> &'static Words {
    let known = |code: &str| CATALOGUES.iter().position(|(language, _)| *language == code);
    let first = runtime::http::languages(headers).into_iter().find_map(known).unwrap_or(0);
    ALL.get(first).unwrap_or(&ALL[0])
}

impl Words {
    fn read(index: usize) -> Self {
        let (language, texts) = CATALOGUES.get(index).copied().unwrap_or(CATALOGUES[0]);
        let locale = LanguageIdentifier::from_bytes(language.as_bytes()).unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // What is put in is text of people, marked off by its own element where direction matters.
        bundle.set_use_isolating(false);
        for text in texts {
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
                let errors = errors.len();
                tracing::error!(language, errors, "a catalogue of the pages has lines that cannot be read");
                resource
            });
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The words of that name.
    pub(crate) fn t(&self, id: &str) -> String {
        self.format(id, None).unwrap_or_else(|| id.to_owned())
    }

    /// The words of that name with `value` in the place of `{ $name }`.
    pub(crate) fn with<'a>(&self, id: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set(name, value);
        self.format(id, Some(&arguments)).unwrap_or_else(|| id.to_owned())
    }

    /// The words of that name with all of `arguments` in their places.
    pub(crate) fn say(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
        self.format(id, Some(arguments)).unwrap_or_else(|| id.to_owned())
    }

    /// What that rule of the gate has against a message.
    pub(crate) fn rule(&self, id: &str) -> Option<&'static str> {
        GATE.get(id)?.get(self.language).map(String::as_str)
    }

    /// What people call the value of an enumeration: the words named `prefix-value`. A value that is newer than the catalogues
    /// is shown by its own name.
    pub(crate) fn value(&self, prefix: &str, value: &impl Serialize) -> String {
        let name = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(ToOwned::to_owned));
        let name = name.unwrap_or_default();
        self.format(&format!("{prefix}-{}", name.replace(['_', '.'], "-")), None)
            .unwrap_or_else(|| name.replace(['_', '.'], " "))
    }

    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::ACCEPT_LANGUAGE;
    use domain::tenancy::usage::Feature;
    use std::collections::BTreeSet;
    use std::path::PathBuf;
    use utoipa::PartialSchema;

    /// The names in a catalogue with the arguments they take.
    fn entries(text: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut current = String::new();
        for line in text.lines() {
            if let Some((name, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                name.clone_into(&mut current);
                names.insert(current.clone());
            }
            for argument in line.split('$').skip(1) {
                let argument: String = argument.chars().take_while(char::is_ascii_alphanumeric).collect();
                names.insert(format!("{current} ${argument}"));
            }
        }
        names
    }

    fn english() -> BTreeSet<String> {
        entries(&CATALOGUES[0].1.join("\n"))
    }

    #[test]
    fn every_language_has_the_same_words_and_they_take_the_same_arguments() {
        let english = english();
        assert!(english.len() > 50);
        for (language, texts) in CATALOGUES {
            let mut bundle = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
            for text in texts {
                let resource = FluentResource::try_new(text.to_owned());
                assert!(resource.is_ok(), "{language} cannot be read");
                assert_eq!(bundle.add_resource(resource.unwrap()), Ok(()), "{language} has a name twice");
            }
            let other = entries(&texts.join("\n"));
            let difference: Vec<&String> = english.symmetric_difference(&other).collect();
            assert!(difference.is_empty(), "{language}: {difference:?}");
        }
    }

    #[test]
    fn every_rule_of_the_gate_has_its_reason_in_every_language_but_english() {
        let rules: BTreeSet<&str> = domain::journeys::gate::rule_ids().collect();
        assert_eq!(GATE.keys().map(String::as_str).collect::<BTreeSet<_>>(), rules);
        for (language, said) in (0..CATALOGUES.len()).map(|index| (CATALOGUES[index].0, Words::read(index))) {
            assert!(rules.iter().all(|rule| said.rule(rule).is_some() == (language != "en")), "{language}");
        }
    }

    #[test]
    fn every_feature_that_asks_models_has_its_word() {
        let schema = serde_json::to_value(<Feature as PartialSchema>::schema()).unwrap();
        let (english, features) = (english(), schema["enum"].as_array().unwrap());
        for feature in features {
            let name = format!("spend-feature-{}", feature.as_str().unwrap().replace('_', "-"));
            assert!(english.contains(&name), "{name}");
        }
        assert!(features.len() > 5, "{schema}");
    }

    #[test]
    fn every_name_that_a_page_asks_for_is_in_the_catalogue() {
        let english = english();
        let mut asked = 0;
        let (mut folders, mut sources) = (vec![PathBuf::from("src")], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { &mut folders } else { &mut sources }.push(path);
            }
        }
        sources
            .retain(|path| path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("words.rs"));
        for path in sources {
            let text = std::fs::read_to_string(&path).unwrap();
            for call in [
                ".t(\"",
                ".with(\"",
                "(line(\"",
                "(lines(\"",
                "(choice(\"",
                "(tick(\"",
                "(number(\"",
                "(spans(\"",
                ".hint(\"",
                ".wrong(\"",
            ] {
                for name in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                    asked += 1;
                    assert!(english.contains(name), "{}: {name}", path.display());
                }
            }
        }
        assert!(asked > 50, "{asked}");
    }

    #[test]
    fn the_language_is_the_first_that_is_asked_for_and_known() {
        let asks = |text: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, text.parse().unwrap())]);
            accepted(&headers).language
        };
        assert_eq!(asks("pt-BR,pt;q=0.9,en;q=0.8"), "pt");
        assert_eq!(asks("nl, en;q=0.3, de;q=0.7"), "de");
        assert_eq!(asks("nl;q=x, tlh"), "en");
        assert_eq!(asks("fr;q=0, es;q=0.1"), "es");
        assert_eq!(accepted(&HeaderMap::new()).language, "en");
    }

    #[test]
    fn numbers_choose_the_plural() {
        let words = Words::read(0);
        assert_eq!(words.with("minutes-waiting", "count", 1), "waiting for 1 minute");
        assert_eq!(words.with("minutes-waiting", "count", 5), "waiting for 5 minutes");
    }
}
