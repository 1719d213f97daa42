//! The way in: `/v1/auth`, `/v1/account`, `/v1/members`, `/v1/invitations` and the public keys at
//! `/.well-known/jwks.json`.
//!
//! An anonymous caller learns nothing here: an address without an account, a wrong password, a wrong code and a locked address
//! get the same answer after the same work, and asking for a new password says the same whoever asks. What guesses is
//! limited twice, by network address and by the address that is guessed at; anonymous callers' guesses do not keep out who comes from a
//! browser that they signed in from before. What was shown once (a code, a link, a
//! refresh token) is spent by a conditional write before anything follows from it.

mod account;
mod anonymous_caller;
mod backup_codes;
mod cookies;
mod device;
mod grants;
mod invitations;
mod keys;
mod members;
mod notices;
mod password;
mod person;
mod proof;
mod qr;
mod recovery;
mod refresh;
mod register;
mod seats;
mod second_factor;
mod sessions;
mod sign_in;
mod tenants;
mod tokens;
mod words;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use api::AppState;

/// The routes that need a credential.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sessions::sign_out))
        .routes(routes!(sessions::sign_out_everywhere))
        .routes(routes!(account::show, account::rename))
        .routes(routes!(password::change_password))
        .routes(routes!(account::delete))
        .routes(routes!(notices::show, notices::choose))
        .routes(routes!(account::ask_for_verification))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::end))
        .routes(routes!(second_factor::begin))
        .routes(routes!(second_factor::confirm))
        .routes(routes!(backup_codes::renew_backup_codes))
        .routes(routes!(second_factor::remove))
        .routes(routes!(tenants::list))
        .routes(routes!(tenants::enter))
        .routes(routes!(members::list))
        .routes(routes!(members::show, members::change, members::remove))
        .routes(routes!(members::end_sessions))
        .routes(routes!(invitations::list, invitations::invite))
        .routes(routes!(invitations::show, invitations::revoke))
}

/// The routes for those who have none yet.
pub fn public_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(refresh::refresh))
        .routes(routes!(register::register))
        .routes(routes!(recovery::verify_email))
        .routes(routes!(recovery::forgot))
        .routes(routes!(recovery::reset))
        .routes(routes!(keys::jwks))
}

/// All of them, behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), public_routes(), app_state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use utoipa::openapi::OpenApi;
    use utoipa::openapi::path::Operation;

    fn operations(openapi: OpenApi) -> Vec<Operation> {
        let of = |item: utoipa::openapi::PathItem| {
            [item.get, item.post, item.put, item.patch, item.delete].into_iter().flatten().collect::<Vec<_>>()
        };
        openapi.paths.paths.into_values().flat_map(of).collect()
    }

    #[test]
    fn every_route_says_whether_it_needs_a_credential() {
        let (guarded, public) = (operations(routes().into_openapi()), operations(public_routes().into_openapi()));
        assert_eq!((guarded.len(), public.len()), (26, 7));
        assert!(guarded.iter().all(|operation| operation.security.is_some()));
        assert!(public.iter().all(|operation| operation.security.is_none()));
        let ids: std::collections::BTreeSet<_> =
            guarded.iter().chain(&public).map(|operation| operation.operation_id.clone()).collect();
        assert_eq!(ids.len(), guarded.len() + public.len(), "an operation id comes twice");
    }
}
