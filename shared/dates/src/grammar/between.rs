//! From one day to another: `Monday to Friday`, `from 13 to 15 July`, `between August and October`.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Parser;
use crate::calendar::{Period, Said, coming, days, days_of, in_week, month, month_of, next_date};
use crate::lexicon::Atom;

/// How many tokens the first of two periods takes, with the word before it.
const MAX_PERIOD: usize = 8;

impl Parser<'_> {
    /// `Monday to Friday`, `between Wednesday and Friday`.
    pub(super) fn weekdays_between(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is_any(at, &[Atom::Between, Atom::From, Atom::Opens]);
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::Link]);
        let in_short = || {
            let (length, day) = self.find(start, |atom| {
                if let Atom::WeekdayOrWord(day) | Atom::WeekdayShort(day) = atom { Some(day) } else { None }
            })?;
            let follows =
                self.tokens.get(start + length).is_some_and(|token| token.hyphened || token.is_mark(&['-', '–']));
            (follows || self.begins_short_span(at, start)).then_some((length, Said::Weekday(day)))
        };
        let first = self.weekday(start).or_else(|| self.relative(start)).or_else(in_short);
        let (length, from) = first.and_then(|(length, said)| {
            let day = days(&[said], self.today.now.date())?;
            Some((length, day.dates.first().copied()?))
        })?;
        let gap = start + length;
        let joined = match opened {
            Some(_) => self.is_any(gap, &[Atom::And, Atom::To]),
            None => self.is(gap, Atom::To),
        };
        let dash = (self.is_dash(gap) && !self.is_figures(gap + 1)).then_some(1);
        let hyphen = self.tokens.get(gap).is_some_and(|token| token.hyphened).then_some(0);
        let joined = joined.or(dash).or(hyphen)?;
        let next = self.past(gap + joined, &[Atom::Link]);
        if let Some((more, Said::Date(to))) = self.relative(next) {
            return (from < to && joined > 0 && (opened.is_some() || self.is(gap, Atom::And).is_none()))
                .then_some((next + more - at, Said::Between(from, to)));
        }
        // "Vi el lunes a mi hermano" is of no Wednesday.
        let is_long = self.lexicon.joins_words || self.word(next).is_some_and(|word| word.len() > 2);
        let is_span = opened.is_some() || self.is(gap, Atom::To).is_none();
        let (more, to) = self.find(next, |atom| match atom {
            Atom::Weekday(day) | Atom::WeekdayOrWord(day) => Some(day),
            Atom::WeekdayShort(day) if is_long || is_span => Some(day),
            Atom::WeekdayListed(day) if is_span => Some(day),
            _ => None,
        })?;
        let last = coming(from, to)?;
        let next_week = self.period(self.past(next + more, &[Atom::Link, Atom::Of]));
        if let Some((last, Said::Period(Period::Week(week)))) = next_week {
            let today = self.today.now.date();
            let (from, to) = (in_week(today, from.weekday(), week)?, in_week(today, to, week)?);
            let end = self.past(next + more, &[Atom::Link, Atom::Of]) + last;
            return (from < to).then_some((end - at, Said::Between(from, to)));
        }
        (from.weekday() != to).then_some((next + more - at, Said::Between(from, last)))
    }

    /// `Mon to Thu`, `Mo bis Fr`: two short names, and nothing before them that they could be words beside.
    fn begins_short_span(&self, at: usize, start: usize) -> bool {
        let is_long = |at: usize| self.lexicon.joins_words || self.word(at).is_some_and(|word| word.len() > 2);
        let name = |at: usize| {
            let is_name = |atom| matches!(atom, Atom::Weekday(_) | Atom::WeekdayOrWord(_) | Atom::WeekdayShort(_));
            is_long(at) && self.find(at, |atom| is_name(atom).then_some(())).is_some_and(|(length, ())| length == 1)
        };
        let begins = start > at
            || at.checked_sub(1).is_none_or(|before| self.word(before).is_none())
            || self.preceded_by(at, &[Atom::Link, Atom::OnDay]);
        let to = self.is(start + 1, Atom::To);
        begins && name(start) && to.is_some_and(|to| name(start + 1 + to))
    }

    /// `from 13 to 15 July`, `August 27th - 29th`, `July 30 to August 2`.
    pub(super) fn dates_between(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is_any(at, &[Atom::From, Atom::Between, Atom::Opens]);
        let past_weekday = |at: usize| {
            let at = self.past(self.past(at, &[Atom::Link]), &[Atom::Link]);
            let Some((length, _)) = self.weekday_name(at) else { return at };
            let comma = usize::from(self.tokens.get(at + length).is_some_and(|token| token.is_mark(&[','])));
            self.past(at + length + comma, &[Atom::Link])
        };
        let start = past_weekday(at + opened.unwrap_or_default());
        let joined = |at: usize| {
            let at = at + usize::from(self.is_glued(at, &['.']));
            let length = self.is_any(at, &[Atom::To, Atom::And]).or(self.is_dash(at).then_some(1))?;
            Some(past_weekday(at + length))
        };
        let date = |said: Said| if let Said::Date(date) = said { Some(date) } else { None };
        if let Some((length, said)) = self.of_month(start).or_else(|| self.named_in_figures(start)) {
            let from = date(said)?;
            let next = joined(start + length)?;
            let (more, to) = match self.of_month(next).or_else(|| self.named_in_figures(next)) {
                Some((more, said)) => (more, date(said)?),
                None => {
                    let (more, day) = self.day_number(next)?;
                    // "El 4 de diciembre a las 9" is a day and an hour.
                    let asks_hour = opened.is_none() && self.is(start + length, Atom::At).is_some();
                    let is_hour = asks_hour || self.is_glued(next + more, &[':']) || self.half_or_oclock(next + more);
                    (more, from.with().day(day).build().ok().filter(|_| !is_hour)?)
                }
            };
            return Some((next + more - at, Said::Between(self.begun(from, to)?, to)));
        }
        let (length, day) = self.day_number(start)?;
        let next = joined(start + length)?;
        let today = self.today.now.date();
        let within = self.day_number(next).and_then(|(more, last)| {
            // "4 to 23 of next month".
            let of = self.past(self.past(next + more, &[Atom::Of]), &[Atom::Link]);
            let (more, ahead) = self.month_from_here(of)?;
            let first = month(today, ahead)?;
            Some((of + more - at, Said::Between(month_of(first, day)?, month_of(first, last)?)))
        });
        if within.is_some() {
            return within;
        }
        let last = self.of_month(next).or_else(|| self.named_in_figures(next));
        if opened.is_some()
            && last.is_none()
            && let Some((more, said)) = self.days_of_month_between(start, next)
        {
            return Some((more - at, said));
        }
        let (more, said) = last?;
        let to = date(said)?;
        let from = to.with().day(day).build().ok()?;
        (from < to && from >= today).then_some((next + more - at, Said::Between(from, to)))
    }

    /// `between the 13th and the 18th`, `vom 4. bis zum 23.`: articles or ordinals, and no month.
    fn days_of_month_between(&self, start: usize, next: usize) -> Option<(usize, Said)> {
        let ((length, from), (more, to)) = (self.day_number(start)?, self.day_number(next)?);
        let is_day = |at: usize, length: usize| {
            self.ordinal(at).is_some()
                || self.preceded_by(at, &[Atom::OnDay])
                || (self.lexicon.number_after_weekday_is_day && self.weekday_before(at).is_some())
                || (self.lexicon.dates_with_points && self.is_glued(at + length, &['.']))
        };
        let end = next + more;
        let is_hour = |at: usize| self.half_or_oclock(at) || self.is_glued(at, &[':']);
        // "De 30 a 2": no hour of a day.
        let is_plain = from > 24 && self.ends_time(end) && !self.counts(end);
        if !(is_plain || is_day(start, length) && is_day(next, more)) || is_hour(start + length) || is_hour(end) {
            return None;
        }
        let first = days(&[Said::DayOfMonth(from)], self.today.now.date())?.dates.first().copied()?;
        // "From the 30th to the 2nd" goes on into the next month.
        let next_month = || month_of(first.first_of_month().checked_add(1.month()).ok()?, to);
        let last = month_of(first, to).filter(|last| *last > first).or_else(next_month)?;
        let point = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
        Some((end + usize::from(point), Said::Between(first, last)))
    }

    /// `in November between the 19th and the 20th`: the month first.
    pub(super) fn days_of_named_month(&self, at: usize) -> Option<(usize, Said)> {
        let (length, number) = self.month_name(at)?;
        let opened = self.past(at + length, &[Atom::Link]);
        let opens = self.is_any(opened, &[Atom::Between, Atom::From, Atom::Opens])?;
        let article = |at: usize| self.past(self.past(at, &[Atom::OnDay, Atom::Link]), &[Atom::DayWord]);
        let start = article(opened + opens);
        let (more, first) = self.day_number(start)?;
        let gap = start + more + usize::from(self.is_glued(start + more, &['.']));
        let joined = self.is_any(gap, &[Atom::And, Atom::To])?;
        let next = article(gap + joined);
        let (last, day) = self.day_number(next)?;
        let end = next + last;
        if self.half_or_oclock(end) || self.is_glued(end, &[':']) || self.half_or_oclock(start + more) {
            return None;
        }
        let from = next_date(self.today.now.date(), number, first)?;
        let to = month_of(from, day).filter(|to| *to > from)?;
        let point = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
        Some((end + usize::from(point) - at, Said::Between(from, to)))
    }

    /// Where a span of dates begins: "from 1 October to 7 November" has begun when it is said in between.
    pub(super) fn begun(&self, from: Date, to: Date) -> Option<Date> {
        let today = self.today.now.date();
        let has_begun = || from.checked_sub(1.year()).is_ok_and(|from| from < today) && today < to;
        (from < to).then_some(from).or_else(|| has_begun().then_some(today))
    }

    /// `from August to October`, `zwischen Ende März und Mitte April`, `this week to next week`.
    pub(super) fn periods_between(&self, at: usize) -> Option<(usize, Said)> {
        // Most periods stand alone, and are not read twice.
        let is_joined = |at: usize| self.is_any(at, &[Atom::To, Atom::And]).is_some() || self.is_dash(at);
        if !(at + 1..at + 1 + MAX_PERIOD).any(is_joined) {
            return None;
        }
        let opened = self.is_any(at, &[Atom::Between, Atom::From, Atom::Opens, Atom::StartingOn]);
        let named = |at: usize| {
            let month = || self.month_alone(at, true).map(|(length, period)| (length, Said::Period(period)));
            let (length, said) = self.calendar_week(at).or_else(|| self.period(at)).or_else(month)?;
            // "Sept. to Nov."
            let point =
                self.is_glued(at + length, &['.']) && self.is_any(at + length + 1, &[Atom::To, Atom::And]).is_some();
            Some((length + usize::from(point), said))
        };
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::Link]);
        let (length, from) = named(start)?;
        let gap = start + length;
        // "March to May", and not "next week and in May".
        let joins = if opened.is_some() { &[Atom::To, Atom::And][..] } else { &[Atom::To] };
        let joined = self.is_any(gap, joins).or(self.is_dash(gap).then_some(1))?;
        let next = self.past(gap + joined, &[Atom::Link]);
        let (more, to) = named(next)?;
        let (first, last) = (*self.days_said(from)?.first()?, *self.days_said(to)?.last()?);
        Some((next + more - at, Said::Between(self.begun(first, last)?, last)))
    }

    fn days_said(&self, said: Said) -> Option<Vec<Date>> {
        match said {
            Said::Period(period) => days_of(period, self.today.now.date()),
            Said::PartOf(..) | Said::Between(..) => days(&[said], self.today.now.date()).map(|day| day.dates),
            _ => None,
        }
    }
}
