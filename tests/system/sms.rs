//! SMS, from Twilio.

use domain::conversations::{Intent, MissingFile, Role};
use domain::messaging::{Channel, Content, DeliveryState, MediaKind, Source};
use form_urlencoded::Serializer;
use serde_json::json;
use xtask::signatures;

use crate::stage::{
    Said, Tenant, accepted, eventually, number, reason, reschedule, set_header, sink_messages_to, stage, state, unique,
};

/// What Twilio is answered: nothing to say, replies go out by themselves.
const EMPTY_TWIML: &str = "<Response/>";

#[test]
fn an_sms_is_stored_answered_and_delivered() {
    let (roofer, from) = (Tenant::roofer(), number());
    let sid = format!("SM{}", unique());
    let text = "What are your opening hours?";
    let delivery =
        roofer.sms_delivery(&[("MessageSid", &sid), ("From", &from), ("Body", text), ("FromCity", "DENVER")]);
    let answer = accepted(&delivery);
    assert!(answer.body.ends_with(EMPTY_TWIML), "{}", answer.body);

    let said = Said::new(&roofer, Source::Sms, &sid);
    let reply = roofer.sent_reply(&said);
    let taken = sink_messages_to(&from);
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!((&taken[0]["vendor"], &taken[0]["from"]), (&json!("twilio"), &json!(roofer.key("sms.number"))));
    assert_eq!((&taken[0]["body"], &taken[0]["reference"]), (&json!(reply.text), &json!(reply.reference.to_string())));
    assert_eq!((reply.intent, reply.language.unwrap().as_str()), (Some(Intent::Hours), "en"));
    let lead = roofer.lead(said.lead());
    assert_eq!((lead.source, lead.fields["from_city"].as_str()), (Source::Sms, "DENVER"));
}

#[test]
fn a_text_that_no_one_can_answer_is_kept_in_the_audit_record() {
    let roofer = Tenant::roofer();
    let sids = ["22395", "SUPPORT", "rcs:acme_agent"].map(|from| {
        let sid = format!("SM{}", unique());
        let answer = accepted(&roofer.sms_delivery(&[("MessageSid", &sid), ("From", from), ("Body", "Code 1234")]));
        assert!(answer.body.ends_with(EMPTY_TWIML), "{}", answer.body);
        assert!(roofer.replay(Said::new(&roofer, Source::Sms, &sid).conversation()).is_none());
        sid
    });
    let record = roofer.person("admin").call("GET", "/v1/audit?limit=100", &[], "").body;
    for sid in sids {
        assert!(record.contains(&format!("unanswerable/sms/{sid}")), "{sid}");
    }
    assert!(!record.contains("Code 1234"));
}

#[test]
fn an_mms_is_answered_and_staff_see_its_picture() {
    let (roofer, from) = (Tenant::roofer(), number());
    let sid = format!("MM{}", unique());
    let twilio = &stage().stack.sink_url;
    let urls = ["ME1", "ME2"].map(|id| format!("{twilio}/2010-04-01/Accounts/AC1/Messages/MM1/Media/{id}"));
    let elsewhere = "https://files.example.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME3";
    accepted(&roofer.sms_delivery(&[
        ("MessageSid", &sid),
        ("From", &from),
        ("Body", "the leak"),
        ("NumMedia", "3"),
        ("MediaUrl0", &urls[0]),
        ("MediaContentType0", "image/jpeg"),
        ("MediaUrl1", elsewhere),
        ("MediaUrl2", &urls[1]),
    ]));

    let said = Said::new(&roofer, Source::Sms, &sid);
    roofer.sent_reply(&said);
    let (message, files) = eventually("the files of the message", || {
        let message = roofer.replay(said.conversation())?.stored(said.id())?.clone();
        Some((message.content.clone(), message.files?.files))
    });
    let references = vec![urls[0].clone(), elsewhere.to_owned(), urls[1].clone()];
    let media = Content::Media { kind: MediaKind::Image, references, caption: "the leak".to_owned() };
    assert_eq!(message, Some(media));
    let why: Vec<_> = files.iter().map(|file| file.missing).collect();
    assert_eq!(why, [None, Some(MissingFile::Refused), None]);
    for file in files.iter().filter(|file| file.missing.is_none()) {
        let agent = roofer.person("agent");
        let answer = agent.call("GET", &format!("/v1/received-files/{}", file.id), &[], "");
        assert_eq!((answer.status, file.content_type.as_str()), (302, "image/png"), "{}", answer.body);
        let link = answer.header("location").unwrap();
        let picture = stage().block_on(reqwest::get(link)).unwrap();
        let said = |name: &str| picture.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((said("content-type"), said("content-disposition")), ("image/png".into(), "inline".into()));
        let picture = stage().block_on(picture.bytes()).unwrap();
        assert_eq!((picture.len() as u64, &picture[1..4]), (file.bytes, b"PNG".as_slice()));
    }
}

#[test]
fn twilio_may_sign_the_address_with_and_without_its_port() {
    let roofer = Tenant::roofer();
    let with_port = &stage().stack.public_url;
    let (without_port, _) = with_port.rsplit_once(':').unwrap();
    for url in [with_port, without_port] {
        let fields = [
            ("AccountSid", roofer.key("sms.account_sid")),
            ("To", roofer.key("sms.number")),
            ("MessageSid", &format!("SM{}", unique())),
            ("From", &number()),
            ("Body", "Hello"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = Serializer::new(String::new()).extend_pairs(&fields).finish();
        let mut delivery = roofer.delivery("sms", &body);
        let signature = signatures::twilio(roofer.key("sms.auth_token"), &format!("{url}/webhooks/sms"), &fields);
        set_header(&mut delivery, "x-twilio-signature", &signature);
        accepted(&delivery);
    }
}

#[test]
fn whatsapp_that_twilio_carries_is_answered_the_same_way() {
    let (roofer, from) = (Tenant::roofer(), number());
    let sid = format!("SM{}", unique());
    accepted(&roofer.sms_delivery(&[("MessageSid", &sid), ("From", &format!("whatsapp:{from}")), ("Body", "Hello")]));

    let reply = roofer.sent_reply(&Said::new(&roofer, Source::Sms, &sid));
    assert_eq!(reply.channel, Channel::Whatsapp);
    let sent = sink_messages_to(&format!("whatsapp:{from}"));
    assert_eq!(sent[0]["vendor"], "twilio");
    assert_eq!(sent[0]["from"], format!("whatsapp:{}", roofer.key("sms.number")));
    assert!(sink_messages_to(&from).is_empty(), "Meta's number is another thread of theirs");
}

#[test]
fn stop_suppresses_queued_and_later_messages_at_once_and_start_restores() {
    let (roofer, from) = (Tenant::roofer(), number());
    // The first answer is put off, so it waits in the queue when the STOP comes.
    reschedule(&from);
    let asked = roofer.sms(&from, "How much is a roof inspection?");
    let waiting = roofer.reschedule_reply(&asked);

    let stop = roofer.sms(&from, " Stop! ");
    roofer.queue_again(&waiting);
    let dropped = roofer.reply(&asked);
    assert_eq!(state(&dropped), DeliveryState::Dropped, "{}", reason(&dropped));

    let later = roofer.sms(&from, "How much is it now?");
    let replay = roofer.replay_when(asked.conversation(), "the later message", |r| r.stored(later.id()).is_some());
    assert_eq!(replay.stored(stop.id()).unwrap().intent, Some(Intent::OptOut));
    assert!(replay.reply(stop.id()).is_none() && replay.reply(later.id()).is_none());
    assert!(sink_messages_to(&from).is_empty());

    roofer.sms(&from, "START");
    let again = roofer.sms(&from, "How much is it now?");
    assert_eq!(state(&roofer.reply_in(asked.conversation(), &again)), DeliveryState::Sent);
    assert_eq!(sink_messages_to(&from).len(), 1);
}

#[test]
fn status_callbacks_update_the_sent_message() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    let tell = |status: &str| {
        let answer = roofer.sms_status(&reference, &from, status, None);
        assert_eq!(answer.status, 200, "{}", answer.body);
        state(&roofer.reply(&said))
    };
    assert_eq!(tell("sending"), DeliveryState::Sent);
    assert_eq!(tell("delivered"), DeliveryState::Delivered);
    assert_eq!(tell("sent"), DeliveryState::Delivered);
    assert_eq!(tell("undelivered"), DeliveryState::Delivered);
}

#[test]
fn a_handset_that_is_off_fails_the_message_and_not_the_number() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    assert_eq!(roofer.sms_status(&reference, &from, "undelivered", Some("30003")).status, 200);
    let failed = roofer.reply(&said);
    assert_eq!((state(&failed), reason(&failed)), (DeliveryState::Failed, "twilio 30003"));

    let later = roofer.sms(&from, "Are you there?");
    assert_eq!(state(&roofer.reply_in(said.conversation(), &later)), DeliveryState::Sent);
}

#[test]
fn a_callback_that_says_opted_out_silences_the_number() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    assert_eq!(roofer.sms_status(&reference, &from, "failed", Some("21610")).status, 200);
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Failed);

    let later = roofer.sms(&from, "Are you there?");
    let replay = roofer.replay_when(said.conversation(), "the later message", |r| r.stored(later.id()).is_some());
    assert_eq!((replay.of(Role::Customer).len(), replay.of(Role::Assistant).len()), (2, 1));
}

#[test]
fn a_callback_about_an_unknown_message_changes_nothing() {
    let (roofer, dentist, from) = (Tenant::roofer(), Tenant::dentist(), number());
    let said = roofer.sms(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    assert_eq!(dentist.sms_status(&reference, &from, "delivered", None).status, 200);
    assert_eq!(roofer.sms_status("not-one-of-ours", &from, "delivered", None).status, 200);
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Sent);
}
