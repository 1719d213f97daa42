//! Contacts that may be the same person: noted by turns, decided by staff, who merge two contacts or take them apart again.
//!
//! A merge moves the current threads, the lead and the addresses of one contact to the other. What was over before stays where
//! it was, under the contact that points on. Each thread has one address that its customer writes from, so taking apart is exact:
//! every thread goes to the contact whose address it was held with, also those that began after the merge.

use aws_sdk_dynamodb::types::Update;
use domain::conversations::Conversation;
use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::identity::test_mode::is_test;
use domain::journeys::{Person, survivor};
use domain::leads::{Contact, Lead};
use domain::{ContactId, EventId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use utoipa::ToSchema;

use crate::People;
use crate::conversations::turns::{identity_item, lead_item, thread_item};
use crate::leads::keys::PAST;
use crate::leads::keywords::IN_PASSING;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{Item, from_item, get_text, readable, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// How often a lost race is decided again.
const ATTEMPTS: usize = 4;

/// Two contacts that may be the same person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Duplicate {
    /// The one that wrote first, and goes on when they are merged.
    pub first: Contact,
    /// The other one.
    pub second: Contact,
    /// When it was noticed (UTC).
    pub noticed_at: Timestamp,
}

#[derive(Deserialize)]
struct Row {
    contacts: [ContactId; 2],
    noticed_at: Timestamp,
}

impl People<'_> {
    /// The pairs that staff have not decided about. What was merged or erased since is left out.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn possible_duplicates(
        self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Duplicate>, Failure> {
        let (items, cursor) = self.store.page_of(&keys::of(tenant).duplicate_list(), "", true, limit, cursor).await?;
        Ok(Page { items: self.pairs(tenant, &items).await?, cursor })
    }

    /// The pairs that these items name, in their order, as the contacts are now. What was merged or erased since is left out.
    pub(crate) async fn pairs<'i>(
        self,
        tenant: &TenantId,
        items: impl IntoIterator<Item = &'i Item>,
    ) -> Result<Vec<Duplicate>, Failure> {
        let rows: Vec<Row> = readable("duplicate", items);
        let wanted = rows.iter().flat_map(|row| row.contacts).map(|id| keys::of(tenant).contact(id));
        let contacts: Vec<Contact> = readable("contact", &self.store.batch_get(wanted.collect()).await?);
        let contact = |id: ContactId| contacts.iter().find(|contact| contact.id == id && contact.merged_into.is_none());
        let items = rows.iter().filter_map(|row| {
            let [a, b] = row.contacts.map(contact);
            let (a, b) = (a?, b?);
            let first = survivor(a, b).clone();
            let second = if first.id == a.id { b.clone() } else { a.clone() };
            Some(Duplicate { first, second, noticed_at: row.noticed_at })
        });
        Ok(items.collect())
    }

    /// Staff say that two contacts are different people: the pair is not shown again. Gives whether it was shown until now: who merged them, or
    /// said this before, took it off.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contacts; [`Failure::Retryable`] when they are busy.
    pub async fn not_duplicates(
        self,
        tenant: &TenantId,
        a: ContactId,
        b: ContactId,
        trace: &Trace,
    ) -> Result<bool, Failure> {
        self.store.item("contact", &keys::of(tenant).contact(a)).await?.ok_or_else(|| Failure::not_found("contact"))?;
        let mut writes = Writes::new(&self.store.table);
        writes.delete_where(&keys::of(tenant).duplicate(a, b), "entity = :entity", ":entity", text("duplicate"))?;
        let subject = format!("contact/{a}");
        let before = Some(json!({ "possible_duplicate": b }));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, 0, before, None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(true),
            Ran::Refused(_) => Ok(false),
            Ran::Raced => Err(busy("contact")),
        }
    }

    /// Merges two contacts on behalf of staff: the one that wrote first goes on. Again, it gives the one that goes on.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no such contact; [`Failure::Retryable`] when they change all the time.
    pub async fn merge(self, tenant: &TenantId, a: ContactId, b: ContactId, trace: &Trace) -> Result<Contact, Failure> {
        for _ in 0..ATTEMPTS {
            let missing = || Failure::not_found("contact");
            let one = self.store.journeys().visit(tenant, a).await?.ok_or_else(missing)?;
            let other = self.store.journeys().visit(tenant, b).await?.ok_or_else(missing)?;
            if one.contact.id == other.contact.id {
                return Ok(one.contact);
            }
            let (winner, loser) =
                if survivor(&one.contact, &other.contact).id == one.contact.id { (one, other) } else { (other, one) };
            // As in a turn: who dies here has only told the survivor what was true already.
            self.store.opt_out_states().carry(tenant, &loser.opt_out_state, winner.contact.id).await?;
            let mut merged = Merged::of(winner, loser);
            merged.after.contact.test &= is_test(&trace.correlation_id);
            if self.store.run(merged.writes(&self.store.table, tenant, trace)?).await? == Ran::Done {
                return Ok(merged.after.contact);
            }
        }
        Err(busy("contact"))
    }

    /// Takes a contact out of the one that it was merged into: its addresses, its lead as it was, and every thread that was held
    /// with its addresses, before and since. What was refused stays refused for both. Again, it changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no such contact, or it was never merged; [`Failure::Retryable`] when they change all the time.
    pub async fn take_apart(self, tenant: &TenantId, id: ContactId, trace: &Trace) -> Result<Contact, Failure> {
        for _ in 0..ATTEMPTS {
            let stored = self
                .store
                .item("contact", &keys::of(tenant).contact(id))
                .await?
                .ok_or_else(|| Failure::not_found("contact"))?;
            let contact: Contact = from_item("contact", &stored)?;
            let lead = self.store.item("merged_lead", &keys::of(tenant).merged_lead(id)).await?;
            let Some(into) = contact.merged_into else {
                let never = || Failure::invalid("id", "this contact was not merged into another one");
                lead.ok_or_else(never)?;
                // The first call may have died here.
                self.finish_apart(tenant, &contact).await?;
                return Ok(contact);
            };
            let lead = lead.ok_or_else(|| Failure::invalid("id", "this contact was merged before merges were kept"))?;
            let whole =
                self.store.journeys().visit(tenant, into).await?.ok_or_else(|| Failure::not_found("contact"))?;
            let past = self
                .store
                .rights()
                .all_entries(&keys::of(tenant).person(whole.contact.id), &format!("{PAST}LEAD#"))
                .await?;
            let parted = Parted::of(whole, contact, from_item("merged_lead", &lead)?, readable("lead", &past))?;
            if self.store.run(parted.writes(&self.store.table, tenant, trace)?).await? == Ran::Done {
                self.move_past_threads(tenant, parted.stays.contact.id, &parted.goes).await?;
                return Ok(parted.goes);
            }
        }
        Err(busy("contact"))
    }

    /// Goes on with a [`People::take_apart`] of this contact that died. Where none did, there is nothing to do.
    pub(crate) async fn finish_apart(self, tenant: &TenantId, contact: &Contact) -> Result<(), Failure> {
        let lead = self.store.item("merged_lead", &keys::of(tenant).merged_lead(contact.id)).await?;
        match lead.map(|lead| ContactId::parse(get_text(&lead, "taken_from"))) {
            Some(Ok(from)) => self.move_past_threads(tenant, from, contact).await,
            _ => Ok(()),
        }
    }

    /// Moves the past threads that were held with an address of `to`, one by one; again, it goes on where it stopped.
    async fn move_past_threads(self, tenant: &TenantId, from: ContactId, to: &Contact) -> Result<(), Failure> {
        let lead = self.store.item("merged_lead", &keys::of(tenant).merged_lead(to.id)).await?;
        let lead = lead.map(|item| from_item::<Lead>("merged_lead", &item)).transpose()?.map(|lead| lead.id);
        let past = self.store.rights().all_entries(&keys::of(tenant).person(from), &format!("{PAST}THREAD#")).await?;
        for thread in readable::<Conversation>("thread", &past) {
            if !held_with(&thread, to) {
                continue;
            }
            let mut writes = Writes::new(&self.store.table);
            let moved = Conversation { contact: to.id, lead: lead.unwrap_or(thread.lead), ..thread };
            writes.put(thread_item(tenant, &keys::of(tenant).past_thread(to.id, moved.id), &moved)?)?;
            writes.delete(&keys::of(tenant).past_thread(from, moved.id))?;
            writes.thread_pointer(tenant, &moved, to.id)?;
            self.store.run(writes).await?;
        }
        Ok(())
    }
}

/// Whether a thread was held with one of the contact's addresses.
fn held_with(thread: &Conversation, contact: &Contact) -> bool {
    thread.peer.as_ref().is_some_and(|peer| contact.knows(peer))
}

/// Two contacts as one.
struct Merged {
    before: Person,
    loser: Person,
    after: Person,
    leftovers: domain::journeys::Leftovers,
}

impl Merged {
    fn of(before: Person, loser: Person) -> Self {
        let mut after = before.clone();
        let leftovers = after.merge(&loser);
        Self { before, loser, after, leftovers }
    }

    fn writes(&self, table: &str, tenant: &TenantId, trace: &Trace) -> Result<Writes, Failure> {
        let (into, from) = (self.after.contact.id, self.loser.contact.id);
        let mut writes = Writes::new(table);
        writes.contact(tenant, &self.after.contact, IN_PASSING)?;
        let theirs: BTreeSet<_> = self.loser.contact.addresses.iter().map(|known| &known.address).collect();
        for known in self.after.contact.addresses.iter().filter(|known| theirs.contains(&known.address)) {
            writes.put(identity_item(tenant, known, into))?;
        }
        writes.lead(tenant, &self.after.lead)?;
        for lead in &self.leftovers.leads {
            let lead = Lead { contact: into, ..lead.clone() };
            writes.put(lead_item(tenant, &keys::of(tenant).past_lead(into, lead.id), &lead)?)?;
        }
        for thread in self.after.threads.iter().filter(|thread| !self.before.threads.contains(thread)) {
            writes.thread(tenant, thread)?;
        }
        for thread in &self.leftovers.threads {
            let over = Conversation {
                contact: into,
                status: domain::conversations::ConversationStatus::Ended,
                ..thread.clone()
            };
            writes.put(thread_item(tenant, &keys::of(tenant).past_thread(into, over.id), &over)?)?;
        }
        let kept = self.leftovers.merged_lead.is_none();
        let lead = if kept { self.loser.lead.id } else { self.after.lead.id };
        writes.merged(tenant, &self.loser, into, lead)?;
        writes.delete(&keys::of(tenant).duplicate(into, from))?;
        let event = Event {
            id: EventId::derive(tenant, &["merged", &into.to_string(), &from.to_string(), &trace.at.to_string()]),
            tenant: tenant.clone(),
            at: trace.at,
            correlation_id: trace.correlation_id.clone(),
            kind: EventKind::ContactMerged { into, from },
        };
        let row = EventId::derive(tenant, &["outbox", &event.id.to_string()]);
        writes.outbox(&OutboxRow::new(row, tenant.clone(), &[event], trace.at))?;
        let subject = format!("contact/{into}");
        let version = self.after.contact.version + 1;
        writes.audit(&entry(
            tenant,
            AuditAction::Updated,
            &subject,
            version,
            None,
            Some(json!({ "merged": from })),
            trace,
        ))?;
        Ok(writes)
    }
}

/// One contact as two again.
struct Parted {
    /// Who they were merged into.
    stays: Person,
    /// The threads of the one who goes, with their versions as they were read.
    threads: Vec<Conversation>,
    goes: Contact,
    lead: Lead,
    /// The past lead that is the current one again, of the one who stays or of the one who goes.
    current_again: Option<LeadId>,
}

impl Parted {
    fn of(whole: Person, contact: Contact, lead: Lead, past: Vec<Lead>) -> Result<Self, Failure> {
        let mut stays = whole;
        let mut goes = Contact { merged_into: None, ..contact };
        // As sure as they have become since.
        for known in &mut goes.addresses {
            known.strength = stays.contact.strength_of(&known.address).unwrap_or(known.strength);
        }
        stays.contact.addresses.retain(|known| !goes.knows(&known.address));
        stays.contact.merged_from.retain(|id| *id != goes.id);
        stays.contact.suspect(goes.id);
        goes.suspect(stays.contact.id);
        if stays.contact.name == goes.name {
            stays.contact.name = None;
        }
        stays.contact.other_names.retain(|name| Some(name) != goes.name.as_ref());
        let (threads, others) = stays.threads.into_iter().partition(|thread| held_with(thread, &goes));
        stays.threads = others;
        let (lead, current_again) = if stays.lead.id == lead.id {
            // Their open lead had taken the place of a closed one, which comes back.
            let closed = past.into_iter().max_by_key(|lead| lead.created_at);
            let closed = closed.ok_or_else(|| Failure::Permanent("a merged contact has no lead of its own".into()))?;
            let version = stays.lead.version;
            let theirs = std::mem::replace(&mut stays.lead, Lead { version, ..closed });
            (theirs, Some(stays.lead.id))
        } else {
            let kept = past.iter().any(|past| past.id == lead.id).then_some(lead.id);
            (lead, kept)
        };
        stays.lead.name.clone_from(&stays.contact.name);
        let lead = Lead { contact: goes.id, name: goes.name.clone(), version: 0, ..lead };
        Ok(Self { stays, threads, goes, lead, current_again })
    }

    fn writes(&self, table: &str, tenant: &TenantId, trace: &Trace) -> Result<Writes, Failure> {
        let (stays, goes) = (self.stays.contact.id, self.goes.id);
        let mut writes = Writes::new(table);
        writes.contact(tenant, &self.stays.contact, IN_PASSING)?;
        writes.contact(tenant, &self.goes, IN_PASSING)?;
        // Also so that a turn that is under way for the two as one is decided again.
        writes.lead(tenant, &self.stays.lead)?;
        writes.lead(tenant, &self.lead)?;
        let mut kept = to_item("merged_lead", &keys::of(tenant).merged_lead(goes), &self.lead)?;
        kept.insert("taken_from".to_owned(), text(stays.to_string()));
        writes.put(kept)?;
        writes.pointer(&keys::of(tenant).lead_pointer(self.lead.id), &[("contact", goes.to_string())])?;
        if let Some(lead) = self.current_again {
            writes.delete(&keys::of(tenant).past_lead(stays, lead))?;
        }
        for known in &self.goes.addresses {
            writes.put(identity_item(tenant, known, goes))?;
        }
        for thread in &self.threads {
            writes.delete_version(&keys::of(tenant).thread(stays, thread.channel), thread.version)?;
            writes.thread(tenant, &Conversation { contact: goes, lead: self.lead.id, version: 0, ..thread.clone() })?;
            writes.thread_pointer(tenant, thread, goes)?;
        }
        writes.refused_too(tenant, goes, &self.stays.opt_out_state)?;
        let subject = format!("contact/{stays}");
        let version = self.stays.contact.version + 1;
        writes.audit(&entry(
            tenant,
            AuditAction::Updated,
            &subject,
            version,
            Some(json!({ "merged": goes })),
            None,
            trace,
        ))?;
        Ok(writes)
    }
}

impl Writes {
    /// Notes that two contacts may be one person, unless that is noted.
    pub(crate) fn possible_duplicate(
        &mut self,
        tenant: &TenantId,
        a: ContactId,
        b: ContactId,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let key = keys::of(tenant).duplicate(a, b);
        let contacts = aws_sdk_dynamodb::types::AttributeValue::L(vec![text(a.to_string()), text(b.to_string())]);
        let update = Update::builder()
            .update_expression(
                "SET entity = :entity, contacts = :contacts, noticed_at = if_not_exists(noticed_at, :now), \
                 pending_pk = :list, pending_sk = if_not_exists(pending_sk, :place)",
            )
            .expression_attribute_values(":list", text(keys::of(tenant).approval_list()))
            .expression_attribute_values(":place", text(keys::by_time(now, &key.sk)))
            .expression_attribute_values(":entity", text("duplicate"))
            .expression_attribute_values(":contacts", contacts)
            .expression_attribute_values(":now", text(now.to_string()));
        self.update_at(&key, update)
    }

    pub(crate) fn lead(&mut self, tenant: &TenantId, lead: &Lead) -> Result<(), Failure> {
        self.put_version(lead_item(tenant, &keys::of(tenant).lead(lead.contact), lead)?, lead.version)
    }
}
