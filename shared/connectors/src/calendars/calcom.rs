//! Cal.com's API v2: bookings, free times (slots) of an event type, and webhooks.
//!
//! Source: Cal.com's OpenAPI document of v2, August 2026. Which version of a resource is meant is said in a header of each call: without
//! it another one answers, in another shape.

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::{SignedDuration, Timestamp};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::scheduler::{LOOKED_INTO, MAX_MOVES, MAX_PAGES, Scheduler, moment, only_all, too_many};
use super::{Event, Events, Trouble, WrittenVisit};

const VERSION: &str = "cal-api-version";
const BOOKINGS: &str = "2024-08-13";
const SLOTS: &str = "2024-09-04";
const EVENT_TYPES: &str = "2024-06-14";
/// Bookings on a page, and how many of them stand on the page before, so that one that goes meanwhile hides no other.
const ON_A_PAGE: usize = 100;
const AGAIN: usize = 10;
/// The booking fields that Cal.com has by itself: we send what of them is required.
const OWN_FIELDS: [&str; 9] = [
    "name",
    "email",
    "location",
    "title",
    "notes",
    "guests",
    "rescheduleReason",
    "attendeePhoneNumber",
    "displayEmail",
];
/// What we want to hear of.
const TRIGGERS: [&str; 5] =
    ["BOOKING_CREATED", "BOOKING_REQUESTED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED", "BOOKING_REJECTED"];

#[derive(Deserialize)]
struct Answer<T> {
    data: T,
}

#[derive(Deserialize)]
struct Me {
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventType {
    id: i64,
    #[serde(default)]
    title: String,
    #[serde(default)]
    length_in_minutes: Option<u32>,
    #[serde(default)]
    seats: Value,
    #[serde(default)]
    recurrence: Value,
    #[serde(default)]
    confirmation_policy: Value,
    #[serde(default)]
    requires_confirmation: bool,
    #[serde(default)]
    scheduling_type: Option<String>,
    #[serde(default)]
    booking_fields: Option<Vec<Field>>,
}

/// A field of the form that is filled in there.
#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    slug: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    required: bool,
}

impl EventType {
    /// Why our visits cannot be booked there; `None`: they can.
    fn not_written(&self) -> Option<&'static str> {
        // Each is left out, null, `{"disabled": true}`, or what it is.
        let is_set = |value: &Value| match value {
            Value::Null | Value::Bool(false) => false,
            value => value.get("disabled") != Some(&Value::Bool(true)),
        };
        let is_missing = |field: &Field| {
            let name = if field.slug.is_empty() { &field.kind } else { &field.slug };
            field.required
                && (name == "attendeePhoneNumber" || field.kind == "phone" || !OWN_FIELDS.contains(&name.as_str()))
        };
        [
            (self.scheduling_type.is_some(), "it is an event type of a team"),
            (is_set(&self.seats), "it has seats, so that several are booked at once"),
            (is_set(&self.recurrence), "its bookings recur"),
            (is_set(&self.confirmation_policy) || self.requires_confirmation, "its bookings have to be confirmed"),
            (
                self.booking_fields.iter().flatten().any(is_missing),
                "its form has a required field that Porchlight does not know",
            ),
        ]
        .into_iter()
        .find_map(|(is_so, why)| is_so.then_some(why))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Booking {
    uid: String,
    #[serde(default)]
    status: String,
    start: Timestamp,
    end: Timestamp,
    #[serde(default)]
    rescheduled_from_uid: Option<String>,
    #[serde(default)]
    metadata: Value,
}

#[derive(Deserialize)]
struct Slot {
    start: Timestamp,
    end: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Webhook {
    /// A text, or a number.
    id: Value,
    #[serde(default)]
    subscriber_url: String,
    #[serde(default)]
    active: bool,
}

impl Booking {
    fn takes_time(&self) -> bool {
        ["accepted", "pending"].contains(&self.status.as_str())
    }

    fn words(&self) -> BTreeMap<String, String> {
        let text = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        self.metadata.as_object().into_iter().flatten().filter_map(text).collect()
    }
}

impl Webhook {
    fn id(&self) -> String {
        self.id.as_str().map_or_else(|| self.id.to_string(), ToOwned::to_owned)
    }
}

pub(super) async fn choices(scheduler: &Scheduler) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
    let me = me(scheduler).await?;
    let url = scheduler.at(&["event-types"], &[("username", me.username.as_deref().unwrap_or_default())])?;
    let types: Answer<Vec<Value>> = scheduler.ask(|http| http.get(url.clone()).header(VERSION, EVENT_TYPES)).await?;
    let choice = |kind: EventType| {
        let long = kind.length_in_minutes.map(|minutes| format!(" ({minutes} min)")).unwrap_or_default();
        let name = kind.title.chars().take(180).chain(long.chars()).collect();
        let not_written = kind.not_written().map(ToOwned::to_owned);
        let access = if not_written.is_some() { CalendarAccess::Read } else { CalendarAccess::Write };
        CalendarChoice { id: kind.id.to_string(), name, access, lasts_minutes: kind.length_in_minutes, not_written }
    };
    let types = types.data.into_iter().filter_map(|kind| serde_json::from_value(kind).ok());
    Ok((me.email.or(me.username), types.map(choice).collect()))
}

pub(super) async fn events(
    scheduler: &mut Scheduler,
    chosen: &str,
    within: Span,
    now: Timestamp,
) -> Result<Events, Trouble> {
    let (mut all, mut known, mut looked_into) = (Events::default(), BTreeSet::new(), 0);
    // What has begun goes on: bookings are found by when they begin.
    let from = within.from.checked_sub(SignedDuration::from_hours(24)).unwrap_or(within.from);
    let (from, to) = (moment(from), moment(within.to));
    for page in 0..=MAX_PAGES {
        let (take, skip) = (ON_A_PAGE.to_string(), (page * (ON_A_PAGE - AGAIN)).to_string());
        let asked = [
            ("status", "upcoming,unconfirmed"),
            ("afterStart", from.as_str()),
            ("beforeEnd", to.as_str()),
            ("sortStart", "asc"),
            ("take", take.as_str()),
            ("skip", skip.as_str()),
        ];
        let url = scheduler.at(&["bookings"], &asked)?;
        let found: Answer<Vec<Value>> = scheduler.ask(|http| http.get(url.clone()).header(VERSION, BOOKINGS)).await?;
        let is_last = found.data.len() < ON_A_PAGE;
        for booking in found.data {
            let Ok(booking) = serde_json::from_value::<Booking>(booking) else {
                all.unreadable += 1;
                continue;
            };
            if !booking.takes_time() || !known.insert(booking.uid.clone()) {
                continue;
            }
            let words = match scheduler.remembered(&booking.uid) {
                Some(words) => words,
                None if Event::is_told(&booking.words()) || booking.rescheduled_from_uid.is_none() => booking.words(),
                None if looked_into >= LOOKED_INTO => return Err(Trouble::Unfinished),
                None => {
                    looked_into += 1;
                    let words = words_before(scheduler, &booking).await?;
                    scheduler.known.insert(booking.uid.clone(), WrittenVisit::in_one_word(&words));
                    words
                }
            };
            all.events.push(Event::told(&booking.uid, Span { from: booking.start, to: booking.end }, words));
        }
        if is_last {
            scheduler.known.retain(|uid, _| known.contains(uid));
            all.open = Some(open(scheduler, chosen, within, now).await?);
            return Ok(all);
        }
    }
    Err(too_many())
}

/// What a booking said of itself before it was moved there, which made another one of it.
async fn words_before(scheduler: &Scheduler, booking: &Booking) -> Result<BTreeMap<String, String>, Trouble> {
    let mut before = booking.rescheduled_from_uid.clone();
    for _ in 0..MAX_MOVES {
        let Some(uid) = before else { break };
        let Some(booking) = only_all(one(scheduler, &uid).await)? else { break };
        let words = booking.words();
        if Event::is_told(&words) {
            return Ok(words);
        }
        before = booking.rescheduled_from_uid;
    }
    Ok(BTreeMap::new())
}

/// The free times of the event type.
async fn open(scheduler: &Scheduler, chosen: &str, within: Span, now: Timestamp) -> Result<Vec<Span>, Trouble> {
    let (from, to) = (moment(within.from.max(now)), moment(within.to));
    let asked = [
        ("eventTypeId", chosen),
        ("start", from.as_str()),
        ("end", to.as_str()),
        ("timeZone", "UTC"),
        ("format", "range"),
    ];
    let url = scheduler.at(&["slots"], &asked)?;
    let days: Answer<BTreeMap<String, Vec<Slot>>> =
        scheduler.ask(|http| http.get(url.clone()).header(VERSION, SLOTS)).await?;
    Ok(days.data.into_values().flatten().map(|slot| Span { from: slot.start, to: slot.end }).collect())
}

/// Booked under the account's own address: no one else hears of it, and nothing of a customer leaves.
pub(super) async fn book(scheduler: &Scheduler, chosen: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
    let email = match scheduler.owner.get() {
        Some(email) => email,
        None => {
            let no_address = || Trouble::Refused("the account has no address".to_owned());
            let email = me(scheduler).await?.email.ok_or_else(no_address)?;
            scheduler.owner.get_or_init(|| email)
        }
    };
    let chosen: i64 = chosen.parse().map_err(|_| Trouble::NotFound)?;
    let asked = json!({
        "start": moment(visit.time.from), "eventTypeId": chosen, "metadata": visit.words(),
        "attendee": {"name": visit.summary, "email": email, "timeZone": "UTC", "language": "en"},
    });
    let url = scheduler.at(&["bookings"], &[])?;
    scheduler.once(versioned(scheduler.http.post(url)).json(&asked)).await.map(drop)
}

pub(super) async fn cancel(scheduler: &Scheduler, uid: &str) -> Result<(), Trouble> {
    let url = scheduler.at(&["bookings", uid, "cancel"], &[])?;
    let asked = json!({"cancellationReason": "It has another time in Porchlight, or does not take place."});
    scheduler.once(versioned(scheduler.http.post(url)).json(&asked)).await.map(drop)
}

pub(super) async fn stands(scheduler: &Scheduler, uid: &str) -> Result<bool, Trouble> {
    one(scheduler, uid).await.map(|booking| booking.takes_time())
}

pub(super) async fn watch(scheduler: &Scheduler, secret: &str, address: &str) -> Result<String, Trouble> {
    let url = scheduler.at(&["webhooks"], &[])?;
    let listed = scheduler.at(&["webhooks"], &[("take", "250")])?;
    let there: Answer<Vec<Value>> = scheduler.ask(|http| http.get(listed.clone())).await?;
    let there = there.data.into_iter().filter_map(|hook| serde_json::from_value::<Webhook>(hook).ok());
    for old in there.filter(|hook| hook.subscriber_url == address) {
        stop(scheduler, &old.id()).await?;
    }
    let asked = json!({"active": true, "subscriberUrl": address, "triggers": TRIGGERS, "secret": secret,
        "version": "2021-10-20"});
    let made: Answer<Webhook> = scheduler.ask(|http| http.post(url.clone()).json(&asked)).await?;
    Ok(made.data.id())
}

pub(super) async fn is_watched(scheduler: &Scheduler, id: &str) -> Result<bool, Trouble> {
    let url = scheduler.at(&["webhooks", id], &[])?;
    let hook: Answer<Webhook> = scheduler.ask(|http| http.get(url.clone())).await?;
    Ok(hook.data.active)
}

pub(super) async fn stop(scheduler: &Scheduler, id: &str) -> Result<(), Trouble> {
    let url = scheduler.at(&["webhooks", id], &[])?;
    scheduler.end(|http| http.delete(url.clone())).await
}

async fn me(scheduler: &Scheduler) -> Result<Me, Trouble> {
    let url = scheduler.at(&["me"], &[])?;
    let me: Answer<Me> = scheduler.ask(|http| http.get(url.clone())).await?;
    Ok(me.data)
}

async fn one(scheduler: &Scheduler, uid: &str) -> Result<Booking, Trouble> {
    let url = scheduler.at(&["bookings", uid], &[])?;
    let one: Answer<Booking> = scheduler.ask(|http| versioned(http.get(url.clone()))).await?;
    Ok(one.data)
}

fn versioned(request: RequestBuilder) -> RequestBuilder {
    request.header(VERSION, BOOKINGS)
}
