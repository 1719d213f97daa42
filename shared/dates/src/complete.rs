//! What is said later completes or corrects what was said before.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use crate::calendar::{is_ahead, month_of};
use crate::wish::{Change, Choice, Clock, Day, Named, Part, Time, Wish};

/// Of so many days one is chosen; more are a span.
const MAX_CHOICE: usize = 3;

impl Wish {
    /// This wish with what is said later, at `now`.
    ///
    /// - A day or an hour takes the place of the one before; what is not said again stays: "Thursday at 3", then "make it
    ///   Friday", is Friday at 3.
    /// - A weekday or a day of the month stays within the week or month that was spoken of: "next week", then "Thursday";
    ///   "in May", then "the 12th". A week or month said after a weekday is narrowed by it.
    /// - A part of the day goes with a later hour that lies in it, and no other: "in the afternoon", then "Monday at 11".
    /// - "The week after" and "an hour later" move what there is; "later" and "earlier" leave the time open on that side.
    /// - "In the morning" after "at 9" says which 9; after "at 3" in the afternoon it takes the place of the hour.
    /// - Of several days that were said with their hours, one that is named again has its own hour: "Monday at 9 or Tuesday at
    ///   6", then "Tuesday", is Tuesday at 6, and so is "at 6".
    /// - Nights stay as many when the day of arrival moves.
    /// - Days that do not fit are taken out of the days; where none is left, any other will do. "Not Tuesday at 6" takes back the hour
    ///   too, where it is the one that was said.
    #[must_use]
    pub fn completed_by(&self, later: &Self, now: DateTime) -> Self {
        let mut whole = self.clone();
        match later.change {
            Some(Change::Days(days)) => whole.move_days(days, now.date()),
            Some(Change::Minutes(minutes)) => whole.move_time(minutes),
            Some(Change::Later) => whole.time = whole.time.map(after),
            Some(Change::Earlier) => whole.time = whole.time.map(before),
            None => {}
        }
        // "The following week" moves what there is.
        let moves = later.change.is_some() && self.day.is_some();
        if let Some(day) = later.day.as_ref().filter(|_| !moves) {
            whole.day = Some(match &self.day {
                Some(before) => narrowed(before, day, now.date()),
                None => day.clone(),
            });
            (whole.except, whole.refused) = Default::default();
        }
        add_new(&mut whole.except, &later.except);
        add_new(&mut whole.refused, &later.refused);
        if later.has_refused() && later.day.as_ref().is_none_or(|day| day.named == Named::Any) {
            whole.time = whole.time.filter(|time| !self.is_refused_by(later, *time));
            let rest = |day: &Day| day.dates.iter().copied().filter(|date| !later.refuses(*date)).collect();
            if let Some(before) = &self.day {
                let rest = Day { dates: rest(before), ..before.clone() };
                whole.day = if rest.dates.is_empty() { whole.day } else { Some(rest) };
            }
        }
        if let Some(time) = later.time {
            whole.time = Some(refined(self.time, time));
            whole.about = later.about;
        } else if later.soon && later.day.is_some() {
            // "What is your earliest on Monday?" is not at the hour that was said of another day.
            whole.time = None;
        }
        if let Some(choice) = self.chosen(later) {
            whole.day = Some(Day { dates: vec![choice.date], named: Named::Date, conflict: false });
            whole.time = choice.time;
            // The first is open until one is chosen: that one goes to the end.
            whole.choices.retain(|one| *one != choice);
            whole.choices.push(choice);
        } else if later.day.is_some() || later.time.is_some() {
            whole.choices.clone_from(&later.choices);
        }
        whole.nights = later.nights.or(self.nights);
        whole.counted = if later.nights.is_some() { later.counted } else { self.counted };
        whole.soon = (self.soon && later.day.is_none()) || later.soon;
        whole.any_time = (self.any_time && later.time.is_none()) || later.any_time;
        if !later.words.is_empty() {
            whole.words.clone_from(&later.words);
            whole.span = later.span.clone();
        }
        whole.change = None;
        whole
    }

    /// Whether `time`, said before, is the hour that `later` says no to: of that weekday, or of whatever day.
    fn is_refused_by(&self, later: &Self, time: Time) -> bool {
        let is_its_day = |no: &Choice| self.date().is_none_or(|date| date.weekday() == no.date.weekday());
        later.refused.iter().any(|no| no.time.is_some_and(|refused| is_same(time, refused)) && is_its_day(no))
    }

    /// The one of the days said before that `later` names, by its day or by its hour.
    fn chosen(&self, later: &Self) -> Option<Choice> {
        let is_it = |choice: &&Choice| match (&later.day, later.time) {
            (Some(_), None) => later.date() == Some(choice.date),
            (None, Some(time)) => choice.time.is_some_and(|said| is_same(said, time)),
            _ => false,
        };
        let mut found = self.choices.iter().filter(is_it).filter(|_| later.change.is_none());
        let only = found.next()?;
        found.all(|other| other == only).then_some(*only)
    }

    fn move_days(&mut self, count: i8, today: Date) {
        let Some(day) = &mut self.day else { return };
        let moved = |date: &Date| date.checked_add(i32::from(count).days()).ok();
        // "Any day, just not Tuesday at 6", then "the day after that".
        let said = match self.refused.as_slice() {
            [no] if day.named == Named::Any => std::slice::from_ref(&no.date),
            _ => day.dates.as_slice(),
        };
        let dates: Vec<Date> = said.iter().filter_map(moved).filter(|date| is_ahead(*date, today)).collect();
        if !dates.is_empty() {
            let named = if day.named == Named::Span { Named::Span } else { Named::Date };
            *day = Day { dates, named, conflict: false };
        }
    }

    fn move_time(&mut self, count: i16) {
        let moved = |time| match time {
            Time::At(clock) => Time::At(clock.moved(count.into())),
            Time::Between(from, to) => Time::Between(from.moved(count.into()), to.moved(count.into())),
            Time::From(clock) => Time::From(clock.moved(count.into())),
            Time::Until(clock) => Time::Until(clock.moved(count.into())),
            part @ Time::Part(_) => part,
        };
        self.time = self.time.map(moved);
    }
}

fn add_new<T: PartialEq + Copy>(known: &mut Vec<T>, new: &[T]) {
    let new: Vec<T> = new.iter().filter(|one| !known.contains(one)).copied().collect();
    known.extend(new);
}

/// Whether a time is said again: "at 6" is that of "at 6 pm".
fn is_same(said: Time, again: Time) -> bool {
    const HALF_DAY: u16 = 12 * 60;
    match (said, again) {
        (Time::At(said), Time::At(again)) if said.either || again.either => {
            said.minute % HALF_DAY == again.minute % HALF_DAY
        }
        _ => said == again,
    }
}

/// Later than a time.
fn after(time: Time) -> Time {
    match time {
        Time::At(clock) | Time::From(clock) | Time::Between(_, clock) | Time::Until(clock) => Time::From(clock),
        Time::Part(Part::Morning) => Time::Part(Part::Afternoon),
        Time::Part(_) => Time::Part(Part::Evening),
    }
}

/// Earlier than a time.
fn before(time: Time) -> Time {
    match time {
        Time::At(clock) | Time::From(clock) | Time::Between(clock, _) | Time::Until(clock) => Time::Until(clock),
        Time::Part(Part::Evening | Part::Night | Part::AfterWork) => Time::Part(Part::Afternoon),
        Time::Part(_) => Time::Part(Part::Morning),
    }
}

/// Whether a span from one to the other is one of a day, as far as their halves are known.
fn is_before(from: Clock, to: Clock) -> bool {
    from.either == to.either && from.minute < to.minute
}

/// A time said after another.
fn refined(before: Option<Time>, later: Time) -> Time {
    match (before, later) {
        // "After 3", then "she has to leave by 4:30".
        (Some(Time::From(from) | Time::Between(from, _)), Time::Until(to)) if is_before(from, to) => {
            Time::Between(from, to)
        }
        (Some(Time::Until(to)), Time::From(from)) if is_before(from, to) => Time::Between(from, to),
        // "In the morning", then "at 9".
        (Some(Time::Part(part)), Time::At(clock)) => Time::At(clock.near_part(part)),
        (Some(Time::Part(part)), Time::From(clock)) => Time::From(clock.near_part(part)),
        (Some(Time::Part(part)), Time::Until(clock)) => Time::Until(clock.near_part(part)),
        // "At 9", then "in the morning". Nobody means three at night.
        (Some(Time::At(clock)), Time::Part(part)) if clock.either => {
            let exact = clock.in_part(part);
            let (from, to) = part.window();
            if (from.max(7 * 60)..to).contains(&exact.minute) { Time::At(exact) } else { later }
        }
        // "At 8:30 pm", then "tonight": said again.
        (Some(Time::At(clock)), Time::Part(part)) => {
            let (from, to) = part.window();
            if !clock.either && (from..to).contains(&clock.minute) { Time::At(clock) } else { later }
        }
        _ => later,
    }
}

/// A day said after another.
fn narrowed(before: &Day, later: &Day, today: Date) -> Day {
    let wanted = |date: &Date| later.dates.iter().any(|other| other.weekday() == date.weekday());
    let same_number = |date: &Date| later.dates.iter().any(|other| other.day() == date.day());
    let of = |dates: Vec<Date>| (!dates.is_empty()).then_some(Day { dates, named: Named::Date, conflict: false });
    let among = |dates: &[Date], fits: &dyn Fn(&Date) -> bool| of(dates.iter().copied().filter(fits).collect());
    let found = match (before.named, later.named) {
        // "From Tuesday on", then "Wednesday": the first.
        (Named::Span, Named::Weekday) => {
            let is_first =
                |date: &Date| !before.dates.iter().any(|other| other < date && other.weekday() == date.weekday());
            // "Before Christmas", then "Wednesday", said on a Wednesday, is the coming one; "Monday or Thursday" are both of that week.
            let is_whole = |day: &Day| day.dates.len() == later.dates.len();
            among(&before.dates, &|date| later.dates.contains(date))
                .filter(is_whole)
                .or_else(|| among(&before.dates, &|date| wanted(date) && is_first(date)))
        }
        (Named::Month | Named::Span, Named::DayOfMonth) => among(&before.dates, &same_number),
        (Named::Weekday, Named::Span) => {
            among(&later.dates, &|date| before.dates.iter().any(|other| other.weekday() == date.weekday()))
        }
        (Named::DayOfMonth, Named::Month) => {
            among(&later.dates, &|date| before.dates.iter().any(|other| other.day() == date.day()))
        }
        // Wednesday or Thursday of next week, then "Thursday".
        (Named::Date, Named::Weekday) if (2..=MAX_CHOICE).contains(&before.dates.len()) => {
            let is_coming = later.dates.iter().any(|date| before.dates.contains(date));
            among(&before.dates, &wanted).filter(|_| !is_coming)
        }
        // Thursday of next week, then "make it Friday".
        (Named::Date, Named::Weekday) => same_week(before, later, today),
        // The 12th of May, then "no, the 13th".
        (Named::Date, Named::DayOfMonth) => same_month(before, later, today),
        (Named::Any, Named::Span | Named::Month) => among(&later.dates, &|date| before.dates.contains(date)),
        _ => None,
    };
    found.unwrap_or_else(|| later.clone())
}

fn same_week(before: &Day, later: &Day, today: Date) -> Option<Day> {
    let ([spoken], [wanted]) = (before.dates.as_slice(), later.dates.as_slice()) else { return None };
    let ahead = wanted.weekday().to_monday_zero_offset() - spoken.weekday().to_monday_zero_offset();
    let date = spoken.checked_add(i32::from(ahead).days()).ok().filter(|date| *date > today)?;
    Some(Day { dates: vec![date], named: Named::Date, conflict: false })
}

fn same_month(before: &Day, later: &Day, today: Date) -> Option<Day> {
    let ([spoken], [wanted]) = (before.dates.as_slice(), later.dates.as_slice()) else { return None };
    let date = month_of(*spoken, wanted.day()).filter(|date| *date >= today)?;
    Some(Day { dates: vec![date], named: Named::Date, conflict: false })
}
