//! Events of conversations, and what staff are to do.

macro_rules! conversations {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A person is wanted.
    EscalationRaised = "escalation.raised", signals "a person was called for", shows [escalation conversation reason] {
        /// The escalation.
        escalation: EscalationId,
        /// The conversation.
        conversation: ConversationId,
        /// The reason.
        reason: EscalationReason,
    }
    /// A person has dealt with it.
    EscalationResolved = "escalation.resolved", shows [escalation conversation] {
        /// The escalation.
        escalation: EscalationId,
        /// The conversation.
        conversation: ConversationId,
    }
    /// A customer asked for a time.
    BookingRequested = "booking.requested", signals "they asked for a time", shows [lead] {
        /// The lead.
        lead: LeadId,
        /// Their words.
        time: String,
    }
    /// Someone waited longer than the tenant promised itself.
    SlaBreached = "sla.breached", of contact, shows [conversation contact timer due_at] {
        /// The conversation.
        conversation: ConversationId,
        /// Who waited.
        contact: ContactId,
        /// Which of the promised times.
        timer: SlaTimer,
        /// Since when it is late (UTC).
        due_at: Timestamp,
    }
    /// A conversation is over, or has grown long: what was said in it is to be summed up.
    SummaryDue = "conversation.summary_due" {
        /// The conversation.
        conversation: ConversationId,
        /// How many messages it had then.
        messages: u32,
    }
    /// A person of the staff is to do something.
    TaskCreated = "task.created", of contact, shows [task contact] {
        /// The task.
        task: TaskId,
        /// About whom.
        contact: ContactId,
    }
    } };
}
