//! What staff have read, and who of them looks at a thread just now. Neither is a change of the thread: no version, no line of the record.

use domain::conversations::{Conversation, Presence, ReadMark, UNREAD_FOR};
use domain::identity::Member;
use domain::ids::AccountId;
use domain::{ConversationId, Failure, TenantId};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::Conversations;
use crate::conversations::keys::PRESENT;
use crate::conversations::queues::ThreadFilter;
use crate::table::documents::{Document as _, read};
use crate::table::error::failure;
use crate::table::item::{Item, get_text, number, readable, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::{MAX_PAGE, Page};

/// So many hundreds of threads are looked through for a page of those that are unread.
const READS: usize = 3;

/// What someone has read, by thread.
pub type ReadMarks = BTreeMap<ConversationId, ReadMark>;

impl Conversations<'_> {
    /// Says how many messages of a thread someone has read. Fewer than before: the others are unread again.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such thread.
    pub async fn mark_read(self, tenant: &TenantId, mark: &ReadMark) -> Result<(), Failure> {
        self.contact(tenant, mark.conversation).await?.ok_or_else(|| Failure::not_found("conversation"))?;
        let key = keys::of(tenant).read_mark(mark.account, mark.conversation);
        let item = to_item("read_mark", &key, mark)?;
        self.keep_until(item, mark.at + UNREAD_FOR).await
    }

    /// What someone has read of these threads, at most 100.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn read_marks(
        self,
        tenant: &TenantId,
        account: AccountId,
        threads: impl Iterator<Item = &Conversation>,
    ) -> Result<ReadMarks, Failure> {
        let wanted = threads.map(|thread| keys::of(tenant).read_mark(account, thread.id)).collect();
        Ok(marks_among(&self.store.batch_get(wanted).await?))
    }

    /// Says that someone looks at a thread, and whether they write in it.
    ///
    /// # Errors
    /// As [`Conversations::mark_read`].
    pub async fn look_in(
        self,
        tenant: &TenantId,
        id: ConversationId,
        account: AccountId,
        writing: bool,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let pointer = keys::of(tenant).thread_pointer(id);
        let member = keys::of(tenant).document(Member::NAME, &account.to_string());
        let items = self.store.batch_get(vec![pointer.clone(), member.clone()]).await?;
        let at = |key: &TableKey| items.iter().find(|item| TableKey::of(item) == *key);
        at(&pointer).ok_or_else(|| Failure::not_found("conversation"))?;
        let member = at(&member).map(|item| read::<Member>(Member::NAME, item.clone())).transpose()?;
        let name = member.map(|member| member.value.name).unwrap_or_default();
        let item = to_item(
            "presence",
            &keys::of(tenant).presence(id, account),
            &Presence { account, name, writing, at: now },
        )?;
        self.keep_until(item, now + Presence::HOLDS_FOR).await
    }

    /// Who looks at a thread at `now`.
    ///
    /// # Errors
    /// As [`Conversations::mark_read`].
    pub async fn present(
        self,
        tenant: &TenantId,
        id: ConversationId,
        now: Timestamp,
    ) -> Result<Vec<Presence>, Failure> {
        let pointer = keys::of(tenant).thread_pointer(id);
        let (contact, items) = tokio::try_join!(self.contact(tenant, id), self.store.partition(&pointer.pk, PRESENT))?;
        contact.ok_or_else(|| Failure::not_found("conversation"))?;
        Ok(present_among(&items, now))
    }

    /// Those of a list that someone has not read, newest first, as far as a thread can be unread.
    pub(crate) async fn unread(
        self,
        tenant: &TenantId,
        filter: ThreadFilter<'_>,
        (account, now): (AccountId, Timestamp),
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Conversation>, Failure> {
        let (list, limit) = (filter.partition(tenant), limit.clamp(1, MAX_PAGE));
        let mut found = Page { items: Vec::new(), cursor: cursor.map(ToOwned::to_owned) };
        for _ in 0..READS {
            let page = self.store.list_items(tenant, &list, filter.terms(), MAX_PAGE, found.cursor.as_deref()).await?;
            let read = |item| Some((item, readable::<Conversation>("thread", [item]).pop()?));
            let threads: Vec<(&Item, Conversation)> = page.items.iter().filter_map(read).collect();
            let marks = self.read_marks(tenant, account, threads.iter().map(|(_, thread)| thread)).await?;
            let is_old = |thread: &Conversation| now.duration_since(thread.last_message_at) >= UNREAD_FOR;
            found.cursor = page.cursor.filter(|_| !threads.last().is_some_and(|(_, last)| is_old(last)));
            for (item, thread) in threads {
                if thread.unread(marks.get(&thread.id), now) == 0 {
                    continue;
                }
                found.items.push(thread);
                if found.items.len() == limit {
                    found.cursor = Some(filter.terms().cursor_at(&list, item));
                    return Ok(found);
                }
            }
            if found.cursor.is_none() {
                break;
            }
        }
        Ok(found)
    }

    /// Puts an item that the table takes away after `end`.
    async fn keep_until(self, mut item: Item, end: Timestamp) -> Result<(), Failure> {
        item.insert("expires_at".to_owned(), number(end.as_second()));
        let put = self.store.put_item(item).send().await;
        put.map(drop).map_err(|error| failure("attention", &error))
    }
}

/// The marks among `items`.
pub(crate) fn marks_among(items: &[Item]) -> ReadMarks {
    let marks = items.iter().filter(|item| get_text(item, "entity") == "read_mark");
    readable("read_mark", marks).into_iter().map(|mark: ReadMark| (mark.conversation, mark)).collect()
}

/// Who of those among `items` is there at `now`: the table takes them away days later.
pub(crate) fn present_among(items: &[Item], now: Timestamp) -> Vec<Presence> {
    let items = items.iter().filter(|item| get_text(item, "entity") == "presence");
    let mut there: Vec<Presence> = readable("presence", items);
    there.retain(|presence| presence.holds(now));
    there
}
