//! Every kind of stored item: whose it is, what of it may leave, and what becomes of it when a contact is erased.
//!
//! Exports and erasures read this list, and it denies by default: an attribute that is not named here is in no archive, nor is
//! an item of a kind that is not here, and `to_item` refuses to write one. `cargo xtask test` reads in the end whatever the
//! suites have stored and fails on a kind or an attribute that nobody decided about.

use crate::table::item::{Item, get_text};
use crate::table::keys;

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

/// Attributes that every item may have: its place and its kind, which leave.
const COMMON: &str = "pk sk entity version";
/// Attributes that every item may have: the order of lists and of what waits, which stay.
const INDEXED: &str = "gsi1pk gsi1sk pending_pk pending_sk";

/// What leaves of a lead.
const LEAD: &str = "id contact name source status score qualification intake requested_time requested_visit fields created_at updated_at";

/// What a contact is, said and was told.
const fn of_contact(name: &'static str, leaves: &'static str) -> Entity {
    Entity { name, owner: Owner::Contact, leaves, tenant_only: "", stays: "", on_erasure: OnErasure::Goes }
}

/// What a tenant configures and counts.
const fn of_tenant(name: &'static str, leaves: &'static str) -> Entity {
    Entity { owner: Owner::Tenant, on_erasure: OnErasure::Stays, ..of_contact(name, leaves) }
}

/// What leaves in no archive.
const fn of_platform(name: &'static str) -> Entity {
    Entity { owner: Owner::Platform, ..of_tenant(name, "") }
}

/// All kinds there are.
pub const ALL: &[Entity] = &[
    // People who write.
    Entity {
        tenant_only: "possible_duplicates",
        ..of_contact("contact", "id name other_names addresses language merged_into merged_from created_at")
    },
    of_contact("lead", LEAD),
    Entity { tenant_only: "taken_from", ..of_contact("merged_lead", LEAD) },
    Entity { on_erasure: OnErasure::Goes, ..of_tenant("duplicate", "contacts noticed_at") },
    Entity {
        stays: "proof",
        tenant_only: "handling",
        ..of_contact(
            "thread",
            "id contact lead channel session status escalation language recent asked asked_again questions wish sla \
             message_count started_at last_message_at replied_at repeats alarmed_at resolved_count peer stated",
        )
    },
    of_contact("standing", "refused said_at heard_* unreachable stopped told"),
    Entity {
        stays: "tenant",
        ..of_contact(
            "journey",
            "contact stage stage_since preferences consents location location_zone quotes appointments \
         invoices ledger waiting runs engagement log seen",
        )
    },
    Entity {
        tenant_only: "author confidence processing_ms by",
        ..of_contact(
            "message",
            "ref lead role channel text content source vendor_id in_reply_to intent sentiment action \
         language notice touch delivery opt_out amended text_consent withheld correlation_id",
        )
    },
    Entity {
        tenant_only: "assignee",
        ..of_contact("escalation", "id conversation lead reason rule status raised_at resolution")
    },
    Entity {
        tenant_only: "assignee",
        ..of_contact("task", "id contact conversation kind title note urgent status due_at created_at done")
    },
    Entity { tenant_only: "by", ..of_contact("note", "id conversation text at") },
    of_contact("pointer", "contact lead channel conversation task"),
    of_contact("identity", "contact proven"),
    Entity { on_erasure: OnErasure::IsHashed, ..of_contact("suppression", "suppressed said_at") },
    // What the business configures, and what is counted of it.
    of_tenant(
        "tenant",
        "id name industry status plan kind parent currency zone region language works_at business branding \
         hours services intake faqs personality channel_personalities tone instructions \
         escalation_words escalation hot_words notify quiet_hours channels text_back text_countries cost_control \
         benchmarks retention require_second_factor origins",
    ),
    of_tenant("location", "id name address zone phone email hours prices active"),
    of_tenant("staff", "id name title email phone locations skills active"),
    of_tenant("member", "account tenant name email role locations joined_at"),
    of_tenant("invitation", "id tenant email role locations status invited_by created_at expires_at"),
    Entity { stays: "hash tat", ..of_tenant("API key", "id name scopes prefix created_at last_used_at") },
    Entity { stays: "key registry", ..of_tenant("site_key", "id kind name origins consent_wording created_at") },
    of_tenant(
        "sequence",
        "id name enabled kind enters_on about_the_person rest_days converts_on stops_on hands_over_on \
         pauses_on accelerates_on steps",
    ),
    of_tenant("tally", "step variant sent converted opted_out"),
    of_tenant("touches", "sent"),
    of_tenant("usage", "day feature model calls input_tokens output_tokens cost_microdollars"),
    of_tenant("usage threshold", "percent tokens reached_at"),
    of_tenant("usage total", "month tokens cost_microdollars closed_at"),
    Entity {
        stays: "expires_at",
        on_erasure: OnErasure::Loses("before after"),
        ..of_tenant("audit", "id tenant at actor action subject address before after correlation_id")
    },
    // Secrets, and what the table needs for itself.
    Entity { on_erasure: OnErasure::GoesWhereQuoted, ..of_platform("idempotency") },
    of_platform("job mark"),
    Entity { on_erasure: OnErasure::Goes, ..of_platform("outbox") },
    Entity { on_erasure: OnErasure::Goes, ..of_platform("outbox-later") },
    Entity { on_erasure: OnErasure::Goes, ..of_platform("seen") },
    Entity { on_erasure: OnErasure::Goes, ..of_platform("said") },
    KEPT_REFUSAL,
    of_platform("failed sends"),
    of_platform("admins"),
    of_platform("credential"),
    of_platform("registration"),
    of_platform("bucket"),
    // People who sign in, and what outlives a tenant.
    of_platform("account"),
    of_platform("login"),
    of_platform("failures"),
    of_platform("device"),
    of_platform("membership"),
    of_platform("session"),
    of_platform("sessions"),
    of_platform("link"),
    of_platform("signing-key"),
    of_platform("tenant entry"),
    of_platform("job"),
];

/// What an erased contact refused, under a hash. It is stored as a suppression; its key tells it apart.
const KEPT_REFUSAL: Entity = of_platform("suppression, kept");

impl Entity {
    /// The declaration of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|entity| entity.name == name)
    }

    /// The declaration of an item; `None`: nobody declared its kind.
    #[must_use]
    pub fn of(item: &Item) -> Option<&'static Self> {
        match get_text(item, "entity") {
            "suppression" if keys::is_kept_suppression(get_text(item, "pk")) => Some(&KEPT_REFUSAL),
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

    /// Whether somebody decided if an attribute may leave. Nothing leaves of what is the platform's: there is nothing to
    /// decide.
    #[must_use]
    pub fn decides(&self, attribute: &str) -> bool {
        let lists = [COMMON, INDEXED, self.leaves, self.tenant_only, self.stays];
        self.owner == Owner::Platform || lists.iter().any(|list| names(list, attribute))
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
mod tests {
    use super::*;
    use crate::table::item::text;
    use crate::table::keys::TableKey;
    use domain::TenantId;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_and_every_attribute_is_declared_once() {
        let kinds: BTreeSet<&str> = ALL.iter().map(|entity| entity.name).collect();
        assert_eq!(kinds.len(), ALL.len());
        for entity in ALL {
            let lists = [COMMON, INDEXED, entity.leaves, entity.tenant_only, entity.stays];
            let all: Vec<&str> = lists.into_iter().flat_map(str::split_whitespace).collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}: {all:?}", entity.name);
        }
    }

    #[test]
    fn what_is_a_contacts_does_not_outlive_the_contact() {
        for entity in ALL.iter().filter(|entity| entity.owner == Owner::Contact) {
            assert!(matches!(entity.on_erasure, OnErasure::Goes | OnErasure::IsHashed), "{}", entity.name);
        }
    }

    #[test]
    fn the_name_of_a_file_leads_nowhere() {
        for entity in ALL.iter().filter(|entity| entity.owner != Owner::Platform) {
            let name = entity.file_name();
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        }
    }

    #[test]
    fn a_refusal_that_outlived_its_contact_is_no_suppression_that_may_leave() {
        let tenant = TenantId::new("acme").unwrap();
        let stored = |key: TableKey| Item::from([("pk".into(), text(key.pk)), ("entity".into(), text("suppression"))]);
        let kept = Entity::of(&stored(keys::kept_suppression(&tenant, "5f"))).unwrap();
        assert_eq!((kept.owner, kept.lets_out("pk", false)), (Owner::Platform, false));
        let address = domain::messaging::Address::Chat("hmac-sha256:5f".into());
        assert_eq!(Entity::of(&stored(keys::suppression(&tenant, &address))).unwrap().owner, Owner::Contact);
    }
}
