//! The beginning and the end of a day, a part of it, a week or a month: `late Friday`, `end of the afternoon`, `Monatsende`.

use super::run::Run;
use super::{Parser, Piece};
use crate::calendar::{Edge, Period, Said};
use crate::lexicon::Atom;
use crate::wish::{Clock, DAY, Part, Time};

impl Parser<'_> {
    /// `late Friday`, `early on Monday`, `the end of tomorrow`.
    pub(super) fn edge_of_day(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, (part, is_noun)) = self.find(at, |atom| match atom {
            Atom::Early => Some((Part::Morning, false)),
            Atom::Late => Some((Part::Afternoon, false)),
            Atom::Begin => Some((Part::Morning, true)),
            Atom::Middle => Some((Part::Noon, false)),
            Atom::End => Some((Part::Afternoon, true)),
            _ => None,
        })?;
        // "3 pm or later on Monday" is no end of Monday.
        if is_noun && length == 1 {
            return None;
        }
        let start = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        let (more, said) = self.relative(start).or_else(|| self.weekday(start)).or_else(|| self.of_month(start))?;
        // "Late on Friday night".
        let behind = self.find(start + more, |atom| match atom {
            Atom::Part(part) | Atom::PartBehind(part) => Some(part),
            _ => None,
        });
        let (last, part) = behind.unwrap_or((0, part));
        Some((start + more + last - at, Piece::Both(said, Time::Part(part))))
    }

    /// `Friday late`, `lundi tôt`: behind a day.
    pub(super) fn edge_behind_day(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, part) = self.find(at, |atom| match atom {
            Atom::Early => Some(Part::Morning),
            Atom::Late => Some(Part::Afternoon),
            _ => None,
        })?;
        // "Mardi tôt dans l'après-midi".
        let next = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        if let Some((more, part)) = self.find(next, |atom| match atom {
            Atom::Part(part) | Atom::PartBehind(part) => Some(part),
            _ => None,
        }) {
            return Some((next + more - at, Piece::Time(Time::Part(part))));
        }
        self.ends_time(at + length).then_some((length, Piece::Time(Time::Part(part))))
    }

    /// `the end of the afternoon`: that part; late in the evening it is night.
    pub(super) fn edge_of_part(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, is_end) = self.find(at, |atom| match atom {
            Atom::Begin | Atom::Middle => Some(false),
            Atom::End => Some(true),
            _ => None,
        })?;
        // "Midnight", in two words.
        if self.is_any(at, &[Atom::Noon, Atom::Midnight]).is_some() {
            return None;
        }
        let start = self.past(self.past(at + length, &[Atom::Of]), &[Atom::Link]);
        let (more, part) = self.find(start, |atom| if let Atom::Part(part) = atom { Some(part) } else { None })?;
        let part = if is_end && part == Part::Evening { Part::Night } else { part };
        Some((start + more - at, Piece::Time(Time::Part(part))))
    }

    /// `morning or afternoon`, `late morning and early afternoon`: from the first to the last.
    pub(super) fn parts_between(&self, run: &Run) -> Option<Time> {
        run.parts.windows(2).find_map(|pair| {
            let [one, two] = pair else { return None };
            let (Piece::Time(Time::Part(first)), Piece::Time(Time::Part(last))) = (one.piece, two.piece) else {
                return None;
            };
            (one.to..two.from).find(|at| self.is_any(*at, &[Atom::Or, Atom::And]).is_some())?;
            let (from, to) = (first.window().0, last.window().1);
            (from < to && first != last).then_some(Time::Between(Clock::sure(from), Clock::sure(to.min(DAY - 1))))
        })
    }

    /// `this evening`, `heute Abend`.
    pub(super) fn todays_part(&self, at: usize) -> Option<(usize, Piece)> {
        let in_one = self.find(at, |atom| if let Atom::TodaysPart(part) = atom { Some(part) } else { None });
        let (length, part) = in_one.or_else(|| {
            let this = self.is(at, Atom::This)?;
            let start = self.past(at + this, &[Atom::Begin, Atom::Middle, Atom::End]);
            let (length, part) =
                self.find(start, |atom| if let Atom::Part(part) = atom { Some(part) } else { None })?;
            Some((start + length - at, part))
        })?;
        Some((length, Piece::OfToday(Time::Part(part))))
    }

    /// `early this evening`, `temprano esta tarde`: that part of today.
    pub(super) fn edge_of_todays_part(&self, at: usize) -> Option<(usize, Piece)> {
        let edges = [Atom::Early, Atom::Late, Atom::Begin, Atom::Middle, Atom::End];
        let start = at + self.is_any(at, &edges)?;
        let start = self.past(self.past(start, &[Atom::Of]), &[Atom::Link]);
        let (length, piece) = self.todays_part(start)?;
        Some((start + length - at, piece))
    }

    /// `Monatsende`, `Wochenanfang`.
    pub(super) fn edge_in_one_word(&self, at: usize) -> Option<Said> {
        let word = self.word(at).filter(|_| self.lexicon.joins_words)?;
        self.lexicon.beginnings(word).find_map(|(atom, rest)| {
            let period = match atom {
                Atom::Weeks => Period::Week(0),
                Atom::Months => Period::Month(0),
                _ => return None,
            };
            Some(Said::PartOf(period, self.lexicon.meanings(rest).find_map(edge_of)?))
        })
    }
}

pub(super) fn edge_of(atom: Atom) -> Option<Edge> {
    match atom {
        Atom::Begin => Some(Edge::Begin),
        Atom::Middle => Some(Edge::Middle),
        Atom::End => Some(Edge::End),
        _ => None,
    }
}
