//! A sample of every kind of item of this context: exports and erasures.

use domain::ids::JobId;
use domain::rights::DataJob;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let acme = acme();
    vec![
        ("job mark", keys::platform().jobs_mark(&acme), "P#JOB#acme|MARK"),
        ("job", keys::platform().job(&acme, JobId::parse(ID).unwrap()), "P#JOB#acme|{id}"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![stored::<DataJob>(
        "job",
        json!({
            "id": ID, "tenant": "acme", "work": {"kind": "export"}, "by": {"type": "operator"}, "asked_at": AT,
            "status": "running",
        }),
    )]
}
