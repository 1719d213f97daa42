//! Sequences: documents of a tenant's, which take the place of shipped ones.

use domain::failure::Rejection;
use domain::journeys::{Sequence, in_force, shipped};
use domain::{Failure, TenantId};

use crate::stage::{Stage, trace};

#[tokio::test]
async fn an_own_sequence_takes_the_place_of_a_shipped_one_and_survives_the_table() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    assert_eq!(*store.sequences().in_force(tenant).await.unwrap(), in_force(&[]));
    for theirs in shipped() {
        let own = Sequence { enabled: false, ..theirs.clone() };
        let stored = store.documents().create(tenant, &own, &trace()).await.unwrap();
        assert_eq!((stored.version, &stored.value), (1, &own));
        assert_eq!(store.documents().get::<Sequence>(tenant, own.id.as_str()).await.unwrap().value, own);
    }
    assert_eq!(*store.sequences().in_force(tenant).await.unwrap(), in_force(&[]), "remembered for half a minute");
    let cold = stage.cold().sequences().in_force(tenant).await.unwrap();
    assert_eq!(cold.len(), shipped().len());
    assert!(cold.iter().all(|sequence| !sequence.enabled));
    let bolt = TenantId::new("bolt").unwrap();
    assert_eq!(*store.sequences().in_force(&bolt).await.unwrap(), in_force(&[]));
}

#[tokio::test]
async fn a_sequence_is_changed_from_the_version_that_was_seen() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let own = shipped()[0].clone();
    store.documents().create(tenant, &own, &trace()).await.unwrap();
    let renamed = Sequence { name: "Ours".to_owned(), ..own.clone() };
    assert_eq!(store.documents().replace(tenant, &renamed, 1, &trace()).await.unwrap().version, 2);
    let refused = store.documents().replace(tenant, &own, 1, &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::PreconditionFailed, .. }), "{refused:?}");
    store.documents().remove::<Sequence>(tenant, own.id.as_str(), 2, &trace()).await.unwrap();
    assert_eq!(*stage.cold().sequences().in_force(tenant).await.unwrap(), in_force(&[]));
}
