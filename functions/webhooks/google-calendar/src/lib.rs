//! Google says that a calendar changed: `POST /webhooks/google-calendar/{tenant}/{calendar}`, a message of a channel.
//!
//! It says that something changed and not what, and nothing proves that it is Google's but the secret that the channel was given,
//! of which the hash is kept. The calendar is due at once and put on its queue. Many messages, late and repeated ones are one
//! reading: what is due already stays so. Where the queue does not take it, `cron-calendars` finds it within a minute.

use auth::secrets::{same, sha256_hex};
use connectors::google::{Notice, NoticeState};
use domain::failure::Rejection;
use domain::ids::OutsideCalendarId;
use domain::scheduling::DueCalendar;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use lambda_http::http::Method;
use lambda_http::{Body, Request, RequestExt as _};
use runtime::http::{HttpResponse, correlation_id, header, reply};
use runtime::queue::Queue;
use runtime::webhook;
use store::{Limit, Store};

const PATH: &str = "/webhooks/google-calendar/";
/// Messages of one calendar. Google sends one a change.
const OF_ONE_CALENDAR: Limit = Limit { per_minute: 120, burst: 240 };

/// What the function needs.
#[derive(Debug)]
pub struct GoogleCalendarWebhook {
    /// The table.
    pub store: Store,
    /// The queue `Calendars`.
    pub queue: Queue<DueCalendar>,
}

impl GoogleCalendarWebhook {
    /// Answers one request.
    pub async fn handle(&self, request: &Request, now: Timestamp) -> HttpResponse {
        webhook::respond(self.take(request, now).await)
    }

    async fn take(&self, request: &Request, now: Timestamp) -> Result<HttpResponse, Failure> {
        let (tenant, calendar) = named(request.raw_http_path()).ok_or_else(webhook::no_such_path)?;
        if request.method() != Method::POST {
            return Err(webhook::method_not_allowed("POST"));
        }
        let notice = Notice::read(|name| header(request, name)).ok_or_else(Failure::unauthorized)?;
        let channel = self.store.outside_calendars().channel(&tenant, calendar, notice.channel).await?;
        let hash = sha256_hex(notice.token);
        // A calendar that is not there and a secret that is not its own look alike.
        let is_its = channel.is_some_and(|channel| same(channel.token_hash.as_bytes(), hash.as_bytes()));
        if !is_its {
            return Err(Failure::unauthorized());
        }
        let grant =
            self.store.limits().take_token(&format!("google|{tenant}|{calendar}"), OF_ONE_CALENDAR, now).await?;
        if !grant.allowed {
            return Err(Failure::rejected(Rejection::TooManyRequests, "too many messages of this calendar"));
        }
        if notice.state == NoticeState::Changed
            && let Some(due) = self.store.outside_calendars().hasten(&tenant, calendar, now).await?
            && let Err(failure) = self.queue.send_traced(&due, &correlation_id(request)).await
        {
            tracing::warn!(%tenant, %calendar, reason = %failure, "it is left to cron-calendars");
        }
        Ok(reply(200, "text/plain", Body::Empty))
    }
}

/// Whose calendar, and which, as the address says.
fn named(path: &str) -> Option<(TenantId, OutsideCalendarId)> {
    let (tenant, calendar) = path.strip_prefix(PATH)?.split_once('/')?;
    Some((TenantId::new(tenant).ok()?, OutsideCalendarId::parse(calendar).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_business_and_a_calendar_and_nothing_else() {
        let tenant = TenantId::new("acme").unwrap();
        let calendar = OutsideCalendarId::derive(&tenant, &["ana"]);
        assert_eq!(named(&format!("{PATH}acme/{calendar}")), Some((tenant, calendar)));
        for other in ["", PATH, "/webhooks/google-calendar/acme", "/webhooks/google-calendar/acme/x"] {
            assert_eq!(named(other), None, "{other}");
        }
        assert_eq!(named(&format!("{PATH}acme/{calendar}/x")), None);
    }
}
