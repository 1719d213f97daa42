//! What a responder (a model or the built-in one) decided, in types. Only what is in here can have an effect.

use crate::rating::Sentiment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::ids::QuestionId;
use crate::leads::{GivenDetails, Qualification, Score};
use crate::tenancy::{Language, intake};

/// The longest reply in characters: ten SMS segments' worth, the limit of Twilio's `Body`.
pub const MAX_REPLY_CHARS: usize = 1_600;

/// A responder's answer to one message, validated.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What the customer reads: 1 to [`MAX_REPLY_CHARS`] characters.
    pub reply: String,
    /// The language of the reply.
    pub language: Language,
    /// What the customer wants.
    pub intent: Intent,
    /// How they feel.
    pub sentiment: Sentiment,
    /// The one thing to do besides replying.
    pub action: Action,
    /// How promising the lead is now.
    pub score: Score,
    /// How sure the responder is, 0 to 100.
    pub confidence: u8,
    /// What was learned.
    pub qualification: Qualification,
    /// Name and addresses the customer gave in this message.
    pub given: GivenDetails,
    /// The time they would like, when `action` is [`Action::RequestBooking`].
    pub requested_time: Option<String>,
    /// Answers to the business's own questions that the message gave.
    pub intake: BTreeMap<QuestionId, intake::Answer>,
    /// The question that this reply asks, so that the next message can be read as its answer.
    pub asked: Option<super::Question>,
    /// The places in the business's documents that the reply goes back to.
    pub citations: Vec<super::Citation>,
    /// Who answered.
    pub author: Author,
}

/// Who wrote an answer and what it cost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    /// The model's name, or `builtin`.
    pub model: String,
    /// Tokens read.
    #[serde(default)]
    pub input_tokens: u64,
    /// Tokens written.
    #[serde(default)]
    pub output_tokens: u64,
}

/// The one thing a turn does besides replying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Only reply.
    Reply,
    /// Get a person.
    Escalate,
    /// Give the team a task: what only they can answer. The assistant goes on.
    AskTeam,
    /// Tell staff of a hot lead.
    TransferHotLead,
    /// Offer a booking.
    OfferBooking,
    /// What the calendar decided is done: an appointment is booked, moved or cancelled. No model may ask for it.
    Book,
    /// The customer asked for a time: note it for staff to confirm.
    RequestBooking,
    /// Not now: keep them warm.
    Nurture,
    /// The conversation is over.
    End,
}

/// What the customer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Says hello.
    Greeting,
    /// Asks when it is open.
    Hours,
    /// Asks what it costs.
    Price,
    /// Asks where it is.
    Address,
    /// Asks what is offered, or for one service.
    Service,
    /// Wants a time.
    Booking,
    /// Is unhappy.
    Complaint,
    /// Needs help now.
    Emergency,
    /// Wants a person.
    Human,
    /// Answers a question of ours.
    Detail,
    /// Thanks, or says goodbye.
    Thanks,
    /// Says no, or not now.
    NotNow,
    /// Asks to hear nothing more.
    OptOut,
    /// Asks to hear from us again.
    OptIn,
    /// Missed us on the phone.
    MissedCall,
    /// Anything else.
    Other,
}
