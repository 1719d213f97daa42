//! Stretches of days that fulfil a condition, wholly or nearly.

use jiff::civil::Date;

use crate::{Day, Source};

/// What a day is to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// Nothing, or not known.
    No,
    /// Not enough to begin an event, enough to go on with one.
    Nearly,
    /// Enough.
    Fully,
}

/// Days that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: Date,
    pub(crate) last: Date,
    /// Whether it fulfils the condition, or only goes on with an event that did.
    pub(crate) is_full: bool,
    pub(crate) peak: Option<i32>,
    pub(crate) hail_tenths_mm: Option<i32>,
    pub(crate) source: Source,
}

/// How many days later `to` is; negative: earlier.
pub(crate) fn days_from(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// The stretches of days in a row that are no [`Grade::No`]. One is full where `needed` days in a row are [`Grade::Fully`], and begins with them;
/// it goes on as long as its days are nearly so. A date that is missing ends a stretch.
pub(crate) fn in_a_row(days: &[Day], needed: usize, grade: impl Fn(&Day) -> Grade) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut rest = days;
    while let Some(begin) = rest.iter().position(|day| grade(day) != Grade::No) {
        let run = rest.get(begin..).unwrap_or_default();
        let goes_on = |pair: &[Day]| match pair {
            [before, day] => days_from(before.date, day.date) == 1 && grade(day) != Grade::No,
            _ => false,
        };
        let length = 1 + run.windows(2).take_while(|pair| goes_on(pair)).count();
        let (run, after) = run.split_at_checked(length).unwrap_or((run, &[]));
        rest = after;
        let are_full = |days: &[Day]| days.iter().all(|day| grade(day) == Grade::Fully);
        let full_from = run.windows(needed.max(1)).position(are_full);
        let of_it = run.get(full_from.unwrap_or(0)..).unwrap_or(run);
        if let (Some(first), Some(last)) = (of_it.first(), of_it.last()) {
            stretches.push(Stretch::of(first.date, last.date, full_from.is_some()));
        }
    }
    stretches
}

/// The stretches of `span` dates that have more than `above` of what `amount` counts, full, or more than `nearly`. What is not known counts
/// as nothing, so that what is found is found without it. Dry days at both ends are cut off.
pub(crate) fn within(
    days: &[Day],
    span: i32,
    (nearly, above): (i32, i32),
    amount: impl Fn(&Day) -> Option<i32>,
) -> Vec<Stretch> {
    /// Less than a millimetre is no rain.
    const WET: i32 = 10;
    let mut stretches = Vec::new();
    for (index, begin) in days.iter().enumerate() {
        let window = days.iter().skip(index).take_while(|day| days_from(begin.date, day.date) < span);
        let of = |day: &Day| amount(day).unwrap_or(0).max(0);
        let sum = window.clone().map(of).fold(0, i32::saturating_add);
        let mut wet = window.filter(|day| of(day) >= WET).map(|day| day.date);
        if sum > nearly
            && let Some(first) = wet.next()
        {
            let last = wet.last().unwrap_or(first);
            stretches.push(Stretch { peak: Some(sum), ..Stretch::of(first, last, sum > above) });
        }
    }
    stretches
}

impl Stretch {
    fn of(first: Date, last: Date, is_full: bool) -> Self {
        Self { first, last, is_full, peak: None, hail_tenths_mm: None, source: Source::Forecast }
    }
}

/// Joins stretches between which at most `gap` days lie.
pub(crate) fn joined(mut stretches: Vec<Stretch>, gap: i32, is_more: impl Fn(i32, i32) -> bool) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| (stretch.first, stretch.last));
    let mut all: Vec<Stretch> = Vec::new();
    for next in stretches {
        match all.last_mut() {
            Some(before) if days_from(before.last, next.first) <= gap + 1 => {
                before.last = before.last.max(next.last);
                before.hail_tenths_mm = before.hail_tenths_mm.max(next.hail_tenths_mm);
                before.peak = match (before.peak, next.peak) {
                    (Some(one), Some(other)) => Some(if is_more(other, one) { other } else { one }),
                    (one, other) => one.or(other),
                };
                // An official word says more than a forecast.
                if before.source == Source::Forecast {
                    before.source = next.source;
                }
            }
            _ => all.push(next),
        }
    }
    all
}
