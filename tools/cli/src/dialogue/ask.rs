//! Asks one thing at a time: with a terminal's comforts, or line by line where standard input is a pipe.

use anyhow::{Context as _, Result, bail};
use dialoguer::{Input, Select};
use std::io::{BufRead, IsTerminal as _, Write};

/// Whom it asks.
pub enum Asker<'a> {
    /// A person at a terminal.
    Terminal,
    /// Whoever writes to `input`; what is asked goes to `output`.
    Lines {
        /// One answer a line.
        input: &'a mut dyn BufRead,
        /// Where questions and complaints go.
        output: &'a mut dyn Write,
    },
}

/// Whether a person sits at standard input and sees standard error.
#[must_use]
pub fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

impl Asker<'_> {
    /// Says something.
    pub(super) fn say(&mut self, text: &str) -> Result<()> {
        match self {
            Self::Terminal => writeln!(std::io::stderr(), "{text}")?,
            Self::Lines { output, .. } => writeln!(output, "{text}")?,
        }
        Ok(())
    }

    /// Asks until `read` takes the answer; tells why it does not. An empty answer is the default, where there is one.
    ///
    /// # Errors
    /// When the input ends.
    pub(super) fn ask<T>(
        &mut self,
        question: &str,
        default: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T> {
        loop {
            let answer = self.line(question, default)?;
            let answer = answer.trim();
            match read(if answer.is_empty() { default.unwrap_or_default() } else { answer }) {
                Ok(value) => return Ok(value),
                Err(wrong) => self.say(&format!("  That will not do: {wrong}."))?,
            }
        }
    }

    /// Asks for yes or no.
    ///
    /// # Errors
    /// When the input ends.
    pub fn yes(&mut self, question: &str, default: bool) -> Result<bool> {
        let default = if default { "yes" } else { "no" };
        self.ask(question, Some(default), |answer| match answer.to_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "n" | "no" => Ok(false),
            _ => Err("answer yes or no".to_owned()),
        })
    }

    /// Asks for one of `options`, by its number or its name; returns its place.
    ///
    /// # Errors
    /// When the input ends.
    pub(super) fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize> {
        if matches!(self, Self::Terminal) {
            return Select::new().with_prompt(question).items(options).default(0).interact().context("no answer");
        }
        for (place, option) in options.iter().enumerate() {
            self.say(&format!("  {} {option}", place + 1))?;
        }
        self.ask(question, None, |answer| {
            let by_number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let place = by_number.or_else(|| options.iter().position(|option| *option == answer));
            place.filter(|place| *place < options.len()).ok_or_else(|| format!("choose 1 to {}", options.len()))
        })
    }

    fn line(&mut self, question: &str, default: Option<&str>) -> Result<String> {
        match self {
            Self::Terminal => {
                let mut input = Input::<String>::new().with_prompt(question).allow_empty(true);
                if let Some(default) = default.filter(|default| !default.is_empty()) {
                    input = input.default(default.to_owned());
                }
                input.interact_text().context("no answer")
            }
            Self::Lines { input, output } => {
                match default.filter(|default| !default.is_empty()) {
                    Some(default) => writeln!(output, "{question} [{default}]:")?,
                    None => writeln!(output, "{question}:")?,
                }
                let mut line = String::new();
                if input.read_line(&mut line).context("reading an answer")? == 0 {
                    bail!("the input ended at the question \"{question}\"; nothing was stored");
                }
                Ok(line)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(answers: &str, talk: impl FnOnce(&mut Asker<'_>) -> Result<T>) -> (Result<T>, String) {
        let mut output = Vec::new();
        let result = talk(&mut Asker::Lines { input: &mut answers.as_bytes(), output: &mut output });
        (result, String::from_utf8(output).unwrap())
    }

    #[test]
    fn a_wrong_answer_is_explained_and_asked_again() {
        let number = |answer: &str| answer.parse::<u8>().map_err(|_| "give a number".to_owned());
        let (answer, said) = with("many\n7\n", |asker| asker.ask("How many", None, number));
        assert_eq!(answer.unwrap(), 7);
        assert_eq!(said, "How many:\n  That will not do: give a number.\nHow many:\n");
    }

    #[test]
    fn an_empty_answer_is_the_default() {
        let (answer, said) = with("\n", |asker| asker.yes("Sure", false));
        assert!(!answer.unwrap());
        assert_eq!(said, "Sure [no]:\n");
    }

    #[test]
    fn a_choice_goes_by_number_or_name() {
        for (answers, place) in [("2\n", 1), ("hvac\n", 1), ("9\n0\nroofing\n", 0)] {
            assert_eq!(with(answers, |asker| asker.choose("Which", &["roofing", "hvac"])).0.unwrap(), place);
        }
    }

    #[test]
    fn an_input_that_ends_ends_the_dialogue() {
        let (answer, _) = with("", |asker| asker.yes("Sure", true));
        assert!(answer.unwrap_err().to_string().contains("Sure"));
    }
}
