//! The vendors' ends: what they were given to send, and what a test makes them do.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use xtask::http::Http;

use super::stage;

/// An e-mail that SES took.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Mail {
    /// The sender.
    pub source: String,
    /// The recipients.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body_text: String,
    /// The files, as SES was given them.
    #[serde(default)]
    pub attachments: Vec<Value>,
}

#[derive(Deserialize)]
struct Mails {
    messages: BTreeMap<String, Vec<Mail>>,
}

/// What SES took for an address so far. The emulator shows it apart from AWS's API, which never shows mail.
pub fn mails_to(address: &str) -> Vec<Mail> {
    let answer = stage().stack.http().get("/_ministack/ses/messages", &[]).unwrap();
    let mails: Mails = serde_json::from_str(&answer.body).unwrap();
    mails.messages.into_values().flatten().filter(|mail| mail.to.iter().any(|to| to == address)).collect()
}

/// What Meta and Twilio took for a recipient so far.
pub fn sink_messages_to(recipient: &str) -> Vec<Value> {
    let answer = sink().get("/_sink/messages", &[]).unwrap();
    let messages: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
    messages.into_iter().filter(|message| message["to"] == recipient).collect()
}

/// What the next calls of a vendor meet.
pub fn fault(fault: &Value) {
    let json = ("content-type".to_owned(), "application/json".to_owned());
    let answer = sink().send("POST", "/_sink/faults", &[json], &fault.to_string()).unwrap();
    assert_eq!(answer.status, 204, "{}", answer.body);
}

/// Twilio puts off the next message to `to` for longer than a worker waits: it is left to the queue.
pub fn reschedule(to: &str) {
    fault(&json!({"vendor": "twilio", "to": to, "status": 429, "headers": {"retry-after": "60"}}));
}

/// A town in Colorado for which the sink forecasts heat, as for every third or so.
pub fn hot_town() -> String {
    let asked = |path: &str| -> Value {
        let answer = sink().get(&format!("/weather/{path}"), &[]).unwrap();
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{path}: {error}: {}", answer.body))
    };
    let is_hot = |town: &String| {
        let place = asked(&format!("v1/search?name={town}"))["results"][0].clone();
        assert_eq!(place["admin1"], "Colorado");
        let point = asked(&format!("points/{},{}", place["latitude"], place["longitude"]))["properties"].clone();
        let cell = format!("gridpoints/{}/{},{}", point["gridId"].as_str().unwrap(), point["gridX"], point["gridY"]);
        let highs = asked(&cell)["properties"]["maxTemperature"]["values"].clone();
        highs.as_array().unwrap().iter().any(|high| high["value"].as_f64() > Some(35.0))
    };
    let found = ('a'..='z').map(|letter| format!("Larkspur{letter}")).find(is_hot);
    found.expect("of 26 towns one is hot")
}

fn sink() -> Http {
    let port = stage().stack.sink_url.rsplit(':').next().unwrap();
    Http::to_port(port.parse().unwrap())
}
