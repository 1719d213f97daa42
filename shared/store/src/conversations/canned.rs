//! Answers that staff keep to insert while they write.

use domain::tenancy::Tenant;
use domain::turns::canned::{CannedAnswer, FilledIn};
use domain::{ConversationId, Failure};
use jiff::Timestamp;

use crate::Conversations;
use crate::table::documents::Document;

impl Document for CannedAnswer {
    const NAME: &'static str = "canned_answer";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Conversations<'_> {
    /// A canned answer as it reads in a conversation: its places filled in for whoever its customer is. `site`: the address of this
    /// installation, with which the link to their appointment begins; `None`: whoever asks gets no link.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such conversation, or no such answer.
    pub async fn filled_in(
        self,
        tenant: &Tenant,
        id: ConversationId,
        answer: &str,
        site: Option<&str>,
        now: Timestamp,
    ) -> Result<FilledIn, Failure> {
        let contact = self.contact(&tenant.id, id).await?.ok_or_else(|| Failure::not_found("conversation"))?;
        let documents = self.store.documents();
        let (answer, person) = tokio::try_join!(
            documents.get::<CannedAnswer>(&tenant.id, answer),
            self.store.people().get(&tenant.id, contact),
        )?;
        let thread = person.threads.iter().find(|thread| thread.id == id);
        let language = thread.map(|thread| &thread.language).or(person.contact.language.as_ref());
        let link = match site.zip(answer.value.linked_appointment(&person, now)) {
            Some((site, id)) => self.store.appointments().visit_link(&tenant.id, id, site).await?,
            None => None,
        };
        Ok(answer.value.filled_in(tenant, &person, language.unwrap_or(&tenant.language), link.as_deref(), now))
    }
}
