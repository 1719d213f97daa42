//! AWS as a process sees it that is killed at one of its calls.

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

use crate::stage::Stage;

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
