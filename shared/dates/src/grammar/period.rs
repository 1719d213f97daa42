//! Weeks and months, and days of a month: `next week`, `end of the month`, `the 15th`.

use jiff::civil::Weekday;

use super::Parser;
use super::edge::edge_of;
use crate::calendar::{Edge, Period, Said, days, in_week, month, next_week_of_year, plus};
use crate::lexicon::{Atom, ends_sentence};
use crate::tokens::Kind;

/// Names of months of so many letters are no other words: `April`, `June` and `August` are people too.
const MIN_CLEAR_MONTH: usize = 7;

/// Behind these a month is no other word.
const ANNOUNCING: [Atom; 6] = [Atom::In, Atom::InMonth, Atom::StartingOn, Atom::After, Atom::Before, Atom::Until];

/// How many weeks or months ahead.
pub(super) type Ahead = i32;

impl Parser<'_> {
    /// `next week`, `the weekend`, `end of next week`, `this month`, `next March`, `weekdays`.
    pub(super) fn period(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(found) = self.working_week(at) {
            return Some(found);
        }
        if let Some(length) = self.is(at, Atom::Weekdays) {
            return Some((length, Said::WorkingDays));
        }
        if let Some(rest) = self.is(at, Atom::RestOf) {
            let start = self.past(at + rest, &[Atom::Link]);
            let (length, period) = self.week_or_month(start, true)?;
            return Some((start + length - at, Said::Period(period)));
        }
        // "Fin de semana" is no end of a week.
        if self.is(at, Atom::Weekend).is_some() {
            return self.week_or_month(at, false).map(|(length, period)| (length, Said::Period(period)));
        }
        if let Some(said) = self.edge_in_one_word(at) {
            return Some((1, said));
        }
        if let Some(length) = self.is(at, Atom::MonthEnd) {
            return Some((length, Said::PartOf(Period::Month(0), Edge::End)));
        }
        if let Some(length) = self.is(at, Atom::MidWeek) {
            return Some((length, Said::PartOf(Period::Week(0), Edge::Middle)));
        }
        if let Some((length, period)) = self.month_and_year(at) {
            return Some((length, Said::Period(period)));
        }
        let edge = self.find(at, edge_of);
        let start = edge.map_or(at, |(length, _)| {
            self.past(self.past(self.past(at + length, &[Atom::Of]), &[Atom::About]), &[Atom::Link])
        });
        let (length, period) = self.week_or_month(start, edge.is_some())?;
        let said = edge.map_or(Said::Period(period), |(_, edge)| Said::PartOf(period, edge));
        Some((start + length - at, said))
    }

    /// `next work week`, `la semana laboral que viene`: its Monday to its Friday.
    fn working_week(&self, at: usize) -> Option<(usize, Said)> {
        let before = self.which(at);
        let start = self.past(at + before.map_or(0, |(length, _)| length), &[Atom::Link]);
        let noun = self.is(start, Atom::WorkingWeek)?;
        let (length, ahead) = before.map_or_else(|| self.which(start + noun), |(_, ahead)| Some((0, ahead)))?;
        let day = |day| in_week(self.today.now.date(), day, ahead);
        Some((start + noun + length - at, Said::Between(day(Weekday::Monday)?, day(Weekday::Friday)?)))
    }

    /// `KW 49`, `49. KW`, `week 49`: a week of the year, next time.
    pub(super) fn calendar_week(&self, at: usize) -> Option<(usize, Said)> {
        let figures = |at: usize| self.number(at).filter(|(_, number)| number.figures > 0);
        // "This week 3 pm", "once a week 2 hours".
        let is_other = || {
            let before = [Atom::This, Atom::Next, Atom::Coming, Atom::Following, Atom::Last, Atom::Article];
            self.preceded_by(at, &before) || at.checked_sub(1).is_some_and(|before| self.number(before).is_some())
        };
        let (length, number) = match self.is(at, Atom::CalendarWeek) {
            Some(noun) => {
                let (more, number) = figures(at + noun).filter(|_| !is_other())?;
                let end = at + noun + more;
                let of_month = self.month_name(self.past(end, &[Atom::Of])).is_some();
                if of_month || self.half_or_oclock(end) || self.counts(end) || self.is_glued(end, &[':', '-', '/']) {
                    return None;
                }
                (noun + more, number)
            }
            None => {
                let (length, number) = figures(at)?;
                let noun = at + length + usize::from(self.is_glued(at + length, &['.']));
                // "49. KW", and not "2 weeks".
                let more = self.is(noun, Atom::CalendarWeek).filter(|_| self.is(noun, Atom::Weeks).is_none())?;
                (noun + more - at, number)
            }
        };
        let monday = next_week_of_year(self.today.now.date(), i8::try_from(number.value).ok()?)?;
        Some((length, Said::Between(monday, plus(monday, 6)?)))
    }

    /// `next week`, `week after next`, `semana que viene`, `the weekend`, `in March`.
    pub(super) fn week_or_month(&self, at: usize, has_edge: bool) -> Option<(usize, Period)> {
        let noun_at = |at: usize| {
            self.find(at, |atom| matches!(atom, Atom::Weeks | Atom::Months | Atom::Weekend).then_some(atom))
        };
        let of = |noun: Atom, ahead: Ahead| match noun {
            Atom::Weeks => Period::Week(ahead),
            Atom::Months => Period::Month(ahead),
            _ => Period::Weekend(ahead),
        };
        if let Some((length, ahead)) = self.which(at).filter(|_| !self.is_after_next(at)) {
            let start = self.past(at + length, &[Atom::Link]);
            if let Some((more, noun)) = noun_at(start) {
                // The coming weekend is that of this week, until it has begun.
                let is_coming = noun == Atom::Weekend && self.is(at, Atom::Coming) == Some(length);
                let has_begun = matches!(self.today.now.weekday(), Weekday::Saturday | Weekday::Sunday);
                return Some((start + more - at, of(noun, if is_coming && !has_begun { 0 } else { ahead })));
            }
        }
        if let Some((length, noun)) = noun_at(at) {
            let behind = self.past(at + length, &[Atom::Link]);
            // "The third week of next year" is no next week.
            let is_of_year = |more: &usize| self.is(at + length + more, Atom::Years).is_some();
            if let Some((more, ahead)) = self
                .which(at + length)
                .or_else(|| self.which(behind).map(|(more, ahead)| (more + behind - at - length, ahead)))
                .filter(|(more, _)| !is_of_year(more))
            {
                return Some((length + more, of(noun, ahead)));
            }
            // "The end of the month of March".
            let named = self.past(self.past(at + length, &[Atom::Of]), &[Atom::Link]);
            let is_joined = named > at + length || self.lexicon.joins_words;
            if noun == Atom::Months && is_joined && self.month_name(named).is_some() {
                return self.month_alone(named, true).map(|(more, period)| (named + more - at, period));
            }
            // "The weekend" is this one; "a week" is none.
            let plain = noun == Atom::Weekend || has_edge;
            return plain.then_some((length, of(noun, 0)));
        }
        let (start, which) = match self.which(at).filter(|_| !self.is_after_next(at)) {
            Some((length, ahead)) => (at + length, Some(ahead)),
            None => (at, None),
        };
        self.month_alone(start, has_edge || which.is_some()).map(|(length, period)| (start + length - at, period))
    }

    pub(super) fn which(&self, at: usize) -> Option<(usize, Ahead)> {
        self.find(at, |atom| match atom {
            Atom::This => Some(0),
            Atom::Next | Atom::Coming | Atom::Following => Some(1),
            Atom::AfterNext => Some(2),
            _ => None,
        })
    }

    /// "After next week" begins where that week ends; "the week after next" is that one.
    pub(super) fn is_after_next(&self, at: usize) -> bool {
        self.is(at, Atom::AfterNext).is_some() && self.is(at, Atom::After).is_some()
    }

    /// `March or April`: a month beside another; beside an "and" only behind an "in" or the like.
    fn is_month_listed(&self, at: usize, end: usize) -> bool {
        // "We may or may not be in" names none.
        let own = self.month_name(at).map(|(_, month)| month);
        let name = |start: usize| {
            self.month_name(start).filter(|(_, month)| Some(*month) != own && self.number(start).is_none())
        };
        let before = |atom: Atom| {
            let joined = at.checked_sub(1).filter(|joined| self.is(*joined, atom) == Some(1))?;
            (joined.saturating_sub(2)..joined)
                .find(|start| name(*start).is_some_and(|(length, _)| start + length == joined))
        };
        let behind = || self.is(end, Atom::Or).is_some_and(|or| name(end + or).is_some());
        let and = || before(Atom::And).is_some_and(|first| self.preceded_by(first, &ANNOUNCING));
        own.is_some() && self.number(at).is_none() && (behind() || before(Atom::Or).is_some() || and())
    }

    /// A month alone: "in March", "next March", and not "march" or "may".
    pub(super) fn month_alone(&self, at: usize, announced: bool) -> Option<(usize, Period)> {
        let (length, (number, is_word)) = self.find(at, |atom| match atom {
            Atom::Month(month) => Some((month, false)),
            Atom::MonthOrWord(month) => Some((month, true)),
            _ => None,
        })?;
        // "Dez" is ten, too.
        let announced = announced
            || self.number(at).is_none() && self.preceded_by(at, &ANNOUNCING)
            || self.is_month_listed(at, at + length);
        // "March 2027", and not "this may next year".
        let is_month = !is_word || number == 3 || self.is_figures(at + length);
        let year = self.year(at + length).filter(|_| announced || (is_month && self.number(at).is_none()));
        if let Some((more, year)) = year {
            return Some((length + more, self.month_of_year(year, number)));
        }
        let month = i32::from(number) - i32::from(self.today.now.month());
        // "March in a year", "March after next".
        let then = self.length_ahead(at + length);
        if let Some((more, then)) = then {
            // The one nearest to then.
            let apart =
                |year: &i16| (i32::from(*year - then.year()) * 12 + i32::from(number) - i32::from(then.month())).abs();
            let year = (then.year() - 1..=then.year() + 1).min_by_key(apart)?;
            return Some((length + more, self.month_of_year(year, number)));
        }
        if let Some(more) = self.is(at + length, Atom::AfterNext) {
            return Some((length + more, Period::Month(month.rem_euclid(12) + 12)));
        }
        // "We are away February": a name that is nothing else, at the end.
        let next = self.tokens.get(at + length);
        // "We could do February for the roof", and not "the February meeting" or "the bill of February for".
        let goes_on =
            || self.ends_time(at + length) && !self.is_figures(at + length) && !self.preceded_by(at, &[Atom::Of]);
        let ends = next.is_none_or(|token| ends_sentence(token) || token.is_mark(&[','])) || goes_on();
        let is_clear = !is_word && ends && self.word(at).is_some_and(|word| word.len() >= MIN_CLEAR_MONTH);
        let alone = is_clear && self.number(at).is_none()
            || self.tokens.len() == 1 && self.number(at).is_none()
            || (!is_word && self.number(at).is_none() && self.tokens.len() <= 3);
        (announced || alone).then_some((length, Period::Month(month.rem_euclid(12))))
    }

    fn month_of_year(&self, year: i16, month: i8) -> Period {
        let today = self.today.now.date();
        let ahead = i32::from(year - today.year()) * 12 + i32::from(month) - i32::from(today.month());
        // One that is over refuses the whole time.
        Period::Month(ahead.max(-1))
    }

    /// `11/2026`, `2026-11`, `2026 November`: a month of a year, in figures or with the year first.
    fn month_and_year(&self, at: usize) -> Option<(usize, Period)> {
        const MARKS: [char; 3] = ['/', '-', '.'];
        let figures = |at: usize| match self.tokens.get(at)?.kind {
            Kind::Number(value, figures) => Some((i16::try_from(value).ok()?, figures)),
            _ => None,
        };
        let is_mark = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_mark(&MARKS));
        // Not the end of a date, nor the beginning of one.
        let follows_mark = at.checked_sub(1).is_some_and(is_mark);
        let stands_alone = |end: usize| !(follows_mark || is_mark(end) && figures(end + 1).is_some());
        let (first, length) = figures(at)?;
        let is_year = |year: i16, length: usize| length == 4 && (2000..2100).contains(&year);
        let comma = usize::from(self.tokens.get(at + 1).is_some_and(|token| token.is_mark(&[','])));
        if is_year(first, length)
            && let Some((more, month)) = self.month_name(at + 1 + comma)
        {
            let end = at + 1 + comma + more;
            return figures(end).is_none().then(|| (end - at, self.month_of_year(first, month)));
        }
        let (second, other) = figures(at + 2).filter(|_| is_mark(at + 1) && stands_alone(at + 3))?;
        let (year, month) = match (is_year(first, length), is_year(second, other)) {
            (true, false) => (first, second),
            (false, true) => (second, first),
            _ => return None,
        };
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        Some((3, self.month_of_year(year, month)))
    }

    /// `next month`, `this month`, `the month`, after "of".
    pub(super) fn month_from_here(&self, at: usize) -> Option<(usize, Ahead)> {
        let word = self.which(at);
        let start = self.past(at + word.map_or(0, |(length, _)| length), &[Atom::Link]);
        let noun = self.is(start, Atom::Months)?;
        let (more, ahead) = self.which(start + noun).unwrap_or((0, word.map_or(0, |(_, ahead)| ahead)));
        Some((start + noun + more - at, ahead))
    }

    /// `the 15th`, `dia 15`, `20th of next month`, `on the first of the month`.
    pub(super) fn day_of_month(&self, at: usize) -> Option<(usize, Said)> {
        let dayish = self.is(at, Atom::DayWord);
        let start = at + dayish.unwrap_or_default();
        let (length, day) = self.day_number(start)?;
        let is_ordinal = self.ordinal(start).is_some();
        let end = start + length;
        let of = self.past(self.past_plain_days(end), &[Atom::Of]);
        let of = self.past(of, &[Atom::Link]);
        if let Some((more, ahead)) = self.month_from_here(of).filter(|_| of > end) {
            let first = month(self.today.now.date(), ahead)?;
            let said = match first.with().day(day).build() {
                Ok(date) if date >= self.today.now.date() => Said::Date(date),
                _ => Said::DayOfMonth(day),
            };
            return Some((of + more - at, said));
        }
        // "The 14th am" is a morning.
        let is_morning = is_ordinal && self.is_half_apart(end);
        let is_hour = (self.half_or_oclock(end) && !is_morning)
            || (self.is_glued(end, &[':', '-', '/', '.']) && self.is_figures(end + 1))
            || (self.part_behind(end, false).is_some() && !self.lexicon.number_after_weekday_is_day && !is_ordinal);
        let announced = self.is_announced(at);
        if self.is_part_of_name(start) {
            return None;
        }
        let point = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
        // A word alone orders things: "first I want…", "the second one".
        let behind = end + usize::from(point);
        let ends = self.ends_time(behind) || is_morning;
        let is_hour_next = || matches!(self.clock(end, false), Some((_, _, true)));
        let is_named = self.word(end).is_none()
            || self.is_any(end, &[Atom::At, Atom::About, Atom::Between]).is_some()
            || is_hour_next();
        // "El treinta a las seis".
        // "Am 14. oder 15.", "dia 14 ou 15": another one.
        let is_another = self.preceded_by(at, &[Atom::Or, Atom::And])
            && at.checked_sub(2).is_some_and(|before| {
                let with_points = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
                (with_points && self.is_glued(before, &['.']))
                    || (self.is_figures(before) && self.preceded_by(before, &[Atom::DayWord]))
            });
        let is_spelled = self.lexicon.number_after_weekday_is_day
            && announced
            && self.is(end, Atom::At).is_some()
            && self.at_hour(end).is_some();
        let is_listed = !(self.is_figures(start) || announced && is_named);
        let fits = dayish.is_some()
            || (ends && (is_ordinal && !is_listed || announced && self.is_figures(start)))
            // "Friday the 11th drop it off at 9", and not "the 11th floor".
            || (is_ordinal && self.is_figures(start) && self.is_behind_weekday(at))
            || is_spelled
            || is_another
            || (announced && self.word(behind).is_none());
        (fits && !is_hour && !self.counts(end))
            .then_some((end + usize::from(point && (announced || is_another)) - at, Said::DayOfMonth(day)))
    }

    /// Figures right behind letters are no number: "MP3", "CE1"; "15h30" and "Feb13" are.
    pub(super) fn is_part_of_name(&self, at: usize) -> bool {
        let is_close = self.is_figures(at) && self.tokens.get(at).is_some_and(|token| !token.spaced);
        let known = |before: usize| {
            self.is(before, Atom::Oclock).is_some()
                || self.word(before) == Some("t")
                || self.month_name(before).is_some()
                || self.weekday_name(before).is_some()
        };
        is_close && at.checked_sub(1).is_some_and(|before| self.word(before).is_some() && !known(before))
    }

    /// An article stands before, or a weekday: "the 15", "el 15", "am 15.".
    pub(super) fn is_announced(&self, at: usize) -> bool {
        let weekday = |start: usize| self.weekday_name(start).is_some_and(|(taken, _)| start + taken == at);
        self.preceded_by(at, &[Atom::OnDay])
            || (self.preceded_by(at, &[Atom::Link])
                && (at.saturating_sub(4)..at).any(|start| self.weekday_name(start).is_some())
                && self.ordinal(at).is_some())
            || (at.saturating_sub(3)..at).any(weekday) && self.ordinal(at).is_some()
    }

    /// Whether a weekday stands right before, with or without an article between.
    fn is_behind_weekday(&self, at: usize) -> bool {
        let article = at.checked_sub(1).filter(|_| self.preceded_by(at, &[Atom::OnDay]));
        [Some(at), article].into_iter().flatten().any(|at| self.weekday_before(at).is_some())
    }

    /// Whether that weekday has that number within the days for which people make appointments. Else the number is an hour.
    fn is_date_soon(&self, weekday: Weekday, number: i8) -> bool {
        const WEEKS: i32 = 13;
        let first = crate::calendar::coming(self.today.now.date(), weekday);
        let dates = first.into_iter().flat_map(|first| (0..WEEKS).filter_map(move |week| plus(first, week * 7)));
        dates.into_iter().any(|date| date.day() == number)
    }

    /// "Monday 21": a number after a weekday that is no hour.
    pub(super) fn after_weekday(&self, at: usize) -> Option<(usize, Said)> {
        let (length, number) = self.number(at).filter(|(_, number)| {
            (number.figures > 0 || self.lexicon.number_after_weekday_is_day) && (1..=31).contains(&number.value)
        })?;
        let weekday = self.weekday_before(at)?;
        let day = i8::try_from(number.value).ok()?;
        let coming = crate::calendar::coming(self.today.now.date(), weekday);
        let end = at + length;
        // "Montag 7. oder Dienstag 8."
        let point =
            usize::from(self.lexicon.dates_with_points && self.is_glued(end, &['.']) && self.is_date_of(at, weekday));
        let is_day = day > 12
            || self.lexicon.number_after_weekday_is_day && self.is_date_soon(weekday, day)
            || point > 0
            || coming.is_some_and(|date| date.day() == day);
        let end = end + point;
        let is_hour = self.half_or_oclock(end)
            || (self.is_glued(end, &[':', '.', '-']) && self.is_figures(end + 1))
            || self.is_dash(end)
            || (self.part_behind(end, false).is_some() && !self.is_dated_part(at, end))
            || (day <= 24
                && self.is(end, Atom::At).is_none()
                && self.is(end, Atom::To).is_some_and(|length| self.number(end + length).is_some()));
        let fits = is_day && !is_hour && self.ends_time(end) && !self.counts_nights(at, end);
        fits.then_some((length + point, Said::DayOfMonth(day)))
    }

    /// "Viernes 4 por la tarde", where the fourth is a Friday, and not "viernes 4 de la tarde": from the number at `at` to `end`.
    pub(super) fn is_dated_part(&self, at: usize, end: usize) -> bool {
        self.lexicon.number_after_weekday_is_day
            && self.part_behind(end, false).is_some()
            && self.is(end, Atom::Opens).is_none()
            && self.weekday_before(at).is_some_and(|weekday| self.is_date_of(at, weekday))
    }

    /// Whether the next day of the month with the number at `at` is that weekday.
    fn is_date_of(&self, at: usize, weekday: Weekday) -> bool {
        let day = self.number(at).and_then(|(_, number)| i8::try_from(number.value).ok());
        let next = day.and_then(|day| days(&[Said::DayOfMonth(day)], self.today.now.date()));
        next.is_some_and(|next| next.dates.first().is_some_and(|date| date.weekday() == weekday))
    }

    /// Whether the number at `at` counts nights: "viernes, dos noches", and not "viernes 5 noche".
    pub(super) fn counts_nights(&self, at: usize, end: usize) -> bool {
        let is_one = self.number(at).is_some_and(|(_, number)| number.value == 1);
        let is_plural =
            self.word(end).is_some_and(|word| word.ends_with('s') || self.lexicon.joins_words && word != "nacht");
        self.is(end, Atom::Nights).is_some() && (is_one || is_plural)
    }

    /// What follows is counted: "2 weeks", "10 days", "5 minutes".
    pub(super) fn counts(&self, at: usize) -> bool {
        let units = [Atom::Days, Atom::Weeks, Atom::Months, Atom::Minutes, Atom::Hours, Atom::Years];
        // "Two upcoming weeks", and not "at 5 next week".
        let counts_coming = || {
            let which = self.is_any(at, &[Atom::Next, Atom::Coming])?;
            self.is_any(at + which, &[Atom::Days, Atom::Weeks])?;
            self.word(at + which).filter(|word| word.ends_with(['s', 'n']))
        };
        self.is_any(at, &units).is_some() || counts_coming().is_some()
    }
}
