//! Wires `worker-weather`.

use connectors::weather::Server;
use connectors::weather::nws::{BASE, Nws};
use connectors::weather::open_meteo::OpenMeteo;
use domain::TenantId;
use runtime::env::{optional, required, webhook_reach};
use runtime::queue::Queue;
use store::{Credential, Store};
use worker_weather::{TIME_PER_RECORD, WeatherChecks};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let (reach, contact) = (webhook_reach(), required("PUBLIC_URL")?);
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let key = store.credentials().get(&TenantId::platform(), Credential::OpenMeteoApiKey).await?;
    let nws = Nws::new(Server::new(optional("NWS_URL").as_deref().unwrap_or(BASE), &contact, reach)?);
    let (forecast, geocoding) = (optional("OPEN_METEO_URL"), optional("OPEN_METEO_GEOCODING_URL"));
    let open_meteo = OpenMeteo::new((forecast.as_deref(), geocoding.as_deref()), &contact, key, reach)?;
    let checks = WeatherChecks { store, queue: Queue::from_env(&config)?, nws, open_meteo };
    let work = async |record: runtime::Record<_>| checks.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
