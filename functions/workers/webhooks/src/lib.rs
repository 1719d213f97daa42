//! Posts events to tenants' webhooks.
//!
//! Reads the queue `Webhooks`, which the bus, `api-webhooks`, one-time schedules and this worker itself fill. An event
//! becomes a delivery for each webhook that wants it; a due delivery is posted once, and what is not taken is due again
//! later. A record says which try of a delivery it is for: of two that say the same the second finds the try done, and
//! sees to it that the next one is asked for. A receiver may still get the same event twice, where this worker died
//! between the post and its note: `webhook-id` is the same then.

use connectors::send::webhook::{Post, WebhookSender};
use connectors::standard_webhooks::sign;
use domain::events::{DisabledBecause, Event, EventKind};
use domain::failure::Rejection;
use domain::identity::{AccountMail, Permission};
use domain::ids::WebhookDeliveryId;
use domain::messaging::Email;
use domain::webhooks::{DueDelivery, Message, Outcome, State, Try, Webhook, WebhookDelivery, gives_up};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::{Queue, Work};
use runtime::schedules::Schedules;
use std::time::Duration;
use store::Store;

/// The most time one record takes: the post's 10 s, the table's calls, the key service's and the scheduler's.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(20);

/// What posting needs.
#[derive(Debug)]
pub struct Webhooks {
    /// The table, and what opens the secrets in it.
    pub store: Store,
    /// Who posts.
    pub sender: WebhookSender,
    /// Where deliveries go that are due now.
    pub queue: Queue<DueDelivery>,
    /// Where those go that are due later.
    pub schedules: Schedules<DueDelivery>,
    /// The queue `AccountMail`.
    pub mails: Queue<AccountMail>,
}

impl Webhooks {
    /// Does what a record asks for.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: no retry can help.
    pub async fn work(&self, record: &Work<DueDelivery>, now: Timestamp) -> Result<(), Failure> {
        match record {
            Work::Event(event) => {
                self.fan_out(event, now).await?;
                self.tell(event).await
            }
            Work::Due(due) => self.post(due, now).await,
        }
    }

    /// Has those who can switch a webhook on again told by mail that it was switched off: its admins, or whom the business has told of things
    /// where an agency alone administers it. Who is told notes whom: an event that comes twice tells each once.
    async fn tell(&self, event: &Event) -> Result<(), Failure> {
        let (EventKind::WebhookDisabled { webhook, .. }, tenant) = (&event.kind, &event.tenant) else { return Ok(()) };
        let team = self.store.members().team(tenant).await?;
        let admins = team.iter().filter(|member| member.role.permits(Permission::WriteWebhooks));
        let mut people: Vec<Email> = admins.map(|member| member.email.clone()).collect();
        if people.is_empty() {
            people.clone_from(&self.store.tenants().get(tenant).await?.notify);
        }
        for email in people {
            let mail = AccountMail::WebhookDisabled { tenant: tenant.clone(), webhook: *webhook, email };
            self.mails.send_traced(&mail, &event.correlation_id).await?;
        }
        Ok(())
    }

    /// Makes a delivery for each webhook that wants the event.
    async fn fan_out(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        let Some(message) = Message::of(event) else { return Ok(()) };
        let tenant = &event.tenant;
        let webhooks = self.store.webhooks().of(tenant).await?;
        let mut due = Vec::new();
        for webhook in webhooks.iter().filter(|webhook| webhook.wants(&message.name)) {
            let id = WebhookDeliveryId::derive(tenant, &[&webhook.id.to_string(), &message.id]);
            let delivery = WebhookDelivery::new(id, webhook.id, &message, now);
            // One that is there already, and was posted, is not due any more.
            let stored = self.store.webhook_deliveries().add(tenant, &delivery).await?;
            due.extend(stored.due(tenant).filter(|due| due.tried == 0));
        }
        self.queue.send_all(&due).await
    }

    /// Posts a delivery, if it is still to be.
    async fn post(&self, due: &DueDelivery, now: Timestamp) -> Result<(), Failure> {
        let (tenant, deliveries) = (&due.tenant, self.store.webhook_deliveries());
        let Some(delivery) = found(deliveries.get(tenant, due.delivery).await)? else { return Ok(()) };
        if delivery.state != State::Pending || delivery.tries.len() != due.tried {
            return self.was_tried(&delivery, due, now).await;
        }
        let webhook = found(self.store.webhooks().get(tenant, delivery.webhook).await)?.map(|webhook| webhook.value);
        let Some(webhook) = webhook.filter(|webhook| webhook.enabled) else {
            deliveries.save(tenant, &delivery.given_up(), due.tried).await?;
            return Ok(());
        };
        let (tried, outcome) = self.try_once(tenant, &webhook, &delivery, now).await?;
        tracing::info!(
            %tenant, webhook = %webhook.id, event = %delivery.name, status = tried.status, taken = outcome == Outcome::Taken,
            duration_ms = tried.duration_ms, "posted"
        );
        let delivery = delivery.after(tried, outcome, now);
        if !deliveries.save(tenant, &delivery, due.tried).await? {
            return Ok(());
        }
        self.note(tenant, &webhook, outcome, now).await?;
        self.ask_again(tenant, &delivery, now).await
    }

    async fn try_once(
        &self,
        tenant: &TenantId,
        webhook: &Webhook,
        delivery: &WebhookDelivery,
        now: Timestamp,
    ) -> Result<(Try, Outcome), Failure> {
        let secrets = self.store.webhooks().secrets(tenant, webhook, now).await?;
        if secrets.is_empty() {
            return Err(Failure::Permanent("a webhook has no secret: rotate it".into()));
        }
        let timestamp = now.as_second();
        let signature = sign(&secrets, &delivery.event, timestamp, &delivery.body)?;
        let post =
            Post { url: &webhook.url, id: &delivery.event, timestamp, signature: &signature, body: &delivery.body };
        Ok(self.sender.post(post, now).await)
    }

    /// Remembers of the webhook whether it takes what it is sent, and switches off one that does not.
    async fn note(
        &self,
        tenant: &TenantId,
        webhook: &Webhook,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let webhooks = self.store.webhooks();
        match outcome {
            Outcome::Taken if webhook.failing_since.is_some() => webhooks.note_success(tenant, webhook.id).await,
            Outcome::Taken => Ok(()),
            Outcome::Gone => webhooks.disable(tenant, webhook.id, DisabledBecause::Gone, now).await,
            Outcome::Refused(_) => match webhooks.note_failure(tenant, webhook.id, now).await? {
                Some(since) if gives_up(since, now) => {
                    webhooks.disable(tenant, webhook.id, DisabledBecause::Failing, now).await
                }
                _ => Ok(()),
            },
        }
    }

    /// This try is done. Its worker may have died before it asked for the next one.
    async fn was_tried(&self, delivery: &WebhookDelivery, due: &DueDelivery, now: Timestamp) -> Result<(), Failure> {
        if delivery.tries.len() == due.tried + 1 {
            return self.ask_again(&due.tenant, delivery, now).await;
        }
        Ok(())
    }

    async fn ask_again(&self, tenant: &TenantId, delivery: &WebhookDelivery, now: Timestamp) -> Result<(), Failure> {
        self.schedules.make(delivery.due(tenant).as_slice(), now).await
    }
}

/// `None` where it is not there any more.
fn found<T>(read: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
        Err(failure) => Err(failure),
    }
}
