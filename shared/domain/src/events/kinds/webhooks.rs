//! Events of webhooks.

macro_rules! webhooks {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A webhook was switched off because its address did not take what it was sent.
    WebhookDisabled = "webhook.disabled", shows [webhook why] {
        /// The webhook.
        webhook: WebhookId,
        /// The reason.
        why: DisabledBecause,
    }
    } };
}
