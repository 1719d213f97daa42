//! Wires `worker-calendars`.

use connectors::calendars::Schedulers;
use connectors::feed::FeedReader;
use connectors::google::{Endpoints, Google, OAuthClient};
use domain::{Failure, TenantId};
use runtime::queue::Queue;
use store::{Credential, Store};
use worker_calendars::{Calendars, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let reach = runtime::env::webhook_reach();
    let (reader, schedulers) = (FeedReader::new(reach)?, Schedulers::new(reach)?);
    let (store, mails) = (Store::from_env(&config)?, Queue::from_env(&config)?);
    let kms_key_id = runtime::env::required("CREDENTIALS_KEY_ID")?;
    let public_url = runtime::env::required("PUBLIC_URL")?;
    let calendars =
        Calendars { google: google(&store).await?, store, reader, schedulers, kms_key_id, public_url, mails };
    let work = async |record: runtime::Record<_>| calendars.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}

/// Google, where the operator has made a client there.
async fn google(store: &Store) -> Result<Option<Google>, Failure> {
    let Some(id) = runtime::env::optional("GOOGLE_CLIENT_ID") else { return Ok(None) };
    let secret = store.credentials().get(&TenantId::platform(), Credential::GoogleClientSecret).await?;
    let Some(secret) = secret else {
        tracing::warn!("GOOGLE_CLIENT_ID is set, and no secret of this client is stored");
        return Ok(None);
    };
    Google::new(Endpoints::google()?, OAuthClient { id, secret }).map(Some)
}
