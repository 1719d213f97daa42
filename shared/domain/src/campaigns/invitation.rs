//! The message that invites someone.
//!
//! It goes the way on which they may be written to, through the same gate as every message. The gate is asked before it is queued, so that
//! a place in the calendar is not kept for someone whom no message reaches; it is asked again before it leaves. What it only delays (by
//! night, or because they had their messages of the day) is queued and leaves then.

use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;

use super::words::{with_opt_out, write};
use super::{Campaign, CampaignText, CampaignValues, Invitee};
use crate::conversations::{Conversation, Delivery, InvitedTo, Message, Outreach, Role};
use crate::events::EventKind;
use crate::ids::ServiceId;
use crate::journeys::{
    Draft, Journey, JourneyContext, JourneyUpdate, Person, Ruling, SendContext, address_on, gate, thread_for,
};
use crate::messaging::{Address, Channel, Kind, MessageRef, Verdict};
use crate::tenancy::{Language, Template, Tenant};
use crate::{ConversationId, MessageId};

/// The channels that an invitation goes on, the quickest first. A chat has no one in it.
const CHANNELS: [Channel; 3] = [Channel::Sms, Channel::Whatsapp, Channel::Email];
/// What did not leave for so long says nothing worth saying any more.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(36);
/// What stands for a text that is not drafted yet, where only whether one could go out is asked.
const ANY_WORDS: &str = "Hello";
/// For so long a yes is a yes to the invitation.
const ANSWER_COUNTS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Someone who is to be invited.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The contact.
    pub person: &'a Person,
    /// Their record.
    pub invitee: &'a Invitee,
    /// Outreach messages that the tenant sent this month (UTC).
    pub sent_this_month: u64,
    /// When it is written (UTC).
    pub now: Timestamp,
}

/// Why someone is not invited: a rule of the gate, or `no_address`, `no_text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotInvited(pub String);

impl Invitation<'_> {
    /// What follows: the message is queued, in the thread that it goes into and in the journey.
    ///
    /// # Errors
    /// [`NotInvited`] where it can go out on none of their channels.
    pub fn draft(&self) -> Result<JourneyUpdate, NotInvited> {
        let (draft, mut journey) = self.choose()?;
        journey.queued(&draft.message, self.now);
        journey.add_log_entry(self.now, format!("Invited by the campaign “{}”", self.campaign.name));
        let (message, channel) = (draft.message.reference, draft.message.channel);
        let mut update = JourneyUpdate::of(journey);
        update.events.push(EventKind::MessageQueued { message, channel, contact: self.person.contact.id });
        update.messages.push(draft);
        Ok(update)
    }

    /// Whether it could go out, now or later, if there were something to say.
    #[must_use]
    pub fn reaches(&self) -> bool {
        let mut campaign = self.campaign.clone();
        let any = || CampaignText { subject: None, body: ANY_WORDS.to_owned() };
        if campaign.texts.is_empty() {
            campaign.texts.insert(self.tenant.language.clone(), any());
        }
        Invitation { campaign: &campaign, ..*self }.choose().is_ok()
    }

    /// The first channel on which the gate lets it out at once, else the first on which it does later.
    fn choose(&self) -> Result<(Draft, Journey), NotInvited> {
        let context = JourneyContext { tenant: self.tenant, person: self.person, sequences: &[], visit_link: None };
        let contact = &self.person.contact;
        let begun = || Journey::begin(contact.id, contact.created_at);
        let journey = self.person.journey.clone().unwrap_or_else(begun);
        let mut channels = CHANNELS;
        let preferred = journey.preferences.channel;
        channels.sort_by_key(|channel| {
            (preferred != Some(*channel), Reverse(self.person.opt_out_state.heard.get(channel)))
        });
        let (mut later, mut why) = (None, "no_address".to_owned());
        for channel in channels {
            let Some(to) = address_on(channel, &context, &journey) else { continue };
            let Some(draft) = self.on(&context, channel, to) else { return Err(NotInvited("no_text".to_owned())) };
            match self.ask_gate(&draft.message, &journey) {
                None => return Ok((draft, journey)),
                Some(Verdict::Delayed { .. }) => later = later.or(Some(draft)),
                Some(verdict) => why = verdict.rule().unwrap_or("gate").to_owned(),
            }
        }
        later.map(|draft| (draft, journey)).ok_or(NotInvited(why))
    }

    /// What the gate has against it.
    fn ask_gate(&self, message: &Message, journey: &Journey) -> Option<Verdict> {
        let person = self.person;
        let send_context = SendContext {
            tenant: self.tenant,
            message,
            contact: Some(&person.contact),
            opt_out_state: &person.opt_out_state,
            journey: Some(journey),
            sent_this_month: self.sent_this_month,
            with_staff: person.threads.iter().any(Conversation::is_held_by_staff),
        };
        match gate(&send_context, self.now) {
            Ruling::Cleared(..) => None,
            Ruling::Stopped(verdict) => Some(verdict),
        }
    }

    /// What it says in their language, else in the tenant's, in English, or in whichever there is.
    fn words(&self) -> Option<(&Language, &CampaignText)> {
        let texts = &self.campaign.texts;
        let english = Language::english();
        let wanted = [self.person.contact.language.as_ref(), Some(&self.tenant.language), Some(&english)];
        let found = wanted.into_iter().flatten().find_map(|language| texts.get_key_value(language));
        found.or_else(|| texts.first_key_value())
    }

    fn on(&self, context: &JourneyContext<'_>, channel: Channel, to: &Address) -> Option<Draft> {
        let (tenant, campaign) = (&self.tenant.id, self.campaign);
        let (language, words) = self.words()?;
        let values = CampaignValues::of(self.tenant, campaign, self.person, self.invitee);
        let text = with_opt_out(write(&words.body, language, &values)?, channel, language, self.tenant);
        let cause = ["campaign", &campaign.id.to_string(), &self.invitee.contact.to_string()];
        let mut place = thread_for(context, ConversationId::derive(tenant, &cause), (channel, to), self.now);
        let at = place.say(&text, self.now);
        // A yes answers this, and no question of before.
        (place.thread.asked, place.thread.asked_again) = (None, false);
        place.thread.invited = self.invited_to();
        let reference = MessageRef { conversation: place.thread.id, at, message: MessageId::derive(tenant, &cause) };
        let subject = || words.subject.as_deref().and_then(|subject| write(subject, language, &values));
        let outreach = Outreach {
            campaign: Some(campaign.id),
            kind: Kind::Campaign,
            due: self.now,
            expires_at: campaign.useful_until.min(self.now.checked_add(GOOD_FOR).unwrap_or(campaign.useful_until)),
            step: None,
            appointment: None,
            subject: (channel == Channel::Email).then(subject).flatten(),
            template: campaign.template.as_ref().and_then(|template| filled(template, language, &values)),
        };
        let (lead, correlation) = (place.thread.lead, campaign.id.to_string());
        let message = Message {
            language: Some(language.clone()),
            outreach: Some(outreach),
            delivery: Some(Delivery::queued(to.clone(), None, self.now)),
            ..Message::new(reference, lead, Role::Assistant, channel, text, correlation)
        };
        Some(Draft { message, thread: place.thread, opened: place.opened, past: place.past, prompt: None })
    }

    fn invited_to(&self) -> Option<InvitedTo> {
        let campaign = self.campaign;
        let is_booked = |id: &&ServiceId| {
            self.tenant.services.iter().any(|service| service.id == **id && service.booking.is_some())
        };
        let service = campaign.services.iter().find(is_booked)?;
        let of_place = self.person.journey.as_ref().and_then(|journey| journey.location.clone());
        let days = campaign.capacity.first().zip(campaign.capacity.last()).map(|(first, last)| (first.date, last.date));
        Some(InvitedTo {
            campaign: campaign.id,
            service: service.clone(),
            location: campaign.location.clone().or(of_place),
            days: days.unwrap_or((campaign.first_day, campaign.last_day)),
            at: self.now,
            until: self.now.checked_add(ANSWER_COUNTS_FOR).unwrap_or(campaign.useful_until),
            answered: false,
        })
    }
}

/// Without a value there is no template: the gate then keeps the message back outside WhatsApp's window.
fn filled(template: &Template, language: &Language, values: &CampaignValues<'_>) -> Option<Template> {
    let filled = template.values.iter().map(|value| write(value, language, values)).collect::<Option<Vec<_>>>()?;
    Some(Template { values: filled, ..template.clone() })
}
