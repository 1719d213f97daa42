//! Work that is done for every tenant once a period: what became of it for whom.
//!
//! Each tenant's outcome is one item, written by whoever did the work; a report counts the items. So there is no counter that many
//! workers write at once, none that counts twice, and a run of 100,000 tenants is 100,000 small writes and a few megabytes to read.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::tenancy::runs::{Outcome, Run, RunKind, RunReport};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Runs;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, number, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::tenancy::keys::RUN_LISTS;

/// For how long it is known what became of a run.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(40 * 24);
const OUTCOME: &str = "run_outcome";
const HOUR: &str = "run_hour";
const CLOCK: &str = "run_clock";

/// How many tenants were asked in an hour.
#[derive(Serialize, Deserialize)]
struct Asked {
    hour: Timestamp,
    tenants: u64,
    asked_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Clock {
    through: Timestamp,
}

/// What became of it for one tenant.
#[derive(Serialize, Deserialize)]
struct Noted {
    #[serde(flatten)]
    outcome: Outcome,
    at: Timestamp,
}

impl Runs<'_> {
    /// What became of a run for a tenant; `None`: it is not known yet.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn outcome(self, run: &Run, tenant: &TenantId) -> Result<Option<Outcome>, Failure> {
        let item = self.store.item(OUTCOME, &keys::platform().run_outcome(run, tenant)).await?;
        Ok(item.map(|item| from_item::<Noted>(OUTCOME, &item)).transpose()?.map(|noted| noted.outcome))
    }

    /// Notes what became of a run for a tenant. What is final stays: a repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note(self, run: &Run, tenant: &TenantId, outcome: Outcome, now: Timestamp) -> Result<(), Failure> {
        if !outcome.is_final() {
            tracing::error!(%run, %tenant, outcome = ?outcome, "not done for this tenant");
        }
        let item = self.kept(OUTCOME, &keys::platform().run_outcome(run, tenant), &Noted { outcome, at: now }, now)?;
        let put = self.store.put_item(item).condition_expression("attribute_not_exists(pk) OR outcome = :failed");
        let put = put.expression_attribute_values(":failed", text("failed")).send().await;
        let Err(error) = put else { return Ok(()) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
            _ => Err(failure(OUTCOME, &error)),
        }
    }

    /// Up to which hour tenants were asked for this kind of work, that hour included.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn asked_through(self, kind: RunKind) -> Result<Option<Timestamp>, Failure> {
        let item = self.store.item(CLOCK, &keys::platform().run_clock(kind)).await?;
        Ok(item.map(|item| from_item::<Clock>(CLOCK, &item)).transpose()?.map(|clock| clock.through))
    }

    /// Notes that the tenants of an hour were asked: how many for each run. Of the same hour again it says the same again.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn asked(self, runs: &[(Run, u64)], hour: Timestamp, now: Timestamp) -> Result<(), Failure> {
        for (run, tenants) in runs {
            let asked = Asked { hour, tenants: *tenants, asked_at: now };
            let item = self.kept(HOUR, &keys::platform().run_hour(run, hour), &asked, now)?;
            self.store.put_item(item).send().await.map_err(|error| failure(HOUR, &error))?;
        }
        Ok(())
    }

    /// Notes up to which hour tenants were asked, that hour included.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn set_asked_through(self, kind: RunKind, hour: Timestamp) -> Result<(), Failure> {
        let item = to_item(CLOCK, &keys::platform().run_clock(kind), &Clock { through: hour })?;
        self.store.put_item(item).send().await.map_err(|error| failure(CLOCK, &error))?;
        Ok(())
    }

    /// When the last tenants of a run were asked; `None`: none were. One query for a few small items.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn asked_last(self, run: &Run) -> Result<Option<Timestamp>, Failure> {
        Ok(self.hours(run).await?.iter().map(|asked| asked.asked_at).max())
    }

    /// How far a run is. It reads an item for each of its tenants.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn report(self, run: &Run) -> Result<RunReport, Failure> {
        let mut report = RunReport::default();
        for asked in self.hours(run).await? {
            report.asked = report.asked.saturating_add(asked.tenants);
            report.asked_last = report.asked_last.max(Some(asked.asked_at));
        }
        for list in 0..RUN_LISTS {
            let query = self.store.query().key_condition_expression("pk = :pk");
            let query = query.expression_attribute_values(":pk", text(keys::platform().run_outcomes(run, list)));
            let count = |item: &Item| {
                readable::<Noted>(OUTCOME, [item]).iter().for_each(|noted| report.count(&noted.outcome));
            };
            self.store.each(OUTCOME, query, count).await?;
        }
        Ok(report)
    }

    /// The hours in which tenants were asked for a run.
    async fn hours(self, run: &Run) -> Result<Vec<Asked>, Failure> {
        let hours = keys::platform().run_hour(run, Timestamp::UNIX_EPOCH).pk;
        let items = self.store.partition(&hours, &format!("{}#", run.period)).await?;
        Ok(readable::<Asked>(HOUR, &items))
    }

    fn kept(self, entity: &str, key: &TableKey, value: &impl Serialize, now: Timestamp) -> Result<Item, Failure> {
        let mut item = to_item(entity, key, value)?;
        item.insert(
            "expires_at".to_owned(),
            number(now.saturating_add(KEPT_FOR).map_err(|e| Failure::Permanent(e.to_string()))?.as_second()),
        );
        Ok(item)
    }
}
