//! What a model is told that makes rules out of the examples of a training. Drafts and versions are data like everything that people write.

use domain::prompts::PromptTask;
use domain::tenancy::Tenant;
use domain::training::{TrainingExample, TrainingSession, Verdict};

use super::{Message, Prompt, Script, Speaker, Text, business, data};

/// The most characters of a draft or a version.
const MAX_CHARS: usize = 1_000;

/// The prompt of a training's rules, with the instructions of the code.
#[must_use]
pub fn style(tenant: &Tenant, session: &TrainingSession) -> Prompt {
    style_with(Script::built_in(PromptTask::Style), tenant, session)
}

/// The prompt of a training's rules.
#[must_use]
pub fn style_with(script: &Script, tenant: &Tenant, session: &TrainingSession) -> Prompt {
    let examples = session.examples.iter().map(example).chain(["Call `style` now.".to_owned()]);
    Prompt {
        tenant: script.render(Text::System, &[("business", Some(business::who(tenant)))]),
        turn: format!("# This training\nIt is about `{}`, in the language `{}`.", session.topic, session.language),
        instructions: script.instructions().to_owned(),
        messages: vec![Message { role: Speaker::User, content: examples.collect::<Vec<_>>().join("\n") }],
    }
}

fn example(example: &TrainingExample) -> String {
    let verdict = match example.verdict {
        Verdict::Good => "good as it is",
        Verdict::Rewritten => "said otherwise",
    };
    let part = |name: &str, text: Option<&str>| text.map(|text| format!("\n{name}: {}", data(text, MAX_CHARS)));
    let parts = [part("version", example.version.as_deref()), part("why", example.why.as_deref())];
    let parts = parts.into_iter().flatten().collect::<String>();
    let draft = data(&example.draft, MAX_CHARS);
    format!("<example>\nnumber: {}\nverdict: {verdict}\ndraft: {draft}{parts}\n</example>", example.number)
}
