//! CSV files (RFC 4180) as spreadsheets write them: their records, read from a piece of their bytes or from the whole.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;

/// So much of a file is read at once. A record that is longer is a mistake: a quotation mark that no one closed.
pub const PIECE_BYTES: usize = 256 * 1024;
/// What separates cells, where the head does not say otherwise.
const COMMA: u8 = b',';
/// So many records of one piece may be without an end. Each is read to the end of the piece: a file of nothing else would take days.
const MAX_UNCLOSED: usize = 10;

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// The byte that comes next.
    pub offset: u64,
    /// The line that begins there.
    pub line: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { offset: 0, line: 1 }
    }
}

impl Place {
    /// After so many bytes, with so many line feeds among them.
    pub(crate) fn after(self, bytes: usize, lines: u64) -> Self {
        Self { offset: self.offset.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX)), line: self.line + lines }
    }
}

/// A record, and the line that it begins at.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) cells: Result<Vec<String>, Failure>,
}

/// The first records of `bytes`, which begin at `from`, and where reading goes on. Empty lines are no records.
/// `is_end`: the file ends with these bytes. After [`MAX_UNCLOSED`] records without an end, the rest of `bytes` is one of them.
pub(crate) fn records(bytes: &[u8], from: Place, separator: u8, is_end: bool, most: usize) -> (Vec<Record>, Place) {
    let (mut records, mut place, mut rest, mut unclosed) = (Vec::new(), from, bytes, 0);
    while records.len() < most && !rest.is_empty() {
        let line = place.line;
        let (read, lines) = match record(rest, separator, is_end) {
            Some((cells, read, lines)) => {
                if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                    let cells: Result<Vec<String>, _> = cells.into_iter().map(String::from_utf8).collect();
                    let what = "this line is not UTF-8: save the file as \"CSV UTF-8\"";
                    records.push(Record { line, cells: cells.map_err(|_| Failure::invalid("csv", what)) });
                }
                (read, lines)
            }
            // Also the next ones in the first half of a piece: whatever is told, half a piece is read or `most` records.
            None if is_end || rest.len() == bytes.len() || (unclosed > 0 && rest.len() * 2 >= bytes.len()) => {
                unclosed += 1;
                let mut what = "this line is too long, or a quotation mark in it is not closed".to_owned();
                let mut feeds = rest.iter().enumerate().filter(|(_, sign)| **sign == b'\n').map(|(at, _)| at + 1);
                let (read, lines) = if unclosed < MAX_UNCLOSED {
                    (feeds.next().unwrap_or(rest.len()), 1)
                } else {
                    let (last, count) = feeds.fold((rest.len(), 0), |(_, count), at| (at, count + 1));
                    let count = count.max(1);
                    what += &format!(", as in lines before it: everything to line {} is passed over", line + count - 1);
                    (last, count)
                };
                records.push(Record { line, cells: Err(Failure::invalid("csv", what)) });
                (read, lines)
            }
            None => break,
        };
        place = place.after(read, lines);
        rest = rest.get(read..).unwrap_or_default();
    }
    (records, place)
}

/// The head of a whole file, and its lines, each with the line that it begins at or with what is wrong with it.
///
/// # Errors
/// [`Failure::Rejected`] naming `csv` where it has no head.
pub(crate) fn whole_file(csv: &str) -> Result<(Vec<String>, Vec<Record>), Failure> {
    let bytes = csv.trim_start_matches('\u{feff}').as_bytes();
    let (all, _) = records(bytes, Place::default(), separator(bytes), true, usize::MAX);
    let mut all = all.into_iter();
    let head =
        all.next().ok_or_else(|| Failure::invalid("csv", "csv must have a head with the names of its columns"))?;
    Ok((head.cells?, all.collect()))
}

/// The cells of the record that `bytes` begin with, how many bytes it takes, and how many line feeds are in it. `None`: it does not
/// end here.
fn record(bytes: &[u8], separator: u8, is_end: bool) -> Option<(Vec<Vec<u8>>, usize, u64)> {
    let (mut cells, mut cell, mut lines) = (Vec::new(), Vec::new(), 0);
    let (mut is_quoted, mut was_quoted) = (false, false);
    let mut signs = bytes.iter().copied().enumerate().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        lines += u64::from(sign == b'\n');
        match sign {
            b'"' if is_quoted && next == Some(b'"') => cell.extend(signs.next().map(|(_, sign)| sign)),
            b'"' if is_quoted => is_quoted = false,
            _ if is_quoted => cell.push(sign),
            b'"' if !was_quoted && cell.trim_ascii().is_empty() => {
                cell.clear();
                (is_quoted, was_quoted) = (true, true);
            }
            b'\r' if next == Some(b'\n') => {}
            b'\n' => {
                cells.push(cell);
                return Some((cells, at + 1, lines));
            }
            _ if sign == separator => {
                cells.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            _ => cell.push(sign),
        }
    }
    (is_end && !is_quoted).then(|| {
        cells.push(cell);
        (cells, bytes.len(), lines)
    })
}

/// What the head separates its cells by: spreadsheets of many countries write semicolons.
pub(crate) fn separator(head: &[u8]) -> u8 {
    let head = head.split(|sign| *sign == b'\n').next().unwrap_or_default();
    let count = |separator: u8| head.iter().filter(|sign| **sign == separator).count();
    [COMMA, b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(COMMA)
}

/// A cell without the `'` before what a spreadsheet would run as a formula, which an export puts there.
pub(crate) fn unguarded(cell: &str) -> &str {
    let runs = |text: &&str| text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(runs).map_or(cell, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guard_of_an_export_before_what_a_spreadsheet_would_run_is_no_part_of_a_cell() {
        for (cell, read) in [("'=1+1", "=1+1"), ("'-Ana", "-Ana"), ("' ＝1", "＝1"), ("'+1 VIP", "+1 VIP")] {
            assert_eq!(unguarded(cell), read);
        }
        for own in ["'t Hooft", "'Ana'", "=1", "+13035550101"] {
            assert_eq!(unguarded(own), own);
        }
    }

    /// Line and cells of every record; no cells: it could not be read.
    fn read(csv: &[u8], piece: usize, most: usize) -> Vec<(u64, Vec<String>)> {
        let (mut all, mut place) = (Vec::new(), Place::default());
        loop {
            let rest = &csv[usize::try_from(place.offset).unwrap()..];
            let some = &rest[..rest.len().min(piece)];
            let (found, next) = records(some, place, b',', some.len() == rest.len(), most);
            all.extend(found.into_iter().map(|record| (record.line, record.cells.unwrap_or_default())));
            assert!(next.offset > place.offset || some.is_empty(), "it goes on");
            place = next;
            if usize::try_from(place.offset).unwrap() >= csv.len() {
                return all;
            }
        }
    }

    #[test]
    fn a_file_reads_the_same_in_pieces_of_any_size() {
        let csv = "a,\"b, \"\"c\"\"\"\r\n\r\n\"two\nlines\",é\n,,\nlast,one".as_bytes();
        let whole = read(csv, csv.len(), 100);
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let expected = [(1, texts(&["a", "b, \"c\""])), (3, texts(&["two\nlines", "é"])), (6, texts(&["last", "one"]))];
        assert_eq!(whole, expected);
        for piece in 16..csv.len() {
            for most in 1..4 {
                assert_eq!(read(csv, piece, most), whole, "in pieces of {piece} bytes and {most} records");
            }
        }
    }

    #[test]
    fn a_quotation_mark_that_no_one_closed_loses_its_own_line_alone() {
        let csv = b"Ana,1\n\"Bo,2\nCy,3\nDee,4\n";
        let lines: Vec<(u64, usize)> =
            read(csv, csv.len(), 100).iter().map(|(line, cells)| (*line, cells.len())).collect();
        assert_eq!(lines, [(1, 2), (2, 0), (3, 2), (4, 2)]);
        // Also where the file goes on for longer than a piece.
        let lines: Vec<u64> =
            read(csv, 12, 100).iter().filter(|(_, cells)| cells.is_empty()).map(|(line, _)| *line).collect();
        assert_eq!(lines, [2]);
    }

    #[test]
    fn a_file_of_unclosed_quotation_marks_is_over_after_a_few_pieces() {
        // Each of these lines opens a quotation mark whether or not one is open before it.
        for line in ["a\",\",\n", "a\",\",\nx\n"] {
            let csv = line.repeat(20_000).into_bytes();
            let (mut place, mut told, mut pieces) = (Place::default(), Vec::new(), 0);
            while let Some(rest) = csv.get(usize::try_from(place.offset).unwrap()..).filter(|rest| !rest.is_empty()) {
                let some = &rest[..rest.len().min(4_096)];
                let (found, next) = records(some, place, b',', some.len() == rest.len(), 250);
                let from = usize::try_from(next.offset).unwrap();
                let lines = csv[..from].iter().filter(|sign| **sign == b'\n').count();
                assert_eq!(next.line, u64::try_from(lines).unwrap() + 1, "lines are counted on");
                told.extend(found.into_iter().filter(|record| record.cells.is_err()).map(|record| record.line));
                (place, pieces) = (next, pieces + 1);
            }
            assert!(pieces <= csv.len() / 2_048, "{pieces} pieces of {} bytes", csv.len());
            assert!(told.len() <= pieces * MAX_UNCLOSED && told.is_sorted());
        }
    }

    #[test]
    fn a_line_in_another_encoding_loses_itself_alone() {
        let csv = b"Jos\xe9,1\nBo,2\n";
        assert_eq!(read(csv, 100, 100).iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [0, 2]);
    }
}
