//! What is said of a visit that the calendar decides: offered, kept, booked, moved, cancelled. A reply says that something is
//! booked only with [`Action::Book`], and that action has no other words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::cancelling;
use super::super::changes::{Change, is_no_customer};
use super::super::heard::Topic;
use super::super::picks::{SaidOfVisit, is_none};
use super::super::state::{self, Stage};
use super::super::tokens::tidy;
use super::super::{facts, service};
use super::{Composer, Decision, SURE_RULE};
use crate::conversations::{Action, CalendarAnswer, Intent, Question, VisitStep, faqs, wishes};
use crate::leads::GivenDetails;
use crate::messaging::Content;
use crate::tenancy::WorksAt;
use ::language::{Intent as Wants, OfAppointment, Words};

/// The longest name of a location shown, in characters.
const MAX_PLACE_CHARS: usize = 60;
/// A message of fewer words tells nothing that should be kept.
const MIN_TOLD_WORDS: usize = 3;

impl<'t> Composer<'_, 't> {
    /// What the message says of a visit; `None`: it is none of the calendar's.
    pub(in super::super) fn said_of_visit(&self) -> Option<SaidOfVisit> {
        let reading = &self.reading;
        let is_other = is_no_customer(&reading.intents) || self.runs_late() || self.is_a_moment();
        // Of two times the team makes a plan, and who has an appointment and asks something of it wants no other.
        let is_theirs = reading.has_one && self.state.change.is_none();
        if is_other || is_theirs || self.missing.is_all() || reading.besides.is_some() || reading.second.is_some() {
            return None;
        }
        let heard = &reading.heard;
        let text = self.turn.content.text();
        let says_other = OfAppointment::Instead.is_in(text) || OfAppointment::Shift.is_in(text);
        let is_bye = heard.has(Topic::Thanks) || heard.has(Topic::Goodbye);
        let names_time = reading.requested_time.is_some() && reading.when.is_some();
        // "No, 2 in the afternoon doesn't work, in the morning".
        let corrects = names_time && self.wants(&[Wants::No]);
        // "Friday 11 would be better", of what was booked in this talk.
        let is_plain = !facts::asks(reading)
            && reading
                .when
                .is_some_and(|when| matches!(when.time, Some(dates::Time::At(_))) && wishes::is_plain(text, when));
        let was_booked = self.was_booked();
        let corrects = corrects || names_time && is_plain && was_booked && reading.services.is_empty();
        // "Not Friday sorry Saturday", of the same.
        let is_instead = reading.when.is_some_and(|when| when.has_refused() && when.date().is_some());
        let corrects = corrects || names_time && is_instead && was_booked;
        // "I can't come Friday, is Monday possible?", of the one that was booked in this talk.
        let is_moved = cancelling::change(&reading.intents, text, reading.when, reading.has_one) == Some(Change::Move);
        let moves = says_other || corrects || is_moved;
        // What is not cancelled after all is told again as it is.
        let stays = reading.is_kept && !names_time;
        let asks_free = self.wants(&[Wants::Availability, Wants::FollowUp]);
        Some(SaidOfVisit {
            services: self.known.services().map(str::to_owned).collect(),
            named: reading.services.iter().map(|service| service.name.clone()).collect(),
            gives: self.gives_details() || self.gives_place(),
            tells: self.tells_staff()
                || was_booked && self.changes_services() && !names_time
                || self.said_of_extra().is_some_and(|said| said.taken),
            change: match stays {
                true => Some(Change::Confirm),
                false => self.state.change.filter(|_| !self.wants(&[Wants::Policy])),
            },
            cancels: self.wants(&[Wants::Cancel]) && !is_moved && !asks_free && !reading.drops_service(self.turn),
            moves,
            has_one: reading.has_one || (self.state.is_about_existing && !names_time),
            names_time,
            asks_free: self.wants(&[Wants::Availability]),
            // "When was it again", with no mark, confirms nothing.
            is_question: stays || heard.is_question || self.wants(&[Wants::Confirm]) && facts::asks(reading),
            yes: heard.has(Topic::Yes) || self.wants(&[Wants::Yes]),
            no: !stays && ((heard.has(Topic::NotNow) && !is_bye) || is_none(&Words::new(text))),
            refuses: !stays && heard.has(Topic::NotNow),
            leaves: heard.has(Topic::Goodbye),
            is_settled: heard.has(Topic::NotNow) || heard.has(Topic::Goodbye) || self.state.stage == Stage::Promised,
        })
    }

    fn gives_details(&self) -> bool {
        self.turn.intake_answer().is_some() || self.reading.given != GivenDetails::default()
    }

    /// Whether the message tells where they are, which was missing: the business comes to them.
    fn gives_place(&self) -> bool {
        let is_missing = self.turn.lead.is_none_or(|lead| lead.qualification.location.is_none());
        let goes_there = self.turn.tenant.works_at() == WorksAt::Customer;
        is_missing && goes_there && self.reading.learned.location.is_some() && !facts::asks(&self.reading)
    }

    /// Whether the message tells something about an appointment that there is, and nothing that is understood otherwise: "the gate
    /// code is 4411", "please bring a ladder".
    fn tells_staff(&self) -> bool {
        let reading = &self.reading;
        let heard = &reading.heard;
        let is_text = matches!(self.turn.content, Content::Text { .. } | Content::Choice { .. });
        let is_reply = [Topic::Yes, Topic::NotNow, Topic::Unsure, Topic::Thanks, Topic::Goodbye]
            .iter()
            .any(|topic| heard.has(*topic));
        let is_wish = !reading.services.is_empty()
            || heard.wants_something()
            || facts::asks(reading)
            || faqs::TOPICS.into_iter().any(|topic| reading.intents.has(topic))
            || reading.requested_time.is_some();
        let is_end =
            self.wants(&[Wants::Done, Wants::Goodbye, Wants::Thanks, Wants::Wait, Wants::Complaint, Wants::Person]);
        let has_words = heard.substance >= MIN_TOLD_WORDS;
        is_text && has_words && !(self.gives_details() || is_reply || is_wish || is_end) && self.state.change.is_none()
    }

    /// The visit, where the answer is about what becomes of it: the message asks for it, or gives what was missing.
    pub(super) fn visit_decided(&self) -> Option<&'t CalendarAnswer> {
        let heard = &self.reading.heard;
        let leaves = heard.has(Topic::NotNow) || heard.has(Topic::Goodbye);
        let completes =
            |visit: &&CalendarAnswer| matches!(visit.step, VisitStep::Taken(_)) && self.has_all() && !leaves;
        self.turn.visit.filter(|visit| visit.is_news || completes(visit))
    }

    /// Everything was asked, and they can be reached.
    fn has_all(&self) -> bool {
        self.state.next.is_none() && state::is_reachable(self.turn, &self.reading)
    }

    pub(super) fn arrange_visit(&mut self, visit: &CalendarAnswer) -> Decision {
        let phrases = self.locale.phrases;
        self.open();
        match &visit.step {
            VisitStep::Taken(at) if self.has_all() => {
                let name = service::listed(&[&visit.service], phrases.and).unwrap_or_default();
                let place = self.turn.places.meant.filter(|_| self.turn.places.are_several());
                let name =
                    place.map_or(name.clone(), |place| format!("{name}, {}", tidy(&place.name, MAX_PLACE_CHARS)));
                self.say(&(phrases.booked)(&self.on_date(*at), &name).replace("..", "."));
                self.say_holiday(at.to_zoned(self.zone()).date());
                self.say_facts();
                Self::visit_is(Action::Book, None)
            }
            VisitStep::Taken(at) => self.keep(*at, visit.is_news),
            VisitStep::Moved(at) => self.done(phrases.moved, *at),
            VisitStep::Cancelled(at) => self.done(phrases.cancelled, *at),
            VisitStep::Confirmed(at) => self.done(phrases.stands, *at),
            VisitStep::Stands(at) => {
                self.say(&(phrases.stands)(&self.on_date(*at)).replace("..", "."));
                if self.reading.is_kept {
                    return self.leave_as_it_is();
                }
                Self::visit_is(Action::Reply, None)
            }
            VisitStep::Unclear { at, cancels } => {
                self.say(&(phrases.stands)(&self.on_date(*at)).replace("..", "."));
                self.say(&(phrases.it_is_for)(&service::listed(&[&visit.service], phrases.and).unwrap_or_default()));
                self.say(if *cancels { phrases.ask_cancel_this } else { phrases.ask_move_this });
                let asked = if *cancels { Question::CancelThis } else { Question::MoveThis };
                Self::visit_is(Action::Reply, Some(asked))
            }
            VisitStep::Noted(at) => {
                self.say(&(phrases.kept_with)(&self.on_date(*at)).replace("..", "."));
                Self::visit_is(Action::Reply, None)
            }
            VisitStep::Released => {
                self.say(phrases.no_problem);
                Self::visit_is(Action::Book, None)
            }
            VisitStep::Offered { instead, .. } => {
                if *instead {
                    self.say_not_free();
                }
                self.say_facts();
                self.say_what_lacks();
                let asked = self.ask();
                Self::visit_is(Action::OfferBooking, asked)
            }
            VisitStep::MayWait => {
                if self.turn.conversation.is_none_or(|thread| thread.offer.is_none()) {
                    self.say_not_free();
                }
                self.say_facts();
                self.say(phrases.ask_waitlist);
                Self::visit_is(Action::OfferBooking, Some(Question::Waitlist))
            }
            VisitStep::Waits => {
                self.say(phrases.on_waitlist);
                Self::visit_is(Action::Reply, None)
            }
            VisitStep::Declined => {
                let asked = self.ask_other_time();
                Self::visit_is(Action::OfferBooking, asked)
            }
        }
    }

    fn visit_is(action: Action, asked: Option<Question>) -> Decision {
        Decision { intent: Intent::Booking, action, confidence: SURE_RULE, asked }
    }

    fn done(&mut self, words: fn(&str) -> String, at: Timestamp) -> Decision {
        self.say(&words(&self.on_date(at)).replace("..", "."));
        self.say_holiday(at.to_zoned(self.zone()).date());
        // "Can you make it 10, and is there wifi?"
        if faqs::TOPICS.into_iter().any(|topic| self.reading.intents.has(topic)) {
            self.say_facts();
            let is_open = (self.is_lacking || !self.has_facts) && !self.say_quote();
            self.say(if is_open { self.locale.phrases.ask_the_team } else { "" });
        }
        Self::visit_is(Action::Book, None)
    }

    /// Keeps the time while something is asked; where nothing is left to ask and they cannot be reached, the team arranges it.
    fn keep(&mut self, at: Timestamp, is_news: bool) -> Decision {
        let phrases = self.locale.phrases;
        let was_held = self.turn.conversation.and_then(|thread| thread.offer.as_ref()?.held).is_some();
        // Who asks for another time than the one that is kept, and was asked who they are often enough, may say it yet.
        if self.state.next.is_none() && !(is_news && was_held) {
            self.say_the_time(true);
            self.reading.requested_time = self.reading.wish.map(|wish| wish.words.clone());
            return Self::visit_is(Action::RequestBooking, None);
        }
        if is_news {
            self.say(&(phrases.kept)(&self.on_date(at)).replace("..", "."));
            self.say_holiday(at.to_zoned(self.zone()).date());
        }
        self.say_facts();
        self.say_what_lacks();
        let asked = self.ask();
        Self::visit_is(Action::OfferBooking, asked)
    }

    /// That what they wished for cannot be, as far as it can be said in a few words.
    fn say_not_free(&mut self) {
        let when = self.reading.wish.and_then(|wish| self.time_in_words(wish, false));
        let not_free = when.map(|when| (self.locale.phrases.not_free)(&when).replace("..", "."));
        let words = self.why_not().or(not_free).unwrap_or_default();
        self.say(&words);
    }

    /// Offers the free times: `on Thursday at 9 AM, 11:30 AM or 3 PM`.
    pub(super) fn say_offered(&mut self, times: &[Timestamp]) {
        let zone = self.zone();
        let today = self.now.to_zoned(zone.clone()).date();
        let mut before = None;
        let shown: Vec<String> = times
            .iter()
            .map(|at| {
                let local = at.to_zoned(zone.clone());
                let clock = self.locale.clock(local.time());
                if before.replace(local.date()) == Some(local.date()) {
                    return clock;
                }
                (self.locale.phrases.at)(&self.locale.date(local.date(), today), local.time(), &clock)
            })
            .collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let list = match shown.as_slice() {
            [] => return,
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.locale.phrases.or),
        };
        self.say(&self.words_of_offer(times)(&list, times.len() > 1).replace("..", "."));
    }

    /// Which of the free times they would like: the question alone.
    pub(super) fn which_time(&self, times: &[Timestamp]) -> String {
        question(self.words_of_offer(times), times)
    }

    /// Twice in a row it is asked in other words.
    fn words_of_offer(&self, times: &[Timestamp]) -> fn(&str, bool) -> String {
        let phrases = self.locale.phrases;
        let asked = question(phrases.offer_times, times);
        let is_again = self.turn.last_reply().is_some_and(|line| line.ends_with(&asked));
        if is_again { phrases.again_times } else { phrases.offer_times }
    }

    /// The zone in which the times of the visit are said.
    fn zone(&self) -> TimeZone {
        self.turn.visit.map_or_else(|| self.turn.tenant.time_zone(), |visit| visit.zone.clone())
    }

    /// `on Thursday, 12/3 at 3 PM`.
    fn on_date(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone());
        (self.locale.phrases.at)(&self.locale.full_date(local.date()), local.time(), &self.locale.clock(local.time()))
    }
}

/// What `words` ask of `times`, without naming them.
fn question(words: fn(&str, bool) -> String, times: &[Timestamp]) -> String {
    words("", times.len() > 1).rsplit(". ").next().unwrap_or_default().to_owned()
}
