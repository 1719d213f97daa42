//! Parts that belong together, and the wish that they are.

use std::ops::Range;

use super::{MAX_LINKS, Parser, Piece};
use crate::LastQuestion;
use crate::calendar::{self, Period, Said};
use crate::lexicon::Atom;
use crate::tokens::{Kind, Token, tidy};
use crate::wish::{Change, Clock, Part, Time, Wish};

/// A part and where it stands.
pub(super) struct Placed {
    pub(super) piece: Piece,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Parts that belong together.
#[derive(Default)]
pub(super) struct Run {
    pub(super) parts: Vec<Placed>,
    /// It is another choice beside the run before: "at 3 or 5".
    is_alternative: bool,
    /// Where to read on, if the next run is another choice beside this one.
    alternative_at: Option<usize>,
}

impl Parser<'_> {
    /// All wishes, in order.
    pub(crate) fn wishes(&self) -> Vec<Wish> {
        let mut wishes: Vec<Wish> = Vec::new();
        let mut busy: Vec<usize> = Vec::new();
        let (mut at, mut is_alternative) = (0, false);
        while at < self.tokens.len() {
            if let Some((length, days)) = self.over_days(at) {
                if self.is_busy(at, at + length) {
                    busy.extend((0..days.len()).map(|day| wishes.len() + day));
                }
                wishes.extend(days);
                at += length;
                is_alternative = false;
                continue;
            }
            let run = self.run_at(at, is_alternative);
            let Some(last) = run.parts.last() else {
                at += 1;
                is_alternative = false;
                continue;
            };
            at = run.alternative_at.unwrap_or(last.to).max(at + 1);
            let before = wishes.len();
            if self.is_compared(wishes.last(), &run) {
                // "Friday rather than Thursday" is Friday.
            } else if let Some(mut wish) = self.wish(&run) {
                if run.is_alternative
                    && let Some(before) = wishes.last()
                {
                    wish.day = wish.day.or_else(|| before.day.clone());
                }
                // "Friday at 9? No, make it 10."
                if let (Some(before), Some(first)) = (wishes.last(), run.parts.first())
                    && self.is_correction(first.from)
                {
                    wish.day = wish.day.or_else(|| before.day.clone());
                    wish.time = wish.time.or(before.time);
                }
                let (from, to) = run.parts.first().zip(run.parts.last()).map_or((0, 0), |(a, z)| (a.from, z.to));
                if self.is_busy(from, to) {
                    busy.push(wishes.len());
                }
                wishes.push(wish);
            } else if run.parts.iter().any(|part| part.piece.is_day() || matches!(part.piece, Piece::Time(_))) {
                self.refused.borrow_mut().extend(self.bytes(&run));
            }
            is_alternative = run.alternative_at.is_some() && wishes.len() > before;
        }
        // "I have a wedding on Saturday. Can we do Thursday?"
        let is_wanted = |(at, wish): (usize, &Wish)| !busy.contains(&at) && wish.day.is_some();
        // "I have a wedding on Saturday, could you change the day?"
        let moves = || (0..self.tokens.len()).any(|at| self.is(at, Atom::Moves).is_some());
        if !busy.is_empty() && (wishes.iter().enumerate().any(is_wanted) || moves()) {
            let all = wishes.into_iter().enumerate();
            return all.filter(|(at, _)| !busy.contains(at)).map(|(_, wish)| wish).collect();
        }
        wishes
    }

    /// "I have a wedding on Saturday", "Friday I have a meeting".
    fn is_busy(&self, from: usize, to: usize) -> bool {
        let busy = |at: usize| self.is(at, Atom::Busy).is_some();
        let behind = || busy(to) || (self.word(to).is_some() && self.is(to, Atom::Asks).is_none() && busy(to + 1));
        self.clause_before(from).any(busy) || behind()
    }

    /// Whether what begins at `at` takes back what was said before it: "no, better", "no, make it", "sorry".
    fn is_correction(&self, at: usize) -> bool {
        let past_comma = |at: usize| at + usize::from(self.tokens.get(at).is_some_and(|token| token.is_mark(&[','])));
        let corrects = |start: usize| {
            let end = self.is(start, Atom::Corrects).map(|length| past_comma(start + length));
            end.is_some_and(|end| end == at || self.is(end, Atom::Rather).is_some())
        };
        (at.saturating_sub(MAX_LINKS)..at).any(corrects)
    }

    /// Whether nothing but "than" stands between the wish before and this run.
    fn is_compared(&self, before: Option<&Wish>, run: &Run) -> bool {
        let (Some(before), Some(first)) = (before, run.parts.first()) else { return false };
        let than = (first.from.saturating_sub(2)..first.from).find(|at| self.is(*at, Atom::Than).is_some());
        than.and_then(|at| at.checked_sub(1))
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|token| token.span.end == before.span.end)
    }

    fn bytes(&self, run: &Run) -> Option<Range<usize>> {
        let (first, last) = (run.parts.first()?, run.parts.last()?);
        Some(self.tokens.get(first.from)?.span.start..self.tokens.get(last.to - 1)?.span.end)
    }

    /// Whether bytes of the text are of what looks like a time and is none. Asked after [`Self::wishes`].
    pub(crate) fn is_noise(&self, span: &Range<usize>) -> bool {
        if self.refused.borrow().iter().any(|refused| refused.start < span.end && span.start < refused.end) {
            return true;
        }
        (0..self.tokens.len()).any(|at| {
            let bytes = |at: usize| self.tokens.get(at).map(|token| &token.span);
            let noise = self.is(at, Atom::Noise).and_then(|length| bytes(at).zip(bytes(at + length - 1)));
            noise.is_some_and(|(first, last)| first.start < span.end && span.start < last.end)
        })
    }

    /// The parts that begin at `start` and belong together.
    fn run_at(&self, start: usize, is_alternative: bool) -> Run {
        let mut run = Run { is_alternative, ..Run::default() };
        let mut next = self.piece_at(start, false, false).map(|found| (start, found));
        while let Some((at, (length, piece))) = next {
            if run.parts.last().is_some_and(|last| self.is_other(&run, last.to, at, (length, piece))) {
                run.alternative_at = Some(at);
                break;
            }
            if run.parts.last().is_some_and(|last| self.is_another_day(last, at, piece)) {
                break;
            }
            run.parts.push(Placed { piece, from: at, to: at + length });
            if matches!(piece, Piece::Noise) {
                break;
            }
            let has_day = run.parts.iter().any(|part| part.piece.is_day());
            next = self.piece_after_links(at + length, has_day);
        }
        run
    }

    /// The next part, after at most [`MAX_LINKS`] joining words.
    fn piece_after_links(&self, from: usize, has_day: bool) -> Option<(usize, (usize, Piece))> {
        let mut at = from;
        for _ in 0..=MAX_LINKS {
            if let Some(found) = self.piece_at(at, has_day, true) {
                return Some((at, found));
            }
            at += self.link(at)?;
        }
        None
    }

    /// Whether a part is of another wish: a day and an hour were said, and here comes another, or after an "or" another hour.
    fn is_other(&self, run: &Run, gap: usize, at: usize, (length, piece): (usize, Piece)) -> bool {
        let has = |test: fn(Piece) -> bool| run.parts.iter().any(|part| test(part.piece));
        let chooses = (gap..at).any(|at| self.is_any(at, &[Atom::Or, Atom::And]).is_some());
        let is_hour = |piece: Piece| piece.is_time() && !matches!(piece, Piece::Time(Time::Part(_)));
        let is_weekday = |piece: Piece| matches!(piece, Piece::Day(Said::Weekday(_) | Said::WeekdayOf(..)));
        let again = piece.is_day() && has(Piece::is_day) && has(Piece::is_time);
        // "Not before 2 and not after 5" are one.
        let closes =
            matches!(piece, Piece::Time(Time::Until(_))) && has(|piece| matches!(piece, Piece::Time(Time::From(_))));
        let hour_again = chooses && is_hour(piece) && has(is_hour) && !closes;
        // "Thursday I can do after 2 and Friday not at all": what was said before is not of a Friday.
        let is_refused = chooses && is_weekday(piece) && has(Piece::is_time) && self.is_unfit(at + length);
        is_refused || (again && (chooses || (is_weekday(piece) && has(is_weekday)))) || hour_again
    }

    /// "I can't make it tomorrow, is Friday possible?": a weekday that is not that of the near day before it, with no "or" between.
    fn is_another_day(&self, last: &Placed, at: usize, piece: Piece) -> bool {
        let (Piece::Day(Said::Date(date)), Piece::Day(Said::Weekday(day))) = (last.piece, piece) else { return false };
        let chooses = (last.to..at).any(|at| self.is_any(at, &[Atom::Or, Atom::And]).is_some());
        self.relative(last.from).is_some() && day != date.weekday() && last.to < at && !chooses
    }

    /// The wish that a run is; `None` where it is none after all.
    fn wish(&self, run: &Run) -> Option<Wish> {
        let (first, last) = (run.parts.first()?, run.parts.last()?);
        let is_noise = run.parts.iter().any(|placed| matches!(placed.piece, Piece::Noise));
        let has_been = self.has_been(first.from, last.to) || self.has_waited(first.from);
        if is_noise || has_been || self.tells_what_happened(run) {
            return None;
        }
        let mut wish = Wish::default();
        let (mut said, mut parts, mut times) = (Vec::new(), Vec::new(), Vec::new());
        let has_day = run.parts.iter().any(|placed| placed.piece.is_day());
        let about = run.parts.iter().any(|placed| matches!(placed.piece, Piece::About(_)));
        // The hour of a day that does not fit.
        let mut refused_time = None;
        for (at, placed) in run.parts.iter().enumerate() {
            if let Some(time) = self.refused_time(run, at) {
                refused_time = Some(time);
                continue;
            }
            match placed.piece {
                Piece::Day(day) => said.push(self.refused_too(run, at).unwrap_or(day)),
                Piece::Time(Time::Part(part)) => parts.push(part),
                Piece::Time(time) => times.push(time),
                Piece::About(Some(clock)) => times.push(Time::At(clock)),
                Piece::Both(day, time) => {
                    said.push(day);
                    match time {
                        Time::Part(part) => parts.push(part),
                        time => times.push(time),
                    }
                }
                Piece::OfToday(time) => {
                    if !has_day {
                        said.push(Said::Date(self.today.now.date()));
                    }
                    if let Time::Part(part) = time {
                        parts.push(part);
                    }
                }
                Piece::PerhapsHour(clock) => {
                    if self.is_hour(run, placed) {
                        times.push(Time::At(clock));
                    }
                }
                Piece::Moment(day, clock) => {
                    said.push(day);
                    times.push(Time::At(clock));
                    wish.about = true;
                }
                Piece::Soon => wish.soon = true,
                Piece::AnyTime => wish.any_time = true,
                Piece::Change(change) => {
                    wish.change = Some(change);
                    // "The following week" is a change, and by itself next week.
                    let start = self.past(placed.from, &[Atom::Link]);
                    if let Some((_, said_too)) = self.period(start).or_else(|| self.relative(start)) {
                        said.push(said_too);
                    } else if let (Change::Days(count @ 1..), [.., Said::NotDate(date)]) = (change, said.as_slice()) {
                        // "Not tomorrow, the day after".
                        said.push(Said::Date(calendar::plus(*date, count.into())?));
                        wish.change = None;
                    } else if !has_day
                        && (placed.from..placed.to).any(|at| self.is(at, Atom::Weeks).is_some())
                        && change == Change::Days(7)
                        && self.number(placed.from).is_none()
                    {
                        // "The week after", of which nothing was said before.
                        said.push(Said::Period(Period::Week(1)));
                    } else if let Change::Days(count @ 1..) = change
                        // "The day after", of which nothing was said before.
                        && (count == 1 || self.number(placed.from).is_some())
                    {
                        said.push(Said::Date(calendar::plus(self.today.now.date(), count.into())?));
                    }
                }
                Piece::About(None) | Piece::OrLater | Piece::OrEarlier | Piece::Unfit | Piece::Noise => {}
            }
        }
        // "A table for two tomorrow at 20:00": the hour that can be only one counts.
        if let [Time::At(one), Time::At(other)] = times.as_slice()
            && one.either
            && !other.either
        {
            times.remove(0);
        }
        let is_unfit = self.is_unfit(last.to);
        if let [one] = times.as_mut_slice()
            && said.is_empty()
            && (is_unfit || self.works_until(run))
        {
            // "Before 5 does not work", "I work until 5": after it.
            *one = match *one {
                Time::Until(clock) => Time::From(clock),
                Time::From(clock) if is_unfit => Time::Until(clock),
                other => other,
            };
        }
        let is_bound = matches!(times.as_slice(), [Time::From(_) | Time::Until(_)]) && said.is_empty();
        if is_unfit && !is_bound {
            // "Tuesday does not work", "3 is too early".
            said = self.all_refused(&said);
            (refused_time, times) = (time_of(&times, &parts), Vec::new());
            parts.clear();
        }
        // "Not Tuesday, at 6".
        if !said.is_empty() && said.iter().all(|one| one.refuses()) {
            times.clear();
            parts.clear();
        }
        if self.is_move(first.from, last.to) {
            // "Move it from Monday to Wednesday": to there.
            for one in &mut said {
                *one = if let Said::Between(_, to) = *one { Said::Date(to) } else { *one };
            }
            for time in &mut times {
                *time = if let Time::Between(_, to) = *time { Time::At(to) } else { *time };
            }
        }
        if times.is_empty() && parts.is_empty() {
            self.open_days(run, &mut said)?;
        }
        wish.about |= about;
        wish.alternative = run.is_alternative;
        wish.except = calendar::excluded(&said);
        wish.refused = calendar::refused(&said, refused_time, self.today.now.date());
        let is_choice = run.parts.windows(2).any(|pair| match pair {
            [one, two] => two.piece.is_day() && (one.to..two.from).any(|at| self.is(at, Atom::Or).is_some()),
            _ => false,
        });
        wish.day = if is_choice {
            calendar::choice(&said, self.today.now.date())
        } else {
            calendar::days(&said, self.today.now.date())
        };
        if let (Some(Change::Days(count)), Some(day), true) = (wish.change, &mut wish.day, has_day) {
            // "Tomorrow or the day after".
            let after: Vec<_> = day.dates.iter().filter_map(|date| calendar::plus(*date, count.into())).collect();
            day.dates.extend(after);
            day.dates.retain(|date| calendar::is_ahead(*date, self.today.now.date()));
            day.dates.sort_unstable();
            day.dates.dedup();
            wish.change = None;
        }
        if !said.is_empty() && wish.day.is_none() {
            return None;
        }
        wish.time = self.parts_between(run).filter(|_| times.is_empty()).or(time_of(&times, &parts));
        if let Some(Time::At(clock)) = wish.time {
            let has = |test: fn(&Piece) -> bool| run.parts.iter().any(|placed| test(&placed.piece));
            if has(|piece| matches!(piece, Piece::OrLater)) {
                wish.time = Some(Time::From(clock));
            } else if has(|piece| matches!(piece, Piece::OrEarlier)) {
                wish.time = Some(Time::Until(clock));
            }
        }
        if self.is_greeting(run)
            || self.is_over(&wish)
            || self.is_done_today(&wish, first.from)
            || self.is_bare_night(run)
            || self.is_of_the_sun(run)
            || self.is_of_a_call(run)
        {
            return None;
        }
        let says = wish.day.is_some() || wish.time.is_some() || wish.soon || wish.any_time || wish.change.is_some();
        if !says {
            return None;
        }
        let span = self.bytes(run)?;
        wish.words = tidy(self.text.get(span.clone())?);
        wish.span = span;
        Some(wish)
    }

    /// Whether a number is an hour: beside a day or after "or" where it counts nothing ("Monday 10", and not "Monday 10 people"),
    /// or as the whole answer to "when?".
    fn is_hour(&self, run: &Run, placed: &Placed) -> bool {
        // "1, 14 janvier" is no hour and a date.
        let is_first = run.parts.first().is_some_and(|first| first.from == placed.from);
        let comma = self.tokens.get(placed.to).is_some_and(|token| token.is_mark(&[',']));
        if is_first && comma && self.is_figures(placed.to + 1) {
            return false;
        }
        // "Le 17 02" is a date.
        if self.tokens.get(placed.from).is_some_and(|token| matches!(token.kind, Kind::Number(0..=9, 2))) {
            return false;
        }
        let beside = run.is_alternative
            || run.parts.iter().any(|part| {
                // Nobody says "3 next week" of an hour.
                (part.piece.is_day() && !matches!(part.piece, Piece::Day(Said::Period(_))))
                    || matches!(part.piece, Piece::Time(_) | Piece::OfToday(_) | Piece::About(_))
            });
        if beside {
            return self.ends_time(placed.to)
                && (run.parts.first().is_none_or(|first| first.from < placed.from)
                    || run.parts.iter().any(|part| matches!(part.piece, Piece::About(_)))
                    || self.may_begin(placed.from));
        }
        if self.today.asked != LastQuestion::When || !self.ends_time(placed.to) {
            return false;
        }
        let covered: usize = run.parts.iter().map(|placed| placed.to - placed.from).sum();
        let is_little = |tokens: &[Token]| tokens.iter().filter(|token| token.word().is_some()).count() <= covered + 2;
        // "9 is fine. I'm Laura Chen, 303 555 0144": a clause of its own.
        is_little(self.tokens) || (self.may_begin(placed.from) && is_little(self.clause(placed.from)))
    }

    /// The tokens of the clause that `at` is in.
    fn clause(&self, at: usize) -> &[Token] {
        let ends = |token: &Token| token.is_mark(&['.', ',', ';', '!', '?']);
        let (before, after) = self.tokens.split_at_checked(at).unwrap_or_default();
        let start = before.iter().rposition(ends).map_or(0, |end| end + 1);
        let end = after
            .iter()
            .skip(1)
            .position(|token| ends(token) || token.begins_line)
            .map_or(self.tokens.len(), |end| at + 1 + end);
        self.tokens.get(start..end).unwrap_or_default()
    }

    /// Whether what stands before `at` is no noun that a number could belong to: "building 4".
    fn may_begin(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        self.word(before).is_none()
            || self.is(before, Atom::GoesOn).is_some()
            || self.preceded_by(
                at,
                &[Atom::Link, Atom::And, Atom::Or, Atom::Of, Atom::At, Atom::AtPerhaps, Atom::GoesOn, Atom::OnDay],
            )
    }
}

/// The time that hours and parts of a day make together.
fn time_of(times: &[Time], parts: &[Part]) -> Option<Time> {
    let within = |clock: Clock| parts.first().map_or(clock, |part| clock.in_part(*part));
    match (times, parts) {
        ([], []) => None,
        ([], [part, ..]) => Some(Time::Part(*part)),
        // "After 2, before 5".
        ([Time::From(from), Time::Until(to)] | [Time::Until(to), Time::From(from)], _) => {
            Some(Time::Between(within(*from), within(*to)))
        }
        ([time, ..], _) => Some(match *time {
            Time::At(clock) => Time::At(within(clock)),
            Time::Between(from, to) => Time::Between(within(from), within(to)),
            Time::From(clock) => Time::From(within(clock)),
            Time::Until(clock) => Time::Until(within(clock)),
            Time::Part(part) => Time::Part(part),
        }),
    }
}
