//! A caller's own pairs on a thing, such as its number in another system. They are kept and given back to callers: nothing is decided by
//! them, no model gets them, and no customer sees them.

use std::collections::BTreeMap;

use crate::Failure;

/// The most pairs of a thing.
const MAX_PAIRS: usize = 20;
/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 40;
/// The longest value, in characters.
const MAX_VALUE_CHARS: usize = 500;

/// What changes of them: a value that is null or empty takes its pair away, and what is not named stays. `None` takes all away.
pub type MetadataChange = Option<BTreeMap<String, Option<String>>>;

/// `metadata` with `change`. The same change again changes nothing.
///
/// # Errors
/// [`Failure::Rejected`] naming `metadata`, which repeats no name of a pair.
pub fn changed(
    metadata: &BTreeMap<String, String>,
    change: &MetadataChange,
) -> Result<BTreeMap<String, String>, Failure> {
    let Some(change) = change else { return Ok(BTreeMap::new()) };
    let wrong = |what: String| Err(Failure::invalid("metadata", what));
    let mut after = metadata.clone();
    for (name, value) in change {
        if !(1..=MAX_NAME_CHARS).contains(&name.chars().count()) || name.contains(char::is_control) {
            return wrong(format!("a name in metadata must have 1 to {MAX_NAME_CHARS} characters in one line"));
        }
        match value.as_ref().filter(|value| !value.is_empty()) {
            None => after.remove(name),
            Some(value) if value.chars().count() <= MAX_VALUE_CHARS => after.insert(name.clone(), value.clone()),
            Some(_) => return wrong(format!("a value in metadata may have at most {MAX_VALUE_CHARS} characters")),
        };
    }
    if after.len() > MAX_PAIRS {
        return wrong(format!("metadata may have at most {MAX_PAIRS} pairs"));
    }
    Ok(after)
}

/// Adds pairs of `other` whose names are not there, as far as there is room.
pub(crate) fn fill(metadata: &mut BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    for (name, value) in other {
        if metadata.len() < MAX_PAIRS {
            metadata.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(given: &[(&str, &str)]) -> BTreeMap<String, String> {
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn change(given: &[(&str, Option<&str>)]) -> MetadataChange {
        Some(given.iter().map(|(name, value)| ((*name).to_owned(), value.map(ToOwned::to_owned))).collect())
    }

    #[test]
    fn a_pair_is_set_replaced_and_taken_away_and_the_others_stay() {
        let before = pairs(&[("crm", "1"), ("stays", "x"), ("goes", "y"), ("emptied", "z")]);
        let named =
            change(&[("crm", Some("2")), ("new", Some("n")), ("goes", None), ("emptied", Some("")), ("no", None)]);
        let after = changed(&before, &named).unwrap();
        assert_eq!(after, pairs(&[("crm", "2"), ("stays", "x"), ("new", "n")]));
        assert_eq!(changed(&after, &named).unwrap(), after, "again, it changes nothing");
        assert_eq!(changed(&after, &None).unwrap(), BTreeMap::new());
    }

    #[test]
    fn what_is_too_much_is_refused_and_its_name_is_not_repeated() {
        let many: BTreeMap<String, String> = (0..20).map(|n| (format!("n{n}"), "v".to_owned())).collect();
        let (longest, fits) = ("é".repeat(40), "é".repeat(500));
        assert!(changed(&BTreeMap::new(), &change(&[(&longest, Some(&fits))])).is_ok());
        assert!(changed(&many, &change(&[("n0", None), ("another", Some("v"))])).is_ok(), "one goes, one comes");
        let (long_name, long_value) = ("ana".repeat(14), "v".repeat(501));
        for (name, value) in [("", "v"), (&long_name, "v"), ("ana\n", "v"), ("ana", &long_value), ("ana", "v")] {
            let refused = changed(&many, &change(&[(name, Some(value))]));
            let Err(Failure::Rejected { field: Some(field), message, .. }) = refused else { panic!("{name} {value}") };
            assert!(field == "metadata" && !message.contains("ana"), "{message}");
        }
    }

    #[test]
    fn of_two_things_that_are_one_the_first_says_and_the_other_fills_gaps() {
        let mut metadata = pairs(&[("crm", "1")]);
        fill(
            &mut metadata,
            &(0..30).map(|n| (format!("n{n}"), "v".to_owned())).chain([("crm".to_owned(), "2".to_owned())]).collect(),
        );
        assert_eq!((metadata["crm"].as_str(), metadata.len()), ("1", 20));
    }
}
