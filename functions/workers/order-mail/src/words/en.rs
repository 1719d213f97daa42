//! English.

use domain::tenancy::CostMode;

use super::{NoticeFacts, OrderFacts, ThresholdFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "en", order, notice, threshold };

fn order(facts: &OrderFacts<'_>) -> Written {
    let OrderFacts { business, number, lines, total, place, account, note } = facts;
    let place = labelled("Deliver to: ", place);
    let (account, note) = (labelled("Our account: ", account), labelled("Note: ", note));
    Written {
        subject: format!("Purchase order {number} from {business}"),
        text: format!(
            "Hello,\n\n\
             {business} orders from you. The order {number} is attached as a PDF; in short:\n\n\
             {lines}\n\
             Total: {total}\n\
             {place}\
             {account}{note}\n\
             Please confirm it by answering this mail.\n\n{business}\n"
        ),
    }
}

fn notice(facts: &NoticeFacts<'_>) -> Written {
    let NoticeFacts { business, count, orders, left_out, link } = facts;
    let left_out = match left_out {
        0 => String::new(),
        _ => format!(
            "What the page says with them: {left_out} items are wanted and could not be ordered, or come late.\n\n"
        ),
    };
    Written {
        subject: match count {
            1 => "One purchase order waits for your approval".to_owned(),
            _ => format!("{count} purchase orders wait for your approval"),
        },
        text: format!(
            "Hello,\n\n\
             These orders of {business} were drafted for this week:\n\n\
             {orders}\n\
             {left_out}\
             Look at them, change what you like, and send them with one click:\n\n{link}\n\n\
             Nothing goes out before you say yes.\n"
        ),
    }
}

fn threshold(facts: &ThresholdFacts<'_>) -> Written {
    let ThresholdFacts { business, month, percent, tokens: [used, included], cost, limit, cost_mode, link } = facts;
    let limit = limit.map_or_else(|| "you have set no limit".to_owned(), |limit| format!("of {limit} that you allow"));
    let change = match cost_mode {
        CostMode::None | CostMode::Shorter => "answers are shorter",
        CostMode::Structured => "the assistant fills in a form instead of talking freely",
        CostMode::Builtin => "no language model is asked, and the built-in assistant answers",
    };
    Written {
        subject: format!("{percent} % of what your assistant may use this month is used up"),
        text: format!(
            "Hello,\n\n\
             Of what the assistant of {business} may use in {month} (UTC), {percent} % is used up:\n\n\
             - {used} of {included} tokens of your plan\n\
             - {cost} at list prices ({limit})\n\n\
             From now on, until the month is over, {change}.\n\n\
             See what it was used for, and change the limit in dollars, here:\n\n{link}\n"
        ),
    }
}
