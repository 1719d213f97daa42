//! Calendly's API v2: scheduled events, available times of an event type, and webhook subscriptions.
//!
//! Source: Calendly's developer pages, November 2026. An id is an address; paths and our records carry its last part. There is no other
//! time for a booking: it is cancelled, and another one is made.

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

use super::scheduler::{LOOKED_INTO, MAX_MOVES, MAX_PAGES, Scheduler, moment, only_all, too_many};
use super::{Event, Events, Trouble, WrittenVisit};

/// The most days of which available times are asked for at once.
const AT_ONCE: SignedDuration = SignedDuration::from_hours(31 * 24);
/// What says in a booking's tracking that it is ours.
const OURS: &str = "porchlight";
/// Places that who books has to name.
const INVITEES_CHOICE: [&str; 2] = ["ask_invitee", "outbound_call"];
const EVENTS: [&str; 2] = ["invitee.created", "invitee.canceled"];

#[derive(Deserialize)]
struct One<T> {
    resource: T,
}

#[derive(Deserialize)]
struct Collection {
    collection: Vec<Value>,
    #[serde(default)]
    pagination: Pagination,
}

#[derive(Default, Deserialize)]
struct Pagination {
    #[serde(default)]
    next_page: Option<String>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Me {
    uri: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    current_organization: String,
}

#[derive(Deserialize)]
struct EventType {
    uri: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    duration: u32,
    /// `solo` or `group`.
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    pooling_type: Option<String>,
    #[serde(default)]
    custom_questions: Option<Vec<Question>>,
    #[serde(default)]
    locations: Option<Vec<Place>>,
}

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    enabled: bool,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    kind: String,
}

impl EventType {
    /// Why our visits cannot be booked there; `None`: they can.
    fn not_written(&self) -> Option<&'static str> {
        let asks = |question: &Question| question.enabled && question.required;
        let places: Vec<&Place> = self.locations.iter().flatten().collect();
        let chooses = places.len() > 1 || places.iter().any(|place| INVITEES_CHOICE.contains(&place.kind.as_str()));
        [
            (self.kind.as_deref().is_some_and(|kind| kind != "solo"), "it is for groups"),
            (self.pooling_type.is_some(), "it is an event type of a team"),
            (
                self.custom_questions.iter().flatten().any(asks),
                "it has a required question that Porchlight does not know",
            ),
            (chooses, "who books has to say where it takes place"),
        ]
        .into_iter()
        .find_map(|(is_so, why)| is_so.then_some(why))
    }
}

#[derive(Deserialize)]
struct Scheduled {
    uri: String,
    #[serde(default)]
    status: String,
    start_time: Timestamp,
    end_time: Timestamp,
    #[serde(default)]
    event_memberships: Option<Vec<Membership>>,
}

#[derive(Deserialize)]
struct Membership {
    #[serde(default)]
    user: String,
    #[serde(default)]
    buffered_start_time: Option<Timestamp>,
    #[serde(default)]
    buffered_end_time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Available {
    start_time: Timestamp,
}

#[derive(Deserialize)]
struct Invitee {
    #[serde(default)]
    tracking: Option<Tracking>,
    #[serde(default)]
    old_invitee: Option<String>,
}

#[derive(Default, Deserialize)]
struct Tracking {
    #[serde(default)]
    utm_source: Option<String>,
    #[serde(default)]
    utm_medium: Option<String>,
    #[serde(default)]
    utm_content: Option<String>,
    #[serde(default)]
    utm_campaign: Option<String>,
    #[serde(default)]
    utm_term: Option<String>,
}

#[derive(Deserialize)]
struct Subscription {
    uri: String,
    #[serde(default)]
    callback_url: String,
    #[serde(default)]
    state: String,
}

impl Tracking {
    fn words(self) -> Option<BTreeMap<String, String>> {
        let named = WrittenVisit::names().into_iter();
        let told = [self.utm_medium, self.utm_content, self.utm_campaign, self.utm_term];
        let is_ours = self.utm_source.as_deref() == Some(OURS);
        is_ours.then(|| named.zip(told).filter_map(|(name, text)| Some((name.to_owned(), text?))).collect())
    }
}

impl Scheduled {
    /// With what is kept free before and after it.
    fn span(&self, user: &str) -> Span {
        let own = self.event_memberships.iter().flatten().find(|membership| membership.user == user);
        let from = own.and_then(|own| own.buffered_start_time).unwrap_or(self.start_time);
        Span { from, to: own.and_then(|own| own.buffered_end_time).unwrap_or(self.end_time) }
    }
}

pub(super) async fn choices(scheduler: &Scheduler) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
    let me = me(scheduler).await?;
    let (types, _) = list(scheduler, &["event_types"], &[("user", me.uri.as_str()), ("active", "true")]).await?;
    let choice = |kind: EventType| {
        let name = format!("{} ({} min)", kind.name.chars().take(180).collect::<String>(), kind.duration);
        let not_written = kind.not_written().map(ToOwned::to_owned);
        let access = if not_written.is_some() { CalendarAccess::Read } else { CalendarAccess::Write };
        let lasts_minutes = Some(kind.duration).filter(|minutes| *minutes > 0);
        CalendarChoice { id: last(&kind.uri).to_owned(), name, access, lasts_minutes, not_written }
    };
    Ok((Some(me.email), types.into_iter().map(choice).collect()))
}

pub(super) async fn events(
    scheduler: &mut Scheduler,
    chosen: &str,
    within: Span,
    now: Timestamp,
) -> Result<Events, Trouble> {
    let me = me(scheduler).await?;
    // What has begun goes on: events are found by when they begin.
    let from = within.from.checked_sub(SignedDuration::from_hours(24)).unwrap_or(within.from);
    let (from, to) = (moment(from), moment(within.to));
    let asked = [
        ("user", me.uri.as_str()),
        ("status", "active"),
        ("min_start_time", from.as_str()),
        ("max_start_time", to.as_str()),
        ("sort", "start_time:asc"),
    ];
    // Ours are booked under the account's own address. They are asked for first: what is booked in between is someone's.
    let (own, _): (Vec<Scheduled>, _) =
        list(scheduler, &["scheduled_events"], &[&asked[..], &[("invitee_email", me.email.as_str())]].concat()).await?;
    // Those of another event type too: another calendar of the same account may have booked them.
    let (mut ours, mut looked_into) = (BTreeMap::new(), 0);
    for event in &own {
        let uid = last(&event.uri);
        let words = match scheduler.remembered(uid) {
            Some(words) => words,
            None if looked_into >= LOOKED_INTO => return Err(Trouble::Unfinished),
            None => {
                looked_into += 1;
                // What cannot be looked into is looked into again.
                let Some(words) = only_all(words(scheduler, &event.uri).await)? else { continue };
                let words = words.unwrap_or_default();
                scheduler.known.insert(uid.to_owned(), WrittenVisit::in_one_word(&words));
                words
            }
        };
        if !words.is_empty() {
            ours.insert(event.uri.clone(), words);
        }
    }
    scheduler.known.retain(|uid, _| own.iter().any(|event| last(&event.uri) == uid));
    let (all, unreadable): (Vec<Scheduled>, _) = list(scheduler, &["scheduled_events"], &asked).await?;
    let mut known = BTreeSet::new();
    let events = all.into_iter().filter(|event| event.status == "active" && known.insert(event.uri.clone()));
    let told = events.map(|event| match ours.remove(&event.uri) {
        Some(words) => Event::told(last(&event.uri), Span { from: event.start_time, to: event.end_time }, words),
        None => Event::told(last(&event.uri), event.span(&me.uri), BTreeMap::new()),
    });
    let events = told.collect();
    let open = Some(open(scheduler, chosen, within, now).await?);
    Ok(Events { events, open, unreadable, ..Events::default() })
}

/// What a booking says of itself; `None`: it is not ours. Moved there it has another invitee, which names the previous one.
async fn words(scheduler: &Scheduler, event: &str) -> Result<Option<BTreeMap<String, String>>, Trouble> {
    let (invitees, _): (Vec<Invitee>, _) =
        list(scheduler, &["scheduled_events", last(event), "invitees"], &[("status", "active")]).await?;
    let mut next = invitees.into_iter().next();
    for _ in 0..=MAX_MOVES {
        let Some(Invitee { tracking, old_invitee }) = next else { break };
        if let Some(words) = tracking.and_then(Tracking::words) {
            return Ok(Some(words));
        }
        let before = old_invitee.as_deref().and_then(|uri| {
            let (event, invitee) = uri.split_once("/scheduled_events/")?.1.split_once("/invitees/")?;
            scheduler.at(&["scheduled_events", event, "invitees", invitee], &[]).ok()
        });
        let Some(url) = before else { break };
        let found = only_all(scheduler.ask::<One<Invitee>>(|http| http.get(url.clone())).await)?;
        next = found.map(|found| found.resource);
    }
    Ok(None)
}

/// The available times of the event type: each begins then, and lasts as long as the type does.
async fn open(scheduler: &Scheduler, chosen: &str, within: Span, now: Timestamp) -> Result<Vec<Span>, Trouble> {
    let url = scheduler.at(&["event_types", chosen], &[])?;
    let One { resource: kind } = scheduler.ask::<One<EventType>>(|http| http.get(url.clone())).await?;
    let lasts = SignedDuration::from_mins(i64::from(kind.duration));
    // What has begun is refused, and this takes a moment to get there.
    let soon = now.checked_add(SignedDuration::from_mins(1)).unwrap_or(now);
    let (mut from, mut open) = (within.from.max(soon), Vec::new());
    while from < within.to {
        let to = from.checked_add(AT_ONCE).unwrap_or(within.to).min(within.to);
        let (start, end) = (moment(from), moment(to));
        let asked = [("event_type", kind.uri.as_str()), ("start_time", start.as_str()), ("end_time", end.as_str())];
        let (times, _): (Vec<Available>, _) = list(scheduler, &["event_type_available_times"], &asked).await?;
        open.extend(times.into_iter().map(|time| Span {
            from: time.start_time,
            to: time.start_time.checked_add(lasts).unwrap_or(time.start_time),
        }));
        from = to;
    }
    Ok(open)
}

/// Booked under the account's own address: no one else hears of it, and nothing of a customer leaves.
pub(super) async fn book(scheduler: &Scheduler, chosen: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
    let email = match scheduler.owner.get() {
        Some(email) => email,
        None => {
            let me = me(scheduler).await?;
            scheduler.owner.get_or_init(|| me.email)
        }
    };
    let kind = scheduler.at(&["event_types", chosen], &[])?;
    let words = visit.words();
    let [medium, content, campaign, term] = WrittenVisit::names().map(|name| words.get(name));
    let asked = json!({
        "event_type": kind.as_str(), "start_time": moment(visit.time.from),
        "invitee": {"name": visit.summary, "email": email, "timezone": "UTC"},
        "tracking": {"utm_source": OURS, "utm_medium": medium, "utm_content": content, "utm_campaign": campaign,
            "utm_term": term},
    });
    let url = scheduler.at(&["invitees"], &[])?;
    scheduler.once(scheduler.http.post(url).json(&asked)).await.map(drop)
}

pub(super) async fn cancel(scheduler: &Scheduler, uid: &str) -> Result<(), Trouble> {
    let url = scheduler.at(&["scheduled_events", uid, "cancellation"], &[])?;
    let asked = json!({"reason": "It has another time in Porchlight, or does not take place."});
    scheduler.once(scheduler.http.post(url).json(&asked)).await.map(drop)
}

pub(super) async fn stands(scheduler: &Scheduler, uid: &str) -> Result<bool, Trouble> {
    let url = scheduler.at(&["scheduled_events", uid], &[])?;
    let event: One<Scheduled> = scheduler.ask(|http| http.get(url.clone())).await?;
    Ok(event.resource.status == "active")
}

pub(super) async fn watch(scheduler: &Scheduler, secret: &str, address: &str) -> Result<String, Trouble> {
    let me = me(scheduler).await?;
    let url = scheduler.at(&["webhook_subscriptions"], &[])?;
    let own = [("organization", me.current_organization.as_str()), ("user", me.uri.as_str()), ("scope", "user")];
    let (there, _): (Vec<Subscription>, _) = list(scheduler, &["webhook_subscriptions"], &own).await?;
    for old in there.iter().filter(|old| old.callback_url == address) {
        stop(scheduler, last(&old.uri)).await?;
    }
    let asked = json!({"url": address, "events": EVENTS, "organization": me.current_organization, "user": me.uri,
        "scope": "user", "signing_key": secret});
    let made: One<Subscription> = scheduler.ask(|http| http.post(url.clone()).json(&asked)).await?;
    Ok(last(&made.resource.uri).to_owned())
}

/// One that could not be delivered to for a day is disabled for good.
pub(super) async fn is_watched(scheduler: &Scheduler, id: &str) -> Result<bool, Trouble> {
    let url = scheduler.at(&["webhook_subscriptions", id], &[])?;
    let subscription: One<Subscription> = scheduler.ask(|http| http.get(url.clone())).await?;
    Ok(subscription.resource.state == "active")
}

pub(super) async fn stop(scheduler: &Scheduler, id: &str) -> Result<(), Trouble> {
    let url = scheduler.at(&["webhook_subscriptions", id], &[])?;
    scheduler.end(|http| http.delete(url.clone())).await
}

async fn me(scheduler: &Scheduler) -> Result<Me, Trouble> {
    let url = scheduler.at(&["users", "me"], &[])?;
    let me: One<Me> = scheduler.ask(|http| http.get(url.clone())).await?;
    Ok(me.resource)
}

/// A whole list, and how many of it cannot be read. Of the address of the next page its token alone is taken.
async fn list<T: DeserializeOwned>(
    scheduler: &Scheduler,
    segments: &[&str],
    asked: &[(&str, &str)],
) -> Result<(Vec<T>, usize), Trouble> {
    let (mut all, mut unreadable, mut token) = (Vec::new(), 0, None::<String>);
    for _ in 0..MAX_PAGES {
        let paged = token.iter().map(|token| ("page_token", token.as_str()));
        let asked: Vec<(&str, &str)> = asked.iter().copied().chain([("count", "100")]).chain(paged).collect();
        let url = scheduler.at(segments, &asked)?;
        let Collection { collection, pagination } = scheduler.ask(|http| http.get(url.clone())).await?;
        for one in collection {
            match serde_json::from_value(one) {
                Ok(one) => all.push(one),
                Err(_) => unreadable += 1,
            }
        }
        let Some(next) = pagination.next_page else { return Ok((all, unreadable)) };
        let in_address = || {
            let url = Url::parse(&next).ok()?;
            url.query_pairs().find(|(name, _)| name == "page_token").map(|(_, token)| token.into_owned())
        };
        token = pagination.next_page_token.or_else(in_address);
        if token.is_none() {
            return Err(Trouble::Refused("a list without its next page".to_owned()));
        }
    }
    Err(too_many())
}

/// The last part of an address that stands for an id.
fn last(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}
