//! The tenant, its locations and its staff: made, replaced where different, and removed only when asked to.

use anyhow::{Context as _, Result};
use domain::Failure;
use domain::tenancy::{Location, StaffMember, Tenant};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::BTreeMap;
use store::{Document, Versioned};

use super::Run;
use super::summary::{Outcome, Summary};

/// How many writes are under way at once.
const AT_ONCE: usize = 8;
/// How many documents are read at once.
const PAGE: usize = 100;

impl Run<'_> {
    pub(super) async fn tenant(&self, stored: Option<Versioned<Tenant>>) -> Result<Outcome, Failure> {
        let tenant = &self.file.tenant;
        let outcome = match &stored {
            Some(stored) if stored.value == *tenant => {
                // Named through the API and not confirmed there yet: the operator vouches for it.
                if let Some(email) = &tenant.channels.email {
                    self.to.store.tenants().confirm_sender(&tenant.id, &email.from, &self.trace).await?;
                }
                return Ok(Outcome::Unchanged);
            }
            Some(_) => Outcome::Changed,
            None => Outcome::Made,
        };
        self.to.store.tenants().save(tenant, stored.map(|stored| stored.version), &self.trace).await?;
        Ok(outcome)
    }

    pub(super) async fn locations_and_staff(&self, summary: &mut Summary) -> Result<()> {
        let (locations, staff) = (self.stored::<Location>().await?, self.stored::<StaffMember>().await?);
        self.write("location", &self.file.locations, &locations, summary).await?;
        self.write("staff", &self.file.staff, &staff, summary).await?;
        // No one may work at a place that is gone.
        self.prune("staff", &self.file.staff, &staff, summary).await?;
        self.prune("location", &self.file.locations, &locations, summary).await
    }

    /// All documents of a kind.
    async fn stored<T: Document>(&self) -> Result<BTreeMap<String, Versioned<T>>> {
        let mut all = BTreeMap::new();
        let mut cursor = None;
        loop {
            let page = self.to.store.documents().list::<T>(&self.file.tenant.id, PAGE, cursor.as_deref()).await?;
            all.extend(page.items.into_iter().map(|item| (item.value.id(), item)));
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }

    async fn write<T: Document>(
        &self,
        kind: &'static str,
        wanted: &[T],
        stored: &BTreeMap<String, Versioned<T>>,
        summary: &mut Summary,
    ) -> Result<()> {
        self.progress.set_length(wanted.len() as u64);
        self.progress.set_position(0);
        self.progress.set_message(kind);
        let writes = wanted.iter().map(|value| async {
            let outcome = self.put(value, stored.get(&value.id())).await;
            self.progress.inc(1);
            outcome.map(|outcome| (value.id(), outcome)).with_context(|| format!("storing {kind} {}", value.id()))
        });
        let outcomes: Vec<_> = stream::iter(writes).buffered(AT_ONCE).try_collect().await?;
        for (id, outcome) in outcomes {
            summary.add(kind, &id, outcome);
        }
        Ok(())
    }

    async fn put<T: Document>(&self, value: &T, stored: Option<&Versioned<T>>) -> Result<Outcome, Failure> {
        let (store, tenant) = (&self.to.store, &self.file.tenant.id);
        match stored {
            Some(there) if there.value == *value => Ok(Outcome::Unchanged),
            Some(there) => {
                store.documents().replace(tenant, value, there.version, &self.trace).await?;
                Ok(Outcome::Changed)
            }
            None => {
                store.documents().create(tenant, value, &self.trace).await?;
                Ok(Outcome::Made)
            }
        }
    }

    async fn prune<T: Document>(
        &self,
        kind: &'static str,
        wanted: &[T],
        stored: &BTreeMap<String, Versioned<T>>,
        summary: &mut Summary,
    ) -> Result<()> {
        for (id, there) in stored.iter().filter(|(id, _)| !wanted.iter().any(|value| value.id() == **id)) {
            if self.manner.prune {
                self.to.store.documents().remove::<T>(&self.file.tenant.id, id, there.version, &self.trace).await?;
                summary.add(kind, id, Outcome::Removed);
            } else {
                let why = "the file does not name it; --prune removes what it does not name";
                summary.add(kind, id, Outcome::Left(why.to_owned()));
            }
        }
        Ok(())
    }
}
