//! Plain counts, of a day or of a range.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Counter, Counts, Step};

/// Plain counts, of a day or of a range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = InsightFigures)]
pub struct Figures {
    /// Leads that came in.
    pub leads: u64,
    /// Of these, how many came while it was closed.
    pub after_hours: u64,
    /// Leads that became hot.
    pub hot: u64,
    /// Leads that became qualified.
    pub qualified: u64,
    /// Leads whose customer asked for a time.
    pub booking_requests: u64,
    /// Leads for which a time was agreed.
    pub booked: u64,
    /// Leads that bought.
    pub won: u64,
    /// Leads that went elsewhere.
    pub lost: u64,
    /// Conversations that customers began.
    pub conversations: u64,
    /// Conversations that got a first answer.
    pub answered: u64,
    /// Of these, how many needed no person: no one was called, and none of the staff wrote.
    pub answered_alone: u64,
    /// Times a person was called.
    pub escalations: u64,
    /// Messages of customers.
    pub messages_in: u64,
    /// Messages to customers.
    pub messages_out: u64,
    /// Of the leads that bought, those whose value is known: for [`Return`](super::Return) alone, money is shown to whom it may be.
    #[serde(skip)]
    pub won_valued: u64,
    /// What these are worth, in cents.
    #[serde(skip)]
    pub won_cents: u64,
}

impl Figures {
    pub(super) fn of(counts: &Counts) -> Self {
        let sum = |counters: &dyn Fn(Counter) -> bool| {
            counts.iter().filter(|(counter, _)| counters(*counter)).map(|(_, count)| count).sum::<u64>()
        };
        let get = |counter| counts.get(counter);
        let answered = sum(&|counter| matches!(counter, Counter::FirstResponse(_)));
        Self {
            leads: sum(&|counter| matches!(counter, Counter::Reached(Step::Leads, _))),
            after_hours: get(Counter::AfterHours),
            hot: get(Counter::HotLeads),
            qualified: get(Counter::Qualified),
            booking_requests: get(Counter::BookingRequests),
            booked: get(Counter::Booked),
            won: get(Counter::Won),
            lost: get(Counter::Lost),
            conversations: sum(&|counter| matches!(counter, Counter::Conversations(_))),
            answered,
            answered_alone: answered.saturating_sub(get(Counter::NeededPerson)),
            escalations: get(Counter::Escalations),
            messages_in: sum(&|counter| matches!(counter, Counter::MessagesIn(_))),
            messages_out: sum(&|counter| matches!(counter, Counter::MessagesOut(_))),
            won_valued: get(Counter::WonValued),
            won_cents: get(Counter::WonCents),
        }
    }
}
