//! WhatsApp's window for free text.

use jiff::{SignedDuration, Timestamp};

use super::SendContext;
use crate::messaging::{Channel, OptOutState, Verdict};

/// How long after a customer's message WhatsApp takes free-form text (Meta, WhatsApp Business Platform, "Customer
/// service windows": 24 hours from the customer's last message; after that, approved templates only).
const WHATSAPP_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Free-form WhatsApp text only within [`WHATSAPP_WINDOW`] of the customer's last WhatsApp message; an approved template
/// always.
pub(super) fn whatsapp_window(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let needs_template = send_context.needs_template(now) && send_context.message.template().is_none();
    needs_template.then(|| {
        Verdict::dropped(
            "WhatsApp allows free text only within 24 hours of the customer's last message; after that it needs an \
                 approved template",
        )
    })
}

/// Whether WhatsApp takes free text to someone at `at`: what they wrote there opens the window, and nothing else. A call opens none, nor
/// does a message on another channel that is answered here.
#[must_use]
pub fn takes_free_text(opt_out_state: &OptOutState, at: Timestamp) -> bool {
    let heard = opt_out_state.heard.get(&Channel::Whatsapp);
    heard.is_some_and(|heard| at.duration_since(*heard) < WHATSAPP_WINDOW)
}

impl SendContext<'_> {
    /// Whether the message may go out at `at` as a template alone: by WhatsApp, whose window is closed ([`takes_free_text`]).
    #[must_use]
    pub fn needs_template(&self, at: Timestamp) -> bool {
        self.message.channel == Channel::Whatsapp && !takes_free_text(self.opt_out_state, at)
    }
}
