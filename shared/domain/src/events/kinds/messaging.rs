//! Events of messages and calls.

macro_rules! messaging {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A customer wrote.
    MessageReceived = "message.received", of contact, signals "they wrote",
        shows [message contact channel sentiment] {
        /// The message.
        message: MessageRef,
        /// The contact.
        contact: ContactId,
        /// On which channel.
        channel: Channel,
        /// How they feel, where that was read.
        #[serde(default)]
        sentiment: Option<Sentiment>,
        /// What they said with it about being texted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text_consent: Option<TextConsent>,
    }
    /// A customer sent files, which the vendor still has.
    FilesReceived = "files.received", of contact {
        /// With which message.
        message: MessageRef,
        /// The contact.
        contact: ContactId,
    }
    /// A message waits to be sent.
    MessageQueued = "message.queued", of contact {
        /// The message.
        message: MessageRef,
        /// The channel.
        channel: Channel,
        /// To whom, or, where it goes to staff, about whom.
        contact: ContactId,
    }
    /// A vendor took a message.
    MessageSent = "message.sent", shows [message channel] {
        /// The message.
        message: MessageRef,
        /// The channel.
        channel: Channel,
    }
    /// A message did not leave: held, skipped, dropped, failed or unknown.
    MessageNotSent = "message.not_sent", shows [message channel state] {
        /// The message.
        message: MessageRef,
        /// The channel.
        channel: Channel,
        /// Where it ended.
        state: DeliveryState,
        /// The reason.
        reason: String,
    }
    /// A customer opened a message.
    MessageOpened = "message.opened", of contact, signals "they opened a message", shows [contact message channel] {
        /// The contact.
        contact: ContactId,
        /// The message.
        message: MessageRef,
        /// On which channel.
        channel: Channel,
    }
    /// A customer called.
    CallReceived = "call.received", of contact, signals "they called", shows [contact] {
        /// The contact.
        contact: ContactId,
    }
    /// A customer mentioned a competitor.
    CompetitorMentioned = "competitor.mentioned", of contact, signals "they mentioned a competitor",
        shows [contact], reported by callers {
        /// The contact.
        contact: ContactId,
    }
    /// An address asked to hear nothing more, or to hear again.
    ConsentChanged = "consent.changed", of contact, shows [contact channel suppressed] {
        /// The contact.
        contact: ContactId,
        /// On which channel it was said.
        channel: Channel,
        /// Whether messages are refused now.
        suppressed: bool,
    }
    } };
}
