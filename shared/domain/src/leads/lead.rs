//! One sales opportunity of a contact.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::extra::MAX_EXTRAS;
use super::{LeadExtra, LeadStatus, Qualification, Score};
use crate::ids::{AccountId, LocationId, QuestionId};
use crate::messaging::Source;
use crate::metadata;
use crate::money::Money;
use crate::tenancy::intake;
use crate::{ContactId, LeadId};

/// How many changes of its status a lead remembers.
const MAX_HISTORY: usize = 20;

/// A lead went from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusChange {
    /// When it happened (UTC).
    pub at: Timestamp,
    /// The new status.
    pub status: LeadStatus,
    /// What it was before.
    pub was: LeadStatus,
}

/// When someone would like to come, or to be visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RequestedVisit {
    /// The day, in the business's zone.
    #[schema(value_type = String, format = Date, example = "2026-12-03")]
    pub date: Date,
    /// The hour they named (UTC), or from when it would suit them; absent: they named none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when it would suit them (UTC), where they named a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The day on which they leave, in the business's zone, where they stay for nights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2026-12-05")]
    pub departure: Option<Date>,
}

impl RequestedVisit {
    /// `Thursday, 2026-12-03, 15:00`, or `… 12:00 to 17:00`, in the business's zone: for staff and models. A stay is `Friday, … until
    /// Sunday, …`.
    #[must_use]
    pub fn shown(&self, zone: &TimeZone) -> String {
        let hour = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
        let hours: Vec<String> = [self.from, self.until].into_iter().flatten().map(hour).collect();
        let written = |day: Date| day.strftime("%A, %Y-%m-%d").to_string();
        let day = match self.departure {
            Some(departure) => format!("{} until {}", written(self.date), written(departure)),
            None => written(self.date),
        };
        if hours.is_empty() { day } else { format!("{day}, {}", hours.join(" to ")) }
    }
}

/// A yes or a no to the time that a customer asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisitAnswer {
    /// Whether it was a yes.
    pub agreed: bool,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// The words that were answered: who asks for another time is not answered yet.
    pub time: String,
    /// The day and the hours that were answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<RequestedVisit>,
    /// Where the lead stood before.
    pub was: LeadStatus,
}

/// One sales opportunity. A contact has at most one open lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lead {
    /// Derived from the message that opened it.
    pub id: LeadId,
    /// Whose it is.
    pub contact: ContactId,
    /// Their name, copied for lists.
    #[serde(default)]
    pub name: Option<String>,
    /// How they came.
    pub source: Source,
    /// Where it stands.
    pub status: LeadStatus,
    /// How promising it is.
    pub score: Score,
    /// What is known.
    #[serde(default)]
    pub qualification: Qualification,
    /// What they answered to the business's own questions, by the question's id.
    #[serde(default)]
    pub intake: BTreeMap<QuestionId, intake::Answer>,
    /// The time they would like, in their words, once they asked for a booking.
    #[serde(default)]
    pub requested_time: Option<String>,
    /// The day and the hours that this means, once they named one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_visit: Option<RequestedVisit>,
    /// What staff said to a time that no calendar could book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_answer: Option<VisitAnswer>,
    /// What was suggested to them beside the services, and what they said to it: the last 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub extras: Vec<LeadExtra>,
    /// Whose it is among the staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AccountId>,
    /// The location that looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// What staff expect it to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Why it was lost, in the words of staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub lost_reason: Option<String>,
    /// How its status changed, oldest first: the last 20 changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub history: Vec<StatusChange>,
    /// Extra form fields and UTM parameters of the first message.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// A caller's own pairs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// When it was opened (UTC).
    pub created_at: Timestamp,
    /// When it last changed (UTC).
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl Lead {
    /// A new one of whom nothing is known but how they came.
    #[must_use]
    pub fn new(id: LeadId, contact: ContactId, source: Source, now: Timestamp) -> Self {
        Self {
            id,
            contact,
            name: None,
            source,
            status: LeadStatus::New,
            score: Score::Unscored,
            qualification: Qualification::default(),
            intake: BTreeMap::new(),
            requested_time: None,
            requested_visit: None,
            visit_answer: None,
            extras: Vec::new(),
            assignee: None,
            location: None,
            value: None,
            lost_reason: None,
            history: Vec::new(),
            fields: BTreeMap::new(),
            metadata: BTreeMap::new(),
            created_at: now,
            updated_at: now,
            version: 0,
        }
    }

    /// Takes down that its status is another than it `was`.
    pub fn note_status(&mut self, was: LeadStatus, at: Timestamp) {
        if was != self.status {
            self.history.push(StatusChange { at, status: self.status, was });
            self.keep_latest_history();
        }
    }

    /// Takes over what staff said of `other`, which is now part of this lead; what is said of this one stays.
    pub(crate) fn take_handling_of(&mut self, other: &Self) {
        self.assignee = self.assignee.or(other.assignee);
        self.visit_answer = self.visit_answer.take().or_else(|| other.visit_answer.clone());
        self.location = self.location.take().or_else(|| other.location.clone());
        self.value = self.value.take().or_else(|| other.value.clone());
        metadata::fill(&mut self.metadata, &other.metadata);
        other.extras.iter().cloned().for_each(|extra| self.note_extra(extra));
        self.history.extend(&other.history);
        self.history.sort_by_key(|change| change.at);
        self.keep_latest_history();
    }

    fn keep_latest_history(&mut self) {
        let surplus = self.history.len().saturating_sub(MAX_HISTORY);
        self.history.drain(..surplus);
    }
}

impl Lead {
    /// Takes down what they said to an extra: the latest word about it, and the latest extras.
    pub fn note_extra(&mut self, extra: LeadExtra) {
        let is_older = |known: &LeadExtra| known.id == extra.id && known.at > extra.at;
        if self.extras.iter().any(is_older) {
            return;
        }
        self.extras.retain(|known| known.id != extra.id);
        self.extras.push(extra);
        self.extras.sort_by_key(|extra| extra.at);
        let surplus = self.extras.len().saturating_sub(MAX_EXTRAS);
        self.extras.drain(..surplus);
    }

    /// Those that they take.
    pub fn taken_extras(&self) -> impl Iterator<Item = &LeadExtra> {
        self.extras.iter().filter(|extra| extra.taken)
    }
}
