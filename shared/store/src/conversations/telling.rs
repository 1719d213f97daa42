//! Colleagues who are told of a conversation, or of a note on a contact: each by a mail of their own, at most once in ten minutes, and of
//! all of them thirty times at once and thirty times an hour.

use aws_sdk_dynamodb::types::Put;
use domain::conversations::NoticeKind;
use domain::identity::test_mode::is_test;
use domain::identity::{Member, NoticeChoice, Permission};
use domain::ids::AccountId;
use domain::tenancy::Tenant;
use domain::turns::telling::{Place, TOLD_FOR, Telling};
use domain::{ContactId, ConversationId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::Conversations;
use crate::conversations::notice_choices::{NOTICE_CHOICE, wants};
use crate::table::documents::{Document as _, Trace, busy, get_number, read};
use crate::table::item::{Item, from_item, number, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::buckets::Quota;

/// How often it is looked up again who was told, when someone else tells at the same moment.
const ATTEMPTS: usize = 3;
/// The most such mails for one person, so that nobody fills a colleague's mailbox by assigning everything.
const MAILS: Quota = Quota { at_once: 30, every: SignedDuration::from_mins(2) };

impl Conversations<'_> {
    /// Tells `people` of the team of a conversation: not who does it, nor who may not read it, nor who wants no such mails, nor who was told just now. `cause` names the
    /// request: its repeat tells no one twice.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such conversation; [`Failure::Retryable`] as the table answers.
    pub async fn tell(
        self,
        tenant: &Tenant,
        id: ConversationId,
        (people, kind): (&[AccountId], NoticeKind),
        (cause, site): (&str, Option<&str>),
        trace: &Trace,
    ) -> Result<(), Failure> {
        let (place, name) = (Place::Conversation(id), id.to_string());
        for _ in 0..ATTEMPTS {
            let Some((pointer, to)) = self.untold(&tenant.id, place, (people, kind), trace).await? else {
                return Ok(());
            };
            let (_, thread) = self.head(&tenant.id, &pointer, id).await?;
            let correlation_id = &trace.correlation_id;
            let telling = Telling { tenant, thread: &thread, kind, cause, site, correlation_id, at: trace.at };
            let mut writes = Writes::new(&self.store.table);
            let mut events = Vec::new();
            for member in &to {
                let told = telling.to(member);
                writes.told(&tenant.id, member.account, &name, trace.at)?;
                writes.message(&tenant.id, &told.0)?;
                events.push(told.1);
            }
            writes.announce(&tenant.id, &format!("{kind:?}|{id}|{cause}"), &events, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("notice"))
    }

    /// Those of `people` who are to be told of a note on a contact, by the same rules as of one on a conversation. It lies in no thread, so that
    /// the mail is the caller's to send, and then to note with [`Self::told_of_contact`]; what a key for tests does is told to no one.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact; [`Failure::Retryable`] as the table answers.
    pub async fn to_tell_of_contact(
        self,
        tenant: &TenantId,
        contact: ContactId,
        (people, noted_at): (&[AccountId], Timestamp),
        trace: &Trace,
    ) -> Result<Vec<Member>, Failure> {
        // The same request again, when who was told is forgotten.
        let is_late = trace.at.duration_since(noted_at) >= TOLD_FOR;
        let people = if is_late || is_test(&trace.correlation_id) { &[] } else { people };
        let untold = self.untold(tenant, Place::Contact(contact), (people, NoticeKind::Mentioned), trace).await?;
        Ok(untold.map(|(_, members)| members).unwrap_or_default())
    }

    /// Notes that someone was told of a note on a contact just now.
    ///
    /// # Errors
    /// [`Failure::Retryable`] as the table answers.
    pub async fn told_of_contact(
        self,
        tenant: &TenantId,
        contact: ContactId,
        account: AccountId,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.told(tenant, account, &contact.to_string(), now)?;
        // Refused: another note told them meanwhile.
        self.store.run(writes).await.map(drop)
    }

    /// Those of `members` who did not get too many such mails.
    async fn within_quota(
        self,
        tenant: &TenantId,
        members: Vec<Member>,
        now: Timestamp,
    ) -> Result<Vec<Member>, Failure> {
        let mut within = Vec::new();
        for member in members {
            let name = format!("told|{tenant}|{}", member.account);
            if self.store.limits().take_quota(&name, MAILS, None, now).await? {
                within.push(member);
            }
        }
        Ok(within)
    }

    /// Those of `people` who are to be told now, and want such mails, and the item of what they are told of; `None`: no one is.
    async fn untold(
        self,
        tenant: &TenantId,
        place: Place,
        (people, kind): (&[AccountId], NoticeKind),
        trace: &Trace,
    ) -> Result<Option<(Item, Vec<Member>)>, Failure> {
        let (own, now) = (trace.actor.account(), trace.at);
        let people: Vec<AccountId> = people.iter().copied().filter(|account| Some(*account) != own).collect();
        if people.is_empty() {
            return Ok(None);
        }
        let space = keys::of(tenant);
        let (id, key, name) = match place {
            Place::Conversation(id) => (id.to_string(), space.thread_pointer(id), "conversation"),
            Place::Contact(id) => (id.to_string(), space.contact(id), "contact"),
        };
        let member = |account: AccountId| space.document(Member::NAME, &account.to_string());
        let of = |account: &AccountId| [member(*account), space.told(*account, &id), space.notice_choice(*account)];
        let wanted = people.iter().flat_map(of);
        let items = self.store.batch_get(wanted.chain([key.clone()]).collect()).await?;
        let at = |key: &TableKey| items.iter().find(|item| TableKey::of(item) == *key);
        let item = at(&key).ok_or_else(|| Failure::not_found(name))?;
        let mut to = Vec::new();
        for account in &people {
            let told = at(&space.told(*account, &id)).and_then(|item| get_number(item, "expires_at"));
            let is_told = told.is_some_and(|end| end > now.as_second());
            let choice = at(&space.notice_choice(*account)).map(|item| from_item::<NoticeChoice>(NOTICE_CHOICE, item));
            if choice.is_some_and(|choice| choice.is_ok_and(|choice| !wants(choice, kind))) {
                continue;
            }
            let known = at(&member(*account)).map(|item| read::<Member>(Member::NAME, item.clone())).transpose()?;
            let may_read = |member: &Member| member.role.permits(Permission::ReadConversations);
            to.extend(known.map(|known| known.value).filter(|member| !is_told && may_read(member)));
        }
        let to = self.within_quota(tenant, to, now).await?;
        Ok((!to.is_empty()).then(|| (item.clone(), to)))
    }
}

impl Writes {
    /// That someone is told of what has this id: a mark where none is in force.
    fn told(&mut self, tenant: &TenantId, account: AccountId, id: &str, now: Timestamp) -> Result<(), Failure> {
        let key = keys::of(tenant).told(account, id);
        let mut item = to_item("told", &key, &json!({}))?;
        item.insert("expires_at".to_owned(), number((now + TOLD_FOR).as_second()));
        let free = "attribute_not_exists(pk) OR expires_at <= :now";
        let put = Put::builder().set_item(Some(item)).condition_expression(free);
        self.put_builder(put.expression_attribute_values(":now", number(now.as_second())))
    }
}
