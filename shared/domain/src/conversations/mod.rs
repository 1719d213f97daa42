//! Conversations: the thread, its messages, the router, the answer and what a turn decides.

pub mod answer;
pub mod builtin;
mod conversation;
pub mod escalating;
pub mod faqs;
mod follow_up;
pub mod handling;
pub mod intake;
pub mod language;
mod message;
mod note;
mod places;
pub mod proof;
mod repeats;
pub mod replying;
pub mod router;
pub mod rules;
pub mod sent;
pub mod sla;
mod stated;
mod task;
mod touch;
pub mod wishes;
pub mod words;

pub mod turn;

pub use answer::{Action, Answer, Author, Intent, Sentiment};
pub use conversation::{
    Conversation, ConversationStatus, Escalation, EscalationReason, EscalationStatus, HISTORY_LINES, Line, MAX_NOTE,
    Question, REUSE_WINDOW, Resolution, Role,
};
pub use follow_up::FollowUp;
pub use handling::{Answers, Handled, Handling, Holder, Step, handle};
pub use message::{Delivery, Message, NoticeKind};
pub use note::Note;
pub use places::Places;
pub use repeats::Repeats;
pub use router::{Route, route};
pub use sla::{SlaClock, SlaTimer};
pub use stated::Stated;
pub use task::{Task, TaskKind};
pub use touch::{StepRef, Template, Touch};
