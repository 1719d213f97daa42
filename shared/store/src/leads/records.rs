//! A tenant's leads: one, all of them, and the status that staff set.

use aws_sdk_dynamodb::types::Update;
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::leads::{Contact, KnownAddress, Lead, LeadStatus, Score};
use domain::{ContactId, EventId, Failure, LeadId, TenantId};
use std::collections::{BTreeMap, BTreeSet};

use crate::Leads;
use crate::leads::people::MAX_MERGES;
use crate::table::documents::{Trace, busy, changed};
use crate::table::item::{from_item, get_text, key_item, number, readable, text};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Page;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// Which leads to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// Only with this status.
    pub status: Option<LeadStatus>,
    /// Only with this score.
    pub score: Option<Score>,
}

impl Leads<'_> {
    /// A lead.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such lead.
    pub async fn get(self, tenant: &TenantId, id: LeadId) -> Result<Lead, Failure> {
        Ok(self.locate(tenant, id).await?.1)
    }

    async fn locate(self, tenant: &TenantId, id: LeadId) -> Result<(TableKey, Lead), Failure> {
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

    /// Moves version `read` of a lead to `status` on behalf of staff. The same move again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed when the lead is not at that version any more, or a conflict
    /// when it cannot become that from what it is.
    pub async fn set_status(
        self,
        tenant: &TenantId,
        id: LeadId,
        status: LeadStatus,
        read: u64,
        trace: &Trace,
    ) -> Result<Lead, Failure> {
        let now = trace.at;
        let (key, lead) = self.locate(tenant, id).await?;
        if lead.version != read {
            let done = lead.version == read + 1 && lead.status == status;
            return if done { Ok(lead) } else { Err(changed(read)) };
        }
        if !lead.status.allows(status) {
            let message = format!("a lead that is {} cannot become {}", lead.status.as_str(), status.as_str());
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        if lead.status == status {
            return Ok(lead);
        }
        let after = Lead { status, updated_at: now, version: lead.version + 1, ..lead.clone() };
        let update = Update::builder()
            .table_name(&self.store.table)
            .set_key(Some(key_item(&key)))
            .update_expression("SET #status = :status, updated_at = :now, version = :version, gsi1sk = :order")
            .condition_expression("version = :read")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", text(status.as_str()))
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":version", number(after.version))
            .expression_attribute_values(":read", number(lead.version))
            .expression_attribute_values(":order", text(keys::by_time(now, &lead.id.to_string())))
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        let cause = format!("{}|{}", lead.id, after.version);
        let event = Event {
            id: EventId::derive(tenant, &["status", &cause]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: trace.correlation_id.clone(),
            kind: EventKind::LeadStatusChanged { lead: lead.id, status, was: lead.status },
        };
        let mut writes = Writes::new(&self.store.table);
        writes.update(update);
        writes.outbox(&OutboxRow::new(EventId::derive(tenant, &["outbox", &cause]), tenant.clone(), &[event], now))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(after),
            Ran::Raced => Err(busy("lead")),
            Ran::Refused(_) => Err(changed(read)),
        }
    }

    /// A tenant's leads.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: LeadFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Lead>, Failure> {
        let filters = [("status", filter.status.map(LeadStatus::as_str)), ("score", filter.score.map(Score::as_str))];
        self.store.list("lead", tenant, &keys::of(tenant).lead_list(), &filters, limit, cursor).await
    }

    /// The addresses of these contacts, at most 100; of one that was merged, those of whoever goes on.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn addresses(
        self,
        tenant: &TenantId,
        contacts: impl Iterator<Item = ContactId>,
    ) -> Result<BTreeMap<ContactId, Vec<KnownAddress>>, Failure> {
        let asked: BTreeSet<ContactId> = contacts.collect();
        let (mut known, mut left) = (BTreeMap::<ContactId, Contact>::new(), asked.clone());
        for _ in 0..MAX_MERGES {
            if left.is_empty() {
                break;
            }
            let items = self.store.batch_get(left.iter().map(|id| keys::of(tenant).contact(*id)).collect()).await?;
            let read: Vec<Contact> = readable("contact", &items);
            left = read.iter().filter_map(|contact| contact.merged_into).collect();
            known.extend(read.into_iter().map(|contact| (contact.id, contact)));
            left.retain(|id| !known.contains_key(id));
        }
        let goes_on = |id: &ContactId| {
            let next = |contact: &&Contact| contact.merged_into.and_then(|into| known.get(&into));
            std::iter::successors(known.get(id), next).take(MAX_MERGES + 1).last()
        };
        Ok(asked.iter().filter_map(|id| Some((*id, goes_on(id)?.addresses.clone()))).collect())
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
