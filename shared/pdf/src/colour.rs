//! The colour of a business on paper.

use colour::Colour;

/// Where a business has no colour, or none that can be read.
const PLAIN: Colour = Colour([0x1f, 0x3a, 0x5f]);

/// The colour that a document uses for `#RRGGBB`: it, or the nearest darker one that is readable with white.
pub(crate) fn readable(own: Option<&str>) -> String {
    own.and_then(Colour::read).unwrap_or(PLAIN).against(&[Colour::WHITE], 0).hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_colour_is_the_plain_one_and_a_pale_one_gets_darker() {
        for wrong in [None, Some("red"), Some("#12345"), Some("#eval(\"1\")")] {
            assert_eq!(readable(wrong), PLAIN.hex());
        }
        assert_eq!(readable(Some("#1a4d8f")), "#1a4d8f");
        let shown = Colour::read(&readable(Some("#F2A900"))).unwrap();
        assert!(shown.contrast(Colour::WHITE) >= colour::READABLE);
    }
}
