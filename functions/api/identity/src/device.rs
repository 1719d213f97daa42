//! Browsers that someone signed in from, or set a new password on by mail. They hold a token that lets no one in: it says
//! that whoever types there is not an anonymous caller, so that anonymous callers' guesses do not keep them out.

use auth::secrets::{random_token, sha256_hex};
use axum::http::HeaderMap;
use domain::Failure;
use domain::messaging::Email;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use store::Store;

use crate::cookies;

/// What a device's token begins with.
const PREFIX: &str = "pl_device_";

/// The hash of the token of a device that is known to whoever signs in with `email`.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub(crate) async fn known(
    store: &Store,
    headers: &HeaderMap,
    email: &Email,
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let Some(token) = cookies::device_token(headers).filter(|token| token.starts_with(PREFIX)) else { return Ok(None) };
    let hash = sha256_hex(token);
    Ok(store.accounts().is_known_device(&hash, email, now).await?.then_some(hash))
}

/// Has the browser known from now on: by the token that it has already where it is its own, or by a new one.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer or there is no randomness.
pub(crate) async fn remember(
    store: &Store,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
    email: &Email,
    now: Timestamp,
) -> Result<(), Failure> {
    let token = match (known(store, asked, email, now).await?, cookies::device_token(asked)) {
        (Some(_), Some(token)) => SecretString::from(token),
        _ => random_token(PREFIX)?,
    };
    store.accounts().know_device(&sha256_hex(token.expose_secret()), email, now).await?;
    cookies::set_device(answer, token.expose_secret())
}
