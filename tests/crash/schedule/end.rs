//! The end of an invocation, and what becomes of what it worked on.

use super::{Schedule, Work};
use crate::function::{Ended, Function};
use crate::story::Delivery;

impl Schedule<'_> {
    /// An invocation is over: it ended, or died (`None`). What it worked on is done with or comes back.
    pub(super) fn end(&mut self, work: Work, ended: Option<Ended>, began: usize) {
        let how = match &ended {
            None => "died".to_owned(),
            Some(ended) => format!("ended {ended:?}"),
        };
        self.note(&format!("what began at {began} {how}"));
        // Now and then an acknowledgement is lost, and what was done comes again.
        let again = self.storms() && self.chance.one_in(8);
        match (work, ended) {
            (Work::Delivery(delivery), Some(Ended::Status(200))) => {
                self.accept(&delivery);
                if again {
                    self.waiting.push(delivery);
                }
            }
            (Work::Delivery(delivery), ended) => {
                if let Some(Ended::Status(status)) = ended
                    && status != 503
                {
                    self.facts.violations.push(format!("{} was answered with {status}", delivery.name));
                }
                self.waiting.insert(0, delivery);
            }
            (Work::Group(group, records), ended) => {
                let mut done: Vec<_> = records.into_iter().map(|record| record.id).collect();
                match ended {
                    Some(Ended::Batch(failed)) if !again => done.retain(|id| !failed.contains(id)),
                    _ => done.clear(),
                }
                self.services.release_group(&group, &done);
            }
            (Work::Outbound(record), Some(Ended::Batch(failed))) if failed.is_empty() => {
                if again {
                    self.services.return_outbound(record);
                }
            }
            (Work::Outbound(record), _) => self.services.return_outbound(record),
            (Work::Shard(shard, rows), ended) => {
                let done = match ended {
                    Some(Ended::Rows(None)) if !again => rows.len(),
                    Some(Ended::Rows(Some(first))) => rows.iter().position(|row| row.id == first).unwrap(),
                    _ => 0,
                };
                self.services.release_shard(shard, done);
            }
            (Work::Sweep, _) => {}
        }
    }

    fn accept(&mut self, delivery: &Delivery) {
        for said in &delivery.messages {
            if !self.facts.accepted.contains(said) {
                self.facts.accepted.push(said.clone());
            }
            if said.stops && delivery.function == Function::Sms {
                let phone = said.from.trim_start_matches("phone:").to_owned();
                self.facts.silenced.entry(phone).or_insert(self.choices);
            }
        }
    }
}
