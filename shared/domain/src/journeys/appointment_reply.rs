//! Which appointment a one-word reply is about.

use jiff::{SignedDuration, Timestamp};

use super::{AppointmentWord, Journey, Sent};
use crate::messaging::{Channel, Kind, OptOutState};
use crate::scheduling::Appointment;
use crate::scheduling::AppointmentState;

/// For how long a reminder can be answered by a word for another time: as long as the journey knows of it.
const REMINDED_FOR: SignedDuration = SignedDuration::from_hours(8 * 24);
/// Who asks where we are has an appointment within so long.
const EXPECTS_US_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Where and when a word about an appointment was said.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// On which channel.
    pub channel: Channel,
    /// When it was written (UTC), which may be long before it came in.
    pub at: Timestamp,
    /// When the last answer in its thread was queued (UTC).
    pub replied_at: Option<Timestamp>,
}

impl Journey {
    /// The appointment that a word taken up at `now` is about; `None`: the word is an ordinary one.
    ///
    /// `yes`, `c` and `cancel` answer whatever was said last: they mean an appointment only where that was its reminder, on this
    /// very channel and of the time that holds still; nothing else of ours may have gone out since, nothing of theirs may have
    /// come in, and the word must be the later one. Another time is asked for by who was reminded lately, on whichever channel.
    /// `opt_out_state` is as it was before the word.
    #[must_use]
    pub fn appointment_meant(
        &self,
        word: AppointmentWord,
        said: &Said,
        opt_out_state: &OptOutState,
        now: Timestamp,
    ) -> Option<&Appointment> {
        let is_reminder = |sent: &Sent| sent.kind == Kind::AppointmentReminder;
        match word {
            AppointmentWord::Confirm | AppointmentWord::Cancel => {
                let sent_there = self.ledger.iter().filter(|sent| sent.channel == said.channel && sent.at <= said.at);
                let last = sent_there.max_by_key(|sent| sent.at).filter(|last| is_reminder(last))?;
                let heard = opt_out_state.heard.get(&said.channel).copied();
                let answers_it = heard.max(said.replied_at).is_none_or(|at| at < last.at);
                self.reminded_of(last, now).filter(|meant| answers_it && meant.agreed_at <= last.at)
            }
            AppointmentWord::Change => {
                let lately = |sent: &&Sent| is_reminder(sent) && now.duration_since(sent.at) <= REMINDED_FOR;
                let meant = |sent: &Sent| Some((sent.at, self.reminded_of(sent, now)?));
                let meant = self.ledger.iter().filter(lately).filter_map(meant);
                meant.max_by_key(|(at, _)| *at).map(|(_, meant)| meant)
            }
            AppointmentWord::Where => self.next_appointment(now).filter(|next| {
                next.state == AppointmentState::EnRoute || next.starts_at.duration_since(now) <= EXPECTS_US_WITHIN
            }),
        }
    }

    /// The appointment that a message was about, as long as it is to take place; the next one where the message names none.
    fn reminded_of(&self, sent: &Sent, now: Timestamp) -> Option<&Appointment> {
        let Some(id) = sent.appointment else { return self.next_appointment(now) };
        self.appointments.iter().find(|appointment| appointment.id == id).filter(|it| is_to_come(it, now))
    }

    /// The one appointment that is to take place; `None`: none, or several.
    #[must_use]
    pub fn only_appointment(&self, now: Timestamp) -> Option<&Appointment> {
        let to_come = |known: &&Appointment| known.state < AppointmentState::EnRoute && known.starts_at > now;
        let mut to_come = self.appointments.iter().filter(to_come);
        to_come.next().filter(|_| to_come.next().is_none())
    }

    /// The next appointment that is to take place, or takes place now.
    #[must_use]
    pub fn next_appointment(&self, now: Timestamp) -> Option<&Appointment> {
        let to_come = self.appointments.iter().filter(|appointment| is_to_come(appointment, now));
        to_come.min_by_key(|appointment| appointment.starts_at)
    }

    /// When their appointments that are to take place begin.
    #[must_use]
    pub fn visits_ahead(&self, now: Timestamp) -> Vec<Timestamp> {
        self.appointments.iter().filter(|known| is_to_come(known, now)).map(|known| known.starts_at).collect()
    }
}

fn is_to_come(appointment: &Appointment, now: Timestamp) -> bool {
    appointment.state < AppointmentState::Completed && appointment.ends_at > now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactId, TenantId, ids::AppointmentId};

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + hour * 3_600).unwrap()
    }

    /// Someone with an appointment in 20 hours, reminded by SMS an hour ago.
    fn reminded() -> Journey {
        let tenant = TenantId::new("acme").unwrap();
        let mut journey = Journey::begin(ContactId::derive(&tenant, &["c"]), at(-100));
        let appointment = |name: &str, hour| Appointment {
            id: AppointmentId::derive(&tenant, &[name]),
            state: AppointmentState::Booked,
            starts_at: at(hour),
            ends_at: at(hour + 1),
            agreed_at: at(-50),
            service: None,
            location: None,
            eta: None,
            track: None,
        };
        journey.appointments = vec![appointment("later", 200), appointment("next", 20), appointment("past", -5)];
        journey.ledger = vec![Sent {
            at: at(-1),
            kind: Kind::AppointmentReminder,
            channel: Channel::Sms,
            digest: 1,
            appointment: None,
        }];
        journey
    }

    #[test]
    fn yes_confirms_what_they_were_just_reminded_of_and_nothing_else() {
        let (mut journey, mut opt_out_state) = (reminded(), OptOutState::default());
        let said = |channel| Said { channel, at: at(0), replied_at: None };
        let confirms = |journey: &Journey, opt_out_state: &OptOutState, channel| {
            let meant = journey.appointment_meant(AppointmentWord::Confirm, &said(channel), opt_out_state, at(0));
            meant.map(|known| known.starts_at)
        };
        assert_eq!(confirms(&journey, &opt_out_state, Channel::Sms), Some(at(20)));
        assert_eq!(confirms(&journey, &opt_out_state, Channel::Whatsapp), None, "they were reminded elsewhere");
        opt_out_state.heard.insert(Channel::Sms, at(-2));
        assert_eq!(confirms(&journey, &opt_out_state, Channel::Sms), Some(at(20)));
        // They have talked of other things since: the yes is about those.
        opt_out_state.heard.insert(Channel::Sms, at(-1) + SignedDuration::from_mins(30));
        assert_eq!(confirms(&journey, &opt_out_state, Channel::Sms), None);
        opt_out_state.heard.clear();
        // We have said something else since: an answer that was late, or another outreach message.
        let meant = |journey: &Journey, said: &Said| {
            journey.appointment_meant(AppointmentWord::Confirm, said, &OptOutState::default(), at(0)).is_some()
        };
        let answered = |minutes| Some(at(-1) + SignedDuration::from_mins(minutes));
        assert!(meant(&journey, &Said { replied_at: answered(-5), ..said(Channel::Sms) }));
        assert!(!meant(&journey, &Said { replied_at: answered(5), ..said(Channel::Sms) }));
        // It was written before the reminder left, and came in after.
        assert!(!meant(&journey, &Said { at: at(-2), ..said(Channel::Sms) }));
        let invoice = |channel| Sent { at: at(0), kind: Kind::Billing, channel, digest: 2, appointment: None };
        journey.ledger.push(invoice(Channel::Email));
        assert!(meant(&journey, &said(Channel::Sms)), "that was said elsewhere");
        journey.ledger.push(invoice(Channel::Sms));
        assert!(!meant(&journey, &said(Channel::Sms)));
        journey.ledger.clear();
        assert_eq!(confirms(&journey, &opt_out_state, Channel::Sms), None);
    }

    #[test]
    fn a_word_is_about_the_visit_that_was_reminded_of_and_about_the_time_that_was_named() {
        let mut journey = reminded();
        let later = AppointmentId::derive(&TenantId::new("acme").unwrap(), &["later"]);
        journey.ledger[0].appointment = Some(later);
        let said = Said { channel: Channel::Sms, at: at(0), replied_at: None };
        let meant = |journey: &Journey, word| {
            let meant = journey.appointment_meant(word, &said, &OptOutState::default(), at(0));
            meant.map(|known| known.id)
        };
        let words = [AppointmentWord::Confirm, AppointmentWord::Cancel, AppointmentWord::Change];
        assert_eq!(words.map(|word| meant(&journey, word)), [Some(later); 3]);
        // It was moved after the reminder: whoever answers now answers to a time that holds no more.
        journey.appointments[0].agreed_at = at(0);
        assert_eq!(words.map(|word| meant(&journey, word)), [None, None, Some(later)]);
        journey.appointments[0].state = AppointmentState::Cancelled;
        assert_eq!(words.map(|word| meant(&journey, word)), [None; 3]);
    }

    #[test]
    fn another_time_is_asked_for_after_a_reminder_and_where_on_the_day() {
        let (mut journey, opt_out_state) = (reminded(), OptOutState::default());
        let said = Said { channel: Channel::Email, at: at(0), replied_at: None };
        let meant =
            |journey: &Journey, word, now| journey.appointment_meant(word, &said, &opt_out_state, now).is_some();
        assert!(meant(&journey, AppointmentWord::Change, at(0)));
        assert!(meant(&journey, AppointmentWord::Where, at(0)));
        assert!(!meant(&journey, AppointmentWord::Where, at(30)), "the next one is days away");
        journey.appointments.retain(|appointment| appointment.starts_at < at(0));
        assert!(!meant(&journey, AppointmentWord::Change, at(0)), "there is none any more");
    }
}
