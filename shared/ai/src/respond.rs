//! The tool through which a model answers a customer, and the check of what it says.
//!
//! The check promises that an [`Answer`] holds to the limits of the domain whatever the model wrote. A wrong reply,
//! language, action or number makes the whole call invalid; a detail about the customer that does not hold up (an
//! e-mail address that is none, a service that is empty) is dropped, because the rest is still a good answer.

use domain::conversations::answer::MAX_REPLY_CHARS;
use domain::conversations::builtin::Turn;
use domain::conversations::{Action, Answer, Author, Intent, Question, Sentiment};
use domain::ids::QuestionId;
use domain::leads::{GivenDetails, Qualification, Score, Urgency};
use domain::messaging::{Email, Phone};
use domain::tenancy::{Language, Tenant, intake};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::Degraded;

/// The most characters of a name, a fact or a requested time.
const MAX_DETAIL_CHARS: usize = 200;
/// The most services that are kept beside the one named last.
const MAX_OTHER_SERVICES: usize = 5;

/// What a model may decide. [`Action::AskTeam`] is not among it: whether the business's data has an answer is for the code to
/// say, and a model that does not know calls a person.
const ACTIONS: [Action; 7] = [
    Action::Reply,
    Action::Escalate,
    Action::TransferHotLead,
    Action::OfferBooking,
    Action::RequestBooking,
    Action::Nurture,
    Action::End,
];
const INTENTS: [Intent; 16] = [
    Intent::Greeting,
    Intent::Hours,
    Intent::Price,
    Intent::Address,
    Intent::Service,
    Intent::Booking,
    Intent::Complaint,
    Intent::Emergency,
    Intent::Human,
    Intent::Detail,
    Intent::Thanks,
    Intent::NotNow,
    Intent::OptOut,
    Intent::OptIn,
    Intent::MissedCall,
    Intent::Other,
];
const QUESTIONS: [Question; 6] = [
    Question::Service,
    Question::Location,
    Question::Timeline,
    Question::Budget,
    Question::DecisionMaker,
    Question::BookingTime,
];
const SCORES: [Score; 4] = [Score::Hot, Score::Warm, Score::Cold, Score::Unscored];
pub(crate) const SENTIMENTS: [Sentiment; 3] = [Sentiment::Positive, Sentiment::Neutral, Sentiment::Negative];
pub(crate) const URGENCIES: [Urgency; 4] = [Urgency::Low, Urgency::Normal, Urgency::High, Urgency::Emergency];

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The answer to the customer's last message.")]
pub(crate) struct RespondInput {
    /// What the customer reads, in their language: plain text within the length of the channel.
    reply: String,
    /// The language of the reply as a two-letter ISO 639-1 code, such as en.
    language: String,
    /// What the customer wants with their last message. detail: they answer a question of ours.
    #[schemars(with = "String", extend("enum" = INTENTS))]
    intent: Intent,
    /// How the customer feels.
    #[schemars(with = "String", extend("enum" = SENTIMENTS))]
    sentiment: Sentiment,
    /// The one thing to do besides replying.
    #[schemars(with = "String", extend("enum" = ACTIONS))]
    action: Action,
    /// How promising the lead is. hot: wants it now; warm: interested; cold: looking around; unscored: not enough known.
    #[schemars(with = "String", extend("enum" = SCORES))]
    score: Score,
    /// How sure you are that the reply is right and complete: a whole number from 0 to 100.
    confidence: u8,
    /// What the customer said that was not known before. Leave out what they did not say.
    qualification: LearnedInput,
    /// Contact details that the customer wrote in the last message. Leave out what they did not write.
    given: GivenInput,
    /// The day and time they would like, in their words. Only with the action request_booking.
    requested_time: Option<String>,
    /// What the question in your reply asks for. Leave it out when you ask none of these.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = QUESTIONS))]
    asked: Option<Question>,
    /// What the customer answers to questions of the business. Leave it out when they answer none.
    #[serde(default)]
    intake_answers: Vec<IntakeInput>,
    /// The id of the question of the business that your reply asks. Leave it out when you ask none of these.
    asked_intake: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IntakeInput {
    /// The id of the question.
    question: String,
    /// What they answer: of a choice its value, of a date and a number the figures, else their words.
    text: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LearnedInput {
    /// The service, by its name in the list where it is one of those.
    service_interest: Option<String>,
    /// How soon it must be. emergency: danger or damage now.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = URGENCIES))]
    urgency: Option<Urgency>,
    /// What they want to spend, in their words.
    budget: Option<String>,
    /// Where the work is, in their words.
    location: Option<String>,
    /// Whether they decide by themselves.
    decision_maker: Option<bool>,
    /// When they want it, in their words.
    timeline: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GivenInput {
    /// Their name.
    name: Option<String>,
    /// Their e-mail address.
    email: Option<String>,
    /// Their telephone number.
    phone: Option<String>,
}

/// Checks the input of a call, however it came about. The author is left for the caller to fill in.
///
/// Answers to the business's questions are read as the customer's own words would be; one that is not understood, or is
/// about no question of the tenant's, is dropped.
///
/// # Errors
/// [`Degraded::Invalid`] naming what is wrong.
pub fn read(input: Value, turn: &Turn<'_>, now: Timestamp) -> Result<Answer, Degraded> {
    let input =
        serde_json::from_value(input).map_err(|_| Degraded::Invalid("the input is not of the tool's schema"))?;
    accept(input, turn, now)
}

pub(crate) fn accept(input: RespondInput, turn: &Turn<'_>, now: Timestamp) -> Result<Answer, Degraded> {
    let tenant = turn.tenant;
    let language = Language::new(&input.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
    if input.confidence > 100 {
        return Err(Degraded::Invalid("confidence is over 100"));
    }
    if !ACTIONS.contains(&input.action) {
        return Err(Degraded::Invalid("action is none of the tool's"));
    }
    let requested_time = detail(input.requested_time);
    let action = match input.action {
        // Where the calendar has a say, no one is asked to confirm a time.
        Action::RequestBooking if requested_time.is_none() || turn.visit.is_some() => Action::OfferBooking,
        action => action,
    };
    let today = now.to_zoned(tenant.time_zone()).date();
    let given = input.intake_answers.iter().take(intake::MAX_QUESTIONS);
    let intake = given.filter_map(|given| given.read(turn, today)).collect();
    let own = input.asked_intake.and_then(|id| own_question(turn, &intake, &id));
    Ok(Answer {
        reply: reply(&input.reply)?,
        language,
        intent: input.intent,
        sentiment: input.sentiment,
        action,
        score: input.score,
        confidence: input.confidence,
        qualification: input.qualification.read(turn),
        given: input.given.read(tenant),
        requested_time: requested_time.filter(|_| action == Action::RequestBooking),
        asked: own.or(input.asked.filter(|question| !matches!(question, Question::Intake(_)))),
        intake,
        citations: Vec::new(),
        author: Author::default(),
    })
}

/// The question of the business with this id, if it is one and still open.
fn own_question(turn: &Turn<'_>, given: &BTreeMap<QuestionId, intake::Answer>, id: &str) -> Option<Question> {
    let question = turn.tenant.intake.iter().find(|question| question.id.as_str() == id)?;
    let is_known =
        given.contains_key(&question.id) || turn.lead.is_some_and(|lead| lead.intake.contains_key(&question.id));
    (!is_known).then(|| Question::Intake(question.id.clone()))
}

/// What a customer reads: trimmed, without what no person sees, of a length that goes out.
pub(crate) fn reply(text: &str) -> Result<String, Degraded> {
    let is_shown = |c: &char| (!c.is_control() || *c == '\n') && !is_direction(*c);
    let reply: String = text.chars().filter(is_shown).collect();
    let reply = reply.trim();
    match reply.chars().count() {
        0 => Err(Degraded::Invalid("reply is empty")),
        1..=MAX_REPLY_CHARS => Ok(reply.to_owned()),
        _ => Err(Degraded::Invalid("reply is too long")),
    }
}

/// Marks of direction that models write into Persian, Arabic and Hebrew; a channel finds the direction by itself.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}')
}

/// One line, trimmed and cut; nothing when nothing is left.
fn detail(text: Option<String>) -> Option<String> {
    let one_line: String = text?.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let kept: String = one_line.trim().chars().filter(|c| !c.is_control()).take(MAX_DETAIL_CHARS).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

impl LearnedInput {
    fn read(self, turn: &Turn<'_>) -> Qualification {
        let service_interest = detail(self.service_interest).map(|words| {
            let listed =
                turn.tenant.services.iter().find(|service| service.name.to_lowercase() == words.to_lowercase());
            listed.map_or(words, |service| service.name.clone())
        });
        // A model names one: what was named before is kept beside it.
        let known = turn.lead.into_iter().flat_map(|lead| lead.qualification.services());
        let named = service_interest.as_deref();
        let others = known.filter(|name| named.is_some_and(|named| named != *name));
        let other_services = others.take(MAX_OTHER_SERVICES).map(str::to_owned).collect();
        Qualification {
            other_services,
            service_interest,
            urgency: self.urgency,
            budget: detail(self.budget),
            location: detail(self.location),
            decision_maker: self.decision_maker,
            timeline: detail(self.timeline),
            how_many: None,
        }
    }
}

impl IntakeInput {
    fn read(&self, turn: &Turn<'_>, today: Date) -> Option<(QuestionId, intake::Answer)> {
        let question = turn.tenant.intake.iter().find(|question| question.id.as_str() == self.question)?;
        let answer = question.read(&self.text, &turn.route.language, today).ok()?;
        Some((question.id.clone(), answer))
    }
}

impl GivenInput {
    fn read(self, tenant: &Tenant) -> GivenDetails {
        GivenDetails {
            name: detail(self.name),
            email: self.email.and_then(|text| Email::new(&text, "email").ok()),
            phone: self.phone.and_then(|text| Phone::typed(&text, &tenant.region, "phone").ok()),
        }
    }
}
