//! Dates with a month: `March 12th`, `12 de marzo`, `12/3`, `3.12.`, `2026-12-03`, `from 13 to 15 July`.

use jiff::civil::{Date, Weekday};

use super::Parser;
use crate::LastQuestion;
use crate::calendar::{Said, next_date};
use crate::lexicon::Atom;
use crate::tokens::Kind;

impl Parser<'_> {
    /// `2026-12-03`, `12/3`, `3.12.`, `3-12-2026`.
    pub(super) fn in_figures(&self, at: usize) -> Option<(usize, Date)> {
        const MARKS: [char; 3] = ['/', '.', '-'];
        let number = |at: usize, most: usize| match self.tokens.get(at)?.kind {
            Kind::Number(value, figures) if figures <= most => Some((i16::try_from(value).ok()?, figures)),
            _ => None,
        };
        // Not the middle of something longer: a fraction, a version, a sum.
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let is_glued = self.tokens.get(at).is_some_and(|token| !token.spaced);
        // "12/3-12/5" is two dates.
        let is_second = at >= 4 && self.is_dash(at - 1) && self.is_glued(at - 3, &['/', '.']);
        let goes_on = is_glued && !is_second && before.is_some_and(|token| token.is_mark(&MARKS));
        if goes_on || before.is_some_and(|token| token.is_mark(&['$', '€', '£', '#', '+'])) {
            return None;
        }
        let separator_at = |at: usize| match self.tokens.get(at)?.kind {
            Kind::Mark(mark) if MARKS.contains(&mark) => Some(mark),
            _ => None,
        };
        let ((first, figures), separator, (second, _)) = (number(at, 4)?, separator_at(at + 1)?, number(at + 2, 2)?);
        let is_close = self.is_glued(at + 1, &MARKS) && self.tokens.get(at + 2).is_some_and(|token| !token.spaced);
        let third = (separator_at(at + 3) == Some(separator)).then(|| number(at + 4, 4)).flatten();
        let third = third.filter(|_| self.tokens.get(at + 4).is_some_and(|token| !token.spaced || !is_close));
        // "2 - 15", and nothing else: no hours.
        let is_whole = self.tokens.len() == 3 && self.today.asked == LastQuestion::Nothing;
        let is_apart = separator == '/' && self.tokens.get(at + 1).is_some_and(|token| token.spaced);
        let is_no_hour = is_whole && separator == '-' && first.max(second) > 12;
        if !(is_close || is_apart || is_no_hour) {
            return None;
        }
        let now = self.today.now.date();
        let date = |day: i16, month: i16, year: Option<i16>| self.date_of(day, month, year);
        if figures == 4 {
            return (separator != '.').then(|| Some((5, date(third?.0, second, Some(first))?))).flatten();
        }
        let month_first = self.today.month_first && separator != '.';
        let (day, month) = if month_first { (second, first) } else { (first, second) };
        let either = |year: Option<i16>| {
            let (usual, other) = (date(day, month, year), date(month, day, year));
            // With points the day comes first, and where that is over the month does.
            // "Friday 4/12" is of December where the fourth of December is a Friday and the twelfth of April is none.
            let fits = |date: &Date| self.weekday_before(at) == Some(date.weekday());
            if let (Some(usual), Some(other)) = (&usual, &other)
                && fits(other)
                && !fits(usual)
            {
                return Some(*other);
            }
            let is_over = separator == '.' && usual.is_some_and(|date| date < now);
            if is_over { other.filter(|date| *date >= now).or(usual) } else { usual.or(other) }
        };
        // "8/1.5" is a fraction.
        let goes_on = self.is_glued(at + 3, &['.', ',', '/']) && self.is_figures(at + 4) && third.is_none();
        let goes_on = goes_on && self.tokens.get(at + 4).is_some_and(|token| !token.spaced);
        // "5/5S" is a name.
        let is_name = self.tokens.get(at + 3).is_some_and(|token| token.word().is_some() && !token.spaced);
        let goes_on = goes_on || (is_name && third.is_none() && !self.half_or_oclock(at + 3));
        let ends_in_unit = self.half_or_oclock(at + 3) || self.is_glued(at + 3, &[':']) || goes_on;
        match (third, separator) {
            (Some((year, 2 | 4)), _) => Some((5, either(Some(year))?)),
            (None, '/') if !ends_in_unit => Some((3, either(None)?)),
            // "15.3." and "15.03": with the point at the end, or where no hour is meant.
            (None, '.') if self.lexicon.day_comes_first && !ends_in_unit => {
                let ends = usize::from(self.is_glued(at + 3, &['.']));
                let (_, figures) = number(at + 2, 2)?;
                let asks_hour = [Atom::At, Atom::About, Atom::From, Atom::After, Atom::Before];
                let announced = self.preceded_by(at, &[Atom::OnDay]);
                let said = if self.lexicon.dates_with_points {
                    ends == 1 || (figures == 1 && announced) || (figures == 2 && !self.preceded_by(at, &asks_hour))
                } else {
                    announced
                };
                (second <= 12 && said).then(|| Some((3 + ends, date(first, second, None)?))).flatten()
            }
            // "Friday 7.6", "on 5.12": where the month comes first and no hour is meant.
            (None, '.') if self.today.month_first && !ends_in_unit => {
                let dated = date(second, first, None)?;
                let figures = number(at + 2, 2).map(|(_, figures)| figures);
                let fits = figures == Some(1) && self.weekday_before(at) == Some(dated.weekday());
                (fits || self.preceded_by(at, &[Atom::OnDay])).then_some((3, dated))
            }
            (None, '-') if self.is_announced(at) || is_whole => Some((3, either(None)?)),
            _ => None,
        }
    }

    /// `le 17 12`, `am 5 12 2026`, `20 02 27`: parted by spaces, where a day is announced or nothing else is said.
    pub(super) fn in_spaced_figures(&self, at: usize) -> Option<(usize, Date)> {
        let number = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.spaced && !token.begins_line)?;
            let Kind::Number(value, figures) = token.kind else { return None };
            Some((i16::try_from(value).ok()?, figures))
        };
        // "Dia 5 12".
        let dayish = self.is(at, Atom::DayWord).unwrap_or_default();
        let (begin, at) = (at, at + dayish);
        let first = self.tokens.get(at).filter(|token| token.spaced || at == 0)?;
        let Kind::Number(first, 1..=2) = first.kind else { return None };
        let first = i16::try_from(first).ok()?;
        let (second, figures) = number(at + 1).filter(|(_, figures)| *figures <= 2)?;
        let year = number(at + 2).filter(|(_, figures)| matches!(figures, 2 | 4)).map(|(year, _)| year);
        let length = if year.is_some() { 3 } else { 2 };
        let end = at + length;
        if self.half_or_oclock(end) || self.is_figures(end) || self.is_glued(end, &[':', '/', '.', '-', '%']) {
            return None;
        }
        let (day, month) = if self.today.month_first { (second, first) } else { (first, second) };
        let date = self.date_of(day, month, year)?;
        // "17 30" is an hour.
        let is_hour = figures == 2 && first <= 24 && year.is_none();
        let is_whole = at == 0 && self.tokens.len() == length && self.today.asked == LastQuestion::Nothing && !is_hour;
        let announced = self.lexicon.day_comes_first
            && (self.preceded_by(at, &[Atom::OnDay, Atom::DayWord])
                || self.weekday_before(at).is_some_and(|day| day == date.weekday()));
        (is_whole || announced).then_some((end - begin, date))
    }

    fn date_of(&self, day: i16, month: i16, year: Option<i16>) -> Option<Date> {
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        match year {
            Some(year) => Date::new(if year < 100 { 2_000 + year } else { year }, month, day).ok(),
            None => next_date(self.today.now.date(), month, day),
        }
    }

    /// The weekday right before, with or without a comma.
    pub(super) fn weekday_before(&self, at: usize) -> Option<Weekday> {
        let is_next = |end: usize| {
            let comma = || self.tokens.get(end).is_some_and(|token| token.is_mark(&[',']));
            end == at || (end + 1 == at && comma())
        };
        (at.saturating_sub(3)..at)
            .find_map(|start| self.weekday_name(start).filter(|(taken, _)| is_next(start + taken)).map(|(_, day)| day))
    }

    /// The name of a month.
    pub(super) fn month_name(&self, at: usize) -> Option<(usize, i8)> {
        let (length, month) = self.find(at, |atom| match atom {
            Atom::Month(month) | Atom::MonthOrWord(month) => Some(month),
            _ => None,
        })?;
        let point = self.is_glued(at + length, &['.']) && self.word(at).is_some_and(|word| word.len() <= 5);
        // "Oct. on Friday" goes on; after "Oct. On Friday" a sentence ends.
        let next = self.tokens.get(at + length + 1).and_then(|token| self.text.get(token.span.start..)?.chars().next());
        let goes_on = next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        Some((length + usize::from(point && goes_on), month))
    }

    /// `March 12th`, `12 de marzo`, `le premier mars`, with a year or without one.
    pub(super) fn of_month(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(found) = self.year_month_day(at) {
            return Some(found);
        }
        // "Sept trente" is half past seven.
        let (end, month, day) = if let Some((length, month)) = self.month_name(at).filter(|_| self.number(at).is_none())
        {
            let mut start = self.past(at + length, &[Atom::Link]);
            let parted = |marks: &[char]| self.tokens.get(start).is_some_and(|token| token.is_mark(marks));
            if parted(&['/', '-'])
                || self.is_glued(start, &['.']) && self.tokens.get(start + 1).is_some_and(|token| !token.spaced)
                || (parted(&[',']) && self.ordinal(start + 1).is_some())
            {
                start += 1;
            }
            let (more, day) = self.day_number(start).or_else(|| self.day_in_words(start))?;
            // "March 3:30" and "May 5pm" name no day.
            let end = start + more;
            let is_hour = self.half_or_oclock(end) && !self.is_half_apart(end);
            // "March in 1 year".
            if self.is_glued(end, &[':']) || is_hour || self.counts(end) {
                return None;
            }
            (start + more, month, day)
        } else {
            let (length, day) = self.day_number(at).or_else(|| self.day_before_of(at))?;
            let mut start = at + length;
            if let Some(found) = self.month_in_numbers(at, start, day) {
                return Some(found);
            }
            start += usize::from(self.is_glued(start, &['.', '-', '/', ',']));
            start = self.past_plain_days(start);
            start = self.past(start, &[Atom::Of]);
            start = self.past(start, &[Atom::MonthWord]);
            let (more, month) = self.month_name(start)?;
            (start + more, month, day)
        };
        let now = self.today.now.date();
        let (length, year) = self.year(end).unwrap_or_default();
        let date = if length > 0 { Date::new(year, month, day).ok() } else { next_date(now, month, day) };
        let point = usize::from(
            length == 0
                && self.lexicon.dates_with_points
                && self.is_glued(end, &['.'])
                && self.tokens.get(end + 1).is_some(),
        );
        Some((end + length + point * usize::from(self.ordinal(end).is_some()) - at, Said::Date(date?)))
    }

    /// Past `day` in "the 20th day of May", and not in "the first working day".
    pub(super) fn past_plain_days(&self, at: usize) -> usize {
        if self.is(at, Atom::WorkingDays).is_some() { at } else { self.past(at, &[Atom::Days]) }
    }

    /// The first day of `12 or 13 December`: the month stands behind the other.
    pub(super) fn day_before_or(&self, at: usize) -> Option<(usize, Said)> {
        let (length, day) = self.day_number(at)?;
        let end = at + length + usize::from(self.is_glued(at + length, &['.']));
        let or = self.is(end, Atom::Or)?;
        let (_, said) = self.of_month(self.past(end + or, &[Atom::Link, Atom::OnDay]))?;
        let Said::Date(other) = said else { return None };
        let date = other.with().day(day).build().ok()?;
        (date >= self.today.now.date()).then_some((end - at, Said::Date(date)))
    }

    /// "Feb 5 AM" is a morning, and "Feb 5am" an hour.
    pub(super) fn is_half_apart(&self, at: usize) -> bool {
        self.half_of_day(at).is_some() && self.tokens.get(at).is_some_and(|token| token.spaced)
    }

    /// `2026-Dec-1`, `2026/dec/1`.
    fn year_month_day(&self, at: usize) -> Option<(usize, Said)> {
        let Kind::Number(year @ 2000..=2999, 4) = self.tokens.get(at)?.kind else { return None };
        let is_parted = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_mark(&['-', '/', ',', '.']));
        let name = at + 1 + usize::from(is_parted(at + 1));
        let (length, month) = self.month_name(name)?;
        let figures = name + length + usize::from(is_parted(name + length));
        let (more, day) = self.day_number(figures).filter(|_| self.is_figures(figures))?;
        let date = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
        Some((figures + more - at, Said::Date(date)))
    }

    /// `December twenty three`, and not "may two people come".
    fn day_in_words(&self, at: usize) -> Option<(usize, i8)> {
        let (length, number) = self.number(at).filter(|(_, number)| (10..=31).contains(&number.value))?;
        Some((length, i8::try_from(number.value).ok()?)).filter(|_| self.ends_time(at + length))
    }

    /// `uno de marzo`, `twenty two of June`: with a month behind.
    fn day_before_of(&self, at: usize) -> Option<(usize, i8)> {
        let (length, number) = self.number(at).filter(|(_, number)| (1..=31).contains(&number.value))?;
        let of = self.is(at + length, Atom::Of)?;
        self.month_name(at + length + of)?;
        Some((length, i8::try_from(number.value).ok()?))
    }

    /// `el 21 del 3`, `am 7. vierten`, `am siebten vierten`: the month as a number behind the day at `at`.
    fn month_in_numbers(&self, at: usize, end: usize, day: i8) -> Option<(usize, Said)> {
        let spelled = || self.lexicon.dates_with_points && self.word(at).is_some() && self.word(end).is_some();
        let (next, month) = if let Some((length, month)) = self.ordinal(end).filter(|_| spelled()) {
            (end + length, month)
        } else if self.is_glued(end, &['.']) && self.lexicon.dates_with_points && self.word(end + 1).is_some() {
            let (length, month) = self.ordinal(end + 1)?;
            (end + 1 + length, month)
        } else if self.word(at).is_some() && self.lexicon.dates_with_points && self.is_glued(end + 1, &['.']) {
            // "Am siebten 4."
            let (_, month) = self.number(end).filter(|(length, number)| *length == 1 && number.figures > 0)?;
            (end + 2, i8::try_from(month.value).ok()?)
        } else if self.is_glued(end, &['.']) && self.lexicon.dates_with_points && self.is_glued(end + 2, &['.']) {
            // "5. 12."
            let (_, month) = self.number(end + 1).filter(|(length, number)| *length == 1 && number.figures > 0)?;
            (end + 3, i8::try_from(month.value).ok()?)
        } else {
            let of = self.is(end, Atom::OfNumber).filter(|_| self.is_figures(at) && self.is_announced(at))?;
            let (length, number) = self.number(end + of).filter(|(_, number)| number.figures > 0)?;
            (end + of + length, i8::try_from(number.value).ok()?)
        };
        let date = next_date(self.today.now.date(), month, day).filter(|_| !self.half_or_oclock(next))?;
        Some((next - at, Said::Date(date)))
    }

    /// A year after a date: ", 2027", "de 2027", "/2027", "this year".
    pub(super) fn year(&self, at: usize) -> Option<(usize, i16)> {
        let comma = usize::from(self.tokens.get(at).is_some_and(|token| token.is_mark(&[',', '.', '/', '-'])));
        let start = self.past(at + comma, &[Atom::Link, Atom::Of]);
        if let Kind::Number(year @ 1000..=2999, 4) = self.tokens.get(start)?.kind {
            return Some((start + 1 - at, i16::try_from(year).ok()?));
        }
        if let Some((length, year)) = self.year_in_words(start) {
            return Some((start + length - at, year));
        }
        let word = self.find(start, |atom| match atom {
            Atom::ThisYear => Some(0),
            Atom::NextYear => Some(1),
            _ => None,
        });
        word.map(|(length, ahead)| (start + length - at, self.today.now.year() + ahead))
    }

    /// `twenty twenty seven`.
    fn year_in_words(&self, at: usize) -> Option<(usize, i16)> {
        let (length, _) = self.find(at, |atom| (atom == Atom::Number(20)).then_some(()))?;
        let (more, rest) = self.number(at + length).filter(|(_, rest)| (20..40).contains(&rest.value))?;
        let year = 2_000 + i16::try_from(rest.value).ok()?;
        (rest.figures == 0).then_some((length + more, year))
    }

    pub(super) fn named_in_figures(&self, at: usize) -> Option<(usize, Said)> {
        self.in_figures(at).map(|(length, date)| (length, Said::Date(date)))
    }

    /// An hour's mark: "Uhr", "am", "h".
    pub(super) fn half_or_oclock(&self, at: usize) -> bool {
        self.half_of_day(at).is_some() || self.is(at, Atom::Oclock).is_some()
    }
}
