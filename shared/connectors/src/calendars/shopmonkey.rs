//! Shopmonkey's API v3: the appointments of a shop, and its webhooks.
//!
//! Sources: shopmonkey.dev (appointment, location, webhook, webhooks), and what others measured in production (ngsalmon's
//! `shopmonkey-api-quirks` and `ssw_shopmonkey_scheduler`, April to August 2026). It answers a failure with 200 too. A filter that it does
//! not know is ignored, and a list comes in any order. How lists are read: [`list`]. An appointment of ours that no list shows is asked
//! for by its id before it counts as deleted.
//!
//! An appointment keeps its id when it gets another time. Which visit it is stands in its note, in a word that [`mark`] writes; all else
//! of the note is the shop's, and so is who does the work and which order it belongs to.

mod list;

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::call;
use super::scheduler::{LOOKED_INTO, Scheduler, moment, too_many};
use super::{Event, Events, Trouble, WrittenVisit};
use list::Found;

/// The longest appointment that may have begun before: a holiday is one.
const BEGAN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// What was over so long before is left out, as of visits here.
const OVER: SignedDuration = SignedDuration::from_hours(24);
/// What the word begins with that says in a note which visit it is.
const MARK: &str = "porchlight:";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    id: String,
    #[serde(default)]
    name: String,
    timezone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    location_id: Option<String>,
    active: Option<bool>,
}

#[derive(Deserialize)]
struct Technician {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Appointment {
    id: String,
    updated_date: Option<String>,
    start_date: Timestamp,
    end_date: Option<Timestamp>,
    all_day: Option<bool>,
    note: Option<String>,
    location_id: Option<String>,
    /// A list has them, the appointment by itself has not.
    technicians: Option<Vec<Technician>>,
    technician_ids: Option<Vec<String>>,
    /// Its documents write it in both ways.
    cancelation_note: Option<String>,
    cancellation_note: Option<String>,
    deleted: Option<bool>,
    rruleset: Option<Value>,
    recurring_appointment_id: Option<String>,
}

#[derive(Deserialize)]
struct Webhook {
    id: String,
    #[serde(default)]
    url: String,
    enabled: Option<bool>,
    error: Option<bool>,
}

/// An appointment as it was listed: its version, its note, and whether it repeats.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    version: String,
    note: String,
    repeats: bool,
}

/// What was chosen: a location, or one of those who work there.
struct Place<'a> {
    location: &'a str,
    technician: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(chosen: &'a str) -> Self {
        match chosen.split_once('/') {
            Some((location, technician)) => Self { location, technician: Some(technician) },
            None => Self { location: chosen, technician: None },
        }
    }

    /// Whether an appointment takes its time. Where it is not said where it is, or who does it, it does.
    fn is_taken_by(&self, appointment: &Appointment) -> bool {
        let is_here = appointment.location_id.as_ref().is_none_or(|id| id == self.location);
        let Some(own) = self.technician.filter(|_| is_here) else { return is_here };
        let listed = appointment.technicians.as_ref().map(|all| all.iter().any(|one| one.id == own));
        let named = || Some(appointment.technician_ids.as_ref()?.iter().any(|id| id == own));
        listed.or_else(named).unwrap_or(true)
    }
}

impl Appointment {
    fn version(&self) -> &str {
        self.updated_date.as_deref().unwrap_or_default()
    }

    fn repeats(&self) -> bool {
        self.rruleset.is_some() || self.recurring_appointment_id.is_some()
    }

    /// What it is known by. Whether each date of a series has an id of its own is not documented.
    fn key(&self) -> String {
        if self.repeats() { format!("{} {}", self.id, self.start_date) } else { self.id.clone() }
    }

    fn is_off(&self) -> bool {
        let notes = [&self.cancelation_note, &self.cancellation_note];
        self.deleted == Some(true) || notes.into_iter().flatten().any(|note| !note.is_empty())
    }

    fn span(&self) -> Span {
        Span { from: self.start_date, to: self.end_date.unwrap_or(self.start_date).max(self.start_date) }
    }

    fn event(&self, uid: &str, words: BTreeMap<String, String>, zone: Option<&TimeZone>) -> Event {
        let Span { from, to } = self.span();
        let a_day = || from.checked_add(SignedDuration::from_hours(24)).map_or(to, |day| day.max(to));
        let (to, days) = match (self.all_day, zone) {
            (Some(true), Some(zone)) => {
                // It ends with the day that its end is in; an end at midnight is that of the day before.
                let last = to.checked_sub(SignedDuration::from_secs(1)).unwrap_or(to).max(from);
                let last = last.to_zoned(zone.clone()).date();
                (to, Some((from.to_zoned(zone.clone()).date(), last.tomorrow().unwrap_or(last))))
            }
            (Some(true), None) => (a_day(), None),
            _ => (to, None),
        };
        Event::in_place(uid, Span { from, to }, days, words)
    }
}

/// The locations of the account, and each with those who work there.
pub(super) async fn choices(scheduler: &Scheduler) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
    let locations: Vec<Location> = list::every(scheduler, "location").await?;
    let users: Vec<User> = list::every(scheduler, "user").await?;
    let choice = |id: String, name: String| CalendarChoice {
        id,
        name: name.chars().take(200).collect(),
        access: CalendarAccess::Write,
        lasts_minutes: None,
        not_written: None,
    };
    let works = |user: &&User, location: &Location| {
        user.active != Some(false) && user.location_id.as_ref().is_none_or(|id| *id == location.id)
    };
    let mut choices: Vec<_> = locations.iter().map(|one| choice(one.id.clone(), one.name.clone())).collect();
    for location in &locations {
        choices.extend(users.iter().filter(|user| works(user, location)).map(|user| {
            let names = [&user.first_name, &user.last_name].into_iter().flatten().cloned().collect::<Vec<_>>();
            choice(format!("{}/{}", location.id, user.id), format!("{}: {}", location.name, names.join(" ")))
        }));
    }
    // The account has no name of its own that is documented.
    Ok((Some(locations.first().map_or("Shopmonkey", |first| first.name.as_str()).to_owned()), choices))
}

pub(super) async fn events(scheduler: &mut Scheduler, chosen: &str, within: Span) -> Result<Events, Trouble> {
    let place = Place::of(chosen);
    let locations: Vec<Location> = list::every(scheduler, "location").await?;
    let location = locations.into_iter().find(|one| one.id == place.location).ok_or(Trouble::NotFound)?;
    let zone = location.timezone.as_ref().and_then(|name| TimeZone::get(name).ok());
    let mut found = Found::default();
    let back = |by: SignedDuration| within.from.checked_sub(by).unwrap_or(within.from);
    list::appointments(scheduler, place.location, Span { from: back(BEGAN), ..within }, &mut found).await?;
    let since = back(OVER);
    ask_for_unlisted(scheduler, since, &mut found).await?;
    let Found { appointments, unreadable, .. } = found;
    let (mut listed, mut known, mut events) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    let mut series = Vec::new();
    for appointment in appointments.into_values().filter(|appointment| !appointment.is_off()) {
        let note = appointment.note.as_deref().unwrap_or_default();
        let words = match scheduler.remembered(&appointment.id) {
            // A copy of one of ours, whatever its note says.
            Some(none) if none.is_empty() => {
                known.insert(appointment.id.clone(), String::new());
                none
            }
            remembered => marked(note).or(remembered).unwrap_or_default(),
        };
        if appointment.span().to < since && is_over(&words, since) {
            continue;
        }
        if Event::is_told(&words) {
            // Whoever does it: it is the visit, and was not deleted.
            known.insert(appointment.id.clone(), WrittenVisit::in_one_word(&words));
            let (version, note, repeats) = (appointment.version().to_owned(), note.to_owned(), appointment.repeats());
            listed.insert(appointment.id.clone(), Listed { version, note, repeats });
            let event = appointment.event(&appointment.id, words, zone.as_ref());
            // It may be another business's visit, elsewhere in the same shop.
            let event = if place.is_taken_by(&appointment) { event } else { event.free() };
            let those = if repeats { &mut series } else { &mut events };
            those.push(event);
        } else if place.is_taken_by(&appointment) {
            events.push(appointment.event(&appointment.key(), words, zone.as_ref()));
        }
    }
    // Of a visit that was made a series there, the first date is the visit. The others take no time.
    series.sort_by_key(|event| event.begins().0);
    for event in series {
        if !events.iter().any(|other: &Event| other.id == event.id) {
            events.push(event);
        }
    }
    (scheduler.known, scheduler.listed) = (known, listed);
    let time_zone = location.timezone.filter(|_| zone.is_some());
    Ok(Events { events, unreadable: unreadable.len(), time_zone, ..Events::default() })
}

/// Asks for each appointment of ours that was not listed: that a list leaves it out says nothing, and someone may have moved it meanwhile.
async fn ask_for_unlisted(scheduler: &mut Scheduler, since: Timestamp, found: &mut Found) -> Result<(), Trouble> {
    let is_over = |word: &String| is_over(&WrittenVisit::of_one_word(word), since);
    let listed: BTreeSet<String> = found.appointments.values().map(|appointment| appointment.id.clone()).collect();
    let is_listed = |uid: &String| listed.contains(uid);
    scheduler.known.retain(|uid, word| is_listed(uid) || !is_over(word));
    let unlisted: Vec<String> = scheduler.known.keys().filter(|uid| !is_listed(uid)).cloned().collect();
    let before = scheduler.known.len();
    for (asked, uid) in unlisted.into_iter().enumerate() {
        if asked >= LOOKED_INTO {
            // The next reading comes further only where fewer are left.
            return Err(if scheduler.known.len() < before { Trouble::Unfinished } else { too_many() });
        }
        match one(scheduler, &uid).await {
            Ok(appointment) if !appointment.is_off() => drop(found.appointments.insert(uid, appointment)),
            Ok(_) | Err(Trouble::NotFound | Trouble::Gone) => drop(scheduler.known.remove(&uid)),
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

/// Whether we wrote it to be over before, or did not write it.
fn is_over(words: &BTreeMap<String, String>, since: Timestamp) -> bool {
    words.values().filter_map(|text| text.parse().ok()).all(|at: Timestamp| at < since)
}

/// Without a customer: no one hears of it, and nothing of one leaves.
pub(super) async fn book(scheduler: &mut Scheduler, chosen: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
    let Place { location, technician } = Place::of(chosen);
    let mut asked = json!({
        "name": visit.summary, "note": mark(visit.link.as_deref().unwrap_or_default(), visit), "color": "blue", "allDay": false,
        "startDate": moment(visit.time.from), "endDate": moment(visit.time.to), "locationId": location,
        "sendConfirmation": false, "sendReminder": false, "useEmail": false, "useSMS": false,
    });
    if let (Some(fields), Some(technician)) = (asked.as_object_mut(), technician) {
        fields.insert("technicianId".to_owned(), json!(technician));
    }
    let url = scheduler.at(&["appointment"], &[])?;
    let made = done(&scheduler.once(scheduler.http.post(url).json(&asked)).await?)?;
    if let Some(id) = made.get("id").and_then(Value::as_str) {
        scheduler.known.insert(id.to_owned(), WrittenVisit::in_one_word(&visit.words()));
    }
    Ok(())
}

/// Gives an appointment the visit's time, where it is still as it was listed. There is no way to have that checked in the same call.
pub(super) async fn rewrite(scheduler: &mut Scheduler, visit: &WrittenVisit, uid: &str) -> Result<(), Trouble> {
    let listed = scheduler.listed.get(uid).cloned().ok_or(Trouble::Changed)?;
    does_not_repeat(scheduler, uid)?;
    match one(scheduler, uid).await {
        Ok(now) if now.version() == listed.version && !now.is_off() => {}
        Ok(_) | Err(Trouble::NotFound | Trouble::Gone) => return Err(Trouble::Changed),
        Err(trouble) => return Err(trouble),
    }
    let asked = json!({"startDate": moment(visit.time.from), "endDate": moment(visit.time.to), "allDay": false,
        "note": mark(&listed.note, visit)});
    let url = scheduler.at(&["appointment", uid], &[])?;
    let made = match scheduler.once(scheduler.http.put(url).json(&asked)).await {
        Err(Trouble::NotFound | Trouble::Gone) => return Err(Trouble::Changed),
        answered => done(&answered?)?,
    };
    scheduler.known.insert(uid.to_owned(), WrittenVisit::in_one_word(&visit.words()));
    match serde_json::from_value::<Appointment>(made) {
        // Written again, it would come back like this for ever.
        Ok(made) if made.start_date == visit.time.from && made.end_date.is_some_and(|end| end != visit.time.to) => {
            Err(Trouble::Refused("it gives it another end".to_owned()))
        }
        _ => Ok(()),
    }
}

pub(super) async fn cancel(scheduler: &mut Scheduler, uid: &str) -> Result<(), Trouble> {
    does_not_repeat(scheduler, uid)?;
    let url = scheduler.at(&["appointment", uid], &[])?;
    done(&scheduler.once(scheduler.http.delete(url)).await?).map(|_| drop(scheduler.known.remove(uid)))
}

/// Which dates of a series a change is for is not documented.
fn does_not_repeat(scheduler: &Scheduler, uid: &str) -> Result<(), Trouble> {
    match scheduler.listed.get(uid) {
        Some(listed) if listed.repeats => Err(Trouble::Refused("it repeats there".to_owned())),
        _ => Ok(()),
    }
}

pub(super) async fn stands(scheduler: &Scheduler, uid: &str) -> Result<bool, Trouble> {
    one(scheduler, uid).await.map(|appointment| !appointment.is_off())
}

/// Names of webhooks are unique there.
pub(super) async fn watch(
    scheduler: &Scheduler,
    chosen: &str,
    (secret, address): (&str, &str),
    now: Timestamp,
) -> Result<String, Trouble> {
    let there: Vec<Webhook> = list::every(scheduler, "webhook").await?;
    for old in there.iter().filter(|old| old.url == address) {
        stop(scheduler, &old.id).await?;
    }
    let asked = json!({"name": format!("Porchlight {now}"), "url": address, "triggers": ["Appointment"], "enabled": true,
        "secret": secret, "locationId": Place::of(chosen).location});
    let url = scheduler.at(&["webhook"], &[])?;
    let made = done(&scheduler.once(scheduler.http.post(url).json(&asked)).await?)?;
    serde_json::from_value(made).map(|made: Webhook| made.id).map_err(|_| unreadable())
}

pub(super) async fn is_watched(scheduler: &Scheduler, id: &str) -> Result<bool, Trouble> {
    let url = scheduler.at(&["webhook", id], &[])?;
    let webhook: Webhook = list::ask(scheduler, |http| http.get(url.clone())).await?.0;
    Ok(webhook.enabled != Some(false) && webhook.error != Some(true))
}

pub(super) async fn stop(scheduler: &Scheduler, id: &str) -> Result<(), Trouble> {
    let url = scheduler.at(&["webhook", id], &[])?;
    scheduler.end(|http| http.delete(url.clone())).await
}

async fn one(scheduler: &Scheduler, uid: &str) -> Result<Appointment, Trouble> {
    let url = scheduler.at(&["appointment", uid], &[])?;
    Ok(list::ask(scheduler, |http| http.get(url.clone())).await?.0)
}

/// What came of a change, of which a success may say nothing.
fn done(body: &[u8]) -> Result<Value, Trouble> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    match call::read::<list::Answer<Value>>(body) {
        // It was done: the next reading sees what.
        Err(_) => Ok(Value::Null),
        Ok(answer) => match answer.failed() {
            Some(trouble) => Err(trouble),
            None => Ok(answer.data.unwrap_or_default()),
        },
    }
}

fn unreadable() -> Trouble {
    Trouble::Refused("an answer that cannot be read".to_owned())
}

/// What a note says of the visit, where it says all of that.
fn marked(note: &str) -> Option<BTreeMap<String, String>> {
    let (_, rest) = note.split_once(MARK)?;
    let words = WrittenVisit::of_one_word(rest.split(ends).next()?);
    Some(words).filter(|words| !WrittenVisit::in_one_word(words).is_empty())
}

/// The note with what it says of the visit; the rest stays.
fn mark(note: &str, visit: &WrittenVisit) -> String {
    let word = format!("{MARK}{}", WrittenVisit::in_one_word(&visit.words()));
    match note.split_once(MARK) {
        Some((before, rest)) => {
            format!("{before}{word}{}", rest.find(ends).and_then(|at| rest.get(at..)).unwrap_or_default())
        }
        None if note.is_empty() => word,
        None => format!("{note}\n{word}"),
    }
}

/// Whether a word ends here, in a text or in HTML.
fn ends(c: char) -> bool {
    c.is_whitespace() || c == '<'
}
