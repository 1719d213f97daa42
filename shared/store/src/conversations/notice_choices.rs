//! Which mails about conversations each person of the team wants.

use domain::conversations::NoticeKind;
use domain::identity::NoticeChoice;
use domain::ids::AccountId;
use domain::{Failure, TenantId};

use crate::Conversations;
use crate::table::error::failure;
use crate::table::item::{from_item, to_item};
use crate::table::keys;

pub(crate) const NOTICE_CHOICE: &str = "notice_choice";

impl Conversations<'_> {
    /// What a person wants; all of it where they have chosen nothing.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn notice_choice(self, tenant: &TenantId, account: AccountId) -> Result<NoticeChoice, Failure> {
        let item = self.store.item(NOTICE_CHOICE, &keys::of(tenant).notice_choice(account)).await?;
        item.map_or(Ok(NoticeChoice::default()), |item| from_item(NOTICE_CHOICE, &item))
    }

    /// Keeps what a person wants. The last word counts.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn choose_notices(
        self,
        tenant: &TenantId,
        account: AccountId,
        choice: NoticeChoice,
    ) -> Result<(), Failure> {
        let item = to_item(NOTICE_CHOICE, &keys::of(tenant).notice_choice(account), &choice)?;
        let put = self.store.put_item(item);
        put.send().await.map_err(|error| failure("notice choice", &error))?;
        Ok(())
    }
}

/// Whether someone who chose that wants a mail of this kind.
pub(crate) fn wants(choice: NoticeChoice, kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::Mentioned => choice.mentions,
        NoticeKind::Assigned => choice.assignments,
        _ => true,
    }
}
