//! Names of weekdays: in full, in a few letters, by their number, and those that are common words too.

use jiff::civil::Weekday;

use super::Parser;
use crate::lexicon::Atom;
use crate::tokens::Kind;

/// So many words at most stand before a short weekday that ends a message.
const MAX_WORDS_BEFORE: usize = 5;
/// Words before a weekday with which someone agrees, folded.
const AGREED: [&str; 10] = ["ok", "okay", "yes", "yeah", "sure", "fine", "great", "no", "maybe", "then"];
/// Words before a weekday that is named by its number alone.
const BEFORE_NUMBERED: [&str; 6] = ["na", "a", "da", "pra", "nesta", "proxima"];

impl Parser<'_> {
    /// The name of a weekday. `sat` and `sun` are words too, unless something of a time is beside them.
    pub(super) fn weekday_name(&self, at: usize) -> Option<(usize, Weekday)> {
        if let Some(found) = self.numbered_weekday(at) {
            return Some(found);
        }
        let (length, (day, is_word)) = self.find(at, |atom| match atom {
            Atom::Weekday(day) => Some((day, false)),
            Atom::WeekdayOrWord(day) => Some((day, true)),
            Atom::WeekdayShort(day) if self.is_abbreviation(at) => Some((day, false)),
            Atom::WeekdayListed(day) if self.is_listed(at) => Some((day, false)),
            _ => None,
        })?;
        let next = at + length;
        // "Full sun".
        let is_sunlight = |start: usize| self.is(start, Atom::Sunlight).is_some_and(|length| start + length > at);
        if is_word && ((at.saturating_sub(1)..=at).any(is_sunlight) || !self.is_day_after_all(at, next)) {
            return None;
        }
        let is_short = self.word(at).is_some_and(|word| word.len() <= 5);
        let point = is_short && self.is_glued(next, &['.']) && self.tokens.len() > next + 1;
        Some((length + usize::from(point), day))
    }

    /// `2ª feira`: Sunday is the first.
    fn numbered_weekday(&self, at: usize) -> Option<(usize, Weekday)> {
        let Kind::Number(number @ 2..=6, 1) = self.tokens.get(at)?.kind else { return None };
        let end = at + 1 + usize::from(self.is_glued(at + 1, &['.']));
        let end = end
            + self
                .is(end, Atom::OrdinalEnd)
                .filter(|_| self.tokens.get(end).is_some_and(|token| !token.spaced))
                .unwrap_or_default();
        // "Na 6a às 10": behind "on the", the noun may be left out, where no other follows.
        let is_feminine = || end > at + 1 && self.word(end - 1) == Some("a");
        let is_on = || {
            at.checked_sub(1).and_then(|before| self.word(before)).is_some_and(|word| BEFORE_NUMBERED.contains(&word))
        };
        let goes_on = || self.ends_time(end) || self.is_any(end, &[Atom::Coming, Atom::Next]).is_some();
        let stands_alone = self.lexicon.counts_weekdays && is_feminine() && is_on() && goes_on();
        let noun = self.is(end, Atom::NumberedWeekday).or(stands_alone.then_some(0))?;
        Some((end + noun - at, Weekday::from_sunday_one_offset(i8::try_from(number).ok()?).ok()?))
    }

    /// A short name is one beside a part of a day, another name, or in its place before an hour: "ven aprem", "Mo oder Di",
    /// "lun, mar, jeu", "el sab a las 10".
    fn is_among_times(&self, at: usize) -> bool {
        let is_long = self.word(at).is_some_and(|word| word.len() > 2 || self.lexicon.joins_words && word != "so");
        let is_part = |atom| matches!(atom, Atom::Part(_) | Atom::PartBehind(_)).then_some(());
        let is_name = |atom| {
            matches!(atom, Atom::Weekday(_) | Atom::WeekdayShort(_) | Atom::WeekdayListed(_) | Atom::WeekdayOrWord(_))
        };
        is_long && (self.find(at + 1, is_part).is_some() || self.is_beside_name(at, is_name) || self.is_before_hour(at))
            || self.is_beside_name(at, is_short_name)
    }

    /// A common word is a name beside another short one, in its place before an hour, or alone: "seg, ter", "na ter às 15h".
    fn is_listed(&self, at: usize) -> bool {
        let is_whole = self.tokens.len() == 1 || self.tokens.len() == 2 && self.is_glued(1, &['.']);
        is_whole || self.is_beside_name(at, is_short_name) || self.is_before_hour(at)
    }

    /// Whether another name stands before or behind, with a comma, a stroke or an "and" between.
    fn is_beside_name(&self, at: usize, is_name: impl Fn(Atom) -> bool) -> bool {
        // "Do u do" is English: no one names a day twice.
        let is_same = |other: usize| self.word(other).is_some() && self.word(other) == self.word(at);
        let named = |at: usize| !is_same(at) && self.find(at, |atom| is_name(atom).then_some(())).is_some();
        // "De lun a vie".
        let is_span = |name: usize| self.preceded_by(name, &[Atom::From, Atom::Opens, Atom::OnDay]);
        let joins = |at: usize, first: usize| {
            let mark = self.tokens.get(at).is_some_and(|token| token.is_mark(&[',', '/', '+', '&']));
            let to = self.is(at, Atom::To).filter(|_| is_span(first));
            self.is_any(at, &[Atom::Or, Atom::And]).or(mark.then_some(1)).or(to)
        };
        let behind = || joins(at + 1, at).is_some_and(|length| named(at + 1 + length));
        let before = || at.checked_sub(2).is_some_and(|before| joins(before + 1, before) == Some(1) && named(before));
        behind() || before()
    }

    /// Whether an hour follows, or that the hour is the same, and an article or nothing stands before.
    fn is_before_hour(&self, at: usize) -> bool {
        let before = [Atom::OnDay, Atom::Rather, Atom::Link];
        let begins = at.checked_sub(1).is_none_or(|before| self.word(before).is_none());
        let next = at + 1 + usize::from(self.tokens.get(at + 1).is_some_and(|token| token.is_mark(&[','])));
        (begins || self.preceded_by(at, &before))
            && (self.at_hour(next).is_some() || self.is(next, Atom::Same).is_some())
    }

    /// A short name is one before a point, figures or a dash: "jeu. 3/12", "Mo-Fr".
    fn is_abbreviation(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        // "Sab", "el sab".
        let ends = at + 1 == self.tokens.len() || (at + 2 == self.tokens.len() && self.is_glued(at + 1, &['.']));
        let is_whole = ends && (at == 0 || at == 1 && self.preceded_by(at, &[Atom::OnDay]));
        is_whole
            || self.is_glued(at + 1, &['.', '-']) && self.tokens.len() > at + 2
            // "So 3 pm" is English, in whatever language it is read.
            || self.is_figures(at + 1) && !(self.lexicon.joins_words && self.half_of_day(at + 2).is_some())
            || next.is_some_and(|token| token.hyphened || token.is_mark(&[',', '-']) && self.is_figures(at + 2))
            || self.tokens.get(at).is_some_and(|token| token.hyphened)
            || self.is_among_times(at)
    }

    /// Whether an ambiguous name stands among other words of time, or alone.
    fn is_day_after_all(&self, at: usize, next: usize) -> bool {
        let announced = at == 0
            || self.tokens.get(at - 1).is_some_and(|token| token.word().is_none())
            || self.preceded_by(
                at,
                &[
                    Atom::Noon,
                    Atom::Am,
                    Atom::Pm,
                    Atom::Oclock,
                    Atom::OnDay,
                    Atom::Until,
                    Atom::From,
                    Atom::Before,
                    Atom::After,
                    Atom::Next,
                    Atom::This,
                    Atom::Coming,
                    Atom::Or,
                    Atom::And,
                    Atom::Not,
                    Atom::Rather,
                ],
            );
        let ends = self.word(next).is_none() && !self.is_figures(next);
        let is_time = |atom| matches!(atom, Atom::Part(_) | Atom::Month(_) | Atom::MonthOrWord(_)).then_some(());
        let (number, is_clear) =
            (self.number(next), |atom| matches!(atom, Atom::Part(_) | Atom::Month(_)).then_some(()));
        if self.ordinal(next).is_some()
            || self.preceded_by(at, &[Atom::Nearest])
            || self.find(next, is_clear).is_some()
            || number.is_some_and(|(length, _)| self.half_of_day(next + length).is_some())
        {
            return true;
        }
        let in_time = self.number(next).is_some_and(|(_, number)| number.figures > 0)
            || self.is_any(next, &[Atom::At, Atom::About, Atom::Or, Atom::And]).is_some()
            || self.find(next, is_time).is_some();
        // "Tacoma sat at 10", and not "we sat at 10".
        let names_hour = || {
            let is_hour = self.at_hour(next).is_some() || self.clock(next, true).is_some_and(|_| self.is_figures(next));
            is_hour
                && at
                    .checked_sub(1)
                    .is_some_and(|before| self.is_any(before, &[Atom::GoesOn, Atom::Been, Atom::Happened]).is_none())
        };
        // "Ok sat 11", "oil change wed next week".
        let agrees =
            || at.checked_sub(1).and_then(|before| self.word(before)).is_some_and(|word| AGREED.contains(&word));
        let names_number = || agrees() && self.is_figures(next);
        let names_week =
            || self.is(next, Atom::Next).is_some_and(|length| self.is(next + length, Atom::Weeks).is_some());
        // "Sat then", "sat works best", and not "sun is shining".
        let goes_on = |at: usize| self.is_any(at, &[Atom::Link, Atom::GoesOn]).is_some();
        let is_answer = at == 0 && self.tokens.len() <= next + 3 && (next..self.tokens.len()).all(goes_on);
        // "Oil change sat", and not "it just sat" or "in the sun".
        let is_told = |before: usize| self.is_any(before, &[Atom::GoesOn, Atom::Been, Atom::Happened]).is_some();
        let is_last = || next >= self.tokens.len() && at <= MAX_WORDS_BEFORE && !is_told(at.saturating_sub(1));
        let is_named = announced && (ends || in_time) || names_hour() || names_number() || names_week();
        is_named || is_answer || is_last()
    }
}

/// Names of weekdays in a few letters.
fn is_short_name(atom: Atom) -> bool {
    matches!(atom, Atom::WeekdayShort(_) | Atom::WeekdayListed(_))
}
