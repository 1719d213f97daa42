//! What the handlers need that send mails to people and seal secrets.

use aws_config::SdkConfig;
use axum::extract::FromRef;
use domain::Failure;
use domain::identity::AccountMail;
use domain::messaging::Email;
use runtime::queue::Queue;

use crate::Guard;

/// What the handlers need: the guard, where mails are asked for, and what seals secrets. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard, with the table.
    pub guard: Guard,
    /// Where mails to people are asked for.
    pub mail: Queue<AccountMail>,
    /// The KMS key that seals secrets; what a function may do with it, its role says.
    pub kms_key: String,
    /// Where the platform's own mail comes from, for who keeps tenants from it.
    pub mail_from: Option<Email>,
}

impl AppState {
    /// As the environment says: what the guard needs, `ACCOUNT_MAIL_QUEUE_URL`, `CREDENTIALS_KEY_ID`, and `MAIL_FROM` where it is set.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing, [`Failure::Rejected`] one that is no address.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            mail: Queue::from_env(config)?,
            kms_key: runtime::env::required("CREDENTIALS_KEY_ID")?,
            mail_from: runtime::env::optional("MAIL_FROM").map(|from| Email::new(&from, "MAIL_FROM")).transpose()?,
        })
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}
