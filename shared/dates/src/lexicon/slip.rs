//! Slips in names of days and months that are forgiven.

/// A name is known in spite of a slip from so many letters on.
pub(super) const MIN_MISSPELT: usize = 6;

/// With another letter in it, from so many on: "dominio" is no Sunday.
pub(super) const MIN_OTHER_LETTER: usize = 8;

/// One letter more, less or other, or two neighbours changed about; the first is right.
pub(super) fn is_one_slip(right: &[u8], written: &[u8]) -> bool {
    if right.first() != written.first() || right.len().abs_diff(written.len()) > 1 {
        return false;
    }
    let same = right.iter().zip(written).take_while(|(a, b)| a == b).count();
    let right = right.get(same..).unwrap_or_default();
    let written = written.get(same..).unwrap_or_default();
    match (right, written) {
        // A letter more at the end makes another word: "Montage", "Augusta".
        ([], written) => written.is_empty(),
        (_, []) => true,
        ([a, b, right @ ..], [c, d, written @ ..]) if (a, b) == (d, c) && right == written => true,
        ([_, after_right @ ..], [_, after_written @ ..]) => {
            let is_long = same + right.len() >= MIN_OTHER_LETTER;
            (is_long && after_right == after_written) || after_right == written || right == after_written
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (right, written, near) in [
            ("wednesday", "wendesday", true),
            ("tomorrow", "tommorrow", true),
            ("tomorrow", "tomorow", true),
            ("thursday", "thrusday", true),
            ("saturday", "satruday", true),
            ("november", "novemeber", true),
            ("friday", "fryday", false),
            ("saturday", "saterday", true),
            ("friday", "frydai", false),
            ("monday", "sunday", false),
        ] {
            assert_eq!(is_one_slip(right.as_bytes(), written.as_bytes()), near, "{written}");
        }
    }
}
