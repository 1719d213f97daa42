//! `/book/{tenant}`: a service, a place, a day, a time, and who comes.

use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use domain::ids::{AppointmentId, LocationId};
use domain::journeys::{ConsentRecord, Journey};
use domain::messaging::{Channel, Purpose, Source, TextConsent};
use domain::scheduling::{Booking, Terms};
use domain::tenancy::{Location, Service};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use maud::{Markup, html};
use store::{Key, Trace, WantedTime};

use crate::business::{AppState, Business, asker};
use crate::look::{alert, page, with};
use crate::typed::{Booker, Problems, Typed};
use crate::{BookingQuery, details, look, shown, wait};

/// The most appointments that are ahead of one person who books by themselves.
const MOST_AHEAD: usize = 3;
/// So many free times are named in the place of one that is taken.
const NEAREST: usize = 3;
/// How often a consent is written again that met another change of its contact.
const ATTEMPTS: usize = 4;

/// What was chosen so far.
#[derive(Debug)]
enum Choice<'h> {
    /// Nothing can be booked.
    Nothing,
    /// One of these services is to be chosen.
    Service(Vec<&'h Service>),
    /// One of these places is to be chosen for the service.
    Place(&'h Service, Vec<&'h Location>),
    /// All that free times need.
    Made(Box<Chosen<'h>>),
}

/// A service at a place.
#[derive(Debug)]
pub(crate) struct Chosen<'h> {
    pub(crate) terms: Terms<'h>,
    pub(crate) place: Option<&'h Location>,
    /// The page of its free times, in the chosen language.
    pub(crate) here: String,
}

impl<'h> Choice<'h> {
    fn of(business: &'h Business, asked: &BookingQuery) -> Result<Self, Failure> {
        let services = business.services();
        let service = match services.as_slice() {
            [] => return Ok(Self::Nothing),
            [only] => *only,
            several => match several.iter().find(|service| Some(service.id.as_str()) == asked.service.as_deref()) {
                Some(service) => *service,
                None => return Ok(Self::Service(services)),
            },
        };
        let places = business.places(&service.id);
        let wanted = |place: &&&Location| Some(place.id.as_str()) == asked.location.as_deref();
        let place = match places.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => match several.iter().find(wanted) {
                Some(place) => Some(*place),
                None => return Ok(Self::Place(service, places)),
            },
        };
        let here = with(&address(business, service, place.map(|place| &place.id)), &asked.language());
        Ok(Self::Made(Box::new(Chosen { terms: business.terms(place, &service.id)?, place, here })))
    }
}

/// The address of a service's free times.
fn address(business: &Business, service: &Service, place: Option<&LocationId>) -> String {
    let place = place.map(|place| ("location", place.as_str()));
    let query: Vec<(&str, &str)> = [("service", service.id.as_str())].into_iter().chain(place).collect();
    with(&format!("/book/{}", business.tenant.id), &query)
}

/// `GET /book/{tenant}`
pub(crate) async fn show(
    State(app_state): State<AppState>,
    Path(tenant): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
) -> Response {
    let page = async {
        let business = app_state.business(&TenantId::new(tenant)?, &parts, asked.lang.as_deref()).await?;
        app_state.choosing(&business, &asked, asker(&parts).1.at).await
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `GET /book/{tenant}/style.css`
pub(crate) async fn style(State(app_state): State<AppState>, Path(tenant): Path<String>, parts: Parts) -> Response {
    let page = async { Ok(look::style(&app_state.business(&TenantId::new(tenant)?, &parts, None).await?)) };
    shown(&parts, None, page.await)
}

/// `POST /book/{tenant}`
pub(crate) async fn book(
    State(app_state): State<AppState>,
    Path(tenant): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
    body: String,
) -> Response {
    let page = async {
        let business = app_state.business(&TenantId::new(tenant)?, &parts, asked.lang.as_deref()).await?;
        app_state.take(&business, &asked, &Typed::read(&body), asker(&parts)).await
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

impl AppState {
    /// The page on which the next thing is chosen.
    async fn choosing(&self, business: &Business, asked: &BookingQuery, now: Timestamp) -> Result<Response, Failure> {
        let words = business.words;
        let main = match Choice::of(business, asked)? {
            Choice::Nothing => html! { p { (words.not_online) } (details::reach(business, None)) },
            Choice::Service(services) => html! {
                h2 { (words.choose_service) }
                ul.grid { @for service in services { li {
                    a href=(with(&address(business, service, None), &asked.language())) { (about(business, service)) }
                } } }
            },
            Choice::Place(service, places) => html! {
                h2 { (words.choose_place) }
                ul.grid { @for place in places { li {
                    a href=(with(&address(business, service, Some(&place.id)), &asked.language())) {
                        (place.name) small { (place.address.line()) }
                    }
                } } }
            },
            Choice::Made(chosen) => match asked.at.as_deref().and_then(|at| at.parse().ok()) {
                Some(at) => self.filling(business, &chosen, at, &Typed::default(), &Problems::new(), now).await?,
                None => self.picking(business, &chosen, asked, now).await?,
            },
        };
        let main = html! { h1 { (words.book_title) } (main) };
        Ok(page(business, words.book_title, Some(&here(business, asked)), &main))
    }

    async fn picking(
        &self,
        business: &Business,
        chosen: &Chosen<'_>,
        asked: &BookingQuery,
        now: Timestamp,
    ) -> Result<Markup, Failure> {
        let picker = self.pick(business, &chosen.terms, None, asked.days(), now).await?;
        let time = |at: Timestamp, clock: &str| {
            html! { a href=(with(&chosen.here, &[("at", &at.to_string())])) rel="nofollow" { (clock) } }
        };
        let waits = asked.wait.is_some();
        Ok(html! {
            (heading(business, chosen))
            @if !waits { (picker.show(business, &chosen.here, time)) }
            @if waits || picker.is_empty() {
                (wait::form(business, chosen, picker.looked_at, &Typed::default(), &Problems::new())?)
            } @else {
                p { a href=(with(&chosen.here, &[("wait", "1")])) rel="nofollow" { (business.words.wait_title) } }
            }
        })
    }

    /// The form for a time, or for those nearest to it where it is not free.
    async fn filling(
        &self,
        business: &Business,
        chosen: &Chosen<'_>,
        at: Timestamp,
        typed: &Typed,
        problems: &Problems,
        now: Timestamp,
    ) -> Result<Markup, Failure> {
        let nearest = self.instead_of(business, chosen, at, now).await?;
        let form = details::form(business, chosen, (at, nearest.as_deref()), typed, problems)?;
        Ok(html! { (heading(business, chosen)) (form) })
    }

    /// The free times nearest to one that is not free; `None`: it is.
    async fn instead_of(
        &self,
        business: &Business,
        chosen: &Chosen<'_>,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Vec<Timestamp>>, Failure> {
        let (terms, tenant) = (&chosen.terms, &business.tenant.id);
        let loaded = self.store.appointments().calendar(tenant, terms.dates(at, at)).await?;
        if loaded.of(terms, None, now).choose(at, &[]).is_ok() {
            return Ok(None);
        }
        let near = at.max(now);
        let (from, to) = domain::scheduling::nearby(near);
        let loaded = self.store.appointments().calendar(tenant, terms.dates(from, to)).await?;
        Ok(Some(loaded.of(terms, None, now).nearest(near, NEAREST)))
    }

    /// Books, and leads to the appointment's page.
    async fn take(
        &self,
        business: &Business,
        asked: &BookingQuery,
        typed: &Typed,
        (address, trace): (Option<String>, Trace),
    ) -> Result<Response, Failure> {
        let (tenant, words, now) = (&business.tenant, business.words, trace.at);
        let door = Key::Booking(&tenant.id);
        self.store.limits().let_in(door, address.as_deref(), now).await?;
        if !typed.get("website_url").is_empty() {
            tracing::info!(tenant = %tenant.id, "a robot filled in the booking page");
            return Ok(page(business, words.book_title, None, &html! { h1 { (words.done_book) } }));
        }
        let choice = Choice::of(business, asked)?;
        if let (Choice::Made(chosen), true) = (&choice, !typed.get("wait").is_empty()) {
            return self.wait(business, chosen, typed, address.as_deref(), &trace).await;
        }
        let (Choice::Made(chosen), Ok(at)) = (choice, typed.get("at").parse::<Timestamp>()) else {
            return self.choosing(business, asked, now).await;
        };
        let Chosen { terms, place, here } = *chosen;
        let terms = self.store.appointments().visiting(tenant, terms, Some(typed.get("address")), now).await?;
        let chosen = Chosen { terms, place, here };
        let (nonce, start) = (typed.get("nonce"), at.to_string());
        let place = chosen.place.map(|place| place.id.as_str()).unwrap_or_default();
        let cause = ["booking page", nonce, chosen.terms.service.id.as_str(), place, &start];
        let id = AppointmentId::derive(&tenant.id, &cause);
        // The form that was sent twice. Whoever has its 192 random bits has sent it.
        if !nonce.is_empty() && self.store.appointments().find(&tenant.id, id).await?.is_some() {
            return self.to_visit(&tenant.id, id, "book", asked).await;
        }
        let again = async |problems: &Problems| {
            let form = self.filling(business, &chosen, at, typed, problems, now).await?;
            Ok(wrong(page(business, words.book_title, None, &html! { h1 { (words.book_title) } (form) })))
        };
        let booker = match typed.check(business, business.tenant.goes_out(&chosen.terms.service.id)) {
            Err(problems) => return again(&problems).await,
            Ok(_) if nonce.is_empty() || self.instead_of(business, &chosen, at, now).await?.is_some() => {
                return again(&Problems::new()).await;
            }
            Ok(booker) => booker,
        };
        self.store.limits().let_book(door, address.as_deref(), &id.to_string(), now).await?;
        match self.make(business, &chosen, (id, at), booker, &trace).await {
            Ok(true) => self.to_visit(&tenant.id, id, "book", asked).await,
            Ok(false) => {
                let main = html! { h1 { (words.book_title) } (alert(words.call_instead)) (details::reach(business, chosen.place)) };
                Ok(wrong(page(business, words.book_title, None, &main)))
            }
            // Somebody was quicker.
            Err(Failure::Rejected { kind: Rejection::Conflict | Rejection::Invalid, .. }) => {
                again(&Problems::new()).await
            }
            // Their contact was merged or erased this very moment.
            Err(Failure::Rejected { message, .. }) => Err(Failure::Retryable(message)),
            Err(failure) => Err(failure),
        }
    }

    /// Makes the appointment; `false`: so many are ahead of this person that people must look at it.
    async fn make(
        &self,
        business: &Business,
        chosen: &Chosen<'_>,
        (id, at): (AppointmentId, Timestamp),
        booker: Booker,
        trace: &Trace,
    ) -> Result<bool, Failure> {
        let (tenant, terms, store) = (&business.tenant, &chosen.terms, self.store.appointments());
        let mut entry = booker.entry;
        entry.service = Some(terms.service.name.clone());
        entry.location = terms.location.cloned();
        let (lead, _) = self.store.leads().enter(tenant, &entry, &format!("booking page|{id}"), trace).await?;
        let booked = store.of_contact(&tenant.id, lead.contact).await?;
        let ahead = booked.iter().filter(|one| one.starts_at > trace.at && !one.state.is_over() && one.id != id);
        if ahead.count() >= MOST_AHEAD {
            return Ok(false);
        }
        if booker.texts {
            self.note_consent(business, lead.contact, trace).await?;
        }
        let new = Booking { lead: Some(lead.id), note: booker.note, ..Booking::new(id, lead.contact, terms, trace.at) };
        let time = WantedTime { terms, starts_at: at, resources: &[] };
        store.make(&tenant.id, &new, time, false, trace).await?;
        Ok(true)
    }

    /// Notes that they may be texted about appointments, with its proof. What they said of it before counts: anybody can type
    /// a number.
    pub(crate) async fn note_consent(
        &self,
        business: &Business,
        contact: ContactId,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let said = TextConsent {
            granted: true,
            at: trace.at,
            source: Source::WebForm,
            wording: Some(business.words.texts.to_owned()),
            page: Some(format!("/book/{}", business.tenant.id)),
        };
        let (channel, purpose) = (Channel::Sms, Purpose::Transactional);
        let record = ConsentRecord { channel, purpose, granted: true, at: trace.at, evidence: said.evidence() };
        let change = |journey: &mut Journey| {
            if journey.consent(channel, purpose).is_none() {
                journey.record_consent(record.clone());
            }
        };
        let (tenant, journeys) = (&business.tenant.id, self.store.journeys());
        for _ in 0..ATTEMPTS {
            let read = journeys.of(tenant, contact).await?.version;
            match journeys.change(tenant, contact, read, change, trace).await {
                Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. }) => {}
                done => return done.map(drop),
            }
        }
        Err(Failure::Retryable("this contact's journey is very busy".into()))
    }

    /// Leads to an appointment's page, which says what was done.
    pub(crate) async fn to_visit(
        &self,
        tenant: &TenantId,
        id: AppointmentId,
        done: &str,
        asked: &BookingQuery,
    ) -> Result<Response, Failure> {
        let key = self.store.appointments().link_key().await?;
        let visit = format!("/visit/{}", auth::visit_links::token(&key, tenant, id));
        let visit = with(&with(&visit, &[("done", done)]), &asked.language());
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, visit)]).into_response())
    }
}

/// The page as it can be asked for in another language.
fn here(business: &Business, asked: &BookingQuery) -> String {
    let all = [
        ("service", &asked.service),
        ("location", &asked.location),
        ("from", &asked.from),
        ("day", &asked.day),
        ("at", &asked.at),
        ("wait", &asked.wait),
    ];
    let query: Vec<(&str, &str)> =
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
    with(&format!("/book/{}", business.tenant.id), &query)
}

/// What is being booked, and where.
pub(crate) fn heading(business: &Business, chosen: &Chosen<'_>) -> Markup {
    let place =
        (!business.tenant.goes_out(&chosen.terms.service.id)).then(|| business.where_it_is(chosen.place)).flatten();
    html! {
        p { (about(business, chosen.terms.service)) }
        @if let Some(place) = place { p.quiet { (place) } }
    }
}

/// A service and how long it takes.
fn about(business: &Business, service: &Service) -> Markup {
    let minutes = service.duration_minutes.map(|minutes| business.words.minutes.replace("{}", &minutes.to_string()));
    html! { strong { (service.name) } @if let Some(minutes) = minutes { small { " " (minutes) } } }
}

/// The same page, which says that something must be changed.
pub(crate) fn wrong(mut page: Response) -> Response {
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    page
}
