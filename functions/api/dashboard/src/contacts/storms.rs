//! Which storms may have caused a customer's damage: a table of NOAA's Storm Events is looked through around the house. Nothing is stored.

use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::settings::fields::{choice, line, lines};
use crate::words::Words;

/// What something may be damaged by, as the API takes it.
const DAMAGES: [&str; 3] = ["hail", "wind", "water"];
/// The figures of an answer, and their words.
const FIGURES: [(&str, &str); 4] = [
    ("read", "storms-read"),
    ("storms", "storms-fit"),
    ("without_place", "storms-without-place"),
    ("unreadable", "storms-unreadable"),
];

/// The form, and where `storms.js` puts what the table says. Where the house is is taken from the contact's fields of these names, else it
/// is asked for.
pub(super) fn form(words: &Words, fields: &BTreeMap<String, String>) -> Markup {
    let known = |name: &str| fields.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    let degrees = |label: &str, name: &'static str| {
        line(label, name, known(name))
            .reads("degrees")
            .wrong("storms-degrees-wrong")
            .required()
            .within("storm-")
            .show(words)
    };
    let damages = DAMAGES.map(|damage| (damage.to_owned(), words.value("storm-damage", &damage))).to_vec();
    html! {
        p.quiet { (words.t("storms-text")) }
        form method="post" data-call="POST /v1/campaigns/storm-evidence" data-storms="storms-told" data-reveal="storms-read" data-field="read"
            data-done=(words.t("done-storms")) {
            (choice("storms-damage", "damage", damages, "hail").within("storm-").show(words))
            (line("storms-noticed", "noticed", "").kind("date").required().within("storm-").show(words))
            (degrees("storms-latitude", "latitude"))
            (degrees("storms-longitude", "longitude"))
            div.field {
                label for="storms-file" { (words.t("storms-file")) }
                input #storms-file type="file" accept=".csv,text/csv,text/plain" data-fills="storm-csv" aria-describedby="storms-file-problem";
                p.problem #storms-file-problem {}
            }
            (lines("storms-csv", "csv", "").rows(4).required().within("storm-").show(words))
            button type="submit" { (words.t("do-storms")) }
            p.problem role="alert" {}
        }
        div #storms-told role="status" hidden {
            dl {
                @for (figure, label) in FIGURES {
                    dt { (words.t(label)) }
                    dd id=(format!("storms-{figure}")) data-figure=(figure) {}
                }
            }
            p.empty data-none { (words.t("storms-none")) }
            // What the table says is told in its own words, for an insurer.
            ul.entries lang="en" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::tags;
    use axum::http::HeaderMap;
    use axum::http::header::ACCEPT_LANGUAGE;
    use serde_json::Value;

    fn shown(language: &'static str, fields: &[(&str, &str)]) -> String {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]);
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form(crate::words::accepted(&headers), &fields).into_string()
    }

    #[test]
    fn where_the_house_is_comes_from_the_contacts_fields_or_is_asked_for() {
        let value = |page: &str, id: &str| {
            let tags = tags(page);
            let (_, field) = tags.iter().find(|(_, field)| field.get("id").is_some_and(|own| own == id)).unwrap();
            (field["value"].clone(), field.contains_key("required"))
        };
        let known = shown("en", &[("latitude", " 39.74 "), ("longitude", "-104.99"), ("gate", "4711")]);
        assert_eq!(value(&known, "storm-latitude"), ("39.74".to_owned(), true));
        assert_eq!(value(&known, "storm-longitude"), ("-104.99".to_owned(), true));
        assert_eq!(value(&shown("en", &[]), "storm-latitude"), (String::new(), true));
    }

    #[test]
    fn it_asks_what_the_api_takes_and_has_words_in_every_language() {
        let document: Value = serde_json::from_str(&std::fs::read_to_string("../docs/openapi.json").unwrap()).unwrap();
        let schemas = &document["components"]["schemas"];
        let asked: Vec<&str> = schemas["StormQuestion"]["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        assert!(document["paths"]["/v1/campaigns/storm-evidence"]["post"].is_object());
        assert_eq!(schemas["StormDamage"]["enum"], serde_json::json!(DAMAGES));
        for (figure, _) in FIGURES {
            assert!(schemas["StormEvidence"]["properties"][figure].is_object(), "{figure}");
        }
        let titles = ["en", "es", "fr", "de", "pt"].map(|language| {
            let page = shown(language, &[]);
            let tags = tags(&page);
            for name in &asked {
                assert!(tags.iter().any(|(_, field)| field.get("name").is_some_and(|own| own == name)), "{name}");
            }
            // Where there are no words, their name is shown.
            for text in page.split(['<', '>']).skip(2).step_by(2) {
                assert!(!text.starts_with("storm") && !text.starts_with("do-"), "{language}: {text}");
            }
            page
        });
        assert!(titles.iter().skip(1).all(|page| *page != titles[0]));
    }
}
