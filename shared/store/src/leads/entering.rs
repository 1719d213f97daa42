//! Leads that staff or another system enter, in one transaction each.

use domain::identity::AuditAction;
use domain::identity::test_mode::{demand_reach, is_test};
use domain::journeys::{Entered, LeadEntry, Opened};
use domain::leads::{Contact, Lead};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde_json::json;

use crate::Leads;
use crate::conversations::turns::lead_item;
use crate::leads::keywords;
use crate::table::documents::{Trace, busy, entry as line};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// How often the contact is read again when someone else wrote in between.
const ATTEMPTS: usize = 4;

impl Leads<'_> {
    /// Opens a lead for what was entered, which was checked, or finds the open one of whom it names. `cause` names the request: its
    /// repeat finds the lead that it opened. Gives whether this request opened it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `location`, or where a test key names an address of someone real; [`Failure::Retryable`] when the contact changes all the time.
    pub async fn enter(
        self,
        tenant: &Tenant,
        entry: &LeadEntry,
        cause: &str,
        trace: &Trace,
    ) -> Result<(Lead, bool), Failure> {
        if let Some(location) = &entry.location {
            self.check_location(&tenant.id, location).await?;
        }
        let id = LeadId::derive(&tenant.id, &["entered", cause]);
        let contact = ContactId::derive(&tenant.id, &["entered", cause]);
        for _ in 0..ATTEMPTS {
            let known = self.store.people().load_addresses(&tenant.id, &entry.addresses).await?;
            for person in &known.people {
                demand_reach(&trace.correlation_id, person.contact.is_for_tests())?;
            }
            let for_tests: Vec<Contact> =
                known.people.iter().map(|person| &person.contact).filter(|contact| contact.test).cloned().collect();
            let mut opened = match entry.entered(known.people, id, contact, trace.at) {
                Entered::Open(lead) => {
                    let of_tests = for_tests.into_iter().find(|contact| contact.id == lead.contact);
                    match of_tests.filter(|_| !is_test(&trace.correlation_id)) {
                        Some(contact) if !self.is_real_now(&tenant.id, contact.clone()).await? => continue,
                        _ => return Ok((Lead::clone(&lead), lead.id == id)),
                    }
                }
                Entered::Opened(opened) => opened,
            };
            let is_new = opened.contact.version == 0;
            opened.contact.test = (is_new || opened.contact.test) && is_test(&trace.correlation_id);
            let refused_at = known.refused.iter().filter(|(to, _)| opened.gains(to)).map(|(_, at)| *at).max();
            let writes = Writes::of_entry(&self.store.table, &tenant.id, &opened, refused_at, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok((Lead { version: opened.lead.version + 1, ..opened.lead }, true));
            }
        }
        Err(busy("lead"))
    }

    /// A contact of a test key whom a live credential enters becomes a real one. Gives whether no one wrote in between.
    async fn is_real_now(self, tenant: &TenantId, contact: Contact) -> Result<bool, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.contact(tenant, &Contact { test: false, ..contact }, keywords::ALL)?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }
}

impl Writes {
    /// The contact, what leads to them, the lead, the closed one that makes room, what is announced, the line of the record.
    fn of_entry(
        table: &str,
        tenant: &TenantId,
        opened: &Opened,
        refused_at: Option<Timestamp>,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let (space, contact, lead) = (keys::of(tenant), &opened.contact, &opened.lead);
        let mut writes = Self::new(table);
        writes.contact(tenant, contact, keywords::ALL)?;
        writes.given(tenant, &opened.addresses, contact.id, refused_at)?;
        writes.put_version(lead_item(tenant, &space.lead(contact.id), lead)?, lead.version)?;
        writes.pointer(&space.lead_pointer(lead.id), &[("contact", contact.id.to_string())])?;
        if let Some(past) = &opened.past {
            writes.put(lead_item(tenant, &space.past_lead(contact.id, past.id), past)?)?;
        }
        let (subject, after) = (format!("lead/{}", lead.id), json!({"contact": contact.id, "source": lead.source}));
        writes.audit(&line(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        writes.announce(tenant, &format!("lead|{}|entered", lead.id), &opened.events, trace)?;
        Ok(writes)
    }
}
