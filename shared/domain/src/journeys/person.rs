//! A contact with its lead and threads, and what happens when two of them are one person.

#[cfg(test)]
mod tests;

use crate::LeadId;
use crate::conversations::Conversation;
use crate::journeys::Journey;
use crate::leads::Contact;
use crate::leads::Lead;
use crate::messaging::{OptOutState, Strength};
use crate::scheduling::Appointment;
use crate::tenancy::intake::Answer;

/// The most extra fields of a lead.
const MAX_FIELDS: usize = 40;

/// Everything that a turn needs to know of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who they are.
    pub contact: Contact,
    /// Their latest lead; it may be closed.
    pub lead: Lead,
    /// Their current thread on each channel.
    pub threads: Vec<Conversation>,
    /// Their opt-out state.
    pub opt_out_state: OptOutState,
    /// Their way with the business, once anything began by itself.
    pub journey: Option<Journey>,
}

/// What a merge leaves to store besides the survivor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Leftovers {
    /// Leads that are closed while an open one goes on: kept as history of the survivor.
    pub leads: Vec<Lead>,
    /// Threads on channels where the other person had a later one: kept as history too.
    pub threads: Vec<Conversation>,
    /// The other person's open lead, where it is now part of the survivor's.
    pub merged_lead: Option<LeadId>,
}

impl Person {
    /// Who they are, and what is known of their appointments.
    pub(crate) fn with_appointments(&self) -> (&Contact, &[Appointment]) {
        (&self.contact, self.journey.as_ref().map_or(&[], |journey| &journey.appointments))
    }

    /// Takes `other` in: the older contact survives, the later knowledge wins, nothing is forgotten.
    ///
    /// Call it on the one that [`survivor`] names. A lead or thread that takes the place of one of the survivor's
    /// carries the version of that place, because the write is conditional on it; one that takes an empty place carries 0.
    pub fn merge(&mut self, other: &Self) -> Leftovers {
        let mut leftovers = Leftovers::default();
        let proven = (self.contact.is_proven(), other.contact.is_proven());
        self.merge_contact(&other.contact);
        if other.contact.is_anonymous() {
            // A browser proves nothing: it neither refuses nor agrees for someone.
            self.opt_out_state.merge(&OptOutState { refused: false, said_at: None, ..other.opt_out_state.clone() });
        } else {
            self.opt_out_state.merge(&other.opt_out_state);
        }
        if other.lead.status.is_closed() {
            leftovers.leads.push(other.lead.clone());
        } else if self.lead.status.is_closed() {
            let open = Lead { contact: self.contact.id, version: self.lead.version, ..other.lead.clone() };
            leftovers.leads.push(std::mem::replace(&mut self.lead, open));
        } else {
            self.merge_lead(&other.lead, proven == (true, false));
            leftovers.merged_lead = Some(other.lead.id);
        }
        for thread in &other.threads {
            let lead = if leftovers.merged_lead == Some(thread.lead) { self.lead.id } else { thread.lead };
            let moved = Conversation { contact: self.contact.id, lead, version: 0, ..thread.clone() };
            leftovers.threads.extend(self.take_thread(moved));
        }
        leftovers
    }

    /// The later of two threads on a channel goes on; the other one is left over.
    fn take_thread(&mut self, mut thread: Conversation) -> Option<Conversation> {
        let Some(mine) = self.threads.iter_mut().find(|mine| mine.channel == thread.channel) else {
            self.threads.push(thread);
            return None;
        };
        if thread.last_message_at > mine.last_message_at {
            thread.version = mine.version;
            std::mem::swap(mine, &mut thread);
        }
        Some(thread)
    }

    fn merge_contact(&mut self, other: &Contact) {
        let mine = &mut self.contact;
        for known in &other.addresses {
            mine.learn(&known.address, known.strength);
        }
        let strength = if other.is_proven() { Strength::Proven } else { Strength::Given };
        for name in other.name.iter().chain(&other.other_names) {
            mine.learn_name(name, strength);
        }
        mine.language = mine.language.take().or_else(|| other.language.clone());
        mine.card.merge(&other.card);
        mine.assignee = mine.assignee.or(other.assignee);
        // A contact that was never stored leaves no trace.
        mine.merged_from.extend((other.version > 0).then_some(other.id));
        mine.merged_from.extend(&other.merged_from);
        mine.possible_duplicates.retain(|id| *id != other.id);
        mine.test &= other.test;
    }

    /// The later knowledge wins; but with `gaps_only` the other lead only fills gaps, because nothing of it is proven.
    fn merge_lead(&mut self, other: &Lead, gaps_only: bool) {
        let mine = &mut self.lead;
        let theirs_is_newer = mine.updated_at <= other.updated_at && !gaps_only;
        let (older, newer) = if theirs_is_newer { (&*mine, other) } else { (other, &*mine) };
        let qualification = older.qualification.clone().updated_with(newer.qualification.clone());
        // A question that was passed over counts for nothing where it was answered.
        let mut intake = older.intake.clone();
        for (question, answer) in &newer.intake {
            if *answer != Answer::Skipped || !intake.contains_key(question) {
                intake.insert(question.clone(), answer.clone());
            }
        }
        let requested_time = newer.requested_time.clone().or_else(|| older.requested_time.clone());
        let requested_visit = newer.requested_visit.or(older.requested_visit);
        mine.qualification = qualification;
        mine.intake = intake;
        mine.requested_time = requested_time;
        mine.requested_visit = requested_visit;
        mine.score = mine.score.max_of(other.score);
        mine.status = mine.status.further_of(other.status);
        mine.take_handling_of(other);
        mine.name = mine.name.take().or_else(|| other.name.clone());
        let room = MAX_FIELDS.saturating_sub(mine.fields.len());
        for (name, value) in other.fields.iter().take(room) {
            mine.fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// Which of two contacts goes on: the one that wrote first. The same answer whichever way they are named.
#[must_use]
pub fn survivor<'a>(a: &'a Contact, b: &'a Contact) -> &'a Contact {
    if (a.created_at, a.id) <= (b.created_at, b.id) { a } else { b }
}
