//! When a person is called, and how staff hear of it.

use domain::conversations::{ConversationStatus, EscalationReason, NoticeKind, Role};
use domain::leads::Score;
use domain::messaging::Email;

use crate::stage::{Mail, Replay, Said, Tenant, address, eventually, mails_to, number};

/// A roofer with two people in the office.
fn roofer_with_staff() -> (Tenant, [String; 2]) {
    let staff = [address(), address()];
    let notify = staff.clone().map(|address| Email::new(&address, "notify").unwrap());
    (Tenant::opened(|file| file.tenant.notify = notify.to_vec()), staff)
}

/// Waits until `last` is answered and every notice by then has left.
fn settled(roofer: &Tenant, first: &Said, last: &Said) -> Replay {
    roofer.reply_in(first.conversation(), last);
    roofer.replay_when(first.conversation(), "the notices to leave", |replay| {
        replay.of(Role::Notice).iter().all(|notice| notice.delivery.as_ref().unwrap().vendor_id.is_some())
    })
}

fn only_mail(to: &str) -> Mail {
    let mut mails = eventually("an e-mail to staff", || Some(mails_to(to)).filter(|mails| !mails.is_empty()));
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

#[test]
fn asking_for_a_person_raises_one_escalation_and_tells_each_of_the_staff_once() {
    let (roofer, staff) = roofer_with_staff();
    let from = number();
    let first = roofer.sms(&from, "I want to speak to a manager");
    roofer.sent_reply(&first);
    let second = roofer.sms(&from, "This is ridiculous, get me your manager! I want my money back.");
    let replay = settled(&roofer, &first, &second);

    let [escalation] = roofer.escalations().try_into().unwrap();
    assert_eq!(escalation.reason, EscalationReason::CustomerAsked);
    assert_eq!((escalation.conversation, escalation.lead), (first.conversation(), first.lead()));
    assert_eq!(replay.conversation.status, ConversationStatus::Escalated);
    assert_eq!(replay.conversation.escalation, Some(escalation.id));
    for address in &staff {
        let mail = only_mail(address);
        assert_eq!(mail.subject, "A customer of Summit Roofing needs a person");
        assert!(mail.body_text.contains("speak to a manager"), "{}", mail.body_text);
    }
    assert_eq!(replay.of(Role::Assistant).len(), 2);
}

#[test]
fn words_of_the_tenants_own_emergencies_and_complaints_call_a_person() {
    for (text, reason) in [
        ("My insurance adjuster is coming tomorrow", EscalationReason::TenantWord),
        ("Water is coming through the ceiling right now", EscalationReason::Emergency),
        ("I want a refund, this is unacceptable", EscalationReason::Complaint),
    ] {
        let (roofer, [office, _]) = roofer_with_staff();
        let said = roofer.whatsapp(&number(), text);
        settled(&roofer, &said, &said);
        let [escalation] = roofer.escalations().try_into().unwrap();
        assert_eq!(escalation.reason, reason, "{text}");
        only_mail(&office);
    }
}

#[test]
fn a_lead_that_becomes_hot_is_told_to_staff_once() {
    let (roofer, staff) = roofer_with_staff();
    let from = number();
    let first = roofer.sms(&from, "We are ready to start");
    roofer.sent_reply(&first);
    let second = roofer.sms(&from, "As I said, ready to start");
    let replay = settled(&roofer, &first, &second);

    assert_eq!(roofer.lead(first.lead()).score, Score::Hot);
    let notices = replay.of(Role::Notice);
    assert!(notices.iter().all(|notice| notice.notice == Some(NoticeKind::HotLead)));
    assert_eq!(notices.len(), staff.len());
    for address in &staff {
        assert_eq!(only_mail(address).subject, "Hot lead for Summit Roofing");
    }
    assert!(roofer.escalations().is_empty());
}

#[test]
fn notices_are_never_shown_to_the_customer() {
    let (roofer, _) = roofer_with_staff();
    let session = crate::stage::unique();
    let said = roofer.chat(&session, "I want to speak to a manager");
    let replay = settled(&roofer, &said, &said);
    assert_eq!(replay.of(Role::Notice).len(), 2);
    assert_eq!(roofer.poll(&session, None).0, [replay.reply(said.id()).unwrap().text.as_str()]);
}
