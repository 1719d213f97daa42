//! Contacts and journeys: contacts as staff find, type in, change and erase them, with their notes; those that may be the same
//! person; a contact's way with the business (stage, what is planned, what is blocked and why), how they want to be written to,
//! what they agreed to, everything that was said on any channel; the tenant's sequences and how their texts do, a dry run of the
//! days to come; the tasks of the staff; what waits for a person's yes.
//!
//! The tenant is the one of the caller's credential. A contact of another tenant is a 404.

mod approvals;
mod contact_notes;
mod contacts;
mod dry_run;
mod duplicates;
mod imports;
mod people;
mod sequences;
mod tasks;

use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::Failure;
use domain::identity::AccountMail;
use domain::leads::import::ImportStep;
use domain::rights::DataStep;
use files::Files;
use runtime::queue::Queue;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers need: the guard with the table, the bucket, and where steps of erasures and imports, and mails, are asked for. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The queue `DataRights`.
    pub queue: Queue<DataStep>,
    /// The bucket.
    pub files: Files,
    /// The queue `Imports`.
    pub imports: Queue<ImportStep>,
    /// The queue `AccountMail`.
    pub mails: Queue<AccountMail>,
}

impl AppState {
    /// As the environment says: what the guard needs, `ACCOUNT_MAIL_QUEUE_URL`, `DATA_RIGHTS_QUEUE_URL`, `FILES_BUCKET` and
    /// `IMPORTS_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            queue: Queue::from_env(config)?,
            files: Files::new(config, runtime::env::required("FILES_BUCKET")?),
            imports: Queue::from_env(config)?,
            mails: Queue::from_env(config)?,
        })
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sequences::list, sequences::create))
        .routes(routes!(sequences::show, sequences::replace, sequences::remove))
        .routes(routes!(sequences::results))
        .routes(routes!(people::list, people::add))
        .routes(routes!(people::export))
        .routes(routes!(people::show, people::change, people::erase))
        .routes(routes!(contact_notes::list, contact_notes::add))
        .routes(routes!(imports::list, imports::begin))
        .routes(routes!(imports::show))
        .routes(routes!(imports::lines))
        .routes(routes!(imports::start))
        .routes(routes!(imports::cancel))
        .routes(routes!(contacts::journey))
        .routes(routes!(contacts::set_preferences))
        .routes(routes!(contacts::record_consent))
        .routes(routes!(contacts::timeline))
        .routes(routes!(duplicates::list))
        .routes(routes!(duplicates::merge))
        .routes(routes!(duplicates::take_apart))
        .routes(routes!(duplicates::not_duplicate))
        .routes(routes!(approvals::list))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::decline))
        .routes(routes!(approvals::undo))
        .routes(routes!(dry_run::simulate))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::finish))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
