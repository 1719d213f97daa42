//! Content lines that hold whatever text there is (RFC 5545, 3.1 and 3.3.11).

/// The most octets of a line, without its end.
const WIDTH: usize = 75;

/// A file, line by line.
#[derive(Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// A line as it is: what is in it is ours, or was made safe.
    pub(crate) fn raw(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text that somebody else wrote.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.raw(&format!("{name}:{}", escaped(text)));
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Text as a value. All line ends become `\n`; other control characters, of which no calendar can have any, are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\t' => escaped.push(c),
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Text as a parameter, in quotation marks. It cannot hold any itself (3.2), so they become apostrophes: RFC 6868 has a way to
/// write them, which Outlook would show as it is written.
pub(crate) fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    format!("\"{inner}\"")
}

/// An e-mail address as a URI. What no address has in it, and what would end the line, is written as its octets.
pub(crate) fn mailto(address: &str) -> String {
    let mut uri = String::from("mailto:");
    for byte in address.trim().bytes() {
        match byte {
            b'!' | b'#'..=b'$' | b'&'..=b'+' | b'-'..=b'.' | b'0'..=b'9' | b'=' | b'@'..=b'Z' | b'_'..=b'z' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.extend(format!("%{byte:02X}").chars()),
        }
    }
    uri
}
