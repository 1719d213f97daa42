//! The task `route`: a small model, asked only when the rules are unsure of a message and so is our own classifier.
//!
//! Both add to what the rules found and take nothing back: an escalation stands, and urgency only rises.

use domain::conversations::{EscalationReason, Route, language, may_be_grave};
use domain::leads::Urgency;
use domain::prompts::{PromptCount, PromptTask};
use domain::tenancy::usage::{CLASSIFIER, Feature, Spent};
use domain::tenancy::{CostMode, Language, Tenant};
use jiff::SignedDuration;
use schemars::JsonSchema;
use semantics::triage::{Seen, Sorted, sort};
use serde::Deserialize;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::Degraded;
use crate::assistant::{Assistant, counted};
use crate::prompt::{Message, Prompt, Script, Speaker, Text, data};
use crate::respond::URGENCIES;
use crate::task::{Declared, Keeping, Rated, Scope, Task};
use crate::tool::Tool;

/// What a model may call a person for; the other reasons are the rules' alone.
const REASONS: [EscalationReason; 3] =
    [EscalationReason::CustomerAsked, EscalationReason::Complaint, EscalationReason::Emergency];
/// The most characters of the message that the router's model reads.
const MAX_CHARS: usize = 1_000;

/// How long a route is kept: it is a language, a reason and an urgency, and none of the words.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How sure our own classifier must be to be taken where the rules are unsure (docs/benchmarks.md, triage).
const SURE: f32 = 0.8;
/// How sure it must be of a wish for a person of which the rules see nothing: "don't put me through" has 0.82.
const SURE_ALONE: f32 = 0.85;

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "What kind of message it is.")]
pub(crate) struct RouteInput {
    /// The language of the message as a two-letter ISO 639-1 code, such as en.
    language: String,
    /// How soon they need it. emergency: danger or damage now. Leave it out when the message does not say.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = URGENCIES))]
    urgency: Option<Urgency>,
    /// Why a person must take over: they ask for one, they complain, or there is danger or damage now. Leave it out
    /// when none of these is so.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = REASONS))]
    escalate: Option<EscalationReason>,
    /// How sure you are of all of this: a whole number from 0 to 100.
    confidence: u8,
}

pub(crate) const DECLARED: Declared = Declared {
    name: "route",
    tool: "Sorts the customer's message. Call it exactly once.",
    feature: Feature::Route,
    keeping: Keeping::WithTenant(KEPT_FOR),
    shares: false,
    // The reply matters more.
    time_limit: Duration::from_secs(4),
    fallback: "what the rules say",
};

/// A route, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The route.
    pub route: Route,
    /// What models took.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
}

struct Triage<'a> {
    script: &'a Script,
    tenant: &'a Tenant,
    text: &'a str,
    rules: &'a Route,
}

impl Assistant {
    /// Adds to the rules' `route` what our own classifier is sure of. Where nobody is certain by then, asks a model about `text`;
    /// where none can be had, or none may be asked, the route stands.
    pub async fn route(
        &self,
        tenant: &Tenant,
        text: &str,
        route: Route,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Routed {
        let was_unsure = !route.certain && !text.trim().is_empty();
        let route = sorted(text, route);
        let Some((engine, limits)) = self.engine(tenant, cost_mode).filter(|_| was_unsure) else {
            return Routed { route, spent: Vec::new(), counted: None };
        };
        if route.certain {
            // A model would have been asked.
            return Routed { route, spent: vec![Spent::unasked(Feature::Route, CLASSIFIER)], counted: None };
        }
        let script = self.prompts.choose(PromptTask::Route, tenant, None, deadline).await;
        let started = Instant::now();
        let asked = engine.ask(&Triage { script: &script, tenant, text, rules: &route }, limits, deadline).await;
        let counted = counted(&script, started, &asked);
        Routed { route: asked.outcome.unwrap_or(route), spent: asked.spent, counted }
    }
}

impl Task for Triage<'_> {
    type Form = RouteInput;
    type Output = Route;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.tenant.id, contact: None }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Triage<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        prompt(self.script, self.tenant, self.text, self.rules)
    }

    fn accept(&self, form: RouteInput) -> Result<Rated<Route>, Degraded> {
        let confidence = form.confidence;
        Ok(Rated { value: accept(&form, self.text, self.rules)?, confidence })
    }
}

fn prompt(script: &Script, tenant: &Tenant, text: &str, route: &Route) -> Prompt {
    let content = format!("<customer_message>\n{}\n</customer_message>\nCall `route` now.", data(text, MAX_CHARS));
    let business = format!("The business: {}, {}.", tenant.name, tenant.industry);
    Prompt {
        tenant: script.render(Text::System, &[("business", Some(business))]),
        turn: format!("By the rules the language is `{}`; they are not sure.", route.language),
        instructions: script.instructions().to_owned(),
        messages: vec![Message { role: Speaker::User, content }],
    }
}

/// The rules' route with what our own classifier is sure of.
fn sorted(text: &str, rules: Route) -> Route {
    let Some(Sorted { seen, confidence }) = sort(text, rules.language.as_str()) else { return rules };
    let is_taken = match seen {
        // Text that others wrote has hardly any emergency that is denied: where one may be, people or a model decide.
        Seen::Nobody => !rules.certain && confidence >= SURE && !may_be_grave(text),
        Seen::Person => confidence >= if rules.certain { SURE_ALONE } else { SURE },
        Seen::Complaint | Seen::Emergency => !rules.certain && confidence >= SURE,
    };
    if !is_taken {
        return rules;
    }
    let (escalate, urgency) = match seen {
        Seen::Nobody => (None, None),
        Seen::Person => (Some(EscalationReason::CustomerAsked), None),
        Seen::Complaint => (Some(EscalationReason::Complaint), None),
        Seen::Emergency => (Some(EscalationReason::Emergency), Some(Urgency::Emergency)),
    };
    Route { urgency: rules.urgency.max(urgency), escalate: rules.escalate.or(escalate), certain: true, ..rules }
}

/// Checks what was filled in and joins it with what the rules say.
fn accept(form: &RouteInput, text: &str, rules: &Route) -> Result<Route, Degraded> {
    let language = Language::new(&form.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
    let language = if language::may_be(text, &language) { language } else { rules.language.clone() };
    if form.confidence > 100 {
        return Err(Degraded::Invalid("confidence is over 100"));
    }
    let escalate = form.escalate.filter(|reason| REASONS.contains(reason));
    Ok(Route {
        language,
        urgency: rules.urgency.max(form.urgency),
        escalate: rules.escalate.or(escalate),
        certain: true,
    })
}
