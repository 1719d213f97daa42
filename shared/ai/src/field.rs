//! Reads one text out of a JSON object while the object is being written.
//!
//! A library that does this was looked for: `jiter` and `partial-json` read the beginning of a document, from its first byte on each
//! time, and `actson` and `struson` give a string when it ends. This reads each character once. It is no validator: of what is not
//! JSON it gives some text or none, and whoever reads the whole input decides.

/// Where in the object the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between parts at the top.
    Key,
    /// In a string that is a name at the top.
    InKey,
    /// Behind a name, before its value.
    Value,
    /// In a value that is not wanted, so deep in lists and objects.
    Skipped(u32),
    /// In a string there.
    InSkipped(u32),
    /// In the text that is wanted.
    InText,
    /// Behind it.
    Done,
}

/// What of an escape was read.
#[derive(Debug, Clone, Copy)]
enum Escape {
    None,
    Begun,
    /// `\u` and so many digits of this number.
    Unicode(u8, u32),
}

/// Gives the text of one field at the top of an object; of a field that comes twice, the first.
#[derive(Debug)]
pub(crate) struct FieldReader {
    field: &'static str,
    at: At,
    escape: Escape,
    /// The first half of a pair, whose second is to come.
    high: Option<u32>,
    key: String,
    out: String,
}

impl FieldReader {
    pub(crate) fn new(field: &'static str) -> Self {
        Self { field, at: At::Key, escape: Escape::None, high: None, key: String::new(), out: String::new() }
    }

    /// Takes the next part of the JSON; gives what it adds to the text.
    pub(crate) fn push(&mut self, json: &str) -> String {
        for char in json.chars() {
            match self.at {
                At::Done => break,
                At::InKey | At::InText | At::InSkipped(_) => self.within_string(char),
                At::Key | At::Value | At::Skipped(_) => self.between(char),
            }
        }
        std::mem::take(&mut self.out)
    }

    fn between(&mut self, char: char) {
        self.at = match (self.at, char) {
            (At::Key, '"') => {
                self.key.clear();
                At::InKey
            }
            (At::Key, ':') => At::Value,
            (At::Value, '"') if self.key == self.field => At::InText,
            (At::Value, '"') => At::InSkipped(0),
            (At::Value, '{' | '[') => At::Skipped(1),
            (At::Value, ' ' | '\t' | '\n' | '\r') => At::Value,
            // A number, `true`, `false` or `null`.
            (At::Value, _) => At::Skipped(0),
            (At::Skipped(depth), '"') => At::InSkipped(depth),
            (At::Skipped(depth), '{' | '[') => At::Skipped(depth.saturating_add(1)),
            (At::Skipped(0), ',') => At::Key,
            (At::Skipped(0), '}') => At::Done,
            (At::Skipped(depth), '}' | ']') => At::Skipped(depth.saturating_sub(1)),
            (at, _) => at,
        };
    }

    fn within_string(&mut self, char: char) {
        match (self.escape, char) {
            (Escape::None, '\\') => self.escape = Escape::Begun,
            (Escape::None, '"') => self.end_string(),
            (Escape::None, char) => self.add(char),
            (Escape::Begun, 'u') => self.escape = Escape::Unicode(0, 0),
            (Escape::Begun, char) => {
                self.escape = Escape::None;
                self.add(match char {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
            }
            (Escape::Unicode(digits, number), char) => {
                let number = number * 16 + char.to_digit(16).unwrap_or_default();
                self.escape = Escape::Unicode(digits + 1, number);
                if digits == 3 {
                    self.escape = Escape::None;
                    self.add_unit(number);
                }
            }
        }
    }

    /// A unit of UTF-16: a character, or half of one.
    fn add_unit(&mut self, unit: u32) {
        match (self.high, unit) {
            (None, 0xd800..=0xdbff) => self.high = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => {
                self.high = None;
                let number = 0x1_0000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
                self.add(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => self.add(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }

    fn add(&mut self, char: char) {
        // Half a character without its other half is not JSON that the whole input would be read from.
        self.high = None;
        match self.at {
            At::InKey => self.key.push(char),
            At::InText => self.out.push(char),
            _ => {}
        }
    }

    fn end_string(&mut self) {
        self.at = match self.at {
            At::InText => At::Done,
            At::InSkipped(depth) => At::Skipped(depth),
            _ => At::Key,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    fn read(parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        let mut reader = FieldReader::new("text");
        parts.into_iter().map(|part| reader.push(part.as_ref())).collect()
    }

    #[test]
    fn a_text_is_heard_as_soon_as_it_is_written() {
        let mut reader = FieldReader::new("text");
        let parts =
            ["{\"te", "xt\" : \"We", " come", "\\", "n", "\\ud83d", "\\ude", "00 \\u00", "e9", "\", \"text\": \"no"];
        let heard = parts.map(|part| reader.push(part));
        assert_eq!(heard, ["", "We", " come", "", "\n", "", "", "😀 ", "é", ""]);
    }

    #[test]
    fn only_the_field_at_the_top_is_read() {
        for (json, text) in [
            (r#"{"a":{"text":"no"},"b":["text","no",{"text":"\"}"}],"text":"yes"}"#, "yes"),
            (r#"{"language":"text","n":-1.5e3,"t":true,"z":null,"te\u0078t":"yes"}"#, "yes"),
            (r#"{"text":null,"other":"no"}"#, ""),
            (r#"{"text":["no"]}"#, ""),
            ("{}", ""),
        ] {
            assert_eq!(read([json]), text, "{json}");
        }
    }

    /// Any value, with names and texts that quote and escape.
    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
            Just(json!("text")),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            let name = prop_oneof![Just("text".to_owned()), "[\\PC\"\\\\]{0,4}"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    /// The JSON of a value, with every character of its strings escaped that is not ASCII, as some vendors write it.
    fn escaped(json: &str) -> String {
        let unit = |unit: &u16| format!("\\u{unit:04x}");
        let escape = |char: char| char.encode_utf16(&mut [0; 2]).iter().map(unit).collect::<String>();
        json.chars().map(|char| if char.is_ascii() { char.to_string() } else { escape(char) }).collect()
    }

    proptest! {
        /// However an object is written and wherever it is cut, the text is the one that a parser of the whole reads.
        #[test]
        fn any_cut_of_any_object_gives_the_text(
            before in prop::collection::vec(("[a-s]{0,4}", any_value()), 0..4),
            text in prop_oneof![".{0,20}", "[\u{0}-\u{1f}\"\\\\/é😀]{0,20}"],
            after in any_value(),
            is_escaped in any::<bool>(),
            is_pretty in any::<bool>(),
            size in 1_usize..7,
        ) {
            let mut fields: Map<String, Value> = before.into_iter().collect();
            fields.insert("text".to_owned(), Value::from(text.clone()));
            fields.insert("zz".to_owned(), after);
            let value = Value::Object(fields);
            let json = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let json = if is_escaped { escaped(&json.unwrap()) } else { json.unwrap() };
            let chars: Vec<char> = json.chars().collect();
            prop_assert_eq!(read(chars.chunks(size).map(String::from_iter)), text);
        }

        /// Whatever comes, it is read to its end.
        #[test]
        fn what_is_no_json_ends_too(json in ".{0,60}") {
            read([json]);
        }
    }
}
