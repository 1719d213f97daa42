//! The message that offers a freed time to someone of the waiting list.
//!
//! It goes the way that they wrote last, through the same gate as every message. It is asked whether it may leave at once: no one
//! has half an hour to answer what does not reach them, or reaches them at night.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::cmp::Reverse;

use super::render::{Local, first_name};
use super::route::address_on;
use super::threads::thread_for;
use super::{Draft, Journey, JourneyContext, Person, Ruling, SendContext, gate};
use crate::conversations::{Conversation, Delivery, Message, Offer, Outreach, Role, Task, TaskKind};
use crate::ids::TaskId;
use crate::messaging::{Address, Channel, Kind, MessageRef, Verdict};
use crate::phrases::fill;
use crate::scheduling::{Appointment, AppointmentState, Booking, HOLD};
use crate::tenancy::{Language, Tenant};
use crate::{ConversationId, MessageId};

/// The channels that a freed time is offered on, the quickest first. A chat has no one in it.
const CHANNELS: [Channel; 3] = [Channel::Sms, Channel::Whatsapp, Channel::Email];

/// A freed time, and who is offered it.
#[derive(Debug, Clone, Copy)]
pub struct FreedTimeOffer<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The contact.
    pub person: &'a Person,
    /// The appointment that is held for them.
    pub held: &'a Booking,
    /// The zone of the place.
    pub zone: &'a TimeZone,
    /// The time now (UTC).
    pub now: Timestamp,
}

/// Why someone is not offered a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// They may be written to from this moment on (UTC).
    Before(Timestamp),
    /// They cannot be written to.
    Never,
}

impl FreedTimeOffer<'_> {
    /// The message, and the thread in which a yes then takes what is held.
    ///
    /// # Errors
    /// [`NotNow`] where the gate lets it out on none of their channels.
    pub fn draft(&self) -> Result<Draft, NotNow> {
        let context = JourneyContext { tenant: self.tenant, person: self.person, sequences: &[], visit_link: None };
        if let Some(until) = self.arranges_until() {
            return Err(NotNow::Before(until));
        }
        let contact = &self.person.contact;
        let begun = || Journey::begin(contact.id, contact.created_at);
        let journey = self.person.journey.clone().unwrap_or_else(begun);
        let mut channels = CHANNELS;
        channels.sort_by_key(|channel| Reverse(self.person.opt_out_state.heard.get(channel)));
        let mut soonest = None;
        for channel in channels {
            let Some(to) = address_on(channel, &context, &journey) else { continue };
            let mut draft = self.on(&context, channel, to);
            match self.ask_gate(&draft.message) {
                Ok(()) => {
                    if let Some(outreach) = &mut draft.message.outreach {
                        outreach.expires_at = self.until();
                    }
                    return Ok(draft);
                }
                Err(NotNow::Before(at)) => soonest = Some(soonest.map_or(at, |other: Timestamp| other.min(at))),
                Err(NotNow::Never) => {}
            }
        }
        Err(soonest.map_or(NotNow::Never, NotNow::Before))
    }

    /// Until when another time is kept for them, which they were just asked about: one offer would end the other.
    fn arranges_until(&self) -> Option<Timestamp> {
        let is_other = |offer: &Offer| offer.held.is_some_and(|held| held != self.held.id);
        let arranging = self.person.threads.iter().filter(|thread| thread.offer.as_ref().is_some_and(is_other));
        let until = arranging.filter_map(|thread| thread.last_message_at.checked_add(HOLD).ok());
        until.filter(|until| *until > self.now).max()
    }

    fn ask_gate(&self, message: &Message) -> Result<(), NotNow> {
        let person = self.person;
        let send_context = SendContext {
            tenant: self.tenant,
            message,
            contact: Some(&person.contact),
            opt_out_state: &person.opt_out_state,
            journey: person.journey.as_ref(),
            sent_this_month: 0,
            with_staff: person.threads.iter().any(Conversation::is_held_by_staff),
        };
        match gate(&send_context, self.now) {
            Ruling::Cleared(..) => Ok(()),
            Ruling::Stopped(Verdict::Delayed { until, .. }) => Err(NotNow::Before(until)),
            Ruling::Stopped(_) => Err(NotNow::Never),
        }
    }

    fn on(&self, context: &JourneyContext<'_>, channel: Channel, to: &Address) -> Draft {
        let (tenant, held) = (&self.tenant.id, self.held);
        let cause = ["waitlist", &held.id.to_string()];
        let mut place = thread_for(context, ConversationId::derive(tenant, &cause), (channel, to), self.now);
        let text = self.text(&place.thread.language);
        let at = place.say(&text, self.now);
        // A yes answers this, and no question of before.
        (place.thread.asked, place.thread.asked_again) = (None, false);
        place.thread.offer = Some(Offer {
            service: held.service.clone(),
            location: held.location.clone(),
            times: vec![held.starts_at],
            held: Some(held.id),
        });
        let reference = MessageRef { conversation: place.thread.id, at, message: MessageId::derive(tenant, &cause) };
        let outreach = Outreach {
            campaign: None,
            // No reminder: a yes to it would confirm an appointment that they have already.
            kind: Kind::FollowUp,
            due: self.now,
            // Whether there is an hour for it before the visit; what then leaves says nothing once the hold is over.
            expires_at: held.starts_at,
            step: None,
            appointment: None,
            subject: (channel == Channel::Email).then(|| held.service_name.clone()),
            template: None,
        };
        let (lead, correlation) = (place.thread.lead, held.id.to_string());
        let message = Message {
            language: Some(place.thread.language.clone()),
            outreach: Some(outreach),
            delivery: Some(Delivery::queued(to.clone(), None, self.now)),
            ..Message::new(reference, lead, Role::Assistant, channel, text, correlation)
        };
        Draft { message, thread: place.thread, opened: place.opened, past: place.past, prompt: None }
    }

    /// Until when it is held.
    fn until(&self) -> Timestamp {
        self.held.held_until.unwrap_or(self.now)
    }

    fn text(&self, language: &Language) -> String {
        let [english, ..] = &WORDS;
        let (_, words) = WORDS.iter().find(|(code, _)| *code == language.as_str()).unwrap_or(english);
        let local = Local::of(language, self.tenant);
        let (starts, until) = (self.zone.to_datetime(self.held.starts_at), self.zone.to_datetime(self.until()));
        let name = self.person.contact.name.as_deref().and_then(first_name);
        let values = [
            ("day", &*local.day(starts.date())),
            ("time", &local.clock(starts.time())),
            ("until", &local.clock(until.time())),
            ("service", &self.held.service_name),
            ("business", &self.tenant.name),
            ("name", &name.map(|name| format!(" {name}")).unwrap_or_default()),
        ];
        fill(words, &values)
    }
}

/// What staff do where someone took a freed time and has another visit for the same thing ahead: once for each time that is taken.
#[must_use]
pub fn other_visit_task(
    tenant: &Tenant,
    person: &Person,
    taken: &Booking,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Task> {
    let is_other =
        |known: &&Appointment| known.id != taken.id && known.state < AppointmentState::EnRoute && known.starts_at > now;
    let for_the_same = |known: &&Appointment| known.service.as_ref() == Some(&taken.service_name);
    let visits = person.journey.as_ref()?.appointments.iter();
    let other = visits.filter(is_other).filter(for_the_same).min_by_key(|known| known.starts_at)?;
    let [english, ..] = &OTHER_VISIT;
    let own = OTHER_VISIT.iter().find(|(code, ..)| *code == tenant.language.as_str());
    let (_, title, note) = own.unwrap_or(english);
    let local = Local::of(&tenant.language, tenant);
    let filled = |text: &str, at: Timestamp| {
        let at = zone.to_datetime(at);
        let (day, time) = (local.day(at.date()), local.clock(at.time()));
        fill(text, &[("day", &day), ("time", &time), ("service", &taken.service_name)])
    };
    Some(Task {
        id: TaskId::derive(&tenant.id, &["other visit", &taken.id.to_string(), &other.id.to_string()]),
        contact: taken.contact,
        conversation: None,
        kind: TaskKind::Reschedule,
        title: filled(title, other.starts_at).chars().take(MAX_TITLE).collect(),
        note: filled(note, taken.starts_at),
        urgent: true,
        assignee: None,
        due_at: Some(other.starts_at),
        created_at: now,
        done: None,
    })
}

/// The longest title, in characters.
const MAX_TITLE: usize = 200;

/// Its title and its note, by language.
const OTHER_VISIT: [(&str, &str, &str); 5] = [
    (
        "en",
        "Is the appointment still wanted: {service} on {day}, {time}?",
        "They took an earlier time from the waiting list: {day}, {time}. Ask them, and cancel the one that they no longer need.",
    ),
    (
        "es",
        "¿Sigue en pie la cita: {service}, {day}, {time}?",
        "Tomó una hora anterior de la lista de espera: {day}, {time}. Pregúntele y cancele la cita que ya no necesite.",
    ),
    (
        "fr",
        "Le rendez-vous est-il maintenu : {service}, {day}, {time} ?",
        "Un horaire plus tôt a été pris sur la liste d'attente : {day}, {time}. Demandez-lui, et annulez le rendez-vous devenu inutile.",
    ),
    (
        "de",
        "Wird der Termin noch gebraucht: {service}, {day}, {time}?",
        "Von der Warteliste wurde ein früherer Termin angenommen: {day}, {time}. Fragen Sie nach und sagen Sie den ab, der nicht mehr gebraucht wird.",
    ),
    (
        "pt",
        "O agendamento ainda é necessário: {service}, {day}, {time}?",
        "Um horário anterior da lista de espera foi aceito: {day}, {time}. Pergunte e cancele o que não for mais necessário.",
    ),
];

/// What it says, by language.
const WORDS: [(&str, &str); 5] = [
    (
        "en",
        "Hi{name}, a time has opened up at {business}: {service}, {day}, {time}. We hold it for you until {until}. \
         Reply YES to take it, or NO to let it go.",
    ),
    (
        "es",
        "Hola{name}, se ha liberado una hora en {business}: {service}, {day}, {time}. Se la guardamos hasta: {until}. \
         Responda SÍ para reservarla o NO para rechazarla.",
    ),
    (
        "fr",
        "Bonjour{name}, un horaire s'est libéré chez {business} : {service}, {day}, {time}. Nous vous le gardons jusqu'à {until}. \
         Répondez OUI pour le prendre, ou NON pour le laisser.",
    ),
    (
        "de",
        "Guten Tag{name}, bei {business} ist ein Termin frei geworden: {service}, {day}, {time}. Wir halten ihn für Sie bis {until}. \
         Antworten Sie JA, um ihn zu nehmen, oder NEIN, wenn er nicht passt.",
    ),
    (
        "pt",
        "Olá{name}, abriu um horário em {business}: {service}, {day}, {time}. Ele está reservado para você até {until}. \
         Responda SIM para ficar com ele ou NÃO para liberar.",
    ),
];

#[cfg(test)]
mod tests;
