//! Where a conversation stands: what is known, what is missing, and what is asked next.
//!
//! The order is a good receptionist's. While an appointment is arranged: the service, the day and the hour, the business's own
//! questions, the place where the business goes to its customers, then who they are and how they can be reached. Before
//! that, the time comes last. A question that was not answered is asked once more, in other words and not at once; then
//! it is left to staff.

use ::language::{Intents, OfAppointment};
use dates::Wish;

use super::changes::{Change, clauses};
use super::heard::Topic;
use super::locale::Locale;
use super::reading::Reading;
use super::{Turn, cancelling, facts, phrases};
use crate::conversations::{Question, Role, VisitStep, intake, wishes};
use crate::leads::{Lead, Qualification};
use crate::tenancy::{Location, Service, WorksAt, intake as own};
use jiff::Timestamp;
use jiff::civil::Time;

/// How often one question is asked.
const MAX_ASKED: usize = 2;
/// "No, cancel that" ends what is being arranged; with more words it may say when they cannot.
const MAX_CANCEL_WORDS: usize = 3;
/// How often a day is asked for, in whatever words.
const MAX_ASKED_DAY: usize = 3;

/// How far an appointment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// None is spoken of.
    Talking,
    /// One is spoken of.
    Arranging,
    /// A time was asked for.
    Requested,
    /// They were told that the team confirms it.
    Promised,
}

/// A question to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask<'t> {
    pub(super) question: Question,
    /// The business's own, where it is one.
    pub(super) own: Option<&'t own::Question>,
    /// It was asked before.
    pub(super) again: bool,
}

/// Where a conversation stands with the message that just came.
pub(super) struct State<'t> {
    pub(super) stage: Stage,
    /// The question to ask now.
    pub(super) next: Option<Ask<'t>>,
    pub(super) knows_name: bool,
    /// The offer of an appointment was accepted, without a time.
    pub(super) accepts_offer: bool,
    /// What is to become of an appointment, where that is no mere correction of the time that is being arranged.
    pub(super) change: Option<Change>,
    /// The talk is about an appointment that was made before it: staff know what it is for.
    pub(super) is_about_existing: bool,
    /// They want to stay for nights.
    pub(super) is_stay: bool,
    /// The free times among which they choose.
    pub(super) offered: Option<&'t [Timestamp]>,
}

impl<'t> State<'t> {
    pub(super) fn new(
        turn: &Turn<'t>,
        reading: &Reading<'t>,
        known: &Qualification,
        locale: &Locale<'_>,
        asks_which: bool,
        now: Timestamp,
    ) -> Self {
        let accepts_offer =
            turn.asked() == Some(&Question::BookingTime) && reading.heard.has(Topic::Yes) && reading.when.is_none();
        let of_changes = locale.phrases.of_changes();
        let was_just = || turn.last_reply().is_some_and(|line| of_changes.iter().any(|words| line.contains(words)));
        let was_about_existing = was_just() || (turn.has_said_any(&of_changes) && !reading.heard.has(Topic::Booking));
        let change = change(turn, reading, was_about_existing);
        let told_of_own =
            || turn.has_told_of_own() && !reading.heard.has(Topic::Booking) && reading.services.is_empty();
        let is_about_existing =
            change.is_some_and(|_| !arranges(turn)) || was_about_existing || reading.has_one || told_of_own();
        let mut state = Self {
            stage: stage(turn, reading, locale),
            next: None,
            knows_name: turn.knows_name() || reading.given.name.is_some(),
            accepts_offer,
            change,
            is_about_existing,
            is_stay: wishes::is_stay(turn.tenant, known.services()),
            offered: offered(turn),
        };
        // A person who is on it asks for themselves, unless a time is being arranged; what a visit costs does not arrange one.
        let only_asks = facts::asks(reading) && reading.when.is_none() && !arranges(turn);
        let is_talking = (state.stage == Stage::Talking || only_asks) && !is_about_existing;
        let is_silent = (turn.is_with_staff() && is_talking) || accepts_offer;
        if state.offered.is_some() {
            state.next = Some(Ask { question: Question::BookingTime, own: None, again: false });
        } else if asks_which && !state.is_about_existing {
            state.next = Some(Ask { question: Question::Service, own: None, again: false });
        } else if !is_silent {
            state.next = state.missing(turn, reading, known, now);
        }
        state
    }

    pub(super) fn is_arranging(&self) -> bool {
        self.stage >= Stage::Arranging || self.is_about_existing
    }

    /// A time was asked for.
    pub(super) fn has_request(&self) -> bool {
        self.stage >= Stage::Requested
    }

    /// The first of what is missing that was not asked; failing that, the first that was asked once and not just now.
    fn missing(
        &self,
        turn: &Turn<'t>,
        reading: &Reading<'t>,
        known: &Qualification,
        now: Timestamp,
    ) -> Option<Ask<'t>> {
        let plain = |question| Ask { question, own: None, again: false };
        // A number that cannot be dialled is asked about at once.
        if reading.has_foreign_number
            && !is_reachable(turn, reading)
            && !turn.has_said_any(&phrases::ALL.map(|phrases| phrases.ask_country))
        {
            return Some(Ask { again: true, ..plain(Question::Contact) });
        }
        let lists = !turn.tenant.services.is_empty() && turn.visit.is_none();
        // What they told of the team has, and it fits no service: "my crown fell off". A business that does or has something is none.
        let seeks = || {
            let lines = turn.conversation.iter().flat_map(|thread| &thread.recent);
            let mut theirs = lines.filter(|line| line.role == Role::Customer);
            theirs.any(|line| super::service::sought(turn.tenant, &line.text).is_some())
        };
        let is_told = turn.has_said_any(&phrases::ALL.map(|phrases| phrases.passed_to_team)) && !seeks();
        let service = (known.service_interest.is_none() && lists && !is_told).then(|| plain(Question::Service));
        let goes_there = turn.tenant.works_at() == WorksAt::Customer;
        let lacks_place = if goes_there {
            known.location.is_none()
        } else {
            self.is_arranging() && which_place(turn, known).len() > 1
        };
        let place = lacks_place.then(|| plain(Question::Location));
        let lacking = match last_start(turn, reading, known, now) {
            Some(_) if turn.visit.is_none() => &[Question::BookingTime, Question::Day],
            _ => when(turn, reading, self.is_stay, now),
        };
        let times: Vec<Ask<'_>> = lacking.iter().cloned().map(plain).collect();
        let own = own_questions(turn, known);
        let (first, last) = if self.is_arranging() { (times, Vec::new()) } else { (Vec::new(), times) };
        let contact = self.contact(turn, reading).filter(|_| self.is_arranging()).map(plain);
        // What is free depends on where.
        let (shop, place) = if goes_there { (None, place) } else { (place, None) };
        let about_visit = service.into_iter().chain(shop).chain(first).chain(own).chain(place).chain(last);
        let order = about_visit.filter(|_| !self.is_about_existing).chain(contact);
        // Who answers "who are you?" with something else, or with half of it, is asked again at once: nothing is promised before it
        // is known.
        let is_passed_over = |ask: &Ask<'_>| is_who(&ask.question) && !reading.heard.has(Topic::NotNow);
        let order = order.filter(|ask| turn.just_asked() != Some(&ask.question) || is_passed_over(ask));
        let order: Vec<Ask<'_>> = order.collect();
        // "Next week" is said, so the day is asked next, though it was asked before; never by the question that it answers.
        let says_when = reading.when.is_some_and(|when| when.day.is_some() || when.time.is_some());
        let asked = turn.times_asked(&Question::Day);
        let is_day_due = says_when && lacking.first() == Some(&Question::Day) && self.is_arranging() && !self.is_stay;
        if is_day_due && asked < MAX_ASKED {
            let was_just_asked = turn.just_asked() == Some(&Question::Day);
            let question = if was_just_asked { Question::BookingTime } else { Question::Day };
            return Some(Ask { again: asked > 0, ..plain(question) });
        }
        let new = order.iter().find(|ask| turn.times_asked(&ask.question) == 0).cloned();
        let again = || {
            // Who gave a name alone is asked for the number too.
            let lacks_country = reading.has_foreign_number && turn.times_asked(&Question::Contact) == MAX_ASKED;
            let half = usize::from(reading.given.name.is_some() || lacks_country);
            let most = |question: &Question| MAX_ASKED + if is_who(question) { half } else { 0 };
            let once = |ask: &&Ask<'_>| turn.times_asked(&ask.question) < most(&ask.question);
            let tells_more = known.service_interest.is_some() && !reading.heard.is_question;
            let goes_on = self.is_arranging() || tells_more;
            let ask = order.iter().filter(|_| goes_on).find(once)?;
            Some(Ask { again: true, ..ask.clone() })
        };
        new.or_else(again)
    }

    /// Who they are and how they can be reached, before anything is promised.
    pub(super) fn contact(&self, turn: &Turn<'_>, reading: &Reading<'_>) -> Option<Question> {
        match (is_reachable(turn, reading), self.knows_name) {
            (true, true) => None,
            (true, false) => Some(Question::Name),
            (false, _) => Some(Question::Contact),
        }
    }
}

/// The locations among which is open where they would come; none where that is known.
pub(super) fn which_place<'t>(turn: &Turn<'t>, known: &Qualification) -> Vec<&'t Location> {
    if turn.places.meant.is_some() {
        return Vec::new();
    }
    let id = |name: &str| turn.tenant.services.iter().find(|service| service.name == name).map(|service| &service.id);
    let services: Vec<_> = known.services().filter_map(id).collect();
    turn.places.with(&services).collect()
}

/// The longest of the services that they want, where the hour they wish for is too late for it, and the last start that is not.
pub(super) fn last_start<'t>(
    turn: &Turn<'t>,
    reading: &Reading<'_>,
    known: &Qualification,
    now: Timestamp,
) -> Option<(&'t Service, u32, Option<Time>)> {
    let of = |name: &str| turn.tenant.services.iter().find(|service| service.name == name);
    let lasting = known.services().filter_map(of).filter_map(|service| Some((service, service.duration_minutes?)));
    let (service, minutes) = lasting.max_by_key(|(_, minutes)| *minutes)?;
    let last = wishes::last_start(turn.tenant, reading.wish?, minutes, now)?;
    Some((service, minutes, last))
}

/// Whether a question asks who they are.
fn is_who(question: &Question) -> bool {
    matches!(question, Question::Contact | Question::Name)
}

/// Whether a time is being arranged in this talk.
pub(super) fn arranges(turn: &Turn<'_>) -> bool {
    let wished = turn.conversation.is_some_and(|thread| thread.wish.is_some());
    wished || turn.asks_when() || turn.lead.is_some_and(|lead| lead.requested_time.is_some())
}

/// What is to become of an appointment. While one is arranged, "can't make it on Friday" and "make it Thursday" only correct its
/// time.
fn change(turn: &Turn<'_>, reading: &Reading<'_>, was_about_existing: bool) -> Option<Change> {
    let text = turn.content.text();
    let Some(change) = cancelling::change(&reading.intents, text, reading.when, reading.has_one) else {
        return shift(turn, reading, was_about_existing);
    };
    // "Cancel the color, keep the blow dry": the appointment stays.
    if change == Change::Cancel && reading.drops_service(turn) {
        return None;
    }
    if change != Change::Confirm && only_asks_for_terms(turn.content.text(), change) {
        return None;
    }
    let is_bare = reading.intents.substance() <= MAX_CANCEL_WORDS;
    let is_unable = change == Change::Cancel && turn.asks_when() && !is_bare;
    // "Make that an oil change instead" takes another service, and leaves the time as it is.
    let known: Vec<&str> = turn.lead.map(|lead| lead.qualification.services().collect()).unwrap_or_default();
    let is_other_service = change == Change::Move
        && reading.when.is_none()
        && reading.services.iter().any(|service| !known.contains(&service.name.as_str()));
    // "So Monday at 9 is confirmed?"
    let says_again = change == Change::Confirm && reading.when.is_some() && reading.requested_time.is_none();
    // "Can the massage be at one instead?" is of what they want besides.
    let is_besides = change == Change::Move && reading.besides.is_some();
    let corrects = !says_again
        && arranges(turn)
        && (reading.when.is_some_and(|when| !is_open(when)) || is_besides || is_unable || is_other_service);
    (!corrects).then_some(change)
}

/// "Until when can I cancel?", and not "I need to cancel. Is there a fee?".
fn only_asks_for_terms(text: &str, change: Change) -> bool {
    let is_of_terms = |clause: &str| {
        let intents = Intents::read(clause);
        (Change::of(&intents) == Some(change)).then(|| intents.has(::language::Intent::Policy))
    };
    let mut found = clauses(text).filter_map(is_of_terms).peekable();
    found.peek().is_some() && found.all(|is_of_terms| is_of_terms)
}

/// Whether a wish says only that it should be earlier or later, and not by how much.
fn is_open(when: &Wish) -> bool {
    when.day.is_none()
        && when.time.is_none()
        && matches!(when.change, Some(dates::Change::Later | dates::Change::Earlier))
}

/// "Could we do a bit later?": another time than the one that is arranged, or was made before, and not yet which.
fn shift(turn: &Turn<'_>, reading: &Reading<'_>, was_about_existing: bool) -> Option<Change> {
    use ::language::Intent::{Availability, Book, FollowUp, Goodbye, Greeting, No, Thanks, Yes};
    let goes_with = |intent| matches!(intent, Availability | Book | FollowUp | Goodbye | Greeting | No | Thanks | Yes);
    let names_one = reading.when.is_some_and(|when| !is_open(when));
    let asks = facts::asks(reading) && reading.intents.iter().all(goes_with) && !names_one;
    let has_one = reading.wish.is_some() || was_about_existing;
    let is_asked = asks && has_one && OfAppointment::Shift.is_in(turn.content.text());
    is_asked.then_some(Change::Move)
}

/// The free times among which they choose.
fn offered<'t>(turn: &Turn<'t>) -> Option<&'t [Timestamp]> {
    match &turn.visit?.step {
        VisitStep::Offered { times, .. } => Some(times),
        _ => None,
    }
}

/// How far an appointment has come.
fn stage(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Stage {
    let wished = turn.conversation.is_some_and(|thread| thread.wish.is_some() && !thread.questions.is_empty());
    let (is_booked, has_visit) =
        (turn.conversation.is_some_and(|thread| thread.booked.is_some()), turn.visit.is_some());
    if is_booked && !has_visit && reading.requested_time.is_none() {
        return Stage::Promised;
    }
    let requested = has_visit
        || reading.requested_time.is_some()
        || wished
        || turn.lead.is_some_and(|lead| lead.requested_time.is_some());
    let asked_when = [Question::BookingTime, Question::Day, Question::Hour, Question::Departure]
        .iter()
        .any(|q| turn.times_asked(q) > 0);
    if requested && turn.has_said(locale.phrases.team_confirms) && reading.requested_time.is_none() {
        Stage::Promised
    } else if requested {
        Stage::Requested
    } else if reading.heard.has(Topic::Booking) || (asked_when && reading.wish.is_some()) {
        Stage::Arranging
    } else {
        Stage::Talking
    }
}

/// What is not known of when. A time at which the business is closed is none.
fn when(turn: &Turn<'_>, reading: &Reading<'_>, is_stay: bool, now: Timestamp) -> &'static [Question] {
    use Question::{BookingTime, Day, Departure, Hour};
    if turn.visit.is_some() {
        return &[];
    }
    let wish = reading.wish;
    let possible = |wish: &&Wish| wishes::visit(turn.tenant, wish, now).problem.is_none();
    let wish = wish.filter(possible);
    let is_loose = wish.is_some_and(|wish| wish.soon || wish.any_time);
    let has_time = wish.is_some_and(|wish| match is_stay {
        true => wish.nights.is_some(),
        false => wish.time.is_some() || wish.any_time,
    });
    let date = wish.and_then(|wish| wishes::visit(turn.tenant, wish, now).date);
    let today = now.to_zoned(turn.tenant.time_zone()).date();
    let is_urgent = turn.is_urgent();
    let in_words = reading.requested_time.is_some() || turn.lead.is_some_and(|lead| lead.requested_time.is_some());
    // "Tuesday or Wednesday" answers which day: the team picks one.
    let was_asked = turn.times_asked(&Day) + turn.times_asked(&BookingTime) > 0;
    let is_choice = wish.and_then(|wish| wish.day.as_ref()).is_some_and(wishes::is_choice) && was_asked;
    // So does "next week, any day but Tuesday".
    let is_choice = is_choice || wish.is_some_and(|wish| wish.day.is_some() && wish.has_refused());
    match (date, has_time) {
        (None, true) if is_choice => &[],
        (None, false) if is_choice && !is_loose => &[Hour],
        (Some(_), true) => &[],
        (Some(_), false) if is_stay => &[Departure],
        // "Today, as soon as you can" names every hour that is left of it.
        (Some(date), false) if (wish.is_some_and(|wish| wish.soon) || is_urgent) && date == today => &[],
        (Some(_), false) => &[Hour],
        (None, _) if turn.times_asked(&BookingTime) + turn.times_asked(&Day) >= MAX_ASKED_DAY => &[],
        (None, true) => &[Day],
        (None, false) if wish.is_some_and(|wish| wish.day.is_some()) => &[Day, BookingTime],
        (None, false) if is_loose || (in_words && reading.wish.is_none()) => &[],
        (None, false) => &[BookingTime, Day],
    }
}

/// The business's own questions that are open, the required ones first.
fn own_questions<'t>(turn: &Turn<'t>, known: &Qualification) -> Vec<Ask<'t>> {
    let Some(lead) = turn.lead else { return Vec::new() };
    let lead = Lead { qualification: known.clone(), ..lead.clone() };
    let mut open: Vec<_> = intake::open(turn.tenant, &lead).collect();
    open.sort_by_key(|question| !question.required);
    let ask = |question: &'t own::Question| Ask {
        question: Question::Intake(question.id.clone()),
        own: Some(question),
        again: false,
    };
    open.into_iter().map(ask).collect()
}

pub(super) fn is_reachable(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let given = &reading.given;
    turn.knows_address() || given.phone.is_some() || given.email.is_some()
}
