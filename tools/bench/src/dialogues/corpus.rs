//! Dialogues that others wrote and annotated, as goals: what a visitor says, and what must be known at the end.
//!
//! Two formats, told apart by their shape: the Schema-Guided Dialogue corpus (`turns` with frames, services 1 to 4) and STAR
//! (`Events` with the wizard's queries). Each dialogue is held at the time that its annotation is for.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use domain::tenancy::Tenant;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use serde_json::Value;

use super::shops::Shop;
use super::visitor::Style;

/// The days of the Schema-Guided corpus are annotated as of this morning.
const SGD_NOW: DateTime = date(2019, 3, 1).at(7, 30, 0, 0);
const NAMES: [&str; 6] = ["Jo Park", "Al Gray", "Caroline Ives", "Mia Stone", "Lena Ott", "Peter Han"];

/// One dialogue.
#[derive(Debug)]
pub(super) struct Goal {
    pub(super) id: String,
    pub(super) tenant: Tenant,
    /// When it begins.
    pub(super) now: DateTime,
    /// What the user says.
    pub(super) turns: Vec<String>,
    /// With which of it the booking begins.
    pub(super) begins: usize,
    /// The days that are right: two where today has the weekday that is named.
    pub(super) days: Vec<Date>,
    pub(super) hour: Time,
    /// How the user says them.
    pub(super) day_words: String,
    pub(super) hour_words: String,
    /// The service as it is said, and as the business calls it.
    pub(super) service: (String, String),
    /// The user says which service by themselves.
    pub(super) says_service: bool,
    pub(super) name: String,
    /// The user says their name by themselves.
    pub(super) says_name: bool,
    pub(super) style: Style,
}

impl Goal {
    /// Someone else has the time that they wish for, where a calendar books.
    pub(super) fn wants_what_is_taken(&self) -> bool {
        self.style == Style::Split
    }
}

#[derive(Deserialize)]
struct File {
    dialogues: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    suitable_index: usize,
    #[serde(default)]
    task: String,
    dialogue: Body,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Sgd {
        services: Vec<String>,
        turns: Vec<Spoken>,
    },
    Star {
        #[serde(rename = "Events")]
        events: Vec<StarEvent>,
    },
}

#[derive(Deserialize)]
struct Spoken {
    speaker: String,
    utterance: String,
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    #[serde(default)]
    actions: Vec<Act>,
    #[serde(default)]
    slots: Vec<Slot>,
    #[serde(default)]
    state: State,
}

#[derive(Deserialize)]
struct Act {
    slot: String,
    values: Vec<String>,
    canonical_values: Vec<String>,
}

#[derive(Deserialize)]
struct Slot {
    slot: String,
    start: usize,
    exclusive_end: usize,
}

#[derive(Deserialize, Default)]
struct State {
    #[serde(default)]
    active_intent: String,
    #[serde(default)]
    slot_values: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct StarEvent {
    #[serde(rename = "Agent")]
    agent: String,
    #[serde(rename = "Action")]
    action: String,
    #[serde(rename = "Text")]
    text: Option<String>,
    #[serde(rename = "Constraints", default)]
    constraints: Vec<BTreeMap<String, Value>>,
    #[serde(rename = "UnixTime", default)]
    unix_time: i64,
}

/// The goals of `text`, a file of either format, and how many dialogues were left out because no one names a day and an hour.
pub(super) fn read(text: &str) -> Result<(Vec<Goal>, usize)> {
    let file: File = serde_json::from_str(text).context("neither a Schema-Guided file nor one of STAR")?;
    let (mut goals, mut left_out) = (Vec::new(), 0);
    for entry in file.dialogues {
        let (index, task, order) = (entry.suitable_index, entry.task, goals.len());
        let goal = match entry.dialogue {
            Body::Sgd { services, turns } => sgd(index, services.first().map_or("", String::as_str), &turns, order)?,
            Body::Star { events } => star(index, &task, &events, order)?,
        };
        match goal {
            Some(goal) => goals.push(goal),
            None => left_out += 1,
        }
    }
    Ok((goals, left_out))
}

fn sgd(index: usize, service: &str, turns: &[Spoken], order: usize) -> Result<Option<Goal>> {
    let shop = if service == "Services_1" { Shop::Hair } else { Shop::Health };
    let tenant = shop.tenant("08:00", "20:00")?;
    let users: Vec<&Spoken> = turns.iter().filter(|turn| turn.speaker == "USER").collect();
    let frames = || users.iter().flat_map(|turn| &turn.frames);
    let last = |slot: &str| {
        let acts = frames().flat_map(|frame| &frame.actions).filter(|act| act.slot == slot);
        acts.filter_map(|act| act.values.last().zip(act.canonical_values.last())).next_back()
    };
    let (Some((day_words, day)), Some((hour_words, hour))) = (last("appointment_date"), last("appointment_time"))
    else {
        return Ok(None);
    };
    let kind = frames().filter_map(|frame| frame.state.slot_values.get("type")?.first()).next_back();
    let begins = users
        .iter()
        .position(|turn| turn.frames.first().is_some_and(|frame| frame.state.active_intent == "BookAppointment"));
    let (said, named) = shop.wish(order);
    let service_words = kind.map_or_else(|| (said.to_owned(), named.to_owned()), |kind| (kind.clone(), kind.clone()));
    Ok(Some(Goal {
        id: format!("{service}/{index}"),
        turns: users.iter().map(|turn| fitted(turn, &tenant.name)).collect(),
        tenant,
        now: SGD_NOW,
        begins: begins.unwrap_or_default(),
        days: vec![day.parse().with_context(|| format!("{index}: {day} is no day"))?],
        hour: Time::strptime("%H:%M", hour).with_context(|| format!("{index}: {hour} is no hour"))?,
        day_words: day_words.clone(),
        hour_words: hour_words.trim_start_matches("at ").to_owned(),
        service: service_words,
        says_service: kind.is_some(),
        name: named_one(order),
        says_name: false,
        style: Style::of(order),
    }))
}

/// What is said, with the shop's name and its town for those of the corpus.
fn fitted(turn: &Spoken, business: &str) -> String {
    let mut slots: Vec<&Slot> = turn.frames.iter().flat_map(|frame| &frame.slots).collect();
    slots.retain(|slot| slot.slot.ends_with("_name") || slot.slot == "city");
    slots.sort_by_key(|slot| std::cmp::Reverse(slot.start));
    let mut letters: Vec<char> = turn.utterance.chars().collect();
    for slot in slots {
        let with = if slot.slot == "city" { "Denver" } else { business };
        let end = slot.exclusive_end.min(letters.len());
        letters.splice(slot.start.min(end)..end, with.chars());
    }
    letters.into_iter().collect()
}

fn star(index: usize, task: &str, events: &[StarEvent], order: usize) -> Result<Option<Goal>> {
    let shop = match task.split('_').next() {
        Some("apartment") => Shop::Homes,
        Some("doctor") => Shop::Health,
        Some("party" | "meeting") => Shop::Rooms,
        _ => return Ok(None),
    };
    let of = |query: &StarEvent, key: &str| {
        let value = query.constraints.iter().find_map(|constraint| constraint.get(key))?;
        Some(plain(value)).filter(|value| !value.is_empty())
    };
    let queries = events.iter().filter(|event| event.action == "query");
    let wish = queries.filter_map(|query| Some((query, of(query, "Day")?, of(query, "StartTimeHour")?))).next_back();
    let Some((query, day_words, hour_words)) = wish else { return Ok(None) };
    let tenant = shop.tenant("00:00", "00:00")?;
    let begin = Timestamp::from_second(events.first().map(|event| event.unix_time).unwrap_or_default())?;
    let now = begin.to_zoned(tenant.time_zone()).datetime();
    let (Some(days), Some(hour)) = (weekday(&day_words, now.date()), clock(&hour_words)) else { return Ok(None) };
    let said = events.iter().filter(|event| event.agent == "User" && event.action == "utter");
    let turns: Vec<String> = said.filter_map(|event| event.text.clone()).filter(|text| !text.is_empty()).collect();
    let name = ["RenterName", "PatientName", "UserName", "HostName"].iter().find_map(|key| of(query, key));
    let name = name.unwrap_or_else(|| named_one(order));
    let (said, named) = if task.starts_with("meeting") { ("a meeting", "Meeting") } else { shop.wish(order) };
    Ok(Some(Goal {
        id: format!("{task}/{index}"),
        tenant,
        now,
        begins: 0,
        days,
        hour,
        day_words,
        hour_words,
        service: (said.to_owned(), named.to_owned()),
        says_service: task.starts_with("apartment") || task.starts_with("party"),
        says_name: turns.iter().any(|turn| turn.contains(&name)),
        name,
        turns,
        style: Style::of(order),
    }))
}

fn named_one(order: usize) -> String {
    NAMES.get(order % NAMES.len()).copied().unwrap_or_default().to_owned()
}

/// `api.is_equal_to("7 pm")` as `7 pm`.
fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let inner = text.split_once('(').map_or(text.as_str(), |(_, inner)| inner);
    inner.trim_matches(|letter: char| "()[]\"\\ ".contains(letter)).trim().to_owned()
}

/// The days that a weekday's name means on `today`: the next, and today where it is one.
fn weekday(words: &str, today: Date) -> Option<Vec<Date>> {
    let name = |day: Date| day.strftime("%A").to_string().to_lowercase();
    let week: Vec<Date> = (0..=7).filter_map(|days| today.checked_add(days.days()).ok()).collect();
    let days: Vec<Date> = week.into_iter().filter(|day| name(*day) == words.to_lowercase()).collect();
    (!days.is_empty()).then_some(days)
}

fn clock(words: &str) -> Option<Time> {
    let words: String = words.to_lowercase().split_whitespace().collect();
    ["%I%p", "%I:%M%p"].iter().find_map(|format| Time::strptime(format, &words).ok())
}
