//! Weather: forecasts are fetched once a day for all businesses in a cell, outages are bridged, and weather begins a campaign once.

mod cache;
mod killed;
mod provider;
mod visits;

use connectors::weather::Server;
use connectors::weather::nws::Nws;
use connectors::weather::open_meteo::OpenMeteo;
use domain::Failure;
use domain::campaigns::WeatherRule;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::WeatherCheck;
use domain::tenancy::{Tenant, TenantStatus};
use domain::webhooks::Reach;
use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use serde_json::json;
use std::collections::BTreeMap;
use store::{NotedEvent, Store, Versioned};
use worker_weather::{PAUSES, WeatherChecks};

use crate::queues::{drain, queue};
use crate::stage::{Stage, make_unreadable, text_of, trace};
use provider::{Provider, Sky, town};

/// Six in the morning in Denver, some days after the first.
fn morning(day: i64) -> Timestamp {
    let first: Timestamp = "2026-07-10T12:10:00Z".parse().unwrap();
    first + SignedDuration::from_hours(24 * day)
}

fn checks(store: Store, queue: Queue<WeatherCheck>, provider: &Provider) -> WeatherChecks {
    let (base, contact) = (provider.url(), "ops@porchlight.example");
    WeatherChecks {
        store,
        queue,
        nws: Nws::new(Server::new(&base, contact, Reach::Local).unwrap()),
        open_meteo: OpenMeteo::new((Some(&base), Some(&base)), contact, None, Reach::Local).unwrap(),
    }
}

struct Scene {
    stage: Stage,
    provider: Provider,
    checks: WeatherChecks,
    sqs: aws_sdk_sqs::Client,
    queue: String,
}

impl Scene {
    async fn new() -> Self {
        let (stage, provider) = (Stage::new().await, Provider::start().await);
        let sqs = aws_sdk_sqs::Client::new(&stage.aws);
        let queue = queue(&sqs, false).await;
        let checks = checks(stage.store.clone(), Queue::new(sqs.clone(), queue.clone()), &provider);
        Self { stage, provider, checks, sqs, queue }
    }

    /// A business in a town that waits for heat waves and storms.
    async fn business(&self, id: &str, town: &str) -> Tenant {
        let mut document = serde_json::to_value(crate::stage::tenant(id)).unwrap();
        document["industry"] = json!("hvac");
        document["business"]["address"] = json!(format!("1 Example Street, {town}, CO 80207"));
        document["services"] = json!([{"id": "tune-up", "name": "Tune-up", "duration_minutes": 60, "booking": {"needs": [{"kind": "person"}]}}]);
        let tenant: Tenant = serde_json::from_value(document).unwrap();
        self.stage.store.tenants().save(&tenant, None, &trace()).await.unwrap();
        for rule in [
            json!({"id": "heat-wave", "name": "Heat wave", "condition": "heat_wave", "days": 3, "lead_days": 3,
                "thresholds": {"high_above_tenths_c": 350}, "services": ["tune-up"]}),
            json!({"id": "storm", "name": "Storm", "condition": "storm", "lead_days": 2,
                "thresholds": {"hail_from_tenths_mm": 254}, "services": ["tune-up"]}),
        ] {
            let rule: WeatherRule = serde_json::from_value(rule).unwrap();
            self.stage.store.documents().create(&tenant.id, &rule, &trace()).await.unwrap();
        }
        tenant
    }

    fn check(tenant: &Tenant, now: Timestamp, tries: usize) -> WeatherCheck {
        let period = now.to_zoned(tenant.time_zone()).date().to_string();
        WeatherCheck { tenant: tenant.id.clone(), period, tries: u32::try_from(tries).unwrap() }
    }

    async fn perform(&self, tenant: &Tenant, now: Timestamp) {
        self.checks.perform(&Self::check(tenant, now, 0), now).await.unwrap();
    }

    /// As it comes after every pause.
    async fn perform_last(&self, tenant: &Tenant, now: Timestamp) {
        self.checks.perform(&Self::check(tenant, now, PAUSES.len()), now).await.unwrap();
    }

    async fn outcome(&self, tenant: &Tenant, now: Timestamp) -> Option<Outcome> {
        let run = Run { kind: RunKind::Weather, period: Self::check(tenant, now, 0).period };
        self.stage.store.runs().outcome(&run, &tenant.id).await.unwrap()
    }

    async fn campaigns(&self) -> usize {
        self.stage.entities("campaign").await.len()
    }
}

#[tokio::test]
async fn a_thousand_businesses_in_forty_cells_cause_forty_forecasts_a_day() {
    const BUSINESSES: usize = 1_000;
    const TOWNS: usize = 40;
    let scene = Scene::new().await;
    let made = futures::stream::iter(0..BUSINESSES)
        .map(async |index| scene.business(&format!("business-{index}"), &town(index % TOWNS)).await);
    let businesses: Vec<Tenant> = made.buffer_unordered(16).collect().await;
    let all_at = async |now: Timestamp| {
        // Who finds that another one is fetching comes again.
        for _ in 0..6 {
            let performed = futures::stream::iter(&businesses).map(async |tenant| scene.perform(tenant, now).await);
            performed.buffer_unordered(16).for_each(async |()| {}).await;
            let run = Run { kind: RunKind::Weather, period: Scene::check(&businesses[0], now, 0).period };
            if scene.stage.store.runs().report(&run).await.unwrap().done == u64::try_from(BUSINESSES).unwrap() {
                return;
            }
        }
        panic!("not all are done");
    };
    let begun = std::time::Instant::now();
    all_at(morning(0)).await;
    let first = scene.provider.counts().await;
    println!("{BUSINESSES} businesses in {TOWNS} cells: {first:?} in {:.1} s", begun.elapsed().as_secs_f64());
    assert_eq!((first["gridpoints"], first["alerts"]), (TOWNS, TOWNS));
    assert!(
        (TOWNS..=4 * TOWNS).contains(&first["points"]) && (TOWNS..=8 * TOWNS).contains(&first["search"]),
        "{first:?}"
    );

    all_at(morning(0) + SignedDuration::from_mins(40)).await;
    assert_eq!(scene.provider.counts().await, first, "the same day again asks for nothing");
    scene.provider.set(Sky::HeatFrom(3));
    all_at(morning(1)).await;
    assert_eq!(scene.campaigns().await, BUSINESSES, "the heat begins a campaign for each");
    let second = scene.provider.counts().await;
    assert_eq!((second["gridpoints"], second["alerts"]), (2 * TOWNS, 2 * TOWNS));
    assert_eq!((second["points"], second["search"]), (first["points"], first["search"]), "where they are is known");
}

#[tokio::test]
async fn a_heat_wave_begins_one_campaign_however_often_and_by_how_many_it_is_looked_at() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    scene.provider.set(Sky::Calm);
    scene.perform(&tenant, morning(0)).await;
    assert_eq!((scene.outcome(&tenant, morning(0)).await, scene.campaigns().await), (Some(Outcome::Done), 0));
    scene.provider.set(Sky::HeatFrom(3));
    let check = Scene::check(&tenant, morning(1), 0);
    let at_once = tokio::join!(scene.checks.perform(&check, morning(1)), scene.checks.perform(&check, morning(1)),);
    // One of two at once may have to come again.
    let _ = at_once;
    scene.perform(&tenant, morning(1)).await;
    scene.perform(&tenant, morning(1)).await;
    assert_eq!(scene.campaigns().await, 1);
    for (day, ahead) in [(2, 2), (3, 3), (4, 0)] {
        scene.provider.set(Sky::HeatFrom(ahead));
        scene.perform(&tenant, morning(day)).await;
        assert_eq!(scene.outcome(&tenant, morning(day)).await, Some(Outcome::Done));
    }
    assert_eq!(scene.campaigns().await, 1, "the forecast moved, and it is the same event");
    let noted = scene.stage.store.weather().events(&tenant.id).await.unwrap().value;
    let [noted] = noted.as_slice() else { panic!("{noted:?}") };
    assert!(noted.is_proposed && noted.place.as_deref() == Some("Town ab") && noted.location.is_none(), "{noted:?}");
}

#[tokio::test]
async fn hail_of_last_evening_begins_a_campaign() {
    let scene = Scene::new().await;
    let tenant = scene.business("roofs", "Town ab").await;
    scene.provider.set(Sky::Hail);
    scene.perform(&tenant, morning(0)).await;
    assert_eq!(scene.campaigns().await, 1);
    let noted = scene.stage.store.weather().events(&tenant.id).await.unwrap().value;
    assert_eq!(noted[0].event.hail_tenths_mm, Some(318));
}

#[tokio::test]
async fn what_was_noted_before_it_was_handed_over_is_handed_over_under_its_own_key() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    scene.provider.set(Sky::HeatFrom(3));
    scene.perform(&tenant, morning(0)).await;
    let noted = scene.stage.store.weather().events(&tenant.id).await.unwrap();
    // As if it had died there, and the next day's forecast were another one.
    let undone = noted.value.into_iter().map(|event| NotedEvent { is_proposed: false, ..event }).collect::<Vec<_>>();
    let key = undone[0].event.key.clone();
    scene
        .stage
        .store
        .weather()
        .note_events(&tenant.id, &Versioned { value: undone, version: noted.version })
        .await
        .unwrap();
    scene.provider.set(Sky::HeatFrom(4));
    scene.perform(&tenant, morning(1)).await;
    let noted = scene.stage.store.weather().events(&tenant.id).await.unwrap().value;
    assert_eq!((noted.len(), noted[0].event.key.as_str(), noted[0].is_proposed), (1, key.as_str(), true));
    assert_eq!(scene.campaigns().await, 1);
}

#[tokio::test]
async fn an_outage_is_put_off_then_bridged_for_a_day_and_then_told() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    scene.provider.set(Sky::HeatFrom(9));
    scene.perform(&tenant, morning(0)).await;
    let asked = scene.provider.counts().await["gridpoints"];
    scene.provider.set(Sky::Out);
    scene.perform(&tenant, morning(1)).await;
    assert_eq!(scene.outcome(&tenant, morning(1)).await, None, "put off");
    let mut put_off = Vec::new();
    for _ in 0..20 {
        put_off.extend(drain(&scene.sqs, &scene.queue).await);
        if !put_off.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    let check: WeatherCheck = serde_json::from_str(put_off[0].body.as_deref().unwrap()).unwrap();
    assert_eq!((check.tries, check.period.as_str()), (1, "2026-07-11"));
    let during = scene.provider.counts().await["gridpoints"];
    scene.perform(&tenant, morning(1) + SignedDuration::from_secs(30)).await;
    assert_eq!(scene.provider.counts().await["gridpoints"], during, "it is left alone for some minutes");
    assert!(during > asked);
    scene.perform_last(&tenant, morning(1) - SignedDuration::from_mins(5)).await;
    assert_eq!(scene.outcome(&tenant, morning(1)).await, Some(Outcome::Done), "yesterday's is good for a day");
    let later = morning(2) + SignedDuration::from_mins(30);
    scene.perform_last(&tenant, later).await;
    assert_eq!(scene.outcome(&tenant, later).await, Some(Outcome::failed("no_forecast")));
    scene.provider.set(Sky::Calm);
    scene.perform(&tenant, later + SignedDuration::from_hours(1)).await;
    assert_eq!(scene.outcome(&tenant, later).await, Some(Outcome::Done), "what failed is done when it comes again");
}

#[tokio::test]
async fn a_cell_that_moved_is_found_again_by_its_point() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    scene.provider.set(Sky::Calm);
    scene.perform(&tenant, morning(0)).await;
    let points = scene.provider.counts().await["points"];
    scene.provider.move_cells();
    scene.perform(&tenant, morning(1)).await;
    assert_eq!(scene.outcome(&tenant, morning(1)).await, Some(Outcome::Done));
    assert_eq!(scene.provider.counts().await["points"], points + 1);
    let places = scene.stage.entities("weather_place").await;
    assert!(places.iter().all(|place| text_of(place, "cell").starts_with("nws/NEW/")), "{places:?}");
    scene.perform(&tenant, morning(2)).await;
    assert_eq!(scene.provider.counts().await["points"], points + 1, "it is known from then on");
}

#[tokio::test]
async fn half_a_forecast_is_looked_at_and_fulfils_nothing_that_it_does_not_say() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    scene.provider.set(Sky::Nulls);
    scene.perform(&tenant, morning(0)).await;
    assert_eq!((scene.outcome(&tenant, morning(0)).await, scene.campaigns().await), (Some(Outcome::Done), 0));
}

#[tokio::test]
async fn who_has_nothing_to_wait_for_or_no_place_is_skipped_with_the_reason() {
    let scene = Scene::new().await;
    let without_rules = scene.stage.tenant.clone();
    let mut paused = scene.business("paused", "Town ab").await;
    let mut homeless = scene.business("homeless", "Town ac").await;
    let unknown = scene.business("unknown", "Atlantis").await;
    paused.status = TenantStatus::Paused;
    homeless.business.address = None;
    for tenant in [&paused, &homeless] {
        scene.stage.store.tenants().save(tenant, Some(1), &trace()).await.unwrap();
    }
    let reasons = BTreeMap::from([
        (without_rules.id.to_string(), "no_triggers"),
        (paused.id.to_string(), "not_served"),
        (homeless.id.to_string(), "no_address"),
        (unknown.id.to_string(), "address_not_found"),
    ]);
    for tenant in [&without_rules, &paused, &homeless, &unknown] {
        scene.perform(tenant, morning(0)).await;
        let reason = reasons[tenant.id.as_str()];
        assert_eq!(scene.outcome(tenant, morning(0)).await, Some(Outcome::skipped(reason)), "{}", tenant.id);
    }
    assert_eq!(scene.provider.counts().await.get("gridpoints"), None);
}

#[tokio::test]
async fn of_a_business_that_cannot_be_read_the_run_says_so() {
    let scene = Scene::new().await;
    let tenant = scene.business("cool", "Town ab").await;
    make_unreadable(&scene.stage, "cool").await;
    let failed = scene.checks.perform(&Scene::check(&tenant, morning(0), 0), morning(0)).await;
    assert!(matches!(failed, Err(Failure::Permanent(_))), "{failed:?}");
    assert_eq!(scene.outcome(&tenant, morning(0)).await, Some(Outcome::failed("unreadable")));
}
