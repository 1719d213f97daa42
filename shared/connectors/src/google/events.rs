//! What a calendar says, and our visits in it.

use domain::scheduling::{CalendarAccess, CalendarChoice, Span};
use jiff::Timestamp;
use reqwest::header::IF_MATCH;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

use super::{Changes, Event, Events, Session, Trouble, WrittenVisit, at};

/// Events on a page.
const ON_A_PAGE: &str = "1000";
/// The most pages: as many events as of a calendar file.
const MAX_PAGES: usize = 20;
/// What is asked for of an event: never what it is called, nor who else comes.
const FIELDS: &str = "items(id,status,etag,start,end,transparency,eventType,iCalUID,attendees(self,responseStatus),\
                      extendedProperties/private),nextPageToken,nextSyncToken,timeZone";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    items: Vec<Value>,
    #[serde(default)]
    next_page_token: Option<String>,
    #[serde(default)]
    next_sync_token: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
}

#[derive(Deserialize)]
struct FreeBusy {
    #[serde(default)]
    calendars: BTreeMap<String, Busy>,
}

#[derive(Deserialize)]
struct Busy {
    #[serde(default)]
    busy: Vec<Stretch>,
    #[serde(default)]
    errors: Vec<Value>,
}

#[derive(Deserialize)]
struct Stretch {
    start: Timestamp,
    end: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListEntry {
    id: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    summary_override: Option<String>,
    #[serde(default)]
    access_role: String,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    deleted: bool,
}

impl Session<'_> {
    /// The account's name, which is the id of its primary calendar, and the calendars to choose from, its own first.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn calendars(&mut self) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
        let url = at(&self.google.endpoints.api, &["users", "me", "calendarList"])?;
        let mut all: Vec<ListEntry> = Vec::new();
        let mut next = None;
        for _ in 0..MAX_PAGES {
            let page = paged(&url, &[("maxResults", "250")], next.as_deref());
            let page: Page = self.ask(|http| http.get(page.clone())).await?;
            all.extend(page.items.into_iter().filter_map(|item| serde_json::from_value(item).ok()));
            next = page.next_page_token;
            if next.is_none() {
                break;
            }
        }
        let account = all.iter().find(|entry| entry.primary).map(|entry| entry.id.clone());
        all.sort_by_key(|entry| !entry.primary);
        let choice = |entry: ListEntry| {
            let access = match entry.access_role.as_str() {
                "owner" | "writer" => CalendarAccess::Write,
                "reader" => CalendarAccess::Read,
                "freeBusyReader" => CalendarAccess::FreeBusy,
                _ => return None,
            };
            let name: String = entry.summary_override.unwrap_or(entry.summary).chars().take(200).collect();
            (!entry.deleted).then_some(CalendarChoice {
                id: entry.id,
                name,
                access,
                lasts_minutes: None,
                not_written: None,
            })
        };
        Ok((account, all.into_iter().filter_map(choice).collect()))
    }

    /// Everything in a stretch of time.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn events(&mut self, calendar: &str, within: Span) -> Result<Events, Trouble> {
        let (from, to) = (within.from.to_string(), within.to.to_string());
        let (mut all, mut next) = (Events::default(), None);
        for _ in 0..MAX_PAGES {
            let window = [("timeMin", from.as_str()), ("timeMax", to.as_str())];
            let page: Page = self.page(calendar, &window, next.as_deref()).await?;
            for item in page.items {
                match serde_json::from_value(item) {
                    Ok(event) => all.events.push(event),
                    Err(_) => all.unreadable += 1,
                }
            }
            all.time_zone = page.time_zone.or(all.time_zone);
            (next, all.token) = (page.next_page_token, page.next_sync_token);
            if next.is_none() {
                return Ok(all);
            }
        }
        Err(Trouble::Refused("the calendar has more than 20,000 events within 60 days".to_owned()))
    }

    /// Whether something changed since `token` was given.
    ///
    /// # Errors
    /// [`Trouble::Gone`]: the token is too old; else as Google answers.
    pub async fn changes(&mut self, calendar: &str, token: &str) -> Result<Changes, Trouble> {
        let mut next = None;
        for _ in 0..MAX_PAGES {
            let page: Page = self.page(calendar, &[("syncToken", token)], next.as_deref()).await?;
            match (page.items.is_empty(), page.next_page_token, page.next_sync_token) {
                (true, Some(more), _) => next = Some(more),
                (true, None, Some(token)) => return Ok(Changes::None(token)),
                _ => break,
            }
        }
        Ok(Changes::Some)
    }

    /// When a calendar is busy of which no more is shown to us.
    ///
    /// # Errors
    /// As Google answers; also where it cannot say it of this calendar, which is then not free.
    pub async fn busy(&mut self, calendar: &str, within: Span) -> Result<Vec<Span>, Trouble> {
        let url = at(&self.google.endpoints.api, &["freeBusy"])?;
        let asked = json!({"timeMin": within.from.to_string(), "timeMax": within.to.to_string(), "timeZone": "UTC",
            "items": [{"id": calendar}]});
        let mut answer: FreeBusy = self.ask(|http| http.post(url.clone()).json(&asked)).await?;
        match answer.calendars.remove(calendar) {
            Some(busy) if busy.errors.is_empty() => {
                Ok(busy.busy.into_iter().map(|busy| Span { from: busy.start, to: busy.end }).collect())
            }
            _ => Err(Trouble::NotFound),
        }
    }

    /// One event, deleted or not.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn event(&mut self, calendar: &str, id: &str) -> Result<Event, Trouble> {
        let url = self.place(calendar, Some(id))?;
        self.ask(|http| http.get(url.clone())).await
    }

    /// Writes a visit that is not there.
    ///
    /// # Errors
    /// [`Trouble::Duplicate`]: an event has its id, deleted or not; else as Google answers.
    pub async fn insert(&mut self, calendar: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
        let (url, event) = (quietly(self.place(calendar, None)?), visit.inserted());
        self.call(|http| http.post(url.clone()).json(&event)).await.map(drop)
    }

    /// Writes a visit over the version of it that was read.
    ///
    /// # Errors
    /// [`Trouble::Changed`]: there is another version by now; else as Google answers.
    pub async fn patch(&mut self, calendar: &str, visit: &WrittenVisit, etag: &str) -> Result<(), Trouble> {
        let (url, event) = (quietly(self.place(calendar, Some(&visit.id))?), visit.patched());
        self.call(|http| http.patch(url.clone()).header(IF_MATCH, etag).json(&event)).await.map(drop)
    }

    /// Takes an event out. One that is not there is no trouble.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn delete(&mut self, calendar: &str, id: &str) -> Result<(), Trouble> {
        let url = quietly(self.place(calendar, Some(id))?);
        match self.call(|http| http.delete(url.clone())).await {
            Ok(_) | Err(Trouble::NotFound | Trouble::Gone) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    fn place(&self, calendar: &str, event: Option<&str>) -> Result<Url, Trouble> {
        let segments = ["calendars", calendar, "events"].into_iter().chain(event).collect::<Vec<_>>();
        at(&self.google.endpoints.api, &segments)
    }

    async fn page(&mut self, calendar: &str, asked: &[(&str, &str)], next: Option<&str>) -> Result<Page, Trouble> {
        // The same of every reading, as a token demands.
        let always = [("singleEvents", "true"), ("maxResults", ON_A_PAGE), ("maxAttendees", "1"), ("fields", FIELDS)];
        let url = paged(&self.place(calendar, None)?, &[&always, asked].concat(), next);
        self.ask(|http| http.get(url.clone())).await
    }
}

/// Google mails nobody about it.
fn quietly(mut url: Url) -> Url {
    url.query_pairs_mut().append_pair("sendUpdates", "none");
    url
}

fn paged(url: &Url, asked: &[(&str, &str)], next: Option<&str>) -> Url {
    let mut url = url.clone();
    url.query_pairs_mut().extend_pairs(asked).extend_pairs(next.map(|token| ("pageToken", token)));
    url
}
