//! Forecasts and alerts, fetched once a morning for all businesses in a cell.

use connectors::weather::Trouble;
use domain::Failure;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};
use store::{Fetched, FoundCell, KeptAlerts, Lease, Taken};
use weather::{Alert, Cell, Forecast};

use crate::sites::Site;
use crate::{FETCHING, WeatherChecks};

/// The most time one fetch takes, its repeats included.
const FETCH: Duration = Duration::from_secs(30);
/// Longer than a fetch takes: who has the lease and dies holds up the others for so long.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// So long no one tries after a provider did not answer, or as long as it asks us to wait, up to an hour.
const BACK_OFF: SignedDuration = SignedDuration::from_mins(5);
const LONGEST_BACK_OFF: SignedDuration = SignedDuration::from_hours(1);
/// So old may the last good forecast be.
pub(crate) const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What there is of something that is fetched.
pub(crate) enum Have<T> {
    /// It is of this morning.
    Now(T),
    /// It may be there later. The last good one, not older than [`GOOD_FOR`].
    Later(Option<T>),
}

impl WeatherChecks {
    /// The forecast of a site's cell. Where the cell has moved, the site gets its new one.
    ///
    /// # Errors
    /// As the table answers: a provider's trouble is no failure.
    pub(crate) async fn forecast(
        &self,
        site: &mut Site,
        begun: Instant,
        now: Timestamp,
    ) -> Result<Have<Forecast>, Failure> {
        if begun.elapsed() > FETCHING {
            return self.without_fetching(&site.cell, now).await;
        }
        // A cell moves once; that it moves again is an outage.
        let mut before = None;
        for _ in 0..2 {
            let (lease, last) = match self.store.weather().take::<Forecast>(&site.cell, LEASE, now).await? {
                Taken::Fresh(forecast) => return Ok(Have::Now(forecast)),
                Taken::Held(last) => return Ok(Have::Later(young(last, now).or(before))),
                Taken::Mine(lease, last) => (lease, young(last, now).or(before)),
            };
            let trouble = match limited(self.fetch(site, now)).await {
                Ok(forecast) => {
                    self.store.weather().keep(&site.cell, &forecast, now).await?;
                    self.store.weather().note_day(&forecast).await?;
                    return Ok(Have::Now(forecast));
                }
                Err(trouble) => trouble,
            };
            before = last;
            if trouble == Trouble::NotFound && self.has_moved(site, lease, now).await? {
                continue;
            }
            self.back_off::<Forecast>(&site.cell, lease, &trouble, now).await?;
            break;
        }
        Ok(Have::Later(before))
    }

    /// The alerts of a site's cell; none where there is no service that gives any.
    ///
    /// # Errors
    /// As the table answers.
    pub(crate) async fn alerts(
        &self,
        site: &Site,
        begun: Instant,
        now: Timestamp,
    ) -> Result<Have<Vec<Alert>>, Failure> {
        if matches!(site.cell, Cell::OpenMeteo(_)) {
            return Ok(Have::Now(Vec::new()));
        }
        let alerts = |last: Option<KeptAlerts>| Have::Later(young(last, now).map(|last| last.alerts));
        if begun.elapsed() > FETCHING {
            let have = self.without_fetching::<KeptAlerts>(&site.cell, now).await?;
            return Ok(match have {
                Have::Now(kept) => Have::Now(kept.alerts),
                Have::Later(last) => alerts(last),
            });
        }
        let (lease, last) = match self.store.weather().take::<KeptAlerts>(&site.cell, LEASE, now).await? {
            Taken::Fresh(kept) => return Ok(Have::Now(kept.alerts)),
            Taken::Held(last) => return Ok(alerts(last)),
            Taken::Mine(lease, last) => (lease, last),
        };
        match limited(self.nws.alerts(site.point, now)).await {
            Ok(found) => {
                let kept = KeptAlerts { fetched_at: now, alerts: found };
                self.store.weather().keep(&site.cell, &kept, now).await?;
                Ok(Have::Now(kept.alerts))
            }
            Err(trouble) => {
                self.back_off::<KeptAlerts>(&site.cell, lease, &trouble, now).await?;
                Ok(alerts(last))
            }
        }
    }

    /// What is there already. The lease is of no length: whoever comes next may fetch.
    async fn without_fetching<T: Fetched>(&self, cell: &Cell, now: Timestamp) -> Result<Have<T>, Failure> {
        Ok(match self.store.weather().take(cell, SignedDuration::ZERO, now).await? {
            Taken::Fresh(fetched) => Have::Now(fetched),
            Taken::Mine(_, last) | Taken::Held(last) => Have::Later(young(last, now)),
        })
    }

    async fn fetch(&self, site: &Site, now: Timestamp) -> Result<Forecast, Trouble> {
        let (zone, days) = match &site.cell {
            Cell::Nws { office, x, y } => {
                let name = site.zone.as_deref().unwrap_or_default();
                let zone = TimeZone::get(name).map_err(|_| Trouble::Unreadable("a cell without a zone".to_owned()))?;
                (name.to_owned(), self.nws.days((office, *x, *y), &zone).await?)
            }
            Cell::OpenMeteo(middle) => {
                let forecast = self.open_meteo.days(*middle).await?;
                (forecast.zone, forecast.days)
            }
        };
        if days.iter().all(weather::Day::is_unknown) {
            return Err(Trouble::Unreadable("a forecast without values".to_owned()));
        }
        Ok(Forecast { cell: site.cell.clone(), at: site.point, fetched_at: now, zone, days })
    }

    /// Whether the point of a site leads to another cell by now, which the site then has.
    async fn has_moved(&self, site: &mut Site, lease: Lease, now: Timestamp) -> Result<bool, Failure> {
        let Ok(place) = limited(self.nws.place(site.point)).await else { return Ok(false) };
        if place.cell == site.cell {
            return Ok(false);
        }
        tracing::info!(from = %site.cell, to = %place.cell, "a cell has moved");
        // Whoever comes next finds its own new cell. Where there is none, the lease stays until the caller backs off.
        self.store.weather().give_up::<Forecast>(&site.cell, lease, now).await?;
        let found = FoundCell { cell: place.cell, zone: Some(place.zone), found_at: now };
        self.store.weather().keep_cell(site.point, &found).await?;
        (site.cell, site.zone) = (found.cell, found.zone);
        Ok(true)
    }

    async fn back_off<T: Fetched>(
        &self,
        cell: &Cell,
        lease: Lease,
        trouble: &Trouble,
        now: Timestamp,
    ) -> Result<(), Failure> {
        tracing::warn!(%cell, what = T::ENTITY, why = %trouble, "not fetched");
        let asked = match trouble {
            Trouble::Busy(_, Some(seconds)) => i64::try_from(*seconds).ok().map(SignedDuration::from_secs),
            _ => None,
        };
        let wait = asked.unwrap_or(BACK_OFF).clamp(BACK_OFF, LONGEST_BACK_OFF);
        let until = now.checked_add(wait).map_err(|error| Failure::Permanent(error.to_string()))?;
        self.store.weather().give_up::<T>(cell, lease, until).await
    }
}

fn young<T: Fetched>(last: Option<T>, now: Timestamp) -> Option<T> {
    last.filter(|last| now.duration_since(last.fetched_at()) <= GOOD_FOR)
}

pub(crate) async fn limited<T>(fetch: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let late = |_| Trouble::Busy(format!("no whole answer in {} s", FETCH.as_secs()), None);
    tokio::time::timeout(FETCH, fetch).await.map_err(late)?
}
