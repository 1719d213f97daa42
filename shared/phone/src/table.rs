//! The table of places: lines of words, sorted by their first one.

/// Written by `cargo xtask geography`. It begins with comments, which sort before every row.
const TABLE: &str = include_str!("geography.txt");

/// What follows `key` in its row.
pub(super) fn row(key: &str) -> Option<&'static str> {
    find(TABLE, key)
}

/// A binary search over the lines. The text is ASCII, so that any byte may be the middle.
fn find<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    let mut rows = table;
    loop {
        let (before, _) = rows.split_at_checked(rows.len() / 2)?;
        let (before, from) = rows.split_at_checked(before.rfind('\n').map_or(0, |end| end + 1))?;
        let (line, after) = from.split_once('\n')?;
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        rows = match key.cmp(first) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => before,
            std::cmp::Ordering::Greater => after,
        };
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use sha2::{Digest, Sha256};

    use super::*;

    fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once(' ').unwrap())
    }

    #[test]
    fn the_table_is_as_it_was_written() {
        let (head, _) = TABLE.split_once(" rows\n").unwrap();
        let checksum = head.rsplit(' ').next().unwrap();
        let body: String = rows().map(|(key, row)| format!("{key} {row}\n")).collect();
        let found: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, checksum, "changed by hand: run cargo xtask geography");
        assert!(head.contains("libphonenumber") && head.contains("tz database"));
    }

    #[test]
    fn every_row_is_found_and_nothing_else() {
        assert!(TABLE.is_ascii() && TABLE.ends_with('\n'));
        assert!(rows().is_sorted_by(|a, b| a.0 < b.0), "sorted, each once");
        for (key, rest) in rows() {
            assert_eq!(row(key), Some(rest), "{key}");
            assert_eq!(row(&format!("{key}0")), None, "{key}0");
        }
        for nothing in ["", "0", "1", "A", "ZZ", "zz", "1000", "1555", "~"] {
            assert_eq!(row(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn every_zone_is_one_that_the_program_knows() {
        for (key, row) in rows() {
            let zones: Vec<_> =
                row.split(' ').skip(usize::from(key.starts_with(|c: char| c.is_ascii_digit()))).collect();
            assert!(!zones.is_empty(), "{key}");
            assert!(zones.iter().all(|zone| TimeZone::get(zone).is_ok()), "{key}: {zones:?}");
            assert!(
                zones.iter().enumerate().all(|(index, zone)| !zones.iter().skip(index + 1).any(|other| other == zone)),
                "{key}"
            );
        }
    }

    #[test]
    fn no_calling_code_begins_another() {
        let codes: Vec<_> =
            rows().map(|(key, _)| key).filter(|key| key.starts_with(|c: char| c.is_ascii_digit())).collect();
        for code in &codes {
            assert!(codes.iter().all(|other| other == code || !other.starts_with(code)), "{code}");
        }
        assert!(codes.len() > 600, "{}", codes.len());
    }

    #[test]
    fn tables_of_any_length_are_searched() {
        assert_eq!(find("", "1"), None);
        assert_eq!((find("1 a\n", "1"), find("1 a\n", "2"), find("1 a\n", "0")), (Some("a"), None, None));
        assert_eq!((find("# b\n1 a\n2\n", "2"), find("# b\n1 a\n2\n", "1")), (Some(""), Some("a")));
    }
}
