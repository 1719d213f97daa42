//! Contacts that staff type in and change.
//!
//! Each is one transaction with a line of the audit record, which names what changed and not the values: the record outlives the contact.
//! An address leads to one contact. If an address refused messages before, the contact that gets it now has that refusal.

use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::identity::test_mode::is_test;
use domain::journeys::Person;
use domain::leads::{Contact, ContactChange, KnownAddress, Lead, NamedAddress, typed_in, what_differs};
use domain::messaging::{Address, OptOutState};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

use crate::Contacts;
use crate::conversations::turns::identity_item;
use crate::leads::contacts::ContactView;
use crate::leads::keywords::ALL;
use crate::table::documents::{Trace, Versioned, busy, changed, entry};
use crate::table::item::{get_text, text};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};

/// How often a lost race is decided again.
const ATTEMPTS: usize = 4;
/// So many addresses are looked up in one call.
const AT_ONCE: usize = 100;

impl Contacts<'_> {
    /// Makes a contact that staff typed in. `cause` names the request: its repeat finds the contact.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field; a conflict naming the contact that an address belongs to.
    pub async fn create(
        self,
        tenant: &TenantId,
        given: &ContactChange,
        cause: &str,
        trace: &Trace,
    ) -> Result<Versioned<ContactView>, Failure> {
        self.demand_assignee(tenant, given).await?;
        let id = self.make(tenant, given, cause, trace).await?;
        self.get(tenant, id).await
    }

    /// As [`Contacts::create`], of a change that names no member of the team, and without reading the result.
    ///
    /// # Errors
    /// As [`Contacts::create`].
    pub async fn make(
        self,
        tenant: &TenantId,
        given: &ContactChange,
        cause: &str,
        trace: &Trace,
    ) -> Result<ContactId, Failure> {
        let (mut contact, lead) = typed_in(tenant, cause, given, trace.at)?;
        contact.test = is_test(&trace.correlation_id);
        for _ in 0..ATTEMPTS {
            if self.store.item("contact", &keys::of(tenant).contact(contact.id)).await?.is_some() {
                return Ok(contact.id);
            }
            let refused_at = self.free(tenant, contact.id, &given.add).await?;
            let mut writes = Writes::new(&self.store.table);
            writes.contact(tenant, &contact, ALL)?;
            writes.lead(tenant, &lead)?;
            writes.pointer(&keys::of(tenant).lead_pointer(lead.id), &[("contact", contact.id.to_string())])?;
            writes.given(tenant, &contact.addresses, contact.id, refused_at)?;
            let subject = format!("contact/{}", contact.id);
            let after = json!({ "typed_in": what_differs(&Contact::new(contact.id, trace.at), &contact) });
            writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(contact.id);
            }
        }
        Err(busy("contact"))
    }

    /// Adds to a contact what it does not have of `given`. Again, it changes nothing.
    ///
    /// # Errors
    /// As [`Contacts::create`]; not found; [`Failure::Retryable`] when others keep changing the contact.
    pub async fn add_missing(
        self,
        tenant: &TenantId,
        id: ContactId,
        given: &ContactChange,
        trace: &Trace,
    ) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            let person = self.store.journeys().visit(tenant, id).await?.ok_or_else(|| Failure::not_found("contact"))?;
            let missing = given.missing_in(&person.contact);
            match self.change(tenant, person.contact.id, person.contact.version, &missing, trace).await {
                // Someone changed the contact meanwhile: other things may be missing now.
                Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. }) => {}
                done => return done.map(|_| ()),
            }
        }
        Err(busy("contact"))
    }

    /// Changes version `read` of a contact on behalf of staff. The same change sent twice is one.
    ///
    /// # Errors
    /// As [`Contacts::create`]; not found; precondition failed when the contact is not at that version any more.
    pub async fn change(
        self,
        tenant: &TenantId,
        id: ContactId,
        read: u64,
        change: &ContactChange,
        trace: &Trace,
    ) -> Result<Versioned<ContactView>, Failure> {
        for _ in 0..ATTEMPTS {
            let person = self.store.journeys().visit(tenant, id).await?.ok_or_else(|| Failure::not_found("contact"))?;
            let mut after = change.apply(&person.contact, trace.at)?;
            // A contact that a live credential changes is a real one.
            after.test &= is_test(&trace.correlation_id);
            let (before, is_done) = (person.contact.version, after == person.contact);
            if before != read && !(before == read + 1 && is_done) {
                return Err(changed(read));
            }
            if is_done {
                return self.get(tenant, after.id).await;
            }
            self.demand_assignee(tenant, change).await?;
            // Who raced may have made this very change, or taken an address.
            if self.store.run(self.changing(tenant, person, &after, change, trace).await?).await? == Ran::Done {
                return self.get(tenant, after.id).await;
            }
        }
        Err(busy("contact"))
    }

    /// What a change writes.
    async fn changing(
        self,
        tenant: &TenantId,
        person: Person,
        after: &Contact,
        change: &ContactChange,
        trace: &Trace,
    ) -> Result<Writes, Failure> {
        let Person { contact: before, lead, opt_out_state, .. } = person;
        let is_new = |named: &&NamedAddress| !before.knows(&named.address);
        let added: Vec<NamedAddress> = change.add.iter().filter(is_new).cloned().collect();
        let refused_at = self.free(tenant, before.id, &added).await?;
        // What they said themselves since counts for all their addresses.
        let is_last = |at: &Timestamp| opt_out_state.said_at.is_none_or(|said| said <= *at);
        let mut writes = Writes::new(&self.store.table);
        writes.contact(tenant, after, ALL)?;
        // Also where the name stays: an erasure seals a contact by its lead, and this must not pass it by.
        writes.lead(tenant, &Lead { name: after.name.clone(), updated_at: trace.at, ..lead })?;
        let gained: Vec<KnownAddress> =
            after.addresses.iter().filter(|known| !before.knows(&known.address)).cloned().collect();
        writes.given(tenant, &gained, before.id, refused_at.filter(is_last))?;
        self.release(tenant, &before, after, &mut writes).await?;
        let (subject, version) = (format!("contact/{}", before.id), before.version + 1);
        let differs = json!({ "changed": what_differs(&before, after) });
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, version, None, Some(differs), trace))?;
        Ok(writes)
    }

    /// Whose addresses these are, of those that are someone's.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn owners(
        self,
        tenant: &TenantId,
        addresses: impl Iterator<Item = &Address>,
    ) -> Result<BTreeMap<Address, ContactId>, Failure> {
        let asked: Vec<(TableKey, &Address)> = addresses
            .flat_map(|address| {
                address.spellings().map(move |spelling| (keys::of(tenant).identity(&spelling), address))
            })
            .collect();
        let mut owners = BTreeMap::new();
        for some in asked.chunks(AT_ONCE) {
            let places = some.iter().map(|(place, _)| place.clone()).collect();
            for item in self.store.batch_get(places).await? {
                let (place, owner) = (TableKey::of(&item), ContactId::parse(get_text(&item, "contact"))?);
                let its = some.iter().filter(|(asked, _)| *asked == place);
                owners.extend(its.map(|(_, address)| ((*address).clone(), owner)));
            }
        }
        Ok(owners)
    }

    /// Demands that addresses are no one else's. Gives when one of them last refused messages.
    async fn free(
        self,
        tenant: &TenantId,
        contact: ContactId,
        named: &[NamedAddress],
    ) -> Result<Option<Timestamp>, Failure> {
        let mut refused_at = None;
        for NamedAddress { field, address } in named {
            let known = self.store.people().load_addresses(tenant, std::slice::from_ref(address)).await?;
            if let Some(other) = known.people.iter().map(|person| person.contact.id).find(|id| *id != contact) {
                let message = format!("{field} belongs to another contact: {other}");
                return Err(Failure::Rejected { kind: Rejection::Conflict, field: Some(field.clone()), message });
            }
            refused_at = refused_at.max(known.refused.iter().map(|(_, at)| *at).max());
        }
        Ok(refused_at)
    }

    /// Takes what leads to a contact from addresses that are not theirs any more.
    async fn release(
        self,
        tenant: &TenantId,
        before: &Contact,
        after: &Contact,
        writes: &mut Writes,
    ) -> Result<(), Failure> {
        let gone = before.addresses.iter().filter(|known| !after.knows(&known.address));
        let places = gone.map(|known| keys::of(tenant).identity(&known.address)).collect();
        let owner = before.id.to_string();
        for item in self.store.batch_get(places).await?.iter().filter(|item| get_text(item, "contact") == owner) {
            writes.delete_where(&TableKey::of(item), "contact = :owner", ":owner", text(&owner))?;
        }
        Ok(())
    }

    async fn demand_assignee(self, tenant: &TenantId, change: &ContactChange) -> Result<(), Failure> {
        match change.assignee.flatten() {
            Some(account) => self.demand_member(tenant, account, "assignee").await,
            None => Ok(()),
        }
    }
}

impl Writes {
    /// What leads from addresses to their contact, and that one of them refused messages before.
    pub(super) fn given(
        &mut self,
        tenant: &TenantId,
        addresses: &[KnownAddress],
        owner: ContactId,
        refused_at: Option<Timestamp>,
    ) -> Result<(), Failure> {
        for known in addresses {
            self.put_new(identity_item(tenant, known, owner))?;
        }
        let refused = OptOutState { refused: refused_at.is_some(), said_at: refused_at, ..OptOutState::default() };
        self.refused_too(tenant, owner, &refused)
    }
}
