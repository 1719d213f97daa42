//! Where stock and orders are kept. Items, suppliers and settings are documents.

use domain::ids::{AppointmentId, ItemId, MovementId, PurchaseOrderId};
use jiff::Timestamp;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace, by_time};

/// The id of the one document of settings.
pub(crate) const SETTINGS: &str = "settings";

impl TenantSpace<'_> {
    /// What is there of all items.
    #[must_use]
    pub fn stock_levels(self) -> PartitionKey {
        self.partition("STOCK")
    }

    /// What is there of an item.
    #[must_use]
    pub fn stock_level(self, item: &ItemId) -> TableKey {
        TableKey { pk: self.stock_levels(), sk: item.to_string() }
    }

    /// All movements of an item, by when they happened.
    #[must_use]
    pub fn ledger(self, item: &ItemId) -> PartitionKey {
        self.partition(format_args!("LEDGER#{item}"))
    }

    /// A movement.
    #[must_use]
    pub fn movement(self, item: &ItemId, at: Timestamp, id: MovementId) -> TableKey {
        TableKey { pk: self.ledger(item), sk: by_time(at, &id.to_string()) }
    }

    /// The mark that a movement is in the ledger, and where.
    #[must_use]
    pub fn movement_mark(self, id: MovementId) -> TableKey {
        self.key(format_args!("MOVEMENT#{id}"), "MARK")
    }

    /// Partition of the index `gsi1` that lists a tenant's movements.
    #[must_use]
    pub fn movement_list(self) -> PartitionKey {
        self.partition("MOVEMENTS")
    }

    /// What was used, by month.
    #[must_use]
    pub fn stock_used(self) -> PartitionKey {
        self.partition("STOCK_USED")
    }

    /// What was used of an item in a month, such as `2026-11`. The months come first: those of some years are one piece of the partition.
    #[must_use]
    pub fn used_in_month(self, month: &str, item: &ItemId) -> TableKey {
        TableKey { pk: self.stock_used(), sk: format!("{month}#{item}") }
    }

    /// What jobs used.
    #[must_use]
    pub fn jobs_parts(self) -> PartitionKey {
        self.partition("JOB_PARTS")
    }

    /// What a job used.
    #[must_use]
    pub fn job_parts(self, appointment: AppointmentId) -> TableKey {
        TableKey { pk: self.jobs_parts(), sk: appointment.to_string() }
    }

    /// An order.
    #[must_use]
    pub fn purchase_order(self, id: PurchaseOrderId) -> TableKey {
        self.key(format_args!("PURCHASE_ORDER#{id}"), "ORDER")
    }

    /// Partition of the index `gsi1` that lists a tenant's orders.
    #[must_use]
    pub fn purchase_order_list(self) -> PartitionKey {
        self.partition("PURCHASE_ORDERS")
    }

    /// What came of a week, such as `2026-W49`.
    #[must_use]
    pub fn order_week(self, week: &str) -> TableKey {
        self.key("ORDER_WEEK", week)
    }
}
