//! Refresh tokens: each is good once, and brings its successor.
//!
//! All tokens of a session are one family. Every refresh makes a new turn, and the hashes of family and turn alone are
//! stored. Who shows the family with an old turn has a copy: the session must end, for nobody can say which of the two
//! is the thief (RFC 9700, 4.14.2). Who does not know the family guesses, and ends nothing.

use domain::Failure;
use domain::ids::{AccountId, SessionId};
use secrecy::{ExposeSecret as _, SecretString};

use crate::secrets::{TOKEN_CHARS, random_token, same, sha256_hex};

/// What every refresh token begins with.
const PREFIX: &str = "pl_refresh_";

/// What a refresh token says. Its text is `pl_refresh_<account>.<session>.<family>.<turn>`.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// Whose.
    pub account: AccountId,
    /// Of which session.
    pub session: SessionId,
    family: SecretString,
    turn: SecretString,
}

/// What a presented refresh token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// The one that was handed out last.
    Current,
    /// An older one: somebody has a copy.
    Reused,
    /// None of this session's.
    Forged,
}

impl RefreshToken {
    /// The first of a session.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the system has no randomness to give.
    pub fn begin(account: AccountId, session: SessionId) -> Result<Self, Failure> {
        Ok(Self { account, session, family: random_token("")?, turn: random_token("")? })
    }

    /// The one that takes its place.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the system has no randomness to give.
    pub fn next(&self) -> Result<Self, Failure> {
        Ok(Self { turn: random_token("")?, ..self.clone() })
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Failure::unauthorized`] for anything that is none.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let mut parts = text.strip_prefix(PREFIX).unwrap_or_default().splitn(4, '.');
        let (Some(account), Some(session), Some(family), Some(turn)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Failure::unauthorized());
        };
        let (Ok(account), Ok(session)) = (AccountId::parse(account), SessionId::parse(session)) else {
            return Err(Failure::unauthorized());
        };
        Ok(Self { account, session, family: random_part(family)?, turn: random_part(turn)? })
    }

    /// The text form, to be handed out once.
    #[must_use]
    pub fn text(&self) -> SecretString {
        let Self { account, session, family, turn } = self;
        format!("{PREFIX}{account}.{session}.{}.{}", family.expose_secret(), turn.expose_secret()).into()
    }

    /// The SHA-256 of its family, in hex: the same for all tokens of a session.
    #[must_use]
    pub fn family_hash(&self) -> String {
        sha256_hex(self.family.expose_secret())
    }

    /// The SHA-256 of its turn, in hex: each token's own.
    #[must_use]
    pub fn turn_hash(&self) -> String {
        sha256_hex(self.turn.expose_secret())
    }
}

fn random_part(text: &str) -> Result<SecretString, Failure> {
    let is_base64url = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if text.len() == TOKEN_CHARS && is_base64url { Ok(text.into()) } else { Err(Failure::unauthorized()) }
}

/// What `presented` is to a session with these stored hashes. Both are compared, whatever the first gives.
#[must_use]
pub fn judge(presented: &RefreshToken, stored_family_hash: &str, stored_turn_hash: &str) -> Judgement {
    let family = same(presented.family_hash().as_bytes(), stored_family_hash.as_bytes());
    let turn = same(presented.turn_hash().as_bytes(), stored_turn_hash.as_bytes());
    match (family, turn) {
        (true, true) => Judgement::Current,
        (true, false) => Judgement::Reused,
        (false, _) => Judgement::Forged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use proptest::prelude::*;

    fn first() -> RefreshToken {
        let tenant = TenantId::new("acme").unwrap();
        RefreshToken::begin(AccountId::derive(&tenant, &["ana"]), SessionId::derive(&tenant, &["1"])).unwrap()
    }

    fn judged(presented: &RefreshToken, stored: &RefreshToken) -> Judgement {
        judge(presented, &stored.family_hash(), &stored.turn_hash())
    }

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = first();
        let read = RefreshToken::parse(token.text().expose_secret()).unwrap();
        assert_eq!((read.account, read.session), (token.account, token.session));
        assert_eq!(judged(&read, &token), Judgement::Current);
        assert_eq!(read.text().expose_secret(), token.text().expose_secret());
    }

    #[test]
    fn an_old_token_is_a_reuse_once_the_next_is_stored() {
        let old = first();
        let new = old.next().unwrap();
        assert_eq!(judged(&new, &new), Judgement::Current);
        assert_eq!(judged(&old, &new), Judgement::Reused);
        assert_eq!(old.family_hash(), new.family_hash());
    }

    #[test]
    fn who_does_not_know_the_family_ends_no_session() {
        let stored = first();
        let mut guess = first();
        assert_eq!(judged(&guess, &stored), Judgement::Forged);
        guess.turn = stored.turn.clone();
        assert_eq!(judged(&guess, &stored), Judgement::Forged);
        assert_eq!(judge(&stored, "", ""), Judgement::Forged);
    }

    #[test]
    fn what_is_no_token_is_unauthorized() {
        let text = first().text();
        let text = text.expose_secret();
        let mut shorter = text.to_owned();
        shorter.pop();
        for bad in [
            String::new(),
            text.replace("pl_refresh_", ""),
            text.replace("pl_refresh_", "pl_access_"),
            shorter.clone(),
            format!("{text}A"),
            format!("{shorter}é"),
            format!("{shorter}."),
            text.replacen('.', "", 1),
            format!("pl_refresh_{}", ".".repeat(100_000)),
        ] {
            assert_eq!(RefreshToken::parse(&bad).unwrap_err(), Failure::unauthorized());
        }
    }

    #[test]
    fn a_debug_print_shows_no_secret() {
        let token = first();
        let shown = format!("{token:?}");
        assert!(!shown.contains(token.family.expose_secret()) && !shown.contains(token.turn.expose_secret()));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_parsed_or_refused(text in any::<String>()) {
            let _ = RefreshToken::parse(&text);
            let prefixed = format!("{PREFIX}{text}");
            prop_assert!(RefreshToken::parse(&prefixed).is_err());
        }
    }
}
