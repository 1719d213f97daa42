//! Outside calendars: connected and removed together with their sealed address, found when they are due, and what a reading
//! of one changes in the days.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{CalendarDay, CalendarHealth, CalendarReading, DueCalendar, OutsideCalendar};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;
use std::collections::BTreeSet;

use super::account::TakenCalendar;
use super::keys::{address, code, document, hook, subject, value, verifier, waits_until};
use super::writes::day_item;
use crate::table::documents::{busy, entry, json};
use crate::table::error::failure;
use crate::table::item::{Item, get_text, key_item, number, text, to_item};
use crate::table::keys;
use crate::table::pending::{Backlog, DueCursor, DuePage};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::Purpose;
use crate::{Document, OutsideCalendars, Trace, Versioned};

/// So often a reading is laid over the days anew that meets bookings.
const ATTEMPTS: u32 = 8;
/// The longest that one reading takes: nobody else reads the same calendar meanwhile.
const READS_FOR_MS: i64 = 60_000;
/// Days that are written together: a booking at one of them makes the others wait.
const TOGETHER: usize = 10;

impl Document for OutsideCalendar {
    const NAME: &'static str = "outside_calendar";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

fn is_refused(error: &SdkError<UpdateItemError>) -> bool {
    error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}

fn due_sync(item: &Item) -> Option<DueCalendar> {
    let mut parts = get_text(item, "pending_sk").splitn(3, '#');
    let due = Timestamp::from_millisecond(parts.next()?.parse().ok()?).ok()?;
    let (tenant, calendar) = (TenantId::new(parts.next()?).ok()?, OutsideCalendarId::parse(parts.next()?).ok()?);
    Some(DueCalendar { tenant, calendar, due })
}

impl OutsideCalendars<'_> {
    /// Connects a calendar, which is read from `url` where it has an address.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): the tenant has as many as it can have.
    pub async fn connect(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        calendar: &OutsideCalendar,
        url: Option<&SecretString>,
        trace: &Trace,
    ) -> Result<Versioned<OutsideCalendar>, Failure> {
        let there = self.store.documents().all::<OutsideCalendar>(tenant).await?;
        calendar.has_room(&there)?;
        let (place, due) = (address(tenant, calendar.id), calendar.health.next_at);
        let mut item = to_item(OutsideCalendar::NAME, &document(tenant, calendar.id), calendar)?;
        item.insert("pending_pk".into(), text(Backlog::Calendars.partition_of(calendar.id)));
        item.insert("pending_sk".into(), text(waits_until(tenant, calendar.id, due)));
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item, 0)?;
        if let Some(url) = url {
            let sealed = self.store.seal(kms_key_id, tenant, Purpose::Calendars, &place, url).await?;
            writes.put(to_item("credential", &place, &sealed)?)?;
        }
        let (what, id) = (Some(json(calendar)?), calendar.id);
        writes.audit(&entry(tenant, AuditAction::Created, &subject(id), 1, None, what, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: calendar.clone(), version: 1 }),
            Ran::Raced => Err(busy(OutsideCalendar::NAME)),
            // The same request once more.
            Ran::Refused(_) => self.store.documents().get(tenant, &id.to_string()).await,
        }
    }

    /// Removes a calendar with its address; what it said takes no time any more. Who asks again after a first time that broke off
    /// in between has the days cleared too.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found); [`Failure::Retryable`] when another change came in between.
    pub async fn remove(self, tenant: &TenantId, id: OutsideCalendarId, trace: &Trace) -> Result<(), Failure> {
        let found: Result<Versioned<OutsideCalendar>, Failure> =
            self.store.documents().get(tenant, &id.to_string()).await;
        if let Err(Failure::Rejected { kind: Rejection::NotFound, .. }) = &found {
            self.forget(tenant, id, trace.at).await?;
        }
        let there = found?;
        let mut writes = Writes::new(&self.store.table);
        writes.delete_version(&document(tenant, id), there.version)?;
        for place in [address(tenant, id), verifier(tenant, id), code(tenant, id), hook(tenant, id)] {
            writes.delete(&place)?;
        }
        let was = Some(json(&there.value)?);
        writes.audit(&entry(tenant, AuditAction::Removed, &subject(id), there.version + 1, was, None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => self.forget(tenant, id, trace.at).await,
            Ran::Raced | Ran::Refused(_) => Err(busy(OutsideCalendar::NAME)),
        }
    }

    /// What a calendar that is gone said takes no time any more.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn forget(self, tenant: &TenantId, id: OutsideCalendarId, now: Timestamp) -> Result<(), Failure> {
        let nothing = CalendarReading { calendar: id, resources: &[], busy: &[], now };
        self.apply(tenant, &nothing, async |_| Ok(())).await
    }

    /// The address that a calendar is read from, or the refresh token of its account; `None`: it is gone.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when it cannot be decrypted.
    pub async fn address(self, tenant: &TenantId, id: OutsideCalendarId) -> Result<Option<SecretString>, Failure> {
        self.store.sealed(tenant, Purpose::Calendars, &id.to_string()).await
    }

    /// A page of a shard of the calendars that are due at `now`.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn due(
        self,
        shard: u8,
        now: Timestamp,
        from: Option<DueCursor>,
        limit: i32,
    ) -> Result<DuePage<DueCalendar>, Failure> {
        let unreadable = || Failure::Permanent("a calendar that is due names nobody".into());
        let read = |item: &Item| due_sync(item).ok_or_else(unreadable);
        // After the keys of this very millisecond: a slug holds no `~`.
        self.store.due((Backlog::Calendars, shard), keys::by_time(now, "~"), from, limit, read).await
    }

    /// Takes a calendar that is due by then, so that it is due again later, and no one else reads it at the same time; `None`: another
    /// was quicker, or it is gone. A message of a clock that is behind may have made it due earlier than the record says.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn take(self, due: &DueCalendar, now: Timestamp) -> Result<Option<TakenCalendar>, Failure> {
        let (tenant, id) = (&due.tenant, due.calendar);
        let taken = self
            .store
            .dynamo
            .update_item()
            .table_name(&self.store.table)
            .set_key(Some(key_item(&document(tenant, id))))
            .update_expression("SET pending_sk = :next, busy_until = :until")
            .condition_expression("pending_sk <= :due AND (attribute_not_exists(busy_until) OR busy_until < :now)")
            .expression_attribute_values(":next", text(waits_until(tenant, id, OutsideCalendar::next_after(now))))
            .expression_attribute_values(":due", text(waits_until(tenant, id, due.due)))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .expression_attribute_values(":until", number(now.as_millisecond() + READS_FOR_MS))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        match taken {
            Ok(answer) => TakenCalendar::of(answer.attributes.unwrap_or_default()).map(Some),
            Err(error) if is_refused(&error) => Ok(None),
            Err(error) => Err(failure("take a calendar", &error)),
        }
    }

    /// Notes how a reading goes, before its end. `false`: the calendar was removed meanwhile.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        health: &CalendarHealth,
    ) -> Result<bool, Failure> {
        self.set(tenant, id, "SET health = :value", value(health)?).await
    }

    /// Notes how a reading went, which is over: another may begin. `false`: the calendar was removed meanwhile.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn finish(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        health: &CalendarHealth,
    ) -> Result<bool, Failure> {
        self.set(tenant, id, "SET health = :value REMOVE busy_until", value(health)?).await
    }

    /// Changes a calendar that is there by an expression with one value. `false`: it is not there.
    pub(super) async fn set(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        expression: &str,
        value: AttributeValue,
    ) -> Result<bool, Failure> {
        let update = self
            .store
            .dynamo
            .update_item()
            .table_name(&self.store.table)
            .set_key(Some(key_item(&document(tenant, id))))
            .update_expression(expression)
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":value", value);
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failure("note a calendar's reading", &error)),
        }
    }

    /// Has a calendar read at `at`, where it is not due before; the record for its queue. `None`: it is due already, or gone.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn hasten(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        at: Timestamp,
    ) -> Result<Option<DueCalendar>, Failure> {
        let update = self
            .store
            .dynamo
            .update_item()
            .table_name(&self.store.table)
            .set_key(Some(key_item(&document(tenant, id))))
            .update_expression("SET pending_sk = :at")
            .condition_expression("pending_sk > :at")
            .expression_attribute_values(":at", text(waits_until(tenant, id, at)));
        match update.send().await {
            Ok(_) => Ok(Some(DueCalendar { tenant: tenant.clone(), calendar: id, due: at })),
            Err(error) if is_refused(&error) => Ok(None),
            Err(error) => Err(failure("hasten a calendar", &error)),
        }
    }

    /// Lays a reading over the days. `tell` hears of the visits that it clashes with before their days are written, so that
    /// nobody misses one because this ended in between; it may hear of one twice.
    ///
    /// # Errors
    /// [`Failure::Retryable`] where bookings came in between too often; what was written is right.
    pub async fn apply(
        self,
        tenant: &TenantId,
        outside: &CalendarReading<'_>,
        tell: impl AsyncFn(&BTreeSet<AppointmentId>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for attempt in 0..ATTEMPTS {
            super::appointments::pause(attempt).await;
            let seen = self.store.appointments().all_days(tenant, CalendarReading::dates(outside.now)).await?;
            let plan = outside.plan(&seen.days);
            tell(&plan.clashes).await?;
            let mut is_done = true;
            for days in plan.days.chunks(TOGETHER) {
                is_done &= self.put_days(tenant, days, &seen.versions).await?;
            }
            if is_done {
                return Ok(());
            }
        }
        Err(busy("calendar"))
    }

    async fn put_days(
        self,
        tenant: &TenantId,
        days: &[CalendarDay],
        versions: &super::days::Versions,
    ) -> Result<bool, Failure> {
        let mut writes = Writes::new(&self.store.table);
        for day in days {
            writes.put_version(day_item(tenant, day)?, versions.get(&day.key).copied().unwrap_or_default())?;
        }
        Ok(self.store.run(writes).await? == Ran::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_calendar_waits_says_whose_it_is_and_since_when() {
        let tenant = TenantId::new("acme").unwrap();
        let calendar = OutsideCalendarId::derive(&tenant, &["c"]);
        let due: Timestamp = "2026-12-01T08:00:00.123Z".parse().unwrap();
        let item = Item::from([("pending_sk".to_owned(), text(waits_until(&tenant, calendar, due)))]);
        assert_eq!(due_sync(&item), Some(DueCalendar { tenant, calendar, due }));
        assert_eq!(due_sync(&Item::new()), None);
    }
}
