//! Consent words.
