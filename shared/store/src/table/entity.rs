//! How a kind of stored item is declared.

use jiff::SignedDuration;

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
pub(super) const COMMON: &str = "pk sk entity version";
/// Attributes that every item may have: the order of lists and of what waits, which stay.
pub(super) const INDEXED: &str = "gsi1pk gsi1sk pending_pk pending_sk queue_pk queue_sk";

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

impl Entity {
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
