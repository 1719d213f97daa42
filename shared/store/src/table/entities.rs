//! What is declared of every kind of stored item: whose it is, what of it may leave, what becomes of it when a contact is
//! erased, how long it is kept, and how it is read when a newer version wrote it.
//!
//! Each context declares its own in its `entities.rs`. Exports and erasures read the declarations, and they deny by default:
//! an attribute that is not named is in no archive, nor is an item of a kind that is not declared, and `to_item` refuses to
//! write one. `cargo xtask test` reads in the end whatever the suites have stored and fails on a kind or an attribute that
//! no one decided about.

use jiff::SignedDuration;

use crate::messaging::entities::ERASED_OPT_OUT;
use crate::messaging::keys::is_kept_suppression;
use crate::table::item::{Item, get_text};
use crate::table::tolerant::Tolerance;

/// One kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// Its name, as the attribute `entity` says it.
    pub name: &'static str,
    /// Whose it is.
    pub owner: Owner,
    /// Attributes that leave in every archive that the item is in, with blanks between. A name that ends in `*` stands for all
    /// that begin so.
    pub leaves: &'static str,
    /// Attributes that leave in an archive of the tenant and not in one of a contact: what they say is about staff or models.
    pub tenant_only: &'static str,
    /// Attributes that never leave: secrets, hashes of them, and what the table needs for itself.
    pub stays: &'static str,
    /// What becomes of it when a contact is erased.
    pub on_erasure: OnErasure,
    /// How long it is kept where no one erases it.
    pub retention: Retention,
    /// How it is read when a newer version wrote it.
    pub(crate) tolerance: Tolerance,
}

/// Whose an item is, and so which archives it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A contact: in an archive of the contact, and in one of the tenant.
    Contact,
    /// The tenant: in an archive of the tenant.
    Tenant,
    /// The platform, or the table itself: in none, whatever it holds.
    Platform,
}

/// What becomes of an item when a contact is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnErasure {
    /// It goes, where it is found by the contact's keys or names the contact by an id.
    Goes,
    /// It goes, where it names the contact by an id or by an address: it may quote anything.
    GoesWhereQuoted,
    /// It stays, without these attributes where they name the contact.
    Loses(&'static str),
    /// It is replaced by a hash of the address.
    IsHashed,
    /// It stays: nothing in it is about one contact.
    Stays,
}

/// How long an item is kept where no one erases it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// As long as whose it is.
    WithOwner,
    /// As many days after its last change as the tenant says under this name in `retention`.
    TenantSays(&'static str),
    /// So long after it was written: the table takes it away at its `expires_at`.
    For(SignedDuration),
    /// Until what it is for is over: the table takes it away at its `expires_at`.
    ToItsEnd,
}

/// When the table takes an item away, in seconds.
const EXPIRES_AT: &str = "expires_at";
/// Attributes that every item may have: its place and its kind, which leave.
const COMMON: &str = "pk sk entity version";
/// Attributes that every item may have: the order of lists and of what waits, which stay.
const INDEXED: &str = "gsi1pk gsi1sk pending_pk pending_sk queue_pk queue_sk";

/// What a contact is, said and was told.
pub(crate) const fn of_contact(name: &'static str, leaves: &'static str) -> Entity {
    Entity {
        name,
        owner: Owner::Contact,
        leaves,
        tenant_only: "",
        stays: "",
        on_erasure: OnErasure::Goes,
        retention: Retention::WithOwner,
        tolerance: Tolerance::of(&[]),
    }
}

/// What a tenant configures and counts.
pub(crate) const fn of_tenant(name: &'static str, leaves: &'static str) -> Entity {
    Entity { owner: Owner::Tenant, on_erasure: OnErasure::Stays, ..of_contact(name, leaves) }
}

/// What leaves in no archive.
pub(crate) const fn of_platform(name: &'static str) -> Entity {
    Entity { owner: Owner::Platform, ..of_tenant(name, "") }
}

/// Each context's. One that is not here cannot be written.
const CONTEXTS: [&[Entity]; 11] = [
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

    /// Whether an attribute leaves in an archive of the tenant, or of one contact where `about_contact`.
    #[must_use]
    pub fn lets_out(&self, attribute: &str, about_contact: bool) -> bool {
        let is_in_it = match self.owner {
            Owner::Contact => true,
            Owner::Tenant => !about_contact,
            Owner::Platform => false,
        };
        let tenants = !about_contact && names(self.tenant_only, attribute);
        is_in_it && (names(COMMON, attribute) || names(self.leaves, attribute) || tenants)
    }

    /// Whether someone decided if an attribute may leave. Nothing leaves of what is the platform's: there is nothing to
    /// decide, but when it goes.
    #[must_use]
    pub fn decides(&self, attribute: &str) -> bool {
        let lists = [COMMON, INDEXED, self.leaves, self.tenant_only, self.stays];
        let is_listed = lists.iter().any(|list| names(list, attribute));
        match attribute {
            EXPIRES_AT => is_listed || self.expires(),
            _ => is_listed || self.owner == Owner::Platform,
        }
    }

    /// Whether the table takes it away in the end.
    fn expires(&self) -> bool {
        matches!(self.retention, Retention::For(_) | Retention::ToItsEnd)
    }

    /// Its name as the name of a file: `api_key`.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.name.replace(' ', "_").to_lowercase()
    }
}

/// Whether a list of names has this one.
fn names(list: &str, attribute: &str) -> bool {
    list.split_whitespace().any(|name| match name.strip_suffix('*') {
        Some(beginning) => attribute.starts_with(beginning),
        None => name == attribute,
    })
}

#[cfg(test)]
mod documented;

#[cfg(test)]
mod tests {
    use super::*;
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
