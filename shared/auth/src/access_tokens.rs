//! Access tokens: what a signed-in person shows with every request, good for five minutes.
//!
//! JSON Web Tokens in the profile of RFC 9068 (`at+jwt`), signed with ES256. Verifying needs no table, so an anonymous caller's token
//! is refused without a call; whether its session is still valid is for the caller to ask. What a token's header says is never
//! trusted: the algorithm is fixed, the key is one that the verifier already holds (RFC 8725, 3.1, 3.10, 3.11).

use domain::identity::{Role, Session};
use domain::ids::{AccountId, SessionId};
use domain::{Failure, TenantId};
use jiff::fmt::serde::timestamp::second;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::secrets::random_token;
use crate::signing::{KeyPair, PublicKeys};

/// How long a token is good for, in minutes.
pub const ACCESS_MINUTES: i64 = 5;

/// `typ` in the header: no other token of ours can be taken for an access token.
const KIND: &str = "at+jwt";
/// How far clocks may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(5);
/// The most bytes of a token that is looked at. Ours have some 700.
const MAX_BYTES: usize = 4096;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The installation that made it: its URL.
    pub iss: String,
    /// The installation it is for: the same.
    pub aud: String,
    /// The account that the token is for.
    pub sub: AccountId,
    /// In which session.
    pub sid: SessionId,
    /// In which tenant.
    pub tid: TenantId,
    /// The role.
    pub role: Role,
    /// Whether a second factor is still to be set up, and nothing else may be done with this token.
    pub enrolling: bool,
    /// The agency through which the person came into the tenant: the token is good as long as that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<TenantId>,
    /// The [hash](crate::csrf::hash) of the CSRF token, where this one lives in a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf: Option<String>,
    /// When it was made, to the second.
    #[serde(with = "second::required")]
    pub iat: Timestamp,
    /// Until when it is good, to the second.
    #[serde(with = "second::required")]
    pub exp: Timestamp,
    /// Its own name.
    pub jti: String,
}

impl Claims {
    /// What a token of `session` says at `now`: for five minutes, and no longer than the session is valid. Not enrolling,
    /// by no one's leave, and for no cookie; change the fields where that is otherwise.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the system has no randomness to give.
    pub fn of(session: &Session, issuer: &str, now: Timestamp) -> Result<Self, Failure> {
        let exp = now.checked_add(SignedDuration::from_mins(ACCESS_MINUTES)).unwrap_or(now).min(session.ends_at());
        Ok(Self {
            iss: issuer.to_owned(),
            aud: issuer.to_owned(),
            sub: session.account,
            sid: session.id,
            tid: session.tenant.clone(),
            role: session.role,
            enrolling: false,
            via: None,
            csrf: None,
            iat: now,
            exp,
            jti: random_token("")?.expose_secret().to_owned(),
        })
    }
}

/// Why a token is not taken: for logs and tests. The caller learns nothing but 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Too long, or not three parts of base64url and JSON with the claims that must be there.
    #[error("the token is malformed")]
    Malformed,
    /// Another algorithm or type, or extensions that must be understood.
    #[error("the token is of another kind")]
    WrongKind,
    /// A key that the verifier does not hold.
    #[error("the token names a key that is not known")]
    UnknownKey,
    /// The key did not sign this.
    #[error("the token's signature is wrong")]
    WrongSignature,
    /// Made by another installation, or for one.
    #[error("the token is another installation's")]
    WrongIssuer,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It was made in the future.
    #[error("the token is not valid yet")]
    NotYet,
}

impl From<Refused> for Failure {
    fn from(_: Refused) -> Self {
        Self::unauthorized()
    }
}

/// The token that says `claims`.
///
/// # Errors
/// [`Failure::Permanent`] when it cannot be signed.
pub fn sign(key: &KeyPair, claims: &Claims) -> Result<SecretString, Failure> {
    let kid = &key.public().jwk.kid;
    let header = Header { typ: Some(KIND.to_owned()), kid: Some(kid.clone()), ..Header::new(Algorithm::ES256) };
    jsonwebtoken::encode(&header, claims, key.private())
        .map(SecretString::from)
        .map_err(|_| Failure::Permanent(format!("no token could be signed with the key {kid}")))
}

/// What `token` says, if it was signed by one of `keys` for `issuer` and is good at `now`.
///
/// # Errors
/// The first reason why not, in the order of the checks: form, kind, key, signature, issuer, time.
pub fn verify(token: &str, keys: &PublicKeys, issuer: &str, now: Timestamp) -> Result<Claims, Refused> {
    if token.len() > MAX_BYTES {
        return Err(Refused::Malformed);
    }
    // Other headers, `jku` and `jwk` among them, are ignored: no key comes from there.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Refused::Malformed)?;
    if header.alg != Algorithm::ES256 || header.typ.as_deref() != Some(KIND) || header.crit.is_some() {
        return Err(Refused::WrongKind);
    }
    let key = header.kid.and_then(|kid| keys.get(&kid)).ok_or(Refused::UnknownKey)?;
    let claims = jsonwebtoken::decode::<Claims>(token, key, &signature_only())
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature => Refused::WrongSignature,
            _ => Refused::Malformed,
        })?
        .claims;
    if claims.iss != issuer || claims.aud != issuer {
        return Err(Refused::WrongIssuer);
    }
    if now.duration_since(claims.exp) >= LEEWAY {
        return Err(Refused::Expired);
    }
    if claims.iat.duration_since(now) > LEEWAY {
        return Err(Refused::NotYet);
    }
    Ok(claims)
}

/// The library checks the signature; it would take the time from the system's clock, and [`verify`] is told it.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}

#[cfg(test)]
mod tests;
