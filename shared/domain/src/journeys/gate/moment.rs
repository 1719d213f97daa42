//! Whether an outreach message still says something: not too late, not answered meanwhile, not just said.

use jiff::{SignedDuration, Timestamp};

use super::SendContext;
use crate::journeys::{Ending, digest};
use crate::messaging::Verdict;
use crate::scheduling::AppointmentState;

/// For how long the same words are not said again.
const REPEAT_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// What came too late says nothing worth saying ([`crate::conversations::Outreach::expires_at`]).
pub(super) fn expired(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let outreach = send_context.message.outreach.as_ref().filter(|outreach| now > outreach.expires_at)?;
    let waited = send_context.waiting().and_then(|waiting| waiting.why.as_deref());
    Some(match waited {
        Some(why) => {
            let kind = outreach.kind.as_str().replace('_', " ");
            Verdict::dropped(format!("It waited until it was too late for a {kind}: {why}"))
        }
        None => Verdict::dropped("It is too late for it to say anything"),
    })
}

/// A sequence stops the moment a person answers, whatever has been queued (seed 000, 7.1). What they have agreed on
/// with the business goes out all the same.
pub(super) fn overtaken(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    send_context.unasked_outreach()?;
    (send_context.opt_out_state.last_heard()? > send_context.message.reference.at)
        .then(|| Verdict::dropped("They have written since it was made: the conversation goes on there"))
}

/// An enrollment that is over says nothing more, whatever it had queued: its appointment was cancelled, its quote taken, its
/// invoice paid (our rule). One that came to its own end still says its last words, but none about a time of an appointment that
/// was changed since, or that has come.
pub(super) fn over(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let (outreach, journey) = (send_context.message.outreach.as_ref()?, send_context.journey?);
    let run = outreach.step.as_ref().and_then(|step| journey.runs.iter().find(|run| run.id == step.run));
    let ended = run.and_then(|run| run.ended.as_ref()).filter(|ended| ended.how != Ending::Finished);
    if let Some(ended) = ended {
        return Some(Verdict::dropped(format!("What it belongs to is over: {}", ended.why)));
    }
    let written_at = send_context.message.reference.at;
    let appointment = journey.appointments.iter().find(|it| outreach.appointment == Some(it.id))?;
    let to_come = appointment.state <= AppointmentState::ChangeRequested;
    if appointment.agreed_at > written_at && (to_come || appointment.state == AppointmentState::Cancelled) {
        return Some(Verdict::dropped("The appointment was moved or cancelled since it was written"));
    }
    let has_come = to_come && (written_at..=now).contains(&appointment.starts_at);
    has_come.then(|| Verdict::dropped("The appointment has begun since it was written"))
}

/// No one reads the same words from the business twice within [`REPEAT_WINDOW`], whatever made them twice (our rule).
pub(super) fn repeated(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let (journey, _) = send_context.journey.zip(send_context.message.outreach.as_ref())?;
    let mut recent =
        journey.sent_besides(send_context.message).filter(|sent| now.duration_since(sent.at) < REPEAT_WINDOW);
    let first = recent.next()?;
    let this = digest(&send_context.message.text);
    (first.digest == this || recent.any(|sent| sent.digest == this))
        .then(|| Verdict::dropped("They got the same words from you within the last 24 hours"))
}
