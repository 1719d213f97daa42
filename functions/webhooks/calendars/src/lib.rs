//! A vendor says that a calendar changed: `POST /webhooks/calendars/{tenant}/{calendar}`, a message of a channel at Google, or of a
//! webhook at Cal.com, Calendly or Shopmonkey.
//!
//! Of Google's messages nothing proves that they are Google's but the secret that the channel was given, of which the hash is kept.
//! Schedulers sign what they post, with a secret of the calendar's own. Whatever a message says, it is taken to say that something changed,
//! and not what: what came late, twice or in another order is read as it is now. The calendar is due at once and put on its queue. Many messages, late and repeated ones are one
//! reading: what is due already stays so. Where the queue does not take it, `cron-calendars` finds it within a minute.

use auth::secrets::{same, sha256_hex};
use connectors::MAX_BODY_BYTES;
use connectors::calendars::verify;
use connectors::google::{Notice, NoticeState};
use connectors::signature::{Delivery, TOLERANCE_S};
use domain::failure::Rejection;
use domain::ids::OutsideCalendarId;
use domain::scheduling::{CalendarKind, DueCalendar, OutsideCalendar};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use lambda_http::http::Method;
use lambda_http::{Body, Request, RequestExt as _};
use runtime::http::{HttpResponse, correlation_id, header, reply};
use runtime::queue::Queue;
use runtime::webhook;
use store::{Limit, Store};

const PATH: &str = "/webhooks/calendars/";
/// Messages of one calendar. There is one a change.
const OF_ONE_CALENDAR: Limit = Limit { per_minute: 120, burst: 240 };
/// Readings that messages of one calendar bring about at once; the rest is left to `cron-calendars`.
const AT_ONCE: Limit = Limit { per_minute: 12, burst: 2 };
/// The headers that schedulers sign in.
const SIGNATURES: [&str; 3] = ["x-cal-signature-256", "calendly-webhook-signature", "webhook-signature"];

/// What the function needs.
#[derive(Debug)]
pub struct CalendarWebhook {
    /// The table.
    pub store: Store,
    /// The queue `Calendars`.
    pub queue: Queue<DueCalendar>,
}

impl CalendarWebhook {
    /// Answers one request.
    pub async fn handle(&self, request: &Request, now: Timestamp) -> HttpResponse {
        webhook::respond(self.take(request, now).await)
    }

    async fn take(&self, request: &Request, now: Timestamp) -> Result<HttpResponse, Failure> {
        let (tenant, calendar) = named(request.raw_http_path()).ok_or_else(webhook::no_such_path)?;
        if request.method() != Method::POST {
            return Err(webhook::method_not_allowed("POST"));
        }
        let has_changed = match Notice::read(|name| header(request, name)) {
            Some(notice) => self.of_google(&tenant, calendar, notice).await?,
            None => self.of_scheduler(&tenant, calendar, request, now).await?,
        };
        let grant =
            self.store.limits().take_token(&format!("calendar|{tenant}|{calendar}"), OF_ONE_CALENDAR, now).await?;
        if !grant.allowed {
            return Err(Failure::rejected(Rejection::TooManyRequests, "too many messages of this calendar"));
        }
        if has_changed
            && let Some(due) = self.store.outside_calendars().hasten(&tenant, calendar, now).await?
            && self
                .store
                .limits()
                .take_token(&format!("calendar-read|{tenant}|{calendar}"), AT_ONCE, now)
                .await?
                .allowed
            && let Err(failure) = self.queue.send_traced(&due, &correlation_id(request)).await
        {
            tracing::warn!(%tenant, %calendar, reason = %failure, "it is left to cron-calendars");
        }
        Ok(reply(200, "text/plain", Body::Empty))
    }

    /// Whether something changed, as a channel of Google's says. A calendar that is not there and a secret that is not its own look alike.
    async fn of_google(
        &self,
        tenant: &TenantId,
        calendar: OutsideCalendarId,
        notice: Notice<'_>,
    ) -> Result<bool, Failure> {
        let channel = self.store.outside_calendars().channel(tenant, calendar, notice.channel).await?;
        let hash = sha256_hex(notice.token);
        let is_its = channel.is_some_and(|channel| same(channel.token_hash.as_bytes(), hash.as_bytes()));
        if is_its { Ok(notice.state == NoticeState::Changed) } else { Err(Failure::unauthorized()) }
    }

    /// The same of a scheduler, which signs the raw body.
    async fn of_scheduler(
        &self,
        tenant: &TenantId,
        calendar: OutsideCalendarId,
        request: &Request,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let body: &[u8] = request.body().as_ref();
        if body.len() > MAX_BODY_BYTES {
            return Err(Failure::rejected(Rejection::TooLarge, "a message has at most 256 KB"));
        }
        if !is_signed(request) {
            return Err(Failure::unauthorized());
        }
        let kind = match self.store.documents().get::<OutsideCalendar>(tenant, &calendar.to_string()).await {
            Ok(calendar) => calendar.value.kind,
            // As a feed: it signs nothing.
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => CalendarKind::Feed,
            Err(failure) => return Err(failure),
        };
        let secret = match kind.is_scheduler() {
            true => self.store.outside_calendars().hook(tenant, calendar).await?,
            false => None,
        };
        let secret = secret.ok_or_else(Failure::unauthorized)?;
        let (method, url) = (request.method().as_str(), "");
        let headers = request.headers();
        let delivery = Delivery { method, url, headers, body, now: now.as_second(), tolerance_s: TOLERANCE_S };
        verify(kind, &secret, &delivery)?;
        Ok(true)
    }
}

/// Whether a request says that it is signed: nothing is read of one that does not.
fn is_signed(request: &Request) -> bool {
    SIGNATURES.iter().any(|name| header(request, name).is_some_and(|text| !text.is_empty()))
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
    fn a_request_without_a_signature_is_known_before_anything_is_read() {
        let request = |name: &str, text: &str| {
            let request = lambda_http::http::Request::builder().header(name, text);
            is_signed(&request.body(Body::Empty).unwrap())
        };
        assert!(request("X-Cal-Signature-256", "5f") && request("calendly-webhook-signature", "t=1,v1=5f"));
        assert!(!request("x-signature", "5f") && !request("x-cal-signature-256", ""));
    }

    #[test]
    fn an_address_names_a_business_and_a_calendar_and_nothing_else() {
        let tenant = TenantId::new("acme").unwrap();
        let calendar = OutsideCalendarId::derive(&tenant, &["ana"]);
        assert_eq!(named(&format!("{PATH}acme/{calendar}")), Some((tenant, calendar)));
        for other in ["", PATH, "/webhooks/calendars/acme", "/webhooks/calendars/acme/x"] {
            assert_eq!(named(other), None, "{other}");
        }
        assert_eq!(named(&format!("{PATH}acme/{calendar}/x")), None);
    }
}
