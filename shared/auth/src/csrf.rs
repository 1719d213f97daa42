//! The token that a browser's page repeats in a header, because a foreign page can send the cookie but not read it.
//!
//! The access token in the cookie carries the CSRF token's hash, signed with the rest, so neither can be exchanged
//! alone (OWASP, Cross-Site Request Forgery Prevention Cheat Sheet: signed double submit, bound to the session).

use domain::Failure;
use secrecy::SecretString;

use crate::secrets::{random_token, same, sha256_hex};

/// A new one: `pl_csrf_` and 192 bits.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn token() -> Result<SecretString, Failure> {
    random_token("pl_csrf_")
}

/// What goes into [`Claims::csrf`](crate::access_tokens::Claims::csrf).
#[must_use]
pub fn hash(token: &str) -> String {
    sha256_hex(token)
}

/// Whether what the page sent is the token whose hash the claims carry.
#[must_use]
pub fn matches(presented: &str, claims_hash: &str) -> bool {
    same(hash(presented).as_bytes(), claims_hash.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn only_the_token_itself_matches() {
        let token = token().unwrap();
        let token = token.expose_secret();
        let hash = hash(token);
        assert!(matches(token, &hash));
        assert!(!matches(super::token().unwrap().expose_secret(), &hash));
        assert!(!matches(&hash, &hash), "who reads the claims does not have the token");
        assert!(!matches("", ""));
    }
}
