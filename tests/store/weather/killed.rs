//! A check of the weather that is killed at each of its calls: the next one finishes what it left, and there is one campaign.

use aws_sdk_sqs::Client as Sqs;
use domain::Failure;
use domain::tenancy::Tenant;
use domain::tenancy::runs::Outcome;
use jiff::SignedDuration;
use runtime::queue::Queue;
use store::{NotedEvent, Store};

use super::provider::Sky;
use super::{Scene, checks, morning};
use crate::mortal::{Death, Life};
use crate::stage::text_of;

/// What a check leaves for good.
#[derive(Debug, PartialEq)]
struct Left {
    outcome: Option<Outcome>,
    events: Vec<NotedEvent>,
    /// The keys of the campaigns that begin.
    campaigns: Vec<String>,
    /// How often others are told that one begins.
    told: usize,
}

impl Left {
    async fn of(scene: &Scene, tenant: &Tenant) -> Self {
        let campaigns = scene.stage.entities("campaign").await;
        let rows = scene.stage.overdue_rows(morning(400), 50).await;
        let told = rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == "campaign.proposed");
        Self {
            outcome: scene.outcome(tenant, morning(0)).await,
            events: scene.stage.cold().weather().events(&tenant.id).await.unwrap().value,
            campaigns: campaigns.iter().map(|item| text_of(item, "sk").to_owned()).collect(),
            told: told.count(),
        }
    }
}

/// A business for which a heat wave comes.
async fn begun() -> (Scene, Tenant) {
    let scene = Scene::new().await;
    scene.provider.set(Sky::HeatFrom(3));
    let tenant = scene.business("cool", "Town ab").await;
    (scene, tenant)
}

#[tokio::test]
async fn wherever_a_check_dies_the_next_one_leaves_what_an_unharmed_one_does() {
    let (unharmed, tenant) = begun().await;
    unharmed.perform(&tenant, morning(0)).await;
    let expected = Left::of(&unharmed, &tenant).await;
    assert_eq!((expected.events.len(), expected.campaigns.len(), expected.told), (1, 1, 1), "{expected:?}");
    for death in [Death::Before, Death::After] {
        for calls in 0.. {
            let (scene, tenant) = begun().await;
            let life = Life::of(calls, death);
            let aws = life.aws(&scene.stage);
            let store = Store::new(&aws, scene.stage.table.clone());
            let dying = checks(store, Queue::new(Sqs::new(&aws), scene.queue.clone()), &scene.provider);
            let died = dying.perform(&Scene::check(&tenant, morning(0), 0), morning(0)).await;
            if !life.is_over() {
                died.unwrap();
                assert!(calls > 12, "only {calls} calls were tried");
                break;
            }
            assert!(matches!(died, Err(Failure::Retryable(_))), "{death:?} call {calls}: {died:?}");
            // It may have died with the lease of a forecast, which ends within a minute.
            for _ in 0..2 {
                scene.perform(&tenant, morning(0) + SignedDuration::from_mins(1)).await;
            }
            assert_eq!(Left::of(&scene, &tenant).await, expected, "killed at call {calls}, {death:?}");
        }
    }
}
