//! What the suites left in the tables: every item is of a kind that is declared, and of every attribute someone has decided
//! whether it may leave in an export. What the table takes away in the end is declared to be kept for so long.
//!
//! `cargo xtask test` runs this when the suites are done, on the stack that they ran on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use store::entities::Entity;
use xtask::emulator::REGION;
use xtask::stack::Stack;

fn dynamo() -> Client {
    let file = std::env::var_os("PORCHLIGHT_STACK").expect("run `cargo xtask test`: this reads its local stack");
    let stack = Stack::read(&PathBuf::from(file)).unwrap();
    let credentials = Credentials::new("test", "test", None, None, "local");
    let aws = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(&stack.endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    Client::new(&aws)
}

/// What `tests/store/tomorrow.rs` adds to items, as a version to come might: no one can have declared it.
const TOMORROWS: &str = "c0l0ur";

/// The attributes of every kind that is stored, and how many items there are.
async fn stored(dynamo: &Client) -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let (mut kinds, mut count) = (BTreeMap::<String, BTreeSet<String>>::new(), 0);
    let mut tables = dynamo.list_tables().into_paginator().items().send();
    while let Some(table) = tables.next().await {
        let mut items = dynamo.scan().table_name(table.unwrap()).into_paginator().items().send();
        while let Some(item) = items.next().await {
            let item = item.unwrap();
            let said = item.get("entity").and_then(|entity| entity.as_s().ok()).cloned().unwrap_or_default();
            let kind = Entity::of(&item).map_or(said, |entity| entity.name.to_owned());
            kinds.entry(kind).or_default().extend(item.into_keys().filter(|name| name != TOMORROWS));
            count += 1;
        }
    }
    (kinds, count)
}

#[tokio::test]
async fn every_kind_and_attribute_that_is_stored_is_declared() {
    let (kinds, count) = stored(&dynamo()).await;
    assert!(count > 20 && kinds.contains_key("tenant"), "{count} items: the demo tenants alone have more");
    let mut undecided = Vec::new();
    for (kind, attributes) in &kinds {
        match Entity::named(kind) {
            None => undecided.push(format!("{kind:?}: no declaration; it has {attributes:?}")),
            Some(entity) => {
                let open = attributes.iter().filter(|attribute| !entity.decides(attribute));
                undecided.extend(open.map(|attribute| match attribute.as_str() {
                    "expires_at" => format!("{kind:?}: how long is it kept?"),
                    _ => format!("{kind:?}: may {attribute:?} leave?"),
                }));
            }
        }
    }
    assert!(
        undecided.is_empty(),
        "say in the entities.rs of their context, in shared/store/src:\n{}",
        undecided.join("\n")
    );
    println!("{count} items of {} kinds", kinds.len());
}
