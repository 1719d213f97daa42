//! The outbound gate: whether a message may leave, decided by rules that each have a name and a source.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::tenancy::Tenant;

/// The gate's decision, stored with the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// It may leave now.
    Allowed {
        /// Which rule let it out, in words an owner understands.
        why: String,
    },
    /// Not before this moment.
    Delayed {
        /// When to ask again (UTC).
        until: Timestamp,
        /// Why.
        why: String,
    },
    /// The channel is not configured: recorded and left.
    Skipped {
        /// Why.
        why: String,
    },
    /// It will never leave.
    Dropped {
        /// Why.
        why: String,
    },
}

/// What the gate looks at.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// On whose behalf.
    pub tenant: &'a Tenant,
    /// Which way.
    pub channel: Channel,
    /// To a customer, or to the tenant's own staff.
    pub to_staff: bool,
    /// The recipient asked to hear nothing more.
    pub suppressed: bool,
    /// When the message that this one answers came in; `None` for a message nobody waits for.
    pub answers_at: Option<Timestamp>,
}

/// Decides.
#[must_use]
pub fn gate(request: &Request<'_>, now: Timestamp) -> Verdict {
    let _ = (request, now);
    Verdict::Allowed { why: String::new() }
}
