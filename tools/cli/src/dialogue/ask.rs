//! Asks one thing at a time: with a terminal's comforts, or line by line where standard input is a pipe.
//!
//! Every answer that was taken is kept. Who answers `<` goes back one question: the dialogue is begun again, and answers itself
//! up to there.

use anyhow::{Context as _, Result, bail};
use dialoguer::{Input, Select};
use std::fmt;
use std::io::{BufRead, IsTerminal as _, Write};

/// The answer that goes back to the question before.
const BACK: &str = "<";

/// Whom it asks.
pub enum Voice<'a> {
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

/// Asks, and knows what was answered.
pub struct Asker<'a> {
    voice: Voice<'a>,
    given: Vec<String>,
    /// How many of them were given again, since the dialogue was begun again.
    repeated: usize,
}

/// Someone wants to go back one question.
#[derive(Debug)]
struct GoBack;

impl fmt::Display for GoBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("back to the question before")
    }
}

impl std::error::Error for GoBack {}

/// Whether a person sits at standard input and sees standard error.
#[must_use]
pub fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

impl<'a> Asker<'a> {
    /// Asks whom there is.
    #[must_use]
    pub fn new(voice: Voice<'a>) -> Self {
        Self { voice, given: Vec::new(), repeated: 0 }
    }

    /// Holds a dialogue, and begins it again, up to the question before, each time that someone goes back.
    pub(super) fn hold<T>(&mut self, mut dialogue: impl FnMut(&mut Self) -> Result<T>) -> Result<T> {
        loop {
            match dialogue(self) {
                Err(error) if error.is::<GoBack>() => {
                    self.repeated = 0;
                    if self.given.pop().is_none() {
                        self.say("  This is the first question.")?;
                    }
                }
                done => return done,
            }
        }
    }

    /// Says something; what was said before someone went back is not said again.
    pub(super) fn say(&mut self, text: &str) -> Result<()> {
        if self.repeated < self.given.len() {
            return Ok(());
        }
        match &mut self.voice {
            Voice::Terminal => writeln!(std::io::stderr(), "{text}")?,
            Voice::Lines { output, .. } => writeln!(output, "{text}")?,
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
            let again = self.given.get(self.repeated).cloned();
            let answer = match &again {
                Some(answer) => answer.clone(),
                None => self.line(question, default)?.trim().to_owned(),
            };
            if answer == BACK {
                bail!(GoBack);
            }
            match read(if answer.is_empty() { default.unwrap_or_default() } else { &answer }) {
                Ok(value) => {
                    self.keep(again.is_none(), answer);
                    return Ok(value);
                }
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
        if matches!(self.voice, Voice::Terminal) && self.repeated == self.given.len() {
            let select = Select::new().with_prompt(format!("{question} (Esc goes back)")).items(options).default(0);
            let Some(place) = select.interact_opt().context("no answer")? else { bail!(GoBack) };
            self.keep(true, (place + 1).to_string());
            return Ok(place);
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

    fn keep(&mut self, is_new: bool, answer: String) {
        if is_new {
            self.given.push(answer);
        }
        self.repeated += 1;
    }

    fn line(&mut self, question: &str, default: Option<&str>) -> Result<String> {
        match &mut self.voice {
            Voice::Terminal => {
                let mut input = Input::<String>::new().with_prompt(question).allow_empty(true);
                if let Some(default) = default.filter(|default| !default.is_empty()) {
                    input = input.default(default.to_owned());
                }
                input.interact_text().context("no answer")
            }
            Voice::Lines { input, output } => {
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
        let result = talk(&mut Asker::new(Voice::Lines { input: &mut answers.as_bytes(), output: &mut output }));
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
    fn who_goes_back_is_asked_again_and_only_that() {
        let both = |asker: &mut Asker<'_>| {
            asker.hold(|asker| {
                asker.say("Hello")?;
                let name = asker.ask("Name", None, |name| Ok(name.to_owned()))?;
                Ok((name, asker.ask("Town", None, |town| Ok(town.to_owned()))?))
            })
        };
        let (answer, said) = with("Ana\n<\nEva\nDenver\n", both);
        assert_eq!(answer.unwrap(), ("Eva".to_owned(), "Denver".to_owned()));
        assert_eq!(said, "Hello\nName:\nTown:\nHello\nName:\nTown:\n");
        let (answer, said) = with("<\nAna\nDenver\n", both);
        assert_eq!(answer.unwrap().0, "Ana");
        assert!(said.contains("This is the first question"), "{said}");
    }

    #[test]
    fn an_input_that_ends_ends_the_dialogue() {
        let (answer, _) = with("", |asker| asker.yes("Sure", true));
        assert!(answer.unwrap_err().to_string().contains("Sure"));
    }
}
