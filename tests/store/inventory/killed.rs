//! What is done to stock and orders, killed at each of its calls, before it left and after it was carried out: a second try leaves what an
//! unharmed first one does, item by item.

use aws_config::SdkConfig;
use domain::Failure;
use domain::ids::{AppointmentId, ServiceId};
use domain::inventory::{Movement, MovementKind};
use store::{Store, Trace};

use super::orders::{WEEK, document, low, monday, only_draft};
use super::{acme, line, supplier};
use crate::mortal::{self, Death, Life};
use crate::stage::{Stage, noon, tenant, trace};

/// Tries `job`, killed at each call both ways, on what `prepare` makes.
async fn survives(
    least_calls: usize,
    prepare: impl AsyncFn() -> Stage,
    job: impl AsyncFn(&Store) -> Result<(), Failure>,
) {
    let job = async |stage: &Stage, (): &(), aws: &SdkConfig| job(&Store::new(aws, stage.table.clone())).await;
    mortal::survives(least_calls, async || (prepare().await, ()), job).await;
}

#[tokio::test]
async fn a_movement_of_a_job() {
    let used = Movement {
        appointment: Some(AppointmentId::derive(&acme(), &["a"])),
        service: Some(ServiceId::new("roof-repair").unwrap()),
        ..line("cap", MovementKind::Use, ("shop", None), 2, ("u", 60))
    };
    survives(2, low, async |store| store.inventory().record(&tenant("acme"), &used, noon(60)).await.map(drop)).await;
}

#[tokio::test]
async fn a_movement_that_comes_late() {
    let late = line("cap", MovementKind::Count, ("shop", None), 4, ("c", -60));
    survives(3, low, async |store| store.inventory().record(&tenant("acme"), &late, noon(60)).await.map(drop)).await;
}

#[tokio::test]
async fn the_orders_of_a_week() {
    survives(8, low, async |store| store.inventory().draft_week(&tenant("acme"), WEEK, "c", monday()).await.map(drop))
        .await;
}

async fn drafted() -> Stage {
    let stage = low().await;
    stage.store.inventory().draft_week(&tenant("acme"), WEEK, "c", monday()).await.unwrap();
    stage
}

#[tokio::test]
async fn an_approval_and_the_document_that_follows_it() {
    let shown = only_draft(&drafted().await).await;
    let by = Trace { at: monday(), ..trace() };
    survives(4, drafted, async |store| {
        let inventory = store.inventory();
        inventory.approve_order(&acme(), (shown.id, shown.digest(&acme())), &by).await?;
        inventory.attach_document(&acme(), shown.id, &document(&shown, false), "c", monday()).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_receipt_of_an_order() {
    let shown = only_draft(&drafted().await).await;
    let came_in =
        Movement { order: Some(shown.id), ..line("cap", MovementKind::Receive, ("shop", None), 6, ("i", 90)) };
    let approved = async || {
        let stage = drafted().await;
        let by = Trace { at: monday(), ..trace() };
        let (inventory, digest) = (stage.store.inventory(), shown.digest(&acme()));
        inventory.approve_order(&acme(), (shown.id, digest), &by).await.unwrap();
        inventory.attach_document(&acme(), shown.id, &document(&shown, false), "c", monday()).await.unwrap();
        let claimed =
            inventory.claim_mail(&acme(), (shown.id, digest), &supplier("frs").email, monday()).await.unwrap();
        inventory.note_mail(&acme(), &claimed.unwrap(), Some(Ok(())), "c", monday()).await.unwrap();
        stage
    };
    survives(2, approved, async |store| store.inventory().record(&tenant("acme"), &came_in, monday()).await.map(drop))
        .await;
}

/// A claim is no promise of a mail: who dies with it leaves an order that says so, and no other hands the mail over.
#[tokio::test]
async fn the_claim_of_a_mail() {
    let stage = drafted().await;
    let shown = only_draft(&stage).await;
    let (digest, by) = (shown.digest(&acme()), Trace { at: monday(), ..trace() });
    let inventory = stage.store.inventory();
    inventory.approve_order(&acme(), (shown.id, digest), &by).await.unwrap();
    inventory.attach_document(&acme(), shown.id, &document(&shown, false), "c", monday()).await.unwrap();
    let life = Life::of(1, Death::After);
    let dying = Store::new(&life.aws(&stage), stage.table.clone());
    let to = supplier("frs").email;
    let died = dying.inventory().claim_mail(&acme(), (shown.id, digest), &to, monday()).await;
    assert!(matches!(died, Err(Failure::Retryable(_))), "{died:?}");
    assert_eq!(inventory.claim_mail(&acme(), (shown.id, digest), &to, monday()).await.unwrap(), None);
    let left = inventory.order(&acme(), shown.id).await.unwrap().value;
    assert_eq!(left.mail.clone().unwrap().taken, None);
    assert!(left.to_send_again(monday() + jiff::SignedDuration::from_mins(15)).is_ok(), "a person may");
}
