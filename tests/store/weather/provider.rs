//! The National Weather Service and the geocoder of Open-Meteo, as far as they are asked. Towns are `Town aa` to `Town jj`: a word with a digit is read as a postal code.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::morning;

/// What the weather is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sky {
    Calm,
    /// Five hot days, so many days after the first morning.
    HeatFrom(i64),
    /// A warning with hail, last evening.
    Hail,
    /// Values are null.
    Nulls,
    /// 500.
    Out,
}

#[derive(Debug)]
struct State {
    sky: Sky,
    office: &'static str,
}

pub struct Provider {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

impl Provider {
    pub async fn start() -> Self {
        let (server, state) = (MockServer::start().await, State { sky: Sky::Calm, office: "OLD" });
        let state = Arc::new(Mutex::new(state));
        Mock::given(any()).respond_with(Answers(Arc::clone(&state))).mount(&server).await;
        Self { server, state }
    }

    pub fn url(&self) -> String {
        self.server.uri()
    }

    pub fn set(&self, sky: Sky) {
        self.state.lock().unwrap().sky = sky;
    }

    /// All cells belong to another office from now on.
    pub fn move_cells(&self) {
        self.state.lock().unwrap().office = "NEW";
    }

    /// How often each was asked.
    pub async fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for request in self.server.received_requests().await.unwrap() {
            let name = ["search", "points", "gridpoints", "alerts"];
            let path = request.url.path().trim_start_matches("/v1").trim_start_matches('/');
            let name = name.into_iter().find(|name| path.split('/').next() == Some(name)).unwrap_or("other");
            *counts.entry(name.to_owned()).or_default() += 1;
        }
        counts
    }
}

struct Answers(Arc<Mutex<State>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let state = self.0.lock().unwrap();
        let path: Vec<&str> = request.url.path().trim_matches('/').split('/').collect();
        let answer = |body: Value| ResponseTemplate::new(200).set_body_json(body);
        match path.as_slice() {
            ["v1", "search"] if name_of(request) == "Garbled" => ResponseTemplate::new(200).set_body_string("?"),
            ["v1", "search"] => answer(search(request)),
            _ if state.sky == Sky::Out => ResponseTemplate::new(500),
            ["points", point] => {
                let lat: f64 = point.split(',').next().and_then(|lat| lat.parse().ok()).unwrap_or_default();
                let x = (lat * 100.0).round();
                answer(
                    json!({"properties": {"gridId": state.office, "gridX": x, "gridY": 7, "timeZone": "America/Denver"}}),
                )
            }
            ["gridpoints", office, _] if *office == state.office => answer(layers(state.sky)),
            ["alerts"] => answer(alerts(state.sky)),
            _ => ResponseTemplate::new(404),
        }
    }
}

/// The town of a number below a hundred.
pub fn town(number: usize) -> String {
    let letter = |digit: usize| char::from(b"abcdefghij"[digit]);
    format!("Town {}{}", letter(number / 10), letter(number % 10))
}

fn number_of(letters: &str) -> Option<f64> {
    let digits: String =
        letters.bytes().map(|letter| char::from(letter.wrapping_sub(b'a').wrapping_add(b'0'))).collect();
    digits.parse().ok()
}

fn name_of(request: &Request) -> String {
    request.url.query_pairs().find(|(key, _)| key == "name").map(|(_, name)| name.into_owned()).unwrap_or_default()
}

/// Each town lies a hundredth of a degree from the next one.
fn search(request: &Request) -> Value {
    let name = name_of(request);
    match name.strip_prefix("Town ").and_then(number_of) {
        Some(number) => json!({"generationtime_ms": 0.5, "results": [{
            "name": name, "latitude": 39.0 + number / 100.0, "longitude": -105.5, "country_code": "US", "admin1": "Colorado"}]}),
        None => json!({"generationtime_ms": 0.5}),
    }
}

/// Thirty days from the first morning on: whoever reads takes those from its own day on.
fn layers(sky: Sky) -> Value {
    let first = morning(0).to_zoned(jiff::tz::TimeZone::get("America/Denver").unwrap()).date();
    let value = |day: i64| match sky {
        Sky::Nulls if day % 2 == 0 => json!(null),
        Sky::Nulls => json!(40),
        Sky::HeatFrom(ahead) if (ahead..ahead + 5).contains(&day) => json!(38.5),
        _ => json!(28),
    };
    let values = (0..30)
        .map(|day| json!({"validTime": format!("{}T13:00:00+00:00/PT12H", after(first, day)), "value": value(day)}));
    json!({"properties": {"maxTemperature": {"uom": "wmoUnit:degC", "values": values.collect::<Vec<_>>()}}})
}

fn after(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * days))
}

fn alerts(sky: Sky) -> Value {
    if sky != Sky::Hail {
        return json!({"features": []});
    }
    let onset = morning(0) - SignedDuration::from_hours(12);
    let ends = onset + SignedDuration::from_hours(1);
    json!({"features": [{"properties": {
        "id": "urn:oid:1", "event": "Severe Thunderstorm Warning", "status": "Actual", "messageType": "Alert",
        "sent": onset.to_string(), "onset": onset.to_string(), "expires": ends.to_string(), "ends": ends.to_string(),
        "references": [], "parameters": {"VTEC": ["/O.NEW.KBOU.SV.W.0012.260710T0010Z-260710T0110Z/"], "maxHailSize": ["1.25"]}}}]})
}
