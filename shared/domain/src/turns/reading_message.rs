//! Between the halves of a turn: what the message says to the question of the business that was asked.

use jiff::Timestamp;

use super::Turn;
use crate::conversations::wishes::When;
use crate::conversations::{EscalationReason, Route, builtin, intake};
use crate::ids::QuestionId;
use crate::messaging::Channel;
use crate::tenancy::intake::{Answer, Question};

impl Turn<'_> {
    /// When they would like to come, once it was [read](Self::read_message).
    #[must_use]
    pub fn when(&self) -> Option<&When> {
        self.when.as_ref()
    }

    /// Reads when they would like to come, and takes the message as the answer to the business's question that the last reply
    /// asked, where it is one.
    ///
    /// Somebody who wants a person is not answering. Call it once, before the responder is asked.
    pub fn read_message(&mut self, route: &Route) {
        let text = builtin::said(&self.inbound.content);
        let lead = self.lead_for_writer();
        let wanted: Vec<&str> = lead.qualification.services().collect();
        let visits = self.visits_ahead();
        let when = When::read(self.tenant, &text, &route.language, Some(&self.thread), &wanted, &visits, self.now);
        let visit = self.next_visit();
        let when = when.unless_late(self.tenant, &text, &route.language, visit, &self.thread, self.now);
        let heard = self.intake_answer(route, &when);
        let is_asked = |asked: &&Question| {
            heard.as_ref().is_some_and(|(id, answer)| asked.id == *id && *answer != Answer::Skipped)
        };
        // "Last Tuesday" answers since when, and is no wish.
        let is_no_wish = self.tenant.intake.iter().find(is_asked).is_some_and(intake::asks_for_time);
        self.when = Some(if is_no_wish { When { wish: self.thread.wish.clone(), ..When::default() } } else { when });
        if let Some((question, answer)) = heard {
            self.learn_intake(question, answer);
        }
    }

    /// When their next visit begins: one that is known of them, or that is booked, held or noted in this talk. One of today counts
    /// before all others.
    fn next_visit(&self) -> Option<Timestamp> {
        let zone = self.tenant.time_zone();
        let today = self.now.to_zoned(zone.clone()).date();
        let is_today = |at: &Timestamp| at.to_zoned(zone.clone()).date() == today;
        let lead = self.lead_for_writer();
        let held = self.thread.offer.as_ref().and_then(|offer| offer.held);
        let is_arranged = self.thread.booked.or(held).is_some() || lead.requested_time.is_some();
        let arranged = lead.requested_visit.filter(|_| is_arranged).and_then(|visit| visit.from);
        let known = self.person.journey.as_ref().filter(|_| self.is_proven());
        let next = known.and_then(|journey| journey.next_appointment(self.now)).map(|next| next.starts_at);
        next.filter(is_today).or(arranged).or(next)
    }

    /// When their visits to come begin, where it is proven who writes.
    fn visits_ahead(&self) -> Vec<Timestamp> {
        let known = self.person.journey.as_ref().filter(|_| self.is_proven());
        known.map(|journey| journey.visits_ahead(self.now)).unwrap_or_default()
    }

    fn intake_answer(&self, route: &Route, when: &When) -> Option<(QuestionId, Answer)> {
        let on_topic = matches!(route.escalate, None | Some(EscalationReason::LongConversation));
        // A form and a call answer no question of this thread: whoever sent them may not have read it.
        if !on_topic || (!self.is_proven() && self.inbound.channel != Channel::Chat) {
            return None;
        }
        let today = self.now.to_zoned(self.tenant.time_zone()).date();
        let (lead, content) = (self.lead_for_writer(), &self.inbound.content);
        intake::read_answer(self.tenant, &lead, &self.thread, content, &route.language, when, today)
    }
}
