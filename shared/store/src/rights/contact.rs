//! A contact by its keys: found, sealed, walked through, erased.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::{ContactId, Failure, TenantId};

use super::plan::{ContactPlan, Place, marks};
use crate::Rights;
use crate::leads::keys::{MAX_MERGES, NOW};
use crate::table::error::failure;
use crate::table::item::{Item, get_text, number, text};
use crate::table::keys::{self, PartitionKey, TableKey};

/// Entries on a page.
const PAGE: i32 = 100;

impl Rights<'_> {
    /// What belongs to a contact, and to all that were merged into the same person; `None` when there is no such contact.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn contact_plan(self, tenant: &TenantId, contact: ContactId) -> Result<Option<ContactPlan>, Failure> {
        let Some(survivor) = self.survivor_of(tenant, contact).await? else { return Ok(None) };
        let mut plan = ContactPlan::default();
        let mut waiting = vec![survivor];
        while let Some(id) = waiting.pop() {
            if plan.people.contains(&id) {
                continue;
            }
            plan.people.push(id);
            for item in self.all_entries(&keys::of(tenant).person(id), "").await? {
                plan.learn(&item);
                waiting.extend(merged_from(&item));
            }
        }
        plan.exports = self.exports_with(tenant, &plan).await?;
        Ok(Some(plan))
    }

    async fn survivor_of(self, tenant: &TenantId, contact: ContactId) -> Result<Option<ContactId>, Failure> {
        let mut id = contact;
        for _ in 0..MAX_MERGES {
            let Some(item) = self.store.item("contact", &keys::of(tenant).contact(id)).await? else { return Ok(None) };
            match ContactId::parse(get_text(&item, "merged_into")) {
                Ok(into) => id = into,
                Err(_) => return Ok(Some(id)),
            }
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    /// Cuts a contact off, so that nothing is added to it: whoever writes from now on is someone new, and a turn under way
    /// finds the lead changed, and so decides again. Then says what belongs to the contact, that last turn included.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn seal_contact(self, tenant: &TenantId, contact: ContactId) -> Result<ContactPlan, Failure> {
        // Where there is nothing, it was erased before: the reading of the whole table will say so.
        let nothing = || ContactPlan { people: vec![contact], ..ContactPlan::default() };
        let Some(plan) = self.contact_plan(tenant, contact).await? else { return Ok(nothing()) };
        for address in &plan.spellings() {
            let key = keys::of(tenant).identity(address);
            let owner = self.store.item("identity", &key).await?.map(|item| get_text(&item, "contact").to_owned());
            // Unless the address is someone else's by now.
            if let Some(owner) = owner.filter(|owner| plan.people.iter().any(|id| id.to_string() == *owner)) {
                self.delete_if(&key, "contact = :owner", ":owner", text(owner)).await?;
            }
        }
        for id in &plan.people {
            self.move_version(&keys::of(tenant).lead(*id)).await?;
        }
        Ok(self.contact_plan(tenant, contact).await?.unwrap_or_else(nothing))
    }

    /// Moves the version of an entry that is there.
    async fn move_version(self, key: &TableKey) -> Result<(), Failure> {
        let moved = self
            .store
            .update_item(key)
            .update_expression("SET version = version + :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        match moved {
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(failure("seal", &error)),
            },
            Ok(_) => Ok(()),
        }
    }

    /// A page of what a contact's partitions hold, and where the next one begins.
    pub(super) async fn contact_page(
        self,
        tenant: &TenantId,
        plan: &ContactPlan,
        place: &Place,
    ) -> Result<(Vec<Item>, Option<Place>), Failure> {
        let partitions = plan.partitions(tenant);
        let Some(partition) = partitions.get(place.partition) else { return Ok((Vec::new(), None)) };
        let (items, after) = self.entries(partition, "", place.after.as_deref(), PAGE).await?;
        let next = match after {
            Some(sk) => Some(Place { partition: place.partition, after: Some(sk) }),
            None if place.partition + 1 < partitions.len() => {
                Some(Place { partition: place.partition + 1, after: None })
            }
            None => None,
        };
        Ok((items, next))
    }

    /// Erases a page of a contact, with the marks that its messages left. Says how many entries those were, and where the
    /// next page begins.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn erase_contact_page(
        self,
        tenant: &TenantId,
        plan: &mut ContactPlan,
        place: &Place,
    ) -> Result<(u64, Option<Place>), Failure> {
        let (items, next) = self.contact_page(tenant, plan, place).await?;
        plan.learn_late(&items);
        let marks = items.iter().filter_map(|item| marks(tenant, item)).flatten();
        // The marks go first: they are found through the messages alone.
        self.delete_all(&marks.collect::<Vec<_>>()).await?;
        self.delete_all(&items.iter().map(TableKey::of).collect::<Vec<_>>()).await?;
        Ok((items.len() as u64, next))
    }

    /// Erases all pages of a plan that nothing is read again to prove.
    pub(super) async fn erase_partitions(self, tenant: &TenantId, plan: &mut ContactPlan) -> Result<(), Failure> {
        let mut place = Some(Place::default());
        while let Some(here) = place {
            place = self.erase_contact_page(tenant, plan, &here).await?.1;
        }
        // A summary may have been kept while the last page was read; since the pointers are gone, none is.
        let summaries: Vec<TableKey> = plan.threads.iter().map(|id| keys::of(tenant).summary(*id)).collect();
        self.delete_all(&summaries).await
    }

    /// Erases what leads to a contact, and the exports it is in; what the person refused is kept under hashes.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn erase_contact_pointers(self, tenant: &TenantId, plan: &ContactPlan) -> Result<u64, Failure> {
        self.store.suppressions().keep(tenant, &plan.spellings(), &plan.opt_out_state).await?;
        let there = self.store.batch_get(plan.pointers(tenant)).await?;
        // An address or a session may be someone else's since the contact was sealed.
        let theirs = |item: &&Item| plan.judge(item) != super::plan::Found::Foreign;
        let theirs: Vec<&Item> = there.iter().filter(theirs).collect();
        self.erase(tenant, &theirs).await?;
        let exports: Vec<TableKey> = plan.exports.iter().map(|id| keys::platform().job(tenant, *id)).collect();
        self.delete_all(&exports).await?;
        Ok((theirs.len() + exports.len()) as u64)
    }

    /// Erases a contact at once, by its keys. For one that is known to be small; nothing is read to prove it.
    pub(super) async fn erase_contact(self, tenant: &TenantId, contact: ContactId) -> Result<(), Failure> {
        let mut plan = self.seal_contact(tenant, contact).await?;
        // Archives go by themselves within days, and a contact that is forgotten for its age may be in them as long.
        plan.exports.clear();
        self.erase_partitions(tenant, &mut plan).await?;
        self.erase_contact_pointers(tenant, &plan).await?;
        Ok(())
    }

    /// Whether all that a contact's current threads hold is older than `before`, in milliseconds' text order.
    pub(super) async fn is_quiet_since(self, pk: &PartitionKey, before: &str) -> Result<bool, Failure> {
        let current = self.all_entries(pk, NOW).await?;
        let mut threads = current.iter().filter(|item| get_text(item, "entity") == "thread");
        Ok(threads.all(|thread| get_text(thread, "gsi1sk") < before))
    }
}

fn merged_from(item: &Item) -> Vec<ContactId> {
    let list = item.get("merged_from").and_then(|value| value.as_l().ok());
    let ids = list.into_iter().flatten().filter_map(|value| value.as_s().ok());
    ids.filter_map(|id| ContactId::parse(id).ok()).collect()
}
