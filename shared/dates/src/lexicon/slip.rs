//! Slips in names of days and months, and in longer words of time, that are forgiven.

/// A name is known in spite of a slip from so many letters on.
const MIN_MISSPELT: usize = 6;
/// With another letter that sounds alike, from so many on: "lunez", "juebes".
const MIN_ALIKE: usize = 5;
/// With any other letter in it: "dominio" is no Sunday.
const MIN_OTHER_LETTER: usize = 8;
/// With two slips: "wendsday".
const MIN_TWO_SLIPS: usize = 9;
/// Words that are no names are known in spite of a slip from so many letters on.
pub(super) const MIN_WORD: usize = 7;

/// Letters that are written for each other.
const ALIKE: [(u8, u8); 6] = [(b'b', b'v'), (b's', b'z'), (b's', b'c'), (b'c', b'k'), (b'i', b'y'), (b'g', b'j')];

/// Whether `written` is `right` with a slip in it, or with two if it is long; the first letter is right.
pub(super) fn is_slip(right: &str, written: &str) -> bool {
    let (right, written) = (right.as_bytes(), written.as_bytes());
    if right.first() != written.first() || right.len().abs_diff(written.len()) > 2 || right.len() < MIN_ALIKE {
        return false;
    }
    if right.len() >= MIN_TWO_SLIPS && right.len() >= written.len() && slips(right, written) <= 2 {
        return true;
    }
    (right.len() >= MIN_MISSPELT && is_one_slip(right, written)) || is_one_alike(right, written)
}

/// One letter more, less or other, or two neighbours changed about.
fn is_one_slip(right: &[u8], written: &[u8]) -> bool {
    let same = right.iter().zip(written).take_while(|(a, b)| a == b).count();
    let right = right.get(same..).unwrap_or_default();
    let written = written.get(same..).unwrap_or_default();
    match (right, written) {
        // A letter more at the end makes another word: "Montage", "Augusta".
        ([], _) => false,
        ([_], []) => true,
        ([a, b, right @ ..], [c, d, written @ ..]) if (a, b) == (d, c) && right == written => true,
        ([_, after_right @ ..], [_, after_written @ ..]) => {
            let is_long = same + right.len() >= MIN_OTHER_LETTER;
            (is_long && after_right == after_written) || after_right == written || right == after_written
        }
        _ => false,
    }
}

/// One letter is another that sounds alike.
fn is_one_alike(right: &[u8], written: &[u8]) -> bool {
    let mut other = right.iter().zip(written).filter(|(a, b)| a != b);
    let is_alike = |(a, b): (&u8, &u8)| ALIKE.contains(&(*a, *b)) || ALIKE.contains(&(*b, *a));
    right.len() == written.len() && other.next().is_some_and(is_alike) && other.next().is_none()
}

/// How many letters are more, less or other.
fn slips(right: &[u8], written: &[u8]) -> usize {
    let mut before: Vec<usize> = (0..=written.len()).collect();
    for (row, a) in right.iter().enumerate() {
        let mut now = Vec::with_capacity(before.len());
        now.push(row + 1);
        for (b, pair) in written.iter().zip(before.windows(2)) {
            let (diagonal, above) = match pair {
                [diagonal, above] => (*diagonal, *above),
                _ => continue,
            };
            let left = now.last().copied().unwrap_or_default();
            now.push((diagonal + usize::from(a != b)).min(above + 1).min(left + 1));
        }
        before = now;
    }
    before.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        for (right, written, near) in [
            ("wednesday", "wendesday", true),
            ("wednesday", "wendsday", true),
            ("wednesday", "wednes", false),
            ("tomorrow", "tommorrow", true),
            ("tomorrow", "tomorow", true),
            ("thursday", "thrusday", true),
            ("saturday", "satruday", true),
            ("november", "novemeber", true),
            ("friday", "fryday", true),
            ("saturday", "saterday", true),
            ("friday", "frydai", false),
            ("monday", "sunday", false),
            ("sabado", "savado", true),
            ("sabado", "sabdo", true),
            ("jueves", "juebes", true),
            ("lunes", "lunez", true),
            ("lunes", "lunas", false),
            ("montag", "montage", false),
            ("august", "augusta", false),
            ("september", "sepulcher", false),
        ] {
            assert_eq!(is_slip(right, written), near, "{written}");
        }
    }
}
