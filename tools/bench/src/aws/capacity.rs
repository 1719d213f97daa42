//! What DynamoDB charges for: request units by item size.
//!
//! From the DynamoDB Developer Guide ("Read and write operations", "Item sizes and formats"): a read of up to 4 KB is
//! half a unit eventually consistent, one strongly consistent, two in a transaction; a write of up to 1 KB is one unit,
//! two in a transaction. A missing item costs as much as the smallest. An item's size is that of its attribute names
//! and values.

use serde::Serialize;
use serde_json::Value;

/// Request units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Units {
    /// Read request units.
    pub(crate) read: f64,
    /// Write request units.
    pub(crate) write: f64,
}

/// How a read or write is made, as a factor of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    /// An eventually consistent read.
    Eventual,
    /// A strongly consistent read, or a plain write.
    Plain,
    /// Part of a transaction.
    Transaction,
}

impl Mode {
    fn factor(self) -> f64 {
        match self {
            Self::Eventual => 0.5,
            Self::Plain => 1.0,
            Self::Transaction => 2.0,
        }
    }
}

impl Units {
    /// Adds a read of `bytes`.
    pub(crate) fn add_read(&mut self, bytes: usize, mode: Mode) {
        self.read += bytes.div_ceil(4_096).max(1) as f64 * mode.factor();
    }

    /// Adds a write of `bytes` to the table or to one index.
    pub(crate) fn add_write(&mut self, bytes: usize, mode: Mode) {
        self.write += bytes.div_ceil(1_024).max(1) as f64 * mode.factor();
    }
}

/// The size of an item in DynamoDB's JSON form, in bytes.
pub(crate) fn item_bytes(item: &serde_json::Map<String, Value>) -> usize {
    item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

/// Numbers take about one byte for two digits and one more; lists and maps three bytes and one for each element.
fn value_bytes(value: &Value) -> usize {
    let Some((kind, inner)) = value.as_object().and_then(|fields| fields.iter().next()) else { return 0 };
    match (kind.as_str(), inner) {
        ("S", Value::String(text)) => text.len(),
        ("N", Value::String(digits)) => digits.len().div_ceil(2) + 1,
        // Base64 has four characters for three bytes.
        ("B", Value::String(base64)) => base64.len() * 3 / 4,
        ("L", Value::Array(list)) => 3 + list.iter().map(|each| 1 + value_bytes(each)).sum::<usize>(),
        ("M", Value::Object(map)) => {
            3 + map.iter().map(|(name, each)| 1 + name.len() + value_bytes(each)).sum::<usize>()
        }
        ("SS" | "NS" | "BS", Value::Array(set)) => set.iter().filter_map(Value::as_str).map(str::len).sum(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn units_follow_size_and_mode() {
        let mut units = Units::default();
        units.add_read(0, Mode::Eventual);
        units.add_read(4_097, Mode::Plain);
        units.add_read(100, Mode::Transaction);
        units.add_write(1_024, Mode::Plain);
        units.add_write(1_025, Mode::Transaction);
        assert_eq!(units, Units { read: 0.5 + 2.0 + 2.0, write: 1.0 + 4.0 });
    }

    #[test]
    fn an_items_size_is_that_of_its_names_and_values() {
        let item = json!({"pk": {"S": "abc"}, "n": {"N": "1234"}, "l": {"L": [{"BOOL": true}]}, "m": {"M": {"k": {"S": "v"}}}});
        let item = item.as_object().expect("an object");
        assert_eq!(item_bytes(item), (2 + 3) + (1 + 3) + (1 + 3 + 2) + (1 + 3 + 1 + 1 + 1));
    }
}
