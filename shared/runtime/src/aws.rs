//! One AWS configuration for all clients: bounded time, bounded retries, Amazon's root certificates alone.

use aws_config::{AppName, BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::time::Duration;

/// The roots that certificates of AWS's endpoints end at, as <https://www.amazontrust.com/repository/> lists them. The
/// SDK would read and parse every root of the machine otherwise, which was half of a function's start.
const ROOTS: [&str; 5] = [
    include_str!("aws/roots/amazon-1.pem"),
    include_str!("aws/roots/amazon-2.pem"),
    include_str!("aws/roots/amazon-3.pem"),
    include_str!("aws/roots/amazon-4.pem"),
    include_str!("aws/roots/starfield-g2.pem"),
];

/// Reads region, credentials and endpoint from the environment.
///
/// Every call ends within 8 s: three tries (the SDK backs off with jitter) of at most 3 s, connecting within 1 s.
///
/// # Errors
/// When the built-in certificates cannot be used.
pub async fn config() -> Result<SdkConfig, lambda_runtime::Error> {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(3))
        .operation_timeout(Duration::from_secs(8))
        .build();
    // Each call says which function makes it: CloudTrail shows it beside the role.
    let function = std::env::var("AWS_LAMBDA_FUNCTION_NAME").ok().and_then(|name| AppName::new(name).ok());
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client()?)
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .load()
        .await;
    let mut config = config.into_builder();
    config.set_app_name(function);
    Ok(config.build())
}

fn http_client() -> Result<SharedHttpClient, lambda_runtime::Error> {
    let roots = ROOTS.into_iter().fold(TrustStore::empty(), TrustStore::with_pem_certificate);
    let tls = TlsContext::builder().with_trust_store(roots).build()?;
    let provider = Provider::Rustls(CryptoMode::AwsLc);
    Ok(aws_smithy_http_client::Builder::new().tls_provider(provider).tls_context(tls).build_https())
}

/// What went wrong in an SDK call, as a code and never a body: fit for logs.
pub fn reason<E, R>(error: &aws_sdk_sqs::error::SdkError<E, R>) -> String
where
    E: aws_sdk_sqs::error::ProvideErrorMetadata,
{
    use aws_sdk_sqs::error::SdkError;
    match error {
        SdkError::ServiceError(service) => service.err().code().unwrap_or("service error").to_owned(),
        SdkError::TimeoutError(_) => "timed out".to_owned(),
        SdkError::DispatchFailure(_) => "no connection".to_owned(),
        SdkError::ResponseError(_) => "unreadable answer".to_owned(),
        _ => "request could not be made".to_owned(),
    }
}
