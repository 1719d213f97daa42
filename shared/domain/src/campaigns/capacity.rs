//! How many customers can be served, and so how many are invited on which day.
//!
//! Of the free visits of a day, a share is kept for others (`keep_free_percent`). Of the customers who are invited, a share books: the
//! take rate. A day's portion is the largest number of invitations whose expected bookings are no more than what is left:
//!
//! ```text
//! invite(day) = floor( floor( free(day) * (100 - keep_free_percent) / 100 ) * 1000 / take_rate_permille )
//! ```
//!
//! The take rate is learned: `(booked + 5) / (settled + 25)` over the tenant's campaigns, where those are settled whose invitation left and
//! who answered or did not within 48 hours. So it begins at one in five and follows what happens; while a campaign goes out it does not
//! fall below what that was planned with. It is taken to be at least one in ten, so that never more than ten are invited for one free visit, however few
//! answered before. The worker does not trust the plan: on each day it counts the free visits again, and takes off those who were invited
//! and have not answered yet.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{Condition, Figures};
/// What a tenant's take rate is thought to be before it has invited anyone: so many of [`PRIOR_INVITED`].
const PRIOR_BOOKED: u64 = 5;
/// As many invitations as that thought weighs.
const PRIOR_INVITED: u64 = 25;
/// The take rate is taken to be at least this.
const LEAST_PERMILLE: u64 = 100;
/// So many days before a visit its customers are invited: they need time to answer.
const AHEAD_DAYS: i64 = 2;
/// For so many days after a storm its damage is looked at.
const AFTER_DAYS: i64 = 10;
/// Who was invited and has not answered for so long is not expected to.
pub const ANSWERS_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// The most days that are looked at.
const MAX_DAYS: usize = 21;

/// Free visits on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayCapacity {
    /// The day, in the zone of the place.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// How many more visits it takes.
    pub free: u32,
}

/// What there is room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The days on which customers can be visited, in order.
    pub days: Vec<DayCapacity>,
    /// The share that is kept for others, in percent.
    pub keep_free_percent: u8,
    /// How many of those who are invited book.
    pub rate: TakeRate,
}

/// How many are invited on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CampaignPortion)]
pub struct Portion {
    /// The day, in the zone of the place.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// How many.
    pub invite: u32,
}

/// How many of a thousand who are invited book: 100 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakeRate(u16);

impl TakeRate {
    /// What a tenant's campaigns have shown, `open` of whose invitations may still be answered: these say nothing yet, and no more do those
    /// that did not leave.
    #[must_use]
    pub fn of_figures(totals: &Figures, open: u64) -> Self {
        let settled = totals.invited.saturating_sub(totals.not_sent).saturating_sub(open);
        Self::learned(settled, totals.booked)
    }

    /// What is expected after so many invitations and bookings of a tenant's campaigns.
    #[must_use]
    pub fn learned(invited: u64, booked: u64) -> Self {
        let (booked, invited) = (booked.saturating_add(PRIOR_BOOKED), invited.saturating_add(PRIOR_INVITED));
        // Rounded up: who is careful expects more.
        let permille = (u128::from(booked) * 1_000).div_ceil(u128::from(invited));
        Self::of_permille(u64::try_from(permille).unwrap_or(u64::MAX))
    }

    /// The nearest that may be expected.
    #[must_use]
    pub fn of_permille(permille: u64) -> Self {
        Self(u16::try_from(permille.clamp(LEAST_PERMILLE, 1_000)).unwrap_or(1_000))
    }

    /// How many of a thousand.
    #[must_use]
    pub fn permille(self) -> u16 {
        self.0
    }

    /// The most invitations of which no more than `visits` bookings are expected.
    #[must_use]
    pub fn invitations(self, visits: u32) -> u32 {
        let most = u64::from(visits) * 1_000 / u64::from(self.0.max(1));
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

impl Capacity {
    /// How many of a day's free visits are for those who are invited.
    #[must_use]
    pub fn for_invited(&self, free: u32) -> u32 {
        let left = u64::from(100_u8.saturating_sub(self.keep_free_percent));
        u32::try_from(u64::from(free) * left / 100).unwrap_or(u32::MAX)
    }

    /// The most invitations that there is room for on a day.
    #[must_use]
    pub fn invitations(&self, day: &DayCapacity) -> u32 {
        self.rate.invitations(self.for_invited(day.free))
    }

    /// The same without the places that are kept for `unanswered` invitations: on the first days, which they are for.
    #[must_use]
    pub fn less(&self, unanswered: u32) -> Self {
        let mut left = unanswered;
        let kept = |day: &DayCapacity| {
            let theirs = self.invitations(day).min(left);
            left = left.saturating_sub(theirs);
            if theirs == 0 { *day } else { DayCapacity { free: self.free_for(self.invitations(day) - theirs), ..*day } }
        };
        Self { days: self.days.iter().map(kept).collect(), ..self.clone() }
    }

    /// The most free visits in which there is room for no more than so many invitations.
    fn free_for(&self, invitations: u32) -> u32 {
        let visits = u64::from(invitations) * u64::from(self.rate.permille()) / 1_000;
        let share = u64::from(100_u8.saturating_sub(self.keep_free_percent)).max(1);
        u32::try_from(visits * 100 / share).unwrap_or(u32::MAX)
    }

    /// The most invitations that there is room for on all days.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.days.iter().map(|day| u64::from(self.invitations(day))).sum()
    }
}

/// How many are invited on which day, from `today` on: those for the visits of a day two days before it, or today. At most `matching` in
/// all, the first days first; days on which no one is invited are left out.
#[must_use]
pub fn spread(matching: u32, capacity: &Capacity, today: Date) -> Vec<Portion> {
    let mut left = matching;
    let mut portions: BTreeMap<Date, u32> = BTreeMap::new();
    for day in capacity.days.iter().filter(|day| day.date >= today) {
        let on = day.date.checked_sub(AHEAD_DAYS.days()).unwrap_or(day.date).max(today);
        let invite = capacity.invitations(day).min(left);
        left = left.saturating_sub(invite);
        if invite > 0 {
            let portion = portions.entry(on).or_default();
            *portion = portion.saturating_add(invite);
        }
    }
    portions.into_iter().map(|(on, invite)| Portion { on, invite }).collect()
}

/// The days on which customers are visited because of weather from `first` to `last`: those before it comes, or those after a storm.
/// None where it is too late for that.
#[must_use]
pub fn visit_days(condition: Condition, (first, last): (Date, Date), today: Date) -> Vec<Date> {
    let (from, to) = match condition.is_served_after() {
        true => (last.saturating_add(1.day()).max(today), last.saturating_add(AFTER_DAYS.days())),
        false => (today, first.saturating_sub(1.day())),
    };
    let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
    days.take_while(|day| *day <= to).take(MAX_DAYS).collect()
}
