//! A tenant's sequences of outreach messages: documents like locations, and those in force with the shipped ones among them.

use domain::journeys::{Sequence, in_force, shipped};
use domain::{Failure, TenantId};
use std::sync::Arc;

use crate::Document;
use crate::Sequences;
use crate::table::documents::read;
use crate::table::item::{Item, get_text};

impl Document for Sequence {
    const NAME: &'static str = "sequence";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

/// A tenant's own sequence. One that this version cannot read does nothing, and no shipped one takes its place.
fn own(item: Item) -> Option<Sequence> {
    let id = get_text(&item, "id").to_owned();
    let read = read::<Sequence>(Sequence::NAME, item);
    let unreadable = |failure| {
        tracing::error!(reason = %failure, "it does nothing");
        let instead = shipped().iter().find(|shipped| shipped.id.as_str() == id)?;
        Some(Sequence { enabled: false, ..instead.clone() })
    };
    read.map_or_else(unreadable, |sequence| Some(sequence.value))
}

impl Sequences<'_> {
    /// The sequences in force: the tenant's own, and the shipped ones that it has none in place of; as they were at most
    /// half a minute ago.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn in_force(self, tenant: &TenantId) -> Result<Arc<Vec<Sequence>>, Failure> {
        if let Some(known) = self.store.journeys.sequences.get(tenant) {
            return Ok(known);
        }
        let own =
            self.store.documents().items::<Sequence>(tenant).await?.into_iter().filter_map(own).collect::<Vec<_>>();
        let sequences = Arc::new(in_force(&own));
        self.store.journeys.sequences.put(tenant.clone(), Arc::clone(&sequences));
        Ok(sequences)
    }
}
