//! The tasks: what `make dev`, `make demo` and `make test` do.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::bootstraps::Scope;
use crate::emulator::calls_file;
use crate::interrupt::Interrupt;
use crate::mails::{self, Mails};
use crate::process::Group;
use crate::replay::{self, Turn};
use crate::samples::{Run, text_at};
use crate::stack::Stack;
use crate::steps::step;
use crate::up::{Place, Running, Start};
use crate::{cloud, permissions, shell, transcript};

/// Brings the local stack up, replays one message per channel, prints the transcript, and stays until it is
/// interrupted. With `once` it does not stay, and succeeds only if all messages were answered.
///
/// # Errors
/// When a step fails.
pub fn dev(once: bool, port: u16, interrupt: &Interrupt) -> Result<ExitCode> {
    let place = Place::new(".local", port);
    let mut running = place.up(Start::Resume, Scope::Stack, interrupt)?;
    let run = Run::begin();
    let turns = step("replay", |progress| {
        let turns = replay::replay(&running.stack, &place.root, &run, &replay::all(), progress, interrupt)?;
        let answered = turns.iter().filter(|turn| turn.answered()).count();
        let remark = format!("{answered} of {} answered", turns.len());
        Ok((turns, remark))
    })?;
    println!("\n{}\n", transcript::table(&turns));
    if once {
        return Ok(if turns.iter().all(Turn::answered) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    print_guide(&running, &place, &run)?;
    let mut mails = Mails::default();
    let mut next_look = Instant::now();
    while !interrupt.requested() {
        running.check()?;
        if Instant::now() >= next_look {
            // An emulator that has no time now may have it in a second; one that has ended is noticed above.
            mails.arrived(&running.stack).unwrap_or_default().iter().for_each(|mail| println!("{mail}"));
            next_look = Instant::now() + Duration::from_secs(1);
        }
        thread::sleep(Duration::from_millis(100));
    }
    println!("\nStopping; the state stays in {}.", place.local.display());
    drop(running);
    Ok(ExitCode::SUCCESS)
}

fn print_guide(running: &Running, place: &Place, run: &Run) -> Result<()> {
    let stack = &running.stack;
    println!("API      {}", stack.api_url);
    println!("AWS      {}   (AWS_ENDPOINT_URL; any credentials, us-east-1)", stack.endpoint);
    println!("Sink     {}/_sink/messages   (what customers got)", stack.sink_url);
    println!("Mails    {}{}   (what SES got)", stack.endpoint, mails::PATH);
    println!("Scripts  {}   (all of this, with the signing secrets)\n", place.stack_file().display());
    for tenant in &stack.tenants {
        let [name, api, form, widget, call] =
            ["name", "api_key", "form_key", "widget_key", "call_key"].map(|path| text_at(tenant, path));
        println!("{}\n  API key {}   form {}   widget {}   calls {}", name?, api?, form?, widget?, call?);
    }
    println!("\nTry:\n{}\n", curl_lines(stack, run)?.join("\n"));
    println!("For `porchlight …` and `aws …` in another terminal:");
    println!("eval \"$(cat {})\"\n", shell::quoted(&running.shell_file.display().to_string()));
    println!("Running until Ctrl-C. Mails that lead to a page appear here.");
    Ok(())
}

/// Three lines to paste: send a web form, read the chat of the replay, list the leads.
fn curl_lines(stack: &Stack, run: &Run) -> Result<[String; 3]> {
    let url = &stack.api_url;
    let key = |sample, name| text_at(replay::tenant_of(stack, sample)?, name);
    let form = format!(
        r#"{{"form_key":"{}","name":"Robin Vale","phone":"+14155550199","message":"When are you open?","consent":true}}"#,
        key("webhook-web-form", "form_key")?
    );
    Ok([
        format!("curl -sS {url}/webhooks/web-form -H 'content-type: application/json' -d '{form}'"),
        format!(
            "curl -sS {url}/webhooks/live-chat/{}/messages -H 'x-widget-key: {}'",
            run.id,
            key("webhook-live-chat", "widget_key")?
        ),
        format!("curl -sS {url}/v1/leads -H 'authorization: Bearer {}'", key("webhook-web-form", "api_key")?),
    ])
}

/// Runs the workspace's tests with a fresh stack beside them, whose `stack.json` they find at `PORCHLIGHT_STACK`, then
/// looks at what they left in the tables (`tests/after`), and holds what the functions did against what they may do: a
/// call that was refused fails the run after all. Where all tests were run and passed, the exact part of the bench follows.
/// Gives the exit code of what failed first; the runner's closing lines come before the permissions.
///
/// # Errors
/// When the stack does not come up or the runner cannot be started.
pub fn test(arguments: &[String], interrupt: &Interrupt) -> Result<ExitCode> {
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let place = Place::new("target/test-stack", port);
    // Chosen packages want their own set of features, and are not worth the build of all others.
    let chosen = arguments.iter().any(|argument| argument.starts_with("-p") || argument.starts_with("--package"));
    let scope = if chosen { Scope::Stack } else { Scope::Workspace };
    let running = place.up(Start::Fresh, scope, interrupt)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let has_nextest = Command::new(&cargo).args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    let run = |runner: &[&str], arguments: &[String]| {
        let mut command = Command::new(&cargo);
        command.args(runner).args(arguments).current_dir(&place.root).env("PORCHLIGHT_STACK", place.stack_file());
        finish(command, interrupt)
    };
    let mut status = run(if has_nextest { &["nextest", "run"] } else { &["test"] }, arguments)?;
    if status.success() {
        // With --workspace the packages are built as they are for the other tests: by itself, system-tests would have most of
        // them compiled again.
        status = run(&["test", "-q", "--workspace", "--test", "after"], &[])?;
    }
    let mut permitted = permissions::report(
        &cloud::permissions(&place.root, port)?,
        &fs::read_to_string(calls_file(&place.local))?,
        cloud::STACK,
    )?;
    drop(running);
    if !arguments.is_empty() {
        // A part of the tests does not need what all of them need.
        permitted.unused.clear();
    }
    println!("\n{permitted}");
    if status.success() && !permitted.refused.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    if status.success() && arguments.is_empty() {
        // It was built with all others, beside this program.
        let mut bench = Command::new(std::env::current_exe()?.with_file_name("bench"));
        bench.args(["--profile", "dev", "exact", "--built"]).current_dir(&place.root);
        status = finish(bench, interrupt)?;
    }
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Waits for a command, which ends with an interrupt.
fn finish(command: Command, interrupt: &Interrupt) -> Result<ExitStatus> {
    let mut group = Group::spawn(command)?;
    loop {
        interrupt.check()?;
        if let Some(status) = group.exited()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(50));
    }
}
