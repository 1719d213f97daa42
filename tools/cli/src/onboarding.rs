//! The subcommand `onboard`: from the command line to what is printed.

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use cli::dialogue::{self, Asker, Voice, is_terminal};
use cli::onboard::{Manner, Onboarded, Source, TenantFile, cannot_yet, echo, onboard};
use cli::secrets::{Secrets, SecretsFile};
use cli::self_test::{self, Probe, SelfTest};
use domain::identity::Permission;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::{installation, kms_key_id, variable};

/// How to onboard.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The business, as TOML; tenants/demo has examples. Without it, a dialogue asks and writes one.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Its secrets, as TOML: by default beside the file, as NAME.secrets.toml. Keys that are missing are made up and
    /// written back.
    #[arg(long)]
    secrets: Option<PathBuf>,
    /// Make up what vendors would give, too, and test every channel: for a stack where no vendor is real.
    #[arg(long)]
    rehearsal: bool,
    /// Remove locations and staff that the file does not name.
    #[arg(long)]
    prune: bool,
    /// Check the file and store nothing. Needs no installation.
    #[arg(long)]
    check: bool,
    /// Send a message on every channel and wait for the answers. Needs API_URL; on by default in a rehearsal that has one.
    #[arg(long, num_args = 0..=1, default_missing_value = "true", value_name = "WHETHER")]
    self_test: Option<bool>,
    /// Do not ask before the self-test sends real messages.
    #[arg(long)]
    yes: bool,
    /// Print JSON, secrets included.
    #[arg(long)]
    json: bool,
}

/// Exit code 0; 1 when the self-test failed.
pub(crate) async fn run(arguments: &Arguments) -> Result<ExitCode> {
    let path = match &arguments.file {
        Some(path) => path.clone(),
        None => ask()?,
    };
    let source = Source::read(&path)?;
    let file = source.file()?;
    if arguments.check {
        let (id, places, staff) = (&file.tenant.id, file.locations.len(), file.staff.len());
        let services = file.tenant.services.len();
        let said =
            format!("{}: {id} is in order: {services} services, {places} locations, {staff} staff", path.display());
        writeln!(std::io::stdout(), "{said}\n\n{}", echo(&file))?;
        return Ok(ExitCode::SUCCESS);
    }
    let secrets_path = arguments.secrets.clone().unwrap_or_else(|| path.with_extension("secrets.toml"));
    let mut secrets = SecretsFile::open(secrets_path)?;
    if arguments.rehearsal {
        secrets.secrets.simulate_vendors()?;
    }
    let base = self_test_at(arguments)?;
    let to = installation(kms_key_id()?).await?;
    let manner = Manner { at: runtime::clock::now(), prune: arguments.prune };
    let done = onboard(&to, &file, &mut secrets, manner).await.map_err(|error| source.locate(error))?;
    if !arguments.json {
        print(&file, &secrets.secrets, secrets.path(), &done)?;
    }
    let probes = match base {
        Some(base) if arguments.rehearsal || arguments.yes || agreed(&file)? => {
            Some(test(&base, &file, &secrets.secrets).await?)
        }
        _ => None,
    };
    show(arguments.json, done, probes.as_deref())?;
    let failed = probes.is_some_and(|probes| !self_test::passed(&probes));
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn ask() -> Result<PathBuf> {
    let folder = Path::new("");
    if is_terminal() {
        return dialogue::run(&mut Asker::new(Voice::Terminal), folder);
    }
    let voice = Voice::Lines { input: &mut std::io::stdin().lock(), output: &mut std::io::stderr() };
    dialogue::run(&mut Asker::new(voice), folder)
}

fn print(file: &TenantFile, secrets: &Secrets, secrets_path: &Path, done: &Onboarded) -> Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{}", done.summary.table())?;
    done.summary.left().try_for_each(|line| writeln!(out, "  {line}"))?;
    let verdict = if done.summary.changed_anything() { "is set up" } else { "was set up already: nothing changed" };
    writeln!(out, "{} {verdict}. Its keys are in {}.", file.tenant.name, secrets_path.display())?;
    cannot_yet(&file.tenant, secrets).iter().try_for_each(|missing| writeln!(out, "  {missing}"))?;
    let base = variable("API_URL").unwrap_or_else(|| "<ApiUrl of the stack>".to_owned());
    writeln!(out, "\n{}", cli::consoles::steps(&file.tenant, secrets, secrets_path, &base))?;
    Ok(())
}

/// Where the self-test goes; `None` where none is wanted. Known before anything is stored.
fn self_test_at(arguments: &Arguments) -> Result<Option<String>> {
    let base = variable("API_URL");
    if !arguments.self_test.unwrap_or(arguments.rehearsal && base.is_some()) {
        return Ok(None);
    }
    let base = base.context("the self-test needs API_URL: take it from the stack's outputs")?;
    let can_be_asked = is_terminal() || arguments.yes || arguments.rehearsal;
    ensure!(can_be_asked, "the self-test sends real messages: say --yes if that is wanted");
    Ok(Some(base))
}

/// Real messages go out: someone must want that.
fn agreed(file: &TenantFile) -> Result<bool> {
    let number = file.tenant.business.phone.as_ref().map_or("no number", |phone| phone.as_str());
    let question = format!(
        "The self-test writes in as \"{}\"; real answers go to {number}, and may cost what messages cost. Go on",
        self_test::SENDER
    );
    Asker::new(Voice::Terminal).yes(&question, false)
}

async fn test(base: &str, file: &TenantFile, secrets: &Secrets) -> Result<Vec<Probe>> {
    let reads = file.api_keys.iter().find(|key| key.scopes.contains(&Permission::ReadConversations));
    let key = reads.and_then(|key| secrets.api_keys.get(&key.name));
    let api_key = key.context("the self-test needs an API key with the scope conversations:read")?;
    SelfTest { tenant: &file.tenant, secrets, api_key, base }.run().await
}

fn show(as_json: bool, mut done: Onboarded, probes: Option<&[Probe]>) -> Result<()> {
    let mut out = std::io::stdout();
    if as_json {
        if let (Some(probes), Some(report)) = (probes, done.report.as_object_mut()) {
            report.insert("self_test".to_owned(), self_test::json(probes));
        }
        writeln!(out, "{}", done.report)?;
    } else if let Some(probes) = probes {
        writeln!(out, "{}", self_test::table(probes))?;
    }
    Ok(())
}
