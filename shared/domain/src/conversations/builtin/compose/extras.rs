//! The answer to a yes or a no to what was suggested, and nothing else.

use super::super::extras;
use super::{Composer, Decision, FAIR, SURE_RULE};
use crate::conversations::extras::{SaidOfExtra, for_objection, said};
use crate::conversations::{Action, Intent, Question, VisitStep};

impl<'t> Composer<'_, 't> {
    /// What the message says of the extra that was suggested, where it says nothing else.
    pub(in super::super) fn said_of_extra(&self) -> Option<SaidOfExtra<'t>> {
        let decides = |step: &VisitStep| !matches!(step, VisitStep::Noted(_));
        if self.turn.visit.is_some_and(|visit| visit.is_news && decides(&visit.step)) {
            return None;
        }
        said(self.turn.tenant, self.turn.conversation?, self.turn.content.text()).filter(|said| said.is_bare)
    }

    /// Whether they find something too expensive, and there is something to offer to them.
    pub(super) fn objects_to_price(&self) -> bool {
        for_objection(self.turn, self.now).is_some()
    }

    /// Understands; the turn adds what can be offered.
    pub(super) fn answer_objection(&mut self) -> Decision {
        self.open();
        self.say(extras::understood(&self.locale));
        Decision { intent: Intent::Price, action: Action::Reply, confidence: FAIR, asked: None }
    }

    /// Says that it is noted, or left out, and asks what is missing for the rest.
    pub(super) fn answer_extra(&mut self, said: SaidOfExtra<'_>) -> Decision {
        let taken = extras::taken(said.extra, &self.locale.language()).filter(|_| said.taken);
        self.say(&taken.unwrap_or_else(|| extras::declined(&self.locale).to_owned()));
        let asked = self.ask();
        let action = match asked {
            Some(Question::BookingTime | Question::Day | Question::Hour | Question::Departure) => Action::OfferBooking,
            _ => Action::Reply,
        };
        Decision { intent: Intent::Detail, action, confidence: SURE_RULE, asked }
    }
}
