//! Who calls a visit off, and who of those who wait gets its time.

use anyhow::{Context, Result};
use domain::scheduling::{
    Booking, CLAIM, Calendar, Cancelled, CancelledBy, FreedTime, FreedTimeContext, Step, Terms, WaitlistEntry,
};
use jiff::SignedDuration;
use std::collections::BTreeMap;

use super::super::people::TAKES_IT;
use super::{Happens, World, appointment, service};

/// No one is asked at night, as the shop's clocks show it.
const AWAKE: std::ops::Range<i8> = 8..21;

impl World {
    pub(super) fn call_off(&mut self, customer: u64) -> Result<()> {
        let step = Step::Cancel(Cancelled { by: CancelledBy::Customer, why: String::new() });
        let Some(after) = self.step(customer, &step)? else { return Ok(()) };
        self.told.called_off += 1;
        if let Some(time) = FreedTime::of(&self.tenant.id, &after, None, self.now).filter(|_| self.waits) {
            self.told.freed += 1;
            self.thought += 1;
            let id = self.thought;
            self.freed.insert(id, time);
            self.think(self.now, Happens::Freed(id));
        }
        Ok(())
    }

    /// Offers a freed time to the next who waits, as the worker does.
    pub(super) fn offer(&mut self, id: u64) -> Result<()> {
        let Some(time) = self.freed.get(&id).cloned() else { return Ok(()) };
        let hour = self.now.to_zoned(self.zone.clone()).hour();
        if !time.is_worth(self.now) {
            self.freed.remove(&id);
            return Ok(());
        }
        if !AWAKE.contains(&hour) {
            self.think(self.now + SignedDuration::from_mins(15), Happens::Freed(id));
            return Ok(());
        }
        let tenant = self.tenant.clone();
        let service = service(&tenant)?;
        let terms = Terms::of(&tenant, None, &service)?;
        let days = self.between(&terms, time.from, time.to);
        let entries: Vec<WaitlistEntry> = self.waiting.values().cloned().collect();
        let context = FreedTimeContext {
            time: &time,
            tenant: &tenant,
            locations: &[],
            places: &BTreeMap::new(),
            resources: &self.technicians,
            days: &days,
            now: self.now,
        };
        let order = context.order(&entries);
        let Some(found) = order.iter().find(|found| found.busy_until.is_none()) else {
            match order.first().and_then(|found| found.busy_until) {
                Some(until) => self.think(until, Happens::Freed(id)),
                None => drop(self.freed.remove(&id)),
            }
            return Ok(());
        };
        let calendar =
            Calendar { terms: &terms, resources: &self.technicians, days: &days, moving: None, now: self.now };
        let Ok(slot) = calendar.choose(found.starts_at, &[]) else { return Ok(()) };
        let is_its = |(_, entry): &(&u64, &WaitlistEntry)| entry.contact == found.entry.contact;
        let customer = *self.waiting.iter().find(is_its).context("who waits is known")?.0;
        let tries = u64::try_from(found.entry.passed.len())?;
        let key = customer + 1_000_000_000 * (tries + 1);
        let blank = Booking::new(appointment(&tenant, key), found.entry.contact, &terms, self.now);
        let held = blank.at(&slot, &terms, Some(self.now + CLAIM), self.now);
        let entry = found.entry.offered(&held, time.freed_at);
        if self.put(key, None, held)? {
            self.waiting.insert(customer, entry);
            let after = self.chance.answers_after(key, "after");
            self.think(self.now + after.min(CLAIM), Happens::Answers(id, key));
        }
        Ok(())
    }

    pub(super) fn answer(&mut self, id: u64, key: u64) -> Result<()> {
        let customer = key % 1_000_000_000;
        let takes = self.chance.of(key, "takes it") < TAKES_IT && self.chance.answers_after(key, "after") < CLAIM;
        if takes && let Some(booked) = self.step(key, &Step::Book)? {
            let minutes = self.waiting.get(&customer).and_then(|entry| entry.minutes_to_fill(&booked, self.now));
            self.told.minutes.extend(minutes.and_then(|minutes| u32::try_from(minutes).ok()).map(f64::from));
            self.told.refilled += 1;
            self.waiting.remove(&customer);
            self.freed.remove(&id);
            self.made(key);
            return Ok(());
        }
        let step = Step::Cancel(Cancelled { by: CancelledBy::Customer, why: String::new() });
        self.step(key, &step)?;
        let let_go = self.waiting.get(&customer).and_then(|entry| entry.declined(appointment(&self.tenant, key)));
        self.waiting.extend(let_go.map(|entry| (customer, entry)));
        self.offer(id)
    }
}
