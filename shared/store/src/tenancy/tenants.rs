//! Tenants: the configuration, the list of all, and what leads from a vendor's number to its tenant.

use domain::failure::Rejection;
use domain::identity::{Actor, AuditAction};
use domain::messaging::Email;
use domain::scheduling::Resource;
use domain::tenancy::{BusinessContext, Location, Plan, StaffMember, Tenant, TenantKind, TenantStatus};
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::Tenants;
use crate::table::documents::{Trace, Versioned, busy, changed, entry, json, read};
use crate::table::item::{from_item, get_text, readable, text, to_item};
use crate::table::keys;
use crate::table::lists::{MAX_PAGE, Page};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::registry::{Key, Registration};

/// The kind of the items of the list.
const ENTRY: &str = "tenant entry";

/// A tenant in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TenantEntry {
    /// Its slug.
    pub tenant: TenantId,
    /// The name customers know.
    pub name: String,
    /// Whether it is served.
    pub status: TenantStatus,
    /// Business or agency.
    pub kind: TenantKind,
    /// What it has bought.
    pub plan: Plan,
    /// The agency that looks after it.
    pub parent: Option<TenantId>,
    /// IANA zone of its clock. Left out of an entry from before this was noted.
    #[serde(default)]
    #[schema(example = "America/Denver")]
    pub zone: Option<String>,
}

impl Tenants<'_> {
    /// A tenant's locations, as they were at most half a minute ago.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn locations(self, tenant: &TenantId) -> Result<Arc<Vec<Location>>, Failure> {
        if let Some(known) = self.store.tenancy.locations.get(tenant) {
            return Ok(known);
        }
        let locations = Arc::new(self.store.documents().all::<Location>(tenant).await?);
        self.store.tenancy.locations.put(tenant.clone(), Arc::clone(&locations));
        Ok(locations)
    }

    /// What belongs to a tenant besides its document, as it was at most half a minute ago. A function that does not remember it makes
    /// one call more than for the locations alone, at the same time: anybody may type a number of the staff's, so it is needed
    /// before it is known who writes.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn own(self, tenant: &Tenant) -> Result<Arc<BusinessContext>, Failure> {
        if let Some(known) = self.store.tenancy.own.get(&tenant.id) {
            return Ok(known);
        }
        let agency = async {
            match &tenant.parent {
                Some(parent) => self.known(parent).await,
                None => Ok(None),
            }
        };
        let (locations, staff, agency) = tokio::try_join!(
            self.store.documents().all::<Location>(&tenant.id),
            self.store.documents().all::<StaffMember>(&tenant.id),
            agency
        )?;
        let own = Arc::new(BusinessContext::new(locations, &staff, agency.as_deref()));
        self.store.tenancy.own.put(tenant.id.clone(), Arc::clone(&own));
        Ok(own)
    }

    /// What a tenant can have booked, as it was at most half a minute ago: to show it. What is free is decided by what is stored now.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn resources(self, tenant: &TenantId) -> Result<Arc<Vec<Resource>>, Failure> {
        if let Some(known) = self.store.tenancy.resources.get(tenant) {
            return Ok(known);
        }
        let resources = Arc::new(self.store.documents().all::<Resource>(tenant).await?);
        self.store.tenancy.resources.put(tenant.clone(), Arc::clone(&resources));
        Ok(resources)
    }

    /// A tenant's configuration. A warm function remembers it for 30 s.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when there is no such tenant: whoever asks got the id from the registry or a queue.
    pub async fn get(self, id: &TenantId) -> Result<Arc<Tenant>, Failure> {
        let missing = || Failure::Permanent(format!("tenant {id} does not exist"));
        self.known(id).await?.ok_or_else(missing)
    }

    /// As [`crate::Tenants::get`], for callers that must know that it is gone.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn known(self, id: &TenantId) -> Result<Option<Arc<Tenant>>, Failure> {
        if let Some(known) = self.store.tenancy.tenants.get(id) {
            return Ok(Some(known));
        }
        let Some(found) = self.find(id).await? else { return Ok(None) };
        let tenant = Arc::new(found.value);
        self.store.tenancy.tenants.put(id.clone(), Arc::clone(&tenant));
        Ok(Some(tenant))
    }

    /// A tenant's configuration as it is now, with its version.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn document(self, id: &TenantId) -> Result<Versioned<Tenant>, Failure> {
        self.find(id).await?.ok_or_else(|| Failure::not_found("tenant"))
    }

    /// A tenant's configuration as it is now, if there is one.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn find(self, id: &TenantId) -> Result<Option<Versioned<Tenant>>, Failure> {
        let item = self.store.item("tenant", &keys::of(id).tenant()).await?;
        item.map(|item| read("tenant", item)).transpose()
    }

    /// The tenants that an agency looks after, or with [`TenantId::platform`] those that no one does, by slug.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn under(
        self,
        parent: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<TenantEntry>, Failure> {
        let partition = keys::platform().tenant_entry(parent, parent).pk;
        let (items, cursor) = self.store.page_of(&partition, "", true, limit, cursor).await?;
        Ok(Page { items: readable(ENTRY, &items), cursor })
    }

    /// Hands over all tenants, those of agencies too, up to 100 at a time; and beside them those of whose entry this version can read
    /// nothing but whose it is. One of these may be an agency: who is under it is handed over like all others.
    ///
    /// # Errors
    /// As the table answers, and as `take` does: it is called no more then.
    pub async fn for_each(
        self,
        mut take: impl AsyncFnMut(Vec<TenantEntry>, Vec<TenantId>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut parents = vec![TenantId::platform()];
        while let Some(parent) = parents.pop() {
            let partition = keys::platform().tenant_entry(&parent, &parent).pk;
            let mut cursor = None;
            loop {
                let (items, next) = self.store.page_of(&partition, "", true, MAX_PAGE, cursor.as_deref()).await?;
                let entries: Vec<TenantEntry> = readable(ENTRY, &items);
                let is_read = |tenant: &TenantId| entries.iter().any(|entry| entry.tenant == *tenant);
                let listed = items.iter().filter_map(|item| TenantId::new(get_text(item, "sk")).ok());
                let unreadable: Vec<TenantId> = listed.filter(|tenant| !is_read(tenant)).collect();
                let agencies = entries.iter().filter(|entry| entry.kind == TenantKind::Agency);
                parents.extend(agencies.map(|entry| &entry.tenant).chain(&unreadable).cloned());
                take(entries, unreadable).await?;
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Stores a tenant's configuration over the version `read` (`None`: there is none yet), with its place in the list and
    /// what leads to it, in one transaction.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: the document is not valid, its number belongs to another tenant, its agency is not an agency, or it
    /// has changed since.
    pub async fn save(self, tenant: &Tenant, read: Option<u64>, trace: &Trace) -> Result<Versioned<Tenant>, Failure> {
        tenant.validate()?;
        let before = self.find(&tenant.id).await?;
        self.check_place(tenant, before.as_ref().map(|before| &before.value)).await?;
        self.check_sender(tenant).await?;
        let version = before.as_ref().map_or(0, |before| before.version);
        if version != read.unwrap_or(0) {
            return already(before, tenant, read.unwrap_or(0));
        }
        let writes = self.tenant_writes(tenant, before.as_ref(), trace)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: tenant.clone(), version: version + 1 }),
            Ran::Raced => Err(busy("tenant")),
            Ran::Refused(positions) if positions.contains(&0) => already(self.find(&tenant.id).await?, tenant, version),
            // The document, its place in the list and the audit line come before the registry's entries.
            Ran::Refused(positions) => {
                let position = positions.first().map_or(0, |position| position.saturating_sub(3));
                Err(not_yours(registry(tenant).get(position).map_or("channels", |(_, field)| *field)))
            }
        }
    }

    /// A configuration over the one that was read, its place in the list, its line of the audit record, and what leads to it.
    pub(crate) fn tenant_writes(
        self,
        tenant: &Tenant,
        before: Option<&Versioned<Tenant>>,
        trace: &Trace,
    ) -> Result<Writes, Failure> {
        let version = before.map_or(0, |before| before.version);
        let action = if before.is_some() { AuditAction::Updated } else { AuditAction::Created };
        let was = before.map(|before| json(&before.value)).transpose()?;
        let list = TenantEntry {
            tenant: tenant.id.clone(),
            name: tenant.name.clone(),
            status: tenant.status,
            kind: tenant.kind,
            plan: tenant.plan,
            parent: tenant.parent.clone(),
            zone: Some(tenant.zone.clone()),
        };
        let place =
            keys::platform().tenant_entry(&tenant.parent.clone().unwrap_or_else(TenantId::platform), &tenant.id);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item("tenant", &keys::of(&tenant.id).tenant(), tenant)?, version)?;
        writes.put(to_item("tenant entry", &place, &list)?)?;
        let subject = format!("tenant/{}", tenant.id);
        writes.audit(&entry(&tenant.id, action, &subject, version + 1, was, Some(json(tenant)?), trace))?;
        let registration = Registration::of(tenant, Vec::new());
        let new = registry(tenant);
        // An operator vouches for the address that mail comes from; anybody else shows that it is theirs first.
        let vouches = trace.actor == Actor::Operator;
        for (key, _) in new.iter().filter(|(key, _)| vouches || !matches!(key, Key::Sender(_))) {
            writes.put_owned(to_item("registration", &key.table_key(), &registration)?, &tenant.id)?;
        }
        let old = before.map_or_else(Vec::new, |before| registry(&before.value));
        for (key, _) in old.iter().filter(|(key, _)| !new.iter().any(|(kept, _)| kept == key)) {
            let own = "attribute_not_exists(pk) OR tenant = :tenant";
            writes.delete_where(&key.table_key(), own, ":tenant", text(tenant.id.as_str()))?;
        }
        Ok(writes)
    }

    /// The address that mail comes from is no one else's.
    async fn check_sender(self, tenant: &Tenant) -> Result<(), Failure> {
        let Some(email) = &tenant.channels.email else { return Ok(()) };
        match self.sender_owner(&email.from).await? {
            Some(owner) if owner != tenant.id => Err(not_yours("channels.email.from")),
            _ => Ok(()),
        }
    }

    /// Whose mail comes from an address, as it is now; `None` where no one has shown that it is theirs.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn sender_owner(self, from: &Email) -> Result<Option<TenantId>, Failure> {
        let item = self.store.item("registry", &Key::Sender(from).table_key()).await?;
        let registration: Option<Registration> = item.map(|item| from_item("registration", &item)).transpose()?;
        Ok(registration.map(|registration| registration.tenant))
    }

    /// The address that a tenant's mail to customers comes from, where it is shown to be its own. A warm function remembers that
    /// for 30 s.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn own_sender(self, tenant: &Tenant) -> Result<Option<&Email>, Failure> {
        let Some(email) = &tenant.channels.email else { return Ok(None) };
        let registered = self.store.registry().resolve(Key::Sender(&email.from)).await?;
        Ok(registered.filter(|registered| registered.tenant == tenant.id).map(|_| &email.from))
    }

    /// Keeps that someone who reads mail at `from` has confirmed that the tenant's mail comes from there. Again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when the tenant's document names another address by now, or the address is another
    /// tenant's.
    pub async fn confirm_sender(self, tenant: &TenantId, from: &Email, trace: &Trace) -> Result<(), Failure> {
        let Versioned { value: document, version } = self.document(tenant).await?;
        if document.channels.email.as_ref().is_none_or(|email| email.from != *from) {
            return Err(Failure::rejected(Rejection::Conflict, "this is no longer the address that mail comes from"));
        }
        if self.sender_owner(from).await?.as_ref() == Some(tenant) {
            return Ok(());
        }
        let mut writes = Writes::new(&self.store.table);
        let registration = Registration::of(&document, Vec::new());
        writes.put_owned(to_item("registration", &Key::Sender(from).table_key(), &registration)?, tenant)?;
        let subject = format!("sender/{}", from.as_str());
        writes.audit(&entry(tenant, AuditAction::EmailVerified, &subject, version, None, None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy("sender")),
            Ran::Refused(_) => Err(not_yours("channels.email.from")),
        }
    }

    /// An agency must be one, and a tenant stays where it is.
    async fn check_place(self, tenant: &Tenant, before: Option<&Tenant>) -> Result<(), Failure> {
        if tenant.id.is_platform() {
            return Err(Failure::invalid("id", "this slug is the platform's own: choose another"));
        }
        if before.is_some_and(|before| before.parent != tenant.parent) {
            return Err(Failure::invalid("parent", "a tenant stays with its agency: set up a new one to move it"));
        }
        if before.is_some_and(|before| before.region != tenant.region) {
            return Err(Failure::invalid("region", "a tenant stays in its country: phone numbers are read by it"));
        }
        let Some(parent) = &tenant.parent else { return Ok(()) };
        let agency = self.find(parent).await?.filter(|parent| parent.value.kind == TenantKind::Agency);
        if agency.is_none() {
            return Err(Failure::invalid("parent", "parent must be the slug of an agency"));
        }
        Ok(())
    }
}

/// What leads to a tenant by its own document, and the field that says so.
pub(crate) fn registry(tenant: &Tenant) -> Vec<(Key<'_>, &'static str)> {
    let mut keys = Vec::new();
    if let Some(whatsapp) = &tenant.channels.whatsapp {
        keys.push((Key::WhatsappNumber(&whatsapp.phone_number_id), "channels.whatsapp.phone_number_id"));
    }
    if let Some(sms) = &tenant.channels.sms {
        keys.push((Key::TwilioNumber(&sms.account_sid, sms.from.as_str()), "channels.sms.from"));
    }
    // Last: it is not always written, and the others keep their places.
    if let Some(email) = &tenant.channels.email {
        keys.push((Key::Sender(&email.from), "channels.email.from"));
    }
    keys
}

fn not_yours(field: &str) -> Failure {
    Failure::Rejected {
        kind: Rejection::Conflict,
        field: Some(field.to_owned()),
        message: format!("{field} belongs to another tenant"),
    }
}

fn already(there: Option<Versioned<Tenant>>, wanted: &Tenant, version: u64) -> Result<Versioned<Tenant>, Failure> {
    match there {
        Some(there) if there.version == version + 1 && there.value == *wanted => Ok(there),
        Some(_) if version == 0 => {
            Err(Failure::rejected(Rejection::Conflict, format!("there is a tenant with the slug {}", wanted.id)))
        }
        _ => Err(changed(version)),
    }
}
