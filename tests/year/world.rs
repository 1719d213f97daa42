//! The workers' shells over a table in memory: the real decisions, with what goes wrong between them.
//!
//! A worker reads, decides, makes schedules, stores under the version it read, and is done with its record. Between any two
//! of these it may die; then its record comes again. Records also come twice, late and out of order, schedules are lost, and
//! between a worker's reading and its storing others store.

mod delivering;

use domain::conversations::{Conversation, Role};
use domain::events::{Event, EventKind};
use domain::journeys::{DueStep, Journey, JourneyContext, JourneyUpdate, VariantStats, apply_event, run_step};
use domain::messaging::MessageRef;
use domain::tenancy::Language;
use domain::{ConversationId, EventId};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

use crate::cast::{Firm, Soul};
use crate::laws;
use crate::lives::{Cause, deed};
use xtask::chance::Chance;

/// After how long a record whose worker died comes again.
const VISIBILITY: SignedDuration = SignedDuration::from_secs(180);
/// How often the sweepers run.
const SWEEP: SignedDuration = SignedDuration::from_mins(5);

/// Something that happens at a moment.
enum Happening {
    /// Someone does something.
    Life(usize),
    /// A record of the queue `JourneyEvents`.
    Hear(usize, Box<Event>),
    /// A record of the queue `SequenceSteps`.
    Outreach(usize, DueStep),
    /// A record of the queue `Outbound`.
    Deliver(usize, MessageRef),
    /// A worker that has read and decided comes to store.
    Store(usize, Box<Stored>),
    /// The sweeper of outreach messages runs.
    Sweep,
}

/// What a worker stores, and the record that comes again where it cannot.
struct Stored {
    journey_update: JourneyUpdate,
    cause: String,
    record: Record,
}

#[derive(Clone)]
enum Record {
    Hear(Box<Event>),
    Outreach(DueStep),
}

/// The year.
pub(crate) struct World {
    pub(crate) firms: Vec<Firm>,
    pub(crate) souls: Vec<Soul>,
    pub(crate) now: Timestamp,
    pub(crate) counts: BTreeMap<&'static str, u64>,
    /// Verdicts by kind of message.
    pub(crate) verdicts: BTreeMap<(&'static str, &'static str), u64>,
    end: Timestamp,
    happenings: BTreeMap<(Timestamp, u64), Happening>,
    serial: u64,
    chance: Chance,
    /// Next steps, by when they are due: the sparse index.
    due: BTreeSet<(Timestamp, usize)>,
}

impl World {
    pub(crate) fn new(firms: Vec<Firm>, souls: Vec<Soul>, begin: Timestamp, end: Timestamp, chance: Chance) -> Self {
        let mut world = Self {
            firms,
            souls,
            now: begin,
            counts: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            end,
            happenings: BTreeMap::new(),
            serial: 0,
            chance,
            due: BTreeSet::new(),
        };
        for index in 0..world.souls.len() {
            let first = world.souls[index].person.contact.created_at;
            world.at(first, Happening::Life(index));
        }
        world.at(begin, Happening::Sweep);
        world
    }

    /// Lets the year pass.
    pub(crate) fn run(&mut self) -> Result<(), String> {
        while let Some(((now, _), happening)) = self.happenings.pop_first() {
            if now > self.end {
                break;
            }
            self.now = now;
            match happening {
                Happening::Life(soul) => self.live(soul),
                Happening::Hear(soul, event) => self.apply_event(soul, event),
                Happening::Outreach(soul, point) => self.run_step(soul, point),
                Happening::Deliver(soul, message) => self.deliver(soul, message)?,
                Happening::Store(soul, stored) => self.store(soul, *stored),
                Happening::Sweep => self.sweep(),
            }
        }
        self.souls.iter().try_for_each(|soul| laws::check_end(soul, self.end))
    }

    fn at(&mut self, when: Timestamp, happening: Happening) {
        self.serial += 1;
        self.happenings.insert((when, self.serial), happening);
    }

    fn soon(&mut self, from: i64, to: i64, happening: Happening) {
        let when = self.now + SignedDuration::from_millis(self.chance.between(from, to));
        self.at(when, happening);
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn dies(&mut self) -> bool {
        let dies = self.chance.one_in(60);
        if dies {
            self.count("workers that died");
        }
        dies
    }

    // ---- Lives ----

    fn live(&mut self, index: usize) {
        let now = self.now;
        let (causes, next) = deed(&mut self.souls[index], now, &mut self.chance);
        for cause in causes {
            match cause {
                Cause::Event(kind) => self.publish(index, kind),
                Cause::Wrote(channel, kind) => {
                    let soul = &mut self.souls[index];
                    soul.person.opt_out_state.heard.insert(channel, now);
                    converse(soul, channel, now);
                    self.publish(index, kind);
                }
                Cause::Refused(refused) => {
                    self.count(if refused { "STOPs" } else { "STARTs" });
                    let opt_out_state = &mut self.souls[index].person.opt_out_state;
                    (opt_out_state.refused, opt_out_state.said_at) = (refused, Some(now));
                    let contact = self.souls[index].person.contact.id;
                    let channel = domain::messaging::Channel::Sms;
                    self.publish(index, EventKind::ConsentChanged { contact, channel, suppressed: refused });
                }
                Cause::Agreed(record) => {
                    let journey = self.souls[index].person.journey.as_mut().unwrap();
                    journey.record_consent(record);
                    journey.version += 1;
                }
            }
        }
        self.at(now + next, Happening::Life(index));
    }

    /// An event goes over the bus: late, twice, out of order.
    fn publish(&mut self, index: usize, kind: EventKind) {
        let tenant = self.firms[self.souls[index].firm].tenant.id.clone();
        let mark = format!("{}|{}", self.souls[index].person.contact.id, self.serial);
        let id = EventId::derive(&tenant, &[&mark]);
        let event = Box::new(Event { id, tenant, at: self.now, correlation_id: mark, kind });
        self.count("events");
        if self.chance.one_in(30) {
            self.count("events that came twice");
            self.soon(1_000, 600_000, Happening::Hear(index, event.clone()));
        }
        let late = if self.chance.one_in(100) { 3_600_000 } else { 20_000 };
        self.soon(300, late, Happening::Hear(index, event));
    }

    // ---- worker-journeys and worker-sequence step ----

    fn apply_event(&mut self, index: usize, event: Box<Event>) {
        if self.dies() {
            return self.at(self.now + VISIBILITY, Happening::Hear(index, event));
        }
        let soul = &self.souls[index];
        let firm = &self.firms[soul.firm];
        let journey_context =
            JourneyContext { tenant: &firm.tenant, person: &soul.person, sequences: &firm.sequences, visit_link: None };
        let journey_update = apply_event(&journey_context, soul.person.journey.clone().unwrap(), &event, self.now);
        let cause = format!("hear|{}", event.id);
        self.decided(index, Stored { journey_update, cause, record: Record::Hear(event) });
    }

    fn run_step(&mut self, index: usize, point: DueStep) {
        if self.dies() {
            return self.at(self.now + VISIBILITY, Happening::Outreach(index, point));
        }
        let soul = &self.souls[index];
        let firm = &self.firms[soul.firm];
        let journey_context =
            JourneyContext { tenant: &firm.tenant, person: &soul.person, sequences: &firm.sequences, visit_link: None };
        let journey_update = run_step(
            &journey_context,
            soul.person.journey.clone().unwrap(),
            &point,
            &VariantStats::default(),
            self.now,
        );
        self.count("steps that were due");
        let cause = format!("touch|{}|{}|{}", point.run, point.step, point.due);
        self.decided(index, Stored { journey_update, cause, record: Record::Outreach(point) });
    }

    /// The schedules are made, then the worker comes to store; it may die on the way.
    fn decided(&mut self, index: usize, stored: Stored) {
        for point in &stored.journey_update.schedules {
            self.schedule(index, point.clone());
        }
        if !stored.journey_update.changed {
            return;
        }
        if self.dies() {
            return self.again(index, stored.record);
        }
        self.soon(1, 2_000, Happening::Store(index, Box::new(stored)));
    }

    fn schedule(&mut self, index: usize, point: DueStep) {
        if self.chance.one_in(50) {
            return self.count("schedules that were lost");
        }
        let due = point.due.max(self.now);
        let late = |chance: &mut Chance| SignedDuration::from_millis(chance.between(0, 15_000));
        if self.chance.one_in(50) {
            self.count("schedules that fired twice");
            let when = due + late(&mut self.chance) + SignedDuration::from_secs(20);
            self.at(when, Happening::Outreach(index, point.clone()));
        }
        let when = due + late(&mut self.chance);
        self.at(when, Happening::Outreach(index, point));
    }

    fn again(&mut self, index: usize, record: Record) {
        let when = self.now + VISIBILITY;
        match record {
            Record::Hear(event) => self.at(when, Happening::Hear(index, event)),
            Record::Outreach(point) => self.at(when, Happening::Outreach(index, point)),
        }
    }

    /// One transaction: all of it, or nothing where someone stored meanwhile.
    fn store(&mut self, index: usize, stored: Stored) {
        let Stored { journey_update, cause, record } = stored;
        let soul = &mut self.souls[index];
        let there = soul.person.journey.as_ref().map_or(0, |journey| journey.version);
        let threads_stand = journey_update.messages.iter().all(|draft| {
            let thread = soul.person.threads.iter().find(|thread| thread.channel == draft.thread.channel);
            thread.map_or(0, |thread| thread.version) == draft.thread.version
        });
        if journey_update.journey.version != there || !threads_stand {
            self.count("lost races");
            // The worker decides again at once.
            return match record {
                Record::Hear(event) => self.soon(1, 50, Happening::Hear(index, event)),
                Record::Outreach(point) => self.soon(1, 50, Happening::Outreach(index, point)),
            };
        }
        for draft in journey_update.messages {
            let known = soul.messages.contains_key(&draft.message.reference.message)
                || soul.ends.contains_key(&draft.message.reference.message);
            assert!(!known, "a message is written once: {cause}");
            soul.person.threads.retain(|thread| thread.channel != draft.thread.channel);
            soul.person.threads.push(Conversation { version: draft.thread.version + 1, ..draft.thread });
            soul.messages.insert(draft.message.reference.message, draft.message);
        }
        let queued: Vec<MessageRef> = journey_update
            .events
            .iter()
            .filter_map(|kind| match kind {
                EventKind::MessageQueued { message, .. } => Some(*message),
                _ => None,
            })
            .collect();
        self.keep(index, journey_update.journey);
        for message in queued {
            self.count("messages queued");
            if self.chance.one_in(40) {
                self.soon(1_000, 300_000, Happening::Deliver(index, message));
            }
            self.soon(300, 5_000, Happening::Deliver(index, message));
        }
        // Dying now, after storing: the record comes again and finds its own traces.
        if self.dies() {
            self.again(index, record);
        }
    }

    fn keep(&mut self, index: usize, journey: Journey) {
        let soul = &mut self.souls[index];
        if let Some(due) = soul.person.journey.as_ref().and_then(Journey::next_due) {
            self.due.remove(&(due, index));
        }
        if let Some(due) = journey.next_due() {
            self.due.insert((due, index));
        }
        soul.person.journey = Some(Journey { version: journey.version + 1, ..journey });
    }

    /// What is overdue is put on the queue.
    fn sweep(&mut self) {
        let before = self.now - SWEEP;
        let late: Vec<usize> = self.due.iter().take_while(|(due, _)| *due < before).map(|(_, index)| *index).collect();
        for index in late {
            let soul = &self.souls[index];
            let tenant = self.firms[soul.firm].tenant.id.clone();
            let points = soul.person.journey.as_ref().unwrap().due_steps(&tenant);
            for point in points.into_iter().filter(|point| point.due < before) {
                self.count("steps that the sweeper found");
                self.soon(10, 2_000, Happening::Outreach(index, point));
            }
        }
        self.at(self.now + SWEEP, Happening::Sweep);
    }
}

/// They wrote, and were answered: what a turn leaves in the thread.
fn converse(soul: &mut Soul, channel: domain::messaging::Channel, now: Timestamp) {
    let found = soul.person.threads.iter().position(|thread| thread.channel == channel);
    let index = found.unwrap_or_else(|| {
        soul.person.threads.push(Conversation::new(
            ConversationId::parse(&soul.person.contact.id.to_string()).unwrap(),
            soul.person.contact.id,
            soul.person.lead.id,
            channel,
            Language::english(),
            now,
        ));
        soul.person.threads.len() - 1
    });
    let thread = &mut soul.person.threads[index];
    thread.remember(Role::Customer, "Hello");
    thread.remember(Role::Assistant, "Good day");
    thread.last_message_at = thread.last_message_at.max(now);
    thread.version += 1;
}
