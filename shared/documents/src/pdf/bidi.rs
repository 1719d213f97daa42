//! Characters from left to right, as they are on the page, in the order in which they are read.

/// Whether a text is of a script that is written from right to left.
pub(super) fn is_rtl(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// What goes from left to right in any script: Latin letters, and digits, also those of Arabic.
fn is_ltr(text: &str) -> bool {
    text.chars()
        .any(|c| (c.is_alphanumeric() && !is_rtl(c.encode_utf8(&mut [0; 4]))) || matches!(c, '٠'..='٩' | '۰'..='۹'))
}

/// Puts the characters of a line into the order of reading. Nothing changes in a line without letters from right to left.
pub(super) fn logical(units: &[&str]) -> String {
    let rtl = units.iter().filter(|unit| is_rtl(unit) && !is_ltr(unit)).count();
    if rtl == 0 {
        return units.concat();
    }
    let ltr = units.iter().filter(|unit| is_ltr(unit) && unit.chars().any(char::is_alphabetic)).count();
    // The direction of the line is that of most of its letters; runs of the other one keep their inner order.
    let runs = runs(units, rtl >= ltr);
    let mut out = String::new();
    let mut write = |run: &Run<'_>| match run.is_rtl {
        true => run.units.iter().rev().for_each(|unit| out.push_str(mirrored(unit))),
        false => run.units.iter().for_each(|unit| out.push_str(unit)),
    };
    if rtl >= ltr {
        runs.iter().rev().for_each(&mut write);
    } else {
        runs.iter().for_each(&mut write);
    }
    out
}

struct Run<'u> {
    units: Vec<&'u str>,
    is_rtl: bool,
}

/// Pieces of one direction. What has none, as a space, goes with its neighbours where both agree, else with the line.
fn runs<'u>(units: &[&'u str], line_is_rtl: bool) -> Vec<Run<'u>> {
    let strong = |unit: &&str| match (is_ltr(unit), is_rtl(unit)) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    };
    let mut after: Vec<Option<bool>> = Vec::with_capacity(units.len());
    let mut next = None;
    for unit in units.iter().rev() {
        next = strong(unit).or(next);
        after.push(next);
    }
    after.reverse();
    let mut runs: Vec<Run<'u>> = Vec::new();
    let mut before = None;
    for (unit, after) in units.iter().zip(after) {
        let own = strong(unit);
        let is_rtl = own.unwrap_or(if before == after { before.unwrap_or(line_is_rtl) } else { line_is_rtl });
        before = own.or(before);
        match runs.last_mut().filter(|run| run.is_rtl == is_rtl) {
            Some(run) => run.units.push(unit),
            None => runs.push(Run { units: vec![unit], is_rtl }),
        }
    }
    runs
}

/// A bracket that opens to the left on the page opens to the right in the text.
fn mirrored(unit: &str) -> &str {
    match unit {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        other => other,
    }
}
