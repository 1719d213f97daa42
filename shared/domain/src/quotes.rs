//! Quotes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::QuoteId;
use crate::money::Money;

/// A quote, as far as its events tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// The quote's id.
    pub id: QuoteId,
    /// How far it got; only forward.
    pub state: QuoteState,
    /// When it was sent (UTC).
    pub sent_at: Timestamp,
    /// When it was last opened (UTC).
    #[serde(default)]
    pub opened_at: Option<Timestamp>,
    /// What it is for.
    #[serde(default)]
    pub service: Option<String>,
    /// The whole of it.
    #[serde(default)]
    pub amount: Option<Money>,
    /// Where it can be read.
    #[serde(default)]
    pub link: Option<String>,
    /// Until when it holds (UTC).
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// How far a quote got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteState {
    /// Is out.
    Sent,
    /// Was read.
    Opened,
    /// Holds no more.
    Expired,
    /// Was refused.
    Declined,
    /// Was taken.
    Accepted,
}
