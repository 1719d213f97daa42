//! Where jobs over a tenant's data are kept.

use domain::TenantId;
use domain::ids::JobId;

use crate::table::keys::{PlatformSpace, TableKey};

impl PlatformSpace {
    /// A job over a tenant's data. The platform's: it outlives the tenant that it erases, and holds how far a reading of the
    /// whole table has come.
    #[must_use]
    pub fn job(self, tenant: &TenantId, id: JobId) -> TableKey {
        self.key(format_args!("JOB#{tenant}"), id.to_string())
    }

    /// The mark that moves with every job of a tenant that begins; in the partition of its jobs.
    #[must_use]
    pub fn jobs_mark(self, tenant: &TenantId) -> TableKey {
        self.key(format_args!("JOB#{tenant}"), "MARK")
    }
}
