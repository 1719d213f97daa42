//! How far a person of the staff has read a thread.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Conversation;
use crate::ConversationId;
use crate::ids::AccountId;

/// For how long after its last message a thread can be unread, and how long a mark is kept: our choice. A mark that is gone was about
/// messages that count as read by then.
pub const UNREAD_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How far a person has read a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// Who.
    pub account: AccountId,
    /// The thread.
    pub conversation: ConversationId,
    /// So many of its messages.
    pub messages: u32,
    /// When they said so (UTC).
    pub at: Timestamp,
}

impl Conversation {
    /// How many of its messages somebody with this mark has not read at `now`.
    #[must_use]
    pub fn unread(&self, mark: Option<&ReadMark>, now: Timestamp) -> u32 {
        if now.duration_since(self.last_message_at) >= UNREAD_FOR {
            return 0;
        }
        self.message_count.saturating_sub(mark.map_or(0, |mark| mark.messages))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::samples;

    fn mark(thread: &Conversation, messages: u32) -> ReadMark {
        let account = AccountId::derive(&TenantId::platform(), &["ana"]);
        ReadMark { account, conversation: thread.id, messages, at: thread.last_message_at }
    }

    #[test]
    fn what_came_since_the_mark_is_unread_until_the_thread_is_old() {
        let tenant = samples::roofer();
        let mut thread = samples::thread(&tenant);
        thread.message_count = 5;
        let now = thread.last_message_at + SignedDuration::from_mins(1);
        assert_eq!(thread.unread(None, now), 5, "nobody has looked");
        assert_eq!(thread.unread(Some(&mark(&thread, 3)), now), 2);
        assert_eq!(thread.unread(Some(&mark(&thread, 5)), now), 0);
        assert_eq!(thread.unread(Some(&mark(&thread, 9)), now), 0);
        // Its mark would be gone just then: it does not become unread by that.
        assert_eq!(thread.unread(None, thread.last_message_at + UNREAD_FOR), 0);
    }
}
