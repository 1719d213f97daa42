//! The stage of a person with the business (seed 000, 2.4).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a person stands with the business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = JourneyStage)]
pub enum Stage {
    /// Has asked.
    #[default]
    NewLead,
    /// Has a quote.
    QuoteSent,
    /// Has been reminded of it.
    QuoteFollowingUp,
    /// Has an appointment.
    Booked,
    /// Has one within a day or two, and was reminded.
    PreAppointment,
    /// Has one today.
    AppointmentToday,
    /// Is being served.
    JobInProgress,
    /// Was served.
    JobComplete,
    /// Has an invoice to pay.
    AwaitingPayment,
    /// Has paid.
    Paid,
    /// May be asked for a review.
    ReviewEligible,
    /// Has written one.
    Reviewed,
    /// Not heard of for long.
    Dormant,
    /// Is gone.
    Churned,
}

impl Stage {
    /// All there are, in the order of the way.
    pub const ALL: [Self; 14] = [
        Self::NewLead,
        Self::QuoteSent,
        Self::QuoteFollowingUp,
        Self::Booked,
        Self::PreAppointment,
        Self::AppointmentToday,
        Self::JobInProgress,
        Self::JobComplete,
        Self::AwaitingPayment,
        Self::Paid,
        Self::ReviewEligible,
        Self::Reviewed,
        Self::Dormant,
        Self::Churned,
    ];

    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewLead => "new_lead",
            Self::QuoteSent => "quote_sent",
            Self::QuoteFollowingUp => "quote_following_up",
            Self::Booked => "booked",
            Self::PreAppointment => "pre_appointment",
            Self::AppointmentToday => "appointment_today",
            Self::JobInProgress => "job_in_progress",
            Self::JobComplete => "job_complete",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Paid => "paid",
            Self::ReviewEligible => "review_eligible",
            Self::Reviewed => "reviewed",
            Self::Dormant => "dormant",
            Self::Churned => "churned",
        }
    }
}
