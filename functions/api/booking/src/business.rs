//! What every page needs: the business, how it looks, and the words of its reader.

use aws_config::SdkConfig;
use axum::http::request::Parts;
use domain::identity::Actor;
use domain::ids::{LocationId, ServiceId};
use domain::journeys::Local;
use domain::messaging::{Email, Phone};
use domain::scheduling::Terms;
use domain::tenancy::{
    Branding, BusinessContext, Language, Location, Service, Tenant, TenantKind, TenantStatus, known_location,
};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use runtime::http::TrustedHops;
use std::sync::Arc;
use store::{Key, Store, Trace};

use crate::words::{self, Words};

/// What the function needs.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The table. It makes the key that signs the links to appointments, where there is none.
    pub store: Store,
    /// How many proxies are in front of the gateway.
    pub trusted_hops: TrustedHops,
}

/// A business, for one reader.
#[derive(Debug)]
pub(crate) struct Business {
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) branding: Branding,
    pub(crate) own: Arc<BusinessContext>,
    pub(crate) words: &'static Words,
}

/// Who asks, for the limits and the record. What they are called stays out of it.
pub(crate) fn asker(parts: &Parts) -> (Option<String>, Trace) {
    let trace = api::trace_of(parts, Actor::System, runtime::clock::now());
    (trace.address.clone(), Trace { address: None, ..trace })
}

impl AppState {
    /// As the environment says.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing or wrong.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let store = Store::from_env(config)?.sealing_with(runtime::env::required("CREDENTIALS_KEY_ID")?);
        Ok(Self { store, trusted_hops: TrustedHops::from_env()? })
    }

    /// The business of a slug, once the caller is within the limits of who looks. One that is not served has no pages.
    pub(crate) async fn business(
        &self,
        tenant: &TenantId,
        parts: &Parts,
        lang: Option<&str>,
    ) -> Result<Business, Failure> {
        let (address, trace) = asker(parts);
        self.store.limits().let_poll(Key::Booking(tenant), address.as_deref(), trace.at).await?;
        let found = self.store.tenants().known(tenant).await?;
        let is_open = |tenant: &Arc<Tenant>| {
            tenant.status == TenantStatus::Active && tenant.kind == TenantKind::Business && !tenant.id.is_platform()
        };
        let tenant = found.filter(is_open).ok_or_else(|| Failure::not_found("tenant"))?;
        let parent = match &tenant.parent {
            Some(parent) => self.store.tenants().known(parent).await?,
            None => None,
        };
        let branding = tenant.branding.clone();
        let branding = parent.map_or_else(|| branding.clone(), |parent| branding.clone().or(&parent.branding));
        let own = self.store.tenants().own(&tenant).await?;
        let words = words::wanted(lang, &parts.headers, tenant.language.as_str());
        Ok(Business { tenant, branding, own, words })
    }
}

impl Business {
    /// The name that customers know.
    pub(crate) fn name(&self) -> &str {
        self.tenant.known_as()
    }

    /// How days, times and sums are written for its reader.
    pub(crate) fn local(&self) -> Local {
        let language = Language::new(self.words.language).unwrap_or_else(|_| Language::english());
        Local::of(&language, &self.tenant)
    }

    /// What can be booked.
    pub(crate) fn services(&self) -> Vec<&Service> {
        self.tenant.services.iter().filter(|service| service.booking.is_some() && self.is_to_be_had(service)).collect()
    }

    fn is_to_be_had(&self, service: &Service) -> bool {
        self.own.locations.is_empty() || !self.places(&service.id).is_empty()
    }

    /// The locations that a service is to be had at.
    pub(crate) fn places(&self, service: &ServiceId) -> Vec<&Location> {
        self.own.locations.iter().filter(|place| Terms::of(&self.tenant, Some(place), service).is_ok()).collect()
    }

    /// One of its locations.
    pub(crate) fn place(&self, id: Option<&LocationId>) -> Option<&Location> {
        known_location(&self.own.locations, id)
    }

    /// How a service is booked there.
    pub(crate) fn terms(&self, place: Option<&Location>, service: &ServiceId) -> Result<Terms<'_>, Failure> {
        let place = place.and_then(|place| self.place(Some(&place.id)));
        Terms::of(&self.tenant, place, service)
    }

    /// The zone that the clocks of a place show.
    pub(crate) fn zone(&self, place: Option<&Location>) -> TimeZone {
        self.tenant.zone_at(place)
    }

    /// A day and a time as its reader writes them.
    pub(crate) fn written(&self, at: Timestamp, place: Option<&Location>) -> (String, String) {
        let (local, there) = (self.local(), at.to_zoned(self.zone(place)));
        (local.day(there.date()), local.clock(there.time()))
    }

    /// Where its customers come to: the location, else the business.
    pub(crate) fn where_it_is(&self, place: Option<&Location>) -> Option<String> {
        let address = self.tenant.place_of(place)?;
        Some(place.map_or(address.clone(), |place| format!("{}, {address}", place.name)))
    }

    /// By which telephone number and mail address people reach it.
    pub(crate) fn reached_by<'h>(&'h self, place: Option<&'h Location>) -> (Option<&'h str>, Option<&'h str>) {
        let phone = place.and_then(|place| place.phone.as_ref()).or(self.tenant.business.phone.as_ref());
        let mail = self.tenant.channels.email.as_ref().map(|email| &email.from);
        let mail = place.and_then(|place| place.email.as_ref()).or(mail);
        (phone.map(Phone::as_str), mail.map(Email::as_str))
    }
}
