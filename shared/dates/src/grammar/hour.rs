//! Times of day: `3pm`, `15h30`, `half past three`, `halb vier`, `three thirty`, `noon`.

use super::Parser;
use super::half::with_half;
use super::number::Number;
use crate::LastQuestion;
use crate::lexicon::Atom;
use crate::tokens::Kind;
use crate::wish::{Clock, DAY, HALF, Part};

/// "Actually 830 would be better": so much is said in an answer that is an hour and nothing else.
const MAX_ANSWER_TOKENS: usize = 6;

impl Parser<'_> {
    /// A time of day, whether it is certainly one, and how many tokens it takes. `expected`: the words before ask for one.
    pub(super) fn clock(&self, at: usize, expected: bool) -> Option<(usize, Clock, bool)> {
        // "It takes uma hora e meia".
        let lasts = self.find(at, |atom| matches!(atom, Atom::Lasts(_)).then_some(()));
        if lasts.is_some() && !expected {
            return self.length_before_hour(at);
        }
        let counts_nights = || self.number(at).is_some_and(|(length, _)| self.counts_nights(at, at + length));
        // "At a few" is no hour.
        if self.is(at, Atom::Vague).is_some() || counts_nights() || self.is_model(at) {
            return None;
        }
        let (length, clock, sure) = self
            .noon(at)
            .or_else(|| self.minutes_of_hour(at))
            .or_else(|| self.hour_and_minutes(at, expected))
            .or_else(|| self.figures(at, expected))?;
        let end = at + length;
        // "Repoussez d'une heure" is by one hour.
        let is_by =
            || self.is(at, Atom::Article).is_some() && at.checked_sub(1).and_then(|at| self.word(at)) == Some("d");
        if self.is_distance(at, end) || is_by() {
            return None;
        }
        let (end, sure) = match self.is(end, Atom::Oclock) {
            Some(more) if sure || !self.is_duration(at, length) => (end + more, true),
            _ => (end, sure),
        };
        if let Some((more, is_afternoon)) = self.half_of_day(end) {
            // "4a" is an hour where one is asked for, beside a day or a dash, else a flat or a model.
            let is_short = length == 1 && more == 1 && self.word(end).is_some_and(|word| word.len() == 1);
            let (end, clock) = self.less(end + more, with_half(clock, is_afternoon));
            let dashed = self.is_dash(end) || at.checked_sub(1).is_some_and(|before| self.is_dash(before));
            return Some((end - at, clock, !is_short || expected || dashed));
        }
        if let Some((more, part)) = self.part_behind(end, sure || expected) {
            let is_late = matches!(part, Part::Evening | Part::Night);
            let exact = if clock.minute == HALF && is_late { Clock::sure(0) } else { clock.in_part(part) };
            let (end, exact) = self.less(end + more, exact);
            return Some((end - at, exact, true));
        }
        Some((end - at, clock, sure))
    }

    /// "A Ford F one fifty": a number in words behind a letter that is no word.
    fn is_model(&self, at: usize) -> bool {
        const LETTERS: [&str; 10] = ["b", "e", "f", "g", "k", "q", "r", "v", "x", "z"];
        let is_letter = |before: usize| {
            self.word(before).is_some_and(|word| LETTERS.contains(&word)) && self.hits.at(before).is_empty()
        };
        !self.is_figures(at) && at.checked_sub(1).is_some_and(is_letter)
    }

    /// `8pm menos cuarto`, `8pm e meia`: minutes less or more, where they are said behind the half of the day.
    fn less(&self, end: usize, clock: Clock) -> (usize, Clock) {
        let quarter = |atom: Atom, sign: i32| {
            let joined = self.is(end, atom)?;
            let next = self.past(end + joined, &[Atom::Link]);
            self.quarter_or_half(next).map(|(more, count)| (next + more, clock.moved(sign * i32::from(count))))
        };
        quarter(Atom::Less, -1).or_else(|| quarter(Atom::And, 1)).unwrap_or((end, clock))
    }

    fn noon(&self, at: usize) -> Option<(usize, Clock, bool)> {
        let (length, clock) = self.find(at, |atom| match atom {
            Atom::Noon => Some(Clock::sure(HALF)),
            Atom::Midnight => Some(Clock::sure(0)),
            _ => None,
        })?;
        // "Midi et demi", "meio dia e quinze", "midi moins le quart", "midi quinze".
        let end = at + length;
        let (joined, sign) = match (self.is(end, Atom::And), self.is(end, Atom::Less)) {
            (Some(and), _) => (and, 1),
            (None, Some(less)) => (less, -1),
            (None, None) => (0, 1),
        };
        let next = if sign < 0 { self.past(end + joined, &[Atom::Link]) } else { end + joined };
        let in_words =
            || self.number(next).filter(|(_, number)| number.figures == 0 && (5..60).contains(&number.value));
        // "The noon one" is at noon.
        let minutes = self.quarter_or_half(next).filter(|_| joined > 0).or_else(|| {
            let (more, number) = in_words()?;
            Some((more, u16::try_from(number.value).ok()?))
        });
        let (more, minutes) = minutes.map_or((0, 0), |(more, minutes)| (next + more - end, minutes));
        Some((length + more, clock.moved(sign * i32::from(minutes)), true))
    }

    /// `half an hour before four`.
    fn length_before_hour(&self, at: usize) -> Option<(usize, Clock, bool)> {
        let (length, minutes) =
            self.find(at, |atom| if let Atom::Lasts(minutes) = atom { Some(i32::from(minutes)) } else { None })?;
        let (more, sign) = self.find(at + length, |atom| match atom {
            Atom::Past => Some(1),
            Atom::MinutesTo => Some(-1),
            _ => None,
        })?;
        let start = self.past(at + length + more, &[Atom::Link, Atom::At]);
        let (last, hour, is_sure) = self.clock(start, true)?;
        let end = start + last;
        (is_sure || self.ends_time(end)).then_some((end - at, hour.moved(sign * minutes), true))
    }

    /// `half past three`, `20 minutes to 2`, `halb vier`, `viertel vor vier`.
    fn minutes_of_hour(&self, at: usize) -> Option<(usize, Clock, bool)> {
        let less = self.find(at, |atom| match atom {
            Atom::HalfTo => Some(30),
            Atom::HalfAfter => Some(-30),
            Atom::QuarterOf => Some(45),
            Atom::ThreeQuartersTo => Some(15),
            _ => None,
        });
        if let Some((length, less)) = less
            // "Half a year" is no hour.
            && self.is(at + length, Atom::Article).is_none()
            && let Some((more, hour)) = self.hour(at + length)
        {
            return Some((length + more, hour.moved(-less), true));
        }
        let is_part = self.quarter_or_half(at).is_some();
        let (length, count, spelled) =
            self.quarter_or_half(at).map(|(length, count)| (length, count, true)).or_else(|| {
                let (length, number) = self.number(at).filter(|(_, number)| (1..60).contains(&number.value))?;
                Some((length, u16::try_from(number.value).ok()?, number.figures == 0))
            })?;
        let (unit, each) = match self.is(at + length, Atom::Hours) {
            // "Half an hour before seven".
            Some(hours) => (Some(hours), if is_part { 1 } else { 60 }),
            None => (self.is(at + length, Atom::Minutes), 1),
        };
        // "24 hours before noon on Friday" is no hour of that day.
        if each == 60 && count > 12 {
            return None;
        }
        let gap = at + length + unit.unwrap_or_default();
        let (more, is_past) = self
            .find(gap, |atom| match atom {
                Atom::Past => Some(true),
                Atom::MinutesTo => Some(false),
                _ => None,
            })
            .or_else(|| {
                // "15 minutes from 1pm", and not "from 5th Avenue".
                let from = self.is(gap, Atom::FromThen).filter(|_| unit.is_some() && each == 1)?;
                self.clock(gap + from, false).filter(|(_, _, is_sure)| *is_sure)?;
                Some((from, true))
            })?;
        // "10 to 2" is a span; "ten to two", "20 to 2" and "10 minutes to 2" are times.
        let opened = || self.preceded_by(at, &[Atom::From, Atom::Between, Atom::Opens]);
        let is_late = || self.number(gap + more).is_some_and(|(_, hour)| hour.figures > 0 && hour.value > 12);
        // "At 5 to 5", "at 10 to 2".
        let asked = || count < 12 && self.preceded_by(at, &[Atom::At]) && self.is_figures(gap + more);
        let is_span = || (count <= 12 && !asked()) || is_late() || opened();
        // "From ten to eleven".
        let from = || count <= 12 && self.preceded_by(at, &[Atom::From, Atom::Opens]);
        if unit.is_none() && !is_part && self.is(gap, Atom::To).is_some() && if spelled { from() } else { is_span() } {
            return None;
        }
        // Nobody says "two to four" of two minutes.
        if unit.is_none() && count % 5 != 0 {
            return None;
        }
        let start = self.past(self.past(gap + more, &[Atom::Link, Atom::At]), &[Atom::Link]);
        if let Some(less) = self.is(start, Atom::HalfTo) {
            // "Fünf vor halb vier".
            let (last, hour) = self.hour(start + less)?;
            let change = i32::from(count) * each * if is_past { 1 } else { -1 };
            return Some((start + less + last - at, hour.moved(change - 30), true));
        }
        let (last, hour) = self.hour(start).or_else(|| self.noon(start).map(|(length, clock, _)| (length, clock)))?;
        let change = i32::from(count) * each * if is_past { 1 } else { -1 };
        let end = start + last;
        // "Five to seven people".
        if self.counts(end) {
            return None;
        }
        let is_time = unit.is_some()
            || self.ends_time(end)
            || self.half_of_day(end).is_some()
            || self.part_behind(end, true).is_some();
        is_time.then_some((end - at, hour.moved(change), true))
    }

    pub(super) fn quarter_or_half(&self, at: usize) -> Option<(usize, u16)> {
        self.find(at, |atom| match atom {
            Atom::Quarter => Some(15),
            Atom::Half => Some(30),
            Atom::ThreeQuarters => Some(45),
            _ => None,
        })
    }

    /// `tres y media`, `quatre heures moins le quart`, `nine fifteen`, `15 Uhr 30`.
    fn hour_and_minutes(&self, at: usize, expected: bool) -> Option<(usize, Clock, bool)> {
        let (length, number) = self.number(at).filter(|(_, number)| number.value <= 24 && number.figures <= 2)?;
        let hour = clock_of(number, 0)?;
        let marked = self.is(at + length, Atom::Oclock).filter(|_| !self.is_duration(at, length));
        let end = at + length + marked.unwrap_or_default();
        if let Some((length, minutes)) = self.minutes_after_and(at, end, marked.is_some(), expected) {
            return Some((length, hour.moved(minutes), true));
        }
        if let Some(less) = self.is(end, Atom::Less) {
            let next = self.past(end + less, &[Atom::Link]);
            let count = self.quarter_or_half(next).or_else(|| {
                let (more, minutes) = self.number(next).filter(|(_, minutes)| (1..60).contains(&minutes.value))?;
                Some((more, u16::try_from(minutes.value).ok()?))
            });
            if let Some((more, count)) = count {
                let minute = self.past(next + more, &[Atom::Minutes]);
                return Some((minute - at, hour.moved(-i32::from(count)), true));
            }
        }
        self.minutes_behind(at, end, number, marked.is_some())
    }

    /// `y media`, `et quart`, `e quinze`, behind the hour from `at` to `end`; 0 where another hour follows instead.
    fn minutes_after_and(&self, at: usize, end: usize, marked: bool, expected: bool) -> Option<(usize, i32)> {
        let joined = self.is(end, Atom::And)?;
        let next = self.past(end + joined, &[Atom::Link]);
        // "Between 3 and half past four" are two.
        let begins_hour = |end: usize| {
            let towards = self.is_any(end, &[Atom::Past, Atom::MinutesTo]);
            towards.is_some_and(|length| self.hour(end + length).is_some())
        };
        let half = self.quarter_or_half(next);
        if let Some((more, count)) = half.filter(|(more, _)| !self.counts(next + more) && !begins_hour(next + more)) {
            return Some((next + more - at, count.into()));
        }
        let (more, minutes) = self.number(next).filter(|(_, minutes)| (5..60).contains(&minutes.value))?;
        let behind = next + more;
        // "Between five and seven" are two hours, unless another follows.
        let opened = (at.saturating_sub(2)..at).any(|start| self.is(start, Atom::Between).is_some());
        if opened && self.is_any(behind, &[Atom::And, Atom::To]).is_none() && !self.is_dash(behind) {
            return None;
        }
        let asked = || expected && next == end + joined && self.preceded_by(at, &[Atom::At]) && !self.is_between(at);
        // "At 9 and 11" are two, and so is "at 8 and 30 min later".
        let is_minute =
            || minutes.value > 12 && minutes.value % 5 == 0 && self.is_any(behind, &[Atom::Minutes]).is_none();
        if minutes.figures > 0 && (minutes.figures != 2 || !(marked || asked() && is_minute())) {
            return None;
        }
        // "14h et 16h" are two.
        if self.half_or_oclock(behind) && marked {
            return Some((end - at, 0));
        }
        Some((self.past(behind, &[Atom::Minutes]) - at, i32::try_from(minutes.value).ok()?))
    }

    /// "Entre las 10 y 12": what follows is another hour.
    fn is_between(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|start| self.is_any(start, &[Atom::Between, Atom::From, Atom::Opens]).is_some())
    }

    /// The minutes right behind an hour: "15 Uhr 30", "15h30", "nine fifteen".
    fn minutes_behind(&self, at: usize, end: usize, hour: Number, marked: bool) -> Option<(usize, Clock, bool)> {
        let minutes = self.number(end).filter(|(_, minutes)| minutes.value < 60);
        let done = |end: usize, minutes: Number| {
            Some((self.past(end, &[Atom::Minutes]) - at, clock_of(hour, minutes.value)?, true))
        };
        // "Nine oh five".
        let is_zero = self.tokens.get(end).is_some_and(|token| token.spaced && token.kind == Kind::Number(0, 1));
        if let Some(zero) = self.is(end, Atom::Zero).or(is_zero.then_some(1))
            && let Some((more, ones)) = self.number(end + zero).filter(|(_, ones)| (1..10).contains(&ones.value))
        {
            return done(end + zero + more, ones);
        }
        if let Some((more, minutes)) = minutes {
            let in_words = minutes.figures == 0 && hour.figures == 0;
            if marked && (minutes.figures == 2 || (minutes.figures == 0 && minutes.value >= 5)) {
                return done(end + more, minutes);
            }
            // In words, "nine fifteen".
            // "It takes six forty minutes" is no hour, and "at six forty-three minutes" is one.
            let counts = self.counts(end + more) && !self.preceded_by(at, &[Atom::At]);
            // "At eleven five", and not "two three times".
            let is_minute = minutes.value >= 10 || self.preceded_by(at, &[Atom::At]) && self.ends_time(end + more);
            if !marked && in_words && is_minute && hour.value <= 24 && !counts {
                return done(end + more, minutes);
            }
        }
        if marked && let Some((more, half)) = self.quarter_or_half(end) {
            return Some((end + more - at, clock_of(hour, half.into())?, true));
        }
        // "Quatre heures".
        (marked).then(|| Some((end - at, clock_of(hour, 0)?, true))).flatten()
    }

    /// `3:15`, `15.30`, `3 30` after "at", `10`.
    fn figures(&self, at: usize, expected: bool) -> Option<(usize, Clock, bool)> {
        let (length, number) = self.number(at).filter(|(length, _)| {
            // "A la una", "à uma da tarde", and not "à une autre".
            let ends = expected && (self.part_behind(at + length, false).is_some() || self.word(at + length).is_none());
            (self.is(at, Atom::Article) != Some(*length) || ends) && !self.is_part_of_name(at)
        })?;
        if matches!(number.figures, 3 | 4) {
            return self.without_colon(at, number, expected);
        }
        if number.figures > 2 || number.value > 24 {
            return None;
        }
        let minutes_at = |at: usize| {
            let (length, minutes) = self.number(at)?;
            (length == 1 && minutes.figures == 2 && minutes.value < 60).then_some(minutes.value)
        };
        let (next, is_first) = (
            at + length,
            at.checked_sub(1).is_none_or(|before| {
                !self.is_glued(before, &[':', '.', '/', ',']) || self.tokens.get(at).is_some_and(|token| token.spaced)
            }),
        );
        let is_whole = self.tokens.len() <= 3;
        if number.figures > 0
            && self.is_glued(next, &[':'])
            && let Some(minutes) = minutes_at(next + 1)
        {
            // Seconds say nothing.
            let seconds = self.is_glued(next + 2, &[':']) && minutes_at(next + 3).is_some();
            let sure_half = number.figures == 2 && number.value < 10;
            let clock = clock_of(number, minutes)?;
            let clock = if sure_half { Clock { either: false, ..clock } } else { clock };
            return Some((if seconds { 5 } else { 3 }, clock, true));
        }
        if self.is_glued(next, &['.'])
            && self.is_figures(next + 1)
            && self.tokens.get(next + 1).is_some_and(|token| !token.spaced)
        {
            let minutes = minutes_at(next + 1).filter(|_| is_first && !self.is_glued(next + 2, &['.']))?;
            let marked = self.half_or_oclock(next + 2);
            let could_be_date = self.lexicon.dates_with_points && (1..=12).contains(&minutes);
            let fits = marked || expected || !could_be_date;
            return fits.then(|| Some((3, clock_of(number, minutes)?, marked || expected || is_whole))).flatten();
        }
        if number.figures > 0
            && number.value > 0
            && let Some(minutes) = minutes_at(next).filter(|_| self.tokens.get(next).is_some_and(|token| token.spaced))
        {
            let ends = || self.ends_time(next + 1) && !self.is_figures(next + 1) && minutes % 5 == 0;
            let is_minute = expected || self.half_of_day(next + 1).is_some() || (self.is_day_before(at) && ends());
            if is_minute {
                return Some((2, clock_of(number, minutes)?, true));
            }
        }
        // "El 3 por la tarde" is the third, and so is "viernes 3 por la tarde".
        let is_day = self.lexicon.number_after_weekday_is_day
            && (self.preceded_by(at, &[Atom::OnDay, Atom::DayWord]) || self.is_dated_part(at, next));
        if is_day && !expected && !self.half_or_oclock(next) {
            return None;
        }
        // A bare number: an hour if it can be one.
        let goes_on = self.is_glued(next, &['/', '.', '-']) && self.is_figures(next + 1) && !self.is_dash(next);
        let is_ordinal = self.ordinal(at).is_some_and(|(taken, _)| taken > length);
        let clock = clock_of(number, 0)
            .filter(|_| number.value > 0 && is_first | self.is_dash(at.wrapping_sub(1)) && !goes_on && !is_ordinal)?;
        let marked = self.half_or_oclock(next) || self.part_behind(next, false).is_some();
        let is_article = number.figures == 0 && number.value == 1 && !marked && !expected;
        let counts = self.counts(next) && !marked && self.part_behind(next, true).is_none();
        (!is_article && !counts).then_some((length, clock, false))
    }

    /// `330 pm`, `at 1030`, `1430h`: figures without a colon, where nothing else can be meant.
    fn without_colon(&self, at: usize, number: Number, expected: bool) -> Option<(usize, Clock, bool)> {
        let (hour, minutes) = (number.value / 100, number.value % 100);
        let is_year = (1900..2100).contains(&number.value);
        let is_close = self.tokens.get(at + 1).is_some_and(|token| !token.spaced);
        let half = self.half_or_oclock(at + 1) && (!is_year || is_close);
        // "830", as the answer to when.
        let is_answer = self.today.asked == LastQuestion::When && self.tokens.len() <= MAX_ANSWER_TOKENS;
        let marked = half
            || ((expected || is_answer || self.is_day_before(at))
                && !is_year
                && self.ends_time(at + 1)
                && minutes % 5 == 0);
        let followed = self.is_figures(at + 1) || (self.is_glued(at + 1, &['.', '/', '-']) && self.is_figures(at + 2));
        (marked && (!followed || self.is_dash(at + 1)) && hour < 24 && minutes < 60).then_some(())?;
        let clock = clock_of(Number { value: hour, figures: number.figures - 2 }, minutes)?;
        Some((1, clock, self.half_or_oclock(at + 1)))
    }

    /// An hour alone, for "half past".
    fn hour(&self, at: usize) -> Option<(usize, Clock)> {
        let (length, number) =
            self.number(at).filter(|(_, number)| (1..=24).contains(&number.value) && number.figures <= 2)?;
        let oclock = self.is(at + length, Atom::Oclock).unwrap_or_default();
        Some((length + oclock, clock_of(number, 0)?))
    }
}

/// An hour and its minutes. From one to eleven either half of the day may be meant.
pub(super) fn clock_of(number: Number, minutes: u32) -> Option<Clock> {
    let minute = u16::try_from(number.value % 24 * 60 + minutes).ok()?;
    (minute < DAY).then_some(Clock { minute, either: (1..=11).contains(&number.value) })
}
