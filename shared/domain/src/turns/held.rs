//! A thread that staff have: what its customer writes is stored and told to them, and the assistant says nothing. STOP and its
//! like are taken, codes are read and emergencies are answered as in any thread.

use super::Turn;
use super::calling::Called;
use crate::conversations::NoticeKind;
use crate::conversations::escalating::{self, About};

impl Turn<'_> {
    /// Whether the message is for the person who has the thread, and not for the assistant.
    pub(super) fn is_for_holder(&self) -> bool {
        self.thread.handling.is_with_staff() && !self.is_emergency()
    }

    /// Has the customer wait for whoever has the thread. Staff are told once until they answer, unless this message tells them
    /// something already.
    pub(super) fn tell_holder(&mut self, called: &mut Called) {
        if !self.thread.handling.is_with_staff() {
            return;
        }
        let begins = self.thread.sla.on_message_to_staff(self.tenant, self.now);
        if !begins || !called.notices.is_empty() {
            return;
        }
        let lead = self.lead_for_writer().into_owned();
        let about = About {
            tenant: self.tenant,
            lead: &lead,
            thread: &self.thread,
            reason: None,
            correlation_id: &self.inbound.correlation_id,
            by: self.inbound.message_id(),
            at: self.now,
        };
        for (notice, queued) in escalating::notices(NoticeKind::CustomerWaits, &about) {
            self.events.push(queued);
            called.notices.push(notice);
        }
    }
}
