//! AWS as a process sees it that is killed at one of its calls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use domain::Failure;

use crate::stage::{Item, Stage, text_of};

/// At which point of a call the process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// Before the call leaves.
    Before,
    /// After it was carried out, before its answer comes.
    After,
}

/// How long a process lives. Once dead, it calls no one any more.
#[derive(Debug, Clone)]
pub struct Life {
    death: Death,
    /// How many calls are left to it; `None`: it is dead.
    left: Arc<Mutex<Option<usize>>>,
}

impl Life {
    /// Dies at the call after `calls` calls.
    pub fn of(calls: usize, death: Death) -> Self {
        Self { death, left: Arc::new(Mutex::new(Some(calls))) }
    }

    /// Whether it got to the call at which it died.
    pub fn is_over(&self) -> bool {
        self.left.lock().unwrap().is_none()
    }

    /// AWS as it sees it.
    pub fn aws(&self, stage: &Stage) -> SdkConfig {
        let inner = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
        let mortal = Mortal { inner, life: self.clone() };
        stage.aws.clone().into_builder().http_client(mortal).retry_config(RetryConfig::disabled()).build()
    }

    /// What becomes of the next call.
    fn next(&self) -> Next {
        let mut left = self.left.lock().unwrap();
        match *left {
            None => Next::Nothing,
            Some(0) => {
                *left = None;
                if self.death == Death::Before { Next::Nothing } else { Next::NoAnswer }
            }
            Some(calls) => {
                *left = Some(calls - 1);
                Next::Answer
            }
        }
    }
}

/// All that is there, but for the tenant's own items and their record, which are made at the time of the test.
async fn table(stage: &Stage) -> BTreeMap<(String, String), Item> {
    let mut items = stage.items().await;
    items.retain(|item| !matches!(text_of(item, "entity"), "tenant" | "tenant entry" | "registration" | "audit"));
    let key = |item: &Item| (text_of(item, "pk").to_owned(), text_of(item, "sk").to_owned());
    items.into_iter().map(|item| (key(&item), item)).collect()
}

/// Tries `job`, killed at each call both ways, on what `prepare` makes: what two more tries leave is what an unharmed one does, item by item.
/// Returns the unharmed stage. Every try has a table of its own. Ids are derived and times are given, so that the tables can be compared.
pub async fn survives<P>(
    least_calls: usize,
    prepare: impl AsyncFn() -> (Stage, P),
    job: impl AsyncFn(&Stage, &P, &SdkConfig) -> Result<(), Failure>,
) -> Stage {
    let (unharmed, what) = prepare().await;
    let before = table(&unharmed).await;
    job(&unharmed, &what, &unharmed.aws).await.unwrap();
    let expected = table(&unharmed).await;
    assert_ne!(expected, before, "it changes something");
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (stage, what) = prepare().await;
            let life = Life::of(calls, death);
            let outcome = job(&stage, &what, &life.aws(&stage)).await;
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            assert!(matches!(outcome, Err(Failure::Retryable(_))), "{death:?} call {calls}: {outcome:?}");
            for _ in 0..2 {
                job(&stage, &what, &stage.aws).await.unwrap();
            }
            assert_eq!(table(&stage).await, expected, "killed at call {calls}, {death:?}");
            calls += 1;
        }
        assert!(calls >= least_calls, "only {calls} calls were tried");
    }
    unharmed
}

enum Next {
    Answer,
    NoAnswer,
    Nothing,
}

#[derive(Debug, Clone)]
struct Mortal<C> {
    inner: C,
    life: Life,
}

impl HttpClient for Mortal<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Mortal { inner, life: self.life.clone() })
    }
}

impl HttpConnector for Mortal<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let killed = || ConnectorError::io("killed".into());
        match self.life.next() {
            Next::Answer => self.inner.call(request),
            Next::Nothing => HttpConnectorFuture::ready(Err(killed())),
            Next::NoAnswer => {
                let call = self.inner.call(request);
                HttpConnectorFuture::new(async move {
                    // Carried out, whatever was answered.
                    drop(call.await);
                    Err(killed())
                })
            }
        }
    }
}
