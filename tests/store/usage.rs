//! What models took: counted by day, feature and model, announced and told at thresholds, closed at the end of the month.

use domain::Failure;
use domain::conversations::Answer;
use domain::events::{Event, EventKind};
use domain::ids::CampaignId;
use domain::leads::Score;
use domain::messaging::Email;
use domain::tenancy::usage::{Feature, Month, RESPONDER, Spent, Used};
use domain::tenancy::{CostControl, CostMode, Tenant};
use domain::turns::Outcome;
use futures::future::join_all;
use jiff::SignedDuration;
use store::{Commit, Store, Versioned};

use crate::counting::counted;
use crate::inventory::functions::{heard, mailer, mails_to, own_address};
use crate::mortal::{Death, Life};
use crate::stage::{Stage, message, noon, phone, plain, text_of, trace};

fn month() -> Month {
    Month::of(noon(0))
}

/// Eight turns of anonymous callers at noon, each of 11 and 7 tokens of Claude Sonnet 5.5.
async fn eight_turns(stage: &Stage) {
    for index in 0..8_i64 {
        let inbound = message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index);
        stage.say(&inbound, Answer { score: Score::Warm, ..plain() }).await;
    }
}

#[tokio::test]
async fn tokens_are_counted_by_day_feature_and_model() {
    let stage = Stage::new().await;
    eight_turns(&stage).await;
    let counters = stage.entities("usage").await;
    assert!(counters.len() > 1, "spread over several items");
    assert!(counters.iter().all(|item| text_of(item, "pk") == "T#acme#USAGE#2026-11"));
    assert!(counters.iter().all(|item| text_of(item, "sk").starts_with("20#converse#claude-sonnet-5-5#")));

    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let [line] = usage.days.as_slice() else { panic!("{usage:?}") };
    assert_eq!((line.day.to_string().as_str(), line.feature), ("2026-11-20", Feature::Converse));
    assert_eq!((line.calls, line.input_tokens, line.output_tokens), (8, 88, 56));
    // 11 at $2 and 7 at $10 for a million, eight times.
    assert_eq!(line.cost_microdollars, Some(8 * (22 + 70)));
    assert_eq!((usage.total_tokens, usage.total_cost_microdollars), (144, 736));
    assert_eq!(stage.store.usage().of_month(&stage.tenant.id, "2026-12").await.unwrap().days, []);
    assert!(stage.store.usage().of_month(&stage.tenant.id, "2026-11#TOTAL").await.is_err());
}

#[tokio::test]
async fn the_sum_is_remembered_for_a_minute() {
    let stage = Stage::new().await;
    assert_eq!(stage.store.usage().used(&stage.tenant.id, &month()).await.unwrap(), Used::default());
    eight_turns(&stage).await;
    assert_eq!(stage.store.usage().used(&stage.tenant.id, &month()).await.unwrap(), Used::default());
    let all = Used { tokens: 144, cost_microdollars: 736 };
    assert_eq!(stage.cold().usage().used(&stage.tenant.id, &month()).await.unwrap(), all);
}

#[tokio::test]
async fn money_that_is_used_up_ends_the_asking_of_models_however_many_tokens_are_left() {
    let stage = Stage::new().await;
    eight_turns(&stage).await;
    let limited = |limit| {
        let cost_control = CostControl { microdollars_per_month: Some(limit), ..CostControl::default() };
        Tenant { cost_control, ..stage.tenant.clone() }
    };
    let (ample, used_up) = (limited(73_600), limited(736));
    assert_eq!(stage.store.usage().cost_mode(&ample, noon(0)).await.unwrap(), CostMode::None);
    assert_eq!(stage.entities("usage threshold").await.len(), 0);
    assert_eq!(stage.store.usage().cost_mode(&used_up, noon(0)).await.unwrap(), CostMode::Builtin);
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let told: Vec<_> = usage.thresholds.iter().map(|one| (one.percent, one.tokens, one.cost_microdollars)).collect();
    assert_eq!(told, used_up.cost_control.thresholds().map(|(percent, _)| (percent, 144, 736)));
}

#[tokio::test]
async fn a_threshold_is_announced_once_a_month_whoever_sees_it() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let stores = [stage.store.clone(), stage.cold(), stage.cold()];
    let used = Used { tokens: 400_000, ..Used::default() };
    for (store, percent) in stores.iter().zip([80, 80, 95]).chain(stores.iter().zip([80, 95, 80])) {
        store.usage().announce_threshold(tenant, &month(), percent, used, noon(0)).await.unwrap();
    }
    assert_eq!(stage.entities("usage threshold").await.len(), 2);
    let events: Vec<String> =
        stage.entities("outbox").await.iter().map(|item| text_of(item, "events").to_owned()).collect();
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|events| events.contains("usage.threshold_reached")), "{events:?}");
}

#[tokio::test]
async fn a_month_is_closed_once_and_its_marks_are_not_counted() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    eight_turns(&stage).await;
    stage.store.usage().announce_threshold(tenant, &month(), 80, Used::default(), noon(0)).await.unwrap();
    let rows = stage.entities("outbox").await.len();
    for store in [stage.store.clone(), stage.cold()] {
        assert_eq!(store.usage().close_month(tenant, &month(), noon(60)).await.unwrap().total_tokens, 144);
    }
    let totals = stage.entities("usage total").await;
    let [total] = totals.as_slice() else { panic!("{totals:?}") };
    assert_eq!((total["tokens"].as_n().unwrap().as_str(), text_of(total, "sk")), ("144", "TOTAL"));
    assert_eq!(stage.entities("outbox").await.len(), rows + 1, "announced once");
    assert_eq!(stage.store.usage().of_month(tenant, "2026-11").await.unwrap().total_tokens, 144);
}

#[tokio::test]
async fn that_no_model_was_asked_is_counted_with_its_turn_and_no_turn_waits_for_the_counters() {
    let stage = Stage::new().await;
    let decide = async |index: u32| {
        let decided = stage.decide(&message(&format!("u{index}"), &phone(index), 0), plain()).await.unwrap();
        Outcome { spent: vec![Spent::unasked(Feature::Converse, RESPONDER)], ..decided }
    };
    let (store, calls) = counted(&stage);
    let commit =
        async |outcome: &Outcome| store.conversations().commit(&stage.tenant.id, outcome, noon(0)).await.unwrap();
    let first = decide(1).await;
    assert_eq!(commit(&first).await, Commit::Stored);
    assert_eq!(calls.take(), ["TransactWriteItems"]);
    assert_eq!(commit(&first).await, Commit::Duplicate);
    let mut others = Vec::new();
    for index in 2..22 {
        others.push(decide(index).await);
    }
    // All at once, each in the others' way.
    let commits = join_all(others.iter().map(commit)).await;
    assert_eq!(commits, [Commit::Stored; 20]);
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let [counted] = usage.without_model.as_slice() else { panic!("{usage:?}") };
    assert_eq!((counted.feature, counted.by.as_str(), counted.calls), (Feature::Converse, RESPONDER, 21));
}

/// A month of which the first share is used up, the two who are told of things, and the event.
async fn reached() -> (Stage, [Email; 2], Event) {
    let (stage, to) = (Stage::new().await, [own_address(), own_address()]);
    let cost_control = CostControl { microdollars_per_month: Some(15_000_000), ..CostControl::default() };
    // An address that is named twice is one person's.
    let notify = [to.as_slice(), &to[..1]].concat();
    let tenant = Tenant { notify, cost_control, ..stage.tenant.clone() };
    stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
    let (percent, tokens, cost_microdollars) = (cost_control.shorter_at, 140_212, 12_019_000);
    let used = Used { tokens, cost_microdollars };
    stage.store.usage().announce_threshold(&tenant.id, &month(), percent, used, noon(0)).await.unwrap();
    let kind = EventKind::UsageThresholdReached { month: month(), percent, tokens, cost_microdollars };
    (stage, to, heard("threshold", kind))
}

#[tokio::test]
async fn those_who_are_told_hear_once_what_is_used_of_what_and_where_to_change_it() {
    let (stage, to, event) = reached().await;
    for _ in 0..2 {
        mailer(&stage, stage.cold()).handle(&event, noon(60)).await.unwrap();
    }
    for to in &to {
        let mails = mails_to(&stage, to);
        assert_eq!(mails.len(), 1, "a record that comes again tells no one again");
        let link = "https://app.example.com/app/settings/spend";
        for said in ["2026-11", "140\u{a0}212", "500\u{a0}000", "$12.02", "$15", "shorter", link] {
            assert!(mails[0].contains(said), "{said}: {}", mails[0]);
        }
    }
    // Who is told of things from now on hears of it when the record comes again; the others do not.
    let third = own_address();
    let before = stage.store.tenants().document(&stage.tenant.id).await.unwrap();
    let tenant = Tenant { notify: vec![to[0].clone(), third.clone()], ..before.value };
    stage.store.tenants().save(&tenant, Some(before.version), &trace()).await.unwrap();
    mailer(&stage, stage.cold()).handle(&event, noon(60)).await.unwrap();
    assert_eq!([&to[0], &to[1], &third].map(|to| mails_to(&stage, to).len()), [1, 1, 1]);
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    assert_eq!(usage.thresholds.len(), 1, "what was noted leaves the mark readable");
}

#[tokio::test]
async fn each_is_told_wherever_the_worker_dies_and_twice_only_where_it_could_not_be_noted() {
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (stage, to, event) = reached().await;
            let life = Life::of(calls, death);
            let dying = mailer(&stage, Store::new(&life.aws(&stage), stage.table.clone()));
            let outcome = dying.handle(&event, noon(60)).await;
            for _ in 0..2 {
                mailer(&stage, stage.cold()).handle(&event, noon(60)).await.unwrap();
            }
            let [one, other] = to.each_ref().map(|to| mails_to(&stage, to).len());
            let most = if life.is_over() && death == Death::Before { 3 } else { 2 };
            assert!(one >= 1 && other >= 1 && one + other <= most, "{death:?} call {calls}: {one} and {other} mails");
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            assert!(matches!(outcome, Err(Failure::Retryable(_))), "{death:?} call {calls}: {outcome:?}");
            calls += 1;
        }
        assert!(calls >= 4, "only {calls} calls were tried");
    }
}

#[tokio::test]
async fn no_one_is_told_of_a_share_that_is_none_any_more() {
    let (stage, to, event) = reached().await;
    let next_month = noon(0) + SignedDuration::from_hours(24 * 11);
    mailer(&stage, stage.cold()).handle(&event, next_month).await.unwrap();
    let before = stage.store.tenants().document(&stage.tenant.id).await.unwrap();
    let control = before.value.cost_control;
    let raised = CostControl { microdollars_per_month: Some(100_000_000), ..control };
    let moved = CostControl { shorter_at: control.shorter_at - 1, ..control };
    for (cost_control, version) in [raised, moved].into_iter().zip(before.version..) {
        let tenant = Tenant { cost_control, ..before.value.clone() };
        stage.store.tenants().save(&tenant, Some(version), &trace()).await.unwrap();
        mailer(&stage, stage.cold()).handle(&event, noon(60)).await.unwrap();
    }
    assert_eq!(to.each_ref().map(|to| mails_to(&stage, to).len()), [0, 0]);
}

#[tokio::test]
async fn what_was_erased_while_its_mail_went_out_does_not_come_back_by_its_note() {
    let (stage, to) = (Stage::new().await, own_address());
    let (tenant, store) = (&stage.tenant.id, &stage.store);
    store.usage().note_told(tenant, &month(), 80, &to).await.unwrap();
    store.inventory().note_told(tenant, "2026-W48", &to).await.unwrap();
    store.campaigns().note_told(tenant, CampaignId::derive(tenant, &["gone"]), &to).await.unwrap();
    let weather = Versioned { value: Vec::new(), version: 1 };
    let noted = store.weather().note_events(tenant, &weather).await;
    assert!(matches!(noted, Err(Failure::Retryable(_))), "{noted:?}");
    let kinds = ["usage threshold", "order_week", "campaign_figures", "weather_events"];
    let items = stage.items().await;
    assert!(items.iter().all(|item| !kinds.contains(&text_of(item, "entity"))), "{items:?}");
    assert!(items.iter().all(|item| !text_of(item, "sk").contains(to.as_str())), "{items:?}");
}
