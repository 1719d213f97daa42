//! Who asked to hear nothing more.

use crate::stage::{Stage, email, message, noon, phone};

#[tokio::test]
async fn what_was_said_later_stands_in_whatever_order_it_arrives() {
    let stage = Stage::new().await;
    let said = [(true, 10), (false, 20), (true, 30)];
    // Every order of arrival of the three.
    for (person, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let address = phone(u32::try_from(person).unwrap());
        let mut latest = (false, i64::MIN);
        for (suppressed, second) in order.map(|index| said[index]) {
            stage.store.set_suppressed(&stage.tenant.id, &address, suppressed, noon(second)).await.unwrap();
            if second > latest.1 {
                latest = (suppressed, second);
            }
            assert_eq!(stage.store.is_suppressed(&stage.tenant.id, &address).await.unwrap(), latest.0, "{order:?}");
        }
    }
}

#[tokio::test]
async fn it_is_an_address_of_one_tenant_that_is_suppressed() {
    let stage = Stage::new().await;
    stage.store.set_suppressed(&stage.tenant.id, &phone(1), true, noon(0)).await.unwrap();
    assert!(stage.store.recall(&message("m1", &phone(1), 1)).await.unwrap().suppressed);
    assert!(!stage.store.recall(&message("m1", &phone(2), 1)).await.unwrap().suppressed);
    assert!(!stage.store.is_suppressed(&stage.tenant.id, &email("ana")).await.unwrap());
    let other = domain::TenantId::new("bolt").unwrap();
    assert!(!stage.store.is_suppressed(&other, &phone(1)).await.unwrap());
}
