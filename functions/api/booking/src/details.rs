//! The form of who books.

use auth::secrets::random_token;
use domain::Failure;
use domain::tenancy::{Deposit, Location};
use jiff::Timestamp;
use maud::{Markup, html};
use secrecy::ExposeSecret as _;

use crate::book::Chosen;
use crate::house::House;
use crate::look::alert;
use crate::typed::{Problems, Typed};

/// The form for one time. Where that is no longer free, `nearest` are those to choose from in its place.
pub(crate) fn form(
    house: &House,
    chosen: &Chosen<'_>,
    (at, nearest): (Timestamp, Option<&[Timestamp]>),
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Failure> {
    let words = house.words;
    let (day, time) = house.written(at, chosen.place);
    // The same form sent twice is one appointment.
    let nonce = match typed.get("nonce") {
        "" => random_token("")?.expose_secret().to_owned(),
        nonce => nonce.to_owned(),
    };
    let field = |name: &'static str, label: &str, kind: &str, autocomplete: &str, required: bool| {
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
    };
    Ok(html! {
        form method="post" action=(chosen.here) {
            input type="hidden" name="nonce" value=(nonce);
            @if let Some(nearest) = nearest {
                (alert(if nearest.is_empty() { words.taken_all } else { words.taken }))
                @if !nearest.is_empty() {
                    fieldset {
                        legend { (words.change_time) }
                        @for (index, other) in nearest.iter().enumerate() {
                            @let (day, time) = house.written(*other, chosen.place);
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
            p { a href=(chosen.here) { (words.change_time) } }
            @if nearest.is_none_or(|nearest| !nearest.is_empty()) {
                h2 { (words.details) }
                @if !problems.is_empty() { (alert(words.wrong)) }
                (field("name", words.name, "text", "name", true))
                p.quiet #reach { (words.reach) }
                (field("phone", words.phone, "tel", "tel", false))
                (field("email", words.email, "email", "email", false))
                @if house.goes_out(&chosen.terms) { (field("address", words.address, "text", "street-address", true)) }
                @let problem = problems.get("note");
                div.field {
                    label for="note" { (words.note) }
                    textarea id="note" name="note" rows="3" maxlength="500" dir="auto" aria-invalid=[problem.map(|_| "true")] { (typed.get("note")) }
                    @if let Some(problem) = problem { p.problem { (problem) } }
                }
                div.trap aria-hidden="true" {
                    label for="website_url" { (words.trap) }
                    input id="website_url" name="website_url" type="text" tabindex="-1" autocomplete="off";
                }
                div.tick {
                    input id="texts" name="texts" type="checkbox" value="on" checked[!typed.get("texts").is_empty()];
                    label for="texts" { (words.texts) }
                }
                @if let Some(deposit) = deposit(house, chosen) { p.notice { (deposit) } }
                p.quiet { (words.data) }
                button type="submit" { (words.book) }
            }
        }
    })
}

/// What is paid when it is booked, in a sentence.
fn deposit(house: &House, chosen: &Chosen<'_>) -> Option<String> {
    let words = house.words;
    let sum = |cents: u64| house.local().money(i64::try_from(cents).unwrap_or(i64::MAX), &house.tenant.currency);
    Some(match chosen.terms.service.deposit? {
        Deposit::Cents(cents) => words.deposit.replace("{}", &sum(cents)),
        Deposit::Percent(share) => words.deposit_share.replace("{}", &share.to_string()),
    })
}

/// How a business is reached where nothing can be booked.
pub(crate) fn reach(house: &House, place: Option<&Location>) -> Markup {
    let (phone, mail) = house.reached_by(place);
    html! {
        ul {
            @if let Some(phone) = phone { li { a href=(format!("tel:{phone}")) { (phone) } } }
            @if let Some(mail) = mail { li { a href=(format!("mailto:{mail}")) { (mail) } } }
            @if let (None, None, Some(site)) = (phone, mail, &house.tenant.business.website) { li { a href=(site) { (site) } } }
        }
    }
}
