//! The way through the steps: it leads to each of them, and never back.

use super::places_of;
use crate::Failure;
use crate::ids::StepId;
use crate::journeys::{Sequence, Step, Then};
use crate::tenancy::ensure;

/// A way on from a step: the field that says so, relative to the step, and the place of the step it leads to.
type Way = (&'static str, usize);

/// How far the walk has come with a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// The walk is somewhere behind it.
    Open,
    Done,
}

impl Sequence {
    /// Checks that `then` and `otherwise` name steps that exist, lead in no circle, and leave out no step.
    pub(super) fn check_way(&self) -> Result<(), Failure> {
        let ways = self.ways()?;
        let mut seen = vec![Seen::Not; self.steps.len()];
        walk(0, &ways, &mut seen)?;
        let left_out = seen.iter().position(|seen| *seen == Seen::Not);
        left_out.map_or(Ok(()), |index| {
            Err(Failure::invalid(
                format!("steps[{index}]"),
                "no step leads here: name it in `then` or `otherwise`, or remove it",
            ))
        })
    }

    /// The ways on from each step.
    fn ways(&self) -> Result<Vec<Vec<Way>>, Failure> {
        let places = places_of(&self.steps);
        let find = |index: usize, name: &str, id: &StepId| {
            let found = places.get(id).copied();
            found.ok_or_else(|| Failure::invalid(format!("steps[{index}].{name}"), "there is no step with this id"))
        };
        let ways_of = |(index, step): (usize, &Step)| {
            let next = index.checked_add(1).filter(|next| *next < self.steps.len());
            let then = match &step.then {
                Then::Next => next,
                Then::Step(id) => Some(find(index, "then", id)?),
                Then::End => None,
            };
            let otherwise = match &step.otherwise {
                Some(id) => Some(find(index, "otherwise", id)?),
                None => next.filter(|_| !step.when.is_empty()),
            };
            let then = then.map(|place| ("then", place));
            let otherwise = otherwise.map(|place| ("otherwise", place));
            Ok(then.into_iter().chain(otherwise).collect())
        };
        self.steps.iter().enumerate().map(ways_of).collect()
    }
}

/// Goes all ways on from `index`; there are at most as many steps below one another as a sequence may have.
fn walk(index: usize, ways: &[Vec<Way>], seen: &mut [Seen]) -> Result<(), Failure> {
    mark(seen, index, Seen::Open);
    for (field, to) in ways.get(index).into_iter().flatten() {
        let there = seen.get(*to).copied().unwrap_or(Seen::Done);
        let why = "this leads back to a step that came before: a sequence never goes in circles";
        ensure(there != Seen::Open, format!("steps[{index}].{field}"), why)?;
        if there == Seen::Not {
            walk(*to, ways, seen)?;
        }
    }
    mark(seen, index, Seen::Done);
    Ok(())
}

fn mark(seen: &mut [Seen], index: usize, how: Seen) {
    if let Some(place) = seen.get_mut(index) {
        *place = how;
    }
}
