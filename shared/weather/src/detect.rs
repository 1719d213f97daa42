//! Whether a forecast and the alerts fulfil a trigger, with hysteresis.
//!
//! An event begins when the trigger's threshold is exceeded, and goes on while the weather is a little softer than that. What is detected
//! near a known event, in days and in place, is the same event: it keeps its key and begins nothing. So there is one campaign an event, and
//! not one a change of the forecast. The first freeze is one event a cold season.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::runs::{Grade, Stretch, days_from, in_a_row, joined, within};
use crate::{
    Alert, AlertStatus, Condition, Day, Forecast, KnownEvent, MessageType, Point, Source, Trigger, WeatherEvent,
};

/// What is detected within this distance is the same weather.
pub const SAME_PLACE_KM: f64 = 150.0;
/// So many days after it ended an alert's storm still begins a campaign: roofs are looked at after the hail.
pub const STORM_OVER_FOR_DAYS: i32 = 2;

/// An event that has begun goes on while temperatures are this near to the threshold, in tenths of a degree Celsius.
const SOFTER_TENTHS_C: i32 = 15;

/// The event that a trigger waits for, if it is in sight of `today` (in the forecast's zone).
///
/// A new one is returned before one that is known, and only once its first day is at most `lead_days` ahead. Of a known event the days as
/// foreseen now are returned. Days before `today`, missing days and missing values fulfil nothing, except that a storm of which an alert said
/// so counts until [`STORM_OVER_FOR_DAYS`] after its end.
#[must_use]
pub fn detect(
    trigger: &Trigger,
    forecast: &Forecast,
    alerts: &[Alert],
    known: &[KnownEvent],
    today: Date,
) -> Option<WeatherEvent> {
    let sight = Sight { trigger, at: forecast.at, known, today };
    let mut stretches = stretches(trigger, &in_order(forecast.days.iter().filter(|day| day.date >= today)));
    if trigger.condition == Condition::Storm {
        let zone = TimeZone::get(&forecast.zone).unwrap_or(TimeZone::UTC);
        stretches.extend(sight.warned(alerts, &zone));
    }
    let (full, nearly): (Vec<_>, Vec<_>) = stretches.into_iter().partition(|stretch| stretch.is_full);
    let is_cold = matches!(trigger.condition, Condition::ColdSnap | Condition::FirstFreeze);
    let full = joined(full, sight.gap(), |one, other| if is_cold { one < other } else { one > other });
    let begun = full.iter().find(|stretch| sight.same(stretch).is_none() && sight.is_due(stretch));
    let known = || full.iter().chain(&nearly).find(|stretch| sight.same(stretch).is_some());
    begun.or_else(known).map(|stretch| sight.event(stretch))
}

/// The days on which there is a trigger's weather among `days`, past ones or ones to come: the first and the last day of each spell, in order.
/// How far ahead the trigger acts and in which months does not matter. What is above the threshold begins a spell; it goes on while the
/// weather is a little softer. A date that is missing ends one.
#[must_use]
pub fn spells(trigger: &Trigger, days: &[Day]) -> Vec<(Date, Date)> {
    let full = stretches(trigger, &in_order(days.iter())).into_iter().filter(|stretch| stretch.is_full).collect();
    joined(full, 0, |one, other| one > other).into_iter().map(|stretch| (stretch.first, stretch.last)).collect()
}

/// The days in order, each date once.
fn in_order<'d>(days: impl Iterator<Item = &'d Day>) -> Vec<Day> {
    let mut days: Vec<Day> = days.copied().collect();
    days.sort_by_key(|day| day.date);
    days.dedup_by_key(|day| day.date);
    days
}

struct Sight<'a> {
    trigger: &'a Trigger,
    at: Point,
    known: &'a [KnownEvent],
    today: Date,
}

/// The days in a row that fulfil a trigger, wholly or nearly.
fn stretches(trigger: &Trigger, days: &[Day]) -> Vec<Stretch> {
    let Trigger { condition, thresholds, days: needed, .. } = trigger;
    let needed = usize::from(*needed);
    match condition {
        Condition::HeatWave => {
            let Some(above) = thresholds.high_above_tenths_c else { return Vec::new() };
            let runs = in_a_row(days, needed, |day| grade(day.high_tenths_c, above, above - SOFTER_TENTHS_C));
            with_peak(runs, days, |day| day.high_tenths_c, i32::max)
        }
        Condition::ColdSnap | Condition::FirstFreeze => {
            let Some(below) = thresholds.low_below_tenths_c else { return Vec::new() };
            let needed = if *condition == Condition::FirstFreeze { 1 } else { needed };
            let colder = |day: &Day| day.low_tenths_c.map(|low| -low);
            let runs = in_a_row(days, needed, |day| grade(colder(day), -below, -below - SOFTER_TENTHS_C));
            with_peak(runs, days, |day| day.low_tenths_c, i32::min)
        }
        Condition::Storm => {
            let gust = |day: &Day| match thresholds.gust_above_tenths_kmh {
                Some(above) => grade(day.gust_tenths_kmh, above, above / 10 * 9),
                None => Grade::No,
            };
            let has_hail = |day: &Day| at_least(day.hail_tenths_mm, thresholds.hail_from_tenths_mm);
            let runs = in_a_row(days, 1, |day| if has_hail(day) { Grade::Fully } else { gust(day) });
            let mut runs = with_peak(runs, days, |day| day.gust_tenths_kmh, i32::max);
            for run in &mut runs {
                run.hail_tenths_mm = during(days, run).filter_map(|day| day.hail_tenths_mm).max();
            }
            runs
        }
        Condition::RainWeek => {
            let Some(above) = thresholds.rain_above_tenths_mm else { return Vec::new() };
            let span = i32::from(trigger.days.max(1));
            within(days, span, (above / 10 * 8, above), |day| day.rain_tenths_mm)
        }
    }
}

impl Sight<'_> {
    /// The storms that alerts warn of or report.
    fn warned(&self, alerts: &[Alert], zone: &TimeZone) -> Vec<Stretch> {
        let date = |moment: jiff::Timestamp| moment.to_zoned(zone.clone()).date();
        let is_called_off = |id: &str, first: Date| {
            let mut cancels = alerts.iter().filter(|alert| alert.message == MessageType::Cancel);
            // What is cancelled after it began was there.
            first > self.today && cancels.any(|cancel| cancel.event_id() == id)
        };
        let storm = |alert: &Alert| {
            let (id, first) = (alert.event_id(), date(alert.onset));
            let last = date(alert.ends).max(first);
            let is_old = days_from(last, self.today) > STORM_OVER_FOR_DAYS;
            (self.is_storm(alert) && !is_old && !is_called_off(&id, first)).then(|| Stretch {
                first,
                last,
                is_full: true,
                peak: alert.gust_tenths_kmh,
                hail_tenths_mm: alert.hail_tenths_mm,
                source: Source::Alert { id, event: alert.event.clone() },
            })
        };
        alerts.iter().filter_map(storm).collect()
    }

    /// Whether an alert is meant and tells of what the trigger waits for. One that gives neither hail nor wind counts by its kind.
    fn is_storm(&self, alert: &Alert) -> bool {
        let thresholds = &self.trigger.thresholds;
        let is_meant = alert.status == AlertStatus::Actual && alert.message != MessageType::Cancel;
        let says_nothing = alert.hail_tenths_mm.is_none() && alert.gust_tenths_kmh.is_none();
        let by_kind = says_nothing && alert.vtec.as_ref().is_some_and(crate::Vtec::is_storm);
        let is_gusty = matches!((alert.gust_tenths_kmh, thresholds.gust_above_tenths_kmh), (Some(gust), Some(above)) if gust > above);
        is_meant && (by_kind || is_gusty || at_least(alert.hail_tenths_mm, thresholds.hail_from_tenths_mm))
    }

    /// How many days may lie between two parts of one event. Fronts come every five to seven days.
    fn gap(&self) -> i32 {
        match self.trigger.condition {
            Condition::HeatWave | Condition::ColdSnap | Condition::RainWeek => 5,
            Condition::Storm => 3,
            // One a season, whatever lies between.
            Condition::FirstFreeze => 0,
        }
    }

    /// The known event that a stretch belongs to.
    fn same(&self, stretch: &Stretch) -> Option<&KnownEvent> {
        let reach = self.gap() + 1;
        let is_same = |known: &&KnownEvent| {
            let is_here = known.trigger == self.trigger.id && known.at.km_to(self.at) <= SAME_PLACE_KM;
            is_here
                && match self.trigger.condition {
                    Condition::FirstFreeze => self.season(known.first) == self.season(stretch.first),
                    _ => {
                        known.key == self.key(stretch)
                            || days_from(known.last, stretch.first) <= reach
                                && days_from(stretch.last, known.first) <= reach
                    }
                }
        };
        self.known.iter().find(is_same)
    }

    /// Whether an event that is not known may begin a campaign now.
    fn is_due(&self, stretch: &Stretch) -> bool {
        let month = stretch.first.month();
        let is_month =
            self.trigger.months.is_empty() || self.trigger.months.iter().any(|m| i32::from(*m) == i32::from(month));
        let is_season = self.trigger.condition != Condition::FirstFreeze || self.is_before_late_winter(month);
        is_month && is_season && days_from(self.today, stretch.first) <= i32::from(self.trigger.lead_days)
    }

    /// A frost after February (in the south: August) is a late one and not the first.
    fn is_before_late_winter(&self, month: i8) -> bool {
        if self.at.is_northern() { !(3..=6).contains(&month) } else { month <= 8 }
    }

    /// The cold season of a date: in the north from July to June, in the south the year.
    fn season(&self, date: Date) -> String {
        if !self.at.is_northern() {
            return date.year().to_string();
        }
        let begin = if date.month() >= 7 { date.year() } else { date.year() - 1 };
        format!("{begin}-{:02}", (begin + 1).rem_euclid(100))
    }

    fn key(&self, stretch: &Stretch) -> String {
        let place = self.at.rounded();
        let what = match (&stretch.source, self.trigger.condition) {
            (Source::Alert { id, .. }, _) => id.clone(),
            (Source::Forecast, Condition::FirstFreeze) => self.season(stretch.first),
            (Source::Forecast, _) => stretch.first.to_string(),
        };
        format!("{}@{place}:{what}", self.trigger.id)
    }

    fn event(&self, stretch: &Stretch) -> WeatherEvent {
        let known = self.same(stretch);
        // What has begun does not begin later because the forecast no longer shows its first days.
        let begun = known.map(|known| known.first).filter(|first| *first <= self.today);
        WeatherEvent {
            key: known.map_or_else(|| self.key(stretch), |known| known.key.clone()),
            trigger: self.trigger.id.clone(),
            condition: self.trigger.condition,
            at: self.at,
            first: begun.unwrap_or(stretch.first).min(stretch.first),
            last: stretch.last,
            peak: stretch.peak,
            hail_tenths_mm: stretch.hail_tenths_mm,
            source: stretch.source.clone(),
            is_new: known.is_none(),
        }
    }
}

fn grade(value: Option<i32>, above: i32, nearly: i32) -> Grade {
    match value {
        Some(value) if value > above => Grade::Fully,
        Some(value) if value > nearly => Grade::Nearly,
        _ => Grade::No,
    }
}

fn at_least(value: Option<i32>, from: Option<i32>) -> bool {
    matches!((value, from), (Some(value), Some(from)) if value >= from)
}

fn during<'d>(days: &'d [Day], stretch: &Stretch) -> impl Iterator<Item = &'d Day> + use<'d> {
    let (first, last) = (stretch.first, stretch.last);
    days.iter().filter(move |day| (first..=last).contains(&day.date))
}

fn with_peak(
    mut runs: Vec<Stretch>,
    days: &[Day],
    value: impl Fn(&Day) -> Option<i32>,
    more: impl Fn(i32, i32) -> i32,
) -> Vec<Stretch> {
    for run in &mut runs {
        run.peak = during(days, run).filter_map(&value).reduce(&more);
    }
    runs
}

#[cfg(test)]
mod tests;
