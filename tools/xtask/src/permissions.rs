//! Holds what the functions did during a run against what their policies allow.
//!
//! The emulator refuses what a policy does not allow, as AWS does, and notes every decision. What was refused fails the
//! run even where a function made the best of it; an allowance that nothing needed is listed, for someone to take away.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The key whose values are allowances of their own: what a function encrypts or decrypts.
const PURPOSE: &str = "kms:EncryptionContext:purpose";

/// What the policies say, and what Lambda itself does by the functions' roles.
#[derive(Debug, Deserialize)]
pub struct Permissions {
    allowances: Vec<Statement>,
    calls: Vec<Call>,
}

/// One `Allow` statement of a function's policies.
#[derive(Debug, Deserialize)]
struct Statement {
    function: String,
    actions: Vec<String>,
    resources: Vec<String>,
    conditions: BTreeMap<String, BTreeMap<String, OneOrMore>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// One action of a function on one resource, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Call {
    caller: String,
    action: String,
    resource: String,
    #[serde(default)]
    purpose: Option<String>,
    /// `Allow`, or a refusal. Lambda's own calls carry none: they are decided here.
    #[serde(default)]
    decision: Option<String>,
}

/// One action on one resource that a policy allows a function.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Allowance<'a> {
    function: &'a str,
    action: &'a str,
    resource: &'a str,
    purpose: Option<&'a str>,
}

/// What came out.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// How many different calls were allowed.
    pub allowed: usize,
    /// How many functions made them.
    pub functions: usize,
    /// A line for each call that was refused.
    pub refused: Vec<String>,
    /// A line for each allowance that no call needed.
    pub unused: Vec<String>,
}

/// Holds the notes of the emulator, one JSON object a line, against the policies. `stack` begins the functions' names;
/// calls of anybody else are passed over.
///
/// # Errors
/// When a line is not a note.
pub fn report(permissions: &Permissions, notes: &str, stack: &str) -> Result<Report> {
    let allowances: Vec<Allowance<'_>> = permissions.allowances.iter().flat_map(Statement::allowances).collect();
    let names: BTreeSet<&str> = permissions.allowances.iter().map(|statement| statement.function.as_str()).collect();
    let mut calls = notes
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("not a note of a call: {line}")))
        .collect::<Result<BTreeSet<Call>>>()?;
    calls.retain(|call| names.contains(call.caller.as_str()));
    let noted = calls.clone();
    calls.extend(permissions.calls.iter().cloned());
    let covered = |call: &Call| allowances.iter().any(|allowance| allowance.covers(call));
    let (allowed, refused): (Vec<&Call>, Vec<&Call>) = calls.iter().partition(|call| match call.decision.as_deref() {
        Some(decision) => decision == "Allow",
        None => covered(call),
    });
    let mut unused: Vec<_> =
        allowances.iter().filter(|allowance| !allowed.iter().any(|call| allowance.covers(call))).collect();
    unused.sort();
    unused.dedup();
    Ok(Report {
        allowed: allowed.len(),
        functions: noted.iter().map(|call| &call.caller).collect::<BTreeSet<_>>().len(),
        refused: refused.iter().map(|call| short(&call.to_string(), stack)).collect(),
        unused: unused.iter().map(|allowance| short(&allowance.to_string(), stack)).collect(),
    })
}

/// Without what every line would repeat.
fn short(line: &str, stack: &str) -> String {
    line.replacen(&format!("{stack}-"), "", 1)
}

impl Statement {
    fn allowances(&self) -> impl Iterator<Item = Allowance<'_>> {
        let purposes: Vec<Option<&str>> =
            match self.conditions.values().find_map(|keys| keys.iter().find(|(key, _)| *key == PURPOSE)) {
                None => vec![None],
                Some((_, OneOrMore::One(purpose))) => vec![Some(purpose)],
                Some((_, OneOrMore::More(purposes))) => purposes.iter().map(|purpose| Some(purpose.as_str())).collect(),
            };
        self.actions.iter().flat_map(move |action| {
            let purposes = purposes.clone();
            self.resources.iter().flat_map(move |resource| {
                let function = self.function.as_str();
                purposes.clone().into_iter().map(move |purpose| Allowance { function, action, resource, purpose })
            })
        })
    }
}

impl Allowance<'_> {
    fn covers(&self, call: &Call) -> bool {
        self.function == call.caller
            && self.action.eq_ignore_ascii_case(&call.action)
            && is_like(&call.resource, self.resource)
            && (self.purpose.is_none() || self.purpose == call.purpose.as_deref())
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(f, &self.caller, &self.action, &self.resource, self.purpose.as_deref())
    }
}

impl fmt::Display for Allowance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(f, self.function, self.action, self.resource, self.purpose)
    }
}

fn line(
    f: &mut fmt::Formatter<'_>,
    function: &str,
    action: &str,
    resource: &str,
    purpose: Option<&str>,
) -> fmt::Result {
    write!(f, "{function}: {action} on {resource}")?;
    purpose.map_or(Ok(()), |purpose| write!(f, " for {purpose}"))
}

/// Whether `text` is of the form of `pattern`, in which `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, mut rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    while let Some((middle, after)) = rest.split_once('*') {
        let Some(at) = text.find(middle) else { return false };
        text = text.get(at + middle.len()..).unwrap_or_default();
        rest = after;
    }
    text.ends_with(rest)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Permissions: {} different calls of {} functions are allowed.", self.allowed, self.functions)?;
        if !self.unused.is_empty() {
            writeln!(f, "{} allowances were not used:", self.unused.len())?;
            self.unused.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        }
        if !self.refused.is_empty() {
            writeln!(
                f,
                "{} calls were refused, and would be on AWS. Allow them in template.yaml:",
                self.refused.len()
            )?;
            self.refused.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/T";
    const KEY: &str = "arn:aws:kms:us-east-1:000000000000:key/K";

    fn policies() -> Permissions {
        let kms = json!({"StringEquals": {PURPOSE: ["model", "sending"]}});
        serde_json::from_value(json!({
            "allowances": [
                {"function": "s-worker-a", "actions": ["dynamodb:PutItem", "dynamodb:Query"], "resources": [TABLE], "conditions": {}},
                {"function": "s-worker-a", "actions": ["kms:Decrypt"], "resources": [KEY], "conditions": kms},
                {"function": "s-worker-a", "actions": ["sqs:ReceiveMessage"], "resources": ["arn:q"], "conditions": {}},
            ],
            "calls": [{"caller": "s-worker-a", "action": "sqs:ReceiveMessage", "resource": "arn:q"}],
        }))
        .unwrap()
    }

    fn note(caller: &str, action: &str, resource: &str, purpose: Option<&str>, decision: &str) -> String {
        let note =
            json!({"caller": caller, "action": action, "resource": resource, "purpose": purpose, "decision": decision});
        note.to_string() + "\n"
    }

    #[test]
    fn what_was_refused_is_told_even_where_the_function_made_the_best_of_it() {
        let notes = note("s-worker-a", "dynamodb:PutItem", TABLE, None, "Allow")
            + &note("s-worker-a", "dynamodb:ConditionCheckItem", TABLE, None, "ImplicitDeny");
        let report = report(&policies(), &notes, "s").unwrap();
        assert_eq!(report.refused, [format!("worker-a: dynamodb:ConditionCheckItem on {TABLE}")]);
        assert_eq!((report.allowed, report.functions), (2, 1), "the put, and the poller's reading of the queue");
    }

    #[test]
    fn an_allowance_that_nothing_needed_is_listed_by_action_resource_and_purpose() {
        let notes = note("s-worker-a", "dynamodb:PutItem", TABLE, None, "Allow")
            + &note("s-worker-a", "kms:Decrypt", KEY, Some("model"), "Allow");
        let report = report(&policies(), &notes, "s").unwrap();
        assert_eq!(
            report.unused,
            [format!("worker-a: dynamodb:Query on {TABLE}"), format!("worker-a: kms:Decrypt on {KEY} for sending")]
        );
        assert!(report.refused.is_empty());
    }

    #[test]
    fn a_source_that_lambda_may_not_read_for_a_function_is_a_refusal() {
        let mut policies = policies();
        policies.allowances.pop();
        let report = report(&policies, "", "s").unwrap();
        assert_eq!(report.refused, ["worker-a: sqs:ReceiveMessage on arn:q"]);
    }

    #[test]
    fn calls_of_others_than_the_functions_are_passed_over() {
        let notes = note("a-test-of-its-own", "dynamodb:PutItem", TABLE, None, "ImplicitDeny");
        assert!(report(&policies(), &notes, "s").unwrap().refused.is_empty());
    }

    #[test]
    fn a_star_in_a_resource_stands_for_anything() {
        for (text, pattern, like) in [
            ("b/T1/exports/7/archive.zip", "b/*/exports/*/archive.zip", true),
            ("b/T1/media/7/archive.zip", "b/*/exports/*/archive.zip", false),
            ("b/T1/exports/7/archive.zip.part", "b/*/exports/*/archive.zip", false),
            ("table/T/index/pending", "table/T", false),
            ("anything", "*", true),
        ] {
            assert_eq!(is_like(text, pattern), like, "{text} and {pattern}");
        }
    }
}
