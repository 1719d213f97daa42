//! The work over all tenants as it is deployed: every cron function starts, and each worker does a business by its own role, out of what is really
//! stored: heat that is forecast begins a campaign, and a night sums a business up and publishes its trade's figures.

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::Client as Sqs;
use domain::TenantId;
use domain::identity::Actor;
use domain::insights::benchmarks::{AggregateStep, SHARDS};
use domain::tenancy::runs::{Outcome, RunKind};
use domain::tenancy::tenant_jobs::{TenantJob, WeatherCheck};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use runtime::clock::now;
use runtime::queue::{Queue, Queued};
use serde_json::{Value, json};
use std::fs;
use store::Trace;
use xtask::cloud;

use crate::booking::office;
use crate::stage::{Tenant, eventually, hot_town, outcome, root, stage, unique};

fn send<J: Queued>(queue: &str, jobs: &[J]) {
    let queue: Queue<J> = Queue::new(Sqs::new(&stage().aws), stage().output(queue).to_owned());
    stage().block_on(queue.send_all(jobs)).unwrap();
}

#[test]
fn heat_that_is_forecast_begins_a_campaign_by_the_rule_that_was_suggested() {
    let office = office();
    let (id, tenants) = (office.tenant.id(), stage().store.tenants());
    let mut shop = stage().block_on(tenants.document(&id)).unwrap();
    shop.value.industry = "hvac".to_owned();
    // Without a postal code: places are sought by that first.
    shop.value.business.address = Some(format!("1 Example Street, {}, CO", hot_town()));
    let by = Trace { actor: Actor::Operator, at: now(), address: None, correlation_id: unique() };
    stage().block_on(tenants.save(&shop.value, Some(shop.version), &by)).unwrap();

    let path = "/v1/weather-rules/heat-wave";
    let suggested = office.owner.call("GET", path, &[], "");
    let mut rule: Value = serde_json::from_str(&suggested.body).unwrap();
    assert_eq!(rule["active"], json!(false), "{rule}");
    rule["active"] = json!(true);
    let version = [("if-match", suggested.header("etag").unwrap())];
    let saved = office.owner.call("PUT", path, &version, &rule.to_string());
    assert_eq!(saved.status, 200, "{}", saved.body);

    let run = RunKind::Weather.of_day(now().to_zoned(shop.value.time_zone()).date());
    send("WeatherChecksQueueUrl", &[WeatherCheck { tenant: id.clone(), period: run.period.clone(), tries: 0 }]);
    assert_eq!(outcome(&run, &id), Outcome::Done);
    // The index that lists campaigns follows a little later.
    let campaigns = eventually("the campaign", || {
        let campaigns: Value = office.read("/v1/campaigns");
        campaigns["items"].as_array().filter(|items| !items.is_empty()).cloned()
    });
    let [campaign] = campaigns.as_slice() else { panic!("{campaigns:?}") };
    assert_eq!((&campaign["rule"], &campaign["condition"]), (&json!("heat-wave"), &json!("heat_wave")));
}

#[test]
fn every_schedule_starts_and_a_night_sums_a_business_up_and_publishes_its_trade() {
    for (function, kind) in [
        ("cron-weather", RunKind::Weather),
        ("cron-weekly-po", RunKind::WeeklyOrders),
        ("cron-benchmarks", RunKind::Benchmarks),
    ] {
        let event = fs::read_to_string(root().join(format!("events/{function}.json"))).unwrap();
        let sent = cloud::invoke(root(), stage().stack.port, function, &event).unwrap();
        assert!(sent.is_u64(), "{function} says how many it sent: {sent}");
        let through = stage().block_on(stage().store.runs().asked_through(kind)).unwrap().unwrap();
        assert!(now().duration_since(through) < SignedDuration::from_hours(25), "{function}: {through}");
    }

    // Opened after the night was asked for: it is too new to count until all that it counted is there.
    let trade = format!("trade-x{}", &unique()[..12]);
    let tenant = Tenant::opened(|file| file.tenant.industry.clone_from(&trade));
    let (id, day) = (tenant.id(), now().to_zoned(TimeZone::UTC).date());
    tenant.counted_before(day);
    let run = RunKind::Benchmarks.of_day(day);
    send("TenantJobsQueueUrl", &[TenantJob::BenchmarkSummary { tenant: id.clone(), period: run.period.clone() }]);
    assert_eq!(outcome(&run, &id), Outcome::Done);

    let steps: Vec<AggregateStep> = (0..SHARDS).map(|shard| AggregateStep::Shard { day, shard }).collect();
    send("AggregateQueueUrl", &steps);
    eventually("the night to be summed up", || {
        let night = stage().block_on(stage().store.benchmarks().night(day)).unwrap();
        night.filter(|night| night.open().is_empty())
    });
    // One business is too few for a figure, and that is decided with noise, by a key that only this function may open.
    let dynamo = aws_sdk_dynamodb::Client::new(&stage().aws);
    eventually("the ledger of the trade", || {
        let ledger = dynamo.get_item().table_name(stage().output("TableName")).consistent_read(true);
        let ledger = ledger.key("pk", AttributeValue::S(format!("T#{}#BENCHMARKS#LEDGERS", TenantId::platform())));
        stage().block_on(ledger.key("sk", AttributeValue::S(trade.clone())).send()).unwrap().item
    });
}
