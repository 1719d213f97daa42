//! Hours for advertising by text message that states of the United States set, where they are narrower than the federal
//! 8:00 to 21:00 (47 CFR 64.1200(c)(1)).
//!
//! The statutes speak of telephone solicitation; most of them name text messages, and all are kept for SMS and
//! WhatsApp. Where one exempts those who consented or who are customers, that is not made use of.

mod holidays;

use jiff::civil::{Date, Time, Weekday, time};

use holidays::is_holiday;

/// What a state allows. Times are the recipient's.
struct State {
    /// Its two letters.
    code: &'static str,
    /// From Monday to Friday.
    weekday: Span,
    /// On Saturday.
    saturday: Span,
    /// On Sunday; `None`: not at all.
    sunday: Option<Span>,
    /// Whether it may be on its holidays.
    holidays: bool,
}

/// The first hour that is allowed, and the first that is not any more.
type Span = (i8, i8);

const fn daily(code: &'static str, span: Span) -> State {
    State { code, weekday: span, saturday: span, sunday: Some(span), holidays: true }
}

const fn no_sundays(code: &'static str, span: Span) -> State {
    State { code, weekday: span, saturday: span, sunday: None, holidays: false }
}

/// States with narrower hours, sorted by code.
static STATES: [State; 14] = [
    // Alabama: Code of Alabama 8-19A-14 and the Public Service Commission's rules; none on Sundays and holidays.
    no_sundays("AL", (8, 20)),
    // Connecticut: General Statutes 42-288a, as of 1 October 2023.
    daily("CT", (9, 20)),
    // Florida: Florida Statutes 501.616(6)(a).
    daily("FL", (8, 20)),
    // Kentucky: Kentucky Revised Statutes 367.46955.
    daily("KY", (10, 21)),
    // Louisiana: Revised Statutes 45:844.11 and following, Public Service Commission's Do Not Call General Order.
    no_sundays("LA", (8, 20)),
    // Massachusetts: General Laws, chapter 159C, section 3.
    daily("MA", (8, 20)),
    // Maryland: Code, Commercial Law 14-4501 and following (Stop the Spam Calls Act of 2023).
    daily("MD", (8, 20)),
    // Mississippi: Mississippi Code 77-3-701 and following (Telephone Solicitation Act).
    no_sundays("MS", (8, 20)),
    // New Mexico: Statutes 57-12-22.
    daily("NM", (9, 21)),
    // Oklahoma: Oklahoma Statutes, title 15, section 775C.4.
    daily("OK", (8, 20)),
    // Rhode Island: General Laws 5-61-2(9) and 5-61-3.6.
    State { code: "RI", weekday: (9, 18), saturday: (10, 17), sunday: None, holidays: false },
    // Texas: Business and Commerce Code 301.051.
    State { code: "TX", weekday: (9, 21), saturday: (9, 21), sunday: Some((12, 21)), holidays: true },
    // Utah: Utah Code 13-25a-103; none on Sundays and holidays without consent.
    no_sundays("UT", (8, 21)),
    // Washington: Revised Code 80.36.390.
    daily("WA", (8, 20)),
];

/// Whether the state `code` allows advertising by text message on `date` at `shown`; one without an entry always does.
pub(super) fn allows(code: &str, date: Date, shown: Time) -> bool {
    let Some(state) = state(code) else { return true };
    let span = match date.weekday() {
        Weekday::Sunday => state.sunday,
        Weekday::Saturday => Some(state.saturday),
        _ => Some(state.weekday),
    };
    span.is_some_and(|(open, close)| (open..close).contains(&shown.hour()))
        && (state.holidays || !is_holiday(state.code, date))
}

/// The times at which the state `code` may begin to allow it.
pub(super) fn openings(code: &str) -> impl Iterator<Item = Time> {
    let spans = state(code).map(|state| [Some(state.weekday), Some(state.saturday), state.sunday]);
    spans.into_iter().flatten().flatten().map(|(open, _)| time(open, 0, 0, 0))
}

fn state(code: &str) -> Option<&'static State> {
    STATES.binary_search_by_key(&code, |state| state.code).ok().and_then(|index| STATES.get(index))
}

#[cfg(test)]
mod tests;
