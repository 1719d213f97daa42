//! An anonymous visitor says whose lead this is: the two contacts become one, and nothing of either is lost.

use super::*;
use crate::ids::{ContactId, ConversationId, LeadId};
use crate::leads::LeadStatus;
use crate::tenancy::BusinessContext;
use proptest::prelude::*;
use std::collections::BTreeSet;

const CHANNELS: [Channel; 4] = [Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat];

/// The one of two people who is a browser and nothing more.
const VISITOR: usize = 1;

/// What is different between people: everything that a merge looks at.
#[derive(Debug, Clone)]
struct Sketch {
    created: i64,
    status: LeadStatus,
    score: Score,
    known: [bool; 3],
    updated: i64,
    /// For each channel, when its thread last heard something.
    threads: [Option<i64>; 4],
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let score = prop::sample::select(vec![Score::Hot, Score::Warm, Score::Cold, Score::Unscored]);
    (
        0..1_000_i64,
        prop::sample::select(LeadStatus::ALL.to_vec()),
        score,
        any::<[bool; 3]>(),
        1_000..2_000_i64,
        prop::array::uniform4(prop::option::of(0..200_000_i64)),
    )
        .prop_map(|(created, status, score, known, updated, threads)| Sketch {
            created,
            status,
            score,
            known,
            updated,
            threads,
        })
}

/// Person number `index`, as read from the table: versions differ everywhere, so that a mixed-up one shows.
fn person(index: usize, sketch: &Sketch) -> Person {
    let tenant = roofer();
    let name = format!("person-{index}");
    let contact_id = ContactId::derive(&tenant.id, &[&name]);
    let lead_id = LeadId::derive(&tenant.id, &[&name]);
    let known = |at: usize, what: &str| sketch.known[at].then(|| format!("{what} of {name}"));
    let threads = CHANNELS.into_iter().zip(sketch.threads).enumerate().filter_map(|(slot, (channel, last))| {
        Some(Conversation {
            session: (channel == Channel::Chat).then(|| name.clone()),
            peer: (channel == Channel::Chat).then(|| chat(&name)),
            message_count: 2,
            version: 100 * u64::try_from(index + 1).unwrap() + u64::try_from(slot).unwrap(),
            last_message_at: noon(last?),
            ..Conversation::new(
                ConversationId::derive(&tenant.id, &[&name, channel.as_str()]),
                contact_id,
                lead_id,
                channel,
                Language::english(),
                noon(0),
            )
        })
    });
    Person {
        opt_out_state: OptOutState::default(),
        journey: None,
        threads: threads.collect(),
        contact: Contact {
            name: Some(name.clone()),
            addresses: match index {
                VISITOR => vec![KnownAddress::given(chat(&name))],
                _ => vec![
                    KnownAddress::proven(phone(u32::try_from(index).unwrap())),
                    KnownAddress::given(email(&name)),
                    KnownAddress::given(chat(&name)),
                ],
            },
            merged_from: vec![ContactId::derive(&tenant.id, &[&name, "earlier"])],
            version: 10 + u64::try_from(index).unwrap(),
            ..Contact::new(contact_id, noon(sketch.created))
        },
        lead: Lead {
            name: Some(name.clone()),
            status: sketch.status,
            score: sketch.score,
            qualification: Qualification {
                service_interest: known(0, "service"),
                location: known(1, "location"),
                budget: known(2, "budget"),
                ..Qualification::default()
            },
            fields: std::collections::BTreeMap::from([(format!("page of {name}"), "/".to_owned())]),
            version: 20 + u64::try_from(index).unwrap(),
            updated_at: noon(sketch.updated),
            ..Lead::new(lead_id, contact_id, Source::Sms, noon(sketch.created))
        },
    }
}

/// A chat message of the visitor that gives the number of the other one.
fn it_is_me() -> Inbound {
    Inbound { also: vec![phone(0)], ..message("m1", chat("person-1"), "It is me", noon(3_000)) }
}

/// Every law of a merge, on one outcome.
fn check(people: &[Person], inbound: &Inbound, outcome: &Outcome) {
    let survivor = &people[0];
    let contact = outcome.contact.as_ref().expect("a merge changes the survivor");
    assert_eq!(contact.id, survivor.contact.id, "who is known goes on, though the visitor may be older");
    assert_eq!(contact.version, survivor.contact.version);

    // Nobody is lost, and those who are gone are named as they were read.
    let others: BTreeSet<ContactId> =
        people.iter().map(|person| person.contact.id).filter(|id| *id != contact.id).collect();
    assert_eq!(outcome.merged.iter().map(|person| person.contact.id).collect::<BTreeSet<_>>(), others);
    assert!(outcome.merged.iter().all(|person| people.contains(person)));
    for person in people {
        assert!(person.contact.merged_from.iter().all(|earlier| contact.merged_from.contains(earlier)));
    }
    let announced = outcome.events.iter().filter(|event| matches!(event.kind, EventKind::ContactMerged { .. }));
    assert_eq!(announced.count(), people.len() - 1);

    // No address is lost; those that led elsewhere are written.
    let all: BTreeSet<KnownAddress> = people.iter().flat_map(|person| person.contact.addresses.clone()).collect();
    assert_eq!(contact.addresses.iter().cloned().collect::<BTreeSet<_>>(), all);
    assert_eq!((outcome.addresses.len(), contact.addresses.len()), (0, all.len()), "none twice");
    assert_eq!(outcome.moved_addresses, people[VISITOR].contact.addresses);
    assert!(contact.knows(&inbound.from));

    check_leads(people, survivor, outcome);
    check_threads(people, survivor, outcome);
}

fn check_leads(people: &[Person], survivor: &Person, outcome: &Outcome) {
    let lead = &outcome.lead;
    assert!(!lead.status.is_closed());
    assert_eq!((lead.contact, lead.version), (survivor.contact.id, survivor.lead.version), "in the survivor's place");
    assert!(outcome.past_leads.iter().all(|past| past.status.is_closed() && past.contact == lead.contact));
    let closed: BTreeSet<LeadId> =
        people.iter().map(|person| &person.lead).filter(|lead| lead.status.is_closed()).map(|lead| lead.id).collect();
    assert_eq!(outcome.past_leads.iter().map(|past| past.id).collect::<BTreeSet<_>>(), closed);

    let open: Vec<&Lead> = people.iter().map(|person| &person.lead).filter(|lead| !lead.status.is_closed()).collect();
    for other in &open {
        let (mine, theirs) = (&lead.qualification, &other.qualification);
        assert!(theirs.service_interest.is_none() || mine.service_interest.is_some());
        assert!(theirs.location.is_none() || mine.location.is_some());
        assert!(theirs.budget.is_none() || mine.budget.is_some());
        assert!(other.fields.keys().all(|field| lead.fields.contains_key(field)));
        assert!(other.score != Score::Hot || lead.score == Score::Hot);
        assert!(other.status != LeadStatus::HandedOff || lead.status == LeadStatus::HandedOff);
    }
    let newcomer = people.iter().all(|person| person.lead.id != lead.id);
    assert_eq!(outcome.opened_lead, newcomer);
    assert!(!open.is_empty() || newcomer, "where all are closed, a new one opens");
}

fn check_threads(people: &[Person], survivor: &Person, outcome: &Outcome) {
    let written: Vec<&Conversation> = std::iter::once(&outcome.thread).chain(&outcome.moved_threads).collect();
    let slots: BTreeSet<Channel> = written.iter().map(|thread| thread.channel).collect();
    assert_eq!(slots.len(), written.len(), "one a channel");
    for thread in &written {
        let place = survivor.threads.iter().find(|mine| mine.channel == thread.channel);
        assert_eq!(thread.version, place.map_or(0, |place| place.version), "over what was read in its place");
        assert_eq!(thread.contact, survivor.contact.id);
    }
    assert!(outcome.past_threads.iter().all(|past| past.contact == survivor.contact.id));
    assert!(outcome.past_threads.iter().all(|past| past.status == crate::conversations::ConversationStatus::Ended));

    // Every thread is in exactly one place: written, history, or where it was.
    let in_place = survivor.threads.iter().filter(|mine| !slots.contains(&mine.channel));
    let mut places: Vec<ConversationId> = written.iter().map(|thread| thread.id).collect();
    places.extend(in_place.map(|thread| thread.id));
    places.extend(outcome.past_threads.iter().map(|thread| thread.id));
    places.sort_unstable();
    let mut all: Vec<ConversationId> =
        people.iter().flat_map(|person| &person.threads).map(|thread| thread.id).collect();
    all.extend(outcome.opened_thread.then_some(outcome.thread.id));
    all.sort_unstable();
    assert_eq!(places, all);

    // And on a lead that can be found: the current one, a past one.
    let leads: BTreeSet<LeadId> =
        std::iter::once(outcome.lead.id).chain(outcome.past_leads.iter().map(|lead| lead.id)).collect();
    assert!(written.iter().all(|thread| leads.contains(&thread.lead)));
    assert!(outcome.past_threads.iter().all(|thread| leads.contains(&thread.lead)));
    assert_eq!(outcome.thread.lead, outcome.lead.id);
}

proptest! {
    #[test]
    fn nothing_is_lost_whoever_was_there_first(
        sketches in prop::collection::vec(sketch(), 2), visitor_first in any::<bool>(),
    ) {
        let people: Vec<Person> = sketches.iter().enumerate().map(|(index, sketch)| person(index, sketch)).collect();
        let mut found = people.clone();
        if visitor_first {
            found.reverse();
        }
        let inbound = it_is_me();
        check(&people, &inbound, &turn(&roofer(), &inbound, found, plain()));
    }
}

#[test]
fn what_a_visitor_told_only_fills_gaps() {
    let sketch = |updated, known| Sketch {
        created: 0,
        status: LeadStatus::Qualifying,
        score: Score::Cold,
        known,
        updated,
        threads: [None; 4],
    };
    let (owner, visitor) = (person(0, &sketch(1_000, [true, true, false])), person(1, &sketch(2_000, [true; 3])));
    let outcome = turn(&roofer(), &it_is_me(), vec![visitor, owner], plain());
    let known = &outcome.lead.qualification;
    assert_eq!(
        known.service_interest.as_deref(),
        Some("service of person-0"),
        "the later word of nobody in particular"
    );
    assert_eq!(known.budget.as_deref(), Some("budget of person-1"));
}

#[test]
fn a_visitor_neither_refuses_nor_agrees_for_somebody() {
    for (refused, other) in [(true, false), (false, true)] {
        let sketch = Sketch {
            created: 0,
            status: LeadStatus::Qualifying,
            score: Score::Cold,
            known: [false; 3],
            updated: 1_000,
            threads: [None; 4],
        };
        let (mut owner, mut visitor) = (person(0, &sketch), person(1, &sketch));
        owner.opt_out_state = OptOutState { refused, said_at: Some(noon(0)), ..OptOutState::default() };
        visitor.opt_out_state = OptOutState { refused: other, said_at: Some(noon(100)), ..OptOutState::default() };
        let (tenant, inbound) = (roofer(), it_is_me());
        let opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![owner, visitor], noon(3_000))
            .person
            .opt_out_state;
        assert_eq!((opened.refused, opened.said_at), (refused, Some(noon(0))));
    }
}
