//! Writes the mails that let someone in: an invitation, the proof of an address, a new password. Also those that say that there is a new
//! password, that a calendar has to be connected again, that a webhook was switched off, that a campaign waits for a yes, or that a
//! colleague mentioned someone in a note.
//!
//! Reads the queue `AccountMail`. A token is made here, goes into one mail, and only its hash is kept. The link is stored before the mail
//! leaves, so that every link that arrives works. A record that is handled twice sends two mails, and both links are good; of a campaign
//! that waits, and of a webhook that was switched off, each person hears once. What has no use any more (the invitation was taken back, the address is proven, no one has that
//! address) sends nothing and is no failure. Neither addresses nor tokens are logged.

mod email_templates;
mod prompt_review;

use auth::secrets::{random_token, sha256_hex};
use connectors::send::email::{Mail, Sender};
use domain::campaigns::CampaignState;
use domain::conversations::{NoticeKind, subject_of_contact};
use domain::identity::{Account, AccountMail, AccountStatus, InvitationStatus};
use domain::ids::{AccountId, CampaignId, InvitationId, OutsideCalendarId, WebhookId};
use domain::messaging::Email;
use domain::messaging::delivery::SendOutcome;
use domain::prompts::DueReview;
use domain::scheduling::OutsideCalendar;
use domain::tenancy::Language;
use domain::turns::telling::Place;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use store::{Link, LinkPurpose, Store, Versioned};
use url::Url;

use email_templates::{EmailTemplate, Kind};

/// The most time one record takes: SES, its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(24);

/// Who signs where there is no tenant.
const HOUSE: &str = "Porchlight";

/// What the mails need.
#[derive(Debug)]
pub struct AccountMailer {
    /// The table.
    pub store: Store,
    /// SES.
    pub sender: Sender,
    /// The house's verified address.
    pub from: Email,
    /// Where people sign in: the links lead there.
    pub app_url: Url,
}

/// In whose name a mail is written.
struct Host {
    /// What people call the business.
    business: String,
    /// The name before the address.
    sender_name: String,
    /// Who of its people invites someone, where it is known.
    inviter: Option<String>,
    language: Language,
}

impl AccountMailer {
    /// Sends the mail that is wanted, if it still is.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: SES will never take it, or what the
    /// record names does not exist.
    pub async fn send(&self, mail: &AccountMail, correlation_id: &str) -> Result<(), Failure> {
        let now = runtime::clock::now();
        let (host, kind, link) = match mail {
            AccountMail::Invitation { tenant, invitation } => {
                let Some((link, inviter)) = self.invitation(tenant, *invitation, now).await? else { return Ok(()) };
                (Host { inviter, ..self.host(tenant).await? }, Kind::Invitation, link)
            }
            AccountMail::VerifyEmail { account } => {
                let account = self.store.accounts().get(*account).await?.value;
                if account.email_verified_at.is_some() || account.status != AccountStatus::Active {
                    return Ok(());
                }
                let purpose = LinkPurpose::VerifyEmail { account: account.id };
                (self.host_of(account.id).await?, Kind::Verification, link(mail, &account, purpose, now)?)
            }
            AccountMail::Reset { email } => {
                let account = self.store.accounts().by_email(email).await?.map(|account| account.value);
                let Some(account) = account.filter(|account| account.status == AccountStatus::Active) else {
                    return Ok(());
                };
                let purpose = LinkPurpose::Reset { account: account.id };
                (self.host_of(account.id).await?, Kind::Reset, link(mail, &account, purpose, now)?)
            }
            AccountMail::Sender { tenant, email } => {
                // Shown meanwhile, or given up: nothing is to be confirmed.
                let named = self.store.tenants().document(tenant).await?.value.channels.email;
                let is_named = named.is_some_and(|named| named.from == *email);
                if !is_named || self.store.tenants().sender_owner(email).await?.is_some() {
                    return Ok(());
                }
                let purpose = LinkPurpose::Sender { tenant: tenant.clone() };
                (self.host(tenant).await?, Kind::Verification, link_to(mail, email, purpose, now)?)
            }
            AccountMail::PasswordSet { account, at } => return self.tell(*account, *at, correlation_id).await,
            AccountMail::CalendarLost { tenant, calendar, email } => {
                return self.tell_of_calendar(tenant, *calendar, email, correlation_id).await;
            }
            AccountMail::CampaignWaiting { tenant, campaign, email } => {
                return self.tell_of_campaign(tenant, *campaign, email, correlation_id).await;
            }
            AccountMail::WebhookDisabled { tenant, webhook, email } => {
                return self.tell_of_webhook(tenant, *webhook, email, correlation_id).await;
            }
            AccountMail::Mentioned { tenant, contact, email } => {
                let Host { business, sender_name, language, .. } = self.host(tenant).await?;
                let site = Some(self.app_url.as_str());
                let text = Place::Contact(*contact).text(NoticeKind::Mentioned, &business, site, &language);
                let mail = EmailTemplate { subject: subject_of_contact(&business, &language), text };
                return self.mail(&sender_name, email, &mail, correlation_id).await;
            }
            AccountMail::PromptReview { task, night, email } => {
                let due = DueReview { task: *task, night: *night };
                return self.tell_of_review(&due, email, correlation_id).await;
            }
        };
        let token = random_token("")?;
        self.store.links().put(&sha256_hex(token.expose_secret()), &link).await?;
        let url = self.url(kind, Some(token.expose_secret()));
        let good_for = link.expires_at.duration_since(now);
        self.post(&host, kind, &link.email, (&url, good_for), correlation_id).await
    }

    /// Tells someone that their account has the password that was to be set `at`, if it was.
    async fn tell(&self, account: AccountId, at: Timestamp, correlation_id: &str) -> Result<(), Failure> {
        let account = self.store.accounts().get(account).await?.value;
        if account.password_set_at < at {
            return Ok(());
        }
        let (host, kind) = (self.host_of(account.id).await?, Kind::PasswordSet);
        let url = self.url(kind, None);
        self.post(&host, kind, &account.email, (&url, SignedDuration::ZERO), correlation_id).await
    }

    /// Tells one of a business's people that a calendar has to be connected again, if it still has.
    async fn tell_of_calendar(
        &self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        email: &Email,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let there: Result<Versioned<OutsideCalendar>, Failure> =
            self.store.documents().get(tenant, &id.to_string()).await;
        match there {
            Ok(calendar) if calendar.value.health.reconnect => {}
            Ok(_) | Err(Failure::Rejected { .. }) => return Ok(()),
            Err(failure) => return Err(failure),
        }
        let (host, kind) = (self.host(tenant).await?, Kind::CalendarLost);
        self.post(&host, kind, email, (&self.url(kind, None), SignedDuration::ZERO), correlation_id).await
    }

    /// Tells one of a business's people that a campaign waits for a yes, if it still does and they were not told. It is noted behind the
    /// mail: whom it went to when this function died in between hears twice.
    async fn tell_of_campaign(
        &self,
        tenant: &TenantId,
        id: CampaignId,
        email: &Email,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let campaigns = self.store.campaigns();
        let waits =
            campaigns.find(tenant, id).await?.is_some_and(|campaign| campaign.value.state == CampaignState::Waiting);
        if !waits || campaigns.is_told(tenant, id, email).await? {
            return Ok(());
        }
        let (host, kind) = (self.host(tenant).await?, Kind::CampaignWaiting);
        let url = format!("{}/{id}", self.url(kind, None));
        self.post(&host, kind, email, (&url, SignedDuration::ZERO), correlation_id).await?;
        campaigns.note_told(tenant, id, email).await
    }

    /// Tells one of a business's people that a webhook was switched off, if it still is and they were not told. It is noted as above.
    async fn tell_of_webhook(
        &self,
        tenant: &TenantId,
        id: WebhookId,
        email: &Email,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let told = self.store.webhooks().told(tenant, id).await?;
        if told.is_none_or(|told| told.contains(email)) {
            return Ok(());
        }
        let (host, kind) = (self.host(tenant).await?, Kind::WebhookDisabled);
        let url = format!("{}/{id}", self.url(kind, None));
        self.post(&host, kind, email, (&url, SignedDuration::ZERO), correlation_id).await?;
        self.store.webhooks().note_told(tenant, id, email).await
    }

    async fn post(
        &self,
        host: &Host,
        kind: Kind,
        to: &Email,
        (url, good_for): (&str, SignedDuration),
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let email_template =
            email_templates::write(kind, &host.language, (&host.business, host.inviter.as_deref()), url, good_for);
        tracing::info!(?kind, correlation_id, "an account mail goes out");
        self.mail(&host.sender_name, to, &email_template, correlation_id).await
    }

    async fn mail(
        &self,
        sender_name: &str,
        to: &Email,
        email_template: &EmailTemplate,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let mail = Mail {
            from: &self.from,
            sender_name,
            to,
            subject: &email_template.subject,
            text: &email_template.text,
            correlation_id,
            reply_to: None,
            file: None,
        };
        match self.sender.send_mail(&mail).await {
            SendOutcome::Sent { .. } => {
                tracing::info!(correlation_id, "an account mail was sent");
                Ok(())
            }
            // Two mails are better than none: each has a link of its own.
            SendOutcome::Retry { reason, .. } | SendOutcome::Unknown { reason } => Err(Failure::Retryable(reason)),
            SendOutcome::Permanent { reason } | SendOutcome::Blocked { reason, .. } => Err(Failure::Permanent(reason)),
        }
    }

    /// The link of an invitation that still waits, and the name of who invites.
    async fn invitation(
        &self,
        tenant: &TenantId,
        id: InvitationId,
        now: Timestamp,
    ) -> Result<Option<(Link, Option<String>)>, Failure> {
        let Versioned { value: invitation, version } = self.store.invitations().get(tenant, id).await?;
        if invitation.status != InvitationStatus::Pending || invitation.expires_at <= now {
            return Ok(None);
        }
        let inviter = match invitation.invited_by {
            Some(account) => self.name_of(tenant, account).await?,
            None => None,
        };
        let link = Link {
            purpose: LinkPurpose::Invitation { tenant: tenant.clone(), invitation: id, version: Some(version) },
            email: invitation.email,
            made_at: now,
            expires_at: invitation.expires_at,
        };
        Ok(Some((link, inviter)))
    }

    /// What one of the tenant's own people is called; `None` for others, such as an agency's, or if their name holds a link.
    async fn name_of(&self, tenant: &TenantId, account: AccountId) -> Result<Option<String>, Failure> {
        match self.store.members().get(tenant, account).await {
            Ok(member) => Ok(plain_name(&member.value.name)),
            Err(Failure::Rejected { .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The tenant that someone joined first, or Porchlight where there is none.
    async fn host_of(&self, account: AccountId) -> Result<Host, Failure> {
        let memberships = self.store.members().of_account(account).await?;
        let first = memberships.into_iter().min_by_key(|member| member.joined_at);
        self.host(&first.map_or_else(TenantId::platform, |member| member.tenant)).await
    }

    /// A tenant, branded as its agency has it where it says nothing itself; Porchlight for the platform.
    async fn host(&self, tenant: &TenantId) -> Result<Host, Failure> {
        if tenant.is_platform() {
            let house = HOUSE.to_owned();
            return Ok(Host {
                business: house.clone(),
                sender_name: house,
                inviter: None,
                language: Language::english(),
            });
        }
        let tenant = self.store.tenants().get(tenant).await?;
        let branding = match &tenant.parent {
            Some(parent) => tenant.branding.clone().or(&self.store.tenants().get(parent).await?.branding),
            None => tenant.branding.clone(),
        };
        let business = branding.name.unwrap_or_else(|| tenant.name.clone());
        let sender_name = branding.sender_name.unwrap_or_else(|| business.clone());
        Ok(Host { business, sender_name, inviter: None, language: tenant.language.clone() })
    }

    fn url(&self, kind: Kind, token: Option<&str>) -> String {
        let base = self.app_url.as_str().trim_end_matches('/');
        let query = token.map_or_else(String::new, |token| format!("?token={token}"));
        format!("{base}/{}{query}", kind.path())
    }
}

fn link(mail: &AccountMail, account: &Account, purpose: LinkPurpose, now: Timestamp) -> Result<Link, Failure> {
    link_to(mail, &account.email, purpose, now)
}

fn link_to(mail: &AccountMail, email: &Email, purpose: LinkPurpose, now: Timestamp) -> Result<Link, Failure> {
    let expires_at = now.checked_add(mail.good_for()).map_err(|error| Failure::Permanent(error.to_string()))?;
    Ok(Link { purpose, email: email.clone(), made_at: now, expires_at })
}

/// A name as a mail may hold it: one line, with nothing in it that a mail program makes a link of. People choose their own names, and whoever
/// is invited is to press one link alone.
fn plain_name(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_host = |word: &str| {
        let dotted =
            |pair: &[char]| matches!(pair, [before, '.', after] if before.is_alphanumeric() && after.is_alphanumeric());
        word.chars().collect::<Vec<_>>().windows(3).any(dotted)
    };
    let is_link = name.contains(['/', '@', ':', '\\']) || name.split(' ').any(is_host);
    (!name.is_empty() && !is_link).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_names_nobody_whose_name_is_a_link() {
        for (name, shown) in [("Ana  Flores", "Ana Flores"), ("Dr. J. R. Núñez", "Dr. J. R. Núñez"), ("李明", "李明")]
        {
            assert_eq!(plain_name(name).as_deref(), Some(shown));
        }
        for name in [
            "",
            " ",
            "https://evil.example",
            "Ana at evil.example",
            "www.evil.example",
            "evil.example/x",
            "ana@evil.example",
        ] {
            assert_eq!(plain_name(name), None, "{name}");
        }
    }
}
