//! Files that came with a message, once they are here.

use domain::conversations::ReceivedFiles;
use domain::messaging::MessageRef;
use domain::{Failure, TenantId};

use crate::Conversations;
use crate::table::keys;

impl Conversations<'_> {
    /// Notes in a message which of its files are here. Again changes nothing; a message that was erased meanwhile stays so.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn keep_files(
        self,
        tenant: &TenantId,
        message: &MessageRef,
        files: &ReceivedFiles,
    ) -> Result<(), Failure> {
        let files = serde_dynamo::to_attribute_value(files);
        let update = self
            .store
            .update_item(&keys::of(tenant).message(message))
            .update_expression("SET files = :files")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(
                ":files",
                files.map_err(|error| Failure::Permanent(format!("files: {error}")))?,
            );
        self.store.insist("files", update).await
    }
}
