//! Which schedules there are, and their names, by which each can be run again alone.

use std::fmt;
use std::time::SystemTime;

use xtask::stack::Stack;

use crate::facts::Step;
use crate::fault::Fault;
use crate::function::Function;
use crate::lane::Lane;
use crate::story::{Delivery, MISSED, STORIES, UNDELIVERED, Writer};
use xtask::chance::Chance;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing, and everything in order.
    Clean,
    /// One fault at one step, else everything in order.
    ///
    /// Steps are counted over all invocations of the function, from 1.
    One { function: Function, number: usize, fault: Fault },
    /// Faults, duplicates, another order, several functions at a time: as the seed says, then calm.
    Storm,
}

/// One schedule. Its name is `STORY`, `STORY:FUNCTION:STEP:FAULT`, or a storm's seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    story: Option<&'static str>,
    pub(crate) plan: Plan,
    pub(crate) seed: u64,
}

impl Spec {
    fn clean(story: &'static str) -> Self {
        Self { story: Some(story), plan: Plan::Clean, seed: 0 }
    }

    fn storm(seed: u64) -> Self {
        Self { story: None, plan: Plan::Storm, seed }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        if let Ok(seed) = name.parse() {
            return Some(Self::storm(seed));
        }
        let mut parts = name.split(':');
        let story = parts.next()?;
        let clean = Self::clean(STORIES.into_iter().find(|known| known.name == story)?.name);
        let Some(function) = parts.next() else { return Some(clean) };
        let (function, number) = (Function::parse(function)?, parts.next()?.parse().ok()?);
        let fault = Fault::parse(parts.next()?)?;
        Some(Self { plan: Plan::One { function, number, fault }, ..clean })
    }

    /// Whether the table's stream overlooks every row.
    pub(crate) fn misses(&self) -> bool {
        self.story == Some(MISSED)
    }

    /// Whether the vendors say later of every message that it could not be delivered.
    pub(crate) fn reports_failures(&self) -> bool {
        self.story == Some(UNDELIVERED)
    }

    pub(crate) fn deliveries(&self, chance: &mut Chance) -> Vec<Delivery> {
        let writer = Writer::new(&format!("{:016x}", self.seed));
        match self.story {
            Some(story) => writer.story(story),
            None => writer.random(chance),
        }
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.story, self.plan) {
            (Some(story), Plan::One { function, number, fault }) => write!(f, "{story}:{function}:{number}:{fault}"),
            (Some(story), _) => f.write_str(story),
            (None, _) => write!(f, "{}", self.seed),
        }
    }
}

/// `count` schedules, or more: every story clean, then with every fault at every step of the functions that it is
/// about, then storms with new seeds.
pub(crate) fn all(stack: &Stack, count: usize) -> Vec<Spec> {
    let mut lane = Lane::new(stack, usize::MAX);
    let mut specs = Vec::new();
    for story in STORIES {
        let clean = Spec::clean(story.name);
        let steps = lane.run(&clean).steps;
        specs.push(clean.clone());
        for step in steps.into_iter().filter(|step| story.about.contains(&step.function)) {
            let possible = Fault::ALL.into_iter().filter(|fault| step.can_have(*fault));
            let Step { function, number, .. } = step;
            specs.extend(possible.map(|fault| Spec { plan: Plan::One { function, number, fault }, ..clean.clone() }));
        }
    }
    let first = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() * 1_000_000;
    let storms = count.saturating_sub(specs.len());
    specs.extend((first..).take(storms).map(Spec::storm));
    specs
}
