//! The vendors: what a channel needs to send, and the call.

use aws_config::SdkConfig;
use calendar::Attachment;
use connectors::send::{Media, Outgoing, email, http_client, meta, twilio};
use domain::conversations::{self, Message, NoticeKind, Role};
use domain::messaging::delivery::SendOutcome;
use domain::messaging::{Channel, Email};
use domain::tenancy::{Language, Tenant};
use domain::{Failure, MessageId, TenantId};
use files::Files;
use runtime::env::required;
use secrecy::SecretString;
use std::time::{Duration, Instant};
use store::{Credential, Store};
use url::Url;

use crate::attachment::Kept;
use crate::invitation;

/// Calls after the first, where the vendor says "not now".
const QUICK_RETRIES: usize = 2;
/// A call that would begin later than this after the first is left to the queue.
const PATIENCE: Duration = Duration::from_secs(4);

/// The clients of all vendors, built once.
#[derive(Debug)]
pub struct Senders {
    /// WhatsApp Cloud API.
    pub meta: meta::Sender,
    /// Twilio.
    pub twilio: twilio::Sender,
    /// SES.
    pub email: email::Sender,
    /// The platform's own verified address: for notices to staff, and for nothing else of a tenant's.
    pub platform: Email,
    /// Where Twilio reports what became of a message.
    pub status_callback: Url,
    /// The bucket, with the files that staff send along.
    pub files: Files,
}

/// A channel that has everything it needs.
pub(crate) enum Ready {
    Whatsapp {
        phone_number_id: String,
        token: SecretString,
        media: Option<Media>,
    },
    Twilio {
        line: twilio::Line,
        media: Option<Media>,
    },
    /// The subject is for messages that bring none; the file is the one that staff sent along, or the calendar's of the visit that the mail is
    /// about.
    Email {
        tenant: TenantId,
        from: Email,
        /// The platform's address, for a notice that the business's own address cannot send.
        or_from: Option<Email>,
        subject: String,
        file: Option<Attachment>,
    },
}

impl Senders {
    /// As the environment says: `META_API_URL`, `TWILIO_API_URL`, `MAIL_EVENTS`, `MAIL_FROM`, `PUBLIC_URL` and `FILES_BUCKET`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing or wrong.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let http = http_client()?;
        let ses = aws_sdk_sesv2::Client::new(config);
        Ok(Self {
            meta: meta::Sender::new(http.clone(), url("META_API_URL", "")?),
            twilio: twilio::Sender::new(http, url("TWILIO_API_URL", "")?),
            email: email::Sender::new(ses).with_events(required("MAIL_EVENTS")?),
            platform: Email::new(&required("MAIL_FROM")?, "MAIL_FROM")?,
            status_callback: url("PUBLIC_URL", "/webhooks/sms/status")?,
            files: Files::new(config, required("FILES_BUCKET")?),
        })
    }

    /// Gathers what the message's channel needs: `Ok(None)` where no one needs to be called. `Err` says, for the owner,
    /// what is not configured. A notice to staff can always be sent.
    pub(crate) async fn prepare(
        &self,
        store: &Store,
        tenant: &Tenant,
        message: &Message,
    ) -> Result<Result<Option<Ready>, String>, Failure> {
        let channel = message.channel;
        let missing = |what: &str| Ok(Err(format!("{channel} is not configured: {what} is missing")));
        let over_whatsapp = message.delivery.as_ref().is_some_and(|delivery| delivery.by_twilio);
        Ok(Ok(match channel {
            Channel::Whatsapp if !over_whatsapp => {
                let Some(settings) = &tenant.channels.whatsapp else { return missing("the number") };
                let Some(token) = store.credentials().get(&tenant.id, Credential::MetaAccessToken).await? else {
                    return missing("the access token");
                };
                let media = match self.media(tenant, message).await? {
                    Ok(media) => media,
                    Err(why) => return Ok(Err(why)),
                };
                Some(Ready::Whatsapp { phone_number_id: settings.phone_number_id.clone(), token, media })
            }
            Channel::Sms | Channel::Whatsapp => {
                let Some(settings) = &tenant.channels.sms else { return missing("the number") };
                let key = store.credentials().get(&tenant.id, Credential::TwilioApiKey).await?;
                let Some(key) = key.as_ref().and_then(twilio::TwilioKey::of) else { return missing("the API key") };
                let (account_sid, from) = (settings.account_sid.clone(), settings.from.clone());
                let media = match self.media(tenant, message).await? {
                    Ok(media) => media,
                    Err(why) => return Ok(Err(why)),
                };
                Some(Ready::Twilio { line: twilio::Line { account_sid, key, from, over_whatsapp }, media })
            }
            Channel::Email => {
                let own = store.tenants().own_sender(tenant).await?;
                let Some((from, or_from)) = mailed_from(own, &self.platform, message.role) else {
                    return missing("a sender address that is confirmed to be the business's own");
                };
                let subject = subject_line(&tenant.name, message.notice, &tenant.language);
                let file = match Kept::of(&tenant.id, message) {
                    Some(kept) => match kept.attachment(&self.files).await? {
                        Ok(file) => Some(file),
                        Err(why) => return Ok(Err(why)),
                    },
                    None => invitation::of(store, tenant, message, &from).await?,
                };
                Some(Ready::Email { tenant: tenant.id.clone(), from, or_from, subject, file })
            }
            Channel::Chat => None,
        }))
    }

    /// The file that a vendor fetches, where the message has one; `Err` says why it cannot go out.
    async fn media(&self, tenant: &Tenant, message: &Message) -> Result<Result<Option<Media>, String>, Failure> {
        match Kept::of(&tenant.id, message) {
            Some(kept) => Ok(kept.media(&self.files).await?.map(Some)),
            None => Ok(Ok(None)),
        }
    }

    /// Calls the vendor. "Not now" is asked again twice within seconds, because someone waits; after that the queue
    /// brings the message back. Nothing else is repeated.
    pub(crate) async fn send(&self, ready: &Ready, message: Outgoing<'_>) -> SendOutcome {
        let begun = Instant::now();
        let mut outcome = self.call(ready, message).await;
        for _ in 0..QUICK_RETRIES {
            let SendOutcome::Retry { after_seconds, .. } = &outcome else { break };
            let pause = pause(*after_seconds, message.reference().message);
            if begun.elapsed() + pause > PATIENCE {
                break;
            }
            tokio::time::sleep(pause).await;
            outcome = self.call(ready, message).await;
        }
        outcome
    }

    /// Makes one call.
    async fn call(&self, ready: &Ready, message: Outgoing<'_>) -> SendOutcome {
        match ready {
            Ready::Whatsapp { phone_number_id, token, media } => {
                self.meta.send(phone_number_id, token, &message.with_media(media.as_ref())).await
            }
            Ready::Twilio { line, media } => {
                self.twilio.send(line, &self.status_callback, &message.with_media(media.as_ref())).await
            }
            Ready::Email { tenant, from, or_from, subject, file } => {
                let message = message.with_subject(subject).with_file(file.as_ref());
                match (self.email.send(tenant, from, &message).await, or_from) {
                    // Refused is not sent: an address that is not verified yet keeps no emergency from anybody.
                    (SendOutcome::Permanent { .. }, Some(platform)) => {
                        self.email.send(tenant, platform, &message).await
                    }
                    (outcome, _) => outcome,
                }
            }
        }
    }
}

/// The address that a mail comes from, and the one that is tried where that is refused. A customer's mail never comes from the
/// platform's address, not even where a tenant has registered it as its own; a notice to staff may.
fn mailed_from(own: Option<&Email>, platform: &Email, role: Role) -> Option<(Email, Option<Email>)> {
    let own = own.filter(|own| *own != platform).cloned();
    let platform = (role == Role::Notice).then(|| platform.clone());
    match own {
        Some(own) => Some((own, platform)),
        None => platform.map(|platform| (platform, None)),
    }
}

/// How long the vendor asks us to wait, or a second; spread by the message, so that those refused together do not come
/// back together.
fn pause(after_seconds: Option<u32>, message: MessageId) -> Duration {
    let spread = message.to_string().bytes().map(u64::from).sum::<u64>() % 10;
    Duration::from_secs(after_seconds.unwrap_or(1).into()) + Duration::from_millis(spread * 50)
}

fn subject_line(business: &str, notice: Option<NoticeKind>, language: &Language) -> String {
    notice.map_or_else(|| business.to_owned(), |kind| conversations::subject(kind, business, language))
}

fn url(variable: &str, path: &str) -> Result<Url, Failure> {
    let base = required(variable)?;
    let wrong = |_| Failure::Permanent(format!("{variable} is no URL"));
    format!("{}{path}", base.trim_end_matches('/')).parse().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use secrecy::ExposeSecret as _;

    #[test]
    fn a_twilio_key_is_a_sid_and_a_secret() {
        let key = twilio::TwilioKey::of(&SecretString::from("SK01:a:b")).unwrap();
        assert_eq!((key.sid.as_str(), key.secret.expose_secret()), ("SK01", "a:b"));
        assert!(twilio::TwilioKey::of(&SecretString::from("SK01")).is_none());
    }

    #[test]
    fn the_platforms_address_is_for_notices_alone_even_where_a_tenant_has_registered_it() {
        let email = |name: &str| Email::new(&format!("{name}@example.com"), "email").unwrap();
        let (platform, own) = (email("porchlight"), email("roofer"));
        let from = |own: Option<&Email>, role| mailed_from(own, &platform, role);
        for role in [Role::Assistant, Role::Staff] {
            assert_eq!(from(Some(&own), role), Some((own.clone(), None)));
            assert_eq!(from(Some(&platform), role), None);
            assert_eq!(from(None, role), None);
        }
        assert_eq!(from(Some(&own), Role::Notice), Some((own.clone(), Some(platform.clone()))));
        for none_of_its_own in [None, Some(&platform)] {
            assert_eq!(from(none_of_its_own, Role::Notice), Some((platform.clone(), None)));
        }
    }

    #[test]
    fn those_refused_together_come_back_within_half_a_second_of_each_other() {
        let tenant = TenantId::new("acme").unwrap();
        let pauses: Vec<Duration> =
            (0..100).map(|n: u32| pause(Some(3), MessageId::derive(&tenant, &[&n.to_string()]))).collect();
        assert!(pauses.iter().all(|pause| (3_000..3_500).contains(&pause.as_millis())));
        assert!(pauses.iter().any(|pause| Some(pause) != pauses.first()));
        assert!(pause(None, MessageId::derive(&tenant, &["m"])) < Duration::from_secs(2));
    }
}
