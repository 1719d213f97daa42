//! Two or three contacts turn out to be one person: at once, or while the message is read.

use super::*;
use crate::conversations::turn::MAX_MOVED_ADDRESSES;
use crate::ids::{ContactId, ConversationId, LeadId};
use crate::leads::LeadStatus;
use proptest::prelude::*;
use std::collections::BTreeSet;

const CHANNELS: [Channel; 4] = [Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat];

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
            id: ConversationId::derive(&tenant.id, &[&name, channel.as_str()]),
            contact: contact_id,
            lead: lead_id,
            channel,
            session: (channel == Channel::Chat).then(|| name.clone()),
            status: crate::conversations::ConversationStatus::Active,
            escalation: None,
            language: Language::english(),
            recent: Vec::new(),
            asked: None,
            asked_again: false,
            sla: crate::conversations::SlaClock::default(),
            replied_at: None,
            repeats: Default::default(),
            alarmed_at: None,
            resolved_count: 0,
            message_count: 2,
            started_at: noon(0),
            last_message_at: noon(last?),
            version: 100 * u64::try_from(index + 1).unwrap() + u64::try_from(slot).unwrap(),
        })
    });
    Person {
        standing: Standing::default(),
        journey: None,
        threads: threads.collect(),
        contact: Contact {
            id: contact_id,
            name: Some(name.clone()),
            addresses: vec![phone(u32::try_from(index).unwrap()), email(&name), chat(&name)],
            language: None,
            merged_into: None,
            merged_from: vec![ContactId::derive(&tenant.id, &[&name, "earlier"])],
            created_at: noon(sketch.created),
            version: 10 + u64::try_from(index).unwrap(),
        },
        lead: Lead {
            id: lead_id,
            contact: contact_id,
            name: Some(name.clone()),
            source: Source::Sms,
            status: sketch.status,
            score: sketch.score,
            qualification: Qualification {
                service_interest: known(0, "service"),
                location: known(1, "location"),
                budget: known(2, "budget"),
                ..Qualification::default()
            },
            intake: std::collections::BTreeMap::new(),
            requested_time: None,
            fields: std::collections::BTreeMap::from([(format!("page of {name}"), "/".to_owned())]),
            created_at: noon(sketch.created),
            updated_at: noon(sketch.updated),
            version: 20 + u64::try_from(index).unwrap(),
        },
    }
}

/// A turn in which the first `at_once` of `people` are found by the message's addresses and the others while it is answered.
fn merged(people: &[Person], at_once: usize, inbound: &Inbound) -> Outcome {
    let tenant = roofer();
    let mut opened = Turn::open(&tenant, inbound, people[..at_once].to_vec(), inbound.received_at);
    for other in &people[at_once..] {
        opened.absorb(other.clone());
    }
    opened.close(answered(plain()), 12)
}

fn oldest(people: &[Person]) -> &Person {
    people.iter().min_by_key(|person| (person.contact.created_at, person.contact.id)).unwrap()
}

/// Every law of a merge, on one outcome.
fn check(people: &[Person], inbound: &Inbound, outcome: &Outcome) {
    let survivor = oldest(people);
    let contact = outcome.contact.as_ref().expect("a merge changes the survivor");
    assert_eq!(contact.id, survivor.contact.id, "the oldest goes on");
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
    let all: BTreeSet<Address> = people.iter().flat_map(|person| person.contact.addresses.clone()).collect();
    let all: BTreeSet<Address> = all.into_iter().chain([inbound.from.clone()]).collect();
    assert_eq!(contact.addresses.len(), all.len(), "none twice");
    assert_eq!(contact.addresses.iter().cloned().collect::<BTreeSet<_>>(), all);
    let known: BTreeSet<Address> = survivor.contact.addresses.iter().cloned().collect();
    let mut written = outcome.addresses.clone();
    written.extend(outcome.moved_addresses.clone());
    assert_eq!(written.iter().cloned().collect::<BTreeSet<_>>(), &all - &known);
    let theirs = |address: &Address| outcome.merged.iter().any(|person| person.contact.addresses.contains(address));
    assert!(outcome.moved_addresses.iter().all(theirs) && !outcome.addresses.iter().any(theirs));

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
    fn a_merge_loses_nothing_in_whatever_order_people_are_found(
        sketches in prop::collection::vec(sketch(), 2..=3),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
        at_once in 1..=3_usize,
        speaker in 0..3_usize,
        channel in prop::sample::select(CHANNELS.to_vec()),
        now in 2_000..300_000_i64,
    ) {
        let people: Vec<Person> = sketches.iter().enumerate().map(|(index, sketch)| person(index, sketch)).collect();
        let order: Vec<usize> = order.into_iter().filter(|index| *index < people.len()).collect();
        let speaker = speaker % people.len();
        // Who speaks is found first; the others at once or late, in any order.
        let mut found = vec![people[speaker].clone()];
        found.extend(order.iter().filter(|index| **index != speaker).map(|index| people[*index].clone()));
        let from = if channel == Channel::Chat { chat(&format!("person-{speaker}")) } else { phone(u32::try_from(speaker).unwrap()) };
        let inbound = Inbound { channel, ..message("m1", from, "It is me", noon(now)) };

        let outcome = merged(&found, at_once.min(found.len()), &inbound);
        check(&people, &inbound, &outcome);
        prop_assert_eq!(merged(&found, at_once.min(found.len()), &inbound), outcome);
    }

    #[test]
    fn found_at_once_the_order_makes_no_difference_at_all(
        sketches in prop::collection::vec(sketch(), 3),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
    ) {
        let people: Vec<Person> = sketches.iter().enumerate().map(|(index, sketch)| person(index, sketch)).collect();
        let shuffled: Vec<Person> = order.into_iter().map(|index| people[index].clone()).collect();
        let inbound = message("m1", phone(0), "It is me", noon(3_000));
        let sorted = |outcome: Outcome| {
            let mut outcome = outcome;
            outcome.merged.sort_by_key(|person| person.contact.id);
            outcome
        };
        prop_assert_eq!(sorted(merged(&people, 3, &inbound)), sorted(merged(&shuffled, 3, &inbound)));
    }

    #[test]
    fn a_stranger_who_gives_a_known_address_goes_on_as_that_person(
        sketches in prop::collection::vec(sketch(), 1..=2),
        channel in prop::sample::select(CHANNELS.to_vec()),
    ) {
        let people: Vec<Person> = sketches.iter().enumerate().map(|(index, sketch)| person(index, sketch)).collect();
        let from = if channel == Channel::Chat { chat("new") } else { phone(900) };
        let inbound = Inbound { channel, ..message("m1", from, "It is me", noon(3_000)) };
        let outcome = merged(&people, 0, &inbound);
        check(&people, &inbound, &outcome);
        let opened = outcome.thread.id;
        prop_assert!(people.iter().flat_map(|person| &person.threads).all(|thread| thread.id != opened));
        prop_assert!(outcome.opened_thread);
    }
}

#[test]
fn the_later_thread_of_two_goes_on() {
    let sketch = |created, last| Sketch {
        created,
        status: LeadStatus::Qualifying,
        score: Score::Cold,
        known: [false; 3],
        updated: 1_000,
        threads: [None, Some(last), None, None],
    };
    let (older, younger) = (person(0, &sketch(0, 100)), person(1, &sketch(500, 900)));
    let inbound = message("m1", phone(1), "Hello", noon(1_000));
    let outcome = merged(&[older.clone(), younger.clone()], 2, &inbound);
    assert_eq!((outcome.thread.id, outcome.thread.version), (younger.threads[0].id, older.threads[0].version));
    assert_eq!(outcome.past_threads[0].id, older.threads[0].id);
    assert_eq!(outcome.past_threads[0].lead, outcome.lead.id);
}

#[test]
fn a_late_merge_keeps_the_thread_of_the_turn_whoever_is_older() {
    for speaker_is_older in [true, false] {
        let sketch = |created, last| Sketch {
            created,
            status: LeadStatus::Qualifying,
            score: Score::Cold,
            known: [false; 3],
            updated: 1_000,
            threads: [None, Some(last), None, None],
        };
        let (mine, theirs) = if speaker_is_older { (0, 500) } else { (500, 0) };
        let (speaker, other) = (person(0, &sketch(mine, 100)), person(1, &sketch(theirs, 900)));
        let inbound = message("m1", phone(0), "I am person-1@example.com", noon(1_000));
        let outcome = merged(&[speaker.clone(), other.clone()], 1, &inbound);
        check(&[speaker.clone(), other.clone()], &inbound, &outcome);
        assert_eq!(outcome.thread.id, speaker.threads[0].id);
        assert_eq!(outcome.past_threads[0].id, other.threads[0].id);
    }
}

#[test]
fn somebody_found_twice_is_taken_in_once() {
    let tenant = roofer();
    let before = known(&tenant);
    let inbound = message("m2", phone(101), "Hello", noon(60));
    let mut opened = Turn::open(&tenant, &inbound, vec![before.clone()], noon(60));
    opened.absorb(before.clone());
    let outcome = opened.close(answered(plain()), 12);
    assert_eq!((outcome.merged.len(), outcome.lead.id), (0, before.lead.id));
    assert!(!names(&outcome).contains(&"contact.merged"));
}

#[test]
fn an_open_lead_takes_the_place_of_a_closed_one() {
    let sketch = |created, status| Sketch {
        created,
        status,
        score: Score::Cold,
        known: [true; 3],
        updated: 1_000,
        threads: [None, None, None, None],
    };
    let older = person(0, &sketch(0, LeadStatus::ClosedLost));
    let younger = person(1, &sketch(500, LeadStatus::Qualified));
    let inbound = message("m1", phone(1), "Hello", noon(1_000));
    let outcome = merged(&[older.clone(), younger.clone()], 2, &inbound);
    assert_eq!((outcome.lead.id, outcome.lead.version), (younger.lead.id, older.lead.version));
    assert_eq!((outcome.lead.contact, outcome.opened_lead), (older.contact.id, false));
    assert_eq!(outcome.past_leads[0].id, older.lead.id);
}

#[test]
fn a_merge_rewrites_so_many_addresses_and_those_that_are_written_from_first() {
    let tenant = roofer();
    let older = known(&tenant);
    let mut younger = kept(&turn(&tenant, &message("m2", chat("s-0"), "Hello", noon(60)), Vec::new(), plain()), &[]);
    younger.contact.addresses.extend((1..60).map(|index| chat(&format!("s-{index}"))));
    younger.contact.addresses.push(email("ana"));
    let mut inbound = message("m3", chat("s-59"), "It is me", noon(120));
    inbound.also = vec![phone(101)];
    let outcome = turn(&tenant, &inbound, vec![older, younger.clone()], plain());
    assert_eq!(outcome.moved_addresses.len(), MAX_MOVED_ADDRESSES);
    assert_eq!(outcome.moved_addresses[..2], [chat("s-59"), email("ana")]);
    assert_eq!(outcome.addresses, []);
    // The contact knows them all the same.
    assert_eq!(outcome.contact.unwrap().addresses.len(), 1 + younger.contact.addresses.len());
}
