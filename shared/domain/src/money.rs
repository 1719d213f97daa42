//! Amounts of money.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    /// In the smallest unit, such as cents.
    #[schema(example = 42_500)]
    pub cents: i64,
    /// ISO 4217 code.
    #[schema(example = "USD")]
    pub currency: String,
}
