//! A question is tried: what is found, how sure that is, and whether it would be answered.

use domain::tenancy::Location;
use maud::{Markup, html};

use super::places;
use crate::settings::Reader;
use crate::settings::fields::line;

/// The longest question.
const MAX_CHARS: u32 = 1_000;

/// The question with room for what is found; `knowledge.js` asks the API and fills it in.
pub(super) fn section(reader: Reader<'_>, locations: &[Location]) -> Markup {
    let t = |id: &str| reader.t(id);
    html! {
        section aria-labelledby="ask-title" {
            h2 #ask-title { (t("ask-title")) }
            p.quiet { (t("ask-text")) }
            form #ask method="post" data-ask="POST /v1/knowledge/search" data-from=(t("ask-from")) data-page=(t("ask-page"))
                data-none=(t("ask-none")) data-nothing=(t("ask-nothing")) data-score=(t("ask-score-of")) {
                (line("ask-question", "question", "").kind("search").limit(MAX_CHARS).required().within("ask-").show(reader.words))
                (places(reader, "ask-", "knowledge-everywhere", locations, ""))
                p.actions {
                    button type="submit" { (t("do-ask")) }
                    button.second type="reset" { (t("do-ask-reset")) }
                }
                p.problem role="alert" {}
            }
            p.notice #verdict role="status" {}
            ol #found {}
            template #found-one {
                li {
                    p.line { a dir="auto" {} span { meter min="0" max="1" aria-label=(t("ask-score")) {} " " span.quiet.score {} } }
                    p.excerpt.lines dir="auto" {}
                }
            }
            p.quiet { (t("ask-marked")) }
        }
    }
}
