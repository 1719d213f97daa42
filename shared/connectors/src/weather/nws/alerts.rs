//! `/alerts`: official alerts, as they concern buildings.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use weather::{Alert, AlertStatus, MessageType, Vtec};

use super::value::{Measure, last_number, measured};

/// Ids are no longer.
const MAX_TEXT: usize = 200;

/// The alerts in an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alerts {
    /// Those that could be read.
    pub alerts: Vec<Alert>,
    /// How many could not.
    pub unreadable: usize,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Value>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    id: String,
    event: String,
    status: String,
    message_type: String,
    sent: Timestamp,
    effective: Option<Timestamp>,
    onset: Option<Timestamp>,
    expires: Option<Timestamp>,
    ends: Option<Timestamp>,
    #[serde(default)]
    references: Vec<Reference>,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Reference {
    identifier: Option<String>,
    sent: Option<Timestamp>,
}

/// Reads the alerts of an answer.
///
/// # Errors
/// What is wrong with all of it: no collection of alerts. An alert that cannot be read is counted.
pub fn read_alerts(body: &[u8]) -> Result<Alerts, String> {
    let collection: Collection = serde_json::from_slice(body).map_err(|_| "no JSON of alerts".to_owned())?;
    let mut alerts = Alerts::default();
    for feature in collection.features {
        match serde_json::from_value::<Feature>(feature) {
            Ok(feature) => alerts.alerts.push(feature.properties.alert()),
            Err(_) => alerts.unreadable += 1,
        }
    }
    Ok(alerts)
}

impl Properties {
    fn alert(self) -> Alert {
        let (message, is_known) = match self.message_type.as_str() {
            "Alert" => (MessageType::Alert, true),
            "Update" => (MessageType::Update, true),
            "Cancel" => (MessageType::Cancel, true),
            _ => (MessageType::Alert, false),
        };
        let status = if self.status == "Actual" && is_known { AlertStatus::Actual } else { AlertStatus::Unreal };
        let onset = self.onset.or(self.effective).unwrap_or(self.sent);
        let ends = self.ends.or(self.expires).unwrap_or(onset).max(onset);
        let codes: Vec<Vtec> = self.texts("VTEC").filter_map(Vtec::read).collect();
        let vtec = codes.iter().find(|code| code.is_storm()).or_else(|| codes.first()).cloned();
        let references = self.references.iter().filter(|reference| reference.identifier.is_some());
        let first = references.min_by_key(|reference| reference.sent).and_then(|first| first.identifier.as_deref());
        let first_message = first.map(cut);
        let inches = |name| self.largest(name, "in", Measure::Depth);
        let speed = |name| self.largest(name, "mph", Measure::Speed);
        Alert {
            hail_tenths_mm: inches("maxHailSize").or_else(|| inches("hailSize")),
            gust_tenths_kmh: speed("maxWindGust").or_else(|| speed("windGust")),
            id: cut(&self.id),
            event: cut(&self.event),
            status,
            message,
            vtec,
            first_message,
            onset,
            ends,
        }
    }

    /// The texts of a parameter, which is an array of them, or one alone.
    fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let value = self.parameters.get(name);
        let all = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        all.iter().chain(value).filter_map(Value::as_str)
    }

    /// The largest of `"1.25"`, `"1.25 in"` or `"60 MPH"`, in `unit` where none is named.
    fn largest(&self, name: &str, unit: &str, measure: Measure) -> Option<i32> {
        let read = |text: &str| {
            let (number, named) = last_number(text)?;
            let named = named.to_ascii_lowercase();
            measured(number, if named.is_empty() { unit } else { &named }, measure)
        };
        self.texts(name).filter_map(read).max()
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}
