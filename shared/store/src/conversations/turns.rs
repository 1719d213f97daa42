//! A turn's outcome, stored in one transaction: all of it or nothing.

#[cfg(test)]
mod tests;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::conversations::{Conversation, Escalation, Message};
use domain::identity::Actor;
use domain::journeys::Person;
use domain::leads::{Contact, KnownAddress, Lead};
use domain::messaging::{Channel, Kind, OptOutState, Strength};
use domain::turns::{self, Outcome};
use domain::{ContactId, EventId, Failure, LeadId, MessageId, TenantId};
use jiff::{SignedDuration, Timestamp};

use crate::Conversations;
use crate::leads::keys::NOW;
use crate::leads::keywords::IN_PASSING;
use crate::scheduling::days::LoadedVisit;
use crate::scheduling::writes::BookingChange;
use crate::table::item::{Item, key_item, number, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::usage::Uncounted;
use crate::{Store, Trace};

/// How long a message id is remembered.
pub(crate) const SEEN_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What became of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// It is stored.
    Stored,
    /// The message was stored before: nothing was written.
    Duplicate,
    /// Someone else wrote meanwhile: nothing was written; read again and decide again.
    Conflict,
}

impl Conversations<'_> {
    /// Stores everything a turn decided, then counts what models took for it. That none was asked is counted with the turn, unless others
    /// are counting: then it waits for no counter either.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; a lost race is no error, see [`Commit`]. What was stored and not counted is counted
    /// when the message comes again ([`LoadedTurn::uncounted`](crate::LoadedTurn)).
    pub async fn commit(self, tenant: &TenantId, outcome: &Outcome, now: Timestamp) -> Result<Commit, Failure> {
        self.commit_visit(tenant, outcome, &LoadedVisit::default(), now).await
    }

    /// The same, where the turn was decided on a calendar: a day that changed meanwhile is a lost race too.
    ///
    /// # Errors
    /// As [`Conversations::commit`].
    pub async fn commit_visit(
        self,
        tenant: &TenantId,
        outcome: &Outcome,
        read: &LoadedVisit,
        now: Timestamp,
    ) -> Result<Commit, Failure> {
        // Before their opt-out state goes with them. Who dies here has only told the survivor what was true already.
        for person in &outcome.merged {
            let silent = OptOutState { refused: false, said_at: None, ..person.opt_out_state.clone() };
            // A browser proves nothing: it neither refuses nor agrees for someone.
            let opt_out_state = if person.contact.is_anonymous() { &silent } else { &person.opt_out_state };
            self.store.opt_out_states().carry(tenant, opt_out_state, outcome.lead.contact).await?;
        }
        let uncounted = Uncounted::of(outcome, now);
        let turn = |left: &Uncounted| Writes::of_turn(&self.store.table, tenant, outcome, read, left, now);
        // A merge may leave no room in the transaction.
        if uncounted.is_unasked() && outcome.merged.is_empty() {
            let mut writes = turn(&Uncounted::default())?;
            writes.usage(tenant, &uncounted.spent, &outcome.inbound.to_string())?;
            let ran = self.store.run(writes).await?;
            if ran != Ran::Raced {
                return Ok(ran.into());
            }
        }
        let commit = self.store.transact(turn(&uncounted)?).await?;
        if commit == Commit::Stored {
            self.store.usage().count_spent(tenant, outcome.inbound, &uncounted).await?;
        }
        Ok(commit)
    }
}

impl Store {
    /// Runs the writes; the first one is the mark that says whether this was done before.
    pub(crate) async fn transact(&self, writes: Writes) -> Result<Commit, Failure> {
        Ok(self.run(writes).await?.into())
    }
}

impl From<Ran> for Commit {
    fn from(ran: Ran) -> Self {
        match ran {
            Ran::Done => Self::Stored,
            Ran::Refused(positions) if positions.contains(&0) => Self::Duplicate,
            Ran::Refused(_) | Ran::Raced => Self::Conflict,
        }
    }
}

impl Writes {
    /// Everything that a turn decided; at most 100 writes, each of another item. What is `left` to be counted is noted with its mark.
    fn of_turn(
        table: &str,
        tenant: &TenantId,
        outcome: &Outcome,
        read: &LoadedVisit,
        left: &Uncounted,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let mut writes = Self::new(table);
        writes.turn_seen(tenant, outcome, left, now)?;
        writes.person(tenant, outcome)?;
        writes.heard(tenant, outcome.lead.contact, &outcome.heard)?;
        writes.not_refused_meanwhile(tenant, outcome)?;
        for person in &outcome.merged {
            let kept = outcome.past_leads.iter().any(|lead| lead.id == person.lead.id);
            let lead = if kept { person.lead.id } else { outcome.lead.id };
            writes.merged(tenant, person, outcome.lead.contact, lead)?;
        }
        for other in &outcome.duplicates {
            writes.possible_duplicate(tenant, outcome.lead.contact, *other, now)?;
        }
        for message in &outcome.messages {
            writes.message(tenant, message)?;
        }
        if let Some(escalation) = &outcome.escalation {
            writes.escalation(tenant, escalation)?;
        }
        for task in &outcome.tasks {
            writes.new_task(tenant, task)?;
            writes.task_pointer(tenant, task)?;
        }
        if let Some((question, kept_until)) = &outcome.unanswered {
            writes.unanswered_question(tenant, question, *kept_until)?;
        }
        if let Some(change) = &outcome.booking {
            writes.visit(tenant, outcome, change, read, now)?;
        }
        if let Some(entry) = &outcome.waits {
            writes.waitlist_entry(tenant, entry, read.entry_version)?;
        }
        if !outcome.events.is_empty() {
            let id = EventId::derive(tenant, &["outbox", &outcome.inbound.to_string()]);
            writes.outbox(&OutboxRow::new(id, tenant.clone(), &outcome.events, now))?;
        }
        Ok(writes)
    }

    /// What becomes of an appointment. Its contact may be new in this very transaction, and its event goes out with the turn's.
    fn visit(
        &mut self,
        tenant: &TenantId,
        outcome: &Outcome,
        change: &turns::BookingChange,
        read: &LoadedVisit,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let before = read.booking.as_ref().filter(|_| change.before.is_some());
        let (days, versions) = (change.days.clone(), &read.calendar.versions);
        let correlation_id = outcome.messages.first().map_or_else(String::new, |first| first.correlation_id.clone());
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        self.booking(tenant, BookingChange { before, after: &change.after, days, versions, tells: true }, &trace)
    }

    /// The mark that something came in or was done, for 30 days.
    pub(crate) fn seen(&mut self, tenant: &TenantId, what: MessageId, now: Timestamp) -> Result<(), Failure> {
        self.put_new(seen_item(tenant, what, now))
    }

    /// The mark of a turn's message.
    fn turn_seen(
        &mut self,
        tenant: &TenantId,
        outcome: &Outcome,
        left: &Uncounted,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let mut item = seen_item(tenant, outcome.inbound, now);
        // Where it lies, for who corrects it or takes it back.
        let stored = outcome.messages.iter().find(|message| message.reference.message == outcome.inbound);
        item.extend(stored.map(|message| ("ref".to_owned(), text(message.reference.to_string()))));
        item.extend(left.attributes()?);
        self.put_new(item)
    }

    fn person(&mut self, tenant: &TenantId, outcome: &Outcome) -> Result<(), Failure> {
        let owner = outcome.lead.contact;
        if let Some(contact) = &outcome.contact {
            self.contact(tenant, contact, IN_PASSING)?;
        }
        for known in &outcome.addresses {
            self.put_new(identity_item(tenant, known, owner))?;
        }
        // They lead here already, or their owner is merged in this very transaction under a condition, or the vendor says that
        // they are this writer's.
        for known in &outcome.moved_addresses {
            self.put(identity_item(tenant, known, owner))?;
        }
        let lead = &outcome.lead;
        self.put_version(lead_item(tenant, &keys::of(tenant).lead(owner), lead)?, lead.version)?;
        if outcome.opened_lead {
            self.pointer(&keys::of(tenant).lead_pointer(lead.id), &[("contact", owner.to_string())])?;
        }
        self.thread(tenant, &outcome.thread)?;
        if outcome.opened_thread {
            self.thread_pointer(tenant, &outcome.thread, owner)?;
            self.chat_pointer(tenant, &outcome.thread)?;
        }
        for lead in &outcome.past_leads {
            self.put(lead_item(tenant, &keys::of(tenant).past_lead(owner, lead.id), lead)?)?;
        }
        for thread in &outcome.past_threads {
            self.put(thread_item(tenant, &keys::of(tenant).past_thread(owner, thread.id), thread)?)?;
        }
        for thread in &outcome.moved_threads {
            self.thread(tenant, thread)?;
        }
        Ok(())
    }

    /// An anonymous caller's STOP, said while this turn was decided, knows only the address: what this turn answers must not go out. (What
    /// someone known says is known of the person, and the gate asks.) What tells them that they refused may, and a chat's answer.
    fn not_refused_meanwhile(&mut self, tenant: &TenantId, outcome: &Outcome) -> Result<(), Failure> {
        let from = &outcome.heard.from;
        let bound = |message: &&Message| message.kind() != Kind::OptOut && message.channel != Channel::Chat;
        let mut sent = outcome.messages.iter().filter(bound).filter_map(|message| message.delivery.as_ref());
        if outcome.addresses.iter().any(|known| known.address == *from) && sent.any(|delivery| delivery.to == *from) {
            self.check(
                &keys::of(tenant).suppression(from),
                "attribute_not_exists(pk) OR suppressed = :no",
                ":no",
                AttributeValue::Bool(false),
            )?;
        }
        Ok(())
    }

    pub(crate) fn thread(&mut self, tenant: &TenantId, thread: &Conversation) -> Result<(), Failure> {
        let key = keys::of(tenant).thread(thread.contact, thread.channel);
        self.put_version(thread_item(tenant, &key, thread)?, thread.version)
    }

    pub(crate) fn thread_pointer(
        &mut self,
        tenant: &TenantId,
        thread: &Conversation,
        owner: ContactId,
    ) -> Result<(), Failure> {
        let to = [("contact", owner.to_string()), ("channel", thread.channel.to_string())];
        self.pointer(&keys::of(tenant).thread_pointer(thread.id), &to)
    }

    fn chat_pointer(&mut self, tenant: &TenantId, thread: &Conversation) -> Result<(), Failure> {
        let Some(session) = &thread.session else { return Ok(()) };
        self.pointer(&keys::of(tenant).chat_pointer(session), &[("conversation", thread.id.to_string())])
    }

    /// What leads from an id to where something is kept; written beside something that has a condition.
    pub(crate) fn pointer(&mut self, key: &TableKey, to: &[(&str, String)]) -> Result<(), Failure> {
        let mut item = key_item(key);
        item.insert("entity".into(), text("pointer"));
        item.extend(to.iter().map(|(name, value)| ((*name).to_owned(), text(value))));
        self.put(item)
    }

    /// The contact stays as a sign that points to the survivor, with its lead as it was, so that the two can be taken apart again; its
    /// threads live on there. `lead` is where its lead is found now.
    pub(crate) fn merged(
        &mut self,
        tenant: &TenantId,
        person: &Person,
        into: ContactId,
        lead: LeadId,
    ) -> Result<(), Failure> {
        // What it is found by stays for when the two are taken apart; until then a search passes it over.
        let contact = Contact { merged_into: Some(into), ..person.contact.clone() };
        self.put_version(to_item("contact", &keys::of(tenant).contact(contact.id), &contact)?, contact.version)?;
        self.delete_version(&keys::of(tenant).lead(contact.id), person.lead.version)?;
        self.put(to_item("merged_lead", &keys::of(tenant).merged_lead(contact.id), &person.lead)?)?;
        self.delete_opt_out_state(tenant, person)?;
        let to = [("contact", into.to_string()), ("lead", lead.to_string())];
        self.pointer(&keys::of(tenant).lead_pointer(person.lead.id), &to)?;
        for thread in &person.threads {
            self.delete_version(&keys::of(tenant).thread(contact.id, thread.channel), thread.version)?;
            self.thread_pointer(tenant, thread, into)?;
        }
        Ok(())
    }

    pub(crate) fn message(&mut self, tenant: &TenantId, message: &Message) -> Result<(), Failure> {
        self.put(to_item("message", &keys::of(tenant).message(&message.reference), message)?)
    }

    pub(crate) fn escalation(&mut self, tenant: &TenantId, escalation: &Escalation) -> Result<(), Failure> {
        self.put(escalation_item(tenant, escalation)?)
    }
}

pub(crate) fn escalation_item(tenant: &TenantId, escalation: &Escalation) -> Result<Item, Failure> {
    let key = keys::of(tenant).escalation(escalation.conversation, escalation.id);
    let mut item = to_item("escalation", &key, escalation)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).escalation_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(escalation.raised_at, &escalation.id.to_string())));
    Ok(item)
}

pub(crate) fn seen_item(tenant: &TenantId, what: MessageId, now: Timestamp) -> Item {
    let mut item = key_item(&keys::of(tenant).seen(what));
    item.insert("entity".into(), text("seen"));
    item.insert("expires_at".into(), number((now + SEEN_FOR).as_second()));
    item
}

/// What leads from an address to its contact. Of an address that is only given it says so: what comes from there is no word of
/// the contact's before a turn has filed it.
pub(crate) fn identity_item(tenant: &TenantId, known: &KnownAddress, owner: ContactId) -> Item {
    let mut item = key_item(&keys::of(tenant).identity(&known.address));
    item.insert("entity".into(), text("identity"));
    item.insert("contact".into(), text(owner.to_string()));
    item.insert("proven".into(), AttributeValue::Bool(known.strength == Strength::Proven));
    item
}

pub(crate) fn lead_item(tenant: &TenantId, key: &TableKey, lead: &Lead) -> Result<Item, Failure> {
    let mut item = to_item("lead", key, lead)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).lead_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(lead.updated_at, &lead.id.to_string())));
    if key.sk.starts_with(NOW) && lead.waits_for_visit_answer() {
        item.extend(crate::approvals::listed(tenant, lead.updated_at, &lead.id.to_string()));
    }
    Ok(item)
}

pub(crate) fn thread_item(tenant: &TenantId, key: &TableKey, thread: &Conversation) -> Result<Item, Failure> {
    let mut item = to_item("thread", key, thread)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).thread_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(thread.last_message_at, &thread.id.to_string())));
    item.extend(crate::conversations::keys::sla_keys(tenant, thread));
    item.extend(crate::conversations::queues::queue_keys(tenant, thread).into_iter().flatten());
    Ok(item)
}
