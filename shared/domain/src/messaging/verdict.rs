//! What the gate said about a message, stored with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// The gate's decision. Every reason is a sentence that the tenant's owner understands, and has the id of the rule that gave it;
/// verdicts of before there were ids have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// It may leave now.
    Allowed {
        /// Which rule let it out.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
        /// The rule, for programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false, example = "quiet_hours")]
        rule: Option<Cow<'static, str>>,
    },
    /// Not before this moment.
    Delayed {
        /// When to ask again (UTC).
        until: Timestamp,
        /// The reason.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
        /// The rule, for programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false, example = "quiet_hours")]
        rule: Option<Cow<'static, str>>,
    },
    /// Not before something has happened.
    Held {
        /// What it waits for.
        awaits: Awaited,
        /// The reason.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
        /// The rule, for programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false, example = "quiet_hours")]
        rule: Option<Cow<'static, str>>,
    },
    /// The channel is not configured: recorded and left.
    Skipped {
        /// The reason.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
        /// The rule, for programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false, example = "quiet_hours")]
        rule: Option<Cow<'static, str>>,
    },
    /// It will never leave.
    Dropped {
        /// The reason.
        #[schema(value_type = String)]
        why: Cow<'static, str>,
        /// The rule, for programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false, example = "quiet_hours")]
        rule: Option<Cow<'static, str>>,
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
    /// It will never leave.
    #[must_use]
    pub fn dropped(why: impl Into<Cow<'static, str>>) -> Self {
        Self::Dropped { why: why.into(), rule: None }
    }

    /// The channel is not configured.
    #[must_use]
    pub fn skipped(why: impl Into<Cow<'static, str>>) -> Self {
        Self::Skipped { why: why.into(), rule: None }
    }

    /// The same, of this rule; unless another one has said that it is its own.
    #[must_use]
    pub fn by(mut self, id: &'static str) -> Self {
        let (Self::Allowed { rule, .. }
        | Self::Delayed { rule, .. }
        | Self::Held { rule, .. }
        | Self::Skipped { rule, .. }
        | Self::Dropped { rule, .. }) = &mut self;
        rule.get_or_insert(Cow::Borrowed(id));
        self
    }

    /// The id of the rule.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        self.reason().1
    }

    /// The reason.
    #[must_use]
    pub fn why(&self) -> &str {
        self.reason().0
    }

    fn reason(&self) -> (&str, Option<&str>) {
        let (Self::Allowed { why, rule }
        | Self::Delayed { why, rule, .. }
        | Self::Held { why, rule, .. }
        | Self::Skipped { why, rule }
        | Self::Dropped { why, rule }) = self;
        (why, rule.as_deref())
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
    /// When it happened (UTC).
    pub at: Timestamp,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
}
