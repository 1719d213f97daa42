//! Holds the forecasts against what a business waits for: one record of the queue `WeatherChecks`, one business, once a day. The bus fills
//! that queue too, with visits that were booked: where their customers are is looked up here, since this is who asks the geocoder.
//!
//! Its places lead to cells, the cells to forecasts that all businesses in them share, and these, with each of its rules, to weather that
//! begins a campaign, once. What became of it is noted in the day's run. Where a forecast cannot be had, or someone else is just fetching it,
//! the record is put back with a pause, up to [`PAUSES`] times; after that the last good forecast counts for 24 hours, and without one the
//! run notes that it failed. Done twice, or by two at once, it is done once.

mod events;
mod fetching;
mod sites;
mod visits;

use connectors::weather::nws::Nws;
use connectors::weather::open_meteo::OpenMeteo;
use domain::campaigns::WeatherRule;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::WeatherCheck;
use domain::tenancy::{Tenant, TenantStatus};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::{Queue, Work};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::Store;
use weather::{Alert, Cell, Forecast};

use fetching::Have;
use sites::{Site, Sites};

/// The most time one record takes: what is begun within [`FETCHING`], and a fetch of each kind after that.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(110);
/// For so long fetches are begun within one record; the rest is fetched when it comes back.
const FETCHING: Duration = Duration::from_secs(20);
/// How long a record is put off each time, in seconds: about an hour in all. First another one may be fetching, then a provider is out.
pub const PAUSES: [u64; 8] = [10, 20, 60, 300, 600, 900, 900, 900];

/// What a check needs.
#[derive(Debug)]
pub struct WeatherChecks {
    /// The table.
    pub store: Store,
    /// Where records go that are put off.
    pub queue: Queue<WeatherCheck>,
    /// The National Weather Service.
    pub nws: Nws,
    /// Open-Meteo.
    pub open_meteo: OpenMeteo,
}

/// How a check ended.
enum Checked {
    Outcome(Outcome),
    /// A forecast is missing that may be there later.
    Later,
}

/// What is known of the weather at a business's cells.
#[derive(Default)]
struct Outlook {
    forecasts: BTreeMap<Cell, Forecast>,
    alerts: BTreeMap<Cell, Vec<Alert>>,
    /// Whether something is missing that may be there later.
    is_waiting: bool,
}

impl WeatherChecks {
    /// Does what a record asks for.
    ///
    /// # Errors
    /// As [`WeatherChecks::perform`].
    pub async fn work(&self, record: &Work<WeatherCheck>, now: Timestamp) -> Result<(), Failure> {
        match record {
            Work::Event(event) => self.locate(event, now).await,
            Work::Due(check) => self.perform(check, now).await,
        }
    }

    /// Does one check.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn perform(&self, check: &WeatherCheck, now: Timestamp) -> Result<(), Failure> {
        let WeatherCheck { tenant, period, tries } = check;
        let run = Run { kind: RunKind::Weather, period: period.clone() };
        if self.store.runs().outcome(&run, tenant).await?.is_some_and(|outcome| outcome.is_final()) {
            return Ok(());
        }
        let pause = usize::try_from(*tries).ok().and_then(|tries| PAUSES.get(tries));
        match self.check(tenant, pause.is_none(), now).await {
            Err(Failure::Retryable(why)) => Err(Failure::Retryable(why)),
            // No try will do it: the run says so, and the record goes to the dead letters.
            Err(failure) => {
                self.store.runs().note(&run, tenant, Outcome::failed("unreadable"), now).await?;
                Err(failure)
            }
            Ok(Checked::Outcome(outcome)) => self.store.runs().note(&run, tenant, outcome, now).await,
            Ok(Checked::Later) => {
                let after = Duration::from_secs(pause.copied().unwrap_or_default());
                let later = WeatherCheck { tries: tries.saturating_add(1), ..check.clone() };
                self.queue.send_later(&later, after, "").await
            }
        }
    }

    async fn check(&self, id: &TenantId, is_last: bool, now: Timestamp) -> Result<Checked, Failure> {
        let skipped = |reason| Ok(Checked::Outcome(Outcome::skipped(reason)));
        let tenant = self.store.tenants().find(id).await?.map(|tenant| tenant.value);
        let Some(tenant) = tenant.filter(|tenant| tenant.status == TenantStatus::Active) else {
            return skipped("not_served");
        };
        let rules = self.rules(&tenant).await?;
        if rules.is_empty() {
            return skipped("no_triggers");
        }
        let begun = Instant::now();
        let sites = match self.sites(&tenant, begun, now).await? {
            Sites::Known(sites) => sites,
            Sites::Nowhere(reason) => return skipped(reason),
            Sites::Later(sites) if is_last && !sites.is_empty() => sites,
            Sites::Later(_) if is_last => return Ok(Checked::Outcome(Outcome::failed("no_place"))),
            Sites::Later(_) => return Ok(Checked::Later),
        };
        let (sites, outlook) = self.outlook(sites, &rules, is_last, begun, now).await?;
        if outlook.is_waiting && !is_last {
            return Ok(Checked::Later);
        }
        if outlook.forecasts.is_empty() {
            return Ok(Checked::Outcome(Outcome::failed("no_forecast")));
        }
        let begun = self.watch(&tenant, &rules, (&sites, &outlook), now).await?;
        tracing::info!(tenant = %tenant.id, sites = sites.len(), cells = outlook.forecasts.len(), begun, "looked at the weather");
        Ok(Checked::Outcome(Outcome::Done))
    }

    /// What a business waits for.
    async fn rules(&self, tenant: &Tenant) -> Result<Vec<WeatherRule>, Failure> {
        let rules: Vec<WeatherRule> = self.store.documents().all(&tenant.id).await?;
        Ok(rules.into_iter().filter(|rule| rule.active).collect())
    }

    /// The forecasts of all sites, and their alerts where a storm is waited for. A site whose cell has moved comes back with its new one.
    async fn outlook(
        &self,
        mut sites: Vec<Site>,
        rules: &[WeatherRule],
        is_last: bool,
        begun: Instant,
        now: Timestamp,
    ) -> Result<(Vec<Site>, Outlook), Failure> {
        let waits_for_storms = rules.iter().any(|rule| rule.condition == domain::campaigns::Condition::Storm);
        let mut outlook = Outlook::default();
        for site in &mut sites {
            if !outlook.forecasts.contains_key(&site.cell) {
                match self.forecast(site, begun, now).await? {
                    Have::Now(forecast) => drop(outlook.forecasts.insert(site.cell.clone(), forecast)),
                    Have::Later(last) => {
                        outlook.is_waiting = true;
                        outlook.forecasts.extend(last.filter(|_| is_last).map(|last| (site.cell.clone(), last)));
                    }
                }
            }
            if waits_for_storms && !outlook.alerts.contains_key(&site.cell) {
                match self.alerts(site, begun, now).await? {
                    Have::Now(alerts) => drop(outlook.alerts.insert(site.cell.clone(), alerts)),
                    Have::Later(last) => {
                        outlook.is_waiting = true;
                        outlook.alerts.extend(last.filter(|_| is_last).map(|last| (site.cell.clone(), last)));
                    }
                }
            }
        }
        Ok((sites, outlook))
    }
}
