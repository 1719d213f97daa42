//! Which half of the day an hour is in: `am`, `pm`, `in the afternoon`, `du soir`.

use super::Parser;
use crate::lexicon::Atom;
use crate::wish::{Clock, HALF, Part};

impl Parser<'_> {
    /// `am` or `pm`, in every language right behind the figures. A single letter stands there too: `9a`.
    pub(super) fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        let token = self.tokens.get(at)?;
        let pick = |atom: Atom| match atom {
            Atom::Am => Some(false),
            Atom::Pm => Some(true),
            _ => None,
        };
        let word = token.word()?;
        let dotted = |first: &str| word == first && self.word(at + 1) == Some("m");
        // "7 p . m ."
        let parted = |first: &str| word == first && self.is_point(at + 1) && self.word(at + 2) == Some("m");
        let is_behind = at > 0 && self.tokens.get(at - 1).is_some_and(|token| token.word().is_none()) && !token.spaced;
        let everywhere = match word {
            "pm" => Some((1, true)),
            // "Um 3 am Dienstag" is no morning.
            "am" if is_behind || self.is_any(at, &[Atom::Link, Atom::OnDay]).is_none() => Some((1, false)),
            _ if dotted("p") => Some((2, true)),
            _ if dotted("a") => Some((2, false)),
            _ if parted("p") => Some((3, true)),
            _ if parted("a") => Some((3, false)),
            _ => None,
        };
        let own = || self.find(at, pick).filter(|(length, _)| *length > 1 || word.len() > 1 || !token.spaced);
        everywhere.or_else(own)
    }

    /// `in the afternoon`, `de la tarde`, `du soir`, after an hour.
    pub(super) fn part_behind(&self, at: usize, is_sure: bool) -> Option<(usize, Part)> {
        let part_at = |at: usize| {
            self.find(at, |atom| match atom {
                Atom::Part(part) => Some(part),
                _ => None,
            })
        };
        // One phrase ("in the afternoon") or, behind what is certainly an hour, joining words and a part.
        let direct = self.find(at, |atom| if let Atom::PartBehind(part) = atom { Some(part) } else { None });
        if direct.is_some() || !is_sure {
            return direct;
        }
        let mut start = at;
        for _ in 0..2 {
            start = self.past(start, &[Atom::Link]);
        }
        // "Für zwei morgen um 20 Uhr": right behind the hour it is tomorrow.
        let is_day = start == at && self.find(at, |atom| matches!(atom, Atom::Day(_)).then_some(())).is_some();
        part_at(start).filter(|_| !is_day).map(|(length, part)| (start + length - at, part))
    }
}

/// The hour in that half of the day.
pub(super) fn with_half(clock: Clock, is_afternoon: bool) -> Clock {
    let minute = match (is_afternoon, clock.minute / 60) {
        (true, 0..=11) => clock.minute + HALF,
        (false, 12) => clock.minute - HALF,
        _ => clock.minute,
    };
    Clock::sure(minute)
}
