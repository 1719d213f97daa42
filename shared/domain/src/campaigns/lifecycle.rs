//! How a campaign goes on: each step from the states that it is possible in, refused from all others with what to do instead.
//!
//! ```text
//! drafting ─► waiting ─► approved ─► sending ─► done
//!     │          │          │           │
//!     └──────────┴─ declined, expired, failed ◄──┘
//! ```
//!
//! Pure: a step gives the campaign as it is then, and what others hear of it. A step that was taken before gives nothing.

use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::words::check_text;
use super::{
    ANSWERS_WITHIN, Campaign, CampaignState, CampaignText, Capacity, Ended, Portion, Reach, TakeRate, spread,
    suggestions,
};
use crate::Failure;
use crate::events::EventKind;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::messaging::Verdict;
use crate::tenancy::Language;

/// The rule that holds back an invitation of a campaign that is over.
const CAMPAIGN_OVER: &str = "campaign_over";

/// A campaign after a step, and what others hear of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The campaign.
    pub campaign: Campaign,
    /// What is told at once.
    pub tells: Vec<EventKind>,
    /// What is told later, and when (UTC).
    pub later: Vec<(Timestamp, EventKind)>,
}

/// How many are open of those whom a campaign is for, when a day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Their turn has not come.
    pub left: u32,
    /// They were invited on this day already.
    pub invited_today: u32,
    /// They were invited and may still answer: a place is kept for them.
    pub unanswered: u32,
}

/// Who says yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approver {
    /// A person or a program.
    Actor(Actor),
    /// The rule, which needs no one's yes.
    Rule,
}

impl Campaign {
    /// Whom it is for is known, and what there is room for. It waits for a yes once its text is there; where it is for no one, it ends.
    #[must_use]
    pub fn gathered(&self, capacity: &Capacity, today: Date, now: Timestamp) -> Option<Moved> {
        if self.state != CampaignState::Drafting || self.reach.complete {
            return None;
        }
        let mut next = Self { reach: Reach { complete: true, ..self.reach.clone() }, ..self.clone() };
        next.plan(capacity, today);
        if next.reach.fits == 0 {
            return Some(next.end(CampaignState::Failed, "no_one_fits", now));
        }
        Some(next.ready(now))
    }

    /// What is to be said was drafted. A text that people changed stays; so does one that is there.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: naming the field, or a conflict where it is over.
    pub fn drafted(&self, texts: BTreeMap<Language, CampaignText>, now: Timestamp) -> Result<Option<Moved>, Failure> {
        check_text(&texts)?;
        if self.state != CampaignState::Drafting || !self.texts.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self { texts, ..self.clone() }.ready(now)))
    }

    /// Someone changed the text.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: naming the field, or a conflict once invitations may have gone out.
    pub fn edited(&self, texts: BTreeMap<Language, CampaignText>, now: Timestamp) -> Result<Option<Moved>, Failure> {
        check_text(&texts)?;
        match self.state {
            CampaignState::Drafting | CampaignState::Waiting => {}
            _ => return Err(conflict("its text can be changed only before someone says yes")),
        }
        if self.texts == texts {
            return Ok(None);
        }
        Ok(Some(Self { texts, edited: true, ..self.clone() }.ready(now)))
    }

    /// Someone says yes: from `today` on its portions are invited.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): it is not ready, it is over, or it is too late.
    pub fn approved(&self, by: &Approver, today: Date, now: Timestamp) -> Result<Option<Moved>, Failure> {
        match self.state {
            CampaignState::Waiting => {}
            CampaignState::Drafting => {
                return Err(conflict("it is not ready: whom it is for, or what it says, is missing"));
            }
            CampaignState::Approved | CampaignState::Sending | CampaignState::Done => return Ok(None),
            CampaignState::Declined => return Err(conflict("someone said no to it")),
            CampaignState::Expired => return Err(conflict("it is too late: the weather is there")),
            CampaignState::Failed => return Err(conflict("it is over: there was no one to invite")),
        }
        if now >= self.useful_until {
            return Err(conflict("it is too late: the weather is there"));
        }
        let decided_by = match by {
            Approver::Actor(actor) => actor.clone(),
            Approver::Rule => Actor::System,
        };
        let next = Self {
            state: CampaignState::Approved,
            decided_by: Some(decided_by),
            decided_at: Some(now),
            updated_at: now,
            ..self.clone()
        };
        let campaign = next.id;
        let tells = vec![EventKind::CampaignApproved { campaign }, EventKind::CampaignDayDue { campaign, day: today }];
        Ok(Some(Moved { campaign: next, tells, later: Vec::new() }))
    }

    /// Someone says no, or stops it: who was not invited is not invited any more.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): it is over.
    pub fn declined(&self, by: &Actor, now: Timestamp) -> Result<Option<Moved>, Failure> {
        let why = match self.state {
            CampaignState::Drafting | CampaignState::Waiting => "declined",
            CampaignState::Approved | CampaignState::Sending => "stopped",
            CampaignState::Declined => return Ok(None),
            CampaignState::Done | CampaignState::Expired | CampaignState::Failed => {
                return Err(conflict("it is over"));
            }
        };
        let next = Self { decided_by: Some(by.clone()), decided_at: Some(now), ..self.clone() };
        Ok(Some(next.end(CampaignState::Declined, why, now)))
    }

    /// A day has come on which it may invite: what there is room for now, and for whom, is planned again. The next day is told of for when
    /// it `begins` (UTC). Where no one is left, or no day, it is done; where no one said yes in time, it is over.
    #[must_use]
    pub fn day_begun(
        &self,
        open: &Open,
        capacity: &Capacity,
        today: Date,
        begins: impl Fn(Date) -> Timestamp,
        now: Timestamp,
    ) -> Option<Moved> {
        match self.state {
            CampaignState::Drafting | CampaignState::Waiting if now >= self.useful_until => {
                return Some(self.clone().end(CampaignState::Expired, "too_late", now));
            }
            CampaignState::Approved | CampaignState::Sending => {}
            _ => return None,
        }
        if open.left == 0 {
            return Some(self.clone().end(CampaignState::Done, "all_invited", now));
        }
        if now >= self.useful_until || capacity.days.is_empty() {
            return Some(self.clone().end(CampaignState::Done, "no_time_left", now));
        }
        let mut next = Self { state: CampaignState::Sending, updated_at: now, ..self.clone() };
        next.replan(open.left, &capacity.less(open.unanswered), today);
        next.add_portion(today, open.invited_today);
        next.capacity.clone_from(&capacity.days);
        let day = today.tomorrow().ok()?;
        let later = vec![(begins(day), EventKind::CampaignDayDue { campaign: next.id, day })];
        Some(Moved { campaign: next, tells: Vec::new(), later })
    }

    /// A day of which the tenant is not served: no one is invited, the next day is told of all the same, and what is too late is over.
    /// So it goes on where it was once the tenant is served again.
    #[must_use]
    pub fn day_passed_over(&self, today: Date, begins: impl Fn(Date) -> Timestamp, now: Timestamp) -> Option<Moved> {
        let is_late = now >= self.useful_until;
        match self.state {
            CampaignState::Drafting | CampaignState::Waiting if is_late => {
                Some(self.clone().end(CampaignState::Expired, "too_late", now))
            }
            CampaignState::Approved | CampaignState::Sending if is_late => {
                Some(self.clone().end(CampaignState::Done, "no_time_left", now))
            }
            CampaignState::Approved | CampaignState::Sending => {
                let day = today.tomorrow().ok()?;
                let later = vec![(begins(day), EventKind::CampaignDayDue { campaign: self.id, day })];
                Some(Moved { campaign: Self { updated_at: now, ..self.clone() }, tells: Vec::new(), later })
            }
            _ => None,
        }
    }

    /// What holds back an invitation that is queued and has not left: someone said no to its campaign, stopped it, or it is too late for
    /// it. `None`: it may leave.
    #[must_use]
    pub fn called_off(&self) -> Option<Verdict> {
        let why = match self.state {
            CampaignState::Declined => "The campaign was stopped",
            CampaignState::Expired => "It is too late for its campaign",
            CampaignState::Failed => "Its campaign could not be",
            _ => return None,
        };
        Some(Verdict::dropped(why).by(CAMPAIGN_OVER))
    }

    /// Whether who was invited and has not answered may still fill its places: it goes out, or ended less than [`ANSWERS_WITHIN`] ago.
    #[must_use]
    pub fn keeps_places(&self, now: Timestamp) -> bool {
        let is_recent = |ended: &Ended| now.duration_since(ended.at) < ANSWERS_WITHIN;
        self.state.may_send() || self.ended.as_ref().is_some_and(is_recent)
    }

    /// Whether the visits of both may be at one place, so that the places kept for one are not there for the other.
    #[must_use]
    pub fn shares_places(&self, other: &Self) -> bool {
        self.location.is_none() || other.location.is_none() || self.location == other.location
    }

    /// The take rate that counts for it, where `learned` is what the tenant's campaigns have shown: once it goes out, never less than it
    /// was planned with, so that slow answers invite no more.
    #[must_use]
    pub fn rate(&self, learned: TakeRate) -> TakeRate {
        match self.state.may_send() {
            true => learned.max(TakeRate::of_permille(u64::from(self.take_rate_permille))),
            false => learned,
        }
    }

    /// The last of those whom it is for had their turn.
    #[must_use]
    pub fn all_invited(&self, now: Timestamp) -> Option<Moved> {
        self.state.may_send().then(|| self.clone().end(CampaignState::Done, "all_invited", now))
    }

    /// How many are invited on `day`, as it was planned last.
    #[must_use]
    pub fn portion(&self, day: Date) -> u32 {
        let planned = self.spread.iter().find(|portion| portion.on == day).map_or(0, |portion| portion.invite);
        planned.min(self.most_a_day.unwrap_or(u32::MAX))
    }

    /// So many more on a day.
    fn add_portion(&mut self, day: Date, invite: u32) {
        match self.spread.iter_mut().find(|portion| portion.on == day) {
            Some(portion) => portion.invite = portion.invite.saturating_add(invite),
            None if invite > 0 => self.spread.push(Portion { on: day, invite }),
            None => {}
        }
        self.spread.sort_by_key(|portion| portion.on);
    }

    /// Plans all portions for the first time.
    fn plan(&mut self, capacity: &Capacity, today: Date) {
        self.replan(self.reach.fits, capacity, today);
        let planned = u32::try_from(self.planned()).unwrap_or(u32::MAX);
        self.suggestions = match self.services.first() {
            Some(service) => suggestions(self.reach.fits, planned, capacity, service),
            None => Vec::new(),
        };
    }

    /// Plans the portions of `left` people from `today` on; those of days before stay as they were.
    pub(super) fn replan(&mut self, left: u32, capacity: &Capacity, today: Date) {
        self.spread.retain(|portion| portion.on < today);
        let most = self.most_a_day.unwrap_or(u32::MAX);
        let capped = |portion: Portion| Portion { invite: portion.invite.min(most), ..portion };
        self.spread.extend(spread(left, capacity, today).into_iter().map(capped));
        self.capacity.clone_from(&capacity.days);
        self.take_rate_permille = capacity.rate.permille();
    }

    /// Where all is there, it waits for a yes.
    fn ready(mut self, now: Timestamp) -> Moved {
        self.updated_at = now;
        let is_ready = self.state == CampaignState::Drafting && self.reach.complete && !self.texts.is_empty();
        let mut tells = Vec::new();
        if is_ready {
            self.state = CampaignState::Waiting;
            tells.push(EventKind::CampaignDrafted { campaign: self.id, automatic: self.automatic });
        }
        Moved { campaign: self, tells, later: Vec::new() }
    }

    fn end(mut self, state: CampaignState, why: &str, now: Timestamp) -> Moved {
        (self.state, self.updated_at) = (state, now);
        self.ended = Some(Ended { at: now, why: why.to_owned() });
        let tells = vec![EventKind::CampaignFinished { campaign: self.id, why: why.to_owned() }];
        Moved { campaign: self, tells, later: Vec::new() }
    }
}

fn conflict(why: &str) -> Failure {
    Failure::rejected(Rejection::Conflict, why)
}
