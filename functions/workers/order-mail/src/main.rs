//! Wires `worker-order-mail`.

use connectors::send::email;
use domain::Failure;
use domain::messaging::Email;
use files::Files;
use runtime::Record;
use runtime::env::required;
use runtime::queue::Envelope;
use store::Store;
use worker_order_mail::{OrderMailer, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let mailer = OrderMailer {
        store: Store::from_env(&config)?,
        files: Files::new(&config, required("FILES_BUCKET")?),
        sender: email::Sender::new(aws_sdk_sesv2::Client::new(&config)),
        from: Email::new(&required("MAIL_FROM")?, "MAIL_FROM")?,
        app_url: required("APP_URL")?.parse().map_err(|_| Failure::Permanent("APP_URL is no URL".into()))?,
    };
    let handle = async |record: Record<Envelope>| mailer.handle(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
