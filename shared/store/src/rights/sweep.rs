//! Erasing what a reading of the whole table finds. A reading that finds nothing is the proof that nothing is left.

use aws_sdk_dynamodb::types::Update;
use domain::ids::JobId;
use domain::{Failure, TenantId};

use super::plan::{ContactPlan, Found};
use crate::Rights;
use crate::table::item::{Item, get_text, text};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};

/// A tenant's own entries, what leads to it in the registry, and what the platform keeps about it: memberships, sessions,
/// jobs, its place in the list, links into it.
const OF_TENANT: &str = "begins_with(pk, :own) OR tenant = :tenant OR purpose.tenant = :tenant";

impl Rights<'_> {
    /// Reads a page of the table, and erases what is a contact's. Says how much that was, and the last key.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn sweep_contact(
        self,
        tenant: &TenantId,
        plan: &ContactPlan,
        start: Option<&TableKey>,
    ) -> Result<(u64, Option<TableKey>), Failure> {
        let own = [(":own", text(keys::of(tenant).everything()))];
        let (items, next) = self.scan("begins_with(pk, :own)", &own, start).await?;
        let (mut erased, mut redacted) = (Vec::new(), Vec::new());
        for item in &items {
            match plan.judge(item) {
                Found::Erase => erased.push(item),
                Found::Redact(names) => redacted.push((TableKey::of(item), names)),
                Found::Foreign => {}
            }
        }
        self.erase(tenant, &erased).await?;
        for (key, names) in &redacted {
            self.redact(key, names).await?;
        }
        Ok(((erased.len() + redacted.len()) as u64, next))
    }

    /// Takes attributes out of an entry that stays.
    async fn redact(self, key: &TableKey, names: &str) -> Result<(), Failure> {
        let names: Vec<(String, String)> =
            names.split_whitespace().map(|name| (format!("#{name}"), name.to_owned())).collect();
        let places: Vec<&str> = names.iter().map(|(place, _)| place.as_str()).collect();
        let update = Update::builder()
            .update_expression(format!("REMOVE {}", places.join(", ")))
            .condition_expression("attribute_exists(pk)")
            .set_expression_attribute_names(Some(names.into_iter().collect()));
        let mut writes = Writes::new(&self.store.table);
        writes.update_at(key, update)?;
        match self.store.run(writes).await? {
            Ran::Done | Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(Failure::Retryable("redact: another write is in progress".into())),
        }
    }

    /// Reads a page of the table, and erases what is a tenant's, but for its document, its place in the list, and the job
    /// that does this. Says how much that was, and the last key.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn sweep_tenant(
        self,
        tenant: &TenantId,
        job: JobId,
        start: Option<&TableKey>,
    ) -> Result<(u64, Option<TableKey>), Failure> {
        let values = [(":own", text(keys::of(tenant).everything())), (":tenant", text(tenant.as_str()))];
        let (items, next) = self.scan(OF_TENANT, &values, start).await?;
        let going: Vec<TableKey> = items.iter().filter(|item| goes(tenant, job, item)).map(TableKey::of).collect();
        let (registered, own): (Vec<TableKey>, Vec<TableKey>) =
            going.iter().cloned().partition(|key| key.pk.starts_with("K#"));
        for key in &registered {
            // Someone else may have registered the same number since it was read.
            self.delete_if(key, "tenant = :tenant", ":tenant", text(tenant.as_str())).await?;
        }
        self.delete_all(&own).await?;
        Ok((going.len() as u64, next))
    }
}

/// Whether an entry goes with its tenant at once. The document and the place in the list go last: until then no one else
/// can have the slug.
fn goes(tenant: &TenantId, job: JobId, item: &Item) -> bool {
    let here = TableKey::of(item);
    get_text(item, "entity") != "tenant entry"
        && here != keys::of(tenant).tenant()
        && here != keys::platform().job(tenant, job)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::item::key_item;

    #[test]
    fn the_document_the_listing_and_the_job_itself_stay_to_the_end() {
        let tenant = TenantId::new("acme").unwrap();
        let (job, other) = (JobId::derive(&tenant, &["this"]), JobId::derive(&tenant, &["other"]));
        let at = |key: TableKey, entity: &str| {
            let mut item = key_item(&key);
            item.insert("entity".into(), text(entity));
            goes(&tenant, job, &item)
        };
        assert!(!at(keys::of(&tenant).tenant(), "tenant"));
        assert!(!at(keys::platform().tenant_entry(&TenantId::platform(), &tenant), "tenant entry"));
        assert!(!at(keys::platform().job(&tenant, job), "job"));
        assert!(at(keys::platform().job(&tenant, other), "job"));
        assert!(at(keys::registration("form", "hash"), "registration"));
        assert!(at(keys::of(&tenant).document("location", "lakewood"), "location"));
    }
}
