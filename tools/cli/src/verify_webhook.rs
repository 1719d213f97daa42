//! `porchlight verify-webhook FILE`: would we take this delivery? For "our webhook does not arrive".

use anyhow::Context;
use connectors::recorded_delivery::{Capture, check};
use std::fmt;
use std::path::Path;

/// What to tell the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The signature is right.
    Accept,
    /// It is not, for this reason.
    Reject(String),
}

impl Verdict {
    /// The exit code: 0 or 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Accept => 0,
            Self::Reject(_) => 1,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accept => f.write_str("accept"),
            Self::Reject(reason) => write!(f, "reject: {reason}"),
        }
    }
}

/// Checks the captured delivery in `file`. The format is described in `docs/verify-webhook.md`.
///
/// # Errors
/// When the file cannot be read or is no capture; that says nothing about the delivery.
pub fn run(file: &Path) -> anyhow::Result<Verdict> {
    let text = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let capture: Capture = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no capture; docs/verify-webhook.md describes one", file.display()))?;
    Ok(check(&capture).map_or_else(|refusal| Verdict::Reject(refusal.to_string()), |()| Verdict::Accept))
}
