//! What events tell of quotes, appointments and invoices, in whatever order they come.
//!
//! An event about something unknown creates it. Quotes and invoices only go forward. Of an appointment the latest word
//! holds: another time makes it booked again, and word about a time that holds no more changes nothing. One thing is lost
//! to disorder, on the safe side: an answer heard before the new time that it was given to is asked for again.

use jiff::Timestamp;

use crate::billing::{Invoice, InvoiceState};
use crate::events::{Event, EventKind};
use crate::ids::{AppointmentId, InvoiceId, QuoteId};
use crate::journeys::Journey;
use crate::quotes::{Quote, QuoteState};
use crate::scheduling::{Appointment, AppointmentState};

/// When the time of an appointment was agreed on whose booking was not heard of yet: before anything else.
const NOT_HEARD_OF: Timestamp = Timestamp::UNIX_EPOCH;
/// How many quotes, appointments and invoices are kept of each; what goes on is kept whatever the number.
const MAX_THINGS: usize = 50;

impl Journey {
    /// Takes over what `event` tells of things.
    pub(super) fn take_in(&mut self, event: &Event) {
        let at = event.at;
        match &event.kind {
            EventKind::QuoteSent { quote, service, amount, link, expires_at, .. } => {
                self.on_quote(*quote, at, |quote| {
                    let first = quote.service.is_none() && quote.amount.is_none() && quote.link.is_none();
                    if first || at >= quote.sent_at {
                        quote.sent_at = at;
                        quote.service.clone_from(service);
                        quote.amount.clone_from(amount);
                        quote.link.clone_from(link);
                        quote.expires_at = *expires_at;
                    }
                });
            }
            EventKind::QuoteOpened { quote, .. } => self.on_quote(*quote, at, |quote| {
                quote.opened_at = quote.opened_at.max(Some(at));
                quote.got(QuoteState::Opened);
            }),
            EventKind::QuoteExpired { quote, .. } => self.on_quote(*quote, at, |quote| quote.got(QuoteState::Expired)),
            EventKind::QuoteDeclined { quote, .. } => {
                self.on_quote(*quote, at, |quote| quote.got(QuoteState::Declined));
            }
            EventKind::QuoteAccepted { quote, .. } => {
                self.on_quote(*quote, at, |quote| quote.got(QuoteState::Accepted));
            }
            EventKind::InvoiceIssued { invoice, amount, due_at, link, .. } => self.on_invoice(*invoice, |invoice| {
                invoice.amount = amount.clone().or(invoice.amount.take());
                invoice.due_at = due_at.or(invoice.due_at);
                invoice.link = link.clone().or(invoice.link.take());
            }),
            EventKind::InvoiceOverdue { invoice, .. } => self.on_invoice(*invoice, |it| it.got(InvoiceState::Overdue)),
            EventKind::InvoiceVoided { invoice, .. } => self.on_invoice(*invoice, |it| it.got(InvoiceState::Voided)),
            EventKind::PaymentReceived { invoice, .. } => self.on_invoice(*invoice, |it| it.got(InvoiceState::Paid)),
            EventKind::MessageReceived { text_consent: Some(consent), .. } => self.take_text_consent(consent),
            EventKind::CallReceived { .. } => self.take_call(at),
            _ => self.take_in_appointment(event),
        }
    }

    fn take_in_appointment(&mut self, event: &Event) {
        use AppointmentState::{Cancelled, ChangeRequested, Completed, Confirmed, EnRoute, Missed, Started};
        let at = event.at;
        match &event.kind {
            EventKind::AppointmentBooked { appointment, starts_at, ends_at, service, location, .. } => {
                self.location = location.clone().or(self.location.take());
                self.on_appointment(*appointment, at, |it| {
                    it.service = service.clone().or(it.service.take());
                    it.location = location.clone().or(it.location.take());
                    it.agree(*starts_at, *ends_at, at);
                });
            }
            EventKind::AppointmentRescheduled { appointment, starts_at, ends_at, .. } => {
                self.on_appointment(*appointment, at, |it| it.agree(*starts_at, *ends_at, at));
            }
            EventKind::AppointmentConfirmed { appointment, .. } => {
                self.on_appointment(*appointment, at, |it| it.answered(Confirmed, at));
            }
            EventKind::AppointmentChangeRequested { appointment, .. } => {
                self.on_appointment(*appointment, at, |it| it.answered(ChangeRequested, at));
            }
            EventKind::AppointmentEnRoute { appointment, eta, track, .. } => {
                self.on_appointment(*appointment, at, |it| {
                    if it.got(EnRoute, at) {
                        it.eta = Some(*eta);
                        it.track.clone_from(track);
                    }
                });
            }
            EventKind::AppointmentCancelled { appointment, .. } => {
                self.on_appointment(*appointment, at, |it| _ = it.got(Cancelled, at));
            }
            EventKind::AppointmentMissed { appointment, .. } => {
                self.on_appointment(*appointment, at, |it| _ = it.got(Missed, at));
            }
            EventKind::JobStarted { appointment, .. } => {
                self.on_appointment(*appointment, at, |it| _ = it.got(Started, at));
            }
            EventKind::JobCompleted { appointment, .. } => self.on_appointment(*appointment, at, |it| {
                if it.got(Completed, at) {
                    it.ends_at = at;
                }
            }),
            _ => {}
        }
    }

    fn on_quote(&mut self, id: QuoteId, at: Timestamp, change: impl FnOnce(&mut Quote)) {
        let unknown = || Quote {
            id,
            state: QuoteState::Sent,
            sent_at: at,
            opened_at: None,
            service: None,
            amount: None,
            link: None,
            expires_at: None,
        };
        amend(&mut self.quotes, |quote| quote.id == id, unknown, change);
        keep_latest(&mut self.quotes, |quote| quote.state > QuoteState::Opened);
    }

    fn on_invoice(&mut self, id: InvoiceId, change: impl FnOnce(&mut Invoice)) {
        let unknown = || Invoice { id, state: InvoiceState::Issued, amount: None, due_at: None, link: None };
        amend(&mut self.invoices, |invoice| invoice.id == id, unknown, change);
        keep_latest(&mut self.invoices, |invoice| invoice.state >= InvoiceState::Voided);
    }

    fn on_appointment(&mut self, id: AppointmentId, at: Timestamp, change: impl FnOnce(&mut Appointment)) {
        let unknown = || Appointment {
            id,
            state: AppointmentState::Booked,
            starts_at: at,
            ends_at: at,
            agreed_at: NOT_HEARD_OF,
            service: None,
            location: None,
            eta: None,
            track: None,
        };
        amend(&mut self.appointments, |appointment| appointment.id == id, unknown, change);
        keep_latest(&mut self.appointments, |appointment| appointment.state >= AppointmentState::Completed);
    }
}

impl Quote {
    fn got(&mut self, state: QuoteState) {
        self.state = self.state.max(state);
    }
}

impl Invoice {
    fn got(&mut self, state: InvoiceState) {
        self.state = self.state.max(state);
    }
}

impl Appointment {
    /// A time was agreed on. What was answered to another time is void; an answer that was heard before any time stands.
    fn agree(&mut self, starts_at: Timestamp, ends_at: Timestamp, at: Timestamp) {
        let timed = self.starts_at < self.ends_at;
        if at > self.agreed_at && self.agreed_at != NOT_HEARD_OF {
            self.state = AppointmentState::Booked;
            (self.eta, self.track) = (None, None);
        }
        if at >= self.agreed_at || !timed {
            (self.starts_at, self.ends_at) = (starts_at, ends_at);
        }
        self.agreed_at = self.agreed_at.max(at);
    }

    /// They answered to the time that was agreed on.
    fn answered(&mut self, state: AppointmentState, at: Timestamp) {
        if at >= self.agreed_at && self.state <= AppointmentState::ChangeRequested {
            self.state = self.state.max(state);
        }
    }

    /// It got so far: of two such words the later one holds, and of an agreed time and a word too. Returns whether this
    /// one does.
    fn got(&mut self, state: AppointmentState, at: Timestamp) -> bool {
        let holds = (at, state) >= (self.agreed_at, self.state);
        if holds {
            (self.agreed_at, self.state) = (at, state);
        }
        holds
    }
}

fn amend<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool, unknown: impl FnOnce() -> T, change: impl FnOnce(&mut T)) {
    if let Some(known) = all.iter_mut().find(|it| is_it(it)) {
        change(known);
    } else {
        let mut new = unknown();
        change(&mut new);
        all.push(new);
    }
}

/// Forgets what is over, the first heard of first, beyond [`MAX_THINGS`].
fn keep_latest<T>(all: &mut Vec<T>, is_over: impl Fn(&T) -> bool) {
    while all.len() > MAX_THINGS {
        let Some(at) = all.iter().position(&is_over) else { return };
        all.remove(at);
    }
}
