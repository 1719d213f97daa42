//! What several handlers check and say.

use domain::Failure;

/// The most characters of a person's name.
const MAX_NAME: usize = 80;

/// A person's name: 1 to 80 characters on one line, without spaces around it.
///
/// # Errors
/// 400 naming `name`.
pub(crate) fn name(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if (1..=MAX_NAME).contains(&text.chars().count()) && !text.contains(char::is_control) {
        return Ok(text.to_owned());
    }
    Err(Failure::invalid("name", format!("a name has 1 to {MAX_NAME} characters on one line")))
}

/// A link that is not one of ours, was used, or came too late: which of them, no one is told.
pub(crate) fn link_is_void() -> Failure {
    Failure::invalid("token", "this link is wrong or has expired: ask for a new one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_80_characters() {
        assert_eq!(name("  Ana Flores "), Ok("Ana Flores".to_owned()));
        assert_eq!(name(&"ñ".repeat(80)), Ok("ñ".repeat(80)));
        for wrong in ["", "  ", "Ana\nFlores", "Ana\u{0}", &"n".repeat(81)] {
            let refused = name(wrong).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "name"), "{wrong:?}");
        }
    }
}
