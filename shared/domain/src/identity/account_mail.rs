//! Mail that lets someone in: asked for by a message on a queue that names whom, and holds nothing secret. The worker
//! that reads it makes the token, so that a token is in one mail and nowhere else.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::INVITATION_DAYS;
use crate::ids::{AccountId, CampaignId, InvitationId, OutsideCalendarId, WebhookId};
use crate::messaging::Email;
use crate::tenancy::PromptTask;
use crate::{ContactId, TenantId};

/// A mail that is wanted: the body of a message on the queue `AccountMail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountMail {
    /// Someone is invited into a tenant.
    Invitation {
        /// Into which.
        tenant: TenantId,
        /// By which invitation.
        invitation: InvitationId,
    },
    /// Someone is to prove that the address is theirs.
    VerifyEmail {
        /// The account.
        account: AccountId,
    },
    /// Someone forgot the password of an address. Whether it has an account is for the worker to see: whoever asks gets
    /// the same answer in the same time.
    Reset {
        /// Which address.
        email: Email,
    },
    /// Whoever reads mail at the address that a tenant's mail is to come from confirms that it may.
    Sender {
        /// Whose mail.
        tenant: TenantId,
        /// The e-mail address.
        email: Email,
    },
    /// Someone is told that their account has a new password, once it has.
    PasswordSet {
        /// The account.
        account: AccountId,
        /// When it was to be set: where that came to nothing, there is nothing to tell.
        at: Timestamp,
    },
    /// One of a business's people is told that an account does not let us read its calendar any more.
    CalendarLost {
        /// The tenant.
        tenant: TenantId,
        /// Which: where it was removed or connected meanwhile, there is nothing to tell.
        calendar: OutsideCalendarId,
        /// The e-mail address.
        email: Email,
    },
    /// One of a business's people is told that a campaign waits for a yes.
    CampaignWaiting {
        /// The tenant.
        tenant: TenantId,
        /// Which: where it was decided meanwhile, there is nothing to tell.
        campaign: CampaignId,
        /// The e-mail address.
        email: Email,
    },
    /// One of a business's people is told that a webhook was switched off.
    WebhookDisabled {
        /// The tenant.
        tenant: TenantId,
        /// Which: where it was removed or switched on meanwhile, there is nothing to tell.
        webhook: WebhookId,
        /// The e-mail address.
        email: Email,
    },
    /// A colleague mentioned someone in a note on a contact.
    Mentioned {
        /// The tenant.
        tenant: TenantId,
        /// Whom the note is on.
        contact: ContactId,
        /// The e-mail address.
        email: Email,
    },
    /// One of those who run the platform is told of a prompt that fails too often.
    PromptReview {
        /// What the model is asked.
        task: PromptTask,
        /// In which night it was found.
        night: Date,
        /// The e-mail address.
        email: Email,
    },
}

impl AccountMail {
    /// For how long the link in it is good, where it has one (ASVS 5.0, 6.4.1: a short time, suited to its purpose).
    #[must_use]
    pub fn good_for(&self) -> SignedDuration {
        match self {
            Self::Invitation { .. } => SignedDuration::from_hours(24 * INVITATION_DAYS),
            Self::VerifyEmail { .. } | Self::Sender { .. } => SignedDuration::from_hours(24),
            Self::Reset { .. } => SignedDuration::from_mins(30),
            Self::PasswordSet { .. }
            | Self::CalendarLost { .. }
            | Self::CampaignWaiting { .. }
            | Self::WebhookDisabled { .. }
            | Self::Mentioned { .. }
            | Self::PromptReview { .. } => SignedDuration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_is_the_json_that_the_queue_carries() {
        let tenant = TenantId::new("acme").unwrap();
        let email = || Email::new("ana@example.com", "email").unwrap();
        let (invitation, account) = (InvitationId::derive(&tenant, &["i"]), AccountId::derive(&tenant, &["a"]));
        for (mail, expected) in [
            (
                AccountMail::Invitation { tenant, invitation },
                json!({"kind": "invitation", "tenant": "acme", "invitation": invitation.to_string()}),
            ),
            (AccountMail::VerifyEmail { account }, json!({"kind": "verify_email", "account": account.to_string()})),
            (AccountMail::Reset { email: email() }, json!({"kind": "reset", "email": "ana@example.com"})),
            (
                AccountMail::Sender { tenant: TenantId::new("acme").unwrap(), email: email() },
                json!({"kind": "sender", "tenant": "acme", "email": "ana@example.com"}),
            ),
            (
                AccountMail::PasswordSet { account, at: Timestamp::UNIX_EPOCH },
                json!({"kind": "password_set", "account": account.to_string(), "at": "1970-01-01T00:00:00Z"}),
            ),
        ] {
            assert_eq!(serde_json::to_value(&mail).unwrap(), expected);
            let mut newer = expected.clone();
            newer["colour"] = json!("green");
            assert_eq!(serde_json::from_value::<AccountMail>(expected).unwrap(), mail);
            assert_eq!(serde_json::from_value::<AccountMail>(newer).unwrap(), mail, "a newer version's field");
        }
    }
}
