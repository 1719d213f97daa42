//! What a turn learns about its writer, and how far that goes.
//!
//! Who is proven to be the contact changes what is known. Anybody else adds only what is not known, and is answered from what they
//! said themselves ([`Stated`](crate::conversations::Stated)), so that nobody reads or rewrites what somebody else told.

use super::Turn;
use crate::conversations::{Answer, wishes};
use crate::ids::QuestionId;
use crate::leads::{RequestedVisit, Score};
use crate::messaging::{Address, Strength};
use crate::tenancy::intake;

impl Turn<'_> {
    /// Takes over what the answer read in the message.
    pub(super) fn learn(&mut self, answer: &Answer) {
        let (proven, theirs) = (self.is_proven(), self.may_rewrite());
        let contact = &mut self.person.contact;
        if theirs || contact.language.is_none() {
            contact.language = Some(answer.language.clone());
        }
        if let Some(name) = &answer.given.name {
            contact.learn_name(name, self.inbound.strength());
            self.thread.stated.name = Some(name.clone());
        }
        let addresses = answer.given.addresses();
        let is_theirs =
            |address: &Address| !self.tenant.owns(address, self.own, Strength::Given) && !contact.knows(address);
        for address in addresses.into_iter().filter(is_theirs) {
            self.thread.stated.mention(address);
        }
        let lead = &mut self.person.lead;
        lead.name.clone_from(&contact.name);
        let (known, learned) = (std::mem::take(&mut lead.qualification), answer.qualification.clone());
        lead.qualification =
            if theirs { known.updated_with(learned.clone()) } else { learned.clone().updated_with(known) };
        if !proven {
            let stated = &mut self.thread.stated;
            stated.qualification = std::mem::take(&mut stated.qualification).updated_with(learned);
        }
        for (question, answer) in answer.intake.clone() {
            self.learn_intake(question, answer);
        }
        let lead = &mut self.person.lead;
        if answer.score != Score::Unscored {
            lead.score = if theirs { answer.score } else { lead.score.max_of(answer.score) };
        }
    }

    /// Takes over an answer to one of the business's own questions.
    pub(super) fn learn_intake(&mut self, question: QuestionId, answer: intake::Answer) {
        if !self.is_proven() {
            self.thread.stated.intake.insert(question.clone(), answer.clone());
        }
        if self.may_rewrite() {
            self.person.lead.intake.insert(question, answer);
        } else {
            self.person.lead.intake.entry(question).or_insert(answer);
        }
    }

    /// Takes over the time that they ask for.
    pub(super) fn learn_time(&mut self, time: String) {
        if !self.is_proven() {
            self.thread.stated.requested_time = Some(time.clone());
        }
        if self.may_rewrite() || self.person.lead.requested_time.is_none() {
            self.person.lead.requested_time = Some(time);
        }
    }

    /// Takes over what the message says of when they would like to come: whoever answers it.
    pub(super) fn learn_wish(&mut self) {
        let wish = self.when.as_ref().and_then(|when| when.wish.clone());
        if wish.is_none() || wish == self.thread.wish {
            return;
        }
        let visit = wish.as_ref().and_then(|wish| wishes::requested(self.tenant, wish, self.now));
        // "Any day, just not Tuesday at 6": the Tuesday that they asked for before is none any more.
        let refuses = |known: RequestedVisit| wish.as_ref().is_some_and(|wish| wish.refuses(known.date));
        let is_taken_back = visit.is_none() && self.thread.booked.is_none();
        let after = |known: Option<RequestedVisit>| visit.or(known.filter(|known| !(is_taken_back && refuses(*known))));
        if !self.is_proven() {
            self.thread.stated.requested_visit = after(self.thread.stated.requested_visit);
        }
        if self.may_rewrite() || self.person.lead.requested_visit.is_none() {
            self.person.lead.requested_visit = after(self.person.lead.requested_visit);
        }
        self.thread.wish = wish;
    }

    /// Whether what the writer says takes the place of what is known: they are proven, or nobody is.
    pub(super) fn may_rewrite(&self) -> bool {
        self.is_proven() || !self.person.contact.is_proven()
    }
}
