//! A business from its file: how long the command takes, and what it asks of AWS. The first time, and again with nothing
//! changed. The stub answers at once, so the time is the command's own; a real table adds its latency to every call.

use anyhow::{Context as _, Result};
use cli::onboard::{Installation, Manner, TenantFile, onboard, read};
use cli::secrets::SecretsFile;
use domain::TenantId;
use domain::ids::LocationId;
use domain::tenancy::{ChannelSettings, Location};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;
use std::time::Instant;

use crate::Bench;
use crate::aws::{Aws, Usage};
use crate::onboard::{KMS_KEY, store};
use crate::report::print_table;
use crate::stats::millis;

/// One run of the command.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    pub(crate) name: String,
    ms: f64,
    pub(crate) usage: Usage,
}

/// Onboards the demo roofer with its own locations and with 201, each twice.
pub(crate) async fn measure(bench: &Bench) -> Result<Vec<Run>> {
    eprintln!("access: onboarding ...");
    let aws = Aws::start().await?;
    let root = &bench.root;
    let folder = bench.out.join("onboarding");
    let _ = std::fs::remove_dir_all(&folder);
    let mut runs = Vec::new();
    for locations in [None, Some(201)] {
        let file = tenant(root, locations)?;
        let count = file.locations.len();
        for time in ["first", "again"] {
            let mut secrets = SecretsFile::open(folder.join(format!("{count}.toml")))?;
            secrets.secrets.simulate_vendors()?;
            let to = Installation { store: store(&aws).await, kms_key_id: KMS_KEY.to_owned(), mails: None };
            aws.take_usage()?;
            let started = Instant::now();
            onboard(&to, &file, &mut secrets, Manner { at: Timestamp::now(), prune: false }).await?;
            let ms = millis(started.elapsed());
            runs.push(Run { name: format!("{count} locations, {time}"), ms, usage: aws.take_usage()? });
        }
    }
    Ok(runs)
}

/// The demo roofer's file, as a business of its own with so many locations.
fn tenant(root: &Path, locations: Option<usize>) -> Result<TenantFile> {
    let mut file = read(&root.join("tenants/demo/summit-roofing.toml"))?;
    if let Some(count) = locations {
        file.tenant.id = TenantId::new(format!("summit-roofing-{count}"))?;
        let first = file.locations.first().cloned().context("the demo tenant has no location")?;
        let location = |index: usize| -> Result<Location> {
            Ok(Location { id: LocationId::new(format!("shop-{index:03}"))?, phone: None, ..first.clone() })
        };
        file.locations = (0..count).map(location).collect::<Result<_>>()?;
        // The numbers are the first one's, and both of these name the locations that were replaced.
        file.tenant.channels = ChannelSettings::default();
        file.staff.clear();
        file.people.clear();
    }
    Ok(file)
}

/// The runs as a table.
pub(crate) fn print(runs: &[Run]) {
    let row = |run: &Run| {
        let calls = |service: &str| format!("{:.0}", run.usage.calls_to(service));
        [run.name.clone(), format!("{:.1} ms", run.ms), calls("DynamoDB"), calls("KMS")]
    };
    let header = ["porchlight onboard", "time", "DynamoDB calls", "KMS calls"];
    print_table("Onboarding the demo roofer", &header, runs.iter().map(row));
}
