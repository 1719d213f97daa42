//! What happens next.

use super::{AT_ONCE, Schedule, WINDOW};

pub(super) enum Choice {
    Go(usize),
    Deliver(usize),
    Answer(String),
    Send(usize),
    Publish(usize),
    Sweep,
    FiveMinutes,
}

impl Schedule<'_> {
    /// One thing at a time, and what is under way before what comes.
    pub(super) fn next_in_order(&mut self) -> Option<Choice> {
        if !self.runs.is_empty() {
            return Some(Choice::Go(0));
        }
        if !self.services.outbound.is_empty() {
            return Some(Choice::Send(0));
        }
        if let Some(shard) = self.services.stream.iter().position(|shard| !shard.is_empty()) {
            return Some(Choice::Publish(shard));
        }
        if let Some(group) = self.services.inbound.keys().next() {
            return Some(Choice::Answer(group.clone()));
        }
        if !self.services.rows.is_empty() {
            return Some(Choice::Sweep);
        }
        (!self.waiting.is_empty()).then_some(Choice::Deliver(0))
    }

    /// Any of the things that may happen now.
    pub(super) fn choose(&mut self) -> Option<Choice> {
        let mut choices: Vec<Choice> = (0..self.runs.len()).map(Choice::Go).collect();
        if self.runs.len() < AT_ONCE {
            choices.extend((0..self.waiting.len().min(WINDOW)).map(Choice::Deliver));
            let free = self.services.inbound.keys().filter(|group| !self.services.busy_groups.contains(*group));
            choices.extend(free.cloned().map(Choice::Answer));
            choices.extend((0..self.services.outbound.len().min(WINDOW)).map(Choice::Send));
            let shards = self.services.stream.iter().enumerate();
            let free = shards.filter(|(shard, rows)| !rows.is_empty() && !self.services.busy_shards.contains(shard));
            choices.extend(free.map(|(shard, _)| Choice::Publish(shard)));
            if !self.services.rows.is_empty() && self.chance.one_in(10) {
                choices.push(Choice::Sweep);
            }
        }
        if self.chance.one_in(20) {
            choices.push(Choice::FiveMinutes);
        }
        if choices.is_empty() {
            return None;
        }
        let index = self.chance.below(choices.len());
        Some(choices.swap_remove(index))
    }
}
