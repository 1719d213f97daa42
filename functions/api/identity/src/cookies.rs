//! The two cookies of a browser's session, and the one by which it is known again. Scripts cannot read them, other sites
//! cannot send them.
//!
//! `__Host-` and `__Secure-` bind them to HTTPS and, the first, to this very host (RFC 6265bis, 4.1.3). The refresh token
//! goes to `/v1/auth` alone.

use api::ACCESS_COOKIE;
use axum::http::header::{AUTHORIZATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use domain::Failure;
use domain::identity::KNOWN_DEVICE_DAYS;
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};

/// The cookie with the refresh token.
const REFRESH: &str = "__Secure-porchlight-refresh";
/// The cookie with the device's token: it lets no one in, and stays when its owner signs out.
const DEVICE: &str = "__Secure-porchlight-device";

/// Sets both.
///
/// # Errors
/// [`Failure::Permanent`] when a token cannot stand in a header.
pub(crate) fn set(
    headers: &mut HeaderMap,
    access: (&SecretString, SignedDuration),
    refresh: (&SecretString, SignedDuration),
) -> Result<(), Failure> {
    headers.append(SET_COOKIE, cookie(ACCESS_COOKIE, access.0.expose_secret(), "/", access.1)?);
    headers.append(SET_COOKIE, cookie(REFRESH, refresh.0.expose_secret(), "/v1/auth", refresh.1)?);
    Ok(())
}

/// Takes both away.
///
/// # Errors
/// None in practice: see [`set`].
pub(crate) fn clear(headers: &mut HeaderMap) -> Result<(), Failure> {
    headers.append(SET_COOKIE, cookie(ACCESS_COOKIE, "", "/", SignedDuration::ZERO)?);
    headers.append(SET_COOKIE, cookie(REFRESH, "", "/v1/auth", SignedDuration::ZERO)?);
    Ok(())
}

/// The refresh token that a browser sent.
pub(crate) fn refresh_token(headers: &HeaderMap) -> Option<&str> {
    api::cookie(headers, REFRESH)
}

/// Sets the one by which the browser is known again.
///
/// # Errors
/// As [`set`].
pub(crate) fn set_device(headers: &mut HeaderMap, token: &str) -> Result<(), Failure> {
    headers.append(SET_COOKIE, cookie(DEVICE, token, "/v1/auth", SignedDuration::from_hours(24 * KNOWN_DEVICE_DAYS))?);
    Ok(())
}

/// The device's token that a browser sent.
pub(crate) fn device_token(headers: &HeaderMap) -> Option<&str> {
    api::cookie(headers, DEVICE)
}

/// Whether a caller came by cookie, and so gets cookies.
pub(crate) fn are_used(headers: &HeaderMap) -> bool {
    !headers.contains_key(AUTHORIZATION)
}

fn cookie(name: &str, value: &str, path: &str, lives: SignedDuration) -> Result<HeaderValue, Failure> {
    let seconds = lives.as_secs().max(0);
    let text = format!("{name}={value}; Path={path}; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict");
    let mut header = HeaderValue::try_from(text).map_err(|_| Failure::Permanent("a cookie is malformed".into()))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_cookies(headers: &HeaderMap) -> Vec<&str> {
        headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    #[test]
    fn a_browser_keeps_them_from_scripts_and_other_sites() {
        let mut headers = HeaderMap::new();
        let (access, refresh) = (SecretString::from("a.b.c"), SecretString::from("pl_refresh_x"));
        set(&mut headers, (&access, SignedDuration::from_mins(5)), (&refresh, SignedDuration::from_hours(1))).unwrap();
        assert_eq!(
            set_cookies(&headers),
            [
                "__Host-porchlight=a.b.c; Path=/; Max-Age=300; Secure; HttpOnly; SameSite=Strict",
                "__Secure-porchlight-refresh=pl_refresh_x; Path=/v1/auth; Max-Age=3600; Secure; HttpOnly; SameSite=Strict",
            ]
        );
    }

    #[test]
    fn a_browser_is_known_again_for_half_a_year() {
        let mut headers = HeaderMap::new();
        set_device(&mut headers, "pl_device_x").unwrap();
        let expected = "__Secure-porchlight-device=pl_device_x; Path=/v1/auth; Max-Age=15552000; Secure; HttpOnly; SameSite=Strict";
        assert_eq!(set_cookies(&headers), [expected]);
    }

    #[test]
    fn cleared_they_are_over_at_once() {
        let mut headers = HeaderMap::new();
        clear(&mut headers).unwrap();
        assert_eq!(
            set_cookies(&headers),
            [
                "__Host-porchlight=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
                "__Secure-porchlight-refresh=; Path=/v1/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
            ]
        );
    }
}
