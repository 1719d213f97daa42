//! Written dialogues, and what must be known at their end.
//!
//! A file has one business and its dialogues (`dialogues/*.toml`):
//!
//! ```toml
//! [business]                   # as `[tenant]` in a business's file
//! [[talk]]
//! id = "squealing-brakes"
//! language = "en"              # of the last reply
//! say = ["my brakes squeal", "thurs at 2 works", "+ or 3", "[photo] this one"]
//! service = ["Brakes"]
//! date = "2026-12-03"
//! hour = "14:00"
//! ```
//!
//! A line that begins with `+ ` follows before the answer can have been read; `[photo]` sends a picture; `[a day later]` comes a day
//! after the line before. All talks begin on Wednesday, 2026-12-02, at 10 in the morning of the business's zone, unless they say when.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use domain::conversations::{ExtraMention, ExtraStep, Role};
use domain::leads::Lead;
use domain::messaging::Address;
use domain::scheduling::{BookingState, Resource};
use domain::tenancy::{BusinessContext, Tenant};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;

use crate::{Talk, Way};

/// What stands before a line that is written the next day.
const A_DAY_LATER: &str = "[a day later]";

/// A business and the dialogues with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// The business.
    pub business: Tenant,
    /// What its visits take, where a calendar books them.
    #[serde(default)]
    pub resources: Vec<Resource>,
    /// The dialogues.
    pub talk: Vec<Dialogue>,
}

/// One dialogue. What is not given is not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// Its name, once in its file.
    pub id: String,
    /// The language of the last reply.
    pub language: String,
    /// How the customer writes.
    #[serde(default)]
    pub way: Way,
    /// When it begins, in the business's zone.
    #[serde(default = "wednesday_morning")]
    pub at: DateTime,
    /// What the customer writes.
    pub say: Vec<String>,
    /// All services that are wanted, and no other.
    pub service: Option<BTreeSet<String>>,
    /// The day that is wished for.
    pub date: Option<Date>,
    /// The day on which they leave, where they stay for nights.
    pub departure: Option<Date>,
    /// The hour that is wished for, or from which on.
    pub hour: Option<Time>,
    /// `true`: nothing may be replied.
    #[serde(default)]
    pub silent: bool,
    /// `true`: no day may be noted at all.
    #[serde(default)]
    pub no_date: bool,
    /// When the appointment is that was booked, in the business's zone.
    pub booked: Option<DateTime>,
    /// The name they gave.
    pub name: Option<String>,
    /// What they counted.
    pub how_many: Option<String>,
    /// A number that they can be reached at.
    pub phone: Option<String>,
    /// An e-mail address that they can be reached at.
    pub email: Option<String>,
    /// Intents that must be seen, each in some message.
    #[serde(default)]
    pub intents: BTreeSet<String>,
    /// Why a person must be called; `"nobody"`: none may be.
    pub escalated: Option<String>,
    /// How urgent the lead must be.
    pub urgency: Option<String>,
    /// Whether staff must hear of it, in whichever way.
    pub team: Option<bool>,
    /// Whether the lead may have been given up as cold.
    pub cold: Option<bool>,
    /// The extra that is suggested, and what becomes of it: `plan suggested`, `plan taken`, `plan declined`; `"none"`: none may be.
    pub extra: Option<String>,
    /// Each must stand in some reply, in any case; `a|b`: one of them.
    #[serde(default)]
    pub says: Vec<String>,
    /// Each must stand in the last reply, in any case; `a|b`: one of them.
    #[serde(default)]
    pub ends: Vec<String>,
    /// None may stand in any reply.
    #[serde(default)]
    pub never: Vec<String>,
    /// What is known about it that a reader should know.
    #[serde(default)]
    pub note: String,
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which.
    pub what: &'static str,
    /// What was expected.
    pub wanted: String,
    /// What came.
    pub came: String,
}

fn wednesday_morning() -> DateTime {
    jiff::civil::date(2026, 12, 2).at(10, 0, 0, 0)
}

impl Book {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not of this form.
    pub fn read(text: &str) -> Result<Self> {
        toml::from_str(text).context("this is no book of dialogues")
    }
}

/// The services that a lead asks for.
#[must_use]
pub fn services(lead: &Lead) -> BTreeSet<String> {
    lead.qualification.services().map(str::to_owned).collect()
}

impl Dialogue {
    /// Holds the dialogue with the business of `book`; what was said, and the expectations that were not met.
    ///
    /// # Errors
    /// When it cannot be held.
    pub fn hold(&self, book: &Book) -> Result<(String, Vec<Miss>)> {
        let tenant = &book.business;
        let now = self.at.to_zoned(tenant.time_zone())?.timestamp();
        let mut talk =
            Talk::new(tenant, BusinessContext::NONE, self.way, now)?.with_calendar(book.resources.clone(), Vec::new());
        let mut seen = Seen::default();
        for line in &self.say {
            let line = match line.strip_prefix(A_DAY_LATER) {
                Some(rest) => {
                    talk.meanwhile(SignedDuration::from_hours(24), |_| ());
                    rest.trim_start()
                }
                None => line.as_str(),
            };
            let replied = match (line.strip_prefix("+ "), line.strip_prefix("[photo]")) {
                (Some(text), _) => talk.add(text)?,
                (_, Some(caption)) => talk.show(caption.trim())?,
                (None, None) => talk.say(line)?,
            };
            let intent = replied.of(Role::Customer).and_then(|message| message.intent);
            seen.intents.extend(intent.map(|intent| snake(&format!("{intent:?}"))));
            let language = replied.of(Role::Assistant).and_then(|message| message.language.as_ref());
            seen.language = language.map(ToString::to_string).or(seen.language);
            seen.extras.extend(replied.messages.iter().filter_map(|message| message.extra.clone()));
            seen.replies.push(replied.text().to_owned());
        }
        let script = self.say.iter().zip(&seen.replies).map(|(line, reply)| format!("> {line}\n{reply}\n")).collect();
        Ok((script, self.misses(tenant, &talk, &seen)))
    }

    fn misses(&self, tenant: &Tenant, talk: &Talk<'_>, seen: &Seen) -> Vec<Miss> {
        let known = talk.known();
        let Some(lead) = &known.lead else { return vec![miss("lead", "one", "none")] };
        let visit = lead.requested_visit.as_ref();
        let hour = visit.and_then(|visit| visit.from).map(|from| from.to_zoned(tenant.time_zone()).time());
        let mut wrong = Wrong(Vec::new());
        if self.silent {
            wrong.unless("replies", Some(&String::new()), Some(&seen.replies.concat()));
        } else {
            wrong.unless("language", Some(&self.language), seen.language.as_ref());
        }
        let services = services(lead);
        if let Some(wanted) = self.service.as_ref().filter(|wanted| **wanted != services) {
            wrong.0.push(miss("service", &list(wanted), &list(&services)));
        }
        wrong.unless("date", self.date.as_ref(), visit.map(|visit| visit.date).as_ref());
        let departure = visit.and_then(|visit| visit.departure);
        wrong.unless("departure", self.departure.as_ref(), departure.as_ref());
        if let Some(visit) = visit.filter(|_| self.no_date) {
            wrong.0.push(miss("date", "none", &visit.date.to_string()));
        }
        wrong.unless("hour", self.hour.as_ref(), hour.as_ref());
        let mut booked = known.bookings.values().filter(|booking| booking.state == BookingState::Booked);
        let booked = booked.next_back().map(|booking| booking.starts_at.to_zoned(tenant.time_zone()).datetime());
        wrong.unless("booked", self.booked.as_ref(), booked.as_ref());
        wrong.unless("name", self.name.as_ref(), lead.name.as_ref());
        wrong.unless("how many", self.how_many.as_ref(), lead.qualification.how_many.as_ref());
        let addresses: BTreeSet<String> = known.addresses.iter().filter_map(shown).collect();
        for (what, wanted) in [("phone", &self.phone), ("email", &self.email)] {
            if let Some(wanted) = wanted.as_ref().filter(|wanted| !addresses.contains(*wanted)) {
                wrong.0.push(miss(what, wanted, &list(&addresses)));
            }
        }
        if !self.intents.is_subset(&seen.intents) {
            wrong.0.push(miss("intents", &list(&self.intents), &list(&seen.intents)));
        }
        let called: BTreeSet<String> = known.escalations.iter().map(|reason| reason.as_str().to_owned()).collect();
        if let Some(wanted) = &self.escalated {
            let right = if wanted == "nobody" { called.is_empty() } else { called.contains(wanted) };
            if !right {
                wrong.0.push(miss("escalated", wanted, &list(&called)));
            }
        }
        let urgency = lead.qualification.urgency.map(|urgency| snake(&format!("{urgency:?}")));
        wrong.unless("urgency", self.urgency.as_ref(), urgency.as_ref());
        wrong.unless("team", self.team.as_ref(), Some(&known.told_staff));
        wrong.unless("cold", self.cold.as_ref(), Some(&known.was_cold));
        wrong.unless("extra", self.extra.as_ref(), Some(&seen.extra()));
        if seen.suggestions() > 1 {
            wrong.0.push(miss("suggestions", "one at most", &seen.suggestions().to_string()));
        }
        wrong.words(self, &seen.replies);
        wrong.0
    }
}

/// What was seen while a dialogue was held.
#[derive(Default)]
struct Seen {
    replies: Vec<String>,
    intents: BTreeSet<String>,
    language: Option<String>,
    extras: Vec<ExtraMention>,
}

impl Seen {
    /// The extra that was spoken of last, and what became of it.
    fn extra(&self) -> String {
        let step = |step: ExtraStep| snake(&format!("{step:?}"));
        self.extras.last().map_or_else(|| "none".to_owned(), |extra| format!("{} {}", extra.id, step(extra.step)))
    }

    fn suggestions(&self) -> usize {
        self.extras.iter().filter(|extra| extra.step == ExtraStep::Suggested).count()
    }
}

struct Wrong(Vec<Miss>);

impl Wrong {
    fn unless<T: PartialEq + ToString>(&mut self, what: &'static str, wanted: Option<&T>, came: Option<&T>) {
        if let Some(wanted) = wanted.filter(|wanted| Some(*wanted) != came) {
            self.0.push(miss(what, &wanted.to_string(), &came.map_or_else(|| "none".to_owned(), ToString::to_string)));
        }
    }

    fn words(&mut self, dialogue: &Dialogue, replies: &[String]) {
        let last = replies.last().map(|reply| reply.to_lowercase()).unwrap_or_default();
        let replies = replies.join("\n").to_lowercase();
        for (what, all, wanted) in [("says", &replies, &dialogue.says), ("ends", &last, &dialogue.ends)] {
            let is_said = |wanted: &&String| wanted.to_lowercase().split('|').any(|one| all.contains(one));
            self.0.extend(wanted.iter().filter(|wanted| !is_said(wanted)).map(|wanted| miss(what, wanted, "not said")));
        }
        for banned in dialogue.never.iter().filter(|banned| replies.contains(&banned.to_lowercase())) {
            self.0.push(miss("never", banned, "said"));
        }
    }
}

fn miss(what: &'static str, wanted: &str, came: &str) -> Miss {
    Miss { what, wanted: wanted.to_owned(), came: came.to_owned() }
}

fn list(of: &BTreeSet<String>) -> String {
    if of.is_empty() { "none".to_owned() } else { of.iter().cloned().collect::<Vec<_>>().join(", ") }
}

fn shown(address: &Address) -> Option<String> {
    match address {
        Address::Phone(phone) => Some(phone.as_str().to_owned()),
        Address::Email(email) => Some(email.as_str().to_owned()),
        Address::Chat(_) | Address::WhatsappUser(_) => None,
    }
}

/// `NotNow` as JSON has it: `not_now`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
