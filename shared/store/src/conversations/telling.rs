//! Colleagues who are told of a conversation: each by a mail of their own, at most once in ten minutes, and of all conversations thirty
//! times at once and thirty times an hour.

use aws_sdk_dynamodb::types::Put;
use domain::conversations::{Message, NoticeKind};
use domain::events::EventKind;
use domain::identity::{Member, NoticeChoice, Permission};
use domain::ids::AccountId;
use domain::tenancy::Tenant;
use domain::turns::telling::{TOLD_FOR, Telling};
use domain::{ConversationId, Failure, TenantId};
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
        let others: Vec<AccountId> =
            people.iter().copied().filter(|account| Some(*account) != trace.actor.account()).collect();
        for _ in 0..ATTEMPTS {
            let Some((pointer, to)) = self.untold(&tenant.id, id, (&others, kind), trace.at).await? else {
                return Ok(());
            };
            let to = self.within_quota(&tenant.id, to, trace.at).await?;
            if to.is_empty() {
                return Ok(());
            }
            let (_, thread) = self.head(&tenant.id, &pointer, id).await?;
            let correlation_id = &trace.correlation_id;
            let telling = Telling { tenant, thread: &thread, kind, cause, site, correlation_id, at: trace.at };
            let mut writes = Writes::new(&self.store.table);
            let mut events = Vec::new();
            for member in &to {
                let told = telling.to(member);
                writes.told(&tenant.id, member.account, &told, trace.at)?;
                events.push(told.1);
            }
            writes.announce(&tenant.id, &format!("{kind:?}|{id}|{cause}"), &events, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("notice"))
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

    /// Those of `people` who are to be told at `now`, and want such mails, and the pointer of the thread; `None`: no one is.
    async fn untold(
        self,
        tenant: &TenantId,
        id: ConversationId,
        (people, kind): (&[AccountId], NoticeKind),
        now: Timestamp,
    ) -> Result<Option<(Item, Vec<Member>)>, Failure> {
        if people.is_empty() {
            return Ok(None);
        }
        let space = keys::of(tenant);
        let member = |account: AccountId| space.document(Member::NAME, &account.to_string());
        let of = |account: &AccountId| [member(*account), space.told(*account, id), space.notice_choice(*account)];
        let wanted = people.iter().flat_map(of);
        let items = self.store.batch_get(wanted.chain([space.thread_pointer(id)]).collect()).await?;
        let at = |key: &TableKey| items.iter().find(|item| TableKey::of(item) == *key);
        let pointer = at(&space.thread_pointer(id)).ok_or_else(|| Failure::not_found("conversation"))?;
        let mut to = Vec::new();
        for account in people {
            let told = at(&space.told(*account, id)).and_then(|item| get_number(item, "expires_at"));
            let is_told = told.is_some_and(|end| end > now.as_second());
            let choice = at(&space.notice_choice(*account)).map(|item| from_item::<NoticeChoice>(NOTICE_CHOICE, item));
            if choice.is_some_and(|choice| choice.is_ok_and(|choice| !wants(choice, kind))) {
                continue;
            }
            let known = at(&member(*account)).map(|item| read::<Member>(Member::NAME, item.clone())).transpose()?;
            let may_read = |member: &Member| member.role.permits(Permission::ReadConversations);
            to.extend(known.map(|known| known.value).filter(|member| !is_told && may_read(member)));
        }
        Ok((!to.is_empty()).then(|| (pointer.clone(), to)))
    }
}

impl Writes {
    /// That someone is told: a mark where none is in force, and the mail.
    fn told(
        &mut self,
        tenant: &TenantId,
        account: AccountId,
        (message, _): &(Message, EventKind),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let key = keys::of(tenant).told(account, message.reference.conversation);
        let mut item = to_item("told", &key, &json!({}))?;
        item.insert("expires_at".to_owned(), number((now + TOLD_FOR).as_second()));
        let free = "attribute_not_exists(pk) OR expires_at <= :now";
        let put = Put::builder().set_item(Some(item)).condition_expression(free);
        self.put_builder(put.expression_attribute_values(":now", number(now.as_second())))?;
        self.message(tenant, message)
    }
}
