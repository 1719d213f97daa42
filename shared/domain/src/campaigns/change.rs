//! What people change of a campaign: what it says, and how many are invited on a day at most.

use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::{Campaign, CampaignState, CampaignText, Capacity, Moved, TakeRate};
use crate::Failure;
use crate::failure::Rejection;
use crate::tenancy::{Language, ensure};

/// The most that people may set.
const MOST_A_DAY: u32 = 10_000;

/// What changes of a campaign; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignChange {
    /// All its texts.
    pub texts: Option<BTreeMap<Language, CampaignText>>,
    /// At most so many are invited on a day; none within: as many as there is room for.
    pub most_a_day: Option<Option<u32>>,
}

impl Campaign {
    /// Someone changed it. `None`: it is so already.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: naming the field; as [`Campaign::edited`]; a conflict where it is over.
    pub fn changed(&self, change: CampaignChange, today: Date, now: Timestamp) -> Result<Option<Moved>, Failure> {
        let moved = change.texts.map(|texts| self.edited(texts, now)).transpose()?.flatten();
        let Some(most) = change.most_a_day.filter(|most| *most != self.most_a_day) else { return Ok(moved) };
        let is_sound = most.is_none_or(|most| (1..=MOST_A_DAY).contains(&most));
        ensure(is_sound, "most_a_day", format!("most_a_day must be 1 to {MOST_A_DAY}, or null"))?;
        if self.state.is_over() {
            return Err(Failure::rejected(Rejection::Conflict, "it is over"));
        }
        let unmoved = || Moved { campaign: self.clone(), tells: Vec::new(), later: Vec::new() };
        let Moved { mut campaign, tells, later } = moved.unwrap_or_else(unmoved);
        (campaign.most_a_day, campaign.updated_at) = (most, now);
        if campaign.state == CampaignState::Waiting {
            campaign.plan_again(today);
        }
        // Once it goes out, its worker plans each day again: from now on it is lower, and higher from the next day on.
        let limit = most.unwrap_or(u32::MAX);
        for portion in campaign.spread.iter_mut().filter(|portion| portion.on >= today) {
            portion.invite = portion.invite.min(limit);
        }
        Ok(Some(Moved { campaign, tells, later }))
    }

    /// Plans all portions again, for the room that was found last.
    fn plan_again(&mut self, today: Date) {
        let (days, keep_free_percent) = (self.capacity.clone(), self.keep_free_percent);
        let rate = TakeRate::of_permille(u64::from(self.take_rate_permille));
        self.replan(self.reach.fits, &Capacity { days, keep_free_percent, rate }, today);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn waiting() -> Campaign {
        serde_json::from_value(json!({
            "id": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "name": "Heat", "rule": "heat-wave", "event": "heat-wave@39.7,-105:2026-07-14",
            "condition": "heat_wave", "first_day": "2026-07-14", "last_day": "2026-07-16", "services": ["tune-up"], "audience": {},
            "reach": {"looked_at": 90, "fits": 60, "complete": true}, "keep_free_percent": 0, "take_rate_permille": 200,
            "capacity": [{"date": "2026-07-12", "free": 8}, {"date": "2026-07-13", "free": 8}],
            "spread": [{"on": "2026-07-10", "invite": 40}, {"on": "2026-07-11", "invite": 20}], "state": "waiting",
            "created_at": "2026-07-10T12:00:00Z", "updated_at": "2026-07-10T12:00:00Z", "useful_until": "2026-07-13T12:00:00Z",
        }))
        .unwrap()
    }

    fn limited(campaign: &Campaign, most: Option<u32>) -> Result<Option<Moved>, Failure> {
        let change = CampaignChange { most_a_day: Some(most), ..CampaignChange::default() };
        campaign.changed(change, date(2026, 7, 10), "2026-07-10T13:00:00Z".parse().unwrap())
    }

    fn portions(campaign: &Campaign) -> Vec<u32> {
        campaign.spread.iter().map(|portion| portion.invite).collect()
    }

    #[test]
    fn no_more_are_invited_on_a_day_than_people_want() {
        let lower = limited(&waiting(), Some(15)).unwrap().unwrap().campaign;
        assert_eq!(portions(&lower), [15, 15]);
        assert_eq!(limited(&lower, Some(15)), Ok(None), "a repeat changes nothing");
        let again = limited(&lower, None).unwrap().unwrap().campaign;
        assert_eq!(portions(&again), [40, 20], "as many as there is room for");
        assert_eq!(lower.shown(), waiting().shown(), "it is the same text and audience");
    }

    #[test]
    fn what_goes_out_can_be_slowed_down_and_what_is_over_cannot() {
        let sending = Campaign { state: CampaignState::Sending, ..waiting() };
        assert_eq!(portions(&limited(&sending, Some(10)).unwrap().unwrap().campaign), [10, 10]);
        let over = Campaign { state: CampaignState::Done, ..waiting() };
        assert!(matches!(limited(&over, Some(10)), Err(Failure::Rejected { kind: Rejection::Conflict, .. })));
        assert!(limited(&waiting(), Some(0)).is_err());
    }
}
