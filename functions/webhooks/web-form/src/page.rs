//! What a browser shows that posted a form by itself, because the script of the page did not run: in the reader's language, what became of
//! the form, and the way back. It runs nothing and loads nothing.

use domain::Failure;
use lambda_http::Request;
use lambda_http::http::{HeaderValue, Method, Uri};
use maud::{DOCTYPE, html};
use runtime::http::{HttpResponse, header, languages, reply};
use runtime::webhook::FORM_WORDS;
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Words = BTreeMap<String, String>;

static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| serde_json::from_str(FORM_WORDS).unwrap_or_default());

/// Whether a page is asked for: a script asks for anything.
pub(crate) fn is_wanted(request: &Request) -> bool {
    request.method() == Method::POST && header(request, "accept").is_some_and(|accept| accept.contains("text/html"))
}

/// The page in the place of `answer`, under its status. `failure` is what the answer tells of.
pub(crate) fn of(request: &Request, answer: &HttpResponse, failure: Option<&Failure>) -> HttpResponse {
    let known = languages(request.headers()).into_iter().find(|code| WORDS.contains_key(*code)).unwrap_or("en");
    let name = failure.map_or("thanks", |failure| problem(request, answer.status().as_u16(), failure));
    let said = WORDS.get(known).and_then(|words| words.get(name)).map(String::as_str).unwrap_or_default();
    // A site that may not use the key is not led to.
    let from = header(request, "referer").filter(|_| !matches!(answer.status().as_u16(), 403 | 404));
    let back = from.and_then(|address| Some((address, host(address)?)));
    let page = html! {
        (DOCTYPE)
        html lang=(known) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (said) }
            }
            body { main {
                h1 { (said) }
                @if let Some((address, host)) = back { p { a href=(address) { (host) } } }
            } }
        }
    };
    let mut page = reply(answer.status().as_u16(), "text/html; charset=utf-8", page.into_string());
    for (name, value) in [
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'"),
        ("x-content-type-options", "nosniff"),
    ] {
        page.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Some(when) = answer.headers().get("retry-after") {
        page.headers_mut().insert("retry-after", when.clone());
    }
    page
}

/// The name of the words for what went wrong, as the script of the page chooses them.
fn problem(request: &Request, status: u16, failure: &Failure) -> &'static str {
    let body: &[u8] = request.body();
    let filled =
        |name: &str| form_urlencoded::parse(body).any(|(field, said)| field == name && !said.trim().is_empty());
    match failure {
        Failure::Rejected { field: Some(field), .. } if status == 400 => match field.as_str() {
            "email" if !filled("email") => "reach",
            "message" if !filled("message") => "missing",
            "email" => "email",
            "message" => "message",
            "phone" => "phone",
            "form_key" => "unavailable",
            _ => "field",
        },
        _ if status == 429 => "busy",
        _ => "unavailable",
    }
}

/// The host of an address that a link may lead to.
fn host(address: &str) -> Option<String> {
    let address: Uri = address.parse().ok()?;
    matches!(address.scheme_str(), Some("https" | "http")).then(|| address.host().map(ToOwned::to_owned))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda_http::Body;
    use runtime::webhook::respond;

    /// The page that a browser gets which posted `body`.
    fn page(language: &str, from: &str, body: &str, failure: Option<&Failure>) -> String {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        for (name, value) in [("accept", "text/html,*/*;q=0.8"), ("accept-language", language), ("referer", from)] {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        assert!(is_wanted(&request));
        let answer =
            failure.cloned().map_or_else(|| reply(200, "application/json", "{}"), |failure| respond(Err(failure)));
        let page = of(&request, &answer, failure);
        assert_eq!(page.status(), answer.status());
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
        let Body::Text(text) = page.into_body() else { panic!("no text") };
        text
    }

    #[test]
    fn it_thanks_in_the_readers_language_and_leads_back() {
        let thanks = page("tlh, de-AT;q=0.9, en;q=0.5", "https://www.example.com/prices?a=1&b", "", None);
        assert!(thanks.contains("<html lang=\"de\">") && thanks.contains("Vielen Dank!"), "{thanks}");
        assert!(
            thanks.contains("<a href=\"https://www.example.com/prices?a=1&amp;b\">www.example.com</a>"),
            "{thanks}"
        );
        assert!(page("tlh", "", "", None).contains("Thank you!"));
        for elsewhere in ["javascript:alert(1)", "data:text/html,x", "/prices", ""] {
            assert!(!page("en", elsewhere, "", None).contains("<a "), "{elsewhere}");
        }
        assert!(!page("en", "https://\"><script>", "", None).contains("<script>"));
    }

    #[test]
    fn it_says_what_is_wrong_as_the_script_does() {
        let wrong = |field: &str, body: &str| page("en", "", body, Some(&Failure::invalid(field, "wrong")));
        assert!(wrong("email", "email=+&message=Hi").contains("give an e-mail address or a telephone number"));
        assert!(wrong("email", "email=ana").contains("not a complete e-mail address"));
        assert!(wrong("message", "message=").contains("Please write a message."));
        assert!(wrong("message", "message=long").contains("at most 4,000 characters"));
        assert!(wrong("form_key", "").contains("not available"));
        let refused = page("fr", "https://a.example", "", Some(&Failure::not_found("form_key")));
        assert!(refused.contains("n’est pas disponible") && !refused.contains("<a "), "{refused}");
        assert!(page("en", "", "", Some(&Failure::Retryable("x".into()))).contains("not available"));
    }

    #[test]
    fn every_word_that_it_may_say_is_there_in_every_language() {
        let names = ["thanks", "reach", "missing", "email", "message", "phone", "unavailable", "field", "busy"];
        assert_eq!(WORDS.len(), 5);
        assert!(WORDS.values().all(|words| names.iter().all(|name| words.contains_key(*name))));
    }

    #[test]
    fn a_script_gets_no_page() {
        let mut request = Request::new(Body::Empty);
        *request.method_mut() = Method::POST;
        assert!(!is_wanted(&request));
        request.headers_mut().insert("accept", "*/*".parse().unwrap());
        assert!(!is_wanted(&request));
    }
}
