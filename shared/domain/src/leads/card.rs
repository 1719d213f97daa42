//! What the staff of a business keep of a contact beside what the contact said: tags, and fields of their own.

use jiff::Timestamp;
use language::Words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::Failure;

/// The most tags of a contact.
const MAX_TAGS: usize = 50;
/// The longest tag, in characters.
pub const MAX_TAG_CHARS: usize = 40;
/// The most fields of a contact.
const MAX_FIELDS: usize = 50;
/// The longest name of a field, in characters.
const MAX_KEY_CHARS: usize = 40;
/// The longest value of a field, in characters.
const MAX_VALUE_CHARS: usize = 500;

/// What the staff keep of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Card {
    /// Words to find contacts by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub tags: Vec<String>,
    /// The business's own fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// When the staff last changed the contact (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
}

impl Card {
    /// Whether the staff keep nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The card of two contacts that turned out to be one person: what is on this one stays, the other one fills gaps.
    pub fn merge(&mut self, other: &Self) {
        for tag in &other.tags {
            let is_there = self.tags.iter().any(|known| folded(known) == folded(tag));
            if !is_there && self.tags.len() < MAX_TAGS {
                self.tags.push(tag.clone());
            }
        }
        for (key, value) in &other.fields {
            if self.fields.len() < MAX_FIELDS {
                self.fields.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        self.changed_at = self.changed_at.max(other.changed_at);
    }
}

/// What tells two tags apart: their words, however they are capitalised and accented.
#[must_use]
pub(super) fn folded(tag: &str) -> String {
    Words::new(tag).iter().collect::<Vec<_>>().join(" ")
}

/// Tags as they are kept: trimmed, each once.
///
/// # Errors
/// [`Failure::Rejected`] naming the tag.
pub(super) fn checked_tags(given: &[String]) -> Result<Vec<String>, Failure> {
    let too_many = || Failure::invalid("tags", format!("a contact may have at most {MAX_TAGS} tags"));
    if given.len() > 2 * MAX_TAGS {
        return Err(too_many());
    }
    let mut tags: Vec<String> = Vec::new();
    for (index, tag) in given.iter().enumerate() {
        let tag = tag.trim();
        let fits = (1..=MAX_TAG_CHARS).contains(&tag.chars().count());
        if !fits || tag.contains(char::is_control) || folded(tag).is_empty() {
            let what = format!("a tag must be 1 to {MAX_TAG_CHARS} characters, with a letter or digit among them");
            return Err(Failure::invalid(format!("tags[{index}]"), what));
        }
        if !tags.iter().any(|known| folded(known) == folded(tag)) {
            tags.push(tag.to_owned());
        }
    }
    if tags.len() > MAX_TAGS { Err(too_many()) } else { Ok(tags) }
}

/// `fields` with `patch` applied (RFC 7396): null takes a field away.
///
/// # Errors
/// [`Failure::Rejected`] naming the field.
pub(super) fn patched_fields(
    fields: &BTreeMap<String, String>,
    patch: &BTreeMap<String, Option<String>>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut after = fields.clone();
    for (key, value) in patch {
        let is_sign = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
        if !(1..=MAX_KEY_CHARS).contains(&key.len()) || !key.bytes().all(is_sign) {
            let what = format!("the name of a field must be 1 to {MAX_KEY_CHARS} of a-z, 0-9 and _");
            return Err(Failure::invalid("fields", what));
        }
        match value {
            None => after.remove(key),
            Some(value) if value.chars().count() <= MAX_VALUE_CHARS => after.insert(key.clone(), value.clone()),
            Some(_) => {
                let what = format!("the value of a field may have at most {MAX_VALUE_CHARS} characters");
                return Err(Failure::invalid(format!("fields.{key}"), what));
            }
        };
    }
    if after.len() > MAX_FIELDS {
        return Err(Failure::invalid("fields", format!("a contact may have at most {MAX_FIELDS} fields")));
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    fn texts(given: &[&str]) -> Vec<String> {
        given.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_tag_is_kept_once_as_it_was_written_first() {
        let tags = checked_tags(&texts(&[" VIP ", "vip", "Señor", "senor", "A/C"])).unwrap();
        assert_eq!(tags, ["VIP", "Señor", "A/C"]);
    }

    #[test]
    fn a_tag_that_no_one_could_look_for_is_refused_by_its_place() {
        for wrong in ["", "  ", "!?", "line\nbreak", &"x".repeat(41)] {
            assert_eq!(field_of(checked_tags(&texts(&["fine", wrong]))), "tags[1]", "{wrong:?}");
        }
        assert!(checked_tags(&texts(&[&"é".repeat(40)])).is_ok(), "characters are counted, not bytes");
        let many: Vec<String> = (0..=MAX_TAGS).map(|n| format!("tag {n}")).collect();
        assert_eq!(field_of(checked_tags(&many)), "tags");
        assert_eq!(checked_tags(&many[1..]).unwrap().len(), MAX_TAGS);
    }

    #[test]
    fn a_patch_sets_the_fields_it_names_takes_away_what_is_null_and_leaves_the_others() {
        let fields = BTreeMap::from([("gate".to_owned(), "4711".to_owned()), ("dog".to_owned(), "yes".to_owned())]);
        let patch = BTreeMap::from([("gate".to_owned(), None), ("roof_age".to_owned(), Some("12".to_owned()))]);
        let after = patched_fields(&fields, &patch).unwrap();
        let expected = [("dog".to_owned(), "yes".to_owned()), ("roof_age".to_owned(), "12".to_owned())];
        assert_eq!(after, BTreeMap::from(expected));
        assert_eq!(patched_fields(&after, &patch).unwrap(), after, "the same patch again changes nothing");
    }

    #[test]
    fn a_field_that_does_not_fit_is_named() {
        let set = |key: &str, value: &str| {
            patched_fields(&BTreeMap::new(), &BTreeMap::from([(key.to_owned(), Some(value.to_owned()))]))
        };
        for wrong in ["", "Gate", "a b", "é", &"k".repeat(41)] {
            assert_eq!(field_of(set(wrong, "x")), "fields", "{wrong:?}");
        }
        assert_eq!(field_of(set("gate", &"x".repeat(501))), "fields.gate");
        assert!(set(&"k".repeat(40), &"é".repeat(500)).is_ok());
        let full: BTreeMap<String, String> = (0..MAX_FIELDS).map(|n| (format!("f{n}"), String::new())).collect();
        let one_more = BTreeMap::from([("more".to_owned(), Some(String::new()))]);
        assert_eq!(field_of(patched_fields(&full, &one_more)), "fields");
    }

    #[test]
    fn of_two_cards_the_first_stands_and_the_other_fills_gaps() {
        let card = |tags: &[&str], value: &str| Card {
            tags: texts(tags),
            fields: BTreeMap::from([("gate".to_owned(), value.to_owned()), (value.to_owned(), "x".to_owned())]),
            ..Card::default()
        };
        let mut first = card(&["VIP"], "one");
        first.merge(&card(&["vip", "slow payer"], "two"));
        assert_eq!(first.tags, ["VIP", "slow payer"]);
        assert_eq!(first.fields["gate"], "one");
        assert_eq!(first.fields.len(), 3);
    }
}
