//! Builds the functions that `template.yaml` names and puts each where its `CodeUri` looks.
//!
//! The template is the only list of functions: one that is added there is built here.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::interrupt::Interrupt;
use crate::process::{Line, stream};
use crate::steps::Progress;

/// The packages of the tools that the local stack runs beside the functions.
const TOOLS: [&str; 2] = ["cli", "vendor-sink"];

/// The crates behind the `CodeUri: target/lambda/NAME/` lines of a template, sorted.
#[must_use]
pub fn named_in(template: &str) -> Vec<String> {
    let name = |line: &str| {
        let path = line.trim().strip_prefix("CodeUri: target/lambda/")?;
        Some(path.trim_end_matches('/').to_owned())
    };
    let mut names: Vec<_> = template.lines().filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// How much is built for a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The functions and the tools that run beside them.
    Stack,
    /// All packages with their tests. Cargo builds a library once for each set of features that the chosen packages want, so
    /// functions that are built by themselves and then tests would compile most libraries twice.
    Workspace,
}

#[derive(Deserialize)]
struct Artifact {
    executable: Option<PathBuf>,
}

/// Builds `functions` and the tools, or all there is, in the debug profile; gives the path of each executable by its name.
///
/// # Errors
/// When the build fails, with the compiler's words.
pub fn build(
    root: &Path,
    functions: &[String],
    scope: Scope,
    progress: &Progress,
    interrupt: &Interrupt,
) -> Result<BTreeMap<String, PathBuf>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["build", "--message-format=json-render-diagnostics"]);
    // Cargo shows its own counts only when told that someone watches; we read them for our bar.
    cargo.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "80");
    cargo.env("CARGO_TERM_COLOR", "never");
    match scope {
        Scope::Stack => functions.iter().map(String::as_str).chain(TOOLS).for_each(|package| {
            cargo.args(["--package", package]);
        }),
        Scope::Workspace => {
            cargo.args(["--workspace", "--all-targets"]);
        }
    }
    let mut executables = BTreeMap::new();
    stream(cargo, interrupt, |line| {
        if let Some((done, total, doing)) = count(line) {
            progress.at(done, total);
            progress.note(doing);
            return Line::Forget;
        }
        let Ok(Artifact { executable }) = serde_json::from_str(line) else { return Line::Keep };
        if let Some(path) = executable
            && let Some(name) = path.file_name().and_then(|name| name.to_str())
        {
            executables.insert(name.to_owned(), path.clone());
        }
        Line::Forget
    })?;
    Ok(executables)
}

/// Reads `Building [====>    ] 12/345: serde, tokio`.
fn count(line: &str) -> Option<(u64, u64, &str)> {
    let (_, rest) = line.split_once("Building [")?;
    let (counts, doing) = rest.split_once("] ")?.1.split_once(':')?;
    let (done, total) = counts.split_once('/')?;
    Some((done.parse().ok()?, total.parse().ok()?, doing))
}

/// Copies each function's executable to `target/lambda/NAME/bootstrap` where it differs; gives how many did.
///
/// A copy, not a link: a later `cargo lambda build` writes into the same place, and must not write into Cargo's own file.
///
/// # Errors
/// When a function has no executable of its name, or the disk refuses.
pub fn place(root: &Path, functions: &[String], executables: &BTreeMap<String, PathBuf>) -> Result<usize> {
    let mut changed = 0;
    for name in functions {
        let built = executables.get(name).with_context(|| {
            format!("template.yaml names target/lambda/{name}/, but package {name} has no binary of that name")
        })?;
        let bootstrap = bootstrap(root, name);
        let source = fs::metadata(built)?;
        let current = fs::metadata(&bootstrap).ok();
        if current.is_some_and(|c| c.len() == source.len() && c.modified().ok() == source.modified().ok()) {
            continue;
        }
        let fresh = bootstrap.with_extension("new");
        fs::create_dir_all(bootstrap.with_file_name(""))?;
        fs::copy(built, &fresh)?;
        File::options().write(true).open(&fresh)?.set_modified(source.modified()?)?;
        fs::rename(&fresh, &bootstrap)?;
        changed += 1;
    }
    Ok(changed)
}

/// Where the template looks for a function's executable.
fn bootstrap(root: &Path, name: &str) -> PathBuf {
    root.join("target/lambda").join(name).join("bootstrap")
}

/// One value that changes whenever the deployed stack would: over the template and what it includes (by content), the
/// bootstraps (by length and time, as Make does) and the deploy's parameters.
///
/// # Errors
/// When one of the files cannot be read.
pub fn fingerprint(root: &Path, functions: &[String], parameters: &[String]) -> Result<String> {
    let mut hash = Sha256::new();
    let mut files = vec![root.join("template.yaml")];
    files.extend(templates_under(&root.join("infra"))?);
    for file in files {
        hash.update(file.as_os_str().as_encoded_bytes());
        hash.update(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    for name in functions {
        let meta = fs::metadata(bootstrap(root, name))?;
        hash.update(format!("{name} {} {:?}", meta.len(), meta.modified()?));
    }
    for parameter in parameters {
        hash.update(parameter);
    }
    Ok(hex(&hash.finalize()))
}

fn templates_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// SHA-256 as lower-case hexadecimal.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_the_list_of_functions() {
        let template =
            "  B:\n      CodeUri: target/lambda/worker-b/\n  A:\n      CodeUri: target/lambda/ai-a\n  # CodeUri: no\n";
        assert_eq!(named_in(template), ["ai-a", "worker-b"]);
    }

    #[test]
    fn cargos_own_count_drives_the_bar() {
        let line = "    Building [=======>       ] 12/345: serde, tokio(build)";
        assert_eq!(count(line), Some((12, 345, " serde, tokio(build)")));
        assert_eq!(count("   Compiling serde v1.0.0"), None);
    }
}
