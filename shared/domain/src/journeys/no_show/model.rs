//! The model: its columns with the weights that every business begins with, and what a chance is made of.

use jiff::Timestamp;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::features::{Features, Finished};
use super::fit::{Pull, fit, logistic};
use crate::messaging::Source;

/// From this chance on, in percent, a visit is at high risk.
const HIGH_PERCENT: u8 = 25;
/// No chance is nearer to certainty than this.
const BOUNDS: (f64, f64) = (0.005, 0.95);
/// No fitted weight is farther from nothing than this.
const MOST_WEIGHT: f64 = 6.0;
/// What raises the log-odds by less is no reason.
const LEAST_REASON: f64 = 0.1;
/// The most reasons of one risk.
const MAX_REASONS: usize = 3;
/// A business's own weights take so many finished visits at least, and so many of them missed.
const LEAST_VISITS: usize = 200;
const LEAST_MISSED: usize = 20;
/// A visit counts half as much as one that is so many days younger: habits change.
const HALF_LIFE_DAYS: f64 = 180.0;

/// How likely a visit is missed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = NoShowRisk)]
pub struct Risk {
    /// The chance that the customer is not there, in percent.
    #[schema(minimum = 0, maximum = 100, example = 31)]
    pub percent: u8,
    /// Whether that is much: then a customer who has not confirmed is asked once more.
    pub high: bool,
    /// What raises it, the strongest first: at most three.
    pub reasons: Vec<NoShowReason>,
}

/// What makes it likely that a visit is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoShowReason {
    /// They have not confirmed it.
    NotConfirmed,
    /// They missed a visit before.
    MissedBefore,
    /// It was booked long before.
    BookedLongAhead,
    /// They have not answered its reminders.
    NoAnswer,
    /// It is their first visit.
    FirstVisit,
    /// Visits at this time of the day are missed more often.
    TimeOfDay,
    /// Visits on this day of the week are missed more often.
    Weekday,
    /// Customers who came on this channel miss more visits.
    Channel,
    /// No deposit is asked for, as it is of other services.
    NoDeposit,
    /// A gale, much rain, snow or hail is forecast.
    Weather,
}

/// What one thing about a visit adds to the log-odds that it is missed.
struct Column {
    /// By which its weight is stored.
    name: &'static str,
    /// What it is to people; the first column is what holds for every visit.
    reason: Option<NoShowReason>,
    /// Its weight where nothing is known of the business, and how strongly a fit is held to it.
    prior: Pull,
    /// How much of it a visit has, from -0.5 to about 2.
    of: fn(&Features) -> f64,
}

const fn column(name: &'static str, reason: NoShowReason, weight: f64, of: fn(&Features) -> f64) -> Column {
    Column { name, reason: Some(reason), prior: Pull { to: weight, strength: 2.0 }, of }
}

/// The prior's weights are round figures of our own, in the order that reviews of no-shows agree on: earlier absences, a long
/// wait and no confirmation weigh most. A regular customer who confirmed misses about 1 visit in 100; a new one who booked
/// two weeks ahead and has not confirmed, 1 in 6. Nothing is assumed of hours and channels. Rough weather weighs somewhat more than a first
/// visit. A deposit is a contrast: it counts where the business asks for one of some services and of others not, so that whoever asks for
/// none at all is judged as before. A business's own figures take their place.
const COLUMNS: &[Column] =
    &[
        Column { name: "every", reason: None, prior: Pull { to: -4.0, strength: 0.05 }, of: |_| 1.0 },
        column("unconfirmed", NoShowReason::NotConfirmed, 1.1, |of| f64::from(u8::from(!of.confirmed))),
        column("reminders", NoShowReason::NoAnswer, 0.25, |of| {
            if of.confirmed { 0.0 } else { f64::from(of.reminders.min(3)) }
        }),
        column("days_1", NoShowReason::BookedLongAhead, 0.6, |of| wait(of, 0.0, 1.0)),
        column("days_3", NoShowReason::BookedLongAhead, 0.1, |of| wait(of, 1.0, 3.0)),
        column("days_7", NoShowReason::BookedLongAhead, 0.2, |of| wait(of, 3.0, 7.0)),
        column("days_14", NoShowReason::BookedLongAhead, 0.2, |of| wait(of, 7.0, 14.0)),
        column("days_30", NoShowReason::BookedLongAhead, 0.2, |of| wait(of, 14.0, 30.0)),
        column("days_90", NoShowReason::BookedLongAhead, 0.1, |of| wait(of, 30.0, 90.0)),
        column("missed", NoShowReason::MissedBefore, 1.0, |of| f64::from(of.history.missed.min(20)).ln_1p()),
        column("missed_last", NoShowReason::MissedBefore, 0.5, |of| f64::from(u8::from(of.history.missed_last))),
        column("kept", NoShowReason::MissedBefore, -0.3, |of| f64::from(of.history.kept.min(50)).ln_1p()),
        column("first", NoShowReason::FirstVisit, 0.2, |of| {
            f64::from(u8::from(of.history.kept + of.history.missed == 0))
        }),
        column("hour_10", NoShowReason::TimeOfDay, 0.0, |of| part(of.hour, 7.0, 10.0)),
        column("hour_14", NoShowReason::TimeOfDay, 0.0, |of| part(of.hour, 10.0, 14.0)),
        column("hour_18", NoShowReason::TimeOfDay, 0.0, |of| part(of.hour, 14.0, 18.0)),
        column("monday", NoShowReason::Weekday, 0.0, |of| f64::from(u8::from(of.weekday == Weekday::Monday))),
        column("friday", NoShowReason::Weekday, 0.0, |of| f64::from(u8::from(of.weekday == Weekday::Friday))),
        column("weekend", NoShowReason::Weekday, 0.0, |of| {
            f64::from(u8::from(matches!(of.weekday, Weekday::Saturday | Weekday::Sunday)))
        }),
        column("from_form", NoShowReason::Channel, 0.0, |of| from(of, &[Source::WebForm])),
        column("from_message", NoShowReason::Channel, 0.0, |of| {
            from(of, &[Source::Whatsapp, Source::Sms, Source::LiveChat])
        }),
        column("from_call", NoShowReason::Channel, 0.0, |of| from(of, &[Source::MissedCall, Source::Entered])),
        column("no_deposit", NoShowReason::NoDeposit, 0.6, |of| {
            of.deposit.map_or(0.0, |asked| if asked { -0.5 } else { 0.5 })
        }),
        column("rough_weather", NoShowReason::Weather, 0.3, |of| f64::from(u8::from(of.rough_weather))),
    ];

/// How much of the way from `from` to `to` lies behind `at`, from 0 to 1.
fn part(at: f64, from: f64, to: f64) -> f64 {
    ((at - from) / (to - from)).clamp(0.0, 1.0)
}

/// Whether its contact came on one of `channels`.
fn from(of: &Features, channels: &[Source]) -> f64 {
    f64::from(u8::from(of.channel.is_some_and(|channel| channels.contains(&channel))))
}

/// The same of the days that it was booked ahead: a day more says less, the more there are.
fn wait(of: &Features, from: f64, to: f64) -> f64 {
    part(f64::from(of.days_ahead).ln_1p(), from.ln_1p(), to.ln_1p())
}

/// A business's own weights, as they are stored; what they do not name has the prior's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// By column.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// How many finished visits they are fitted to.
    #[serde(default)]
    pub visits: usize,
    /// How many of these were missed.
    #[serde(default)]
    pub missed: usize,
    /// When it was learned (UTC).
    #[serde(default)]
    pub fitted_at: Option<Timestamp>,
}

impl Model {
    /// Fits weights to finished visits; `None`: there are too few to tell more than the prior does.
    #[must_use]
    pub fn fitted(visits: &[Finished], now: Timestamp) -> Option<Self> {
        let missed: Vec<bool> = visits.iter().map(|visit| visit.missed).collect();
        let absences = missed.iter().filter(|missed| **missed).count();
        if visits.len() < LEAST_VISITS || absences < LEAST_MISSED {
            return None;
        }
        let days = |visit: &Finished| now.duration_since(visit.at).as_secs_f64() / 86_400.0;
        let counts: Vec<f64> = visits.iter().map(|visit| 0.5_f64.powf(days(visit) / HALF_LIFE_DAYS)).collect();
        let features: Vec<&Features> = visits.iter().map(|visit| &visit.features).collect();
        let weights = fit(&Self::columns(&features), &missed, Some(&counts), &Self::prior());
        let named = COLUMNS.iter().zip(weights).map(|(column, weight)| (column.name.to_owned(), weight));
        Some(Self { weights: named.collect(), visits: visits.len(), missed: absences, fitted_at: Some(now) })
    }

    /// What visits have of each column: what [`fit`] takes.
    #[must_use]
    pub fn columns(visits: &[&Features]) -> Vec<Vec<f64>> {
        COLUMNS.iter().map(|column| visits.iter().map(|visit| (column.of)(visit)).collect()).collect()
    }

    /// The prior of each column.
    #[must_use]
    pub fn prior() -> Vec<Pull> {
        COLUMNS.iter().map(|column| column.prior).collect()
    }

    /// The chance that a visit is missed.
    #[must_use]
    pub fn chance(&self, features: &Features) -> f64 {
        let sum: f64 = self.parts(features).map(|(_, part)| part).sum();
        logistic(sum).clamp(BOUNDS.0, BOUNDS.1)
    }

    /// The chance, and what raises it.
    #[must_use]
    pub fn risk(&self, features: &Features) -> Risk {
        let mut reasons: BTreeMap<NoShowReason, f64> = BTreeMap::new();
        for (reason, part) in self.parts(features).filter_map(|(reason, part)| Some((reason?, part))) {
            *reasons.entry(reason).or_default() += part;
        }
        let mut reasons: Vec<_> = reasons.into_iter().filter(|(_, part)| *part >= LEAST_REASON).collect();
        reasons.sort_by(|(a, of_a), (b, of_b)| of_b.total_cmp(of_a).then(a.cmp(b)));
        let percent = percent(self.chance(features));
        Risk {
            percent,
            high: percent >= HIGH_PERCENT,
            reasons: reasons.into_iter().take(MAX_REASONS).map(|(reason, _)| reason).collect(),
        }
    }

    /// What each column adds.
    fn parts(&self, features: &Features) -> impl Iterator<Item = (Option<NoShowReason>, f64)> {
        COLUMNS.iter().map(|column| {
            let own = self.weights.get(column.name).filter(|weight| weight.is_finite());
            let weight = own.map_or(column.prior.to, |weight| weight.clamp(-MOST_WEIGHT, MOST_WEIGHT));
            (column.reason, weight * (column.of)(features))
        })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is between 0 and 1")]
fn percent(chance: f64) -> u8 {
    (chance * 100.0).round() as u8
}
