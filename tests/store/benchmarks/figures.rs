//! The six figures of one business, from the visits, people and counters of a table.

use benchmarks::{Insight, Metric, Trend};
use domain::insights::{Bucket, Counter, Counts, Increment, Place};
use domain::scheduling::{BookingState, Resource};
use domain::{EventId, TenantId};
use futures::future::join_all;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{from_value, json};

use super::{NIGHT, at};
use crate::no_show::{booking, put};
use crate::stage::{Stage, trace};

/// Ten in the morning in Denver, or an hour later.
fn ten(day: &str) -> Timestamp {
    format!("{day}T17:00:00Z").parse().unwrap()
}

/// A visit of each of these customers on a day.
async fn visits(stage: &Stage, customers: std::ops::Range<u32>, day: &str, state: BookingState) {
    let booked = customers.map(|customer| booking(stage, &format!("customer-{customer}"), ten(day), state));
    let booked: Vec<_> = booked.collect();
    for some in booked.chunks(25) {
        join_all(some.iter().map(|booking| put(stage, booking))).await;
    }
}

/// What is counted so many days before the night.
fn counted(ago: i64, counts: &[(Counter, u64)]) -> (Place, Counts) {
    (Place { day: NIGHT.saturating_sub(ago.days()), location: None }, counts.iter().copied().collect())
}

#[tokio::test]
async fn one_business_has_all_six_exactly_from_two_years_of_its_own_records() {
    let stage = Stage::new().await;
    // Of forty customers of the year before the last, six missed their next visit and 24 came again; one came a day after the year was over.
    visits(&stage, 0..40, "2025-06-10", BookingState::Completed).await;
    visits(&stage, 0..24, "2026-03-10", BookingState::Completed).await;
    visits(&stage, 24..30, "2026-03-10", BookingState::Missed).await;
    visits(&stage, 30..31, "2026-06-11", BookingState::Completed).await;
    // Nine more came for the first time in the last year: 40 visits were due in it.
    visits(&stage, 50..59, "2026-10-05", BookingState::Completed).await;
    // Neither: of the year before, called off, still to come, of the day of the run.
    visits(&stage, 40..45, "2025-07-10", BookingState::Missed).await;
    visits(&stage, 50..54, "2026-05-05", BookingState::Cancelled).await;
    visits(&stage, 50..54, "2026-12-05", BookingState::Booked).await;
    visits(&stage, 55..59, "2026-11-30", BookingState::Missed).await;
    for person in [
        json!({"id": "ana", "name": "Ana", "kind": "person"}),
        json!({"id": "ben", "name": "Ben", "kind": "person"}),
        json!({"id": "cas", "name": "Cas", "kind": "person", "active": false}),
        json!({"id": "van-2", "name": "Van 2", "kind": "vehicle"}),
    ] {
        let resource: Resource = from_value(person).unwrap();
        stage.store.documents().create(&stage.tenant.id, &resource, &trace()).await.unwrap();
    }
    let adds = vec![
        counted(
            30,
            &[
                (Counter::QuotesSent, 12),
                (Counter::QuotesAccepted, 4),
                (Counter::FirstResponse(Bucket::of(30)), 15),
                (Counter::FirstResponseSeconds, 450),
                (Counter::Reviews, 8),
                (Counter::ReviewStars, 37),
                (Counter::InvoicesPaid, 14),
                (Counter::PaidCents, 1_500_000),
            ],
        ),
        counted(
            300,
            &[
                (Counter::QuotesSent, 8),
                (Counter::QuotesAccepted, 3),
                (Counter::FirstResponse(Bucket::of(600)), 10),
                (Counter::FirstResponseSeconds, 6_000),
                (Counter::Reviews, 4),
                (Counter::ReviewStars, 17),
                (Counter::InvoicesPaid, 10),
                (Counter::PaidCents, 900_000),
            ],
        ),
        // Before the year.
        counted(
            400,
            &[
                (Counter::QuotesSent, 50),
                (Counter::QuotesAccepted, 50),
                (Counter::FirstResponse(Bucket::of(5)), 50),
                (Counter::Reviews, 50),
                (Counter::ReviewStars, 50),
                (Counter::InvoicesPaid, 50),
                (Counter::PaidCents, 50_000_000),
            ],
        ),
    ];
    let acme: &TenantId = &stage.tenant.id;
    let increment = Increment { once: EventId::derive(acme, &["two years"]), adds, extras: Vec::new() };
    stage.store.insights().add(acme, &[increment], at("01:00:00")).await.unwrap();

    let own = stage.cold().benchmarks().summarise(&stage.tenant, NIGHT, at("03:10:00")).await.unwrap();
    let found: Vec<_> = own.figures.iter().map(|own| (own.metric, own.value, own.observations)).collect();
    let expected = [
        (Metric::QuoteConversion, 3_500, 20),
        (Metric::ResponseTime, i64::from(Bucket::of(30).seconds()), 25),
        (Metric::NoShowRate, 1_500, 40),
        (Metric::ReviewScore, 450, 12),
        (Metric::Retention, 6_000, 40),
        // 24,000 dollars of a year, by twelve months and two people.
        (Metric::RevenuePerTechnician, 100_000, 24),
    ];
    assert_eq!(found, expected.map(|(metric, value, seen)| (metric, Some(value), seen)));
    assert_eq!(stage.cold().benchmarks().own(acme).await.unwrap(), Some(own), "and that is what is kept");

    // The twelve months that ended 90 days ago: 53 of 58 quotes were accepted, and 54 reviews had 67 stars.
    let report = stage.cold().benchmarks().report(&stage.tenant).await.unwrap();
    let of = |metric: Metric| report.metrics.iter().find(|line| line.metric == metric).unwrap();
    let (quotes, reviews) = (of(Metric::QuoteConversion), of(Metric::ReviewScore));
    assert_eq!((quotes.trend, quotes.insight), (Some(Trend::Declining), Some(Insight::FollowUpOpenQuotes)));
    assert_eq!((reviews.trend, reviews.insight), (Some(Trend::Improving), None), "there is nothing to do");
}
