//! One person's way with the business: all that the gate, the sequences and the timeline need to know of it.

use crate::billing::Invoice;
use crate::billing::InvoiceState;
use crate::quotes::Quote;
use crate::scheduling::Appointment;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{DueStep, Engagement, Run};
use crate::ids::{AppointmentId, LocationId};
use crate::leads::Stage;
use crate::messaging::{Awaited, Channel, Kind, MessageRef, Purpose, Verdict};
use crate::tenancy::QuietHours;
use crate::{ContactId, EventId, TenantId};

/// How many entries of the log are kept.
pub const MAX_LOG: usize = 100;
/// How many ids of events are remembered, by which a repeat is known.
pub const MAX_SEEN: usize = 64;
/// How many enrollments in sequences that are over are kept.
pub const MAX_ENDED_RUNS: usize = 20;

/// One person's way with the business.
///
/// What later contexts know better (quotes, appointments, invoices) is here as far as the gate and the sequences need it,
/// as their events tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Journey {
    /// The contact.
    pub contact: ContactId,
    /// Where they stand.
    pub stage: Stage,
    /// Since when the contact has been in this stage (UTC).
    pub stage_since: Timestamp,
    /// How they want to be written to.
    #[serde(default)]
    pub preferences: Preferences,
    /// What they agreed to or refused, by channel and purpose; the latest word of each.
    #[serde(default)]
    pub consents: Vec<ConsentRecord>,
    /// The location that looks after them.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// That location's zone, where it is known to differ from the tenant's or to be theirs.
    #[serde(default)]
    pub location_zone: Option<String>,
    /// Quotes they have.
    #[serde(default)]
    pub quotes: Vec<Quote>,
    /// Appointments they have.
    #[serde(default)]
    pub appointments: Vec<Appointment>,
    /// Invoices they have.
    #[serde(default)]
    pub invoices: Vec<Invoice>,
    /// Outreach messages that went out in the last eight days, oldest first: what caps count.
    #[serde(default)]
    pub ledger: Vec<Sent>,
    /// Outreach messages that are queued or held.
    #[serde(default)]
    pub waiting: Vec<Waiting>,
    /// Enrollments through sequences: those that go on, and the last that are over.
    #[serde(default)]
    pub runs: Vec<Run>,
    /// How they react, by channel and hour.
    #[serde(default)]
    pub engagement: Engagement,
    /// What happened to the journey itself, oldest first.
    #[serde(default)]
    pub log: Vec<LogEntry>,
    /// Events that were taken in lately, oldest first.
    #[serde(default)]
    pub seen: Vec<EventId>,
    /// Counts writes.
    #[serde(default)]
    pub version: u64,
}

/// How a person wants to be written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The channel they prefer.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// When they do not want to be disturbed, beside the hours that hold for everybody.
    #[serde(default)]
    pub quiet_hours: Option<QuietHours>,
    /// IANA zone of where they live, such as `America/Denver`.
    #[serde(default)]
    #[schema(example = "America/Denver")]
    pub zone: Option<String>,
    /// Two-letter code of the state they live in, in the United States.
    #[serde(default)]
    #[schema(example = "CO", pattern = "^[A-Z]{2}$")]
    pub state: Option<String>,
    /// How often they want to hear from the business.
    #[serde(default)]
    pub frequency: Frequency,
    /// Whether they are someone the business treats with special care.
    #[serde(default)]
    pub vip: bool,
}

/// How often a person wants to hear from the business (seed 000, 2.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Once a day at most.
    Minimal,
    /// Three times a day at most.
    #[default]
    Normal,
    /// As they like it.
    Engaged,
}

/// One word about one channel and purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentRecord {
    /// The channel.
    pub channel: Channel,
    /// The purpose.
    pub purpose: Purpose,
    /// Whether they agreed.
    pub granted: bool,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// How it can be shown: the form, the words, the paper.
    #[schema(min_length = 1, max_length = 300, example = "Ticked the box on the booking form of 3 November 2026")]
    pub evidence: String,
}

/// An outreach message that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sent {
    /// When it was cleared (UTC).
    pub at: Timestamp,
    /// What it was.
    pub kind: Kind,
    /// The channel.
    pub channel: Channel,
    /// A digest of its text, by which a repeat is known.
    pub digest: u64,
    /// The appointment that it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
}

/// An outreach message that is queued or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Waiting {
    /// The message.
    pub message: MessageRef,
    /// What it is.
    pub kind: Kind,
    /// The channel.
    pub channel: Channel,
    /// Since when it waits (UTC).
    pub since: Timestamp,
    /// After this it is dropped (UTC).
    pub expires_at: Timestamp,
    /// What it waits for, where the gate holds it.
    #[serde(default)]
    pub awaits: Option<Awaited>,
    /// Until when it waits, where the gate delays it (UTC).
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// Why it waits.
    #[serde(default)]
    pub why: Option<String>,
    /// The rule of the gate that keeps it, for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "quiet_hours")]
    pub rule: Option<String>,
}

impl Waiting {
    /// What the gate said of it last; `None` where it was not asked yet.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        let (why, rule) = (self.why.clone()?.into(), self.rule.clone().map(Into::into));
        match (self.awaits, self.until) {
            (Some(awaits), _) => Some(Verdict::Held { awaits, why, rule }),
            (None, until) => Some(Verdict::Delayed { until: until?, why, rule }),
        }
    }
}

/// Something that happened to the journey itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogEntry {
    /// When it happened (UTC).
    pub at: Timestamp,
    /// What, in words an owner understands.
    pub what: String,
}

impl Journey {
    /// The journey of someone who has just come.
    #[must_use]
    pub fn begin(contact: ContactId, now: Timestamp) -> Self {
        Self {
            contact,
            stage: Stage::NewLead,
            stage_since: now,
            preferences: Preferences::default(),
            consents: Vec::new(),
            location: None,
            location_zone: None,
            quotes: Vec::new(),
            appointments: Vec::new(),
            invoices: Vec::new(),
            ledger: Vec::new(),
            waiting: Vec::new(),
            runs: Vec::new(),
            engagement: Engagement { channels: BTreeMap::new() },
            log: Vec::new(),
            seen: Vec::new(),
            version: 0,
        }
    }

    /// The latest word about a channel and purpose.
    #[must_use]
    pub fn consent(&self, channel: Channel, purpose: Purpose) -> Option<&ConsentRecord> {
        self.consents.iter().find(|record| record.channel == channel && record.purpose == purpose)
    }

    /// Whether an invoice is to be paid.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.invoices.iter().any(|invoice| invoice.state < InvoiceState::Voided)
    }

    /// Adds to the log, and forgets the oldest entries beyond [`MAX_LOG`].
    pub fn add_log_entry(&mut self, at: Timestamp, what: impl Into<String>) {
        self.log.push(LogEntry { at, what: what.into() });
        let surplus = self.log.len().saturating_sub(MAX_LOG);
        self.log.drain(..surplus);
    }

    /// The enrollments that go on.
    pub fn running(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.is_running())
    }

    /// When the earliest step of an enrollment that goes on is due (UTC).
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.running().map(|run| run.due).min()
    }

    /// The next step of every enrollment that goes on.
    #[must_use]
    pub fn due_steps(&self, tenant: &TenantId) -> Vec<DueStep> {
        let point = |run: &Run| DueStep {
            tenant: tenant.clone(),
            contact: self.contact,
            run: run.id,
            step: run.step.clone(),
            due: run.due,
        };
        self.running().map(point).collect()
    }
}
