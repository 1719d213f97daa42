//! When people are there: the week, holidays, and days that differ once.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::tenancy::{Day, Exception, Holiday, Hours, Span, Tenant};
use maud::{Markup, html};

use super::fields::{choice, line, number, options, shown, spans, value_of};
use super::lists::List;
use super::{Reader, Wanted, change, document, first, region};
use crate::answer::Html;
use crate::view::View;

const DAYS: [Day; 7] =
    [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

/// `GET /app/settings/hours`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version, &wanted);
    Ok(super::page(&view, "/app/settings/hours", &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, wanted: &Wanted) -> Markup {
    let Hours { holidays, exceptions, .. } = &tenant.hours;
    let list = |path, region, page, add, empty, from| List {
        path,
        region,
        page,
        add,
        empty,
        is_ordered: false,
        version,
        from,
        reader,
    };
    let once = list(
        "hours.exceptions",
        "exceptions",
        "/app/settings/hours?from=",
        "exception-add",
        "exceptions-empty",
        first(&wanted.from),
    );
    let yearly = list(
        "hours.holidays",
        "holidays",
        "/app/settings/hours?other=",
        "holiday-add",
        "holidays-empty",
        first(&wanted.other),
    );
    html! {
        (region("week", &reader.t("week-title"), version, &week(reader, &tenant.hours, version)))
        (region("exceptions", &reader.t("exceptions-title"), version, &once.show(exceptions,
            |day| exception_line(reader, day), |day, within| exception_fields(reader, day, within))))
        (region("holidays", &reader.t("holidays-title"), version, &yearly.show(holidays,
            |day| holiday_line(reader, day), |day, within| holiday_fields(reader, day, within))))
    }
}

fn week(reader: Reader<'_>, hours: &Hours, version: u64) -> Markup {
    let fields = html! {
        p.quiet { (reader.t("week-hint")) }
        (days(reader, hours, ""))
    };
    change(reader, Permission::WriteSettings, version, &fields)
}

/// A field for each day of the week; their ids begin with `within`.
pub(super) fn days(reader: Reader<'_>, hours: &Hours, within: &str) -> Markup {
    html! {
        @for day in DAYS {
            @let name = value_of(&day);
            (spans(&format!("day-{name}"), &format!("hours.{name}"), hours.spans(day.into())).within(within).show(reader.words))
        }
    }
}

/// When it is open on such a day.
fn open(reader: Reader<'_>, spans: &[Span]) -> String {
    if spans.is_empty() { reader.t("closed") } else { shown(spans) }
}

fn exception_line(reader: Reader<'_>, day: &Exception) -> Markup {
    html! {
        strong dir="auto" { (day.name) }
        span.quiet {
            " " (day.date) @if let Some(until) = day.until { "–" (until) }
            " · " (open(reader, &day.spans))
        }
    }
}

fn exception_fields(reader: Reader<'_>, day: Option<&Exception>, within: &str) -> Markup {
    let words = reader.words;
    let until = day.and_then(|day| day.until).map(|until| until.to_string()).unwrap_or_default();
    let open = day.map(|day| day.spans.as_slice()).unwrap_or_default();
    html! {
        (line("exception-name", "name", day.map(|day| day.name.clone()).unwrap_or_default()).limit(80).required().within(within).show(words))
        (line("exception-date", "date", day.map(|day| day.date.to_string()).unwrap_or_default()).kind("date").required().within(within).show(words))
        (line("exception-until", "until", until).kind("date").reads("empty-null").within(within).show(words))
        (spans("special-spans", "spans", open).hint("special-spans-hint").within(within).show(words))
    }
}

fn holiday_line(reader: Reader<'_>, holiday: &Holiday) -> Markup {
    let words = reader.words;
    html! {
        strong dir="auto" { (holiday.name) }
        span.quiet {
            " "
            @match (holiday.day, holiday.nth, holiday.weekday) {
                (Some(day), ..) => { (format!("{:02}-{day:02}", holiday.month)) }
                (None, Some(nth), Some(weekday)) => {
                    (words.value("nth", &nth.to_string())) " " (words.value("day", &weekday)) " · " (words.with("in-month", "month", i64::from(holiday.month)))
                }
                _ => {}
            }
            " · " (open(reader, &holiday.spans))
        }
    }
}

fn holiday_fields(reader: Reader<'_>, holiday: Option<&Holiday>, within: &str) -> Markup {
    let words = reader.words;
    let none = || (String::new(), reader.t("none"));
    let nth = ["1", "2", "3", "4", "5", "-1"].map(|nth| (nth.to_owned(), words.value("nth", &nth)));
    let nth = std::iter::once(none()).chain(nth).collect();
    let weekdays = std::iter::once(none()).chain(options(words, "day", &DAYS)).collect();
    let chosen = holiday.and_then(|holiday| holiday.nth).map(|nth| nth.to_string()).unwrap_or_default();
    let weekday = holiday.and_then(|holiday| holiday.weekday).map(|day| value_of(&day)).unwrap_or_default();
    let open = holiday.map(|holiday| holiday.spans.as_slice()).unwrap_or_default();
    html! {
        (line("holiday-name", "name", holiday.map(|holiday| holiday.name.clone()).unwrap_or_default()).limit(80).required().within(within).show(words))
        (number("holiday-month", "month", holiday.map(|holiday| holiday.month)).required().within(within).show(words))
        (number("holiday-day", "day", holiday.and_then(|holiday| holiday.day)).hint("holiday-day-hint").within(within).show(words))
        (choice("holiday-nth", "nth", nth, chosen).reads("number").within(within).show(words))
        (choice("holiday-weekday", "weekday", weekdays, weekday).reads("empty-null").within(within).show(words))
        (spans("special-spans", "spans", open).hint("special-spans-hint").within(within).show(words))
    }
}
