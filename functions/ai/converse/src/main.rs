//! Wires `ai-converse`.

use ai::Assistant;
use ai_converse::{Converse, TIME_PER_RECORD};
use files::Files;
use library::Library;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let files = Files::new(&config, runtime::env::required("FILES_BUCKET")?);
    let library = Some(Library::to_answer(store.clone(), files));
    let converse = Converse { store, assistant, library };
    let answer = async |record: runtime::Record<_>| converse.answer(&record.body).await;
    runtime::queue(&config, TIME_PER_RECORD, answer).await
}
