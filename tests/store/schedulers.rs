//! Cal.com, Calendly, Shopmonkey and When I Work, as their documents describe them, with one account and one event type, or location: bookings with
//! uids of their own, free times, webhooks, pages, and whatever goes wrong on demand.

mod calendly;
mod shopmonkey;
mod when_i_work;

use domain::scheduling::{CalendarKind, Span};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// The id of the event type, or of the location.
pub const TYPE: &str = "7";
/// The account's own address.
const OWNER: &str = "ana@example.com";

/// The key that opens the account.
pub fn key(kind: CalendarKind) -> SecretString {
    if kind == CalendarKind::WhenIWork { format!("k3y {OWNER} s3cret").into() } else { "k3y".into() }
}

/// A booking there, or time off.
#[derive(Clone)]
pub struct Booked {
    pub time: Span,
    pub stands: bool,
    /// What it says of itself: at Cal.com its metadata, at Calendly its tracking, at Shopmonkey its note.
    pub words: Value,
    /// Which booking it was before it was moved.
    pub before: Option<String>,
    pub email: String,
    /// How often it was changed.
    changes: usize,
}

/// What there is.
pub struct State {
    kind: CalendarKind,
    pub bookings: BTreeMap<String, Booked>,
    next: usize,
    /// When nothing is free, whatever is booked.
    pub shut: Vec<Span>,
    /// How the next calls fail; `None`: this one does not.
    pub faults: VecDeque<Option<u16>>,
    /// Whether the key is worth nothing any more.
    pub locked_out: bool,
    /// What someone moves as soon as the bookings were listed the next time.
    pub meanwhile: Option<(String, Timestamp)>,
    /// The next booking is made, and no one hears of it.
    pub unheard: bool,
    /// Live webhooks by id: address, secret.
    pub hooks: BTreeMap<String, (String, String)>,
    /// Every call, as method and path.
    pub calls: Vec<String>,
}

impl State {
    fn book(&mut self, booked: Booked) -> String {
        self.next += 1;
        let uid = format!("B{}", self.next);
        self.bookings.insert(uid.clone(), booked);
        uid
    }

    /// Someone books there.
    pub fn put(&mut self, from: Timestamp) -> String {
        let time = Span { from, to: from + SignedDuration::from_hours(1) };
        let (words, email) = (json!({}), "lee@example.com".to_owned());
        self.book(Booked { time, stands: true, words, before: None, email, changes: 0 })
    }

    /// The uid of the booking that stands for a visit.
    pub fn uid(&self, event: &str) -> Option<String> {
        self.ours().get(event).map(|(uid, _)| uid.clone())
    }

    /// Someone moves a booking: another one stands in its place, which knows the one before, and says nothing of itself. At Shopmonkey it
    /// is the same.
    pub fn drag(&mut self, uid: &str, from: Timestamp) {
        let Some(old) = self.bookings.get_mut(uid).filter(|old| old.stands) else { return };
        let time = Span { from, to: from + SignedDuration::from_hours(1) };
        if self.kind == CalendarKind::Shopmonkey {
            (old.time, old.changes) = (time, old.changes + 1);
            return;
        }
        old.stands = false;
        let email = old.email.clone();
        self.book(Booked { time, stands: true, words: json!({}), before: Some(uid.to_owned()), email, changes: 0 });
    }

    /// Someone cancels a booking.
    pub fn cancel(&mut self, uid: &str) {
        if let Some(booked) = self.bookings.get_mut(uid) {
            booked.stands = false;
        }
    }

    /// The bookings that are visits, by their event's id: uid and time.
    pub fn ours(&self) -> BTreeMap<String, (String, Span)> {
        let standing = self.bookings.iter().filter(|(_, booked)| booked.stands);
        let ours = standing.filter_map(|(uid, booked)| Some((self.event(booked)?, (uid.clone(), booked.time))));
        ours.collect()
    }

    /// Nothing goes wrong any more, and what others booked is taken out: what they booked over a visit of ours, before it stood there,
    /// would keep its time.
    pub fn calm(&mut self) {
        self.faults.clear();
        (self.meanwhile, self.unheard) = (None, false);
        let ours: Vec<String> = self.ours().into_values().map(|(uid, _)| uid).collect();
        for (uid, booked) in &mut self.bookings {
            booked.stands &= ours.contains(uid);
        }
    }

    /// How many bookings stand for visits.
    pub fn standing(&self) -> usize {
        self.bookings.values().filter(|booked| booked.stands && self.event(booked).is_some()).count()
    }

    fn event(&self, booked: &Booked) -> Option<String> {
        if self.kind == CalendarKind::Shopmonkey {
            let (_, word) = booked.words["note"].as_str()?.split_once("porchlight:")?;
            return word.split('|').nth(1).map(ToOwned::to_owned);
        }
        let name = if self.kind == CalendarKind::CalCom { "porchlightVisit" } else { "utm_content" };
        match booked.words[name].as_str() {
            Some(event) => Some(event.to_owned()),
            None => self.event(self.bookings.get(booked.before.as_ref()?)?),
        }
    }

    /// How many calls since the last time changed a booking, and how many there were.
    pub fn writes(&mut self) -> (usize, usize) {
        let calls = std::mem::take(&mut self.calls);
        let is_write =
            |call: &&String| !(call.starts_with("GET") || call.contains("webhook") || call.contains("search"));
        (calls.iter().filter(is_write).count(), calls.len())
    }

    fn is_free(&self, slot: Span) -> bool {
        let overlaps = |other: &Span| other.from < slot.to && slot.from < other.to;
        let booked = self.bookings.values().filter(|booked| booked.stands).map(|booked| booked.time);
        !booked.chain(self.shut.iter().copied()).any(|taken| overlaps(&taken))
    }

    fn answer(&mut self, request: &Request) -> ResponseTemplate {
        let (method, path) = (request.method.to_string(), request.url.path().to_owned());
        self.calls.push(format!("{method} {path}"));
        let (name, key) = match self.kind {
            CalendarKind::WhenIWork if path == "/login" => ("w-key", "k3y"),
            CalendarKind::WhenIWork => ("w-token", "t0ken"),
            _ => ("authorization", "Bearer k3y"),
        };
        let given = request.headers.get(name).and_then(|value| value.to_str().ok());
        if self.locked_out || given != Some(key) {
            return status(401);
        }
        if let Some(fault) = self.faults.pop_front().flatten() {
            return status(fault);
        }
        let query: BTreeMap<_, _> = request.url.query_pairs().into_owned().collect();
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match self.kind {
            CalendarKind::CalCom => self.calcom(&method, &parts, &query, &body),
            CalendarKind::Shopmonkey => self.shopmonkey(&method, &parts, &body),
            CalendarKind::WhenIWork => self.when_i_work(&method, &parts, &query, &body),
            _ => self.calendly(&method, &parts, &query, &body),
        }
    }

    fn found(&mut self) -> Vec<(String, Booked)> {
        let mut found: Vec<_> = self.bookings.clone().into_iter().filter(|(_, booked)| booked.stands).collect();
        found.sort_by_key(|(_, booked)| booked.time.from);
        if let Some((uid, from)) = self.meanwhile.take() {
            self.drag(&uid, from);
        }
        found
    }

    fn take(&mut self, start: &Value, words: Value, email: &Value) -> Option<String> {
        let from: Timestamp = start.as_str().unwrap().parse().unwrap();
        let time = Span { from, to: from + SignedDuration::from_hours(1) };
        let email = email.as_str().unwrap().to_owned();
        self.is_free(time).then(|| self.book(Booked { time, stands: true, words, before: None, email, changes: 0 }))
    }

    fn slots(&self, from: &str, to: &str) -> Vec<Span> {
        let (from, to): (Timestamp, Timestamp) = (from.parse().unwrap(), to.parse().unwrap());
        let first = from.as_second().div_euclid(3_600) + 1;
        let hours = (first..to.as_second() / 3_600).map(|hour| Timestamp::from_second(hour * 3_600).unwrap());
        let slots = hours.map(|from| Span { from, to: from + SignedDuration::from_hours(1) });
        slots.filter(|slot| self.is_free(*slot)).collect()
    }

    fn calcom(
        &mut self,
        method: &str,
        parts: &[&str],
        query: &BTreeMap<String, String>,
        body: &Value,
    ) -> ResponseTemplate {
        let shown = |uid: &str, booked: &Booked| {
            json!({"id": 1, "uid": uid, "status": if booked.stands { "accepted" } else { "cancelled" },
                "start": booked.time.from.to_string(), "end": booked.time.to.to_string(), "metadata": booked.words,
                "rescheduledFromUid": booked.before})
        };
        match (method, parts) {
            ("GET", ["me"]) => good(json!({"id": 1, "username": "ana", "email": OWNER})),
            ("GET", ["event-types"]) => good(json!([{"id": 7, "title": "Visit", "lengthInMinutes": 60}])),
            ("GET", ["bookings"]) => {
                let number = |name: &str| query[name].parse::<usize>().unwrap();
                let found = self.found();
                let page = found.iter().skip(number("skip")).take(number("take"));
                good(page.map(|(uid, booked)| shown(uid, booked)).collect())
            }
            ("GET", ["bookings", uid]) => match self.bookings.get(*uid) {
                Some(booked) => good(shown(uid, booked)),
                None => status(404),
            },
            ("GET", ["slots"]) => {
                assert_eq!(query["eventTypeId"], TYPE);
                let mut days: BTreeMap<String, Vec<Value>> = BTreeMap::new();
                for slot in self.slots(&query["start"], &query["end"]) {
                    let day = slot.from.to_string()[..10].to_owned();
                    let shown = json!({"start": slot.from.to_string(), "end": slot.to.to_string()});
                    days.entry(day).or_default().push(shown);
                }
                good(json!(days))
            }
            ("POST", ["bookings"]) => {
                assert_eq!(body["eventTypeId"], 7);
                assert!(body["metadata"].as_object().unwrap().values().all(Value::is_string), "Cal.com takes no other");
                let uid = self.take(&body["start"], body["metadata"].clone(), &body["attendee"]["email"]);
                self.made(uid.map(|uid| json!({"status": "success", "data": {"uid": uid}})))
            }
            ("POST", ["bookings", uid, "cancel"]) => self.cancelled(uid),
            ("GET", ["webhooks"]) => {
                let hooks = self.hooks.iter();
                good(hooks.map(|(id, (url, _))| json!({"id": id, "subscriberUrl": url, "active": true})).collect())
            }
            ("GET", ["webhooks", id]) => match self.hooks.contains_key(*id) {
                true => good(json!({"id": id, "active": true})),
                false => status(404),
            },
            ("POST", ["webhooks"]) => good(json!({"id": self.hook(&body["subscriberUrl"], &body["secret"])})),
            ("DELETE", ["webhooks", id]) => self.unhooked(id),
            _ => status(404),
        }
    }

    fn made(&mut self, answer: Option<Value>) -> ResponseTemplate {
        match answer {
            // It was made, and the answer is lost.
            Some(_) if std::mem::take(&mut self.unheard) => ResponseTemplate::new(502),
            Some(answer) => ResponseTemplate::new(201).set_body_json(answer),
            None => status(400),
        }
    }

    fn cancelled(&mut self, uid: &str) -> ResponseTemplate {
        match self.bookings.get_mut(uid).filter(|booked| booked.stands) {
            Some(booked) => {
                booked.stands = false;
                ResponseTemplate::new(201).set_body_json(json!({}))
            }
            None => status(400),
        }
    }

    fn hook(&mut self, address: &Value, secret: &Value) -> String {
        let (address, secret) = (address.as_str().unwrap().to_owned(), secret.as_str().unwrap().to_owned());
        assert!(self.hooks.values().all(|(other, _)| *other != address), "one webhook an address");
        self.next += 1;
        let id = format!("W{}", self.next);
        self.hooks.insert(id.clone(), (address, secret));
        id
    }

    fn unhooked(&mut self, id: &str) -> ResponseTemplate {
        if self.hooks.remove(id).is_some() { ResponseTemplate::new(204) } else { status(404) }
    }
}

fn good(data: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"status": "success", "data": data}))
}

fn status(code: u16) -> ResponseTemplate {
    let error = json!({"status": "error", "title": "x", "message": "of lee@example.com", "error": {"code": "Exception", "message": "of lee@example.com"}});
    ResponseTemplate::new(code).set_body_json(error)
}

/// The server, and what it knows.
pub struct Scheduler {
    pub server: MockServer,
    state: Arc<Mutex<State>>,
}

struct Answers(Arc<Mutex<State>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.0.lock().unwrap().answer(request)
    }
}

impl Scheduler {
    pub async fn new(kind: CalendarKind) -> Self {
        let state = State {
            kind,
            bookings: BTreeMap::new(),
            next: 0,
            shut: Vec::new(),
            faults: VecDeque::new(),
            locked_out: false,
            meanwhile: None,
            unheard: false,
            hooks: BTreeMap::new(),
            calls: Vec::new(),
        };
        let (server, state) = (MockServer::start().await, Arc::new(Mutex::new(state)));
        Mock::given(any()).respond_with(Answers(state.clone())).mount(&server).await;
        Self { server, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}
