//! The risk that visits are missed: read for a list, learned from how earlier ones ended, and acted upon once.

use domain::events::EventKind;
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::journeys::Journey;
use domain::journeys::no_show::{ASKED_UNTIL, Features, Model, Risk, Surroundings, finished, rescue};
use domain::leads::Lead;
use domain::scheduling::{Booking, BookingState};
use domain::tenancy::{Location, Tenant, known_location};
use domain::{ContactId, Failure};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

use super::writes::{BOOKING, booking_item, outbox_row};
use crate::table::documents::read;
use crate::table::item::{Item, get_text, readable, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::{AppointmentFilter, Appointments, Trace, Versioned};

/// The kind of the item.
const MODEL: &str = "no show model";
/// The most keys of one BatchGetItem.
const MAX_KEYS: usize = 100;
/// A visit in the morning is asked for the evening before: nobody is asked earlier than this.
const ASKED_WITHIN: SignedDuration = SignedDuration::from_hours(20);
/// How long ago a visit may be that something is learned from...
const LEARNED_FROM: SignedDuration = SignedDuration::from_hours(24 * 365);
/// ... and from how many pages of them, the latest first.
const LEARNED_PAGES: usize = 50;
const PAGE: usize = 100;

/// So long before a visit a forecast counts.
pub(super) const FORESEEN: SignedDuration = SignedDuration::from_hours(48);

/// What risks of visits are judged by.
struct Known {
    model: Model,
    journeys: BTreeMap<ContactId, Journey>,
    leads: BTreeMap<ContactId, Lead>,
    locations: Vec<Location>,
    around: Surroundings,
}

/// What a page of visits shows beside them.
#[derive(Debug, Default)]
pub struct Visitors {
    /// The risks of those visits that are agreed on and have not begun.
    pub risks: BTreeMap<AppointmentId, Risk>,
    /// The latest leads of those who come and of whoever else was asked for, which have their names.
    pub leads: BTreeMap<ContactId, Lead>,
}

impl Known {
    /// The clocks by which a visit is told.
    fn zone(&self, tenant: &Tenant, booking: &Booking) -> TimeZone {
        tenant.zone_at(known_location(&self.locations, booking.location.as_ref()))
    }
}

impl Appointments<'_> {
    /// The risks of those of `bookings` that are agreed on and have not begun: one call for up to 49 contacts, and what the
    /// [weather](crate::Weather::coming_at) takes.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn risks(
        self,
        tenant: &Tenant,
        bookings: &[Booking],
        now: Timestamp,
    ) -> Result<BTreeMap<AppointmentId, Risk>, Failure> {
        let is_open = |it: &&Booking| is_open(it, now);
        Ok(self.judged(tenant, bookings.iter().filter(is_open).collect(), BTreeSet::new(), now).await?.risks)
    }

    /// The same risks, with who comes to all of `bookings`, and who `others` are.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn visitors(
        self,
        tenant: &Tenant,
        bookings: &[Booking],
        others: impl Iterator<Item = ContactId>,
        now: Timestamp,
    ) -> Result<Visitors, Failure> {
        let named = bookings.iter().map(|booking| booking.contact).chain(others).collect();
        self.judged(tenant, bookings.iter().filter(|it| is_open(it, now)).collect(), named, now).await
    }

    async fn judged(
        self,
        tenant: &Tenant,
        open: Vec<&Booking>,
        named: BTreeSet<ContactId>,
        now: Timestamp,
    ) -> Result<Visitors, Failure> {
        let known = self.known(tenant, &open, named, now).await?;
        let risk = |booking: &Booking| {
            let journey = known.journeys.get(&booking.contact);
            known.model.risk(&Features::of(booking, journey, &known.around, &known.zone(tenant, booking)))
        };
        Ok(Visitors {
            risks: open.into_iter().map(|booking| (booking.id, risk(booking))).collect(),
            leads: known.leads,
        })
    }

    /// Has the customers of unconfirmed visits asked once more who are likely to miss them: each is marked and its event put
    /// out in one transaction, so that it happens once for each time agreed on. Returns how many. One visit that cannot be
    /// written stops none of the others.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be written: the next run finds them again.
    pub async fn rescue(self, tenant: &Tenant, now: Timestamp) -> Result<usize, Failure> {
        let filter = AppointmentFilter {
            from: now + ASKED_UNTIL,
            to: now + ASKED_WITHIN,
            resource: None,
            state: Some(BookingState::Booked),
        };
        let (mut asked, mut failed, mut cursor) = (0, 0, None);
        loop {
            let partition = keys::of(&tenant.id).booking_list();
            let page = self.store.list_items(&tenant.id, &partition, &filter, PAGE, cursor.as_deref()).await?;
            let bookings: Vec<Versioned<Booking>> = page.items.into_iter().filter_map(readable_booking).collect();
            let known = self
                .known(tenant, &bookings.iter().map(|it| &it.value).collect::<Vec<_>>(), BTreeSet::new(), now)
                .await?;
            for booking in &bookings {
                let (value, zone) = (&booking.value, known.zone(tenant, &booking.value));
                let journey = known.journeys.get(&value.contact);
                let Some(risk) = rescue(value, journey, (&known.model, &known.around), &zone, now) else { continue };
                match self.ask_again(tenant, booking, &risk, now).await {
                    Ok(done) => asked += usize::from(done),
                    Err(failure) => {
                        tracing::error!(tenant = %tenant.id, appointment = %value.id, reason = %failure, "not asked");
                        failed += 1;
                    }
                }
            }
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        if failed > 0 {
            return Err(Failure::Retryable(format!("{failed} visits at risk stay")));
        }
        Ok(asked)
    }

    /// Fits the tenant's own model to the last year's visits, where there are enough; returns whether there were.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn learn_no_shows(self, tenant: &Tenant, now: Timestamp) -> Result<bool, Failure> {
        let filter = AppointmentFilter { from: now - LEARNED_FROM, to: now, resource: None, state: None };
        let (mut bookings, mut cursor) = (Vec::new(), None);
        for _ in 0..LEARNED_PAGES {
            let page = self.list(&tenant.id, &filter, PAGE, cursor.as_deref()).await?;
            bookings.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        let (zone, around) = (tenant.time_zone(), self.past_of(tenant, &bookings, now).await?);
        let Some(model) = Model::fitted(&finished(bookings, &around, &zone), now) else { return Ok(false) };
        let mut writes = Writes::new(&self.store.table);
        writes.put(to_item(MODEL, &keys::of(&tenant.id).no_show_model(), &model)?)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(true),
            Ran::Refused(_) | Ran::Raced => Err(Failure::Retryable("the no-show model is being written".into())),
        }
    }

    /// The tenant's model, the journeys of these bookings' contacts, the leads of these and of `named`, and the weather to come.
    async fn known(
        self,
        tenant: &Tenant,
        open: &[&Booking],
        mut named: BTreeSet<ContactId>,
        now: Timestamp,
    ) -> Result<Known, Failure> {
        let (of, contacts) = (keys::of(&tenant.id), open.iter().map(|booking| booking.contact));
        let contacts: BTreeSet<ContactId> = contacts.collect();
        let model = (!open.is_empty()).then(|| of.no_show_model());
        let mut places: Vec<_> = model.into_iter().chain(contacts.iter().map(|contact| of.journey(*contact))).collect();
        named.extend(contacts);
        places.extend(named.into_iter().map(|contact| of.lead(contact)));
        let mut items: Vec<Item> = Vec::new();
        for places in places.chunks(MAX_KEYS) {
            items.extend(self.store.batch_get(places.to_vec()).await?);
        }
        let locations = self.locations_of(tenant, open.iter().copied()).await?;
        let journeys = readable::<Journey>("journey", of_kind(&items, "journey")).into_iter();
        let leads = readable::<Lead>("lead", of_kind(&items, "lead")).into_iter();
        let leads: BTreeMap<_, _> = leads.map(|lead| (lead.contact, lead)).collect();
        let channels = leads.iter().map(|(contact, lead)| (*contact, lead.source)).collect();
        let soon = open.iter().filter(|booking| booking.starts_at <= now + FORESEEN);
        let places: BTreeSet<_> = soon.map(|booking| booking.location.clone()).collect();
        let weather = self.coming_at(tenant, &locations, places, now).await?;
        Ok(Known {
            model: readable::<Model>(MODEL, of_kind(&items, MODEL)).pop().unwrap_or_default(),
            journeys: journeys.map(|journey| (journey.contact, journey)).collect(),
            leads,
            locations,
            around: Surroundings { channels, weather, ..Surroundings::of(tenant) },
        })
    }

    /// Marks a booking, and tells of it. `false`: somebody changed it meanwhile, and the next run looks again.
    async fn ask_again(
        self,
        tenant: &Tenant,
        before: &Versioned<Booking>,
        risk: &Risk,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let was = &before.value;
        let after = Booking { asked_again_for: Some(was.starts_at), ..was.clone() };
        let kind = EventKind::AppointmentAtRisk { contact: was.contact, appointment: was.id, percent: risk.percent };
        let correlation_id = was.id.to_string();
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(booking_item(&tenant.id, &after)?, before.version)?;
        writes.outbox(&outbox_row(&tenant.id, &after, before.version + 1, kind, &trace))?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }
}

/// Whether a visit is agreed on and has not begun.
fn is_open(booking: &Booking, now: Timestamp) -> bool {
    matches!(booking.state, BookingState::Booked | BookingState::Confirmed) && booking.starts_at > now
}

fn readable_booking(item: Item) -> Option<Versioned<Booking>> {
    read(BOOKING, item).inspect_err(|failure| tracing::error!(reason = %failure, "a booking is passed over")).ok()
}

fn of_kind<'i>(items: &'i [Item], kind: &'static str) -> impl Iterator<Item = &'i Item> {
    items.iter().filter(move |item: &&Item| get_text(item, "entity") == kind)
}
