//! Small rules that several routes share.

use domain::Failure;
use domain::failure::Rejection;

/// The longest name of a key, in characters.
const MAX_NAME: usize = 80;

/// Refuses an invalid name.
pub(crate) fn check_name(name: &str) -> Result<(), Failure> {
    let sound = !name.trim().is_empty() && name.chars().count() <= MAX_NAME;
    if sound { Ok(()) } else { Err(Failure::invalid("name", format!("name must be 1 to {MAX_NAME} characters"))) }
}

/// A 409 that names the field at fault.
pub(crate) fn taken(field: &str, message: impl Into<String>) -> Failure {
    Failure::Rejected { kind: Rejection::Conflict, field: Some(field.to_owned()), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_1_to_80_characters_and_not_only_spaces() {
        for good in ["a", "Website", &"é".repeat(80)] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        for bad in ["", "  ", &"é".repeat(81)] {
            assert!(matches!(check_name(bad), Err(Failure::Rejected { field: Some(field), .. }) if field == "name"));
        }
    }
}
