//! The days with free times, and the times of one of them: for booking and for moving alike.

use domain::Failure;
use domain::ids::AppointmentId;
use domain::scheduling::Terms;
use domain::tenancy::start_of_day;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::business::{AppState, Business};
use crate::look::with;

/// How many days are looked at for one page.
const SHOWN_DAYS: i64 = 14;

/// Free times of some days.
#[derive(Debug)]
pub(crate) struct Picker {
    zone: TimeZone,
    /// By their days.
    free: BTreeMap<Date, Vec<Timestamp>>,
    /// The day whose times are shown.
    day: Option<Date>,
    /// The first and the last day that was looked at.
    pub(crate) looked_at: (Date, Date),
    /// Where the days before and after are, as far as anything can be booked there.
    earlier: Option<Date>,
    later: Option<Date>,
}

impl AppState {
    /// The free times from the day `from` on: of the first days that have any, where it is not said. `day`: whose times are
    /// shown.
    pub(crate) async fn pick(
        &self,
        business: &Business,
        terms: &Terms<'_>,
        moving: Option<AppointmentId>,
        (from, day): (Option<Date>, Option<Date>),
        now: Timestamp,
    ) -> Result<Picker, Failure> {
        let zone = business.zone(business.place(terms.location));
        let today = now.to_zoned(zone.clone()).date();
        let last = plus(today, i64::from(terms.rules.horizon_days));
        let asked = from.or(day).map(|date| date.clamp(today, last));
        let mut first = asked.unwrap_or(today);
        loop {
            let end = plus(first, SHOWN_DAYS);
            let (begins, ends) = (start_of_day(first, &zone), start_of_day(end, &zone));
            let loaded = self.store.appointments().calendar(&business.tenant.id, terms.dates(begins, ends)).await?;
            let slots = loaded.of(terms, moving, now).slots(begins, ends, usize::MAX);
            let mut free: BTreeMap<Date, Vec<Timestamp>> = BTreeMap::new();
            for slot in slots {
                free.entry(slot.starts_at.to_zoned(zone.clone()).date()).or_default().push(slot.starts_at);
            }
            if !free.is_empty() || asked.is_some() || end > last {
                let day = day.filter(|day| free.contains_key(day)).or_else(|| free.keys().next().copied());
                let earlier = (first > today).then(|| plus(first, -SHOWN_DAYS).max(today));
                let looked_at = (asked.unwrap_or(today), plus(end, -1).min(last));
                return Ok(Picker { zone, free, day, looked_at, earlier, later: (end <= last).then_some(end) });
            }
            first = end;
        }
    }
}

impl Picker {
    /// Whether none of the days has a free time.
    pub(crate) fn is_empty(&self) -> bool {
        self.free.is_empty()
    }

    /// Days as links to `here`, and the times of the chosen one, each as `time` draws it.
    pub(crate) fn show(&self, business: &Business, here: &str, time: impl Fn(Timestamp, &str) -> Markup) -> Markup {
        let (words, local) = (business.words, business.local());
        let count = |times: &[Timestamp]| words.free.replace("{}", &times.len().to_string());
        let first = self.free.keys().next().map(ToString::to_string).unwrap_or_default();
        html! {
            section aria-labelledby="days" {
                h2 #days { (words.choose_day) }
                @if self.free.is_empty() { p { (words.none_free) } }
                ul.grid {
                    @for (day, times) in &self.free {
                        @let address = with(here, &[("from", &first), ("day", &day.to_string())]);
                        li {
                            a href=(format!("{address}#times")) rel="nofollow" aria-current=[(self.day == Some(*day)).then_some("date")] {
                                (local.day(*day)) small { (count(times)) }
                            }
                        }
                    }
                }
                p.row {
                    @if let Some(earlier) = self.earlier {
                        a href=(with(here, &[("from", &earlier.to_string())])) rel="nofollow" { (words.earlier) }
                    }
                    @if let Some(later) = self.later {
                        a href=(with(here, &[("from", &later.to_string())])) rel="nofollow" { (words.later) }
                    }
                }
            }
            @if let Some((day, times)) = self.day.and_then(|day| Some((day, self.free.get(&day)?))) {
                section #times aria-labelledby="hours" {
                    h2 #hours { (words.choose_time.replace("{}", &local.day(day))) }
                    ul.grid { @for at in times { li { (time(*at, &local.clock(at.to_zoned(self.zone.clone()).time()))) } } }
                    p.quiet { (words.zone.replace("{}", &city(&self.zone))) }
                }
            }
        }
    }
}

/// The city that a zone is named after, which is nearer to people than the zone.
fn city(zone: &TimeZone) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

fn plus(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::business;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn shown(language: &str, free: &[&str], later: Option<&str>) -> String {
        let zone = TimeZone::get("America/Denver").unwrap();
        let mut days: BTreeMap<Date, Vec<Timestamp>> = BTreeMap::new();
        for at in free.iter().map(|at| at.parse::<Timestamp>().unwrap()) {
            days.entry(at.to_zoned(zone.clone()).date()).or_default().push(at);
        }
        let day = days.keys().next().copied();
        let looked_at = (date("2026-12-07"), date("2026-12-20"));
        let picker = Picker { zone, free: days, day, looked_at, earlier: None, later: later.map(date) };
        let time = |at: Timestamp, clock: &str| html! { a href=(with("/book/alder-roofing", &[("at", &at.to_string())])) { (clock) } };
        picker.show(&business(language), "/book/alder-roofing", time).into_string()
    }

    #[test]
    fn days_and_times_are_those_of_the_place_as_its_reader_writes_them() {
        let free = ["2026-12-07T16:00:00Z", "2026-12-08T01:30:00Z", "2026-12-08T16:00:00Z"];
        let page = shown("en", &free, Some("2026-12-21"));
        for part in [
            "Monday, December 7<small>2 free</small>",
            "Tuesday, December 8<small>1 free</small>",
            "aria-current=\"date\"",
            "Choose a time: Monday, December 7",
            "at=2026-12-07T16%3A00%3A00Z\">9 AM</a>",
            "6:30 PM</a>",
            "Times are local time in Denver.",
            "?from=2026-12-21\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert_eq!(page.matches("aria-current").count(), 1);
        assert!(!page.contains("Earlier days") && !page.contains("4 PM</a>"), "{page}");
        assert!(shown("de", &free, None).contains("Montag, 7. Dezember"));
    }

    #[test]
    fn days_without_a_free_time_say_so_and_lead_on() {
        let page = shown("en", &[], Some("2026-12-21"));
        assert!(page.contains("Nothing is free") && page.contains("Later days") && !page.contains("id=\"times\""));
    }
}
