//! What a stream needs of the table and of the models, apart from how it is told: tests of the streaming bring their own.

use ai::Listener;
use ai_suggest_reply::{Proposer, Wanted};
use auth::secrets::random_token;
use domain::Failure;
use domain::conversations::suggestion::Suggestion;
use domain::conversations::suggestion::stream::{HeardSoFar, Place, SuggestionStream};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::tenancy::usage::Spent;
use domain::tenancy::{Tenant, TenantStatus};
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use store::{Quota, Trace};

use crate::following::FOLLOWS_FOR;

/// How many may follow one stream. As one follows for [`FOLLOWS_FOR`] at most, never more than five do at a time: four, and the one that came
/// meanwhile. Whoever leaves earlier counts to that end, so that a follower costs one call of the table and no second one.
const FOLLOWERS: Quota = Quota { at_once: 4, every: SignedDuration::from_secs(FOLLOWS_FOR.as_secs().cast_signed()) };

/// Where streams are kept, and who proposes. Every call fails as the table answers.
pub trait Desk: Clone + Send + Sync + 'static {
    /// A stream; `None`: there is none, or its time is over.
    fn find(&self, place: &Place) -> impl Future<Output = Result<Option<SuggestionStream>, Failure>> + Send;
    /// Counts one more who follows it; `false`: too many do.
    fn may_follow(&self, place: &Place) -> impl Future<Output = Result<bool, Failure>> + Send;
    /// Takes its lease; `false`: someone else did.
    fn begin(&self, place: &Place) -> impl Future<Output = Result<bool, Failure>> + Send;
    /// Stores what was heard; `false`: it is not wanted any more.
    fn note(&self, place: &Place, heard: &HeardSoFar) -> impl Future<Output = Result<bool, Failure>> + Send;
    /// Ends it, with all that was heard, and why there is no suggestion; `false`: it was cancelled.
    fn end(
        &self,
        place: &Place,
        heard: &HeardSoFar,
        problem: Option<&str>,
    ) -> impl Future<Output = Result<bool, Failure>> + Send;
    /// Cancels it where it is not ended.
    fn cancel(&self, place: &Place) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Has the suggestion made and kept, while `listener` hears it; with what models took.
    fn propose(
        &self,
        place: &Place,
        stream: &SuggestionStream,
        listener: &Listener,
    ) -> impl Future<Output = Result<(Suggestion, Vec<Spent>), Failure>> + Send;
    /// The suggestion, where it is kept.
    fn made(&self, place: &Place) -> impl Future<Output = Result<Option<Suggestion>, Failure>> + Send;
}

/// The table, and who proposes whole suggestions too.
#[derive(Debug, Clone)]
pub struct Table(pub Proposer);

impl Desk for Table {
    async fn find(&self, place: &Place) -> Result<Option<SuggestionStream>, Failure> {
        self.0.store.conversations().stream(place, runtime::clock::now()).await
    }

    async fn may_follow(&self, place: &Place) -> Result<bool, Failure> {
        let name = format!("followers|{}", place.ticket(""));
        self.0.store.limits().take_quota(&name, FOLLOWERS, None, runtime::clock::now()).await
    }

    async fn begin(&self, place: &Place) -> Result<bool, Failure> {
        let writer = random_token("")?;
        self.0.store.conversations().begin_stream(place, writer.expose_secret(), runtime::clock::now()).await
    }

    async fn note(&self, place: &Place, heard: &HeardSoFar) -> Result<bool, Failure> {
        self.0.store.conversations().note_progress(place, heard).await
    }

    async fn end(&self, place: &Place, heard: &HeardSoFar, problem: Option<&str>) -> Result<bool, Failure> {
        self.0.store.conversations().end_stream(place, heard, problem).await
    }

    async fn cancel(&self, place: &Place) -> Result<(), Failure> {
        self.0.store.conversations().cancel_stream(place).await
    }

    async fn propose(
        &self,
        place: &Place,
        stream: &SuggestionStream,
        listener: &Listener,
    ) -> Result<(Suggestion, Vec<Spent>), Failure> {
        let tenant = self.0.store.tenants().get(&place.tenant).await?;
        if tenant.status == TenantStatus::Closed {
            return Err(Failure::rejected(Rejection::TenantClosed, "this tenant is closed"));
        }
        if !self.may_still_ask(&tenant, &stream.asked_by).await? {
            return Err(Failure::unauthorized());
        }
        let trace = Trace {
            actor: stream.asked_by.clone(),
            at: runtime::clock::now(),
            address: None,
            correlation_id: stream.correlation_id.clone(),
        };
        let wanted = Wanted {
            tenant: &tenant,
            conversation: place.conversation,
            id: place.id,
            instead_of: stream.instead_of,
            trace: &trace,
        };
        self.0.propose(wanted, Some(listener)).await
    }

    async fn made(&self, place: &Place) -> Result<Option<Suggestion>, Failure> {
        self.0.store.conversations().suggestion(&place.tenant, place.conversation, place.id).await
    }
}

impl Table {
    /// Whether the session or key is still there with which the ticket was got. Who is removed, or whose agency is closed, loses theirs.
    async fn may_still_ask(&self, tenant: &Tenant, asker: &Actor) -> Result<bool, Failure> {
        let store = &self.0.store;
        Ok(match asker {
            Actor::Person { account, session: Some(session) } => {
                store.sessions().get(*account, *session).await?.is_some()
            }
            Actor::ApiKey { key } => store.api_keys().list(&tenant.id).await?.iter().any(|known| known.id == *key),
            Actor::Person { session: None, .. } | Actor::Operator | Actor::System => true,
        })
    }
}
