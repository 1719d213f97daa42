//! Versions and their traffic: read, written once, put live, taken back.

use domain::failure::Rejection;
use domain::identity::Actor;
use domain::prompts::{
    ListedPrompt, PromptContent, PromptTask, PromptTraffic, PromptVersion, StoredPrompt, TrafficChange,
};
use domain::{Failure, TenantId};

use super::version_id;
use crate::table::documents::{Document as _, read};
use crate::{Prompts, Trace, Versioned};

/// The most versions of a task in a list: each is a document of its own, and a task has a handful a year.
const MAX_LISTED: usize = 100;

/// What seeding did with a version that comes with the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeded {
    /// It is stored and live: the task had none.
    Live,
    /// It is stored as a draft: another version is live.
    Draft,
    /// It was there.
    There,
}

impl Prompts<'_> {
    /// The traffic of a task, with its version as a document.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) where nothing was seeded; else as the table answers.
    pub async fn traffic_of(self, task: PromptTask) -> Result<Versioned<PromptTraffic>, Failure> {
        self.store.documents().get::<PromptTraffic>(&TenantId::platform(), task.as_str()).await
    }

    /// A version.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found); else as the table answers.
    pub async fn version(self, task: PromptTask, version: &PromptVersion) -> Result<StoredPrompt, Failure> {
        let id = version_id(task, version);
        Ok(self.store.documents().get::<StoredPrompt>(&TenantId::platform(), &id).await?.value)
    }

    /// The versions of a task, the highest first, at most 100.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn list(self, traffic: &PromptTraffic) -> Result<Vec<ListedPrompt>, Failure> {
        let platform = TenantId::platform();
        let partition = crate::keys::of(&platform).document(StoredPrompt::NAME, "").pk;
        let prefix = format!("{}#", traffic.task);
        let items = self.store.partition(&partition, &prefix).await?;
        let read = |item| {
            read::<StoredPrompt>(StoredPrompt::NAME, item).inspect_err(|failure| {
                tracing::error!(reason = %failure, "it is left out");
            })
        };
        let mut listed: Vec<ListedPrompt> = items
            .into_iter()
            .filter_map(|item| read(item).ok())
            .map(|one| ListedPrompt::of(&one.value, traffic))
            .collect();
        listed.sort_by(|one, other| other.version.cmp(&one.version));
        listed.truncate(MAX_LISTED);
        Ok(listed)
    }

    /// Stores a version that no conversation gets yet. What it says must have been rendered on trial. Storing the same again changes
    /// nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where the version is there and says something else: a version is written once.
    pub async fn create(self, content: PromptContent, trace: &Trace) -> Result<StoredPrompt, Failure> {
        let (task, version) = (content.task, content.version.clone());
        let wanted = StoredPrompt { content, author: trace.actor.clone(), reasons: Vec::new(), created_at: trace.at };
        match self.store.documents().create(&TenantId::platform(), &wanted, trace).await {
            Ok(stored) => Ok(stored.value),
            Err(conflict @ Failure::Rejected { kind: Rejection::Conflict, .. }) => {
                let there = self.version(task, &version).await?;
                if there.content == wanted.content { Ok(there) } else { Err(conflict) }
            }
            Err(failure) => Err(failure),
        }
    }

    /// Stores a version that comes with the code, and puts it live where the task has no live version. Whoever comes first does it; again
    /// changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where that version was stored with another text: the file changed, and its version did not.
    pub async fn seed(self, content: PromptContent, trace: &Trace) -> Result<Seeded, Failure> {
        let (task, version) = (content.task, content.version.clone());
        let trace = Trace { actor: Actor::System, ..trace.clone() };
        let was_there = match self.version(task, &version).await {
            Ok(there) if there.content == content => true,
            Ok(_) => {
                let message =
                    format!("version {version} of {task} is stored with another text: give the file a new version");
                return Err(Failure::rejected(Rejection::Conflict, message));
            }
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                self.create(content, &trace).await?;
                false
            }
            Err(failure) => return Err(failure),
        };
        match self.traffic_of(task).await {
            Ok(_) => Ok(if was_there { Seeded::There } else { Seeded::Draft }),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                let begun = PromptTraffic::begin(task, version);
                self.store.documents().create(&TenantId::platform(), &begun, &trace).await?;
                Ok(Seeded::Live)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Tries a version on a share of the conversations, or another share, or none, from `read` of the traffic.
    ///
    /// # Errors
    /// As [`PromptTraffic::changed`]; [`Failure::Rejected`]: no such version, or the traffic has changed since it was read.
    pub async fn change_traffic(
        self,
        task: PromptTask,
        wanted: &TrafficChange,
        read: u64,
        trace: &Trace,
    ) -> Result<Versioned<PromptTraffic>, Failure> {
        if let Some(challenger) = &wanted.challenger {
            self.version(task, &challenger.version).await?;
        }
        let is_done =
            |traffic: &PromptTraffic| traffic.challenger == wanted.challenger && traffic.automatic == wanted.automatic;
        self.replace(task, read, trace, is_done, |traffic| traffic.changed(wanted)).await
    }

    /// Puts a version live for all conversations, from `read` of the traffic.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no such version, or the traffic has changed since it was read.
    pub async fn promote(
        self,
        task: PromptTask,
        version: &PromptVersion,
        read: u64,
        trace: &Trace,
    ) -> Result<Versioned<PromptTraffic>, Failure> {
        self.version(task, version).await?;
        let is_done = |traffic: &PromptTraffic| traffic.live == *version && traffic.challenger.is_none();
        self.replace(task, read, trace, is_done, |traffic| Ok(traffic.promoted(version))).await
    }

    /// Puts the version live that was live before, from `read` of the traffic.
    ///
    /// # Errors
    /// As [`PromptTraffic::rolled_back`]; [`Failure::Rejected`] where the traffic has changed since it was read.
    pub async fn roll_back(
        self,
        task: PromptTask,
        read: u64,
        trace: &Trace,
    ) -> Result<Versioned<PromptTraffic>, Failure> {
        self.replace(task, read, trace, |_| false, PromptTraffic::rolled_back).await
    }

    /// Puts the tried versions live that may become live by themselves, and gives what came of each task that lets them.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. Who changed the traffic meanwhile comes first.
    pub async fn promote_proven(self, trace: &Trace) -> Result<Vec<(PromptTask, PromptVersion)>, Failure> {
        let mut promoted = Vec::new();
        for task in PromptTask::ALL.into_iter().filter(|task| task.is_counted()) {
            let Ok(traffic) = self.traffic_of(task).await else { continue };
            let Some(tried) = traffic.value.challenger.clone().filter(|_| traffic.value.automatic) else { continue };
            let compared = self.compare(&traffic.value, None).await?;
            let verdict = compared.verdict.filter(domain::prompts::PromptVerdict::promotes);
            tracing::info!(%task, version = %tried.version, promotes = verdict.is_some(), "a version that is tried was judged");
            if verdict.is_none() {
                continue;
            }
            match self.promote(task, &tried.version, traffic.version, trace).await {
                Ok(_) => promoted.push((task, tried.version)),
                Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. }) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(promoted)
    }

    /// As it is at version `read`, changed. The same change sent again finds the first one's work, where that can be seen.
    async fn replace(
        self,
        task: PromptTask,
        read: u64,
        trace: &Trace,
        is_done: impl Fn(&PromptTraffic) -> bool,
        change: impl FnOnce(&PromptTraffic) -> Result<PromptTraffic, Failure>,
    ) -> Result<Versioned<PromptTraffic>, Failure> {
        let there = self.traffic_of(task).await?;
        if there.version == read + 1 && is_done(&there.value) {
            return Ok(there);
        }
        if there.version != read {
            return Err(crate::table::documents::changed(read));
        }
        let next = change(&there.value)?;
        if next == there.value {
            return Ok(there);
        }
        self.store.documents().replace(&TenantId::platform(), &next, read, trace).await
    }
}
