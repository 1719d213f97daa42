//! What says nothing that is understood, or nothing yet.

use super::super::{facts, phrases};
use super::{Composer, Decision, FAIR, UNSURE};
use crate::conversations::{Action, Intent, Question};
use crate::messaging::{Content, MediaKind};
use crate::tenancy::intake::QuestionKind;

impl Composer<'_, '_> {
    /// An open question, where nothing says yet what they want.
    pub(super) fn ask_how_to_help(&mut self, intent: Intent) -> Decision {
        self.say(self.locale.phrases.how_can_we_help);
        let is_open = self.known.service_interest.is_none() && self.turn.just_asked().is_none();
        let asked = is_open.then_some(Question::Service);
        let confidence = if intent == Intent::Other && self.reading.heard.substance > 0 { UNSURE } else { FAIR };
        Decision { intent, action: Action::Reply, confidence, asked }
    }

    /// Whether the reply before asked a question of the business's own that free text does not answer.
    fn asked_with_options(&self) -> bool {
        let asked = self.turn.conversation.and_then(|thread| thread.asked_intake());
        let question = asked.and_then(|id| self.turn.tenant.intake.iter().find(|question| question.id == *id));
        question.is_some_and(|question| question.kind != QuestionKind::Text)
    }

    /// What came has no words yet: asks for some.
    pub(super) fn ask_for_words(&mut self) -> Option<Decision> {
        let phrases = self.locale.phrases;
        let has_words = self.reading.heard.substance > 0 || self.turn.intake_answer().is_some();
        let request = match self.turn.content {
            Content::MissedCall => None,
            Content::Media { kind: MediaKind::Audio, .. } if !has_words => Some(phrases.say_in_writing),
            Content::Media { .. } if !has_words => Some(phrases.say_what_it_shows),
            Content::Contacts { .. } => Some(phrases.say_what_it_shows),
            Content::Unsupported { .. } => Some(phrases.unsupported),
            _ => return None,
        };
        self.open();
        if let Some(request) = request {
            self.say(request);
        }
        let is_call = *self.turn.content == Content::MissedCall;
        let intent = if is_call { Intent::MissedCall } else { Intent::Other };
        let asked = Some(Question::Service).filter(|_| is_call && self.known.service_interest.is_none());
        let asked = asked.filter(|question| self.turn.just_asked() != Some(question));
        Some(Decision { intent, action: Action::Reply, confidence: FAIR, asked })
    }

    /// Not understood, and no question: the next open question; asks to say it differently, once; then a person takes over. With
    /// staff on it already, it is passed on.
    pub(super) fn not_understood(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        let contact = facts::contact_time(&self.locale, self.now);
        // What is told in the middle of a booking is passed on. To a question with options of its own it may be an answer.
        if self.is_booking() && !self.asked_with_options() && self.is_told_at_length(Intent::Other) {
            return self.pass_on();
        }
        if self.is_booking()
            && let Some(asked) = self.ask()
        {
            return Decision { intent: Intent::Other, action: Action::Reply, confidence: FAIR, asked: Some(asked) };
        }
        // More is told of what they want: the team reads it, and the talk goes on.
        let is_wanted = self.state.has_request() || self.known.service_interest.is_some();
        if self.reading.heard.substance > 1 && is_wanted && !self.turn.is_with_staff() {
            self.thank();
            let asked = self.ask();
            return Decision { intent: Intent::Detail, action: Action::Reply, confidence: FAIR, asked };
        }
        if self.is_told_at_length(Intent::Other) {
            return self.pass_on();
        }
        let (action, confidence) = if self.turn.is_with_staff() {
            self.say(phrases.passed_on);
            self.say(&contact);
            (Action::Reply, FAIR)
        } else if self
            .turn
            .last_reply()
            .is_some_and(|line| phrases::ALL.iter().any(|all| line.contains(all.not_understood)))
        {
            self.say(phrases.rather_a_person);
            self.say(&contact);
            (Action::Escalate, UNSURE)
        } else {
            self.say(phrases.not_understood);
            (Action::Reply, UNSURE)
        };
        Decision { intent: Intent::Other, action, confidence, asked: None }
    }
}
