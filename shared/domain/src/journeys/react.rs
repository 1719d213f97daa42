//! How a person reacts: counted as it happens, read when the next message is planned.

use super::{Engagement, Level, Reactions};
use crate::messaging::Channel;

/// The least reactions on a channel before its hours say anything.
const FLOOR: u64 = 8;
/// Of how many hours one with its two neighbours is a part: those in which people are written to at all, so that
/// reactions without any habit fall into them alike.
const WAKING_WINDOWS: u64 = 4;

impl Engagement {
    /// They opened an outreach message, in this hour of their day (0 to 23).
    pub fn opened(&mut self, channel: Channel, hour: u8) {
        let reactions = self.channels.entry(channel).or_default();
        reactions.opened = reactions.opened.saturating_add(1);
        reactions.count(hour);
    }

    /// They wrote, in this hour of their day (0 to 23).
    pub fn replied(&mut self, channel: Channel, hour: u8) {
        let reactions = self.channels.entry(channel).or_default();
        reactions.replied = reactions.replied.saturating_add(1);
        reactions.count(hour);
    }

    /// How much they react, on all channels together (seed 001, 4.3 B: three or more, one or two, none).
    #[must_use]
    pub fn level(&self) -> Level {
        let reactions = self.channels.values().map(Reactions::total).sum::<u64>();
        match reactions {
            0 => Level::Low,
            1..=2 => Level::Medium,
            _ => Level::High,
        }
    }

    /// The hour of their day (0 to 23) in which they react best on this channel. `None` where too little is known, or
    /// no hour stands out: then a message keeps its own time.
    ///
    /// Hours are smoothed over their neighbours, around midnight too (a quarter, a half, a quarter), and the highest is
    /// taken; of equals the earliest. It stands out where the hour and its two neighbours hold three standard
    /// deviations more than their share, were reactions spread evenly over twelve waking hours and counted as Poisson
    /// counts are: `o - n/4 >= 3 √(n/4)`. Of 8 reactions that takes 7, of 40 it takes 20.
    #[must_use]
    pub fn best_hour(&self, channel: Channel) -> Option<u8> {
        let reactions = self.channels.get(&channel)?;
        let all = (0..24).map(|hour| reactions.at(hour)).sum::<u64>();
        let weight = |hour: u8| reactions.around(hour) + reactions.at(hour);
        let best = (0..24).max_by_key(|hour| (weight(*hour), u8::MAX - hour))?;
        let surplus = u128::from((WAKING_WINDOWS * reactions.around(best)).checked_sub(all)?);
        let stands_out = surplus * surplus >= u128::from(9 * WAKING_WINDOWS * all);
        (all >= FLOOR && stands_out).then_some(best)
    }
}

impl Reactions {
    /// Opens and messages of theirs.
    #[must_use]
    pub fn total(&self) -> u64 {
        u64::from(self.opened) + u64::from(self.replied)
    }

    fn count(&mut self, hour: u8) {
        let counted = self.hours.entry(hour % 24).or_default();
        *counted = counted.saturating_add(1);
    }

    fn at(&self, hour: u8) -> u64 {
        self.hours.get(&hour).copied().unwrap_or(0).into()
    }

    /// In the hour and its two neighbours.
    fn around(&self, hour: u8) -> u64 {
        self.at((hour + 23) % 24) + self.at(hour) + self.at((hour + 1) % 24)
    }
}

#[cfg(test)]
mod tests;
