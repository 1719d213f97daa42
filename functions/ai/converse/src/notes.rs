//! What a channel tells of that is no message: one that was corrected or taken back, a word about advertising.

use domain::failure::Rejection;
use domain::identity::Actor;
use domain::journeys::file;
use domain::journeys::{ConsentRecord, Journey};
use domain::messaging::{Content, Inbound, Purpose};
use domain::{ContactId, Failure, TenantId};
use store::Trace;

use crate::{Converse, MAX_DECISIONS};

impl Converse {
    /// Notes what `inbound` tells of. Whether that was all: then there is no one to answer. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub(crate) async fn note(&self, inbound: &Inbound) -> Result<bool, Failure> {
        if let Some((message, amendment)) = inbound.amends() {
            let known =
                self.store.conversations().amend(&inbound.tenant, message, &amendment, runtime::clock::now()).await?;
            tracing::info!(tenant = %inbound.tenant, known, "a message was corrected or taken back");
        }
        match inbound.content {
            Content::Deleted => Ok(true),
            Content::Advertising { wanted } => self.note_advertising(inbound, wanted).await.map(|()| true),
            _ => Ok(false),
        }
    }

    /// Keeps what they said about advertising on this channel with their consents. No one known has none to withdraw.
    async fn note_advertising(&self, inbound: &Inbound, wanted: bool) -> Result<(), Failure> {
        let tenant = &inbound.tenant;
        let record = ConsentRecord {
            channel: inbound.channel,
            purpose: Purpose::Marketing,
            granted: wanted,
            at: inbound.said_at(),
            evidence: "They said so in their WhatsApp settings for this business".to_owned(),
        };
        let correlation_id = inbound.correlation_id.clone();
        let trace = Trace { actor: Actor::System, at: inbound.received_at, address: None, correlation_id };
        // Whoever only has this address typed into their contact has not spoken.
        let people = self.store.people().load_turn(inbound).await?.people;
        match file(people, &inbound.from, inbound.strength()).owner {
            Some(person) => self.record(tenant, person.contact.id, &record, &trace).await,
            None => Ok(()),
        }
    }

    async fn record(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        record: &ConsentRecord,
        trace: &Trace,
    ) -> Result<(), Failure> {
        for _ in 0..MAX_DECISIONS {
            let read = self.store.journeys().of(tenant, contact).await?.version;
            let change = |journey: &mut Journey| journey.record_consent(record.clone());
            match self.store.journeys().change(tenant, contact, read, change, trace).await {
                Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. }) => {}
                done => return done.map(|_| ()),
            }
        }
        Err(Failure::Retryable("this contact's journey is very busy".into()))
    }
}
