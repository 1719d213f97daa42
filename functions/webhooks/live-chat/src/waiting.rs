//! A request that is held until there is something to say: `GET /webhooks/live-chat/messages?wait=`.
//!
//! It looks every [`LOOK_EVERY`], so what the gate lets out shows within a second, and answers at the latest when the time is over that it
//! names. Each one that is held takes an execution of Lambda's: where too many are, it is answered at once, and says so.

use domain::Failure;
use domain::messaging::MessageRef;
use lambda_http::{Request, RequestExt as _};
use runtime::clock::now;
use std::time::Duration;
use store::{ChatNews, HELD_FOR, Key, Registration};
use tokio::time::{sleep, timeout};

use crate::LiveChat;

/// Leaves half of the second to the reads and the line.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What a request says of its waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    /// For how long at most.
    most: Duration,
    /// Whether the visitor sees that staff are writing.
    is_typing: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waited {
    /// What the last look saw.
    pub(crate) news: ChatNews,
    /// Whether the next request may come at once; where too many are held, it is a poll that waits for its turn.
    pub(crate) at_once: bool,
}

impl Wait {
    /// As the query says; `None`: it does not wait.
    pub(crate) fn of(request: &Request) -> Result<Option<Self>, Failure> {
        let parameters = request.query_string_parameters();
        let Some(seconds) = parameters.first("wait") else { return Ok(None) };
        let seconds = seconds.parse().ok().filter(|seconds| (1..=HELD_FOR.as_secs()).contains(seconds));
        let wrong = || Failure::invalid("wait", format!("wait must be 1 to {} seconds", HELD_FOR.as_secs()));
        let is_typing = match parameters.first("typing") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Failure::invalid("typing", "typing must be true or false")),
        };
        Ok(Some(Self { most: Duration::from_secs(seconds.ok_or_else(wrong)?), is_typing }))
    }

    fn is_over(self, news: ChatNews) -> bool {
        news.is_there || news.is_typing != self.is_typing
    }
}

impl LiveChat {
    /// Waits until there is something new for `session` after `after`, or the time is over. What is new is to be read then.
    pub(crate) async fn wait(
        &self,
        (key, registration): (Key<'_>, &Registration),
        session: &str,
        after: Option<&MessageRef>,
        wait: Wait,
    ) -> Result<Waited, Failure> {
        let conversations = self.store.conversations();
        let look = || conversations.chat_news(&registration.tenant, session, after, now());
        let mut news = look().await?;
        if wait.is_over(news) {
            return Ok(Waited { news, at_once: true });
        }
        if !self.store.limits().let_hold(key, session, self.most_held, now()).await? {
            return Ok(Waited { news, at_once: false });
        }
        let looks = async {
            while !wait.is_over(news) {
                sleep(LOOK_EVERY).await;
                news = look().await?;
            }
            Ok::<_, Failure>(())
        };
        // A look that is not back by then is not waited for.
        if let Ok(looked) = timeout(wait.most, looks).await {
            looked?;
        }
        Ok(Waited { news, at_once: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda_http::Body;
    use lambda_http::http::Request as HttpRequest;
    use std::collections::HashMap;

    fn asked(query: &[(&str, &str)]) -> Result<Option<Wait>, Failure> {
        let query: HashMap<String, Vec<String>> =
            query.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
        Wait::of(&HttpRequest::new(Body::Empty).with_query_string_parameters(query))
    }

    #[test]
    fn a_request_waits_for_as_long_as_it_says_and_no_longer_than_a_function_may() {
        assert_eq!(asked(&[]), Ok(None));
        let wait = |seconds, is_typing| Ok(Some(Wait { most: Duration::from_secs(seconds), is_typing }));
        assert_eq!(asked(&[("wait", "20")]), wait(20, false));
        assert_eq!(asked(&[("wait", "1"), ("typing", "true")]), wait(1, true));
        for wrong in [&[("wait", "0")][..], &[("wait", "21")], &[("wait", "")], &[("wait", "5"), ("typing", "1")]] {
            assert!(matches!(asked(wrong), Err(Failure::Rejected { .. })), "{wrong:?}");
        }
    }

    #[test]
    fn it_is_over_when_a_reply_came_or_staff_began_or_stopped_to_write() {
        let news = |is_there, is_typing| ChatNews { is_there, is_typing };
        let sees = |is_typing| Wait { most: HELD_FOR, is_typing };
        assert!(sees(false).is_over(news(true, false)) && sees(false).is_over(news(false, true)));
        assert!(sees(true).is_over(news(false, false)));
        assert!(!sees(false).is_over(news(false, false)) && !sees(true).is_over(news(false, true)));
    }
}
