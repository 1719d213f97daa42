//! The waiting list, for who finds no time that suits: a form in the place of free times, under the limits of booking.

use axum::response::Response;
use domain::Failure;
use domain::failure::Rejection;
use domain::scheduling::WaitlistEntry;
use domain::tenancy::start_of_day;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};
use store::{Key, Trace};

use crate::book::{Chosen, heading, wrong};
use crate::business::{AppState, Business};
use crate::details;
use crate::look::{alert, page};
use crate::typed::{Problems, Typed};

/// The form, for a time within `days` unless they say others.
pub(crate) fn form(
    business: &Business,
    chosen: &Chosen<'_>,
    days: (Date, Date),
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Failure> {
    let words = business.words;
    let (from, until) = wanted(typed, days);
    let day = |name: &str, label: &str, day: Date| {
        html! { div.field { label for=(name) { (label) } input id=(name) name=(name) type="date" value=(day) required; } }
    };
    Ok(html! {
        section aria-labelledby="wait" {
            h2 #wait { (words.wait_title) }
            p { (words.wait_text) }
            form method="post" action=(chosen.here) {
                (details::nonce(typed)?)
                input type="hidden" name="wait" value="1";
                (day("from", words.wait_from, from))
                (day("until", words.wait_until, until))
                (details::who(business, typed, problems))
                (details::trap(business))
                (details::texts(business, typed))
                p.quiet { (words.data) }
                button type="submit" { (words.wait) }
            }
        }
    })
}

/// The first and the last day that suits, as it was typed; what cannot be read is as it was shown.
fn wanted(typed: &Typed, (first, last): (Date, Date)) -> (Date, Date) {
    let read = |name: &str, shown: Date| typed.get(name).parse().unwrap_or(shown);
    let (from, until): (Date, Date) = (read("from", first), read("until", last));
    (from.min(until), until.max(from))
}

impl AppState {
    /// Puts a customer on the waiting list. Who waits already goes on waiting for what they wait for, and is told the same: whoever typed
    /// their address hears nothing of them.
    pub(crate) async fn wait(
        &self,
        business: &Business,
        chosen: &Chosen<'_>,
        typed: &Typed,
        address: Option<&str>,
        trace: &Trace,
    ) -> Result<Response, Failure> {
        let (tenant, words, terms, now) = (&business.tenant, business.words, &chosen.terms, trace.at);
        let zone = business.zone(chosen.place);
        let today = now.to_zoned(zone.clone()).date();
        let last = today.saturating_add(i64::from(terms.rules.horizon_days).days());
        let (from, until) = wanted(typed, (today, last));
        let titled =
            |main: &Markup| page(business, words.book_title, None, &html! { h1 { (words.book_title) } (main) });
        let nonce = typed.get("nonce");
        let booker = match typed.check(business, false) {
            Ok(booker) if !nonce.is_empty() => booker,
            checked => {
                let form = form(business, chosen, (from, until), typed, &checked.err().unwrap_or_default())?;
                return Ok(wrong(titled(&html! { (heading(business, chosen)) (form) })));
            }
        };
        let cause = format!("waiting list|{nonce}");
        self.store.limits().let_join(Key::Booking(&tenant.id), address, &cause, now).await?;
        let mut entry = booker.entry;
        entry.service = Some(terms.service.name.clone());
        entry.location = terms.location.cloned();
        let (lead, _) = self.store.leads().enter(tenant, &entry, &cause, trace).await?;
        if booker.texts {
            self.note_consent(business, lead.contact, trace).await?;
        }
        let begins = |date: Date| -> Timestamp { start_of_day(date.clamp(today, last), &zone) };
        let waits = WaitlistEntry {
            lead: Some(lead.id),
            location: terms.location.cloned(),
            from: Some(begins(from)),
            until: start_of_day(until.clamp(today, last).saturating_add(1.day()), &zone),
            ..WaitlistEntry::new(lead.contact, terms.service.id.clone(), now)
        };
        let store = self.store.appointments();
        let is_in = match store.join_waitlist(&tenant.id, &waits, trace).await {
            Ok(_) => true,
            Err(Failure::Rejected { kind: Rejection::Conflict, .. }) => {
                store.waits(&tenant.id, lead.contact).await?.is_some()
            }
            // Their contact was merged or erased this very moment.
            Err(Failure::Rejected { message, .. }) => return Err(Failure::Retryable(message)),
            Err(failure) => return Err(failure),
        };
        if is_in {
            return Ok(page(business, words.book_title, None, &html! { h1 { (words.done_wait) } }));
        }
        let main = html! { (alert(words.call_instead)) (details::reach(business, chosen.place)) };
        Ok(wrong(titled(&main)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::business;

    const DAYS: (Date, Date) = (Date::constant(2026, 12, 7), Date::constant(2026, 12, 20));

    fn form_of(language: &str, typed: &str, problems: &[(&'static str, &'static str)]) -> String {
        let business = business(language);
        let terms = business.terms(None, &business.tenant.services[0].id).unwrap();
        let chosen = Chosen { terms, place: None, here: "/book/alder-roofing?service=inspection".to_owned() };
        let problems = problems.iter().copied().collect();
        form(&business, &chosen, DAYS, &Typed::read(typed), &problems).unwrap().into_string()
    }

    #[test]
    fn it_asks_who_waits_and_for_which_days_in_the_readers_language() {
        let page = form_of("en", "", &[]);
        for part in [
            "Put me on the waiting list</button>",
            "name=\"from\" type=\"date\" value=\"2026-12-07\"",
            "name=\"until\" type=\"date\" value=\"2026-12-20\"",
            "name=\"wait\" value=\"1\"",
            "name=\"website_url\"",
            "<label for=\"phone\">",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        for (language, words) in
            [("es", "lista de espera"), ("fr", "liste d’attente"), ("de", "Warteliste"), ("pt", "lista de espera")]
        {
            assert!(form_of(language, "", &[]).contains(words), "{language}");
        }
    }

    #[test]
    fn what_was_typed_comes_back_with_what_is_wrong_and_days_in_order() {
        let page = form_of("en", "name=Ana&from=2026-12-24&until=2026-12-10&nonce=n1", &[("phone", "Which?")]);
        for part in [
            "value=\"Ana\"",
            "value=\"n1\"",
            "id=\"phone-problem\">Which?",
            "name=\"from\" type=\"date\" value=\"2026-12-10\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert_eq!(wanted(&Typed::read("from=soon"), DAYS), DAYS);
    }
}
