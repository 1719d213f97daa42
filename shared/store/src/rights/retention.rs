//! Forgetting what is older than its tenant keeps it, a bounded piece at a time.
//!
//! A conversation is old by its last message, a lead by its last change. A closed lead that is its contact's last word takes
//! the contact with it; an earlier one goes alone. What changes meanwhile stays, and is looked at again the next day.

use domain::leads::LeadStatus;
use domain::tenancy::Tenant;
use domain::{ContactId, ConversationId, Failure, LeadId, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::plan::ContactPlan;
use crate::Rights;
use crate::leads::keys::PAST;
use crate::table::documents::get_number;
use crate::table::error::failure;
use crate::table::item::{Item, get_text, number, text};
use crate::table::keys::{self, PartitionKey, TableKey};

/// So many conversations or leads are looked at in one piece.
const PIECE: i32 = 10;
/// So many lines of the audit record.
const LINES: i32 = 500;

/// Where the next piece begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "list", rename_all = "snake_case")]
enum Piece {
    Conversations { after: Option<(TableKey, String)> },
    Leads { after: Option<(TableKey, String)> },
    Audit,
}

impl Rights<'_> {
    /// Forgets one piece of what is too old at `now`, from `piece` on: what the piece before gave, or `None` at first.
    /// Says where the next one begins; `None`: it was the last.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when `piece` is not one of ours; else as the table answers.
    pub async fn forget_old(
        self,
        tenant: &Tenant,
        piece: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<String>, Failure> {
        let wrong = |_| Failure::Permanent("retention: this is no place to go on from".into());
        let piece = match piece {
            None => Piece::Conversations { after: None },
            Some(piece) => serde_json::from_str(piece).map_err(wrong)?,
        };
        let (id, kept) = (&tenant.id, &tenant.retention);
        let next = match piece {
            Piece::Conversations { after } => match kept.messages_days {
                Some(days) => self.forget_conversations(id, &before(now, days)?, after).await?,
                None => Some(Piece::Leads { after: None }),
            },
            Piece::Leads { after } => match kept.leads_days {
                Some(days) => self.forget_leads(id, &before(now, days)?, after).await?,
                None => Some(Piece::Audit),
            },
            Piece::Audit => match kept.audit_days {
                Some(days) => self.forget_audit(id, &before(now, days)?).await?,
                None => None,
            },
        };
        next.map(|next| serde_json::to_string(&next).map_err(|error| Failure::Permanent(error.to_string()))).transpose()
    }

    async fn forget_conversations(
        self,
        tenant: &TenantId,
        before: &str,
        after: Option<(TableKey, String)>,
    ) -> Result<Option<Piece>, Failure> {
        let (threads, next) = self.oldest(&keys::of(tenant).thread_list(), before, after).await?;
        for thread in &threads {
            self.forget_conversation(tenant, thread).await?;
        }
        Ok(Some(next.map_or(Piece::Leads { after: None }, |after| Piece::Conversations { after: Some(after) })))
    }

    async fn forget_conversation(self, tenant: &TenantId, thread: &Item) -> Result<(), Failure> {
        let mut plan = ContactPlan::default();
        plan.threads.extend(ConversationId::parse(get_text(thread, "id")).ok());
        self.erase_partitions(tenant, &mut plan).await?;
        let session = Some(get_text(thread, "session")).filter(|session| !session.is_empty());
        if let Some(session) = session {
            let (key, id) = (keys::of(tenant).chat_pointer(session), text(get_text(thread, "id")));
            self.delete_if(&key, "conversation = :id", ":id", id).await?;
        }
        self.delete_unchanged(thread).await
    }

    async fn forget_leads(
        self,
        tenant: &TenantId,
        before: &str,
        after: Option<(TableKey, String)>,
    ) -> Result<Option<Piece>, Failure> {
        let (leads, next) = self.oldest(&keys::of(tenant).lead_list(), before, after).await?;
        let closed = |lead: &&Item| LeadStatus::parse(get_text(lead, "status")).is_some_and(LeadStatus::is_closed);
        for lead in leads.iter().filter(closed) {
            self.forget_lead(tenant, lead, before).await?;
        }
        Ok(Some(next.map_or(Piece::Audit, |after| Piece::Leads { after: Some(after) })))
    }

    async fn forget_lead(self, tenant: &TenantId, lead: &Item, before: &str) -> Result<(), Failure> {
        let place = TableKey::of(lead);
        let id = LeadId::parse(get_text(lead, "id"))?;
        if !place.sk.starts_with(PAST) {
            // The list is behind the table: what it shows may have changed.
            let now = self.store.item("lead", &place).await?;
            let is_same = now.is_some_and(|now| get_number(&now, "version") == get_number(lead, "version"));
            if is_same && self.is_quiet_since(&place.pk, before).await? {
                self.erase_contact(tenant, ContactId::parse(get_text(lead, "contact"))?).await?;
            }
            return Ok(());
        }
        for past in self.all_entries(&place.pk, PAST).await? {
            let is_its = get_text(&past, "entity") == "thread" && get_text(&past, "lead") == get_text(lead, "id");
            if is_its && get_text(&past, "gsi1sk") < before {
                self.forget_conversation(tenant, &past).await?;
            }
        }
        self.delete_all(&[keys::of(tenant).lead_pointer(id)]).await?;
        self.delete_unchanged(lead).await
    }

    async fn forget_audit(self, tenant: &TenantId, before: &str) -> Result<Option<Piece>, Failure> {
        let (lines, more) = self.entries(&keys::of(tenant).audit_list(), "", None, LINES).await?;
        let old: Vec<TableKey> = lines.iter().map(TableKey::of).filter(|key| key.sk.as_str() < before).collect();
        self.delete_all(&old).await?;
        Ok((more.is_some() && old.len() == lines.len()).then_some(Piece::Audit))
    }

    /// Deletes an entry if it is as it was read.
    async fn delete_unchanged(self, item: &Item) -> Result<(), Failure> {
        let version = get_number(item, "version").unwrap_or_default();
        self.delete_if(&TableKey::of(item), "version = :read", ":read", number(version)).await?;
        Ok(())
    }

    /// A piece of a list's entries from before a time, oldest first, and the last place where there is more.
    async fn oldest(
        self,
        list: &PartitionKey,
        before: &str,
        after: Option<(TableKey, String)>,
    ) -> Result<(Vec<Item>, Option<(TableKey, String)>), Failure> {
        let start = after.map(|(key, order)| {
            let mut place = crate::table::item::key_item(&key);
            place.insert("gsi1pk".to_owned(), text(list));
            place.insert("gsi1sk".to_owned(), text(order));
            place
        });
        let answer = self
            .store
            .query()
            .index_name("gsi1")
            .key_condition_expression("gsi1pk = :list AND gsi1sk < :before")
            .expression_attribute_values(":list", text(list))
            .expression_attribute_values(":before", text(before))
            .limit(PIECE)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| failure("oldest", &error))?;
        let next = answer.last_evaluated_key.map(|place| (TableKey::of(&place), get_text(&place, "gsi1sk").to_owned()));
        Ok((answer.items.unwrap_or_default(), next))
    }
}

/// In sort keys, the moment so many days before `now`.
fn before(now: Timestamp, days: u32) -> Result<String, Failure> {
    let at = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days)));
    at.map(|at| keys::by_time(at, "")).map_err(|error| Failure::Permanent(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_to_go_on_from_survives_the_queue() {
        let after = Some((keys::of(&TenantId::new("acme").unwrap()).key("PERSON#p", "NOW#LEAD"), "0001#l".to_owned()));
        for piece in [Piece::Conversations { after: after.clone() }, Piece::Leads { after }, Piece::Audit] {
            let text = serde_json::to_string(&piece).unwrap();
            assert_eq!(serde_json::from_str::<Piece>(&text).unwrap(), piece);
        }
    }

    #[test]
    fn days_are_counted_back_from_now() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let day_before: Timestamp = "2026-11-19T12:00:00Z".parse().unwrap();
        assert_eq!(before(now, 1).unwrap(), keys::by_time(day_before, ""));
        assert!(before(now, u32::MAX).is_err());
    }
}
