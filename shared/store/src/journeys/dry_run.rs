//! The dry run: what is stored of a contact, on a simulated clock.

use domain::journeys::{Journey, JourneyContext, Simulated, simulate};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;

use crate::Journeys;

/// What stands in the place of the link to an appointment, which is shown to its customer alone.
const NO_LINK: &str = "https://example.com/visit/…";

impl Journeys<'_> {
    /// What would happen to a contact from `now` on for `days` days if no one did anything.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact.
    pub async fn dry_run(
        self,
        tenant: &TenantId,
        contact: ContactId,
        now: Timestamp,
        days: u32,
    ) -> Result<Vec<Simulated>, Failure> {
        let person = self.visit(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
        let sequences = self.store.sequences().in_force(tenant).await?;
        let tenant = self.store.tenants().document(tenant).await?.value;
        let journey_context =
            JourneyContext { tenant: &tenant, person: &person, sequences: &sequences, visit_link: Some(NO_LINK) };
        let journey =
            person.journey.clone().unwrap_or_else(|| Journey::begin(person.contact.id, person.contact.created_at));
        Ok(simulate(&journey_context, &journey, now, days))
    }
}
