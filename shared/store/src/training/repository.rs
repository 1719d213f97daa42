//! Beginning a training, what is said in it, and what is confirmed, withdrawn and put back.

use domain::failure::Rejection;
use domain::tenancy::{StyleGuide, StyleTopic, Tenant};
use domain::training::{ConfirmedGuide, StyleEdits, TrainingSession, TrainingState};
use domain::{Failure, TenantId};
use jiff::civil::Date;

use crate::Trainings;
use crate::table::documents::{Trace, Versioned, busy, read};
use crate::table::item::{Item, from_item, get_text, number, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::training::edits::{counts, sum};

const SESSION: &str = "training_session";
const GUIDE: &str = "style_guide";
/// How often a change is tried again that another write came before.
const ATTEMPTS: usize = 4;

impl Trainings<'_> {
    /// Where each topic stands. `tenant` is the document as it is stored now.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn list(self, tenant: &Tenant) -> Result<Vec<TrainingState>, Failure> {
        let items = self.store.partition(&keys::of(&tenant.id).trainings(), "").await?;
        let state = |topic: StyleTopic| {
            let session = items.iter().find(|item| get_text(item, "sk") == format!("SESSION#{topic}")).cloned();
            let session = session.and_then(|item| read::<TrainingSession>(SESSION, item).ok());
            let mut versions = versions(&items, topic);
            versions.reverse();
            let guide = tenant.style.get(&topic).cloned();
            TrainingState { topic, session: session.map(|session| session.value), guide, versions }
        };
        Ok(StyleTopic::ALL.map(state).to_vec())
    }

    /// The training about a topic that is under way.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn session(self, tenant: &TenantId, topic: StyleTopic) -> Result<Versioned<TrainingSession>, Failure> {
        let item = self.store.item(SESSION, &keys::of(tenant).training_session(topic)).await?;
        read(SESSION, item.ok_or_else(|| Failure::not_found("training"))?)
    }

    /// Begins a training, or gives the one that is under way.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn start(self, tenant: &TenantId, session: TrainingSession) -> Result<TrainingSession, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item(tenant, &session)?, 0)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(session),
            Ran::Refused(_) | Ran::Raced => Ok(self.session(tenant, session.topic).await?.value),
        }
    }

    /// Begins a training of what edits of suggestions came to. What was counted for it begins again at nothing; an edit that comes
    /// meanwhile is in it, or counts for the next.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where the edits come to no rules, or a training about the topic is under way.
    pub async fn start_of_edits(
        self,
        tenant: &TenantId,
        today: Date,
        begin: impl Fn(&StyleEdits) -> TrainingSession,
    ) -> Result<TrainingSession, Failure> {
        for _ in 0..ATTEMPTS {
            let weeks = self.weeks(tenant, today).await?;
            let edits = sum(&weeks);
            if edits.proposed().is_empty() {
                return Err(conflict("edits of suggestions come to no rules yet"));
            }
            let session = begin(&edits);
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(item(tenant, &session)?, 0)?;
            for week in &weeks {
                let read = number(counts(week).edits);
                writes.delete_where(&TableKey::of(week), "edits = :read", ":read", read)?;
            }
            match self.store.run(writes).await? {
                Ran::Done => return Ok(session),
                Ran::Refused(positions) if positions.contains(&0) => {
                    return Err(conflict("a training about this is under way: end it first"));
                }
                Ran::Refused(_) | Ran::Raced => {}
            }
        }
        Err(busy(SESSION))
    }

    /// Changes the training that is under way.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or what `change` refuses.
    pub async fn change(
        self,
        tenant: &TenantId,
        topic: StyleTopic,
        change: impl Fn(TrainingSession) -> Result<TrainingSession, Failure>,
    ) -> Result<TrainingSession, Failure> {
        for _ in 0..ATTEMPTS {
            let before = self.session(tenant, topic).await?;
            let after = change(before.value.clone())?;
            if after == before.value {
                return Ok(after);
            }
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(item(tenant, &after)?, before.version)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(after);
            }
        }
        Err(busy(SESSION))
    }

    /// Ends a training without a guide. Again, it changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn end(self, tenant: &TenantId, topic: StyleTopic) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.delete(&keys::of(tenant).training_session(topic))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(busy(SESSION)),
        }
    }

    /// Confirms what was understood: it is in force from now on, and the training is over.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no training is under way, or it has no rules.
    pub async fn confirm(self, tenant: &TenantId, topic: StyleTopic, trace: &Trace) -> Result<StyleGuide, Failure> {
        for _ in 0..ATTEMPTS {
            let session = self.session(tenant, topic).await?;
            let guides = self.store.partition(&keys::of(tenant).trainings(), "GUIDE#").await?;
            let version = versions(&guides, topic).last().copied().unwrap_or_default().saturating_add(1);
            let confirmed = session.value.confirmed(version, trace.actor.clone(), trace.at)?;
            let key = keys::of(tenant).style_guide(topic, version);
            let stored = to_item(GUIDE, &key, &confirmed)?;
            let mut writes = self.in_force(tenant, topic, Some(confirmed.guide.clone()), trace).await?;
            writes.put_new(stored)?;
            writes.delete_version(&keys::of(tenant).training_session(topic), session.version)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(confirmed.guide);
            }
        }
        Err(busy(GUIDE))
    }

    /// Puts an earlier version in force.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn restore(
        self,
        tenant: &TenantId,
        topic: StyleTopic,
        version: u32,
        trace: &Trace,
    ) -> Result<StyleGuide, Failure> {
        let kept = self.store.item(GUIDE, &keys::of(tenant).style_guide(topic, version)).await?;
        let kept: ConfirmedGuide = from_item(GUIDE, &kept.ok_or_else(|| Failure::not_found("style guide"))?)?;
        self.set(tenant, topic, Some(&kept.guide), trace).await?;
        Ok(kept.guide)
    }

    /// Takes the guide of a topic out of force. Its versions stay.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn withdraw(self, tenant: &TenantId, topic: StyleTopic, trace: &Trace) -> Result<(), Failure> {
        self.set(tenant, topic, None, trace).await
    }

    async fn set(
        self,
        tenant: &TenantId,
        topic: StyleTopic,
        guide: Option<&StyleGuide>,
        trace: &Trace,
    ) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            if self.store.tenants().document(tenant).await?.value.style.get(&topic) == guide {
                return Ok(());
            }
            let writes = self.in_force(tenant, topic, guide.cloned(), trace).await?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy(GUIDE))
    }

    /// The tenant's document with `guide` in force, and the line of the record of it.
    async fn in_force(
        self,
        tenant: &TenantId,
        topic: StyleTopic,
        guide: Option<StyleGuide>,
        trace: &Trace,
    ) -> Result<Writes, Failure> {
        let before = self.store.tenants().document(tenant).await?;
        let mut with = before.value.clone();
        match guide {
            Some(guide) => with.style.insert(topic, guide),
            None => with.style.remove(&topic),
        };
        self.store.tenants().tenant_writes(&with, Some(&before), trace)
    }
}

fn item(tenant: &TenantId, session: &TrainingSession) -> Result<Item, Failure> {
    to_item(SESSION, &keys::of(tenant).training_session(session.topic), session)
}

/// The versions of a topic's guide, from the first.
fn versions(items: &[Item], topic: StyleTopic) -> Vec<u32> {
    let begins = format!("GUIDE#{topic}#");
    items.iter().filter_map(|item| get_text(item, "sk").strip_prefix(&begins)?.parse().ok()).collect()
}

fn conflict(message: &str) -> Failure {
    Failure::rejected(Rejection::Conflict, message)
}
