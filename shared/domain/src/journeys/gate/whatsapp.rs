//! WhatsApp's window for free text.

use jiff::{SignedDuration, Timestamp};

use super::{Dossier, dropped};
use crate::messaging::{Channel, Verdict};

/// How long after a customer's message WhatsApp takes free-form text (Meta, WhatsApp Business Platform, "Customer
/// service windows": 24 hours from the customer's last message; after that, approved templates only).
pub const WHATSAPP_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Free-form WhatsApp text only within [`WHATSAPP_WINDOW`] of the customer's last message; an approved template always.
pub(super) fn whatsapp_window(dossier: &Dossier<'_>, now: Timestamp) -> Option<Verdict> {
    (dossier.message.channel == Channel::Whatsapp && !has_template(dossier) && !is_open(dossier, now)).then(|| {
        dropped(
            "WhatsApp allows free text only within 24 hours of the customer's last message; after that it needs an \
                 approved template",
        )
    })
}

/// Whether the window is open at `at`.
fn is_open(dossier: &Dossier<'_>, at: Timestamp) -> bool {
    let heard = dossier.standing.heard.get(&Channel::Whatsapp).copied();
    dossier.answers_at().max(heard).is_some_and(|heard| at.duration_since(heard) < WHATSAPP_WINDOW)
}

fn has_template(dossier: &Dossier<'_>) -> bool {
    dossier.message.touch.as_ref().is_some_and(|touch| touch.template.is_some())
}
