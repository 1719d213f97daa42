//! The ledger: movements written with what follows from them.

use domain::failure::Rejection;
use domain::ids::{ItemId, PurchaseOrderId};
use domain::inventory::{JobParts, Movement, MovementKind, StockLevel, UsedInMonth};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

use super::orders::{ORDER, order_item};
use crate::table::documents::{busy, read};
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, number, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::{Filters, Page};
use crate::table::writes::{Ran, Writes};
use crate::{Inventory, Versioned};

pub(super) const LEVEL: &str = "stock_level";
pub(super) const USED: &str = "stock_used";
pub(super) const JOB: &str = "job_parts";
const MOVEMENT: &str = "stock_movement";
const MARK: &str = "stock_movement_mark";
/// How often a movement is tried again that others overtook: many people count one item at once.
const ATTEMPTS: u32 = 12;
/// How many later movements a late one is folded in with: they are read within its call.
const MOST_LATER: usize = 3_000;
/// For how long it is known what a job used.
const JOBS_KEPT_FOR: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Where a movement lies.
#[derive(Serialize, Deserialize)]
struct Mark {
    item: ItemId,
    at: Timestamp,
}

/// A movement in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// As it is stored.
    pub movement: Movement,
    /// Whether it was there before.
    pub was_there: bool,
}

/// Which movements are wanted.
#[derive(Debug, Clone, Default)]
pub struct MovementFilter {
    /// Of this item.
    pub item: Option<ItemId>,
    /// Of this kind.
    pub kind: Option<MovementKind>,
    /// Of this order.
    pub order: Option<PurchaseOrderId>,
}

/// What a movement is written on top of.
struct Around {
    level: Option<Versioned<StockLevel>>,
    used: Option<Versioned<UsedInMonth>>,
    job: Option<Versioned<JobParts>>,
    order: Option<Versioned<domain::inventory::PurchaseOrder>>,
    mark: Option<Mark>,
}

impl Inventory<'_> {
    /// A page of the movements, the latest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn movements(
        self,
        tenant: &TenantId,
        filter: &MovementFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Movement>, Failure> {
        let filters = Filters::from(&[
            ("item", filter.item.as_ref().map(ToString::to_string)),
            ("kind", filter.kind.map(|kind| kind.as_str().to_owned())),
            ("order", filter.order.map(|order| order.to_string())),
        ]);
        self.store.list(MOVEMENT, tenant, &keys::of(tenant).movement_list(), filters, limit, cursor).await
    }

    /// Writes a movement into the ledger, and with it what is there, what was used, what its job used and what came in of its order: all in
    /// one transaction. The same movement again changes nothing, whatever time it came with.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: the place does not have so many, another movement has its key, or its order does not take it;
    /// [`Failure::Retryable`] when too many others write the same item at once: nothing was written then.
    pub async fn record(self, tenant: &Tenant, movement: &Movement, now: Timestamp) -> Result<Recorded, Failure> {
        let day = movement.at.to_zoned(tenant.time_zone()).date();
        for attempt in 0..ATTEMPTS {
            let around = self.around(&tenant.id, movement, day).await?;
            if let Some(mark) = &around.mark {
                return self.again(&tenant.id, movement, mark).await;
            }
            let later = match &around.level {
                Some(level) if level.value.needs_later(movement) => self.later(&tenant.id, movement).await?,
                _ => Vec::new(),
            };
            let (writes, movement) = self.writes(&tenant.id, (movement, day), around, &later, now)?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(Recorded { movement, was_there: false }),
                Ran::Refused(_) | Ran::Raced => tokio::time::sleep(pause(&movement, attempt)).await,
            }
        }
        Err(busy(LEVEL))
    }

    /// What a movement that is in the ledger says.
    async fn again(self, tenant: &TenantId, movement: &Movement, mark: &Mark) -> Result<Recorded, Failure> {
        let key = keys::of(tenant).movement(&mark.item, mark.at, movement.id);
        let item = self.store.item(MOVEMENT, &key).await?;
        let stored: Movement = from_item(MOVEMENT, &item.ok_or_else(|| Failure::not_found("stock movement"))?)?;
        if stored.is_same_report(movement) {
            return Ok(Recorded { movement: stored, was_there: true });
        }
        let message = "another movement of this item has this key: give each a key of its own";
        Err(Failure::Rejected { kind: Rejection::Conflict, field: Some("key".to_owned()), message: message.to_owned() })
    }

    /// What it is written on top of: one call.
    async fn around(self, tenant: &TenantId, movement: &Movement, day: Date) -> Result<Around, Failure> {
        let places = Places::of(tenant, movement, day);
        let wanted =
            [Some(&places.mark), Some(&places.level), places.used.as_ref(), places.job.as_ref(), places.order.as_ref()];
        let items = self.store.batch_get(wanted.into_iter().flatten().cloned().collect()).await?;
        let at = |key: Option<&TableKey>| {
            let key = key?;
            items.iter().find(|item| get_text(item, "pk") == &*key.pk && get_text(item, "sk") == key.sk).cloned()
        };
        let order = at(places.order.as_ref()).map(|item| read(ORDER, item)).transpose()?;
        if places.order.is_some() && order.is_none() {
            return Err(Failure::not_found("purchase order"));
        }
        Ok(Around {
            level: at(Some(&places.level)).map(|item| read(LEVEL, item)).transpose()?,
            used: at(places.used.as_ref()).map(|item| read(USED, item)).transpose()?,
            job: at(places.job.as_ref()).map(|item| read(JOB, item)).transpose()?,
            mark: at(Some(&places.mark)).map(|item| from_item(MARK, &item)).transpose()?,
            order,
        })
    }

    /// The item's movements of the same time or after it, [`MOST_LATER`] at most. They cannot become more without a new version of the level.
    async fn later(self, tenant: &TenantId, movement: &Movement) -> Result<Vec<Movement>, Failure> {
        let query = self.store.query().consistent_read(true).key_condition_expression("pk = :pk AND sk >= :at");
        let query = query.expression_attribute_values(":pk", text(keys::of(tenant).ledger(&movement.item)));
        let query = query.expression_attribute_values(":at", text(keys::by_time(movement.at, "")));
        let (mut items, mut later) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| failure("ledger", &error))?;
            if later.len() == MOST_LATER {
                return Err(Failure::Rejected {
                    kind: Rejection::Conflict,
                    field: Some("at".to_owned()),
                    message: format!(
                        "more than {MOST_LATER} movements of {} came after it: report what is there now as a count instead",
                        movement.item
                    ),
                });
            }
            // One that cannot be read may have moved anything: the level would be wrong without it.
            later.push(from_item(MOVEMENT, &item)?);
        }
        Ok(later)
    }

    fn writes(
        self,
        tenant: &TenantId,
        (movement, day): (&Movement, Date),
        around: Around,
        later: &[Movement],
        now: Timestamp,
    ) -> Result<(Writes, Movement), Failure> {
        let (before, version) = match around.level {
            Some(level) => (level.value, level.version),
            None => (StockLevel::before(movement), 0),
        };
        let (level, short) = before.with(movement, later)?;
        let movement = Movement { short, ..movement.clone() };
        let mut writes = Writes::new(&self.store.table);
        let places = Places::of(tenant, &movement, day);
        let mark = Mark { item: movement.item.clone(), at: movement.at };
        writes.put_new(to_item(MARK, &places.mark, &mark)?)?;
        writes.put_new(movement_item(tenant, &movement)?)?;
        writes.put_version(to_item(LEVEL, &places.level, &level)?, version)?;
        if let (Some(key), Some(month)) = (&places.used, UsedInMonth::month_of(&movement, day)) {
            let version = around.used.as_ref().map_or(0, |used| used.version);
            let before =
                around.used.map_or_else(|| UsedInMonth::empty(movement.item.clone(), month), |used| used.value);
            writes.put_version(to_item(USED, key, &before.with(&movement, day))?, version)?;
        }
        if let Some(key) = &places.job {
            let version = around.job.as_ref().map_or(0, |job| job.version);
            if let Some(job) = JobParts::with(around.job.map(|job| job.value), &movement, day) {
                let mut item = to_item(JOB, key, &job)?;
                let end = now.saturating_add(JOBS_KEPT_FOR).map_err(|error| Failure::Permanent(error.to_string()))?;
                item.insert("expires_at".to_owned(), number(end.as_second()));
                writes.put_version(item, version)?;
            }
        }
        if let Some(order) = around.order {
            let after = order.value.received(&movement.item, (movement.quantity, movement.at), now)?;
            writes.put_version(order_item(tenant, &after)?, order.version)?;
        }
        Ok((writes, movement))
    }

    /// What moved of an item between two moments, for tests and checks: the ledger is the truth that levels follow from.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn ledger_of(self, tenant: &TenantId, item: &ItemId) -> Result<Vec<Movement>, Failure> {
        Ok(readable(MOVEMENT, &self.store.partition(&keys::of(tenant).ledger(item), "").await?))
    }
}

/// Where what belongs to a movement lies.
struct Places {
    mark: TableKey,
    level: TableKey,
    used: Option<TableKey>,
    job: Option<TableKey>,
    order: Option<TableKey>,
}

impl Places {
    fn of(tenant: &TenantId, movement: &Movement, day: Date) -> Self {
        let own = keys::of(tenant);
        let month = UsedInMonth::month_of(movement, day);
        let visit = movement.appointment.filter(|_| month.is_some() && movement.service.is_some());
        Self {
            mark: own.movement_mark(movement.id),
            level: own.stock_level(&movement.item),
            used: month.map(|month| own.used_in_month(&month, &movement.item)),
            job: visit.map(|appointment| own.job_parts(appointment)),
            order: movement.order.map(|order| own.purchase_order(order)),
        }
    }
}

fn movement_item(tenant: &TenantId, movement: &Movement) -> Result<Item, Failure> {
    let own = keys::of(tenant);
    let mut item = to_item(MOVEMENT, &own.movement(&movement.item, movement.at, movement.id), movement)?;
    item.insert("gsi1pk".to_owned(), text(own.movement_list()));
    item.insert("gsi1sk".to_owned(), text(keys::by_time(movement.at, &movement.id.to_string())));
    Ok(item)
}

/// How long to wait before the next try: longer each time, and for each movement a little different, so that those who met do not meet
/// again.
fn pause(movement: &Movement, attempt: u32) -> Duration {
    let own =
        movement.id.to_string().bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let most = 8_u64 << attempt.min(6);
    Duration::from_millis(2 + own.rotate_left(attempt * 7) % most)
}
