//! Between the halves of a turn: what the message says to the question of the business that was asked.

use super::Turn;
use crate::conversations::{EscalationReason, Route, intake};
use crate::messaging::Channel;

impl Turn<'_> {
    /// Takes the message as the answer to the business's question that the last reply asked, where it is one.
    ///
    /// Somebody who wants a person is not answering. Call it once, before the responder is asked.
    pub fn hear(&mut self, route: &Route) {
        let on_topic = matches!(route.escalate, None | Some(EscalationReason::LongConversation));
        if !on_topic {
            return;
        }
        // A form and a call answer no question of this thread: whoever sent them may not have read it.
        if !self.is_proven() && self.inbound.channel != Channel::Chat {
            return;
        }
        let today = self.now.to_zoned(self.tenant.time_zone()).date();
        let (lead, content) = (self.lead_for_writer(), &self.inbound.content);
        let heard = intake::hear(self.tenant, &lead, &self.thread, content, &route.language, today);
        if let Some((question, answer)) = heard {
            self.learn_intake(question, answer);
        }
    }
}
