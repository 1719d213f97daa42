//! Wires `worker-mail-feedback`.

use store::Store;
use worker_mail_feedback::MailFeedback;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let feedback = MailFeedback { store: Store::from_env(&config)? };
    runtime::events(async |event| feedback.handle(&event, runtime::clock::now()).await).await
}
