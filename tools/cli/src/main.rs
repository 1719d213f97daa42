//! `porchlight`, the operators' command line.

use anyhow::Context as _;
use aws_config::BehaviorVersion;
use clap::{Parser, Subcommand};
use cli::onboard::{not_configured, onboard, read};
use cli::secrets::Secrets;
use domain::TenantId;
use secrecy::SecretString;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{Credential, PLATFORM, Store};

/// Porchlight for operators.
#[derive(Parser)]
#[command(name = "porchlight", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say whether a captured delivery would be taken: `accept` (exit code 0) or `reject: reason` (1).
    VerifyWebhook {
        /// The capture, as JSON; docs/verify-webhook.md describes it.
        file: PathBuf,
    },
    /// Set a business up from its file; doing it again changes nothing. Needs TABLE_NAME and CREDENTIALS_KEY_ID.
    Onboard {
        /// The tenant, as TOML; tenants/demo has examples.
        #[arg(long)]
        file: PathBuf,
        /// Its secrets, as TOML. Keys that are missing are made up and written back.
        #[arg(long)]
        secrets: PathBuf,
        /// Make up what vendors would give, too: for a stack where no vendor is real.
        #[arg(long)]
        rehearsal: bool,
        /// Print JSON, secrets included.
        #[arg(long)]
        json: bool,
    },
    /// Store the model provider's key, read from standard input. Functions take it up at their next cold start.
    SetModelKey,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    run(Cli::parse().command).await.unwrap_or_else(|error| {
        // Nowhere is left to report a closed stderr to.
        let _ = writeln!(std::io::stderr(), "porchlight: {error:#}");
        ExitCode::from(2)
    })
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::VerifyWebhook { file } => {
            let verdict = cli::verify_webhook::run(&file)?;
            writeln!(std::io::stdout(), "{verdict}")?;
            Ok(ExitCode::from(verdict.exit_code()))
        }
        Command::Onboard { file, secrets, rehearsal, json } => set_up(&file, &secrets, rehearsal, json).await,
        Command::SetModelKey => set_model_key().await,
    }
}

async fn store() -> anyhow::Result<(Store, String)> {
    let key = std::env::var("CREDENTIALS_KEY_ID")
        .context("CREDENTIALS_KEY_ID is not set: take it from the stack's outputs")?;
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    Ok((Store::from_env(&config).context("take TABLE_NAME from the stack's outputs")?, key))
}

async fn set_up(file: &Path, secrets_file: &Path, rehearsal: bool, json: bool) -> anyhow::Result<ExitCode> {
    let tenant = read(file)?;
    let mut secrets = Secrets::read(secrets_file)?;
    secrets.complete();
    if rehearsal {
        secrets.rehearse();
    }
    // Before anything is stored: a key that is in the table and nowhere else would be lost.
    secrets.write(secrets_file)?;
    let (store, kms_key_id) = store().await?;
    let report = onboard(&store, &kms_key_id, &tenant, &secrets).await?;
    let mut out = std::io::stdout();
    if json {
        writeln!(out, "{report}")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{} is set up. Its keys are in {}.", tenant.tenant.name, secrets_file.display())?;
    for missing in not_configured(&tenant.tenant, &secrets) {
        writeln!(out, "  {missing}")?;
    }
    writeln!(out, "Paste these into the vendors' consoles, behind the stack's ApiUrl:")?;
    writeln!(out, "  Meta, WhatsApp     /webhooks/whatsapp      verify token: whatsapp.verify_token")?;
    writeln!(out, "  Twilio, messaging  /webhooks/sms")?;
    writeln!(out, "  Twilio, voice      /webhooks/missed-call   as status callback")?;
    Ok(ExitCode::SUCCESS)
}

async fn set_model_key() -> anyhow::Result<ExitCode> {
    let mut key = String::new();
    std::io::stdin().read_to_string(&mut key).context("reading the key from standard input")?;
    let key = key.trim();
    anyhow::ensure!(!key.is_empty(), "standard input is empty: pipe the key in");
    let (store, kms_key_id) = store().await?;
    let platform = TenantId::new(PLATFORM)?;
    let secret = SecretString::from(key.to_owned());
    store.put_credential(&kms_key_id, &platform, Credential::AnthropicApiKey, &secret).await?;
    writeln!(std::io::stdout(), "Stored. Functions take it up at their next cold start.")?;
    Ok(ExitCode::SUCCESS)
}
