//! `cargo xtask restore`: the runbook's way back to an earlier second ("The table has to go back in time"), tried as a whole on a stack of its own.
//!
//! The emulator restores a table as it is and not as it was, so the table is restored first here; what the trial does next is what came in
//! between. Afterwards the leads of before are there and those of in between are not, who refused in between is not written to, and
//! every channel answers.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bootstraps::Scope;
use crate::cloud::{self, STACK};
use crate::emulator::offline;
use crate::interrupt::Interrupt;
use crate::process::output;
use crate::replay::{self, Api, Turn};
use crate::samples::{self, Delivery, Run, text_at};
use crate::steps::step;
use crate::up::{Place, Running, Start};
use crate::venv;

/// The restored table's name.
const RESTORED: &str = "porchlight-restored";
/// Beside `template.yaml`, whose paths it keeps.
const TEMPLATE: &str = "restored.yaml";
/// Each of its runs is someone new.
const CHAT: &str = "webhook-live-chat";
const FORM: &str = "webhook-web-form";
const SMS: &str = "webhook-sms";

/// Tries it.
///
/// # Errors
/// When a step fails, or the stack is not afterwards what it has to be.
pub fn restore(interrupt: &Interrupt) -> Result<ExitCode> {
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let place = Place::new("target/restore-stack", port);
    let running = place.up(Start::Fresh, Scope::Stack, interrupt)?;
    let trial = Trial { place: &place, running: &running, interrupt };
    let old = running.stack.outputs.get("TableName").context("the stack has no output TableName")?;

    let before = trial.messages("messages before", &Run::begin(), &replay::all())?;
    ensure!(before.iter().all(Turn::answered), "a message was not answered before anything was done");
    let stream = step("restore", |_| trial.script(&["restore", old, RESTORED, "2026-11-28T03:00:00Z"]))?;
    let refused = Run::begin();
    step("a refusal in between", |_| trial.stop_by_sms(&refused).map(|()| ((), "STOP".to_owned())))?;
    let between = trial.messages("a lead in between", &Run::begin(), &[CHAT])?;
    step("stop", |_| trial.script(&["stop", STACK]))?;
    step("refusals", |_| trial.script(&["refusals", old, RESTORED]))?;
    trial.deploy(stream.trim())?;
    step("resume", |_| trial.script(&["resume", STACK]))?;

    let after = trial.messages("messages after", &Run::begin(), &replay::all())?;
    ensure!(after.iter().all(Turn::answered), "a message was not answered after the restore: {}", states(&after));
    let silent = trial.messages("who refused", &refused.again(), &[FORM])?;
    ensure!(!silent.iter().any(Turn::answered), "who refused in between was written to");
    for turn in &before {
        ensure!(trial.found(turn)?, "the lead of {} from before is gone", turn.sample);
    }
    for turn in &between {
        ensure!(!trial.found(turn)?, "the lead of {} from in between is there", turn.sample);
    }
    println!(
        "\nEvery lead of before is there, none of in between; who refused is left in peace; every channel answers."
    );
    Ok(ExitCode::SUCCESS)
}

struct Trial<'a> {
    place: &'a Place,
    running: &'a Running,
    interrupt: &'a Interrupt,
}

impl Trial<'_> {
    fn messages(&self, title: &'static str, run: &Run, samples: &[&'static str]) -> Result<Vec<Turn>> {
        step(title, |progress| {
            let turns = replay::replay(&self.running.stack, &self.place.root, run, samples, progress, self.interrupt)?;
            let remark = states(&turns);
            Ok((turns, remark))
        })
    }

    /// Runs `infra/restore.py`; gives what it printed, and what it said beside that.
    fn script(&self, arguments: &[&str]) -> Result<(String, String)> {
        let done = self.python("infra/restore.py").args(arguments).output()?;
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        ensure!(done.status.success(), "infra/restore.py {} failed:\n{said}", arguments.join(" "));
        Ok((String::from_utf8(done.stdout)?, said))
    }

    fn python(&self, script: &str) -> Command {
        let mut command = Command::new(venv::program(&self.place.root, "python"));
        offline(&mut command, self.place.port);
        command.arg(script).current_dir(&self.place.root).stdin(Stdio::null());
        command
    }

    /// Someone with the number of `run` texts STOP.
    fn stop_by_sms(&self, run: &Run) -> Result<()> {
        let (stack, root) = (&self.running.stack, &self.place.root);
        let mut event = samples::read(root, SMS)?;
        let body = text_at(&event, "body")?.split('&').map(|field| match field.split_once('=') {
            Some(("Body", _)) => "Body=STOP",
            Some(("From", _)) => "From={{number}}",
            _ => field,
        });
        let body = body.collect::<Vec<_>>().join("&");
        event.as_object_mut().context("the sample is no object")?.insert("body".to_owned(), Value::from(body));
        let answer = Delivery::from_event(&event, stack, replay::tenant_of(stack, SMS)?, run)?.send(stack)?;
        ensure!(answer.status == 200, "STOP was answered {}: {}", answer.status, answer.body);
        Ok(())
    }

    /// Leads the stack to the restored table.
    fn deploy(&self, stream: &str) -> Result<()> {
        let (root, port) = (&self.place.root, self.place.port);
        let mut command = self.python("infra/point_at_table.py");
        command.args([RESTORED, stream]);
        let template = output(command)?;
        fs::write(root.join(TEMPLATE), template)?;
        step("deploy", |progress| {
            let parameters = cloud::parameters(&self.running.stack.sink_url);
            cloud::deploy(root, port, TEMPLATE, &parameters, RESTORED, progress, self.interrupt)?;
            Ok(((), format!("sam deploy of {TEMPLATE}")))
        })
    }

    /// Whether the API still knows the lead of a turn.
    fn found(&self, turn: &Turn) -> Result<bool> {
        let (stack, lead) = (&self.running.stack, turn.lead.as_ref().context("a message made no lead")?);
        let api = Api::of(stack, replay::tenant_of(stack, turn.sample)?)?;
        Ok(api.ask(&format!("/v1/leads/{}", text_at(lead, "id")?))?.status == 200)
    }
}

fn states(turns: &[Turn]) -> String {
    turns.iter().map(|turn| turn.state().unwrap_or("no answer")).collect::<Vec<_>>().join(", ")
}
