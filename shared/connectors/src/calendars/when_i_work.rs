//! When I Work's API v2: a person's shifts, and their time off. Outside of published shifts nothing is booked; plans are no promises.
//!
//! Source: When I Work's OpenAPI document of 2026. A session begins with e-mail and password, for a program that has a key of its own:
//! all three are the key that is kept, `<key> <e-mail> <password>`.

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

use super::call::{self, Unanswered};
use super::scheduler::{MAX_PAGES, Scheduler, moment, too_many};
use super::{Event, Events, Trouble, at};

/// Where people log in, who are asked for elsewhere.
const HOST: (&str, &str) = ("api.wheniwork.com", "https://api.login.wheniwork.com/");
/// The longest shift, and the longest time off, that may have begun before.
const SHIFTS_BACK: SignedDuration = SignedDuration::from_hours(24);
const REQUESTS_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The status of a request for time off that was granted.
const GRANTED: i64 = 2;

#[derive(Deserialize)]
struct Login {
    token: SecretString,
}

#[derive(Deserialize)]
struct Account {
    account: Company,
}

#[derive(Deserialize)]
struct Company {
    #[serde(default)]
    company: String,
}

#[derive(Deserialize)]
struct Users {
    users: Vec<Value>,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    is_deleted: bool,
}

#[derive(Deserialize)]
struct Shifts {
    shifts: Vec<Value>,
    #[serde(default)]
    more: bool,
}

#[derive(Deserialize)]
struct Requests {
    requests: Vec<Value>,
    #[serde(default)]
    more: bool,
}

/// A shift, or a request for time off.
#[derive(Deserialize)]
struct Stretch {
    id: i64,
    user_id: i64,
    start_time: String,
    end_time: String,
    #[serde(default)]
    published: bool,
}

impl Stretch {
    fn span(&self) -> Option<Span> {
        Some(Span { from: time(&self.start_time)?, to: time(&self.end_time)? })
    }
}

pub(super) async fn choices(scheduler: &Scheduler) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
    let token = log_in(scheduler).await?;
    let Account { account } = ask(scheduler, &token, &["account"], &[]).await?;
    let Users { users } = ask(scheduler, &token, &["users"], &[]).await?;
    let users = users.into_iter().filter_map(|user| serde_json::from_value::<User>(user).ok());
    let choice = |user: User| {
        let name = format!("{} {}", user.first_name, user.last_name).chars().take(200).collect();
        CalendarChoice {
            id: user.id.to_string(),
            name,
            access: CalendarAccess::Read,
            lasts_minutes: None,
            not_written: Some("When I Work plans shifts, and takes no bookings".to_owned()),
        }
    };
    Ok((Some(account.company), users.filter(|user| !user.is_deleted).map(choice).collect()))
}

pub(super) async fn events(scheduler: &Scheduler, chosen: &str, within: Span) -> Result<Events, Trouble> {
    let token = log_in(scheduler).await?;
    let user: i64 = chosen.parse().map_err(|_| Trouble::NotFound)?;
    // They are found by when they begin: what began before may go on.
    let since = |back: SignedDuration| moment(within.from.checked_sub(back).unwrap_or(within.from));
    let (shifts_from, requests_from, to) = (since(SHIFTS_BACK), since(REQUESTS_BACK), moment(within.to));
    let (mut all, mut open) = (Events::default(), Vec::new());
    for page in 0..=MAX_PAGES {
        if page == MAX_PAGES {
            return Err(too_many());
        }
        let page = page.to_string();
        let mut asked = vec![("start", shifts_from.as_str()), ("end", to.as_str()), ("user_id", chosen)];
        // Its documents know no pages of shifts: the next one is asked for where the answer says that there is one.
        asked.extend([("page", page.as_str())].into_iter().filter(|(_, page)| *page != "0"));
        let Shifts { shifts, more } = ask(scheduler, &token, &["shifts"], &asked).await?;
        for shift in shifts {
            // One that cannot be read is no time to book in.
            match read(shift) {
                Some((shift, span)) if shift.user_id == user && shift.published => open.push(span),
                Some(_) => {}
                None => all.unreadable += 1,
            }
        }
        if !more {
            break;
        }
    }
    open.retain(|span| span.overlaps(within));
    for page in 0..MAX_PAGES {
        let page = page.to_string();
        let asked = [
            ("start", requests_from.as_str()),
            ("end", to.as_str()),
            ("user_id", chosen),
            ("page", page.as_str()),
            ("limit", "100"),
        ];
        let Requests { requests, more } = ask(scheduler, &token, &["requests"], &asked).await?;
        for request in requests {
            let is_others = request.get("user_id").and_then(Value::as_i64).is_some_and(|id| id != user);
            let is_granted = request.get("status").and_then(Value::as_i64).is_none_or(|status| status == GRANTED);
            if is_others || !is_granted {
                continue;
            }
            // Without its times the person would look free: what was known stands.
            let (request, span) =
                read(request).ok_or_else(|| Trouble::Refused("time off that cannot be read".to_owned()))?;
            if span.overlaps(within) {
                all.events.push(Event::told(&format!("off-{}", request.id), span, BTreeMap::new()));
            }
        }
        if !more {
            all.open = Some(open);
            return Ok(all);
        }
    }
    Err(too_many())
}

/// A shift or a request, and when it is.
fn read(stretch: Value) -> Option<(Stretch, Span)> {
    let stretch: Stretch = serde_json::from_value(stretch).ok()?;
    let span = stretch.span()?;
    Some((stretch, span))
}

/// A token, which is good for a week. One is had for each reading, so that none has to be kept.
async fn log_in(scheduler: &Scheduler) -> Result<SecretString, Trouble> {
    let mut parts = scheduler.key.expose_secret().splitn(3, ' ');
    let (Some(key), Some(email), Some(password)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Trouble::LockedOut);
    };
    let url = match scheduler.base.host_str() {
        Some(host) if host == HOST.0 => at(&HOST.1.parse::<Url>().map_err(|_| Trouble::NotFound)?, &["login"])?,
        _ => scheduler.at(&["login"], &[])?,
    };
    let asked = json!({"email": email, "password": password});
    let login = call::send(&scheduler.http, |http| http.post(url.clone()).header("W-Key", key).json(&asked)).await;
    call::read::<Login>(&login.map_err(Unanswered::trouble)?).map(|login| login.token)
}

async fn ask<T: DeserializeOwned>(
    scheduler: &Scheduler,
    token: &SecretString,
    segments: &[&str],
    asked: &[(&str, &str)],
) -> Result<T, Trouble> {
    let url = scheduler.at(segments, asked)?;
    let answer =
        call::send(&scheduler.http, |http| http.get(url.clone()).header("W-Token", token.expose_secret())).await;
    call::read(&answer.map_err(Unanswered::trouble)?)
}

/// As e-mails write a time, or as RFC 3339 does.
fn time(text: &str) -> Option<Timestamp> {
    let mail = || jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    text.parse().ok().or_else(mail)
}
