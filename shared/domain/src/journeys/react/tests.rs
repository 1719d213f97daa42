//! What reactions say, and from when on.

use proptest::prelude::*;

use super::*;

fn at_hours(hours: &[(u8, u32)]) -> Engagement {
    let mut engagement = Engagement::default();
    for (hour, times) in hours {
        for _ in 0..*times {
            engagement.opened(Channel::Email, *hour);
        }
    }
    engagement
}

#[test]
fn levels_count_reactions_on_all_channels() {
    let mut engagement = Engagement::default();
    assert_eq!(engagement.level(), Level::Low);
    engagement.opened(Channel::Email, 9);
    assert_eq!(engagement.level(), Level::Medium);
    engagement.replied(Channel::Sms, 9);
    assert_eq!(engagement.level(), Level::Medium);
    engagement.replied(Channel::Sms, 10);
    assert_eq!(engagement.level(), Level::High);
    let sms = &engagement.channels[&Channel::Sms];
    assert_eq!((sms.opened, sms.replied, sms.hours.clone()), (0, 2, [(9, 1), (10, 1)].into()));
}

#[test]
fn an_hour_stands_out_only_with_enough_reactions_around_it() {
    for (hours, best) in [
        // Too few, however clear.
        (&[(19, 7)][..], None),
        (&[(19, 8)], Some(19)),
        // Seven of eight do, six do not.
        (&[(18, 2), (19, 3), (20, 2), (9, 1)], Some(19)),
        (&[(18, 2), (19, 2), (20, 2), (9, 1), (12, 1)], None),
        // Neighbours count around midnight, too.
        (&[(23, 4), (0, 4), (1, 4)], Some(0)),
        // Of two that are alike the earlier one.
        (&[(8, 10), (9, 10)], Some(8)),
        // A habit of half of them is enough once there are many.
        (&[(7, 20), (10, 5), (13, 5), (16, 5), (20, 5)], Some(7)),
        (&[(9, 9), (11, 9), (13, 9), (15, 9), (17, 9), (19, 9)], None),
    ] {
        assert_eq!(at_hours(hours).best_hour(Channel::Email), best, "{hours:?}");
        assert_eq!(at_hours(hours).best_hour(Channel::Sms), None);
    }
}

proptest! {
    #[test]
    fn a_best_hour_has_its_reactions_around_it(
        // As people are: most of what they do is done at one time of the day. Hours out of a hat have no best one.
        usual in prop::collection::vec(17_u8..21, 0..40), other in prop::collection::vec(0_u8..24, 0..20),
    ) {
        let hours: Vec<u8> = usual.into_iter().chain(other).collect();
        let engagement = at_hours(&hours.iter().map(|hour| (*hour, 1)).collect::<Vec<_>>());
        if let Some(best) = engagement.best_hour(Channel::Email) {
            let near = |hour: &&u8| [(best + 23) % 24, best, (best + 1) % 24].contains(hour);
            prop_assert!(hours.len() >= 8);
            prop_assert!(hours.iter().filter(near).count() * 4 > hours.len());
        }
    }

    #[test]
    fn a_day_that_is_turned_turns_the_best_hour(hours in prop::collection::vec(6_u8..11, 8..60), by in 0_u8..13) {
        let turned: Vec<_> = hours.iter().map(|hour| (hour + by, 1)).collect();
        let hours: Vec<_> = hours.into_iter().map(|hour| (hour, 1)).collect();
        let best = at_hours(&hours).best_hour(Channel::Email);
        prop_assert_eq!(at_hours(&turned).best_hour(Channel::Email), best.map(|best| best + by));
    }

    #[test]
    fn any_stored_counts_are_taken(hours in prop::collection::btree_map(any::<u8>(), any::<u32>(), 0..30)) {
        let reactions = Reactions { sent: u32::MAX, opened: u32::MAX, replied: u32::MAX, hours };
        let mut engagement = Engagement { channels: [(Channel::Email, reactions)].into() };
        engagement.opened(Channel::Email, 255);
        prop_assert!(engagement.best_hour(Channel::Email).is_none_or(|hour| hour < 24));
        prop_assert_eq!(engagement.level(), Level::High);
    }
}
