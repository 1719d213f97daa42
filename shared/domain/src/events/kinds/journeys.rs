//! Events of the way of a customer.

macro_rules! journeys {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A customer wrote a review.
    ReviewReceived = "review.received", of contact, signals "they wrote a review",
        shows [contact rating], reported by callers {
        /// The contact.
        contact: ContactId,
        /// How many stars, 1 to 5.
        #[serde(default)]
        rating: Option<u8>,
    }
    /// A person's stage changed.
    JourneyStageChanged = "journey.stage_changed", of contact, shows [contact stage was] {
        /// The contact.
        contact: ContactId,
        /// The new stage.
        stage: Stage,
        /// What it was before.
        was: Stage,
    }
    /// An enrollment in a sequence is over.
    SequenceEnded = "sequence.ended", of contact, shows [contact sequence run how] {
        /// The contact.
        contact: ContactId,
        /// The sequence.
        sequence: SequenceId,
        /// Which enrollment.
        run: RunId,
        /// How it ended.
        how: Ending,
    }
    } };
}
