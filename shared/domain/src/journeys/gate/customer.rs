//! What fits where the customer stands: no praise asked from someone who has yet to pay, no advertising to someone
//! who is being served, no demand without a debt.

use jiff::{SignedDuration, Timestamp};

use super::SendContext;
use crate::leads::Stage;
use crate::messaging::{Awaited, Channel, Kind, Purpose, Verdict};

/// How many demands for payment go to one person in [`DEMAND_WINDOW`] (12 CFR 1006.14(b)(2)(i)(A): seven in seven
/// days).
const DEMANDS: usize = 7;
/// In which the demands are counted.
const DEMAND_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// When it is asked again whether staff are still talking with someone: ours.
const STAFF_PAUSE: SignedDuration = SignedDuration::from_hours(2);

/// No review is asked for while an invoice is to be paid (seed 000, 2.4).
pub(super) fn unpaid_review(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let journey = send_context.journey.filter(|_| send_context.message.kind() == Kind::ReviewRequest)?;
    journey
        .owes()
        .then(|| send_context.hold(now, Awaited::PaymentReceived, "No review is asked for before the invoice is paid"))
}

/// Who has an appointment or is being served gets no advertising until the job is done (seed 000, 2.4).
pub(super) fn busy(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let journey = send_context.journey.filter(|_| send_context.message.kind().purpose() == Purpose::Marketing)?;
    let why = match journey.stage {
        Stage::Booked | Stage::PreAppointment | Stage::AppointmentToday => {
            "No advertising to somebody who has an appointment"
        }
        Stage::JobInProgress => "No advertising to somebody whose job is in progress",
        _ => return None,
    };
    Some(send_context.hold(now, Awaited::JobCompleted, why))
}

/// While a person of the staff is talking with someone, no machine talks into it. Reminders and invoices were agreed on and go out.
pub(super) fn with_staff(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    send_context.unasked_outreach().filter(|_| send_context.with_staff)?;
    let why = "One of your staff is talking with this customer";
    send_context.later(now, Some(now + STAFF_PAUSE), why)
}

/// A demand for payment goes only to someone who owes, names the business, and is never spoken by a machine.
///
/// The business collects its own debts, so that Regulation F binds it not; its conduct rules are kept all the same (12
/// CFR 1006.14(h) and 1006.18: no harassment, no false impression of who writes; 47 CFR 64.1200(a)(3): no artificial
/// voice).
pub(super) fn improper_demand(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    if send_context.message.kind() != Kind::Collections {
        return None;
    }
    let why = if !send_context.journey.is_some_and(crate::journeys::Journey::owes) {
        "Nothing is owed any more"
    } else if is_voice(send_context.message.channel) {
        "A payment is never demanded by an artificial voice"
    } else if !names(&send_context.message.text, &send_context.tenant.name) {
        "A demand for payment must name your business, and this one does not"
    } else {
        return None;
    };
    Some(Verdict::dropped(why))
}

/// At most [`DEMANDS`] demands for payment in [`DEMAND_WINDOW`], on all channels together.
pub(super) fn too_many_demands(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let journey = send_context.journey.filter(|_| send_context.message.kind() == Kind::Collections)?;
    let demands = || journey.sent_besides(send_context.message).filter(|sent| sent.kind == Kind::Collections);
    let until = super::caps::free_at(demands, DEMANDS, DEMAND_WINDOW, now)?;
    send_context.later(
        now,
        Some(until),
        "They were asked to pay seven times in seven days, which is the most that is allowed",
    )
}

/// Whether a channel is a voice call. A new channel must be decided here.
fn is_voice(channel: Channel) -> bool {
    match channel {
        Channel::Whatsapp | Channel::Sms | Channel::Email | Channel::Chat => false,
    }
}

/// Whether a text has the name in it, however it is capitalised.
fn names(text: &str, name: &str) -> bool {
    text.contains(name) || text.to_lowercase().contains(&name.to_lowercase())
}
