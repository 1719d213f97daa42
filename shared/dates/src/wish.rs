//! A wish: the days that fit, the hour, and what was not said.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time as CivilTime};
use serde::{Deserialize, Serialize};

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// The longest words kept of two wishes that stand apart, in characters.
const MAX_WORDS: usize = 80;
/// How far ahead a day may be.
const HORIZON_DAYS: i32 = 400;

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Until noon.
    Morning,
    /// Around lunch.
    Noon,
    /// Noon to five.
    Afternoon,
    /// From five.
    Evening,
    /// From six.
    Night,
    /// From five.
    AfterWork,
}

impl Part {
    /// From when to when, in minutes after midnight.
    #[must_use]
    pub fn window(self) -> (u16, u16) {
        match self {
            Self::Morning => (5 * 60, 12 * 60),
            Self::Noon => (11 * 60 + 30, 14 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening | Self::AfterWork => (17 * 60, 22 * 60),
            Self::Night => (18 * 60, DAY),
        }
    }
}

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Minutes after midnight. Below noon where `either`.
    pub minute: u16,
    /// Neither morning nor afternoon was said: `3` may be 15:00.
    pub either: bool,
}

impl Clock {
    pub(crate) fn sure(minute: u16) -> Self {
        Self { minute: minute % DAY, either: false }
    }

    /// As the half of the day says, where it was open.
    pub(crate) fn in_part(self, part: Part) -> Self {
        if !self.either {
            return self;
        }
        let minute = match part {
            Part::Morning => self.minute,
            // At noon, half past eleven is before it.
            Part::Noon if self.minute >= 11 * 60 => self.minute,
            _ => self.minute + DAY / 2,
        };
        Self::sure(minute)
    }

    /// The minute that is meant: the one of the two in which the business is open, else that of usual hours.
    fn minute_in(self, spans: &[(CivilTime, CivilTime)]) -> u16 {
        if !self.either {
            return self.minute;
        }
        let (early, late) = (self.minute, (self.minute + DAY / 2) % DAY);
        let is_open =
            |minute: u16| spans.iter().any(|(from, to)| (minutes(*from)..minutes_until(*to)).contains(&minute));
        match (is_open(early), is_open(late)) {
            (true, false) => early,
            (false, true) => late,
            _ if (8 * 60..12 * 60).contains(&early) => early,
            _ => late,
        }
    }
}

/// When on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// At that time.
    At(Clock),
    /// Any time between the two.
    Between(Clock, Clock),
    /// Not before.
    From(Clock),
    /// Not after.
    Until(Clock),
    /// In that part of the day.
    Part(Part),
}

/// What the days were named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// A weekday alone, which may stand in any week.
    Weekday,
    /// A day of the calendar, or one counted from today.
    Date,
    /// A week, a weekend, a month: one of its days is wanted.
    Span,
    /// All days but some.
    Any,
}

/// The days that fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// In order, at least one.
    pub dates: Vec<Date>,
    /// What they were named by.
    pub named: Named,
    /// Two things were said of the day that are not both true: "Monday the 15th", where the 15th is none.
    #[serde(default)]
    pub conflict: bool,
}

/// A change of what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// So many days later.
    Days(i8),
    /// So many minutes later.
    Minutes(i16),
}

/// What somebody says of when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Their words.
    pub words: String,
    /// The days that fit; `None`: none was named.
    #[serde(default)]
    pub days: Option<Days>,
    /// When on such a day.
    #[serde(default)]
    pub time: Option<Time>,
    /// About that time.
    #[serde(default)]
    pub about: bool,
    /// As soon as possible.
    #[serde(default)]
    pub soon: bool,
    /// Any time will do.
    #[serde(default)]
    pub any_time: bool,
    /// Changes what was said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
    /// Bytes of the text in which `words` stand.
    #[serde(skip)]
    pub span: std::ops::Range<usize>,
}

/// When a business is open.
pub trait Hours {
    /// The spans in which it is open on a day, in order; empty: closed.
    fn open_on(&self, date: Date) -> Vec<(CivilTime, CivilTime)>;
}

/// Why a wish cannot be met as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Closed on that day.
    Closed(Date),
    /// Open on that day, not at that time.
    OutsideHours(Date),
    /// It has been.
    Past,
    /// The weekday is not that of the date.
    Conflict,
}

/// A wish with the opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visit {
    /// The one day that fits; `None`: none or several.
    pub date: Option<Date>,
    /// The time at which it begins.
    pub at: Option<CivilTime>,
    /// From when to when it may begin, where no time was said.
    pub window: Option<(CivilTime, CivilTime)>,
    /// Why it cannot be so.
    pub problem: Option<Problem>,
}

impl Wish {
    /// How much it says: a day and an hour before either, either before a part, that before "soon".
    #[must_use]
    pub fn weight(&self) -> u8 {
        let day = self.days.as_ref().map_or(0, |days| if days.dates.len() == 1 { 8 } else { 6 });
        let time = match self.time {
            Some(Time::At(_)) => 4,
            Some(Time::Part(_)) => 2,
            Some(_) => 3,
            None => 0,
        };
        day + time + u8::from(self.soon || self.any_time || self.shift.is_some())
    }

    /// The one day that fits.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self.days.as_ref()?.dates.as_slice() {
            [date] => Some(*date),
            _ => None,
        }
    }

    /// Whether it names an hour.
    #[must_use]
    pub fn has_hour(&self) -> bool {
        matches!(self.time, Some(Time::At(_)))
    }

    /// Two wishes of one text: together where they say different things, else the one that says more, of equals the second.
    pub(crate) fn joined_with(self, second: Self, text: &str, now: DateTime) -> Self {
        let has_time = |wish: &Self| wish.time.is_some() || wish.any_time;
        let (first_days, second_days) = (self.days.is_some(), second.days.is_some());
        let apart = (first_days != second_days || second.shift.is_some()) && !(has_time(&self) && has_time(&second));
        if !apart {
            return if second.weight() >= self.weight() { second } else { self };
        }
        let span = self.span.start..second.span.end;
        let words = text
            .get(span.clone())
            .filter(|words| words.chars().count() <= MAX_WORDS)
            .unwrap_or(&second.words)
            .to_owned();
        Self { words, span, ..self.completed_by(&second, now) }
    }

    /// This wish with what is said later: a day or an hour takes the place of the one before, a shift moves it, and what is not
    /// said again stays. A weekday alone stays in the week that was spoken of.
    #[must_use]
    pub fn completed_by(&self, later: &Self, now: DateTime) -> Self {
        let mut whole = self.clone();
        match later.shift {
            Some(Shift::Days(days)) => whole.move_days(days, now),
            Some(Shift::Minutes(minutes)) => whole.move_time(minutes),
            None => {}
        }
        if let Some(days) = &later.days {
            whole.days = Some(match (&self.days, days.named) {
                (Some(before), Named::Weekday) => same_week(before, days, now.date()),
                (Some(before), Named::Span | Named::Date) => narrowed(before, days),
                _ => days.clone(),
            });
        }
        if let Some(time) = later.time {
            whole.time = Some(match (self.time, time) {
                // "In the morning", then "at 9": the hour is of the morning.
                (Some(Time::Part(part)), Time::At(clock)) => Time::At(clock.in_part(part)),
                (Some(Time::Part(Part::Morning)), Time::From(clock)) => Time::From(clock.in_part(Part::Morning)),
                // "At 9", then "in the morning": the hour stays.
                (Some(Time::At(clock)), Time::Part(part)) if clock.either => Time::At(clock.in_part(part)),
                _ => time,
            });
            whole.about = later.about;
        }
        whole.soon = (self.soon && later.days.is_none()) || later.soon;
        whole.any_time = self.any_time || later.any_time;
        if !later.words.is_empty() && later.words != self.words {
            whole.words = later.words.clone();
        }
        whole.shift = None;
        whole
    }

    fn move_days(&mut self, count: i8, now: DateTime) {
        let Some(days) = &mut self.days else { return };
        let moved = |date: &Date| date.checked_add(i32::from(count).days()).ok();
        let dates: Vec<Date> = days.dates.iter().filter_map(moved).filter(|date| *date >= now.date()).collect();
        if !dates.is_empty() {
            *days = Days { dates, named: Named::Date, conflict: false };
        }
    }

    fn move_time(&mut self, count: i16) {
        if let Some(Time::At(clock)) = &mut self.time {
            let moved = (i32::from(clock.minute) + i32::from(count)).rem_euclid(i32::from(DAY));
            clock.minute = u16::try_from(moved).unwrap_or(clock.minute);
            clock.either &= clock.minute < DAY / 2;
        }
    }

    /// The day and the hour that are meant, by the opening hours, and what stands against them at `now`.
    #[must_use]
    pub fn resolve(&self, hours: &dyn Hours, now: DateTime) -> Visit {
        let date = self.date().or_else(|| self.only_open_day(hours));
        // Without a day, usual hours say what "3" is: those of the next open day.
        let spans = date.map_or_else(|| next_spans(hours, now.date()), |date| hours.open_on(date));
        let (at, window) = match self.time {
            None => (None, None),
            Some(Time::At(clock)) => (Some(clock.minute_in(&spans)), None),
            Some(Time::Between(from, to)) => {
                let from = from.minute_in(&spans);
                let until = [to.minute, to.minute + DAY / 2].into_iter().find(|minute| *minute > from);
                (None, Some((from, until.unwrap_or(to.minute))))
            }
            Some(Time::From(clock)) => (None, Some((clock.minute_in(&spans), last(&spans)))),
            Some(Time::Until(clock)) => (None, Some((first(&spans), clock.minute_in(&spans)))),
            Some(Time::Part(part)) => (None, Some(part.window())),
        };
        let problem = self.problem(date, at, window, &spans, now);
        let civil = |(from, to)| (civil(from), civil(to));
        Visit { date, at: at.map(self::civil), window: window.map(civil), problem }
    }

    /// Of several days, the one on which the business is open.
    fn only_open_day(&self, hours: &dyn Hours) -> Option<Date> {
        let dates = &self.days.as_ref()?.dates;
        let mut open = dates.iter().filter(|date| !hours.open_on(**date).is_empty());
        let only = open.next().filter(|_| dates.len() <= 3)?;
        open.next().is_none().then_some(*only)
    }

    fn problem(
        &self,
        date: Option<Date>,
        at: Option<u16>,
        window: Option<(u16, u16)>,
        spans: &[(CivilTime, CivilTime)],
        now: DateTime,
    ) -> Option<Problem> {
        if self.days.as_ref().is_some_and(|days| days.conflict) {
            return Some(Problem::Conflict);
        }
        let date = date?;
        if date < now.date() || (date == now.date() && at.is_some_and(|at| at <= minutes(now.time()))) {
            return Some(Problem::Past);
        }
        if spans.is_empty() {
            return Some(Problem::Closed(date));
        }
        let is_open =
            |minute: u16| spans.iter().any(|(from, to)| (minutes(*from)..minutes_until(*to)).contains(&minute));
        let touches = |(from, to): (u16, u16)| {
            spans.iter().any(|(open, close)| from < minutes_until(*close) && minutes(*open) < to)
        };
        let outside = at.is_some_and(|at| !is_open(at)) || window.is_some_and(|window| !touches(window));
        outside.then_some(Problem::OutsideHours(date))
    }
}

/// A weekday said after another day: that of the same week where it is still to come.
fn same_week(before: &Days, later: &Days, today: Date) -> Days {
    let [wanted] = later.dates.as_slice() else { return later.clone() };
    let within = before.dates.iter().find(|date| date.weekday() == wanted.weekday());
    if let Some(date) = within.filter(|_| before.named == Named::Span) {
        return Days { dates: vec![*date], named: Named::Date, conflict: false };
    }
    let [spoken] = before.dates.as_slice() else { return later.clone() };
    let ahead = i32::from(wanted.weekday().to_monday_zero_offset() - spoken.weekday().to_monday_zero_offset());
    let same = spoken.checked_add(ahead.days()).ok().filter(|date| *date > today);
    match same {
        Some(date) if before.named == Named::Date => Days { dates: vec![date], named: Named::Date, conflict: false },
        _ => later.clone(),
    }
}

/// A week said after a weekday is the week of that weekday.
fn narrowed(before: &Days, later: &Days) -> Days {
    let both: Vec<Date> = match before.named {
        Named::Weekday if later.named == Named::Span => {
            let weekdays: Vec<_> = before.dates.iter().map(|date| date.weekday()).collect();
            later.dates.iter().copied().filter(|date| weekdays.contains(&date.weekday())).collect()
        }
        Named::Any => later.dates.iter().copied().filter(|date| before.dates.contains(date)).collect(),
        _ => Vec::new(),
    };
    if both.is_empty() { later.clone() } else { Days { dates: both, named: Named::Date, conflict: false } }
}

fn next_spans(hours: &dyn Hours, today: Date) -> Vec<(CivilTime, CivilTime)> {
    let days = (1..=7).filter_map(|ahead: i32| today.checked_add(ahead.days()).ok());
    days.map(|date| hours.open_on(date)).find(|spans| !spans.is_empty()).unwrap_or_default()
}

fn first(spans: &[(CivilTime, CivilTime)]) -> u16 {
    spans.first().map_or(0, |(from, _)| minutes(*from))
}

fn last(spans: &[(CivilTime, CivilTime)]) -> u16 {
    spans.last().map_or(DAY - 1, |(_, to)| minutes_until(*to).min(DAY - 1))
}

pub(crate) fn minutes(time: CivilTime) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or_default()
}

/// Midnight, as an end, is that of the day's end.
fn minutes_until(time: CivilTime) -> u16 {
    if time == CivilTime::midnight() { DAY } else { minutes(time) }
}

fn civil(minute: u16) -> CivilTime {
    let minute = minute.min(DAY - 1);
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    CivilTime::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or(CivilTime::midnight())
}

pub(crate) fn is_ahead(date: Date, today: Date) -> bool {
    date >= today && today.checked_add(HORIZON_DAYS.days()).is_ok_and(|end| date <= end)
}
