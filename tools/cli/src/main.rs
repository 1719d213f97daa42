//! `porchlight`, the operators' command line.

mod onboarding;

use anyhow::Context as _;
use aws_config::BehaviorVersion;
use clap::{Parser, Subcommand};
use cli::onboard::Installation;
use domain::TenantId;
use domain::messaging::Email;
use runtime::queue::Queue;
use secrecy::SecretString;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Credential, Store};

/// Porchlight for operators.
#[derive(Parser)]
#[command(name = "porchlight", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check whether a captured delivery would be accepted: prints `accept` (exit code 0) or `reject: reason` (1).
    VerifyWebhook {
        /// The capture, as JSON; docs/verify-webhook.md describes it.
        file: PathBuf,
    },
    /// Set up a business, from its file or by asking questions; running it again changes nothing. Needs TABLE_NAME and
    /// CREDENTIALS_KEY_ID, and uses ACCOUNT_MAIL_QUEUE_URL and API_URL: all are outputs of the stack.
    Onboard(onboarding::Arguments),
    /// Invite an administrator of the platform itself (super_admin). Needs TABLE_NAME and ACCOUNT_MAIL_QUEUE_URL.
    PlatformAdmin {
        /// Where the invitation goes.
        #[arg(long)]
        email: String,
        /// What to call them.
        #[arg(long)]
        name: String,
    },
    /// Remove the second factor of an account whose owner has lost it and the backup codes. Check who is asking first: after
    /// this the password alone is enough. Needs TABLE_NAME.
    RemoveSecondFactor {
        /// The address they sign in with.
        #[arg(long)]
        email: String,
    },
    /// Disable, enable or delete an account, in all its tenants. Needs TABLE_NAME.
    Account {
        /// What to do with it.
        wish: cli::accounts::Wish,
        /// The address they sign in with.
        #[arg(long)]
        email: String,
    },
    /// End every session of everyone. Needs TABLE_NAME.
    SignOutEverybody,
    /// The instructions that models get: seed those that come with this program, list, try, compare, put live, take back. Needs
    /// TABLE_NAME.
    Prompts {
        /// What to do.
        #[command(subcommand)]
        wish: cli::prompts::Prompts,
    },
    /// Show what became of a run over all tenants: how many were asked, done, skipped and failed, and why. Needs TABLE_NAME.
    Runs {
        /// Which: weather, benchmarks or weekly_orders.
        kind: String,
        /// Of which day (2026-11-30), or week of orders (2026-W49).
        period: String,
    },
    /// Store a model provider's key, read from standard input. Functions use it from their next cold start.
    SetModelKey {
        /// Whose key it is.
        #[arg(long, value_enum, default_value = "anthropic")]
        provider: ModelProvider,
    },
    /// Store the secret of Porchlight's OAuth client at Google, read from standard input, for calendars. Functions use it from
    /// their next cold start.
    SetGoogleSecret,
    /// Store the key of Open-Meteo's hosts for customers, read from standard input: its free ones are for non-commercial use. The function
    /// uses it from its next cold start.
    SetWeatherKey,
}

/// Whose models are asked.
#[derive(Clone, Copy, clap::ValueEnum)]
enum ModelProvider {
    /// First.
    Anthropic,
    /// Where Anthropic cannot be had.
    Openai,
}

impl ModelProvider {
    fn credential(self) -> Credential {
        match self {
            Self::Anthropic => Credential::AnthropicApiKey,
            Self::Openai => Credential::OpenAiApiKey,
        }
    }
}

/// As a shell sees a program that ends by SIGPIPE.
const CLOSED_PIPE: u8 = 141;

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match run(Cli::parse().command).await {
        // Whoever read our output has what they wanted: `porchlight … | head -1`.
        Err(error) if is_closed_pipe(&error) => return ExitCode::from(CLOSED_PIPE),
        Err(error) => Err(cli::aws::explain(error).await),
        Ok(code) => Ok(code),
    };
    done.unwrap_or_else(|error| {
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
        Command::Onboard(arguments) => onboarding::run(&arguments).await,
        Command::PlatformAdmin { email, name } => {
            let to = installation_for(&email).await?;
            tell(&cli::platform_admin::run(&to, &email, &name, runtime::clock::now()).await?)
        }
        Command::RemoveSecondFactor { email } => {
            let to = installation_for(&email).await?;
            tell(&cli::second_factor::remove(&to.store, &email, runtime::clock::now()).await?)
        }
        Command::Account { wish, email } => {
            let to = installation_for(&email).await?;
            tell(&cli::accounts::run(&to.store, wish, &email, runtime::clock::now()).await?)
        }
        Command::SignOutEverybody => {
            let to = installation(String::new()).await?;
            tell(&cli::accounts::sign_out_everybody(&to.store, runtime::clock::now()).await?)
        }
        Command::Prompts { wish } => {
            let to = installation(String::new()).await?;
            tell(&cli::prompts::run(&to.store, wish, runtime::clock::now()).await?)
        }
        Command::Runs { kind, period } => {
            let to = installation(String::new()).await?;
            tell(&cli::runs::show(&to.store, &kind, &period, runtime::clock::now()).await?)
        }
        Command::SetModelKey { provider } => set_key(provider.credential()).await,
        Command::SetGoogleSecret => set_key(Credential::GoogleClientSecret).await,
        Command::SetWeatherKey => set_key(Credential::OpenMeteoApiKey).await,
    }
}

fn tell(text: &str) -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}

/// As [`installation`], once it is clear that `email` is an address.
async fn installation_for(email: &str) -> anyhow::Result<Installation> {
    Email::new(email, "--email").with_context(|| format!("{email:?}"))?;
    installation(String::new()).await
}

/// The installation that the environment names, on AWS or on this machine.
async fn installation(kms_key_id: String) -> anyhow::Result<Installation> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    variable("TABLE_NAME").context(
        "TABLE_NAME is not set: take it from the stack's outputs; for the local stack, paste the eval line of make dev",
    )?;
    let store = Store::from_env(&config)?;
    cli::aws::check(&config).await?;
    let queue = variable("ACCOUNT_MAIL_QUEUE_URL");
    let mails = queue.map(|url| Queue::new(aws_sdk_sqs::Client::new(&config), url));
    Ok(Installation { store, kms_key_id, mails })
}

fn kms_key_id() -> anyhow::Result<String> {
    variable("CREDENTIALS_KEY_ID").context("CREDENTIALS_KEY_ID is not set: take it from the stack's outputs")
}

/// An environment variable; an empty one is none.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

async fn set_key(credential: Credential) -> anyhow::Result<ExitCode> {
    let mut key = String::new();
    std::io::stdin().read_to_string(&mut key).context("reading the key from standard input")?;
    let key = key.trim();
    anyhow::ensure!(!key.is_empty(), "standard input is empty: pipe the key in");
    let to = installation(kms_key_id()?).await?;
    let secret = SecretString::from(key.to_owned());
    let platform = TenantId::platform();
    to.store.credentials().put(&to.kms_key_id, &platform, credential, &secret).await?;
    tell("Stored. Functions use it from their next cold start.")
}
