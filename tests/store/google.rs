//! Google, as its documents describe it, with one account and one calendar: versions, sync tokens, pages, channels, and whatever
//! goes wrong on demand.

use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// The account's name, and its calendar's id.
pub const ANA: &str = "ana@example.com";

/// What there is.
#[derive(Default)]
pub struct State {
    /// Events by id, deleted ones too, each with the change that led to it.
    pub events: BTreeMap<String, (Value, u64)>,
    change: u64,
    /// Tokens of before this change are too old.
    pub forgotten: u64,
    /// How the next calls fail: status and reason; `None`: this one does not.
    pub faults: VecDeque<Option<(u16, &'static str)>>,
    /// Whether the account has taken its consent back.
    pub locked_out: bool,
    /// What someone does as soon as everything was listed the next time: moves an event.
    pub meanwhile: Option<(String, Timestamp)>,
    /// Events that no one may write, by id.
    pub untouchable: BTreeSet<String>,
    /// Codes that were exchanged, as they came.
    pub codes: BTreeSet<String>,
    /// Live channels by id: token, address.
    pub channels: BTreeMap<String, (String, String)>,
    /// Every call, as method and path.
    pub calls: Vec<String>,
}

impl State {
    /// Someone writes an event in the calendar.
    pub fn put(&mut self, id: &str, event: Value) {
        self.change += 1;
        let mut event = event;
        event["id"] = json!(id);
        event["etag"] = json!(format!("\"{}\"", self.change));
        self.events.insert(id.to_owned(), (event, self.change));
    }

    /// Someone drags an event to another hour.
    pub fn drag(&mut self, id: &str, from: Timestamp) {
        if let Some((mut event, _)) = self.events.get(id).cloned().filter(|(event, _)| is_there(event)) {
            event["start"] = json!({"dateTime": from.to_string()});
            event["end"] = json!({"dateTime": (from + jiff::SignedDuration::from_hours(1)).to_string()});
            self.put(id, event);
        }
    }

    /// Someone deletes an event: it keeps its id.
    pub fn delete(&mut self, id: &str) {
        if self.events.get(id).is_some_and(|(event, _)| is_there(event)) {
            self.put(id, json!({"status": "cancelled"}));
        }
    }

    /// Someone has an event come every week.
    pub fn repeat(&mut self, id: &str) {
        let (mut event, _) = self.events[id].clone();
        event["recurrence"] = json!(["RRULE:FREQ=WEEKLY"]);
        self.put(id, event);
    }

    /// The events that people see.
    pub fn seen(&self) -> BTreeMap<&str, &Value> {
        let seen = self.events.iter().filter(|(_, (event, _))| is_there(event));
        seen.map(|(id, (event, _))| (id.as_str(), event)).collect()
    }

    /// How many calls since the last time changed something, and how many there were.
    pub fn writes(&mut self) -> (usize, usize) {
        let calls = std::mem::take(&mut self.calls);
        let is_write = |call: &&String| {
            let (method, path) = call.split_once(' ').unwrap();
            path.contains("/events") && ["PATCH", "DELETE", "POST"].contains(&method) && !path.ends_with("/watch")
        };
        (calls.iter().filter(is_write).count(), calls.len())
    }

    fn answer(&mut self, request: &Request) -> ResponseTemplate {
        let (method, path) = (request.method.to_string(), request.url.path().to_owned());
        self.calls.push(format!("{method} {path}"));
        let query: BTreeMap<_, _> = request.url.query_pairs().into_owned().collect();
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        if path == "/token" {
            let form = String::from_utf8_lossy(&request.body);
            let is_code = form.contains("grant_type=authorization_code");
            // A code is good once.
            let is_used = form.contains("code=used") || is_code && !self.codes.insert(form.clone().into_owned());
            return if self.locked_out || is_used {
                ResponseTemplate::new(400).set_body_json(json!({"error": "invalid_grant"}))
            } else {
                let scope = "https://www.googleapis.com/auth/calendar.events \
                             https://www.googleapis.com/auth/calendar.calendarlist.readonly";
                good(json!({"access_token": "access", "refresh_token": "lasting", "scope": scope}))
            };
        }
        if let Some((status, reason)) = self.faults.pop_front().flatten() {
            return refused(status, reason);
        }
        let parts: Vec<&str> = path.trim_start_matches("/calendar/v3/").split('/').collect();
        match (method.as_str(), parts.as_slice()) {
            ("GET", ["users", "me", "calendarList"]) => good(json!({"items": [
                {"id": ANA, "summary": "Ana", "accessRole": "owner", "primary": true},
                {"id": "team", "summary": "Team", "accessRole": "freeBusyReader"}]})),
            ("GET", ["calendars", ANA, "events"]) => {
                let listed = self.list(&query);
                let (listed, is_whole) = listed;
                if is_whole && let Some((id, from)) = self.meanwhile.take() {
                    self.drag(&id, from);
                }
                listed
            }
            ("POST", ["calendars", ANA, "events"]) => {
                let id = body["id"].as_str().unwrap().to_owned();
                if self.untouchable.contains(&id) {
                    return refused(403, "forbidden");
                }
                if self.events.contains_key(&id) {
                    return refused(409, "duplicate");
                }
                self.put(&id, body);
                good(self.events[&id].0.clone())
            }
            ("POST", ["calendars", ANA, "events", "watch"]) => {
                let text = |name: &str| body[name].as_str().unwrap().to_owned();
                self.channels.insert(text("id"), (text("token"), text("address")));
                good(json!({"id": body["id"], "resourceId": "r", "expiration": body["expiration"]}))
            }
            ("POST", ["channels", "stop"]) => {
                self.channels.remove(body["id"].as_str().unwrap());
                ResponseTemplate::new(204)
            }
            (_, ["calendars", ANA, "events", id]) => self.one(&method, id, request, &body),
            _ => refused(404, "notFound"),
        }
    }

    fn one(&mut self, method: &str, id: &str, request: &Request, body: &Value) -> ResponseTemplate {
        let Some((event, _)) = self.events.get(id).cloned() else { return refused(404, "notFound") };
        if method == "GET" {
            return good(event);
        }
        if method == "DELETE" {
            if !is_there(&event) {
                return refused(410, "deleted");
            }
            self.put(id, json!({"status": "cancelled"}));
            return ResponseTemplate::new(204);
        }
        let named = request.headers.get("if-match").map(|tag| tag.to_str().unwrap().to_owned());
        if named.is_some_and(|named| event["etag"] != json!(named)) {
            return refused(412, "conditionNotMet");
        }
        let mut event = event;
        for (name, value) in body.as_object().unwrap() {
            event[name] = value.clone();
        }
        self.put(id, event);
        good(self.events[id].0.clone())
    }

    /// Two events a page; whether it is the last of everything.
    fn list(&self, query: &BTreeMap<String, String>) -> (ResponseTemplate, bool) {
        let token = query.get("syncToken").map(|token| token.parse::<u64>().unwrap());
        if token.is_some_and(|token| token < self.forgotten) {
            return (refused(410, "fullSyncRequired"), false);
        }
        assert!(token.is_none() || !query.contains_key("timeMin"), "Google refuses both");
        let moment = |name: &str| query.get(name).map(|at| at.parse::<Timestamp>().unwrap());
        let (from, to) = (moment("timeMin"), moment("timeMax"));
        let is_within = |event: &Value| {
            let at = |end: &str| event[end]["dateTime"].as_str().and_then(|at| at.parse::<Timestamp>().ok());
            let after = from.is_none_or(|from| at("end").is_none_or(|end| end > from));
            after && to.is_none_or(|to| at("start").is_none_or(|start| start < to))
        };
        let wanted = self.events.values().filter(|(event, change)| match token {
            Some(token) => *change > token,
            None => is_there(event) && is_within(event),
        });
        // A series is listed as its instances, here one of them.
        let listed = wanted.map(|(event, _)| match event["recurrence"].is_null() || !is_there(event) {
            true => event.clone(),
            false => {
                let mut instance = event.clone();
                instance["id"] = json!(format!("{}_20261204T160000Z", event["id"].as_str().unwrap()));
                instance
            }
        });
        let all: Vec<Value> = listed.collect();
        let first: usize = query.get("pageToken").map_or(0, |token| token.parse().unwrap());
        let mut page =
            json!({"items": all.iter().skip(first).take(2).collect::<Vec<_>>(), "timeZone": "America/Denver"});
        let is_last = first + 2 >= all.len();
        if is_last {
            page["nextSyncToken"] = json!(self.change.to_string());
        } else {
            page["nextPageToken"] = json!((first + 2).to_string());
        }
        (good(page), is_last && token.is_none())
    }
}

fn is_there(event: &Value) -> bool {
    event["status"] != json!("cancelled")
}

fn good(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn refused(status: u16, reason: &str) -> ResponseTemplate {
    let error = json!({"error": {"code": status, "message": "m", "errors": [{"domain": "global", "reason": reason}]}});
    ResponseTemplate::new(status).set_body_json(error)
}

/// The server, and what it knows.
pub struct Google {
    pub server: MockServer,
    state: Arc<Mutex<State>>,
}

struct Answers(Arc<Mutex<State>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.0.lock().unwrap().answer(request)
    }
}

impl Google {
    pub async fn new() -> Self {
        let (server, state) = (MockServer::start().await, Arc::new(Mutex::new(State::default())));
        Mock::given(any()).respond_with(Answers(state.clone())).mount(&server).await;
        Self { server, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}
