//! From an event to what is counted.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Bucket, Counter, Counts, ExtraCounts, ExtraMonth, Step};
use crate::conversations::{Message, Role};
use crate::events::{Event, EventKind};
use crate::ids::LocationId;
use crate::journeys::Journey;
use crate::leads::{Lead, LeadExtra, LeadStatus, Score};
use crate::messaging::{Channel, MessageRef, Source};
use crate::tenancy::{Hours, Location, Tenant};
use crate::{ConversationId, EscalationId, EventId, LeadId};

/// The events that are counted. The rule of the queue `InsightEvents` names them.
pub const COUNTED: [&str; 13] = [
    "appointment.booked",
    "booking.requested",
    "escalation.raised",
    "escalation.resolved",
    "lead.created",
    "lead.scored",
    "lead.status_changed",
    "message.received",
    "message.sent",
    "payment.received",
    "quote.accepted",
    "quote.sent",
    "review.received",
];

/// Where something is counted: for the whole tenant, and for one location where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The day, in the tenant's zone.
    pub day: Date,
    /// `None`: the whole tenant.
    pub location: Option<LocationId>,
}

/// What is added to days, once: whoever finds the mark there adds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Increment {
    /// The mark, derived from what is counted.
    pub once: EventId,
    /// At most four places: the day it happened and the day its lead came in, of the tenant and of the location.
    pub adds: Vec<(Place, Counts)>,
    /// What is added to months of extras.
    pub extras: Vec<(ExtraMonth, ExtraCounts)>,
}

/// What an event does not say itself, as it was read for it. What was not found is `None`, and is not counted.
#[derive(Debug)]
pub struct Known<'k> {
    /// Whose it is.
    pub tenant: &'k Tenant,
    /// The location that looks after the customer.
    pub location: Option<&'k Location>,
    /// The lead that it is about.
    pub lead: Option<LeadFacts>,
    /// What that lead said to extras.
    pub extras: &'k [LeadExtra],
    /// The message that it is about.
    pub message: Option<&'k Message>,
    /// When the conversation that it is about began.
    pub began: Option<Timestamp>,
    /// The escalation that was open when it happened.
    pub escalation: Option<Raised>,
    /// What the customer's journey says of the quote or invoice that it is about.
    pub deal: DealFacts,
}

/// What counting needs to know of a quote or an invoice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DealFacts {
    /// When the quote went out (UTC).
    pub quote_sent_at: Option<Timestamp>,
    /// What the invoice comes to, in cents of the tenant's currency.
    pub invoice_cents: Option<u64>,
}

impl DealFacts {
    /// What `journey` says of what `kind` is about.
    #[must_use]
    pub fn of(kind: &EventKind, journey: &Journey, tenant: &Tenant) -> Self {
        match kind {
            EventKind::QuoteAccepted { quote, .. } => {
                let known = journey.quotes.iter().find(|known| known.id == *quote);
                Self { quote_sent_at: known.map(|known| known.sent_at), invoice_cents: None }
            }
            EventKind::PaymentReceived { invoice, .. } => {
                let known = journey.invoices.iter().find(|known| known.id == *invoice);
                let amount = known.and_then(|known| known.amount.as_ref());
                let own = amount.filter(|amount| amount.currency == tenant.currency);
                Self { quote_sent_at: None, invoice_cents: own.and_then(|amount| u64::try_from(amount.cents).ok()) }
            }
            _ => Self::default(),
        }
    }
}

/// What counting needs to know of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadFacts {
    /// Which; of one that was merged, the one that goes on.
    pub id: LeadId,
    /// How it came.
    pub source: Source,
    /// When it was opened.
    pub created_at: Timestamp,
    /// What it is worth, in cents of the tenant's currency.
    pub value_cents: Option<u64>,
}

impl LeadFacts {
    /// Those of `lead`, in the currency of `tenant`.
    #[must_use]
    pub fn of(lead: &Lead, tenant: &Tenant) -> Self {
        let value = lead.value.as_ref().filter(|value| value.currency == tenant.currency);
        let value_cents = value.and_then(|value| u64::try_from(value.cents).ok());
        Self { id: lead.id, source: lead.source, created_at: lead.created_at, value_cents }
    }
}

/// That a person was called, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// Which escalation.
    pub id: EscalationId,
    /// When it happened (UTC).
    pub at: Timestamp,
}

impl Known<'_> {
    /// What is counted because of `event`; nothing, where it is not among those that count.
    #[must_use]
    pub fn increments(&self, event: &Event) -> Vec<Increment> {
        match &event.kind {
            EventKind::LeadCreated { lead, source, .. } => {
                self.lead_came(LeadFacts { id: *lead, source: *source, created_at: event.at, value_cents: None })
            }
            EventKind::LeadScored { score: Score::Hot, .. } => self.lead_became(event, "hot", Counter::HotLeads),
            EventKind::LeadStatusChanged { status, .. } => self.lead_moved(event, *status),
            EventKind::AppointmentBooked { .. } => self.lead_moved(event, LeadStatus::AppointmentBooked),
            EventKind::BookingRequested { .. } => self.lead_became(event, "booking", Counter::BookingRequests),
            EventKind::MessageReceived { message, channel, .. } => {
                let received = self.received(event, message, *channel);
                std::iter::once(received).chain(self.extra_said(event)).collect()
            }
            EventKind::MessageSent { channel, .. } => {
                self.message.map(|message| self.sent(event, message, *channel)).unwrap_or_default()
            }
            EventKind::EscalationRaised { escalation, conversation, .. } => {
                let raised = self.once(&["escalation", &escalation.to_string()], event.at, [(Counter::Escalations, 1)]);
                vec![raised, self.needed_person(event, *conversation)]
            }
            EventKind::EscalationResolved { escalation, .. } => {
                let waited = self.escalation.filter(|raised| raised.id == *escalation);
                waited.map(|raised| self.staff_answered(event, raised)).into_iter().collect()
            }
            _ => self.deal_done(event).into_iter().collect(),
        }
    }

    /// What other systems report of quotes, reviews and payments.
    fn deal_done(&self, event: &Event) -> Option<Increment> {
        match &event.kind {
            EventKind::QuoteSent { quote, .. } => {
                Some(self.once(&["quote", &quote.to_string()], event.at, [(Counter::QuotesSent, 1)]))
            }
            // On the day the quote went out, so that of a hundred quotes never more than a hundred are taken.
            EventKind::QuoteAccepted { quote, .. } => {
                let sent_at = self.deal.quote_sent_at.unwrap_or(event.at);
                Some(self.once(&["quote-accepted", &quote.to_string()], sent_at, [(Counter::QuotesAccepted, 1)]))
            }
            // A review has no id: the event that reports it is the same however often it comes.
            EventKind::ReviewReceived { rating: Some(stars), .. } => {
                let counts = [(Counter::Reviews, 1), (Counter::ReviewStars, u64::from(*stars))];
                Some(self.once(&["review", &event.id.to_string()], event.at, counts))
            }
            EventKind::PaymentReceived { invoice, .. } => self.deal.invoice_cents.map(|cents| {
                let counts = [(Counter::InvoicesPaid, 1), (Counter::PaidCents, cents)];
                self.once(&["paid", &invoice.to_string()], event.at, counts)
            }),
            _ => None,
        }
    }

    fn lead_came(&self, lead: LeadFacts) -> Vec<Increment> {
        let closed = is_closed(&self.tenant.hours, lead.created_at, &self.zone());
        let came = self.increment(&["lead", &lead.id.to_string()], vec![self.came(lead, None, closed)]);
        std::iter::once(came).chain(self.placed(lead)).collect()
    }

    /// A lead counts for a location once it is known that it is that location's: often later than it comes in.
    fn placed(&self, lead: LeadFacts) -> Option<Increment> {
        let location = self.location?;
        let closed = is_closed(location.hours(self.tenant), lead.created_at, &location.time_zone(self.tenant));
        let came = self.came(lead, Some(location.id.clone()), closed);
        Some(self.increment(&["placed", &lead.id.to_string()], vec![came]))
    }

    fn came(&self, lead: LeadFacts, location: Option<LocationId>, closed: bool) -> (Place, Counts) {
        // No one inquired when staff, or another system, entered it.
        let closed = closed && lead.source != Source::Entered;
        let counts = [(Counter::Reached(Step::Leads, lead.source), 1), (Counter::AfterHours, u64::from(closed))];
        (Place { day: self.day(lead.created_at), location }, counts.into_iter().collect())
    }

    /// Something that a lead becomes once.
    fn lead_became(&self, event: &Event, what: &str, counter: Counter) -> Vec<Increment> {
        let Some(lead) = self.lead else { return Vec::new() };
        let became = self.once(&[what, &lead.id.to_string()], event.at, [(counter, 1)]);
        std::iter::once(became).chain(self.placed(lead)).collect()
    }

    fn lead_moved(&self, event: &Event, status: LeadStatus) -> Vec<Increment> {
        let Some(lead) = self.lead else { return Vec::new() };
        let id = lead.id.to_string();
        let reached = Step::reached_at(status).iter().map(|step| {
            // The funnel counts it on the day its lead came in, so that of a hundred leads never more than a hundred get there.
            let mut adds = self.both(lead.created_at, [(Counter::Reached(*step, lead.source), 1)]);
            if *step == Step::Qualified {
                merge(&mut adds, self.both(event.at, [(Counter::Qualified, 1)]));
            }
            self.increment(&["reached", step.as_str(), &id], adds)
        });
        let (valued, cents) = lead.value_cents.map_or((0, 0), |cents| (1, cents));
        let became = match status {
            LeadStatus::AppointmentBooked => Some(("booked", vec![(Counter::Booked, 1)])),
            LeadStatus::ClosedWon => {
                Some(("won", vec![(Counter::Won, 1), (Counter::WonValued, valued), (Counter::WonCents, cents)]))
            }
            LeadStatus::ClosedLost => Some(("lost", vec![(Counter::Lost, 1)])),
            _ => None,
        };
        let became = became.map(|(what, counts)| self.once(&[what, &id], event.at, counts));
        let is_booked = status == LeadStatus::AppointmentBooked;
        let extras = is_booked.then(|| self.extras_booked(&id, self.day(event.at)).collect::<Vec<_>>());
        self.placed(lead).into_iter().chain(reached).chain(became).chain(extras.into_iter().flatten()).collect()
    }

    fn received(&self, event: &Event, message: &MessageRef, channel: Channel) -> Increment {
        let asked = self.message.and_then(|message| message.intent).and_then(Counter::asked);
        // A conversation's id is derived from the message that opened it.
        let opening = ConversationId::derive(&event.tenant, &[&message.message.to_string()]);
        let began = u64::from(opening == message.conversation);
        let counts = [(Counter::MessagesIn(channel), 1), (Counter::Conversations(channel), began)];
        let counts = counts.into_iter().chain(asked.map(|counter| (counter, 1)));
        self.once(&["received", &message.message.to_string()], event.at, counts)
    }

    fn sent(&self, event: &Event, message: &Message, channel: Channel) -> Vec<Increment> {
        if !matches!(message.role, Role::Assistant | Role::Staff) {
            return Vec::new();
        }
        let id = message.reference.message.to_string();
        let conversation = message.reference.conversation;
        let left = self.once(&["sent", &id], event.at, [(Counter::MessagesOut(channel), 1)]);
        let asked_at = message.delivery.as_ref().and_then(|delivery| delivery.answers_at);
        let answered = asked_at.map(|asked_at| {
            let seconds = seconds_between(asked_at, event.at);
            let bucket = Counter::FirstResponse(Bucket::of(seconds));
            let counts = [(bucket, 1), (Counter::FirstResponseSeconds, seconds)];
            self.once(&["first-response", &conversation.to_string()], asked_at, counts)
        });
        let by_person = (message.role == Role::Staff).then(|| self.needed_person(event, conversation));
        let called = self.escalation.filter(|_| message.role == Role::Staff);
        let called = called.map(|raised| self.staff_answered(event, raised));
        let extra = self.extra_said(event);
        std::iter::once(left).chain(answered).chain(by_person).chain(called).chain(extra).collect()
    }

    /// What the message says of an extra.
    fn extra_said(&self, event: &Event) -> Vec<Increment> {
        self.message.map(|message| self.extra_in(message, self.day(event.at))).unwrap_or_default()
    }

    fn needed_person(&self, event: &Event, conversation: ConversationId) -> Increment {
        let at = self.began.unwrap_or(event.at);
        self.once(&["needed-person", &conversation.to_string()], at, [(Counter::NeededPerson, 1)])
    }

    fn staff_answered(&self, event: &Event, raised: Raised) -> Increment {
        let seconds = seconds_between(raised.at, event.at);
        let counts = [(Counter::StaffResponse(Bucket::of(seconds)), 1), (Counter::StaffResponseSeconds, seconds)];
        self.once(&["staff-response", &raised.id.to_string()], raised.at, counts)
    }

    fn once(&self, what: &[&str], at: Timestamp, counts: impl IntoIterator<Item = (Counter, u64)>) -> Increment {
        self.increment(what, self.both(at, counts))
    }

    fn increment(&self, what: &[&str], adds: Vec<(Place, Counts)>) -> Increment {
        let mark: Vec<&str> = std::iter::once("counted").chain(what.iter().copied()).collect();
        Increment { once: EventId::derive(&self.tenant.id, &mark), adds, extras: Vec::new() }
    }

    /// The same for the tenant and for the location.
    fn both(&self, at: Timestamp, counts: impl IntoIterator<Item = (Counter, u64)>) -> Vec<(Place, Counts)> {
        let (day, counts) = (self.day(at), Counts::from_iter(counts));
        let location = self.location.map(|location| Some(location.id.clone()));
        let places = std::iter::once(None).chain(location);
        places.map(|location| (Place { day, location }, counts.clone())).collect()
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone()).date()
    }

    fn zone(&self) -> TimeZone {
        self.tenant.time_zone()
    }
}

/// Whether it was closed at `at`. A business that never opens is treated as one that is always open, as for how long customers wait.
fn is_closed(hours: &Hours, at: Timestamp, zone: &TimeZone) -> bool {
    hours.next_opening(at, zone).is_some_and(|opening| opening > at)
}

/// Adds to the places that are there, and the others after them.
fn merge(adds: &mut Vec<(Place, Counts)>, more: Vec<(Place, Counts)>) {
    for (place, counts) in more {
        match adds.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => sum.add_all(&counts),
            None => adds.push((place, counts)),
        }
    }
}

/// Whole seconds, a begun one counted; clocks that differ make no wait negative.
fn seconds_between(from: Timestamp, until: Timestamp) -> u64 {
    u64::try_from(until.duration_since(from).as_millis()).unwrap_or_default().div_ceil(1_000)
}
