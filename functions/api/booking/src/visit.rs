//! `/visit/{token}`: one appointment, for whoever has its link. It is shown, confirmed, moved and cancelled; each by a POST.

use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use domain::scheduling::{Booking, BookingState, Cancelled, CancelledBy, Parties, Step};
use domain::tenancy::Location;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use store::{Credential, Key, Trace, Versioned};

use crate::business::{AppState, Business, asker};
use crate::look::{alert, page, with};
use crate::typed::Typed;
use crate::words::Words;
use crate::{BookingQuery, details, shown};

/// For how long after a visit its link still shows it.
const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// An appointment behind its link.
struct VisitPage {
    business: Business,
    booking: Versioned<Booking>,
    /// Its address without a query.
    path: String,
    address: Option<String>,
    trace: Trace,
}

impl AppState {
    /// The appointment of a link: not found where we did not make it, where its appointment is long over, or only held.
    async fn visit(&self, token: &str, parts: &Parts, asked: &BookingQuery) -> Result<VisitPage, Failure> {
        let missing = || Failure::not_found("visit");
        let tenant = TenantId::new(token.split('.').next().unwrap_or_default()).map_err(|_| missing())?;
        let business = self.business(&tenant, parts, asked.lang.as_deref()).await?;
        let key = self.store.credentials().get(&TenantId::platform(), Credential::VisitLinkKey).await?;
        let (_, id) = key.and_then(|key| auth::visit_links::read(&key, token)).ok_or_else(missing)?;
        let booking = self.store.appointments().get(&tenant, id).await?;
        let (address, trace) = asker(parts);
        if !is_shown(&booking.value, trace.at) {
            return Err(missing());
        }
        Ok(VisitPage { business, booking, path: format!("/visit/{token}"), address, trace })
    }

    /// The same, for who changes it.
    async fn changing(&self, token: &str, parts: &Parts, asked: &BookingQuery) -> Result<VisitPage, Failure> {
        let visit = self.visit(token, parts, asked).await?;
        let key = Key::Booking(&visit.business.tenant.id);
        self.store.limits().let_in(key, visit.address.as_deref(), visit.trace.at).await?;
        Ok(visit)
    }

    /// Takes the appointment a step further, where its customer still may.
    async fn step(
        &self,
        visit: &VisitPage,
        step: &Step,
        done: &str,
        asked: &BookingQuery,
    ) -> Result<Response, Failure> {
        let (tenant, id) = (&visit.business.tenant.id, visit.booking.value.id);
        // The button that was pressed twice.
        if matches!(step, Step::Cancel(_)) && visit.booking.value.state == BookingState::Cancelled {
            return self.to_visit(tenant, id, done, asked).await;
        }
        if !visit.is_open() {
            return Ok(visit.refused(asked));
        }
        match self.store.appointments().step(tenant, id, step, &visit.trace).await {
            Ok(_) => self.to_visit(tenant, id, done, asked).await,
            Err(Failure::Rejected { .. }) => Ok(visit.refused(asked)),
            Err(failure) => Err(failure),
        }
    }

    /// The free times that the appointment can be given.
    async fn moving(
        &self,
        visit: &VisitPage,
        asked: &BookingQuery,
        problem: Option<&str>,
    ) -> Result<Response, Failure> {
        let (business, booking) = (&visit.business, &visit.booking.value);
        let Some(terms) = business.terms(visit.place(), &booking.service).ok().filter(|_| visit.is_open()) else {
            return Ok(visit.refused(asked));
        };
        let (here, words, terms) = (format!("{}/move", visit.path), business.words, terms.visiting(booking.place));
        let picker = self.pick(business, &terms, Some(booking.id), asked.days(), visit.trace.at).await?;
        let linked = with(&here, &asked.language());
        let time = |at: Timestamp, clock: &str| {
            html! {
                form method="post" action=(linked) { button type="submit" name="at" value=(at) { (clock) } }
            }
        };
        let (day, hour) = business.written(booking.starts_at, visit.place());
        let main = html! {
            h1 { (words.move_it) }
            @if let Some(problem) = problem { (alert(problem)) }
            p { strong { (booking.service_name) } ": " (day) ", " (hour) }
            (picker.show(business, &linked, time))
            p { a href=(with(&visit.path, &asked.language())) { (words.back) } }
        };
        Ok(page(business, words.move_it, Some(&here), &main))
    }
}

/// Whether its link still shows it.
fn is_shown(booking: &Booking, now: Timestamp) -> bool {
    let until = booking.ends_at.checked_add(SHOWN_FOR).unwrap_or(Timestamp::MAX);
    booking.state != BookingState::Held && now < until
}

/// Whether its customer may still change it.
fn is_open(booking: &Booking, now: Timestamp) -> bool {
    booking.state <= BookingState::Confirmed && now < booking.starts_at
}

impl VisitPage {
    fn is_open(&self) -> bool {
        is_open(&self.booking.value, self.trace.at)
    }

    fn place(&self) -> Option<&Location> {
        self.business.place(self.booking.value.location.as_ref())
    }

    /// Where it is, unless somebody goes to the customer.
    fn where_it_is(&self) -> Option<String> {
        let goes_out = self.business.tenant.goes_out(&self.booking.value.service);
        (!goes_out).then(|| self.business.where_it_is(self.place())).flatten()
    }

    /// The page with what was done just now, or why nothing was.
    fn show(&self, asked: &BookingQuery, above: &Markup) -> Response {
        let (business, booking, words) = (&self.business, &self.booking.value, self.business.words);
        let (day, time) = business.written(booking.starts_at, self.place());
        let action = |name: &str| with(&format!("{}/{name}", self.path), &asked.language());
        let main = html! {
            h1 { (words.visit_title) }
            (above)
            dl {
                dt { (words.service) } dd { (booking.service_name) }
                dt { (words.day) } dd { (day) }
                dt { (words.time) } dd { (time) }
                @if let Some(place) = self.where_it_is() { dt { (words.place) } dd { (place) } }
                dt { (words.state) } dd #state { (state(booking.state, words)) }
            }
            @if self.is_open() {
                @if booking.state != BookingState::Confirmed {
                    form method="post" action=(action("confirm")) { button type="submit" { (words.confirm) } }
                }
                p { a href=(action("calendar.ics")) { (words.add_calendar) } }
                p { a href=(action("move")) { (words.move_it) } }
                details {
                    summary { (words.cancel) }
                    form method="post" action=(action("cancel")) {
                        div.field {
                            label for="why" { (words.why) }
                            input id="why" name="why" type="text" maxlength="200" autocomplete="off" dir="auto";
                        }
                        button type="submit" { (words.cancel) }
                    }
                }
            } @else {
                p { a href=(with(&format!("/book/{}", business.tenant.id), &asked.language())) { (words.again) } }
            }
            (details::reach(business, self.place()))
        };
        page(business, words.visit_title, Some(&self.path), &main)
    }

    fn refused(&self, asked: &BookingQuery) -> Response {
        self.show(asked, &alert(self.business.words.too_late))
    }

    /// The file for a calendar; not found where there is nothing to put into one any more.
    fn file(&self) -> Result<Response, Failure> {
        let (business, booking) = (&self.business, &self.booking);
        let (_, mail) = business.reached_by(self.place());
        let nobody = format!("{}@porchlight.invalid", business.tenant.id);
        let (tenant, from) = (&business.tenant, mail.unwrap_or(&nobody));
        let parties = Parties { tenant, location: self.place(), from, to: None };
        let file = booking.value.calendar_file(booking.version, &parties).ok_or_else(|| Failure::not_found("visit"))?;
        let kind = HeaderValue::from_str(&file.content_type).unwrap_or(HeaderValue::from_static("text/calendar"));
        let name = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
        let name = name.unwrap_or(HeaderValue::from_static("attachment"));
        Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file.bytes).into_response())
    }
}

/// What customers call how far an appointment got.
fn state(state: BookingState, words: &Words) -> &'static str {
    match state {
        BookingState::Held | BookingState::Booked => words.is_booked,
        BookingState::Confirmed => words.is_confirmed,
        BookingState::EnRoute => words.is_en_route,
        BookingState::Arrived | BookingState::Started => words.is_under_way,
        BookingState::Completed => words.is_done,
        BookingState::Missed => words.is_missed,
        BookingState::Cancelled => words.is_cancelled,
    }
}

/// `GET /visit/{token}`
pub(crate) async fn show(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
) -> Response {
    let page = async {
        let visit = app_state.visit(&token, &parts, &asked).await?;
        let (words, state) = (visit.business.words, visit.booking.value.state);
        // What the query says was done is said only where it is so.
        let done = match asked.done.as_deref() {
            Some("cancel") if state == BookingState::Cancelled => Some(words.done_cancel),
            Some("confirm") if state == BookingState::Confirmed => Some(words.done_confirm),
            Some("move") if visit.is_open() => Some(words.done_move),
            Some("book") if visit.is_open() => Some(words.done_book),
            _ => None,
        };
        let above = html! {
            @if let Some(done) = done {
                p.notice role="status" { (done) @if asked.done.as_deref() == Some("book") { " " (words.keep_link) } }
            }
        };
        Ok(visit.show(&asked, &above))
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `GET /visit/{token}/calendar.ics`
pub(crate) async fn file(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
) -> Response {
    let page = async { app_state.visit(&token, &parts, &asked).await?.file() };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `GET /visit/{token}/move`
pub(crate) async fn times(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
) -> Response {
    let page = async { app_state.moving(&app_state.visit(&token, &parts, &asked).await?, &asked, None).await };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `POST /visit/{token}/move`
pub(crate) async fn move_to(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
    body: String,
) -> Response {
    let page = async {
        let visit = app_state.changing(&token, &parts, &asked).await?;
        let Some(at) = Typed::read(&body).get("at").parse::<Timestamp>().ok().filter(|_| visit.is_open()) else {
            return app_state.moving(&visit, &asked, None).await;
        };
        let (tenant, id) = (&visit.business.tenant, visit.booking.value.id);
        match app_state.store.appointments().move_to(tenant, id, at, &[], &visit.trace).await {
            Ok(_) => app_state.to_visit(&tenant.id, id, "move", &asked).await,
            Err(Failure::Rejected { kind: Rejection::Conflict | Rejection::Invalid, .. }) => {
                app_state.moving(&visit, &asked, Some(visit.business.words.taken_all)).await
            }
            Err(failure) => Err(failure),
        }
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `POST /visit/{token}/confirm`
pub(crate) async fn confirm(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
) -> Response {
    let page = async {
        let visit = app_state.changing(&token, &parts, &asked).await?;
        app_state.step(&visit, &Step::Confirm, "confirm", &asked).await
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

/// `POST /visit/{token}/cancel`
pub(crate) async fn cancel(
    State(app_state): State<AppState>,
    Path(token): Path<String>,
    Query(asked): Query<BookingQuery>,
    parts: Parts,
    body: String,
) -> Response {
    let page = async {
        let visit = app_state.changing(&token, &parts, &asked).await?;
        let why = Typed::read(&body).get("why").chars().take(200).collect();
        let step = Step::Cancel(Cancelled { by: CancelledBy::Customer, why });
        app_state.step(&visit, &step, "cancel", &asked).await
    };
    shown(&parts, asked.lang.as_deref(), page.await)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::business;
    use domain::ContactId;
    use domain::ids::AppointmentId;

    const BEGINS: &str = "2026-12-07T16:00:00Z";

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn visit(language: &str, state: BookingState, now: &str) -> VisitPage {
        let business = business(language);
        let tenant = business.tenant.id.clone();
        let terms = business.terms(None, &business.tenant.services[0].id).unwrap();
        let contact = ContactId::derive(&tenant, &["ana"]);
        let new = Booking::new(AppointmentId::derive(&tenant, &["visit"]), contact, &terms, at(now));
        let (starts_at, ends_at) = (at(BEGINS), terms.ends_at(at(BEGINS)));
        let note = "Gate code 4711\nAna López, 303-555-0133".to_owned();
        let value = Booking { state, starts_at, ends_at, note, ..new };
        let trace =
            Trace { actor: domain::identity::Actor::System, at: at(now), address: None, correlation_id: String::new() };
        let booking = Versioned { value, version: 3 };
        VisitPage { business, booking, path: "/visit/alder-roofing.TOKEN".to_owned(), address: None, trace }
    }

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_page_shows_the_appointment_in_the_readers_language_and_nothing_of_the_person() {
        let page =
            text(visit("de", BookingState::Booked, "2026-12-01T09:00:00Z").show(&BookingQuery::default(), &html! {}))
                .await;
        for shown in ["<html lang=\"de\">", "Roof inspection", "Montag, 7. Dezember", "9 Uhr", "Gebucht", "Ich komme"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        for hidden in ["Ana", "4711", "0133", "<script", "style="] {
            assert!(!page.contains(hidden), "{hidden}");
        }
    }

    #[tokio::test]
    async fn what_is_over_or_cancelled_has_no_buttons_any_more() {
        for (state, now) in [
            (BookingState::Cancelled, "2026-12-01T09:00:00Z"),
            (BookingState::Booked, BEGINS),
            (BookingState::EnRoute, "2026-12-07T15:30:00Z"),
            (BookingState::Completed, "2026-12-08T09:00:00Z"),
        ] {
            let page = text(visit("en", state, now).show(&BookingQuery::default(), &html! {})).await;
            assert!(!page.contains("<form") && page.contains("Book another appointment"), "{state:?} {now}");
        }
        let confirmed = visit("en", BookingState::Confirmed, "2026-12-01T09:00:00Z");
        let page = text(confirmed.show(&BookingQuery::default(), &html! {})).await;
        assert!(!page.contains("/confirm\"") && page.contains("/cancel\"") && page.contains("/move\""), "{page}");
    }

    #[test]
    fn a_link_dies_thirty_days_after_its_visit_and_shows_no_hold() {
        let shown = |state, now| is_shown(&visit("en", state, now).booking.value, at(now));
        assert!(shown(BookingState::Completed, "2027-01-06T16:59:59Z"));
        assert!(!shown(BookingState::Completed, "2027-01-06T17:00:00Z"));
        assert!(shown(BookingState::Cancelled, "2026-12-01T09:00:00Z"));
        assert!(!shown(BookingState::Held, "2026-12-01T09:00:00Z"));
    }

    #[tokio::test]
    async fn the_file_is_the_visit_for_a_calendar_as_long_as_it_is_to_come() {
        let answer = visit("en", BookingState::Booked, "2026-12-01T09:00:00Z").file().unwrap();
        assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/calendar"));
        assert_eq!(answer.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"invite.ics\"");
        let file = text(answer).await;
        for line in ["METHOD:PUBLISH", "DTSTART;TZID=America/Denver:20261207T090000", "SEQUENCE:3"] {
            assert!(file.contains(line), "{line}: {file}");
        }
        for state in [BookingState::Cancelled, BookingState::Completed] {
            let none = visit("en", state, "2026-12-01T09:00:00Z").file().unwrap_err();
            assert_eq!(none, Failure::not_found("visit"), "{state:?}");
        }
    }
}
