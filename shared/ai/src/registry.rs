//! Which version of the instructions a question to a model gets.
//!
//! What is live is read at most once a minute in a warm function, and what a version says once: it never changes. A registry that is
//! empty, does not answer in time or has a version that does not render changes nothing but the version: then the one that comes with
//! the code is used. An answer never fails because of the registry.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::ConversationId;
use domain::prompts::{PromptRegistry, PromptTask, PromptTraffic, PromptVersion};
use domain::tenancy::Tenant;

use crate::client::left;
use crate::prompt::Script;

/// How long a warm function believes what it read.
const TRUST: Duration = Duration::from_secs(60);
/// How long the registry is waited for.
const PATIENCE: Duration = Duration::from_millis(800);
/// So many versions are kept ready; with more it begins again.
const MAX_READY: usize = 30;

/// The versions, as far as they are known here.
pub(crate) struct Prompts {
    registry: Option<Arc<dyn PromptRegistry>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// When the traffic was read, or tried to be.
    read_at: Option<Instant>,
    traffic: BTreeMap<PromptTask, PromptTraffic>,
    ready: BTreeMap<(PromptTask, PromptVersion, u32), Arc<Script>>,
    /// Those that there are not, or that do not render: looked for again with the next traffic.
    missing: Vec<(PromptTask, PromptVersion)>,
}

/// A version that is used: one that comes with the code, or one of the registry.
#[derive(Debug, Clone)]
pub(crate) enum Chosen {
    BuiltIn(&'static Script),
    Stored(Arc<Script>),
}

impl std::ops::Deref for Chosen {
    type Target = Script;

    fn deref(&self) -> &Script {
        match self {
            Self::BuiltIn(script) => script,
            Self::Stored(script) => script,
        }
    }
}

impl Prompts {
    /// Those that come with the code.
    pub(crate) fn built_in() -> Self {
        Self { registry: None, known: Mutex::default() }
    }

    /// Those of `registry`.
    pub(crate) fn of(registry: Arc<dyn PromptRegistry>) -> Self {
        Self { registry: Some(registry), known: Mutex::default() }
    }

    /// The version that `tenant`'s question gets; the same one for a conversation, as long as the traffic is the same.
    pub(crate) async fn choose(
        &self,
        task: PromptTask,
        tenant: &Tenant,
        conversation: Option<ConversationId>,
        deadline: Instant,
    ) -> Chosen {
        self.assigned(task, conversation.filter(|_| !tenant.prompts.no_tests), deadline).await
    }

    /// The version that is live: for what is asked for no business.
    pub(crate) async fn live(&self, task: PromptTask, deadline: Instant) -> Chosen {
        self.assigned(task, None, deadline).await
    }

    async fn assigned(&self, task: PromptTask, conversation: Option<ConversationId>, deadline: Instant) -> Chosen {
        let built_in = Chosen::BuiltIn(Script::built_in(task));
        let Some(registry) = &self.registry else { return built_in };
        let Some(traffic) = self.traffic(registry, task, deadline).await else { return built_in };
        let version = traffic.assigned(conversation);
        self.script(registry, task, version, traffic.test, deadline).await.map_or(built_in, Chosen::Stored)
    }

    /// The traffic of a task, as it was at most a minute ago, or when the registry last answered.
    async fn traffic(
        &self,
        registry: &Arc<dyn PromptRegistry>,
        task: PromptTask,
        deadline: Instant,
    ) -> Option<PromptTraffic> {
        let is_fresh = self.with(|known| known.read_at.is_some_and(|at| at.elapsed() < TRUST));
        if !is_fresh {
            let read = tokio::time::timeout(PATIENCE.min(left(deadline)), registry.traffic()).await;
            let read = read.map_err(|_| "it did not answer in time".to_owned());
            let read = read.and_then(|read| read.map_err(|failure| failure.to_string()));
            self.with(|known| {
                // One that does not answer is not asked again for every message.
                known.read_at = Some(Instant::now());
                known.missing.clear();
                match read {
                    Ok(all) => known.traffic = all.into_iter().map(|traffic| (traffic.task, traffic)).collect(),
                    Err(reason) => {
                        tracing::warn!(reason, "the registry of prompts cannot be read: what is known is used");
                    }
                }
            });
        }
        self.with(|known| known.traffic.get(&task).cloned())
    }

    async fn script(
        &self,
        registry: &Arc<dyn PromptRegistry>,
        task: PromptTask,
        version: &PromptVersion,
        test: u32,
        deadline: Instant,
    ) -> Option<Arc<Script>> {
        let place = (task, version.clone(), test);
        if let Some(ready) = self.with(|known| known.ready.get(&place).cloned()) {
            return Some(ready);
        }
        if self.with(|known| known.missing.contains(&(task, version.clone()))) {
            return None;
        }
        let built_in = Script::built_in(task).content();
        // A version is the same wherever it is kept: seeding sees to that.
        let content = if built_in.version == *version {
            Some(built_in.clone())
        } else {
            let read = tokio::time::timeout(PATIENCE.min(left(deadline)), registry.content(task, version)).await;
            read.ok().and_then(Result::ok).flatten()
        };
        let script = content.and_then(|content| {
            let wrong = |failure: &domain::Failure| tracing::error!(%task, %version, reason = %failure, "a prompt cannot be used");
            Script::new(content, test).inspect_err(wrong).ok()
        });
        let Some(script) = script.map(Arc::new) else {
            tracing::error!(%task, %version, "a prompt that is live is not to be had: the one of the code is used");
            self.with(|known| known.missing.push((task, version.clone())));
            return None;
        };
        self.with(|known| {
            if known.ready.len() >= MAX_READY {
                known.ready.clear();
            }
            known.ready.insert(place, Arc::clone(&script));
        });
        Some(script)
    }

    fn with<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Prompts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prompts").field("registry", &self.registry).finish_non_exhaustive()
    }
}
