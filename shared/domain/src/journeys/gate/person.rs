//! Whether the person may be written to at all: their refusal, their number, their being there.

use jiff::Timestamp;

use super::{Dossier, dropped};
use crate::messaging::{Channel, Verdict};

/// Nobody who opted out hears from us again (47 CFR 64.1200(a)(10); CTIA, Messaging Principles and Best Practices).
/// Staff notices go to the business's own people, who asked for them.
pub(super) fn suppression(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    (dossier.standing.refused && !dossier.is_for_staff())
        .then(|| dropped("The recipient asked to get no more messages"))
}

/// What a vendor says cannot be reached is not tried again (Twilio, errors 21610 and 30003 to 30006:
/// unsubscribed, unreachable, blocked, unknown, landline). It ends when they write from there.
pub(super) fn unreachable(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    dossier.to().filter(|to| dossier.standing.cannot_reach(to))?;
    let why = match dossier.message.channel {
        Channel::Sms => "The phone company says that this number cannot be reached or takes no messages from you",
        Channel::Whatsapp => "WhatsApp says that this number cannot be reached or takes no messages from you",
        Channel::Email => "The mail server says that this mailbox cannot be reached",
        Channel::Chat => "The visitor has left the chat for good",
    };
    Some(dropped(why))
}

/// Somebody who was erased, or who turned out to be another contact that has threads of its own, is not written to
/// under the old name (our rule; [`crate::leads::Contact::merged_into`]).
pub(super) fn gone(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    if dossier.is_for_staff() {
        return None;
    }
    let why = match dossier.contact {
        None => "This contact is not there any more",
        Some(contact) if contact.merged_into.is_some() => {
            "This contact turned out to be the same person as another one, who goes on"
        }
        Some(_) => return None,
    };
    Some(dropped(why))
}

/// A touch point needs somebody who is there: a chat has nobody in it but the visitor who writes at this moment (our
/// rule; the widget shows only what was said while it was open).
pub(super) fn empty_chat(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    (dossier.message.channel == Channel::Chat && dossier.message.touch.is_some())
        .then(|| dropped("Nobody is in the chat any more"))
}
