//! Changing one's own password: it ends every session, and opens a new one for whoever changed it.

use api::{ApiError, Caller, JsonBody};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Failure;
use domain::identity::may;
use secrecy::SecretString;
use serde::Deserialize;
use store::Versioned;
use utoipa::ToSchema;

use crate::person::Person;
use crate::recovery::{tell, with_password};
use crate::tokens::{self, Opening, Tokens};
use crate::{AppState, anonymous_caller, cookies, proof, seats};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The one that is in use.
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    password: SecretString,
    /// The one from now on.
    #[schema(value_type = String, example = "seventeen-quiet-lanterns")]
    new_password: SecretString,
}

/// Change the password
///
/// Ends all sessions, this one too, and answers with the tokens of a new one. The owner is told by mail.
#[utoipa::path(
    post, path = "/v1/account/password", tag = "account", operation_id = "changePassword",
    request_body = PasswordChange,
    responses((status = 200, description = "Signed in again; all other sessions have ended", body = Tokens)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn change_password(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    headers: HeaderMap,
    JsonBody(change): JsonBody<PasswordChange>,
) -> Result<Response, ApiError> {
    let (store, person) = (&app_state.guard.store, Person::of(&caller)?);
    let session = person.session(store).await?;
    let Versioned { value: account, version } = store.accounts().get(person.account).await?;
    proof::password(store, &account, &change.password, &caller.trace).await?;
    let account = with_password(account, &change.new_password, caller.trace.at).map_err(in_new_password)?;
    tell(&app_state, &account, &caller.trace).await?;
    let account = store.accounts().set_password(&account, version, None, &caller.trace).await?;
    let memberships = store.members().of_account(person.account).await?;
    let seat = seats::seat(store, &account.value, &memberships, &caller.principal.tenant).await?;
    let opening = Opening {
        account: &account,
        memberships: &memberships,
        seat: &seat.ok_or_else(Failure::unauthorized)?,
        from: None,
        second_factor: session.second_factor,
        device: anonymous_caller::device(&headers),
        cookies: cookies::are_used(&headers),
        trace: &caller.trace,
    };
    Ok(tokens::open(&app_state, opening).await?)
}

/// The rule on passwords names the field `password`; here that is the old one.
fn in_new_password(failure: Failure) -> Failure {
    match failure {
        Failure::Rejected { kind, message, .. } => {
            Failure::Rejected { kind, field: Some("new_password".to_owned()), message }
        }
        other => other,
    }
}
