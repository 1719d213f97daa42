//! What a turn costs: the calls that a warm `ai-converse` makes to DynamoDB.

use std::sync::{Arc, Mutex};

use ai::Assistant;
use ai_converse::Converse;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use store::Store;

use crate::stage::{Stage, email, message, phone};

/// Notes every call's operation on its way out.
#[derive(Debug, Clone)]
struct Counting<C> {
    inner: C,
    calls: Arc<Mutex<Vec<String>>>,
}

impl HttpClient for Counting<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Counting { inner, calls: Arc::clone(&self.calls) })
    }
}

impl HttpConnector for Counting<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        self.calls.lock().unwrap().push(operation.to_owned());
        self.inner.call(request)
    }
}

#[tokio::test]
async fn a_warm_turn_makes_at_most_three_calls() {
    let stage = Stage::new().await;
    let calls = Arc::new(Mutex::new(Vec::new()));
    let inner = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
    let counting = Counting { inner, calls: Arc::clone(&calls) };
    let config = stage.aws.clone().into_builder().http_client(counting).build();
    let converse = Converse { store: Store::new(&config, stage.table.clone()), assistant: Assistant::builtin() };
    let made = || std::mem::take(&mut *calls.lock().unwrap());

    converse.answer(&message("m1", &phone(1), 0)).await.unwrap();
    assert_eq!(made(), ["GetItem", "BatchGetItem", "TransactWriteItems"], "cold: the tenant is read");
    converse.answer(&message("m2", &phone(2), 1)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "TransactWriteItems"], "a stranger");
    converse.answer(&message("m3", &phone(1), 2)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "Query", "TransactWriteItems"], "somebody known");
    let mut form = message("m4", &email("ana"), 3);
    form.also = vec![phone(1)];
    converse.answer(&form).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "Query", "TransactWriteItems"], "somebody known, with another address");
    converse.answer(&message("m3", &phone(1), 2)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem"], "a repeat");
}
