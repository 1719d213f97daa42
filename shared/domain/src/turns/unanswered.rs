//! A question that the business's data had no answer for is kept, so that the business can be offered to answer it for everyone.

use super::Turn;
use crate::conversations::{Action, Answer, EscalationReason, Intent, builtin};
use crate::identity::test_mode::is_test;
use crate::knowledge::gaps::{UnansweredQuestion, asked_in};
use crate::messaging::{Content, MessageRef};

impl Turn<'_> {
    /// The question of this message, where `answer` leaves it to the team and other customers could ask it too. `because`: what a person
    /// is called for.
    pub(super) fn unanswered(&self, answer: &Answer, because: Option<EscalationReason>) -> Option<UnansweredQuestion> {
        let is_left = answer.action == Action::AskTeam
            || because == Some(EscalationReason::Unsure)
            || builtin::promises_team(&answer.reply);
        let is_of_data = match because {
            None | Some(EscalationReason::Unsure | EscalationReason::AiUnavailable) => true,
            // A long talk says nothing of the question.
            Some(EscalationReason::LongConversation) => true,
            Some(_) => false,
        };
        let is_wish = matches!(
            answer.intent,
            Intent::Complaint | Intent::Emergency | Intent::Human | Intent::OptOut | Intent::OptIn | Intent::NotNow
        );
        let is_late = self.when.as_ref().is_some_and(|when| when.is_late);
        let is_text =
            matches!(self.inbound.content, Content::Text { .. } | Content::Choice { .. } | Content::Form { .. });
        let is_real = !is_test(&self.inbound.correlation_id) && !self.person.contact.is_for_tests();
        if !is_left || !is_of_data || is_wish || is_late || !is_text || !is_real {
            return None;
        }
        let said = builtin::said(&self.inbound.content);
        let contact = &self.person.contact;
        let named =
            [&contact.name, &self.person.lead.name, &self.thread.stated.name, &answer.given.name, &self.inbound.name];
        let mut names: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
        names.extend(contact.other_names.iter().map(String::as_str));
        Some(UnansweredQuestion {
            reference: MessageRef {
                conversation: self.thread.id,
                at: self.inbound.received_at.min(self.now),
                message: self.inbound.message_id(),
            },
            contact: contact.id,
            text: asked_in(self.tenant, &said, &names)?,
            language: answer.language.clone(),
        })
    }
}
