//! One customer's conversation with one business's built-in assistant, in memory: a clock that the caller moves, and no store.
//!
//! A turn runs through the very code that `ai-converse` runs ([`Turn::open`], `due`, `read_message`, `arrange`, `reply_context`, `close`, and the responder in
//! between); [`Talk`] only keeps between turns what the store would keep. Nothing goes out.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;

use super::booking::ReadCalendar;
use super::{BookingChange, Due, Outcome, Response, Turn};
use crate::Failure;
use crate::conversations::{EscalationReason, Excerpt, InvitedTo, Lookup, Message, Role, Route, Task, builtin, route};
use crate::ids::AppointmentId;
use crate::journeys::{Journey, Person, Sent};
use crate::leads::{Lead, LeadStatus, Score};
use crate::messaging::{Address, Channel, Content, Inbound, Kind, MediaKind, OptOutState, Phone, Source};
use crate::scheduling::{
    Appointment, AppointmentState, Booking, BookingState, CalendarDay, DayChange, DayKey, Place, Resource,
    WaitlistEntry,
};
use crate::tenancy::{BusinessContext, Tenant};

/// How long an answer is on its way: what is written meanwhile crosses it.
const ANSWER_MS: u64 = 2_000;
/// The code of everybody who proves an address here.
const CODE: &str = "042137";
/// How long a customer reads and types.
const PAUSE: SignedDuration = SignedDuration::from_secs(20);
/// How long until a second message follows the first unasked.
const AT_ONCE: SignedDuration = SignedDuration::from_millis(500);

/// How the customer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// In the chat of the business's site: nobody knows who it is.
    #[default]
    Chat,
    /// By text message, from a number.
    Sms,
    /// By WhatsApp, from a number.
    Whatsapp,
}

/// A conversation.
#[derive(Debug)]
pub struct Talk<'a> {
    tenant: &'a Tenant,
    own: &'a BusinessContext,
    way: Way,
    from: Address,
    now: Timestamp,
    count: u32,
    person: Option<Person>,
    resources: Vec<Resource>,
    days: BTreeMap<DayKey, CalendarDay>,
    known: Known,
    search: Option<Search<'a>>,
    watch: Option<Watch<'a>>,
}

/// What looks on.
#[derive(Clone, Copy)]
struct Watch<'a>(&'a (dyn Fn(&builtin::Turn<'_>, Timestamp) + Sync));

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// What finds excerpts of the business's documents.
#[derive(Clone, Copy)]
struct Search<'a>(&'a (dyn Fn(&Lookup) -> Vec<Excerpt> + Sync));

impl std::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Search")
    }
}

/// What one message led to.
#[derive(Debug)]
pub struct Replied {
    /// The message of the customer and the reply, as they would be stored.
    pub messages: Vec<Message>,
    /// What staff are to do about it.
    pub tasks: Vec<Task>,
}

/// What is known, and what happened, since the talk began.
#[derive(Debug, Default)]
pub struct Known {
    /// The lead as it is stored.
    pub lead: Option<Lead>,
    /// Numbers and e-mail addresses that the customer gave or writes from.
    pub addresses: Vec<Address>,
    /// What a person was called for, in order.
    pub escalations: Vec<EscalationReason>,
    /// Whether staff were told of anything, or have something to do.
    pub told_staff: bool,
    /// Whether the lead was ever given up as cold, or put off.
    pub was_cold: bool,
    /// What they wait for.
    pub waits: Option<WaitlistEntry>,
    /// The appointments that it led to.
    pub bookings: BTreeMap<AppointmentId, Booking>,
}

impl Replied {
    /// The reply; empty where nothing goes out.
    #[must_use]
    pub fn text(&self) -> &str {
        self.of(Role::Assistant).map_or("", |message| message.text.as_str())
    }

    /// The first message of `role`.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&Message> {
        self.messages.iter().find(|message| message.role == role)
    }
}

impl<'a> Talk<'a> {
    /// A talk that begins at `now`.
    ///
    /// # Errors
    /// None in practice: the made-up number is a valid one.
    pub fn new(tenant: &'a Tenant, own: &'a BusinessContext, way: Way, now: Timestamp) -> Result<Self, Failure> {
        let from = match way {
            Way::Chat => Address::Chat("visitor".to_owned()),
            Way::Sms | Way::Whatsapp => Address::Phone(Phone::e164("+17205550123", "from")?),
        };
        let (resources, days, known) = (Vec::new(), BTreeMap::new(), Known::default());
        Ok(Self {
            tenant,
            own,
            way,
            from,
            now,
            count: 0,
            person: None,
            resources,
            days,
            known,
            search: None,
            watch: None,
        })
    }

    /// With what visits take, and what that is booked for.
    #[must_use]
    pub fn with_calendar(self, resources: Vec<Resource>, days: Vec<CalendarDay>) -> Self {
        Self { resources, days: days.into_iter().map(|day| (day.key.clone(), day)).collect(), ..self }
    }

    /// With documents, of which `search` finds excerpts.
    #[must_use]
    pub fn with_documents(self, search: &'a (dyn Fn(&Lookup) -> Vec<Excerpt> + Sync)) -> Self {
        Self { search: Some(Search(search)), ..self }
    }

    /// With `watch`, which sees what is to be answered, and when.
    #[must_use]
    pub fn watched_by(self, watch: &'a (dyn Fn(&builtin::Turn<'_>, Timestamp) + Sync)) -> Self {
        Self { watch: Some(Watch(watch)), ..self }
    }

    /// Others take or leave what the calendar says, or time passes.
    pub fn meanwhile(&mut self, after: SignedDuration, others: impl FnOnce(&mut BTreeMap<DayKey, CalendarDay>)) {
        self.now = self.now.checked_add(after).unwrap_or(self.now);
        others(&mut self.days);
    }

    /// A campaign invites the customer to `invited` now, in the thread that they wrote in last.
    pub fn invite(&mut self, invited: &InvitedTo) {
        let now = self.now;
        for thread in self.person.iter_mut().flat_map(|person| &mut person.threads) {
            thread.remember(Role::Assistant, "Reply YES and we find a time.");
            (thread.asked, thread.offer, thread.last_message_at) = (None, None, now);
            thread.invited = Some(invited.clone());
        }
    }

    /// The customer is reminded of what they booked, by text message.
    pub fn remind(&mut self) {
        let sent =
            Sent { at: self.now, kind: Kind::AppointmentReminder, channel: Channel::Sms, digest: 1, appointment: None };
        self.person
            .iter_mut()
            .filter_map(|person| person.journey.as_mut())
            .for_each(|journey| journey.ledger.push(sent.clone()));
    }

    /// What visits take, and the days as they are now.
    #[must_use]
    pub fn calendar(&self) -> (&[Resource], Vec<CalendarDay>, Timestamp) {
        (&self.resources, self.days.values().cloned().collect(), self.now)
    }

    /// What is known so far.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Says something after the usual pause.
    ///
    /// # Errors
    /// See [`Talk::send`].
    pub fn say(&mut self, text: &str) -> Result<Replied, Failure> {
        self.send(Content::Text { text: text.to_owned() }, PAUSE)
    }

    /// Says something before the answer to the message before can have been read.
    ///
    /// # Errors
    /// See [`Talk::send`].
    pub fn add(&mut self, text: &str) -> Result<Replied, Failure> {
        self.send(Content::Text { text: text.to_owned() }, AT_ONCE)
    }

    /// Sends a picture, with or without words beside it.
    ///
    /// # Errors
    /// See [`Talk::send`].
    pub fn show(&mut self, caption: &str) -> Result<Replied, Failure> {
        let references = vec![format!("picture-{}", self.count)];
        self.send(Content::Media { kind: MediaKind::Image, references, caption: caption.to_owned() }, PAUSE)
    }

    /// Sends `content` when `after` has passed, and takes over what follows.
    ///
    /// # Errors
    /// When the clock would leave the calendar.
    pub fn send(&mut self, content: Content, after: SignedDuration) -> Result<Replied, Failure> {
        self.now = self.now.checked_add(after).map_err(|_| Failure::Permanent("the clock has run out".into()))?;
        self.count += 1;
        let inbound = self.inbound(content);
        let found: Vec<Person> = self.person.clone().into_iter().collect();
        let (outcome, person) = self.turn(&inbound, found);
        let (messages, tasks) = (outcome.messages.clone(), outcome.tasks.clone());
        self.keep(outcome, person);
        Ok(Replied { messages, tasks })
    }

    fn inbound(&self, content: Content) -> Inbound {
        let (source, channel) = match self.way {
            Way::Chat => (Source::LiveChat, Channel::Chat),
            Way::Sms => (Source::Sms, Channel::Sms),
            Way::Whatsapp => (Source::Whatsapp, Channel::Whatsapp),
        };
        Inbound {
            tenant: self.tenant.id.clone(),
            vendor_id: format!("message-{}", self.count),
            source,
            channel,
            from: self.from.clone(),
            also: Vec::new(),
            name: None,
            content,
            received_at: self.now,
            sent_at: None,
            fields: BTreeMap::new(),
            text_consent: None,
            withheld: None,
            correlation_id: "talk".to_owned(),
        }
    }

    /// One turn, as `ai-converse` runs it without a model. The person as they were found goes on, with what they said of consent.
    fn turn(&self, inbound: &Inbound, found: Vec<Person>) -> (Outcome, Person) {
        let mut turn = Turn::open(self.tenant, self.own, inbound, found, self.now);
        let refused = turn.person.opt_out_state.refused;
        let response = match turn.due(refused) {
            Due::Word { refused } => self.consent(inbound, refused, &mut turn),
            Due::Given(response) => response,
            Due::Code { channel, to } => turn.send_code((channel, to), CODE),
            Due::Answer => {
                let route = route(self.tenant, inbound.content.text(), Some(&turn.thread), self.now);
                turn.read_message(&route);
                self.arrange(&mut turn, &route);
                let left = turn.left_to_people();
                if let Some((Search(search), lookup)) = self.search.zip(turn.lookup(&route)) {
                    turn.take_findings(&lookup, search(&lookup));
                }
                let reply_context = turn.reply_context();
                let asked = turn.asked(&reply_context, &route);
                if let Some(Watch(watch)) = self.watch {
                    watch(&asked, self.now);
                }
                let answer = Box::new(builtin::respond(&asked, self.now));
                left.unwrap_or(Response::Answered { answer, escalate: route.escalate })
            }
        };
        let person = turn.person.clone();
        (turn.close(response, ANSWER_MS), person)
    }

    fn arrange(&self, turn: &mut Turn<'_>, route: &Route) {
        let Some(need) = turn.calendar_needed(route) else { return };
        let booking = need.appointment.and_then(|id| self.known.bookings.get(&id));
        let is_read = |key: &DayKey| (need.dates.0..=need.dates.1).contains(&key.date);
        let days: Vec<CalendarDay> = self.days.values().filter(|day| is_read(&day.key)).cloned().collect();
        let place = need.address.as_deref().and_then(Place::of_text);
        let read = ReadCalendar {
            resources: &self.resources,
            days: &days,
            booking,
            place,
            waiting: self.known.waits.as_slice(),
        };
        turn.arrange(&need, &read);
    }

    fn consent(&self, inbound: &Inbound, refused: bool, turn: &mut Turn<'_>) -> Response {
        let said_at = inbound.said_at();
        if turn.person.opt_out_state.overtakes(refused, said_at, None) {
            return turn.overtaken(refused);
        }
        if refused {
            turn.note_cancelled();
        }
        let response = turn.taken(refused);
        let opt_out_state = &mut turn.person.opt_out_state;
        (opt_out_state.refused, opt_out_state.said_at) = (refused, Some(said_at));
        response
    }

    /// What the store would keep.
    fn keep(&mut self, outcome: Outcome, person: Person) {
        let told = outcome.messages.iter().any(|message| message.role == Role::Notice);
        if let Some(BookingChange { after, days, .. }) = outcome.booking {
            for change in days {
                match change {
                    DayChange::Write(day) => drop(self.days.insert(day.key.clone(), day)),
                    DayChange::Leave(key) => {
                        self.days.get_mut(&key).map(|day| day.entries.remove(&after.id));
                    }
                }
            }
            self.known.bookings.insert(after.id, after);
        }
        let known = &mut self.known;
        known.waits = outcome.waits.or(known.waits.take());
        known.told_staff |= told || outcome.escalation.is_some() || !outcome.tasks.is_empty();
        known.escalations.extend(outcome.escalation.iter().map(|escalation| escalation.reason));
        known.was_cold |= outcome.lead.score == Score::Cold || outcome.lead.status == LeadStatus::Nurturing;
        let contact = outcome.contact.unwrap_or(person.contact);
        let theirs = contact.addresses.iter().map(|known| &known.address);
        known.addresses = theirs.chain(&outcome.thread.stated.addresses).cloned().collect();
        known.lead = Some(outcome.lead.clone());
        let heard = outcome.heard.channel.map(|channel| (channel, outcome.heard.at));
        let mut opt_out_state: OptOutState = person.opt_out_state;
        opt_out_state.told |= outcome.heard.told;
        opt_out_state.heard.extend(heard);
        // What the events of the appointments make of the journey.
        let standing = known.bookings.values().filter(|booking| booking.state == BookingState::Booked);
        let appointments: Vec<Appointment> = standing.map(appointment).collect();
        let journey =
            (!appointments.is_empty()).then(|| Journey { appointments, ..Journey::begin(contact.id, self.now) });
        self.person =
            Some(Person { contact, lead: outcome.lead, threads: vec![outcome.thread], opt_out_state, journey });
    }
}

fn appointment(booking: &Booking) -> Appointment {
    Appointment {
        id: booking.id,
        state: AppointmentState::Booked,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        agreed_at: booking.starts_at,
        service: None,
        location: booking.location.clone(),
        eta: None,
        track: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant() -> Tenant {
        let document = serde_json::json!({
            "id": "acme", "name": "Acme Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "hours": {}, "notify": ["owner@example.com"],
            "services": [{"id": "inspection", "name": "Roof inspection"}],
        });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn the_same_said_again_is_answered_the_same_and_what_was_said_before_is_known() {
        let (tenant, now) = (tenant(), "2026-11-20T18:00:00Z".parse().unwrap());
        let said = ["Hi, I need a roof inspection", "My name is Ana"];
        let hold = || {
            let mut talk = Talk::new(&tenant, BusinessContext::NONE, Way::Chat, now).unwrap();
            let replies: Vec<String> = said.iter().map(|text| talk.say(text).unwrap().text().to_owned()).collect();
            (replies, talk.known().lead.clone())
        };
        let (replies, lead) = hold();
        assert!(replies.iter().all(|reply| !reply.is_empty()), "{replies:?}");
        assert_eq!(lead.as_ref().and_then(|lead| lead.name.as_deref()), Some("Ana"));
        assert_eq!(hold(), (replies, lead));
    }
}
