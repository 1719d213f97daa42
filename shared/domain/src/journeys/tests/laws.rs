//! Random histories on random clocks: late, repeated and lost events and schedules.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::*;
use crate::journeys::{MAX_ENDED_RUNS, MAX_LOG, MAX_SEEN};
use crate::messaging::Kind;

/// One thing that happens, so many minutes after the one before.
type Story = Vec<(u8, u32, bool)>;

fn kind(world: &World, kind: u8, now: Timestamp, index: usize) -> EventKind {
    let contact = world.contact();
    let (quote, appointment, invoice) = (world.quote("q"), world.appointment("a"), world.invoice("i"));
    match kind {
        0 => world.lead_created(),
        1 | 2 => world.wrote(&index.to_string()),
        3 => world.quote_sent("q"),
        4 => EventKind::QuoteOpened { contact, quote },
        5 => EventKind::PricingVisited { contact },
        6 => EventKind::QuoteAccepted { contact, quote },
        7 => world.booked("a", now + hours(60)),
        8 => world.rescheduled("a", now + hours(90)),
        9 => EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None },
        10 => EventKind::JobStarted { contact, appointment },
        11 => EventKind::JobCompleted { contact, appointment },
        12 => world.issued("i", now + hours(24 * 14)),
        13 => EventKind::InvoiceOverdue { contact, invoice },
        14 => world.paid("i"),
        15 => EventKind::CallReceived { contact },
        16 => EventKind::QuoteExpired { contact, quote },
        17 => world.refused(),
        _ => EventKind::ReviewReceived { contact, rating: Some(5) },
    }
}

/// What was made, and when.
#[derive(Debug, Clone)]
struct Made {
    at: Timestamp,
    kind: Kind,
    run_began: Timestamp,
    id: MessageId,
}

struct Life {
    world: World,
    journey: Journey,
    now: Timestamp,
    made: Vec<Made>,
    schedules: Vec<DueStep>,
}

impl Life {
    fn take(&mut self, journey_update: JourneyUpdate) -> Result<(), TestCaseError> {
        for draft in &journey_update.messages {
            let message = &draft.message;
            let step = message.outreach.as_ref().and_then(|outreach| outreach.step.clone()).unwrap();
            let run = journey_update.journey.runs.iter().find(|run| run.id == step.run);
            let run_began = run.map_or(self.now, |run| run.started_at);
            self.made.push(Made { at: self.now, kind: message.kind(), run_began, id: message.reference.message });
        }
        self.schedules.extend(journey_update.schedules.iter().cloned());
        self.journey = journey_update.journey;
        // Nothing starves: what goes on is due, or has a schedule for the very moment it is due at.
        for run in self.journey.running() {
            let point = self.world.point(run);
            prop_assert!(run.due <= self.now || self.schedules.contains(&point), "{:?} has no schedule", run);
        }
        prop_assert!(self.journey.runs.iter().filter(|run| !run.is_running()).count() <= MAX_ENDED_RUNS);
        prop_assert!(self.journey.log.len() <= MAX_LOG && self.journey.seen.len() <= MAX_SEEN);
        // Of one thing no sequence goes on twice.
        let going: Vec<_> = self.journey.running().map(|run| (&run.sequence, run.subject)).collect();
        for (index, one) in going.iter().enumerate() {
            prop_assert!(!going.iter().skip(index + 1).any(|other| other == one), "{one:?} goes on twice");
        }
        Ok(())
    }

    fn apply_event(&mut self, event: &Event) -> Result<(), TestCaseError> {
        let journey_update = apply_event(&self.world.journey_context(), self.journey.clone(), event, self.now);
        self.take(journey_update)?;
        let again = apply_event(&self.world.journey_context(), self.journey.clone(), event, self.now);
        prop_assert!(!again.changed, "a repeat changes nothing");
        Ok(())
    }

    /// Everything that is due by `until`, step by step; each schedule twice.
    fn pass(&mut self, until: Timestamp) -> Result<(), TestCaseError> {
        for _ in 0..500 {
            let Some(run) = self.journey.running().min_by_key(|run| run.due).filter(|run| run.due <= until).cloned()
            else {
                self.now = self.now.max(until);
                return Ok(());
            };
            self.now = self.now.max(run.due);
            let point = self.world.point(&run);
            let journey_update = run_step(
                &self.world.journey_context(),
                self.journey.clone(),
                &point,
                &VariantStats::default(),
                self.now,
            );
            prop_assert!(journey_update.changed);
            self.take(journey_update)?;
            let again = run_step(
                &self.world.journey_context(),
                self.journey.clone(),
                &point,
                &VariantStats::default(),
                self.now,
            );
            prop_assert!(!again.changed && again.messages.is_empty(), "a step is done once");
        }
        prop_assert!(false, "the steps do not end");
        Ok(())
    }
}

fn live(story: &Story) -> Result<Life, TestCaseError> {
    let world = World::new();
    let journey = world.journey();
    let mut life = Life { world, journey, now: monday(), made: Vec::new(), schedules: Vec::new() };
    let mut late = Vec::new();
    for (index, (what, minutes, is_late)) in story.iter().enumerate() {
        life.pass(life.now + SignedDuration::from_mins(i64::from(*minutes)))?;
        let kind = kind(&life.world, *what, life.now, index);
        let event = life.world.event(life.now, kind);
        match &event.kind {
            // The webhook and the turn tell at once, whatever the bus does.
            EventKind::MessageReceived { channel, .. } => {
                life.world.person.opt_out_state.heard.insert(*channel, life.now);
            }
            EventKind::ConsentChanged { .. } => {
                life.world.person.opt_out_state.refused = true;
                life.world.person.opt_out_state.said_at = Some(life.now);
            }
            _ => {}
        }
        if *is_late {
            late.push(event);
        } else {
            life.apply_event(&event)?;
            for event in std::mem::take(&mut late).iter().rev() {
                life.apply_event(event)?;
            }
        }
    }
    for event in late {
        life.apply_event(&event)?;
    }
    life.pass(life.now + hours(24 * 800))?;
    Ok(life)
}

fn stories(last: u8) -> impl Strategy<Value = Story> {
    prop::collection::vec((0..last, 1u32..6_000, prop::bool::weighted(0.3)), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn every_enrollment_ends_and_no_message_is_made_twice(story in stories(19)) {
        let life = live(&story)?;
        prop_assert_eq!(life.journey.running().count(), 0);
        let ids: BTreeSet<_> = life.made.iter().map(|made| made.id).collect();
        prop_assert_eq!(ids.len(), life.made.len());
    }

    #[test]
    fn nothing_is_made_for_who_refused(story in stories(17), more in stories(19)) {
        let refusal = story.iter().map(|(_, minutes, _)| i64::from(*minutes)).sum::<i64>() + 1;
        let mut whole = story;
        whole.push((17, 1, more.len() % 2 == 0));
        whole.extend(more);
        let life = live(&whole)?;
        let refused = monday() + SignedDuration::from_mins(refusal);
        prop_assert!(life.made.iter().all(|made| made.at <= refused), "{:?}", life.made);
    }

    #[test]
    fn after_a_message_of_theirs_no_enrollment_of_before_writes_on(story in stories(17)) {
        let life = live(&story)?;
        let mut clock = monday();
        let mut wrote = Vec::new();
        for (what, minutes, _) in &story {
            clock += SignedDuration::from_mins(i64::from(*minutes));
            if matches!(what, 1 | 2) {
                wrote.push(clock);
            }
        }
        for made in life.made.iter().filter(|made| matches!(made.kind, Kind::FollowUp | Kind::QuoteFollowUp)) {
            let between = wrote.iter().find(|wrote| made.run_began < **wrote && **wrote < made.at);
            prop_assert!(between.is_none(), "{made:?} after {between:?}");
        }
    }

    #[test]
    fn lost_schedules_are_made_up_for_one_step_at_a_time(story in stories(17), gap in 1i64..1_000) {
        let mut life = live(&story)?;
        let (world, sent) = (World::new(), life.made.len());
        life.world = world;
        let event = life.world.event(life.now, life.world.quote_sent("r"));
        life.apply_event(&event)?;
        // Nothing happens for so long; then everything that is due comes at once.
        life.now += hours(gap);
        life.pass(life.now)?;
        let at_once = life.made.iter().skip(sent).filter(|made| made.at == life.now && made.kind == Kind::QuoteFollowUp);
        prop_assert!(at_once.count() <= 2, "nobody gets the messages of weeks at once");
    }
}
