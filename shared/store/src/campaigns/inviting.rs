//! Invitations: each is one transaction with its message, its invitee, and the figures, under the day's limit.
//!
//! The limit is a condition of the transaction: however many workers invite at the same time, and wherever one of them dies, no more are
//! invited on a day than were planned for it. That the campaign is as it was read is one too: who stops it stops the next invitation.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{Put, Select, Update};
use domain::campaigns::{ANSWERS_WITHIN, Campaign, Figures, Invitation, Invitee, InviteeState, Open};
use domain::events::{Event, EventKind};
use domain::ids::CampaignId;
use domain::journeys::JourneyUpdate;
use domain::tenancy::Tenant;
use domain::tenancy::usage::Month;
use domain::{EventId, Failure, TenantId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::counting::{DAY, HELD, count_of, parts};
use super::gathering::{FIRST_VERSION, INVITEES, invitee_item};
use super::records::{CAMPAIGN, FIGURES};
use crate::Campaigns;
use crate::table::documents::{Versioned, busy};
use crate::table::error::failure;
use crate::table::item::{Item, number, text};
use crate::table::keys::{self, TableKey};
use crate::table::lists::MAX_PAGE;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// No campaign takes so long: weather is foreseen ten days ahead, and its visits are within ten days after it.
const LONGEST: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How often an invitation is decided again that another write came before.
const ATTEMPTS: usize = 4;

/// What became of someone whose turn it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Their invitation is queued.
    Invited,
    /// They are not invited, for this reason.
    LeftOut(String),
    /// They had their turn before.
    Had,
    /// The day's portion is used up.
    Over,
    /// The campaign is not as it was read: it is to be read again before anyone's turn.
    Changed,
}

impl Campaigns<'_> {
    /// Invites someone who waits, unless something speaks against it by now; at most `limit` are invited on `day`.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or others write to the same person all the time.
    pub async fn invite(
        self,
        tenant: &Tenant,
        campaign: &Versioned<Campaign>,
        invitee: &Invitee,
        (day, limit): (Date, u32),
        now: Timestamp,
    ) -> Result<Turn, Failure> {
        let sent_this_month = self.store.journeys().touches_sent(&tenant.id, &Month::of(now)).await?;
        for _ in 0..ATTEMPTS {
            let Some(person) = self.store.journeys().visit(&tenant.id, invitee.contact).await? else {
                // Erased: their record went with them.
                return Ok(Turn::Had);
            };
            if person.contact.id != invitee.contact {
                // Whoever they were merged into has a turn of their own.
                return self.leave_out(&tenant.id, invitee, "merged", now).await;
            }
            if let Err(reason) = self.fit(tenant, &campaign.value, &person, now).await? {
                return self.leave_out(&tenant.id, invitee, reason.as_str(), now).await;
            }
            let invitation =
                Invitation { tenant, campaign: &campaign.value, person: &person, invitee, sent_this_month, now };
            let update = match invitation.draft() {
                Ok(update) => update,
                Err(not_invited) => return self.leave_out(&tenant.id, invitee, &not_invited.0, now).await,
            };
            match self.store_invitation(&tenant.id, campaign, invitee, &update, (day, limit), now).await? {
                Stored::Done => return Ok(Turn::Invited),
                Stored::Before => return Ok(Turn::Had),
                Stored::Over => return Ok(Turn::Over),
                Stored::Changed => return Ok(Turn::Changed),
                Stored::Again => {}
            }
        }
        Err(busy("invitation"))
    }

    async fn store_invitation(
        self,
        tenant: &TenantId,
        campaign: &Versioned<Campaign>,
        invitee: &Invitee,
        update: &JourneyUpdate,
        (day, limit): (Date, u32),
        now: Timestamp,
    ) -> Result<Stored, Failure> {
        let id = campaign.value.id;
        let message = update.messages.first().map(|draft| draft.message.reference);
        let invited = Invitee { state: InviteeState::Invited, message, invited_at: Some(now), ..invitee.clone() };
        let mut writes = Writes::new(&self.store.table);
        writes.invitee_over_waiting(tenant, &invited)?;
        let figures = Figures { invited: 1, ..Figures::default() };
        writes.add_figures_of_day(&keys::of(tenant).campaign_figures(id), &figures, (day, limit))?;
        writes.check(&keys::of(tenant).campaign(id), "version = :version", ":version", number(campaign.version))?;
        writes.add_figures(&keys::of(tenant).campaign_totals(), &figures)?;
        writes.journey(tenant, &update.journey)?;
        writes.contact_goes_on(tenant, update.journey.contact)?;
        for draft in &update.messages {
            writes.draft(tenant, draft)?;
        }
        let event = |(index, kind): (usize, &EventKind)| Event {
            id: EventId::derive(
                tenant,
                &["invitation", &id.to_string(), &invitee.contact.to_string(), &index.to_string()],
            ),
            tenant: tenant.clone(),
            at: now,
            correlation_id: id.to_string(),
            kind: kind.clone(),
        };
        let events: Vec<Event> = update.events.iter().enumerate().map(event).collect();
        let row = EventId::derive(tenant, &["outbox", "invitation", &id.to_string(), &invitee.contact.to_string()]);
        writes.outbox(&OutboxRow::new(row, tenant.clone(), &events, now))?;
        Ok(match self.store.run(writes).await? {
            Ran::Done => Stored::Done,
            Ran::Refused(positions) => Stored::refused(&positions),
            Ran::Raced => Stored::Again,
        })
    }

    /// Someone is not invited after all, for this reason: one short word.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or others write to the same item all the time.
    pub async fn leave_out(
        self,
        tenant: &TenantId,
        invitee: &Invitee,
        why: &str,
        now: Timestamp,
    ) -> Result<Turn, Failure> {
        let left_out = Invitee {
            state: InviteeState::LeftOut,
            why: Some(why.to_owned()),
            // By when: it is no invitation.
            invited_at: None,
            ..invitee.clone()
        };
        let mut writes = Writes::new(&self.store.table);
        writes.invitee_over_waiting(tenant, &left_out)?;
        let figures = Figures { held_back: [(why.to_owned(), 1)].into(), ..Figures::default() };
        writes.add_figures(&keys::of(tenant).campaign_figures(invitee.campaign), &figures)?;
        tracing::debug!(tenant = %tenant, campaign = %invitee.campaign, why, at = %now, "someone is left out");
        match self.store.run(writes).await? {
            Ran::Done => Ok(Turn::LeftOut(why.to_owned())),
            Ran::Refused(_) => Ok(Turn::Had),
            Ran::Raced => Err(busy(CAMPAIGN)),
        }
    }

    /// How many are open of those whom a campaign is for.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn open(
        self,
        tenant: &TenantId,
        campaign: &Campaign,
        day: Date,
        now: Timestamp,
    ) -> Result<Open, Failure> {
        let item = self.store.item(FIGURES, &keys::of(tenant).campaign_figures(campaign.id)).await?;
        let item = item.unwrap_or_default();
        let held: u64 = item.keys().filter(|name| name.starts_with(HELD)).map(|name| count_of(&item, name)).sum();
        // Who was invited and whose message did not leave is among both.
        let left_out = held.saturating_sub(count_of(&item, "not_sent"));
        let had = count_of(&item, "invited").saturating_add(left_out);
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Open {
            left: campaign.reach.fits.saturating_sub(small(had)),
            invited_today: small(count_of(&item, &format!("{DAY}{day}"))),
            unanswered: self.places_kept(tenant, campaign, now).await?,
        })
    }

    /// How many places are kept for who was invited and may still answer, by this campaign and by others whose visits are at its place.
    async fn places_kept(self, tenant: &TenantId, campaign: &Campaign, now: Timestamp) -> Result<u32, Failure> {
        let mut kept = self.unanswered(tenant, campaign.id, now).await?;
        for other in self.with_places(tenant, now).await? {
            if other.id != campaign.id && other.shares_places(campaign) {
                kept = kept.saturating_add(self.unanswered(tenant, other.id, now).await?);
            }
        }
        Ok(kept)
    }

    /// The tenant's campaigns whose invitations may still be answered.
    pub(super) async fn with_places(self, tenant: &TenantId, now: Timestamp) -> Result<Vec<Campaign>, Failure> {
        let since = now.checked_sub(LONGEST).unwrap_or(Timestamp::MIN);
        let (mut found, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = self.list(tenant, None, MAX_PAGE, cursor.as_deref()).await?;
            let is_past = page.items.iter().any(|campaign| campaign.created_at < since);
            found.extend(page.items.into_iter().filter(|campaign| campaign.keeps_places(now)));
            cursor = page.cursor.filter(|_| !is_past);
            if cursor.is_none() {
                return Ok(found);
            }
        }
    }

    /// How many a campaign invited who may still answer: for each a place is kept.
    pub(super) async fn unanswered(self, tenant: &TenantId, id: CampaignId, now: Timestamp) -> Result<u32, Failure> {
        let since = now.checked_sub(ANSWERS_WITHIN).unwrap_or(Timestamp::MIN);
        let list = keys::of(tenant).invitees(id, InviteeState::Invited);
        let mut count = 0_i32;
        let mut start: Option<Item> = None;
        loop {
            let query = self
                .store
                .query()
                .index_name("gsi1")
                .select(Select::Count)
                .key_condition_expression("gsi1pk = :list AND gsi1sk >= :since")
                .filter_expression(
                    "attribute_type(answered_at, :null) AND attribute_type(booked, :null) AND attribute_type(why, :null)",
                )
                .expression_attribute_values(":list", text(&list))
                .expression_attribute_values(":since", text(keys::by_time(since, "")))
                .expression_attribute_values(":null", text("NULL"))
                .set_exclusive_start_key(start.take());
            let answer = query.send().await.map_err(|error| failure(INVITEES, &error))?;
            count = count.saturating_add(answer.count);
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(u32::try_from(count).unwrap_or_default());
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Stored {
    Done,
    /// They had their turn before.
    Before,
    /// The day's portion is used up.
    Over,
    /// The campaign is not as it was read.
    Changed,
    /// The person is not as they were read.
    Again,
}

impl Stored {
    /// What the conditions say that did not hold, by their places in the transaction: the invitee, the day, the campaign, the person.
    fn refused(positions: &[usize]) -> Self {
        match positions.iter().min().copied() {
            Some(0) => Self::Before,
            // A limit that was changed came with the campaign.
            Some(1 | 2) if positions.contains(&2) => Self::Changed,
            Some(1) => Self::Over,
            _ => Self::Again,
        }
    }
}

impl Writes {
    /// Someone whose turn it was, where it had not come before.
    fn invitee_over_waiting(&mut self, tenant: &TenantId, invitee: &Invitee) -> Result<(), Failure> {
        let mut item = invitee_item(tenant, invitee)?;
        item.insert("version".to_owned(), number(FIRST_VERSION + 1));
        let put = Put::builder()
            .set_item(Some(item))
            .condition_expression("#state = :waiting")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":waiting", text(InviteeState::Waiting.as_str()));
        self.put_builder(put)
    }

    /// Adds to the figures of a campaign, or of all.
    pub(super) fn add_figures(&mut self, key: &TableKey, figures: &Figures) -> Result<(), Failure> {
        self.update_at(key, adding(&parts(figures)))
    }

    /// As [`Writes::add_figures`], with one more invitation of a day that has a limit, unless that is reached.
    fn add_figures_of_day(
        &mut self,
        key: &TableKey,
        figures: &Figures,
        (day, limit): (Date, u32),
    ) -> Result<(), Failure> {
        let name = format!("{DAY}{day}");
        let mut adds = parts(figures);
        adds.push((name.clone(), 1));
        let update = adding(&adds)
            .condition_expression("attribute_not_exists(#day) OR #day < :limit")
            .expression_attribute_names("#day", name)
            .expression_attribute_values(":limit", number(limit));
        self.update_at(key, update)
    }
}

/// Adds to counts.
fn adding(adds: &[(String, i64)]) -> UpdateBuilder {
    let terms: Vec<String> = (0..adds.len()).map(|index| format!("#n{index} :n{index}")).collect();
    let mut update = Update::builder()
        .update_expression(format!("ADD {} SET entity = :entity", terms.join(", ")))
        .expression_attribute_values(":entity", text(FIGURES));
    for (index, (name, count)) in adds.iter().enumerate() {
        update = update
            .expression_attribute_names(format!("#n{index}"), name)
            .expression_attribute_values(format!(":n{index}"), number(*count));
    }
    update
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_that_changed_is_read_again_and_only_a_full_day_is_over() {
        for (positions, stored) in [
            (vec![0, 1, 2], Stored::Before),
            (vec![1], Stored::Over),
            (vec![2], Stored::Changed),
            (vec![1, 2], Stored::Changed),
            (vec![4], Stored::Again),
        ] {
            assert_eq!(Stored::refused(&positions), stored, "{positions:?}");
        }
    }
}
