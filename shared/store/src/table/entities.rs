//! What is declared of every kind of stored item: whose it is, what of it may leave, what becomes of it when a contact is
//! erased, how long it is kept, and how it is read when a newer version wrote it.
//!
//! Each context declares its own in its `entities.rs`. Exports and erasures read the declarations, and they deny by default:
//! an attribute that is not named is in no archive, nor is an item of a kind that is not declared, and `to_item` refuses to
//! write one. `cargo xtask test` reads in the end whatever the suites have stored and fails on a kind or an attribute that
//! no one decided about.

pub use super::entity::{Entity, OnErasure, Owner, Retention};
use crate::messaging::entities::ERASED_OPT_OUT;
use crate::messaging::keys::is_kept_suppression;
use crate::table::attributes::{Item, get_text};

/// Each context's. One that is not here cannot be written.
const CONTEXTS: [&[Entity]; 18] = [
    crate::answers::entities::ENTITIES,
    crate::leads::entities::ENTITIES,
    crate::conversations::entities::ENTITIES,
    crate::messaging::entities::ENTITIES,
    crate::journeys::entities::ENTITIES,
    crate::tenancy::entities::ENTITIES,
    crate::identity::entities::ENTITIES,
    crate::rights::entities::ENTITIES,
    crate::webhooks::entities::ENTITIES,
    crate::insights::entities::ENTITIES,
    crate::scheduling::entities::ENTITIES,
    crate::knowledge::entities::ENTITIES,
    crate::weather::entities::ENTITIES,
    crate::inventory::entities::ENTITIES,
    crate::campaigns::entities::ENTITIES,
    crate::prompts::entities::ENTITIES,
    crate::training::entities::ENTITIES,
    super::outbox::ENTITIES,
];

/// All kinds there are.
pub fn all() -> impl Iterator<Item = &'static Entity> {
    CONTEXTS.into_iter().flatten()
}

impl Entity {
    /// The declaration of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        all().find(|entity| entity.name == name)
    }

    /// The declaration of an item; `None`: no one declared its kind.
    #[must_use]
    pub fn of(item: &Item) -> Option<&'static Self> {
        match get_text(item, "entity") {
            "suppression" if is_kept_suppression(get_text(item, "pk")) => Some(&ERASED_OPT_OUT),
            name => Self::named(name),
        }
    }
}

#[cfg(test)]
mod documented;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::entity::{COMMON, INDEXED};
    use crate::table::item::text;
    use crate::table::keys;
    use crate::table::keys::TableKey;
    use domain::TenantId;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_and_every_attribute_is_declared_once() {
        let kinds: BTreeSet<&str> = all().map(|entity| entity.name).collect();
        assert_eq!(kinds.len(), all().count());
        for entity in all() {
            let lists = [COMMON, INDEXED, entity.leaves, entity.tenant_only, entity.stays];
            let all: Vec<&str> = lists.into_iter().flat_map(str::split_whitespace).collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}: {all:?}", entity.name);
        }
    }

    #[test]
    fn what_is_a_contacts_does_not_outlive_the_contact() {
        for entity in all().filter(|entity| entity.owner == Owner::Contact) {
            assert!(matches!(entity.on_erasure, OnErasure::Goes | OnErasure::IsHashed), "{}", entity.name);
        }
    }

    #[test]
    fn the_name_of_a_file_leads_nowhere() {
        for entity in all().filter(|entity| entity.owner != Owner::Platform) {
            let name = entity.file_name();
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        }
    }

    #[test]
    fn a_refusal_that_outlived_its_contact_is_no_suppression_that_may_leave() {
        let tenant = TenantId::new("acme").unwrap();
        let stored = |key: TableKey| Item::from([("pk".into(), text(key.pk)), ("entity".into(), text("suppression"))]);
        let kept = Entity::of(&stored(keys::of(&tenant).kept_suppression("5f"))).unwrap();
        assert_eq!((kept.owner, kept.lets_out("pk", false)), (Owner::Platform, false));
        let address = domain::messaging::Address::Chat("hmac-sha256:5f".into());
        assert_eq!(Entity::of(&stored(keys::of(&tenant).suppression(&address))).unwrap().owner, Owner::Contact);
    }
}
