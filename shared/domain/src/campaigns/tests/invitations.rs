//! The message that invites.

use jiff::Timestamp;
use std::collections::BTreeMap;

use super::super::samples::{campaign, invitee, monday, person, shop};
use crate::campaigns::{Campaign, CampaignText, Invitation, NotInvited};
use crate::journeys::{JourneyUpdate, Person};
use crate::messaging::{Channel, Kind};
use crate::tenancy::{Language, Tenant};

const BODY: &str = "Hi {name}, it gets hot in {place} from {first_day} on.[ Your last visit was in {last_visit}.] \
                    Shall we look at your roof before? Reply YES and we find a time.";

fn with_text(tenant: &Tenant, languages: &[(&str, &str)]) -> Campaign {
    let text = |(language, body): &(&str, &str)| {
        (
            Language::new(language).unwrap(),
            CampaignText { subject: Some("{service}".to_owned()), body: (*body).to_owned() },
        )
    };
    Campaign { texts: languages.iter().map(text).collect::<BTreeMap<_, _>>(), ..campaign(tenant) }
}

fn draft(campaign: &Campaign, person: &Person, now: Timestamp) -> Result<JourneyUpdate, NotInvited> {
    let tenant = shop();
    let invitee = invitee(campaign, person);
    Invitation { tenant: &tenant, campaign, person, invitee: &invitee, sent_this_month: 0, now }.draft()
}

#[test]
fn it_says_the_campaigns_words_with_what_is_known_and_how_to_get_no_more() {
    let tenant = shop();
    let campaign = with_text(&tenant, &[("en", BODY)]);
    let update = draft(&campaign, &person(&tenant), monday()).unwrap();
    let message = &update.messages[0].message;
    assert_eq!(
        message.text,
        "Hi Ana, it gets hot in Denver from Thursday, July 16 on. Your last visit was in July 2024. Shall we look at your \
         roof before? Reply YES and we find a time.\nReply STOP to get no more messages."
    );
    let outreach = message.outreach.as_ref().unwrap();
    assert_eq!((outreach.kind, outreach.campaign, message.channel), (Kind::Campaign, Some(campaign.id), Channel::Sms));
    assert!(outreach.expires_at <= campaign.useful_until);
    let invited = update.messages[0].thread.invited.as_ref().unwrap();
    assert_eq!((invited.campaign, invited.service.as_str(), invited.answered), (campaign.id, "roof-inspection", false));
    assert_eq!(update.journey.waiting.len(), 1, "caps and the gate know of it");
    assert!(matches!(update.events.as_slice(), [crate::events::EventKind::MessageQueued { .. }]));
    // Written again it is the same message.
    let again = draft(&campaign, &person(&tenant), monday()).unwrap();
    assert_eq!(again.messages[0].message.reference.message, message.reference.message);
}

#[test]
fn it_is_in_their_language_and_names_no_one_whose_name_is_not_known() {
    let tenant = shop();
    let campaign = with_text(&tenant, &[("en", BODY), ("es", "Hola {name}, desde el {first_day} hará calor.")]);
    let mut ana = person(&tenant);
    (ana.contact.language, ana.contact.name) = (Some(Language::new("es").unwrap()), None);
    let text = draft(&campaign, &ana, monday()).unwrap().messages[0].message.text.clone();
    assert_eq!(text, "Hola, desde el jueves, 16 de julio hará calor.\nResponda STOP para no recibir más mensajes.");
}

#[test]
fn whom_the_gate_stops_is_not_invited_and_whom_it_delays_is() {
    let tenant = shop();
    let campaign = with_text(&tenant, &[("en", BODY)]);
    let without = |change: &dyn Fn(&mut Person)| {
        let mut ana = person(&tenant);
        change(&mut ana);
        draft(&campaign, &ana, monday()).map(|_| ()).unwrap_err().0
    };
    assert_eq!(without(&|ana| ana.journey.as_mut().unwrap().consents.clear()), "consent");
    assert_eq!(without(&|ana| ana.opt_out_state.refused = true), "suppression");
    assert_eq!(without(&|ana| ana.contact.addresses.clear()), "no_address");
    let night: Timestamp = "2026-07-14T05:00:00Z".parse().unwrap();
    assert!(draft(&campaign, &person(&tenant), night).is_ok(), "it leaves in the morning");
    let late = campaign.useful_until;
    assert!(draft(&campaign, &person(&tenant), late + jiff::SignedDuration::from_secs(1)).is_err());
}

#[test]
fn whether_someone_can_be_reached_is_known_before_there_is_a_text() {
    let tenant = shop();
    let campaign = campaign(&tenant);
    let reaches = |person: &Person| {
        let invitee = invitee(&campaign, person);
        let invitation = Invitation {
            tenant: &tenant,
            campaign: &campaign,
            person,
            invitee: &invitee,
            sent_this_month: 0,
            now: monday(),
        };
        invitation.reaches()
    };
    let mut ana = person(&tenant);
    assert!(reaches(&ana));
    ana.journey.as_mut().unwrap().consents.clear();
    assert!(!reaches(&ana));
}

#[test]
fn by_mail_it_has_a_subject_and_says_who_writes_from_where() {
    let mut tenant = shop();
    tenant.channels.email = serde_json::from_value(serde_json::json!({"from": "hello@roofer.example.com"})).unwrap();
    let campaign = with_text(&tenant, &[("en", BODY)]);
    let mut ana = person(&tenant);
    ana.contact.addresses = serde_json::from_value(serde_json::json!([
        {"kind": "email", "value": "ana@example.com", "strength": "proven"}
    ]))
    .unwrap();
    let invitee = invitee(&campaign, &ana);
    let invitation = Invitation {
        tenant: &tenant,
        campaign: &campaign,
        person: &ana,
        invitee: &invitee,
        sent_this_month: 0,
        now: monday(),
    };
    let update = invitation.draft().unwrap();
    let message = &update.messages[0].message;
    assert_eq!(message.outreach.as_ref().unwrap().subject.as_deref(), Some("Roof inspection"));
    assert!(
        message.text.ends_with("\n\nSummit Ridge Roofing, 210 Example Parkway, Denver, CO 80202"),
        "{}",
        message.text
    );
}

#[test]
fn whether_someone_is_reached_does_not_depend_on_what_the_rule_is_called() {
    let tenant = shop();
    let reaches = |name: &str| {
        let campaign = Campaign { name: name.to_owned(), texts: BTreeMap::new(), ..campaign(&tenant) };
        let (person, now) = (person(&tenant), monday());
        let invitee = invitee(&campaign, &person);
        Invitation { tenant: &tenant, campaign: &campaign, person: &person, invitee: &invitee, sent_this_month: 0, now }
            .reaches()
    };
    for name in ["Heat wave", "Heat {wave", "[Heat", "{wave} for {name}"] {
        assert!(reaches(name), "{name}");
    }
}
