//! Public keys as the world reads them: JSON Web Keys (RFC 7517), and those a verifier holds.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Failure;
use jsonwebtoken::DecodingKey;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The length of a coordinate of P-256 in bytes.
const COORDINATE_BYTES: usize = 32;

/// `kty`: there is no other kind of key here, so nothing else can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyType {
    /// Elliptic curve.
    #[serde(rename = "EC")]
    EllipticCurve,
}

/// `crv`: the one curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// NIST P-256.
    #[serde(rename = "P-256")]
    P256,
}

/// `alg`: the one algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
}

/// `use`: what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyUse {
    /// Signatures.
    #[serde(rename = "sig")]
    Signature,
}

/// A public key as a JSON Web Key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    /// The kind of key.
    #[serde(rename = "kty")]
    pub key_type: KeyType,
    /// The curve.
    #[serde(rename = "crv")]
    pub curve: Curve,
    /// The point's first coordinate: 32 bytes in base64url.
    pub x: String,
    /// The second.
    pub y: String,
    /// Its name, which a token's header repeats.
    pub kid: String,
    /// The algorithm.
    #[serde(rename = "alg")]
    pub algorithm: SigningAlgorithm,
    /// What the key is for.
    #[serde(rename = "use")]
    pub usage: KeyUse,
}

impl Jwk {
    /// The key of that name with these coordinates.
    pub(super) fn new(kid: &str, x: &[u8], y: &[u8]) -> Self {
        Self {
            key_type: KeyType::EllipticCurve,
            curve: Curve::P256,
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
            kid: kid.to_owned(),
            algorithm: SigningAlgorithm::Es256,
            usage: KeyUse::Signature,
        }
    }

    fn decoding_key(&self) -> Option<DecodingKey> {
        let is_coordinate =
            |text: &str| URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == COORDINATE_BYTES);
        if !is_coordinate(&self.x) || !is_coordinate(&self.y) {
            return None;
        }
        DecodingKey::from_ec_components(&self.x, &self.y).ok()
    }
}

/// What `/.well-known/jwks.json` answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwks {
    /// The keys that verify.
    pub keys: Vec<Jwk>,
}

/// The keys that a verifier holds, by name. Nothing a token says adds to them.
#[derive(Debug, Clone, Default)]
pub struct PublicKeys(HashMap<String, DecodingKey>);

impl PublicKeys {
    /// Those of a set.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the key whose coordinates are invalid.
    pub fn new(jwks: &Jwks) -> Result<Self, Failure> {
        let key = |jwk: &Jwk| {
            let key = jwk.decoding_key();
            key.map(|key| (jwk.kid.clone(), key))
                .ok_or_else(|| Failure::Permanent(format!("the signing key {} is malformed", jwk.kid)))
        };
        jwks.keys.iter().map(key).collect::<Result<_, _>>().map(Self)
    }

    /// The key of that name.
    pub(crate) fn get(&self, kid: &str) -> Option<&DecodingKey> {
        self.0.get(kid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_written_as_rfc_7517_has_it() {
        let jwks = Jwks { keys: vec![Jwk::new("2026-11", &[0; 32], &[255; 32])] };
        let json = serde_json::json!({"keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "2026-11",
            "x": "A".repeat(43), "y": format!("{}8", "_".repeat(42)),
        }]});
        assert_eq!(serde_json::to_value(&jwks).unwrap(), json);
        assert_eq!(serde_json::from_value::<Jwks>(json).unwrap(), jwks);
    }

    #[test]
    fn no_other_kind_of_key_can_be_read() {
        let good = serde_json::to_value(Jwk::new("k", &[1; 32], &[2; 32])).unwrap();
        for (field, other) in
            [("kty", "oct"), ("kty", "RSA"), ("crv", "P-384"), ("alg", "HS256"), ("alg", "none"), ("use", "enc")]
        {
            let mut bad = good.clone();
            bad[field] = other.into();
            assert!(serde_json::from_value::<Jwk>(bad).is_err(), "{field} {other}");
        }
    }

    #[test]
    fn coordinates_of_another_length_are_refused() {
        for (x, y) in [(31, 32), (32, 33), (48, 48), (0, 64)] {
            let jwks = Jwks { keys: vec![Jwk::new("short", &vec![1; x], &vec![1; y])] };
            assert_eq!(
                PublicKeys::new(&jwks).unwrap_err(),
                Failure::Permanent("the signing key short is malformed".into())
            );
        }
        let mut jwk = Jwk::new("odd", &[1; 32], &[1; 32]);
        jwk.x = "not base64url!".into();
        assert!(PublicKeys::new(&Jwks { keys: vec![jwk] }).is_err());
    }
}
