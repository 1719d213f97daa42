//! A business's own figures, and what is shown of others.

use std::collections::BTreeMap;

use ::benchmarks::{Metric, Place, Published, Trend};
use jiff::civil::{Date, date};
use serde_json::json;

use super::*;
use crate::insights::{Bucket, Step};
use crate::messaging::Channel;
use crate::samples::roofer;

const TODAY: Date = date(2026, 11, 30);

/// Every tenth day of 500: three quotes of which one is taken, two reviews, a payment, and customers who write.
fn days() -> BTreeMap<Date, Counts> {
    let day = |_| {
        [
            (Counter::QuotesSent, 3),
            (Counter::QuotesAccepted, 1),
            (Counter::Reviews, 2),
            (Counter::ReviewStars, 9),
            (Counter::InvoicesPaid, 1),
            (Counter::PaidCents, 900_000),
            (Counter::FirstResponse(Bucket::of(20)), 3),
            (Counter::FirstResponseSeconds, 60),
            (Counter::MessagesIn(Channel::Sms), 4),
            (Counter::Reached(Step::Leads, Source::Sms), 3),
        ]
        .into_iter()
        .collect()
    };
    (1..=125).map(|index| (back(TODAY, index * 4), day(index))).collect()
}

fn visit(customer: u32, days_ago: i64, missed: bool) -> Visit {
    let contact = ContactId::derive(&roofer().id, &[&customer.to_string()]);
    Visit { contact, day: back(TODAY, days_ago), missed }
}

/// Forty customers of the year before the last; every second one came again, and one of ten visits was missed.
fn visits() -> Vec<Visit> {
    let then = (0..40).map(|customer| visit(customer, 400, false));
    let again = (0..40).step_by(2).map(|customer| visit(customer, 100, false));
    let missed = (0..40).map(|customer| visit(100 + customer, 50, customer % 10 == 0));
    then.chain(again).chain(missed).collect()
}

fn figures(tenant: &Tenant, days: &BTreeMap<Date, Counts>, visits: &[Visit]) -> OwnFigures {
    let facts = Facts { tenant, locations: &[], days, visits, technicians: 3, today: TODAY };
    OwnFigures::of(&facts, None)
}

fn one(own: &OwnFigures, metric: Metric) -> OwnFigure {
    *own.figures.iter().find(|figure| figure.metric == metric).unwrap()
}

#[test]
fn all_six_come_from_what_is_stored() {
    let own = figures(&roofer(), &days(), &visits());
    let values: Vec<(Option<i64>, u32)> = own.figures.iter().map(|own| (own.value, own.observations)).collect();
    // 91 days of the last 365; 24 of 60 came again (20) or were there; 4 of 60 visits were missed.
    let expected = [
        (Some(3_333), 273),
        (Some(20), 273),
        (Some(667), 60),
        (Some(450), 182),
        (Some(5_000), 40),
        // 91 × $9,000 ÷ 12 ÷ 3
        (Some(2_275_000), 91),
    ];
    assert_eq!(values, expected);
    assert_eq!((own.left_out, own.cohort.as_ref().map(ToString::to_string).as_deref()), (None, Some("roofing/us/co")));
    let (cohort, contribution) = own.contribution().unwrap();
    assert_eq!((cohort.trade(), contribution.values().count()), ("roofing", 6));
    assert_eq!(one(&own, Metric::ReviewScore).previous, Some(450), "of the year that ended 90 days ago");
}

#[test]
fn the_same_facts_give_the_same_figures_in_whatever_order() {
    let mut backwards = visits();
    backwards.reverse();
    assert_eq!(figures(&roofer(), &days(), &visits()), figures(&roofer(), &days(), &backwards));
}

#[test]
fn what_nothing_stands_behind_is_absent_and_says_why() {
    let quiet: BTreeMap<Date, Counts> = [(back(TODAY, 10), [(Counter::QuotesSent, 9)].into_iter().collect())].into();
    let own = figures(&roofer(), &quiet, &[]);
    let absent: Vec<Option<Absent>> = own.figures.iter().map(|own| own.absent).collect();
    let nothing = Some(Absent::NothingKnown);
    assert_eq!(absent, [Some(Absent::TooFew), nothing, nothing, nothing, nothing, nothing]);
    assert!(own.figures.iter().all(|own| own.value.is_none() && own.previous.is_none()));
    assert_eq!(own.left_out, Some(LeftOut::TooNew));
    assert_eq!(own.contribution(), None);
}

#[test]
fn revenue_needs_technicians_the_countrys_currency_and_some_months() {
    let revenue = |tenant: &Tenant, days: &BTreeMap<Date, Counts>, technicians| {
        let facts = Facts { tenant, locations: &[], days, visits: &[], technicians, today: TODAY };
        one(&OwnFigures::of(&facts, None), Metric::RevenuePerTechnician)
    };
    let (dollars, days) = (roofer(), days());
    assert_eq!(revenue(&dollars, &days, 0).absent, Some(Absent::NoTechnicians));
    let euros = Tenant { currency: "EUR".to_owned(), ..roofer() };
    assert_eq!(revenue(&euros, &days, 3).absent, Some(Absent::OtherCurrency));
    let lately: BTreeMap<Date, Counts> = days.range(back(TODAY, 89)..).map(|(day, all)| (*day, all.clone())).collect();
    assert_eq!(revenue(&dollars, &lately, 3).absent, Some(Absent::TooShort));
    // 23 payments in 92 days: no less a month than with the whole year.
    let quarter: BTreeMap<Date, Counts> = days.range(back(TODAY, 92)..).map(|(day, all)| (*day, all.clone())).collect();
    assert_eq!(revenue(&dollars, &quarter, 3).value, Some(23 * 900_000 * 365 / (92 * 12 * 3)));
}

#[test]
fn leads_that_were_won_stand_for_revenue_where_no_invoices_are_reported() {
    let won: Counts = [(Counter::WonValued, 1), (Counter::WonCents, 120_000)].into_iter().collect();
    let days: BTreeMap<Date, Counts> = (1..=365).map(|ago| (back(TODAY, ago), won.clone())).collect();
    let own = one(&figures(&roofer(), &days, &[]), Metric::RevenuePerTechnician);
    assert_eq!((own.value, own.observations), (Some(120_000 * 365 / 36), 365));
}

#[test]
fn a_customer_came_again_within_a_year_of_the_latest_visit() {
    let rate = |more: &[Visit]| {
        let base = (0..20).map(|customer| visit(customer, 400, false));
        let visits: Vec<Visit> = base.chain(more.iter().copied()).collect();
        one(&figures(&roofer(), &days(), &visits), Metric::Retention).value
    };
    assert_eq!(rate(&[]), Some(0));
    assert_eq!(rate(&[visit(3, 300, false), visit(3, 200, false)]), Some(500), "once, however often");
    assert_eq!(rate(&[visit(3, 300, true)]), Some(0), "they were not there");
    assert_eq!(rate(&[visit(3, 20, false)]), Some(0), "more than a year later");
    assert_eq!(rate(&[visit(3, 390, false)]), Some(0), "that is the latest one of that year, and none followed");
    assert_eq!(rate(&[visit(900, 100, false)]), Some(0), "someone new");
}

#[test]
fn who_does_not_take_part_has_no_figures_and_puts_nothing_in() {
    let out = Tenant { benchmarks: false, ..roofer() };
    let own = figures(&out, &days(), &visits());
    assert_eq!((own.left_out, own.figures.len(), own.contribution()), (Some(LeftOut::OptedOut), 0, None));
    assert_eq!(BenchmarkReport::of(false, Some(&own), &[]).state, State::OptedOut);
}

#[test]
fn who_moves_counts_in_one_place_alone_for_half_a_year() {
    let (days, visits) = (days(), visits());
    let plumber = Tenant { industry: "plumbing".to_owned(), ..roofer() };
    let of = |tenant: &Tenant, today, before: Option<&OwnFigures>| {
        let facts = Facts { tenant, locations: &[], days: &days, visits: &visits, technicians: 3, today };
        OwnFigures::of(&facts, before)
    };
    let before = of(&roofer(), TODAY, None);
    let moved = of(&plumber, TODAY, Some(&before));
    assert_eq!((moved.moved_on, moved.left_out), (Some(TODAY), Some(LeftOut::MovedLately)));
    let unnamed = of(&Tenant { industry: "屋根".to_owned(), ..roofer() }, TODAY, Some(&before));
    assert_eq!((unnamed.cohort.is_none(), unnamed.moved_on), (true, None));
    let through = of(&plumber, TODAY, Some(&unnamed));
    assert_eq!(through.left_out, Some(LeftOut::MovedLately), "not by a trade without a name in between");
    assert_eq!(of(&roofer(), TODAY, Some(&unnamed)).left_out, None, "it is where it was");
    let out = Tenant { benchmarks: false, ..plumber.clone() };
    let away = of(&out, TODAY, Some(&moved));
    assert_eq!(of(&plumber, TODAY, Some(&away)).left_out, Some(LeftOut::MovedLately), "not by leaving for a night");
}

#[test]
fn a_trade_is_known_however_it_is_written_and_a_region_by_its_address() {
    let cohort = |change: &dyn Fn(&mut Tenant)| {
        let mut tenant = roofer();
        change(&mut tenant);
        cohort_of(&tenant, &[]).map(|cohort| cohort.to_string())
    };
    let trade = |industry: &str| cohort(&|tenant| industry.clone_into(&mut tenant.industry));
    assert_eq!(trade("Roofing & Gutters").as_deref(), Some("roofing/us/co"));
    assert_eq!(trade("Heating and cooling").as_deref(), Some("hvac/us/co"));
    assert_eq!(trade("lawn care").as_deref(), Some("landscaping/us/co"));
    assert_eq!(trade("Dog  grooming!").as_deref(), Some("dog-grooming/us/co"));
    assert_eq!(trade("屋根").as_deref(), None);
    let address = |text: &str| cohort(&|tenant| tenant.business.address = Some(text.to_owned()));
    assert_eq!(address("1 Example Way, Austin, TX 78701-1234").as_deref(), Some("roofing/us/tx"));
    assert_eq!(address("somewhere").as_deref(), Some("roofing/us/america-denver"));
    let location = |id: &str, state: &str| -> Location {
        let address = json!({"street": "1 Example Way", "city": "X", "country": "US", "state": state});
        serde_json::from_value(json!({"id": id, "name": id, "address": address})).unwrap()
    };
    let places = [location("a", "Texas"), location("b", "CO"), location("c", "tx")];
    assert_eq!(cohort_of(&roofer(), &places).unwrap().to_string(), "roofing/us/tx");
}

fn published(cohort: &str, metric: Metric, figures: [i64; 3]) -> Published {
    let [average, top25, top10] = figures;
    serde_json::from_value(json!({
        "cohort": cohort, "period": "2026-H2", "metric": metric, "band": "100-249", "average": average,
        "top25": top25, "top10": top10, "epsilon_milli": 300
    }))
    .unwrap()
}

#[test]
fn each_metric_is_compared_with_the_nearest_that_has_figures() {
    let own = figures(&roofer(), &days(), &visits());
    let all = [
        published("roofing", Metric::QuoteConversion, [4_000, 5_000, 6_000]),
        published("roofing/us", Metric::QuoteConversion, [3_000, 3_300, 5_000]),
        published("roofing/us/tx", Metric::QuoteConversion, [1, 2, 3]),
        published("roofing", Metric::ResponseTime, [15, 10, 5]),
    ];
    let report = BenchmarkReport::of(true, Some(&own), &all);
    let line = |metric| report.metrics.iter().find(|line| line.metric == metric).unwrap();
    let quotes = line(Metric::QuoteConversion);
    let others = quotes.others.as_ref().unwrap();
    assert_eq!((others.level, others.cohort.as_str(), others.average), (Level::Country, "roofing/us", 3_000));
    assert_eq!((quotes.place, quotes.trend), (Some(Place::Top25), Some(Trend::Stable)));
    assert!(quotes.insight.is_some());
    assert_eq!(line(Metric::ResponseTime).place, Some(Place::Below), "fewer seconds are better");
    let alone = line(Metric::Retention);
    assert_eq!((alone.own, alone.no_comparison), (Some(5_000), Some(NoComparison::TooFewBusinesses)));
    assert_eq!((alone.place, alone.insight), (None, None));
    assert_eq!(BenchmarkReport::of(true, None, &all).state, State::NotYet);
}
