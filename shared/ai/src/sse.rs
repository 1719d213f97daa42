//! Server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html), from bytes as they come.

/// The longest line and the longest event that are read, in bytes.
const MAX_EVENT_BYTES: usize = 1_000_000;

/// Puts events together. Names, ids and waits are passed over: both vendors say in the data what it is.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    line: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    after_return: bool,
    begun: bool,
}

/// An event is longer than is read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl Parser {
    /// Takes the next bytes; gives the data of the events that they end.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLong> {
        let mut events = Vec::new();
        for &byte in bytes {
            let is_second_half = byte == b'\n' && std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if is_second_half => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    events.extend(self.end_line());
                }
                _ => {
                    self.after_return = false;
                    self.line.push(byte);
                    if self.line.len() + self.data.len() > MAX_EVENT_BYTES {
                        return Err(TooLong);
                    }
                }
            }
        }
        Ok(events)
    }

    /// The event that the end of the stream ends. The standard drops it; a last event without its empty line is a whole one
    /// where its data is.
    pub(crate) fn end(mut self) -> Option<String> {
        self.end_line().or_else(|| self.end_event())
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let line = if self.begun { &line } else { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) };
        self.begun = true;
        if line.is_empty() {
            return self.end_event();
        }
        let value = line.strip_prefix(b"data").and_then(|rest| match rest {
            [] => Some(rest),
            [b':', b' ', value @ ..] | [b':', value @ ..] => Some(value),
            _ => None,
        });
        if let Some(value) = value {
            if self.has_data {
                self.data.push(b'\n');
            }
            self.has_data = true;
            self.data.extend_from_slice(value);
        }
        None
    }

    fn end_event(&mut self) -> Option<String> {
        let data = std::mem::take(&mut self.data);
        std::mem::take(&mut self.has_data).then(|| String::from_utf8_lossy(&data).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(parts: &[&[u8]]) -> Vec<String> {
        let mut parser = Parser::default();
        let mut events: Vec<String> = parts.iter().flat_map(|part| parser.push(part).unwrap()).collect();
        events.extend(parser.end());
        events
    }

    #[test]
    fn every_kind_of_line_end_and_a_last_event_without_its_empty_line() {
        for stream in
            ["data: a\n\ndata: b\n\n", "data: a\r\n\r\ndata: b\r\n\r\n", "data: a\r\rdata: b", "data:a\n\ndata:b\n"]
        {
            assert_eq!(all(&[stream.as_bytes()]), ["a", "b"], "{stream:?}");
        }
    }

    #[test]
    fn remarks_names_and_foreign_fields_are_passed_over_and_lines_of_data_are_joined() {
        let stream = "\u{feff}: hello\nevent: x\nid: 7\nretry: 10\ndata: one\ndata:  two\ndata\ndatabase: no\n\n: keep-alive\n\n";
        assert_eq!(all(&[stream.as_bytes()]), ["one\n two\n"]);
    }

    #[test]
    fn what_has_no_end_is_not_read_to_its_end() {
        let mut parser = Parser::default();
        assert_eq!(parser.push(&vec![b'x'; MAX_EVENT_BYTES + 1]), Err(TooLong));
        let mut parser = Parser::default();
        let line = format!("data: {}\n", "x".repeat(1_000));
        assert!((0..2_000).any(|_| parser.push(line.as_bytes()).is_err()));
    }

    proptest! {
        /// However the bytes are cut, also within a character or a line's end.
        #[test]
        fn it_does_not_matter_where_the_stream_is_cut(
            texts in prop::collection::vec("[^\r\n]{0,12}", 1..5),
            end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
            size in 1_usize..9,
        ) {
            let stream: String = texts.iter().map(|text| format!("event: e{end}data: {text}{end}{end}")).collect();
            let parts: Vec<&[u8]> = stream.as_bytes().chunks(size).collect();
            prop_assert_eq!(all(&parts), texts);
        }
    }
}
