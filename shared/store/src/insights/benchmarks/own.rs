//! A business's own figures, and what it puts in: both written in one transaction, with the contribution of the night before gone.

use benchmarks::{Cohort, Metric};
use domain::insights::benchmarks::{BenchmarkReport, Facts, OwnFigures, days_read, visits_since};
use domain::scheduling::Resource;
use domain::tenancy::{ResourceKind, Tenant};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{CONTRIBUTION, NIGHT_KEPT_FOR, OWN, kept};
use crate::Benchmarks;
use crate::table::item::{from_item, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// What one business puts in for a night: clipped values, and whose they are, so that each counts once.
#[derive(Serialize, Deserialize)]
pub(super) struct Contributed {
    pub(super) cohort: Cohort,
    pub(super) tenant: TenantId,
    pub(super) values: Vec<Value>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Value {
    pub(super) metric: Metric,
    pub(super) value: i64,
}

impl Benchmarks<'_> {
    /// A business's own figures of its last night; `None`: there was none.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn own(self, tenant: &TenantId) -> Result<Option<OwnFigures>, Failure> {
        let item = self.store.item(OWN, &keys::of(tenant).benchmark_own()).await?;
        item.map(|item| from_item(OWN, &item)).transpose()
    }

    /// Sums a business up for the night of `day`, and writes its figures and what it puts in. Of who does not take part nothing is read,
    /// and earlier figures go. Again it is the same.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn summarise(self, tenant: &Tenant, day: Date, now: Timestamp) -> Result<OwnFigures, Failure> {
        let before = self.own(&tenant.id).await?;
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let (mut days, mut visits, mut technicians) = (BTreeMap::new(), Vec::new(), 0);
        if tenant.benchmarks {
            for range in days_read(day)? {
                days.extend(self.store.insights().days(&tenant.id, None, range).await?);
            }
            let zone = tenant.time_zone();
            let at = |day: Date| day.to_zoned(zone.clone()).map_or_else(|_| midnight(day), |begin| begin.timestamp());
            visits = self.store.appointments().visits(tenant, at(visits_since(day)), at(day)).await?;
            let resources: Vec<Resource> = self.store.documents().all(&tenant.id).await?;
            let works = |resource: &&Resource| resource.active && resource.kind == ResourceKind::Person;
            technicians = u32::try_from(resources.iter().filter(works).count()).unwrap_or(u32::MAX);
        }
        let facts = Facts { tenant, locations: &locations, days: &days, visits: &visits, technicians, today: day };
        let own = OwnFigures::of(&facts, before.as_ref());
        self.save(&tenant.id, &own, before.as_ref(), now).await?;
        Ok(own)
    }

    /// Takes the figures of a business away that is not served any more. Where it was is kept: who comes back elsewhere has moved.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn forget(self, tenant: &TenantId, day: Date, now: Timestamp) -> Result<(), Failure> {
        let Some(before) = self.own(tenant).await? else { return Ok(()) };
        let left_out = Some(domain::insights::benchmarks::LeftOut::NotServed);
        let own = OwnFigures { day, left_out, figures: Vec::new(), ..before.clone() };
        self.save(tenant, &own, Some(&before), now).await
    }

    /// How a business compares with what is published. At most three calls.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn report(self, tenant: &Tenant) -> Result<BenchmarkReport, Failure> {
        if !tenant.benchmarks {
            return Ok(BenchmarkReport::of(false, None, &[]));
        }
        let own = self.own(&tenant.id).await?;
        let published = match own.as_ref().and_then(|own| own.cohort.as_ref()) {
            Some(cohort) => self.published(cohort).await?,
            None => Vec::new(),
        };
        Ok(BenchmarkReport::of(true, own.as_ref(), &published))
    }

    async fn save(
        self,
        tenant: &TenantId,
        own: &OwnFigures,
        before: Option<&OwnFigures>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let place = |own: &OwnFigures| {
            let cohort = own.cohort.as_ref()?;
            Some(keys::platform().benchmark_contribution(own.day, cohort, tenant))
        };
        let mut writes = Writes::new(&self.store.table);
        writes.put(to_item(OWN, &keys::of(tenant).benchmark_own(), own)?)?;
        let (here, there) = (place(own), before.and_then(place));
        match (&here, own.contribution()) {
            (Some(here), Some((cohort, contribution))) => {
                let values = contribution.values().map(|(metric, value)| Value { metric, value }).collect();
                let contributed = Contributed { cohort: cohort.clone(), tenant: tenant.clone(), values };
                writes.put(kept(CONTRIBUTION, here, &contributed, now, NIGHT_KEPT_FOR)?)?;
            }
            (Some(here), None) => writes.delete(here)?,
            (None, _) => {}
        }
        if let Some(there) = there.filter(|there| here.as_ref() != Some(there)) {
            writes.delete(&there)?;
        }
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(Failure::Retryable("the figures are being written".into())),
        }
    }
}

/// The begin of a day that a zone does not have.
fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |begin| begin.timestamp())
}
