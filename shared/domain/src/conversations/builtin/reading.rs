//! Everything that one message says, read once.
//!
//! Details are read by their shape wherever they stand. Beyond that, a short message that asks nothing and has no
//! other detail is the answer to the question asked before; a question back ("how much is it?") never is.

use std::borrow::Cow;
use std::ops::Range;

use dates::Wish;
use language::{Intent, Intents};
use serde_json::Value;

use super::changes::clauses;
use super::follow_up::{self, Carried};
use super::heard::{self, Heard, Topic};
use super::tokens::{Tokens, tidy};
use super::vocabulary::Said;
use super::wanted::{self, Named};
use super::{Turn, cancelling, details, kinds, phrases, place, service};
use crate::conversations::{Question, Sentiment, faqs, wishes};
use crate::leads::{GivenDetails, Qualification};
use crate::messaging::Content;
use crate::tenancy::{Faq, Service, WorksAt};
use ::language::{MAX_CHARS, Words};

/// The longest answer that is taken whole, in characters.
const MAX_ANSWER_CHARS: usize = 80;

/// Next to thanks, an answer has at most this many words: "Denver, thanks", and not "that was very helpful, thanks".
const MAX_THANKED_WORDS: usize = 3;

/// A name in small letters stands among at most so many words.
const MAX_CARD_WORDS: usize = 6;

/// A number is written in at most so many groups of figures.
const MAX_NUMBER_GROUPS: usize = 6;

/// What a message says.
pub(super) struct Reading<'t> {
    pub(super) heard: Heard,
    /// What they want besides.
    pub(super) intents: Intents,
    pub(super) sentiment: Sentiment,
    /// Services it names, the most exact match first.
    pub(super) services: Vec<&'t Service>,
    /// Services that it says are not wanted, or no more.
    pub(super) refused: Vec<&'t Service>,
    /// The frequent question it asks.
    pub(super) faq: Option<&'t Faq>,
    /// When, as far as this message says it.
    pub(super) when: Option<&'t Wish>,
    /// When they would like to come, with what they said before.
    pub(super) wish: Option<&'t Wish>,
    /// When they would like something that is no part of their stay.
    pub(super) besides: Option<&'t Wish>,
    /// It has a number to dial that is none of the tenant's region.
    pub(super) has_foreign_number: bool,
    pub(super) learned: Qualification,
    pub(super) given: GivenDetails,
    /// The name in it is that of someone for whom they write.
    is_for_another: bool,
    /// The time they would like for an appointment.
    pub(super) requested_time: Option<String>,
    /// They are ready to buy, or say one of the tenant's hot words.
    pub(super) is_ready: bool,
    /// They speak of cancelling, and do not: "I might have to cancel".
    pub(super) is_kept: bool,
    /// They say when one is that they have already, and nothing of it is arranged in this talk.
    pub(super) has_one: bool,
    /// Someone else is to be seen too: "can my wife come with me, she wants a cleaning".
    pub(super) has_companion: bool,
    /// A second time in the same message, besides the one that they wish for.
    pub(super) second: Option<&'t Wish>,
}

impl<'t> Reading<'t> {
    /// Reads the message of `turn`.
    pub(super) fn new(turn: &Turn<'t>) -> Self {
        let said = said(turn.content);
        let said = said.replace("M.ª", "María").replace("Mª", "María");
        let text = details::written(&said);
        let tokens = Tokens::new(&text);
        let is_contact_asked = turn.asked() == Some(&Question::Contact);
        let place_is_open = turn.tenant.works_at() == WorksAt::Customer
            && turn.lead.is_none_or(|lead| lead.qualification.location.is_none());
        let context = details::Context {
            region: &turn.tenant.region,
            // What answers "how can we reach you?" is the writer's own, as what stands in a form is.
            is_own: matches!(turn.content, Content::Form { .. })
                || is_contact_asked
                || Intents::read(&text).has(Intent::CallBack),
            is_asked: is_contact_asked || turn.asked() == Some(&Question::Name),
            may_be_place: turn.asked() == Some(&Question::Location) || place_is_open,
        };
        let (mut given, name) = details::given(&tokens, &context);
        let is_name = |name: &Range<usize>| is_name_still(turn, &tokens, name, context.is_asked);
        let name = name.filter(is_name);
        given.name = given.name.filter(|_| name.is_some());
        let is_name = context.is_asked && !context.may_be_place && !kinds::is_vehicle(&text);
        let last_first = details::last_name_first(&text).filter(|_| is_name);
        given.name = last_first.or(given.name);
        let is_for_another = name.as_ref().is_some_and(|name| details::is_for_another(&tokens, name));
        if turn.has_said_any(&phrases::ALL.map(|phrases| phrases.ask_country)) {
            given.phone = given.phone.or_else(|| turn.with_its_country(&text));
        }
        // "Luc Martin, 06 12 34 56 78", two questions after the one who they are.
        let is_card = turn.asked_who()
            && text.split_whitespace().count() <= MAX_CARD_WORDS + MAX_NUMBER_GROUPS
            && text.split([',', ';', '\n']).next().is_some_and(|first| details::leading_name(first).is_some());
        let is_own = context.is_own || is_card || Said::new(&Words::new(&text)).has(|words| words.own);
        let is_reach_open = is_own && given.addresses().is_empty();
        let has_foreign_number = is_reach_open && details::foreign_number(&tokens, context.region).is_some();
        // Who is called Price asks for none, and Mr Park is no place for the car.
        let text = without(&text, name.and_then(|name| tokens.place(&name)));
        let (words, tokens) = (Words::new(&text), Tokens::new(&text));
        let mut heard = Heard::new(&text, &words);
        let mut intents = Intents::read(&text);
        let is_kept = intents.has(Intent::Cancel) && !cancelling::is_ordered(&text);
        if is_kept {
            intents.remove(Intent::Cancel);
        }
        if turn.when.is_some_and(|when| when.asks_back) {
            intents.add(Intent::Confirm);
        }
        let Named { mut services, refused } = wanted::named(turn, &intents, &text, &words);
        let has_companion = wishes::is_for_companion(turn.tenant, &text);
        if has_companion && wanted::known(turn).next().is_some() && !intents.has(Intent::Price) {
            // What the other person wants is none of theirs.
            services.clear();
        }
        let carried =
            turn.conversation.and_then(|thread| follow_up::carried(&heard, &intents, thread, !services.is_empty()));
        match carried {
            Some(Carried::Price) => heard.add(Topic::Price),
            Some(Carried::Hours) => heard.add(Topic::Hours),
            Some(Carried::Topic(topic)) => intents.add(topic),
            None if heard.asks_hours(&intents) => heard.add(Topic::Hours),
            None => {}
        }
        heard.add_contact(&intents);
        // "Room 12, can someone come at 3?" is of a guest who is there, and asks for no stay.
        if wishes::is_lodging(turn.tenant) && services.is_empty() && !dates::rooms(&text).is_empty() {
            heard.drop(Topic::Booking);
        }
        // Who tells their own address asks for none.
        if heard.has(Topic::Address) && !heard.is_question && !intents.is_question() && place::tells_address(&tokens) {
            heard.drop(Topic::Address);
        }
        if heard.has(Topic::Phone) && !heard.is_question && !given.addresses().is_empty() {
            heard.drop(Topic::Phone);
        }
        let hot_word = turn.tenant.hot_words.iter().any(|word| words.contains_phrase(word));
        let mut reading = Self {
            sentiment: heard::sentiment(&words, turn.route.escalate),
            services,
            refused,
            is_for_another,
            has_companion,
            faq: faqs::asked(turn.tenant, &text),
            when: turn.when.and_then(|when| when.said.as_ref()),
            wish: turn.when.and_then(|when| when.wish.as_ref()),
            besides: turn.when.and_then(|when| when.besides.as_ref()),
            second: turn.when.and_then(|when| when.second.as_ref()),
            has_one: turn.when.is_some_and(|when| when.has_one),
            is_kept,
            has_foreign_number,
            learned: Qualification::default(),
            given,
            requested_time: None,
            is_ready: hot_word || heard.has(Topic::Ready),
            intents,
            heard,
        };
        // Who asks on after an answer is not helped by its words again.
        let is_said = |faq: &Faq| turn.last_reply().is_some_and(|line| line.contains(&faq.answer));
        reading.faq = reading.faq.filter(|faq| {
            !is_said(faq) && !follow_up::is_of_other_work(turn, &reading.intents, &reading.services, faq)
        });
        reading.given.name = reading.given.name.or_else(|| form_name(turn.content));
        // Whoever was asked before, and answered something else first, may say it later; and who is offered times may say it unasked.
        let is_whole = details::is_whole_name(&tokens) && (turn.asked_who() || turn.asks_when());
        let is_late = turn.asked_who_last() && reading.names_nothing(turn, &text) && details::is_small_name(&tokens);
        // "Hélène", two questions later: no place and no answer to what was asked since.
        let is_free = matches!(turn.just_asked(), None | Some(Question::BookingTime | Question::Day | Question::Hour));
        let is_first_name = || is_free && turn.asked_who() && details::is_first_name(&tokens);
        let is_late = is_late || is_first_name() && reading.names_nothing(turn, &text);
        // A name alone, after a question was passed on: "Dave Miller".
        let has_passed_on = turn.just_asked().is_none()
            && turn.has_said_any(&phrases::ALL.map(|phrases| phrases.ask_the_team))
            && details::is_whole_name(&tokens)
            && reading.names_nothing(turn, &text);
        let was_asked = !turn.knows_name() && (is_whole || is_late || has_passed_on || is_card && has_foreign_number);
        if (context.is_asked && !turn.knows_name()) || was_asked {
            reading.given.name = reading.given.name.take().or_else(|| reading.name_alone(&text));
        }
        reading.learn(turn, &words, &tokens);
        let answer = reading.is_plain_answer().then(|| answer_text(&text)).flatten();
        reading.requested_time = reading.booking_time(turn, answer.as_deref());
        if turn.intake_answer().is_some() {
            // What answers the business's own question is no budget.
            reading.learned.budget = None;
        } else if let (Some(question), Some(answer)) = (turn.asked(), answer) {
            reading.take_answer(turn, question, &answer, &words, &tokens);
        }
        reading.learned.urgency = turn.route.urgency;
        reading.learned.how_many = how_many(turn, &text).map(|all| tidy(&all, 2 * MAX_ANSWER_CHARS));
        reading
    }

    /// Whether anything about the customer or their wish was learned.
    pub(super) fn has_details(&self) -> bool {
        self.learned != Qualification::default() || self.given != GivenDetails::default()
    }

    /// Whether one of several services leaves, and the appointment stays.
    pub(super) fn drops_service(&self, turn: &Turn<'_>) -> bool {
        let was_wanted = |name: &str| self.refused.iter().any(|service| service.name == name);
        self.learned.service_interest.is_some() && wanted::known(turn).any(was_wanted)
    }

    /// By what they are to be called who wrote it, where it says so.
    pub(super) fn name(&self) -> Option<&str> {
        self.given.name.as_deref().filter(|_| !self.is_for_another)
    }

    /// Whether the days in it are those on which the business is open, or a person is there.
    fn is_of_hours(&self) -> bool {
        let asks = self.heard.has(Topic::Hours) || self.heard.asks_who_is_in(&self.intents);
        asks && !self.heard.has(Topic::Booking)
    }

    /// Whether the message names nothing of the trade, and wants nothing.
    fn names_nothing(&self, turn: &Turn<'_>, text: &str) -> bool {
        let mentions = service::mentions(turn.tenant, text);
        let is_none = mentions.offered.is_empty() && mentions.not_offered.is_empty() && mentions.unclear.is_empty();
        is_none && self.services.is_empty() && self.intents.iter().next().is_none()
    }

    /// What stands in the message by its shape.
    fn learn(&mut self, turn: &Turn<'_>, words: &Words, tokens: &Tokens<'_>) {
        let about_hours = self.is_of_hours();
        let asks_price = self.heard.has(Topic::Price) && turn.asked() != Some(&Question::Budget);
        let budget = details::budget(tokens, turn.asked() == Some(&Question::Budget));
        let named = Named { services: self.services.clone(), refused: self.refused.clone() };
        let mut services = wanted::all(turn, &named, &self.heard, words, self.when.is_some()).into_iter();
        self.learned = Qualification {
            service_interest: services.next(),
            other_services: services.collect(),
            timeline: self.wish.filter(|_| !about_hours && self.when.is_some()).map(|wish| wish.words.clone()),
            location: pin(turn.content).or_else(|| {
                // A bare sum of five digits has the shape of a postal code.
                place::find(tokens, &turn.tenant.region)
                    .filter(|place| budget.as_deref().is_none_or(|sum| !sum.ends_with(place)))
                    // "In December".
                    .filter(|place| self.when.is_none_or(|when| !when.words.contains(place)))
                    .or_else(|| turn.places.named_in(turn.content.text()).map(|location| location.name.clone()))
            }),
            ..Qualification::default()
        };
        self.learned.budget = budget.filter(|_| !asks_price || details::names_budget(words));
    }

    /// Says something, and neither asks nor announces anything: it can be an answer to us.
    fn is_plain_answer(&self) -> bool {
        let asks = self.heard.wants_something() || self.heard.is_question || self.faq.is_some();
        !asks && self.heard.substance > 0
    }

    /// The time for an appointment: a day or an hour, where an appointment is spoken of, a service is known, or we asked when; or
    /// both together.
    fn booking_time(&self, turn: &Turn<'_>, answer: Option<&str>) -> Option<String> {
        let asked = turn.asks_when();
        if self.heard.has(Topic::NotNow) || self.is_of_hours() {
            return None;
        }
        let Some((when, wish)) = self.when.zip(self.wish) else {
            // No time that we can read, and no other detail either: staff read it.
            let figures = answer.filter(|answer| answer.contains(|c: char| c.is_ascii_digit()) && !self.has_details());
            return figures.filter(|_| asked).map(str::to_owned);
        };
        let names = when.day.is_some() || when.time.is_some() || when.change.is_some() || when.nights.is_some();
        let loose = when.soon || when.any_time;
        let knows_service = turn.lead.is_some_and(|lead| lead.qualification.service_interest.is_some());
        let is_arranging =
            asked || self.heard.has(Topic::Booking) || turn.conversation.is_some_and(|thread| thread.wish.is_some());
        let wanted = is_arranging || knows_service || !self.services.is_empty() || wish.is_precise();
        // "A brushing on Friday at 10, how much?" asks for both, "how much is it on Friday at 10?" for the price.
        let is_apart = || wish.is_precise() && clauses(turn.content.text()).any(|it| names_alone(it, &when.words));
        let asks_price = self.heard.has(Topic::Price) && !is_arranging && !is_apart();
        // "What's the earliest you can look at it?" wishes for that.
        let is_soon = when.soon && (knows_service || !self.services.is_empty());
        ((names && wanted && !asks_price) || (loose && asked) || is_soon).then(|| wish.words.clone())
    }

    /// A name and nothing else, as an answer: "Jo Park", "jo park, 303-555-0142", "Sure, it's Jo".
    fn name_alone(&self, text: &str) -> Option<String> {
        let is_other = [Topic::NotNow, Topic::Unsure, Topic::Goodbye].iter().any(|topic| self.heard.has(*topic));
        // People are called Ford too: what stands beside their number is their name.
        let is_vehicle = self.given.addresses().is_empty() && kinds::is_vehicle(text);
        if is_other
            || is_vehicle
            || self.heard.is_question
            || self.intents.is_question()
            || self.heard.wants_something()
            // "Kim, 303 555 0122. Around 7:45."
            || self.when.is_some() && self.given.addresses().is_empty()
            || !self.services.is_empty()
        {
            return None;
        }
        let is_long = text.split_whitespace().count() > MAX_CARD_WORDS;
        // The point of "Dr." ends no clause.
        let plain = |word: &str| match word.strip_suffix(". ") {
            Some(title) if details::is_titled(title) => format!("{title} "),
            _ => word.to_owned(),
        };
        let text = &text.split_inclusive(' ').map(plain).collect::<String>();
        let clauses = text.split([',', ';', '!', '.', '\n']).map(Some);
        // "My husband, Dan Ortiz" is not who writes.
        let with_before = std::iter::once(None).chain(clauses.clone()).zip(clauses.flatten());
        with_before
            .map(|(before, clause)| (before, details::before_others(clause).unwrap_or(clause)))
            .filter(|(before, clause)| !heard::is_reply_word(clause) && !details::is_of_another(clause, *before))
            .find_map(|(_, clause)| {
                let name = details::leading_name(clause)?;
                // "Headache, dizziness and a fever": small letters are a name only where little else is said.
                (!is_long || clause.contains(&name)).then_some(name)
            })
    }

    /// Reads `answer` as the answer to `question`, where nothing says that it is something else.
    fn take_answer(&mut self, turn: &Turn<'_>, question: &Question, answer: &str, words: &Words, tokens: &Tokens<'_>) {
        if *question == Question::DecisionMaker {
            self.learned.decision_maker = details::decision_maker(words);
            return;
        }
        let is_reply_word =
            [Topic::Yes, Topic::NotNow, Topic::Goodbye, Topic::Unsure].iter().any(|topic| self.heard.has(*topic));
        let is_thanks = self.heard.has(Topic::Thanks) && self.heard.substance > MAX_THANKED_WORDS;
        if let Some(when) = self.when.filter(|_| *question == Question::Location && self.learned.location.is_none()) {
            // "Tacoma, Saturday at 10".
            self.learned.location = place::beside(answer, &when.words);
        }
        if is_reply_word || is_thanks || self.has_details() {
            return;
        }
        let place_is_open = turn.lead.is_none_or(|lead| lead.qualification.location.is_none());
        let can_be_place = place::is_possible(&Words::new(answer));
        let answer = Some(answer.to_owned());
        let is_going = turn.tenant.works_at() == WorksAt::Customer;
        match question {
            // Which of several is meant beside the one that is known is none of its own.
            Question::Service if turn.lead.is_some_and(|lead| lead.qualification.service_interest.is_some()) => {}
            Question::Service => {
                let is_thing = self.when.is_none() && service::is_thing(words, &self.intents);
                self.learned.service_interest = answer.filter(|_| is_thing);
            }
            Question::Location => {
                self.learned.location = place::after_lead_in(tokens).or(answer.filter(|_| can_be_place));
            }
            // No time, but a name: the late answer to the question before.
            Question::Timeline | Question::BookingTime | Question::Day
                if is_going && place_is_open && self.heard.substance <= 2 && place::starts_upper(tokens, 0) =>
            {
                self.learned.location = answer;
            }
            Question::Timeline => self.learned.timeline = answer,
            Question::Budget => self.learned.budget = answer,
            // The business's own was read before, by its own rules.
            Question::DecisionMaker
            | Question::BookingTime
            | Question::Day
            | Question::Hour
            | Question::Departure
            | Question::CancelThis
            | Question::MoveThis
            | Question::Waitlist
            | Question::Contact
            | Question::Name
            | Question::Intake(_) => {}
        }
    }
}

/// What they counted so far, and what `text` counts besides; `None`: nothing is new.
fn how_many(turn: &Turn<'_>, text: &str) -> Option<String> {
    let known = turn.lead.and_then(|lead| lead.qualification.how_many.as_deref());
    let new: Vec<String> =
        language::counted(text).into_iter().filter(|one| !known.is_some_and(|known| known.contains(one))).collect();
    (!new.is_empty()).then(|| known.into_iter().chain(new.iter().map(String::as_str)).collect::<Vec<_>>().join(", "))
}

/// Whether `clause` says `when`, and asks for no price.
fn names_alone(clause: &str, when: &str) -> bool {
    let heard = Heard::new(clause, &Words::new(clause));
    clause.contains(when) && !heard.has(Topic::Price) && !Intents::read(clause).has(Intent::Price)
}

/// Whether what stands at `name` is a name for this business: no service of its, and nothing less than the whole name of who is
/// known already.
fn is_name_still(turn: &Turn<'_>, tokens: &Tokens<'_>, name: &Range<usize>, is_asked: bool) -> bool {
    let text = tokens.slice(name);
    let mentions = service::mentions(turn.tenant, text);
    let is_service = !mentions.offered.is_empty() || !mentions.unclear.is_empty();
    // "Brakes on Friday, Denver, 303 …" at a shop in Denver.
    let is_near = !text.contains(' ')
        && turn.tenant.business.address.as_deref().is_some_and(|address| Words::new(address).contains_phrase(text));
    let begins_upper = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let is_capitalised =
        || begins_upper(text.split_whitespace().next()) && begins_upper(text.split_whitespace().last());
    (is_asked || !is_service && !is_near)
        && (!turn.knows_name() || is_capitalised() || details::is_announced(tokens, name))
}

/// `text` without the name that stands at `name`.
fn without<'t>(text: &'t str, name: Option<Range<usize>>) -> Cow<'t, str> {
    let around = name.and_then(|name| Some((text.get(..name.start)?, text.get(name.end..)?)));
    around.map_or(Cow::Borrowed(text), |(before, after)| Cow::Owned(format!("{before} {after}")))
}

/// `text` as an answer: without clauses that are mere courtesies; `None` where it is too long to be one, or has no word.
fn answer_text(text: &str) -> Option<String> {
    let clauses = text.split_inclusive([',', '!', ';', '\n']).filter(|clause| !heard::is_courtesy(clause));
    let answer = tidy(&clauses.collect::<String>(), MAX_ANSWER_CHARS + 1);
    let answer = answer.trim_end_matches(['.', ',', '!', ';']);
    (answer.chars().count() <= MAX_ANSWER_CHARS && answer.contains(char::is_alphanumeric)).then(|| answer.to_owned())
}

/// The words of a message; of a form its values, one a line.
pub(super) fn said(content: &Content) -> Cow<'_, str> {
    let Content::Form { json } = content else { return Cow::Borrowed(content.text()) };
    let Ok(form) = serde_json::from_str::<Value>(json) else { return Cow::Borrowed("") };
    let mut text = String::new();
    let mut waiting = vec![&form];
    while let Some(value) = waiting.pop().filter(|_| text.len() < MAX_CHARS) {
        match value {
            Value::String(line) => text.extend([line, "\n"]),
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => waiting.extend(fields.values().rev()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    Cow::Owned(text)
}

/// The field `name` of a form.
fn form_name(content: &Content) -> Option<String> {
    let Content::Form { json } = content else { return None };
    let form: Value = serde_json::from_str(json).ok()?;
    let name = ["name", "full_name", "first_name"].iter().find_map(|field| form.get(field)?.as_str())?;
    details::given_name(name).map(str::to_owned)
}

/// A place on the map: its label, else its degrees.
pub(crate) fn pin(content: &Content) -> Option<String> {
    let Content::Location { latitude, longitude, label } = content else { return None };
    let label = tidy(label, MAX_ANSWER_CHARS);
    if !label.is_empty() {
        return Some(label);
    }
    (latitude.is_finite() && longitude.is_finite()).then(|| format!("{latitude:.5}, {longitude:.5}"))
}
