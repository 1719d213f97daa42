//! Outside calendars: connected, listed with how their readings go, removed.

use api::{ApiError, Caller, Created, JsonBody, Parameters};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use connectors::calendars::{BASES, Schedulers};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::{OutsideCalendarId, ResourceId};
use domain::scheduling::{CalendarAccount, CalendarHealth, CalendarKind, Closing, OutsideCalendar, Resource};
use domain::webhooks::{Reach, check_url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::AppState;

/// Where calendars at Google are read.
const GOOGLE_HOST: &str = "www.googleapis.com";
/// The longest name, in characters.
const MAX_NAME: usize = 80;
/// The longest key of a scheduler, in characters.
const MAX_KEY: usize = 1_000;

/// The calendar that is to be connected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCalendar {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "Ana's calendar")]
    name: String,
    /// How it is read.
    kind: CalendarKind,
    /// Whose time it takes; none: that of all that can be booked, as of a calendar of company holidays.
    #[serde(default)]
    #[schema(nullable = false, value_type = Option<ResourceId>)]
    resource: Option<ResourceId>,
    /// Of a `feed`, where it is read: https or webcal, on the public internet. It is kept encrypted and never shown. Of `google` it
    /// is left out: someone lets Porchlight in afterwards. Of a scheduler it says where its API is, if not where it mostly is: Cal.com's
    /// in Europe, or one of one's own.
    #[serde(default)]
    #[schema(
        min_length = 9, max_length = 2000, value_type = Option<String>, nullable = false,
        example = "https://calendar.google.com/calendar/ical/ana%40example.com/private-7f3a/basic.ics"
    )]
    url: Option<SecretString>,
    /// Of a scheduler, what lets Porchlight in: an API key of Cal.com's or Shopmonkey's, a personal access token of Calendly's, or key, e-mail address and
    /// password of When I Work, with a space between each. It is kept encrypted and never shown.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 1000, value_type = Option<String>, nullable = false, example = "cal_live_7f3a")]
    key: Option<SecretString>,
}

/// Another key of a scheduler.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    /// As when the calendar was connected.
    #[schema(min_length = 1, max_length = 1000, value_type = String, example = "cal_live_7f3a")]
    key: SecretString,
    /// Where its API is, if not where it was.
    #[serde(default)]
    #[schema(min_length = 9, max_length = 2000, value_type = Option<String>, nullable = false, example = "https://api.cal.eu/v2")]
    url: Option<SecretString>,
}

/// The kind of document.
struct Calendars;

api::resource! {
    (Calendars: OutsideCalendar by OutsideCalendarId, "/v1/calendars", "/v1/calendars/{id}", "schedule",
        ReadSchedule "schedule:read", WriteSettings "settings:write")
    /// List outside calendars
    ///
    /// `health` says when each was last read, and why not since.
    list "listCalendars" = "A page of calendars, by id";
    /// Get an outside calendar
    show "getCalendar" = "The calendar";
}

impl api::Resource for Calendars {
    type Document = OutsideCalendar;

    fn id(text: &str) -> Result<String, Failure> {
        OutsideCalendarId::parse(text).map(|id| id.to_string())
    }
}

/// Connect an outside calendar
///
/// It is read within a minute, and every 15 minutes from then on, 60 days ahead: what it says is taken is not offered and not
/// booked. A visit that was booked before stays, and the staff get a task. A tenant has at most 200, 20 of them
/// without `resource`.
#[utoipa::path(
    post, path = "/v1/calendars", tag = "schedule", operation_id = "createCalendar",
    request_body = NewCalendar,
    responses((status = 201, description = "The calendar was connected", body = OutsideCalendar, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    JsonBody(wanted): JsonBody<NewCalendar>,
) -> Result<Created<OutsideCalendar>, ApiError> {
    let (tenant, store, now) = (&caller.tenant()?.id, &app_state.guard.store, caller.trace.at);
    if wanted.name.trim().is_empty() || wanted.name.chars().count() > MAX_NAME {
        return Err(Failure::invalid("name", format!("name must have 1 to {MAX_NAME} characters")).into());
    }
    if wanted.key.is_some() && !wanted.kind.is_scheduler() {
        return Err(Failure::invalid("key", "key must be left out: only schedulers have one").into());
    }
    let (secret, host, account) = match (wanted.kind, &wanted.url, &wanted.key) {
        (CalendarKind::Feed, Some(url), _) => {
            let (url, host) = address(url, app_state.reach)?;
            (Some(url), host, None)
        }
        (CalendarKind::Feed, None, _) => return Err(Failure::invalid("url", "url is missing: a feed has one").into()),
        (CalendarKind::Google, None, _) => {
            app_state.google()?;
            (None, GOOGLE_HOST.to_owned(), Some(CalendarAccount::default()))
        }
        (CalendarKind::Google, Some(_), _) => {
            return Err(Failure::invalid("url", "url must be left out: a calendar at Google has none").into());
        }
        (kind, url, Some(key)) => {
            let Keyed { sealed, base, host } = scheduler(kind, url.as_ref(), None, key, app_state.reach)?;
            (Some(sealed), host, Some(CalendarAccount { base: Some(base), ..CalendarAccount::default() }))
        }
        (_, _, None) => return Err(Failure::invalid("key", "key is missing: it lets Porchlight in there").into()),
    };
    if let Some(resource) = &wanted.resource {
        let there = store.documents().get::<Resource>(tenant, &resource.to_string()).await;
        there.map_err(|failure| match failure {
            Failure::Rejected { .. } => Failure::invalid("resource", "there is no such resource"),
            failure => failure,
        })?;
    }
    let calendar = OutsideCalendar {
        id: OutsideCalendarId::derive(tenant, &["calendar", &caller.cause]),
        name: wanted.name,
        kind: wanted.kind,
        resource: wanted.resource,
        host,
        health: CalendarHealth { next_at: now, ..CalendarHealth::default() },
        account,
        closing: None,
        created_at: now,
    };
    let calendars = store.outside_calendars();
    let value = calendars.connect(&app_state.kms_key, tenant, &calendar, secret.as_ref(), &caller.trace).await?;
    Ok(Created { location: format!("/v1/calendars/{}", calendar.id), value })
}

/// Give a calendar at a scheduler another key
///
/// It takes the place of the one of before. It is tried at once, and `health` says how that went.
#[utoipa::path(
    put, path = "/v1/calendars/{id}/key", tag = "schedule", operation_id = "setCalendarKey",
    params(("id" = OutsideCalendarId, Path, description = "Which, at a scheduler")),
    request_body = NewKey,
    responses(
        (status = 204, description = "It is kept"),
        (status = 409, description = "The calendar is at no scheduler: it has no key."),
    ),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn set_key(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(new): JsonBody<NewKey>,
) -> Result<StatusCode, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, OutsideCalendarId::parse(&id)?);
    let store = &app_state.guard.store;
    let calendar = store.documents().get::<OutsideCalendar>(tenant, &id.to_string()).await?.value;
    if !calendar.kind.is_scheduler() || calendar.closing.is_some() {
        let message = "this calendar is at no scheduler that stays: it has no key";
        return Err(Failure::rejected(Rejection::Conflict, message).into());
    }
    let before = calendar.account.as_ref().and_then(|account| account.base.as_deref());
    let Keyed { sealed, base, host } = scheduler(calendar.kind, new.url.as_ref(), before, &new.key, app_state.reach)?;
    let calendars = store.outside_calendars();
    calendars.rekey(&app_state.kms_key, tenant, id, (&sealed, &base, &host), &caller.trace).await?;
    app_state.read_soon(tenant, id, caller.trace.at).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an outside calendar
///
/// What it said takes no time any more, and its address is forgotten. One of an account goes within a minute: first its vendor is told
/// to send nothing more. At Google, Porchlight stays among the account's connections at Google until the account's owner takes it out there.
#[utoipa::path(
    delete, path = "/v1/calendars/{id}", tag = "schedule", operation_id = "removeCalendar",
    params(("id" = OutsideCalendarId, Path, description = "The calendar's id"), RemoveQuery),
    responses((status = 204, description = "It was deleted")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    Parameters(query): Parameters<RemoveQuery>,
) -> Result<StatusCode, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, OutsideCalendarId::parse(&id)?);
    let remove_events = match query.remove_events.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Failure::invalid("remove_events", "remove_events must be true or false").into()),
    };
    let store = &app_state.guard.store;
    let calendars = store.outside_calendars();
    let there = store.documents().get::<OutsideCalendar>(tenant, &id.to_string()).await;
    if there.is_ok_and(|calendar| calendar.value.kind != CalendarKind::Feed) {
        calendars.close(tenant, id, Closing { remove_events, since: caller.trace.at }, &caller.trace).await?;
        app_state.read_soon(tenant, id, caller.trace.at).await;
    } else {
        calendars.remove(tenant, id, &caller.trace).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemoveQuery {
    /// Whether the visits that Porchlight wrote into a calendar of an account are taken out of it.
    #[param(value_type = Option<bool>, example = false)]
    remove_events: Option<String>,
}

/// What is kept of a scheduler.
struct Keyed {
    /// The key with where it is good.
    sealed: SecretString,
    /// Where its API is, and the host of that.
    base: String,
    host: String,
}

/// A scheduler's key, good at `url`, else where the one of `before` was, else where its vendor's API mostly is.
fn scheduler(
    kind: CalendarKind,
    url: Option<&SecretString>,
    before: Option<&str>,
    key: &SecretString,
    reach: Reach,
) -> Result<Keyed, Failure> {
    let text = key.expose_secret().trim();
    let parts = text.split(' ').count();
    let is_whole = if kind == CalendarKind::WhenIWork { parts >= 3 } else { parts == 1 };
    if text.is_empty() || text.chars().count() > MAX_KEY || !is_whole || text.chars().any(char::is_control) {
        let what = match kind {
            CalendarKind::WhenIWork => "key, e-mail address and password, with a space between each",
            _ => "the key itself, without spaces",
        };
        return Err(Failure::invalid("key", format!("key must be {what}, and at most {MAX_KEY} characters")));
    }
    let mostly = BASES.iter().find(|(other, _)| *other == kind).map_or("", |(_, base)| *base);
    let base = url.map_or(before.unwrap_or(mostly), |url| url.expose_secret().trim());
    let wrong =
        || Failure::invalid("url", format!("url must be the address of the API, https and public, such as {mostly}"));
    let parsed = check_url(base, reach).map_err(|_| wrong())?;
    let host = parsed.host_str().ok_or_else(wrong)?.to_owned();
    if base.contains(char::is_whitespace) || parsed.query().is_some() {
        return Err(wrong());
    }
    let sealed = Schedulers::sealed(base, &SecretString::from(text.to_owned()));
    Ok(Keyed { sealed, base: base.to_owned(), host })
}

/// The address to read, and its host, which may be shown. Apple and Outlook hand out `webcal:`, which is https.
fn address(url: &SecretString, reach: Reach) -> Result<(SecretString, String), Failure> {
    let text = url.expose_secret().trim();
    let https = text.strip_prefix("webcal://").map_or_else(|| text.to_owned(), |rest| format!("https://{rest}"));
    let wrong = || {
        let example = "https://calendar.google.com/calendar/ical/…/basic.ics";
        let what = "url must be the calendar's own address, https and on the public internet, without a user name and password";
        Failure::invalid("url", format!("{what}, such as {example}"))
    };
    let parsed = check_url(&https, reach).map_err(|_| wrong())?;
    let host = parsed.host_str().ok_or_else(wrong)?.to_owned();
    Ok((SecretString::from(https), host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_with_where_its_scheduler_is_and_what_is_wrong_with_it_is_said_without_it() {
        let kept = |kind, url: Option<&str>, key: &str| {
            let url = url.map(SecretString::from);
            let keyed = scheduler(kind, url.as_ref(), None, &key.into(), Reach::Public);
            keyed.map(|Keyed { sealed, host, .. }| (sealed.expose_secret().to_owned(), host))
        };
        let known = |text: &str, host: &str| Ok((text.to_owned(), host.to_owned()));
        let calcom = kept(CalendarKind::CalCom, None, " cal_live_7f3a ");
        assert_eq!(calcom, known("https://api.cal.com/v2 cal_live_7f3a", "api.cal.com"));
        let europe = kept(CalendarKind::CalCom, Some("https://api.cal.eu/v2"), "k");
        assert_eq!(europe, known("https://api.cal.eu/v2 k", "api.cal.eu"));
        let shop = kept(CalendarKind::Shopmonkey, None, "k");
        assert_eq!(shop, known("https://api.shopmonkey.cloud/v3 k", "api.shopmonkey.cloud"));
        let shifts = kept(CalendarKind::WhenIWork, None, "key ana@example.com pass word");
        assert_eq!(shifts, known("https://api.wheniwork.com/2 key ana@example.com pass word", "api.wheniwork.com"));
        for (kind, url, key, field) in [
            (CalendarKind::CalCom, None, "", "key"),
            (CalendarKind::Calendly, None, "s3cret and more", "key"),
            (CalendarKind::WhenIWork, None, "key ana@example.com", "key"),
            (CalendarKind::Calendly, Some("https://10.0.0.1/"), "s3cret", "url"),
            (CalendarKind::CalCom, Some("http://cal.example.com/v2"), "s3cret", "url"),
            (CalendarKind::CalCom, Some("https://cal.example.com/v2?a=b"), "s3cret", "url"),
        ] {
            match kept(kind, url, key) {
                Err(Failure::Rejected { field: Some(named), message, .. }) => {
                    assert_eq!(named, field, "{message}");
                    assert!(!message.contains("s3cret"), "{message}");
                }
                other => panic!("{key}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_new_key_goes_where_the_one_of_before_was_unless_it_says_where() {
        let (before, new) = (Some("https://cal.example.com/v2"), SecretString::from("https://api.cal.eu/v2"));
        let base = |url| scheduler(CalendarKind::CalCom, url, before, &"k".into(), Reach::Public).unwrap();
        let (stays, moves) = (base(None), base(Some(&new)));
        assert_eq!((stays.base.as_str(), stays.host.as_str()), ("https://cal.example.com/v2", "cal.example.com"));
        assert_eq!(stays.sealed.expose_secret(), "https://cal.example.com/v2 k");
        assert_eq!((moves.base.as_str(), moves.host.as_str()), ("https://api.cal.eu/v2", "api.cal.eu"));
    }

    #[test]
    fn an_address_is_https_or_webcal_on_the_public_internet_and_shows_its_host_alone() {
        for good in
            ["https://outlook.office365.com/owa/calendar/7f3a/calendar.ics", " webcal://p01.icloud.com/published/2/x"]
        {
            let (url, host) = address(&good.into(), Reach::Public).unwrap();
            assert!(url.expose_secret().starts_with("https://") && !host.contains('/'), "{good}");
        }
        for bad in
            ["http://example.com/a.ics", "https://10.0.0.1/a.ics", "https://ana:secret@example.com/", "ana.ics", ""]
        {
            match address(&bad.into(), Reach::Public) {
                Err(Failure::Rejected { field: Some(field), message, .. }) => {
                    assert_eq!(field, "url");
                    assert!(!message.contains("secret"), "{message}");
                }
                other => panic!("{bad}: {other:?}"),
            }
        }
    }
}
