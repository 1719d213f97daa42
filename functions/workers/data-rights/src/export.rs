//! The steps of an export: entries are read into part objects, one a kind and step; the last step makes one archive of them.

use domain::rights::{DataJob, DataJobStatus};
use domain::{ContactId, Failure};
use files::Prefix;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;
use store::{ContactPlan, DataJobRun, Line, Place, Progress};

use crate::{DataRights, PAGES, unforeseen};

/// The lines of one step, by kind.
#[derive(Default)]
struct Parts(BTreeMap<String, String>);

impl Parts {
    fn extend(&mut self, lines: Vec<Line>) {
        for line in lines {
            self.0.entry(line.entity).or_default().push_str(&line.json);
        }
    }
}

impl DataRights {
    pub(crate) async fn export(
        &self,
        run: &mut DataJobRun,
        contact: Option<ContactId>,
        now: Timestamp,
    ) -> Result<Duration, Failure> {
        run.progress = match (std::mem::replace(&mut run.progress, Progress::Over), contact) {
            (Progress::Begin, None) => Progress::Scan { plan: None, pass: 1, found: 0, start: None },
            (Progress::Begin, Some(contact)) => {
                let plan = self.store.rights().contact_plan(&run.job.tenant, contact).await?.unwrap_or_default();
                Progress::Walk { plan, place: Place::default() }
            }
            (Progress::Scan { mut start, pass, found, .. }, None) => {
                let mut parts = Parts::default();
                for _ in 0..PAGES {
                    let (lines, next) = self.store.rights().export_page(&run.job.tenant, start.as_ref()).await?;
                    parts.extend(lines);
                    start = next;
                    if start.is_none() {
                        break;
                    }
                }
                self.keep(&run.job, run.turn, parts).await?;
                if start.is_none() { Progress::Pack } else { Progress::Scan { plan: None, pass, found, start } }
            }
            (Progress::Walk { plan, place }, Some(_)) => self.read(run, plan, place).await?,
            (Progress::Pack, _) => {
                let packed = self.pack(&run.job, now).await?;
                (run.job.entries, run.job.bytes) = (packed.entries, packed.bytes);
                run.job.status = DataJobStatus::Done;
                Progress::Over
            }
            _ => return Err(unforeseen()),
        };
        Ok(Duration::ZERO)
    }

    async fn read(&self, run: &DataJobRun, mut plan: ContactPlan, place: Place) -> Result<Progress, Failure> {
        let tenant = &run.job.tenant;
        let (mut parts, mut place) = (Parts::default(), Some(place));
        for _ in 0..PAGES {
            let Some(here) = &place else { break };
            let (lines, next) = self.store.rights().export_contact_page(tenant, &mut plan, here).await?;
            parts.extend(lines);
            place = next;
        }
        if place.is_none() {
            parts.extend(self.store.rights().export_contact_pointers(tenant, &plan).await?);
        }
        self.keep(&run.job, run.turn, parts).await?;
        Ok(place.map_or(Progress::Pack, |place| Progress::Walk { plan, place }))
    }

    /// Stores a step's parts. Their names are the step's, so that a step that runs twice leaves them once.
    async fn keep(&self, job: &DataJob, turn: u64, parts: Parts) -> Result<(), Failure> {
        let prefix = Prefix::parts(&job.tenant, job.id);
        for (entity, lines) in parts.0 {
            self.files.put_passing(&prefix.key(&format!("{entity}/{turn:09}.jsonl")), lines.into_bytes()).await?;
        }
        Ok(())
    }
}
