//! What a sequence must hold before it is stored.

mod texts;
mod way;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Act, Condition, Sequence, Signal, Step, Wait, check_places};
use crate::Failure;
use crate::leads::Stage;
use crate::messaging::{Channel, Kind};
use crate::tenancy::{Tenant, ensure, text, unique};

const MAX_ENTRIES: usize = 10;
const MAX_STEPS: usize = 30;
const MAX_CONDITIONS: usize = 10;
const MAX_REST_DAYS: u32 = 3_650;
/// The longest wait in minutes: two years.
const MAX_MINUTES: u32 = 1_051_200;
const MAX_DAYS: u32 = 730;
/// The longest time before an appointment, in minutes: a month.
const MAX_MINUTES_BEFORE: u32 = 43_200;
const MAX_DAYS_OF_INVOICE: u32 = 365;
/// The longest pause, acceleration or use of a message, in hours: a month.
const HOURS: RangeInclusive<u32> = 1..=720;

/// What only time tells; all else is told by events.
const MARKS: [Stage; 6] = [
    Stage::QuoteFollowingUp,
    Stage::PreAppointment,
    Stage::AppointmentToday,
    Stage::ReviewEligible,
    Stage::Dormant,
    Stage::Churned,
];

impl Sequence {
    /// Checks what the types do not: lengths and counts, ids given once, steps that exist, are reached and form no circle,
    /// texts in a language that the tenant's customers read with places that are known, waits that have something to
    /// count from.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, as a path: `steps[2].otherwise`.
    pub fn validate(&self, tenant: &Tenant) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        let answers = matches!(self.kind, Kind::Reply | Kind::OptOut | Kind::Notice);
        ensure(!answers, "kind", "kind must not be reply, opt_out or notice: a sequence is what the business begins")?;
        let days = format!("rest_days must be at most {MAX_REST_DAYS}");
        ensure(self.rest_days <= MAX_REST_DAYS, "rest_days", days)?;
        self.check_entries()?;
        self.check_signals()?;
        let counted = (1..=MAX_STEPS).contains(&self.steps.len());
        ensure(counted, "steps", format!("a sequence has 1 to {MAX_STEPS} steps"))?;
        unique(self.steps.iter().enumerate().map(|(index, step)| (format!("steps[{index}].id"), &step.id)))?;
        for (index, step) in self.steps.iter().enumerate() {
            self.check_step(step, tenant).map_err(|failure| failure.within(&format!("steps[{index}]")))?;
        }
        self.check_way()
    }

    fn check_entries(&self) -> Result<(), Failure> {
        let counted = (1..=MAX_ENTRIES).contains(&self.enters_on.len());
        ensure(counted, "enters_on", format!("a sequence begins with 1 to {MAX_ENTRIES} events"))?;
        for (index, entry) in self.enters_on.iter().enumerate() {
            let field = format!("enters_on[{index}].when");
            check_conditions(&field, &entry.when)?;
            let of_a_message = entry.when.iter().position(|one| matches!(one, Condition::LastOpened(_)));
            if let Some(at) = of_a_message {
                let why = "last_opened has no meaning here: before the first step no message has gone out";
                return Err(Failure::invalid(format!("{field}[{at}]"), why));
            }
        }
        Ok(())
    }

    /// Each event means one thing only: it ends an enrollment in one way, or makes it wait, or hurries it.
    fn check_signals(&self) -> Result<(), Failure> {
        let endings = || {
            let lists = [
                ("converts_on", &self.converts_on),
                ("stops_on", &self.stops_on),
                ("hands_over_on", &self.hands_over_on),
            ];
            lists.into_iter().flat_map(|(field, list)| {
                list.iter().enumerate().map(move |(index, signal)| (format!("{field}[{index}]"), *signal))
            })
        };
        let pauses =
            self.pauses_on.iter().enumerate().map(|(index, pause)| (format!("pauses_on[{index}].on"), pause.on));
        let sooner = self.accelerates_on.iter().enumerate();
        let sooner = sooner.map(|(index, sooner)| (format!("accelerates_on[{index}].on"), sooner.on));
        unique(endings().chain(pauses).chain(sooner))?;

        for (field, signal) in endings() {
            // What they write ends an enrollment and begins it again: silence is counted from their last message.
            let begins = signal != Signal::MessageReceived && self.enters_on.iter().any(|entry| entry.on == signal);
            let why = format!("{} begins the sequence: it cannot end it as well", signal.as_str());
            ensure(!begins, field, why)?;
        }
        for (index, pause) in self.pauses_on.iter().enumerate() {
            hours(&format!("pauses_on[{index}].hours"), "hours", pause.hours)?;
        }
        for (index, sooner) in self.accelerates_on.iter().enumerate() {
            hours(&format!("accelerates_on[{index}].within_hours"), "within_hours", sooner.within_hours)?;
        }
        Ok(())
    }

    fn check_step(&self, step: &Step, tenant: &Tenant) -> Result<(), Failure> {
        check_conditions("when", &step.when)?;
        let is_asked = step.otherwise.is_none() || !step.when.is_empty();
        ensure(
            is_asked,
            "otherwise",
            "otherwise says what comes where `when` is not so: it needs conditions in `when`",
        )?;
        self.check_wait(step.wait)?;
        match &step.does {
            Act::Message(message) => message.check(self.kind, tenant).map_err(|failure| failure.within("does.message")),
            Act::Task { title, note, .. } => text("title", title, 1..=160)
                .and_then(|()| text("note", note, 0..=1_000))
                .and_then(|()| check_places("title", title))
                .and_then(|()| check_places("note", note))
                .map_err(|failure| failure.within("does.task")),
            Act::Mark { stage } => {
                let names = MARKS.map(Stage::as_str).join(", ");
                let why = format!("a step may mark only what time tells ({names}): events tell the rest");
                ensure(MARKS.contains(stage), "does.mark.stage", why)
            }
        }
    }

    fn check_wait(&self, wait: Wait) -> Result<(), Failure> {
        match wait {
            Wait::After { minutes } => at_most("wait.after.minutes", minutes, MAX_MINUTES),
            Wait::OnDay { day, .. } => at_most("wait.on_day.day", day, MAX_DAYS),
            Wait::BeforeAppointment { minutes } => {
                self.need("wait.before_appointment", "an appointment", brings_appointment)?;
                at_most("wait.before_appointment.minutes", minutes, MAX_MINUTES_BEFORE)
            }
            Wait::AppointmentDay { .. } => self.need("wait.appointment_day", "an appointment", brings_appointment),
            Wait::AfterAppointment { minutes } => {
                self.need("wait.after_appointment", "an appointment", brings_appointment)?;
                at_most("wait.after_appointment.minutes", minutes, MAX_MINUTES)
            }
            Wait::BeforeDueDate { days, .. } => {
                self.need("wait.before_due_date", "an invoice", brings_invoice)?;
                at_most("wait.before_due_date.days", days, MAX_DAYS_OF_INVOICE)
            }
            Wait::AfterDueDate { days, .. } => {
                self.need("wait.after_due_date", "an invoice", brings_invoice)?;
                at_most("wait.after_due_date.days", days, MAX_DAYS_OF_INVOICE)
            }
            Wait::AsTheyReact { .. } => Ok(()),
        }
    }

    /// Every event that begins the sequence brings what is counted from.
    fn need(&self, field: &str, what: &str, brings: fn(Signal) -> bool) -> Result<(), Failure> {
        if self.about_the_person {
            let why = format!(
                "this is counted from {what}, but this sequence's enrollments are about the person (about_the_person)"
            );
            return Err(Failure::invalid(field, why));
        }
        let other = self.enters_on.iter().find(|entry| !brings(entry.on));
        other.map_or(Ok(()), |entry| {
            let why = format!("this is counted from {what}, but {} begins the sequence without one", entry.on.as_str());
            Err(Failure::invalid(field, why))
        })
    }
}

fn brings_appointment(signal: Signal) -> bool {
    let name = signal.as_str();
    name.starts_with("appointment.") || name.starts_with("job.")
}

fn brings_invoice(signal: Signal) -> bool {
    signal.as_str().starts_with("invoice.") || signal == Signal::PaymentReceived
}

fn check_conditions(field: &str, conditions: &[Condition]) -> Result<(), Failure> {
    let few = conditions.len() <= MAX_CONDITIONS;
    ensure(few, field, format!("there may be at most {MAX_CONDITIONS} conditions"))?;
    for (index, condition) in conditions.iter().enumerate() {
        let field = format!("{field}[{index}]");
        let (ok, why) = match condition {
            Condition::StageIn(list) => (!list.is_empty(), "stage_in needs at least one stage"),
            Condition::StatusIn(list) => (!list.is_empty(), "status_in needs at least one status"),
            Condition::ScoreIn(list) => (!list.is_empty(), "score_in needs at least one score"),
            Condition::Reacts(list) => (!list.is_empty(), "reacts needs at least one level"),
            Condition::AmountAtLeast(cents) => (*cents > 0, "amount_at_least must be more than 0"),
            Condition::Reachable(channel) => {
                (*channel != Channel::Chat, "nobody can be reached by chat: the widget is the visitor's to open")
            }
            _ => (true, ""),
        };
        ensure(ok, field, why)?;
    }
    Ok(())
}

fn hours(field: &str, name: &str, hours: u32) -> Result<(), Failure> {
    let why = format!("{name} must be {} to {}", HOURS.start(), HOURS.end());
    ensure(HOURS.contains(&hours), field, why)
}

fn at_most(field: &str, value: u32, most: u32) -> Result<(), Failure> {
    ensure(value <= most, field, format!("this must be at most {most}"))
}

/// Where each step stands in the list.
fn places_of(steps: &[Step]) -> BTreeMap<&crate::ids::StepId, usize> {
    steps.iter().enumerate().map(|(index, step)| (&step.id, index)).collect()
}

#[cfg(test)]
mod tests;
