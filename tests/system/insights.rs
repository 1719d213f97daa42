//! What happened shows as figures: to whom it may, and to no one else.

use domain::conversations::Intent;
use domain::insights::Insights;
use domain::messaging::{Channel, Source};
use serde_json::{Value, json};

use crate::stage::{Person, Tenant, eventually, number, unique};

/// The last 30 days, once `done` is satisfied with them.
fn insights_when(tenant: &Tenant, what: &str, done: impl Fn(&Insights) -> bool) -> Insights {
    eventually(what, || Some(tenant.read::<Insights>("/v1/insights")).filter(|insights| done(insights)))
}

fn read(person: &Person) -> (u16, Value) {
    let answer = person.call("GET", "/v1/insights", &[], "");
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

#[test]
fn a_talk_in_the_chat_is_one_lead_and_one_first_response_within_seconds() {
    let (roofer, other) = (Tenant::opened(|_| {}), Tenant::opened(|_| {}));
    let said = roofer.chat(&unique(), "How much is a roof inspection?");
    roofer.sent_reply(&said);
    let insights = insights_when(&roofer, "the figures of the talk", |insights| {
        let totals = insights.totals;
        (totals.leads, totals.messages_in, totals.messages_out, totals.answered) == (1, 1, 1, 1)
    });
    assert_eq!((insights.totals.conversations, insights.totals.answered_alone), (1, 1));
    assert!(insights.first_response.unwrap().median_seconds <= 60, "{:?}", insights.first_response);
    assert_eq!(insights.best_source, Some(Source::LiveChat));
    let chats = insights.channels.iter().find(|figures| figures.channel == Channel::Chat).unwrap();
    assert_eq!((chats.conversations, chats.messages_in, chats.messages_out), (1, 1, 1));
    assert_eq!(insights.questions.first().map(|question| question.intent), Some(Intent::Price));
    assert_eq!(insights.days.len(), 30);
    let last: u64 = insights.days.iter().rev().take(2).map(|day| day.figures.leads).sum();
    assert_eq!(last, 1, "today is the last day, and yesterday a moment later");
    assert_eq!(insights.funnel.first().unwrap().leads, 1);

    let theirs: Insights = other.read("/v1/insights");
    assert_eq!((theirs.totals, theirs.first_response), (domain::insights::Figures::default(), None));
}

#[test]
fn a_lead_that_is_won_is_worth_what_the_tenant_says_a_job_is() {
    let roofer = Tenant::opened(|file| file.tenant.insights.average_job_cents = Some(85_000));
    let said = roofer.sms(&number(), "Do you repair roofs?");
    roofer.sent_reply(&said);
    assert_eq!(roofer.set_status(said.lead(), "closed_won").status, 200);
    let insights =
        insights_when(&roofer, "the lead to be won", |insights| (insights.totals.leads, insights.totals.won) == (1, 1));
    let value = insights.value.unwrap();
    assert_eq!((value.roi.won_cents, value.roi.without_value), (85_000, 1));
    assert_eq!((value.roi.cost_cents, value.roi.percent), (None, None), "what it costs was not said");
    assert_eq!(insights.funnel.iter().map(|step| step.leads).collect::<Vec<_>>(), [1; 4]);

    let manager = roofer.person("manager");
    let etag = manager.call("GET", "/v1/tenant", &[], "").header("etag").unwrap().to_owned();
    let patch = json!({"insights": {"average_job_cents": 100_000, "monthly_price_cents": 36_500}}).to_string();
    let changed = manager.call("PATCH", "/v1/tenant", &[("if-match", &etag)], &patch);
    assert_eq!(changed.status, 200, "{}", changed.body);
    let roi = &read(&manager).1["value"]["roi"];
    // 30 days of $365 a month are $360; $1,000 is 177 percent more.
    assert_eq!(
        (&roi["won_cents"], &roi["cost_cents"], &roi["percent"]),
        (&100_000.into(), &36_000.into(), &177.into())
    );
}

#[test]
fn a_viewer_sees_counts_and_a_manager_money_too() {
    let roofer = Tenant::opened(|_| {});
    let (status, seen) = read(&roofer.person("viewer"));
    assert_eq!(status, 200);
    assert!(seen["totals"]["leads"].is_u64() && seen.get("value").is_none(), "{seen}");
    assert!(seen["totals"].get("won_cents").is_none(), "money is in the value alone");
    let (_, seen) = read(&roofer.person("manager"));
    assert_eq!(seen["value"]["currency"], "USD");
    assert_eq!(seen["value"]["assumptions"]["close_rate_percent"]["from"], "default");
    assert_eq!(Tenant::call("GET", "/v1/insights", &[], "").status, 401);
}

#[test]
fn a_range_that_is_none_and_a_location_that_is_no_ones_are_refused_by_name() {
    let roofer = Tenant::roofer();
    for (query, status, field) in [
        ("from=2026-11-20&to=2026-11-19", 400, Some("from")),
        ("from=2025-01-01&to=2026-11-19", 400, Some("from")),
        ("from=yesterday", 400, Some("from")),
        ("to=2026-13-01", 400, Some("to")),
        ("location=Not%20a%20slug", 400, Some("location")),
        ("location=atlantis", 404, None),
        ("day=2026-11-20", 400, Some("day")),
    ] {
        let answer = roofer.get(&format!("/v1/insights?{query}"));
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["field"].as_str(), field, "{query}");
    }
}
