//! From tokens to wishes: parts of a time, one after the other, with joining words between them.

mod between;
mod bounds;
mod choice;
mod counted;
mod day;
mod duration;
mod edge;
mod ends;
mod figures;
mod half;
mod hour;
mod length;
mod lodging;
mod name;
mod nth;
mod number;
mod other;
mod period;
mod refusals;
mod run;
mod span;
mod week;
mod year;

use std::cell::RefCell;
use std::ops::Range;

use crate::Today;
use crate::calendar::Said;
use crate::lexicon::{Atom, Hits, Lexicon};
use crate::tokens::{Kind, Token};
use crate::wish::{Change, Clock, Time};

/// How many joining words may stand between two parts of one time: "Tuesday, in the morning".
const MAX_LINKS: usize = 4;

/// Two words written together are at least so long: "dreizehn" is one.
const MIN_JOINED: usize = 9;

/// What was read at a token, and how many it takes; the outer `None`: not yet read.
type Known = Option<Option<(usize, Piece)>>;

/// One part of a time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    Day(Said),
    Time(Time),
    /// A number that is an hour beside a day only: "Monday 10".
    PerhapsHour(Clock),
    Both(Said, Time),
    /// A moment counted from now: a day and an hour.
    Moment(Said, Clock),
    /// A part of today: "tonight".
    OfToday(Time),
    /// "About", with its time.
    About(Option<Clock>),
    Soon,
    AnyTime,
    Change(Change),
    OrLater,
    OrEarlier,
    /// What does not fit: "not at 5".
    Unfit,
    Noise,
}

impl Piece {
    fn is_day(self) -> bool {
        matches!(self, Self::Day(_) | Self::Both(..) | Self::Moment(..))
    }

    fn is_time(self) -> bool {
        matches!(
            self,
            Self::Time(_)
                | Self::Both(..)
                | Self::Moment(..)
                | Self::OfToday(_)
                | Self::PerhapsHour(_)
                | Self::About(Some(_))
        )
    }
}

/// Reads one text in one language.
pub(crate) struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    hits: Hits,
    lexicon: &'static Lexicon,
    today: &'t Today,
    /// Bytes of what was read and is no wish.
    refused: RefCell<Vec<Range<usize>>>,
    /// What was read of a day at each token.
    days: RefCell<Vec<Known>>,
}

impl<'t> Parser<'t> {
    /// `forgiving`: names with a slip in them are known too.
    pub(crate) fn new(
        text: &'t str,
        tokens: &'t [Token],
        lexicon: &'static Lexicon,
        today: &'t Today,
        forgiving: bool,
    ) -> Self {
        let days = RefCell::new(vec![None; tokens.len() + 1]);
        Self { text, tokens, hits: lexicon.hits(tokens, forgiving), lexicon, today, refused: RefCell::default(), days }
    }

    /// The part of a time at `at`: the longest. `after`: the parts before it, of the same time.
    fn piece_at(&self, at: usize, has_day: bool, goes_on: bool) -> Option<(usize, Piece)> {
        if self.says_nothing(at) {
            return None;
        }
        let noise = self.is(at, Atom::Noise);
        let (day, time) = (self.day(at), self.time(at));
        // "Morgen" is tomorrow, and after a day it is the morning.
        let is_part = matches!(time, Some((_, Piece::Time(Time::Part(_)))));
        let either = if has_day && is_part { [time, day] } else { [day, time] };
        let [first, second] = either;
        let edge = if has_day && goes_on { self.edge_behind_day(at) } else { None };
        let found = [self.change(at), first, second, edge, self.flag(at, goes_on)].into_iter().flatten();
        let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best });
        match (noise, best) {
            (Some(noise), Some(best)) if best.0 > noise => Some(best),
            (Some(noise), _) if !goes_on => Some((noise, Piece::Noise)),
            (Some(_), _) => None,
            (None, best) => best,
        }
    }

    /// `the week after`, `an hour earlier`, `something later`.
    fn change(&self, at: usize) -> Option<(usize, Piece)> {
        if let Some(counted) = self.counted_change(at) {
            return Some(counted);
        }
        let found = self.find(at, |atom| match atom {
            Atom::MoveDays(days) => Some(Piece::Change(Change::Days(days))),
            Atom::LaterThanThat => Some(Piece::Change(Change::Later)),
            Atom::EarlierThanThat => Some(Piece::Change(Change::Earlier)),
            _ => None,
        })?;
        // "The day after tomorrow", "the week after next" are no changes.
        let end = at + found.0;
        if self.is_any(end, &[Atom::Next, Atom::AfterNext, Atom::Coming]).is_some() {
            return None;
        }
        let base = self.past(self.past(end, &[Atom::Link]), &[Atom::Link]);
        (self.weekday(base).is_none() && self.relative(base).is_none() && self.of_month(base).is_none())
            .then_some(found)
    }

    /// `two hours later`, `a week earlier`, `half an hour later`.
    fn counted_change(&self, at: usize) -> Option<(usize, Piece)> {
        let half = self.is(at, Atom::Half);
        let (length, count) = match half {
            Some(length) => (length, 1),
            None => self.number(at).map(|(length, number)| (length, number.value))?,
        };
        let (more, minutes) = self.find(at + length, |atom| match atom {
            Atom::Minutes => Some(1),
            Atom::Hours => Some(60),
            Atom::Days => Some(24 * 60),
            Atom::Weeks => Some(7 * 24 * 60),
            _ => None,
        })?;
        let end = at + length + more;
        let (last, sign) = self.find(end, |atom| match atom {
            Atom::Later => Some(1),
            Atom::Earlier => Some(-1),
            _ => None,
        })?;
        let total = i32::try_from(count.min(90) * minutes).ok()? * sign / if half.is_some() { 2 } else { 1 };
        let change = if minutes > 60 {
            Change::Days(i8::try_from(total / (24 * 60)).ok()?)
        } else {
            Change::Minutes(i16::try_from(total).ok()?)
        };
        Some((end + last - at, Piece::Change(change)))
    }

    /// Whether a longer phrase that only joins covers what stands at `at`: "how about", "why not".
    fn is_covered(&self, at: usize) -> bool {
        let covers = |start: usize| self.is(start, Atom::Link).is_some_and(|length| start + length > at);
        (at.saturating_sub(2)..at).any(covers)
    }

    /// A negation: `not`, `except`, `but`.
    fn negation(&self, at: usize) -> Option<usize> {
        // "Any day but Tuesday", and not "not tomorrow but Friday".
        let wide = [Atom::AnyDay, Atom::AnyTime, Atom::Weekdays, Atom::Weeks];
        let but = || self.is(at, Atom::But).filter(|_| self.preceded_by(at, &wide));
        let corrects = |length: &usize| self.is(at + length, Atom::Rather).is_some();
        // "Weder Montag noch Dienstag".
        let is_denied = |start: usize| {
            let ends = |(length, _)| start + length == at;
            self.weekday_name(start).is_some_and(ends)
                && (start.saturating_sub(3)..start).any(|at| self.is(at, Atom::Not).is_some())
        };
        let nor = || self.is(at, Atom::Nor).filter(|_| (at.saturating_sub(2)..at).any(is_denied));
        self.is(at, Atom::Not).or_else(but).or_else(nor).filter(|length| !self.is_covered(at) && !corrects(length))
    }

    fn flag(&self, at: usize, goes_on: bool) -> Option<(usize, Piece)> {
        self.find(at, |atom| match atom {
            Atom::About if self.is_covered(at) => None,
            Atom::About => Some(Piece::About(None)),
            Atom::AsSoonAsPossible => Some(Piece::Soon),
            Atom::AnyTime => Some(Piece::AnyTime),
            // "Demain ou après-demain", "le matin ou après le déjeuner".
            Atom::OrLater | Atom::OrEarlier if self.day(at + 1).is_some() || self.part(at + 1).is_some() => None,
            // "Wir kommen um 22 Uhr an", and not "von 22 Uhr an".
            Atom::OrLater if self.end_word(at).is_some() => None,
            Atom::OrLater if goes_on => Some(Piece::OrLater),
            Atom::OrEarlier if goes_on => Some(Piece::OrEarlier),
            _ => None,
        })
    }

    /// Past at most [`MAX_LINKS`] joining words and commas.
    fn after_links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..MAX_LINKS {
            // "Or later" is no joining word.
            match self
                .link(at)
                .filter(|_| self.flag(at, true).is_none_or(|(_, piece)| matches!(piece, Piece::About(_))))
            {
                Some(length) => at += length,
                None => break,
            }
        }
        at
    }

    /// Whether nothing that is known stands at `at`: most words of most texts.
    fn says_nothing(&self, at: usize) -> bool {
        let is_joined = self.lexicon.joins_words && self.word(at).is_some_and(|word| word.len() >= MIN_JOINED);
        self.hits.at(at).is_empty() && !is_joined && !self.is_figures(at)
    }

    /// A joining word, or a comma.
    fn link(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if token.is_mark(&[',', '@', '(', ')', '-', '–', '/', '&']) {
            return Some(1);
        }
        // "2026-12-07T13:30".
        if token.word() == Some("t") && !token.spaced && self.is_figures(at + 1) {
            return Some(1);
        }
        self.is_any(at, &[Atom::Link, Atom::And, Atom::Or, Atom::Of, Atom::At, Atom::AtPerhaps])
    }

    /// The longest phrase at `at` that means what `pick` picks.
    fn find<T>(&self, at: usize, pick: impl Fn(Atom) -> Option<T>) -> Option<(usize, T)> {
        let found = self.hits.at(at).iter().filter_map(|hit| Some((hit.length, pick(hit.atom)?)));
        found.reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// How many tokens a phrase takes that means `atom`.
    fn is(&self, at: usize, atom: Atom) -> Option<usize> {
        self.is_any(at, &[atom])
    }

    fn is_any(&self, at: usize, atoms: &[Atom]) -> Option<usize> {
        self.hits.at(at).iter().filter(|hit| atoms.contains(&hit.atom)).map(|hit| hit.length).max()
    }

    /// Past one optional phrase of these.
    fn past(&self, at: usize, atoms: &[Atom]) -> usize {
        at + self.is_any(at, atoms).unwrap_or_default()
    }

    /// Whether a phrase that means one of `atoms` ends right before `at`.
    fn preceded_by(&self, at: usize, atoms: &[Atom]) -> bool {
        let ends = |hit: &crate::lexicon::Hit, start: usize| start + hit.length == at && atoms.contains(&hit.atom);
        (at.saturating_sub(MAX_LINKS)..at).any(|start| self.hits.at(start).iter().any(|hit| ends(hit, start)))
    }

    /// Whether one of `marks` stands at `at`, without a space before it.
    fn is_glued(&self, at: usize, marks: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(marks) && !token.spaced)
    }

    fn is_point(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(&['.']))
    }

    /// Whether a dash stands at `at`.
    fn is_dash(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(&['-', '–', '—', '~']))
    }

    fn is_figures(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Number(..)))
    }

    /// The word at `at`; `None` for figures, marks, and the end.
    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).and_then(Token::word)
    }

    /// Whether what stands at `at` is no noun that a number before it could count.
    fn ends_time(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        token.begins_line
            || token.word().is_none()
            || self.link(at).is_some()
            || self.is_any(at, &[Atom::GoesOn, Atom::Unfit, Atom::Not, Atom::Same]).is_some()
            || self.day(at).is_some()
            || self.number(at).is_some_and(|(length, _)| self.half_or_oclock(at + length))
            || self.flag(at, true).is_some()
            || self.is_any(at, &[Atom::From, Atom::To, Atom::After, Atom::Before, Atom::Between]).is_some()
            || self.find(at, |atom| matches!(atom, Atom::Part(_) | Atom::TodaysPart(_)).then_some(())).is_some()
    }
}
