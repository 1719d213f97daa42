//! What the gate said about a message, stored with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// The gate's decision. Every reason is a sentence that the tenant's owner understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// It may leave now.
    Allowed {
        /// Which rule let it out.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
    },
    /// Not before this moment.
    Delayed {
        /// When to ask again (UTC).
        until: Timestamp,
        /// Why.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
    },
    /// Not before something has happened.
    Held {
        /// What it waits for.
        awaits: Awaited,
        /// Why.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
    },
    /// The channel is not configured: recorded and left.
    Skipped {
        /// Why.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
    },
    /// It will never leave.
    Dropped {
        /// Why.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
    },
}

/// What a held message waits for: the name of a domain event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum Awaited {
    /// The invoice is paid.
    #[serde(rename = "payment.received")]
    PaymentReceived,
    /// The job is done.
    #[serde(rename = "job.completed")]
    JobCompleted,
}

impl Verdict {
    /// The reason.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Allowed { why }
            | Self::Delayed { why, .. }
            | Self::Held { why, .. }
            | Self::Skipped { why }
            | Self::Dropped { why } => why,
        }
    }

    /// The decision's name: `allowed`, `delayed`, `held`, `skipped`, `dropped`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Allowed { .. } => "allowed",
            Self::Delayed { .. } => "delayed",
            Self::Held { .. } => "held",
            Self::Skipped { .. } => "skipped",
            Self::Dropped { .. } => "dropped",
        }
    }
}

impl Awaited {
    /// The event's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PaymentReceived => "payment.received",
            Self::JobCompleted => "job.completed",
        }
    }
}

/// A verdict and when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ruled {
    /// When (UTC).
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub verdict: Verdict,
}
