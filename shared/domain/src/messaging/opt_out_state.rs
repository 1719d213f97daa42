//! What a person last said about hearing from the business, and when they last wrote.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::{Address, Channel};

/// Whether a person refused the business's messages, on all their numbers and channels together.
///
/// Kept apart from everything else of theirs and written without a version, so that a STOP never waits for another write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOutState {
    /// They asked to hear nothing more, and have not taken it back.
    #[serde(default)]
    pub refused: bool,
    /// When they said so, or took it back (UTC).
    #[serde(default)]
    pub said_at: Option<Timestamp>,
    /// They were told how to come back, since they refused: that is said once.
    #[serde(default)]
    pub told: bool,
    /// Addresses ([`Address::key`]) from which they told the vendor of text messages to stop: it delivers nothing there, whatever
    /// they say to us elsewhere, until they tell it otherwise from there.
    #[serde(default)]
    pub stopped: BTreeSet<String>,
    /// When they last wrote on each channel (UTC).
    #[serde(default)]
    pub heard: BTreeMap<Channel, Timestamp>,
    /// What a vendor says cannot be reached, until they write from there: a channel and an address ([`OptOutState::unreachable_on`]).
    /// An address alone ([`Address::key`]), as it was stored before, is one that cannot be reached on any channel.
    #[serde(default)]
    pub unreachable: BTreeSet<String>,
}

impl OptOutState {
    /// When they last wrote, on whichever channel.
    #[must_use]
    pub fn last_heard(&self) -> Option<Timestamp> {
        self.heard.values().max().copied()
    }

    /// Whether a vendor says that `address` cannot be reached on `channel`. What one vendor says of a number is said of its
    /// channel alone: who is not on WhatsApp gets text messages.
    #[must_use]
    pub fn cannot_reach(&self, address: &Address, channel: Channel) -> bool {
        let known = |key: &str| self.unreachable.contains(key);
        !self.unreachable.is_empty()
            && (known(&Self::unreachable_on(address, Some(channel))) || known(&Self::unreachable_on(address, None)))
    }

    /// How an address on a channel is noted, such as `sms|phone:+14155550100`; without a channel, on all of them.
    #[must_use]
    pub fn unreachable_on(address: &Address, channel: Option<Channel>) -> String {
        match channel {
            Some(channel) => format!("{channel}|{}", address.key()),
            None => address.key(),
        }
    }

    /// Whether the vendor of text messages was told to deliver nothing to `address`.
    #[must_use]
    pub fn is_stopped(&self, channel: Channel, address: &Address) -> bool {
        channel == Channel::Sms && !self.stopped.is_empty() && self.stopped.contains(&address.key())
    }

    /// Whether a word said at `said_at` (`refused`: a STOP, else a START) comes too late: something was said after it, or at that
    /// very moment that they want nothing more. `refused_at` is when someone refused who was known by this address alone.
    #[must_use]
    pub fn overtakes(&self, refused: bool, said_at: Timestamp, refused_at: Option<Timestamp>) -> bool {
        let last = self.said_at.max(refused_at);
        let stands = self.refused || refused_at.is_some_and(|at| self.said_at.is_none_or(|said| said <= at));
        last.is_some_and(|last| last > said_at || (last == said_at && stands && !refused))
    }

    /// Two people turned out to be one: the later word counts, and the latest of each channel.
    pub fn merge(&mut self, other: &Self) {
        if other.said_at > self.said_at || (other.said_at == self.said_at && other.refused) {
            self.refused = other.refused;
            self.said_at = other.said_at;
            self.told = other.told;
        }
        for (channel, at) in &other.heard {
            let heard = self.heard.entry(*channel).or_insert(*at);
            *heard = (*heard).max(*at);
        }
        self.stopped.extend(other.stopped.iter().cloned());
        self.unreachable.extend(other.unreachable.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Phone;

    #[test]
    fn a_number_that_one_vendor_cannot_reach_is_reached_by_the_other() {
        let number = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let mut opt_out_state = OptOutState::default();
        opt_out_state.unreachable.insert(OptOutState::unreachable_on(&number, Some(Channel::Whatsapp)));
        assert!(opt_out_state.cannot_reach(&number, Channel::Whatsapp));
        assert!(!opt_out_state.cannot_reach(&number, Channel::Sms));
    }

    #[test]
    fn of_two_words_the_later_stands_and_of_one_moment_the_refusal() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let opt_out_state =
            |refused, said_at: i64| OptOutState { refused, said_at: Some(at(said_at)), ..OptOutState::default() };
        for (before, refused_at, refused, said_at, overtaken) in [
            (OptOutState::default(), None, true, 5, false),
            (opt_out_state(true, 4), None, false, 5, false),
            (opt_out_state(true, 6), None, false, 5, true),
            (opt_out_state(false, 6), None, true, 5, true),
            (opt_out_state(true, 5), None, false, 5, true),
            (opt_out_state(false, 5), None, true, 5, false),
            (opt_out_state(false, 4), Some(5), false, 5, true),
            (opt_out_state(false, 6), Some(5), true, 5, true),
            (OptOutState::default(), Some(6), false, 5, true),
        ] {
            let refused_at = refused_at.map(at);
            assert_eq!(before.overtakes(refused, at(said_at), refused_at), overtaken, "{before:?} {refused_at:?}");
        }
    }

    #[test]
    fn an_entry_of_before_ends_every_channel() {
        let number = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let opt_out_state: OptOutState = serde_json::from_str(r#"{"unreachable": ["phone:+13035550101"]}"#).unwrap();
        assert!(
            opt_out_state.cannot_reach(&number, Channel::Whatsapp) && opt_out_state.cannot_reach(&number, Channel::Sms)
        );
    }
}
