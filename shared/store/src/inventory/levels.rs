//! What is there, what was used, and what jobs used: each read in one call.

use domain::inventory::{Item, JobParts, StockInsight, StockLevel, UsedInMonth, insights};
use domain::{Failure, TenantId};
use jiff::ToSpan;
use jiff::civil::Date;

use super::movements::{JOB, LEVEL, USED};
use crate::Inventory;
use crate::table::item::{readable, text};
use crate::table::keys;

impl Inventory<'_> {
    /// What is there of every item that ever moved, by item.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn levels(self, tenant: &TenantId) -> Result<Vec<StockLevel>, Failure> {
        let partition = keys::of(tenant).stock_levels();
        let query = self.store.query().consistent_read(true).key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", text(&partition));
        Ok(readable(LEVEL, &self.store.all("stock levels", query).await?))
    }

    /// What was used in the month of `since` and later, by month.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn used_since(self, tenant: &TenantId, since: Date) -> Result<Vec<UsedInMonth>, Failure> {
        let query = self.store.query().key_condition_expression("pk = :pk AND sk >= :month");
        let query = query.expression_attribute_values(":pk", text(keys::of(tenant).stock_used()));
        let month = format!("{:04}-{:02}", since.year(), since.month());
        let query = query.expression_attribute_values(":month", text(month));
        Ok(readable(USED, &self.store.all("stock used", query).await?))
    }

    /// The items, and what the owner should know of them at `today`, out of sixteen months: the days that are looked at, and the same ones of
    /// the year before.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn insights(self, tenant: &TenantId, today: Date) -> Result<(Vec<Item>, Vec<StockInsight>), Failure> {
        let (items, since) = (self.store.documents(), today.checked_sub(16.months()).unwrap_or(today));
        let (items, levels, months) =
            tokio::try_join!(items.all::<Item>(tenant), self.levels(tenant), self.used_since(tenant, since))?;
        let insights = insights(&items, &levels, &months, today);
        Ok((items, insights))
    }

    /// What was used in the three years before `today`.
    pub(super) async fn used_lately(self, tenant: &TenantId, today: Date) -> Result<Vec<UsedInMonth>, Failure> {
        self.used_since(tenant, today.checked_sub(3.years()).unwrap_or(today)).await
    }

    /// What the jobs of the last year used.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn jobs(self, tenant: &TenantId) -> Result<Vec<JobParts>, Failure> {
        Ok(readable(JOB, &self.store.partition(&keys::of(tenant).jobs_parts(), "").await?))
    }
}
