//! Conversations: the thread, its messages, the router, the answer and what a turn decides.

pub mod answer;
pub mod builtin;
mod conversation;
pub mod escalating;
pub mod language;
mod message;
pub mod router;
pub mod words;

pub mod turn;

pub use answer::{Action, Answer, Author, Intent, Sentiment};
pub use conversation::{
    Conversation, ConversationStatus, Escalation, EscalationReason, EscalationStatus, HISTORY_LINES, Line, Question,
    REUSE_WINDOW, Role,
};
pub use message::{Delivery, Message, NoticeKind};
pub use router::{Route, route};
