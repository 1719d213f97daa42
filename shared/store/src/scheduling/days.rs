//! Reading days: all of a range in one query, or some by their keys.

use domain::ids::AppointmentId;
use domain::scheduling::{Booking, Calendar, CalendarDay, DayKey, Resource, Terms};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use weather::Sought;

use crate::table::documents::read;
use crate::table::error::failure;
use crate::table::item::{Item, text};
use crate::table::keys;
use crate::{Appointments, Versioned};

/// The kind of the items.
pub(super) const DAY: &str = "calendar day";

/// What a free time is looked for in.
#[derive(Debug, Clone, Default)]
pub struct LoadedCalendar {
    /// The tenant's resources.
    pub resources: Vec<Resource>,
    /// Their days.
    pub days: Vec<CalendarDay>,
    pub(crate) versions: Versions,
}

/// What a talk about a visit is decided on: the calendar, and the appointment that it is about.
#[derive(Debug, Clone, Default)]
pub struct LoadedVisit {
    /// The calendar.
    pub calendar: LoadedCalendar,
    /// The appointment, where there is one.
    pub booking: Option<Versioned<Booking>>,
    /// What of their address is looked up once the appointment is booked.
    pub sought: Option<Sought>,
    /// At which version their entry on the waiting list was read; 0: there is none.
    pub entry_version: u64,
}

/// At which version each day was read; one that was not there has none.
pub(crate) type Versions = BTreeMap<DayKey, u64>;

impl LoadedCalendar {
    /// The calendar of a service at `now`; `moving` is an appointment whose own time is free for it.
    #[must_use]
    pub fn of<'a>(&'a self, terms: &'a Terms<'a>, moving: Option<AppointmentId>, now: Timestamp) -> Calendar<'a> {
        Calendar { terms, resources: &self.resources, days: &self.days, moving, now }
    }

    /// The days by their keys.
    pub(super) fn by_key(&self) -> BTreeMap<DayKey, CalendarDay> {
        self.days.iter().map(|day| (day.key.clone(), day.clone())).collect()
    }

    fn with_days(resources: Vec<Resource>, items: Vec<Item>) -> Result<Self, Failure> {
        // A day that cannot be read may hold anything: nothing is booked around it.
        let days = items.into_iter().map(|item| read::<CalendarDay>(DAY, item));
        let days = days.collect::<Result<Vec<Versioned<CalendarDay>>, Failure>>()?;
        let versions = days.iter().map(|day| (day.value.key.clone(), day.version)).collect();
        Ok(Self { resources, days: days.into_iter().map(|day| day.value).collect(), versions })
    }
}

impl Appointments<'_> {
    /// A tenant's resources and their days between two dates: two calls, at the same time.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn calendar(self, tenant: &TenantId, dates: (Date, Date)) -> Result<LoadedCalendar, Failure> {
        let (resources, days) = tokio::try_join!(self.store.documents().all(tenant), self.days_between(tenant, dates))?;
        LoadedCalendar::with_days(resources, days)
    }

    /// The days between two dates, without the resources.
    pub(super) async fn all_days(self, tenant: &TenantId, dates: (Date, Date)) -> Result<LoadedCalendar, Failure> {
        LoadedCalendar::with_days(Vec::new(), self.days_between(tenant, dates).await?)
    }

    /// The same with one appointment, at the same time.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn visit(
        self,
        tenant: &TenantId,
        dates: (Date, Date),
        appointment: Option<AppointmentId>,
    ) -> Result<LoadedVisit, Failure> {
        let booking = async {
            match appointment {
                Some(id) => self.find(tenant, id).await,
                None => Ok(None),
            }
        };
        let (calendar, booking) = tokio::try_join!(self.calendar(tenant, dates), booking)?;
        Ok(LoadedVisit { calendar, booking, sought: None, entry_version: 0 })
    }

    /// These days alone.
    pub(super) async fn days(self, tenant: &TenantId, keys: &[DayKey]) -> Result<LoadedCalendar, Failure> {
        let places = keys.iter().map(|key| keys::of(tenant).calendar_day(key)).collect();
        LoadedCalendar::with_days(Vec::new(), self.store.batch_get(places).await?)
    }

    async fn days_between(self, tenant: &TenantId, dates: (Date, Date)) -> Result<Vec<Item>, Failure> {
        let (partition, first, last) = keys::of(tenant).calendar(dates);
        let query = self
            .store
            .dynamo
            .query()
            .table_name(&self.store.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", text(partition))
            .expression_attribute_values(":first", text(first))
            .expression_attribute_values(":last", text(last));
        query.into_paginator().items().send().try_collect().await.map_err(|error| failure("calendar", &error))
    }
}
