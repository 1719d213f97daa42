//! People's journeys: read, changed by staff, taken over when two people turn out to be one.
//!
//! Workers and staff write the same document, so every write names the version that was read. While an enrollment goes on, the
//! item is in the sparse index `pending`, where its next step is found though its schedule was lost.

#[cfg(test)]
mod tests;

use domain::identity::AuditAction;
use domain::journeys::Journey;
use domain::journeys::Person;
use domain::{ContactId, Failure, TenantId};
use serde_json::{Value, json};

use crate::Journeys;
use crate::conversations::turns::Commit;
use crate::table::documents::{Trace, Versioned, busy, changed, entry};
use crate::table::item::{Item, from_item, text, to_item};
use crate::table::keys;
use crate::table::pending::Backlog;
use crate::table::writes::{Ran, Writes};

impl Journeys<'_> {
    /// The journey that is kept under a contact; `None` where nothing began yet, or the contact was merged.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn get(self, tenant: &TenantId, contact: ContactId) -> Result<Option<Journey>, Failure> {
        let item = self.store.item("journey", &keys::of(tenant).journey(contact)).await?;
        item.map(|item| from_item("journey", &item)).transpose()
    }

    /// A person's journey, for staff: of who goes on where the contact was merged; where nothing began yet, its beginning, as
    /// version 0.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact.
    pub async fn of(self, tenant: &TenantId, contact: ContactId) -> Result<Versioned<Journey>, Failure> {
        let person = self.visit(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
        Ok(versioned(begun(person)))
    }

    /// A person as a decision needs them: who goes on where the contact was merged, `None` where it was erased.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; [`Failure::Retryable`] while the contact is being merged.
    pub async fn visit(self, tenant: &TenantId, contact: ContactId) -> Result<Option<Person>, Failure> {
        match self.store.people().get(tenant, contact).await {
            Ok(person) => Ok(Some(person)),
            Err(Failure::Permanent(why)) => match self.store.item("contact", &keys::of(tenant).contact(contact)).await?
            {
                None => Ok(None),
                Some(_) => Err(Failure::Permanent(why)),
            },
            Err(failure) => Err(failure),
        }
    }

    /// Changes version `read` of a person's journey on behalf of staff: what they want, what they agreed to. 0 is the
    /// version of a journey that nothing began yet. The same change sent twice is one change.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or precondition failed when the journey is not at that version any more.
    pub async fn change(
        self,
        tenant: &TenantId,
        contact: ContactId,
        read: u64,
        change: impl FnOnce(&mut Journey),
        trace: &Trace,
    ) -> Result<Versioned<Journey>, Failure> {
        let person = self.visit(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
        let before = begun(person);
        let mut after = before.clone();
        change(&mut after);
        if before.version != read {
            let done = before.version == read + 1 && wishes(&before) == wishes(&after);
            return if done { Ok(versioned(before)) } else { Err(changed(read)) };
        }
        if before == after {
            return Ok(versioned(before));
        }
        let action = if read == 0 { AuditAction::Created } else { AuditAction::Updated };
        let subject = format!("journey/{}", after.contact);
        let was = (read > 0).then(|| wishes(&before));
        let mut writes = Writes::new(&self.store.table);
        writes.journey(tenant, &after)?;
        writes.contact_goes_on(tenant, after.contact)?;
        writes.audit(&entry(tenant, action, &subject, read + 1, was, Some(wishes(&after)), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(versioned(Journey { version: read + 1, ..after })),
            Ran::Raced => Err(busy("journey")),
            Ran::Refused(_) => Err(changed(read)),
        }
    }

    /// Stores the journey of two people who turned out to be one, and removes the one of who does not go on: both as they
    /// were read, `merged` with the version of the survivor's.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; a lost race is no error, see [`Commit::Conflict`].
    pub async fn merge(self, tenant: &TenantId, other: &Journey, merged: &Journey) -> Result<Commit, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.journey(tenant, merged)?;
        writes.contact_goes_on(tenant, merged.contact)?;
        writes.delete_version(&keys::of(tenant).journey(other.contact), other.version)?;
        Ok(match self.store.run(writes).await? {
            Ran::Done => Commit::Stored,
            Ran::Refused(_) | Ran::Raced => Commit::Conflict,
        })
    }
}

/// A person's journey, or its beginning.
pub(crate) fn begun(person: Person) -> Journey {
    let Person { contact, journey, .. } = person;
    journey.unwrap_or_else(|| Journey::begin(contact.id, contact.created_at))
}

/// What people say about a journey, as the audit record shows it. It names the contact, so that an erasure finds it.
fn wishes(journey: &Journey) -> Value {
    json!({
        "contact": journey.contact, "stage": journey.stage, "preferences": journey.preferences,
        "consents": journey.consents,
    })
}

fn versioned(journey: Journey) -> Versioned<Journey> {
    Versioned { version: journey.version, value: journey }
}

impl Writes {
    /// A journey over the version that was read.
    pub(crate) fn journey(&mut self, tenant: &TenantId, journey: &Journey) -> Result<(), Failure> {
        self.put_version(journey_item(tenant, journey)?, journey.version)
    }

    /// Demands that a contact is there and was not merged: nothing is added to one that was erased meanwhile.
    pub(crate) fn contact_goes_on(&mut self, tenant: &TenantId, contact: ContactId) -> Result<(), Failure> {
        let goes_on =
            "attribute_exists(pk) AND (attribute_not_exists(merged_into) OR attribute_type(merged_into, :null))";
        self.check(&keys::of(tenant).contact(contact), goes_on, ":null", text("NULL"))
    }
}

/// The item; in the index `pending` while an enrollment goes on.
fn journey_item(tenant: &TenantId, journey: &Journey) -> Result<Item, Failure> {
    let mut item = to_item("journey", &keys::of(tenant).journey(journey.contact), journey)?;
    item.insert("tenant".into(), text(tenant.as_str()));
    if let Some(due) = journey.next_due() {
        item.insert("pending_pk".into(), text(Backlog::SequenceSteps.partition_of(journey.contact)));
        item.insert("pending_sk".into(), text(keys::by_time(due, &format!("{tenant}#{}", journey.contact))));
    }
    Ok(item)
}
