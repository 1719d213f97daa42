//! Knowledge: the documents that a business lets Porchlight answer from, its questions with their answers, and a search that shows what
//! would be found; `POST /v1/assistant/try`, a talk with the own assistant.
//!
//! A file goes to the bucket by an address that is signed for it, and the bucket tells `ai-embed-document`. What is changed here is told to
//! that function as well. The tenant is the one of the caller's credential.

mod assistant;
mod documents;
mod faqs;
mod gaps;
mod search;

use ai::{Asked, Assistant};
use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::ids::{DocumentId, LocationId};
use domain::knowledge::DocumentNotice;
use domain::tenancy::{Location, Tenant};
use domain::{Failure, TenantId};
use files::Files;
use jiff::Timestamp;
use knowledge::Index;
use library::Library;
use runtime::queue::Queue;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use store::Credential;
use tokio::sync::OnceCell;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// When a document is looked at whose change was asked for and may have broken off.
const LOOK_AFTER: Duration = Duration::from_secs(30);

/// What the handlers need: the guard with the table, the indexes, and where it is asked that a document is looked at. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The indexes, with the bucket.
    pub library: Library,
    /// The queue `Knowledge`.
    pub queue: Queue<DocumentNotice>,
    /// The vendor's model that makes vectors: its key is read with the first search.
    pub assistant: Arc<OnceCell<Assistant>>,
}

impl AppState {
    /// As the environment says: what the guard needs, `FILES_BUCKET` and `KNOWLEDGE_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let guard = Guard::from_env(config)?;
        let files = Files::new(config, runtime::env::required("FILES_BUCKET")?);
        let (library, queue) = (Library::new(guard.store.clone(), files), Queue::from_env(config)?);
        Ok(Self { library, guard, queue, assistant: Arc::default() })
    }

    /// A question as a point of the space of `index`, where a vendor's model made its vectors. Where another one is configured by now, it is
    /// asked that the documents are embedded again.
    pub(crate) async fn locate(
        &self,
        tenant: &Tenant,
        index: &Index,
        question: &str,
        now: Timestamp,
    ) -> Result<Asked, Failure> {
        let (assistant, store) = (self.assistant().await?, &self.guard.store);
        let is_there =
            if assistant.space().is_some() { assistant.space() == index.space() } else { index.is_built_in() };
        let first = index.segments().first().and_then(|segment| DocumentId::parse(&segment.source().id).ok());
        if let Some(document) = first.filter(|_| !is_there) {
            self.queue.send(&DocumentNotice::Look { tenant: tenant.id.clone(), document }).await?;
        }
        if index.is_built_in() {
            return Ok(Asked::default());
        }
        let cost_mode = store.usage().cost_mode(tenant, now).await?;
        let asked = assistant.locate(tenant, cost_mode, index, [question]).await;
        store.usage().count(&tenant.id, (&asked.spent, &[]), tenant.id.as_str(), now).await?;
        Ok(asked)
    }

    async fn assistant(&self) -> Result<&Assistant, Failure> {
        let made = self.assistant.get_or_try_init(|| async {
            if runtime::env::optional("OPENAI_EMBEDDINGS").is_none() {
                return Ok(Assistant::builtin());
            }
            let (platform, store) = (TenantId::platform(), &self.guard.store);
            let openai = store.credentials().get(&platform, Credential::OpenAiApiKey).await?;
            Assistant::from_env([None, openai], store)
        });
        made.await
    }

    /// Makes a change after which a document is to be looked at. It is asked for before, to be done a little later, in case this process
    /// ends in between; and after, to be done at once.
    pub(crate) async fn changed<T>(
        &self,
        tenant: &TenantId,
        document: DocumentId,
        change: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<T, Failure> {
        let look = DocumentNotice::Look { tenant: tenant.clone(), document };
        self.queue.send_later(&look, LOOK_AFTER, "").await?;
        let done = change.await?;
        if let Err(failure) = self.queue.send(&look).await {
            tracing::warn!(reason = %failure, "a document is looked at a little later");
        }
        Ok(done)
    }

    /// Has the index made again where another version of Porchlight made it: nothing is found until that is done.
    pub(crate) async fn ensure_readable(&self, tenant: &TenantId) -> Result<(), Failure> {
        if let Some(lost) = self.library.lost(tenant).await? {
            self.queue.send_all(&lost.notices).await?;
            self.library.start_over(tenant, &lost).await?;
        }
        Ok(())
    }

    /// Demands that a document is about a location of the tenant's, where it is about one.
    pub(crate) async fn check_location(&self, tenant: &TenantId, location: Option<&LocationId>) -> Result<(), Failure> {
        let Some(location) = location else { return Ok(()) };
        let there = self.guard.store.documents().get::<Location>(tenant, location.as_str()).await;
        there.map(drop).map_err(|failure| match failure {
            Failure::Rejected { .. } => Failure::invalid("location", "there is no such location"),
            failure => failure,
        })
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(documents::clear))
        .routes(routes!(documents::list, documents::add))
        .routes(routes!(documents::show, documents::change, documents::remove))
        .routes(routes!(documents::replace_file))
        .routes(routes!(faqs::add))
        .routes(routes!(faqs::show, faqs::replace))
        .routes(routes!(gaps::list))
        .routes(routes!(gaps::answer))
        .routes(routes!(gaps::dismiss))
        .routes(routes!(search::try_out))
        .routes(routes!(assistant::try_talk))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
