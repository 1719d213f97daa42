//! What becomes of a visit by one message, on the calendar as it was read.

use dates::{Change as Shift, Choice, Day, Named, Wish};
use jiff::Timestamp;
use language::{Intents, Words};

use super::fitting::Free;
use crate::conversations::builtin::{self, Change, SaidOfVisit};
use crate::conversations::offer::MAX_OFFERED;
use crate::conversations::{Question, VisitStep, wishes};
use crate::scheduling::{Booking, BookingState};
use crate::turns::Turn;

/// Beside a time that is to be the new one stand so few words: "Friday 10 please", "sorry, Saturday at 10".
const MAX_WORDS_BESIDES: usize = 1;

/// Who tells of themselves may name any hour, folded, in five languages.
const OF_THEMSELVES: [&str; 24] = [
    "i", "im", "ill", "my", "we", "our", "he", "she", "they", "yo", "mi", "tengo", "je", "j", "mon", "ma", "nous",
    "ich", "mein", "meine", "wir", "eu", "meu", "minha",
];

/// The decision on one calendar.
pub(super) struct Decision<'d> {
    pub(super) turn: &'d Turn<'d>,
    pub(super) said: &'d SaidOfVisit,
    pub(super) free: Free<'d>,
    /// The appointment that is held for them.
    pub(super) held: Option<&'d Booking>,
    /// The appointment that they have.
    pub(super) standing: Option<&'d Booking>,
}

impl Decision<'_> {
    /// What becomes of the visit, and whether the message asks for it. Where that is nothing, and others have what there is, they may
    /// wait for it.
    pub(super) fn step(&self) -> Option<(VisitStep, bool)> {
        if self.turn.other_time.is_some() {
            let times = self.standing.map(|standing| self.free.apart_from(standing)).unwrap_or_default();
            return (!times.is_empty()).then(|| (offer_of(times, false), true));
        }
        if self.turn.thread.asked == Some(Question::Waitlist) && !self.said.names_time && self.said.yes != self.said.no
        {
            return Some((if self.said.yes { VisitStep::Waits } else { VisitStep::Declined }, true));
        }
        let is_full = || {
            let asks = self.said.names_time || self.said.asks_free;
            asks && self.said.change.is_none() && self.free.is_full()
        };
        match self.decided() {
            Some((VisitStep::Declined, is_news)) if self.may_wait() => Some((VisitStep::MayWait, is_news)),
            None if self.may_wait() && is_full() => Some((VisitStep::MayWait, true)),
            decided => decided,
        }
    }

    /// Whether they have nothing, can be written to, and were not asked yet whether they wait.
    fn may_wait(&self) -> bool {
        let is_asked = self.turn.thread.questions.contains(&Question::Waitlist);
        self.standing.is_none() && self.held.is_none() && self.turn.is_reachable() && !is_asked
    }

    fn decided(&self) -> Option<(VisitStep, bool)> {
        let news = |step: VisitStep| (step, true);
        let said = self.said;
        let bare = said.change.filter(|_| !said.names_time);
        // Who asks whether they can cancel has not cancelled: people answer.
        let bare = bare.filter(|change| *change != Change::Cancel || !said.is_question);
        if let Some(step) = self.standing.and_then(|standing| self.answer_whether(standing)) {
            return Some(news(step));
        }
        match (self.standing, bare) {
            (Some(standing), Some(Change::Cancel)) => return self.cancel(standing).map(news),
            (Some(standing), Some(Change::Confirm)) => {
                // "Can you confirm it?" asks us.
                let is_theirs = !said.is_question && standing.state == BookingState::Booked;
                let step = if is_theirs { VisitStep::Confirmed } else { VisitStep::Stands };
                return Some(news(step(standing.starts_at)));
            }
            _ => {}
        }
        if self.held.is_some() && bare == Some(Change::Cancel) {
            return Some(news(VisitStep::Released));
        }
        let offered = self.turn.offer().map(|offer| offer.times.as_slice()).unwrap_or_default();
        if let Some(step) = self.chosen(offered) {
            return Some(news(step));
        }
        if let Some(step) = self.standing.and_then(|standing| self.offered_at_the_same_hour(offered, standing)) {
            return Some(news(step));
        }
        if let Some(standing) = self.standing.filter(|_| offered.is_empty()) {
            return self.of_standing(standing).map(news);
        }
        if let Some(step) = self.hour_of_the_offered_day(offered) {
            return Some(news(step));
        }
        if said.names_time || said.asks_free {
            return self.by_wish(!offered.is_empty()).map(news);
        }
        if offered.is_empty() && self.held.is_none() && self.turn.takes_invitation(said).is_some() {
            let any = Wish { soon: true, ..Wish::default() };
            let resolved = wishes::visit(self.turn.tenant, &any, self.turn.now);
            return self.free.fitting(&any, &resolved).map(|(times, _)| news(offer_of(times, false)));
        }
        if let Some(held) = self.held.filter(|_| offered.is_empty()) {
            return self.of_held(held);
        }
        if offered.is_empty() {
            // A day that was said before and has been by now begins nothing.
            let is_past = |wish: &Wish| {
                wishes::visit(self.turn.tenant, wish, self.turn.now).problem == Some(dates::Problem::Past)
            };
            let goes_on = said.names_time || !(said.is_settled || self.wish().is_some_and(is_past));
            return self.by_wish(false).filter(|_| goes_on).map(news);
        }
        // The only time that they were offered is kept for them: it goes to somebody else.
        if (said.no || said.refuses) && self.held.is_some_and(|held| offered == [held.starts_at]) {
            return Some(news(VisitStep::Released));
        }
        if said.no {
            return Some(news(VisitStep::Declined));
        }
        // Who takes their leave without another time keeps the one that they have.
        if let Some(standing) = self.standing.filter(|_| said.leaves) {
            return Some(news(VisitStep::Stands(standing.starts_at)));
        }
        let times: Vec<Timestamp> = offered.iter().copied().filter(|at| self.free.is_free(*at)).collect();
        if times.is_empty() { self.by_wish(false).map(news) } else { Some((offer_of(times, false), false)) }
    }

    /// The one of the offered times that the message takes, or others where it asks for later or earlier ones.
    fn chosen(&self, offered: &[Timestamp]) -> Option<VisitStep> {
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        let text = self.turn.inbound.content.text();
        let local: Vec<_> = offered.iter().map(|at| at.to_zoned(self.free.zone.clone()).datetime()).collect();
        let agrees = || (offered.len() == 1 && self.said.yes && !self.said.names_time).then_some(0);
        if let Some(step) = self.others_than_refused(offered, &local) {
            return Some(step);
        }
        // "Any Saturday?" asks, also where one of the times is on a Saturday.
        let asks = |wish: &Wish| self.said.is_question && wish.day.is_some() && wish.time.is_none();
        let picked = builtin::pick(text, &self.turn.thread.language, said, &local);
        let index = picked.filter(|_| !said.is_some_and(asks)).or_else(agrees);
        if let Some(at) = index.and_then(|index| offered.get(index)) {
            return self.take(*at);
        }
        let (first, last) = (*offered.first()?, *offered.last()?);
        let times = match said?.change? {
            Shift::Later => self.free.after(last),
            Shift::Earlier => self.free.before(first),
            Shift::Days(_) | Shift::Minutes(_) => return None,
        };
        (!times.is_empty()).then(|| offer_of(times, false))
    }

    /// "Anything but 12": the one that is taken instead, else the others that were offered, later or earlier ones where that is asked.
    fn others_than_refused(&self, offered: &[Timestamp], local: &[jiff::civil::DateTime]) -> Option<VisitStep> {
        let turn = self.turn;
        let language = &turn.thread.language;
        let read = |part: &str| wishes::answer_named(turn.tenant, part, language, turn.now);
        let refusal = builtin::refusal(turn.inbound.content.text(), language, read, local)?;
        if let Some(at) = refusal.taken.and_then(|taken| offered.get(taken)) {
            return self.take(*at);
        }
        let (first, last) = (refusal.refused.first().copied(), refusal.refused.last().copied());
        let asks = turn.when.as_ref().and_then(|when| when.said.as_ref()?.change);
        let is_left = |place: usize| match asks {
            Some(Shift::Later) => last.is_none_or(|last| place > last),
            Some(Shift::Earlier) => first.is_none_or(|first| place < first),
            _ => !refusal.refused.contains(&place),
        };
        let left = offered.iter().enumerate().filter(|(place, at)| is_left(*place) && self.free.is_free(**at));
        let left: Vec<Timestamp> = left.map(|(_, at)| *at).collect();
        let times = match asks {
            _ if !left.is_empty() => left,
            Some(Shift::Earlier) => self.free.before(*offered.first()?),
            _ => self.free.after(*offered.last()?),
        };
        Some(if times.is_empty() { VisitStep::Declined } else { offer_of(times, false) })
    }

    /// What is said of an appointment that they have: another time for it, the same again, or what to know of it.
    fn of_standing(&self, standing: &Booking) -> Option<VisitStep> {
        if self.said.tells {
            return Some(VisitStep::Noted(standing.starts_at));
        }
        let wish = self.wish().filter(|_| self.said.names_time)?;
        if self.said.cancels && !self.said.moves {
            return self.cancel(standing).filter(|_| !self.said.is_question);
        }
        match (self.moment(wish) == Some(standing.starts_at), self.said.moves || self.said.change.is_some()) {
            (true, _) if self.said.cancels => self.cancel(standing).filter(|_| !self.said.is_question),
            (true, _) => Some(VisitStep::Stands(standing.starts_at)),
            (false, true) if !self.is_meant(standing) => self.ask_whether(standing, false),
            // "To Monday" says no hour: free ones are offered.
            (false, true) => self.at_the_same_hour(wish, standing).or_else(|| self.by_wish(true)),
            // "Is that this Friday?"
            (false, false) if self.names_its_day(standing) => Some(VisitStep::Stands(standing.starts_at)),
            (false, false) => self.another_time(wish, standing),
        }
    }

    /// Another time beside the appointment that they have, and no word of a move: who asks for it is offered what is free, a bare
    /// time moves it, and in other words it may be anything, so they are asked.
    fn another_time(&self, wish: &Wish, standing: &Booking) -> Option<VisitStep> {
        let text = self.turn.inbound.content.text();
        let is_question = self.said.is_question || Intents::read(text).is_question();
        // "My son gets here at 11, can he wait?" asks for no other time.
        if is_question && (self.said.asks_free || !Words::new(text).contains_any(&OF_THEMSELVES)) {
            let resolved = wishes::visit(self.turn.tenant, wish, self.turn.now);
            return self.free.fitting(wish, &resolved).map(|(times, fits)| offer_of(times, !fits));
        }
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        // "The same time but on Friday": the hour stands in the wish already.
        if said.is_some_and(|said| builtin::keeps_hour(text, &said.words)) {
            return self.at_the_same_hour(wish, standing).or_else(|| self.take(self.moment(wish)?));
        }
        let words = |text: &str| text.split_whitespace().count();
        let besides = words(text).saturating_sub(said.map_or(0, |said| words(&said.words)));
        if (besides <= MAX_WORDS_BESIDES && !is_question) || builtin::corrects(text) {
            return self.by_wish(true);
        }
        self.ask_whether(standing, false).or(Some(VisitStep::Stands(standing.starts_at)))
    }

    /// "Monday instead, same time": at the hour of the appointment that they have.
    fn at_the_same_hour(&self, wish: &Wish, standing: &Booking) -> Option<VisitStep> {
        let says_so = builtin::keeps_hour(self.turn.inbound.content.text(), &wish.words);
        let date = wish.date().filter(|_| says_so && wish.time.is_none())?;
        let hour = standing.starts_at.to_zoned(self.free.zone.clone()).time();
        self.take(self.free.zone.to_timestamp(date.to_datetime(hour)).ok()?)
    }

    /// Another hour of the one day of which times were offered, where no day was asked for: "as soon as possible", then "ok, 1:30".
    fn hour_of_the_offered_day(&self, offered: &[Timestamp]) -> Option<VisitStep> {
        let date = |at: &Timestamp| at.to_zoned(self.free.zone.clone()).date();
        let day = date(offered.first()?);
        let said = self.turn.when.as_ref()?.said.as_ref()?;
        let is_hour = said.day.is_none() && said.change.is_none() && matches!(said.time, Some(dates::Time::At(_)));
        let is_open = self.wish().is_some_and(|wish| wish.day.is_none());
        let fits = is_hour && is_open && self.said.names_time && offered.iter().all(|at| date(at) == day);
        let time = wishes::visit(self.turn.tenant, said, self.turn.now).time.filter(|_| fits)?;
        self.take(self.free.zone.to_timestamp(day.to_datetime(time)).ok()?)
    }

    /// "At the same time" after an offer of another day: the one at the hour of the appointment that they have.
    fn offered_at_the_same_hour(&self, offered: &[Timestamp], standing: &Booking) -> Option<VisitStep> {
        let time = |at: Timestamp| at.to_zoned(self.free.zone.clone()).time();
        let says_so = builtin::keeps_hour(self.turn.inbound.content.text(), "") && !self.said.is_question;
        let at = offered.iter().find(|at| says_so && time(**at) == time(standing.starts_at))?;
        self.take(*at)
    }

    /// Cancels `standing`, where it is the one that they mean.
    fn cancel(&self, standing: &Booking) -> Option<VisitStep> {
        if self.is_meant(standing) {
            return Some(VisitStep::Cancelled(standing.starts_at));
        }
        self.ask_whether(standing, true)
    }

    /// Asks whether they mean `standing`, once: people find out then.
    fn ask_whether(&self, standing: &Booking, cancels: bool) -> Option<VisitStep> {
        let is_asked = matches!(self.turn.thread.asked, Some(Question::CancelThis | Question::MoveThis));
        (!is_asked).then_some(VisitStep::Unclear { at: standing.starts_at, cancels })
    }

    /// The answer to the question whether they mean `standing`.
    fn answer_whether(&self, standing: &Booking) -> Option<VisitStep> {
        let said = self.said;
        match self.turn.thread.asked {
            _ if said.names_time || said.no == said.yes => None,
            Some(Question::CancelThis | Question::MoveThis) if said.no => Some(VisitStep::Stands(standing.starts_at)),
            Some(Question::CancelThis) => Some(VisitStep::Cancelled(standing.starts_at)),
            Some(Question::MoveThis) => self.by_wish(false),
            _ => None,
        }
    }

    /// Whether the message may mean `standing`: it names no other service, and no other day or hour as the one of the
    /// appointment to change.
    fn is_meant(&self, standing: &Booking) -> bool {
        let turn = self.turn;
        let named = &self.said.named;
        if !named.is_empty() && !named.contains(&self.free.calendar.terms.service.name) {
            return false;
        }
        let language = &turn.thread.language;
        let parts = builtin::existing_parts(turn.inbound.content.text());
        let times: Vec<Wish> =
            parts.into_iter().flat_map(|part| wishes::times_named(turn.tenant, part, language, turn.now)).collect();
        times.is_empty() || times.iter().any(|wish| self.is_when(wish, standing))
    }

    /// Whether every day and hour that `wish` says is that of `standing`.
    fn is_when(&self, wish: &Wish, standing: &Booking) -> bool {
        let local = standing.starts_at.to_zoned(self.free.zone.clone());
        let (date, time) = (local.date(), local.time());
        let resolved = wishes::visit(self.turn.tenant, wish, self.turn.now);
        // "Friday does not suit me": the day of the appointment is the one that they say no to.
        let is_refused = wish.refuses(date);
        let is_day = wish.day.as_ref().is_none_or(|day| day.dates.contains(&date)) && !wish.has_refused();
        (is_refused || is_day)
            && resolved.time.is_none_or(|named| named == time)
            && resolved.window.is_none_or(|(from, until)| from <= time && time < until)
    }

    /// Whether the message says the day of `standing`, without another hour, and nothing of another service.
    fn names_its_day(&self, standing: &Booking) -> bool {
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        said.is_some_and(|said| said.day.is_some() && self.is_when(said, standing)) && self.said.named.is_empty()
    }

    /// What was held goes on to be theirs; where it is over and somebody else has it, other times are offered.
    fn of_held(&self, held: &Booking) -> Option<(VisitStep, bool)> {
        // They took it, and were asked who they are, or say so by themselves: also in a message that was written before our question
        // and so is no answer to it. What they were only told of waits for a yes.
        let is_answering = self.said.gives
            || matches!(
                self.turn.thread.asked,
                Some(Question::Contact | Question::Name | Question::Location | Question::Intake(_))
            );
        if !self.said.yes && !is_answering {
            return self.said.no.then_some((VisitStep::Released, true));
        }
        let step = self.take(held.starts_at)?;
        let is_news = self.said.yes && !is_answering || matches!(step, VisitStep::Offered { .. });
        Some((step, is_news))
    }

    /// By the wish: the time that it names where that is free, else times that fit.
    fn by_wish(&self, was_offered: bool) -> Option<VisitStep> {
        let any = Wish { soon: true, ..Wish::default() };
        let wish = self.wish().or(self.said.asks_free.then_some(&any))?;
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        // "Friday?" after an offer of Thursday's times takes none on Friday yet, and who asks whether there is one has not taken it.
        let says_hour = said.is_some_and(|said| matches!(said.time, Some(dates::Time::At(_))) || said.change.is_some());
        let takes = (says_hour || !was_offered) && !(self.said.asks_free && self.said.is_question);
        let mut each = self.each_of(wish);
        match self.moment(wish) {
            Some(at) if takes => self.take(each.first().copied().unwrap_or(at)),
            _ if each.len() > 1 => {
                each.sort_unstable();
                Some(offer_of(each, false))
            }
            Some(at) if self.free.is_free(at) && says_hour => Some(offer_of(vec![at], false)),
            _ => {
                let resolved = wishes::visit(self.turn.tenant, wish, self.turn.now);
                let (times, fits) = self.free.fitting(wish, &resolved)?;
                Some(offer_of(times, !fits))
            }
        }
    }

    /// The first that is free of each of "Monday morning or Tuesday at 11", while none of them was chosen.
    fn each_of(&self, wish: &Wish) -> Vec<Timestamp> {
        let is_open = |first: &&Choice| wish.date() == Some(first.date) && wish.time == first.time;
        let alone = |choice: &Choice| {
            let day = Day { dates: vec![choice.date], named: Named::Date, conflict: false };
            let wish = Wish { day: Some(day), time: choice.time, choices: Vec::new(), ..wish.clone() };
            let resolved = wishes::visit(self.turn.tenant, &wish, self.turn.now);
            self.free.fitting(&wish, &resolved).filter(|(_, fits)| *fits)?.0.first().copied()
        };
        let all = wish.choices.iter().filter(|_| wish.choices.first().filter(is_open).is_some());
        all.filter_map(alone).take(MAX_OFFERED).collect()
    }

    /// This time, where it is free, else the nearest that are.
    fn take(&self, at: Timestamp) -> Option<VisitStep> {
        if self.free.is_free(at) {
            return Some(if self.standing.is_some() { VisitStep::Moved(at) } else { VisitStep::Taken(at) });
        }
        let times = self.free.nearest(at);
        (!times.is_empty()).then(|| offer_of(times, true))
    }

    fn wish(&self) -> Option<&Wish> {
        self.turn.when.as_ref()?.wish.as_ref()
    }

    /// The one moment that a wish names.
    fn moment(&self, wish: &Wish) -> Option<Timestamp> {
        let visit = wishes::visit(self.turn.tenant, wish, self.turn.now);
        let at = visit.date?.to_datetime(visit.time?);
        self.free.zone.to_timestamp(at).ok().filter(|_| visit.problem != Some(dates::Problem::Conflict))
    }
}

fn offer_of(times: Vec<Timestamp>, instead: bool) -> VisitStep {
    VisitStep::Offered { times, instead }
}
