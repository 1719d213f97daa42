//! The proofs of identity: passwords, one-time codes, access and refresh tokens, CSRF tokens, and the keys that sign.
//!
//! Plain functions over plain values. Nothing here reads a clock, a table or a network: the time is passed in, what is
//! stored is passed in, and the caller stores what comes out. Randomness is aws-lc's. Whatever an anonymous caller sends is
//! answered with no, never with a panic, and secrets are compared in constant time.

pub mod access_tokens;
pub mod csrf;
pub mod one_time_codes;
pub mod passwords;
pub mod refresh_tokens;
pub mod secrets;
pub mod signing;
pub mod visit_links;
