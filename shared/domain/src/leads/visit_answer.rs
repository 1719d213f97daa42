//! What staff say to a time that a customer asked for and no calendar could book.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Lead, LeadStatus, VisitAnswer};
use crate::Failure;
use crate::failure::Rejection;

/// Which time a lead asks for ([`Lead::asked_time`]).
pub type AskedTime = Uuid;

impl Lead {
    /// What staff said to the time that they ask for now.
    #[must_use]
    pub fn answer_to_visit(&self) -> Option<&VisitAnswer> {
        let is_of_now = |answer: &&VisitAnswer| {
            self.requested_time.as_ref() == Some(&answer.time) && self.requested_visit == answer.visit
        };
        self.visit_answer.as_ref().filter(is_of_now)
    }

    /// Whether they asked for a time and no one of the staff has said yes or no to it.
    #[must_use]
    pub fn waits_for_visit_answer(&self) -> bool {
        use LeadStatus::{HandedOff, New, Qualified, Qualifying};
        let is_open = matches!(self.status, New | Qualifying | Qualified | HandedOff);
        is_open && self.requested_time.is_some() && self.answer_to_visit().is_none()
    }

    /// Which time they ask for: another time, in words or day or hours, is another one. `None`: they ask for none.
    #[must_use]
    pub fn asked_time(&self) -> Option<AskedTime> {
        let time = self.requested_time.as_ref()?;
        let asked = serde_json::to_vec(&(self.id, time, self.requested_visit)).ok()?;
        Some(Uuid::new_v5(&Uuid::NAMESPACE_OID, &asked))
    }

    /// Refuses an answer to another time than the one that they ask for now.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict).
    pub fn demand_asked(&self, shown: Option<AskedTime>) -> Result<(), Failure> {
        if shown.is_some() && shown == self.asked_time() {
            return Ok(());
        }
        let what = "this is not the time that they ask for now: look again at what waits (GET /v1/approvals)";
        Err(Failure::rejected(Rejection::Conflict, what))
    }

    /// Whether the day that they asked for is over.
    #[must_use]
    pub fn asked_for_day_before(&self, today: Date) -> bool {
        self.requested_visit.is_some_and(|visit| visit.departure.unwrap_or(visit.date) < today)
    }

    /// The lead with this answer to the time they ask for: a yes books it, so that the journey moves on. `None`: that was the answer.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): the answer was another one, or they ask for nothing.
    pub fn with_visit_answer(&self, agreed: bool, now: Timestamp) -> Result<Option<Self>, Failure> {
        if let Some(answer) = self.answer_to_visit() {
            let said = if answer.agreed { "yes" } else { "no" };
            let other =
                || Failure::rejected(Rejection::Conflict, format!("the answer was {said}: take that back first"));
            return if answer.agreed == agreed { Ok(None) } else { Err(other()) };
        }
        let time = self.requested_time.clone().filter(|_| self.waits_for_visit_answer());
        let time = time.ok_or_else(|| {
            Failure::rejected(Rejection::Conflict, "this lead asks for no time that waits for an answer")
        })?;
        let answer = VisitAnswer { agreed, at: now, time, visit: self.requested_visit, was: self.status };
        let status = if agreed { LeadStatus::AppointmentBooked } else { self.status };
        Ok(Some(self.answered(Some(answer), status, now)))
    }

    /// The lead as it was before it was answered. `None`: nothing was.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where it moved on since.
    pub fn without_visit_answer(&self, now: Timestamp) -> Result<Option<Self>, Failure> {
        let moved_on = || Failure::rejected(Rejection::Conflict, "this lead moved on since: change its status instead");
        match self.answer_to_visit() {
            None if self.waits_for_visit_answer() => Ok(None),
            Some(answer) if answer.agreed && self.status == LeadStatus::AppointmentBooked => {
                Ok(Some(self.answered(None, answer.was, now)))
            }
            Some(answer) if !answer.agreed && self.status == answer.was => {
                Ok(Some(self.answered(None, self.status, now)))
            }
            _ => Err(moved_on()),
        }
    }

    fn answered(&self, visit_answer: Option<VisitAnswer>, status: LeadStatus, now: Timestamp) -> Self {
        let mut lead = Self { visit_answer, status, updated_at: now, version: self.version + 1, ..self.clone() };
        lead.note_status(self.status, now);
        lead
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::RequestedVisit;
    use crate::samples;

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn asking(status: LeadStatus) -> Lead {
        let visit = RequestedVisit { date: Date::constant(2026, 12, 3), from: None, until: None, departure: None };
        let (requested_time, requested_visit) = (Some("Thursday".to_owned()), Some(visit));
        Lead { status, requested_time, requested_visit, ..samples::lead(&samples::roofer()) }
    }

    fn is_conflict<T>(result: &Result<T, Failure>) -> bool {
        matches!(result, Err(Failure::Rejected { kind: Rejection::Conflict, .. }))
    }

    #[test]
    fn a_yes_books_and_a_no_leaves_the_lead_where_it_is_and_either_can_be_taken_back() {
        for status in [LeadStatus::New, LeadStatus::Qualified, LeadStatus::HandedOff] {
            let lead = asking(status);
            assert!(lead.waits_for_visit_answer());
            for (agreed, then) in [(true, LeadStatus::AppointmentBooked), (false, status)] {
                let answered = lead.with_visit_answer(agreed, now()).unwrap().unwrap();
                assert_eq!((answered.status, answered.version), (then, lead.version + 1));
                assert!(!answered.waits_for_visit_answer());
                assert_eq!(answered.with_visit_answer(agreed, now()), Ok(None), "twice is once");
                assert!(is_conflict(&answered.with_visit_answer(!agreed, now())));
                let back = answered.without_visit_answer(now()).unwrap().unwrap();
                assert!(back.waits_for_visit_answer() && back.status == status);
                assert_eq!(back.without_visit_answer(now()), Ok(None), "twice is once");
            }
        }
    }

    #[test]
    fn who_asks_for_another_time_waits_again() {
        let answered = asking(LeadStatus::Qualified).with_visit_answer(false, now()).unwrap().unwrap();
        let again = Lead { requested_time: Some("Friday".to_owned()), ..answered.clone() };
        assert!(again.waits_for_visit_answer());
        let other_day = Lead { requested_visit: None, ..answered.clone() };
        assert!(other_day.waits_for_visit_answer());
        for other in [again, other_day] {
            assert!(is_conflict(&other.demand_asked(answered.asked_time())) && is_conflict(&other.demand_asked(None)));
            assert_eq!(other.demand_asked(other.asked_time()), Ok(()));
        }
    }

    #[test]
    fn who_asked_for_nothing_or_is_done_with_waits_for_no_answer() {
        let silent = Lead { requested_time: None, ..asking(LeadStatus::Qualified) };
        for lead in [
            silent,
            asking(LeadStatus::AppointmentBooked),
            asking(LeadStatus::ClosedLost),
            asking(LeadStatus::Nurturing),
        ] {
            assert!(!lead.waits_for_visit_answer());
            assert!(
                is_conflict(&lead.with_visit_answer(true, now())) && is_conflict(&lead.without_visit_answer(now()))
            );
        }
    }

    #[test]
    fn what_moved_on_since_is_not_taken_back() {
        let agreed = asking(LeadStatus::Qualified).with_visit_answer(true, now()).unwrap().unwrap();
        let won = Lead { status: LeadStatus::ClosedWon, ..agreed };
        assert!(is_conflict(&won.without_visit_answer(now())));
    }

    #[test]
    fn a_day_is_over_when_it_or_the_last_of_a_stay_is_past() {
        let lead = asking(LeadStatus::Qualified);
        assert!(
            !lead.asked_for_day_before(Date::constant(2026, 12, 3))
                && lead.asked_for_day_before(Date::constant(2026, 12, 4))
        );
        let stay = RequestedVisit { departure: Some(Date::constant(2026, 12, 6)), ..lead.requested_visit.unwrap() };
        let lead = Lead { requested_visit: Some(stay), ..lead };
        assert!(!lead.asked_for_day_before(Date::constant(2026, 12, 6)));
    }
}
