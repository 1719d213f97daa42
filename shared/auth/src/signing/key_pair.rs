//! One key: its public half, which may be known, and its private half, which signs.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Failure;
use jiff::Timestamp;
use jsonwebtoken::EncodingKey;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::Jwk;

/// What may be known of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// What verifies its signatures.
    pub jwk: Jwk,
    /// From when it signs.
    pub signs_from: Timestamp,
}

/// A key with its private half. A debug print shows nothing of that; memory is wiped when it goes.
#[derive(Debug, Clone)]
pub struct KeyPair {
    public: PublicKey,
    private: EncodingKey,
}

impl KeyPair {
    /// A new key by the name of `kid`.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the system has no randomness to give.
    pub fn generate(kid: &str, signs_from: Timestamp) -> Result<Self, Failure> {
        let failed = |_| Failure::Retryable("no signing key could be made".into());
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(failed)?;
        Ok(Self {
            public: PublicKey { jwk: jwk(kid, &pair)?, signs_from },
            private: EncodingKey::from_ec_der(pkcs8.as_ref()),
        })
    }

    /// The key that was kept as these two halves.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the private half is no PKCS#8 key, or another one than the public half's.
    pub fn restore(public: PublicKey, pkcs8_base64: &SecretString) -> Result<Self, Failure> {
        let kid = &public.jwk.kid;
        let broken = || Failure::Permanent(format!("the private half of the signing key {kid} is not its own"));
        let pkcs8 = STANDARD.decode(pkcs8_base64.expose_secret()).map(Zeroizing::new).map_err(|_| broken())?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8).map_err(|_| broken())?;
        if jwk(kid, &pair)? != public.jwk {
            return Err(broken());
        }
        Ok(Self { private: EncodingKey::from_ec_der(&pkcs8), public })
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Its private half: PKCS#8 in base64, to be sealed.
    #[must_use]
    pub fn pkcs8_base64(&self) -> SecretString {
        STANDARD.encode(self.private.as_bytes()).into()
    }

    /// What signs.
    pub(crate) fn private(&self) -> &EncodingKey {
        &self.private
    }
}

/// The public half: aws-lc gives the point uncompressed, a 4 and then both coordinates (SEC 1, 2.3.3).
fn jwk(kid: &str, pair: &EcdsaKeyPair) -> Result<Jwk, Failure> {
    match pair.public_key().as_ref() {
        [4, point @ ..] if point.len() == 64 => {
            let (x, y) = point.split_at(32);
            Ok(Jwk::new(kid, x, y))
        }
        _ => Err(Failure::Permanent(format!("the public point of the signing key {kid} is malformed"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kid: &str) -> KeyPair {
        KeyPair::generate(kid, Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn a_key_is_restored_from_its_two_halves() {
        let key = key("2026-11");
        let stored: PublicKey = serde_json::from_value(serde_json::to_value(key.public()).unwrap()).unwrap();
        let restored = KeyPair::restore(stored, &key.pkcs8_base64()).unwrap();
        assert_eq!(restored.public(), key.public());
        assert_eq!(restored.pkcs8_base64().expose_secret(), key.pkcs8_base64().expose_secret());
    }

    #[test]
    fn halves_of_different_keys_are_refused() {
        let (one, other) = (key("same"), key("same"));
        for private in [other.pkcs8_base64(), "AAAA".into(), "no base64".into(), "".into()] {
            assert_eq!(
                KeyPair::restore(one.public().clone(), &private).unwrap_err(),
                Failure::Permanent("the private half of the signing key same is not its own".into())
            );
        }
    }

    #[test]
    fn a_debug_print_shows_no_private_half() {
        let key = key("k");
        let bytes = format!("{:?}", key.private.as_bytes());
        let shown = format!("{key:?}");
        assert!(shown.contains("[redacted]"), "{shown}");
        assert!(!shown.contains(&bytes) && !shown.contains(key.pkcs8_base64().expose_secret()));
    }
}
