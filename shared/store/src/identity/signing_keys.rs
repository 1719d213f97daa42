//! The keys that sign access tokens: public halves in clear, private halves sealed (when each signs: `auth::signing::rotation`).
//!
//! A key lies under its turn. Whoever finds that a successor is due makes it and puts it under the next turn, where there is
//! none yet: of many at once one wins, and the others take the winner's.

use auth::secrets::random_token;
use auth::signing::{Jwks, KeyPair, PublicKey, PublicKeys, rotation};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::ATTEMPTS;
use crate::SigningKeys;
use crate::table::documents::{busy, get_number};
use crate::table::item::{number, readable, to_item};
use crate::table::keys;
use crate::table::writes::Writes;
use crate::tenancy::credentials::{Purpose, Sealed};

/// More than sign and verify at any time.
const LATEST: usize = 8;
/// For how long a key is kept after it began to sign: longer than it signs and verifies.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(32 * 24);

/// A key as it lies in the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    turn: u32,
    public: PublicKey,
    private: Sealed,
}

impl SigningKeys<'_> {
    /// The keys that access tokens are verified with. A warm function remembers them for five minutes.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn all(self, now: Timestamp) -> Result<Arc<PublicKeys>, Failure> {
        match self.store.identity.public_keys.get(&()) {
            Some(known) => Ok(known),
            None => self.read(now).await,
        }
    }

    /// As [`crate::SigningKeys::all`], for who has seen a token of a key that is not among them: they are read again, at most
    /// every ten seconds, whoever shows what. A key that was made without notice is so known at once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn newest(self, now: Timestamp) -> Result<Arc<PublicKeys>, Failure> {
        if self.store.identity.read_again.get(&()).is_some() {
            return self.all(now).await;
        }
        self.store.identity.read_again.put((), ());
        self.read(now).await
    }

    async fn read(self, now: Timestamp) -> Result<Arc<PublicKeys>, Failure> {
        let jwks = self.jwks(now).await?;
        let keys = Arc::new(PublicKeys::new(&jwks)?);
        // Before the first key there is nothing to remember: it signs at once.
        if !jwks.keys.is_empty() {
            self.store.identity.public_keys.put((), Arc::clone(&keys));
        }
        Ok(keys)
    }

    /// The same keys as they are published.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn jwks(self, now: Timestamp) -> Result<Jwks, Failure> {
        Ok(rotation::verifying(&public(&self.kept_keys().await?.0), now))
    }

    /// The key that signs now, and its successor made where that is due. A warm function remembers the key for five minutes.
    ///
    /// # Errors
    /// As KMS and the table answer.
    pub async fn current(self, now: Timestamp, kms_key_id: &str) -> Result<Arc<KeyPair>, Failure> {
        if let Some(known) = self.store.identity.key_pairs.get(&()) {
            return Ok(known);
        }
        for _ in 0..ATTEMPTS {
            let (kept, latest) = self.kept_keys().await?;
            let public = public(&kept);
            if let Some(signs_from) = rotation::needs_successor(&public, now) {
                self.put(kms_key_id, latest + 1, signs_from).await?;
                continue;
            }
            let signing = rotation::which_signs(&public, now);
            if let Some(key) = kept.iter().find(|key| Some(&key.public) == signing) {
                let pair = Arc::new(self.restore(key).await?);
                self.store.identity.key_pairs.put((), Arc::clone(&pair));
                return Ok(pair);
            }
        }
        Err(busy("signing key"))
    }

    /// Those that this version can read, and the latest turn of all.
    async fn kept_keys(self) -> Result<(Vec<Kept>, u32), Failure> {
        let (items, _) = self.store.page_of(&keys::platform().signing_key(1).pk, "", false, LATEST, None).await?;
        let turns = items.iter().filter_map(|item| u32::try_from(get_number(item, "turn")?).ok());
        Ok((readable("signing-key", &items), turns.max().unwrap_or_default()))
    }

    /// Makes a key of this turn, unless someone else did.
    async fn put(self, kms_key_id: &str, turn: u32, signs_from: Timestamp) -> Result<(), Failure> {
        // A key that is withdrawn and renewed is another one, by its name too.
        let suffix: String = random_token("")?.expose_secret().chars().take(6).collect();
        let pair = KeyPair::generate(&format!("{}-{turn}-{suffix}", signs_from.strftime("%Y-%m-%d")), signs_from)?;
        let (platform, key, secret) = (TenantId::platform(), keys::platform().signing_key(turn), pair.pkcs8_base64());
        let private = self.store.seal(kms_key_id, &platform, Purpose::Identity, &key, &secret).await?;
        let mut item = to_item("signing-key", &key, &Kept { turn, public: pair.public().clone(), private })?;
        let until = signs_from.checked_add(KEPT_FOR).unwrap_or(Timestamp::MAX);
        item.insert("expires_at".to_owned(), number(until.as_second()));
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(item)?;
        self.store.run(writes).await?;
        Ok(())
    }

    async fn restore(self, key: &Kept) -> Result<KeyPair, Failure> {
        let place = keys::platform().signing_key(key.turn);
        let private = self.store.unseal(&TenantId::platform(), Purpose::Identity, &place, key.private.clone()).await?;
        KeyPair::restore(key.public.clone(), &private)
    }
}

fn public(kept: &[Kept]) -> Vec<PublicKey> {
    kept.iter().map(|key| key.public.clone()).collect()
}
