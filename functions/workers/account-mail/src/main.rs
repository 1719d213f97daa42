//! Wires `worker-account-mail`.

use connectors::send::email;
use domain::Failure;
use domain::messaging::Email;
use runtime::env::required;
use store::Store;
use worker_account_mail::{AccountMailer, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let mailer = AccountMailer {
        store: Store::from_env(&config)?,
        sender: email::Sender::new(aws_sdk_sesv2::Client::new(&config)),
        from: Email::new(&required("MAIL_FROM")?, "MAIL_FROM")?,
        app_url: required("APP_URL")?.parse().map_err(|_| Failure::Permanent("APP_URL is no URL".into()))?,
    };
    let send = async |record: runtime::Record<_>| mailer.send(&record.body, &record.correlation_id).await;
    runtime::queue(&config, TIME_PER_RECORD, send).await
}
