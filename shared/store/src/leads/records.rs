//! A tenant's leads: one, all of them, and what staff change of one.

use domain::events::EventKind;
use domain::failure::Rejection;
use domain::identity::{AuditAction, Permission};
use domain::ids::LocationId;
use domain::leads::{KnownAddress, Lead, LeadPatch};
use domain::tenancy::{Location, Tenant};
use domain::{ContactId, Failure, LeadId, TenantId};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::Leads;
use crate::conversations::turns::lead_item;
use crate::leads::filter::LeadFilter;
use crate::leads::keys::MAX_MERGES;
use crate::table::documents::{Trace, busy, changed as outdated, entry};
use crate::table::item::{Item, from_item, get_text, readable};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};

impl Leads<'_> {
    /// A lead.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such lead.
    pub async fn get(self, tenant: &TenantId, id: LeadId) -> Result<Lead, Failure> {
        Ok(self.locate(tenant, id).await?.1)
    }

    pub(crate) async fn locate(self, tenant: &TenantId, id: LeadId) -> Result<(TableKey, Lead), Failure> {
        let (contact, id) = self.pointer(tenant, id).await?;
        let places = vec![keys::of(tenant).lead(contact), keys::of(tenant).past_lead(contact, id)];
        for item in self.store.batch_get(places).await? {
            let lead: Lead = from_item("lead", &item)?;
            if lead.id == id {
                return Ok((TableKey::of(&item), lead));
            }
        }
        Err(Failure::not_found("lead"))
    }

    /// Whose partition a lead is in, and its id: a lead that was merged points to the one that goes on, as often as that happened.
    pub(crate) async fn pointer(self, tenant: &TenantId, id: LeadId) -> Result<(ContactId, LeadId), Failure> {
        let mut id = id;
        for _ in 0..MAX_MERGES {
            let pointer = self.store.batch_get(vec![keys::of(tenant).lead_pointer(id)]).await?;
            let pointer = pointer.first().ok_or_else(|| Failure::not_found("lead"))?;
            match LeadId::parse(get_text(pointer, "lead")) {
                Ok(other) if other != id => id = other,
                _ => return Ok((ContactId::parse(get_text(pointer, "contact"))?, id)),
            }
        }
        Err(Failure::Permanent("a lead was merged more often than is followed".into()))
    }

    /// Changes version `read` of a lead on behalf of staff. The same change again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed when the lead is not at that version any more, a conflict
    /// when it cannot become that from what it is, or the field that is wrong.
    pub async fn change(
        self,
        tenant: &Tenant,
        id: LeadId,
        patch: &LeadPatch,
        read: u64,
        trace: &Trace,
    ) -> Result<Lead, Failure> {
        let (key, lead) = self.locate(&tenant.id, id).await?;
        let changed = lead.changed_by_staff(patch, &tenant.currency, trace.at);
        if lead.version != read {
            let done = lead.version == read + 1 && matches!(changed, Ok(None));
            return if done { Ok(lead) } else { Err(outdated(read)) };
        }
        let Some(changed) = changed? else { return Ok(lead) };
        self.check_references(&tenant.id, &lead, patch).await?;
        let writes = Writes::of_change(&self.store.table, &tenant.id, &key, &lead, &changed, trace)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(changed),
            Ran::Raced => Err(busy("lead")),
            Ran::Refused(_) => Err(outdated(read)),
        }
    }

    /// Who was not named before must belong to the tenant. Who left since they got the lead may keep it.
    async fn check_references(self, tenant: &TenantId, lead: &Lead, patch: &LeadPatch) -> Result<(), Failure> {
        if let Some(account) = patch.assignee.flatten().filter(|account| lead.assignee != Some(*account)) {
            let wrong = || Failure::invalid("assignee", "assignee must be a member of your team who may change leads");
            self.store.members().must_permit(tenant, account, Permission::WriteLeads, wrong).await?;
        }
        if let Some(location) =
            patch.location.iter().flatten().find(|location| lead.location.as_ref() != Some(*location))
        {
            self.check_location(tenant, location).await?;
        }
        Ok(())
    }

    /// Whether the tenant has that location.
    pub(crate) async fn check_location(self, tenant: &TenantId, location: &LocationId) -> Result<(), Failure> {
        match self.store.documents().get::<Location>(tenant, location.as_str()).await {
            Ok(_) => Ok(()),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                Err(Failure::invalid("location", "location must be the id of one of your locations"))
            }
            Err(failure) => Err(failure),
        }
    }

    /// A tenant's leads.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: &LeadFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Lead>, Failure> {
        match filter.reached_by() {
            Some(question) => self.store.contacts().latest_leads(tenant, question, filter, limit, cursor).await,
            None => self.store.list("lead", tenant, &keys::of(tenant).lead_list(), filter.terms(), limit, cursor).await,
        }
    }

    /// The addresses of these contacts; of one that was merged, those of whoever goes on.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn addresses(
        self,
        tenant: &TenantId,
        contacts: impl Iterator<Item = ContactId>,
    ) -> Result<BTreeMap<ContactId, Vec<KnownAddress>>, Failure> {
        let known = self.store.contacts().survivors(tenant, contacts).await?;
        Ok(known.into_iter().map(|(id, contact)| (id, contact.addresses)).collect())
    }

    /// Leads by their ids, at most 100, each with the contact that it is said to be of: of one that was merged, the one that goes on; one
    /// that is gone is left out. One call for 50 of them, and two more for those that were merged.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn by_ids(
        self,
        tenant: &TenantId,
        asked: impl Iterator<Item = (LeadId, ContactId)>,
    ) -> Result<BTreeMap<LeadId, Lead>, Failure> {
        let (own, mut found) = (keys::of(tenant), BTreeMap::new());
        // Where each is looked for: in whose partition, and under which id.
        let mut left: BTreeMap<LeadId, (ContactId, LeadId)> = asked.map(|(id, contact)| (id, (contact, id))).collect();
        for _ in 0..=MAX_MERGES {
            let places = left.values().flat_map(|(contact, id)| [own.lead(*contact), own.past_lead(*contact, *id)]);
            let read: Vec<Lead> = readable("lead", &self.store.batch_get(places.collect()).await?);
            let read: BTreeMap<LeadId, Lead> = read.into_iter().map(|lead| (lead.id, lead)).collect();
            left.retain(|asked, (_, id)| match read.get(id) {
                Some(lead) => found.insert(*asked, lead.clone()).is_some(),
                None => true,
            });
            if left.is_empty() {
                break;
            }
            let pointers = self.store.batch_get(left.values().map(|(_, id)| own.lead_pointer(*id)).collect()).await?;
            let pointers: BTreeMap<TableKey, Item> =
                pointers.into_iter().map(|item| (TableKey::of(&item), item)).collect();
            left.retain(|_, place| {
                let Some(pointer) = pointers.get(&own.lead_pointer(place.1)) else { return false };
                let to = (ContactId::parse(get_text(pointer, "contact")), LeadId::parse(get_text(pointer, "lead")));
                let was = std::mem::replace(place, (to.0.unwrap_or(place.0), to.1.unwrap_or(place.1)));
                was != *place
            });
        }
        Ok(found)
    }

    /// The latest leads of these contacts, at most 100.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn latest(
        self,
        tenant: &TenantId,
        contacts: impl Iterator<Item = ContactId>,
    ) -> Result<BTreeMap<ContactId, Lead>, Failure> {
        let asked: BTreeSet<ContactId> = contacts.collect();
        let items = self.store.batch_get(asked.iter().map(|id| keys::of(tenant).lead(*id)).collect()).await?;
        Ok(readable::<Lead>("lead", &items).into_iter().map(|lead| (lead.contact, lead)).collect())
    }

    /// The contact of a lead, as it was when the lead was last moved; `None` when there is no such lead.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn contact(self, tenant: &TenantId, lead: LeadId) -> Result<Option<ContactId>, Failure> {
        self.store.owner(&keys::of(tenant).lead_pointer(lead)).await
    }
}

impl Writes {
    /// A change: the lead, what is announced, the line of the record. The record holds no text: it outlives the contact.
    pub(crate) fn of_change(
        table: &str,
        tenant: &TenantId,
        key: &TableKey,
        before: &Lead,
        after: &Lead,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let mut writes = Self::new(table);
        writes.put_version(lead_item(tenant, key, after)?, before.version)?;
        let subject = format!("lead/{}", after.id);
        let (was, is) = (on_record(before), on_record(after));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, after.version, Some(was), Some(is), trace))?;
        let cause = format!("lead|{}|{}", after.id, after.version);
        writes.announce(tenant, &cause, &EventKind::of_change(before, after), trace)?;
        Ok(writes)
    }
}

/// What the record says of a lead.
fn on_record(lead: &Lead) -> Value {
    let lost_reason = lead.lost_reason.is_some();
    let visit_agreed = lead.answer_to_visit().map(|answer| answer.agreed);
    json!({"status": lead.status, "assignee": lead.assignee, "location": lead.location, "value": lead.value,
           "lost_reason": lost_reason, "visit_agreed": visit_agreed, "metadata_pairs": lead.metadata.len()})
}
