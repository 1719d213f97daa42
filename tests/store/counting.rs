//! A store whose calls are counted.

use std::sync::{Arc, Mutex};

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use store::Store;

use crate::stage::Stage;

/// The operations that were called, in order.
#[derive(Debug, Clone, Default)]
pub struct Calls(Arc<Mutex<Vec<String>>>);

impl Calls {
    /// Those since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A cold store over the stage's table, and the calls that it makes.
pub fn counted(stage: &Stage) -> (Store, Calls) {
    let calls = Calls::default();
    let inner = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
    let counting = Counting { inner, calls: calls.clone() };
    let config = stage.aws.clone().into_builder().http_client(counting).build();
    (Store::new(&config, stage.table.clone()), calls)
}

/// Notes every call's operation on its way out.
#[derive(Debug, Clone)]
struct Counting<C> {
    inner: C,
    calls: Calls,
}

impl HttpClient for Counting<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Counting { inner, calls: self.calls.clone() })
    }
}

impl HttpConnector for Counting<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        self.calls.0.lock().unwrap().push(operation.to_owned());
        self.inner.call(request)
    }
}
