//! The form of who books.

use auth::secrets::random_token;
use domain::Failure;
use domain::tenancy::{Deposit, Location};
use jiff::Timestamp;
use maud::{Markup, html};
use secrecy::ExposeSecret as _;

use crate::book::Chosen;
use crate::business::Business;
use crate::look::alert;
use crate::typed::{Problems, Typed};

/// The form for one time. Where that is no longer free, `nearest` are those to choose from in its place.
pub(crate) fn form(
    business: &Business,
    chosen: &Chosen<'_>,
    (at, nearest): (Timestamp, Option<&[Timestamp]>),
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Failure> {
    let words = business.words;
    let (day, time) = business.written(at, chosen.place);
    Ok(html! {
        form method="post" action=(chosen.here) {
            (nonce(typed)?)
            @if let Some(nearest) = nearest {
                (alert(if nearest.is_empty() { words.taken_all } else { words.taken }))
                @if !nearest.is_empty() {
                    fieldset {
                        legend { (words.time) }
                        @for (index, other) in nearest.iter().enumerate() {
                            @let (day, time) = business.written(*other, chosen.place);
                            div.tick {
                                input id=(format!("at-{index}")) type="radio" name="at" value=(other) required;
                                label for=(format!("at-{index}")) { (day) ", " (time) }
                            }
                        }
                    }
                }
            } @else {
                input type="hidden" name="at" value=(at);
                p { strong { (day) ", " (time) } }
            }
            p { a href=(chosen.here) { (if nearest.is_some() { words.choose_day } else { words.change_time }) } }
            @if nearest.is_none_or(|nearest| !nearest.is_empty()) {
                h2 { (words.details) }
                (who(business, typed, problems))
                @if business.tenant.goes_out(&chosen.terms.service.id) {
                    (field((typed, problems), "address", words.address, ("text", "street-address"), true))
                }
                @let problem = problems.get("note");
                div.field {
                    label for="note" { (words.note) }
                    textarea id="note" name="note" rows="3" maxlength="500" dir="auto" aria-invalid=[problem.map(|_| "true")] { (typed.get("note")) }
                    @if let Some(problem) = problem { p.problem { (problem) } }
                }
                (trap(business))
                (texts(business, typed))
                @if let Some(deposit) = deposit(business, chosen) { p.notice { (deposit) } }
                p.quiet { (words.data) }
                button type="submit" { (words.book) }
            }
        }
    })
}

/// By which the same form sent twice is one.
pub(crate) fn nonce(typed: &Typed) -> Result<Markup, Failure> {
    let nonce = match typed.get("nonce") {
        "" => random_token("")?.expose_secret().to_owned(),
        nonce => nonce.to_owned(),
    };
    Ok(html! { input type="hidden" name="nonce" value=(nonce); })
}

/// Who comes, and how they are reached.
pub(crate) fn who(business: &Business, typed: &Typed, problems: &Problems) -> Markup {
    let (words, form) = (business.words, (typed, problems));
    html! {
        @if !problems.is_empty() { (alert(words.wrong)) }
        (field(form, "name", words.name, ("text", "name"), true))
        p.quiet #reach { (words.reach) }
        (field(form, "phone", words.phone, ("tel", "tel"), false))
        (field(form, "email", words.email, ("email", "email"), false))
    }
}

/// A field of the form as it was `typed`, with its problem.
fn field(
    (typed, problems): (&Typed, &Problems),
    name: &'static str,
    label: &str,
    (kind, autocomplete): (&str, &str),
    required: bool,
) -> Markup {
    let problem = problems.get(name);
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) autocomplete=(autocomplete) value=(typed.get(name)) required[required]
                maxlength="200" dir="auto" aria-invalid=[problem.map(|_| "true")]
                aria-describedby=[problem.map(|_| format!("{name}-problem"))];
            @if let Some(problem) = problem { p.problem id=(format!("{name}-problem")) { (problem) } }
        }
    }
}

/// What a robot fills in.
pub(crate) fn trap(business: &Business) -> Markup {
    html! {
        div.trap aria-hidden="true" {
            label for="website_url" { (business.words.trap) }
            input id="website_url" name="website_url" type="text" tabindex="-1" autocomplete="off";
        }
    }
}

/// Whether they may be texted.
pub(crate) fn texts(business: &Business, typed: &Typed) -> Markup {
    html! {
        div.tick {
            input id="texts" name="texts" type="checkbox" value="on" checked[!typed.get("texts").is_empty()];
            label for="texts" { (business.words.texts) }
        }
    }
}

/// What is paid when it is booked, in a sentence.
fn deposit(business: &Business, chosen: &Chosen<'_>) -> Option<String> {
    let words = business.words;
    let sum = |cents: u64| business.local().money(i64::try_from(cents).unwrap_or(i64::MAX), &business.tenant.currency);
    Some(match chosen.terms.service.deposit? {
        Deposit::Cents(cents) => words.deposit.replace("{}", &sum(cents)),
        Deposit::Percent(share) => words.deposit_share.replace("{}", &share.to_string()),
    })
}

/// How a business is reached where nothing can be booked.
pub(crate) fn reach(business: &Business, place: Option<&Location>) -> Markup {
    let (phone, mail) = business.reached_by(place);
    html! {
        ul {
            @if let Some(phone) = phone { li { a href=(format!("tel:{phone}")) { (phone) } } }
            @if let Some(mail) = mail { li { a href=(format!("mailto:{mail}")) { (mail) } } }
            @if let (None, None, Some(site)) = (phone, mail, &business.tenant.business.website) { li { a href=(site) { (site) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::business;

    const NEAR: [&str; 2] = ["2026-12-07T17:00:00Z", "2026-12-07T18:00:00Z"];

    fn form_of(typed: &str, problems: &[(&'static str, &'static str)], nearest: Option<&[&str]>) -> String {
        let business = business("en");
        let terms = business.terms(None, &business.tenant.services[0].id).unwrap();
        let chosen = Chosen { terms, place: None, here: "/book/alder-roofing?service=inspection".to_owned() };
        let nearest: Option<Vec<Timestamp>> = nearest.map(|times| times.iter().map(|at| at.parse().unwrap()).collect());
        let at = ("2026-12-07T16:00:00Z".parse().unwrap(), nearest.as_deref());
        form(&business, &chosen, at, &Typed::read(typed), &problems.iter().copied().collect()).unwrap().into_string()
    }

    fn nonce(page: &str) -> &str {
        page.split("name=\"nonce\" value=\"").nth(1).unwrap().split('"').next().unwrap()
    }

    #[test]
    fn each_form_is_another_one_and_stays_the_same_when_it_comes_back() {
        let (one, other) = (form_of("", &[], None), form_of("", &[], None));
        assert_eq!(nonce(&one).len(), 32);
        assert_ne!(nonce(&one), nonce(&other));
        let back = form_of(&format!("nonce={}", nonce(&one)), &[], None);
        assert_eq!(nonce(&back), nonce(&one));
    }

    #[test]
    fn it_asks_what_a_visit_needs_and_says_what_is_paid() {
        let page = form_of("", &[], None);
        for name in ["name", "phone", "email", "address", "note", "website_url", "texts"] {
            assert!(page.contains(&format!("<label for=\"{name}\">")), "{name}");
        }
        for part in ["Monday, December 7, 9 AM", "A deposit of $25 is required.", "Reply STOP"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("checked") && !page.contains("style="), "nobody agrees by doing nothing");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept_as_text() {
        let page = form_of("name=%22%3E%3Cb%3EAna&note=%3Cb%3E", &[("phone", "Write it anew.")], None);
        assert!(page.contains("aria-invalid=\"true\" aria-describedby=\"phone-problem\""), "{page}");
        assert!(page.contains("<p class=\"problem\" id=\"phone-problem\">Write it anew.</p>"), "{page}");
        assert!(page.contains("value=\"&quot;&gt;&lt;b&gt;Ana\"") && !page.contains("<b>"), "{page}");
    }

    #[test]
    fn a_time_that_is_taken_is_replaced_by_those_nearest_to_it() {
        let page = form_of("name=Ana", &[], Some(&NEAR));
        assert!(page.contains("no longer free") && page.contains("Monday, December 7, 10 AM"), "{page}");
        assert_eq!(page.matches("type=\"radio\"").count(), 2);
        assert!(page.contains("value=\"Ana\"") && !page.contains("2026-12-07T16:00:00Z"), "{page}");
        let none = form_of("name=Ana", &[], Some(&[]));
        assert!(none.contains("Choose another one") && !none.contains("type=\"submit\""), "{none}");
    }
}
