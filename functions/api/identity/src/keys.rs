//! The public keys that access tokens are verified with.

use api::ApiError;
use auth::signing::Jwks;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CACHE_CONTROL;

use crate::AppState;

/// Public keys
///
/// The keys that access tokens are signed with, as a JSON Web Key Set (RFC 7517). A key is published an hour before it signs;
/// keep the set for five minutes.
#[utoipa::path(
    get, path = "/.well-known/jwks.json", tag = "auth", operation_id = "jwks",
    responses((status = 200, description = "The keys", body = serde_json::Value, example = json!({"keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "2026-11-20-1",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    }]})))
)]
pub(crate) async fn jwks(
    State(app_state): State<AppState>,
) -> Result<([(HeaderName, &'static str); 1], Json<Jwks>), ApiError> {
    let keys = app_state.guard.store.signing_keys().jwks(runtime::clock::now()).await?;
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Json(keys)))
}
