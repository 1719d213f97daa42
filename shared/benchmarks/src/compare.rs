//! A business beside its cohort: where it is, where it is going, and the next step.

use serde::{Deserialize, Serialize};

use crate::{Metric, Published};

/// A business's own value of a metric beside the published ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Of what.
    pub metric: Metric,
    /// The business's own value, in the metric's unit.
    pub own: i64,
    /// What its cohort has, where anything is published.
    pub published: Option<Published>,
    /// Where it is among them; none without figures.
    pub place: Option<Place>,
    /// Where it is going; none without an earlier value.
    pub trend: Option<Trend>,
    /// What to do next: the key of a text.
    pub insight: Insight,
}

/// Where a business is, by the published figures. They carry noise, so it is a place and no rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkPlace)]
pub enum Place {
    /// Worse than the average.
    Below,
    /// As good as the average or better.
    Above,
    /// As good as the best quarter.
    Top25,
    /// As good as the best tenth.
    Top10,
}

/// Where a business's own value is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkTrend)]
pub enum Trend {
    /// For the better.
    Improving,
    /// Hardly anywhere.
    Stable,
    /// For the worse.
    Declining,
}

/// What a business does next, as the key of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = BenchmarkInsight)]
pub enum Insight {
    /// Remind of quotes that no one answered.
    FollowUpOpenQuotes,
    /// Offer options (good, better, best) in a quote.
    OfferOptionsInQuotes,
    /// Let the assistant answer first, around the clock.
    AnswerAutomatically,
    /// Answer missed calls by text.
    TextBackMissedCalls,
    /// Remind of appointments and have them confirmed.
    ConfirmAppointments,
    /// Take a deposit where no-shows are likely.
    TakeDeposits,
    /// Ask for a review after each job.
    AskForReviews,
    /// Answer reviews, the poor ones first.
    AnswerReviews,
    /// Win back customers who have not come for long.
    WinBackCustomers,
    /// Offer a maintenance plan.
    OfferMaintenancePlans,
    /// Fill empty hours of the calendar.
    FillEmptyHours,
    /// Offer extras that fit the job.
    OfferExtras,
    /// Look at what changed lately: it is getting worse.
    LookAtWhatChanged,
    /// Keep it up.
    KeepItUp,
}

impl Insight {
    /// All of them; each needs a text.
    pub const ALL: [Self; 14] = [
        Self::FollowUpOpenQuotes,
        Self::OfferOptionsInQuotes,
        Self::AnswerAutomatically,
        Self::TextBackMissedCalls,
        Self::ConfirmAppointments,
        Self::TakeDeposits,
        Self::AskForReviews,
        Self::AnswerReviews,
        Self::WinBackCustomers,
        Self::OfferMaintenancePlans,
        Self::FillEmptyHours,
        Self::OfferExtras,
        Self::LookAtWhatChanged,
        Self::KeepItUp,
    ];

    /// Its key, as it is serialised.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FollowUpOpenQuotes => "follow-up-open-quotes",
            Self::OfferOptionsInQuotes => "offer-options-in-quotes",
            Self::AnswerAutomatically => "answer-automatically",
            Self::TextBackMissedCalls => "text-back-missed-calls",
            Self::ConfirmAppointments => "confirm-appointments",
            Self::TakeDeposits => "take-deposits",
            Self::AskForReviews => "ask-for-reviews",
            Self::AnswerReviews => "answer-reviews",
            Self::WinBackCustomers => "win-back-customers",
            Self::OfferMaintenancePlans => "offer-maintenance-plans",
            Self::FillEmptyHours => "fill-empty-hours",
            Self::OfferExtras => "offer-extras",
            Self::LookAtWhatChanged => "look-at-what-changed",
            Self::KeepItUp => "keep-it-up",
        }
    }
}

/// A business's own value beside what is published (the nearest of [`crate::Cohort::fallbacks`] that has figures) and its own
/// value of the year before. It reads nothing but what is public and the business's own, so it costs no budget.
#[must_use]
pub fn compare(metric: Metric, own: i64, published: Option<&Published>, previous: Option<i64>) -> Comparison {
    let published = published.filter(|published| published.metric == metric).cloned();
    let place = published.as_ref().map(|published| place(own, published));
    let trend = previous.map(|previous| trend(metric, previous, own));
    Comparison { metric, own, published, place, trend, insight: insight(metric, place, trend) }
}

/// Where an own value went. A change counts from a twentieth of the earlier value on, and from a least step of the metric (two
/// points of conversion and retention, one of no-shows, ten seconds, 0.05 stars, 500 a month): less is chance.
#[must_use]
pub fn trend(metric: Metric, previous: i64, now: i64) -> Trend {
    let change = now.saturating_sub(previous);
    let least = metric.least_change().max(previous.saturating_abs() / 20);
    if change.saturating_abs() < least {
        Trend::Stable
    } else if (change > 0) == metric.more_is_better() {
        Trend::Improving
    } else {
        Trend::Declining
    }
}

fn place(own: i64, published: &Published) -> Place {
    let reaches = |bar: i64| if published.metric.more_is_better() { own >= bar } else { own <= bar };
    if reaches(published.top10) {
        Place::Top10
    } else if reaches(published.top25) {
        Place::Top25
    } else if reaches(published.average) {
        Place::Above
    } else {
        Place::Below
    }
}

fn insight(metric: Metric, place: Option<Place>, trend: Option<Trend>) -> Insight {
    let (first, further) = match metric {
        Metric::QuoteConversion => (Insight::FollowUpOpenQuotes, Insight::OfferOptionsInQuotes),
        Metric::ResponseTime => (Insight::AnswerAutomatically, Insight::TextBackMissedCalls),
        Metric::NoShowRate => (Insight::ConfirmAppointments, Insight::TakeDeposits),
        Metric::ReviewScore => (Insight::AnswerReviews, Insight::AskForReviews),
        Metric::Retention => (Insight::WinBackCustomers, Insight::OfferMaintenancePlans),
        Metric::RevenuePerTechnician => (Insight::FillEmptyHours, Insight::OfferExtras),
    };
    match (place, trend) {
        (Some(Place::Below), _) | (None, Some(Trend::Declining)) => first,
        (Some(_), Some(Trend::Declining)) => Insight::LookAtWhatChanged,
        (Some(Place::Top25 | Place::Top10), _) => Insight::KeepItUp,
        (Some(Place::Above), _) | (None, _) => further,
    }
}
