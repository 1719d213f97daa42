//! Where a tenant wants its events posted.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::events::{DisabledBecause, EventKind};
use crate::ids::WebhookId;

/// The most that a tenant has.
pub const MAX_WEBHOOKS: usize = 20;
/// How long the secret before the current one still signs.
pub const PREVIOUS_SECRET_FOR: SignedDuration = SignedDuration::from_hours(24);
/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 200;

/// An address to which events are posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where events are posted.
    #[schema(example = "https://hooks.example.com/porchlight")]
    pub url: String,
    /// The events that are posted; none: all that may leave.
    #[serde(default)]
    #[schema(example = json!(["lead.created", "appointment.booked"]))]
    pub events: Vec<String>,
    /// What it is for.
    #[serde(default)]
    #[schema(example = "CRM")]
    pub description: String,
    /// Whether events are posted.
    pub enabled: bool,
    /// Why Porchlight switched it off, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<Disabled>,
    /// Since when nothing is taken there (UTC); left out where it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// When it was made (UTC).
    pub created_at: Timestamp,
    /// The secrets that sign, by number; the secrets themselves are kept apart, encrypted.
    pub secrets: Vec<Secret>,
}

/// When and why Porchlight switched a webhook off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Disabled {
    /// When it happened (UTC).
    pub at: Timestamp,
    /// The reason.
    pub why: DisabledBecause,
}

/// One of the secrets that sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Secret {
    /// Which: the first, the second.
    pub number: u32,
    /// Until when it signs (UTC); left out of the current one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Webhook {
    /// Whether an event of this name is posted there.
    #[must_use]
    pub fn wants(&self, event: &str) -> bool {
        self.enabled && (self.events.is_empty() || self.events.iter().any(|wanted| wanted == event))
    }

    /// The numbers of the secrets that sign now, the current one first.
    #[must_use]
    pub fn signing(&self, now: Timestamp) -> Vec<u32> {
        let good = self.secrets.iter().filter(|secret| secret.until.is_none_or(|until| now < until));
        good.map(|secret| secret.number).collect()
    }

    /// With a new secret: the one before signs beside it for a day, and those before that no more. Gives the number of
    /// the new one, and of those that can be forgotten.
    #[must_use]
    pub fn rotated(mut self, now: Timestamp) -> (Self, u32, Vec<u32>) {
        let newest = self.secrets.iter().map(|secret| secret.number).max().unwrap_or_default();
        let (kept, gone): (Vec<Secret>, Vec<Secret>) =
            self.secrets.into_iter().partition(|secret| secret.number == newest);
        let previous = kept.into_iter().map(|secret| Secret { until: Some(now + PREVIOUS_SECRET_FOR), ..secret });
        let number = newest.saturating_add(1);
        self.secrets = [Secret { number, until: None }].into_iter().chain(previous).collect();
        (self, number, gone.into_iter().map(|secret| secret.number).collect())
    }
}

/// Refuses events that do not exist or do not leave.
///
/// # Errors
/// [`Failure::Rejected`] naming `events`.
pub fn check_events(events: &[String]) -> Result<(), Failure> {
    if events.len() > EventKind::PUBLIC.len() {
        return Err(Failure::invalid("events", "events has too many entries"));
    }
    let repeated = events.iter().enumerate().any(|(at, name)| events.iter().take(at).any(|earlier| earlier == name));
    if repeated {
        return Err(Failure::invalid("events", "events names an event twice"));
    }
    match events.iter().find(|name| !EventKind::PUBLIC.contains(&name.as_str())) {
        Some(_) => {
            let known = EventKind::PUBLIC.join(", ");
            Err(Failure::invalid("events", format!("events must be some of {known}, or none for all")))
        }
        None => Ok(()),
    }
}

/// Refuses a description that is too long.
///
/// # Errors
/// [`Failure::Rejected`] naming `description`.
pub fn check_description(description: &str) -> Result<(), Failure> {
    if description.chars().count() <= MAX_DESCRIPTION {
        return Ok(());
    }
    let what = format!("description may have at most {MAX_DESCRIPTION} characters");
    Err(Failure::invalid("description", what))
}

#[cfg(test)]
pub(crate) fn sample() -> Webhook {
    let tenant = crate::TenantId::new("acme").unwrap();
    Webhook {
        id: WebhookId::derive(&tenant, &["w"]),
        url: "https://hooks.example.com/in".into(),
        events: Vec::new(),
        description: String::new(),
        enabled: true,
        disabled: None,
        failing_since: None,
        created_at: Timestamp::UNIX_EPOCH,
        secrets: vec![Secret { number: 1, until: None }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_gets_what_it_asked_for_and_all_where_it_named_nothing() {
        let all = sample();
        let some = Webhook { events: vec!["lead.created".into()], ..all.clone() };
        let off = Webhook { enabled: false, ..all.clone() };
        assert!(all.wants("lead.created") && all.wants("quote.sent"));
        assert!(some.wants("lead.created") && !some.wants("quote.sent"));
        assert!(!off.wants("lead.created"));
    }

    #[test]
    fn after_a_rotation_two_secrets_sign_for_a_day_and_never_three() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let (once, number, gone) = sample().rotated(now);
        assert_eq!((number, gone, once.signing(now)), (2, vec![], vec![2, 1]));
        assert_eq!(once.signing(now + PREVIOUS_SECRET_FOR), vec![2]);
        let (twice, number, gone) = once.rotated(now + SignedDuration::from_hours(1));
        assert_eq!((number, gone, twice.signing(now)), (3, vec![1], vec![3, 2]));
    }

    #[test]
    fn only_events_that_may_leave_can_be_asked_for() {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(check_events(&[]), Ok(()));
        assert_eq!(check_events(&named(&["lead.created", "quote.sent"])), Ok(()));
        for wrong in [&["message.queued"][..], &["lead.burnt"], &["lead.created", "lead.created"]] {
            assert!(check_events(&named(wrong)).is_err(), "{wrong:?}");
        }
    }
}
