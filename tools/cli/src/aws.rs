//! What goes wrong between this machine and AWS, or the local stack, with what to do about it.

use anyhow::{Context as _, Error, Result, anyhow, bail};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_sqs::config::ProvideCredentials as _;
use domain::Failure;
use std::path::PathBuf;

/// Asks for region and credentials before anything else is asked for.
///
/// # Errors
/// When there are none, with the profile and what to do.
pub async fn check(config: &SdkConfig) -> Result<()> {
    let profile = profile();
    let known = profiles();
    if std::env::var_os("AWS_PROFILE").is_some() && !known.contains(&profile) {
        let known = if known.is_empty() { "no profile".to_owned() } else { known.join(", ") };
        bail!(
            "AWS_PROFILE names the profile {profile}, and the AWS configuration has {known}: run aws configure --profile {profile}"
        );
    }
    if config.region().is_none() {
        bail!(
            "no AWS region is set for the profile {profile}: set AWS_REGION to the region of the stack, such as us-east-1"
        );
    }
    let provider = config.credentials_provider().context("this build has no source of AWS credentials")?;
    provider.provide_credentials().await.map(|_| ()).map_err(|error| {
        let reason = innermost(&error);
        anyhow!(
            "there are no AWS credentials in the profile {profile}: run aws configure or aws sso login --profile {profile}; \
             for the local stack, paste the eval line of make dev ({reason})"
        )
    })
}

/// Puts before an error of AWS which table, region, endpoint and profile it is about, and what to do. Other errors are left
/// as they are.
pub async fn explain(error: Error) -> Error {
    let Some(said) = error.downcast_ref::<Failure>().map(ToString::to_string) else { return error };
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    match advice(&said, &place(&config)) {
        Some(advice) => anyhow!("{advice} ({said})"),
        None => error,
    }
}

/// What is spoken to, in words.
struct Place {
    table: String,
    at: String,
    profile: String,
}

fn place(config: &SdkConfig) -> Place {
    let region = config.region().map_or_else(|| "no region".to_owned(), ToString::to_string);
    let at = config.endpoint_url().map_or_else(|| region.clone(), |endpoint| format!("{endpoint} ({region})"));
    Place { table: std::env::var("TABLE_NAME").unwrap_or_default(), at, profile: profile() }
}

fn advice(said: &str, Place { table, at, profile }: &Place) -> Option<String> {
    let says = |codes: &[&str]| codes.iter().any(|code| said.contains(code));
    Some(if says(&["ResourceNotFoundException"]) {
        format!(
            "there is no table {table} at {at} for the profile {profile}: take TABLE_NAME from the outputs of the stack, and \
             check that region and profile are the stack's"
        )
    } else if says(&["ExpiredToken"]) {
        format!(
            "the credentials of the profile {profile} have expired: run aws sso login --profile {profile}, or set new ones"
        )
    } else if says(&["UnrecognizedClient", "InvalidClientTokenId", "InvalidSignature"]) {
        format!(
            "AWS at {at} does not know the credentials of the profile {profile}: check AWS_PROFILE, AWS_ACCESS_KEY_ID and \
             AWS_SECRET_ACCESS_KEY"
        )
    } else if says(&["AccessDenied"]) {
        format!(
            "the profile {profile} may not do this with the table {table} at {at}: use the profile that deployed the stack"
        )
    } else if says(&["NonExistentQueue", "QueueDoesNotExist"]) {
        format!("there is no such queue at {at}: take ACCOUNT_MAIL_QUEUE_URL from the outputs of the stack")
    } else if says(&["no connection", "timed out"]) {
        format!("nothing answers at {at}: check the region and the network; the local stack must be up (make dev)")
    } else {
        return None;
    })
}

fn profile() -> String {
    std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned())
}

/// The names of the profiles in the two files of the AWS command line.
fn profiles() -> Vec<String> {
    let file = |variable: &str, name: &str| {
        let named = std::env::var_os(variable).map(PathBuf::from);
        let path = named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".aws").join(name)));
        path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default()
    };
    let text = file("AWS_CONFIG_FILE", "config") + "\n" + &file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let headings = text.lines().filter_map(|line| line.trim().strip_prefix('[')?.strip_suffix(']'));
    let is_profile = |heading: &&str| !heading.starts_with("sso-session ") && !heading.starts_with("services ");
    let mut names: Vec<String> = headings
        .filter(is_profile)
        .map(|heading| heading.strip_prefix("profile ").unwrap_or(heading).trim().to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// What an error of several layers says at its bottom.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
