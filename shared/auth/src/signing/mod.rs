//! The keys that sign access tokens: ES256 (ECDSA on P-256 with SHA-256, RFC 7518, 3.4), a new one every month.
//!
//! A private key is kept sealed and only where tokens are made. Its public half is kept beside it in clear, and everyone
//! who verifies holds the [`Jwks`] of it. [`rotation`] says which key signs, and when the next is made.

mod jwk;
mod key_pair;
pub mod rotation;

pub use jwk::{Curve, Jwk, Jwks, KeyType, KeyUse, PublicKeys, SigningAlgorithm};
pub use key_pair::{KeyPair, PublicKey};
