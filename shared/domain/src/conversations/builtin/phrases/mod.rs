//! Everything the built-in responder can say, once per language.
//!
//! [`Phrases`] has a named field for every phrase, so the compiler proves that each language has each of them.
//! The wording is polite (usted, vous, Sie, você), speaks as "we" and never claims to be a person. Straight quotes
//! and hyphens, no dashes and no emojis: English and German stay within the GSM 7-bit alphabet (3GPP TS 23.038), where
//! an SMS segment holds 160 characters, and not 70.
//!
//! What the functions take in is text from the tenant's own data or a value formatted here. The one exception is a
//! customer's name, which was checked to be one (`details::given_name`).

mod de;
mod en;
mod es;
mod fr;
mod pt;

use jiff::civil::Time;

use crate::tenancy::Language;

const MINUTES_AN_HOUR: u32 = 60;

/// Every language with phrases.
pub(super) const ALL: [&Phrases; 5] = [&en::PHRASES, &es::PHRASES, &fr::PHRASES, &de::PHRASES, &pt::PHRASES];

/// One language's phrases. Weekdays begin with Monday.
pub(super) struct Phrases {
    /// ISO 639-1 code.
    pub(super) code: &'static str,
    /// How it writes sums of money.
    pub(super) money: MoneyStyle,

    // Dates and times.
    /// `Mon`.
    pub(super) short_days: [&'static str; 7],
    /// `on Monday`, within a sentence.
    pub(super) on_days: [&'static str; 7],
    /// `today`, within a sentence.
    pub(super) today: &'static str,
    /// `tomorrow`, within a sentence.
    pub(super) tomorrow: &'static str,
    /// A time of day; `true` asks for the twelve-hour clock, where the language has one.
    pub(super) clock: fn(Time, bool) -> String,
    /// A day (`on Monday`), the time itself, and the time as written: `on Monday at 8 AM`.
    pub(super) at: fn(&str, Time, &str) -> String,
    /// From one written time to another: `8 AM to 5 PM`.
    pub(super) range: fn(&str, &str) -> String,
    /// The same of when they would come, behind a day: `de 8 h à 12 h`.
    pub(super) within: fn(&str) -> String,
    /// `24 hours`, in a timetable.
    pub(super) all_day: &'static str,
    /// `closed`, in a timetable.
    pub(super) closed: &'static str,
    /// Before the last entry of a list.
    pub(super) and: &'static str,
    /// Between the last two of a choice.
    pub(super) or: &'static str,
    /// The last entry of a list that was cut.
    pub(super) and_more: &'static str,

    // Openings.
    /// Name, business: the first reply of a conversation.
    pub(super) hello: fn(Option<&str>, &str) -> String,
    /// Name: a greeting in the middle of a conversation.
    pub(super) hello_again: fn(Option<&str>) -> String,
    /// Name, business: the answer to a form.
    pub(super) form_received: fn(Option<&str>, &str) -> String,
    /// Name, business: the text after a call that nobody took; asks what it was about.
    pub(super) missed_call: fn(Option<&str>, &str) -> String,
    /// A picture came.
    pub(super) got_photo: &'static str,
    /// A film came.
    pub(super) got_video: &'static str,
    /// A voice note came.
    pub(super) got_audio: &'static str,
    /// A file came.
    pub(super) got_document: &'static str,
    /// A place came.
    pub(super) got_location: &'static str,
    /// An address card came.
    pub(super) got_contact: &'static str,
    /// Asks what a picture, film or file is about.
    pub(super) say_what_it_shows: &'static str,
    /// Asks to write instead.
    pub(super) say_in_writing: &'static str,
    /// Something came that cannot be opened.
    pub(super) unsupported: &'static str,
    /// An open question.
    pub(super) how_can_we_help: &'static str,

    // Facts.
    /// Open, without a closing time to name.
    pub(super) open_now: &'static str,
    /// Closing time.
    pub(super) open_until: fn(&str) -> String,
    /// Next opening (`tomorrow at 8 AM`).
    pub(super) closed_until: fn(&str) -> String,
    /// Day (`on Monday`) and its spans (`8 AM to 5 PM`).
    pub(super) open_on: fn(&str, &str) -> String,
    /// The same of a day without an hour of closing.
    pub(super) open_all_on: fn(&str) -> String,
    /// Day (`on Sunday`).
    pub(super) closed_on: fn(&str) -> String,
    /// Day (`on Thursday, 11/26`), a holiday for which no hours are noted.
    pub(super) holiday_not_noted: fn(&str) -> String,
    /// The timetable in one line.
    pub(super) weekly: fn(&str) -> String,
    /// No timetable is known.
    pub(super) by_appointment: &'static str,
    /// Street address.
    pub(super) address: fn(&str) -> String,
    /// Number.
    pub(super) phone: fn(&str) -> String,
    /// Site.
    pub(super) website: fn(&str) -> String,
    /// The address, number or site asked for is not known.
    pub(super) reach_us_here: &'static str,
    /// List of services.
    pub(super) services: fn(&str) -> String,
    /// One service.
    pub(super) we_do: fn(&str) -> String,
    /// Service that costs nothing.
    pub(super) price_none: fn(&str) -> String,
    /// `free`, in a list.
    pub(super) free: &'static str,
    /// Service, price.
    pub(super) price_exact: fn(&str, &str) -> String,
    /// Service, lowest price.
    pub(super) price_from: fn(&str, &str) -> String,
    /// Service, lowest price, highest price.
    pub(super) price_between: fn(&str, &str, &str) -> String,
    /// What several services cost together, from and to; `None`: it can be more.
    pub(super) total: fn(&str, Option<&str>) -> String,
    /// Service without a price.
    pub(super) price_on_request: fn(&str) -> String,
    /// List of services and prices.
    pub(super) prices: fn(&str) -> String,
    /// `from $350`, in a list.
    pub(super) from: fn(&str) -> String,
    /// No service has a price.
    pub(super) quote_by_team: &'static str,
    /// Service, how long it takes (`1 hour 30 minutes`).
    pub(super) takes: fn(&str, &str) -> String,
    /// Hours and minutes, of which one may be none.
    pub(super) duration: fn(u32, u32) -> String,
    /// Service, the sum that is paid ahead.
    pub(super) deposit: fn(&str, &str) -> String,
    /// Before a quote: it is from a list of prices.
    pub(super) from_prices: &'static str,
    /// It is from a list of questions and answers.
    pub(super) from_answers: &'static str,
    /// It is from terms that the business has.
    pub(super) from_terms: &'static str,
    /// It is from another document, with its name where that can be said.
    pub(super) from_document: fn(Option<&str>) -> String,
    /// The page of it, behind the source.
    pub(super) on_page: fn(u32) -> String,
    /// Source, words: the quote.
    pub(super) quote: fn(&str, &str) -> String,
    /// The quote before is in another language, which has this code.
    pub(super) quote_is_in: fn(&str) -> String,
    /// What they ask for is not on the list of services; the team was asked.
    pub(super) not_listed: &'static str,
    /// Things beside a service that is: they are not on the list; the team was asked.
    pub(super) not_listed_too: fn(&str) -> String,
    /// Question: which of these services they mean.
    pub(super) which_of: fn(&str) -> String,

    // Questions, and what follows an answer.
    /// Name given in this message: thanks for a detail; a question follows.
    pub(super) thank_you: fn(Option<&str>) -> String,
    /// Name given in this message: takes note of a detail; nothing follows.
    pub(super) noted: fn(Option<&str>) -> String,
    /// Question: which service.
    pub(super) ask_service: &'static str,
    /// Question: where.
    pub(super) ask_location: &'static str,
    /// Question: at which of these locations of the business.
    pub(super) ask_place: fn(&str) -> String,
    /// The second time: at which of these locations.
    pub(super) again_place: fn(&str) -> String,
    /// Question: which day and time, as an offer.
    pub(super) offer_booking: &'static str,
    /// Agrees to arrange an appointment; a question follows.
    pub(super) gladly_book: &'static str,
    /// Question, where people stay for nights: from which day on, and for how long, as an offer.
    pub(super) offer_stay: &'static str,
    /// Agrees to arrange a stay; a question follows.
    pub(super) gladly_stay: &'static str,
    /// Question: from which day on.
    pub(super) ask_arrival: &'static str,
    /// Question: for how long.
    pub(super) ask_nights: &'static str,
    /// The second time: for how long.
    pub(super) again_nights: &'static str,
    /// Days of arrival and departure (`on Friday`), within a sentence.
    pub(super) stay: fn(&str, &str) -> String,
    /// Day of arrival alone.
    pub(super) arriving: fn(&str) -> String,
    /// A stay (`arriving on Friday`): it was noted, not booked.
    pub(super) stay_noted: fn(&str) -> String,
    /// The offer was accepted without a time. Not a question.
    pub(super) name_a_time: &'static str,
    /// A time was noted, not booked, that cannot be said back.
    pub(super) time_noted: &'static str,
    /// Time: the first that there is.
    pub(super) soonest: &'static str,
    /// Time (`on Thursday at 3 PM`): the second that a message names, which the team sees to.
    pub(super) second_told: fn(&str) -> String,
    /// Time (`on Thursday at 3 PM`): says it back; a question follows.
    pub(super) all_right: fn(&str) -> String,
    /// Time (`on Thursday at 3 PM`): it was noted, not booked.
    pub(super) request_noted: fn(&str) -> String,
    /// That a request is noted and can only be confirmed to someone who can be reached.
    pub(super) needs_contact: &'static str,
    /// That the team arranges when another person comes, who is to be seen too.
    pub(super) companion_told: &'static str,
    /// What happens next with a noted time.
    pub(super) team_confirms: &'static str,
    /// Free times (`on Thursday at 9 AM, 11:30 AM or 3 PM`), and whether there are several. Question: which of them.
    pub(super) offer_times: fn(&str, bool) -> String,
    /// The second time: other free times.
    pub(super) again_times: fn(&str, bool) -> String,
    /// Time or day: nothing is free then.
    pub(super) not_free: fn(&str) -> String,
    /// By when it would have to start, to be over before they close.
    pub(super) last_start: fn(&str) -> String,
    /// Time: it is free, and kept for them for some minutes; a question follows.
    pub(super) kept: fn(&str) -> String,
    /// Time (`on Thursday, 12/3 at 3 PM`), service: it is booked.
    pub(super) booked: fn(&str, &str) -> String,
    /// Time: their appointment is then from now on.
    pub(super) moved: fn(&str) -> String,
    /// Time: their appointment then is none any more.
    pub(super) cancelled: fn(&str) -> String,
    /// Time: their appointment is then.
    pub(super) stands: fn(&str) -> String,
    /// Question: whether the appointment of which was just said when it is is the one to cancel.
    pub(super) ask_cancel_this: &'static str,
    /// Question: whether it is the one to move.
    pub(super) ask_move_this: &'static str,
    /// Question: whether they wait for a time to become free; a yes puts them on the list.
    pub(super) ask_waitlist: &'static str,
    /// They are on the waiting list.
    pub(super) on_waitlist: &'static str,
    /// Time of their appointment: what they told was added to it.
    pub(super) kept_with: fn(&str) -> String,
    /// Question: which day.
    pub(super) ask_day: &'static str,
    /// Question: what time.
    pub(super) ask_hour: &'static str,
    /// Question: who they are and how they can be reached.
    pub(super) ask_contact: &'static str,
    /// Question: who they are.
    pub(super) ask_name: &'static str,
    /// Question: how they can be reached.
    pub(super) ask_reach: &'static str,
    /// Question: which country the number is of that they gave.
    pub(super) ask_country: &'static str,
    /// Question: another day or time, since that one is none.
    pub(super) ask_other_time: &'static str,
    /// The time they named has been.
    pub(super) has_been: &'static str,
    /// The weekday they named is not that of the date.
    pub(super) no_such_day: &'static str,
    /// The second time, in other words: which service; the list of them stands before it.
    pub(super) again_service: &'static str,
    /// The second time: where.
    pub(super) again_location: &'static str,
    /// The second time: which day and time.
    pub(super) again_time: &'static str,
    /// The second time: which day.
    pub(super) again_day: &'static str,
    /// The second time: what time.
    pub(super) again_hour: &'static str,
    /// The second time: who they are and how they can be reached.
    pub(super) again_contact: &'static str,
    /// The second time: who they are.
    pub(super) again_name: &'static str,
    /// The second time: how they can be reached.
    pub(super) again_reach: &'static str,
    /// The second time: the business's own question, behind words that tell it from the first time.
    pub(super) again_own: fn(&str) -> String,
    /// The names of English, Spanish, French, German and Portuguese, in this order, behind "in".
    pub(super) languages: [&'static str; 5],
    /// That they can write in a language. Whether someone of the business speaks it is not said.
    pub(super) speaks: fn(&str) -> String,
    /// What follows for whoever does not say how they can be reached.
    pub(super) without_contact: &'static str,
    /// Services that a request is for.
    pub(super) it_is_for: fn(&str) -> String,
    /// A question that only the team can answer was passed on.
    pub(super) ask_the_team: &'static str,
    /// Passed on: an appointment is to be cancelled.
    pub(super) wants_cancel: &'static str,
    /// Passed on: an appointment is to be at another time.
    pub(super) wants_move: &'static str,
    /// Passed on: whether an appointment stands.
    pub(super) wants_confirm: &'static str,
    /// Passed on: what is stored of the customer is to be deleted.
    pub(super) wants_erasure: &'static str,
    /// Passed on: what somebody wrote who is no customer.
    pub(super) passed_to_team: &'static str,
    /// People look at a picture or file.
    pub(super) team_looks: &'static str,
    /// Ends with whom had the wrong number, or advertises.
    pub(super) never_mind: &'static str,

    // A person.
    /// Business: a program answers, and says so.
    pub(super) automatic: fn(&str) -> String,
    /// How to get a person instead of it.
    pub(super) person_on_request: &'static str,
    /// A person was asked for.
    pub(super) of_course: &'static str,
    /// A complaint.
    pub(super) sorry: &'static str,
    /// An emergency.
    pub(super) urgent: &'static str,
    /// What to do first in an emergency.
    pub(super) danger: &'static str,
    /// Number to call instead of waiting.
    pub(super) or_call: fn(&str) -> String,
    /// A person should take this one.
    pub(super) rather_a_person: &'static str,
    /// Added to what staff are looking at already.
    pub(super) passed_on: &'static str,
    /// One more question that the team has to answer.
    pub(super) asked_too: &'static str,
    /// The lead is ready to buy.
    pub(super) wonderful: &'static str,
    /// The message was received; before one of the next three.
    pub(super) thanks_for_message: &'static str,
    /// A person answers: the business is open.
    pub(super) contact_shortly: &'static str,
    /// A person answers: next opening (`tomorrow at 8 AM`).
    pub(super) contact_when_open: fn(&str) -> String,
    /// A person answers: no timetable is known.
    pub(super) contact_soon: &'static str,

    // Courtesies.
    /// After "ok", when nothing is left to ask.
    pub(super) anything_else: &'static str,
    /// After thanks.
    pub(super) welcome: &'static str,
    /// The end.
    pub(super) goodbye: &'static str,
    /// After "not now".
    pub(super) no_problem: &'static str,
    /// To who needs a moment.
    pub(super) take_your_time: &'static str,
    /// Asks to say it differently; names what can be answered.
    pub(super) not_understood: &'static str,
}

impl Phrases {
    /// What is said where an appointment that was made before is to be changed.
    pub(super) fn of_changes(&self) -> [&'static str; 3] {
        [self.wants_cancel, self.wants_move, self.wants_confirm]
    }

    /// How long something takes that takes so many minutes.
    pub(super) fn minutes(&self, minutes: u32) -> String {
        (self.duration)(minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR)
    }
}

/// The name of the language with `code`, of these five; else `other`.
fn language_name(code: &str, [en, es, fr, de, pt]: [&'static str; 5], other: &'static str) -> &'static str {
    match code {
        "en" => en,
        "es" => es,
        "fr" => fr,
        "de" => de,
        "pt" => pt,
        _ => other,
    }
}

/// `1 hour`, `2 hours 30 minutes`: a number with one of two words each, without what is zero.
fn hours_and_minutes(hours: u32, minutes: u32, [hour, many_hours, minute]: [&str; 3]) -> String {
    let hours_word = if hours == 1 { hour } else { many_hours };
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} {minute}"),
        (hours, 0) => format!("{hours} {hours_word}"),
        (hours, minutes) => format!("{hours} {hours_word} {minutes} {minute}"),
    }
}

/// How a language writes sums of money.
#[derive(Debug, Clone, Copy)]
pub(super) struct MoneyStyle {
    /// Between thousands.
    pub(super) group: char,
    /// Before cents.
    pub(super) decimal: char,
    /// What stands between a leading symbol and the digits; `None` puts the symbol behind them.
    pub(super) leading: Option<&'static str>,
}

/// The phrases of `language`, if it has them.
pub(super) fn of(language: &Language) -> Option<&'static Phrases> {
    ALL.into_iter().find(|phrases| phrases.code == language.as_str())
}

/// ` Ana`, or nothing: a name after a greeting.
fn spaced(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" {name}"))
}

/// `, Ana`, or nothing: a name after thanks.
fn comma(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(", {name}"))
}

/// `8 AM`, `8:30 PM`: with the given marks of morning and afternoon; minutes only where asked or not zero.
fn twelve_hours(time: Time, morning: &str, afternoon: &str, always_minutes: bool) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let mark = if hour < 12 { morning } else { afternoon };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minute == 0 && !always_minutes { format!("{hour} {mark}") } else { format!("{hour}:{minute:02} {mark}") }
}
