//! Lists, of which none can be taken at its word: equal calls have given other sets.
//!
//! A list of appointments counts as whole where it is shorter than a page and as long as the answer says that all is; else it is read again
//! until another reading adds nothing, and where a page is full, its stretch of time is halved. Repeating appointments are in no list that is
//! documented: they are read as the vendor's own calendar page reads them, for everyone who works there. Where that is not answered any more
//! the reading fails, because what it leaves out would look free.

use domain::scheduling::Span;
use jiff::SignedDuration;
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::{Appointment, User};
use crate::calendars::Trouble;
use crate::calendars::scheduler::{MAX_PAGES, Scheduler, moment, too_many};

/// The most entries of an answer, whatever is asked for.
const ON_A_PAGE: usize = 100;
/// The most answers of one reading: over a rate that is not published it answers 429.
const MOST_ANSWERS: usize = 160;
/// So often a stretch of time is read until its readings agree.
const READINGS: usize = 5;
/// The shortest stretch that is halved.
const SHORTEST: SignedDuration = SignedDuration::from_mins(2);

/// Every answer.
#[derive(Deserialize)]
pub(super) struct Answer<T> {
    success: Option<bool>,
    code: Option<String>,
    pub(super) data: Option<T>,
    meta: Option<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    total: Option<usize>,
    has_more: Option<bool>,
}

/// What lists showed.
#[derive(Default)]
pub(super) struct Found {
    /// Each as it was changed last, by its key.
    pub(super) appointments: BTreeMap<String, Appointment>,
    /// What could not be read.
    pub(super) unreadable: BTreeSet<String>,
    answers: usize,
}

impl<T> Answer<T> {
    /// Why it is none, which comes with 200 too: by the vendor's word, such as `ORM-500`.
    pub(super) fn failed(&self) -> Option<Trouble> {
        if self.success != Some(false) {
            return None;
        }
        let is_word =
            |code: &&str| code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let code = self.code.as_deref().filter(is_word).unwrap_or("without a code");
        Some(match code.rsplit('-').next() {
            Some("404") => Trouble::NotFound,
            Some(status) if status.starts_with('5') => Trouble::Busy(code.to_owned(), None),
            _ => Trouble::Refused(code.to_owned()),
        })
    }
}

impl Found {
    /// Takes in what an answer shows; whether it adds something.
    fn adds(&mut self, rows: Vec<Value>) -> bool {
        let before = self.appointments.len() + self.unreadable.len();
        for row in rows {
            let name = row.get("id").map_or_else(|| row.to_string(), Value::to_string);
            let Ok(appointment) = serde_json::from_value::<Appointment>(row) else {
                self.unreadable.insert(name);
                continue;
            };
            let there = self.appointments.get(&appointment.key());
            if there.is_none_or(|there| there.version() < appointment.version()) {
                self.appointments.insert(appointment.key(), appointment);
            }
        }
        before < self.appointments.len() + self.unreadable.len()
    }
}

/// The data of a success, and what is said of the list that it is.
pub(super) async fn ask<T: DeserializeOwned>(
    scheduler: &Scheduler,
    request: impl Fn(&reqwest::Client) -> RequestBuilder,
) -> Result<(T, Meta), Trouble> {
    let answer: Answer<T> = scheduler.ask(request).await?;
    match answer.failed() {
        Some(trouble) => Err(trouble),
        None => Ok((answer.data.ok_or_else(super::unreadable)?, answer.meta.unwrap_or_default())),
    }
}

/// Everything of a kind that has no dates. It is begun again until as much was seen as there is.
pub(super) async fn every<T: DeserializeOwned>(scheduler: &Scheduler, kind: &str) -> Result<Vec<T>, Trouble> {
    let (mut all, mut skip) = (BTreeMap::new(), 0);
    for _ in 0..MAX_PAGES {
        let (limit, skipped) = (ON_A_PAGE.to_string(), skip.to_string());
        let url = scheduler.at(&[kind], &[("limit", limit.as_str()), ("skip", skipped.as_str())])?;
        let (rows, meta): (Vec<Value>, Meta) = ask(scheduler, |http| http.get(url.clone())).await?;
        let is_last = rows.len() < ON_A_PAGE;
        all.extend(rows.into_iter().map(|row| (row.get("id").map_or_else(|| row.to_string(), Value::to_string), row)));
        if meta.total.map_or(is_last, |total| all.len() >= total) {
            return Ok(all.into_values().filter_map(|row| serde_json::from_value(row).ok()).collect());
        }
        skip = if is_last { 0 } else { skip + ON_A_PAGE };
    }
    Err(Trouble::Busy("its lists do not agree".to_owned(), None))
}

/// The appointments that begin in a stretch of time, at all locations.
pub(super) async fn appointments(
    scheduler: &Scheduler,
    location: &str,
    within: Span,
    found: &mut Found,
) -> Result<(), Trouble> {
    let by_date = |span: Span| {
        json!({"where": {"startDate": {"gte": moment(span.from), "lte": moment(span.to)}, "locationId": location},
            "orderBy": {"startDate": "asc"}, "limit": ON_A_PAGE, "skip": 0})
    };
    let whole = walk(scheduler, "search", (by_date, true), vec![within], found).await?;
    let users: Vec<User> = every(scheduler, "user").await?;
    // Who left may have appointments all the same.
    let everyone: Vec<String> = users.into_iter().map(|user| user.id).collect();
    let with_offset = |text: String| format!("{}.000+00:00", text.trim_end_matches('Z'));
    let repeating = |span: Span| {
        json!({"dateMin": with_offset(moment(span.from)), "dateMax": with_offset(moment(span.to)), "technicians": everyone,
            "includeUnassigned": true, "orderBy": {"startDate": "asc"}, "limit": ON_A_PAGE, "skip": 0})
    };
    // How many there are is not said right.
    match walk(scheduler, "search_replacement", (repeating, false), whole, found).await {
        Err(Trouble::NotFound | Trouble::Refused(_)) => {
            Err(Trouble::Refused("repeating appointments are not shown to Porchlight any more".to_owned()))
        }
        walked => walked.map(drop),
    }
}

/// Reads stretches of time one by one, and returns those that it took for it.
async fn walk(
    scheduler: &Scheduler,
    way: &str,
    (asked, counts): (impl Fn(Span) -> Value, bool),
    mut left: Vec<Span>,
    found: &mut Found,
) -> Result<Vec<Span>, Trouble> {
    let (url, mut whole) = (scheduler.at(&["appointment", way], &[])?, Vec::new());
    'next: while let Some(span) = left.pop() {
        let mut seen = BTreeSet::new();
        for reading in 0..READINGS {
            found.answers += 1;
            if found.answers > MOST_ANSWERS {
                return Err(too_many());
            }
            let body = asked(span);
            let (rows, meta): (Vec<Value>, Meta) = ask(scheduler, |http| http.post(url.clone()).json(&body)).await?;
            if counts && rows.iter().any(|row| is_outside(row, span)) {
                return Err(Trouble::Refused("its list leaves the dates that it is asked for aside".to_owned()));
            }
            let is_full = rows.len() >= ON_A_PAGE || counts && meta.has_more == Some(true);
            seen.extend(rows.iter().map(|row| row.get("id").map_or_else(|| row.to_string(), Value::to_string)));
            let adds = found.adds(rows);
            if is_full {
                break;
            }
            if meta.total.filter(|_| counts).map_or(!adds && reading > 0, |total| seen.len() >= total) {
                whole.push(span);
                continue 'next;
            }
        }
        left.extend(halves(span).ok_or_else(too_many)?);
    }
    Ok(whole)
}

fn is_outside(row: &Value, span: Span) -> bool {
    let begins = row.get("startDate").and_then(|text| text.as_str()?.parse::<jiff::Timestamp>().ok());
    begins.is_some_and(|begins| begins.as_second() < span.from.as_second() || begins.as_second() > span.to.as_second())
}

fn halves(span: Span) -> Option<[Span; 2]> {
    let lasts = span.to.duration_since(span.from);
    let middle = span.from.checked_add(lasts / 2).ok().filter(|_| lasts > SHORTEST)?;
    Some([Span { to: middle, ..span }, Span { from: middle, ..span }])
}
