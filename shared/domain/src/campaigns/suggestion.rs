//! What an owner can do so that more customers are served, and what they will need: data, to which a page gives words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Capacity;
use crate::ids::ServiceId;

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "suggestion", rename_all = "snake_case")]
#[schema(as = CampaignSuggestion)]
pub enum Suggestion {
    /// More would fit than can be invited: work longer, or with more people.
    ExtraShifts {
        /// On which days: those with the least room, at most three.
        #[schema(value_type = Vec<String>)]
        days: Vec<Date>,
        /// How many more visits there would have to be room for, so that all who fit are invited.
        visits: u32,
        /// How many fit and are not invited.
        not_invited: u32,
    },
    /// Have the parts at hand that these visits usually take.
    Parts {
        /// For which service.
        service: ServiceId,
        /// For how many visits: those that are expected to be booked.
        visits: u32,
    },
}

/// What is suggested where `fits` customers fit, `planned` of whom are invited, for visits of `service`.
#[must_use]
pub fn suggestions(fits: u32, planned: u32, capacity: &Capacity, service: &ServiceId) -> Vec<Suggestion> {
    let rate = u64::from(capacity.rate.permille());
    let expected = |invited: u32| u32::try_from((u64::from(invited) * rate).div_ceil(1_000)).unwrap_or(u32::MAX);
    let mut suggested = Vec::new();
    let not_invited = fits.saturating_sub(planned);
    if not_invited > 0 {
        let mut days: Vec<(u32, Date)> = capacity.days.iter().map(|day| (day.free, day.date)).collect();
        days.sort_unstable();
        let mut days: Vec<Date> = days.into_iter().take(3).map(|(_, date)| date).collect();
        days.sort_unstable();
        suggested.push(Suggestion::ExtraShifts { days, visits: expected(not_invited), not_invited });
    }
    if planned > 0 {
        suggested.push(Suggestion::Parts { service: service.clone(), visits: expected(planned) });
    }
    suggested
}
