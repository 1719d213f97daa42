//! Every event, declared once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DisabledBecause, Ending, Signal, Subject};
use crate::ids::{AccountId, AppointmentId, InvoiceId, LocationId, QuoteId, RunId, SequenceId, TaskId, WebhookId};
use crate::leads::{LeadStatus, Score, Stage};
use crate::messaging::{Channel, DeliveryState, MessageRef, Source, TextConsent};
use crate::money::Money;
use crate::rating::Sentiment;
use crate::tenancy::usage::Month;
use crate::tenancy::{EscalationReason, SlaTimer};
use crate::{ContactId, ConversationId, EscalationId, LeadId};

events! {
    /// A lead was opened.
    LeadCreated = "lead.created", of contact, about Lead(lead), signals LeadCreated, shows [lead contact source] {
        /// Which.
        lead: LeadId,
        /// Whose.
        contact: ContactId,
        /// How they came.
        source: Source,
    }
    /// A lead's score changed.
    LeadScored = "lead.scored", shows [lead score was] {
        /// Which.
        lead: LeadId,
        /// To.
        score: Score,
        /// From.
        was: Score,
    }
    /// A lead's status changed.
    LeadStatusChanged = "lead.status_changed", about Lead(lead), shows [lead status was] {
        /// Which.
        lead: LeadId,
        /// To.
        status: LeadStatus,
        /// From.
        was: LeadStatus,
    }
    /// A lead is somebody else's, or nobody's.
    LeadAssigned = "lead.assigned", about Lead(lead), shows [lead assignee was] {
        /// Which.
        lead: LeadId,
        /// Whose it is.
        assignee: Option<AccountId>,
        /// Whose it was.
        was: Option<AccountId>,
    }
    /// Two contacts turned out to be one person.
    ContactMerged = "contact.merged", shows [into from] {
        /// Who goes on.
        into: ContactId,
        /// Who does not.
        from: ContactId,
    }
    /// A customer wrote.
    MessageReceived = "message.received", of contact, signals MessageReceived,
        shows [message contact channel sentiment] {
        /// Which.
        message: MessageRef,
        /// Who.
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
    /// A message waits to be sent.
    MessageQueued = "message.queued", of contact {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
        /// To whom, or, where it goes to staff, about whom.
        contact: ContactId,
    }
    /// A vendor took a message.
    MessageSent = "message.sent", shows [message channel] {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
    }
    /// A message did not leave: held, skipped, dropped, failed or unknown.
    MessageNotSent = "message.not_sent", shows [message channel state] {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
        /// Where it ended.
        state: DeliveryState,
        /// Why.
        reason: String,
    }
    /// A person is wanted.
    EscalationRaised = "escalation.raised", signals EscalationRaised, shows [escalation conversation reason] {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
        /// Why.
        reason: EscalationReason,
    }
    /// A person has dealt with it.
    EscalationResolved = "escalation.resolved", shows [escalation conversation] {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
    }
    /// A customer asked for a time.
    BookingRequested = "booking.requested", signals BookingRequested, shows [lead] {
        /// Which lead.
        lead: LeadId,
        /// Their words.
        time: String,
    }
    /// An address asked to hear nothing more, or to hear again.
    ConsentChanged = "consent.changed", of contact, shows [contact channel suppressed] {
        /// Whose.
        contact: ContactId,
        /// On which channel it was said.
        channel: Channel,
        /// Whether messages are refused now.
        suppressed: bool,
    }
    /// So much of the month's tokens is used up.
    UsageThresholdReached = "usage.threshold_reached", shows [month percent] {
        /// Of which month.
        month: Month,
        /// The threshold, in percent of what the plan includes.
        percent: u8,
        /// Tokens used by then.
        tokens: u64,
    }
    /// A month is over and its usage final.
    UsageMonthClosed = "usage.month_closed" {
        /// Which.
        month: Month,
        /// Tokens read and written.
        tokens: u64,
        /// What they cost, in millionths of a dollar; of models without a known price, nothing.
        cost_microdollars: u64,
    }
    /// A customer opened a message.
    MessageOpened = "message.opened", of contact, signals MessageOpened, shows [contact message channel] {
        /// Who.
        contact: ContactId,
        /// Which.
        message: MessageRef,
        /// On which channel.
        channel: Channel,
    }
    /// A customer called.
    CallReceived = "call.received", of contact, signals CallReceived, shows [contact] {
        /// Who.
        contact: ContactId,
    }
    /// A customer mentioned a competitor.
    CompetitorMentioned = "competitor.mentioned", of contact, signals CompetitorMentioned,
        shows [contact], reported by callers {
        /// Who.
        contact: ContactId,
    }
    /// A quote went out.
    QuoteSent = "quote.sent", of contact, about Quote(quote), signals QuoteSent,
        shows [contact quote amount expires_at], reported by callers {
        /// To whom.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
        /// What it is for.
        #[serde(default)]
        service: Option<String>,
        /// The whole of it.
        #[serde(default)]
        amount: Option<Money>,
        /// Where it can be read.
        #[serde(default)]
        link: Option<String>,
        /// Until when it holds (UTC).
        #[serde(default)]
        expires_at: Option<Timestamp>,
    }
    /// A customer opened a quote.
    QuoteOpened = "quote.opened", of contact, about Quote(quote), signals QuoteOpened,
        shows [contact quote], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    }
    /// A customer took a quote.
    QuoteAccepted = "quote.accepted", of contact, about Quote(quote), signals QuoteAccepted,
        shows [contact quote], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    }
    /// A customer refused a quote.
    QuoteDeclined = "quote.declined", of contact, about Quote(quote), signals QuoteDeclined,
        shows [contact quote], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    }
    /// A quote holds no more.
    QuoteExpired = "quote.expired", of contact, about Quote(quote), signals QuoteExpired,
        shows [contact quote], reported by callers {
        /// Whose.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    }
    /// A customer looked at the prices.
    PricingVisited = "pricing.visited", of contact, signals PricingVisited, shows [contact], reported by callers {
        /// Who.
        contact: ContactId,
    }
    /// An appointment was agreed on.
    AppointmentBooked = "appointment.booked", of contact, about Appointment(appointment), signals AppointmentBooked,
        shows [contact appointment starts_at ends_at location], reported by callers {
        /// With whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
        /// When it begins (UTC).
        starts_at: Timestamp,
        /// When it ends (UTC).
        ends_at: Timestamp,
        /// What it is for.
        #[serde(default)]
        service: Option<String>,
        /// Where.
        #[serde(default)]
        location: Option<LocationId>,
    }
    /// A customer will be there.
    AppointmentConfirmed = "appointment.confirmed", of contact,
        about Appointment(appointment), signals AppointmentConfirmed,
        shows [contact appointment], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    }
    /// An appointment has another time.
    AppointmentRescheduled = "appointment.rescheduled", of contact,
        about Appointment(appointment), signals AppointmentRescheduled,
        shows [contact appointment starts_at ends_at], reported by callers {
        /// With whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
        /// When it begins now (UTC).
        starts_at: Timestamp,
        /// When it ends now (UTC).
        ends_at: Timestamp,
    }
    /// A customer wants another time, or none.
    AppointmentChangeRequested = "appointment.change_requested", of contact,
        about Appointment(appointment), signals AppointmentChangeRequested,
        shows [contact appointment], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    }
    /// An appointment does not take place.
    AppointmentCancelled = "appointment.cancelled", of contact,
        about Appointment(appointment), signals AppointmentCancelled,
        shows [contact appointment], reported by callers {
        /// With whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    }
    /// A customer was not there.
    AppointmentMissed = "appointment.missed", of contact, about Appointment(appointment), signals AppointmentMissed,
        shows [contact appointment], reported by callers {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    }
    /// Somebody is on the way to an appointment.
    AppointmentEnRoute = "appointment.en_route", of contact, about Appointment(appointment), signals AppointmentEnRoute,
        shows [contact appointment eta], reported by callers {
        /// To whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
        /// When they will be there (UTC).
        eta: Timestamp,
        /// Where their way can be watched.
        #[serde(default)]
        track: Option<String>,
    }
    /// Work has begun.
    JobStarted = "job.started", of contact, about Appointment(appointment), signals JobStarted,
        shows [contact appointment], reported by callers {
        /// For whom.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    }
    /// Work is done.
    JobCompleted = "job.completed", of contact, about Appointment(appointment), signals JobCompleted,
        shows [contact appointment], reported by callers {
        /// For whom.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    }
    /// There is an invoice.
    InvoiceIssued = "invoice.issued", of contact, about Invoice(invoice), signals InvoiceIssued,
        shows [contact invoice amount due_at], reported by callers {
        /// For whom.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
        /// How much.
        #[serde(default)]
        amount: Option<Money>,
        /// By when it is to be paid (UTC).
        #[serde(default)]
        due_at: Option<Timestamp>,
        /// Where it can be paid.
        #[serde(default)]
        link: Option<String>,
    }
    /// An invoice is to be paid for too long.
    InvoiceOverdue = "invoice.overdue", of contact, about Invoice(invoice), signals InvoiceOverdue,
        shows [contact invoice], reported by callers {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    }
    /// An invoice was taken back.
    InvoiceVoided = "invoice.voided", of contact, about Invoice(invoice), signals InvoiceVoided,
        shows [contact invoice], reported by callers {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    }
    /// An invoice is paid.
    PaymentReceived = "payment.received", of contact, about Invoice(invoice), signals PaymentReceived,
        shows [contact invoice], reported by callers {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    }
    /// A customer wrote a review.
    ReviewReceived = "review.received", of contact, signals ReviewReceived,
        shows [contact rating], reported by callers {
        /// Who.
        contact: ContactId,
        /// How many stars, 1 to 5.
        #[serde(default)]
        rating: Option<u8>,
    }
    /// A person's stage changed.
    JourneyStageChanged = "journey.stage_changed", of contact, shows [contact stage was] {
        /// Whose.
        contact: ContactId,
        /// To.
        stage: Stage,
        /// From.
        was: Stage,
    }
    /// An enrollment in a sequence is over.
    SequenceEnded = "sequence.ended", of contact, shows [contact sequence run how] {
        /// Whose.
        contact: ContactId,
        /// Which sequence.
        sequence: SequenceId,
        /// Which enrollment.
        run: RunId,
        /// How.
        how: Ending,
    }
    /// A person of the staff is to do something.
    TaskCreated = "task.created", of contact, shows [task contact] {
        /// What.
        task: TaskId,
        /// About whom.
        contact: ContactId,
    }
    /// Somebody waited longer than the tenant promised itself.
    SlaBreached = "sla.breached", of contact, shows [conversation contact timer due_at] {
        /// Where.
        conversation: ConversationId,
        /// Who waited.
        contact: ContactId,
        /// What for.
        timer: SlaTimer,
        /// Since when it is late (UTC).
        due_at: Timestamp,
    }
    /// A webhook was switched off because its address did not take what it was sent.
    WebhookDisabled = "webhook.disabled", shows [webhook why] {
        /// Which.
        webhook: WebhookId,
        /// Why.
        why: DisabledBecause,
    }
}
