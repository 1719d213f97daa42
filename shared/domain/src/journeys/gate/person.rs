//! Whether the person may be written to at all: their refusal, their number, their being there.

use jiff::{SignedDuration, Timestamp};

use super::SendContext;
use crate::messaging::{Channel, Kind, Verdict};

/// A contact that a key for tests made may get no messages until someone writes from its address: it may be made up, or that of a person who never
/// heard of the business (our rule). Notices about it go to staff.
pub(super) fn test_contact(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    send_context.contact.filter(|contact| !send_context.is_for_staff() && contact.is_for_tests())?;
    Some(Verdict::dropped("A key for tests made this contact: nothing is sent to it before they write themselves"))
}

/// No one who opted out hears from us again (47 CFR 64.1200(a)(10); CTIA, Messaging Principles and Best Practices).
/// Staff notices go to the business's own people, who asked for them. In the chat of a web page nothing is sent to anybody:
/// whoever asks there reads the answer where they ask (our rule). What tells them that they refused has a rule of its own,
/// [`opt_out`].
pub(super) fn suppression(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    (send_context.opt_out_state.refused && !send_context.message.passes_refusal())
        .then(|| Verdict::dropped("The recipient asked to get no more messages"))
}

/// For how long the word to someone who refused may follow theirs (47 CFR 64.1200(a)(12): one message within five minutes).
const OPT_OUT_WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Someone who refused is told so, and how they come back, within [`OPT_OUT_WINDOW`] of their own message or not at all; and
/// not after they have come back.
pub(super) fn opt_out(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    if send_context.message.kind() != Kind::OptOut {
        return None;
    }
    if !send_context.opt_out_state.refused {
        return Some(Verdict::dropped("They have come back since"));
    }
    let in_time = send_context.answers_at().is_some_and(|at| now.duration_since(at) <= OPT_OUT_WINDOW);
    (!in_time).then(|| Verdict::dropped("It is too late to tell them that they get no more messages"))
}

/// To whoever texted STOP to the business's number the vendor delivers nothing until they text START there, whatever they have
/// said elsewhere (Twilio, error 21610).
pub(super) fn stopped(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    send_context.to().filter(|to| {
        !send_context.is_for_staff() && send_context.opt_out_state.is_stopped(send_context.message.channel, to)
    })?;
    Some(Verdict::dropped(
        "They texted STOP to your number: your text message provider delivers nothing until they text START to it",
    ))
}

/// What a vendor says cannot be reached on its channel is not tried there again (Twilio, errors 21610 and 30003 to 30006:
/// unsubscribed, unreachable, blocked, unknown, landline). It ends when they write from there.
pub(super) fn unreachable(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    send_context.to().filter(|to| send_context.opt_out_state.cannot_reach(to, send_context.message.channel))?;
    let why = match send_context.message.channel {
        Channel::Sms => "The phone company says that this number cannot be reached or takes no messages from you",
        Channel::Whatsapp => "WhatsApp says that this number cannot be reached or takes no messages from you",
        Channel::Email => "The mail server says that this mailbox cannot be reached",
        Channel::Chat => "The visitor has left the chat for good",
    };
    Some(Verdict::dropped(why))
}

/// Someone who was erased, or who turned out to be another contact that has threads of its own, is not written to
/// under the old name (our rule; [`crate::leads::Contact::merged_into`]).
pub(super) fn gone(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    if send_context.is_for_staff() {
        return None;
    }
    let why = match send_context.contact {
        None => "This contact is not there any more",
        Some(contact) if contact.merged_into.is_some() => {
            "This contact turned out to be the same person as another one, who goes on"
        }
        Some(_) => return None,
    };
    Some(Verdict::dropped(why))
}

/// An outreach message needs someone who is there: a chat has no one in it but the visitor who writes at this moment (our
/// rule; the widget shows only what was said while it was open).
pub(super) fn empty_chat(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    (send_context.message.channel == Channel::Chat && send_context.message.outreach.is_some())
        .then(|| Verdict::dropped("Nobody is in the chat any more"))
}
