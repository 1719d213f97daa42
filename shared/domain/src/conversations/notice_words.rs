//! The words of mails to staff, in the five languages that Porchlight speaks: a file each, a line for each thing that is said. They are in
//! the language of the business, as the other mails to its people are.

use serde::Serialize;

use super::NoticeKind;
use crate::tenancy::Language;

/// English first: the last resort.
const FILES: [(&str, &str); 5] = [
    ("en", include_str!("notice_words/en.txt")),
    ("es", include_str!("notice_words/es.txt")),
    ("fr", include_str!("notice_words/fr.txt")),
    ("de", include_str!("notice_words/de.txt")),
    ("pt", include_str!("notice_words/pt.txt")),
];

/// What the line `key` says in `language`, with these values in the place of their names.
pub(crate) fn say(language: &Language, key: &str, values: &[(&str, &str)]) -> String {
    let [(_, english), ..] = FILES;
    let file = FILES.iter().find(|(code, _)| *code == language.as_str()).map_or(english, |(_, file)| file);
    let mut pieces = line(file, key).split('{');
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for (name, rest) in pieces.filter_map(|piece| piece.split_once('}')) {
        said.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        said.push_str(rest);
    }
    said
}

/// The subject of a mail to staff about a conversation.
#[must_use]
pub fn subject(kind: NoticeKind, business: &str, language: &Language) -> String {
    say(language, &format!("subject-{}", name(&kind)), &[("business", business)])
}

/// The subject of a mail to someone who is mentioned in a note on a contact.
#[must_use]
pub fn subject_of_contact(business: &str, language: &Language) -> String {
    say(language, "subject-mentioned-contact", &[("business", business)])
}

/// A kind or a reason, as JSON has it.
pub(crate) fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn line<'a>(file: &'a str, key: &str) -> &'a str {
    let mut lines = file.lines().filter_map(|line| line.split_once(" = "));
    lines.find(|(name, _)| *name == key).map_or("", |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversations::EscalationReason;
    use std::collections::BTreeSet;

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_language_says_the_same_things_in_words_of_its_own() {
        let [(_, english), others @ ..] = FILES;
        let keys =
            |file: &'static str| -> Vec<&str> { file.lines().map(|line| line.split_once(" = ").unwrap().0).collect() };
        for (code, file) in others {
            assert_eq!(keys(file), keys(english), "{code}");
            for key in keys(english) {
                let (own, theirs) = (line(file, key), line(english, key));
                assert_eq!(names(own), names(theirs), "{code} {key}");
                assert!(own != theirs || (code, key) == ("fr", "conversation"), "{code} {key} is English");
            }
        }
    }

    /// All that a value of this type can be, as the message of a refused one lists them.
    fn all<T: serde::de::DeserializeOwned>() -> Vec<String> {
        let refused = serde_json::from_value::<T>("?".into()).err().unwrap().to_string();
        refused.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_kind_has_a_subject_and_every_reason_its_words() {
        let (kinds, reasons) = (all::<NoticeKind>(), all::<EscalationReason>());
        assert!(kinds.contains(&"hot_lead".to_owned()) && reasons.contains(&"unsure".to_owned()));
        for (code, file) in FILES {
            let language = Language::new(code).unwrap();
            for kind in &kinds {
                let kind = serde_json::from_value(kind.as_str().into()).unwrap();
                let subject = subject(kind, "Bolt {who}", &language);
                assert!(subject.contains("Bolt {who}") && subject.chars().count() < 78, "{subject}");
            }
            for reason in &reasons {
                assert!(!line(file, &format!("reason-{reason}")).is_empty(), "{code} {reason}");
            }
        }
        assert_eq!(say(&Language::new("nl").unwrap(), "time", &[]), "a time");
    }
}
