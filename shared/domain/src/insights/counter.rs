//! What is counted, each by the name that it is stored under; and counts, which add up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Bucket;
use crate::conversations::Intent;
use crate::leads::LeadStatus;
use crate::messaging::{Channel, Source};

/// A step on the way of a lead, as the funnel counts it: it got there, or further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FunnelStepName)]
pub enum Step {
    /// It came in.
    Leads,
    /// Enough was known to act on.
    Qualified,
    /// A time was agreed.
    Booked,
    /// They bought.
    Won,
}

impl Step {
    /// All there are, in the order of the way.
    pub const ALL: [Self; 4] = [Self::Leads, Self::Qualified, Self::Booked, Self::Won];

    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::Qualified => "qualified",
            Self::Booked => "booked",
            Self::Won => "won",
        }
    }

    /// The steps after the first that a lead with `status` has reached. Who bought without an appointment had no need
    /// of one: they are not lost on the way.
    #[must_use]
    pub fn reached_at(status: LeadStatus) -> &'static [Self] {
        match status {
            LeadStatus::Qualified => &[Self::Qualified],
            LeadStatus::AppointmentBooked => &[Self::Qualified, Self::Booked],
            LeadStatus::ClosedWon => &[Self::Qualified, Self::Booked, Self::Won],
            LeadStatus::New
            | LeadStatus::Qualifying
            | LeadStatus::HandedOff
            | LeadStatus::Nurturing
            | LeadStatus::ClosedLost
            | LeadStatus::Disqualified => &[],
        }
    }
}

/// What customers ask or want; what only keeps a talk going is no question.
const QUESTIONS: [(Intent, &str); 8] = [
    (Intent::Hours, "hours"),
    (Intent::Price, "price"),
    (Intent::Address, "address"),
    (Intent::Service, "service"),
    (Intent::Booking, "booking"),
    (Intent::Complaint, "complaint"),
    (Intent::Emergency, "emergency"),
    (Intent::Human, "human"),
];

/// One thing that is counted. `docs/insights.md` says of each on which day it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counter {
    /// Of the leads that came in on the day this way, those that got to this step, whenever that was.
    Reached(Step, Source),
    /// Leads that came in while it was closed.
    AfterHours,
    /// Leads that became hot.
    HotLeads,
    /// Leads that became qualified.
    Qualified,
    /// Leads whose customer asked for a time.
    BookingRequests,
    /// Leads for which a time was agreed.
    Booked,
    /// Leads that bought.
    Won,
    /// Leads that bought and whose value is known.
    WonValued,
    /// What these are worth together, in cents.
    WonCents,
    /// Leads that went elsewhere.
    Lost,
    /// Messages of customers.
    MessagesIn(Channel),
    /// Messages to customers that a vendor took.
    MessagesOut(Channel),
    /// Conversations that a customer began.
    Conversations(Channel),
    /// Conversations in which a person was called or wrote.
    NeededPerson,
    /// Times a person was called.
    Escalations,
    /// Conversations whose first answer took this long.
    FirstResponse(Bucket),
    /// How long these took together, in seconds.
    FirstResponseSeconds,
    /// Escalations that a person took this long to answer.
    StaffResponse(Bucket),
    /// How long these took together, in seconds.
    StaffResponseSeconds,
    /// Messages that asked this.
    Asked(Intent),
    /// Quotes that went out.
    QuotesSent,
    /// Of the quotes that went out on the day, those that were taken, whenever that was.
    QuotesAccepted,
    /// Reviews that say how many stars.
    Reviews,
    /// Their stars together.
    ReviewStars,
    /// Invoices that were paid and whose amount is known, in the tenant's currency.
    InvoicesPaid,
    /// What these come to, in cents.
    PaidCents,
}

impl Counter {
    /// What customers ask or want, as far as it is counted.
    pub(super) fn questions() -> impl Iterator<Item = Intent> {
        QUESTIONS.into_iter().map(|(intent, _)| intent)
    }

    /// All ways in.
    pub(super) fn sources() -> [Source; 6] {
        Source::ALL
    }

    /// All channels.
    pub(super) fn channels() -> [Channel; 4] {
        Channel::ALL
    }

    /// All there are.
    pub fn all() -> impl Iterator<Item = Self> {
        let reached = Source::ALL
            .into_iter()
            .flat_map(|source| Step::ALL.into_iter().map(move |step| Self::Reached(step, source)));
        let on_channels = Channel::ALL
            .into_iter()
            .flat_map(|channel| [Self::MessagesIn(channel), Self::MessagesOut(channel), Self::Conversations(channel)]);
        let waits = Bucket::all().flat_map(|bucket| [Self::FirstResponse(bucket), Self::StaffResponse(bucket)]);
        let others = [
            Self::AfterHours,
            Self::HotLeads,
            Self::Qualified,
            Self::BookingRequests,
            Self::Booked,
            Self::Won,
            Self::WonValued,
            Self::WonCents,
            Self::Lost,
            Self::NeededPerson,
            Self::Escalations,
            Self::FirstResponseSeconds,
            Self::StaffResponseSeconds,
            Self::QuotesSent,
            Self::QuotesAccepted,
            Self::Reviews,
            Self::ReviewStars,
            Self::InvoicesPaid,
            Self::PaidCents,
        ];
        reached.chain(on_channels).chain(waits).chain(Self::questions().map(Self::Asked)).chain(others)
    }

    /// The name it is stored under.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Reached(step, source) => format!("{}_{source}", step.as_str()),
            Self::AfterHours => "after_hours".to_owned(),
            Self::HotLeads => "became_hot".to_owned(),
            Self::Qualified => "became_qualified".to_owned(),
            Self::BookingRequests => "booking_requests".to_owned(),
            Self::Booked => "became_booked".to_owned(),
            Self::Won => "became_won".to_owned(),
            Self::WonValued => "won_valued".to_owned(),
            Self::WonCents => "won_cents".to_owned(),
            Self::Lost => "became_lost".to_owned(),
            Self::MessagesIn(channel) => format!("in_{channel}"),
            Self::MessagesOut(channel) => format!("out_{channel}"),
            Self::Conversations(channel) => format!("conversations_{channel}"),
            Self::NeededPerson => "needed_person".to_owned(),
            Self::Escalations => "escalations".to_owned(),
            Self::FirstResponse(bucket) => format!("first_response_{}", bucket.seconds()),
            Self::FirstResponseSeconds => "first_response_seconds".to_owned(),
            Self::StaffResponse(bucket) => format!("staff_response_{}", bucket.seconds()),
            Self::StaffResponseSeconds => "staff_response_seconds".to_owned(),
            Self::QuotesSent => "quotes_sent".to_owned(),
            Self::QuotesAccepted => "quotes_accepted".to_owned(),
            Self::Reviews => "reviews".to_owned(),
            Self::ReviewStars => "review_stars".to_owned(),
            Self::InvoicesPaid => "invoices_paid".to_owned(),
            Self::PaidCents => "paid_cents".to_owned(),
            Self::Asked(intent) => {
                let name = QUESTIONS.iter().find(|(question, _)| *question == intent).map(|(_, name)| *name);
                format!("asked_{}", name.unwrap_or("other"))
            }
        }
    }

    /// The counter of that name; `None`: another version counts it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        static NAMES: LazyLock<BTreeMap<String, Counter>> =
            LazyLock::new(|| Counter::all().map(|counter| (counter.name(), counter)).collect());
        NAMES.get(name).copied()
    }

    /// What an intent counts as; `None`: it asks nothing.
    pub(super) fn asked(intent: Intent) -> Option<Self> {
        Self::questions().any(|question| question == intent).then_some(Self::Asked(intent))
    }
}

/// How often each thing happened. Counts of days add up to those of their range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<Counter, u64>);

impl Counts {
    /// How often.
    #[must_use]
    pub fn get(&self, counter: Counter) -> u64 {
        self.0.get(&counter).copied().unwrap_or_default()
    }

    /// Adds to one counter.
    pub fn add(&mut self, counter: Counter, count: u64) {
        if count > 0 {
            let sum = self.0.entry(counter).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    /// Adds all of `other`.
    pub fn add_all(&mut self, other: &Self) {
        other.iter().for_each(|(counter, count)| self.add(counter, count));
    }

    /// Those that are not zero.
    pub fn iter(&self) -> impl Iterator<Item = (Counter, u64)> {
        self.0.iter().map(|(counter, count)| (*counter, *count))
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Counter, u64)> for Counts {
    fn from_iter<I: IntoIterator<Item = (Counter, u64)>>(counts: I) -> Self {
        let mut all = Self::default();
        counts.into_iter().for_each(|(counter, count)| all.add(counter, count));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_counter_is_read_by_the_name_it_is_written_with() {
        let all: Vec<Counter> = Counter::all().collect();
        let names: BTreeSet<String> = all.iter().map(|counter| counter.name()).collect();
        assert_eq!(names.len(), all.len(), "two have one name");
        for counter in all {
            assert_eq!(Counter::named(&counter.name()), Some(counter));
        }
        assert_eq!(Counter::named("leads_fax"), None);
    }

    /// What is stored under these names stays readable: a name that changes loses what was counted.
    #[test]
    fn names_stay_as_they_are_stored() {
        let some = [
            (Counter::Reached(Step::Leads, Source::LiveChat), "leads_live_chat"),
            (Counter::Reached(Step::Won, Source::Sms), "won_sms"),
            (Counter::Won, "became_won"),
            (Counter::MessagesIn(Channel::Email), "in_email"),
            (Counter::FirstResponse(Bucket::of(7)), "first_response_7"),
            (Counter::Asked(Intent::Price), "asked_price"),
            (Counter::QuotesAccepted, "quotes_accepted"),
            (Counter::PaidCents, "paid_cents"),
        ];
        for (counter, name) in some {
            assert_eq!(counter.name(), name);
        }
    }

    #[test]
    fn every_step_implies_those_before_it() {
        for status in LeadStatus::ALL {
            let reached = Step::reached_at(status);
            assert!(Step::ALL.iter().skip(1).take(reached.len()).eq(reached), "{status:?}");
        }
    }

    #[test]
    fn a_question_is_counted_by_the_name_that_the_api_gives_it() {
        for (intent, name) in QUESTIONS {
            assert_eq!(serde_json::to_value(intent).unwrap(), name);
        }
    }
}
