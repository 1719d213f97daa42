//! What the next days will use.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::State;
use domain::campaigns::WEATHER_ATTRIBUTION;
use domain::identity::may;
use domain::inventory::{Item, Known, Wanted};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use stock::{HORIZON_DAYS, Outlook};
use utoipa::ToSchema;

/// In how many of a hundred cases the use lies within the interval.
const LEVEL_PERCENT: u8 = 80;

/// What the next days will use.
#[derive(Serialize, ToSchema)]
pub(crate) struct StockForecast {
    /// The first day, where the business is.
    from: Date,
    /// How many days.
    #[schema(example = 14)]
    days: u16,
    /// In how many of a hundred cases the use lies between `low` and `high`.
    #[schema(example = 80)]
    level_percent: u8,
    /// One for each item in use.
    items: Vec<ItemForecast>,
    /// Whose the weather data are: to be shown with them.
    #[schema(example = "Weather data by Open-Meteo.com (CC BY 4.0) and the U.S. National Weather Service")]
    attribution: &'static str,
}

/// What the next days will use of an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemForecast {
    /// Which item.
    #[schema(example = "capacitor-45-5")]
    item: String,
    /// What it is called.
    name: String,
    /// What it is counted in.
    unit: String,
    /// What is there.
    on_hand: i64,
    /// What is on its way.
    on_order: i64,
    /// Units, in the mean.
    expected: f64,
    /// Of these, for visits that are booked.
    booked: f64,
    /// Of these, for what comes unbooked.
    unbooked: f64,
    /// At least so many, as `level_percent` says.
    low: i64,
    /// At most so many, as `level_percent` says.
    high: i64,
    /// The first day on which more will have been used than is there, in the mean.
    runs_out_on: Option<Date>,
    /// Which visits make the booked part.
    visits: Vec<VisitsUse>,
    /// Which weather moves the unbooked part.
    weather: Vec<WeatherUse>,
    /// By day.
    by_day: Vec<DayExpected>,
}

/// What booked visits of a service use.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitsUse {
    /// The service.
    #[schema(example = "tune-up")]
    service: String,
    /// How many visits are booked.
    visits: usize,
    /// Units a visit, as learned from jobs or as the item says.
    per_visit: f64,
    /// From how many jobs it was learned.
    jobs: u32,
}

/// What weather does to the use of an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct WeatherUse {
    /// Which weather.
    #[schema(value_type = domain::campaigns::Condition, example = "heat_wave")]
    weather: String,
    /// The first day on which it is felt.
    from: Date,
    /// The last day.
    to: Date,
    /// How much more comes unbooked on these days, in percent; below zero: less.
    #[schema(example = 30)]
    percent: i64,
    /// Units more, or fewer, in the mean.
    units: f64,
    /// From how many days of such weather it was learned; 0: it is assumed.
    #[schema(example = 14)]
    seen: u32,
}

/// What a day will use.
#[derive(Serialize, ToSchema)]
pub(crate) struct DayExpected {
    /// The day.
    date: Date,
    /// Units, in the mean.
    expected: f64,
}

/// Get what the next days will use
///
/// Of each item, the next 14 days: from booked visits and what they use as a rule, what comes unbooked, the season and the weather forecast. With
/// an interval, and with the visits and the weather that make it.
#[utoipa::path(
    get, path = "/v1/inventory/forecast", tag = "inventory", operation_id = "getStockForecast",
    responses((status = 200, description = "What will be used", body = StockForecast)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
) -> Result<Json<StockForecast>, ApiError> {
    let known = guard.store.inventory().known(caller.tenant()?, caller.trace.at).await?;
    let usage = known.usage();
    let items: BTreeMap<_, _> = known.items.iter().map(|item| (&item.id, item)).collect();
    let forecasts = known.forecasts(HORIZON_DAYS);
    let of = |wanted: &Wanted| Some(ItemForecast::of(items.get(&wanted.item)?, wanted, &known, &usage));
    let items = forecasts.iter().filter_map(of).collect();
    Ok(Json(StockForecast {
        from: known.today,
        days: HORIZON_DAYS,
        level_percent: LEVEL_PERCENT,
        items,
        attribution: WEATHER_ATTRIBUTION,
    }))
}

impl ItemForecast {
    fn of(item: &Item, wanted: &Wanted, known: &Known, usage: &stock::Usage) -> Self {
        let days = &wanted.forecast.days;
        let all = wanted.forecast.over(HORIZON_DAYS);
        let (low, high) = all.interval(f64::from(LEVEL_PERCENT) / 100.0);
        let mut used = 0.0;
        let on_hand = f64::from(i32::try_from(wanted.on_hand).unwrap_or(i32::MAX));
        let runs_out_on = days.iter().find(|day| {
            used += day.booked + day.unbooked;
            used > on_hand
        });
        Self {
            item: item.id.to_string(),
            name: item.name.clone(),
            unit: item.unit.clone(),
            on_hand: wanted.on_hand,
            on_order: wanted.on_order,
            expected: rounded(all.mean),
            booked: rounded(days.iter().map(|day| day.booked).sum()),
            unbooked: rounded(days.iter().map(|day| day.unbooked).sum()),
            low,
            high,
            runs_out_on: runs_out_on.map(|day| day.date),
            visits: visits(item, known, usage),
            weather: wanted.forecast.of_weather(HORIZON_DAYS).map(WeatherUse::of).collect(),
            by_day: days
                .iter()
                .map(|day| DayExpected { date: day.date, expected: rounded(day.booked + day.unbooked) })
                .collect(),
        }
    }
}

impl WeatherUse {
    fn of((outlook, units): (&Outlook, f64)) -> Self {
        Self {
            weather: outlook.kind.clone(),
            from: outlook.from,
            to: outlook.to,
            percent: outlook.percent(),
            units: rounded(units),
            seen: outlook.days,
        }
    }
}

fn visits(item: &Item, known: &Known, usage: &stock::Usage) -> Vec<VisitsUse> {
    let last = known.today.checked_add(jiff::Span::new().days(i64::from(HORIZON_DAYS) - 1)).unwrap_or(known.today);
    let mut by_service: BTreeMap<&str, usize> = BTreeMap::new();
    for job in known.booked.iter().filter(|job| job.date <= last) {
        let visits = by_service.entry(job.service.as_str()).or_default();
        *visits = visits.saturating_add(1);
    }
    let of = |(service, visits): (&str, usize)| {
        let typical = usage.get(service)?.get(item.id.as_str())?;
        let per_visit = rounded(typical.mean);
        (per_visit > 0.0).then(|| VisitsUse { service: service.to_owned(), visits, per_visit, jobs: typical.jobs })
    };
    by_service.into_iter().filter_map(of).collect()
}

/// Two decimals: more would claim more than is known.
fn rounded(units: f64) -> f64 {
    (units * 100.0).round() / 100.0
}
