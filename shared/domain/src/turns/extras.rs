//! What is suggested beside the services: when, at most one a conversation, and what follows from a yes.
//!
//! It is decided here for whoever answers. A model may name an extra that it was told of; where it does not, and this is the moment,
//! one sentence is added to its reply as to the built-in responder's. So nothing that a model was talked into suggests a second one.

use ::language::Words;

use super::Turn;
use super::booking::BookingChange;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::conversations::extras::{self, asks};
use crate::conversations::{
    Action, Answer, ConversationStatus, EscalationReason, ExtraMention, ExtraStep, Intent, Sentiment, SuggestedExtra,
    Task, TaskKind, builtin,
};
use crate::events::EventKind;
use crate::ids::TaskId;
use crate::journeys::Journey;
use crate::leads::{LeadExtra, LeadStatus};
use crate::tenancy::{Extra, Moment};

/// The least that a responder must be sure of its answer, in percent, for anything to be suggested beside it.
const SURE: u8 = 60;
/// The longest title of a task, in characters.
const MAX_TITLE: usize = 200;
/// What a message may want where something is suggested in the answer to it.
const INTENTS: [Intent; 8] = [
    Intent::Greeting,
    Intent::Hours,
    Intent::Price,
    Intent::Address,
    Intent::Service,
    Intent::Booking,
    Intent::Detail,
    Intent::Other,
];

/// What an answer may do beside it.
const ACTIONS: [Action; 4] = [Action::Reply, Action::OfferBooking, Action::RequestBooking, Action::Book];

impl<'a> Turn<'a> {
    /// Takes down what the message says of the extra that was suggested, and has the reply say so where it does not.
    pub(super) fn hear_of_extra(&mut self, answer: &mut Answer) -> Option<ExtraMention> {
        let said = extras::said(self.tenant, &self.thread, self.inbound.content.text())?;
        let mention = self.settle_extra(said.extra, said.taken);
        let is_said = extras::names(said.extra, &Words::new(&answer.reply));
        if said.taken && !is_said && answer.action != Action::Escalate {
            let sentence = builtin::extras::taken(said.extra, &answer.language);
            sentence.into_iter().for_each(|sentence| add(&mut answer.reply, &sentence));
        }
        Some(mention)
    }

    /// Who books here after they were told what they get for that takes it, without another word about it.
    pub(super) fn take_direct(&mut self, answer: &Answer) -> Option<ExtraMention> {
        let suggested = self.thread.extra.as_ref().filter(|extra| extra.step == ExtraStep::Suggested)?;
        let extra = self.tenant.extras.iter().find(|extra| extra.id == suggested.id)?;
        let takes = extra.when == Moment::OtherPlatform && self.has_visit(answer);
        takes.then(|| self.settle_extra(extra, true))
    }

    /// Suggests the extra for which this is the moment, in the reply; what the reply of a model names by itself is suggested with that.
    pub(super) fn suggest_extra(
        &mut self,
        answer: &mut Answer,
        because: Option<EscalationReason>,
    ) -> Option<ExtraMention> {
        let asks_already = answer.asked.is_some() || asks(&answer.reply);
        if let Some(suggested) = &mut self.thread.extra {
            // A yes answers the last reply, and that is another one now.
            suggested.open = false;
            return None;
        }
        let named = self.named_by_model(answer);
        let due = named.or_else(|| self.extra_due(answer, because))?;
        let mut open = false;
        if named.is_none() {
            let sentence = builtin::extras::suggestion(self.tenant, due, &answer.language, asks_already)?;
            let fits = answer.reply.chars().count() + sentence.chars().count() < MAX_REPLY_CHARS;
            fits.then(|| add(&mut answer.reply, &sentence))?;
            open = !asks_already && asks(&sentence);
        }
        self.thread.extra = Some(SuggestedExtra { id: due.id.clone(), at: self.now, open, step: ExtraStep::Suggested });
        Some(ExtraMention::new(due.id.clone(), ExtraStep::Suggested))
    }

    /// The extra that a model named and its customer did not.
    fn named_by_model(&self, answer: &Answer) -> Option<&'a Extra> {
        if answer.author.model == builtin::MODEL || self.tenant.extras.is_empty() {
            return None;
        }
        let (reply, asked) = (Words::new(&answer.reply), Words::new(self.inbound.content.text()));
        let is_offered = |extra: &&Extra| extras::names(extra, &reply) && !extras::names(extra, &asked);
        self.tenant.extras.iter().filter(is_offered).find(|extra| !extras::is_service(self.tenant, extra))
    }

    /// The extra for which this is the moment: never where someone complains, cancels, owes, leaves, is waiting for a person or was not
    /// understood.
    fn extra_due(&self, answer: &Answer, because: Option<EscalationReason>) -> Option<&'a Extra> {
        let text = self.inbound.content.text();
        let said = extras::moment_in(text);
        // "Too expensive" sounds like a leave, and is the moment to offer something.
        let objects = said == Some(Moment::TooExpensive);
        let is_calm = because.is_none()
            && self.thread.escalation.is_none()
            && self.thread.status == ConversationStatus::Active
            && !self.thread.handling.is_with_staff()
            && (answer.sentiment != Sentiment::Negative || objects)
            && (INTENTS.contains(&answer.intent) || (objects && answer.intent == Intent::NotNow))
            && (ACTIONS.contains(&answer.action) || (objects && answer.action == Action::Nurture))
            && answer.confidence >= SURE
            && !self.person.journey.as_ref().is_some_and(Journey::owes);
        if self.tenant.extras.is_empty() || !is_calm || !extras::may_hear(text) {
            return None;
        }
        let today = self.now.to_zoned(self.tenant.time_zone()).date();
        let lead = self.lead_for_writer();
        let services: Vec<&str> = lead.qualification.services().collect();
        let wanted = extras::wanted(self.tenant, &services);
        let is_now = |moment: Moment| match moment {
            Moment::OtherPlatform | Moment::TooExpensive => said == Some(moment),
            Moment::VisitBooked => self.has_visit(answer),
            Moment::ServiceChosen => !services.is_empty() && self.arranges_visit(answer),
        };
        let is_new = |extra: &Extra| !self.person.lead.extras.iter().any(|known| known.id == extra.id);
        let fits = |extra: &&Extra| extra.is_on(today) && extra.is_for(&wanted) && is_new(extra);
        let of = |moment: Moment| self.tenant.extras.iter().filter(fits).find(|extra| extra.when == moment);
        Moment::ALL.into_iter().filter(|moment| is_now(*moment)).find_map(of)
    }

    /// Whether a visit was booked in this thread, or all is known of the one that they ask for.
    fn has_visit(&self, answer: &Answer) -> bool {
        let is_asked_for = self.thread.wish.is_some() && self.lead_for_writer().requested_time.is_some();
        answer.asked.is_none() && (self.thread.booked.is_some() || is_asked_for)
    }

    /// Whether a visit is arranged in this thread.
    fn arranges_visit(&self, answer: &Answer) -> bool {
        let books = matches!(answer.action, Action::OfferBooking | Action::RequestBooking | Action::Book);
        books || answer.intent == Intent::Booking || self.thread.wish.is_some() || self.thread.offer.is_some()
    }

    /// Takes down a yes or a no: in the thread, with the lead, and for a yes as a task for the staff.
    fn settle_extra(&mut self, extra: &Extra, taken: bool) -> ExtraMention {
        let step = if taken { ExtraStep::Taken } else { ExtraStep::Declined };
        self.thread.extra = Some(SuggestedExtra { id: extra.id.clone(), at: self.now, open: false, step });
        let noted = LeadExtra {
            id: extra.id.clone(),
            name: extra.name.clone(),
            price_cents: extra.worth_cents(),
            percent_off: extra.percent_off,
            taken,
            at: self.now,
        };
        if taken {
            self.have_staff_see_to(&noted);
        }
        let price_cents = noted.price_cents.filter(|_| taken);
        self.person.lead.note_extra(noted);
        let is_booked = self.thread.booked.is_some() || self.person.lead.status == LeadStatus::AppointmentBooked;
        ExtraMention { price_cents, with_visit: taken && is_booked, ..ExtraMention::new(extra.id.clone(), step) }
    }

    fn have_staff_see_to(&mut self, extra: &LeadExtra) {
        let who = self.name().unwrap_or("A customer");
        let shown = extra.shown(&self.tenant.currency);
        let title: String = format!("{who} takes: {shown}").chars().take(MAX_TITLE).collect();
        let contact = self.person.contact.id;
        let task = Task {
            id: TaskId::derive(&self.tenant.id, &["extra", &self.inbound.message_id().to_string()]),
            contact,
            conversation: Some(self.thread.id),
            kind: TaskKind::Other,
            title,
            note: format!(
                "It was suggested on {} and they take it. See that it goes with what they book.",
                self.thread.channel
            ),
            urgent: false,
            assignee: None,
            due_at: None,
            created_at: self.now,
            done: None,
        };
        self.events.push(EventKind::TaskCreated { task: task.id, contact });
        self.tasks.push(task);
    }

    /// What the message tells those who do the work: the extra that it takes, else its own words.
    pub(super) fn told_for_visit(&self) -> String {
        let text = self.inbound.content.text();
        let said = extras::said(self.tenant, &self.thread, text).filter(|said| said.taken && said.is_bare);
        said.map_or_else(|| text.to_owned(), |said| line(&said.extra.name))
    }

    /// An appointment with the extra that was taken in this thread in its note, as far as there is room.
    pub(super) fn with_extras(&self, change: BookingChange) -> BookingChange {
        let taken = self.thread.extra.as_ref().filter(|extra| extra.step == ExtraStep::Taken);
        let name = taken.and_then(|taken| self.person.lead.taken_extras().find(|extra| extra.id == taken.id));
        let Some(line) = name.map(|extra| line(&extra.name)) else { return change };
        let is_there = change.after.note.lines().any(|known| known == line);
        match change.after.with_note(&line, self.now).filter(|_| change.after.takes_time() && !is_there) {
            Some(after) => BookingChange { after, ..change },
            None => change,
        }
    }
}

/// What the note of an appointment says of an extra.
fn line(name: &str) -> String {
    format!("Extra: {name}")
}

/// Adds a sentence to a reply.
fn add(reply: &mut String, sentence: &str) {
    if !reply.is_empty() {
        reply.push(' ');
    }
    reply.push_str(sentence);
}
