//! Invoices.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::InvoiceId;
use crate::money::Money;

/// An invoice, as far as its events tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invoice {
    /// The invoice's id.
    pub id: InvoiceId,
    /// Whether it is open; only forward.
    pub state: InvoiceState,
    /// The amount.
    #[serde(default)]
    pub amount: Option<Money>,
    /// By when it is to be paid (UTC).
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Where it can be paid.
    #[serde(default)]
    pub link: Option<String>,
}

/// Whether an invoice is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// To be paid.
    Issued,
    /// To be paid for too long.
    Overdue,
    /// Taken back.
    Voided,
    /// Paid.
    Paid,
}
