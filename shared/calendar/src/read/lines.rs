//! Content lines: `NAME;PARAM=value:value`, folded lines joined (RFC 5545, 3.1).

/// One line, joined again where it was folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// In capitals.
    pub(crate) name: String,
    /// Names in capitals, values without their quotation marks.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) value: String,
    /// Where it begins in the file, from 1.
    pub(crate) number: usize,
}

impl Line {
    /// The value of a parameter, of the first if there are several.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value without space around it and in capitals: what the fixed words of the standard are compared with.
    pub(crate) fn word(&self) -> String {
        self.value.trim().to_ascii_uppercase()
    }
}

/// All lines of a file that are lines: what has no colon is left out.
pub(crate) fn read(text: &str) -> Vec<Line> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, raw) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        let raw = raw.trim_end_matches('\r');
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, line))) => line.push_str(rest),
            _ if raw.is_empty() => {}
            _ => lines.push((index + 1, raw.to_owned())),
        }
    }
    lines.iter().filter_map(|(number, line)| parse(line, *number)).collect()
}

fn parse(line: &str, number: usize) -> Option<Line> {
    let mut quoted = false;
    let (head, value) = line
        .split_once(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })
        // A quotation mark that nothing closes (`TZID="W. Europe Standard Time:2020…`): the last colon, then.
        .or_else(|| line.rsplit_once(':').map(|(head, value)| (head, value.trim_end_matches('"'))))?;
    let mut quoted = false;
    let mut parts = head.split(|c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    let name = parts.next()?.trim().to_ascii_uppercase();
    let params = parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim().to_ascii_uppercase(), value.replace('"', "")))
        .collect();
    Some(Line { name, params, value: value.to_owned(), number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_joined_and_blank_ones_passed_over() {
        let lines = read("\u{feff}SUMMARY:Boi\r\n ler\r\n\r\n\tcheck\nnothing\nUID:1\n");
        let read: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.value.as_str(), line.number)).collect();
        assert_eq!(read, [("SUMMARY", "Boilercheck", 1), ("UID", "1", 6)]);
    }

    #[test]
    fn a_colon_in_quotation_marks_does_not_end_the_parameters() {
        let lines = read("dtstart;tzid=\"(UTC-05:00) Eastern; a\";value=DATE-TIME:20260301T090000");
        assert_eq!(lines[0].param("TZID"), Some("(UTC-05:00) Eastern; a"));
        assert_eq!(lines[0].param("VALUE"), Some("DATE-TIME"));
        assert_eq!(lines[0].value, "20260301T090000");
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_ends_with_the_line() {
        let lines = read("DTSTART;TZID=\"W. Europe Standard Time:20200609T090000\"");
        assert_eq!(lines[0].param("TZID"), Some("W. Europe Standard Time"));
        assert_eq!(lines[0].value, "20200609T090000");
    }
}
