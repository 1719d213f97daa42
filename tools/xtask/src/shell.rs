//! What a shell needs so that `porchlight` and `aws` in it mean the local stack.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::emulator::dummies;
use crate::stack::Stack;

/// The outputs of the stack that `porchlight` takes from its environment, by the names it has for them.
const OUTPUTS: [(&str, &str); 3] = [
    ("TABLE_NAME", "TableName"),
    ("CREDENTIALS_KEY_ID", "CredentialsKeyId"),
    ("ACCOUNT_MAIL_QUEUE_URL", "AccountMailQueueUrl"),
];

/// Lines for a shell to evaluate: the emulator in the place of AWS, the stack's outputs, and the folder `programs`, which
/// has `porchlight`, on the PATH. What could lead anywhere else (a profile, a proxy) is taken away for this machine's addresses.
///
/// # Errors
/// When the stack lacks an output.
pub fn lines(stack: &Stack, programs: &Path) -> Result<String> {
    let mut lines = String::from("unset AWS_PROFILE AWS_SESSION_TOKEN\n");
    for (name, value) in dummies(stack.port) {
        writeln!(lines, "export {name}={}", quoted(&value))?;
    }
    for (name, output) in OUTPUTS {
        let value = stack.outputs.get(output).with_context(|| format!("template.yaml has no output {output}"))?;
        writeln!(lines, "export {name}={}", quoted(value))?;
    }
    writeln!(lines, "export API_URL={}", quoted(&stack.api_url))?;
    writeln!(lines, r#"export NO_PROXY="127.0.0.1,localhost,.localhost${{NO_PROXY:+,$NO_PROXY}}""#)?;
    writeln!(lines, r#"export PATH={}:"$PATH""#, quoted(&programs.display().to_string()))?;
    Ok(lines)
}

/// One word of a shell, whatever is in it.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stack::tests::stack;
    use std::process::Command;

    /// What a shell that has evaluated the lines makes of `script`.
    fn evaluated(lines: &str, script: &str) -> String {
        let mut shell = Command::new("sh");
        shell
            .args(["-uc", &format!("{lines}\n{script}")])
            .env("AWS_PROFILE", "production")
            .env("NO_PROXY", "a.example");
        String::from_utf8(shell.output().unwrap().stdout).unwrap()
    }

    #[test]
    fn a_shell_that_evaluates_them_means_the_local_stack() {
        let lines = lines(&stack(), Path::new("/tmp/it's here")).unwrap();
        let said = evaluated(
            &lines,
            "echo $AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID ${AWS_PROFILE-none} $TABLE_NAME $API_URL $NO_PROXY; echo \"$PATH\"",
        );
        let (first, path) = said.split_once('\n').unwrap();
        assert_eq!(
            first,
            "http://127.0.0.1:4566 test none the-table http://a1.execute-api.localhost:4566 \
             127.0.0.1,localhost,.localhost,a.example"
        );
        assert!(path.starts_with("/tmp/it's here:/"), "{path}");
    }

    #[test]
    fn a_stack_without_its_outputs_gives_no_lines() {
        let mut stack = stack();
        stack.outputs.remove("TableName");
        assert!(lines(&stack, Path::new("/x")).unwrap_err().to_string().contains("TableName"));
    }
}
