//! What someone said to something that was suggested to them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::ExtraId;

/// How many a lead remembers.
pub(super) const MAX_EXTRAS: usize = 20;

/// A yes or a no to an extra, with what was promised then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeadExtra {
    /// Which.
    pub id: ExtraId,
    /// What it was called.
    #[schema(example = "Late checkout until 2 PM")]
    pub name: String,
    /// What it was said to cost at least, in cents of the tenant's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 2_500)]
    pub price_cents: Option<u64>,
    /// What it was said to take off, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_off: Option<u8>,
    /// Whether it was a yes.
    pub taken: bool,
    /// When it happened (UTC).
    pub at: Timestamp,
}

impl LeadExtra {
    /// `Late checkout (25.00 USD)`, for staff.
    #[must_use]
    pub fn shown(&self, currency: &str) -> String {
        let price = self.price_cents.map(|cents| format!(" ({}.{:02} {currency})", cents / 100, cents % 100));
        let off = self.percent_off.map(|percent| format!(" ({percent} % off)"));
        format!("{}{}", self.name, price.or(off).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples;

    fn extra(id: &str, taken: bool, at: &str) -> LeadExtra {
        serde_json::from_value(json!({"id": id, "name": "Late checkout", "taken": taken, "at": at})).unwrap()
    }

    #[test]
    fn the_latest_word_about_an_extra_stands() {
        let mut lead = samples::lead(&samples::roofer());
        lead.note_extra(extra("late", false, "2026-11-20T12:00:00Z"));
        lead.note_extra(extra("late", true, "2026-11-21T12:00:00Z"));
        lead.note_extra(extra("late", false, "2026-11-19T12:00:00Z"));
        assert_eq!(lead.taken_extras().count(), 1);
        assert_eq!(lead.extras.len(), 1);
        for n in 0..30 {
            lead.note_extra(extra(&format!("e-{n}"), true, "2026-11-22T12:00:00Z"));
        }
        assert_eq!(lead.extras.len(), MAX_EXTRAS);
        assert!(lead.extras.iter().all(|extra| extra.id.as_str() != "late"), "the oldest goes");
    }

    #[test]
    fn staff_read_what_was_promised() {
        let plain = extra("late", true, "2026-11-20T12:00:00Z");
        assert_eq!(plain.shown("USD"), "Late checkout");
        assert_eq!(LeadExtra { price_cents: Some(2_505), ..plain.clone() }.shown("EUR"), "Late checkout (25.05 EUR)");
        assert_eq!(LeadExtra { percent_off: Some(5), ..plain }.shown("EUR"), "Late checkout (5 % off)");
    }
}
