//! The routes by which a test or a developer looks into the sink.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::fault::Fault;
use crate::sink::{Message, Sink};

#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    after: u64,
}

pub(crate) async fn messages(State(sink): State<Sink>, Query(page): Query<Page>) -> Json<Vec<Message>> {
    Json(sink.messages(page.after))
}

pub(crate) async fn forget(State(sink): State<Sink>) -> StatusCode {
    sink.forget();
    StatusCode::NO_CONTENT
}

pub(crate) async fn program(
    State(sink): State<Sink>,
    Json(fault): Json<Fault>,
) -> Result<StatusCode, (StatusCode, &'static str)> {
    fault.check().map_err(|reason| (StatusCode::BAD_REQUEST, reason))?;
    sink.program(fault);
    Ok(StatusCode::NO_CONTENT)
}
