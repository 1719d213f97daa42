//! English, rule by rule. Today is Wednesday, 25 November 2026.

use super::{check, check_all};
use crate::Language::En;

mod weekdays {
    use super::*;

    #[test]
    fn a_weekday_alone_is_the_coming_one() {
        check(
            En,
            &[
                ("Thursday works for me", "11-26"),
                ("can you come on monday?", "11-30"),
                ("thu", "11-26"),
                ("Sat morning would be best", "11-28 morning"),
                ("I am free on Sundays", "11-29"),
                ("this Friday please", "11-27"),
                ("this coming Tuesday", "12-01"),
                ("Tue. at 4pm", "12-01 16:00"),
            ],
        );
    }

    #[test]
    fn todays_own_name_is_a_week_on_unless_this_is_said() {
        check(En, &[("Wednesday at 3", "12-02 3:00?"), ("this Wednesday", "11-25")]);
    }

    #[test]
    fn next_is_of_next_week() {
        check(
            En,
            &[
                ("next Friday", "12-04"),
                ("next tuesday at 10", "12-01 10:00?"),
                ("next thursday at 3 in the afternoon", "12-03 15:00"),
                ("Friday next week", "12-04"),
                ("tuesday of next week in the morning", "12-01 morning"),
                ("next week on Thursday", "12-03"),
            ],
        );
    }

    #[test]
    fn after_next_is_the_one_after_the_coming_one() {
        check(En, &[("friday after next", "12-04"), ("the Monday after next", "12-07")]);
    }

    #[test]
    fn several_weekdays_are_a_choice() {
        check(
            En,
            &[
                ("Monday or Tuesday", "11-30..12-01"),
                ("Thursday or Saturday, mornings", "11-26,11-28 morning"),
                ("Monday through Thursday", "11-30..12-03"),
                ("any weekday", "11-26..12-09 (10)"),
            ],
        );
    }

    #[test]
    fn what_does_not_fit_is_taken_out() {
        check(
            En,
            &[
                ("any day but Tuesday", "11-26..12-09 (12) not [Tuesday]"),
                ("not on Monday", "11-26..12-09 (12) not [Monday]"),
                ("next week, except Wednesday", "11-30..12-06 (6) not [Wednesday]"),
                ("any day works, just not Tuesday at 6pm", "11-26..12-09 (12) not [Tuesday]"),
                ("Friday but not in the morning", "11-27 from 12:00"),
                ("Tuesday does not work", "11-26..12-09 (12) not [Tuesday]"),
                ("I can't do Fridays", "11-26..12-09 (12) not [Friday]"),
            ],
        );
    }
}

mod dates {
    use super::*;

    #[test]
    fn a_month_and_a_day_are_the_next_such_date() {
        check(
            En,
            &[
                ("March 12th at 11:30", "2027-03-12 11:30?"),
                ("the 3rd of December", "12-03"),
                ("Dec 3", "12-03"),
                ("november 25", "11-25"),
                ("November 24", "2027-11-24"),
                ("february twenty second at noon", "2027-02-22 12:00"),
                ("the first of march", "2027-03-01"),
                ("May 5th, 2027", "2027-05-05"),
                ("Feb. 3 around 4", "2027-02-03 4:00? about"),
            ],
        );
    }

    #[test]
    fn figures_follow_the_order_of_the_region() {
        check(
            En,
            &[
                ("3/14 at 5", "2027-03-14 5:00?"),
                ("12/3", "12-03"),
                ("12/3/2026 at 9am", "12-03 9:00"),
                ("25/12", "12-25"),
                ("2026-12-03", "12-03"),
            ],
        );
    }

    #[test]
    fn a_day_of_the_month_is_the_next_one() {
        check(
            En,
            &[
                ("the 15th", "12-15"),
                ("on the 27th at 2", "11-27 2:00?"),
                ("on the first of the month", "12-01"),
                ("the 20th of next month", "12-20"),
                ("the 24", "12-24"),
            ],
        );
    }

    #[test]
    fn a_weekday_and_a_number_must_agree() {
        check(
            En,
            &[
                ("Monday the 30th", "11-30"),
                ("Monday the 14th", "12-14"),
                ("Thursday the 25th at 6pm", "2027-02-25 18:00"),
                ("Thursday, December 3rd", "12-03"),
                ("Monday, December 3rd", "12-03 conflict"),
                ("Friday 27", "11-27"),
            ],
        );
    }

    #[test]
    fn dates_can_be_spans() {
        check(
            En,
            &[
                ("from December 3 to 5", "12-03..12-05"),
                ("between the 1st and the 4th", "12-01..12-04"),
                ("before Friday", "11-25..11-26"),
                ("by Monday", "11-25..11-30"),
                ("I need it done by 12/15", "11-25..12-15"),
                ("12/3-12/5", "12-03..12-05"),
            ],
        );
    }

    #[test]
    fn feasts_are_known() {
        check(En, &[("on Christmas Eve", "12-24"), ("black friday", "11-27")]);
    }
}

mod counting {
    use super::*;

    #[test]
    fn days_and_weeks_are_counted_from_today() {
        check(
            En,
            &[
                ("today at 4pm", "11-25 16:00"),
                ("tomorrow evening", "11-26 evening"),
                ("the day after tomorrow around 2:45", "11-27 2:45? about"),
                ("in two weeks", "12-09"),
                ("in 3 days", "11-28"),
                ("a week from tomorrow", "12-03"),
                ("Monday two weeks from now", "12-07"),
                ("2 fridays from now", "12-04"),
                ("in an hour", "11-25 10:00 about"),
                ("in half an hour", "11-25 9:30 about"),
            ],
        );
    }
}

mod periods {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_only_what_is_ahead_counts() {
        check(
            En,
            &[
                ("this week", "11-25..11-29"),
                ("next week", "11-30..12-06"),
                ("the week after next", "12-07..12-13"),
                ("this weekend", "11-28..11-29"),
                ("next weekend", "12-05..12-06"),
                ("end of next week", "12-03..12-06"),
                ("early next week", "11-30..12-01"),
                ("later this week", "11-26..11-29"),
                ("the week of the 14th", "12-14..12-20"),
                ("sometime in December", "12-01..12-31"),
                ("next month", "12-01..12-31"),
                ("within two weeks", "11-26..12-09"),
            ],
        );
    }
}

mod hours {
    use super::*;

    #[test]
    fn an_hour_keeps_whether_its_half_of_the_day_was_said() {
        check(
            En,
            &[
                ("at 3", "3:00?"),
                ("at 3pm", "15:00"),
                ("3 p.m. please", "15:00"),
                ("at 15:30", "15:30"),
                ("half past three", "3:30?"),
                ("quarter to 4", "3:45?"),
                ("a quarter past nine in the morning", "9:15"),
                ("20 minutes to 2pm tomorrow", "11-26 13:40"),
                ("five-thirty tomorrow evening", "11-26 17:30"),
                ("noon on Friday", "11-27 12:00"),
                ("10 o'clock", "10:00?"),
                ("Monday 10", "11-30 10:00?"),
                ("tomorrow 8.30am", "11-26 8:30"),
                ("tonight at 8", "11-25 20:00"),
                ("330 pm", "15:30"),
                ("nine a.m. tomorrow", "11-26 9:00"),
                ("10ish on Monday", "11-30 10:00? about"),
            ],
        );
    }

    #[test]
    fn spans_and_bounds() {
        check(
            En,
            &[
                ("between 3 and 5 next week", "11-30..12-06 3:00?-5:00?"),
                ("from 9 to 11 am on Monday", "11-30 9:00-11:00"),
                ("Friday 2-4pm", "11-27 14:00-16:00"),
                ("not before ten", "from 10:00?"),
                ("after 3", "from 3:00?"),
                ("before noon", "until 12:00"),
                ("until 5pm", "until 17:00"),
                ("3 pm or later on Monday", "11-30 from 15:00"),
                ("no later than 4:30", "until 4:30?"),
            ],
        );
    }

    #[test]
    fn parts_of_a_day() {
        check(
            En,
            &[
                ("after work", "after work"),
                ("tomorrow after lunch", "11-26 afternoon"),
                ("first thing Monday morning", "11-30 morning"),
                ("in the evening", "evening"),
                ("this afternoon", "11-25 afternoon"),
                ("Monday night", "11-30 night"),
                ("lunchtime on Friday", "11-27 noon"),
            ],
        );
    }

    #[test]
    fn what_is_moved_is_moved_there() {
        check(
            En,
            &[
                ("Please move my appointment from Monday to Wednesday", "12-02"),
                ("move it from 2pm to 4pm", "16:00"),
                ("reschedule from Dec 1 to Dec 3", "12-03"),
            ],
        );
    }

    #[test]
    fn a_request_after_what_has_been_is_one() {
        check(
            En,
            &[
                ("my heater broke can you come today", "11-25"),
                ("it started leaking please come tomorrow", "11-26"),
                ("I was wondering if you could come today", "11-25"),
                ("could you come by Thursday at 3", "11-26 3:00?"),
                ("we were hoping for Friday at 3", "11-27 3:00?"),
            ],
        );
    }

    #[test]
    fn a_day_and_an_hour_in_one_sentence_are_one_wish() {
        check(
            En,
            &[
                ("Friday for my haircut, around 3 pm", "11-27 15:00 about"),
                ("Could I come Thursday? 3 pm would be great", "11-26 15:00"),
            ],
        );
    }
}

mod choices {
    use super::*;

    #[test]
    fn other_days_with_other_hours_are_wishes_of_their_own() {
        check_all(En, "Monday at 3 or Tuesday at 5", &["11-30 3:00?", "12-01 5:00?"]);
        check_all(En, "Friday at 10 or 11", &["11-27 10:00?", "11-27 11:00?"]);
        check_all(En, "Thursday, no wait, Friday", &["11-26", "11-27"]);
    }

    #[test]
    fn no_day_and_no_hour_can_be_a_wish_too() {
        check(
            En,
            &[
                ("asap please", "soon"),
                ("as soon as possible", "soon"),
                ("any time on Friday", "11-27 any time"),
                ("whenever", "any time"),
                ("the week after", "11-30..12-06 +7 days"),
                ("an hour later", "+60 minutes"),
                ("something earlier", "earlier"),
            ],
        );
    }
}

mod slips {
    use super::*;

    #[test]
    fn a_slip_in_a_long_name_is_forgiven() {
        check(
            En,
            &[
                ("wendesday at 3pm", "12-02 15:00"),
                ("tommorrow", "11-26"),
                ("thrusday", "11-26"),
                ("satruday", "11-28"),
                ("next firday", "12-04"),
                ("Novemeber 30", "11-30"),
            ],
        );
    }
}
