//! How a campaign reads to the first of those whom it is for.

use domain::campaigns::{Campaign, Invitation, Invitee, InviteeState};
use domain::messaging::{Channel, SmsLength};
use domain::tenancy::usage::Month;
use domain::tenancy::{Language, Tenant};
use domain::{ContactId, Failure};
use futures::future::try_join_all;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Campaigns;

/// A customer whom a campaign is for, and how it reads to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignReader {
    /// Who.
    pub contact: ContactId,
    /// What they are called, where that is known.
    pub name: Option<String>,
    /// On which channel they would get it; none: they do not.
    pub channel: Option<Channel>,
    /// In which language.
    pub language: Option<Language>,
    /// The subject, by e-mail.
    pub subject: Option<String>,
    /// The text as they would read it.
    pub text: Option<String>,
    /// How long it is, by SMS.
    pub sms: Option<SmsLength>,
    /// Why it would not reach them now: a rule of the gate, or why they are left out by now.
    #[schema(example = "consent")]
    pub not_reached: Option<String>,
}

impl Campaigns<'_> {
    /// How a campaign would read at `now` to the first `most` of those whose turn has not come. Nothing is stored.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn readers(
        self,
        tenant: &Tenant,
        campaign: &Campaign,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<CampaignReader>, Failure> {
        let waiting = self.invitees(&tenant.id, campaign.id, InviteeState::Waiting, most, None).await?.items;
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let sent_this_month = self.store.journeys().touches_sent(&tenant.id, &Month::of(now)).await?;
        let one = |invitee| self.reader(tenant, campaign, invitee, (sent_this_month, now));
        Ok(try_join_all(waiting.iter().map(one)).await?.into_iter().flatten().collect())
    }

    /// `None`: they are erased, or were merged into someone who has a turn of their own.
    async fn reader(
        self,
        tenant: &Tenant,
        campaign: &Campaign,
        invitee: &Invitee,
        (sent_this_month, now): (u64, Timestamp),
    ) -> Result<Option<CampaignReader>, Failure> {
        let Some(person) = self.store.journeys().visit(&tenant.id, invitee.contact).await? else { return Ok(None) };
        if person.contact.id != invitee.contact {
            return Ok(None);
        }
        let name = person.contact.name.clone();
        let blank = CampaignReader {
            contact: invitee.contact,
            name,
            channel: None,
            language: None,
            subject: None,
            text: None,
            sms: None,
            not_reached: None,
        };
        if let Err(reason) = self.fit(tenant, campaign, &person, now).await? {
            return Ok(Some(CampaignReader { not_reached: Some(reason.as_str().to_owned()), ..blank }));
        }
        let invitation = Invitation { tenant, campaign, person: &person, invitee, sent_this_month, now };
        let drafted = match invitation.draft() {
            Ok(drafted) => drafted.messages.into_iter().next().map(|draft| draft.message),
            Err(not_invited) => return Ok(Some(CampaignReader { not_reached: Some(not_invited.0), ..blank })),
        };
        Ok(drafted.map(|message| CampaignReader {
            channel: Some(message.channel),
            sms: (message.channel == Channel::Sms).then(|| SmsLength::of(&message.text)),
            language: message.language,
            subject: message.outreach.and_then(|outreach| outreach.subject),
            text: Some(message.text),
            ..blank
        }))
    }
}
