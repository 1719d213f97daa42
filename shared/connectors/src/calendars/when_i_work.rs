//! When I Work's API v2: a person's shifts, and their time off. Outside of published shifts nothing is booked; plans are no promises.
//!
//! Source: When I Work's OpenAPI document of 2026. A session begins with e-mail and password, for a program that has a key of its own:
//! all three are the key that is kept, `<key> <e-mail> <password>`.

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::Timestamp;
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
    #[serde(default)]
    status: i64,
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
        CalendarChoice { id: user.id.to_string(), name, access: CalendarAccess::Read }
    };
    Ok((Some(account.company), users.filter(|user| !user.is_deleted).map(choice).collect()))
}

pub(super) async fn events(scheduler: &Scheduler, chosen: &str, within: Span) -> Result<Events, Trouble> {
    let token = log_in(scheduler).await?;
    let user: i64 = chosen.parse().map_err(|_| Trouble::NotFound)?;
    let (from, to) = (moment(within.from), moment(within.to));
    let window = [("start", from.as_str()), ("end", to.as_str()), ("user_id", chosen)];
    let Shifts { shifts } = ask(scheduler, &token, &["shifts"], &window).await?;
    let (mut all, mut open) = (Events::default(), Vec::new());
    let read = |stretch: Value, all: &mut Events| match serde_json::from_value::<Stretch>(stretch) {
        Ok(stretch) if stretch.user_id != user => None,
        Ok(stretch) if stretch.span().is_some() => Some(stretch),
        _ => {
            all.unreadable += 1;
            None
        }
    };
    for shift in shifts {
        // One that cannot be read is no time to book in.
        let shift = read(shift, &mut all).filter(|shift| shift.published);
        open.extend(shift.and_then(|shift| shift.span()));
    }
    for page in 0..MAX_PAGES {
        let page = page.to_string();
        let asked = [&window[..], &[("page", page.as_str()), ("limit", "100")]].concat();
        let Requests { requests, more } = ask(scheduler, &token, &["requests"], &asked).await?;
        for request in requests {
            if let Some(request) = read(request, &mut all).filter(|request| request.status == GRANTED)
                && let Some(span) = request.span()
            {
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
