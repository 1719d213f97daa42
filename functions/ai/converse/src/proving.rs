//! A visitor of the chat who asks for an appointment proves who they are: a code goes to the address that they typed, and comes back.

use domain::Failure;
use domain::conversations::proof::{Typed, code_typed as words_for};
use domain::conversations::turn::{Response, Turn};
use domain::conversations::{EscalationReason, Intent};
use domain::journeys::{AppointmentWord, appointment_word};
use domain::messaging::Inbound;
use domain::tenancy::Tenant;
use jiff::Timestamp;

use crate::consent::say;
use crate::{Converse, appointments};

/// Takes the message as the code that was sent. A right one is answered with what they had asked for. `None`: it is no code.
pub(crate) fn code_typed(tenant: &Tenant, inbound: &Inbound, turn: &mut Turn<'_>, now: Timestamp) -> Option<Response> {
    let typed = turn.take_code()?;
    if typed == Typed::Right
        && let Some(asked) = turn.asked_before_code().map(str::to_owned)
        && let Some(response) = appointments::response(tenant, inbound, &asked, turn, now)
    {
        return Some(response);
    }
    if typed == Typed::Spent {
        turn.want_person(EscalationReason::CustomerAsked);
    }
    let language = &turn.thread.language;
    Some(say(words_for(typed, language).to_owned(), language, Intent::Other))
}

impl Converse {
    /// Sends a code to a visitor of the chat who asks for an appointment. Whether there is one is not looked at: that alone would
    /// tell a stranger something. `None`: they do not ask, or no code can be sent.
    pub(crate) async fn code_sent(
        &self,
        tenant: &Tenant,
        inbound: &Inbound,
        turn: &mut Turn<'_>,
        now: Timestamp,
    ) -> Result<Option<Response>, Failure> {
        let Some(to) = asks_for_appointment(inbound, turn).then(|| turn.provable_address()).flatten() else {
            return Ok(None);
        };
        if !self.store.may_send_code(tenant, &to.1, inbound, now).await? {
            return Ok(None);
        }
        let said = turn.send_code(to, &auth::secrets::random_digits()?);
        Ok(Some(say(said, &turn.thread.language, Intent::Booking)))
    }
}

/// Whether they ask where we are, or for another time while they arrange none in this thread.
fn asks_for_appointment(inbound: &Inbound, turn: &Turn<'_>) -> bool {
    let arranges = turn.thread.wish.is_some() || turn.thread.asked.is_some();
    match appointment_word(inbound.content.text()) {
        Some(AppointmentWord::Where) => true,
        Some(AppointmentWord::Change | AppointmentWord::Confirm) => !arranges,
        None => false,
    }
}
