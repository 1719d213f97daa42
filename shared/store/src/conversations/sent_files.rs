//! Files that staff sent along with replies: their messages, and the addresses by which the customer of a chat finds them.

use auth::secrets::{same, sha256_hex};
use domain::conversations::{Conversation, FilePlace, Message, ReceivedFile, ReceivedFiles, Role};
use domain::failure::Rejection;
use domain::messaging::{Channel, MessageRef};
use domain::{ContactId, ConversationId, Failure, MessageId, TenantId};
use jiff::{SignedDuration, Timestamp};

use crate::Conversations;
use crate::conversations::chat::is_let_out;
use crate::table::keys;

/// How long the address of a file in a chat is good.
const ADDRESS_FOR: SignedDuration = SignedDuration::from_hours(1);

/// A file that is kept with a contact, before the message is stored that it goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// Whose it is.
    pub contact: ContactId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub content_type: &'static str,
    /// Its size.
    pub bytes: u64,
}

impl SentFile {
    /// As a part of the message.
    pub(crate) fn of(&self, message: MessageRef) -> ReceivedFiles {
        let place = FilePlace { message, number: 0 };
        let file = ReceivedFile::sent(&place, self.name.clone(), self.content_type, self.bytes);
        ReceivedFiles { contact: self.contact, files: vec![file] }
    }
}

/// That whoever shows it was given the address by who has the session: the session itself is in no address.
fn token(tenant: &TenantId, session: &str, file: &str, until: i64) -> String {
    sha256_hex(&format!("chat-file|{tenant}|{session}|{file}|{until}"))
}

/// The address of a file in a chat, below the host of the chat; good for an hour.
#[must_use]
pub fn chat_file_address(tenant: &TenantId, session: &str, file: &str, now: Timestamp) -> String {
    let until = now.saturating_add(ADDRESS_FOR).unwrap_or(now).as_second();
    let token = token(tenant, session, file, until);
    format!("/webhooks/live-chat/files/{tenant}/{file}?until={until}&token={token}")
}

impl Conversations<'_> {
    /// The id of the message that a request stores.
    #[must_use]
    pub fn reply_id(self, tenant: &TenantId, conversation: ConversationId, cause: &str) -> MessageId {
        MessageId::derive(tenant, &["staff", &conversation.to_string(), cause])
    }

    /// A conversation as it is now.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such conversation.
    pub async fn thread(self, tenant: &TenantId, id: ConversationId) -> Result<Conversation, Failure> {
        let pointer = self.store.batch_get(vec![keys::of(tenant).thread_pointer(id)]).await?;
        let pointer = pointer.first().ok_or_else(|| Failure::not_found("conversation"))?;
        Ok(self.head(tenant, pointer, id).await?.1)
    }

    /// Whose a file is that an address of [`chat_file_address`] names; `None`: the address is not good (any more), or the gate has not let
    /// the file out.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn chat_file(
        self,
        tenant: &TenantId,
        place: &FilePlace,
        (until, shown): (i64, &str),
        now: Timestamp,
    ) -> Result<Option<ReceivedFiles>, Failure> {
        let left = until.saturating_sub(now.as_second());
        if !(0..=ADDRESS_FOR.as_secs()).contains(&left) {
            return Ok(None);
        }
        let thread = match self.thread(tenant, place.message.conversation).await {
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(None),
            found => found?,
        };
        let Some(session) = &thread.session else { return Ok(None) };
        if !same(token(tenant, session, &place.to_string(), until).as_bytes(), shown.as_bytes()) {
            return Ok(None);
        }
        let message = self.store.deliveries().outgoing(tenant, &place.message).await?;
        let message = message.filter(|message| is_theirs(message) && is_let_out(message));
        Ok(message.and_then(|message| message.files).filter(|files| files.files.len() > place.number))
    }
}

fn is_theirs(message: &Message) -> bool {
    message.role == Role::Staff && message.channel == Channel::Chat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_one_file_of_one_session_for_an_hour() {
        let (tenant, other) = (TenantId::new("acme").unwrap(), TenantId::new("bolt").unwrap());
        let now = Timestamp::from_second(1_795_176_000).unwrap();
        let address = chat_file_address(&tenant, "secret-session", "a.1.b.0", now);
        assert!(!address.contains("secret-session"), "{address}");
        assert!(address.starts_with("/webhooks/live-chat/files/acme/a.1.b.0?until=1795179600&token="), "{address}");
        let all = [
            token(&tenant, "s", "f", 1),
            token(&other, "s", "f", 1),
            token(&tenant, "t", "f", 1),
            token(&tenant, "s", "g", 1),
            token(&tenant, "s", "f", 2),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(all.iter().skip(index + 1).all(|other| other != one));
        }
    }
}
