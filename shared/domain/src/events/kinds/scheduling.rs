//! Events of appointments and jobs.

macro_rules! scheduling {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// An appointment was agreed on.
    AppointmentBooked = "appointment.booked", of contact, about Appointment(appointment), signals "they booked an appointment",
        shows [contact appointment starts_at ends_at location], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
        /// When it begins (UTC).
        starts_at: Timestamp,
        /// When it ends (UTC).
        ends_at: Timestamp,
        /// What it is for.
        #[serde(default)]
        service: Option<String>,
        /// The location.
        #[serde(default)]
        location: Option<LocationId>,
    }
    /// A customer will be there.
    AppointmentConfirmed = "appointment.confirmed", of contact,
        about Appointment(appointment), signals "they confirmed the appointment",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
        /// Where they said so in a conversation: when the time that they meant was agreed on (UTC).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreed_at: Option<Timestamp>,
    }
    /// An appointment has another time.
    AppointmentRescheduled = "appointment.rescheduled", of contact,
        about Appointment(appointment), signals "the appointment was moved",
        shows [contact appointment starts_at ends_at], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
        /// When it begins now (UTC).
        starts_at: Timestamp,
        /// When it ends now (UTC).
        ends_at: Timestamp,
        /// When it began before (UTC).
        #[serde(default)]
        was: Option<Timestamp>,
    }
    /// A customer wants another time, or none.
    AppointmentChangeRequested = "appointment.change_requested", of contact,
        about Appointment(appointment), signals "they want to change the appointment",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
        /// Where they cancelled outright in a conversation: when the time that they meant was agreed on (UTC).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cancels: Option<Timestamp>,
    }
    /// An appointment does not take place.
    AppointmentCancelled = "appointment.cancelled", of contact,
        about Appointment(appointment), signals "the appointment was cancelled",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
    }
    /// A customer was not there.
    AppointmentMissed = "appointment.missed", of contact, about Appointment(appointment), signals "they missed the appointment",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
    }
    /// An appointment is not confirmed, and likely to be missed.
    AppointmentAtRisk = "appointment.at_risk", of contact, about Appointment(appointment), signals "they may miss the appointment",
        shows [contact appointment percent] {
        /// The contact.
        contact: ContactId,
        /// Which appointment.
        appointment: AppointmentId,
        /// The chance that it is missed, in percent.
        percent: u8,
    }
    /// Someone is on the way to an appointment.
    AppointmentEnRoute = "appointment.en_route", of contact, about Appointment(appointment), signals "somebody is on the way to them",
        shows [contact appointment eta], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The appointment.
        appointment: AppointmentId,
        /// When they will be there (UTC).
        eta: Timestamp,
        /// Where their way can be watched.
        #[serde(default)]
        track: Option<String>,
    }
    /// A time that became free is held for someone of the waiting list, and they are told.
    WaitlistOffered = "waitlist.offered", of contact, about Appointment(appointment), shows [contact appointment starts_at until] {
        /// The contact.
        contact: ContactId,
        /// The appointment that is held.
        appointment: AppointmentId,
        /// When it begins (UTC).
        starts_at: Timestamp,
        /// Until when it is held (UTC).
        until: Timestamp,
    }
    /// Someone of the waiting list let a time go that was held for them.
    WaitlistDeclined = "waitlist.declined", of contact, about Appointment(appointment), shows [contact appointment] {
        /// The contact.
        contact: ContactId,
        /// The appointment that was held.
        appointment: AppointmentId,
    }
    /// Someone of the waiting list has what they waited for.
    WaitlistFilled = "waitlist.filled", of contact, about Appointment(appointment), shows [contact appointment minutes] {
        /// The contact.
        contact: ContactId,
        /// The appointment that they have.
        appointment: AppointmentId,
        /// For how many minutes its time was free, where it was offered to them.
        #[serde(default)]
        minutes: Option<u64>,
    }
    /// Work has begun.
    JobStarted = "job.started", of contact, about Appointment(appointment), signals "the job has begun",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    }
    /// Work is done.
    JobCompleted = "job.completed", of contact, about Appointment(appointment), signals "the job is done",
        shows [contact appointment], reported by callers {
        /// The contact.
        contact: ContactId,
        /// Which appointment's.
        appointment: AppointmentId,
    }
    } };
}
