//! Where things stand in the grid of a calendar: pure.
//!
//! A day has a row for each quarter of an hour, as the clocks of the place show it: a visit stands beside the hour that its time names, also
//! on a day on which the clocks change. What is at the same time stands beside each other.

use domain::tenancy::start_of_day;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

/// The rows of a day.
pub(super) const ROWS: u32 = 96;
/// The rows of an hour.
pub(super) const HOUR: u32 = 4;
/// What a lane is divided into, and into how many parts of that it can be shared evenly.
const COLUMNS: u32 = 12;
const WIDTHS: [u32; 6] = [1, 2, 3, 4, 6, 12];

/// Of so many that stand beside each other, the how many-th.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) column: u32,
    pub(super) width: u32,
}

/// The rows of the part of a stretch that falls on `date`, where any does: at least one.
pub(super) fn rows(date: Date, zone: &TimeZone, from: Timestamp, to: Timestamp) -> Option<Range<u32>> {
    let (begins, ends) =
        (start_of_day(date, zone), date.tomorrow().map_or(Timestamp::MAX, |next| start_of_day(next, zone)));
    if to <= begins || from >= ends || to <= from {
        return None;
    }
    let minutes = |at: Timestamp| minute_of_day(&at.to_zoned(zone.clone()));
    let first = if from <= begins { 0 } else { minutes(from) / 15 };
    let mut end = if to >= ends { ROWS } else { minutes(to).div_ceil(15) };
    if end <= first {
        // The clocks went back within it: it is as long as it takes.
        let lasts = u32::try_from(to.duration_since(from).as_mins()).unwrap_or_default();
        end = first + lasts.div_ceil(15);
    }
    Some(first..end.clamp(first + 1, ROWS.max(first + 1)))
}

fn minute_of_day(at: &Zoned) -> u32 {
    let time: Time = at.time();
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}

/// The row of a moment of that day.
pub(super) fn row_of(at: Timestamp, zone: &TimeZone) -> u32 {
    minute_of_day(&at.to_zoned(zone.clone())) / 15
}

/// What of a day is in none of `open`, which are in order and do not overlap.
pub(super) fn gaps(open: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut from = 0;
    let mut gaps = Vec::new();
    for stretch in open.iter().chain([&(ROWS..ROWS)]) {
        if from < stretch.start {
            gaps.push(from..stretch.start);
        }
        from = from.max(stretch.end);
    }
    gaps
}

/// The hours that are shown: those in which anything is, and an hour before and after; whole ones.
pub(super) fn window(busy: impl Iterator<Item = Range<u32>>) -> Range<u32> {
    let around = busy.reduce(|all, next| all.start.min(next.start)..all.end.max(next.end));
    let around = around.unwrap_or(8 * HOUR..18 * HOUR);
    let (first, last) = (around.start / HOUR, around.end.div_ceil(HOUR));
    first.saturating_sub(1) * HOUR..((last + 1) * HOUR).min(ROWS)
}

/// Where each stands, in the order in which they begin: those that overlap, or are linked by one that overlaps both, share the width.
pub(super) fn beside(rows: &[Range<u32>]) -> Vec<Beside> {
    let mut placed: Vec<Beside> = Vec::new();
    let (mut first_of_group, mut ends): (usize, Vec<u32>) = (0, Vec::new());
    let share = |placed: &mut Vec<Beside>, from: usize, width: usize| {
        let width = u32::try_from(width).unwrap_or(COLUMNS);
        let width = WIDTHS.into_iter().find(|even| *even >= width).unwrap_or(COLUMNS);
        for one in placed.iter_mut().skip(from) {
            *one = Beside { column: one.column % width, width };
        }
    };
    for stretch in rows {
        if ends.iter().all(|end| *end <= stretch.start) {
            share(&mut placed, first_of_group, ends.len());
            (first_of_group, ends) = (placed.len(), Vec::new());
        }
        let column = ends.iter().position(|end| *end <= stretch.start).unwrap_or(ends.len());
        match ends.get_mut(column) {
            Some(end) => *end = stretch.end,
            None => ends.push(stretch.end),
        }
        placed.push(Beside { column: u32::try_from(column).unwrap_or_default(), width: 1 });
    }
    share(&mut placed, first_of_group, ends.len());
    placed
}

/// The classes by which something stands at rows of a day of which those of `window` are shown; nothing where none of them is.
pub(super) fn classes(rows: &Range<u32>, window: &Range<u32>) -> Option<String> {
    let (from, to) = (rows.start.max(window.start), rows.end.min(window.end));
    (from < to).then(|| format!("at{} for{}", from - window.start, to - from))
}

impl Beside {
    /// The class by which it has its part of the width.
    pub(super) fn class(self) -> String {
        format!("w{}-{}", self.width, self.column)
    }
}

/// The style of those classes: a page may not place anything by itself. On a telephone they do nothing, and a day is a list.
pub(crate) static STYLE: LazyLock<String> = LazyLock::new(|| {
    let mut style = String::from("@media (min-width: 60rem) {\n");
    for row in 0..ROWS {
        let _ =
            writeln!(style, ".at{row}{{grid-row-start:{}}}.for{}{{grid-row-end:span {}}}", row + 1, row + 1, row + 1);
    }
    for width in WIDTHS {
        let part = COLUMNS / width;
        for column in 0..width {
            let _ = writeln!(style, ".w{width}-{column}{{grid-column:{}/span {part}}}", column * part + 1);
        }
    }
    style.push_str("}\n");
    style
});

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn denver() -> TimeZone {
        TimeZone::get("America/Denver").unwrap()
    }

    fn on(day: Date, from: &str, to: &str) -> Option<Range<u32>> {
        rows(day, &denver(), from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn a_visit_stands_at_the_quarters_that_its_clock_times_touch() {
        let day = date(2026, 12, 1);
        assert_eq!(on(day, "2026-12-01T16:00:00Z", "2026-12-01T17:00:00Z"), Some(36..40), "9 to 10 in Denver");
        assert_eq!(on(day, "2026-12-01T16:10:00Z", "2026-12-01T16:20:00Z"), Some(36..38));
        assert_eq!(on(day, "2026-12-01T16:00:00Z", "2026-12-01T16:00:00Z"), None);
        assert_eq!(on(day, "2026-12-02T16:00:00Z", "2026-12-02T17:00:00Z"), None);
    }

    #[test]
    fn a_visit_over_midnight_stands_on_both_days() {
        // From 22:00 until 02:00.
        let (from, to) = ("2026-12-02T05:00:00Z", "2026-12-02T09:00:00Z");
        assert_eq!(on(date(2026, 12, 1), from, to), Some(88..96));
        assert_eq!(on(date(2026, 12, 2), from, to), Some(0..8));
        assert_eq!(on(date(2026, 12, 1), from, "2026-12-02T07:00:00Z"), Some(88..96), "until midnight");
        assert_eq!(on(date(2026, 12, 2), from, "2026-12-02T07:00:00Z"), None);
    }

    #[test]
    fn on_days_on_which_the_clocks_change_a_visit_stands_beside_the_hour_it_names() {
        // 01:00 to 02:00 do not end before 03:00 on the eighth of March.
        assert_eq!(on(date(2026, 3, 8), "2026-03-08T15:00:00Z", "2026-03-08T16:00:00Z"), Some(36..40), "9 to 10");
        assert_eq!(on(date(2026, 3, 8), "2026-03-08T08:00:00Z", "2026-03-08T09:00:00Z"), Some(4..12));
        // The first of November has the hour from one to two twice.
        assert_eq!(on(date(2026, 11, 1), "2026-11-01T16:00:00Z", "2026-11-01T17:00:00Z"), Some(36..40), "9 to 10");
        let (first, second) = (("07:00", "08:00"), ("08:00", "09:00"));
        for (from, to) in [first, second] {
            let at = |time| format!("2026-11-01T{time}:00Z");
            assert_eq!(on(date(2026, 11, 1), &at(from), &at(to)), Some(4..8), "{from}");
        }
        // The whole day, of 23 and of 25 hours.
        assert_eq!(on(date(2026, 3, 8), "2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z"), Some(0..96));
        assert_eq!(on(date(2026, 11, 1), "2026-11-01T06:00:00Z", "2026-11-02T07:00:00Z"), Some(0..96));
    }

    #[test]
    fn what_is_at_the_same_time_shares_the_width_and_the_rest_has_all_of_it() {
        let place = |rows: &[Range<u32>]| beside(rows).iter().map(|one| (one.column, one.width)).collect::<Vec<_>>();
        assert_eq!(place(&[0..4, 4..8]), [(0, 1), (0, 1)], "they touch");
        // The second overlaps the first and the third, which take turns in one column.
        assert_eq!(place(&[0..4, 2..6, 4..8, 8..9]), [(0, 2), (1, 2), (0, 2), (0, 1)]);
        let five = vec![0..4; 5];
        assert_eq!(place(&five), [(0, 6), (1, 6), (2, 6), (3, 6), (4, 6)], "a width that divides the lane");
        assert!(place(&vec![0..4; 30]).iter().all(|(column, width)| *width == 12 && column < width));
        assert!(place(&[]).is_empty());
    }

    #[test]
    fn no_two_of_a_group_of_twelve_stand_on_each_other() {
        let rows: Vec<Range<u32>> = (0..60).map(|n| n / 5 * 3..n / 5 * 3 + 2 + n % 5).collect();
        let placed = beside(&rows);
        for (i, one) in rows.iter().enumerate() {
            for (j, other) in rows.iter().enumerate().take(i) {
                let overlap = one.start < other.end && other.start < one.end;
                assert!(!overlap || placed[i].column != placed[j].column, "{i} {j}");
                assert!(!overlap || placed[i].width == placed[j].width, "{i} {j}");
            }
        }
    }

    #[test]
    fn the_hours_that_are_shown_hold_all_there_is() {
        assert_eq!(window([36..40, 50..53].into_iter()), 32..60);
        assert_eq!(window(std::iter::once(0..96)), 0..96);
        assert_eq!(window(std::iter::empty()), 28..76);
        assert_eq!(gaps(&[32..48, 52..70]), [0..32, 48..52, 70..96]);
        assert_eq!(gaps(&[0..40, 40..96]), []);
        assert_eq!(classes(&(30..40), &(32..60)).as_deref(), Some("at0 for8"));
        assert_eq!(classes(&(0..32), &(32..60)), None);
    }

    #[test]
    fn every_class_has_a_style() {
        for class in [".at0{", ".at95{", ".for1{", ".for96{", ".w1-0{", ".w12-11{", ".w6-5{"] {
            assert!(STYLE.contains(class), "{class}");
        }
    }
}
