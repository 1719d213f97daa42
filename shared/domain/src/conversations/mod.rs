//! Conversations: the thread, its messages, the router, the answer and what a turn decides.

pub mod answer;
pub mod builtin;
mod calls;
pub mod claims;
mod conversation;
pub mod escalating;
mod excerpts;
pub mod extras;
pub mod faqs;
mod follow_up;
pub mod handling;
pub mod intake;
mod invited;
pub mod language;
mod message;
mod note;
pub(crate) mod notice_words;
pub mod offer;
mod outreach;
mod places;
mod presence;
pub mod proof;
mod read_mark;
pub mod received_files;
mod repeats;
pub mod router;
pub mod rules;
pub mod sent;
pub mod sent_files;
pub mod sla;
mod stated;
pub mod suggestion;
pub mod summary;
mod task;
pub mod wishes;

pub use crate::rating::Sentiment;
pub use crate::tenancy::{EscalationReason, SlaTimer};
pub use answer::{Action, Answer, Author, Intent};
pub use conversation::{
    Conversation, ConversationStatus, Escalation, EscalationStatus, HISTORY_LINES, Line, MAX_NOTE, Question,
    REUSE_WINDOW, Resolution, Role,
};
pub use excerpts::{Citation, Disagreement, Excerpt, ExcerptKind, Findings, LINES_BEFORE, Lookup};
pub use extras::{ExtraMention, ExtraStep, SuggestedExtra};
pub use follow_up::FollowUp;
pub use handling::{Answers, Handled, Handling, Holder, Step, handle};
pub use invited::InvitedTo;
pub use message::{Delivery, Message, NoticeKind};
pub use note::Note;
pub use notice_words::{subject, subject_of_contact};
pub use offer::{CalendarAnswer, Offer, VisitStep};
pub use outreach::{Outreach, StepRef};
pub use places::Places;
pub use presence::Presence;
pub use read_mark::{ReadMark, UNREAD_FOR};
pub use received_files::{FilePlace, MissingFile, ReceivedFile, ReceivedFiles};
pub use repeats::Repeats;
pub use router::{Route, may_be_grave, route};
pub use sla::SlaClock;
pub use stated::Stated;
pub use suggestion::Suggestion;
pub use summary::Summary;
pub use task::{Task, TaskKind};
