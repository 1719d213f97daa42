//! A talk with the own assistant, to try it.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::conversations::Lookup;
use domain::identity::may;
use domain::turns::talk::{Talk, Way};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::AppState;

/// The most that is said in one talk: each call holds the whole talk again.
const MAX_SAID: usize = 20;
/// So many days of the calendar are read for one talk.
const DAYS_AHEAD: i64 = 60;
/// The longest that is said at once, in characters.
const MAX_CHARS: usize = 1_000;

/// All that the customer says in a talk, from its beginning.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrialTalk {
    /// In order; each of 1 to 1,000 characters.
    #[schema(min_items = 1, max_items = 20, example = json!(["Hi, how much is a roof inspection?"]))]
    said: Vec<String>,
}

/// What the assistant answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialReplies {
    /// To each, in order; empty where it would not answer.
    replies: Vec<String>,
}

/// Talk with your assistant
///
/// As someone unknown in the chat would. The built-in assistant answers, by the settings and documents as they are now, and no model is asked. Nothing
/// is stored, sent, booked, counted or charged: the caller keeps the talk and sends all of it each time. `Idempotency-Key` is of no use here.
#[utoipa::path(
    post, path = "/v1/assistant/try", tag = "knowledge", operation_id = "tryAssistant",
    request_body = TrialTalk,
    responses((status = 200, description = "The answers", body = TrialReplies)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn try_talk(
    caller: Caller<may::ReadSettings>,
    State(app_state): State<AppState>,
    JsonBody(talk): JsonBody<TrialTalk>,
) -> Result<Json<TrialReplies>, ApiError> {
    let said = checked(&talk.said)?;
    let tenant = caller.tenant()?;
    let store = &app_state.guard.store;
    let (own, index) = tokio::join!(store.tenants().own(tenant), app_state.library.to_answer_from(&tenant.id));
    let own = own?;
    let search = |lookup: &Lookup| index.as_ref().map(|index| ai::look_up(index, lookup)).unwrap_or_default();
    let mut talk = Talk::new(tenant, &own, Way::Chat, caller.trace.at)?.with_documents(&search);
    if tenant.services.iter().any(|service| service.booking.is_some()) {
        let dates = dates_ahead(caller.trace.at);
        let calendar = store.appointments().calendar(&tenant.id, dates).await?;
        talk = talk.with_calendar(calendar.resources, calendar.days);
    }
    let replies = said.iter().map(|text| Ok(talk.say(text)?.text().to_owned())).collect::<Result<_, Failure>>()?;
    Ok(Json(TrialReplies { replies }))
}

/// The days that free times are looked for in.
fn dates_ahead(now: Timestamp) -> (Date, Date) {
    let today = now.to_zoned(TimeZone::UTC).date();
    (today.yesterday().unwrap_or(today), today.checked_add(DAYS_AHEAD.days()).unwrap_or(today))
}

fn checked(said: &[String]) -> Result<&[String], Failure> {
    if !(1..=MAX_SAID).contains(&said.len()) {
        return Err(Failure::invalid(
            "said",
            format!("said must have 1 to {MAX_SAID} texts: start a new conversation"),
        ));
    }
    let fits = |text: &String| (1..=MAX_CHARS).contains(&text.trim().chars().count());
    match said.iter().position(|text| !fits(text)) {
        Some(index) => Err(Failure::invalid(
            format!("said[{index}]"),
            format!("said[{index}] must have 1 to {MAX_CHARS} characters"),
        )),
        None => Ok(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_has_an_end_and_says_something() {
        let field = |said: Vec<String>| match checked(&said) {
            Err(Failure::Rejected { field, .. }) => field,
            _ => None,
        };
        assert_eq!(field(vec!["Hi".to_owned(); MAX_SAID]), None);
        assert_eq!(field(vec!["Hi".to_owned(); MAX_SAID + 1]).as_deref(), Some("said"));
        assert_eq!(field(Vec::new()).as_deref(), Some("said"));
        assert_eq!(field(vec!["Hi".to_owned(), " ".to_owned()]).as_deref(), Some("said[1]"));
        assert_eq!(field(vec!["x".repeat(MAX_CHARS + 1)]).as_deref(), Some("said[0]"));
    }
}
