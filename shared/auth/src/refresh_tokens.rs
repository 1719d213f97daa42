//! Refresh tokens: each is good once, and brings its successor.
//!
//! All tokens of a session are one family. Every refresh makes a new turn. Only the hashes of family and turn are stored. Whoever shows the
//! family with an old turn has a copy. The session must end then, because no one can say whether that is the owner or the thief (RFC 9700,
//! 4.14.2). Who does not know the family is guessing, and ends nothing.
//!
//! An answer that was lost on its way is no theft. So the last turn is taken again for [`GRACE`], and gives the same successor. It is made
//! of the token and of a random seed that is stored with the turn, and neither is enough alone. A thief who is that quick holds the same
//! token as the owner; the refresh after the next one tells them apart.

use domain::Failure;
use domain::ids::{AccountId, SessionId};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};

use crate::secrets::{TOKEN_CHARS, derived_token, random_token, same, sha256_hex};

/// For how long after a turn the token that it was made with gives the same answer.
pub const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// What every refresh token begins with.
const PREFIX: &str = "pl_refresh_";

/// What a refresh token says. Its text is `pl_refresh_<account>.<session>.<family>.<turn>`.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// The account.
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
    /// The one before it, so soon that its answer may have been lost: it gives the same successor.
    Repeated,
    /// An older one: someone has a copy.
    Reused,
    /// None of this session's.
    Forged,
}

/// What is kept of a session's tokens: enough to judge one, too little to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The hash of what all of them share.
    pub family_hash: String,
    /// The hash of the latest one's own part.
    pub turn_hash: String,
    /// How the latest came about; `None` before the first turn.
    pub last: Option<Turn>,
}

/// A turn from one token to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The hash of the own part of the token that was shown.
    pub from_hash: String,
    /// What the successor was made with, besides that token.
    pub seed: String,
    /// When it happened (UTC).
    pub at: Timestamp,
}

impl RefreshToken {
    /// The first of a session.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the system has no randomness to give.
    pub fn begin(account: AccountId, session: SessionId) -> Result<Self, Failure> {
        Ok(Self { account, session, family: random_token("")?, turn: random_token("")? })
    }

    /// The one that takes its place, by a seed of [`new_seed`]: the same for the same seed.
    #[must_use]
    pub fn next(&self, seed: &str) -> Self {
        let shown = format!("{}.{}", self.family.expose_secret(), self.turn.expose_secret());
        Self { turn: derived_token(seed, &shown), ..self.clone() }
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Failure::unauthorized`] for anything else.
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

/// A seed for one turn.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn new_seed() -> Result<String, Failure> {
    Ok(random_token("")?.expose_secret().to_owned())
}

/// What `presented` is at `now` to a session of which this is kept. All is compared, whatever the first gives.
#[must_use]
pub fn judge(presented: &RefreshToken, kept: &Kept, now: Timestamp) -> Judgement {
    let family = same(presented.family_hash().as_bytes(), kept.family_hash.as_bytes());
    let turn = same(presented.turn_hash().as_bytes(), kept.turn_hash.as_bytes());
    let repeated = kept.last.as_ref().is_some_and(|last| is_repeat(presented, last, &kept.turn_hash, now));
    match (family, turn, repeated) {
        (true, true, _) => Judgement::Current,
        (true, false, true) => Judgement::Repeated,
        (true, false, false) => Judgement::Reused,
        (false, ..) => Judgement::Forged,
    }
}

/// Whether the last turn was made with this token a moment ago, and leads to where the session is.
fn is_repeat(presented: &RefreshToken, last: &Turn, turn_hash: &str, now: Timestamp) -> bool {
    same(presented.turn_hash().as_bytes(), last.from_hash.as_bytes())
        && same(presented.next(&last.seed).turn_hash().as_bytes(), turn_hash.as_bytes())
        && now.duration_since(last.at) < GRACE
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

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn kept(stored: &RefreshToken, last: Option<Turn>) -> Kept {
        Kept { family_hash: stored.family_hash(), turn_hash: stored.turn_hash(), last }
    }

    fn judged(presented: &RefreshToken, stored: &RefreshToken) -> Judgement {
        judge(presented, &kept(stored, None), at(0))
    }

    /// Turned at second 0.
    fn turned(from: &RefreshToken, seed: &str) -> (RefreshToken, Kept) {
        let next = from.next(seed);
        let turn = Turn { from_hash: from.turn_hash(), seed: seed.to_owned(), at: at(0) };
        let kept = kept(&next, Some(turn));
        (next, kept)
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
        let new = old.next(&new_seed().unwrap());
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
        let nothing = Kept { family_hash: String::new(), turn_hash: String::new(), last: None };
        assert_eq!(judge(&stored, &nothing, at(0)), Judgement::Forged);
    }

    #[test]
    fn the_token_of_an_answer_that_was_lost_gives_the_same_one_for_a_minute() {
        let first = first();
        let (second, kept) = turned(&first, "seed");
        for (second, expected) in [(0, Judgement::Repeated), (59, Judgement::Repeated), (60, Judgement::Reused)] {
            assert_eq!(judge(&first, &kept, at(second)), expected, "{second} s");
        }
        assert_eq!(judge(&second, &kept, at(3600)), Judgement::Current);
        assert_eq!(first.next("seed").text().expose_secret(), second.text().expose_secret());
    }

    #[test]
    fn two_turns_later_a_token_is_a_reuse_however_soon() {
        let first = first();
        let (second, _) = turned(&first, "one");
        let (_, kept) = turned(&second, "two");
        assert_eq!(
            (judge(&second, &kept, at(1)), judge(&first, &kept, at(1))),
            (Judgement::Repeated, Judgement::Reused)
        );
        // Another function turned it since, and left what it does not know of.
        let stale = Kept { turn_hash: second.next("three").turn_hash(), ..kept };
        assert_eq!(judge(&second, &stale, at(1)), Judgement::Reused);
    }

    #[test]
    fn neither_the_token_nor_the_table_alone_makes_the_next() {
        let token = first();
        let (next, kept) = turned(&token, &new_seed().unwrap());
        assert_ne!(token.next(&new_seed().unwrap()).turn_hash(), next.turn_hash());
        let mut other = token.clone();
        other.turn = first().turn;
        assert_ne!(other.next(&kept.last.unwrap().seed).turn_hash(), next.turn_hash());
        assert!(RefreshToken::parse(next.text().expose_secret()).is_ok(), "it is a token like others");
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
