//! A tenant's sequences of touch points: documents like locations, and those in force with the shipped ones among them.

use domain::journeys::{Sequence, in_force};
use domain::{Failure, TenantId};
use std::sync::Arc;

use crate::{Document, Store};

impl Document for Sequence {
    const NAME: &'static str = "sequence";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Store {
    /// The sequences in force: the tenant's own, and the shipped ones that it has none in place of; as they were at most
    /// half a minute ago.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn sequences(&self, tenant: &TenantId) -> Result<Arc<Vec<Sequence>>, Failure> {
        if let Some(known) = self.sequences.get(tenant) {
            return Ok(known);
        }
        let sequences = Arc::new(in_force(&self.all_documents::<Sequence>(tenant).await?));
        self.sequences.put(tenant.clone(), Arc::clone(&sequences));
        Ok(sequences)
    }
}
