//! What the library would lose itself in when it opens a file.

use crate::Unreadable;
use crate::limits::Budget;

/// Refuses files that would be opened in the square of their size, or into a table of objects without end.
pub(super) fn check(bytes: &[u8], budget: &Budget<'_>) -> Result<(), Unreadable> {
    has_table_with_end(bytes)?;
    is_looked_through_once(bytes, budget)
}

/// A table of objects in a stream says how long its entries are: `/W[1 2 1]`. With entries of no length it has as many as it says, four
/// thousand million if it likes.
fn has_table_with_end(bytes: &[u8]) -> Result<(), Unreadable> {
    for name in [b"/W".as_slice(), b"/#57"] {
        for at in memchr::memmem::find_iter(bytes, name) {
            let head = bytes.get(at + name.len()..bytes.len().min(at + 200)).unwrap_or_default().trim_ascii_start();
            let Some(widths) = head.strip_prefix(b"[") else { continue };
            let end = memchr::memchr(b']', widths);
            let inside = String::from_utf8_lossy(widths.get(..end.unwrap_or(widths.len())).unwrap_or_default());
            let numbers: Vec<&str> = inside.split_whitespace().collect();
            let is_zero = |number: &&str| number.parse::<f64>().is_ok_and(|number| number == 0.0);
            let is_small = |number: &&str| number.parse::<f64>().is_ok_and(|number| number <= 8.0);
            let is_endless = matches!(numbers.as_slice(), [a, b, c] if is_zero(a) && is_zero(b) && is_small(c));
            if is_endless || inside.contains('%') {
                return Err(Unreadable::Damaged);
            }
        }
    }
    Ok(())
}

/// How often the bytes of a file may be passed over while it is looked through.
const OFTEN: usize = 16;
/// Deeper objects are given up.
const MAX_DEPTH: usize = 512;

/// A file without a table of objects is looked through for them: from each place where one may begin to where it ends. An object that
/// does not end is passed over to the end of the file, and so is the next. This goes the same way, counting.
fn is_looked_through_once(bytes: &[u8], budget: &Budget<'_>) -> Result<(), Unreadable> {
    let most = bytes.len().saturating_mul(OFTEN).saturating_add(4_000_000);
    let mut passed = 0_usize;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let begins =
            rest.starts_with(b"<<") || bytes.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"obj"));
        if begins {
            let (length, is_whole) = skip(rest);
            passed = passed.saturating_add(length);
            budget.in_time()?;
            if passed > most {
                return Err(Unreadable::Damaged);
            }
            if is_whole {
                at += length.max(1);
                continue;
            }
        }
        let word = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        at += word + rest.get(word..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }
    Ok(())
}

/// How far an object reaches, and whether it ends.
fn skip(bytes: &[u8]) -> (usize, bool) {
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = match rest {
            [] => return (at, false),
            [b'<', b'<', ..] => {
                open.push(b'<');
                2
            }
            [b'>', b'>', ..] if open.last() == Some(&b'<') => {
                open.pop();
                2
            }
            [b'[', ..] => {
                open.push(b'[');
                1
            }
            [b']', ..] if open.last() == Some(&b'[') => {
                open.pop();
                1
            }
            [b'<', ..] => memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1),
            [b'(', ..] => string(rest),
            [b'%', ..] => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len()),
            _ => 1,
        };
        at += length;
        if open.is_empty() {
            return (at, length > 0 && at <= bytes.len());
        }
        if open.len() > MAX_DEPTH {
            return (at, false);
        }
    }
}

/// How far a string reaches, with the brackets inside of it.
fn string(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    bytes.len()
}
