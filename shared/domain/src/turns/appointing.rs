//! One-word replies to appointment reminders: C, R, WHERE and their like.

use super::consenting::answer;
use super::{Response, Turn};
use crate::conversations::{Intent, Task, TaskKind};
use crate::events::EventKind;
use crate::ids::TaskId;
use crate::journeys::{AppointmentWord, Said, answer_to, appointment_word, home_zone};
use crate::scheduling::Appointment;

impl Turn<'_> {
    /// Reads `text`, which is the message or what they had asked before they proved who they are, as a word about an appointment,
    /// notes what follows, and answers. `None`: it is an ordinary message.
    pub(super) fn appointment_word(&mut self, text: &str) -> Option<Response> {
        let (word, appointment) = self.word_meant(text)?;
        Some(self.answer_word(word, &appointment))
    }

    /// Notes the appointment for which the message asks another time by the word of its reminder, where a calendar may have an answer
    /// ([`Turn::arrange`]). Whether there is one.
    pub(super) fn note_other_time(&mut self) -> bool {
        let is_word = appointment_word(self.inbound.content.text()) == Some(AppointmentWord::Change);
        let meant = is_word && self.tenant.services.iter().any(|service| service.booking.is_some());
        self.other_time = meant.then(|| self.appointment_meant(AppointmentWord::Change)).flatten();
        self.other_time.is_some()
    }

    /// The answer to a word for another time, where the calendar has none to offer, or the appointment is none of its: people find
    /// one. `None`: the message is another, or times are offered.
    pub fn left_to_people(&mut self) -> Option<Response> {
        let appointment = self.other_time.take()?;
        if self.arranged.is_none() {
            return Some(self.answer_word(AppointmentWord::Change, &appointment));
        }
        // They may take none of the times, or write no more: staff know that this one does not suit.
        let note = "They answered the reminder and want another time, or none. Free times were offered to them: where they took one, \
                    the appointment has moved.";
        let task = Task { urgent: false, note: note.to_owned(), ..self.task_of_change() };
        self.events.push(EventKind::TaskCreated { task: task.id, contact: task.contact });
        self.tasks.push(task);
        None
    }

    /// That another time is to be found.
    fn task_of_change(&self) -> Task {
        Task {
            id: TaskId::derive(&self.tenant.id, &["change", &self.inbound.message_id().to_string()]),
            contact: self.person.contact.id,
            conversation: Some(self.thread.id),
            kind: TaskKind::Reschedule,
            title: "Find another time for an appointment".to_owned(),
            note: "They answered the reminder and want another time, or none.".to_owned(),
            urgent: true,
            assignee: None,
            due_at: None,
            created_at: self.now,
            done: None,
        }
    }

    fn answer_word(&mut self, word: AppointmentWord, appointment: &Appointment) -> Response {
        let language = self.thread.language.clone();
        let zone = home_zone(self.tenant, &self.person.contact, self.person.journey.as_ref());
        let reply = answer_to(word, appointment, self.tenant, &language, &zone, self.now);
        self.note_word(word, appointment);
        let intent = if word == AppointmentWord::Where { Intent::Other } else { Intent::Booking };
        Response::Confirmed { answer: Box::new(answer(reply, &language, intent)), suppressed: None }
    }

    /// A STOP that is also a word for another time: on SMS `CANCEL` is both. Nothing is answered, and the staff hear of it.
    pub fn note_cancelled(&mut self) {
        let wanted = |word: &AppointmentWord| matches!(word, AppointmentWord::Change | AppointmentWord::Cancel);
        let meant = self.word_meant(self.inbound.content.text()).filter(|(word, _)| wanted(word));
        if let Some((word, appointment)) = meant {
            self.note_word(word, &appointment);
        }
    }

    /// Whether they ask where we are, or for another time while they arrange none in this thread. Whether there is an appointment
    /// is not looked at.
    pub(super) fn asks_for_appointment(&self) -> bool {
        let arranges = self.thread.wish.is_some() || self.thread.asked.is_some();
        match appointment_word(self.inbound.content.text()) {
            Some(AppointmentWord::Where) => true,
            Some(AppointmentWord::Change | AppointmentWord::Cancel | AppointmentWord::Confirm) => !arranges,
            None => false,
        }
    }

    /// The word that a text is, and the appointment that it means. Who cancels later than right after its reminder is asked by a
    /// person what they mean, as who wants another time is.
    fn word_meant(&self, text: &str) -> Option<(AppointmentWord, Appointment)> {
        let word = appointment_word(text)?;
        let meant = |word| self.appointment_meant(word).map(|appointment| (word, appointment));
        meant(word).or_else(|| meant(AppointmentWord::Change).filter(|_| word == AppointmentWord::Cancel))
    }

    /// The appointment that a word means. Who is not proven to be the contact moves none, and hears of none.
    fn appointment_meant(&self, word: AppointmentWord) -> Option<Appointment> {
        if !self.is_proven() {
            return None;
        }
        let journey = self.person.journey.as_ref()?;
        let (channel, at) = (self.inbound.channel, self.inbound.said_at());
        let said = Said { channel, at, replied_at: self.thread.replied_at };
        journey.appointment_meant(word, &said, &self.person.opt_out_state, self.now).cloned()
    }

    fn note_word(&mut self, word: AppointmentWord, of: &Appointment) {
        let (contact, appointment, agreed_at) = (self.person.contact.id, of.id, Some(of.agreed_at));
        match word {
            AppointmentWord::Confirm => {
                self.note_appointment(EventKind::AppointmentConfirmed { contact, appointment, agreed_at }, None);
            }
            AppointmentWord::Change | AppointmentWord::Cancel => {
                let cancels = agreed_at.filter(|_| word == AppointmentWord::Cancel);
                let mut task = self.task_of_change();
                if cancels.is_some() {
                    "They cancelled an appointment: offer another time".clone_into(&mut task.title);
                    "They answered the reminder with a word for “cancel”. In the calendar here it is cancelled; take it out of any other."
                        .clone_into(&mut task.note);
                }
                self.note_appointment(
                    EventKind::AppointmentChangeRequested { contact, appointment, cancels },
                    Some(task),
                );
            }
            AppointmentWord::Where => {}
        }
    }
}
