//! Domain events: what other functions may act on. Names and details are listed in `docs/events.md`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::ids::{AppointmentId, InvoiceId, LocationId, QuoteId, RunId, SequenceId, TaskId};
use crate::leads::Stage;
use crate::leads::{LeadStatus, Score};
use crate::messaging::{Channel, MessageRef, Source, TextConsent};
use crate::money::Money;
use crate::rating::Sentiment;
use crate::tenancy::usage::Month;
use crate::tenancy::{EscalationReason, SlaTimer};
use crate::{ContactId, ConversationId, EscalationId, EventId, LeadId, TenantId};

/// The `source` of every event on the bus.
pub const EVENT_SOURCE: &str = "porchlight";

/// One thing that happened, as it goes over the bus: EventBridge `detail-type` is [`EventKind::name`], `detail` is this, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The same happening has the same id, however often it is published.
    pub id: EventId,
    /// Whose.
    pub tenant: TenantId,
    /// When (UTC).
    pub at: Timestamp,
    /// Of the message that started it all.
    pub correlation_id: String,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// An event as it is passed on: its JSON, of which only the name is read. Kinds and fields of another version go through whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct RawEvent {
    name: String,
    json: Value,
}

impl RawEvent {
    /// The event's name: EventBridge's `detail-type`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole event: EventBridge's `detail`.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

impl From<&Event> for RawEvent {
    fn from(event: &Event) -> Self {
        // Ids, names and texts: there is nothing in an event that JSON cannot say.
        Self { name: event.kind.name().to_owned(), json: serde_json::to_value(event).unwrap_or_default() }
    }
}

impl From<RawEvent> for Value {
    fn from(event: RawEvent) -> Self {
        event.json
    }
}

impl TryFrom<Value> for RawEvent {
    type Error = &'static str;

    fn try_from(json: Value) -> Result<Self, Self::Error> {
        let name = json.get("type").and_then(Value::as_str).ok_or("an event has no type")?.to_owned();
        Ok(Self { name, json })
    }
}

/// How an enrollment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Its last step is done.
    Finished,
    /// What it was for has happened.
    Converted,
    /// The person answered.
    Answered,
    /// A person of the staff goes on.
    HandedOver,
    /// It had no more point, or was switched off.
    Stopped,
    /// The person wants to hear nothing more.
    OptedOut,
}

impl Ending {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Converted => "converted",
            Self::Answered => "answered",
            Self::HandedOver => "handed_over",
            Self::Stopped => "stopped",
            Self::OptedOut => "opted_out",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum EventKind {
    /// A lead was opened.
    #[serde(rename = "lead.created")]
    LeadCreated {
        /// Which.
        lead: LeadId,
        /// Whose.
        contact: ContactId,
        /// How they came.
        source: Source,
    },
    /// A lead's score changed.
    #[serde(rename = "lead.scored")]
    LeadScored {
        /// Which.
        lead: LeadId,
        /// To.
        score: Score,
        /// From.
        was: Score,
    },
    /// A lead's status changed.
    #[serde(rename = "lead.status_changed")]
    LeadStatusChanged {
        /// Which.
        lead: LeadId,
        /// To.
        status: LeadStatus,
        /// From.
        was: LeadStatus,
    },
    /// Two contacts turned out to be one person.
    #[serde(rename = "contact.merged")]
    ContactMerged {
        /// Who goes on.
        into: ContactId,
        /// Who does not.
        from: ContactId,
    },
    /// A customer wrote.
    #[serde(rename = "message.received")]
    MessageReceived {
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
    },
    /// A message waits to be sent.
    #[serde(rename = "message.queued")]
    MessageQueued {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
        /// To whom, or, where it goes to staff, about whom.
        contact: ContactId,
    },
    /// A vendor took a message.
    #[serde(rename = "message.sent")]
    MessageSent {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
    },
    /// A message did not leave: held, skipped, dropped, failed or unknown.
    #[serde(rename = "message.not_sent")]
    MessageNotSent {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
        /// Where it ended.
        state: crate::messaging::DeliveryState,
        /// Why.
        reason: String,
    },
    /// A person is wanted.
    #[serde(rename = "escalation.raised")]
    EscalationRaised {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
        /// Why.
        reason: EscalationReason,
    },
    /// A person has dealt with it.
    #[serde(rename = "escalation.resolved")]
    EscalationResolved {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
    },
    /// A customer asked for a time.
    #[serde(rename = "booking.requested")]
    BookingRequested {
        /// Which lead.
        lead: LeadId,
        /// Their words.
        time: String,
    },
    /// An address asked to hear nothing more, or to hear again.
    #[serde(rename = "consent.changed")]
    ConsentChanged {
        /// Whose.
        contact: ContactId,
        /// On which channel it was said.
        channel: Channel,
        /// Whether messages are refused now.
        suppressed: bool,
    },
    /// So much of the month's tokens is used up.
    #[serde(rename = "usage.threshold_reached")]
    UsageThresholdReached {
        /// Of which month.
        month: Month,
        /// The threshold, in percent of what the plan includes.
        percent: u8,
        /// Tokens used by then.
        tokens: u64,
    },
    /// A month is over and its usage final.
    #[serde(rename = "usage.month_closed")]
    UsageMonthClosed {
        /// Which.
        month: Month,
        /// Tokens read and written.
        tokens: u64,
        /// What they cost, in millionths of a dollar; of models without a known price, nothing.
        cost_microdollars: u64,
    },

    /// A customer opened a message.
    #[serde(rename = "message.opened")]
    MessageOpened {
        /// Who.
        contact: ContactId,
        /// Which.
        message: MessageRef,
        /// On which channel.
        channel: Channel,
    },
    /// A customer called.
    #[serde(rename = "call.received")]
    CallReceived {
        /// Who.
        contact: ContactId,
    },
    /// A customer mentioned a competitor.
    #[serde(rename = "competitor.mentioned")]
    CompetitorMentioned {
        /// Who.
        contact: ContactId,
    },
    /// A quote went out.
    #[serde(rename = "quote.sent")]
    QuoteSent {
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
    },
    /// A customer opened a quote.
    #[serde(rename = "quote.opened")]
    QuoteOpened {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    },
    /// A customer took a quote.
    #[serde(rename = "quote.accepted")]
    QuoteAccepted {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    },
    /// A customer refused a quote.
    #[serde(rename = "quote.declined")]
    QuoteDeclined {
        /// Who.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    },
    /// A quote holds no more.
    #[serde(rename = "quote.expired")]
    QuoteExpired {
        /// Whose.
        contact: ContactId,
        /// Which.
        quote: QuoteId,
    },
    /// A customer looked at the prices.
    #[serde(rename = "pricing.visited")]
    PricingVisited {
        /// Who.
        contact: ContactId,
    },
    /// An appointment was agreed on.
    #[serde(rename = "appointment.booked")]
    AppointmentBooked {
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
    },
    /// A customer will be there.
    #[serde(rename = "appointment.confirmed")]
    AppointmentConfirmed {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    },
    /// An appointment has another time.
    #[serde(rename = "appointment.rescheduled")]
    AppointmentRescheduled {
        /// With whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
        /// When it begins now (UTC).
        starts_at: Timestamp,
        /// When it ends now (UTC).
        ends_at: Timestamp,
    },
    /// A customer wants another time, or none.
    #[serde(rename = "appointment.change_requested")]
    AppointmentChangeRequested {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    },
    /// An appointment does not take place.
    #[serde(rename = "appointment.cancelled")]
    AppointmentCancelled {
        /// With whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    },
    /// A customer was not there.
    #[serde(rename = "appointment.missed")]
    AppointmentMissed {
        /// Who.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
    },
    /// Somebody is on the way to an appointment.
    #[serde(rename = "appointment.en_route")]
    AppointmentEnRoute {
        /// To whom.
        contact: ContactId,
        /// Which.
        appointment: AppointmentId,
        /// When they will be there (UTC).
        eta: Timestamp,
        /// Where their way can be watched.
        #[serde(default)]
        track: Option<String>,
    },
    /// Work has begun.
    #[serde(rename = "job.started")]
    JobStarted {
        /// For whom.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    },
    /// Work is done.
    #[serde(rename = "job.completed")]
    JobCompleted {
        /// For whom.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    },
    /// There is an invoice.
    #[serde(rename = "invoice.issued")]
    InvoiceIssued {
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
    },
    /// An invoice is to be paid for too long.
    #[serde(rename = "invoice.overdue")]
    InvoiceOverdue {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    },
    /// An invoice was taken back.
    #[serde(rename = "invoice.voided")]
    InvoiceVoided {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    },
    /// An invoice is paid.
    #[serde(rename = "payment.received")]
    PaymentReceived {
        /// Whose.
        contact: ContactId,
        /// Which.
        invoice: InvoiceId,
    },
    /// A customer wrote a review.
    #[serde(rename = "review.received")]
    ReviewReceived {
        /// Who.
        contact: ContactId,
        /// How many stars, 1 to 5.
        #[serde(default)]
        rating: Option<u8>,
    },
    /// A person's stage changed.
    #[serde(rename = "journey.stage_changed")]
    JourneyStageChanged {
        /// Whose.
        contact: ContactId,
        /// To.
        stage: Stage,
        /// From.
        was: Stage,
    },
    /// An enrollment in a sequence is over.
    #[serde(rename = "sequence.ended")]
    SequenceEnded {
        /// Whose.
        contact: ContactId,
        /// Which sequence.
        sequence: SequenceId,
        /// Which enrollment.
        run: RunId,
        /// How.
        how: Ending,
    },
    /// A person of the staff is to do something.
    #[serde(rename = "task.created")]
    TaskCreated {
        /// What.
        task: TaskId,
        /// About whom.
        contact: ContactId,
    },
    /// Somebody waited longer than the tenant promised itself.
    #[serde(rename = "sla.breached")]
    SlaBreached {
        /// Where.
        conversation: ConversationId,
        /// Who waited.
        contact: ContactId,
        /// What for.
        timer: SlaTimer,
        /// Since when it is late (UTC).
        due_at: Timestamp,
    },
}

impl EventKind {
    /// The event's name: EventBridge's `detail-type`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LeadCreated { .. } => "lead.created",
            Self::LeadScored { .. } => "lead.scored",
            Self::LeadStatusChanged { .. } => "lead.status_changed",
            Self::ContactMerged { .. } => "contact.merged",
            Self::MessageReceived { .. } => "message.received",
            Self::MessageQueued { .. } => "message.queued",
            Self::MessageSent { .. } => "message.sent",
            Self::MessageNotSent { .. } => "message.not_sent",
            Self::EscalationRaised { .. } => "escalation.raised",
            Self::EscalationResolved { .. } => "escalation.resolved",
            Self::BookingRequested { .. } => "booking.requested",
            Self::ConsentChanged { .. } => "consent.changed",
            Self::UsageThresholdReached { .. } => "usage.threshold_reached",
            Self::UsageMonthClosed { .. } => "usage.month_closed",
            Self::MessageOpened { .. } => "message.opened",
            Self::CallReceived { .. } => "call.received",
            Self::CompetitorMentioned { .. } => "competitor.mentioned",
            Self::QuoteSent { .. } => "quote.sent",
            Self::QuoteOpened { .. } => "quote.opened",
            Self::QuoteAccepted { .. } => "quote.accepted",
            Self::QuoteDeclined { .. } => "quote.declined",
            Self::QuoteExpired { .. } => "quote.expired",
            Self::PricingVisited { .. } => "pricing.visited",
            Self::AppointmentBooked { .. } => "appointment.booked",
            Self::AppointmentConfirmed { .. } => "appointment.confirmed",
            Self::AppointmentRescheduled { .. } => "appointment.rescheduled",
            Self::AppointmentChangeRequested { .. } => "appointment.change_requested",
            Self::AppointmentCancelled { .. } => "appointment.cancelled",
            Self::AppointmentMissed { .. } => "appointment.missed",
            Self::AppointmentEnRoute { .. } => "appointment.en_route",
            Self::JobStarted { .. } => "job.started",
            Self::JobCompleted { .. } => "job.completed",
            Self::InvoiceIssued { .. } => "invoice.issued",
            Self::InvoiceOverdue { .. } => "invoice.overdue",
            Self::InvoiceVoided { .. } => "invoice.voided",
            Self::PaymentReceived { .. } => "payment.received",
            Self::ReviewReceived { .. } => "review.received",
            Self::JourneyStageChanged { .. } => "journey.stage_changed",
            Self::SequenceEnded { .. } => "sequence.ended",
            Self::TaskCreated { .. } => "task.created",
            Self::SlaBreached { .. } => "sla.breached",
        }
    }

    /// Whom it is about, where it says so.
    #[must_use]
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::LeadCreated { contact, .. }
            | Self::MessageReceived { contact, .. }
            | Self::MessageQueued { contact, .. }
            | Self::ConsentChanged { contact, .. }
            | Self::MessageOpened { contact, .. }
            | Self::CallReceived { contact, .. }
            | Self::CompetitorMentioned { contact, .. }
            | Self::QuoteSent { contact, .. }
            | Self::QuoteOpened { contact, .. }
            | Self::QuoteAccepted { contact, .. }
            | Self::QuoteDeclined { contact, .. }
            | Self::QuoteExpired { contact, .. }
            | Self::PricingVisited { contact, .. }
            | Self::AppointmentBooked { contact, .. }
            | Self::AppointmentConfirmed { contact, .. }
            | Self::AppointmentRescheduled { contact, .. }
            | Self::AppointmentChangeRequested { contact, .. }
            | Self::AppointmentCancelled { contact, .. }
            | Self::AppointmentMissed { contact, .. }
            | Self::AppointmentEnRoute { contact, .. }
            | Self::JobStarted { contact, .. }
            | Self::JobCompleted { contact, .. }
            | Self::InvoiceIssued { contact, .. }
            | Self::InvoiceOverdue { contact, .. }
            | Self::InvoiceVoided { contact, .. }
            | Self::PaymentReceived { contact, .. }
            | Self::ReviewReceived { contact, .. }
            | Self::JourneyStageChanged { contact, .. }
            | Self::SequenceEnded { contact, .. }
            | Self::TaskCreated { contact, .. }
            | Self::SlaBreached { contact, .. } => Some(*contact),
            _ => None,
        }
    }
}
