//! Events of leads and contacts.

macro_rules! leads {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A lead was opened.
    LeadCreated = "lead.created", of contact, about Lead(lead), signals "they asked anew", shows [lead contact source] {
        /// The lead.
        lead: LeadId,
        /// The contact.
        contact: ContactId,
        /// How they came.
        source: Source,
    }
    /// A lead's score changed.
    LeadScored = "lead.scored", shows [lead score was] {
        /// The lead.
        lead: LeadId,
        /// The new score.
        score: Score,
        /// What it was before.
        was: Score,
    }
    /// A lead's status changed.
    LeadStatusChanged = "lead.status_changed", about Lead(lead), shows [lead status was], by status signals {
        /// A lead was closed as won, as lost or as none.
        LeadClosed = "lead.closed", "their inquiry was closed";
        /// A lead was closed as won; sequences that name `lead.closed` hear it too.
        LeadWon = "lead.won", "they bought";
        /// A lead is not ready yet and is kept warm.
        LeadNurturing = "lead.nurturing", "they are not ready yet";
    } {
        /// The lead.
        lead: LeadId,
        /// The new status.
        status: LeadStatus,
        /// What it was before.
        was: LeadStatus,
    }
    /// A lead is someone else's, or no one's.
    LeadAssigned = "lead.assigned", about Lead(lead), shows [lead assignee was] {
        /// The lead.
        lead: LeadId,
        /// Whose it is.
        assignee: Option<AccountId>,
        /// Whose it was.
        was: Option<AccountId>,
    }
    /// Two contacts turned out to be one person.
    ContactMerged = "contact.merged", shows [into from] {
        /// Who goes on.
        into: ContactId,
        /// Who does not.
        from: ContactId,
    }
    } };
}
