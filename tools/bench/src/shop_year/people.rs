//! What customers do. All of it is assumed, and none of it measured: it stands here so that it can be disputed.

use jiff::SignedDuration;

/// Of 1,000 who want a visit: how many days ahead, each with so many.
const AHEAD: [(i64, u32); 7] = [(0, 140), (1, 220), (2, 160), (4, 180), (7, 150), (14, 100), (21, 50)];
/// How many find no time within a week of their wish and wait for one.
pub(crate) const WAITS: f64 = 0.5;
/// How many call a visit off, at any time between booking and visit.
pub(crate) const CALLS_OFF: f64 = 0.09;
/// How many confirm when they are reminded, a day before.
pub(crate) const CONFIRMS: f64 = 0.6;
/// How many of those who would miss it say so when they are asked once more, and how many come after all.
pub(crate) const SAYS_NO: f64 = 0.25;
pub(crate) const COMES_AFTER_ALL: f64 = 0.25;
/// How many of those who wait take a time that they are offered, and after how many minutes in the middle.
pub(crate) const TAKES_IT: f64 = 0.5;
const ANSWERS_AFTER: f64 = 9.0;

/// Numbers of one seed: each is named by what it is for, so that two ways of one year differ in nothing else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number from 0 to 1.
    pub(crate) fn of(self, who: u64, what: &str) -> f64 {
        let mut z = what.bytes().fold(self.0 ^ who.wrapping_mul(0x9e37_79b9_7f4a_7c15), |z, byte| {
            (z ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    /// How many want a visit on a day: `middle`, and up to a quarter more or less.
    pub(crate) fn wishes(self, day: u64, middle: u32) -> u32 {
        let around = f64::from(middle) * (0.75 + 0.5 * self.of(day, "wishes"));
        (0..middle * 2).take_while(|count| f64::from(*count) + 0.5 < around).count().try_into().unwrap_or(middle)
    }

    /// How many days ahead someone wants to come.
    pub(crate) fn days_ahead(self, who: u64) -> i64 {
        let mut left = self.of(who, "ahead") * 1_000.0;
        for (days, of_thousand) in AHEAD {
            left -= f64::from(of_thousand);
            if left <= 0.0 {
                return days;
            }
        }
        0
    }

    /// The chance that someone misses a visit: by who they are, how long ago they booked, and whether they confirmed. In the middle
    /// about one visit in ten is missed; a few people miss most of it.
    pub(crate) fn misses(self, person: u64, days_ahead: i64, confirmed: bool) -> f64 {
        let habit = 2.4 * (self.of(person, "habit") + self.of(person, "habit 2") - 1.0);
        let wait = 0.35 * f64::from(u32::try_from(days_ahead).unwrap_or(0)).ln_1p();
        let sum = -2.6 + habit + wait - if confirmed { 1.3 } else { 0.0 };
        1.0 / (1.0 + (-sum).exp())
    }

    /// After how long someone answers, up to hours.
    pub(crate) fn answers_after(self, who: u64, what: &str) -> SignedDuration {
        let minutes = -ANSWERS_AFTER * (1.0 - self.of(who, what) * 0.999).ln();
        SignedDuration::try_from_secs_f64(minutes * 60.0).unwrap_or(SignedDuration::ZERO)
    }
}
